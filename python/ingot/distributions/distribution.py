"""What all distributions have in common."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

import ingot
from ingot import array

Shape = tuple[int, ...]


def as_arrays(*parameters: Any) -> list[array]:
    """Parameters as floating arrays of one shape."""
    arrays = [ingot.asarray(p) for p in parameters]
    floating = [x if x.is_floating_point() else x.astype(ingot.float32) for x in arrays]
    return list(ingot.broadcast_arrays(*floating))


def lazy_property(method: Callable[[Any], array]) -> cached_property[array]:
    """An attribute that is computed when it is first asked for: with gradients, for that may be in `sample`."""
    return cached_property(ingot.enable_grad()(method))


class Distribution:
    """Base of all distributions: `batch_shape` counts independent ones, `event_shape` is that of one draw."""

    #: True if samples carry gradients.
    has_rsample: ClassVar[bool] = False

    def __init__(self, batch_shape: Shape = (), event_shape: Shape = (), validate_args: bool | None = None) -> None:
        self.batch_shape, self.event_shape = tuple(batch_shape), tuple(event_shape)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(batch_shape={self.batch_shape}, event_shape={self.event_shape})"

    def expand(self, batch_shape: Sequence[int]) -> Any:
        """The same distribution for a batch of another shape, to which its own stretches."""
        wide, own, wanted = copy.copy(self), len(self.batch_shape), tuple(batch_shape)
        for name, value in vars(self).items():
            if isinstance(value, array):
                setattr(wide, name, ingot.broadcast_to(value, (*wanted, *value.shape[own:])))
            elif isinstance(value, Distribution):
                setattr(wide, name, value.expand((*wanted, *value.batch_shape[own:])))
        wide.batch_shape = wanted
        return wide

    def _extended_shape(self, sample_shape: int | Sequence[int] = ()) -> Shape:
        leading = (sample_shape,) if isinstance(sample_shape, int) else tuple(sample_shape)
        return (*leading, *self.batch_shape, *self.event_shape)

    def _draw(self, shape: Shape) -> array:
        """Draws of the given full shape, with gradients if the distribution has them."""
        raise NotImplementedError(f"{type(self).__name__} has no samples")

    def rsample(self, sample_shape: int | Sequence[int] = ()) -> array:
        """Draws through which gradients flow to the parameters, of shape sample_shape + batch_shape + event_shape.

        Raises NotImplementedError for a distribution without (`has_rsample` is False): use `sample` and `log_prob`.
        """
        if not self.has_rsample:
            raise NotImplementedError(
                f"{type(self).__name__}: samples carry no gradients; use sample() and log_prob(), as REINFORCE does"
            )
        return self._draw(self._extended_shape(sample_shape))

    def sample(self, sample_shape: int | Sequence[int] = ()) -> array:
        """Draws without gradients, of shape sample_shape + batch_shape + event_shape."""
        with ingot.no_grad():
            return self._draw(self._extended_shape(sample_shape)).detach()

    def sample_n(self, n: int) -> array:
        """`sample((n,))`."""
        return self.sample((n,))

    def log_prob(self, value: Any) -> array:
        """The logarithm of the density or probability of `value`."""
        raise NotImplementedError(f"{type(self).__name__} has no log_prob")

    def entropy(self) -> array:
        """The entropy, in nats."""
        raise NotImplementedError(f"{type(self).__name__} has no entropy")

    def perplexity(self) -> array:
        """exp of the entropy."""
        return ingot.exp(self.entropy())

    @property
    def mean(self) -> array:
        """The mean."""
        raise NotImplementedError(f"{type(self).__name__} has no mean")

    @property
    def variance(self) -> array:
        """The variance."""
        raise NotImplementedError(f"{type(self).__name__} has no variance")

    @property
    def stddev(self) -> array:
        """The standard deviation."""
        return ingot.sqrt(self.variance)


class Independent(Distribution):
    """The last axes of a batch taken as one event: their log-probabilities add up.

    Example:
        >>> from ingot.distributions import Independent, Normal
        >>> Independent(Normal(ingot.zeros(3, 2), 1.0), 1).log_prob(ingot.zeros(3, 2)).shape
        (3,)
    """

    def __init__(
        self, base_distribution: Distribution, reinterpreted_batch_ndims: int, validate_args: bool | None = None
    ) -> None:
        batch, count = base_distribution.batch_shape, reinterpreted_batch_ndims
        if count > len(batch):
            raise ValueError(f"Independent: expected at most {len(batch)} axes of the batch {batch}, got {count}")
        kept = len(batch) - count
        super().__init__(batch[:kept], batch[kept:] + base_distribution.event_shape)
        self.base_dist, self.reinterpreted_batch_ndims = base_distribution, count

    def summed(self, x: array) -> array:
        """The sum over the axes that became part of the event."""
        return x.sum(axis=tuple(range(-self.reinterpreted_batch_ndims, 0))) if self.reinterpreted_batch_ndims else x

    def rsample(self, sample_shape: int | Sequence[int] = ()) -> array:
        return self.base_dist.rsample(sample_shape)

    def sample(self, sample_shape: int | Sequence[int] = ()) -> array:
        return self.base_dist.sample(sample_shape)

    def log_prob(self, value: Any) -> array:
        return self.summed(self.base_dist.log_prob(value))

    def entropy(self) -> array:
        return self.summed(self.base_dist.entropy())

    @property
    def mean(self) -> array:
        return self.base_dist.mean

    @property
    def variance(self) -> array:
        return self.base_dist.variance
