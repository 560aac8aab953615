"""Products of derivatives and vectors: `vjp`, `jvp`, `linearize`, `linear_transpose`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingot import _core
from ingot._core import array
from ingot._transforms.arguments import Arrays, FlatCall, as_array, name_of


class _CheckedCall(FlatCall):
    """A call whose result holds nothing but arrays."""

    def __call__(self, arrays: Arrays) -> list[array]:
        found = super().__call__(arrays)
        if len(self.result.positions) != len(self.result.leaves):
            odd = next(leaf for leaf in self.result.leaves if not isinstance(leaf, array))
            raise TypeError(f"{self.who}: {name_of(self.function)} must return arrays, got {type(odd).__name__}")
        return found


class PullBack:
    """What `vjp` returns beside the outputs: gradients by the primals, for cotangents of the outputs."""

    def __init__(self, call: FlatCall, at: Any) -> None:
        self._call = call
        self._at = at

    def __call__(self, *cotangents: Any, retain_graph: bool = True, create_graph: bool = True) -> tuple[Any, ...]:
        """One gradient per primal, nested like it.

        The graph is kept as long as this object is: `retain_graph` and `create_graph` are there for PyTorch's sake.
        """
        call = self._call
        if not cotangents:
            raise TypeError("vjp: expected a cotangent, nested like the function's result")
        given = cotangents[0] if len(cotangents) == 1 else cotangents
        flat = call.result.arrays_like(given, "vjp: cotangents")
        flat += [None] * (len(self._at.outputs) - len(flat))
        return tuple(call.by_argument(self._at.pull_back(flat)))


def vjp(
    function: Callable[..., Any],
    *primals: Any,
    cotangents: Any = None,
    has_aux: bool = False,
    **keywords: Any,
) -> Any:
    """`function(*primals)`, and a function that pulls cotangents of the result back to gradients by the primals.

    `function` runs once. Primals and result may be nested containers; the second function takes a cotangent nested like
    the result, and returns a tuple with a gradient for each primal. With `has_aux=True`, `function` returns a pair
    whose second half is handed through as a third result.

    In MLX's form, `vjp(function, [primal, ...], [cotangent, ...])` with two lists, the result is two lists: outputs and
    gradients.

    Raises ShapeError if a cotangent has another shape than its output, ValueError if it is nested in another way.

    Example:
        >>> output, pull_back = ingot.vjp(ingot.exp, ingot.zeros(2))
        >>> print(pull_back(ingot.array([1.0, 3.0]))[0])
        [1. 3.]
        >>> outputs, gradients = ingot.vjp(ingot.exp, [ingot.zeros(2)], [ingot.ones(2)])
        >>> print(gradients[0])
        [1. 1.]
    """
    if "primals" in keywords and not primals:
        primals = (list(keywords.pop("primals")),)
    given: Any = primals[0] if len(primals) == 1 else None
    if cotangents is None and len(primals) == 2 and all(isinstance(each, list) for each in primals):
        given, cotangents = primals
    if keywords:
        raise TypeError(f"vjp: unknown arguments {sorted(keywords)}")
    if cotangents is not None:
        if not isinstance(given, (list, tuple)):
            raise TypeError("vjp: with cotangents the primals are one list of arrays")
        seeds = [as_array(each) for each in ([cotangents] if isinstance(cotangents, array) else cotangents)]
        listed = _CheckedCall("vjp", function, given, {}, range(len(given)))
        return _core._vjp(listed, listed.primals, seeds)
    call = (FlatCall if has_aux else _CheckedCall)("vjp", function, primals, {}, range(len(primals)), has_aux)
    at = _core._Linearization(call, call.primals)
    result, aux = call.split(at.outputs)
    output = call.result.rebuild(result)
    if has_aux:
        return output, PullBack(call, at), call.aux.rebuild(aux)
    return output, PullBack(call, at)


def jvp(function: Callable[..., Any], primals: Any, tangents: Any, *, has_aux: bool = False) -> Any:
    """`function(*primals)`, and how it changes as the primals move along `tangents`.

    Primals and tangents are tuples, whose parts may be nested containers; the change is nested like the result. A None
    among the tangents stands for zeros. With `has_aux=True`, `function` returns a pair whose second half is handed
    through as a third result. If primals are a list, in MLX's form, so are both results.

    Raises ShapeError if a tangent has another shape than its primal, ValueError if it is nested in another way.

    Example:
        >>> output, change = ingot.jvp(ingot.exp, (ingot.zeros(2),), (ingot.ones(2),))
        >>> print(change)
        [1. 1.]
        >>> outputs, changes = ingot.jvp(ingot.exp, [ingot.zeros(2)], [ingot.ones(2)])
        >>> print(changes[0])
        [1. 1.]
    """
    as_lists = isinstance(primals, list)
    if isinstance(primals, array):
        primals, tangents = (primals,), (tangents,) if isinstance(tangents, array) else tangents
    if not isinstance(primals, (list, tuple)) or not isinstance(tangents, (list, tuple)):
        raise TypeError(
            f"jvp: primals and tangents are tuples, got {type(primals).__name__} and {type(tangents).__name__}"
        )
    if len(primals) != len(tangents):
        raise ValueError(f"jvp: expected a tangent per primal, got {len(tangents)} for {len(primals)}")
    kind = FlatCall if has_aux else _CheckedCall
    call = kind("jvp", function, primals, {}, range(len(primals)), has_aux)
    directions: list[array | None] = []
    for key, tangent in zip(call.keys, tangents, strict=True):
        choice = call.selected[key]
        if tangent is None:
            directions += [None] * choice.count
        else:
            directions += choice.arrays_like(tangent, "jvp: tangents")
    outputs, changes = _core._jvp(call, call.primals, directions)
    result, aux = call.split(outputs)
    changed, _ = call.split(changes)
    if as_lists and not has_aux:
        return result, changed
    output, change = call.result.rebuild(result), call.result.rebuild(changed)
    return (output, change, call.aux.rebuild(aux)) if has_aux else (output, change)


class PushForward:
    """What `linearize` returns beside the outputs: changes of the outputs, for tangents of the primals."""

    def __init__(self, call: FlatCall, at: Any) -> None:
        self._call = call
        self._at = at

    def __call__(self, *tangents: Any) -> Any:
        """A change nested like the function's result, for one tangent per primal, nested like it."""
        call = self._call
        if len(tangents) != len(call.keys):
            raise ValueError(f"linearize: expected a tangent per primal, got {len(tangents)} for {len(call.keys)}")
        directions: list[array | None] = []
        for key, tangent in zip(call.keys, tangents, strict=True):
            directions += call.selected[key].arrays_like(tangent, "linearize: tangents")
        return call.result.rebuild(self._at.push_forward(directions))


def linearize(function: Callable[..., Any], *primals: Any) -> tuple[Any, PushForward]:
    """`function(*primals)`, and its best linear approximation there, a function that is cheap to call often.

    `function` runs once. The second function takes a tangent per primal and gives what `jvp` would.

    Example:
        >>> output, push_forward = ingot.linearize(ingot.sin, ingot.zeros(2))
        >>> print(push_forward(ingot.array([1.0, 2.0])))
        [1. 2.]
    """
    call = _CheckedCall("linearize", function, primals, {}, range(len(primals)))
    at = _core._Linearization(call, call.primals)
    return call.result.rebuild(at.outputs), PushForward(call, at)


def linear_transpose(function: Callable[..., Any], *examples: Any) -> Callable[..., tuple[Any, ...]]:
    """The transpose of a function that is linear in its arguments, which look like `examples`.

    It takes a cotangent nested like the function's result and returns a tuple with one for each argument. The values of
    the examples do not matter. Whether the function is linear is not checked: of one that is not it gives the transpose
    of its derivative at zero.

    Example:
        >>> transpose = ingot.linear_transpose(lambda x: 3 * x[1:], ingot.zeros(3))
        >>> print(transpose(ingot.array([1.0, 2.0]))[0])
        [0. 3. 6.]
    """
    call = _CheckedCall("linear_transpose", function, examples, {}, range(len(examples)))
    at = _core._Linearization(call, [_core.zeros_like(primal) for primal in call.primals])
    return PullBack(call, at)
