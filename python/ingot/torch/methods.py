"""Functions that are methods of arrays too, and mean one thing in PyTorch and another in NumPy and MLX.

`ingot run --as torch` gives arrays PyTorch's methods, for that process: a method cannot tell who calls it. Integers and
indices are int64 then, an integer beside index arrays selects before they do, and in-place changes of views reach
their arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot
from ingot import _core
from ingot.torch import rare_methods
from ingot.torch.keywords import named_method


def _moment(reduce: Callable[..., Any]) -> Callable[..., Any]:
    """`std` or `var` whose divisor is the count less 1, unless it is asked otherwise."""

    def reduced(input: Any, dim: Any = None, *args: Any, **settings: Any) -> Any:
        if isinstance(dim, bool):  # std(x, False): the first argument is `unbiased`
            return reduce(input, unbiased=dim)
        if args and isinstance(args[0], bool):
            # std(x, dim, unbiased) or std(x, dim, unbiased, keepdim), in the order of old
            settings["unbiased"], args = args[0], args[1:]
        if not {"correction", "unbiased"} & settings.keys():
            settings["correction"] = 1
        return reduce(input, dim, *args, **settings)

    reduced.__doc__ = f"{reduce.__doc__}\n\nThe correction is 1, unless it is asked otherwise."
    return reduced


std: Callable[..., Any] = _moment(ingot.std)
var: Callable[..., Any] = _moment(ingot.var)


def bernoulli(input: Any, *, generator: Any = None) -> Any:
    """Ones, with the probabilities in `input`, and zeros, in its dtype (NumPy and MLX: bool)."""
    return ingot.bernoulli(input, generator=generator).astype(input.dtype)


_values_of = ingot.array.detach


def detach(input: Any) -> Any:
    """The same values, cut from their graph; what is done to those of a leaf in place is done to the leaf (NumPy and
    MLX: they are values of their own)."""
    # Those of a result would keep its graph alive for as long as anybody holds them.
    return input.data if input.is_leaf else _values_of(input)


def equal(input: Any, other: Any) -> bool:
    """Whether shapes and all elements are equal (NumPy: element by element)."""
    return bool(ingot.array_equal(input, other))


def nonzero(input: Any, *, as_tuple: bool = False) -> Any:
    """One row of indices for each element that is not zero (NumPy: one array for each axis)."""
    return ingot.nonzero(input, as_tuple=as_tuple)


_copied = ingot.array.contiguous


def is_contiguous(input: Any, memory_format: Any = None) -> bool:
    """Whether the elements would lie one after another in PyTorch: those of `x.T` would not (NumPy and MLX: True)."""
    return _core._is_dense(input)


def contiguous(input: Any, *, memory_format: Any = None) -> Any:
    """The array itself, or a copy if it is a view whose elements would not lie one after another in PyTorch."""
    return input if _core._is_dense(input) else _copied(input)


def ravel(input: Any) -> Any:
    """All axes joined into one: a copy wherever `contiguous` makes one."""
    return input.contiguous().view(-1)


def real(input: Any) -> Any:
    """The real part: a view of complex numbers."""
    return ingot.view_as_real(input).select(-1, 0) if input.dtype.is_complex else input


def imag(input: Any) -> Any:
    """The imaginary part: a view of complex numbers."""
    return ingot.view_as_real(input).select(-1, 1) if input.dtype.is_complex else ingot.imag(input)


_squeezed, _squeezed_in_place = ingot.array.squeeze, ingot.array.squeeze_


def _without_longer(input: Any, dim: Any) -> Any:
    """The axes to squeeze but those of PyTorch's that are longer than 1."""
    axes = (range(input.ndim) if dim is None else (dim,)) if dim is None or isinstance(dim, int) else dim
    count = max(input.ndim, 1)  # a 0-d array counts as of one axis
    return tuple(axis for axis in axes if not -count <= axis < count or (input.ndim and input.shape[axis] == 1))


def squeeze(input: Any, dim: Any = None) -> Any:
    """Without the axes of length 1 among those named, or among all (NumPy: an error where one named is longer)."""
    return _squeezed(input, _without_longer(input, dim))


def squeeze_(input: Any, dim: Any = None) -> Any:
    """The same in place."""
    axes = _without_longer(input, dim)
    return _squeezed_in_place(input, axes) if axes else input


_VIEWS = """
    chunk diagonal expand expand_as flatten moveaxis movedim narrow permute reshape reshape_as select split
    split_with_sizes swapaxes swapdims t tensor_split transpose unbind unflatten unsqueeze view view_as
"""
_VIEW_ATTRIBUTES = ("T", "mT", "H", "mH")


def _viewing_property(attribute: Any) -> property:
    return property(_core._viewing(attribute.__get__), doc=attribute.__doc__)


def methods() -> dict[str, Any]:
    """The methods and properties of arrays that mean something else in PyTorch, or make views there, by name."""
    functions = (bernoulli, contiguous, detach, equal, is_contiguous, nonzero, ravel, squeeze_)
    own = {function.__name__: function for function in functions} | {"std": std, "var": var} | rare_methods.METHODS
    views = {name: _core._viewing(named_method(name)) for name in _VIEWS.split()}
    attributes = {name: _viewing_property(getattr(ingot.array, name)) for name in _VIEW_ATTRIBUTES}
    parts = {part.__name__: property(_core._viewing(part), doc=part.__doc__) for part in (real, imag)}
    return own | views | {"squeeze": _core._viewing(squeeze)} | attributes | parts


def install() -> None:
    """Gives the methods of arrays, and what no name tells apart, PyTorch's meaning, in this process."""
    _core._set_pytorch_conventions(True)
    for name, method in methods().items():
        setattr(ingot.array, name, method)
