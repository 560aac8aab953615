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


class FloatTensor(Tensor):
    """Arrays of float32."""

    dtype = ingot.float32


class DoubleTensor(Tensor):
    """Arrays of float64."""

    dtype = ingot.float64


class HalfTensor(Tensor):
    """Arrays of float16."""

    dtype = ingot.float16


class BFloat16Tensor(Tensor):
    """Arrays of bfloat16."""

    dtype = ingot.bfloat16


class ByteTensor(Tensor):
    """Arrays of uint8."""

    dtype = ingot.uint8


class CharTensor(Tensor):
    """Arrays of int8."""

    dtype = ingot.int8


class ShortTensor(Tensor):
    """Arrays of int16."""

    dtype = ingot.int16


class IntTensor(Tensor):
    """Arrays of int32."""

    dtype = ingot.int32


class LongTensor(Tensor):
    """Arrays of int64."""

    dtype = ingot.int64


class BoolTensor(Tensor):
    """Arrays of bool."""

    dtype = ingot.bool_
