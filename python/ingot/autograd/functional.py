"""Derivatives of functions of arrays, in PyTorch's `autograd.functional` form: function, inputs, vectors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._transforms import jacobians, products

__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]


def _as_tuple(values: Any) -> tuple[Any, ...]:
    return tuple(values) if isinstance(values, (tuple, list)) else (values,)


def _bare(values: Any, like: Any) -> Any:
    return tuple(values) if isinstance(like, (tuple, list)) else values[0]


def _finished(result: Any, create_graph: bool) -> Any:
    """Results without a graph, unless one is asked for."""
    if create_graph:
        return result
    if isinstance(result, (tuple, list)):
        return tuple(_finished(each, create_graph) for each in result)
    return result.detach()


def _vectors(v: Any, like: Any, who: str) -> tuple[Any, ...]:
    if v is not None:
        return _as_tuple(v)
    if any(each.size != 1 for each in like):
        raise ValueError(f"{who}: v can be left out only where everything it belongs to has one element")
    return tuple(_core.ones_like(each) for each in like)


def vjp(func: Callable[..., Any], inputs: Any, v: Any = None, create_graph: bool = False) -> tuple[Any, Any]:
    """`func(*inputs)`, and the product of `v` with its matrix of derivatives. `v` may be left out for a scalar.

    Example:
        >>> print(ingot.autograd.functional.vjp(ingot.exp, ingot.zeros(2), ingot.ones(2))[1])
        [1. 1.]
    """
    output, pull_back = products.vjp(func, *_as_tuple(inputs))
    found = pull_back(_bare(_vectors(v, _as_tuple(output), "vjp"), output))
    return _finished(output, create_graph), _finished(_bare(found, inputs), create_graph)


def jvp(func: Callable[..., Any], inputs: Any, v: Any = None, create_graph: bool = False) -> tuple[Any, Any]:
    """`func(*inputs)`, and the product of its matrix of derivatives with `v`. `v` may be left out for a scalar input.

    Example:
        >>> print(ingot.autograd.functional.jvp(ingot.exp, ingot.zeros(2), ingot.ones(2))[1])
        [1. 1.]
    """
    arguments = _as_tuple(inputs)
    output, change = products.jvp(func, arguments, _vectors(v, arguments, "jvp"))
    return _finished(output, create_graph), _finished(change, create_graph)


def jacobian(
    func: Callable[..., Any], inputs: Any, create_graph: bool = False, strategy: str = "reverse-mode"
) -> array | tuple[Any, ...]:
    """The derivatives of every output by every input; of several outputs or inputs, a tuple (of tuples).

    `strategy` is 'reverse-mode', 'forward-mode', or 'auto' for whichever is cheaper.

    Example:
        >>> print(ingot.autograd.functional.jacobian(lambda x: x * x, ingot.array([1.0, 2.0])))
        [[2. 0.]
         [0. 4.]]
    """
    arguments = _as_tuple(inputs)
    argnums = tuple(range(len(arguments))) if isinstance(inputs, (tuple, list)) else 0
    mode = strategy.removesuffix("-mode")
    return _finished(jacobians.jacobian(func, argnums, mode=mode)(*arguments), create_graph)  # type: ignore[no-any-return]


def hessian(func: Callable[..., Any], inputs: Any, create_graph: bool = False) -> array | tuple[Any, ...]:
    """The second derivatives of a scalar function; of several inputs, a tuple of tuples.

    Example:
        >>> print(ingot.autograd.functional.hessian(lambda x: (x ** 3).sum(), ingot.array([1.0, 2.0])))
        [[ 6.  0.]
         [ 0. 12.]]
    """
    arguments = _as_tuple(inputs)
    argnums = tuple(range(len(arguments))) if isinstance(inputs, (tuple, list)) else 0
    return _finished(jacobians.hessian(func, argnums)(*arguments), create_graph)  # type: ignore[no-any-return]


def hvp(func: Callable[..., Any], inputs: Any, v: Any = None, create_graph: bool = False) -> tuple[Any, Any]:
    """The value of a scalar function, and the product of its second derivatives with `v`.

    Example:
        >>> x, v = ingot.array([1.0, 2.0]), ingot.array([1.0, 0.0])
        >>> print(ingot.autograd.functional.hvp(lambda x: (x ** 3).sum(), x, v)[1])
        [6. 0.]
    """
    value, product = jacobians.hvp(func, inputs, _bare(_vectors(v, _as_tuple(inputs), "hvp"), inputs))
    return _finished(value, create_graph), _finished(product, create_graph)


def vhp(func: Callable[..., Any], inputs: Any, v: Any = None, create_graph: bool = False) -> tuple[Any, Any]:
    """The value of a scalar function, and the product of `v` with its second derivatives.

    Example:
        >>> x, v = ingot.array([1.0, 2.0]), ingot.array([1.0, 0.0])
        >>> print(ingot.autograd.functional.vhp(lambda x: (x ** 3).sum(), x, v)[1])
        [6. 0.]
    """
    value, product = jacobians.vhp(func, inputs, _bare(_vectors(v, _as_tuple(inputs), "vhp"), inputs))
    return _finished(value, create_graph), _finished(product, create_graph)
