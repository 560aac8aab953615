"""MLX's `mlx.core`: Ingot's functions on arrays, and what MLX calls differently."""

from __future__ import annotations

import contextlib
import functools
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ingot
from ingot import _core, array
from ingot.mlx import fast as fast
from ingot.mlx import linalg as linalg
from ingot.mlx import random as random
from ingot.mlx._choices import *
from ingot.mlx._convolution import conv1d as conv1d
from ingot.mlx._convolution import conv2d as conv2d
from ingot.mlx._convolution import conv3d as conv3d
from ingot.mlx._convolution import conv_general as conv_general
from ingot.mlx._convolution import conv_transpose1d as conv_transpose1d
from ingot.mlx._convolution import conv_transpose2d as conv_transpose2d
from ingot.mlx._convolution import conv_transpose3d as conv_transpose3d
from ingot.mlx._functions import *
from ingot.mlx._memory import *
from ingot.mlx._quantized import dequantize as dequantize
from ingot.mlx._quantized import quantize as quantize
from ingot.mlx._quantized import quantized_matmul as quantized_matmul
from ingot.mlx.utils import ParameterTree, differentiating, plain

Dtype = ingot.dtype
bool_ = ingot.bool_


def __dir__() -> list[str]:
    return sorted({*globals(), *dir(ingot.core)})


def __getattr__(name: str) -> Any:
    """Everything that `ingot` has under the same name."""
    try:
        return getattr(ingot, name)
    except AttributeError:
        raise AttributeError(f"module 'mlx.core' has no attribute {name!r}") from None


# ---- values and transforms, which take the parameters of modules as trees ----


def _open(tree: Any) -> Any:
    if isinstance(tree, ParameterTree):
        return tree.tree
    if isinstance(tree, dict):
        return {key: _open(value) for key, value in tree.items()}
    return type(tree)(_open(value) for value in tree) if type(tree) in (list, tuple) else tree


def eval(*args: Any) -> None:
    """Computes the values of arrays in trees. Nobody has to call it."""
    ingot.eval(_open(args))


def async_eval(*args: Any) -> None:
    """Begins to compute the values of arrays in trees, and returns at once."""
    ingot.async_eval(_open(args))


def value_and_grad(fun: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[..., Any]:
    """`ingot.value_and_grad`, whose arguments may be `model.parameters()`. If the function returns a tuple, its first
    result is differentiated and all are returned, as MLX does; `has_aux=True` asks for Ingot's way.

    Example:
        >>> from ingot.mlx import core as mx
        >>> (loss, double), gradient = mx.value_and_grad(lambda x: (x * x, 2 * x))(mx.array(3.0))
        >>> print(loss, double, gradient)
        9.0 6.0 6.0
    """
    if kwargs.get("has_aux"):
        return _differentiate(ingot.value_and_grad, fun, args, kwargs)
    transformed = _differentiate(ingot.value_and_grad, _apart(fun), args, {**kwargs, "has_aux": True})

    @functools.wraps(fun, updated=())
    def wrapped(*inputs: Any, **named: Any) -> tuple[Any, Any]:
        (value, rest), gradients = transformed(*inputs, **named)
        return value if rest is None else (value, *rest), gradients

    return wrapped


def grad(fun: Callable[..., Any], *args: Any, **kwargs: Any) -> Callable[..., Any]:
    """`ingot.grad`, whose arguments may be `model.parameters()`, of the function's (first) result."""
    if kwargs.get("has_aux"):
        return _differentiate(ingot.grad, fun, args, kwargs)
    both = value_and_grad(fun, *args, **kwargs)

    @functools.wraps(fun, updated=())
    def wrapped(*inputs: Any, **named: Any) -> Any:
        return both(*inputs, **named)[1]

    return wrapped


def _apart(fun: Callable[..., Any]) -> Callable[..., tuple[Any, Any]]:
    """`fun`, whose first result is one thing and the rest (None if there is none) another."""

    @functools.wraps(fun, updated=())
    def wrapped(*inputs: Any, **named: Any) -> tuple[Any, Any]:
        result = fun(*inputs, **named)
        return (result[0], tuple(result[1:])) if isinstance(result, (tuple, list)) else (result, None)

    return wrapped


def _differentiate(transform: Any, fun: Callable[..., Any], args: Any, kwargs: Any) -> Callable[..., Any]:
    kwargs = {name: value for name, value in kwargs.items() if value not in (None, [])}
    args = tuple(value for value in args if value is not None)

    @functools.wraps(fun, updated=())
    def marked(*inputs: Any, **named: Any) -> Any:
        token = differentiating.set(True)
        try:
            return fun(*inputs, **named)
        finally:
            differentiating.reset(token)

    transformed = transform(marked, *args, **kwargs)

    @functools.wraps(fun, updated=())
    def wrapped(*inputs: Any, **named: Any) -> Any:
        return transformed(*(_open(value) for value in inputs), **named)

    return wrapped


_compiling = True


def disable_compile() -> None:
    """Has `compile` run functions as they are, from the next call on."""
    global _compiling
    _compiling = False


def enable_compile() -> None:
    """Has `compile` compile again."""
    global _compiling
    _compiling = True


def compile(
    fun: Callable[..., Any], inputs: Any = None, outputs: Any = None, shapeless: bool = False
) -> Callable[..., Any]:
    """`ingot.jit`, which finds by itself what state a function reads and writes: `inputs` and `outputs` need not be
    given. If they are, the first call runs uncompiled, and may make the state (an optimizer's) that later calls keep.

    Example:
        >>> from ingot.mlx import core as mx
        >>> print(mx.compile(lambda x: mx.exp(x) + 1)(mx.array(0.0)))
        2.0
    """
    jitted = ingot.jit(fun, shapeless=shapeless)
    prepared = inputs is None and outputs is None

    @functools.wraps(fun, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal prepared
        if not prepared or not _compiling:
            prepared = True
            return fun(*args, **kwargs)
        return jitted(*args, **kwargs)

    return wrapped


def checkpoint(fun: Callable[..., Any]) -> Callable[..., Any]:
    """`fun`, whose intermediate values are computed again for the gradient instead of kept."""
    return functools.partial(ingot.checkpoint, fun)


# ---- devices and streams ----

cpu = ingot.device("cpu")
gpu = ingot.device("metal")
DeviceType = ingot.device


class Device:
    """MLX's device: a kind and a number. There is one device of each kind here."""

    def __init__(self, type: Any, index: int = 0) -> None:
        self.type, self.index = ingot.device(str(type)) if isinstance(type, str) else type, index

    def __repr__(self) -> str:
        return f"Device({self.type}, {self.index})"

    def __eq__(self, other: object) -> bool:
        return self.type == getattr(other, "type", other) or self.type == other

    def __hash__(self) -> int:
        return hash(self.type)


class Stream:
    """Where work is queued in MLX; here, work of any thread is ordered by what it depends on."""

    def __init__(self, device: Any = None, index: int = 0) -> None:
        self.device, self.index = device or default_device(), index

    def __repr__(self) -> str:
        return f"Stream({self.device}, {self.index})"


def is_available(device: Any) -> bool:
    """True if this machine can compute on the device."""
    return ingot.is_available(device.type if isinstance(device, Device) else device)


def default_device() -> Device:
    """The device that computes: the CPU."""
    return Device(cpu)


def set_default_device(device: Any) -> None:
    """Raises DeviceError for a device that this machine lacks."""
    ingot.zeros(1).to(device=device.type if isinstance(device, Device) else device)


def default_stream(device: Any) -> Stream:
    return Stream(device)


def new_stream(device: Any) -> Stream:
    return Stream(device)


def set_default_stream(stream: Stream) -> None:
    """Nothing to do: there is one."""


@contextlib.contextmanager
def stream(s: Any) -> Iterator[None]:
    """A context in which work goes to a device or stream. Raises DeviceError for a device that this machine lacks."""
    set_default_device(s.device if isinstance(s, Stream) else s)
    yield


def synchronize(stream: Any = None) -> None:
    """Waits for nothing: reading a value waits for it."""


def device_count(device_type: Any) -> int:
    """The number of devices of a kind."""
    return int(is_available(device_type))


def device_info(device: Any = None) -> dict[str, Any]:
    """What is known of the device."""
    import platform

    return {"architecture": platform.machine(), "device_name": str(cpu)}


metal = types.SimpleNamespace(
    is_available=lambda: ingot.is_available(gpu),
    device_info=device_info,
    clear_cache=clear_cache,
    get_active_memory=get_active_memory,
    get_cache_memory=get_cache_memory,
    get_peak_memory=get_peak_memory,
    reset_peak_memory=reset_peak_memory,
    set_cache_limit=set_cache_limit,
    set_memory_limit=set_memory_limit,
)


# ---- text ----


def set_printoptions(precision: int = -1) -> None:
    """Sets how many decimals arrays are printed with: NumPy's setting, which makes the text. -1 is its default."""
    import numpy

    numpy.set_printoptions(precision=8 if precision < 0 else precision)


def printoptions(precision: int = -1) -> contextlib.AbstractContextManager[Any]:
    """A context in which arrays are printed with so many decimals."""
    import numpy

    return numpy.printoptions(precision=8 if precision < 0 else precision)


def get_printoptions() -> dict[str, Any]:
    """How arrays are printed."""
    import numpy

    return dict(numpy.get_printoptions())


# ---- files ----


def save(file: Any, arr: array) -> None:
    """Writes one array in NumPy's format (`.npy`, added to a name without it)."""
    import numpy

    numpy.save(file, arr.numpy())


def savez(file: Any, *args: array, **kwargs: array) -> None:
    """Writes arrays by name in NumPy's format (`.npz`)."""
    import numpy

    numpy.savez(file, *(x.numpy() for x in args), **{name: x.numpy() for name, x in kwargs.items()})


def savez_compressed(file: Any, *args: array, **kwargs: array) -> None:
    """`savez`, compressed."""
    import numpy

    numpy.savez_compressed(file, *(x.numpy() for x in args), **{name: x.numpy() for name, x in kwargs.items()})


def save_safetensors(file: Any, arrays: Any, metadata: dict[str, str] | None = None) -> None:
    """Writes arrays by name, and strings, which `load(..., return_metadata=True)` gives back; the name of the file gets
    `.safetensors` if it lacks it."""
    path = str(file)
    path = path if path.endswith(".safetensors") else path + ".safetensors"
    _core._save_with_metadata(dict(plain(arrays)), path, list((metadata or {}).items()))


def load(file: Any, /, format: str | None = None, return_metadata: bool = False) -> Any:
    """What is in a `.npy` (an array), `.npz` or `.safetensors` file (a dictionary of arrays).

    Raises ValueError for other formats.
    """
    kind = format or Path(str(file)).suffix.lstrip(".")
    if kind == "safetensors":
        loaded = ingot.load(str(file))
    elif kind in ("npy", "npz"):
        import numpy

        read = numpy.load(file, allow_pickle=False)
        loaded = array(read) if kind == "npy" else {name: array(read[name]) for name in read.files}
    else:
        raise ValueError(f"load: expected a .npy, .npz or .safetensors file, got {str(file)!r}")
    if not return_metadata:
        return loaded
    return loaded, dict(_core._metadata(str(file))) if kind == "safetensors" else {}


#: For `from mlx.core import *`.
__all__ = [name for name in __dir__() if not name.startswith("_")]
