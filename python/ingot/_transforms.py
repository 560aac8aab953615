"""Transforms of functions of nested arguments, over the C++ ones, which know flat lists of arrays."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core, tree
from ingot._core import array
from ingot._core.nn import Module

Arrays = Sequence[array]
Axes = int | None | Sequence[Any] | dict[Any, Any]


def eval(*arrays: Any) -> None:
    """Computes the values of arrays, or of all arrays in nested containers and modules.

    Nobody has to call it: values are computed when they are asked for. It says when.

    Example:
        >>> x = ingot.ones(3) * 2
        >>> ingot.eval(x)
    """
    _core._eval([leaf for leaf in tree.leaves(arrays) if isinstance(leaf, array)])


def async_eval(*arrays: Any) -> None:
    """Begins to compute the values of arrays, as `eval` does, on a thread of the engine's own, and returns at once.

    Using a value that is not there yet waits for it; an error is raised there, too. More may be computed from the
    arrays meanwhile. Where many calls are unserved it waits for one of them.

    Example:
        >>> x = ingot.ones(3) * 2
        >>> ingot.async_eval(x)
        >>> print(x + 1)
        [3. 3. 3.]
    """
    _core._async_eval([leaf for leaf in tree.leaves(arrays) if isinstance(leaf, array)])


class Result:
    """Takes a function's result apart into arrays and the rest, and puts it together around other arrays."""

    def __init__(self, result: Any) -> None:
        self.leaves, self.structure = tree.flatten(result, modules=False)
        self.positions = [i for i, leaf in enumerate(self.leaves) if isinstance(leaf, array)]

    @property
    def arrays(self) -> list[array]:
        return [self.leaves[i] for i in self.positions]

    def rebuild(self, arrays: Arrays) -> Any:
        leaves = list(self.leaves)
        for position, replacement in zip(self.positions, arrays, strict=True):
            leaves[position] = replacement
        return tree.unflatten(self.structure, leaves)


def _name_of(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", type(function).__name__)


class _Selected:
    """One argument that gradients are taken by: its arrays, and the modules in it, whose parameters count."""

    def __init__(self, argument: Any) -> None:
        self.leaves, self.structure = tree.flatten(argument, modules=False)
        self.primals: list[array] = []
        for i, leaf in enumerate(self.leaves):
            if isinstance(leaf, (bool, int, str, Module)):
                continue
            if isinstance(leaf, (float, complex)) or hasattr(leaf, "__array__"):
                self.leaves[i] = leaf = _core.asarray(leaf)
            if isinstance(leaf, array):
                self.primals.append(leaf)

    def _fill(self, arrays: list[array], modules: Callable[[Module], Any], others: Callable[[Any], Any]) -> Any:
        """The argument with its first arrays replaced by (and taken from) those given."""
        leaves = []
        for leaf in self.leaves:
            if isinstance(leaf, array):
                leaves.append(arrays.pop(0))
            else:
                leaves.append(modules(leaf) if isinstance(leaf, Module) else others(leaf))
        return tree.unflatten(self.structure, leaves)

    def argument(self, arrays: list[array]) -> Any:
        return self._fill(arrays, lambda module: module, lambda leaf: leaf)

    def gradient(self, arrays: list[array], by_parameter: list[array]) -> Any:
        def of_module(module: Module) -> dict[str, array]:
            return {name: by_parameter.pop(0) for name, _ in module.named_parameters()}

        return self._fill(arrays, of_module, lambda leaf: None)

    @property
    def parameters(self) -> list[array]:
        return [parameter for leaf in self.leaves if isinstance(leaf, Module) for parameter in leaf.parameters()]


def value_and_grad(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False
) -> Callable[..., tuple[Any, Any]]:
    """A function that returns the value of `function` and its gradient by the arguments at `argnums`.

    `function` returns a 0-d array, or with `has_aux=True` that and anything else. Arguments may be nested containers;
    the gradient has their structure. For a module it is a dictionary by the names of its parameters.

    Raises ShapeError if the value is no scalar, TypeError for arguments that are not floating or complex.

    Example:
        >>> value, gradient = ingot.value_and_grad(lambda x: (x ** 2).sum())(ingot.array([1.0, 2.0]))
        >>> print(value, gradient)
        5.0 [2. 4.]
    """
    numbers = (argnums,) if isinstance(argnums, int) else tuple(argnums)

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        for number in numbers:
            if not -len(args) <= number < len(args):
                raise IndexError(
                    f"grad: there is no positional argument {number}; {_name_of(function)} was called with {len(args)}"
                )
        selected = {number % len(args): _Selected(args[number]) for number in numbers}
        primals = [primal for choice in selected.values() for primal in choice.primals]
        parameters = [parameter for choice in selected.values() for parameter in choice.parameters]
        if not primals and not parameters:
            raise TypeError(f"grad: the arguments {numbers} hold no floating or complex array")
        kept: list[Any] = []

        def flat(arrays: list[array]) -> list[array]:
            remaining = list(arrays)
            arguments = list(args)
            for number, choice in selected.items():
                arguments[number] = choice.argument(remaining)
            result = function(*arguments, **kwargs)
            loss, aux = result if has_aux else (result, None)
            if isinstance(loss, (float, complex)):
                loss = array(loss)
            if not isinstance(loss, array):
                wanted = "an array and anything else" if has_aux else "an array"
                raise TypeError(f"grad: {_name_of(function)} must return {wanted}, got {type(loss).__name__}")
            gradients: list[array] = []
            if parameters and loss.requires_grad and loss.ndim == 0:
                found = _core._gradients([loss], parameters, [], True, True)
                gradients = [_core.zeros_like(p) if g is None else g for p, g in zip(parameters, found, strict=True)]
            elif parameters:
                gradients = [_core.zeros_like(p) for p in parameters]
            rest = Result(aux)
            kept[:] = [rest]
            return [loss, *gradients, *rest.arrays]

        outputs, gradients = _core._value_and_grad(flat, primals, list(range(len(primals))))
        by_parameter = outputs[1 : 1 + len(parameters)]
        shaped = {number: choice.gradient(gradients, by_parameter) for number, choice in selected.items()}
        gradient = tuple(shaped[number % len(args)] for number in numbers)
        value = (outputs[0], kept[0].rebuild(outputs[1 + len(parameters) :])) if has_aux else outputs[0]
        return value, gradient[0] if isinstance(argnums, int) else gradient

    return wrapped


def grad(function: Callable[..., Any], argnums: int | Sequence[int] = 0, has_aux: bool = False) -> Callable[..., Any]:
    """A function that returns the gradient of `function` by the arguments at `argnums`; see `value_and_grad`.

    With `has_aux=True` it returns the gradient and what else `function` returned.

    Example:
        >>> print(ingot.grad(lambda x: (x ** 2).sum())(ingot.array([1.0, 2.0])))
        [2. 4.]
    """
    both = value_and_grad(function, argnums, has_aux)

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        value, gradient = both(*args, **kwargs)
        return (gradient, value[1]) if has_aux else gradient

    return wrapped


def _flat_function(function: Callable[..., Any], who: str) -> Callable[[list[array]], list[array]]:
    def flat(arrays: list[array]) -> list[array]:
        result = function(*arrays)
        results = [result] if isinstance(result, array) else list(result)
        for each in results:
            if not isinstance(each, array):
                raise TypeError(f"{who}: {_name_of(function)} must return arrays, got {type(each).__name__}")
        return results

    return flat


def _array_list(values: Any, who: str, what: str) -> list[array]:
    if isinstance(values, array):
        return [values]
    if not isinstance(values, (list, tuple)):
        raise TypeError(f"{who}: {what} are a list of arrays, got {type(values).__name__}")
    return [value if isinstance(value, array) else array(value) for value in values]


def vjp(function: Callable[..., Any], primals: Any, cotangents: Any) -> tuple[list[array], list[array]]:
    """Outputs of `function(*primals)`, and the gradients by the primals that `cotangents` (one per output) pull back.

    Raises ShapeError if a cotangent has another shape than its output.

    Example:
        >>> outputs, gradients = ingot.vjp(ingot.exp, [ingot.zeros(2)], [ingot.ones(2)])
        >>> print(gradients[0])
        [1. 1.]
    """
    arrays = _array_list(primals, "vjp", "primals")
    return _core._vjp(_flat_function(function, "vjp"), arrays, _array_list(cotangents, "vjp", "cotangents"))


def jvp(function: Callable[..., Any], primals: Any, tangents: Any) -> tuple[list[array], list[array]]:
    """Outputs of `function(*primals)`, and how they change as the primals move along `tangents`.

    Raises ShapeError if a tangent has another shape than its primal.

    Example:
        >>> outputs, changes = ingot.jvp(ingot.exp, [ingot.zeros(2)], [ingot.ones(2)])
        >>> print(changes[0])
        [1. 1.]
    """
    arrays = _array_list(primals, "jvp", "primals")
    return _core._jvp(_flat_function(function, "jvp"), arrays, _array_list(tangents, "jvp", "tangents"))


def _spread(axes: Any, node: Any, who: str) -> list[int | None]:
    """One axis per leaf of `node`, from axes whose structure is a prefix of its own."""
    if axes is None or isinstance(axes, int):
        return [axes] * len(tree.flatten(node, modules=False)[0])
    if isinstance(axes, dict) and isinstance(node, dict):
        if axes.keys() != node.keys():
            raise ValueError(f"{who}: the keys {list(axes)} are not those of the value, {list(node)}")
        return [axis for key in node for axis in _spread(axes[key], node[key], who)]
    if isinstance(axes, (list, tuple)) and isinstance(node, (list, tuple)):
        if len(axes) != len(node):
            raise ValueError(f"{who}: {len(axes)} axes for {len(node)} values")
        return [axis for each, child in zip(axes, node, strict=True) for axis in _spread(each, child, who)]
    raise ValueError(f"{who}: expected an int, None, or axes nested like the value, got {axes!r}")


def vmap(function: Callable[..., Any], in_axes: Axes = 0, out_axes: Axes = 0) -> Callable[..., Any]:
    """A function that applies `function` to every slice of its arguments along `in_axes`, all at once.

    Results are stacked along `out_axes`.
    Axes are one int for all, or nested like the arguments (the result); None is not mapped over.

    Raises ShapeError if the lengths of the mapped axes differ, ValueError if nothing is mapped over.

    Example:
        >>> rows = ingot.vmap(lambda x: (x * x).sum())(ingot.array([[1.0, 2.0], [3.0, 4.0]]))
        >>> print(rows)
        [ 5. 25.]
    """

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        # Keyword arguments are mapped over their first axis, as if in_axes said nothing of them.
        leaves, structure = tree.flatten((args, kwargs), modules=False)
        axes = _spread(in_axes, args, "vmap: in_axes") + [0] * (len(leaves) - len(tree.flatten(args, modules=False)[0]))
        positions: list[int] = []
        for i, leaf in enumerate(leaves):
            if hasattr(leaf, "__array__") and not isinstance(leaf, array):
                leaves[i] = leaf = array(leaf)
            if isinstance(leaf, array):
                positions.append(i)
        flat_axes = []
        for i in positions:
            axis = axes[i]
            if axis is not None and not -leaves[i].ndim <= axis < leaves[i].ndim:
                raise IndexError(f"vmap: axis {axis} is not in an argument of shape {leaves[i].shape}")
            flat_axes.append(-1 if axis is None else axis % leaves[i].ndim)
        kept: list[Result] = []

        def flat(arrays: list[array]) -> list[array]:
            slices = list(leaves)
            for position, replacement in zip(positions, arrays, strict=True):
                slices[position] = replacement
            arguments, keywords = tree.unflatten(structure, slices)
            kept[:] = [Result(function(*arguments, **keywords))]
            return kept[0].arrays

        stacked = _core._vmap(flat, [leaves[i] for i in positions], flat_axes)
        result = kept[0]
        unplaced = tree.unflatten(result.structure, result.leaves)
        places = _spread(out_axes, unplaced, "vmap: out_axes")
        placed = []
        for position, x in zip(result.positions, stacked, strict=True):
            axis = places[position]
            if axis is None:
                raise ValueError("vmap: out_axes cannot be None: every result has the mapped axis")
            placed.append(x if axis == 0 else _core.moveaxis(x, 0, axis))
        return result.rebuild(placed)

    return wrapped
