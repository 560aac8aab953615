"""Distributions of integers and of classes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import ingot
from ingot import array
from ingot.distributions.distribution import Distribution, Shape, as_arrays, lazy_property
from ingot.nn import functional


def _one_of(kind: str, probs: Any, logits: Any) -> None:
    if (probs is None) == (logits is None):
        raise ValueError(f"{kind}: expected either probs or logits")


def _clipped(probs: array) -> array:
    margin = float(ingot.finfo(probs.dtype).eps)
    return ingot.clip(probs, margin, 1 - margin)


class _HasProbs(Protocol):
    @property
    def probs(self) -> array: ...


class _OfIndicators(Distribution):
    """A distribution of zeros and ones, each a one with its own probability."""

    @property
    def mean(self: _HasProbs) -> array:
        return self.probs

    @property
    def variance(self: _HasProbs) -> array:
        return self.probs * (1 - self.probs)


class _OfProbability(Distribution):
    """A distribution of one probability, given as such or as its log-odds; the other follows."""

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        _one_of(type(self).__name__, probs, logits)
        (given,) = as_arrays(logits if probs is None else probs)
        if probs is None:
            self.logits = given
        else:
            self.probs = given
        super().__init__(given.shape)

    @lazy_property
    def logits(self) -> array:
        """The log-odds."""
        return ingot.log(_clipped(self.probs)) - ingot.log1p(-_clipped(self.probs))

    @lazy_property
    def probs(self) -> array:
        """The probability."""
        return ingot.sigmoid(self.logits)


class Bernoulli(_OfProbability, _OfIndicators):
    """1 with probability `probs`, else 0.

    Example:
        >>> from ingot.distributions import Bernoulli
        >>> Bernoulli(logits=ingot.zeros(2)).probs.tolist()
        [0.5, 0.5]
    """

    def _draw(self, shape: Shape) -> array:
        return ingot.random.bernoulli(self.probs, shape).astype(self.probs.dtype)

    def log_prob(self, value: Any) -> array:
        logits, x = ingot.broadcast_arrays(self.logits, ingot.asarray(value).astype(self.logits.dtype))
        return -functional.binary_cross_entropy_with_logits(logits, x, reduction="none")

    def entropy(self) -> array:
        return functional.binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")


class Geometric(_OfProbability):
    """How many trials fail before the first that succeeds."""

    def _draw(self, shape: Shape) -> array:
        return (ingot.random.geometric(self.probs, shape) - 1).astype(self.probs.dtype)

    def log_prob(self, value: Any) -> array:
        return ingot.xlog1py(ingot.asarray(value), -self.probs) + ingot.log(self.probs)

    def entropy(self) -> array:
        return functional.binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none") / self.probs

    @property
    def mean(self) -> array:
        return 1 / self.probs - 1

    @property
    def variance(self) -> array:
        return (1 / self.probs - 1) / self.probs


class Binomial(_OfProbability):
    """How many of `total_count` trials succeed.

    Example:
        >>> from ingot.distributions import Binomial
        >>> Binomial(4, probs=ingot.array(0.5)).log_prob(ingot.array(2.0)).exp().item()
        0.375
    """

    def __init__(
        self, total_count: Any = 1, probs: Any = None, logits: Any = None, validate_args: bool | None = None
    ) -> None:
        super().__init__(probs, logits)
        self._has_exact_logits = probs is None
        self.total_count, given = as_arrays(total_count, self.logits if probs is None else self.probs)
        self.batch_shape = given.shape

    def _draw(self, shape: Shape) -> array:
        return ingot.random.binomial(self.total_count, self.probs, shape).astype(self.probs.dtype)

    def log_prob(self, value: Any) -> array:
        x = ingot.asarray(value)
        rest = self.total_count - x
        ways = ingot.lgamma(self.total_count + 1) - ingot.lgamma(x + 1) - ingot.lgamma(rest + 1)
        if self._has_exact_logits:  # of which the probabilities may round to 0 or 1
            return ways - x * ingot.softplus(-self.logits) - rest * ingot.softplus(self.logits)
        return ways + ingot.xlogy(x, self.probs) + ingot.xlog1py(rest, -self.probs)

    @property
    def mean(self) -> array:
        return self.total_count * self.probs

    @property
    def variance(self) -> array:
        return self.total_count * self.probs * (1 - self.probs)


class _OfClasses(Distribution):
    """A distribution of the probabilities of classes along the last axis, given as such or as their logarithms."""

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        _one_of(type(self).__name__, probs, logits)
        (given,) = as_arrays(logits if probs is None else probs)
        if given.ndim < 1:
            raise ValueError(f"{type(self).__name__}: expected at least one axis, that of the classes")
        self._number = given.shape[-1]
        if probs is None:
            self.logits = given - ingot.logsumexp(given, axis=-1, keepdims=True)
        else:
            self.probs = given / given.sum(axis=-1, keepdims=True)
        super().__init__(given.shape[:-1])

    @property
    def param_shape(self) -> Shape:
        """The shape of the probabilities."""
        return (*self.batch_shape, self._number)

    @lazy_property
    def logits(self) -> array:
        """The logarithms of the probabilities."""
        return ingot.log(_clipped(self.probs))

    @lazy_property
    def probs(self) -> array:
        """The probabilities."""
        return ingot.softmax(self.logits, -1)

    def _classes(self, shape: Shape) -> array:
        drawn = ingot.random.categorical(self.logits, axis=-1, shape=shape)
        return drawn.astype(ingot.int64)


class Categorical(_OfClasses):
    """One of the classes along the last axis of `probs` (which need not add up to 1) or `logits`.

    Example:
        >>> from ingot.distributions import Categorical
        >>> round(Categorical(probs=ingot.array([0.25, 0.25, 0.5])).log_prob(ingot.array(2)).exp().item(), 3)
        0.5
    """

    def enumerate_support(self, expand: bool = True) -> array:
        """All classes, along a new first axis; unless `expand`, with the axes of the batch of length 1."""
        classes = ingot.arange(self._number, dtype=ingot.int64).reshape(-1, *[1] * len(self.batch_shape))
        return ingot.broadcast_to(classes, (self._number, *self.batch_shape)) if expand else classes

    def _draw(self, shape: Shape) -> array:
        return self._classes(shape)

    def log_prob(self, value: Any) -> array:
        classes = ingot.asarray(value).astype(ingot.int64)
        shape = ingot.broadcast_shapes(classes.shape, self.batch_shape)
        index = ingot.broadcast_to(classes, shape).reshape(*shape, 1)
        logits = ingot.broadcast_to(self.logits, (*shape, self._number))
        return ingot.take_along_axis(logits, index, axis=-1).squeeze(-1)

    def entropy(self) -> array:
        lowest = float(ingot.finfo(self.logits.dtype).min)
        return -(self.probs * ingot.clip(self.logits, lowest, None)).sum(axis=-1)

    @property
    def mode(self) -> array:
        """The most likely class."""
        return ingot.argmax(self.probs, axis=-1)


class OneHotCategorical(Categorical, _OfIndicators):
    """`Categorical` whose draws and values are rows of zeros with a one at the class."""

    def __init__(self, probs: Any = None, logits: Any = None, validate_args: bool | None = None) -> None:
        super().__init__(probs, logits)
        self.event_shape = (self._number,)

    def sample(self, sample_shape: int | Sequence[int] = ()) -> array:
        with ingot.no_grad():
            return self._rows(self._classes(self._extended_shape(sample_shape)[:-1]))

    def _rows(self, classes: array) -> array:
        return functional.one_hot(classes, self._number).astype(self.logits.dtype)

    def enumerate_support(self, expand: bool = True) -> array:
        """The rows of all classes, along a new first axis."""
        return self._rows(super().enumerate_support(expand))

    def log_prob(self, value: Any) -> array:
        return super().log_prob(ingot.argmax(ingot.asarray(value), axis=-1))

    @property
    def mode(self) -> array:
        """The row of the most likely class."""
        return self._rows(super().mode)


class Poisson(Distribution):
    """How many events happen where `rate` do on average."""

    def __init__(self, rate: Any, validate_args: bool | None = None) -> None:
        (self.rate,) = as_arrays(rate)
        super().__init__(self.rate.shape)

    def _draw(self, shape: Shape) -> array:
        return ingot.random.poisson(self.rate, shape).astype(self.rate.dtype)

    def log_prob(self, value: Any) -> array:
        x = ingot.asarray(value)
        return ingot.xlogy(x, self.rate) - self.rate - ingot.lgamma(x + 1)

    @property
    def mean(self) -> array:
        return self.rate

    @property
    def variance(self) -> array:
        return self.rate
