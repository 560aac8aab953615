"""Distributions near those of zeros and ones whose draws carry gradients, and counts of several draws."""

from __future__ import annotations

import math
from typing import Any

import ingot
from ingot import array
from ingot.distributions.continuous import _noise
from ingot.distributions.discrete import OneHotCategorical, _OfClasses, _OfProbability
from ingot.distributions.distribution import Shape, as_arrays


class RelaxedBernoulli(_OfProbability):
    """A number in (0, 1) that is nearly 0 or 1 at low temperatures (Maddison, Mnih and Teh, 2017)."""

    has_rsample = True

    def __init__(
        self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(probs, logits)
        self.temperature = temperature

    def _draw(self, shape: Shape) -> array:
        uniform = ingot.clip(_noise(shape, self.logits, "uniform"), 1e-7, 1 - 1e-7)
        return ingot.sigmoid((ingot.logit(uniform) + self.logits) / self.temperature)

    def log_prob(self, value: Any) -> array:
        y = ingot.logit(ingot.asarray(value))
        heat = ingot.asarray(self.temperature, dtype=y.dtype)
        away, size = self.logits - heat * y, ingot.log(heat)
        return away + size - 2 * ingot.softplus(away) + ingot.softplus(y) + ingot.softplus(-y)


class RelaxedOneHotCategorical(_OfClasses):
    """A row of positive numbers of sum 1 that is nearly one-hot at low temperatures: the Gumbel-softmax distribution.

    Example:
        >>> from ingot.distributions import RelaxedOneHotCategorical
        >>> RelaxedOneHotCategorical(0.5, logits=ingot.zeros(3)).rsample((4,)).shape
        (4, 3)
    """

    has_rsample = True

    def __init__(
        self, temperature: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(probs, logits)
        self.temperature = temperature
        self.event_shape = (self._number,)

    def _draw(self, shape: Shape) -> array:
        return ingot.softmax((self.logits + _noise(shape, self.logits, "gumbel")) / self.temperature, -1)

    def log_prob(self, value: Any) -> array:
        logs = ingot.log(ingot.asarray(value))
        heat = ingot.asarray(self.temperature, dtype=logs.dtype)
        away = self.logits - heat * logs
        size = math.lgamma(self._number) + (self._number - 1) * ingot.log(heat)
        return size + away.sum(axis=-1) - self._number * ingot.logsumexp(away, axis=-1) - logs.sum(axis=-1)


class OneHotCategoricalStraightThrough(OneHotCategorical):
    """`OneHotCategorical` whose draws pass gradients on to the probabilities as if they were these."""

    has_rsample = True

    def _draw(self, shape: Shape) -> array:
        return self._rows(self._classes(shape[:-1])) + (self.probs - self.probs.detach())


class Multinomial(_OfClasses):
    """How often each class was drawn in `total_count` draws.

    Example:
        >>> from ingot.distributions import Multinomial
        >>> Multinomial(5, probs=ingot.ones(3)).sample().sum().item()
        5.0
    """

    def __init__(
        self, total_count: int = 1, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(probs, logits)
        self.total_count = total_count
        self.event_shape = (self._number,)

    def _draw(self, shape: Shape) -> array:
        drawn = self._classes((self.total_count, *shape[:-1]))
        return ingot.nn.functional.one_hot(drawn, self._number).sum(axis=0).astype(self.logits.dtype)

    def log_prob(self, value: Any) -> array:
        counts = ingot.asarray(value)
        ways = ingot.lgamma(counts.sum(axis=-1) + 1) - ingot.lgamma(counts + 1).sum(axis=-1)
        return ways + ingot.where(counts > 0, counts * self.logits, 0.0).sum(axis=-1)

    @property
    def mean(self) -> array:
        return self.total_count * self.probs

    @property
    def variance(self) -> array:
        return self.total_count * self.probs * (1 - self.probs)


class NegativeBinomial(_OfProbability):
    """How many trials succeed before `total_count` have failed."""

    def __init__(
        self, total_count: Any, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(probs, logits)
        self.total_count, given = as_arrays(total_count, self.logits)
        self.batch_shape = given.shape

    def _draw(self, shape: Shape) -> array:
        rates = ingot.random.gamma(self.total_count, shape) * ingot.exp(self.logits)
        return ingot.random.poisson(rates, shape).astype(self.logits.dtype)

    def log_prob(self, value: Any) -> array:
        x, n = ingot.asarray(value), self.total_count
        odds = -n * ingot.softplus(self.logits) - x * ingot.softplus(-self.logits)
        return odds + ingot.lgamma(n + x) - ingot.lgamma(1.0 + x) - ingot.lgamma(n)

    @property
    def mean(self) -> array:
        return self.total_count * ingot.exp(self.logits)

    @property
    def variance(self) -> array:
        return self.mean / ingot.sigmoid(-self.logits)
