"""Whole matrices of derivatives, and products with second derivatives."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._transforms.arguments import Arrays
from ingot._transforms.gradients import value_and_grad
from ingot._transforms.products import _CheckedCall, jvp, vjp


class _DifferentiatedCall(_CheckedCall):
    """A call whose further arrays are not differentiated."""

    def __call__(self, arrays: Arrays) -> list[array]:
        found = super().__call__(arrays)
        count = len(self.result.positions)
        self.others = [_core.stop_gradient(other) for other in found[count:]]
        return found[:count]


class Jacobian:
    """A function's matrix of derivatives, as a function of the same arguments."""

    def __init__(
        self,
        function: Callable[..., Any],
        argnums: int | Sequence[int],
        mode: str,
        has_aux: bool,
        chunk_size: int | None,
    ) -> None:
        if mode not in ("auto", "reverse", "forward"):
            raise ValueError(f"jacobian: mode must be 'auto', 'reverse' or 'forward', got {mode!r}")
        if chunk_size is not None and chunk_size < 1:
            raise ValueError(f"jacobian: chunk_size must be positive, got {chunk_size}")
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._argnums = argnums
        self._mode = mode
        self._has_aux = has_aux
        self._chunk = chunk_size or 0

    def _run(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[_DifferentiatedCall, Any, str]:
        numbers = [self._argnums] if isinstance(self._argnums, int) else list(self._argnums)
        call = _DifferentiatedCall("jacobian", self._function, args, kwargs, numbers, self._has_aux)
        if not call.primals:
            raise TypeError(f"jacobian: the arguments {numbers} hold no floating or complex array")
        _, blocks, mode = _core._jacobian(call, call.primals, self._mode, self._chunk)
        return call, blocks, mode

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call, blocks, _ = self._run(args, kwargs)
        rows = [call.by_argument(row) for row in blocks]
        single = isinstance(self._argnums, int)
        matrix = call.result.rebuild([row[0] if single else tuple(row) for row in rows])
        return (matrix, call.aux.rebuild(call.others)) if self._has_aux else matrix

    def mode(self, *args: Any, **kwargs: Any) -> str:
        """'reverse' or 'forward': how the matrix is computed for these arguments. Computes no values."""
        return self._run(args, kwargs)[2]


def jacobian(
    function: Callable[..., Any],
    argnums: int | Sequence[int] = 0,
    *,
    mode: str = "auto",
    has_aux: bool = False,
    chunk_size: int | None = None,
) -> Jacobian:
    """A function that returns the derivatives of each element of the result by each element of the arguments.

    The derivatives of a result of shape `a` by an argument of shape `b` have shape `a + b`. Where the result or the
    arguments are nested containers, so is the matrix: like the result outside, like the argument inside.

    `mode` 'reverse' takes a backward sweep per element of the result, 'forward' a forward sweep per element of the
    arguments; 'auto' takes the one that needs fewer (reverse if it is the same). `jacobian(f).mode(x)` says which.
    Either way `function` runs once and the sweeps are batched, at most `chunk_size` at a time.

    Complex: both modes give the complex derivative of a holomorphic function. A complex result of real arguments takes
    forward mode; a real result of complex arguments takes reverse mode, which gives gradients as `backward` does.

    Raises TypeError for integer arguments, or where a mode does not fit the dtypes.

    Example:
        >>> square = ingot.jacobian(lambda x: x * x)
        >>> print(square(ingot.array([1.0, 2.0])))
        [[2. 0.]
         [0. 4.]]
        >>> square.mode(ingot.array([1.0, 2.0]))
        'reverse'
    """
    return Jacobian(function, argnums, mode, has_aux, chunk_size)


def jacrev(
    function: Callable[..., Any],
    argnums: int | Sequence[int] = 0,
    has_aux: bool = False,
    *,
    chunk_size: int | None = None,
) -> Jacobian:
    """`jacobian` in reverse mode: right where there are fewer results than arguments.

    Example:
        >>> print(ingot.jacrev(lambda x: (x * x).sum())(ingot.array([1.0, 2.0])))
        [2. 4.]
    """
    return Jacobian(function, argnums, "reverse", has_aux, chunk_size)


def jacfwd(
    function: Callable[..., Any],
    argnums: int | Sequence[int] = 0,
    has_aux: bool = False,
    *,
    chunk_size: int | None = None,
) -> Jacobian:
    """`jacobian` in forward mode: right where there are fewer arguments than results.

    Example:
        >>> print(ingot.jacfwd(lambda t: ingot.stack([t, t * t]))(ingot.array(3.0)))
        [1. 6.]
    """
    return Jacobian(function, argnums, "forward", has_aux, chunk_size)


def hessian(
    function: Callable[..., Any],
    argnums: int | Sequence[int] = 0,
    has_aux: bool = False,
    *,
    chunk_size: int | None = None,
) -> Jacobian:
    """A function that returns the second derivatives of `function`: forward mode over reverse mode.

    Of a 0-d result by an argument of shape `b` they have shape `b + b`. Nested like the jacobian of a jacobian.

    Example:
        >>> print(ingot.hessian(lambda x: (x ** 3).sum())(ingot.array([1.0, 2.0])))
        [[ 6.  0.]
         [ 0. 12.]]
    """
    inner = Jacobian(function, argnums, "reverse", has_aux, chunk_size)
    return Jacobian(inner, argnums, "forward", has_aux, chunk_size)


def _as_tuple(values: Any) -> tuple[Any, ...]:
    return tuple(values) if isinstance(values, (tuple, list)) else (values,)


def _gradient_of(function: Callable[..., Any], count: int) -> Callable[..., Any]:
    return value_and_grad(function, range(count))


def hvp(function: Callable[..., Any], primals: Any, vectors: Any) -> tuple[Any, Any]:
    """The value of a scalar function, and the product of its second derivatives with `vectors`.

    Forward mode over reverse mode: about three times the work of the function, whatever the size. `primals` are an
    array, or a tuple of arguments, which may be nested containers; `vectors` and the product are nested alike.

    Example:
        >>> x, v = ingot.array([1.0, 2.0]), ingot.array([1.0, 0.0])
        >>> value, product = ingot.hvp(lambda x: (x ** 3).sum(), x, v)
        >>> print(product)
        [6. 0.]
    """
    arguments = _as_tuple(primals)
    (value, _), (_, product) = jvp(_gradient_of(function, len(arguments)), arguments, _as_tuple(vectors))
    return value, product if isinstance(primals, (tuple, list)) else product[0]


def vhp(function: Callable[..., Any], primals: Any, vectors: Any) -> tuple[Any, Any]:
    """The value of a scalar function, and the product of `vectors` with its second derivatives, by reverse mode twice.

    The same numbers as `hvp`, which is cheaper; for functions whose operations have no rule for forward mode.

    Example:
        >>> x, v = ingot.array([1.0, 2.0]), ingot.array([1.0, 0.0])
        >>> print(ingot.vhp(lambda x: (x ** 3).sum(), x, v)[1])
        [6. 0.]
    """
    arguments = _as_tuple(primals)
    (value, _), pull_back = vjp(_gradient_of(function, len(arguments)), *arguments)
    product = pull_back((None, _as_tuple(vectors)))
    return value, product if isinstance(primals, (tuple, list)) else product[0]
