"""Random numbers by a counter-based generator: same seed, same numbers, on every machine and thread count."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

class Generator:
    """A source of random numbers with a state of its own, as PyTorch's: functions draw from it by `generator=`.

    Example:
        >>> g = ingot.Generator().manual_seed(0)
        >>> ingot.rand(2, generator=g).shape
        (2,)
    """
    def __init__(self, device: typing.Any = None) -> None: ...
    def manual_seed(self, seed: typing.Any) -> Generator:
        """Starts again from a seed; returns the generator."""
    def seed(self) -> builtins.int:
        """Starts again from a seed of the system's, and returns it."""
    def initial_seed(self) -> builtins.int:
        """The seed last given."""
    def get_state(self) -> array:
        """The state: a key."""
    def set_state(self, state: array) -> None:
        """Continues from a state that `get_state` returned."""

def key(seed: int) -> array:
    """A key (uint32, shape (2,)) from a seed: functions given it draw the same numbers every time.

    Example:
        >>> ingot.random.key(0).shape
        (2,)
    """

def split(key: ArrayLike, num: int = 2) -> array:
    """`num` independent keys, shape (num, 2).

    Example:
        >>> a, b = ingot.random.split(ingot.random.key(0))
    """

def seed(seed: int) -> None:
    """Restarts the global generator, from which functions without a key draw.

    Example:
        >>> ingot.random.seed(0)
    """

def get_rng_state() -> array:
    """The state of the global generator: a key.

    Example:
        >>> ingot.random.get_rng_state().shape
        (2,)
    """

def set_rng_state(state: array) -> None:
    """Continues the global generator from a state that `get_rng_state` returned.

    Raises TypeError unless it is a key.

    Example:
        >>> ingot.random.set_rng_state(ingot.random.get_rng_state())
    """

def state() -> array:
    """The state of the global generator: a key that each draw replaces."""

def bits(shape: IntOrInts = (), key: array | None = None) -> array:
    """Uniform 32-bit integers (uint32).

    Example:
        >>> ingot.random.bits((3,)).dtype
        ingot.uint32
    """

def uniform(
    *args: typing.Any,
    shape: typing.Any = None,
    low: typing.Any = None,
    high: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
    device: DeviceLike | None = None,
) -> array:
    """Uniform numbers in [low, high), which may be arrays: `uniform(shape, low=0, high=1)`; NumPy's order
    `uniform(low, high, shape)` works too.

    Raises TypeError unless `dtype` is floating.

    Example:
        >>> ingot.random.uniform((2, 3), -1.0, 1.0).shape
        (2, 3)
    """

def normal(
    *args: typing.Any,
    shape: typing.Any = None,
    mean: typing.Any = None,
    std: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    size: typing.Any = None,
    generator: Generator | None = None,
    device: DeviceLike | None = None,
) -> array:
    """Normal numbers with the given mean and standard deviation, which may be arrays: `normal(shape, mean=0,
    std=1)`, MLX's `normal(shape, dtype, loc, scale)`; PyTorch's and NumPy's order `normal(mean, std, size)`
    works too.

    Raises ValueError for a negative standard deviation.

    Example:
        >>> ingot.random.normal((2, 3)).shape
        (2, 3)
    """

def randint(
    *args: typing.Any,
    shape: typing.Any = None,
    low: typing.Any = None,
    high: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
    device: DeviceLike | None = None,
) -> array:
    """Uniform integers in [low, high): `randint(shape, low, high)`; `randint(low, high, shape)` and `randint(high,
    shape)` work too.

    Raises ValueError unless low < high.

    Example:
        >>> ingot.random.randint((4,), 0, 10).shape
        (4,)
    """

def bernoulli(
    p: ArrayLike = 0.5,
    shape: IntOrInts | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """True with probability `p`, which broadcasts to `shape` (its own if none is given).

    Example:
        >>> ingot.random.bernoulli(0.3, (5,)).dtype
        ingot.bool
    """

def permutation(x: typing.Any, axis: int = 0, key: array | None = None, *, generator: Generator | None = None) -> array:
    """0..x-1 in random order (int32) for an int; for an array, its slices along `axis` in random order.

    Example:
        >>> sorted(ingot.random.permutation(3).tolist())
        [0, 1, 2]
    """

def initial_seed() -> int:
    """The seed last given to `seed`.

    Example:
        >>> ingot.random.seed(3)
        >>> ingot.random.initial_seed()
        3
    """

def laplace(
    *args: typing.Any,
    shape: typing.Any = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
) -> array:
    """Laplace-distributed numbers: `laplace(shape, loc=0, scale=1)`, or `laplace(loc, scale, shape)`.

    Raises ValueError for a negative scale.

    Example:
        >>> ingot.random.laplace((2, 3)).shape
        (2, 3)
    """

def gumbel(
    *args: typing.Any,
    shape: typing.Any = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
) -> array:
    """Gumbel-distributed numbers: `gumbel(shape, loc=0, scale=1)`, or `gumbel(loc, scale, shape)`.

    Raises ValueError for a negative scale.

    Example:
        >>> ingot.random.gumbel((2, 3)).shape
        (2, 3)
    """

def logistic(
    *args: typing.Any,
    shape: typing.Any = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
) -> array:
    """Numbers of the logistic distribution: `logistic(shape, loc=0, scale=1)`, or `logistic(loc, scale, shape)`.

    Raises ValueError for a negative scale.

    Example:
        >>> ingot.random.logistic((2, 3)).shape
        (2, 3)
    """

def cauchy(
    *args: typing.Any,
    shape: typing.Any = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
) -> array:
    """Cauchy-distributed numbers: `cauchy(shape, loc=0, scale=1)`, or `cauchy(loc, scale, shape)`.

    Raises ValueError for a negative scale.

    Example:
        >>> ingot.random.cauchy((2, 3)).shape
        (2, 3)
    """

def log_normal(
    *args: typing.Any,
    shape: typing.Any = None,
    loc: typing.Any = None,
    scale: typing.Any = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    size: typing.Any = None,
    generator: Generator | None = None,
) -> array:
    """Exponentials of normal numbers of mean `loc` and standard deviation `scale`: `log_normal(shape)`.

    Raises ValueError for a negative scale.

    Example:
        >>> ingot.random.log_normal((2, 3)).shape
        (2, 3)
    """

def truncated_normal(
    lower: ArrayLike,
    upper: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Standard normal numbers between `lower` and `upper`.

    Raises ValueError unless lower < upper.

    Example:
        >>> x = ingot.random.truncated_normal(-1, 1, (100,))
        >>> bool((ingot.abs(x) <= 1).all())
        True
    """

def exponential(
    scale: ArrayLike = 1.0,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    rate: ArrayLike | None = None,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Exponentially distributed numbers of mean `scale`, or 1 / `rate`.

    Raises ValueError unless that is positive.

    Example:
        >>> ingot.random.exponential(2.0, (3,)).shape
        (3,)
    """

def gamma(
    alpha: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Gamma-distributed numbers of shape parameter `alpha` (and scale 1), by Marsaglia and Tsang's method, with a
    gradient to `alpha` by implicit reparameterisation.

    Raises ValueError unless alpha is positive.

    Example:
        >>> ingot.random.gamma(2.0, (3,)).shape
        (3,)
    """

def beta(
    a: ArrayLike,
    b: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Beta-distributed numbers.

    Raises ValueError unless both parameters are positive.

    Example:
        >>> ingot.random.beta(2.0, 3.0, (3,)).shape
        (3,)
    """

def chisquare(
    df: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Sums of squares of `df` standard normal numbers.

    Raises ValueError unless df is positive.

    Example:
        >>> ingot.random.chisquare(4.0, (3,)).shape
        (3,)
    """

def student_t(
    df: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Student's t of `df` degrees of freedom.

    Raises ValueError unless df is positive.

    Example:
        >>> ingot.random.student_t(4.0, (3,)).shape
        (3,)
    """

def dirichlet(
    alpha: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Proportions that add up to 1 along a last axis, that of `alpha`: shape (shape..., n).

    Raises ValueError unless alpha is positive.

    Example:
        >>> ingot.random.dirichlet([1.0, 2.0, 3.0], (4,)).shape
        (4, 3)
    """

def multivariate_normal(
    mean: ArrayLike,
    cov: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Normal vectors of the given `mean` (..., n) and covariances `cov` (..., n, n), which are positive definite:
    shape (shape..., n).

    Raises ShapeError if these do not fit, LinAlgError (when evaluated) unless `cov` is positive definite.

    Example:
        >>> ingot.random.multivariate_normal(ingot.zeros(2), ingot.eye(2), (4,)).shape
        (4, 2)
    """

def poisson(
    lam: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """How many rare events happen, if `lam` are expected.

    Raises ValueError for a negative rate or NaN (when evaluated).

    Example:
        >>> ingot.random.poisson(4.0, (3,)).dtype
        ingot.int32
    """

def binomial(
    n: ArrayLike,
    p: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """How many of `n` trials succeed, each with probability `p`.

    Raises ValueError unless n is a count and p from 0 to 1 (when evaluated).

    Example:
        >>> ingot.random.binomial(10, 0.5, (3,)).dtype
        ingot.int32
    """

def geometric(
    p: ArrayLike,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """How many trials the first success takes, each succeeding with probability `p`.

    Raises ValueError unless p is above 0 and up to 1 (when evaluated).

    Example:
        >>> ingot.random.geometric(0.5, (3,)).dtype
        ingot.int32
    """

def categorical(
    logits: ArrayLike,
    axis: int = -1,
    shape: IntOrInts | None = None,
    num_samples: int | None = None,
    key: array | None = None,
    *,
    generator: Generator | None = None,
) -> array:
    """Random places (int32) along `axis`, with probabilities in proportion to the exponentials of `logits`: one
    for each position of the other axes, or `num_samples` along a last axis, or any `shape` that ends in the
    other axes.

    Raises ValueError (when evaluated) for NaN.

    Example:
        >>> ingot.random.categorical(ingot.zeros((5, 3))).shape
        (5,)
    """

def multinomial(
    input: ArrayLike,
    num_samples: int,
    replacement: bool = False,
    key: array | None = None,
    *,
    generator: Generator | None = None,
) -> array:
    """PyTorch's: `num_samples` random places (int32) along the last axis, with probabilities in proportion to the
    weights; none comes twice unless `replacement`.

    Raises ValueError for too many samples, and (when evaluated) for a negative weight or NaN.

    Example:
        >>> ingot.random.multinomial(ingot.ones(5), 3).shape
        (3,)
    """

def choice(
    a: typing.Any,
    shape: IntOrInts | None = None,
    replace: bool = True,
    p: ArrayLike | None = None,
    axis: int = 0,
    key: array | None = None,
    *,
    size: IntOrInts | None = None,
    generator: Generator | None = None,
) -> array:
    """Random elements of `a` (slices along `axis`), or of 0..a-1 for an int, in a result of `shape`: equally
    likely, or in proportion to `p`; none comes twice unless `replace`.

    Raises ValueError for more than there are.

    Example:
        >>> ingot.random.choice(10, (3,), replace=False).shape
        (3,)
    """

def shuffle(x: typing.Any, axis: int = 0, key: array | None = None, *, generator: Generator | None = None) -> None:
    """Puts the slices of `x` along `axis` into random order, in place.

    Example:
        >>> x = ingot.arange(5)
        >>> ingot.random.shuffle(x)
        >>> sorted(x.tolist())
        [0, 1, 2, 3, 4]
    """
