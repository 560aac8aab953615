"""The C++ core of Ingot. Use it through the package `ingot`, which gives these names out again."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import memory, nn, optim, random
from ingot._size import Size

class _Arrayish(typing.Protocol):
    def __array__(self) -> typing.Any: ...

class _NamedDType(typing.Protocol):
    @property
    def name(self) -> str: ...
    @property
    def itemsize(self) -> int: ...

ArrayLike: typing.TypeAlias = typing.Union[array, complex, collections.abc.Sequence[typing.Any], _Arrayish]
DTypeLike: typing.TypeAlias = typing.Union[dtype, str, type, _NamedDType]
DeviceLike: typing.TypeAlias = typing.Union[device, str]
IntOrInts: typing.TypeAlias = typing.Union[int, collections.abc.Sequence[int]]
_DType: typing.TypeAlias = dtype
_Device: typing.TypeAlias = device

__version__: str

class ShapeError(ValueError):
    """Shapes that do not fit together."""

class GradError(RuntimeError):
    """Wrong use of differentiation: no graph, or a graph already released."""

class TraceError(RuntimeError):
    """A value was asked for while `jit` or `vmap` was only recording the computation."""

class DeviceError(RuntimeError):
    """A device that this machine or build does not have."""

class FileError(OSError):
    """A file that cannot be read or written, or whose content is not what it should be."""

class UnknownNameError(KeyError):
    """A name that is not there."""

class dtype:
    """The type of an array's elements: `ingot.float32`, or `ingot.dtype('float32')`.

    Equal to its name as a string and to NumPy's dtype of that name; never equal to anything else.
    """
    def __init__(self, source: typing.Any) -> None: ...
    @property
    def name(self) -> str:
        """The name, as a string."""
    @property
    def itemsize(self) -> builtins.int:
        """Bytes per element."""
    @property
    def size(self) -> builtins.int:
        """Bytes per element."""
    @property
    def is_floating_point(self) -> builtins.bool:
        """True for real floating dtypes."""
    @property
    def is_complex(self) -> builtins.bool:
        """True for complex dtypes."""
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...
    def __hash__(self) -> builtins.int: ...
    def __eq__(self, other: object) -> builtins.bool: ...

bool_: dtype

int8: dtype

int16: dtype

int32: dtype

int64: dtype

uint8: dtype

uint16: dtype

uint32: dtype

uint64: dtype

float16: dtype

bfloat16: dtype

float32: dtype

float64: dtype

complex64: dtype

complex128: dtype

def promote_types(a: DTypeLike, b: DTypeLike) -> dtype:
    """The dtype of an operation between arrays of these two dtypes.

    Example:
        >>> ingot.promote_types(ingot.int32, ingot.float16)
        ingot.float16
    """

class device:
    """Where an array lives: `device('cpu')`, or `device('metal')`, of which 'mps' and 'gpu' are other names.

    Making one works anywhere; using one that this machine lacks raises DeviceError, which names what is
    available.
    """
    def __init__(self, name: DeviceLike) -> None: ...
    @property
    def type(self) -> str:
        """The name of the kind of device."""
    def is_available(self) -> builtins.bool:
        """True if this build and this machine can run on it."""
    def __str__(self) -> str: ...
    def __repr__(self) -> str: ...
    def __hash__(self) -> builtins.int: ...
    def __eq__(self, other: object) -> builtins.bool: ...

class array:
    """An n-dimensional array of numbers, computed lazily, with automatic differentiation.

    `data` is a number, a nested list or tuple of numbers, a NumPy array or anything else with a buffer,
    `__array__` or
    `__dlpack__`, or another array. Floats become float32, ints int32 (int64 if they do not fit), complex
    numbers complex64;
    what has a dtype already keeps it. The elements are copied.

    With `requires_grad=True` the array is a leaf: `backward()` on what is computed from it fills its `.grad`.

    Raises ValueError for a ragged list, TypeError for what is not a number.

    Example:
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> (x * x).sum().backward()
        >>> print(x.grad)
        [2. 4.]
    """
    def __new__(
        cls,
        data: typing.Any,
        dtype: DTypeLike | None = None,
        requires_grad: builtins.bool = False,
        device: DeviceLike | None = None,
    ) -> Self: ...
    def __eq__(self, other: object) -> array: ...  # type: ignore[override]
    def __ne__(self, other: object) -> array: ...  # type: ignore[override]
    def __lt__(self, other: ArrayLike) -> array: ...
    def __le__(self, other: ArrayLike) -> array: ...
    def __gt__(self, other: ArrayLike) -> array: ...
    def __ge__(self, other: ArrayLike) -> array: ...
    def __neg__(self) -> array: ...
    def __pos__(self) -> array: ...
    def __abs__(self) -> array: ...
    def __invert__(self) -> array: ...
    def __divmod__(self, other: ArrayLike) -> tuple[array, array]: ...
    def __rdivmod__(self, other: ArrayLike) -> tuple[array, array]: ...
    def __bool__(self) -> builtins.bool: ...
    def __int__(self) -> builtins.int: ...
    def __float__(self) -> builtins.float: ...
    def __index__(self) -> builtins.int: ...
    def __hash__(self) -> builtins.int: ...
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[array]: ...
    def __contains__(self, value: ArrayLike) -> builtins.bool: ...
    def __getitem__(self, key: typing.Any) -> array: ...
    def __setitem__(self, key: typing.Any, value: ArrayLike) -> None: ...
    def __add__(self, other: ArrayLike) -> array: ...
    def __radd__(self, other: ArrayLike) -> array: ...
    def __iadd__(self, other: ArrayLike) -> Self: ...
    def __sub__(self, other: ArrayLike) -> array: ...
    def __rsub__(self, other: ArrayLike) -> array: ...
    def __isub__(self, other: ArrayLike) -> Self: ...
    def __mul__(self, other: ArrayLike) -> array: ...
    def __rmul__(self, other: ArrayLike) -> array: ...
    def __imul__(self, other: ArrayLike) -> Self: ...
    def __truediv__(self, other: ArrayLike) -> array: ...
    def __rtruediv__(self, other: ArrayLike) -> array: ...
    def __itruediv__(self, other: ArrayLike) -> Self: ...
    def __floordiv__(self, other: ArrayLike) -> array: ...
    def __rfloordiv__(self, other: ArrayLike) -> array: ...
    def __ifloordiv__(self, other: ArrayLike) -> Self: ...
    def __mod__(self, other: ArrayLike) -> array: ...
    def __rmod__(self, other: ArrayLike) -> array: ...
    def __imod__(self, other: ArrayLike) -> Self: ...
    def __pow__(self, other: ArrayLike) -> array: ...
    def __rpow__(self, other: ArrayLike) -> array: ...
    def __ipow__(self, other: ArrayLike) -> Self: ...
    def __matmul__(self, other: ArrayLike) -> array: ...
    def __rmatmul__(self, other: ArrayLike) -> array: ...
    def __imatmul__(self, other: ArrayLike) -> Self: ...
    def __and__(self, other: ArrayLike) -> array: ...
    def __rand__(self, other: ArrayLike) -> array: ...
    def __iand__(self, other: ArrayLike) -> Self: ...
    def __or__(self, other: ArrayLike) -> array: ...
    def __ror__(self, other: ArrayLike) -> array: ...
    def __ior__(self, other: ArrayLike) -> Self: ...
    def __xor__(self, other: ArrayLike) -> array: ...
    def __rxor__(self, other: ArrayLike) -> array: ...
    def __ixor__(self, other: ArrayLike) -> Self: ...
    def __lshift__(self, other: ArrayLike) -> array: ...
    def __rlshift__(self, other: ArrayLike) -> array: ...
    def __ilshift__(self, other: ArrayLike) -> Self: ...
    def __rshift__(self, other: ArrayLike) -> array: ...
    def __rrshift__(self, other: ArrayLike) -> array: ...
    def __irshift__(self, other: ArrayLike) -> Self: ...
    @property
    def shape(self) -> tuple[builtins.int, ...]:
        """Length of every axis, as a tuple."""
    @property
    def ndim(self) -> builtins.int:
        """Number of axes."""
    @property
    def size(self) -> Size:
        """Number of elements. Also PyTorch's method: `x.size()` is the shape, `x.size(0)` a length."""
    @property
    def itemsize(self) -> builtins.int:
        """Bytes per element."""
    @property
    def nbytes(self) -> builtins.int:
        """Bytes of all elements."""
    @property
    def dtype(self) -> _DType:
        """The type of the elements."""
    @property
    def device(self) -> _Device:
        """Where the array lives."""
    @property
    def T(self) -> array:
        """The transpose: all axes reversed."""
    @property
    def mT(self) -> array:
        """The transpose of each matrix in the last two axes."""
    @property
    def real(self) -> array:
        """The real part."""
    @property
    def imag(self) -> array:
        """The imaginary part."""
    @property
    def grad(self) -> array | None:
        """The gradient that `backward()` accumulated, or None."""
    @grad.setter
    def grad(self, value: array | None) -> None: ...
    @property
    def requires_grad(self) -> builtins.bool:
        """True if operations on this array are recorded for differentiation."""
    @requires_grad.setter
    def requires_grad(self, value: builtins.bool) -> None: ...
    @property
    def is_leaf(self) -> builtins.bool:
        """True unless the array is the result of a recorded operation."""
    @property
    def grad_fn(self) -> str | None:
        """The name of the recorded operation that made this array, or None for a leaf."""
    @property
    def data(self) -> array:
        """The values without their history. Changing the result in place changes this array too."""
    @data.setter
    def data(self, value: ArrayLike) -> None: ...
    def add(self, y: ArrayLike) -> array:
        """`x + y` of each element, as NumPy writes it.

        Takes any dtype and gives the promoted one. Operands broadcast; a Python number takes the dtype of the array
        it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.add(x, 2.0)
        """
    def subtract(self, y: ArrayLike) -> array:
        """`x - y` of each element, as NumPy writes it.

        Takes any dtype but bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.subtract(x, 2.0)
        """
    def multiply(self, y: ArrayLike) -> array:
        """`x * y` of each element, as NumPy writes it.

        Takes any dtype and gives the promoted one. Operands broadcast; a Python number takes the dtype of the array
        it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.multiply(x, 2.0)
        """
    def divide(self, y: ArrayLike) -> array:
        """`x / y` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Operands broadcast; a Python number
        takes the dtype of the array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.divide(x, 2.0)
        """
    def floor_divide(self, y: ArrayLike) -> array:
        """`np.floor_divide(x, y)` of each element, as NumPy writes it.

        Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets. No
        gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.floor_divide(x, 2.0)
        """
    def remainder(self, y: ArrayLike) -> array:
        """`np.remainder(x, y)` of each element, as NumPy writes it.

        Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.remainder(x, 2.0)
        """
    def pow(self, y: ArrayLike) -> array:
        """`np.power(x, y)` of each element, as NumPy writes it.

        Takes any dtype but bool. Raises ValueError for integers to a negative integer power. Operands broadcast; a
        Python number takes the dtype of the array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.pow(x, 2.0)
        """
    def maximum(self, y: ArrayLike) -> array:
        """`np.maximum(x, y)` of each element, as NumPy writes it.

        Takes any dtype but complex. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.maximum(x, 2.0)
        """
    def minimum(self, y: ArrayLike) -> array:
        """`np.minimum(x, y)` of each element, as NumPy writes it.

        Takes any dtype but complex. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.minimum(x, 2.0)
        """
    def atan2(self, y: ArrayLike) -> array:
        """`np.arctan2(x, y)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
        array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atan2(x, 2.0)
        """
    def logaddexp(self, y: ArrayLike) -> array:
        """`np.logaddexp(x, y)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
        array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.logaddexp(x, 2.0)
        """
    def hypot(self, y: ArrayLike) -> array:
        """`np.hypot(x, y)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
        array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.hypot(x, 2.0)
        """
    def copysign(self, y: ArrayLike) -> array:
        """`np.copysign(x, y)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
        array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.copysign(x, 2.0)
        """
    def negative(self) -> array:
        """`-x` of each element, as NumPy writes it.

        Takes any dtype but bool. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.negative(x)
        """
    def abs(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it.

        Takes any dtype but bool; complex numbers give the real dtype of their parts. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.abs(x)
        """
    def sign(self) -> array:
        """`np.sign(x)` of each element, as NumPy writes it.

        Takes any dtype but bool. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.sign(x)
        """
    def square(self) -> array:
        """`np.square(x)` of each element, as NumPy writes it.

        Takes any dtype but bool. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.square(x)
        """
    def reciprocal(self) -> array:
        """`1 / x` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.reciprocal(x)
        """
    def sqrt(self) -> array:
        """`np.sqrt(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.sqrt(x)
        """
    def rsqrt(self) -> array:
        """`1 / np.sqrt(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.rsqrt(x)
        """
    def exp(self) -> array:
        """`np.exp(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.exp(x)
        """
    def exp2(self) -> array:
        """`np.exp2(x)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.exp2(x)
        """
    def expm1(self) -> array:
        """`np.expm1(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.expm1(x)
        """
    def log(self) -> array:
        """`np.log(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.log(x)
        """
    def log1p(self) -> array:
        """`np.log1p(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.log1p(x)
        """
    def log2(self) -> array:
        """`np.log2(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.log2(x)
        """
    def log10(self) -> array:
        """`np.log10(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.log10(x)
        """
    def sin(self) -> array:
        """`np.sin(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.sin(x)
        """
    def cos(self) -> array:
        """`np.cos(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.cos(x)
        """
    def tan(self) -> array:
        """`np.tan(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.tan(x)
        """
    def asin(self) -> array:
        """`np.arcsin(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.asin(x)
        """
    def acos(self) -> array:
        """`np.arccos(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.acos(x)
        """
    def atan(self) -> array:
        """`np.arctan(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atan(x)
        """
    def sinh(self) -> array:
        """`np.sinh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.sinh(x)
        """
    def cosh(self) -> array:
        """`np.cosh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.cosh(x)
        """
    def tanh(self) -> array:
        """`np.tanh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.tanh(x)
        """
    def asinh(self) -> array:
        """`np.arcsinh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.asinh(x)
        """
    def acosh(self) -> array:
        """`np.arccosh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([1.5, 2.0])
            >>> y = ingot.acosh(x)
        """
    def atanh(self) -> array:
        """`np.arctanh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atanh(x)
        """
    def erf(self) -> array:
        """`special.erf(x)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.erf(x)
        """
    def erfinv(self) -> array:
        """`special.erfinv(x)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.erfinv(x)
        """
    def sigmoid(self) -> array:
        """`1 / (1 + np.exp(-x))` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.sigmoid(x)
        """
    def relu(self) -> array:
        """`np.maximum(x, 0)` of each element, as NumPy writes it.

        Takes any dtype but complex. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.relu(x)
        """
    def softplus(self) -> array:
        """`np.logaddexp(x, 0)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.softplus(x)
        """
    def softsign(self) -> array:
        """`x / (1 + np.abs(x))` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.softsign(x)
        """
    def silu(self) -> array:
        """`x / (1 + np.exp(-x))` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.silu(x)
        """
    def gelu(self) -> array:
        """`x * 0.5 * (1 + special.erf(x / np.sqrt(2)))` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.gelu(x)
        """
    def floor(self) -> array:
        """`np.floor(x)` of each element, as NumPy writes it.

        Takes any dtype but complex. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.floor(x)
        """
    def ceil(self) -> array:
        """`np.ceil(x)` of each element, as NumPy writes it.

        Takes any dtype but complex. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.ceil(x)
        """
    def round(self, decimals: builtins.int = 0) -> array:
        """Rounded to a number of decimals, halves to even."""
    def trunc(self) -> array:
        """`np.trunc(x)` of each element, as NumPy writes it.

        Takes any dtype but complex. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.trunc(x)
        """
    def equal(self, y: ArrayLike) -> array:
        """`x == y` of each element, as NumPy writes it.

        Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.equal(x, 2.0)
        """
    def not_equal(self, y: ArrayLike) -> array:
        """`x != y` of each element, as NumPy writes it.

        Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.not_equal(x, 2.0)
        """
    def less(self, y: ArrayLike) -> array:
        """`x < y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.less(x, 2.0)
        """
    def less_equal(self, y: ArrayLike) -> array:
        """`x <= y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.less_equal(x, 2.0)
        """
    def greater(self, y: ArrayLike) -> array:
        """`x > y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.greater(x, 2.0)
        """
    def greater_equal(self, y: ArrayLike) -> array:
        """`x >= y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.greater_equal(x, 2.0)
        """
    def isnan(self) -> array:
        """`np.isnan(x)` of each element, as NumPy writes it.

        Takes any dtype and gives bool. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.isnan(x)
        """
    def isinf(self) -> array:
        """`np.isinf(x)` of each element, as NumPy writes it.

        Takes any dtype and gives bool. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.isinf(x)
        """
    def isfinite(self) -> array:
        """`np.isfinite(x)` of each element, as NumPy writes it.

        Takes any dtype and gives bool. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.isfinite(x)
        """
    def logical_and(self, y: ArrayLike) -> array:
        """`np.logical_and(x, y)` of each element, as NumPy writes it.

        Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.logical_and(x, 2.0)
        """
    def logical_or(self, y: ArrayLike) -> array:
        """`np.logical_or(x, y)` of each element, as NumPy writes it.

        Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.logical_or(x, 2.0)
        """
    def logical_xor(self, y: ArrayLike) -> array:
        """`np.logical_xor(x, y)` of each element, as NumPy writes it.

        Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.logical_xor(x, 2.0)
        """
    def logical_not(self) -> array:
        """`np.logical_not(x)` of each element, as NumPy writes it.

        Takes any dtype, as bool, and gives bool. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.logical_not(x)
        """
    def bitwise_and(self, y: ArrayLike) -> array:
        """`x & y` of each element, as NumPy writes it.

        Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
        gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_and(x, 1)
        """
    def bitwise_or(self, y: ArrayLike) -> array:
        """`x | y` of each element, as NumPy writes it.

        Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
        gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_or(x, 1)
        """
    def bitwise_xor(self, y: ArrayLike) -> array:
        """`x ^ y` of each element, as NumPy writes it.

        Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
        gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_xor(x, 1)
        """
    def bitwise_invert(self) -> array:
        """`~x` of each element, as NumPy writes it.

        Takes bool and integers. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_invert(x)
        """
    def bitwise_left_shift(self, y: ArrayLike) -> array:
        """`x << y` of each element, as NumPy writes it.

        Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
        through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_left_shift(x, 1)
        """
    def bitwise_right_shift(self, y: ArrayLike) -> array:
        """`x >> y` of each element, as NumPy writes it.

        Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
        through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_right_shift(x, 1)
        """
    def conj(self) -> array:
        """`np.conj(x)` of each element, as NumPy writes it.

        Takes any dtype and gives the promoted one. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.conj(x)
        """
    def sub(self, y: ArrayLike) -> array:
        """`x - y` of each element, as NumPy writes it.

        Takes any dtype but bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.subtract(x, 2.0)
        """
    def mul(self, y: ArrayLike) -> array:
        """`x * y` of each element, as NumPy writes it.

        Takes any dtype and gives the promoted one. Operands broadcast; a Python number takes the dtype of the array
        it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.multiply(x, 2.0)
        """
    def div(self, y: ArrayLike) -> array:
        """`x / y` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Operands broadcast; a Python number
        takes the dtype of the array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.divide(x, 2.0)
        """
    def true_divide(self, y: ArrayLike) -> array:
        """`x / y` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Operands broadcast; a Python number
        takes the dtype of the array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.divide(x, 2.0)
        """
    def power(self, y: ArrayLike) -> array:
        """`np.power(x, y)` of each element, as NumPy writes it.

        Takes any dtype but bool. Raises ValueError for integers to a negative integer power. Operands broadcast; a
        Python number takes the dtype of the array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.pow(x, 2.0)
        """
    def mod(self, y: ArrayLike) -> array:
        """`np.remainder(x, y)` of each element, as NumPy writes it.

        Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets.
        Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.remainder(x, 2.0)
        """
    def arctan2(self, y: ArrayLike) -> array:
        """`np.arctan2(x, y)` of each element, as NumPy writes it.

        Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
        array it meets. Differentiable.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atan2(x, 2.0)
        """
    def neg(self) -> array:
        """`-x` of each element, as NumPy writes it.

        Takes any dtype but bool. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.negative(x)
        """
    def absolute(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it.

        Takes any dtype but bool; complex numbers give the real dtype of their parts. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.abs(x)
        """
    def fabs(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it.

        Takes any dtype but bool; complex numbers give the real dtype of their parts. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.abs(x)
        """
    def arcsin(self) -> array:
        """`np.arcsin(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.asin(x)
        """
    def arccos(self) -> array:
        """`np.arccos(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.acos(x)
        """
    def arctan(self) -> array:
        """`np.arctan(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atan(x)
        """
    def arcsinh(self) -> array:
        """`np.arcsinh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.asinh(x)
        """
    def arccosh(self) -> array:
        """`np.arccosh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([1.5, 2.0])
            >>> y = ingot.acosh(x)
        """
    def arctanh(self) -> array:
        """`np.arctanh(x)` of each element, as NumPy writes it.

        Takes floats and complex numbers; bool and integers become float32. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.atanh(x)
        """
    def conjugate(self) -> array:
        """`np.conj(x)` of each element, as NumPy writes it.

        Takes any dtype and gives the promoted one. Differentiable.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.conj(x)
        """
    def invert(self) -> array:
        """`~x` of each element, as NumPy writes it.

        Takes bool and integers. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_invert(x)
        """
    def bitwise_not(self) -> array:
        """`~x` of each element, as NumPy writes it.

        Takes bool and integers. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_invert(x)
        """
    def left_shift(self, y: ArrayLike) -> array:
        """`x << y` of each element, as NumPy writes it.

        Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
        through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_left_shift(x, 1)
        """
    def right_shift(self, y: ArrayLike) -> array:
        """`x >> y` of each element, as NumPy writes it.

        Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
        through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([1, 2])
            >>> y = ingot.bitwise_right_shift(x, 1)
        """
    def rint(self) -> array:
        """`np.round(x)` of each element, as NumPy writes it.

        Takes any dtype but complex. No gradient flows through it.

        Raises TypeError for other dtypes.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.round(x)
        """
    def eq(self, y: ArrayLike) -> array:
        """`x == y` of each element, as NumPy writes it.

        Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.equal(x, 2.0)
        """
    def ne(self, y: ArrayLike) -> array:
        """`x != y` of each element, as NumPy writes it.

        Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
        No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.not_equal(x, 2.0)
        """
    def lt(self, y: ArrayLike) -> array:
        """`x < y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.less(x, 2.0)
        """
    def le(self, y: ArrayLike) -> array:
        """`x <= y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.less_equal(x, 2.0)
        """
    def gt(self, y: ArrayLike) -> array:
        """`x > y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.greater(x, 2.0)
        """
    def ge(self, y: ArrayLike) -> array:
        """`x >= y` of each element, as NumPy writes it.

        Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
        it meets. No gradient flows through it.

        Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

        Example:
            >>> x = ingot.array([0.25, 0.5])
            >>> y = ingot.greater_equal(x, 2.0)
        """
    def astype(self, dtype: DTypeLike, *, copy: builtins.bool = True) -> array:
        """This array in another dtype; see `ingot.astype`."""
    def clip(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
        """Each element, moved into `[min, max]`; None is no bound.

        Example:
            >>> print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))
            [0.  0.5 1. ]
        """
    def clamp(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
        """Each element, moved into `[min, max]`; None is no bound.

        Example:
            >>> print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))
            [0.  0.5 1. ]
        """
    def sum(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Sum over `axis` (an int, several, or None for all). bool and small integers add up in int32 (uint32 for
        unsigned).

        Raises IndexError for an axis that is not there.

        Example:
            >>> print(ingot.sum(ingot.array([[1.0, 2.0], [3.0, 4.0]]), axis=0))
            [4. 6.]
        """
    def prod(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Product over `axis`.

        Example:
            >>> print(ingot.prod(ingot.array([2.0, 3.0])))
            6.0
        """
    def mean(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Mean over `axis`; integers give float32. The mean of nothing is NaN.

        Example:
            >>> print(ingot.mean(ingot.array([1.0, 2.0])))
            1.5
        """
    def max(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.max(ingot.array([1.0, 3.0, 2.0])))
            3.0
        """
    def amax(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.max(ingot.array([1.0, 3.0, 2.0])))
            3.0
        """
    def min(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.min(ingot.array([1.0, 3.0, 2.0])))
            1.0
        """
    def amin(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.min(ingot.array([1.0, 3.0, 2.0])))
            1.0
        """
    def all(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """True if every element over `axis` is not zero.

        Example:
            >>> print(ingot.all(ingot.array([1, 0])))
            False
        """
    def any(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """True if some element over `axis` is not zero.

        Example:
            >>> print(ingot.any(ingot.array([1, 0])))
            True
        """
    def var(
        self,
        axis: IntOrInts | None = None,
        *,
        correction: builtins.float = 0.0,
        keepdims: builtins.bool = False,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        ddof: builtins.float | None = None,
        unbiased: builtins.bool | None = None,
    ) -> array:
        """Variance over `axis`, with divisor `count - correction` (also called `ddof`; PyTorch's `unbiased=True` is a
        correction of 1).

        Example:
            >>> print(ingot.var(ingot.array([1.0, 3.0])))
            1.0
        """
    def std(
        self,
        axis: IntOrInts | None = None,
        *,
        correction: builtins.float = 0.0,
        keepdims: builtins.bool = False,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        ddof: builtins.float | None = None,
        unbiased: builtins.bool | None = None,
    ) -> array:
        """Standard deviation over `axis`: the root of `var`.

        Example:
            >>> print(ingot.std(ingot.array([1.0, 3.0])))
            1.0
        """
    def argmax(
        self,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Index (int32) of the first largest element along `axis`, or in the flattened array. NaN counts as largest.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.argmax(ingot.array([1.0, 3.0, 2.0])))
            1
        """
    def argmin(
        self,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Index (int32) of the first smallest element along `axis`, or in the flattened array. NaN counts as smallest.

        Raises ValueError for an empty axis.

        Example:
            >>> print(ingot.argmin(ingot.array([3.0, 1.0, 2.0])))
            1
        """
    def reshape(self, *args: typing.Any) -> array:
        """The same elements under another shape: `x.reshape(2, -1)` or `x.reshape((2, -1))`; see `ingot.reshape`."""
    def view(self, *args: typing.Any) -> array:
        """The same elements under another shape: `x.reshape(2, -1)` or `x.reshape((2, -1))`; see `ingot.reshape`."""
    def flatten(self, start_axis: builtins.int = 0, end_axis: builtins.int = -1) -> array:
        """Axes `start_axis` to `end_axis` (inclusive) joined into one.

        Example:
            >>> ingot.flatten(ingot.ones((2, 3, 4)), 1).shape
            (2, 12)
        """
    def ravel(self) -> array:
        """All axes joined into one.

        Example:
            >>> ingot.ravel(ingot.ones((2, 3))).shape
            (6,)
        """
    def transpose(self, *args: typing.Any) -> array:
        """Axes in the order given, reversed if none is. Two axes of an array of more (or fewer) than two are swapped,
        as in PyTorch.

        Raises ValueError unless the axes are a permutation.

        Example:
            >>> ingot.transpose(ingot.ones((2, 3, 4)), (1, 2, 0)).shape
            (3, 4, 2)
        """
    def permute(self, *args: typing.Any) -> array:
        """Axes in the order given; see `ingot.permute_dims`."""
    def t(self) -> array:
        """The transpose of a matrix; a vector as it is.

        Example:
            >>> ingot.t(ingot.ones((2, 3))).shape
            (3, 2)
        """
    def matrix_transpose(self) -> array:
        """The last two axes swapped.

        Example:
            >>> ingot.matrix_transpose(ingot.ones((4, 2, 3))).shape
            (4, 3, 2)
        """
    def swapaxes(self, axis1: builtins.int, axis2: builtins.int) -> array:
        """Two axes swapped.

        Example:
            >>> ingot.swapaxes(ingot.ones((2, 3, 4)), 0, 2).shape
            (4, 3, 2)
        """
    def moveaxis(self, source: builtins.int, destination: builtins.int) -> array:
        """One axis moved to another place.

        Example:
            >>> ingot.moveaxis(ingot.ones((2, 3, 4)), 0, -1).shape
            (3, 4, 2)
        """
    def broadcast_to(self, shape: IntOrInts) -> array:
        """Stretched to a shape by NumPy's rules, without a copy.

        Example:
            >>> ingot.broadcast_to(ingot.ones(3), (2, 3)).shape
            (2, 3)
        """
    def expand(self, *args: typing.Any) -> array:
        """Stretched to a shape, where -1 keeps an axis as it is; see `ingot.broadcast_to`."""
    def expand_dims(self, axis: IntOrInts) -> array:
        """A new axis of length 1 at each of the given positions of the result.

        Example:
            >>> ingot.expand_dims(ingot.ones(3), 0).shape
            (1, 3)
        """
    def unsqueeze(self, dim: IntOrInts) -> array:
        """A new axis of length 1 at each of the given positions of the result.

        Example:
            >>> ingot.expand_dims(ingot.ones(3), 0).shape
            (1, 3)
        """
    def squeeze(self, axis: IntOrInts | None = None, *, dim: IntOrInts | None = None) -> array:
        """Without axes of length 1: all of them, or the given ones, which must be of length 1.

        Example:
            >>> ingot.squeeze(ingot.ones((1, 3, 1))).shape
            (3,)
        """
    def contiguous(self) -> array:
        """The same values, densely packed in row-major order.

        Example:
            >>> ingot.contiguous(ingot.ones((2, 3)).T).shape
            (3, 2)
        """
    def split(
        self, indices_or_sections: typing.Any, axis: builtins.int = 0, *, dim: builtins.int | None = None
    ) -> list[array]:
        """Pieces along an axis, as NumPy cuts: a number of equal parts, or the indices where pieces begin.

        Raises ShapeError unless the length divides.

        Example:
            >>> [x.tolist() for x in ingot.split(ingot.arange(4), 2)]
            [[0, 1], [2, 3]]
        """
    def chunk(self, chunks: builtins.int, dim: builtins.int = 0) -> list[array]:
        """At most `chunks` pieces of equal length along an axis, of which the last may be shorter.

        Example:
            >>> [x.tolist() for x in ingot.chunk(ingot.arange(3), 2)]
            [[0, 1], [2]]
        """
    def unbind(self, axis: builtins.int = 0) -> list[array]:
        """The slices along an axis, as a list.

        Example:
            >>> [x.tolist() for x in ingot.unbind(ingot.ones((2, 2)))]
            [[1.0, 1.0], [1.0, 1.0]]
        """
    def flip(self, axis: IntOrInts | None = None) -> array:
        """Reversed along the axes (all if none is given).

        Example:
            >>> print(ingot.flip(ingot.arange(3)))
            [2 1 0]
        """
    def matmul(self, b: ArrayLike) -> array:
        """Matrix product: over the last axis of `a` and the last but one of `b`; leading axes broadcast. A 1-D operand
        is a row (left) or a column (right) whose axis is dropped from the result.

        Raises ShapeError for 0-d operands or lengths that differ.

        Example:
            >>> ingot.matmul(ingot.ones((2, 3)), ingot.ones((3, 4))).shape
            (2, 4)
        """
    def mm(self, b: ArrayLike) -> array:
        """The product of two matrices.

        Example:
            >>> ingot.mm(ingot.ones((2, 3)), ingot.ones((3, 4))).shape
            (2, 4)
        """
    def bmm(self, b: ArrayLike) -> array:
        """The products of two batches of matrices.

        Example:
            >>> ingot.bmm(ingot.ones((5, 2, 3)), ingot.ones((5, 3, 4))).shape
            (5, 2, 4)
        """
    def mv(self, b: ArrayLike) -> array:
        """The product of a matrix and a vector.

        Example:
            >>> print(ingot.mv(ingot.eye(2), ingot.ones(2)))
            [1. 1.]
        """
    def dot(self, b: ArrayLike) -> array:
        """The inner product of two vectors, or the matrix product.

        Example:
            >>> print(ingot.dot(ingot.ones(3), ingot.ones(3)))
            3.0
        """
    def take(self, indices: ArrayLike, axis: builtins.int | None = None, *, dim: builtins.int | None = None) -> array:
        """Slices at integer `indices` along `axis` (none: of the flattened array). Negative indices count from the
        end.

        Raises IndexError for an index out of range, when evaluated.

        Example:
            >>> print(ingot.take(ingot.array([10, 20, 30]), [2, 0], axis=0))
            [30 10]
        """
    def take_along_axis(self, indices: ArrayLike, axis: builtins.int) -> array:
        """The elements that `indices` names along `axis`, at each position of the other axes.

        Example:
            >>> x = ingot.array([[3, 1], [2, 4]])
            >>> print(ingot.take_along_axis(x, ingot.array([[1], [0]]), axis=1))
            [[1]
             [2]]
        """
    def gather(self, dim: builtins.int, index: ArrayLike) -> array:
        """PyTorch's name and order of arguments for `take_along_axis`.

        Example:
            >>> x = ingot.array([[3, 1], [2, 4]])
            >>> print(ingot.gather(x, 1, ingot.array([[1], [0]])))
            [[1]
             [2]]
        """
    def nonzero(self) -> tuple[array, ...]:
        """One array of indices per axis, of the elements that are not zero. Evaluates.

        Example:
            >>> print(ingot.nonzero(ingot.array([0, 5, 7]))[0])
            [1 2]
        """
    def index_add(self, index: typing.Any, value: ArrayLike) -> array:
        """A copy of `x` with `value` added at `x[index]`; repeated indices add up.

        Example:
            >>> print(ingot.index_add(ingot.zeros(3), [0, 0, 2], 1.0))
            [2. 0. 1.]
        """
    def softmax(
        self, axis: builtins.int | None = None, *, dim: builtins.int | None = None, dtype: DTypeLike | None = None
    ) -> array:
        """`exp(x) / sum(exp(x))` along one axis (the last by default), stable for any finite input.

        Example:
            >>> print(ingot.softmax(ingot.zeros(2)))
            [0.5 0.5]
        """
    def log_softmax(
        self, axis: builtins.int | None = None, *, dim: builtins.int | None = None, dtype: DTypeLike | None = None
    ) -> array:
        """The logarithm of `softmax` along one axis (the last by default), stable for any finite input.

        Example:
            >>> print(ingot.log_softmax(ingot.zeros(1)))
            [0.]
        """
    def logsumexp(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """`log(sum(exp(x)))` over `axis`, stable for any finite input.

        Example:
            >>> print(ingot.logsumexp(ingot.zeros(1)))
            0.0
        """
    def item(self) -> typing.Any:
        """The only element, as a Python number. Raises ValueError unless there is exactly one.

        Example:
            >>> ingot.array([2.5]).item()
            2.5
        """
    def tolist(self) -> typing.Any:
        """The elements as nested lists; a number for a 0-d array.

        Example:
            >>> ingot.array([[1, 2]]).tolist()
            [[1, 2]]
        """
    def __complex__(self) -> complex: ...
    def to(self, *args: typing.Any, dtype: DTypeLike | None = None, device: DeviceLike | None = None) -> Self:
        """The array in another dtype or on another device; itself if nothing changes.

        Raises DeviceError, naming what is available.

        Example:
            >>> ingot.ones(2).to(ingot.float64).dtype
            ingot.float64
        """
    def cpu(self) -> array:
        """The array on the CPU."""
    def float(self) -> array:
        """The array as float32."""
    def double(self) -> array:
        """The array as float64."""
    def half(self) -> array:
        """The array as float16."""
    def bfloat16(self) -> array:
        """The array as bfloat16."""
    def int(self) -> array:
        """The array as int32."""
    def long(self) -> array:
        """The array as int64."""
    def short(self) -> array:
        """The array as int16."""
    def byte(self) -> array:
        """The array as uint8."""
    def bool(self) -> array:
        """The array as bool."""
    def numel(self) -> builtins.int:
        """The number of elements."""
    def dim(self) -> builtins.int:
        """The number of axes."""
    def element_size(self) -> builtins.int:
        """Bytes per element."""
    def is_floating_point(self) -> builtins.bool:
        """True for a real floating dtype."""
    def is_complex(self) -> builtins.bool:
        """True for a complex dtype."""
    def view_as(self, other: array) -> array:
        """Reshaped to the shape of `other`."""
    def expand_as(self, other: array) -> array:
        """Stretched to the shape of `other`."""
    def masked_fill(self, mask: ArrayLike, value: ArrayLike) -> array:
        """The array with `value` where `mask` is true."""
    def clone(self) -> array:
        """A copy, through which gradients flow.

        Example:
            >>> y = ingot.ones(2).clone()
        """
    def copy(self) -> array:
        """A copy, through which gradients flow.

        Example:
            >>> y = ingot.ones(2).clone()
        """
    def detach(self) -> array:
        """The same values, cut from their graph. Changing the result in place leaves this array as it is.

        Example:
            >>> ingot.ones(2, requires_grad=True).detach().requires_grad
            False
        """
    def tobytes(self) -> bytes:
        """The elements in row-major order, as bytes."""
    def __copy__(self) -> typing.Any: ...
    def __deepcopy__(self, arg0: dict[str, typing.Any]) -> typing.Any: ...
    def __format__(self, arg0: str) -> typing.Any: ...
    def add_(self, other: ArrayLike, *, alpha: complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def sub_(self, other: ArrayLike, *, alpha: complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def mul_(self, other: ArrayLike, *, alpha: complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def div_(self, other: ArrayLike, *, alpha: complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def pow_(self, other: ArrayLike, *, alpha: complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def neg_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def exp_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def sqrt_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def relu_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def tanh_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def sigmoid_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def abs_(self) -> Self:
        """Stores the result of the function in this array, and returns it."""
    def zero_(self) -> Self:
        """Sets all elements to zero, and returns the array.

        Example:
            >>> print(ingot.ones(2).zero_())
            [0. 0.]
        """
    def fill_(self, value: complex) -> Self:
        """Sets all elements to `value`, and returns the array.

        Example:
            >>> print(ingot.ones(2).fill_(3))
            [3. 3.]
        """
    def copy_(self, source: ArrayLike) -> Self:
        """Takes over the values of `source` (broadcast, cast), and returns the array."""
    def clamp_(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> Self:
        """Moves each element into `[min, max]` in place, and returns the array."""
    def clip_(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> Self:
        """Moves each element into `[min, max]` in place, and returns the array."""
    def uniform_(self, low: builtins.float = 0.0, high: builtins.float = 1.0) -> Self:
        """Fills the array with uniform random numbers, and returns it."""
    def normal_(self, mean: builtins.float = 0.0, std: builtins.float = 1.0) -> Self:
        """Fills the array with normal random numbers, and returns it."""
    def __round__(self, decimals: builtins.int | None = None) -> array: ...
    def requires_grad_(self, requires_grad: builtins.bool = True) -> Self:
        """Starts (or stops) recording operations on this leaf, and returns it.

        Raises TypeError unless the dtype is floating or complex.

        Example:
            >>> ingot.ones(2).requires_grad_().requires_grad
            True
        """
    def detach_(self) -> Self:
        """Cuts this array from its graph, and returns it."""
    def retain_grad(self) -> None:
        """Keeps the gradient of this non-leaf in `.grad` too, when `backward()` finds it."""
    def backward(
        self,
        gradient: ArrayLike | None = None,
        retain_graph: builtins.bool | None = None,
        create_graph: builtins.bool = False,
    ) -> None:
        """Adds the gradient of this array to `.grad` of every leaf it depends on.

        `gradient` is the gradient of this array itself: ones, if none is given, whatever the shape. `retain_graph`
        keeps the graph for another backward; `create_graph` records the gradients' own graph, so that they can be
        differentiated again.

        Raises RuntimeError if the array does not require grad (naming what cut the graph) or if its graph was
        released.

        Example:
            >>> x = ingot.array([2.0, 3.0], requires_grad=True)
            >>> (x ** 2).backward()
            >>> print(x.grad)
            [4. 6.]
        """
    def register_hook(self, hook: collections.abc.Callable[..., typing.Any]) -> HookHandle:
        """Calls `hook(gradient)` when `backward()` finds the gradient of this array; what it returns, unless None,
        replaces the gradient.

        Returns an object whose `remove()` takes the hook away.

        Example:
            >>> x = ingot.ones(2, requires_grad=True)
            >>> handle = x.register_hook(lambda g: g * 2)
        """
    def numpy(self, *, force: builtins.bool = False, copy: builtins.bool = False) -> typing.Any:
        """The values as a NumPy array: a read-only window on the same memory, or with `copy=True` an array of its own.
        bfloat16 becomes float32.

        Example:
            >>> ingot.array([1.0, 2.0]).numpy().sum()
            np.float32(3.0)
        """
    def __array__(self, dtype: typing.Any = None, copy: builtins.bool | None = None) -> typing.Any:
        """NumPy's array protocol."""
    def __dlpack__(
        self,
        *,
        stream: typing.Any = None,
        max_version: typing.Any = None,
        dl_device: typing.Any = None,
        copy: builtins.bool | None = None,
    ) -> typing_extensions.CapsuleType:
        """A DLPack capsule of the values."""
    def __dlpack_device__(self) -> tuple[builtins.int, builtins.int]:
        """DLPack's (device type, device number)."""

class Parameter(array):
    """An array that a module learns: assigning one to an attribute of an `nn.Module` registers it.

    `data` is anything that `array` takes; its values are taken over, not the array itself.

    Example:
        >>> weight = ingot.nn.Parameter(ingot.zeros((2, 3)))
        >>> weight.requires_grad
        True
    """
    def __new__(cls, data: ArrayLike, requires_grad: bool = True) -> Self: ...

def zeros(
    *args: typing.Any,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """All zeros: `zeros((2, 3))` or `zeros(2, 3)`. Takes the memory of one element until written to.

    Example:
        >>> print(ingot.zeros(2, 3))
        [[0. 0. 0.]
         [0. 0. 0.]]
    """

def ones(
    *args: typing.Any,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """All ones: `ones((2, 3))` or `ones(2, 3)`.

    Example:
        >>> print(ingot.ones(3))
        [1. 1. 1.]
    """

def empty(
    *args: typing.Any,
    shape: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """An array whose values do not matter (zeros): `empty((2, 3))`.

    Example:
        >>> ingot.empty(2, 3).shape
        (2, 3)
    """

def zeros_like(x: ArrayLike, dtype: DTypeLike | None = None, *, requires_grad: bool = False) -> array:
    """Zeros in the shape and dtype of `x`.

    Example:
        >>> print(ingot.zeros_like(ingot.ones(2)))
        [0. 0.]
    """

def ones_like(x: ArrayLike, dtype: DTypeLike | None = None, *, requires_grad: bool = False) -> array:
    """Ones in the shape and dtype of `x`.

    Example:
        >>> print(ingot.ones_like(ingot.zeros(2)))
        [1. 1.]
    """

def empty_like(x: ArrayLike, dtype: DTypeLike | None = None, *, requires_grad: bool = False) -> array:
    """An array in the shape and dtype of `x` whose values do not matter (zeros).

    Example:
        >>> ingot.empty_like(ingot.ones(2, 3)).shape
        (2, 3)
    """

def full(
    shape: IntOrInts,
    fill_value: complex,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """All elements equal to `fill_value`, of its dtype unless one is given.

    Example:
        >>> print(ingot.full((2,), 7.0))
        [7. 7.]
    """

def full_like(x: ArrayLike, fill_value: complex, dtype: DTypeLike | None = None) -> array:
    """`fill_value` in the shape and dtype of `x`.

    Example:
        >>> print(ingot.full_like(ingot.zeros(2), 3))
        [3. 3.]
    """

def arange(
    start: complex,
    stop: complex | None = None,
    step: complex = 1,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
) -> array:
    """`start, start + step, ...` below `stop`, as Python's range: int32 for ints (int64 if they do not fit),
    float32 for floats.

    Raises ValueError if `step` is 0.

    Example:
        >>> print(ingot.arange(5))
        [0 1 2 3 4]
    """

def linspace(
    start: float,
    stop: float,
    num: int = 50,
    endpoint: bool = True,
    dtype: DTypeLike | None = None,
    *,
    steps: int | None = None,
) -> array:
    """`num` evenly spaced values from `start` to `stop` (inclusive unless `endpoint=False`).

    Example:
        >>> print(ingot.linspace(0, 1, 5))
        [0.   0.25 0.5  0.75 1.  ]
    """

def eye(n: int, m: int | None = None, k: int = 0, dtype: DTypeLike = ...) -> array:
    """Ones on the `k`-th diagonal of an (n, m) array of zeros.

    Example:
        >>> print(ingot.eye(2))
        [[1. 0.]
         [0. 1.]]
    """

identity = eye

def add(x: ArrayLike, y: ArrayLike) -> array:
    """`x + y` of each element, as NumPy writes it.

    Takes any dtype and gives the promoted one. Operands broadcast; a Python number takes the dtype of the array
    it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.add(x, 2.0)
    """

def subtract(x: ArrayLike, y: ArrayLike) -> array:
    """`x - y` of each element, as NumPy writes it.

    Takes any dtype but bool. Operands broadcast; a Python number takes the dtype of the array it meets.
    Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.subtract(x, 2.0)
    """

def multiply(x: ArrayLike, y: ArrayLike) -> array:
    """`x * y` of each element, as NumPy writes it.

    Takes any dtype and gives the promoted one. Operands broadcast; a Python number takes the dtype of the array
    it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.multiply(x, 2.0)
    """

def divide(x: ArrayLike, y: ArrayLike) -> array:
    """`x / y` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Operands broadcast; a Python number
    takes the dtype of the array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.divide(x, 2.0)
    """

def floor_divide(x: ArrayLike, y: ArrayLike) -> array:
    """`np.floor_divide(x, y)` of each element, as NumPy writes it.

    Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets. No
    gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.floor_divide(x, 2.0)
    """

def remainder(x: ArrayLike, y: ArrayLike) -> array:
    """`np.remainder(x, y)` of each element, as NumPy writes it.

    Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets.
    Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.remainder(x, 2.0)
    """

def pow(x: ArrayLike, y: ArrayLike) -> array:
    """`np.power(x, y)` of each element, as NumPy writes it.

    Takes any dtype but bool. Raises ValueError for integers to a negative integer power. Operands broadcast; a
    Python number takes the dtype of the array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.pow(x, 2.0)
    """

def maximum(x: ArrayLike, y: ArrayLike) -> array:
    """`np.maximum(x, y)` of each element, as NumPy writes it.

    Takes any dtype but complex. Operands broadcast; a Python number takes the dtype of the array it meets.
    Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.maximum(x, 2.0)
    """

def minimum(x: ArrayLike, y: ArrayLike) -> array:
    """`np.minimum(x, y)` of each element, as NumPy writes it.

    Takes any dtype but complex. Operands broadcast; a Python number takes the dtype of the array it meets.
    Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.minimum(x, 2.0)
    """

def atan2(x: ArrayLike, y: ArrayLike) -> array:
    """`np.arctan2(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.atan2(x, 2.0)
    """

def logaddexp(x: ArrayLike, y: ArrayLike) -> array:
    """`np.logaddexp(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logaddexp(x, 2.0)
    """

def hypot(x: ArrayLike, y: ArrayLike) -> array:
    """`np.hypot(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.hypot(x, 2.0)
    """

def copysign(x: ArrayLike, y: ArrayLike) -> array:
    """`np.copysign(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.copysign(x, 2.0)
    """

def negative(x: ArrayLike) -> array:
    """`-x` of each element, as NumPy writes it.

    Takes any dtype but bool. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.negative(x)
    """

def abs(x: ArrayLike) -> array:
    """`np.abs(x)` of each element, as NumPy writes it.

    Takes any dtype but bool; complex numbers give the real dtype of their parts. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.abs(x)
    """

def sign(x: ArrayLike) -> array:
    """`np.sign(x)` of each element, as NumPy writes it.

    Takes any dtype but bool. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sign(x)
    """

def square(x: ArrayLike) -> array:
    """`np.square(x)` of each element, as NumPy writes it.

    Takes any dtype but bool. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.square(x)
    """

def reciprocal(x: ArrayLike) -> array:
    """`1 / x` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.reciprocal(x)
    """

def sqrt(x: ArrayLike) -> array:
    """`np.sqrt(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sqrt(x)
    """

def rsqrt(x: ArrayLike) -> array:
    """`1 / np.sqrt(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.rsqrt(x)
    """

def exp(x: ArrayLike) -> array:
    """`np.exp(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.exp(x)
    """

def exp2(x: ArrayLike) -> array:
    """`np.exp2(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.exp2(x)
    """

def expm1(x: ArrayLike) -> array:
    """`np.expm1(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.expm1(x)
    """

def log(x: ArrayLike) -> array:
    """`np.log(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.log(x)
    """

def log1p(x: ArrayLike) -> array:
    """`np.log1p(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.log1p(x)
    """

def log2(x: ArrayLike) -> array:
    """`np.log2(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.log2(x)
    """

def log10(x: ArrayLike) -> array:
    """`np.log10(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.log10(x)
    """

def sin(x: ArrayLike) -> array:
    """`np.sin(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sin(x)
    """

def cos(x: ArrayLike) -> array:
    """`np.cos(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.cos(x)
    """

def tan(x: ArrayLike) -> array:
    """`np.tan(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.tan(x)
    """

def asin(x: ArrayLike) -> array:
    """`np.arcsin(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.asin(x)
    """

def acos(x: ArrayLike) -> array:
    """`np.arccos(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.acos(x)
    """

def atan(x: ArrayLike) -> array:
    """`np.arctan(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.atan(x)
    """

def sinh(x: ArrayLike) -> array:
    """`np.sinh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sinh(x)
    """

def cosh(x: ArrayLike) -> array:
    """`np.cosh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.cosh(x)
    """

def tanh(x: ArrayLike) -> array:
    """`np.tanh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.tanh(x)
    """

def asinh(x: ArrayLike) -> array:
    """`np.arcsinh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.asinh(x)
    """

def acosh(x: ArrayLike) -> array:
    """`np.arccosh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([1.5, 2.0])
        >>> y = ingot.acosh(x)
    """

def atanh(x: ArrayLike) -> array:
    """`np.arctanh(x)` of each element, as NumPy writes it.

    Takes floats and complex numbers; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.atanh(x)
    """

def erf(x: ArrayLike) -> array:
    """`special.erf(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.erf(x)
    """

def erfinv(x: ArrayLike) -> array:
    """`special.erfinv(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.erfinv(x)
    """

def sigmoid(x: ArrayLike) -> array:
    """`1 / (1 + np.exp(-x))` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sigmoid(x)
    """

def relu(x: ArrayLike) -> array:
    """`np.maximum(x, 0)` of each element, as NumPy writes it.

    Takes any dtype but complex. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.relu(x)
    """

def softplus(x: ArrayLike) -> array:
    """`np.logaddexp(x, 0)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.softplus(x)
    """

def softsign(x: ArrayLike) -> array:
    """`x / (1 + np.abs(x))` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.softsign(x)
    """

def silu(x: ArrayLike) -> array:
    """`x / (1 + np.exp(-x))` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.silu(x)
    """

def gelu(x: ArrayLike) -> array:
    """`x * 0.5 * (1 + special.erf(x / np.sqrt(2)))` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.gelu(x)
    """

def floor(x: ArrayLike) -> array:
    """`np.floor(x)` of each element, as NumPy writes it.

    Takes any dtype but complex. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.floor(x)
    """

def ceil(x: ArrayLike) -> array:
    """`np.ceil(x)` of each element, as NumPy writes it.

    Takes any dtype but complex. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.ceil(x)
    """

def round(x: ArrayLike) -> array:
    """`np.round(x)` of each element, as NumPy writes it.

    Takes any dtype but complex. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.round(x)
    """

def trunc(x: ArrayLike) -> array:
    """`np.trunc(x)` of each element, as NumPy writes it.

    Takes any dtype but complex. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.trunc(x)
    """

def equal(x: ArrayLike, y: ArrayLike) -> array:
    """`x == y` of each element, as NumPy writes it.

    Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
    No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.equal(x, 2.0)
    """

def not_equal(x: ArrayLike, y: ArrayLike) -> array:
    """`x != y` of each element, as NumPy writes it.

    Takes any dtype and gives bool. Operands broadcast; a Python number takes the dtype of the array it meets.
    No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.not_equal(x, 2.0)
    """

def less(x: ArrayLike, y: ArrayLike) -> array:
    """`x < y` of each element, as NumPy writes it.

    Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.less(x, 2.0)
    """

def less_equal(x: ArrayLike, y: ArrayLike) -> array:
    """`x <= y` of each element, as NumPy writes it.

    Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.less_equal(x, 2.0)
    """

def greater(x: ArrayLike, y: ArrayLike) -> array:
    """`x > y` of each element, as NumPy writes it.

    Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.greater(x, 2.0)
    """

def greater_equal(x: ArrayLike, y: ArrayLike) -> array:
    """`x >= y` of each element, as NumPy writes it.

    Takes any dtype but complex and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.greater_equal(x, 2.0)
    """

def isnan(x: ArrayLike) -> array:
    """`np.isnan(x)` of each element, as NumPy writes it.

    Takes any dtype and gives bool. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.isnan(x)
    """

def isinf(x: ArrayLike) -> array:
    """`np.isinf(x)` of each element, as NumPy writes it.

    Takes any dtype and gives bool. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.isinf(x)
    """

def isfinite(x: ArrayLike) -> array:
    """`np.isfinite(x)` of each element, as NumPy writes it.

    Takes any dtype and gives bool. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.isfinite(x)
    """

def logical_and(x: ArrayLike, y: ArrayLike) -> array:
    """`np.logical_and(x, y)` of each element, as NumPy writes it.

    Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logical_and(x, 2.0)
    """

def logical_or(x: ArrayLike, y: ArrayLike) -> array:
    """`np.logical_or(x, y)` of each element, as NumPy writes it.

    Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logical_or(x, 2.0)
    """

def logical_xor(x: ArrayLike, y: ArrayLike) -> array:
    """`np.logical_xor(x, y)` of each element, as NumPy writes it.

    Takes any dtype, as bool, and gives bool. Operands broadcast; a Python number takes the dtype of the array
    it meets. No gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logical_xor(x, 2.0)
    """

def logical_not(x: ArrayLike) -> array:
    """`np.logical_not(x)` of each element, as NumPy writes it.

    Takes any dtype, as bool, and gives bool. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logical_not(x)
    """

def bitwise_and(x: ArrayLike, y: ArrayLike) -> array:
    """`x & y` of each element, as NumPy writes it.

    Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
    gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_and(x, 1)
    """

def bitwise_or(x: ArrayLike, y: ArrayLike) -> array:
    """`x | y` of each element, as NumPy writes it.

    Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
    gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_or(x, 1)
    """

def bitwise_xor(x: ArrayLike, y: ArrayLike) -> array:
    """`x ^ y` of each element, as NumPy writes it.

    Takes bool and integers. Operands broadcast; a Python number takes the dtype of the array it meets. No
    gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_xor(x, 1)
    """

def bitwise_invert(x: ArrayLike) -> array:
    """`~x` of each element, as NumPy writes it.

    Takes bool and integers. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_invert(x)
    """

def bitwise_left_shift(x: ArrayLike, y: ArrayLike) -> array:
    """`x << y` of each element, as NumPy writes it.

    Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
    through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_left_shift(x, 1)
    """

def bitwise_right_shift(x: ArrayLike, y: ArrayLike) -> array:
    """`x >> y` of each element, as NumPy writes it.

    Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
    through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_right_shift(x, 1)
    """

def conj(x: ArrayLike) -> array:
    """`np.conj(x)` of each element, as NumPy writes it.

    Takes any dtype and gives the promoted one. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.conj(x)
    """

def real(x: ArrayLike) -> array:
    """`np.real(x)` of each element, as NumPy writes it.

    Takes any dtype; complex numbers give the real dtype of their parts. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.real(x)
    """

def imag(x: ArrayLike) -> array:
    """`np.imag(x)` of each element, as NumPy writes it.

    Takes any dtype; complex numbers give the real dtype of their parts. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.imag(x)
    """

sub = subtract

mul = multiply

div = divide

true_divide = divide

power = pow

mod = remainder

arctan2 = atan2

neg = negative

absolute = abs

fabs = abs

arcsin = asin

arccos = acos

arctan = atan

arcsinh = asinh

arccosh = acosh

arctanh = atanh

conjugate = conj

invert = bitwise_invert

bitwise_not = bitwise_invert

left_shift = bitwise_left_shift

right_shift = bitwise_right_shift

rint = round

eq = equal

ne = not_equal

lt = less

le = less_equal

gt = greater

ge = greater_equal

def where(condition: ArrayLike, x: ArrayLike, y: ArrayLike) -> array:
    """Elements of `x` where `condition` is true, of `y` elsewhere. All three broadcast; Python numbers take the
    dtype of the array they meet.

    Example:
        >>> x = ingot.array([-1.0, 2.0])
        >>> print(ingot.where(x > 0, x, 0.0))
        [0. 2.]
    """

def astype(x: ArrayLike, dtype: DTypeLike, *, copy: bool = True) -> array:
    """`x` in another dtype. Complex to real keeps the real part; the gradient is cast back.

    Example:
        >>> ingot.astype(ingot.array([1.5, -2.5]), ingot.int32).tolist()
        [1, -2]
    """

def clip(x: ArrayLike, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
    """Each element, moved into `[min, max]`; None is no bound.

    Example:
        >>> print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))
        [0.  0.5 1. ]
    """

def clamp(x: ArrayLike, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
    """Each element, moved into `[min, max]`; None is no bound.

    Example:
        >>> print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))
        [0.  0.5 1. ]
    """

def sum(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Sum over `axis` (an int, several, or None for all). bool and small integers add up in int32 (uint32 for
    unsigned).

    Raises IndexError for an axis that is not there.

    Example:
        >>> print(ingot.sum(ingot.array([[1.0, 2.0], [3.0, 4.0]]), axis=0))
        [4. 6.]
    """

def prod(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Product over `axis`.

    Example:
        >>> print(ingot.prod(ingot.array([2.0, 3.0])))
        6.0
    """

def mean(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Mean over `axis`; integers give float32. The mean of nothing is NaN.

    Example:
        >>> print(ingot.mean(ingot.array([1.0, 2.0])))
        1.5
    """

def max(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.max(ingot.array([1.0, 3.0, 2.0])))
        3.0
    """

def amax(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.max(ingot.array([1.0, 3.0, 2.0])))
        3.0
    """

def min(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.min(ingot.array([1.0, 3.0, 2.0])))
        1.0
    """

def amin(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.min(ingot.array([1.0, 3.0, 2.0])))
        1.0
    """

def all(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """True if every element over `axis` is not zero.

    Example:
        >>> print(ingot.all(ingot.array([1, 0])))
        False
    """

def any(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """True if some element over `axis` is not zero.

    Example:
        >>> print(ingot.any(ingot.array([1, 0])))
        True
    """

def var(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    *,
    correction: float = 0.0,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    ddof: float | None = None,
    unbiased: bool | None = None,
) -> array:
    """Variance over `axis`, with divisor `count - correction` (also called `ddof`; PyTorch's `unbiased=True` is a
    correction of 1).

    Example:
        >>> print(ingot.var(ingot.array([1.0, 3.0])))
        1.0
    """

def std(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    *,
    correction: float = 0.0,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    ddof: float | None = None,
    unbiased: bool | None = None,
) -> array:
    """Standard deviation over `axis`: the root of `var`.

    Example:
        >>> print(ingot.std(ingot.array([1.0, 3.0])))
        1.0
    """

def argmax(
    x: ArrayLike, axis: int | None = None, keepdims: bool = False, *, dim: int | None = None, keepdim: bool = False
) -> array:
    """Index (int32) of the first largest element along `axis`, or in the flattened array. NaN counts as largest.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.argmax(ingot.array([1.0, 3.0, 2.0])))
        1
    """

def argmin(
    x: ArrayLike, axis: int | None = None, keepdims: bool = False, *, dim: int | None = None, keepdim: bool = False
) -> array:
    """Index (int32) of the first smallest element along `axis`, or in the flattened array. NaN counts as smallest.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.argmin(ingot.array([3.0, 1.0, 2.0])))
        1
    """

def reshape(x: ArrayLike, shape: IntOrInts) -> array:
    """The same elements in row-major order under another shape; one length may be -1. A view where it can be one.

    Raises ShapeError if the counts differ.

    Example:
        >>> ingot.reshape(ingot.arange(6), (2, -1)).shape
        (2, 3)
    """

def flatten(x: ArrayLike, start_axis: int = 0, end_axis: int = -1) -> array:
    """Axes `start_axis` to `end_axis` (inclusive) joined into one.

    Example:
        >>> ingot.flatten(ingot.ones((2, 3, 4)), 1).shape
        (2, 12)
    """

def ravel(x: ArrayLike) -> array:
    """All axes joined into one.

    Example:
        >>> ingot.ravel(ingot.ones((2, 3))).shape
        (6,)
    """

def transpose(x: ArrayLike, *args: typing.Any, axes: IntOrInts | None = None) -> array:
    """Axes in the order given, reversed if none is. Two axes of an array of more (or fewer) than two are swapped,
    as in PyTorch.

    Raises ValueError unless the axes are a permutation.

    Example:
        >>> ingot.transpose(ingot.ones((2, 3, 4)), (1, 2, 0)).shape
        (3, 4, 2)
    """

def permute_dims(x: ArrayLike, axes: IntOrInts) -> array:
    """Axes in the order given.

    Example:
        >>> ingot.permute_dims(ingot.ones((2, 3, 4)), (1, 2, 0)).shape
        (3, 4, 2)
    """

permute = permute_dims

def t(x: ArrayLike) -> array:
    """The transpose of a matrix; a vector as it is.

    Example:
        >>> ingot.t(ingot.ones((2, 3))).shape
        (3, 2)
    """

def matrix_transpose(x: ArrayLike) -> array:
    """The last two axes swapped.

    Example:
        >>> ingot.matrix_transpose(ingot.ones((4, 2, 3))).shape
        (4, 3, 2)
    """

def swapaxes(x: ArrayLike, axis1: int, axis2: int) -> array:
    """Two axes swapped.

    Example:
        >>> ingot.swapaxes(ingot.ones((2, 3, 4)), 0, 2).shape
        (4, 3, 2)
    """

def moveaxis(x: ArrayLike, source: int, destination: int) -> array:
    """One axis moved to another place.

    Example:
        >>> ingot.moveaxis(ingot.ones((2, 3, 4)), 0, -1).shape
        (3, 4, 2)
    """

def broadcast_to(x: ArrayLike, shape: IntOrInts) -> array:
    """Stretched to a shape by NumPy's rules, without a copy.

    Example:
        >>> ingot.broadcast_to(ingot.ones(3), (2, 3)).shape
        (2, 3)
    """

def broadcast_arrays(*args: typing.Any) -> list[array]:
    """All arrays stretched to their common shape.

    Example:
        >>> [x.shape for x in ingot.broadcast_arrays(ingot.ones(3), ingot.ones((2, 1)))]
        [(2, 3), (2, 3)]
    """

def expand_dims(x: ArrayLike, axis: IntOrInts) -> array:
    """A new axis of length 1 at each of the given positions of the result.

    Example:
        >>> ingot.expand_dims(ingot.ones(3), 0).shape
        (1, 3)
    """

def unsqueeze(x: ArrayLike, dim: IntOrInts) -> array:
    """A new axis of length 1 at each of the given positions of the result.

    Example:
        >>> ingot.expand_dims(ingot.ones(3), 0).shape
        (1, 3)
    """

def squeeze(x: ArrayLike, axis: IntOrInts | None = None, *, dim: IntOrInts | None = None) -> array:
    """Without axes of length 1: all of them, or the given ones, which must be of length 1.

    Example:
        >>> ingot.squeeze(ingot.ones((1, 3, 1))).shape
        (3,)
    """

def stop_gradient(x: ArrayLike) -> array:
    """The same values with gradients cut.

    Example:
        >>> x = ingot.array([3.0], requires_grad=True)
        >>> (x * ingot.stop_gradient(x)).sum().backward()
        >>> print(x.grad)
        [3.]
    """

def contiguous(x: ArrayLike) -> array:
    """The same values, densely packed in row-major order.

    Example:
        >>> ingot.contiguous(ingot.ones((2, 3)).T).shape
        (3, 2)
    """

def concatenate(arrays: collections.abc.Sequence[ArrayLike], axis: int = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis.

    Raises ShapeError unless all other axes agree, ValueError if there is nothing to join.

    Example:
        >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))
        [1. 1. 0.]
    """

def concat(arrays: collections.abc.Sequence[ArrayLike], axis: int = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis.

    Raises ShapeError unless all other axes agree, ValueError if there is nothing to join.

    Example:
        >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))
        [1. 1. 0.]
    """

def cat(arrays: collections.abc.Sequence[ArrayLike], axis: int = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis.

    Raises ShapeError unless all other axes agree, ValueError if there is nothing to join.

    Example:
        >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))
        [1. 1. 0.]
    """

def stack(arrays: collections.abc.Sequence[ArrayLike], axis: int = 0, *, dim: int | None = None) -> array:
    """Arrays of one shape joined along a new axis.

    Example:
        >>> ingot.stack([ingot.ones(3), ingot.zeros(3)]).shape
        (2, 3)
    """

def split(x: ArrayLike, indices_or_sections: typing.Any, axis: int = 0, *, dim: int | None = None) -> list[array]:
    """Pieces along an axis, as NumPy cuts: a number of equal parts, or the indices where pieces begin.

    Raises ShapeError unless the length divides.

    Example:
        >>> [x.tolist() for x in ingot.split(ingot.arange(4), 2)]
        [[0, 1], [2, 3]]
    """

def chunk(x: ArrayLike, chunks: int, dim: int = 0) -> list[array]:
    """At most `chunks` pieces of equal length along an axis, of which the last may be shorter.

    Example:
        >>> [x.tolist() for x in ingot.chunk(ingot.arange(3), 2)]
        [[0, 1], [2]]
    """

def unbind(x: ArrayLike, axis: int = 0) -> list[array]:
    """The slices along an axis, as a list.

    Example:
        >>> [x.tolist() for x in ingot.unbind(ingot.ones((2, 2)))]
        [[1.0, 1.0], [1.0, 1.0]]
    """

unstack = unbind

def flip(x: ArrayLike, axis: IntOrInts | None = None) -> array:
    """Reversed along the axes (all if none is given).

    Example:
        >>> print(ingot.flip(ingot.arange(3)))
        [2 1 0]
    """

def pad(x: ArrayLike, pad_width: typing.Any, constant_values: complex = 0) -> array:
    """Zeros (or `constant_values`) added around: `pad_width` is an int, a pair (before, after), or one pair per
    axis.

    Example:
        >>> print(ingot.pad(ingot.ones(2), 1))
        [0. 1. 1. 0.]
    """

def tile(x: ArrayLike, reps: typing.Any) -> array:
    """Repeated as whole blocks.

    Example:
        >>> print(ingot.tile(ingot.array([1, 2]), 2))
        [1 2 1 2]
    """

def matmul(a: ArrayLike, b: ArrayLike) -> array:
    """Matrix product: over the last axis of `a` and the last but one of `b`; leading axes broadcast. A 1-D operand
    is a row (left) or a column (right) whose axis is dropped from the result.

    Raises ShapeError for 0-d operands or lengths that differ.

    Example:
        >>> ingot.matmul(ingot.ones((2, 3)), ingot.ones((3, 4))).shape
        (2, 4)
    """

def mm(a: ArrayLike, b: ArrayLike) -> array:
    """The product of two matrices.

    Example:
        >>> ingot.mm(ingot.ones((2, 3)), ingot.ones((3, 4))).shape
        (2, 4)
    """

def bmm(a: ArrayLike, b: ArrayLike) -> array:
    """The products of two batches of matrices.

    Example:
        >>> ingot.bmm(ingot.ones((5, 2, 3)), ingot.ones((5, 3, 4))).shape
        (5, 2, 4)
    """

def mv(a: ArrayLike, b: ArrayLike) -> array:
    """The product of a matrix and a vector.

    Example:
        >>> print(ingot.mv(ingot.eye(2), ingot.ones(2)))
        [1. 1.]
    """

def dot(a: ArrayLike, b: ArrayLike) -> array:
    """The inner product of two vectors, or the matrix product.

    Example:
        >>> print(ingot.dot(ingot.ones(3), ingot.ones(3)))
        3.0
    """

def take(x: ArrayLike, indices: ArrayLike, axis: int | None = None, *, dim: int | None = None) -> array:
    """Slices at integer `indices` along `axis` (none: of the flattened array). Negative indices count from the
    end.

    Raises IndexError for an index out of range, when evaluated.

    Example:
        >>> print(ingot.take(ingot.array([10, 20, 30]), [2, 0], axis=0))
        [30 10]
    """

def take_along_axis(x: ArrayLike, indices: ArrayLike, axis: int) -> array:
    """The elements that `indices` names along `axis`, at each position of the other axes.

    Example:
        >>> x = ingot.array([[3, 1], [2, 4]])
        >>> print(ingot.take_along_axis(x, ingot.array([[1], [0]]), axis=1))
        [[1]
         [2]]
    """

def gather(x: ArrayLike, dim: int, index: ArrayLike) -> array:
    """PyTorch's name and order of arguments for `take_along_axis`.

    Example:
        >>> x = ingot.array([[3, 1], [2, 4]])
        >>> print(ingot.gather(x, 1, ingot.array([[1], [0]])))
        [[1]
         [2]]
    """

def nonzero(x: ArrayLike) -> tuple[array, ...]:
    """One array of indices per axis, of the elements that are not zero. Evaluates.

    Example:
        >>> print(ingot.nonzero(ingot.array([0, 5, 7]))[0])
        [1 2]
    """

def index_add(x: ArrayLike, index: typing.Any, value: ArrayLike) -> array:
    """A copy of `x` with `value` added at `x[index]`; repeated indices add up.

    Example:
        >>> print(ingot.index_add(ingot.zeros(3), [0, 0, 2], 1.0))
        [2. 0. 1.]
    """

def softmax(x: ArrayLike, axis: int | None = None, *, dim: int | None = None, dtype: DTypeLike | None = None) -> array:
    """`exp(x) / sum(exp(x))` along one axis (the last by default), stable for any finite input.

    Example:
        >>> print(ingot.softmax(ingot.zeros(2)))
        [0.5 0.5]
    """

def log_softmax(
    x: ArrayLike, axis: int | None = None, *, dim: int | None = None, dtype: DTypeLike | None = None
) -> array:
    """The logarithm of `softmax` along one axis (the last by default), stable for any finite input.

    Example:
        >>> print(ingot.log_softmax(ingot.zeros(1)))
        [0.]
    """

def logsumexp(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """`log(sum(exp(x)))` over `axis`, stable for any finite input.

    Example:
        >>> print(ingot.logsumexp(ingot.zeros(1)))
        0.0
    """

def seed(seed: int) -> None:
    """Restarts the global generator, from which functions without a key draw.

    Example:
        >>> ingot.random.seed(0)
    """

manual_seed = seed

def randint(
    *args: typing.Any,
    shape: typing.Any = None,
    low: typing.Any = None,
    high: typing.Any = None,
    dtype: DTypeLike = ...,
    key: array | None = None,
) -> array:
    """Uniform integers in [low, high): `randint(shape, low, high)`; `randint(low, high, shape)` and `randint(high,
    shape)` work too.

    Raises ValueError unless low < high.

    Example:
        >>> ingot.random.randint((4,), 0, 10).shape
        (4,)
    """

def bernoulli(p: ArrayLike = 0.5, shape: IntOrInts | None = None, key: array | None = None) -> array:
    """True with probability `p`, which broadcasts to `shape` (its own if none is given).

    Example:
        >>> ingot.random.bernoulli(0.3, (5,)).dtype
        ingot.bool
    """

def randperm(n: int) -> array:
    """0..n-1 in random order (int32).

    Example:
        >>> ingot.randperm(3).shape
        (3,)
    """

def rand(
    *args: typing.Any, size: IntOrInts | None = None, dtype: DTypeLike | None = None, requires_grad: bool = False
) -> array:
    """Uniform numbers in [0, 1): `rand(2, 3)` or `rand((2, 3))`.

    Example:
        >>> ingot.rand(2, 3).shape
        (2, 3)
    """

def randn(
    *args: typing.Any, size: IntOrInts | None = None, dtype: DTypeLike | None = None, requires_grad: bool = False
) -> array:
    """Standard normal numbers: `randn(2, 3)` or `randn((2, 3))`.

    Example:
        >>> ingot.randn(2, 3).shape
        (2, 3)
    """

def rand_like(x: ArrayLike, dtype: DTypeLike | None = None) -> array:
    """Uniform numbers in [0, 1) in the shape and dtype of `x`.

    Example:
        >>> ingot.rand_like(ingot.ones(3)).shape
        (3,)
    """

def randn_like(x: ArrayLike, dtype: DTypeLike | None = None) -> array:
    """Standard normal numbers in the shape and dtype of `x`.

    Example:
        >>> ingot.randn_like(ingot.ones(3)).shape
        (3,)
    """

def _rebuild_array(value: typing.Any, arg1: bytes, arg2: IntOrInts, arg3: DTypeLike, arg4: bool) -> array:
    """Makes an array from a pickle."""

class HookHandle:
    """What `register_hook` returns."""
    def remove(self) -> None:
        """Takes the hook away."""

def from_dlpack(x: typing.Any) -> array:
    """An array over the memory of anything with `__dlpack__` (NumPy, PyTorch, JAX), without a copy. Do not change
    that memory while the array is in use.

    Raises DeviceError if the memory is not the CPU's.

    Example:
        >>> import numpy
        >>> print(ingot.from_dlpack(numpy.ones(2)))
        [1. 1.]
    """

def from_numpy(x: typing.Any) -> array:
    """An array over the memory of a NumPy array (or any buffer), without a copy. Do not change that memory while
    the array is in use.

    Raises TypeError for elements that cannot be held.

    Example:
        >>> import numpy
        >>> print(ingot.from_numpy(numpy.ones(2)))
        [1. 1.]
    """

frombuffer = from_numpy

def asarray(x: typing.Any, dtype: DTypeLike | None = None, *, copy: bool | None = None) -> array:
    """`x` as an array: itself if it is one already; else a copy, or with `copy=False` a window on its memory.

    Example:
        >>> print(ingot.asarray([1, 2]))
        [1 2]
    """

as_tensor = asarray

def registered_ops() -> list[dict[str, typing.Any]]:
    """Every operation that makes nodes, as dictionaries: name, kind, lowering, differentiable; for rows of the
    elementwise table also arity, typing, expression, sample and reference.

    Example:
        >>> ingot.core.registered_ops()[0]['name']
        'add'
    """

class _Profile:
    """Records what the engine runs; `ingot.profile` is the public form."""
    def __init__(self) -> None: ...
    def start(self) -> None:
        """Begins to record, from nothing."""
    def stop(self) -> None:
        """Ends."""
    def elapsed(self) -> builtins.float:
        """Seconds from start to stop, or now."""
    def records(self) -> list[typing.Any]:
        """Name, kind, number of the thread, begin and duration in seconds, bytes and flops of everything recorded."""

def _eval(arrays: collections.abc.Sequence[array]) -> None:
    """Computes the values of arrays; `ingot.eval` is the public form."""

def _async_eval(arrays: collections.abc.Sequence[array]) -> None:
    """Begins to compute the values of arrays; `ingot.async_eval` is the public form."""

def describe_plan(arrays: collections.abc.Sequence[array]) -> str:
    """The schedule of what evaluating these arrays would run: its steps, and the instructions of their programs.

    Example:
        >>> x = ingot.ones(3)
        >>> text = ingot.core.describe_plan([x * 2 + 1])
    """

def set_pending_limit(operations: int) -> int:
    """How many operations may be pending in a row before they are evaluated by themselves; 0 is no limit. Returns
    the old bound.
    """

def get_num_threads() -> int:
    """Threads that operations may use.

    Example:
        >>> ingot.get_num_threads() >= 1
        True
    """

def set_num_threads(count: int) -> None:
    """Sets how many threads operations may use. Results do not depend on it, to the bit.

    Raises ValueError unless at least 1.

    Example:
        >>> ingot.set_num_threads(ingot.get_num_threads())
    """

def backend_name() -> str:
    """The backend that runs the CPU: 'cpu', or 'reference' under INGOT_BACKEND=reference."""

def pack_name() -> str:
    """The kernels in use: 'x86-64-v4', ... Raises DeviceError if none fits this machine."""

def is_available(device: DeviceLike) -> bool:
    """True if this build and this machine can run on the device.

    Example:
        >>> ingot.is_available('cpu')
        True
    """

def is_grad_enabled() -> bool:
    """True if operations on this thread are recorded for differentiation.

    Example:
        >>> ingot.is_grad_enabled()
        True
    """

def _set_grad_enabled(enabled: bool) -> None:
    """Turns recording on or off on this thread."""

def _gradients(
    outputs: collections.abc.Sequence[array],
    inputs: collections.abc.Sequence[array],
    cotangents: collections.abc.Sequence[array | None],
    retain_graph: bool,
    create_graph: bool,
) -> list[array | None]:
    """Gradients of the outputs by the inputs, None where there is no influence; `ingot.autograd.grad` is the
    public form.
    """

def _checkpoint(f: collections.abc.Callable[..., typing.Any]) -> list[array]:
    """Results of a function without arguments, whose inner values are computed again in the backward pass;
    `ingot.checkpoint` is the public form.
    """

def _vjp(
    f: collections.abc.Callable[..., typing.Any],
    primals: collections.abc.Sequence[array],
    cotangents: collections.abc.Sequence[array | None],
) -> tuple[list[array], list[array]]: ...
def _jvp(
    f: collections.abc.Callable[..., typing.Any],
    primals: collections.abc.Sequence[array],
    tangents: collections.abc.Sequence[array | None],
) -> tuple[list[array], list[array]]: ...
def _value_and_grad(
    f: collections.abc.Callable[..., typing.Any],
    primals: collections.abc.Sequence[array],
    argnums: collections.abc.Sequence[int],
) -> tuple[list[array], list[array]]: ...
def _vmap(
    f: collections.abc.Callable[..., typing.Any],
    arguments: collections.abc.Sequence[array],
    in_axes: collections.abc.Sequence[int],
) -> list[array]: ...

class _JitFunction:
    """The part of a jitted function that finds a recording and replays it."""
    def _prepare(self, function: collections.abc.Callable[..., typing.Any], most: builtins.int) -> None:
        """Sets the function, and how many recordings are kept."""
    def _forget(self, reference: typing.Any) -> None:
        """Drops the recordings made with an object that is gone."""
    def _recording_count(self) -> builtins.int:
        """How many are kept now."""

class Recording:
    """One recorded run of a function of a list of arrays; `ingot.jit` keeps one per shape and structure of the
    arguments.
    """
    def __init__(
        self, function: collections.abc.Callable[..., typing.Any], arguments: collections.abc.Sequence[array]
    ) -> None: ...
    def needs_graph(self) -> builtins.bool:
        """True if a result requires grad, so that the function itself must be called where gradients are recorded."""
    def valid(self) -> builtins.bool:
        """False if a handle that the function used has changed in shape, dtype or presence of a gradient."""
    def run(self, arguments: collections.abc.Sequence[array]) -> list[array]:
        """Replays the plan."""
    def describe(self) -> str:
        """The plan as text."""

def _being_traced(arrays: collections.abc.Sequence[array]) -> bool:
    """True if a recording is under way, or if these arrays stand for values that are not there yet."""

def is_recording() -> bool:
    """True while `jit` records a function on this thread."""

def conv1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts | str = (0,),
    dilation: IntOrInts = (1,),
    groups: int = 1,
) -> array:
    """Convolution over 1 axis without flipping the kernel (cross-correlation): input (N, in_channels, *spatial),
    or without N; weight (out_channels, in_channels / groups, *kernel); bias (out_channels,).

    `stride`, `padding` (on both sides; or 'valid', or 'same' for stride 1) and `dilation` are one number or one
    for each axis. Output lengths are `(in + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1`.

    Raises ShapeError if shapes or groups do not fit, or if the kernel is longer than the padded input.

    Example:
        >>> x, w = ingot.ones((2, 3, 8)), ingot.ones((5, 3, 3))
        >>> ingot.conv1d(x, w, stride=2, padding=1).shape
        (2, 5, 4)
    """

def conv_transpose1d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts = (0,),
    output_padding: IntOrInts = (0,),
    groups: int = 1,
    dilation: IntOrInts = (1,),
) -> array:
    """The transpose of `conv1d` as a linear function of its input: input (N, in_channels, *spatial), or without N;
    weight (in_channels, out_channels / groups, *kernel); bias (out_channels,).

    Output lengths are `(in - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1`;
    `output_padding` is less than stride or dilation.

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> y, w = ingot.ones((2, 5, 4)), ingot.ones((5, 3, 3))
        >>> ingot.conv_transpose1d(y, w, stride=2, padding=1, output_padding=1).shape
        (2, 3, 8)
    """

def conv2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts | str = (0,),
    dilation: IntOrInts = (1,),
    groups: int = 1,
) -> array:
    """Convolution over 2 axes without flipping the kernel (cross-correlation): input (N, in_channels, *spatial),
    or without N; weight (out_channels, in_channels / groups, *kernel); bias (out_channels,).

    `stride`, `padding` (on both sides; or 'valid', or 'same' for stride 1) and `dilation` are one number or one
    for each axis. Output lengths are `(in + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1`.

    Raises ShapeError if shapes or groups do not fit, or if the kernel is longer than the padded input.

    Example:
        >>> x, w = ingot.ones((2, 3, 8, 8)), ingot.ones((5, 3, 3, 3))
        >>> ingot.conv2d(x, w, stride=2, padding=1).shape
        (2, 5, 4, 4)
    """

def conv_transpose2d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts = (0,),
    output_padding: IntOrInts = (0,),
    groups: int = 1,
    dilation: IntOrInts = (1,),
) -> array:
    """The transpose of `conv2d` as a linear function of its input: input (N, in_channels, *spatial), or without N;
    weight (in_channels, out_channels / groups, *kernel); bias (out_channels,).

    Output lengths are `(in - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1`;
    `output_padding` is less than stride or dilation.

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> y, w = ingot.ones((2, 5, 4, 4)), ingot.ones((5, 3, 3, 3))
        >>> ingot.conv_transpose2d(y, w, stride=2, padding=1, output_padding=1).shape
        (2, 3, 8, 8)
    """

def conv3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts | str = (0,),
    dilation: IntOrInts = (1,),
    groups: int = 1,
) -> array:
    """Convolution over 3 axes without flipping the kernel (cross-correlation): input (N, in_channels, *spatial),
    or without N; weight (out_channels, in_channels / groups, *kernel); bias (out_channels,).

    `stride`, `padding` (on both sides; or 'valid', or 'same' for stride 1) and `dilation` are one number or one
    for each axis. Output lengths are `(in + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1`.

    Raises ShapeError if shapes or groups do not fit, or if the kernel is longer than the padded input.

    Example:
        >>> x, w = ingot.ones((2, 3, 8, 8, 8)), ingot.ones((5, 3, 3, 3, 3))
        >>> ingot.conv3d(x, w, stride=2, padding=1).shape
        (2, 5, 4, 4, 4)
    """

def conv_transpose3d(
    input: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: IntOrInts = (1,),
    padding: IntOrInts = (0,),
    output_padding: IntOrInts = (0,),
    groups: int = 1,
    dilation: IntOrInts = (1,),
) -> array:
    """The transpose of `conv3d` as a linear function of its input: input (N, in_channels, *spatial), or without N;
    weight (in_channels, out_channels / groups, *kernel); bias (out_channels,).

    Output lengths are `(in - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1`;
    `output_padding` is less than stride or dilation.

    Raises ShapeError if shapes or groups do not fit.

    Example:
        >>> y, w = ingot.ones((2, 5, 4, 4, 4)), ingot.ones((5, 3, 3, 3, 3))
        >>> ingot.conv_transpose3d(y, w, stride=2, padding=1, output_padding=1).shape
        (2, 3, 8, 8, 8)
    """

def save(obj: typing.Any, path: typing.Any) -> None:
    """Writes a model, or a dictionary of arrays by name, as a safetensors file, whole or not at all. A model's
    file holds its parameters, buffers and tree of modules; no pickle, nothing in it is ever executed.

    Raises FileError (an OSError) if the file cannot be written.

    Example:
        >>> import tempfile, os
        >>> path = os.path.join(tempfile.mkdtemp(), 'model.safetensors')
        >>> ingot.save(ingot.nn.Linear(2, 1), path)
        >>> ingot.load(path)
        Linear(in_features=2, out_features=1, bias=True)
    """

def load(path: typing.Any) -> typing.Any:
    """Reads what `save` wrote: the model, in the mode it was saved in, or the dictionary of arrays of any other
    safetensors file.

    Built-in layers are made again; a class of yours is found by its name among those that the process has
    defined, and never imported.

    Raises FileError (an OSError) if the file is broken or does not fit together.
    """
