"""PyTorch's constructors of old: `FloatTensor(2, 3)` makes an array of that shape, `FloatTensor([2, 3])` one of those
elements, and `isinstance(x, FloatTensor)` asks for the dtype."""

from __future__ import annotations

from typing import Any

import ingot

__all__ = [
    "BFloat16Tensor",
    "BoolTensor",
    "ByteTensor",
    "CharTensor",
    "DoubleTensor",
    "FloatTensor",
    "HalfTensor",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
    "Tensor",
]


class _Constructor(type):
    """A class whose calls make arrays, and whose instances are arrays."""

    dtype: Any

    def __call__(cls, *args: Any, device: Any = None) -> Any:
        dtype = cls.dtype or ingot.float32
        if all(isinstance(length, int) and not isinstance(length, bool) for length in args):
            return ingot.zeros(args or (0,), dtype=dtype)
        if len(args) != 1:
            raise TypeError(f"{cls.__name__}: expected lengths of axes, or one array or sequence of elements")
        return ingot.array(args[0], dtype=dtype)

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, ingot.array) and (cls.dtype is None or instance.dtype == cls.dtype)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, ingot.array) or type.__subclasscheck__(cls, subclass)

    def __getattr__(cls, name: str) -> Any:
        return getattr(ingot.array, name)


class Tensor(metaclass=_Constructor):
    """Arrays of any dtype; those that it makes are float32."""

    dtype: Any = None


def _tensor_of(dtype: ingot.dtype, name: str) -> Any:
    """The constructor of arrays of one dtype."""
    return _Constructor(name, (Tensor,), {"__doc__": f"Arrays of {dtype}.", "__module__": __name__, "dtype": dtype})


FloatTensor = _tensor_of(ingot.float32, "FloatTensor")
DoubleTensor = _tensor_of(ingot.float64, "DoubleTensor")
HalfTensor = _tensor_of(ingot.float16, "HalfTensor")
BFloat16Tensor = _tensor_of(ingot.bfloat16, "BFloat16Tensor")
ByteTensor = _tensor_of(ingot.uint8, "ByteTensor")
CharTensor = _tensor_of(ingot.int8, "CharTensor")
ShortTensor = _tensor_of(ingot.int16, "ShortTensor")
IntTensor = _tensor_of(ingot.int32, "IntTensor")
LongTensor = _tensor_of(ingot.int64, "LongTensor")
BoolTensor = _tensor_of(ingot.bool_, "BoolTensor")
