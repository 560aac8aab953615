"""Distributions made of others: transformed ones and mixtures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ingot
from ingot import array
from ingot.distributions.discrete import Categorical
from ingot.distributions.distribution import Distribution
from ingot.distributions.transforms import ComposeTransform, Transform, summed


class TransformedDistribution(Distribution):
    """The distribution of `transform(x)`, or of what a list of transforms makes one after another, for x from a base.

    Example:
        >>> from ingot.distributions import LogNormal, Normal, TransformedDistribution, transforms
        >>> d = TransformedDistribution(Normal(0.0, 1.0), [transforms.ExpTransform()])
        >>> d.log_prob(ingot.array(2.0)).item() == LogNormal(0.0, 1.0).log_prob(ingot.array(2.0)).item()
        True
    """

    def __init__(
        self,
        base_distribution: Distribution,
        transforms: Transform | Sequence[Transform],
        validate_args: bool | None = None,
    ) -> None:
        self.base_dist = base_distribution
        self.transforms = [transforms] if isinstance(transforms, Transform) else list(transforms)
        self._composed = ComposeTransform(self.transforms)
        self._event_axes = max(self._composed.event_dim, len(base_distribution.event_shape))
        base_shape = base_distribution.batch_shape + base_distribution.event_shape
        shape = self._composed.forward_shape(base_shape)
        self._added = shape[: len(shape) - len(base_shape)]
        if self._added + base_shape != shape:
            raise ValueError(
                f"TransformedDistribution: the transforms stretch the base's shape {base_shape} to {shape}; give the "
                "base that shape"
            )
        split = len(shape) - self._event_axes
        if split < 0:
            raise ValueError(
                f"TransformedDistribution: the transforms take points of {self._event_axes} axes, the base has shape "
                f"{shape}; wrap it in Independent, or give it more axes"
            )
        super().__init__(shape[:split], shape[split:])

    @property
    def has_rsample(self) -> bool:  # type: ignore[override]
        """True if the base's samples carry gradients."""
        return self.base_dist.has_rsample

    def _base_sample_shape(self, sample_shape: int | Sequence[int]) -> tuple[int, ...]:
        leading = (sample_shape,) if isinstance(sample_shape, int) else tuple(sample_shape)
        return (*leading, *self._added)

    def rsample(self, sample_shape: int | Sequence[int] = ()) -> array:
        return self._composed(self.base_dist.rsample(self._base_sample_shape(sample_shape)))

    def sample(self, sample_shape: int | Sequence[int] = ()) -> array:
        with ingot.no_grad():
            return self._composed(self.base_dist.sample(self._base_sample_shape(sample_shape)))

    def log_prob(self, value: Any) -> array:
        y = ingot.asarray(value)
        total: Any = 0.0
        for transform in reversed(self.transforms):
            x = transform._invert(y)
            total = total - summed(transform.log_abs_det_jacobian(x, y), self._event_axes - transform.event_dim)
            y = x
        result: array = total + summed(self.base_dist.log_prob(y), self._event_axes - len(self.base_dist.event_shape))
        return result


class MixtureSameFamily(Distribution):
    """One of the distributions along the last axis of a batch, chosen by a `Categorical`.

    Example:
        >>> from ingot.distributions import Categorical, MixtureSameFamily, Normal
        >>> mixture = MixtureSameFamily(Categorical(ingot.ones(2)), Normal(ingot.array([-1.0, 1.0]), 1.0))
        >>> mixture.mean.item(), mixture.variance.item()
        (0.0, 2.0)
    """

    def __init__(
        self,
        mixture_distribution: Categorical,
        component_distribution: Distribution,
        validate_args: bool | None = None,
    ) -> None:
        batch = component_distribution.batch_shape
        if not batch or batch[-1] != mixture_distribution.probs.shape[-1]:
            raise ValueError(
                f"MixtureSameFamily: expected components along the last axis of a batch, as many as the "
                f"{mixture_distribution.probs.shape[-1]} classes of the mixture, got the batch shape {batch}"
            )
        self.mixture_distribution, self.component_distribution = mixture_distribution, component_distribution
        super().__init__(batch[:-1], component_distribution.event_shape)

    def _axis(self) -> int:
        return -1 - len(self.event_shape)

    def _weights(self) -> array:
        probs = self.mixture_distribution.probs
        return probs.reshape(*probs.shape, *[1] * len(self.event_shape))

    def log_prob(self, value: Any) -> array:
        each = self.component_distribution.log_prob(ingot.expand_dims(ingot.asarray(value), self._axis()))
        return ingot.logsumexp(each + self.mixture_distribution.logits, axis=-1)

    def sample(self, sample_shape: int | Sequence[int] = ()) -> array:
        with ingot.no_grad():
            drawn = self.component_distribution.sample(sample_shape)
            shape = drawn.shape[: drawn.ndim + self._axis()]
            leading = shape[: len(shape) - len(self.mixture_distribution.batch_shape)]
            chosen = ingot.broadcast_to(self.mixture_distribution.sample(leading), shape)
            index = chosen.reshape(*shape, *[1] * (1 + len(self.event_shape)))
            return ingot.take_along_axis(drawn, index, axis=self._axis()).squeeze(self._axis())

    @property
    def mean(self) -> array:
        return (self._weights() * self.component_distribution.mean).sum(axis=self._axis())

    @property
    def variance(self) -> array:
        component = self.component_distribution
        away = component.mean - ingot.expand_dims(self.mean, self._axis())
        return (self._weights() * (component.variance + ingot.square(away))).sum(axis=self._axis())
