"""All functions on arrays: the names that `ingot` itself gives out too."""

import math as _math
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from ingot import _core, _lazy
from ingot import fft as fft
from ingot import linalg as linalg
from ingot import memory as memory
from ingot import nn as nn
from ingot import optim as optim
from ingot import random as random
from ingot._array_api import __array_api_version__ as __array_api_version__
from ingot._array_api import __array_namespace_info__ as __array_namespace_info__
from ingot._core import *
from ingot._core import __version__ as __version__
from ingot._jit import jit as jit
from ingot._saving import load as load
from ingot._saving import save as save
from ingot._torch_names import broadcast_tensors as broadcast_tensors
from ingot._torch_names import chain_matmul as chain_matmul
from ingot._torch_names import det as det
from ingot._torch_names import inverse as inverse
from ingot._torch_names import is_complex as is_complex
from ingot._torch_names import is_floating_point as is_floating_point
from ingot._torch_names import is_nonzero as is_nonzero
from ingot._torch_names import is_tensor as is_tensor
from ingot._torch_names import matrix_power as matrix_power
from ingot._torch_names import norm as norm
from ingot._torch_names import numel as numel
from ingot._torch_names import pinverse as pinverse
from ingot._torch_names import qr as qr
from ingot._torch_names import randint_like as randint_like
from ingot._torch_names import scalar_tensor as scalar_tensor
from ingot._torch_names import slogdet as slogdet
from ingot._torch_names import swapdims as swapdims
from ingot._torch_settings import are_deterministic_algorithms_enabled as are_deterministic_algorithms_enabled
from ingot._torch_settings import get_default_dtype as get_default_dtype
from ingot._torch_settings import get_float32_matmul_precision as get_float32_matmul_precision
from ingot._torch_settings import set_default_dtype as set_default_dtype
from ingot._torch_settings import set_float32_matmul_precision as set_float32_matmul_precision
from ingot._torch_settings import set_printoptions as set_printoptions
from ingot._torch_settings import use_deterministic_algorithms as use_deterministic_algorithms
from ingot._transforms import async_eval as async_eval
from ingot._transforms import custom_function as custom_function
from ingot._transforms import custom_jvp as custom_jvp
from ingot._transforms import custom_vjp as custom_vjp
from ingot._transforms import eval as eval
from ingot._transforms import grad as grad
from ingot._transforms import hessian as hessian
from ingot._transforms import hvp as hvp
from ingot._transforms import jacfwd as jacfwd
from ingot._transforms import jacobian as jacobian
from ingot._transforms import jacrev as jacrev
from ingot._transforms import jvp as jvp
from ingot._transforms import linear_transpose as linear_transpose
from ingot._transforms import linearize as linearize
from ingot._transforms import value_and_grad as value_and_grad
from ingot._transforms import vhp as vhp
from ingot._transforms import vjp as vjp
from ingot._transforms import vmap as vmap
from ingot.autograd import checkpoint as checkpoint
from ingot.autograd import enable_grad as enable_grad
from ingot.autograd import no_grad as no_grad
from ingot.autograd import set_grad_enabled as set_grad_enabled

# Names that other frameworks have for the same things.
tensor = Tensor = array
#: What shapes are: PyTorch's name for the tuple.
Size = tuple[int, ...] if _TYPE_CHECKING else tuple
#: PyTorch's names of memory formats, which `to` and `contiguous` take: the engine chooses layouts by itself.
contiguous_format, preserve_format = "contiguous_format", "preserve_format"
channels_last, channels_last_3d = "channels_last", "channels_last_3d"
inference_mode = no_grad
compile = jit

inf = _math.inf
nan = _math.nan
pi = _math.pi
e = _math.e
newaxis = None

#: PyTorch's and Python's names of dtypes, and a function that is called as a type is; `import *` does not bring them,
#: for they would hide the built-in types.
_NOT_EXPORTED = {
    "bool": _core.bool_,
    "float": _core.float32,
    "double": _core.float64,
    "half": _core.float16,
    "int": _core.int32,
    "long": _core.int64,
    "short": _core.int16,
    "cfloat": _core.complex64,
    "cdouble": _core.complex128,
    "complex": _core.complex,
}


_LAZY = {
    "amp": "amp",
    "autocast": "amp",
    "backends": "backends",
    "cuda": "cuda",
    "data": "data",
    "distributions": "distributions",
    "func": "func",
    "profile": "_profile",
    "utils": "utils",
}


def __getattr__(name: str) -> _Any:
    return _NOT_EXPORTED[name] if name in _NOT_EXPORTED else _lazy.attribute("ingot", _LAZY, name)
