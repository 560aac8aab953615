"""The C++ core of Ingot. Use it through the package `ingot`, which gives these names out again."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import fft, linalg, memory, nn, optim, random
from ingot._results import MinMax, UniqueAll, UniqueCounts, UniqueInverse, ValuesAndIndices
from ingot._size import Size

class _Arrayish(typing.Protocol):
    def __array__(self) -> typing.Any: ...

class _NamedDType(typing.Protocol):
    @property
    def name(self) -> str: ...
    @property
    def itemsize(self) -> int: ...

ArrayLike: typing.TypeAlias = typing.Union[array, builtins.complex, collections.abc.Sequence[typing.Any], _Arrayish]
DTypeLike: typing.TypeAlias = typing.Union[dtype, str, type, _NamedDType]
DeviceLike: typing.TypeAlias = typing.Union[device, str]
IntOrInts: typing.TypeAlias = typing.Union[int, collections.abc.Sequence[int]]
_DType: typing.TypeAlias = dtype
_Device: typing.TypeAlias = device

__version__: str

class GradError(RuntimeError):
    """Wrong use of differentiation: no graph, or a graph already released."""

class TraceError(RuntimeError):
    """A value was asked for while `jit` or `vmap` was only recording the computation."""

class DeviceError(RuntimeError):
    """A device that this machine or build does not have."""

class FileError(OSError):
    """A file that cannot be read or written, or whose content is not what it should be."""

class ShapeError(ValueError, RuntimeError):
    """Shapes that do not fit together."""

class LinAlgError(ValueError, RuntimeError):
    """A matrix that has no such decomposition, inverse or solution."""

class UnknownNameError(KeyError, RuntimeError):
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

class device:
    """Where an array lives: `device('cpu')`, or `device('metal')`, of which 'mps' and 'gpu' are other names.

    Making one works anywhere; using one that this machine lacks raises DeviceError, which names what is
    available.
    """
    def __init__(self, name: DeviceLike) -> None: ...
    @property
    def type(self) -> str:
        """The name of the kind of device."""
    @property
    def index(self) -> None:
        """None: there is one device of each kind."""
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
    def H(self) -> array:
        """The conjugate transpose of a matrix."""
    @property
    def mH(self) -> array:
        """The conjugate transpose of each matrix in the last two axes."""
    @property
    def is_cuda(self) -> builtins.bool:
        """False: there are no CUDA devices."""
    @property
    def is_sparse(self) -> builtins.bool:
        """False: every element is stored."""
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
    def multiply(self, y: ArrayLike) -> array:
        """`x * y` of each element, as NumPy writes it."""
    def floor_divide(self, y: ArrayLike) -> array:
        """`np.floor_divide(x, y)` of each element, as NumPy writes it."""
    def fmod(self, y: ArrayLike) -> array:
        """`np.fmod(x, y)` of each element, as NumPy writes it."""
    def remainder(self, y: ArrayLike) -> array:
        """`np.remainder(x, y)` of each element, as NumPy writes it."""
    def pow(self, y: ArrayLike) -> array:
        """`np.power(x, y)` of each element, as NumPy writes it."""
    def maximum(self, y: ArrayLike) -> array:
        """`np.maximum(x, y)` of each element, as NumPy writes it."""
    def minimum(self, y: ArrayLike) -> array:
        """`np.minimum(x, y)` of each element, as NumPy writes it."""
    def atan2(self, y: ArrayLike) -> array:
        """`np.arctan2(x, y)` of each element, as NumPy writes it."""
    def logaddexp(self, y: ArrayLike) -> array:
        """`np.logaddexp(x, y)` of each element, as NumPy writes it."""
    def hypot(self, y: ArrayLike) -> array:
        """`np.hypot(x, y)` of each element, as NumPy writes it."""
    def copysign(self, y: ArrayLike) -> array:
        """`np.copysign(x, y)` of each element, as NumPy writes it."""
    def negative(self) -> array:
        """`-x` of each element, as NumPy writes it."""
    def abs(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it."""
    def sign(self) -> array:
        """`np.sign(x)` of each element, as NumPy writes it."""
    def square(self) -> array:
        """`np.square(x)` of each element, as NumPy writes it."""
    def reciprocal(self) -> array:
        """`1 / x` of each element, as NumPy writes it."""
    def sqrt(self) -> array:
        """`np.sqrt(x)` of each element, as NumPy writes it."""
    def cbrt(self) -> array:
        """`np.cbrt(x)` of each element, as NumPy writes it."""
    def rsqrt(self) -> array:
        """`1 / np.sqrt(x)` of each element, as NumPy writes it."""
    def exp(self) -> array:
        """`np.exp(x)` of each element, as NumPy writes it."""
    def exp2(self) -> array:
        """`np.exp2(x)` of each element, as NumPy writes it."""
    def expm1(self) -> array:
        """`np.expm1(x)` of each element, as NumPy writes it."""
    def log(self) -> array:
        """`np.log(x)` of each element, as NumPy writes it."""
    def log1p(self) -> array:
        """`np.log1p(x)` of each element, as NumPy writes it."""
    def log2(self) -> array:
        """`np.log2(x)` of each element, as NumPy writes it."""
    def logb(self) -> array:
        """`np.frexp(x)[1] - 1.0` of each element, as NumPy writes it."""
    def log10(self) -> array:
        """`np.log10(x)` of each element, as NumPy writes it."""
    def sin(self) -> array:
        """`np.sin(x)` of each element, as NumPy writes it."""
    def cos(self) -> array:
        """`np.cos(x)` of each element, as NumPy writes it."""
    def tan(self) -> array:
        """`np.tan(x)` of each element, as NumPy writes it."""
    def asin(self) -> array:
        """`np.arcsin(x)` of each element, as NumPy writes it."""
    def acos(self) -> array:
        """`np.arccos(x)` of each element, as NumPy writes it."""
    def atan(self) -> array:
        """`np.arctan(x)` of each element, as NumPy writes it."""
    def sinh(self) -> array:
        """`np.sinh(x)` of each element, as NumPy writes it."""
    def cosh(self) -> array:
        """`np.cosh(x)` of each element, as NumPy writes it."""
    def tanh(self) -> array:
        """`np.tanh(x)` of each element, as NumPy writes it."""
    def asinh(self) -> array:
        """`np.arcsinh(x)` of each element, as NumPy writes it."""
    def acosh(self) -> array:
        """`np.arccosh(x)` of each element, as NumPy writes it."""
    def atanh(self) -> array:
        """`np.arctanh(x)` of each element, as NumPy writes it."""
    def erf(self) -> array:
        """`special.erf(x)` of each element, as NumPy writes it."""
    def erfc(self) -> array:
        """`special.erfc(x)` of each element, as NumPy writes it."""
    def erfcx(self) -> array:
        """`special.erfcx(x)` of each element, as NumPy writes it."""
    def erfinv(self) -> array:
        """`special.erfinv(x)` of each element, as NumPy writes it."""
    def gamma(self) -> array:
        """`special.gamma(x)` of each element, as NumPy writes it."""
    def lgamma(self) -> array:
        """`special.gammaln(x)` of each element, as NumPy writes it."""
    def digamma(self) -> array:
        """`special.digamma(x)` of each element, as NumPy writes it."""
    def gammainc(self, y: ArrayLike) -> array:
        """`special.gammainc(x, y)` of each element, as NumPy writes it."""
    def gammaincc(self, y: ArrayLike) -> array:
        """`special.gammaincc(x, y)` of each element, as NumPy writes it."""
    def i0(self) -> array:
        """`special.i0(x)` of each element, as NumPy writes it."""
    def i0e(self) -> array:
        """`special.i0e(x)` of each element, as NumPy writes it."""
    def i1(self) -> array:
        """`special.i1(x)` of each element, as NumPy writes it."""
    def i1e(self) -> array:
        """`special.i1e(x)` of each element, as NumPy writes it."""
    def sinc(self) -> array:
        """`np.sinc(x)` of each element, as NumPy writes it."""
    def sigmoid(self) -> array:
        """`1 / (1 + np.exp(-x))` of each element, as NumPy writes it."""
    def relu(self) -> array:
        """`np.maximum(x, 0)` of each element, as NumPy writes it."""
    def softsign(self) -> array:
        """`x / (1 + np.abs(x))` of each element, as NumPy writes it."""
    def silu(self) -> array:
        """`x / (1 + np.exp(-x))` of each element, as NumPy writes it."""
    def gelu_slope(self) -> array:
        """`0.5 * special.erfc(-x / np.sqrt(2)) + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)` of each element, as
        NumPy writes it.
        """
    def floor(self) -> array:
        """`np.floor(x)` of each element, as NumPy writes it."""
    def ceil(self) -> array:
        """`np.ceil(x)` of each element, as NumPy writes it."""
    def trunc(self) -> array:
        """`np.trunc(x)` of each element, as NumPy writes it."""
    def equal(self, y: ArrayLike) -> array:
        """`x == y` of each element, as NumPy writes it."""
    def not_equal(self, y: ArrayLike) -> array:
        """`x != y` of each element, as NumPy writes it."""
    def less(self, y: ArrayLike) -> array:
        """`x < y` of each element, as NumPy writes it."""
    def less_equal(self, y: ArrayLike) -> array:
        """`x <= y` of each element, as NumPy writes it."""
    def greater(self, y: ArrayLike) -> array:
        """`x > y` of each element, as NumPy writes it."""
    def greater_equal(self, y: ArrayLike) -> array:
        """`x >= y` of each element, as NumPy writes it."""
    def isnan(self) -> array:
        """`np.isnan(x)` of each element, as NumPy writes it."""
    def isinf(self) -> array:
        """`np.isinf(x)` of each element, as NumPy writes it."""
    def isfinite(self) -> array:
        """`np.isfinite(x)` of each element, as NumPy writes it."""
    def signbit(self) -> array:
        """`np.signbit(x)` of each element, as NumPy writes it."""
    def logical_and(self, y: ArrayLike) -> array:
        """`np.logical_and(x, y)` of each element, as NumPy writes it."""
    def logical_or(self, y: ArrayLike) -> array:
        """`np.logical_or(x, y)` of each element, as NumPy writes it."""
    def logical_xor(self, y: ArrayLike) -> array:
        """`np.logical_xor(x, y)` of each element, as NumPy writes it."""
    def logical_not(self) -> array:
        """`np.logical_not(x)` of each element, as NumPy writes it."""
    def bitwise_and(self, y: ArrayLike) -> array:
        """`x & y` of each element, as NumPy writes it."""
    def bitwise_or(self, y: ArrayLike) -> array:
        """`x | y` of each element, as NumPy writes it."""
    def bitwise_xor(self, y: ArrayLike) -> array:
        """`x ^ y` of each element, as NumPy writes it."""
    def bitwise_invert(self) -> array:
        """`~x` of each element, as NumPy writes it."""
    def bitwise_left_shift(self, y: ArrayLike) -> array:
        """`x << y` of each element, as NumPy writes it."""
    def bitwise_right_shift(self, y: ArrayLike) -> array:
        """`x >> y` of each element, as NumPy writes it."""
    def bitwise_count(self) -> array:
        """`np.bitwise_count(x)` of each element, as NumPy writes it."""
    def gcd(self, y: ArrayLike) -> array:
        """`np.gcd(x, y)` of each element, as NumPy writes it."""
    def lcm(self, y: ArrayLike) -> array:
        """`np.lcm(x, y)` of each element, as NumPy writes it."""
    def conj(self) -> array:
        """`np.conj(x)` of each element, as NumPy writes it."""
    def add(self, y: ArrayLike, *, alpha: builtins.complex | None = None) -> array:
        """`x + y`, or `x + alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets."""
    def subtract(self, y: ArrayLike, *, alpha: builtins.complex | None = None) -> array:
        """`x - y`, or `x - alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets.
        Raises TypeError for bool.
        """
    def divide(self, y: ArrayLike, *, rounding_mode: str | None = None) -> array:
        """`x / y`; bool and integers become float32. `rounding_mode` 'floor' rounds down, as `floor_divide`, 'trunc'
        towards 0; then integers stay integers.
        """
    def round(self, decimals: builtins.int = 0) -> array:
        """Rounded to a number of decimals, halves to even."""
    def rint(self, decimals: builtins.int = 0) -> array:
        """Rounded to `decimals` places behind the point, or before it if negative; halves go to even. Complex numbers
        are rounded by their parts.
        """
    def positive(self) -> array:
        """`x` itself. Raises TypeError for bool."""
    def fmax(self, y: ArrayLike) -> array:
        """The greater of two; where one is NaN, the other. Raises TypeError for complex numbers."""
    def fmin(self, y: ArrayLike) -> array:
        """The smaller of two; where one is NaN, the other. Raises TypeError for complex numbers."""
    def float_power(self, y: ArrayLike) -> array:
        """`x` to the power of `y` in float64, or complex128 for complex operands."""
    def ldexp(self, y: ArrayLike) -> array:
        """`x 2^y`, exact as long as it is a normal number."""
    def frexp(self) -> tuple[array, array]:
        """Mantissas in [0.5, 1), with the sign of x, and int32 exponents: `x = mantissa * 2**exponent`."""
    def nextafter(self, y: ArrayLike) -> array:
        """The number next to `x` in the direction of `y`, in the dtype both promote to. No gradient flows through it.
        Raises TypeError for complex numbers.
        """
    def lerp(self, end: ArrayLike, weight: ArrayLike) -> array:
        """`start + weight * (end - start)`; exactly `end` for weight 1."""
    def addcmul(self, tensor1: ArrayLike, tensor2: ArrayLike, *, value: builtins.complex = 1) -> array:
        """`x + value * tensor1 * tensor2`."""
    def addcdiv(self, tensor1: ArrayLike, tensor2: ArrayLike, *, value: builtins.complex = 1) -> array:
        """`x + value * tensor1 / tensor2`."""
    def deg2rad(self) -> array:
        """Degrees as radians."""
    def radians(self) -> array:
        """Degrees as radians."""
    def rad2deg(self) -> array:
        """Radians as degrees."""
    def degrees(self) -> array:
        """Radians as degrees."""
    def logaddexp2(self, y: ArrayLike) -> array:
        """`log2(2**x + 2**y)`."""
    def xlogy(self, y: ArrayLike) -> array:
        """`x log(y)`, and 0 where x is 0 and y is not NaN."""
    def xlog1py(self, y: ArrayLike) -> array:
        """`x log1p(y)`, and 0 where x is 0 and y is not NaN."""
    def logit(self, eps: builtins.float | None = None) -> array:
        """`log(x / (1 - x))`, of `x` moved into `[eps, 1 - eps]` if `eps` is given."""
    def betaln(self, y: ArrayLike) -> array:
        """The logarithm of `beta(x, y)`, for positive arguments."""
    def beta(self, y: ArrayLike) -> array:
        """`gamma(x) gamma(y) / gamma(x + y)`, for positive arguments."""
    def polygamma(self, n: ArrayLike) -> array:
        """The n-th derivative of `digamma` at `x`, for whole `n` from 0. No gradient flows to `n`."""
    def isposinf(self) -> array:
        """True at positive infinities. Raises TypeError for complex numbers."""
    def isneginf(self) -> array:
        """True at negative infinities. Raises TypeError for complex numbers."""
    def isreal(self) -> array:
        """True where there is no imaginary part."""
    def nan_to_num(
        self, nan: builtins.float = 0.0, posinf: builtins.float | None = None, neginf: builtins.float | None = None
    ) -> array:
        """`x` with other numbers in the place of NaN and infinities: by default 0 and the largest finite numbers of
        its dtype. Complex numbers by their parts.
        """
    def heaviside(self, values: ArrayLike) -> array:
        """0 for negative numbers, 1 for positive ones, `values` at 0."""
    def isclose(
        self, y: ArrayLike, rtol: builtins.float = 1e-05, atol: builtins.float = 1e-08, equal_nan: builtins.bool = False
    ) -> array:
        """`|x - y| <= atol + rtol * |y|`, or equal infinities; NaN are close to each other if `equal_nan`."""
    def allclose(
        self, y: ArrayLike, rtol: builtins.float = 1e-05, atol: builtins.float = 1e-08, equal_nan: builtins.bool = False
    ) -> array:
        """Whether all elements are close, see `isclose`: a 0-d bool array."""
    def array_equal(self, y: ArrayLike, equal_nan: builtins.bool = False) -> array:
        """Whether shapes and all elements are equal: a 0-d bool array."""
    def angle(self) -> array:
        """The angle in (-pi, pi]; of a real number 0 or pi."""
    def relu6(self) -> array:
        """`x`, moved into [0, 6]."""
    def leaky_relu(self, negative_slope: builtins.float = 0.01) -> array:
        """`x`, times `negative_slope` where negative."""
    def elu(self, alpha: builtins.float = 1.0) -> array:
        """`x`, and `alpha * (exp(x) - 1)` where negative."""
    def selu(self) -> array:
        """`elu`, scaled so that mean 0 and variance 1 are a fixed point (Klambauer et al., 2017)."""
    def celu(self, alpha: builtins.float = 1.0) -> array:
        """`x`, and `alpha * (exp(x / alpha) - 1)` where negative."""
    def gelu(self, approximate: str = "none") -> array:
        """`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh."""
    def mish(self) -> array:
        """`x * tanh(softplus(x))`."""
    def softplus(self, beta: builtins.float = 1.0, threshold: builtins.float = 20.0) -> array:
        """`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x > threshold`."""
    def log_sigmoid(self) -> array:
        """`log(sigmoid(x))`."""
    def logsigmoid(self) -> array:
        """`log(sigmoid(x))`."""
    def hardswish(self) -> array:
        """`x / 6`, times x + 3 moved into [0, 6]."""
    def hardsigmoid(self) -> array:
        """`x / 6 + 1 / 2`, moved into [0, 1]."""
    def hardtanh(self, min_val: builtins.float = -1.0, max_val: builtins.float = 1.0) -> array:
        """`x`, moved into `[min_val, max_val]`; no gradient at the bounds."""
    def hardshrink(self, lambd: builtins.float = 0.5) -> array:
        """`x`, and 0 where `abs(x) <= lambd`."""
    def softshrink(self, lambd: builtins.float = 0.5) -> array:
        """`x`, moved towards 0 by `lambd`."""
    def tanhshrink(self) -> array:
        """`x - tanh(x)`."""
    def threshold(self, threshold: builtins.float, value: builtins.float) -> array:
        """`x`, and `value` where `x <= threshold`."""
    def step(self, threshold: builtins.float = 0.0) -> array:
        """1 where `x > threshold`, else 0, in the dtype of x."""
    def prelu(self, weight: ArrayLike) -> array:
        """`x`, times `weight` where negative: one weight, or one for each channel (axis 1)."""
    def rrelu(
        self, lower: builtins.float = 0.125, upper: builtins.float = 0.3333333333333333, training: builtins.bool = False
    ) -> array:
        """`x`, where negative times a slope: while training one drawn from [lower, upper) for each element, else their
        mean.
        """
    def glu(self, axis: builtins.int | None = None, *, dim: builtins.int | None = None) -> array:
        """The first half along an axis (the last by default) times the sigmoid of the second."""
    def softmin(self, axis: builtins.int | None = None, *, dim: builtins.int | None = None) -> array:
        """`softmax(-x)` along one axis (the last by default)."""
    def sub(self, y: ArrayLike, *, alpha: builtins.complex | None = None) -> array:
        """`x - y`, or `x - alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets.
        Raises TypeError for bool.
        """
    def mul(self, y: ArrayLike) -> array:
        """`x * y` of each element, as NumPy writes it."""
    def div(self, y: ArrayLike, *, rounding_mode: str | None = None) -> array:
        """`x / y`; bool and integers become float32. `rounding_mode` 'floor' rounds down, as `floor_divide`, 'trunc'
        towards 0; then integers stay integers.
        """
    def true_divide(self, y: ArrayLike, *, rounding_mode: str | None = None) -> array:
        """`x / y`; bool and integers become float32. `rounding_mode` 'floor' rounds down, as `floor_divide`, 'trunc'
        towards 0; then integers stay integers.
        """
    def power(self, y: ArrayLike) -> array:
        """`np.power(x, y)` of each element, as NumPy writes it."""
    def mod(self, y: ArrayLike) -> array:
        """`np.remainder(x, y)` of each element, as NumPy writes it."""
    def arctan2(self, y: ArrayLike) -> array:
        """`np.arctan2(x, y)` of each element, as NumPy writes it."""
    def neg(self) -> array:
        """`-x` of each element, as NumPy writes it."""
    def absolute(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it."""
    def sgn(self) -> array:
        """`np.sign(x)` of each element, as NumPy writes it."""
    def gammaln(self) -> array:
        """`special.gammaln(x)` of each element, as NumPy writes it."""
    def psi(self) -> array:
        """`special.digamma(x)` of each element, as NumPy writes it."""
    def popcount(self) -> array:
        """`np.bitwise_count(x)` of each element, as NumPy writes it."""
    def expit(self) -> array:
        """`1 / (1 + np.exp(-x))` of each element, as NumPy writes it."""
    def swish(self) -> array:
        """`x / (1 + np.exp(-x))` of each element, as NumPy writes it."""
    def fabs(self) -> array:
        """`np.abs(x)` of each element, as NumPy writes it."""
    def fix(self) -> array:
        """`np.trunc(x)` of each element, as NumPy writes it."""
    def arcsin(self) -> array:
        """`np.arcsin(x)` of each element, as NumPy writes it."""
    def arccos(self) -> array:
        """`np.arccos(x)` of each element, as NumPy writes it."""
    def arctan(self) -> array:
        """`np.arctan(x)` of each element, as NumPy writes it."""
    def arcsinh(self) -> array:
        """`np.arcsinh(x)` of each element, as NumPy writes it."""
    def arccosh(self) -> array:
        """`np.arccosh(x)` of each element, as NumPy writes it."""
    def arctanh(self) -> array:
        """`np.arctanh(x)` of each element, as NumPy writes it."""
    def conjugate(self) -> array:
        """`np.conj(x)` of each element, as NumPy writes it."""
    def invert(self) -> array:
        """`~x` of each element, as NumPy writes it."""
    def bitwise_not(self) -> array:
        """`~x` of each element, as NumPy writes it."""
    def left_shift(self, y: ArrayLike) -> array:
        """`x << y` of each element, as NumPy writes it."""
    def right_shift(self, y: ArrayLike) -> array:
        """`x >> y` of each element, as NumPy writes it."""
    def eq(self, y: ArrayLike) -> array:
        """`x == y` of each element, as NumPy writes it."""
    def ne(self, y: ArrayLike) -> array:
        """`x != y` of each element, as NumPy writes it."""
    def lt(self, y: ArrayLike) -> array:
        """`x < y` of each element, as NumPy writes it."""
    def le(self, y: ArrayLike) -> array:
        """`x <= y` of each element, as NumPy writes it."""
    def gt(self, y: ArrayLike) -> array:
        """`x > y` of each element, as NumPy writes it."""
    def ge(self, y: ArrayLike) -> array:
        """`x >= y` of each element, as NumPy writes it."""
    def astype(self, dtype: DTypeLike, *, copy: builtins.bool = True) -> array:
        """This array in another dtype; see `ingot.astype`."""
    def clip(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
        """Each element, moved into `[min, max]`; None is no bound. Keeps the dtype of `x` unless a bound is of a
        higher kind (a float for an integer `x`). NaN, also in a bound, gives NaN; at a bound the gradient goes to
        `x`.
        """
    def clamp(self, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
        """Each element, moved into `[min, max]`; None is no bound. Keeps the dtype of `x` unless a bound is of a
        higher kind (a float for an integer `x`). NaN, also in a bound, gives NaN; at a bound the gradient goes to
        `x`.
        """
    def sum(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
        out: typing.Any = None,
        where: ArrayLike | None = None,
        initial: ArrayLike | None = None,
    ) -> array:
        """Sum over `axis` (an int, several, or None for all). bool and integers of up to 32 bits give int32 (uint32
        for unsigned ones; int64 under PyTorch's conventions), others their own dtype. In a given `dtype` integers
        wrap around. NumPy's `where` says which elements count, `initial` what they are added to.
        """
    def prod(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
        out: typing.Any = None,
        where: ArrayLike | None = None,
        initial: ArrayLike | None = None,
    ) -> array:
        """Product over `axis`, in the dtypes of `sum`. NumPy's `where` says which elements count, `initial` what they
        multiply.
        """
    def mean(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
        out: typing.Any = None,
        where: ArrayLike | None = None,
        initial: ArrayLike | None = None,
    ) -> array:
        """Mean over `axis` (of the elements where NumPy's `where` is true); integers give float32. The mean of nothing
        is NaN.
        """
    def max(
        self,
        dim: typing.Any = None,
        keepdim: builtins.bool = False,
        *,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        out: typing.Any = None,
        where: ArrayLike | None = None,
        initial: ArrayLike | None = None,
    ) -> typing.Any:
        """Largest element of all or over `axis`; NaN if there is one. Where several are equal they share the gradient
        evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the first of
        equals counts; of two arrays the larger elements, as `maximum`. NumPy's `initial` takes part, with `where`
        in the place of the elements left out.
        """
    def min(
        self,
        dim: typing.Any = None,
        keepdim: builtins.bool = False,
        *,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        out: typing.Any = None,
        where: ArrayLike | None = None,
        initial: ArrayLike | None = None,
    ) -> typing.Any:
        """Smallest element of all or over `axis`; NaN if there is one. Where several are equal they share the gradient
        evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the first of
        equals counts; of two arrays the smaller elements, as `minimum`. NumPy's `initial` takes part, with `where`
        in the place of the elements left out.
        """
    def amax(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly."""
    def amin(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly."""
    def all(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """True if every element over `axis` is not zero."""
    def any(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """True if some element over `axis` is not zero."""
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
        dtype: DTypeLike | None = None,
        out: typing.Any = None,
    ) -> array:
        """Variance over `axis`, with divisor `count - correction` (also called `ddof`; PyTorch's `unbiased=True` is a
        correction of 1).
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
        dtype: DTypeLike | None = None,
        out: typing.Any = None,
    ) -> array:
        """Standard deviation over `axis`: the root of `var`."""
    def argmax(
        self,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """Index (int32) of the first largest element along `axis`, or in the flattened array. NaN counts as largest."""
    def argmin(
        self,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        out: typing.Any = None,
    ) -> array:
        """Index (int32) of the first smallest element along `axis`, or in the flattened array. NaN counts as smallest."""
    def reshape(self, *args: typing.Any) -> array:
        """The same elements under another shape: `x.reshape(2, -1)` or `x.reshape((2, -1))`; see `ingot.reshape`."""
    def view(self, *args: typing.Any, dtype: DTypeLike | None = None) -> array:
        """The same elements under another shape, `x.view(2, -1)`, or the same bytes as another dtype,
        `x.view(ingot.int32)`; see `ingot.reshape` and `ingot.view`.
        """
    def flatten(self, start_axis: builtins.int = 0, end_axis: builtins.int = -1) -> array:
        """Axes `start_axis` to `end_axis` (inclusive) joined into one."""
    def ravel(self) -> array:
        """All axes joined into one."""
    def transpose(self, *args: typing.Any) -> array:
        """Axes in the order given, reversed if none is. Two axes of an array of more (or fewer) than two are swapped,
        as in PyTorch, whose scripts (`ingot run --as torch`) swap those of matrices too.
        """
    def permute(self, *args: typing.Any) -> array:
        """Axes in the order given; see `ingot.permute_dims`."""
    def t(self) -> array:
        """The transpose of a matrix; a vector as it is."""
    def matrix_transpose(self) -> array:
        """The last two axes swapped."""
    def swapaxes(self, axis1: builtins.int, axis2: builtins.int) -> array:
        """Two axes swapped."""
    def broadcast_to(self, shape: IntOrInts) -> array:
        """Stretched to a shape by NumPy's rules, without a copy."""
    def expand(self, *args: typing.Any) -> array:
        """Stretched to a shape, where -1 keeps an axis as it is; see `ingot.broadcast_to`."""
    def expand_dims(self, axis: IntOrInts) -> array:
        """A new axis of length 1 at each of the given positions of the result."""
    def unsqueeze(self, dim: IntOrInts) -> array:
        """A new axis of length 1 at each of the given positions of the result."""
    def squeeze(self, axis: IntOrInts | None = None, *, dim: IntOrInts | None = None) -> array:
        """Without axes of length 1: all of them, or the given ones, which must be of length 1."""
    def contiguous(self, *, memory_format: typing.Any = None) -> array:
        """The same values, densely packed in row-major order, whatever PyTorch's `memory_format` says."""
    def chunk(self, chunks: builtins.int, dim: builtins.int = 0) -> list[array]:
        """At most `chunks` pieces of equal length along an axis, of which the last may be shorter."""
    def matmul(self, b: ArrayLike) -> array:
        """Matrix product: over the last axis of `a` and the last but one of `b`; leading axes broadcast. A 1-D operand
        is a row (left) or a column (right) whose axis is dropped from the result.
        """
    def mm(self, b: ArrayLike) -> array:
        """The product of two matrices."""
    def bmm(self, b: ArrayLike) -> array:
        """The products of two batches of matrices."""
    def mv(self, b: ArrayLike) -> array:
        """The product of a matrix and a vector."""
    def nonzero(self, *, as_tuple: builtins.bool = True) -> tuple[array, ...]:
        """One array of indices per axis, of the elements that are not zero; with `as_tuple=False` one row for each
        such element, as `argwhere` (and PyTorch). Evaluates.
        """
    def take(
        self,
        indices: ArrayLike,
        axis: builtins.int | None = None,
        mode: str = "raise",
        *,
        dim: builtins.int | None = None,
    ) -> array:
        """Slices at integer `indices` along `axis` (none: of the flattened array). Negative indices count from the
        end. Others beyond the ends raise (`mode='raise'`), wrap around ('wrap'), or mean the end ('clip', where
        negative ones mean the beginning).
        """
    def take_along_axis(self, indices: ArrayLike, axis: builtins.int | None = -1) -> array:
        """The elements that `indices` names along `axis` (None: in the flattened array), at each position of the other
        axes, which broadcast.
        """
    def gather(self, dim: builtins.int, index: ArrayLike) -> array:
        """`out[i][j] = x[index[i][j]][j]` for `dim=0`: as `take_along_axis`, but other axes of `index` may be shorter
        than those of x, and never stretch.
        """
    def index_select(self, dim: builtins.int, index: ArrayLike) -> array:
        """Slices along the axis `dim` at a vector of indices."""
    def masked_select(self, mask: ArrayLike) -> array:
        """The elements where `mask` is true, in row-major order; both broadcast. Evaluates the mask."""
    def one_hot(self, num_classes: builtins.int = -1, dtype: DTypeLike = ...) -> array:
        """1 at the place along a new last axis that each integer of x names, 0 elsewhere. Without `num_classes`: as
        many as the largest integer says, for which x is evaluated.
        """
    def put_along_axis(self, indices: ArrayLike, values: typing.Any, axis: builtins.int = -1) -> array:
        """A copy of x with `values` at the places that `indices` names along `axis`."""
    def scatter(
        self,
        dim: builtins.int,
        index: ArrayLike,
        src: typing.Any | None = None,
        *,
        value: typing.Any | None = None,
        reduce: str | None = None,
    ) -> array:
        """A copy of x with `src` written to the places that `index` names along `dim`: `out[index[i][j]][j] =
        src[i][j]` for `dim=0`. `src` may be a number, or longer than `index`. Of repeated places the last one wins,
        or all add up (`reduce='add'`) or multiply ('multiply').
        """
    def scatter_add(self, dim: builtins.int, index: ArrayLike, src: typing.Any) -> array:
        """A copy of x with `src` added at the places that `index` names along `dim`; see `scatter`."""
    def scatter_reduce(
        self, dim: builtins.int, index: ArrayLike, src: typing.Any, reduce: str, *, include_self: builtins.bool = True
    ) -> array:
        """A copy of x in which elements of `src` and those of x that `index` names along `dim` are one: their 'sum',
        'prod', 'mean', 'amin' or 'amax'. Without `include_self` the elements of x do not take part. Equal extremes
        share the gradient evenly.
        """
    def index_add(
        self,
        *args: typing.Any,
        alpha: builtins.complex = 1,
        dim: builtins.int | None = None,
        index: typing.Any | None = None,
        source: typing.Any | None = None,
        value: typing.Any | None = None,
    ) -> array:
        """`index_add(x, index, value)`: a copy of x with `value` added at `x[index]`. `index_add(x, dim, index,
        source)`: with slices of `alpha * source` added at a vector of indices along `dim`. Repeated indices add up.
        """
    def index_copy(self, dim: builtins.int, index: ArrayLike, source: ArrayLike) -> array:
        """A copy of x with slices of `source` at a vector of indices along `dim`."""
    def index_fill(self, dim: builtins.int, index: ArrayLike, value: typing.Any) -> array:
        """A copy of x with `value` in the slices at a vector of indices along `dim`."""
    def index_reduce(
        self, dim: builtins.int, index: ArrayLike, source: ArrayLike, reduce: str, *, include_self: builtins.bool = True
    ) -> array:
        """A copy of x in which slices of `source` and those of x at a vector of indices along `dim` are one; `reduce`
        as in `scatter_reduce`.
        """
    def index_put(
        self, indices: collections.abc.Sequence[ArrayLike], values: typing.Any, accumulate: builtins.bool = False
    ) -> array:
        """A copy of x with `values` at `x[indices]`, a tuple of arrays; with `accumulate` added there."""
    def select_scatter(self, src: ArrayLike, dim: builtins.int, index: builtins.int) -> array:
        """A copy of x with `src` as its slice `index` along `dim`."""
    def masked_fill(self, mask: ArrayLike, value: typing.Any) -> array:
        """A copy of x with `value` where `mask` is true; both broadcast."""
    def masked_scatter(self, mask: ArrayLike, source: ArrayLike) -> array:
        """A copy of x with elements of `source`, one after another, where `mask` is true. Evaluates the mask."""
    def scatter_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`scatter`, whose result is stored in this array, which is returned."""
    def scatter_add_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`scatter_add`, whose result is stored in this array, which is returned."""
    def scatter_reduce_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`scatter_reduce`, whose result is stored in this array, which is returned."""
    def index_add_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`index_add`, whose result is stored in this array, which is returned."""
    def index_copy_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`index_copy`, whose result is stored in this array, which is returned."""
    def index_fill_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`index_fill`, whose result is stored in this array, which is returned."""
    def index_reduce_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`index_reduce`, whose result is stored in this array, which is returned."""
    def index_put_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`index_put`, whose result is stored in this array, which is returned."""
    def masked_fill_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`masked_fill`, whose result is stored in this array, which is returned."""
    def masked_scatter_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """`masked_scatter`, whose result is stored in this array, which is returned."""
    def roll(
        self,
        shift: IntOrInts | None = None,
        axis: IntOrInts | None = None,
        *,
        shifts: IntOrInts | None = None,
        dims: IntOrInts | None = None,
    ) -> array:
        """Elements moved on by `shift` (an int, or one for each of the axes), those that fall off come in again at the
        front. Without `axis` the flattened array is rolled.
        """
    def rot90(self, k: builtins.int = 1, axes: IntOrInts | None = None, *, dims: IntOrInts | None = None) -> array:
        """Turned by `k` quarters in the plane of two axes (the first two), from the first towards the second."""
    def flip(self, *args: typing.Any, axis: IntOrInts | None = None, dims: IntOrInts | None = None) -> array:
        """Reversed along the axes, `flip(x, 0, 1)` or `flip(x, (0, 1))`; along all if none is given."""
    def flipud(self) -> array:
        """Reversed along axis 0."""
    def fliplr(self) -> array:
        """Reversed along axis 1."""
    def tile(self, *args: typing.Any) -> array:
        """Repeated as whole blocks, as often along each axis as the numbers say."""
    def repeat(self, *args: typing.Any, axis: builtins.int | None = None, repeats: typing.Any | None = None) -> array:
        """Whole blocks repeated as often along each axis as the numbers say, as in PyTorch: `x.repeat(2, 3)`. With
        `axis` or `repeats` by name, `ingot.repeat`, as in MLX and NumPy.
        """
    def repeat_interleave(
        self,
        repeats: typing.Any,
        dim: builtins.int | None = None,
        *,
        axis: builtins.int | None = None,
        output_size: builtins.int | None = None,
    ) -> array:
        """PyTorch's name for the function `repeat`: each element several times, one beside the other. With
        `output_size`, how long the axis becomes, an array of repeats is not looked at until the result is, so `jit`
        and `vmap` can record it; a wrong one raises IndexError then.
        """
    def moveaxis(self, source: IntOrInts, destination: IntOrInts) -> array:
        """One axis, or several, moved to other places; the rest stay in order."""
    def movedim(self, source: IntOrInts, destination: IntOrInts) -> array:
        """One axis, or several, moved to other places; the rest stay in order."""
    def unflatten(self, dim: builtins.int, sizes: IntOrInts) -> array:
        """One axis split into several; one length may be -1."""
    def split(
        self,
        split_size_or_sections: typing.Any | None = None,
        dim: builtins.int | None = None,
        *,
        axis: builtins.int | None = None,
        indices_or_sections: typing.Any | None = None,
    ) -> list[array]:
        """Pieces of a length (the last may be shorter), or of several lengths, along `dim`. With `axis` instead of
        `dim`, as `ingot.split` cuts.
        """
    def split_with_sizes(
        self, split_sizes: collections.abc.Sequence[builtins.int], dim: builtins.int = 0
    ) -> list[array]:
        """Pieces of the given lengths along an axis."""
    def tensor_split(self, indices_or_sections: typing.Any, dim: builtins.int = 0) -> list[array]:
        """PyTorch's name for `array_split`."""
    def vsplit(self, indices_or_sections: typing.Any) -> list[array]:
        """`split` along the first axis."""
    def hsplit(self, indices_or_sections: typing.Any) -> list[array]:
        """`split` along the second axis (vectors: the only one)."""
    def dsplit(self, indices_or_sections: typing.Any) -> list[array]:
        """`split` along the third axis."""
    def unbind(self, axis: builtins.int | None = None, *, dim: builtins.int | None = None) -> list[array]:
        """The slices along an axis (0 if none is given), without it, as a list."""
    def narrow(self, dim: builtins.int, start: builtins.int, length: builtins.int) -> array:
        """`length` elements along an axis from `start`."""
    def select(self, dim: builtins.int, index: builtins.int) -> array:
        """The slice at `index` along an axis, without it."""
    def diagonal(
        self,
        offset: builtins.int = 0,
        axis1: builtins.int | None = None,
        axis2: builtins.int | None = None,
        *,
        dim1: builtins.int | None = None,
        dim2: builtins.int | None = None,
    ) -> array:
        """The diagonal of the matrices over two axes (the first two), as a new last axis. Without a copy."""
    def diag(self, k: builtins.int | None = None, *, diagonal: builtins.int | None = None) -> array:
        """The matrix with a vector on its `k`-th diagonal, or the `k`-th diagonal of a matrix."""
    def diagflat(self, k: builtins.int | None = None, *, offset: builtins.int | None = None) -> array:
        """The matrix with all elements of x on its `k`-th diagonal."""
    def diag_embed(self, offset: builtins.int = 0, dim1: builtins.int = -2, dim2: builtins.int = -1) -> array:
        """Matrices over two new axes with the last axis of x on their diagonal."""
    def trace(
        self,
        offset: builtins.int = 0,
        axis1: builtins.int = 0,
        axis2: builtins.int = 1,
        *,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Sums over the diagonals of the matrices over two axes (the first two)."""
    def tril(self, k: builtins.int | None = None, *, diagonal: builtins.int | None = None) -> array:
        """The matrices over the last two axes with zeros above their `k`-th diagonal."""
    def triu(self, k: builtins.int | None = None, *, diagonal: builtins.int | None = None) -> array:
        """The matrices over the last two axes with zeros below their `k`-th diagonal."""
    def tensordot(self, b: ArrayLike, axes: typing.Any = 2, *, dims: typing.Any = None) -> array:
        """Sum of products over the last `axes` axes of a and the first of b, or over pairs `(axes of a, axes of b)`."""
    def outer(self, b: ArrayLike) -> array:
        """Products of all pairs of elements, (a.size, b.size)."""
    def inner(self, b: ArrayLike) -> array:
        """Sum of products over the last axis of both."""
    def dot(self, b: ArrayLike) -> array:
        """The inner product of two vectors, the product of matrices; in general over the last axis of a and the last
        but one of b.
        """
    def vdot(self, b: ArrayLike) -> array:
        """Sum of `conj(a) * b` over all elements."""
    def vecdot(self, b: ArrayLike, *, axis: builtins.int = -1, dim: builtins.int | None = None) -> array:
        """Sum of `conj(a) * b` along an axis; other axes broadcast."""
    def cross(self, b: ArrayLike, *, axis: builtins.int = -1, dim: builtins.int | None = None) -> array:
        """The cross product of vectors of 3 elements along an axis; other axes broadcast."""
    def kron(self, b: ArrayLike) -> array:
        """The Kronecker product: b multiplied by each element of a, in blocks."""
    def addmm(self, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1) -> array:
        """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0."""
    def addmv(self, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1) -> array:
        """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0."""
    def baddbmm(self, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1) -> array:
        """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0."""
    def addbmm(self, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1) -> array:
        """`beta * input + alpha * (sum over batches of a @ b)`."""
    def addr(self, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1) -> array:
        """`beta * input + alpha * outer(a, b)`."""
    def softmax(
        self, axis: builtins.int | None = None, *, dim: builtins.int | None = None, dtype: DTypeLike | None = None
    ) -> array:
        """`exp(x) / sum(exp(x))` along one axis (the last by default), stable for any finite input."""
    def log_softmax(
        self, axis: builtins.int | None = None, *, dim: builtins.int | None = None, dtype: DTypeLike | None = None
    ) -> array:
        """The logarithm of `softmax` along one axis (the last by default), stable for any finite input."""
    def logsumexp(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """`log(sum(exp(x)))` over `axis`, stable for any finite input."""
    def cumsum(
        self,
        axis: builtins.int | None = None,
        *,
        dtype: DTypeLike | None = None,
        include_initial: builtins.bool = False,
        reverse: builtins.bool = False,
        inclusive: builtins.bool = True,
        dim: builtins.int | None = None,
    ) -> array:
        """Running sum along `axis` (None: of the flattened array). Integers have the dtypes of `sum`, and raise
        OverflowError as there. `reverse` runs from the end; `inclusive=False` leaves each element itself out;
        `include_initial` begins with a zero, so the result is one longer.
        """
    def cumulative_sum(
        self,
        axis: builtins.int | None = None,
        *,
        dtype: DTypeLike | None = None,
        include_initial: builtins.bool = False,
        reverse: builtins.bool = False,
        inclusive: builtins.bool = True,
        dim: builtins.int | None = None,
    ) -> array:
        """Running sum along `axis` (None: of the flattened array). Integers have the dtypes of `sum`, and raise
        OverflowError as there. `reverse` runs from the end; `inclusive=False` leaves each element itself out;
        `include_initial` begins with a zero, so the result is one longer.
        """
    def cumprod(
        self,
        axis: builtins.int | None = None,
        *,
        dtype: DTypeLike | None = None,
        include_initial: builtins.bool = False,
        reverse: builtins.bool = False,
        inclusive: builtins.bool = True,
        dim: builtins.int | None = None,
    ) -> array:
        """Running product along `axis` (None: of the flattened array), with the arguments of `cumsum`, and
        OverflowError as of `prod`. The gradient is exact where elements are zero.
        """
    def cumulative_prod(
        self,
        axis: builtins.int | None = None,
        *,
        dtype: DTypeLike | None = None,
        include_initial: builtins.bool = False,
        reverse: builtins.bool = False,
        inclusive: builtins.bool = True,
        dim: builtins.int | None = None,
    ) -> array:
        """Running product along `axis` (None: of the flattened array), with the arguments of `cumsum`, and
        OverflowError as of `prod`. The gradient is exact where elements are zero.
        """
    def logcumsumexp(
        self,
        axis: builtins.int | None = None,
        *,
        dtype: DTypeLike | None = None,
        include_initial: builtins.bool = False,
        reverse: builtins.bool = False,
        inclusive: builtins.bool = True,
        dim: builtins.int | None = None,
    ) -> array:
        """`log(cumsum(exp(x)))` along `axis` (None: of the flattened array), stable for any finite input, with the
        arguments of `cumsum`.
        """
    def cummax(
        self, axis: builtins.int | None = None, *, reverse: builtins.bool = False, dim: builtins.int | None = None
    ) -> ValuesAndIndices:
        """Running maximum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal elements
        the last one counts. NaN is larger than any number. (MLX's `cummax` returns the values alone.)
        """
    def cummin(
        self, axis: builtins.int | None = None, *, reverse: builtins.bool = False, dim: builtins.int | None = None
    ) -> ValuesAndIndices:
        """Running minimum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal elements
        the last one counts. NaN is smaller than any number.
        """
    def diff(
        self,
        n: builtins.int = 1,
        axis: builtins.int | None = None,
        prepend: ArrayLike | None = None,
        append: ArrayLike | None = None,
        *,
        dim: builtins.int | None = None,
    ) -> array:
        """Differences of neighbours along `axis` (the last by default), `n` times over, after `prepend` and `append`
        were joined on. Neighbours of a bool array are compared instead.
        """
    def sort(
        self,
        dim: builtins.int | None = None,
        descending: builtins.bool = False,
        stable: builtins.bool = True,
        *,
        axis: builtins.int | None = None,
    ) -> ValuesAndIndices:
        """The elements in order along `dim` (the last by default), as a tuple (values, indices). Always stable.

        Example:
            >>> print(ingot.array([3, 1, 2]).sort().values)
            [1 2 3]
        """
    def argsort(
        self,
        axis: typing.Any = -1,
        *,
        descending: builtins.bool = False,
        stable: builtins.bool = True,
        dim: builtins.int | None = None,
        kind: str | None = None,
    ) -> array:
        """Indices (int32) that sort `x` along `axis` (None: flattened first). Always stable: equal elements stay in
        their order.
        """
    def msort(self) -> array:
        """`x` in order along its first axis."""
    def topk(
        self,
        k: builtins.int,
        dim: builtins.int | None = None,
        largest: builtins.bool = True,
        sorted: builtins.bool = True,
        *,
        axis: builtins.int | None = None,
    ) -> ValuesAndIndices:
        """The `k` largest (or smallest) elements along `dim`, best first, as a tuple (values, indices); of equal ones
        the first. (MLX's `topk` returns the values alone.)
        """
    def kthvalue(
        self,
        k: builtins.int,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        *,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
    ) -> ValuesAndIndices:
        """The `k`-th smallest element along `dim`, counted from 1, as a tuple (values, indices)."""
    def partition(self, kth: IntOrInts, axis: typing.Any = -1) -> array:
        """`x` with the element `kth` (one or several) of the sorted order in its place along `axis`, none before it
        larger and none after it smaller. The others happen to be in order too.
        """
    def argpartition(self, kth: IntOrInts, axis: typing.Any = -1) -> array:
        """Indices that partition `x` as `partition` does."""
    def bucketize(self, boundaries: ArrayLike, *, right: builtins.bool = False) -> array:
        """PyTorch's: the bucket between the rising `boundaries` that each element lies in, `boundaries[i - 1] < x <=
        boundaries[i]`, or with the other end closed if `right`.
        """
    def count_nonzero(
        self,
        axis: IntOrInts | None = None,
        *,
        keepdims: builtins.bool = False,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """How many elements along `axis` are not zero (int64)."""
    def argwhere(self) -> array:
        """Indices of the elements that are not zero, one row for each. Evaluates."""
    def unique(
        self,
        sorted: builtins.bool = True,
        return_inverse: builtins.bool = False,
        return_counts: builtins.bool = False,
        dim: builtins.int | None = None,
        *,
        return_index: builtins.bool = False,
        axis: builtins.int | None = None,
        equal_nan: builtins.bool = False,
    ) -> typing.Any:
        """The elements that occur, sorted; slices along `dim`, if it is given. Asked for, after them in this order:
        where each is first, which of them each element is, and how often each occurs. NaNs differ from each other
        unless `equal_nan`. Evaluates.
        """
    def unique_consecutive(
        self,
        return_inverse: builtins.bool = False,
        return_counts: builtins.bool = False,
        dim: builtins.int | None = None,
        *,
        axis: builtins.int | None = None,
    ) -> typing.Any:
        """The first of each run of equal neighbours; asked for, which run each element is in, and how long each is.
        Evaluates.
        """
    def bincount(self, weights: ArrayLike | None = None, minlength: builtins.int = 0) -> array:
        """How often each number from 0 to the largest, but at least `minlength` of them, occurs (int64), or the sums
        of `weights` there. Evaluates.
        """
    def histc(self, bins: builtins.int = 100, min: builtins.float = 0.0, max: builtins.float = 0.0) -> array:
        """PyTorch's: counts in `bins` bins from `min` to `max`, or over all elements if both are 0."""
    def nansum(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Sum over `axis` of what is not NaN."""
    def nanprod(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Product over `axis` of what is not NaN."""
    def nanmean(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Mean over `axis` of what is not NaN; NaN where nothing is left."""
    def nanmax(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Largest over `axis` of what is not NaN; NaN where nothing is left."""
    def nanmin(
        self,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        dtype: DTypeLike | None = None,
    ) -> array:
        """Smallest over `axis` of what is not NaN; NaN where nothing is left."""
    def nanvar(
        self,
        axis: IntOrInts | None = None,
        *,
        correction: builtins.float = 0.0,
        keepdims: builtins.bool = False,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        ddof: builtins.float | None = None,
    ) -> array:
        """Variance over `axis` of what is not NaN, with divisor `count - correction` (also called `ddof`)."""
    def nanstd(
        self,
        axis: IntOrInts | None = None,
        *,
        correction: builtins.float = 0.0,
        keepdims: builtins.bool = False,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        ddof: builtins.float | None = None,
    ) -> array:
        """Standard deviation over `axis` of what is not NaN: the root of `nanvar`."""
    def median(
        self,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        *,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
    ) -> typing.Any:
        """PyTorch's median: of two elements in the middle the lower one (`quantile(x, 0.5)` is their mean). Of all
        elements, or along `axis`, it is an array; along `dim`, also given by position, a tuple (values, indices).
        NaN if there is one.
        """
    def nanmedian(
        self,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        *,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
    ) -> typing.Any:
        """The `median` of what is not NaN."""
    def quantile(
        self,
        q: typing.Any,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        method: str = "linear",
        interpolation: str | None = None,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """Quantiles over `axis` (None: of all elements) for `q`, a number or an array of numbers from 0 to 1, whose
        axes come first in the result. Between two elements `method` decides (PyTorch's name for it is
        `interpolation`): linear, lower, higher, midpoint, nearest, interpolated_inverted_cdf, hazen, weibull,
        median_unbiased, normal_unbiased. NaN where there is one.
        """
    def nanquantile(
        self,
        q: typing.Any,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        method: str = "linear",
        interpolation: str | None = None,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """The `quantile` of what is not NaN."""
    def percentile(
        self,
        q: typing.Any,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        method: str = "linear",
        interpolation: str | None = None,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """The `quantile` for `q` from 0 to 100."""
    def nanpercentile(
        self,
        q: typing.Any,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        *,
        method: str = "linear",
        interpolation: str | None = None,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
    ) -> array:
        """The `nanquantile` for `q` from 0 to 100."""
    def mode(
        self,
        dim: builtins.int | None = None,
        keepdim: builtins.bool = False,
        *,
        axis: builtins.int | None = None,
        keepdims: builtins.bool = False,
    ) -> ValuesAndIndices:
        """The element that occurs most often along `dim` (of several, the smallest), and where it is last: a tuple
        (values, indices).
        """
    def aminmax(
        self,
        *,
        dim: IntOrInts | None = None,
        keepdim: builtins.bool = False,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
    ) -> MinMax:
        """Smallest and largest element over `dim`: a tuple (min, max)."""
    def ptp(self, axis: IntOrInts | None = None, keepdims: builtins.bool = False) -> array:
        """Largest minus smallest element over `axis`."""
    def var_mean(
        self,
        dim: IntOrInts | None = None,
        *,
        correction: builtins.float = 1.0,
        keepdim: builtins.bool = False,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        unbiased: builtins.bool | None = None,
    ) -> tuple[array, array]:
        """PyTorch's: variance with divisor `count - correction`, 1 by default, and mean over `dim`."""
    def std_mean(
        self,
        dim: IntOrInts | None = None,
        *,
        correction: builtins.float = 1.0,
        keepdim: builtins.bool = False,
        axis: IntOrInts | None = None,
        keepdims: builtins.bool = False,
        unbiased: builtins.bool | None = None,
    ) -> tuple[array, array]:
        """PyTorch's: standard deviation with divisor `count - correction`, 1 by default, and mean over `dim`."""
    def cauchy_(
        self, median: builtins.float = 0.0, sigma: builtins.float = 1.0, *, generator: Generator | None = None
    ) -> Self:
        """Fills the array with Cauchy-distributed numbers, in place.

        Example:
            >>> ingot.zeros(3).cauchy_().shape
            (3,)
        """
    def log_normal_(
        self, mean: builtins.float = 1.0, std: builtins.float = 2.0, *, generator: Generator | None = None
    ) -> Self:
        """Fills the array with exponentials of normal numbers, in place.

        Example:
            >>> ingot.zeros(3).log_normal_().shape
            (3,)
        """
    def bernoulli_(self, p: ArrayLike = 0.5, *, generator: Generator | None = None) -> Self:
        """Fills the array with ones, with probability `p` (a number, or one for each element), and zeros, in place.

        Example:
            >>> print(ingot.zeros(2).bernoulli_(1.0))
            [1. 1.]
        """
    def random_(
        self, low: builtins.int | None = None, high: builtins.int | None = None, *, generator: Generator | None = None
    ) -> Self:
        """Fills the array with random integers from `low` (0, if only one number is given) below `high`, in place;
        without numbers with any that its dtype holds, of floats such that all smaller ones are held exactly.

        Raises ValueError for an empty range.

        Example:
            >>> print(ingot.zeros(2).random_(1))
            [0. 0.]
        """
    def exponential_(self, lambd: builtins.float = 1.0, *, generator: Generator | None = None) -> Self:
        """Fills the array with exponentially distributed numbers of rate `lambd`, in place.

        Example:
            >>> ingot.zeros(3).exponential_().shape
            (3,)
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
    def __complex__(self) -> builtins.complex: ...
    def to(
        self,
        *args: typing.Any,
        dtype: DTypeLike | None = None,
        device: DeviceLike | None = None,
        non_blocking: builtins.bool = False,
        copy: builtins.bool = False,
        memory_format: typing.Any = None,
    ) -> Self:
        """The array in another dtype or on another device; itself if nothing changes, unless `copy`.

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
    def norm(self, p: typing.Any = "fro", dim: typing.Any = None, keepdim: builtins.bool = False) -> typing.Any:
        """The p-norm of the elements along `dim` (all of them by default): `ingot.norm`.

        Example:
            >>> ingot.array([3.0, 4.0]).norm().item()
            5.0
        """
    def new_zeros(
        self, *args: typing.Any, dtype: DTypeLike | None = None, requires_grad: builtins.bool = False
    ) -> typing.Any:
        """`ingot.zeros` in the dtype of this array."""
    def new_ones(
        self, *args: typing.Any, dtype: DTypeLike | None = None, requires_grad: builtins.bool = False
    ) -> typing.Any:
        """`ingot.ones` in the dtype of this array."""
    def new_empty(
        self, *args: typing.Any, dtype: DTypeLike | None = None, requires_grad: builtins.bool = False
    ) -> typing.Any:
        """`ingot.empty` in the dtype of this array."""
    def new_full(self, size: IntOrInts, fill_value: builtins.complex, *, dtype: DTypeLike | None = None) -> array:
        """`ingot.full` in the dtype of this array."""
    def new_tensor(self, data: typing.Any, *, dtype: DTypeLike | None = None) -> typing.Any:
        """`ingot.array(data)` in the dtype of this array."""
    def type_as(self, other: array) -> array:
        """The array in the dtype of `other`."""
    def nelement(self) -> builtins.int:
        """The number of elements."""
    def is_contiguous(self) -> builtins.bool:
        """True: `view`, `numpy` and the buffer protocol see every array in the order of its elements."""
    def reshape_as(self, other: array) -> array:
        """Reshaped to the shape of `other`."""
    def view_as(self, other: array) -> array:
        """Reshaped to the shape of `other`."""
    def expand_as(self, other: array) -> array:
        """Stretched to the shape of `other`."""
    def clone(self, *, memory_format: typing.Any = None) -> array:
        """A copy, through which gradients flow.

        Example:
            >>> y = ingot.ones(2).clone()
        """
    def copy(self, *, memory_format: typing.Any = None) -> array:
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
    def add_(self, other: ArrayLike, *, alpha: builtins.complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def sub_(self, other: ArrayLike, *, alpha: builtins.complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def mul_(self, other: ArrayLike, *, alpha: builtins.complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def div_(self, other: ArrayLike, *, alpha: builtins.complex | None = None) -> Self:
        """Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it."""
    def pow_(self, other: ArrayLike, *, alpha: builtins.complex | None = None) -> Self:
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
    def fill_(self, value: ArrayLike) -> Self:
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
        inputs: array | collections.abc.Sequence[array] | None = None,
    ) -> None:
        """Adds the gradient of this array to `.grad` of every leaf it depends on.

        `gradient` is the gradient of this array itself: ones, if none is given, whatever the shape. `retain_graph`
        keeps the graph for another backward; `create_graph` records the gradients' own graph, so that they can be
        differentiated again. With `inputs` (an array or several, leaves or not) gradients go to `.grad` of these
        alone.

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
    def data_ptr(self) -> builtins.int:
        """The address of the first element, which is computed first. It holds until the array is changed or goes;
        copies have the same one until one of them is changed, and views such as `x[0]` may be elsewhere.

        Example:
            >>> x = ingot.ones(2)
            >>> x.data_ptr() == x.data_ptr()
            True
        """
    def __dlpack__(
        self,
        *,
        stream: typing.Any = None,
        max_version: typing.Any = None,
        dl_device: typing.Any = None,
        copy: builtins.bool | None = None,
    ) -> typing_extensions.CapsuleType:
        """A DLPack capsule of the values, whose memory is shared for reading: consumers of DLPack 1.0 are told so.
        Others (`max_version` below (1, 0), JAX among them) share it too, and should not write to it: that would
        change this array and its copies. They get a copy of arrays that are not dense, of single elements, and of
        memory that came from NumPy or another library, unless `copy=False`.

        Raises BufferError for another device.
        """
    def __array_namespace__(self, *, api_version: str | None = None) -> types.ModuleType:
        """The package, which implements the Array API standard in the versions 2021.12 to 2025.12."""
    def to_device(self, device: DeviceLike, /, *, stream: typing.Any = None) -> typing.Any:
        """The array on another device; itself if it is there already.

        Raises DeviceError, naming what is available.
        """
    def __dlpack_device__(self) -> tuple[builtins.int, builtins.int]:
        """DLPack's (device type, device number)."""
    def register_post_accumulate_grad_hook(self, hook: collections.abc.Callable[..., typing.Any]) -> typing.Any:
        """Calls `hook(array)` after each `backward()` that has added to `.grad` of this array, a leaf.

        Returns an object whose `remove()` takes the hook away.

        Example:
            >>> x = ingot.ones(2, requires_grad=True)
            >>> handle = x.register_post_accumulate_grad_hook(lambda x: print(x.grad))
            >>> (3 * x).sum().backward()
            [3. 3.]
        """
    def as_strided(
        self,
        shape: IntOrInts | None = None,
        strides: IntOrInts | None = None,
        offset: builtins.int = 0,
        *,
        size: IntOrInts | None = None,
        stride: IntOrInts | None = None,
        storage_offset: builtins.int | None = None,
    ) -> array:
        """Elements of x, in row-major order, at `offset + sum of position * stride`: a view, whose windows may
        overlap. Strides count elements; without any, those of a dense array.
        """
    def unfold(self, dimension: builtins.int, size: builtins.int, step: builtins.int) -> array:
        """Windows of `size` elements along an axis, each `step` after the one before, as a new last axis. A view.

        Example:
            >>> print(ingot.arange(5).unfold(0, 3, 2))
            [[0 1 2]
             [2 3 4]]
        """
    def stft(
        self,
        n_fft: builtins.int,
        hop_length: builtins.int | None = None,
        win_length: builtins.int | None = None,
        window: ArrayLike | None = None,
        center: builtins.bool = True,
        pad_mode: str = "reflect",
        normalized: builtins.bool = False,
        onesided: builtins.bool | None = None,
        return_complex: builtins.bool | None = None,
    ) -> array:
        """The short-time Fourier transform of a signal (n) or a batch (b, n): spectra (frequencies, frames) of frames
        of `n_fft` samples, `hop_length` (a quarter) apart, times a `window`, whose length `win_length` may be
        shorter. Frames have their sample `t * hop_length` in the middle if `center`, for which the signal is
        padded. Of real signals the first `n_fft // 2 + 1` frequencies, if `onesided`. `return_complex=False` gives
        real and imaginary parts as a last axis.
        """
    def istft(
        self,
        n_fft: builtins.int,
        hop_length: builtins.int | None = None,
        win_length: builtins.int | None = None,
        window: ArrayLike | None = None,
        center: builtins.bool = True,
        normalized: builtins.bool = False,
        onesided: builtins.bool | None = None,
        length: builtins.int | None = None,
        return_complex: builtins.bool = False,
    ) -> array:
        """The inverse of `stft`, given the same settings: the signal closest to the spectra, cut or padded to
        `length`.
        """
    def fill_diagonal_(self, fill_value: ArrayLike, wrap: builtins.bool = False) -> Self:
        """Puts a value on the main diagonal in place, and returns the array.

        Example:
            >>> print(ingot.zeros((2, 2)).fill_diagonal_(3))
            [[3. 0.]
             [0. 3.]]
        """
    def clamp_min(self, min: ArrayLike) -> array:
        """Each element, or `min` if that is larger."""
    def clamp_max(self, max: ArrayLike) -> array:
        """Each element, or `max` if that is smaller."""
    def frac(self) -> array:
        """What lies behind the point: `x - trunc(x)`."""
    def dist(self, other: ArrayLike, p: builtins.float = 2.0) -> array:
        """The p-norm of `x - other`."""
    def logdet(self) -> array:
        """The logarithm of the determinant: -inf for a singular matrix, NaN where it is negative."""
    def take_along_dim(self, indices: ArrayLike, dim: builtins.int | None = None) -> array:
        """`take_along_axis`; without `dim`, of the flattened array."""
    def bernoulli(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `bernoulli` of this array."""
    def corrcoef(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `corrcoef` of this array."""
    def cov(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `cov` of this array."""
    def multinomial(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `multinomial` of this array."""
    def det(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `det` of this array."""
    def lstsq(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `lstsq` of this array."""
    def matrix_exp(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `matrix_exp` of this array."""
    def matrix_power(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `matrix_power` of this array."""
    def qr(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `qr` of this array."""
    def slogdet(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `slogdet` of this array."""
    def svd(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The function `svd` of this array."""
    def inverse(self) -> typing.Any:
        """The inverse of each matrix: `linalg.inv`."""
    def where(self, condition: ArrayLike, other: ArrayLike) -> array:
        """Elements of this array where `condition` is true, of `other` elsewhere."""
    def cuda(self, device: typing.Any = None) -> typing.Any:
        """Raises DeviceError, which says what devices there are."""
    def stride(self, dim: builtins.int | None = None) -> typing.Any:
        """How many elements neighbours along each axis are apart in `view` and `numpy`."""
    def new(self, *args: typing.Any) -> typing.Any:
        """PyTorch's constructor of old: an array of zeros of the given lengths, or of the given elements, in the dtype
        of this one.
        """
    def pin_memory(self) -> typing.Any:
        """The array: no device reads memory by itself."""
    def swapdims(self, dim0: builtins.int, dim1: builtins.int) -> array:
        """The array with two axes exchanged."""
    def ndimension(self) -> builtins.int:
        """The number of axes."""
    def type(self, dtype: typing.Any = None) -> typing.Any:
        """The name of the dtype; with a dtype, the array in that one."""
    def absolute_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `absolute` in this array, and returns it."""
    def acos_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `acos` in this array, and returns it."""
    def acosh_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `acosh` in this array, and returns it."""
    def addbmm_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addbmm` in this array, and returns it."""
    def addcdiv_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addcdiv` in this array, and returns it."""
    def addcmul_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addcmul` in this array, and returns it."""
    def addmm_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addmm` in this array, and returns it."""
    def addmv_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addmv` in this array, and returns it."""
    def addr_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `addr` in this array, and returns it."""
    def asin_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `asin` in this array, and returns it."""
    def asinh_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `asinh` in this array, and returns it."""
    def atan_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `atan` in this array, and returns it."""
    def atan2_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `atan2` in this array, and returns it."""
    def atanh_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `atanh` in this array, and returns it."""
    def baddbmm_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `baddbmm` in this array, and returns it."""
    def bitwise_and_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `bitwise_and` in this array, and returns it."""
    def bitwise_not_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `bitwise_not` in this array, and returns it."""
    def bitwise_or_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `bitwise_or` in this array, and returns it."""
    def bitwise_xor_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `bitwise_xor` in this array, and returns it."""
    def ceil_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `ceil` in this array, and returns it."""
    def clamp_max_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `clamp_max` in this array, and returns it."""
    def clamp_min_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `clamp_min` in this array, and returns it."""
    def copysign_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `copysign` in this array, and returns it."""
    def cos_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `cos` in this array, and returns it."""
    def cosh_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `cosh` in this array, and returns it."""
    def cumprod_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `cumprod` in this array, and returns it."""
    def cumsum_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `cumsum` in this array, and returns it."""
    def deg2rad_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `deg2rad` in this array, and returns it."""
    def digamma_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `digamma` in this array, and returns it."""
    def divide_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `divide` in this array, and returns it."""
    def eq_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `eq` in this array, and returns it."""
    def erf_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `erf` in this array, and returns it."""
    def erfc_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `erfc` in this array, and returns it."""
    def erfinv_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `erfinv` in this array, and returns it."""
    def exp2_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `exp2` in this array, and returns it."""
    def expm1_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `expm1` in this array, and returns it."""
    def fix_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `fix` in this array, and returns it."""
    def float_power_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `float_power` in this array, and returns it."""
    def floor_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `floor` in this array, and returns it."""
    def floor_divide_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `floor_divide` in this array, and returns it."""
    def fmod_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `fmod` in this array, and returns it."""
    def frac_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `frac` in this array, and returns it."""
    def ge_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `ge` in this array, and returns it."""
    def greater_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `greater` in this array, and returns it."""
    def greater_equal_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `greater_equal` in this array, and returns it."""
    def gt_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `gt` in this array, and returns it."""
    def hypot_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `hypot` in this array, and returns it."""
    def le_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `le` in this array, and returns it."""
    def lerp_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `lerp` in this array, and returns it."""
    def less_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `less` in this array, and returns it."""
    def less_equal_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `less_equal` in this array, and returns it."""
    def lgamma_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `lgamma` in this array, and returns it."""
    def log_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `log` in this array, and returns it."""
    def log10_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `log10` in this array, and returns it."""
    def log1p_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `log1p` in this array, and returns it."""
    def log2_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `log2` in this array, and returns it."""
    def logical_and_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `logical_and` in this array, and returns it."""
    def logical_not_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `logical_not` in this array, and returns it."""
    def logical_or_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `logical_or` in this array, and returns it."""
    def logical_xor_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `logical_xor` in this array, and returns it."""
    def logit_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `logit` in this array, and returns it."""
    def lt_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `lt` in this array, and returns it."""
    def multiply_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `multiply` in this array, and returns it."""
    def nan_to_num_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `nan_to_num` in this array, and returns it."""
    def ne_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `ne` in this array, and returns it."""
    def negative_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `negative` in this array, and returns it."""
    def nextafter_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `nextafter` in this array, and returns it."""
    def not_equal_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `not_equal` in this array, and returns it."""
    def rad2deg_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `rad2deg` in this array, and returns it."""
    def reciprocal_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `reciprocal` in this array, and returns it."""
    def remainder_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `remainder` in this array, and returns it."""
    def round_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `round` in this array, and returns it."""
    def rsqrt_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `rsqrt` in this array, and returns it."""
    def sgn_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `sgn` in this array, and returns it."""
    def sign_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `sign` in this array, and returns it."""
    def sin_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `sin` in this array, and returns it."""
    def sinc_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `sinc` in this array, and returns it."""
    def sinh_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `sinh` in this array, and returns it."""
    def square_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `square` in this array, and returns it."""
    def subtract_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `subtract` in this array, and returns it."""
    def tan_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `tan` in this array, and returns it."""
    def tril_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `tril` in this array, and returns it."""
    def triu_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `triu` in this array, and returns it."""
    def true_divide_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `true_divide` in this array, and returns it."""
    def trunc_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `trunc` in this array, and returns it."""
    def xlogy_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `xlogy` in this array, and returns it."""
    def squeeze_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `squeeze` in this array, and returns it."""
    def swapaxes_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `swapaxes` in this array, and returns it."""
    def swapdims_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `swapdims` in this array, and returns it."""
    def t_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `t` in this array, and returns it."""
    def transpose_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `transpose` in this array, and returns it."""
    def unsqueeze_(self, *args: typing.Any, **kwargs: typing.Any) -> Self:
        """Stores the result of `unsqueeze` in this array, and returns it."""

class Parameter(array):
    """An array that a module learns: assigning one to an attribute of an `nn.Module` registers it.

    It may have attributes of the user's own (`weight.no_decay = True`), which copies and pickles have too.

    `data` is anything that `array` takes; its values are taken over, not the array itself.

    Example:
        >>> weight = ingot.nn.Parameter(ingot.zeros((2, 3)))
        >>> weight.requires_grad
        True
    """
    def __new__(cls, data: ArrayLike, requires_grad: bool = True) -> Self: ...

def zeros(
    shape: typing.Any = None,
    *args: typing.Any,
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
    shape: typing.Any = None,
    *args: typing.Any,
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
    shape: typing.Any = None,
    *args: typing.Any,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """An array whose values do not matter (zeros): `empty((2, 3))`.

    Example:
        >>> ingot.empty(2, 3).shape
        (2, 3)
    """

def zeros_like(
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
    memory_format: typing.Any = None,
) -> array:
    """Zeros in the shape and dtype of `x`.

    Example:
        >>> print(ingot.zeros_like(ingot.ones(2)))
        [0. 0.]
    """

def ones_like(
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
    memory_format: typing.Any = None,
) -> array:
    """Ones in the shape and dtype of `x`.

    Example:
        >>> print(ingot.ones_like(ingot.zeros(2)))
        [1. 1.]
    """

def empty_like(
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
    memory_format: typing.Any = None,
) -> array:
    """An array in the shape and dtype of `x` whose values do not matter (zeros).

    Example:
        >>> ingot.empty_like(ingot.ones(2, 3)).shape
        (2, 3)
    """

def full(
    shape: IntOrInts,
    fill_value: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """All elements equal to `fill_value`, a number or an array that is broadcast, of its dtype unless one is
    given.

    Example:
        >>> print(ingot.full((2,), 7.0))
        [7. 7.]
    """

def full_like(
    x: ArrayLike,
    fill_value: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """`fill_value` in the shape and dtype of `x`.

    Example:
        >>> print(ingot.full_like(ingot.zeros(2), 3))
        [3. 3.]
    """

def eye(
    n: int,
    m: int | None = None,
    k: int = 0,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """Ones on the `k`-th diagonal of an (n, m) array of zeros.

    Example:
        >>> print(ingot.eye(2))
        [[1. 0.]
         [0. 1.]]
    """

identity = eye

def arange(
    start: builtins.complex | None = None,
    stop: builtins.complex | None = None,
    step: builtins.complex = 1,
    dtype: DTypeLike | None = None,
    *,
    end: builtins.complex | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """`start, start + step, ...` below `stop`, as Python's range: int32 for ints (int64 if they do not fit),
    float32 for floats.

    Raises ValueError if `step` is 0.

    Example:
        >>> print(ingot.arange(5))
        [0 1 2 3 4]
    """

def linspace(
    start: ArrayLike,
    stop: ArrayLike | None = None,
    num: int | None = None,
    endpoint: bool = True,
    dtype: DTypeLike | None = None,
    *,
    steps: int | None = None,
    end: ArrayLike | None = None,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
) -> array:
    """`num` (50) evenly spaced values from `start` to `stop` (inclusive unless `endpoint=False`); integers are
    rounded down. Complex bounds give complex64 unless a dtype is given. Arrays as bounds are broadcast, and the
    values lie along a new first axis; gradients flow to them.

    Example:
        >>> print(ingot.linspace(0, 1, 5))
        [0.   0.25 0.5  0.75 1.  ]
    """

def logspace(
    start: builtins.complex,
    stop: builtins.complex,
    num: int = 50,
    endpoint: bool = True,
    base: float = 10.0,
    dtype: DTypeLike | None = None,
    *,
    steps: int | None = None,
) -> array:
    """`base` to the power of `num` evenly spaced exponents.

    Example:
        >>> print(ingot.logspace(0, 2, 3))
        [  1.  10. 100.]
    """

def geomspace(
    start: builtins.complex,
    stop: builtins.complex,
    num: int = 50,
    endpoint: bool = True,
    dtype: DTypeLike | None = None,
) -> array:
    """`num` values from `start` to `stop`, each a constant multiple of the one before.

    Raises ValueError if a bound is 0 or their signs differ.

    Example:
        >>> print(ingot.geomspace(1, 8, 4))
        [1. 2. 4. 8.]
    """

def hann_window(window_length: int, periodic: bool = True, *, dtype: DTypeLike | None = None) -> array:
    """The window `hanning`, without its last value if `periodic`.

    Example:
        >>> ingot.hann_window(4).shape
        (4,)
    """

def hanning(M: int) -> array:
    """The hanning window of M values, both ends included.

    Example:
        >>> ingot.hanning(4).shape
        (4,)
    """

def hamming_window(window_length: int, periodic: bool = True, *, dtype: DTypeLike | None = None) -> array:
    """The window `hamming`, without its last value if `periodic`.

    Example:
        >>> ingot.hamming_window(4).shape
        (4,)
    """

def hamming(M: int) -> array:
    """The hamming window of M values, both ends included.

    Example:
        >>> ingot.hamming(4).shape
        (4,)
    """

def blackman_window(window_length: int, periodic: bool = True, *, dtype: DTypeLike | None = None) -> array:
    """The window `blackman`, without its last value if `periodic`.

    Example:
        >>> ingot.blackman_window(4).shape
        (4,)
    """

def blackman(M: int) -> array:
    """The blackman window of M values, both ends included.

    Example:
        >>> ingot.blackman(4).shape
        (4,)
    """

def bartlett_window(window_length: int, periodic: bool = True, *, dtype: DTypeLike | None = None) -> array:
    """The window `bartlett`, without its last value if `periodic`.

    Example:
        >>> ingot.bartlett_window(4).shape
        (4,)
    """

def bartlett(M: int) -> array:
    """The bartlett window of M values, both ends included.

    Example:
        >>> ingot.bartlett(4).shape
        (4,)
    """

def kaiser_window(
    window_length: int, periodic: bool = True, beta: float = 12.0, *, dtype: DTypeLike | None = None
) -> array:
    """The window `kaiser`, without its last value if `periodic`.

    Example:
        >>> ingot.kaiser_window(4).shape
        (4,)
    """

def kaiser(M: int, beta: float) -> array:
    """The Kaiser window of M values, both ends included.

    Example:
        >>> ingot.kaiser(4, 8.6).shape
        (4,)
    """

def fromfunction(
    function: collections.abc.Callable[..., typing.Any], shape: IntOrInts, dtype: DTypeLike = ...
) -> array:
    """What `function` makes of the coordinates of a grid, one array for each axis.

    Example:
        >>> print(ingot.fromfunction(lambda i, j: i + j, (2, 2)))
        [[0. 1.]
         [1. 2.]]
    """

def fromiter(iterable: collections.abc.Iterable[typing.Any], dtype: DTypeLike | None = None, count: int = -1) -> array:
    """A vector of what an iterable gives, of the first `count` unless that is negative.

    Example:
        >>> print(ingot.fromiter(range(3)))
        [0 1 2]
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

def floor_divide(x: ArrayLike, y: ArrayLike) -> array:
    """`np.floor_divide(x, y)` of each element, as NumPy writes it.

    Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets. No
    gradient flows through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.floor_divide(x, 2.0)
    """

def fmod(x: ArrayLike, y: ArrayLike) -> array:
    """`np.fmod(x, y)` of each element, as NumPy writes it.

    Takes integers and floats. Operands broadcast; a Python number takes the dtype of the array it meets.
    Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.fmod(x, 2.0)
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

def cbrt(x: ArrayLike) -> array:
    """`np.cbrt(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.cbrt(x)
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

def logb(x: ArrayLike) -> array:
    """`np.frexp(x)[1] - 1.0` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.logb(x)
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

def erfc(x: ArrayLike) -> array:
    """`special.erfc(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.erfc(x)
    """

def erfcx(x: ArrayLike) -> array:
    """`special.erfcx(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.erfcx(x)
    """

def erfinv(x: ArrayLike) -> array:
    """`special.erfinv(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.erfinv(x)
    """

def gamma(x: ArrayLike) -> array:
    """`special.gamma(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.gamma(x)
    """

def lgamma(x: ArrayLike) -> array:
    """`special.gammaln(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.lgamma(x)
    """

def digamma(x: ArrayLike) -> array:
    """`special.digamma(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.digamma(x)
    """

def gammainc(x: ArrayLike, y: ArrayLike) -> array:
    """`special.gammainc(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.gammainc(x, 2.0)
    """

def gammaincc(x: ArrayLike, y: ArrayLike) -> array:
    """`special.gammaincc(x, y)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Operands broadcast; a Python number takes the dtype of the
    array it meets. Differentiable.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.gammaincc(x, 2.0)
    """

def i0(x: ArrayLike) -> array:
    """`special.i0(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.i0(x)
    """

def i0e(x: ArrayLike) -> array:
    """`special.i0e(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.i0e(x)
    """

def i1(x: ArrayLike) -> array:
    """`special.i1(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.i1(x)
    """

def i1e(x: ArrayLike) -> array:
    """`special.i1e(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.i1e(x)
    """

def sinc(x: ArrayLike) -> array:
    """`np.sinc(x)` of each element, as NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.sinc(x)
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

def gelu_slope(x: ArrayLike) -> array:
    """`0.5 * special.erfc(-x / np.sqrt(2)) + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)` of each element, as
    NumPy writes it.

    Takes floats; bool and integers become float32. Differentiable.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.gelu_slope(x)
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

def signbit(x: ArrayLike) -> array:
    """`np.signbit(x)` of each element, as NumPy writes it.

    Takes any dtype but complex and gives bool. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([0.25, 0.5])
        >>> y = ingot.signbit(x)
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

def bitwise_count(x: ArrayLike) -> array:
    """`np.bitwise_count(x)` of each element, as NumPy writes it.

    Takes integers. No gradient flows through it.

    Raises TypeError for other dtypes.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.bitwise_count(x)
    """

def gcd(x: ArrayLike, y: ArrayLike) -> array:
    """`np.gcd(x, y)` of each element, as NumPy writes it.

    Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
    through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.gcd(x, 1)
    """

def lcm(x: ArrayLike, y: ArrayLike) -> array:
    """`np.lcm(x, y)` of each element, as NumPy writes it.

    Takes integers. Operands broadcast; a Python number takes the dtype of the array it meets. No gradient flows
    through it.

    Raises TypeError for other dtypes, ShapeError for shapes that do not broadcast.

    Example:
        >>> x = ingot.array([1, 2])
        >>> y = ingot.lcm(x, 1)
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

def add(x: ArrayLike, y: ArrayLike, *, alpha: builtins.complex | None = None) -> array:
    """`x + y`, or `x + alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets.

    Example:
        >>> print(ingot.add(ingot.array([1.0, 2.0]), 1))
        [2. 3.]
    """

def subtract(x: ArrayLike, y: ArrayLike, *, alpha: builtins.complex | None = None) -> array:
    """`x - y`, or `x - alpha * y`. Operands broadcast; a Python number takes the dtype of the array it meets.
    Raises TypeError for bool.

    Example:
        >>> print(ingot.subtract(ingot.array([1.0, 2.0]), 1))
        [0. 1.]
    """

def divide(x: ArrayLike, y: ArrayLike, *, rounding_mode: str | None = None) -> array:
    """`x / y`; bool and integers become float32. `rounding_mode` 'floor' rounds down, as `floor_divide`, 'trunc'
    towards 0; then integers stay integers.

    Example:
        >>> print(ingot.divide(ingot.array([3.0, -3.0]), 2, rounding_mode='trunc'))
        [ 1. -1.]
    """

def round(x: ArrayLike, decimals: int = 0) -> array:
    """Rounded to `decimals` places behind the point, or before it if negative; halves go to even. Complex numbers
    are rounded by their parts.

    Example:
        >>> print(ingot.round(ingot.array([0.5, 1.26]), decimals=1))
        [0.5 1.3]
    """

def rint(x: ArrayLike, decimals: int = 0) -> array:
    """Rounded to `decimals` places behind the point, or before it if negative; halves go to even. Complex numbers
    are rounded by their parts.

    Example:
        >>> print(ingot.round(ingot.array([0.5, 1.26]), decimals=1))
        [0.5 1.3]
    """

def positive(x: ArrayLike) -> array:
    """`x` itself. Raises TypeError for bool.

    Example:
        >>> y = ingot.positive(ingot.array([0.25, 0.5]))
    """

def fmax(x: ArrayLike, y: ArrayLike) -> array:
    """The greater of two; where one is NaN, the other. Raises TypeError for complex numbers.

    Example:
        >>> print(ingot.fmax(ingot.array([1.0, ingot.nan]), 0.5))
        [1.  0.5]
    """

def fmin(x: ArrayLike, y: ArrayLike) -> array:
    """The smaller of two; where one is NaN, the other. Raises TypeError for complex numbers.

    Example:
        >>> print(ingot.fmin(ingot.array([1.0, ingot.nan]), 0.5))
        [0.5 0.5]
    """

def float_power(x: ArrayLike, y: ArrayLike) -> array:
    """`x` to the power of `y` in float64, or complex128 for complex operands.

    Example:
        >>> ingot.float_power(ingot.array([2, 3]), -1).dtype == ingot.float64
        True
    """

def ldexp(x: ArrayLike, y: ArrayLike) -> array:
    """`x 2^y`, exact as long as it is a normal number.

    Example:
        >>> print(ingot.ldexp(ingot.array([1.0, 3.0]), 2))
        [ 4. 12.]
    """

def frexp(x: ArrayLike) -> tuple[array, array]:
    """Mantissas in [0.5, 1), with the sign of x, and int32 exponents: `x = mantissa * 2**exponent`.

    Example:
        >>> mantissa, exponent = ingot.frexp(ingot.array([4.0, 0.75]))
        >>> print(mantissa, exponent)
        [0.5  0.75] [3 0]
    """

def nextafter(x: ArrayLike, y: ArrayLike) -> array:
    """The number next to `x` in the direction of `y`, in the dtype both promote to. No gradient flows through it.
    Raises TypeError for complex numbers.

    Example:
        >>> y = ingot.nextafter(ingot.array([0.25, 0.5]), 0.5)
    """

def lerp(start: ArrayLike, end: ArrayLike, weight: ArrayLike) -> array:
    """`start + weight * (end - start)`; exactly `end` for weight 1.

    Example:
        >>> print(ingot.lerp(ingot.array([0.0, 2.0]), 4.0, 0.25))
        [1.  2.5]
    """

def addcmul(x: ArrayLike, tensor1: ArrayLike, tensor2: ArrayLike, *, value: builtins.complex = 1) -> array:
    """`x + value * tensor1 * tensor2`.

    Example:
        >>> x = ingot.array([1.0, 2.0])
        >>> print(ingot.addcmul(x, x, x, value=0.5))
        [1.5 4. ]
    """

def addcdiv(x: ArrayLike, tensor1: ArrayLike, tensor2: ArrayLike, *, value: builtins.complex = 1) -> array:
    """`x + value * tensor1 / tensor2`.

    Example:
        >>> x = ingot.array([1.0, 2.0])
        >>> print(ingot.addcdiv(x, x, x, value=0.5))
        [1.5 2.5]
    """

def deg2rad(x: ArrayLike) -> array:
    """Degrees as radians.

    Example:
        >>> y = ingot.deg2rad(ingot.array([0.25, 0.5]))
    """

def radians(x: ArrayLike) -> array:
    """Degrees as radians.

    Example:
        >>> y = ingot.radians(ingot.array([0.25, 0.5]))
    """

def rad2deg(x: ArrayLike) -> array:
    """Radians as degrees.

    Example:
        >>> y = ingot.rad2deg(ingot.array([0.25, 0.5]))
    """

def degrees(x: ArrayLike) -> array:
    """Radians as degrees.

    Example:
        >>> y = ingot.degrees(ingot.array([0.25, 0.5]))
    """

def logaddexp2(x: ArrayLike, y: ArrayLike) -> array:
    """`log2(2**x + 2**y)`.

    Example:
        >>> ingot.logaddexp2(ingot.array(1.0), 1.0).item()
        2.0
    """

def xlogy(x: ArrayLike, y: ArrayLike) -> array:
    """`x log(y)`, and 0 where x is 0 and y is not NaN.

    Example:
        >>> ingot.xlogy(ingot.array(0.0), 0.0).item()
        0.0
    """

def xlog1py(x: ArrayLike, y: ArrayLike) -> array:
    """`x log1p(y)`, and 0 where x is 0 and y is not NaN.

    Example:
        >>> y = ingot.xlog1py(ingot.array([0.25, 0.5]), 0.5)
    """

def logit(x: ArrayLike, eps: float | None = None) -> array:
    """`log(x / (1 - x))`, of `x` moved into `[eps, 1 - eps]` if `eps` is given.

    Example:
        >>> ingot.logit(ingot.array(0.5)).item()
        0.0
    """

def betaln(x: ArrayLike, y: ArrayLike) -> array:
    """The logarithm of `beta(x, y)`, for positive arguments.

    Example:
        >>> y = ingot.betaln(ingot.array([0.25, 0.5]), 0.5)
    """

def beta(x: ArrayLike, y: ArrayLike) -> array:
    """`gamma(x) gamma(y) / gamma(x + y)`, for positive arguments.

    Example:
        >>> y = ingot.beta(ingot.array([0.25, 0.5]), 0.5)
    """

def polygamma(n: ArrayLike, x: ArrayLike) -> array:
    """The n-th derivative of `digamma` at `x`, for whole `n` from 0. No gradient flows to `n`.

    Example:
        >>> round(ingot.polygamma(1, ingot.array(1.0)).item(), 4)
        1.6449
    """

def isposinf(x: ArrayLike) -> array:
    """True at positive infinities. Raises TypeError for complex numbers.

    Example:
        >>> y = ingot.isposinf(ingot.array([0.25, 0.5]))
    """

def isneginf(x: ArrayLike) -> array:
    """True at negative infinities. Raises TypeError for complex numbers.

    Example:
        >>> y = ingot.isneginf(ingot.array([0.25, 0.5]))
    """

def isreal(x: ArrayLike) -> array:
    """True where there is no imaginary part.

    Example:
        >>> y = ingot.isreal(ingot.array([0.25, 0.5]))
    """

def nan_to_num(x: ArrayLike, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None) -> array:
    """`x` with other numbers in the place of NaN and infinities: by default 0 and the largest finite numbers of
    its dtype. Complex numbers by their parts.

    Example:
        >>> print(ingot.nan_to_num(ingot.array([1.0, ingot.nan, ingot.inf]), posinf=9.0))
        [1. 0. 9.]
    """

def heaviside(x: ArrayLike, values: ArrayLike) -> array:
    """0 for negative numbers, 1 for positive ones, `values` at 0.

    Example:
        >>> print(ingot.heaviside(ingot.array([-2.0, 0.0, 2.0]), 0.5))
        [0.  0.5 1. ]
    """

def isclose(x: ArrayLike, y: ArrayLike, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> array:
    """`|x - y| <= atol + rtol * |y|`, or equal infinities; NaN are close to each other if `equal_nan`.

    Example:
        >>> ingot.isclose(ingot.array([1.0, 2.0]), ingot.array([1.0, 2.1])).tolist()
        [True, False]
    """

def allclose(x: ArrayLike, y: ArrayLike, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> array:
    """Whether all elements are close, see `isclose`: a 0-d bool array.

    Example:
        >>> bool(ingot.allclose(ingot.array([1.0]), ingot.array([1.0 + 1e-7])))
        True
    """

def array_equal(x: ArrayLike, y: ArrayLike, equal_nan: bool = False) -> array:
    """Whether shapes and all elements are equal: a 0-d bool array.

    Example:
        >>> bool(ingot.array_equal(ingot.array([1, 2]), ingot.array([1, 2])))
        True
    """

def complex(real: ArrayLike, imag: ArrayLike) -> array:
    """Complex numbers of two real arrays; bool and integers become float32.

    Example:
        >>> ingot.complex(ingot.array([1.0]), ingot.array([2.0])).tolist()
        [(1+2j)]
    """

def angle(x: ArrayLike) -> array:
    """The angle in (-pi, pi]; of a real number 0 or pi.

    Example:
        >>> y = ingot.angle(ingot.array([0.25, 0.5]))
    """

def polar(abs: ArrayLike, angle: ArrayLike) -> array:
    """`abs * (cos(angle) + 1j * sin(angle))`.

    Example:
        >>> ingot.polar(ingot.array([2.0]), ingot.array([0.0])).tolist()
        [(2+0j)]
    """

def view_as_real(x: ArrayLike) -> array:
    """Complex (...) to real (..., 2), in the same memory. Raises TypeError for other dtypes.

    Example:
        >>> ingot.view_as_real(ingot.array([1 + 2j])).tolist()
        [[1.0, 2.0]]
    """

def view_as_complex(x: ArrayLike) -> array:
    """Real (..., 2) to complex (...), in the same memory where pairs are dense. Raises TypeError for other dtypes,
    ShapeError for another last axis.

    Example:
        >>> ingot.view_as_complex(ingot.array([[1.0, 2.0]])).tolist()
        [(1+2j)]
    """

def relu6(x: ArrayLike) -> array:
    """`x`, moved into [0, 6].

    Example:
        >>> y = ingot.relu6(ingot.array([-1.0, 2.0]))
    """

def leaky_relu(x: ArrayLike, negative_slope: float = 0.01) -> array:
    """`x`, times `negative_slope` where negative.

    Example:
        >>> y = ingot.leaky_relu(ingot.array([-1.0, 2.0]))
    """

def elu(x: ArrayLike, alpha: float = 1.0) -> array:
    """`x`, and `alpha * (exp(x) - 1)` where negative.

    Example:
        >>> y = ingot.elu(ingot.array([-1.0, 2.0]))
    """

def selu(x: ArrayLike) -> array:
    """`elu`, scaled so that mean 0 and variance 1 are a fixed point (Klambauer et al., 2017).

    Example:
        >>> y = ingot.selu(ingot.array([-1.0, 2.0]))
    """

def celu(x: ArrayLike, alpha: float = 1.0) -> array:
    """`x`, and `alpha * (exp(x / alpha) - 1)` where negative.

    Example:
        >>> y = ingot.celu(ingot.array([-1.0, 2.0]))
    """

def gelu(x: ArrayLike, approximate: str = "none") -> array:
    """`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh.

    Example:
        >>> round(ingot.gelu(ingot.array(1.0)).item(), 4)
        0.8413
    """

def mish(x: ArrayLike) -> array:
    """`x * tanh(softplus(x))`.

    Example:
        >>> y = ingot.mish(ingot.array([-1.0, 2.0]))
    """

def softplus(x: ArrayLike, beta: float = 1.0, threshold: float = 20.0) -> array:
    """`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x > threshold`.

    Example:
        >>> round(ingot.softplus(ingot.array(0.0)).item(), 4)
        0.6931
    """

def log_sigmoid(x: ArrayLike) -> array:
    """`log(sigmoid(x))`.

    Example:
        >>> y = ingot.log_sigmoid(ingot.array([-1.0, 2.0]))
    """

def logsigmoid(x: ArrayLike) -> array:
    """`log(sigmoid(x))`.

    Example:
        >>> y = ingot.logsigmoid(ingot.array([-1.0, 2.0]))
    """

def hardswish(x: ArrayLike) -> array:
    """`x / 6`, times x + 3 moved into [0, 6].

    Example:
        >>> y = ingot.hardswish(ingot.array([-1.0, 2.0]))
    """

def hardsigmoid(x: ArrayLike) -> array:
    """`x / 6 + 1 / 2`, moved into [0, 1].

    Example:
        >>> y = ingot.hardsigmoid(ingot.array([-1.0, 2.0]))
    """

def hardtanh(x: ArrayLike, min_val: float = -1.0, max_val: float = 1.0) -> array:
    """`x`, moved into `[min_val, max_val]`; no gradient at the bounds.

    Example:
        >>> y = ingot.hardtanh(ingot.array([-1.0, 2.0]))
    """

def hardshrink(x: ArrayLike, lambd: float = 0.5) -> array:
    """`x`, and 0 where `abs(x) <= lambd`.

    Example:
        >>> y = ingot.hardshrink(ingot.array([-1.0, 2.0]))
    """

def softshrink(x: ArrayLike, lambd: float = 0.5) -> array:
    """`x`, moved towards 0 by `lambd`.

    Example:
        >>> y = ingot.softshrink(ingot.array([-1.0, 2.0]))
    """

def tanhshrink(x: ArrayLike) -> array:
    """`x - tanh(x)`.

    Example:
        >>> y = ingot.tanhshrink(ingot.array([-1.0, 2.0]))
    """

def threshold(x: ArrayLike, threshold: float, value: float) -> array:
    """`x`, and `value` where `x <= threshold`.

    Example:
        >>> print(ingot.threshold(ingot.array([1.0, 3.0]), 2, 9))
        [9. 3.]
    """

def step(x: ArrayLike, threshold: float = 0.0) -> array:
    """1 where `x > threshold`, else 0, in the dtype of x.

    Example:
        >>> y = ingot.step(ingot.array([-1.0, 2.0]))
    """

def prelu(x: ArrayLike, weight: ArrayLike) -> array:
    """`x`, times `weight` where negative: one weight, or one for each channel (axis 1).

    Raises ValueError for other shapes of `weight`.

    Example:
        >>> print(ingot.prelu(ingot.array([-1.0, 3.0]), ingot.array([0.5])))
        [-0.5  3. ]
    """

def rrelu(x: ArrayLike, lower: float = 0.125, upper: float = 0.3333333333333333, training: bool = False) -> array:
    """`x`, where negative times a slope: while training one drawn from [lower, upper) for each element, else their
    mean.

    Example:
        >>> y = ingot.rrelu(ingot.array([-1.0, 2.0]))
    """

def glu(x: ArrayLike, axis: int | None = None, *, dim: int | None = None) -> array:
    """The first half along an axis (the last by default) times the sigmoid of the second.

    Example:
        >>> ingot.glu(ingot.array([3.0, 0.0])).item()
        1.5
    """

def softmin(x: ArrayLike, axis: int | None = None, *, dim: int | None = None) -> array:
    """`softmax(-x)` along one axis (the last by default).

    Example:
        >>> print(ingot.softmin(ingot.zeros(2)))
        [0.5 0.5]
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

sgn = sign

gammaln = lgamma

psi = digamma

popcount = bitwise_count

expit = sigmoid

swish = silu

fabs = abs

fix = trunc

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

eq = equal

ne = not_equal

lt = less

le = less_equal

gt = greater

ge = greater_equal

@typing.overload
def where(condition: ArrayLike, x: ArrayLike, y: ArrayLike) -> array:
    """Elements of `x` where `condition` is true, of `y` elsewhere. All three broadcast; Python numbers take the
    dtype of the array they meet. Of a condition alone: where it is true, as `nonzero`.

    Example:
        >>> x = ingot.array([-1.0, 2.0])
        >>> print(ingot.where(x > 0, x, 0.0))
        [0. 2.]
    """

@typing.overload
def where(condition: ArrayLike) -> tuple[array, ...]: ...
def astype(x: typing.Any, dtype: DTypeLike, *, copy: bool = True, device: DeviceLike | None = None) -> array:
    """`x` in another dtype; `x` itself with `copy=False` if it has that dtype. Complex to real keeps the real
    part, with a warning; the gradient is cast back.

    Example:
        >>> ingot.astype(ingot.array([1.5, -2.5]), ingot.int32).tolist()
        [1, -2]
    """

def clip(x: ArrayLike, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
    """Each element, moved into `[min, max]`; None is no bound. Keeps the dtype of `x` unless a bound is of a
    higher kind (a float for an integer `x`). NaN, also in a bound, gives NaN; at a bound the gradient goes to
    `x`.

    Example:
        >>> print(ingot.clip(ingot.array([-1.0, 0.5, 2.0]), 0, 1))
        [0.  0.5 1. ]
    """

def clamp(x: ArrayLike, min: ArrayLike | None = None, max: ArrayLike | None = None) -> array:
    """Each element, moved into `[min, max]`; None is no bound. Keeps the dtype of `x` unless a bound is of a
    higher kind (a float for an integer `x`). NaN, also in a bound, gives NaN; at a bound the gradient goes to
    `x`.

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
    out: typing.Any = None,
    where: ArrayLike | None = None,
    initial: ArrayLike | None = None,
) -> array:
    """Sum over `axis` (an int, several, or None for all). bool and integers of up to 32 bits give int32 (uint32
    for unsigned ones; int64 under PyTorch's conventions), others their own dtype. In a given `dtype` integers
    wrap around. NumPy's `where` says which elements count, `initial` what they are added to.

    Raises IndexError for an axis that is not there, and OverflowError when evaluated if a sum does not fit into
    32 bits: pass `dtype=int64`.

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
    out: typing.Any = None,
    where: ArrayLike | None = None,
    initial: ArrayLike | None = None,
) -> array:
    """Product over `axis`, in the dtypes of `sum`. NumPy's `where` says which elements count, `initial` what they
    multiply.

    Raises OverflowError as `sum` does, but at the call.

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
    out: typing.Any = None,
    where: ArrayLike | None = None,
    initial: ArrayLike | None = None,
) -> array:
    """Mean over `axis` (of the elements where NumPy's `where` is true); integers give float32. The mean of nothing
    is NaN.

    Example:
        >>> print(ingot.mean(ingot.array([1.0, 2.0])))
        1.5
    """

def max(
    x: ArrayLike,
    dim: typing.Any = None,
    keepdim: bool = False,
    *,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    out: typing.Any = None,
    where: ArrayLike | None = None,
    initial: ArrayLike | None = None,
) -> typing.Any:
    """Largest element of all or over `axis`; NaN if there is one. Where several are equal they share the gradient
    evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the first of
    equals counts; of two arrays the larger elements, as `maximum`. NumPy's `initial` takes part, with `where`
    in the place of the elements left out.

    Raises ValueError for an empty axis.

    Example:
        >>> x = ingot.array([[1.0, 3.0, 2.0]])
        >>> print(ingot.max(x, axis=1))
        [3.]
        >>> print(x.max(1).indices)
        [1]
    """

def min(
    x: ArrayLike,
    dim: typing.Any = None,
    keepdim: bool = False,
    *,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    out: typing.Any = None,
    where: ArrayLike | None = None,
    initial: ArrayLike | None = None,
) -> typing.Any:
    """Smallest element of all or over `axis`; NaN if there is one. Where several are equal they share the gradient
    evenly. Along PyTorch's `dim`, also given by position, a tuple (values, indices), of which the first of
    equals counts; of two arrays the smaller elements, as `minimum`. NumPy's `initial` takes part, with `where`
    in the place of the elements left out.

    Raises ValueError for an empty axis.

    Example:
        >>> x = ingot.array([[1.0, 3.0, 2.0]])
        >>> print(ingot.min(x, axis=1))
        [1.]
        >>> print(x.min(1).indices)
        [0]
    """

def amax(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    out: typing.Any = None,
) -> array:
    """Largest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.amax(ingot.array([1.0, 3.0, 2.0])))
        3.0
    """

def amin(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    out: typing.Any = None,
) -> array:
    """Smallest element over `axis`; NaN if there is one. Where several are equal they share the gradient evenly.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.amin(ingot.array([1.0, 3.0, 2.0])))
        1.0
    """

def all(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    out: typing.Any = None,
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
    out: typing.Any = None,
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
    dtype: DTypeLike | None = None,
    out: typing.Any = None,
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
    dtype: DTypeLike | None = None,
    out: typing.Any = None,
) -> array:
    """Standard deviation over `axis`: the root of `var`.

    Example:
        >>> print(ingot.std(ingot.array([1.0, 3.0])))
        1.0
    """

def argmax(
    x: ArrayLike,
    axis: int | None = None,
    keepdims: bool = False,
    *,
    dim: int | None = None,
    keepdim: bool = False,
    out: typing.Any = None,
) -> array:
    """Index (int32) of the first largest element along `axis`, or in the flattened array. NaN counts as largest.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.argmax(ingot.array([1.0, 3.0, 2.0])))
        1
    """

def argmin(
    x: ArrayLike,
    axis: int | None = None,
    keepdims: bool = False,
    *,
    dim: int | None = None,
    keepdim: bool = False,
    out: typing.Any = None,
) -> array:
    """Index (int32) of the first smallest element along `axis`, or in the flattened array. NaN counts as smallest.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.argmin(ingot.array([3.0, 1.0, 2.0])))
        1
    """

def reshape(x: ArrayLike, shape: IntOrInts, *, copy: bool | None = None) -> array:
    """The same elements in row-major order under another shape; one length may be -1. A view where it can be one,
    unless `copy=True`.

    Raises ShapeError if the counts differ, and with `copy=False`, which evaluates `x`, ValueError if it takes a
    copy.

    Example:
        >>> ingot.reshape(ingot.arange(6), (2, -1)).shape
        (2, 3)
    """

def view(x: ArrayLike, dtype: DTypeLike) -> array:
    """The same bytes as elements of another dtype: a view where the last axis is dense or elements are as large,
    else a copy. The last axis becomes longer or shorter with the size of elements. Gradients flow between
    complex and real numbers of one precision.

    Raises TypeError for bool, ShapeError if the last axis is no whole number of elements.

    Example:
        >>> print(ingot.view(ingot.array([1.0, -2.0]), ingot.int32))
        [ 1065353216 -1073741824]
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
    as in PyTorch, whose scripts (`ingot run --as torch`) swap those of matrices too.

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

def broadcast_to(x: ArrayLike, shape: IntOrInts) -> array:
    """Stretched to a shape by NumPy's rules, without a copy.

    Example:
        >>> ingot.broadcast_to(ingot.ones(3), (2, 3)).shape
        (2, 3)
    """

def broadcast_arrays(*args: typing.Any) -> tuple[typing.Any, ...]:
    """All arrays stretched to their common shape, as a tuple.

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

def contiguous(x: ArrayLike, *, memory_format: typing.Any = None) -> array:
    """The same values, densely packed in row-major order, whatever PyTorch's `memory_format` says.

    Example:
        >>> ingot.contiguous(ingot.ones((2, 3)).T).shape
        (3, 2)
    """

def concatenate(arrays: collections.abc.Sequence[ArrayLike], axis: int | None = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis; with `axis=None` all are flattened first.

    Raises ShapeError unless all other axes agree, ValueError if there is nothing to join.

    Example:
        >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))
        [1. 1. 0.]
    """

def concat(arrays: collections.abc.Sequence[ArrayLike], axis: int | None = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis; with `axis=None` all are flattened first.

    Raises ShapeError unless all other axes agree, ValueError if there is nothing to join.

    Example:
        >>> print(ingot.concatenate([ingot.ones(2), ingot.zeros(1)]))
        [1. 1. 0.]
    """

def cat(arrays: collections.abc.Sequence[ArrayLike], axis: int | None = 0, *, dim: int | None = None) -> array:
    """Arrays joined along an existing axis; with `axis=None` all are flattened first.

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

def chunk(x: ArrayLike, chunks: int, dim: int = 0) -> list[array]:
    """At most `chunks` pieces of equal length along an axis, of which the last may be shorter.

    Example:
        >>> [x.tolist() for x in ingot.chunk(ingot.arange(3), 2)]
        [[0, 1], [2]]
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

def nonzero(x: ArrayLike, *, as_tuple: bool = True) -> tuple[array, ...]:
    """One array of indices per axis, of the elements that are not zero; with `as_tuple=False` one row for each
    such element, as `argwhere` (and PyTorch). Evaluates.

    Example:
        >>> print(ingot.nonzero(ingot.array([0, 5, 7]))[0])
        [1 2]
    """

def take(
    x: ArrayLike, indices: ArrayLike, axis: int | None = None, mode: str = "raise", *, dim: int | None = None
) -> array:
    """Slices at integer `indices` along `axis` (none: of the flattened array). Negative indices count from the
    end. Others beyond the ends raise (`mode='raise'`), wrap around ('wrap'), or mean the end ('clip', where
    negative ones mean the beginning).

    Raises IndexError for an index out of range, when evaluated.

    Example:
        >>> print(ingot.take(ingot.array([10, 20, 30]), [2, 0], axis=0))
        [30 10]
    """

def take_along_axis(x: ArrayLike, indices: ArrayLike, axis: int | None = -1) -> array:
    """The elements that `indices` names along `axis` (None: in the flattened array), at each position of the other
    axes, which broadcast.

    Example:
        >>> x = ingot.array([[3, 1], [2, 4]])
        >>> print(ingot.take_along_axis(x, ingot.array([[1], [0]]), axis=1))
        [[1]
         [2]]
    """

def gather(x: ArrayLike, dim: int, index: ArrayLike) -> array:
    """`out[i][j] = x[index[i][j]][j]` for `dim=0`: as `take_along_axis`, but other axes of `index` may be shorter
    than those of x, and never stretch.

    Example:
        >>> x = ingot.array([[3, 1], [2, 4]])
        >>> print(ingot.gather(x, 1, ingot.array([[1], [0]])))
        [[1]
         [2]]
    """

def index_select(x: ArrayLike, dim: int, index: ArrayLike) -> array:
    """Slices along the axis `dim` at a vector of indices.

    Example:
        >>> print(ingot.index_select(ingot.eye(2), 0, ingot.array([1])))
        [[0. 1.]]
    """

def masked_select(x: ArrayLike, mask: ArrayLike) -> array:
    """The elements where `mask` is true, in row-major order; both broadcast. Evaluates the mask.

    Example:
        >>> print(ingot.masked_select(ingot.arange(3), ingot.array([True, False, True])))
        [0 2]
    """

def compress(condition: ArrayLike, x: ArrayLike, axis: int | None = None) -> array:
    """Slices along `axis` (None: of the flattened array) at which `condition` is true. Evaluates it.

    Example:
        >>> print(ingot.compress([False, True], [[1, 2], [3, 4]], axis=0))
        [[3 4]]
    """

def extract(condition: ArrayLike, x: ArrayLike) -> array:
    """The elements of the flattened array at which `condition` is true. Evaluates it.

    Example:
        >>> print(ingot.extract(ingot.arange(4) > 1, ingot.arange(4)))
        [2 3]
    """

def choose(a: ArrayLike, choices: collections.abc.Sequence[ArrayLike], mode: str = "raise") -> array:
    """At each place the element of `choices[a]`; all broadcast. `mode` as in `take`.

    Example:
        >>> print(ingot.choose([1, 0], [[10, 20], [30, 40]]))
        [30 20]
    """

def one_hot(x: ArrayLike, num_classes: int = -1, dtype: DTypeLike = ...) -> array:
    """1 at the place along a new last axis that each integer of x names, 0 elsewhere. Without `num_classes`: as
    many as the largest integer says, for which x is evaluated.

    Raises IndexError when evaluated for an integer out of range.

    Example:
        >>> print(ingot.one_hot([0, 2], 3))
        [[1 0 0]
         [0 0 1]]
    """

def put_along_axis(x: array, indices: ArrayLike, values: typing.Any, axis: int = -1) -> array:
    """A copy of x with `values` at the places that `indices` names along `axis`.

    Example:
        >>> print(ingot.put_along_axis(ingot.zeros((2, 2)), ingot.array([[1], [0]]), 5.0, axis=1))
        [[0. 5.]
         [5. 0.]]
    """

def scatter(
    x: array,
    dim: int,
    index: ArrayLike,
    src: typing.Any | None = None,
    *,
    value: typing.Any | None = None,
    reduce: str | None = None,
) -> array:
    """A copy of x with `src` written to the places that `index` names along `dim`: `out[index[i][j]][j] =
    src[i][j]` for `dim=0`. `src` may be a number, or longer than `index`. Of repeated places the last one wins,
    or all add up (`reduce='add'`) or multiply ('multiply').

    Raises ShapeError if shapes do not fit; IndexError for an index out of range, when evaluated.

    Example:
        >>> print(ingot.scatter(ingot.zeros(3), 0, ingot.array([2, 0]), ingot.array([1.0, 5.0])))
        [5. 0. 1.]
    """

def scatter_add(x: array, dim: int, index: ArrayLike, src: typing.Any) -> array:
    """A copy of x with `src` added at the places that `index` names along `dim`; see `scatter`.

    Example:
        >>> print(ingot.scatter_add(ingot.zeros(2), 0, ingot.array([1, 1]), ingot.ones(2)))
        [0. 2.]
    """

def scatter_reduce(
    x: array, dim: int, index: ArrayLike, src: typing.Any, reduce: str, *, include_self: bool = True
) -> array:
    """A copy of x in which elements of `src` and those of x that `index` names along `dim` are one: their 'sum',
    'prod', 'mean', 'amin' or 'amax'. Without `include_self` the elements of x do not take part. Equal extremes
    share the gradient evenly.

    Example:
        >>> print(ingot.scatter_reduce(ingot.ones(2), 0, ingot.array([0, 0]), ingot.array([3.0, 2.0]), 'amax'))
        [3. 1.]
    """

def index_add(
    x: array,
    *args: typing.Any,
    alpha: builtins.complex = 1,
    dim: int | None = None,
    index: typing.Any | None = None,
    source: typing.Any | None = None,
    value: typing.Any | None = None,
) -> array:
    """`index_add(x, index, value)`: a copy of x with `value` added at `x[index]`. `index_add(x, dim, index,
    source)`: with slices of `alpha * source` added at a vector of indices along `dim`. Repeated indices add up.

    Example:
        >>> print(ingot.index_add(ingot.zeros(3), [0, 0, 2], 1.0))
        [2. 0. 1.]
    """

def index_copy(x: array, dim: int, index: ArrayLike, source: ArrayLike) -> array:
    """A copy of x with slices of `source` at a vector of indices along `dim`.

    Example:
        >>> print(ingot.index_copy(ingot.zeros(3), 0, ingot.array([2]), ingot.ones(1)))
        [0. 0. 1.]
    """

def index_fill(x: array, dim: int, index: ArrayLike, value: typing.Any) -> array:
    """A copy of x with `value` in the slices at a vector of indices along `dim`.

    Example:
        >>> print(ingot.index_fill(ingot.zeros(3), 0, ingot.array([0, 2]), 4.0))
        [4. 0. 4.]
    """

def index_reduce(
    x: array, dim: int, index: ArrayLike, source: ArrayLike, reduce: str, *, include_self: bool = True
) -> array:
    """A copy of x in which slices of `source` and those of x at a vector of indices along `dim` are one; `reduce`
    as in `scatter_reduce`.

    Example:
        >>> print(ingot.index_reduce(ingot.ones(2), 0, ingot.array([0]), ingot.array([3.0]), 'prod'))
        [3. 1.]
    """

def index_put(
    x: array, indices: collections.abc.Sequence[ArrayLike], values: typing.Any, accumulate: bool = False
) -> array:
    """A copy of x with `values` at `x[indices]`, a tuple of arrays; with `accumulate` added there.

    Example:
        >>> print(ingot.index_put(ingot.zeros(3), (ingot.array([1, 1]),), ingot.ones(2), True))
        [0. 2. 0.]
    """

def select_scatter(x: array, src: ArrayLike, dim: int, index: int) -> array:
    """A copy of x with `src` as its slice `index` along `dim`.

    Example:
        >>> print(ingot.select_scatter(ingot.zeros((2, 2)), ingot.ones(2), 0, 1))
        [[0. 0.]
         [1. 1.]]
    """

def masked_fill(x: array, mask: ArrayLike, value: typing.Any) -> array:
    """A copy of x with `value` where `mask` is true; both broadcast.

    Example:
        >>> print(ingot.masked_fill(ingot.zeros(2), ingot.array([True, False]), 7.0))
        [7. 0.]
    """

def masked_scatter(x: array, mask: ArrayLike, source: ArrayLike) -> array:
    """A copy of x with elements of `source`, one after another, where `mask` is true. Evaluates the mask.

    Raises ShapeError if `source` has too few.

    Example:
        >>> print(ingot.masked_scatter(ingot.zeros(2), ingot.array([False, True]), ingot.ones(2)))
        [0. 1.]
    """

def segment_sum(data: ArrayLike, segment_ids: ArrayLike, num_segments: int | None = None) -> array:
    """Slices of `data` along axis 0 that have the same segment id taken together, as `segment_sum` says. Without
    `num_segments` there are as many as the largest id says, for which ids are evaluated.

    Raises IndexError when evaluated for an id out of range.

    Example:
        >>> ingot.segment_sum(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape
        (2,)
    """

def segment_prod(data: ArrayLike, segment_ids: ArrayLike, num_segments: int | None = None) -> array:
    """Slices of `data` along axis 0 that have the same segment id taken together, as `segment_prod` says. Without
    `num_segments` there are as many as the largest id says, for which ids are evaluated.

    Raises IndexError when evaluated for an id out of range.

    Example:
        >>> ingot.segment_prod(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape
        (2,)
    """

def segment_mean(data: ArrayLike, segment_ids: ArrayLike, num_segments: int | None = None) -> array:
    """Slices of `data` along axis 0 that have the same segment id taken together, as `segment_mean` says. Without
    `num_segments` there are as many as the largest id says, for which ids are evaluated.

    Raises IndexError when evaluated for an id out of range.

    Example:
        >>> ingot.segment_mean(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape
        (2,)
    """

def segment_min(data: ArrayLike, segment_ids: ArrayLike, num_segments: int | None = None) -> array:
    """Slices of `data` along axis 0 that have the same segment id taken together, as `segment_min` says. Without
    `num_segments` there are as many as the largest id says, for which ids are evaluated.

    Raises IndexError when evaluated for an id out of range.

    Example:
        >>> ingot.segment_min(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape
        (2,)
    """

def segment_max(data: ArrayLike, segment_ids: ArrayLike, num_segments: int | None = None) -> array:
    """Slices of `data` along axis 0 that have the same segment id taken together, as `segment_max` says. Without
    `num_segments` there are as many as the largest id says, for which ids are evaluated.

    Raises IndexError when evaluated for an id out of range.

    Example:
        >>> ingot.segment_max(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape
        (2,)
    """

class ArrayPlace:
    """`x.at[index]`: a part of an array, from which updated copies of the whole are made.

    Example:
        >>> print(ingot.zeros(3).at[[0, 0, 2]].add(1.0))
        [2. 0. 1.]
    """
    def get(self) -> array:
        """The part itself, `x[index]`."""
    def set(self, values: typing.Any) -> array:
        """A copy of x with `values` there; of repeated indices the last one wins."""
    def add(self, values: typing.Any) -> array:
        """A copy of x with `values` added; repeated indices add up."""
    def subtract(self, values: typing.Any) -> array:
        """A copy of x with `values` subtracted; repeated indices add up."""
    def multiply(self, values: typing.Any) -> array:
        """A copy of x multiplied there by `values`, by all of a repeated index."""
    def mul(self, values: typing.Any) -> array:
        """A copy of x multiplied there by `values`, by all of a repeated index."""
    def divide(self, values: typing.Any) -> array:
        """A copy of x divided there by `values`, by all of a repeated index."""
    def minimum(self, values: typing.Any) -> array:
        """A copy of x with the smaller of itself and `values` there."""
    def min(self, values: typing.Any) -> array:
        """A copy of x with the smaller of itself and `values` there."""
    def maximum(self, values: typing.Any) -> array:
        """A copy of x with the larger of itself and `values` there."""
    def max(self, values: typing.Any) -> array:
        """A copy of x with the larger of itself and `values` there."""
    def power(self, values: ArrayLike) -> array:
        """A copy of x with its elements there raised to `values`."""
    def apply(self, function: collections.abc.Callable[..., typing.Any]) -> Self:
        """A copy of x with `function(x[index])` there."""

class ArrayAt:
    """`x.at`: index it to say which part of x is to be updated."""
    def __getitem__(self, arg0: typing.Any) -> ArrayPlace: ...

def roll(
    x: ArrayLike,
    shift: IntOrInts | None = None,
    axis: IntOrInts | None = None,
    *,
    shifts: IntOrInts | None = None,
    dims: IntOrInts | None = None,
) -> array:
    """Elements moved on by `shift` (an int, or one for each of the axes), those that fall off come in again at the
    front. Without `axis` the flattened array is rolled.

    Example:
        >>> print(ingot.roll(ingot.arange(4), 1))
        [3 0 1 2]
    """

def rot90(x: ArrayLike, k: int = 1, axes: IntOrInts | None = None, *, dims: IntOrInts | None = None) -> array:
    """Turned by `k` quarters in the plane of two axes (the first two), from the first towards the second.

    Example:
        >>> print(ingot.rot90(ingot.array([[1, 2], [3, 4]])))
        [[2 4]
         [1 3]]
    """

def flip(x: ArrayLike, *args: typing.Any, axis: IntOrInts | None = None, dims: IntOrInts | None = None) -> array:
    """Reversed along the axes, `flip(x, 0, 1)` or `flip(x, (0, 1))`; along all if none is given.

    Example:
        >>> print(ingot.flip(ingot.arange(3)))
        [2 1 0]
    """

def flipud(x: ArrayLike) -> array:
    """Reversed along axis 0.

    Example:
        >>> ingot.flipud(ingot.eye(2)).tolist()
        [[0.0, 1.0], [1.0, 0.0]]
    """

def fliplr(x: ArrayLike) -> array:
    """Reversed along axis 1.

    Example:
        >>> ingot.fliplr(ingot.eye(2)).tolist()
        [[0.0, 1.0], [1.0, 0.0]]
    """

def tile(x: ArrayLike, reps: IntOrInts | None = None, *, dims: IntOrInts | None = None) -> array:
    """Repeated as whole blocks, as often along each axis as the numbers say.

    Example:
        >>> print(ingot.tile(ingot.array([1, 2]), 2))
        [1 2 1 2]
    """

def repeat(x: ArrayLike, repeats: typing.Any, axis: int | None = None) -> array:
    """Each element several times, one beside the other, along `axis` (None: of the flattened array). `repeats` is
    one number, or one for each position. PyTorch's method `x.repeat(2, 3)` repeats whole blocks: see `tile`.

    Example:
        >>> print(ingot.repeat(ingot.array([1, 2]), 2))
        [1 1 2 2]
    """

def repeat_interleave(
    x: ArrayLike,
    repeats: typing.Any,
    dim: int | None = None,
    *,
    axis: int | None = None,
    output_size: int | None = None,
) -> array:
    """PyTorch's name for the function `repeat`: each element several times, one beside the other. With
    `output_size`, how long the axis becomes, an array of repeats is not looked at until the result is, so `jit`
    and `vmap` can record it; a wrong one raises IndexError then.

    Example:
        >>> print(ingot.repeat_interleave(ingot.array([1, 2]), ingot.array([1, 3])))
        [1 2 2 2]
    """

def moveaxis(x: ArrayLike, source: IntOrInts, destination: IntOrInts) -> array:
    """One axis, or several, moved to other places; the rest stay in order.

    Example:
        >>> ingot.moveaxis(ingot.ones((2, 3, 4)), 0, -1).shape
        (3, 4, 2)
    """

def movedim(x: ArrayLike, source: IntOrInts, destination: IntOrInts) -> array:
    """One axis, or several, moved to other places; the rest stay in order.

    Example:
        >>> ingot.moveaxis(ingot.ones((2, 3, 4)), 0, -1).shape
        (3, 4, 2)
    """

def unflatten(x: ArrayLike, dim: int, sizes: IntOrInts) -> array:
    """One axis split into several; one length may be -1.

    Example:
        >>> ingot.unflatten(ingot.ones((2, 6)), 1, (2, -1)).shape
        (2, 2, 3)
    """

def hstack(*args: typing.Any) -> array:
    """Joined along the second axis; vectors along their only one.

    Example:
        >>> print(ingot.hstack([ingot.ones(1), ingot.zeros(1)]))
        [1. 0.]
    """

def vstack(*args: typing.Any) -> array:
    """Joined along the first axis; vectors are rows.

    Example:
        >>> print(ingot.vstack([ingot.ones(2), ingot.zeros(2)]))
        [[1. 1.]
         [0. 0.]]
    """

row_stack = vstack

def dstack(*args: typing.Any) -> array:
    """Joined along the third axis.

    Example:
        >>> ingot.dstack([ingot.ones(2), ingot.zeros(2)]).shape
        (1, 2, 2)
    """

def column_stack(*args: typing.Any) -> array:
    """Vectors as columns, and matrices, side by side.

    Example:
        >>> print(ingot.column_stack([ingot.ones(2), ingot.zeros(2)]))
        [[1. 0.]
         [1. 0.]]
    """

def atleast_1d(*args: typing.Any) -> typing.Any:
    """With at least 1 axis; of several arrays, a tuple.

    Example:
        >>> ingot.atleast_1d(1.0).ndim
        1
    """

def atleast_2d(*args: typing.Any) -> typing.Any:
    """With at least 2 axes; of several arrays, a tuple.

    Example:
        >>> ingot.atleast_2d(1.0).ndim
        2
    """

def atleast_3d(*args: typing.Any) -> typing.Any:
    """With at least 3 axes; of several arrays, a tuple.

    Example:
        >>> ingot.atleast_3d(1.0).ndim
        3
    """

def meshgrid(*args: typing.Any, indexing: str = "xy", sparse: bool = False) -> tuple[typing.Any, ...]:
    """Coordinates of the grid that vectors span: a tuple of one array for each, all of the grid's shape. With
    `indexing='ij'` the first vector runs along axis 0 and the second along axis 1; with 'xy', the default as in
    NumPy, MLX and the Array API (PyTorch's is 'ij'), the other way round. `sparse` ones are not stretched.

    Example:
        >>> x, y = ingot.meshgrid([0, 1, 2], [5, 6])
        >>> print(y)
        [[5 5 5]
         [6 6 6]]
    """

def cartesian_prod(*args: typing.Any) -> array:
    """All ways to take one element of each vector, as rows.

    Example:
        >>> print(ingot.cartesian_prod([1, 2], [5]))
        [[1 5]
         [2 5]]
    """

def combinations(x: ArrayLike, r: int = 2, with_replacement: bool = False) -> array:
    """All ways to choose `r` elements of a vector, as rows.

    Example:
        >>> print(ingot.combinations([1, 2, 3]))
        [[1 2]
         [1 3]
         [2 3]]
    """

def indices(dimensions: IntOrInts, dtype: DTypeLike = ...) -> array:
    """The numbers of all positions along each axis of a grid: (axes, *dimensions).

    Example:
        >>> print(ingot.indices((2, 2))[0])
        [[0 0]
         [1 1]]
    """

def split(
    x: ArrayLike,
    indices_or_sections: typing.Any | None = None,
    axis: int | None = None,
    *,
    dim: int | None = None,
    split_size_or_sections: typing.Any | None = None,
) -> list[array]:
    """Pieces along an axis. As NumPy and MLX cut: a number of equal parts, or the indices where pieces begin. With
    `dim`, or as the method `x.split(sizes, dim)`, as PyTorch cuts: the length of a piece (the last may be
    shorter), or the lengths of all pieces.

    Raises ShapeError unless the length divides, or lengths add up to it.

    Example:
        >>> [x.tolist() for x in ingot.split(ingot.arange(6), 2)]
        [[0, 1, 2], [3, 4, 5]]
        >>> [x.tolist() for x in ingot.arange(6).split(2)]
        [[0, 1], [2, 3], [4, 5]]
    """

def split_with_sizes(x: ArrayLike, split_sizes: collections.abc.Sequence[int], dim: int = 0) -> list[array]:
    """Pieces of the given lengths along an axis.

    Raises ShapeError unless they add up to its length.

    Example:
        >>> [x.tolist() for x in ingot.split_with_sizes(ingot.arange(3), [1, 2])]
        [[0], [1, 2]]
    """

def array_split(x: ArrayLike, indices_or_sections: typing.Any, axis: int = 0) -> list[array]:
    """`split` into parts whose lengths may differ by one, the longer ones first.

    Example:
        >>> [x.tolist() for x in ingot.array_split(ingot.arange(3), 2)]
        [[0, 1], [2]]
    """

def tensor_split(x: ArrayLike, indices_or_sections: typing.Any, dim: int = 0) -> list[array]:
    """PyTorch's name for `array_split`.

    Example:
        >>> [x.tolist() for x in ingot.tensor_split(ingot.arange(3), (1,))]
        [[0], [1, 2]]
    """

def vsplit(x: ArrayLike, indices_or_sections: typing.Any) -> list[array]:
    """`split` along the first axis.

    Example:
        >>> len(ingot.vsplit(ingot.ones((2, 2, 2)), 2))
        2
    """

def hsplit(x: ArrayLike, indices_or_sections: typing.Any) -> list[array]:
    """`split` along the second axis (vectors: the only one).

    Example:
        >>> len(ingot.hsplit(ingot.ones((2, 2, 2)), 2))
        2
    """

def dsplit(x: ArrayLike, indices_or_sections: typing.Any) -> list[array]:
    """`split` along the third axis.

    Example:
        >>> len(ingot.dsplit(ingot.ones((2, 2, 2)), 2))
        2
    """

def unbind(x: ArrayLike, axis: int | None = None, *, dim: int | None = None) -> list[array]:
    """The slices along an axis (0 if none is given), without it, as a list.

    Example:
        >>> [x.tolist() for x in ingot.unbind(ingot.ones((2, 2)))]
        [[1.0, 1.0], [1.0, 1.0]]
    """

def unstack(x: ArrayLike, *, axis: int = 0) -> tuple[typing.Any, ...]:
    """The slices along an axis, without it, as a tuple.

    Example:
        >>> [x.tolist() for x in ingot.unstack(ingot.ones((2, 1)))]
        [[1.0], [1.0]]
    """

def narrow(x: ArrayLike, dim: int, start: int, length: int) -> array:
    """`length` elements along an axis from `start`.

    Raises IndexError unless they are there.

    Example:
        >>> print(ingot.narrow(ingot.arange(5), 0, 1, 2))
        [1 2]
    """

def select(x: ArrayLike, dim: int, index: int) -> array:
    """The slice at `index` along an axis, without it.

    Example:
        >>> print(ingot.select(ingot.eye(2), 0, 1))
        [0. 1.]
    """

def diagonal(
    x: ArrayLike,
    offset: int = 0,
    axis1: int | None = None,
    axis2: int | None = None,
    *,
    dim1: int | None = None,
    dim2: int | None = None,
) -> array:
    """The diagonal of the matrices over two axes (the first two), as a new last axis. Without a copy.

    Example:
        >>> print(ingot.diagonal(ingot.array([[1, 2], [3, 4]])))
        [1 4]
    """

def diag(x: ArrayLike, k: int | None = None, *, diagonal: int | None = None) -> array:
    """The matrix with a vector on its `k`-th diagonal, or the `k`-th diagonal of a matrix.

    Example:
        >>> print(ingot.diag(ingot.array([1, 2])))
        [[1 0]
         [0 2]]
    """

def diagflat(x: ArrayLike, k: int | None = None, *, offset: int | None = None) -> array:
    """The matrix with all elements of x on its `k`-th diagonal.

    Example:
        >>> ingot.diagflat(ingot.ones((2, 2))).shape
        (4, 4)
    """

def diag_embed(x: ArrayLike, offset: int = 0, dim1: int = -2, dim2: int = -1) -> array:
    """Matrices over two new axes with the last axis of x on their diagonal.

    Example:
        >>> ingot.diag_embed(ingot.ones((5, 2))).shape
        (5, 2, 2)
    """

def trace(x: ArrayLike, offset: int = 0, axis1: int = 0, axis2: int = 1, *, dtype: DTypeLike | None = None) -> array:
    """Sums over the diagonals of the matrices over two axes (the first two).

    Example:
        >>> print(ingot.trace(ingot.eye(3)))
        3.0
    """

def tri(n: int, m: int | None = None, k: int = 0, dtype: DTypeLike = ...) -> array:
    """Ones at and below the `k`-th diagonal of an (n, m) matrix, zeros above.

    Example:
        >>> print(ingot.tri(2))
        [[1. 0.]
         [1. 1.]]
    """

def tril(x: ArrayLike, k: int | None = None, *, diagonal: int | None = None) -> array:
    """The matrices over the last two axes with zeros above their `k`-th diagonal.

    Raises ShapeError for fewer than two axes.

    Example:
        >>> ingot.tril(ingot.ones((2, 2))).sum().item()
        3.0
    """

def triu(x: ArrayLike, k: int | None = None, *, diagonal: int | None = None) -> array:
    """The matrices over the last two axes with zeros below their `k`-th diagonal.

    Raises ShapeError for fewer than two axes.

    Example:
        >>> ingot.triu(ingot.ones((2, 2))).sum().item()
        3.0
    """

def tril_indices(
    row: int, col: int | None = None, offset: int | None = None, *, k: int | None = None, m: int | None = None
) -> array:
    """Row and column numbers of the elements that `tril` keeps in a (row, col) matrix, as the two rows of one
    int64 array. Arguments are PyTorch's; NumPy's `k` and `m` are taken by name.

    Example:
        >>> rows, columns = ingot.tril_indices(2)
        >>> len(rows)
        3
    """

def triu_indices(
    row: int, col: int | None = None, offset: int | None = None, *, k: int | None = None, m: int | None = None
) -> array:
    """Row and column numbers of the elements that `triu` keeps in a (row, col) matrix, as the two rows of one
    int64 array. Arguments are PyTorch's; NumPy's `k` and `m` are taken by name.

    Example:
        >>> rows, columns = ingot.triu_indices(2)
        >>> len(rows)
        3
    """

def vander(x: ArrayLike, N: int | None = None, increasing: bool = False) -> array:
    """Powers of each element of a vector as columns, `N` of them (as many as elements), the highest first unless
    `increasing`.

    Example:
        >>> print(ingot.vander([2, 3], 3))
        [[4 2 1]
         [9 3 1]]
    """

def block_diag(*args: typing.Any) -> array:
    """Matrices side by side along the diagonal, zeros elsewhere.

    Example:
        >>> print(ingot.block_diag([[1, 2]], 3))
        [[1 2 0]
         [0 0 3]]
    """

def einsum(*args: typing.Any, optimize: typing.Any = True) -> array:
    """Sums of products in Einstein's notation: `einsum('bij,bjk->bik', a, b)`. A letter names each axis; letters
    that are not in the result are summed over; a letter that an operand has twice means its diagonal; `...`
    stands for axes that broadcast. Without `->` the result has the letters that occur once, in alphabetical
    order. Also as operands each followed by a list of labels: `einsum(a, [0, 1], b, [1, 2])`.

    Operands are multiplied two by two in the cheapest order, by matrix products where that is possible
    (`optimize` changes nothing).

    Raises ValueError for a notation that makes no sense, ShapeError for axes and lengths that do not fit.

    Example:
        >>> print(ingot.einsum('ij,j->i', ingot.ones((2, 3)), ingot.arange(3)))
        [3. 3.]
    """

def einsum_path(*args: typing.Any, optimize: typing.Any = True) -> tuple[typing.Any, ...]:
    """The order in which `einsum` multiplies: a list of positions, as NumPy gives it, and what it costs.

    Example:
        >>> a = ingot.ones((2, 100))
        >>> ingot.einsum_path('ij,jk,kl->il', a, a.T, a)[0]
        ['einsum_path', (0, 1), (0, 1)]
    """

def tensordot(a: ArrayLike, b: ArrayLike, axes: typing.Any = 2, *, dims: typing.Any = None) -> array:
    """Sum of products over the last `axes` axes of a and the first of b, or over pairs `(axes of a, axes of b)`.

    Example:
        >>> ingot.tensordot(ingot.ones((2, 3)), ingot.ones((4, 3)), axes=(1, 1)).shape
        (2, 4)
    """

def outer(a: ArrayLike, b: ArrayLike) -> array:
    """Products of all pairs of elements, (a.size, b.size).

    Example:
        >>> print(ingot.outer([1, 2], [3, 4]))
        [[3 4]
         [6 8]]
    """

ger = outer

def inner(a: ArrayLike, b: ArrayLike) -> array:
    """Sum of products over the last axis of both.

    Example:
        >>> print(ingot.inner([1, 2], [3, 4]))
        11
    """

def dot(a: ArrayLike, b: ArrayLike) -> array:
    """The inner product of two vectors, the product of matrices; in general over the last axis of a and the last
    but one of b.

    Example:
        >>> print(ingot.dot(ingot.ones(3), ingot.ones(3)))
        3.0
    """

def vdot(a: ArrayLike, b: ArrayLike) -> array:
    """Sum of `conj(a) * b` over all elements.

    Example:
        >>> print(ingot.vdot([1, 2], [3, 4]))
        11
    """

def vecdot(a: ArrayLike, b: ArrayLike, *, axis: int = -1, dim: int | None = None) -> array:
    """Sum of `conj(a) * b` along an axis; other axes broadcast.

    Example:
        >>> print(ingot.vecdot([[1, 2], [3, 4]], [1, 1]))
        [3 7]
    """

def cross(a: ArrayLike, b: ArrayLike, *, axis: int = -1, dim: int | None = None) -> array:
    """The cross product of vectors of 3 elements along an axis; other axes broadcast.

    Example:
        >>> print(ingot.cross([1, 0, 0], [0, 1, 0]))
        [0 0 1]
    """

def kron(a: ArrayLike, b: ArrayLike) -> array:
    """The Kronecker product: b multiplied by each element of a, in blocks.

    Example:
        >>> print(ingot.kron([1, 10], [1, 2]))
        [ 1  2 10 20]
    """

def addmm(
    input: ArrayLike, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1
) -> array:
    """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0.

    Example:
        >>> print(ingot.addmm(ingot.ones((2, 2)), ingot.eye(2), ingot.eye(2)))
        [[2. 1.]
         [1. 2.]]
    """

def addmv(
    input: ArrayLike, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1
) -> array:
    """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0.

    Example:
        >>> print(ingot.addmm(ingot.ones((2, 2)), ingot.eye(2), ingot.eye(2)))
        [[2. 1.]
         [1. 2.]]
    """

def baddbmm(
    input: ArrayLike, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1
) -> array:
    """`beta * input + alpha * (a @ b)`; `input` broadcasts, and is not looked at if `beta` is 0.

    Example:
        >>> print(ingot.addmm(ingot.ones((2, 2)), ingot.eye(2), ingot.eye(2)))
        [[2. 1.]
         [1. 2.]]
    """

def addbmm(
    input: ArrayLike, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1
) -> array:
    """`beta * input + alpha * (sum over batches of a @ b)`.

    Example:
        >>> print(ingot.addbmm(ingot.ones((1, 1)), ingot.ones((3, 1, 2)), ingot.ones((3, 2, 1))))
        [[7.]]
    """

def addr(
    input: ArrayLike, a: ArrayLike, b: ArrayLike, *, beta: builtins.complex = 1, alpha: builtins.complex = 1
) -> array:
    """`beta * input + alpha * outer(a, b)`.

    Example:
        >>> print(ingot.addr(ingot.zeros((1, 2)), ingot.ones(1), ingot.ones(2)))
        [[1. 1.]]
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

def cumsum(
    x: ArrayLike,
    axis: int | None = None,
    *,
    dtype: DTypeLike | None = None,
    include_initial: bool = False,
    reverse: bool = False,
    inclusive: bool = True,
    dim: int | None = None,
) -> array:
    """Running sum along `axis` (None: of the flattened array). Integers have the dtypes of `sum`, and raise
    OverflowError as there. `reverse` runs from the end; `inclusive=False` leaves each element itself out;
    `include_initial` begins with a zero, so the result is one longer.

    Raises IndexError for an axis that is not there.

    Example:
        >>> print(ingot.cumsum(ingot.array([1.0, 2.0, 3.0]), axis=0))
        [1. 3. 6.]
    """

def cumulative_sum(
    x: ArrayLike,
    axis: int | None = None,
    *,
    dtype: DTypeLike | None = None,
    include_initial: bool = False,
    reverse: bool = False,
    inclusive: bool = True,
    dim: int | None = None,
) -> array:
    """Running sum along `axis` (None: of the flattened array). Integers have the dtypes of `sum`, and raise
    OverflowError as there. `reverse` runs from the end; `inclusive=False` leaves each element itself out;
    `include_initial` begins with a zero, so the result is one longer.

    Raises IndexError for an axis that is not there.

    Example:
        >>> print(ingot.cumsum(ingot.array([1.0, 2.0, 3.0]), axis=0))
        [1. 3. 6.]
    """

def cumprod(
    x: ArrayLike,
    axis: int | None = None,
    *,
    dtype: DTypeLike | None = None,
    include_initial: bool = False,
    reverse: bool = False,
    inclusive: bool = True,
    dim: int | None = None,
) -> array:
    """Running product along `axis` (None: of the flattened array), with the arguments of `cumsum`, and
    OverflowError as of `prod`. The gradient is exact where elements are zero.

    Example:
        >>> print(ingot.cumprod(ingot.array([1.0, 2.0, 3.0]), axis=0))
        [1. 2. 6.]
    """

def cumulative_prod(
    x: ArrayLike,
    axis: int | None = None,
    *,
    dtype: DTypeLike | None = None,
    include_initial: bool = False,
    reverse: bool = False,
    inclusive: bool = True,
    dim: int | None = None,
) -> array:
    """Running product along `axis` (None: of the flattened array), with the arguments of `cumsum`, and
    OverflowError as of `prod`. The gradient is exact where elements are zero.

    Example:
        >>> print(ingot.cumprod(ingot.array([1.0, 2.0, 3.0]), axis=0))
        [1. 2. 6.]
    """

def logcumsumexp(
    x: ArrayLike,
    axis: int | None = None,
    *,
    dtype: DTypeLike | None = None,
    include_initial: bool = False,
    reverse: bool = False,
    inclusive: bool = True,
    dim: int | None = None,
) -> array:
    """`log(cumsum(exp(x)))` along `axis` (None: of the flattened array), stable for any finite input, with the
    arguments of `cumsum`.

    Raises TypeError for a complex dtype.

    Example:
        >>> print(ingot.logcumsumexp(ingot.array([0.0, -ingot.inf]), axis=0))
        [0. 0.]
    """

def cummax(x: ArrayLike, axis: int | None = None, *, reverse: bool = False, dim: int | None = None) -> ValuesAndIndices:
    """Running maximum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal elements
    the last one counts. NaN is larger than any number. (MLX's `cummax` returns the values alone.)

    Example:
        >>> print(ingot.cummax(ingot.array([1.0, 3.0, 2.0]), axis=0).values)
        [1. 3. 3.]
    """

def cummin(x: ArrayLike, axis: int | None = None, *, reverse: bool = False, dim: int | None = None) -> ValuesAndIndices:
    """Running minimum along `axis` (None: of the flattened array), as a tuple (values, indices); of equal elements
    the last one counts. NaN is smaller than any number.

    Example:
        >>> print(ingot.cummin(ingot.array([2.0, 3.0, 1.0]), axis=0).indices)
        [0 0 2]
    """

def linear_recurrence(a: ArrayLike, b: ArrayLike, axis: int = -1, *, reverse: bool = False) -> array:
    """`h[0] = b[0]`, then `h[i] = a[i] * h[i - 1] + b[i]` along `axis`: a filter, or a state that decays.
    `reverse` runs from the end. Operands broadcast and promote.

    Example:
        >>> print(ingot.linear_recurrence(0.5, ingot.ones(3)))
        [1.   1.5  1.75]
    """

def diff(
    x: ArrayLike,
    n: int = 1,
    axis: int | None = None,
    prepend: ArrayLike | None = None,
    append: ArrayLike | None = None,
    *,
    dim: int | None = None,
) -> array:
    """Differences of neighbours along `axis` (the last by default), `n` times over, after `prepend` and `append`
    were joined on. Neighbours of a bool array are compared instead.

    Raises ValueError if n < 0.

    Example:
        >>> print(ingot.diff(ingot.array([1.0, 4.0, 9.0])))
        [3. 5.]
    """

def sort(
    x: ArrayLike, axis: typing.Any = -1, *, descending: bool = False, stable: bool = True, dim: int | None = None
) -> typing.Any:
    """`x` in order along `axis` (None: flattened first); NaN last, first if `descending`. Always stable. As in the
    Array API and NumPy the result is an array; asked with PyTorch's `dim=`, and as the method `x.sort()`, it is
    a tuple (values, indices).

    Raises IndexError for an axis that is not there.

    Example:
        >>> print(ingot.sort(ingot.array([3, 1, 2])))
        [1 2 3]
        >>> values, indices = ingot.array([3, 1, 2]).sort()
        >>> print(indices)
        [1 2 0]
    """

def argsort(
    x: ArrayLike,
    axis: typing.Any = -1,
    *,
    descending: bool = False,
    stable: bool = True,
    dim: int | None = None,
    kind: str | None = None,
) -> array:
    """Indices (int32) that sort `x` along `axis` (None: flattened first). Always stable: equal elements stay in
    their order.

    Example:
        >>> print(ingot.argsort(ingot.array([3, 1, 2])))
        [1 2 0]
    """

def msort(x: ArrayLike) -> array:
    """`x` in order along its first axis.

    Example:
        >>> print(ingot.msort(ingot.array([[3, 1], [2, 4]])))
        [[2 1]
         [3 4]]
    """

def lexsort(keys: collections.abc.Sequence[ArrayLike], axis: int = -1) -> array:
    """Indices that sort by several keys of one shape, of which the last is the primary one.

    Raises ValueError if there is no key, ShapeError if shapes differ.

    Example:
        >>> print(ingot.lexsort([ingot.array([3, 1, 2]), ingot.array([1, 1, 0])]))
        [2 1 0]
    """

def topk(
    x: ArrayLike, k: int, dim: int | None = None, largest: bool = True, sorted: bool = True, *, axis: int | None = None
) -> ValuesAndIndices:
    """The `k` largest (or smallest) elements along `dim`, best first, as a tuple (values, indices); of equal ones
    the first. (MLX's `topk` returns the values alone.)

    Raises ValueError unless 0 <= k <= length.

    Example:
        >>> print(ingot.topk(ingot.array([1.0, 5.0, 3.0]), 2).values)
        [5. 3.]
    """

def kthvalue(
    x: ArrayLike,
    k: int,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    axis: int | None = None,
    keepdims: bool = False,
) -> ValuesAndIndices:
    """The `k`-th smallest element along `dim`, counted from 1, as a tuple (values, indices).

    Raises ValueError unless 1 <= k <= length.

    Example:
        >>> print(ingot.kthvalue(ingot.array([1.0, 5.0, 3.0]), 2).values)
        3.0
    """

def partition(x: ArrayLike, kth: IntOrInts, axis: typing.Any = -1) -> array:
    """`x` with the element `kth` (one or several) of the sorted order in its place along `axis`, none before it
    larger and none after it smaller. The others happen to be in order too.

    Raises ValueError for a position out of range.

    Example:
        >>> print(ingot.partition(ingot.array([3, 1, 2]), 1)[1])
        2
    """

def argpartition(x: ArrayLike, kth: IntOrInts, axis: typing.Any = -1) -> array:
    """Indices that partition `x` as `partition` does.

    Example:
        >>> print(ingot.argpartition(ingot.array([3, 1, 2]), 1)[1])
        2
    """

def searchsorted(
    x1: ArrayLike, x2: ArrayLike, *, side: str = "left", sorter: ArrayLike | None = None, right: bool = False
) -> array:
    """Where each element of `x2` belongs in `x1`, sorted along its last axis (or by the indices `sorter`): before
    equal elements, or after them if `side='right'` (PyTorch's `right=True`). `x1` has one axis, or those of
    `x2` but for the length of the last. Gives int32.

    Raises ShapeError if the shapes do not match.

    Example:
        >>> print(ingot.searchsorted(ingot.array([1, 3, 5]), ingot.array([3, 4])))
        [1 2]
    """

def bucketize(x: ArrayLike, boundaries: ArrayLike, *, right: bool = False) -> array:
    """PyTorch's: the bucket between the rising `boundaries` that each element lies in, `boundaries[i - 1] < x <=
    boundaries[i]`, or with the other end closed if `right`.

    Example:
        >>> print(ingot.bucketize(ingot.array([0, 3, 9]), ingot.array([1, 3, 5])))
        [0 1 3]
    """

def digitize(x: ArrayLike, bins: ArrayLike, right: bool = False) -> array:
    """NumPy's: the bin that each element lies in, `bins[i - 1] <= x < bins[i]`, or with the other end closed if
    `right`; bins may decrease.

    Example:
        >>> print(ingot.digitize(ingot.array([0, 3, 9]), ingot.array([1, 3, 5])))
        [0 2 3]
    """

def isin(x1: ArrayLike, x2: ArrayLike, *, invert: bool = False, assume_unique: bool = False) -> array:
    """True where an element of `x1` is among those of `x2`; the opposite if `invert`. NaN never is.

    Example:
        >>> print(ingot.isin(ingot.array([1, 2, 3]), ingot.array([1, 3])))
        [ True False  True]
    """

def count_nonzero(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    *,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """How many elements along `axis` are not zero (int64).

    Example:
        >>> print(ingot.count_nonzero(ingot.array([0, 5, 7])))
        2
    """

def argwhere(x: ArrayLike) -> array:
    """Indices of the elements that are not zero, one row for each. Evaluates.

    Example:
        >>> print(ingot.argwhere(ingot.array([0, 5, 7])))
        [[1]
         [2]]
    """

def unique(
    x: ArrayLike,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
    *,
    return_index: bool = False,
    axis: int | None = None,
    equal_nan: bool = False,
) -> typing.Any:
    """The elements that occur, sorted; slices along `dim`, if it is given. Asked for, after them in this order:
    where each is first, which of them each element is, and how often each occurs. NaNs differ from each other
    unless `equal_nan`. Evaluates.

    Example:
        >>> values, counts = ingot.unique(ingot.array([3, 1, 3]), return_counts=True)
        >>> print(values, counts)
        [1 3] [1 2]
    """

def unique_consecutive(
    x: ArrayLike,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
    *,
    axis: int | None = None,
) -> typing.Any:
    """The first of each run of equal neighbours; asked for, which run each element is in, and how long each is.
    Evaluates.

    Example:
        >>> print(ingot.unique_consecutive(ingot.array([3, 3, 1, 3])))
        [3 1 3]
    """

def unique_all(x: ArrayLike) -> UniqueAll:
    """The elements that occur, where each is first, which of them each element is, and how often each occurs: a
    tuple (values, indices, inverse_indices, counts). Evaluates.

    Example:
        >>> print(ingot.unique_all(ingot.array([3, 1, 3])).indices)
        [1 0]
    """

def unique_counts(x: ArrayLike) -> UniqueCounts:
    """The elements that occur, and how often: a tuple (values, counts). Evaluates.

    Example:
        >>> print(ingot.unique_counts(ingot.array([3, 1, 3])).counts)
        [1 2]
    """

def unique_inverse(x: ArrayLike) -> UniqueInverse:
    """The elements that occur, and which of them each element is: a tuple (values, inverse_indices). Evaluates.

    Example:
        >>> print(ingot.unique_inverse(ingot.array([3, 1, 3])).inverse_indices)
        [1 0 1]
    """

def unique_values(x: ArrayLike) -> array:
    """The elements that occur, sorted. Evaluates.

    Example:
        >>> print(ingot.unique_values(ingot.array([3, 1, 3])))
        [1 3]
    """

def intersect1d(x: ArrayLike, y: ArrayLike) -> array:
    """Elements of both arrays, sorted, each once. Evaluates.

    Example:
        >>> print(ingot.intersect1d(ingot.array([1, 2]), ingot.array([2, 3])))
        [2]
    """

def union1d(x: ArrayLike, y: ArrayLike) -> array:
    """Elements of either array, sorted, each once. Evaluates.

    Example:
        >>> print(ingot.union1d(ingot.array([1, 2]), ingot.array([2, 3])))
        [1 2 3]
    """

def setdiff1d(x: ArrayLike, y: ArrayLike) -> array:
    """Elements of the first array that the second does not have, sorted, each once. Evaluates.

    Example:
        >>> print(ingot.setdiff1d(ingot.array([1, 2]), ingot.array([2, 3])))
        [1]
    """

def setxor1d(x: ArrayLike, y: ArrayLike) -> array:
    """Elements of just one of two arrays, sorted, each once. Evaluates.

    Example:
        >>> print(ingot.setxor1d(ingot.array([1, 2]), ingot.array([2, 3])))
        [1 3]
    """

def bincount(x: ArrayLike, weights: ArrayLike | None = None, minlength: int = 0) -> array:
    """How often each number from 0 to the largest, but at least `minlength` of them, occurs (int64), or the sums
    of `weights` there. Evaluates.

    Raises TypeError unless `x` is of integers, ValueError for a negative one.

    Example:
        >>> print(ingot.bincount(ingot.array([0, 2, 2])))
        [1 0 2]
    """

def histogram(
    x: ArrayLike,
    bins: typing.Any = 10,
    range: tuple[float, float] | None = None,
    *,
    weights: ArrayLike | None = None,
    density: bool = False,
    weight: ArrayLike | None = None,
) -> tuple[array, array]:
    """A tuple (counts, edges): how many elements lie in each of `bins` (a number of them over `range`, by default
    from the smallest to the largest element, or their edges), the last one closed. With `weights` their sums;
    with `density` divided by the total and each bin's width. Counts have the dtype of `x`, int64 for integers.

    Raises ValueError for no bins or a range that does not rise.

    Example:
        >>> counts, edges = ingot.histogram(ingot.array([0.0, 1.0, 4.0]), 2)
        >>> print(counts, edges)
        [2. 1.] [0. 2. 4.]
    """

def histogram_bin_edges(x: ArrayLike, bins: typing.Any = 10, range: tuple[float, float] | None = None) -> array:
    """The edges that `histogram` uses.

    Example:
        >>> print(ingot.histogram_bin_edges(ingot.array([0.0, 1.0, 4.0]), 2))
        [0. 2. 4.]
    """

def histc(x: ArrayLike, bins: int = 100, min: float = 0.0, max: float = 0.0) -> array:
    """PyTorch's: counts in `bins` bins from `min` to `max`, or over all elements if both are 0.

    Example:
        >>> print(ingot.histc(ingot.array([0.0, 1.0, 4.0]), 2, 0, 4))
        [2. 1.]
    """

def histogramdd(
    x: ArrayLike,
    bins: typing.Any = 10,
    range: collections.abc.Sequence[tuple[float, float]] | None = None,
    *,
    weights: ArrayLike | None = None,
    density: bool = False,
) -> tuple[array, list[array]]:
    """A tuple (counts, edges): how many of the points, rows of `x` (n, d), lie in each cell of a grid. `bins` is a
    number, or for each coordinate a number or the edges.

    Example:
        >>> counts, edges = ingot.histogramdd(ingot.array([[0.0, 0.0], [1.0, 1.0]]), 2)
        >>> print(counts)
        [[1. 0.]
         [0. 1.]]
    """

def nansum(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Sum over `axis` of what is not NaN.

    Example:
        >>> print(ingot.nansum(ingot.array([1.0, ingot.nan])))
        1.0
    """

def nanprod(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Product over `axis` of what is not NaN.

    Example:
        >>> print(ingot.nanprod(ingot.array([2.0, ingot.nan])))
        2.0
    """

def nanmean(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Mean over `axis` of what is not NaN; NaN where nothing is left.

    Example:
        >>> print(ingot.nanmean(ingot.array([1.0, ingot.nan, 3.0])))
        2.0
    """

def nanmax(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Largest over `axis` of what is not NaN; NaN where nothing is left.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.nanmax(ingot.array([1.0, ingot.nan])))
        1.0
    """

def nanmin(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    dtype: DTypeLike | None = None,
) -> array:
    """Smallest over `axis` of what is not NaN; NaN where nothing is left.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.nanmin(ingot.array([1.0, ingot.nan])))
        1.0
    """

def nanvar(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    *,
    correction: float = 0.0,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    ddof: float | None = None,
) -> array:
    """Variance over `axis` of what is not NaN, with divisor `count - correction` (also called `ddof`).

    Example:
        >>> print(ingot.nanvar(ingot.array([1.0, ingot.nan, 3.0])))
        1.0
    """

def nanstd(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    *,
    correction: float = 0.0,
    keepdims: bool = False,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    ddof: float | None = None,
) -> array:
    """Standard deviation over `axis` of what is not NaN: the root of `nanvar`.

    Example:
        >>> print(ingot.nanstd(ingot.array([1.0, ingot.nan, 3.0])))
        1.0
    """

def nancumsum(x: ArrayLike, axis: int | None = None) -> array:
    """Running sum along `axis` (None: of the flattened array), NaN counted as 0.

    Example:
        >>> print(ingot.nancumsum(ingot.array([1.0, ingot.nan, 3.0])))
        [1. 1. 4.]
    """

def nancumprod(x: ArrayLike, axis: int | None = None) -> array:
    """Running product along `axis` (None: of the flattened array), NaN counted as 1.

    Example:
        >>> print(ingot.nancumprod(ingot.array([2.0, ingot.nan, 3.0])))
        [2. 2. 6.]
    """

def nanargmax(x: ArrayLike, axis: int | None = None, keepdims: bool = False) -> array:
    """Index of the first largest of what is not NaN, along `axis` or in the flattened array; 0 where nothing is
    left.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.nanargmax(ingot.array([ingot.nan, 2.0])))
        1
    """

def nanargmin(x: ArrayLike, axis: int | None = None, keepdims: bool = False) -> array:
    """Index of the first smallest of what is not NaN, along `axis` or in the flattened array; 0 where nothing is
    left.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.nanargmin(ingot.array([ingot.nan, 2.0])))
        1
    """

def median(
    x: ArrayLike, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
) -> typing.Any:
    """PyTorch's median: of two elements in the middle the lower one (`quantile(x, 0.5)` is their mean). Of all
    elements, or along `axis`, it is an array; along `dim`, also given by position, a tuple (values, indices).
    NaN if there is one.

    Raises ValueError for an empty axis.

    Example:
        >>> print(ingot.median(ingot.array([4.0, 1.0, 2.0, 3.0])))
        2.0
    """

def nanmedian(
    x: ArrayLike, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
) -> typing.Any:
    """The `median` of what is not NaN.

    Example:
        >>> print(ingot.nanmedian(ingot.array([4.0, ingot.nan, 2.0])))
        2.0
    """

def quantile(
    x: ArrayLike,
    q: typing.Any,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    method: str = "linear",
    interpolation: str | None = None,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """Quantiles over `axis` (None: of all elements) for `q`, a number or an array of numbers from 0 to 1, whose
    axes come first in the result. Between two elements `method` decides (PyTorch's name for it is
    `interpolation`): linear, lower, higher, midpoint, nearest, interpolated_inverted_cdf, hazen, weibull,
    median_unbiased, normal_unbiased. NaN where there is one.

    Raises ValueError for `q` out of range, an unknown method or an empty axis.

    Example:
        >>> print(ingot.quantile(ingot.array([1.0, 2.0, 4.0]), 0.75))
        3.0
    """

def nanquantile(
    x: ArrayLike,
    q: typing.Any,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    method: str = "linear",
    interpolation: str | None = None,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """The `quantile` of what is not NaN.

    Example:
        >>> print(ingot.nanquantile(ingot.array([1.0, ingot.nan, 3.0]), 0.5))
        2.0
    """

def percentile(
    x: ArrayLike,
    q: typing.Any,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    method: str = "linear",
    interpolation: str | None = None,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """The `quantile` for `q` from 0 to 100.

    Example:
        >>> print(ingot.percentile(ingot.array([1.0, 2.0, 4.0]), 75))
        3.0
    """

def nanpercentile(
    x: ArrayLike,
    q: typing.Any,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    *,
    method: str = "linear",
    interpolation: str | None = None,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
) -> array:
    """The `nanquantile` for `q` from 0 to 100.

    Example:
        >>> print(ingot.nanpercentile(ingot.array([1.0, ingot.nan, 3.0]), 50))
        2.0
    """

def mode(
    x: ArrayLike, dim: int | None = None, keepdim: bool = False, *, axis: int | None = None, keepdims: bool = False
) -> ValuesAndIndices:
    """The element that occurs most often along `dim` (of several, the smallest), and where it is last: a tuple
    (values, indices).

    Example:
        >>> print(ingot.mode(ingot.array([1, 3, 3, 2])).values)
        3
    """

def aminmax(
    x: ArrayLike,
    *,
    dim: IntOrInts | None = None,
    keepdim: bool = False,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
) -> MinMax:
    """Smallest and largest element over `dim`: a tuple (min, max).

    Example:
        >>> print(ingot.aminmax(ingot.array([1.0, 3.0, 2.0])).max)
        3.0
    """

def ptp(x: ArrayLike, axis: IntOrInts | None = None, keepdims: bool = False) -> array:
    """Largest minus smallest element over `axis`.

    Example:
        >>> print(ingot.ptp(ingot.array([1.0, 3.0, 2.0])))
        2.0
    """

def var_mean(
    x: ArrayLike,
    dim: IntOrInts | None = None,
    *,
    correction: float = 1.0,
    keepdim: bool = False,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    unbiased: bool | None = None,
) -> tuple[array, array]:
    """PyTorch's: variance with divisor `count - correction`, 1 by default, and mean over `dim`.

    Example:
        >>> variance, mean = ingot.var_mean(ingot.array([1.0, 3.0]))
        >>> print(variance, mean)
        2.0 2.0
    """

def std_mean(
    x: ArrayLike,
    dim: IntOrInts | None = None,
    *,
    correction: float = 1.0,
    keepdim: bool = False,
    axis: IntOrInts | None = None,
    keepdims: bool = False,
    unbiased: bool | None = None,
) -> tuple[array, array]:
    """PyTorch's: standard deviation with divisor `count - correction`, 1 by default, and mean over `dim`.

    Example:
        >>> spread, mean = ingot.std_mean(ingot.array([1.0, 1.0]))
        >>> print(spread, mean)
        0.0 1.0
    """

def average(
    x: ArrayLike,
    axis: IntOrInts | None = None,
    weights: ArrayLike | None = None,
    returned: bool = False,
    *,
    keepdims: bool = False,
) -> typing.Any:
    """The mean over `axis` with `weights` of the elements, or of the places along one axis; a tuple of it and the
    sum of the weights if `returned`.

    Raises ShapeError if the weights do not fit.

    Example:
        >>> print(ingot.average(ingot.array([1.0, 3.0]), weights=[3.0, 1.0]))
        1.5
    """

def cov(
    x: ArrayLike,
    y: ArrayLike | None = None,
    rowvar: bool = True,
    *,
    correction: float = 1.0,
    ddof: float | None = None,
    bias: bool = False,
    fweights: ArrayLike | None = None,
    aweights: ArrayLike | None = None,
) -> array:
    """Covariances of variables, the rows of `x` (columns unless `rowvar`), and those of `y`. The divisor is the
    count less `correction` (or `ddof`; 0 if `bias`); `fweights` say how often each observation counts,
    `aweights` how much it matters.

    Raises ShapeError for more than two axes.

    Example:
        >>> print(ingot.cov(ingot.array([1.0, 2.0, 3.0])))
        1.0
    """

def corrcoef(x: ArrayLike, rowvar: bool = True) -> array:
    """Pearson's coefficients of correlation of variables, the rows of `x` (columns unless `rowvar`).

    Example:
        >>> print(ingot.corrcoef(ingot.array([[1.0, 2.0], [2.0, 1.0]])))
        [[ 1. -1.]
         [-1.  1.]]
    """

from ingot._core.random import Generator as Generator

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

def seed(seed: int) -> None:
    """Restarts the global generator, from which functions without a key draw.

    Example:
        >>> ingot.random.seed(0)
    """

manual_seed = seed

def initial_seed() -> int:
    """The seed last given to `seed`.

    Example:
        >>> ingot.random.seed(3)
        >>> ingot.random.initial_seed()
        3
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

def randperm(
    n: int, *, generator: Generator | None = None, device: DeviceLike | None = None, dtype: DTypeLike | None = None
) -> array:
    """0..n-1 in random order (int32).

    Example:
        >>> ingot.randperm(3).shape
        (3,)
    """

def rand(
    *args: typing.Any,
    size: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    generator: Generator | None = None,
    device: DeviceLike | None = None,
) -> array:
    """Uniform numbers in [0, 1): `rand(2, 3)` or `rand((2, 3))`.

    Example:
        >>> ingot.rand(2, 3).shape
        (2, 3)
    """

def randn(
    *args: typing.Any,
    size: IntOrInts | None = None,
    dtype: DTypeLike | None = None,
    requires_grad: bool = False,
    generator: Generator | None = None,
    device: DeviceLike | None = None,
) -> array:
    """Standard normal numbers: `randn(2, 3)` or `randn((2, 3))`.

    Example:
        >>> ingot.randn(2, 3).shape
        (2, 3)
    """

def rand_like(
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
    memory_format: typing.Any = None,
) -> array:
    """Uniform numbers in [0, 1) in the shape and dtype of `x`.

    Example:
        >>> ingot.rand_like(ingot.ones(3)).shape
        (3,)
    """

def randn_like(
    x: ArrayLike,
    dtype: DTypeLike | None = None,
    *,
    requires_grad: bool = False,
    device: DeviceLike | None = None,
    memory_format: typing.Any = None,
) -> array:
    """Standard normal numbers in the shape and dtype of `x`.

    Example:
        >>> ingot.randn_like(ingot.ones(3)).shape
        (3,)
    """

def poisson(input: ArrayLike, generator: Generator | None = None) -> array:
    """PyTorch's: counts in the shape and dtype of the rates `input`; see `ingot.random.poisson`.

    Example:
        >>> ingot.poisson(ingot.ones(3)).dtype
        ingot.float32
    """

def binomial(count: ArrayLike, prob: ArrayLike, generator: Generator | None = None) -> array:
    """PyTorch's: counts in the dtype of `prob`; see `ingot.random.binomial`.

    Example:
        >>> ingot.binomial(ingot.full((3,), 10.0), ingot.full((3,), 0.5)).dtype
        ingot.float32
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

def _rebuild_array(value: typing.Any, arg1: typing.Any, arg2: IntOrInts, arg3: DTypeLike, arg4: bool) -> array:
    """Makes an array from a pickle."""

class HookHandle:
    """What `register_hook` returns."""
    def remove(self) -> None:
        """Takes the hook away."""

def from_dlpack(x: typing.Any, /, *, device: DeviceLike | None = None, copy: bool | None = None) -> array:
    """An array over the memory of anything with `__dlpack__` (NumPy, PyTorch, JAX), without a copy unless
    `copy=True`. Do not change that memory while the array is in use. With `device="cpu"` values that are
    elsewhere are brought here by what has them.

    Raises DeviceError if the memory is not the CPU's, AttributeError without `__dlpack__`.

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

def asarray(
    obj: typing.Any, dtype: DTypeLike | None = None, device: DeviceLike | None = None, *, copy: bool | None = None
) -> array:
    """An array, a number, a nested list, a buffer or the like as an array: itself if it is one already and `copy`
    is not True; else a copy, or with `copy=False` a window on its memory.

    Raises ValueError if `copy=False` and it takes a copy.

    Example:
        >>> print(ingot.asarray([1, 2]))
        [1 2]
    """

as_tensor = asarray

class finfo:
    """The limits of a floating dtype, given as a dtype or an array; of a complex one, those of its parts.

    Raises TypeError for other dtypes.

    Example:
        >>> ingot.finfo(ingot.float32).eps
        1.1920928955078125e-07
    """
    def __init__(self, type: typing.Any, /) -> None: ...
    @property
    def dtype(self) -> _DType:
        """The real dtype."""
    @property
    def bits(self) -> builtins.int:
        """Bits per number."""
    @property
    def eps(self) -> builtins.float:
        """Distance from 1 to the next larger number."""
    @property
    def max(self) -> builtins.float:
        """The largest finite number."""
    @property
    def min(self) -> builtins.float:
        """The lowest finite number."""
    @property
    def smallest_normal(self) -> builtins.float:
        """The smallest positive normal number."""
    @property
    def tiny(self) -> builtins.float:
        """The smallest positive normal number."""
    @property
    def resolution(self) -> builtins.float:
        """What a decimal digit beyond precision is worth at 1."""
    def __repr__(self) -> str: ...

class iinfo:
    """The limits of an integer dtype, given as a dtype or an array.

    Raises TypeError for other dtypes.

    Example:
        >>> ingot.iinfo(ingot.int8).max
        127
    """
    def __init__(self, type: typing.Any, /) -> None: ...
    @property
    def dtype(self) -> _DType:
        """The dtype."""
    @property
    def bits(self) -> builtins.int:
        """Bits per number."""
    @property
    def max(self) -> builtins.int:
        """The largest number."""
    @property
    def min(self) -> builtins.int:
        """The smallest number."""
    def __repr__(self) -> str: ...

def isdtype(dtype: DTypeLike, kind: typing.Any) -> bool:
    """True if `dtype` is `kind`: a dtype, one of the names 'bool', 'signed integer', 'unsigned integer',
    'integral', 'real floating', 'complex floating' and 'numeric', or a tuple of which one must hold.

    Raises ValueError for another name.

    Example:
        >>> ingot.isdtype(ingot.int32, 'integral')
        True
    """

def can_cast(from_: typing.Any, to: DTypeLike) -> bool:
    """True if promotion takes `from_`, a dtype or an array, to the dtype `to`.

    Example:
        >>> ingot.can_cast(ingot.int8, ingot.int32), ingot.can_cast(ingot.int32, ingot.int8)
        (True, False)
    """

def result_type(*args: typing.Any) -> dtype:
    """The dtype of an operation on all the given arrays, dtypes and numbers. Numbers are weak: they only raise the
    kind.

    Raises ValueError if nothing is given.

    Example:
        >>> ingot.result_type(ingot.int8, ingot.int16, 3)
        ingot.int16
    """

def promote_types(a: DTypeLike, b: DTypeLike) -> dtype:
    """The dtype of an operation between arrays of these two dtypes.

    Example:
        >>> ingot.promote_types(ingot.int32, ingot.float16)
        ingot.float16
    """

def _set_pytorch_conventions(on: bool) -> None:
    """Has this process make integers and indices of int64, integers select before index arrays do, and in-place
    changes of slices reach their arrays.
    """

def broadcast_shapes(*args: typing.Any) -> tuple[int, ...]:
    """The shape that all of these shapes broadcast to.

    Raises ShapeError if they do not.

    Example:
        >>> ingot.broadcast_shapes((2, 1), (3,))
        (2, 3)
    """

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

class _AnomalyScope:
    """Hunts for values that are not finite; see `autograd.detect_anomaly`."""
    def __init__(
        self, nan: builtins.bool, inf: builtins.bool, site: collections.abc.Callable[..., typing.Any]
    ) -> None: ...
    def enter(self) -> None: ...
    def exit(self) -> None: ...

def _backward(
    outputs: collections.abc.Sequence[array],
    cotangents: collections.abc.Sequence[array | None],
    retain_graph: bool,
    create_graph: bool,
    inputs: collections.abc.Sequence[array],
) -> None:
    """Adds gradients of several outputs to `.grad`; `ingot.autograd.backward` is the public form."""

def _call_after_backward(function: collections.abc.Callable[..., typing.Any]) -> None:
    """In a gradient hook: calls the function once all gradients have been added up."""

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
def _call_with(
    f: collections.abc.Callable[..., typing.Any],
    handles: collections.abc.Sequence[array],
    replacements: collections.abc.Sequence[array],
) -> typing.Any:
    """What `f()` returns while the handles stand for other arrays."""

class _Linearization:
    """A function at a point, recorded once; see `ingot.linearize`."""
    def __init__(
        self, f: collections.abc.Callable[..., typing.Any], primals: collections.abc.Sequence[array]
    ) -> None: ...
    @property
    def outputs(self) -> list[array]: ...
    def pull_back(self, cotangents: collections.abc.Sequence[array | None]) -> list[array]: ...
    def push_forward(self, tangents: collections.abc.Sequence[array | None]) -> list[array]: ...

def _jacobian(
    f: collections.abc.Callable[..., typing.Any], primals: collections.abc.Sequence[array], mode: str, chunk: int
) -> tuple[list[array], list[list[array]], str]: ...

class _DualLevel:
    """Where dual arrays live; see `ingot.autograd.forward_ad`."""
    def __init__(self) -> None: ...
    def make_dual(self, primal: array, tangent: array) -> array: ...
    def unpack(self, dual: array) -> tuple[array, array | None]: ...
    def close(self) -> None: ...

def _custom_function(
    forward: collections.abc.Callable[..., typing.Any],
    vjp: collections.abc.Callable[..., typing.Any] | None,
    jvp: collections.abc.Callable[..., typing.Any] | None,
    vmap: collections.abc.Callable[..., typing.Any] | None,
    inputs: collections.abc.Sequence[array],
) -> list[array]:
    """Results of `forward(inputs)`, the first of its two lists, with rules of their own; `ingot.custom_function`
    and `ingot.autograd.Function` are the public forms.
    """

def _snapshot(x: array) -> array:
    """A handle of its own on what `x` is now: later changes in place of `x` leave it alone."""

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

def as_strided(
    x: ArrayLike,
    shape: IntOrInts | None = None,
    strides: IntOrInts | None = None,
    offset: int = 0,
    *,
    size: IntOrInts | None = None,
    stride: IntOrInts | None = None,
    storage_offset: int | None = None,
) -> array:
    """Elements of x, in row-major order, at `offset + sum of position * stride`: a view, whose windows may
    overlap. Strides count elements; without any, those of a dense array.

    Raises IndexError if the view reaches beyond x.

    Example:
        >>> print(ingot.as_strided(ingot.arange(4), (3, 2), (1, 1)))
        [[0 1]
         [1 2]
         [2 3]]
    """

def sliding_window_view(x: ArrayLike, window_shape: IntOrInts, axis: IntOrInts | None = None) -> array:
    """All windows of the given lengths along `axis` (None: all axes), with one new axis at the end for each. A
    view.

    Raises ShapeError if a window is longer than its axis.

    Example:
        >>> print(ingot.sliding_window_view(ingot.arange(4), 2))
        [[0 1]
         [1 2]
         [2 3]]
    """

def convolve(a: ArrayLike, v: ArrayLike, mode: str = "full") -> array:
    """`out[k] = sum over n of a[n] * v[k - n]` for vectors: 'full' (as long as both together, less 1), 'same' (as
    the longer) or 'valid' (where they overlap completely).

    Example:
        >>> print(ingot.convolve([1, 2, 3], [0, 1]))
        [0 1 2 3]
    """

def correlate(a: ArrayLike, v: ArrayLike, mode: str = "valid") -> array:
    """`out[k] = sum over n of a[n + k] * conj(v[n])` for vectors; modes as those of `convolve`.

    Example:
        >>> print(ingot.correlate([1, 2, 3], [0, 1]))
        [2 3]
    """

def pad(
    x: ArrayLike,
    pad_width: typing.Any,
    mode: str = "constant",
    constant_values: typing.Any = 0,
    *,
    end_values: typing.Any = 0,
    stat_length: typing.Any = None,
    reflect_type: str = "even",
) -> array:
    """Elements added before and after each axis: `pad_width` is an int, a pair (before, after), or one pair per
    axis.

    `mode` says which: 'constant' (`constant_values`), 'edge', 'linear_ramp' (down to `end_values`), 'maximum',
    'mean', 'median', 'minimum' (of `stat_length` elements at the end, or all), 'reflect', 'symmetric' (mirrored
    without and with the edge; in value too with `reflect_type='odd'`), 'wrap', or 'empty'. `nn.functional.pad`
    takes PyTorch's widths.

    Raises ValueError for negative widths, or where there is nothing to repeat.

    Example:
        >>> print(ingot.pad(ingot.array([1, 2, 3]), 2, 'reflect'))
        [3 2 1 2 3 2 1]
    """

def cdist(x1: ArrayLike, x2: ArrayLike, p: float = 2.0) -> array:
    """p-norms of the differences of all pairs of rows: (..., P, M), (..., R, M) -> (..., P, R).

    Example:
        >>> print(ingot.cdist([[0.0, 0.0]], [[3.0, 4.0]]))
        [[5.]]
    """

def cosine_similarity(x1: ArrayLike, x2: ArrayLike, dim: int = 1, eps: float = 1e-08) -> array:
    """The cosine of the angle between vectors along `dim`; shapes broadcast.

    Example:
        >>> print(ingot.nn.functional.cosine_similarity(ingot.array([[1.0, 0.0]]), ingot.array([[0.0, 2.0]])))
        [0.]
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

def _save_with_metadata(arrays: typing.Any, path: str, metadata: collections.abc.Sequence[tuple[str, str]]) -> None:
    """Writes arrays and strings by name, as a safetensors file."""

def _metadata(path: str) -> list[tuple[str, str]]:
    """The strings in a safetensors file, with their names."""

def load(path: typing.Any) -> typing.Any:
    """Reads what `save` wrote: the model, in the mode it was saved in, or the dictionary of arrays of any other
    safetensors file.

    Built-in layers are made again; a class of yours is found by its name among those that the process has
    defined, and never imported.

    Raises FileError (an OSError) if the file is broken or does not fit together.
    """

def stft(
    input: ArrayLike,
    n_fft: int,
    hop_length: int | None = None,
    win_length: int | None = None,
    window: ArrayLike | None = None,
    center: bool = True,
    pad_mode: str = "reflect",
    normalized: bool = False,
    onesided: bool | None = None,
    return_complex: bool | None = None,
) -> array:
    """The short-time Fourier transform of a signal (n) or a batch (b, n): spectra (frequencies, frames) of frames
    of `n_fft` samples, `hop_length` (a quarter) apart, times a `window`, whose length `win_length` may be
    shorter. Frames have their sample `t * hop_length` in the middle if `center`, for which the signal is
    padded. Of real signals the first `n_fft // 2 + 1` frequencies, if `onesided`. `return_complex=False` gives
    real and imaginary parts as a last axis.

    Raises ShapeError for a signal shorter than a frame, or a window that does not fit.

    Example:
        >>> ingot.stft(ingot.ones(32), n_fft=8, window=ingot.hann_window(8)).shape
        (5, 17)
    """

def istft(
    input: ArrayLike,
    n_fft: int,
    hop_length: int | None = None,
    win_length: int | None = None,
    window: ArrayLike | None = None,
    center: bool = True,
    normalized: bool = False,
    onesided: bool | None = None,
    length: int | None = None,
    return_complex: bool = False,
) -> array:
    """The inverse of `stft`, given the same settings: the signal closest to the spectra, cut or padded to
    `length`.

    Raises ShapeError unless the number of frequencies fits.

    Example:
        >>> window, x = ingot.hann_window(8), ingot.ones(32)
        >>> bool(ingot.allclose(ingot.istft(ingot.stft(x, 8, window=window), 8, window=window), x))
        True
    """

def interp(
    x: ArrayLike,
    xp: ArrayLike,
    fp: ArrayLike,
    left: ArrayLike | None = None,
    right: ArrayLike | None = None,
    period: float | None = None,
) -> array:
    """At each of `x`, the straight line between the samples `(xp, fp)` around it, of which `xp` rises. Beyond
    them: `left` and `right`, or the first and the last sample. With a `period`, coordinates repeat.

    Raises ShapeError unless `xp` and `fp` are vectors of one length.

    Example:
        >>> print(ingot.interp([0.5, 1.5, 9.0], [0.0, 1.0, 2.0], [0.0, 10.0, 30.0]))
        [ 5. 20. 30.]
    """

def gradient(
    f: ArrayLike,
    *args: typing.Any,
    axis: IntOrInts | None = None,
    spacing: typing.Any = None,
    dim: IntOrInts | None = None,
    edge_order: int = 1,
) -> typing.Any:
    """Derivatives of samples along each of `axis` (all by default), by differences of second order inside and of
    `edge_order` at the ends. Samples lie at distance 1, or as NumPy's further arguments or PyTorch's `spacing`
    say: a distance or coordinates, one for all axes or one for each. A tuple, as in PyTorch; given further
    arguments or `axis`, one array for one axis, as in NumPy.

    Raises ShapeError for too few samples or coordinates that do not fit.

    Example:
        >>> print(ingot.gradient(ingot.array([1.0, 2.0, 4.0, 7.0]), 0.5))
        [2. 3. 5. 6.]
    """

def trapezoid(
    y: ArrayLike,
    x: ArrayLike | None = None,
    dx: builtins.complex = 1.0,
    axis: int | None = None,
    *,
    dim: int | None = None,
) -> array:
    """The integral along `axis` (the last by default) by straight lines between samples, which lie at `x`, a
    vector or as many as samples, or `dx` apart.

    Raises ShapeError if `x` does not fit.

    Example:
        >>> print(ingot.trapezoid(ingot.array([1.0, 2.0, 3.0])))
        4.0
    """

def trapz(
    y: ArrayLike,
    x: ArrayLike | None = None,
    dx: builtins.complex = 1.0,
    axis: int | None = None,
    *,
    dim: int | None = None,
) -> array:
    """The integral along `axis` (the last by default) by straight lines between samples, which lie at `x`, a
    vector or as many as samples, or `dx` apart.

    Raises ShapeError if `x` does not fit.

    Example:
        >>> print(ingot.trapezoid(ingot.array([1.0, 2.0, 3.0])))
        4.0
    """

def cumulative_trapezoid(
    y: ArrayLike,
    x: ArrayLike | None = None,
    dx: builtins.complex = 1.0,
    axis: int | None = None,
    *,
    dim: int | None = None,
) -> array:
    """The running `trapezoid`: one element less along the axis.

    Example:
        >>> print(ingot.cumulative_trapezoid(ingot.array([1.0, 2.0, 3.0])))
        [1.5 4. ]
    """

def unwrap(p: ArrayLike, discont: float | None = None, axis: int = -1, *, period: float = 6.283185307179586) -> array:
    """Angles with whole periods added wherever neighbours along `axis` are at least `discont` (half a period, if
    less) apart.

    Example:
        >>> print(ingot.unwrap([0.0, 3.0, 1.0], period=4.0))
        [ 0. -1. -3.]
    """

def polyval(p: ArrayLike, x: ArrayLike) -> array:
    """The polynomial with the coefficients `p`, that of the highest power first, at `x`.

    Raises ShapeError unless `p` is a vector.

    Example:
        >>> print(ingot.polyval([1, 0, 2], ingot.array([0.0, 3.0])))
        [ 2. 11.]
    """

def polyfit(x: ArrayLike, y: ArrayLike, deg: int, *, w: ArrayLike | None = None) -> array:
    """The coefficients, that of the highest power first, of the polynomial of degree `deg` that comes closest to
    `y` (n), or each column of it (n, k), at `x` (n), by least squares; `w` weighs the distances.

    Raises ShapeError if the shapes do not fit, ValueError for a negative degree.

    Example:
        >>> print(ingot.round(ingot.polyfit([0.0, 1.0, 2.0], [1.0, 3.0, 5.0], 1), decimals=4))
        [2. 1.]
    """

def append(arr: ArrayLike, values: ArrayLike, axis: int | None = None) -> array:
    """`values` behind `arr` along `axis`; without one, both flattened.

    Raises ShapeError unless the other axes agree.

    Example:
        >>> print(ingot.append([1, 2], [3]))
        [1 2 3]
    """

def insert(arr: ArrayLike, obj: typing.Any, values: ArrayLike, axis: int | None = None) -> array:
    """`values` before the positions `obj` (an int, a slice, several ints or a mask) along `axis`; without one, in
    the flattened array.

    Raises IndexError for a position out of range.

    Example:
        >>> print(ingot.insert([1, 2, 3], 1, [8, 9]))
        [1 8 9 2 3]
    """

def delete(arr: ArrayLike, obj: typing.Any, axis: int | None = None) -> array:
    """`arr` without the positions `obj` (an int, a slice, several ints or a mask) along `axis`; without one, of
    the flattened array.

    Raises IndexError for a position out of range.

    Example:
        >>> print(ingot.delete([1, 2, 3], [0, 2]))
        [2]
    """

def ediff1d(ary: ArrayLike, to_end: ArrayLike | None = None, to_begin: ArrayLike | None = None) -> array:
    """Differences of neighbours in the flattened array, between `to_begin` and `to_end`.

    Example:
        >>> print(ingot.ediff1d([1, 4, 9], to_end=[0]))
        [3 5 0]
    """

def fill_diagonal(a: typing.Any, val: ArrayLike, wrap: bool = False) -> None:
    """Puts `val` on the main diagonal of `a`, in place: all positions whose indices are equal. `wrap`: which of a
    tall matrix goes on below.

    Raises ShapeError for fewer than two axes, or more than two of different lengths.

    Example:
        >>> x = ingot.zeros((2, 2))
        >>> ingot.fill_diagonal(x, 3)
        >>> print(x)
        [[3. 0.]
         [0. 3.]]
    """

def flatnonzero(a: ArrayLike) -> array:
    """Positions in the flattened array of the elements that are not zero. Evaluates.

    Example:
        >>> print(ingot.flatnonzero([[0, 5], [7, 0]]))
        [1 2]
    """

def unravel_index(indices: ArrayLike, shape: IntOrInts) -> tuple[typing.Any, ...]:
    """Positions in a flattened array of `shape`, as a tuple of indices for each axis. Negative ones count from the
    end.

    Raises IndexError, when the result is evaluated, for one out of range.

    Example:
        >>> row, column = ingot.unravel_index(ingot.array([1, 5]), (2, 3))
        >>> print(row, column)
        [0 1] [1 2]
    """

def ravel_multi_index(multi_index: collections.abc.Sequence[ArrayLike], dims: IntOrInts) -> array:
    """The inverse of `unravel_index`: one array of indices for each axis, as positions in the flattened array.

    Raises ValueError unless there is one array for each axis; IndexError, when the result is evaluated, for an
    index out of range.

    Example:
        >>> print(ingot.ravel_multi_index(([0, 1], [1, 2]), (2, 3)))
        [1 5]
    """

def divmod(x: ArrayLike, y: ArrayLike) -> tuple[array, array]:
    """The quotient, rounded down, and the remainder; also `divmod(x, y)` of Python.

    Example:
        >>> quotient, rest = ingot.divmod(ingot.array([7, -7]), 2)
        >>> print(quotient, rest)
        [ 3 -4] [1 1]
    """

def _is_dense(x: typing.Any) -> bool:
    """Whether PyTorch would have the elements of this array, or of this view, one after another in memory."""

def _viewing(function: typing.Any) -> typing.Any:
    """A function that calls `function`, and under PyTorch's conventions has the arrays that it gives share their
    elements with its first argument. A method of a class that it is assigned to.
    """

def _renaming(function: typing.Any, names: str) -> typing.Any:
    """A function that calls `function`, and takes its first positional arguments by these names too."""

def clamp_min(x: ArrayLike, min: ArrayLike) -> array:
    """Each element, or `min` if that is larger.

    Example:
        >>> print(ingot.clamp_min(ingot.array([-1.0, 2.0]), 0))
        [0. 2.]
    """

def clamp_max(x: ArrayLike, max: ArrayLike) -> array:
    """Each element, or `max` if that is smaller.

    Example:
        >>> print(ingot.clamp_max(ingot.array([-1.0, 2.0]), 0))
        [-1.  0.]
    """

def frac(x: ArrayLike) -> array:
    """What lies behind the point: `x - trunc(x)`.

    Example:
        >>> print(ingot.frac(ingot.array([1.5, -2.25])))
        [ 0.5  -0.25]
    """

def dist(x: ArrayLike, other: ArrayLike, p: float = 2.0) -> array:
    """The p-norm of `x - other`.

    Example:
        >>> print(ingot.dist(ingot.array([3.0, 0.0]), ingot.array([0.0, 4.0])))
        5.0
    """

def logdet(x: ArrayLike) -> array:
    """The logarithm of the determinant: -inf for a singular matrix, NaN where it is negative.

    Raises ShapeError unless the last two axes make square matrices.

    Example:
        >>> print(ingot.logdet(ingot.eye(2)))
        0.0
    """

def take_along_dim(x: ArrayLike, indices: ArrayLike, dim: int | None = None) -> array:
    """`take_along_axis`; without `dim`, of the flattened array.

    Example:
        >>> print(ingot.take_along_dim(ingot.array([[1, 2]]), ingot.array([[1]]), dim=1))
        [[2]]
    """
