"""PyTorch's names of arguments, for functions that have others: `torch.sum(input=x)`, `torch.zeros(size=(2, 3))`."""

from __future__ import annotations

from types import BuiltinFunctionType
from typing import Any

from ingot import _core

#: What PyTorch calls what is called so here.
_ALIASES = {"x": "input", "y": "other", "arrays": "tensors", "shape": "size", "obj": "data", "indices": "index"}
#: The positional arguments of functions for which that does not hold.
_OTHERS = {
    "addmm": "input mat1 mat2",
    "baddbmm": "input batch1 batch2",
    "bmm": "input mat2",
    "cross": "input other",
    "dot": "input tensor",
    "ger": "input vec2",
    "inner": "input other",
    "kron": "input other",
    "lerp": "input end weight",
    "matmul": "input other",
    "mm": "input mat2",
    "mv": "input vec",
    "outer": "input vec2",
    "permute": "input dims",
    "pow": "input exponent",
    "searchsorted": "sorted_sequence input",
    "swapaxes": "input axis0 axis1",
    "swapdims": "input dim0 dim1",
    "take": "input index",
}
#: The same for methods.
_METHODS = {
    "expand": "self size",
    "permute": "self dims",
    "reshape": "self shape",
    "transpose": "self dim0 dim1",
    "view": "self size",
}


def _own_names(function: Any) -> list[str]:
    names = []
    for parameter in (function.__text_signature__ or "()")[1:].split(", "):
        name = parameter.partition("=")[0].rstrip(")")
        if not name.isidentifier():
            break
        names.append(name)
    return names


def named(name: str, function: Any) -> Any:
    """A function that takes PyTorch's names too; `function` itself if it has them, or is none of C++."""
    if not isinstance(function, BuiltinFunctionType):
        return function
    own = _own_names(function)
    names = _OTHERS.get(name) or " ".join(_ALIASES.get(each, each) for each in own)
    return function if names.split() == own else _core._renaming(function, names)


def named_method(name: str) -> Any:
    """The method of arrays of this name, with PyTorch's names of its arguments."""
    method = getattr(_core.array, name)
    return _core._renaming(method, _METHODS[name]) if name in _METHODS else method
