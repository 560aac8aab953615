"""All functions on arrays: the names that `ingot` itself gives out too."""

import math as _math
from typing import Any as _Any

from ingot import _core
from ingot import memory as memory
from ingot import nn as nn
from ingot import optim as optim
from ingot import random as random
from ingot._core import *
from ingot._core import __version__ as __version__
from ingot._jit import jit as jit
from ingot._profile import profile as profile
from ingot._transforms import async_eval as async_eval
from ingot._transforms import eval as eval
from ingot._transforms import grad as grad
from ingot._transforms import jvp as jvp
from ingot._transforms import value_and_grad as value_and_grad
from ingot._transforms import vjp as vjp
from ingot._transforms import vmap as vmap
from ingot.autograd import checkpoint as checkpoint
from ingot.autograd import enable_grad as enable_grad
from ingot.autograd import no_grad as no_grad
from ingot.autograd import set_grad_enabled as set_grad_enabled

# Names that other frameworks have for the same things.
tensor = Tensor = array
inference_mode = no_grad
compile = jit

inf = _math.inf
nan = _math.nan
pi = _math.pi
e = _math.e
newaxis = None

#: PyTorch's and Python's names of dtypes; `import *` does not bring them, for they would hide the built-in types.
_DTYPE_NAMES = {
    "bool": _core.bool_,
    "float": _core.float32,
    "double": _core.float64,
    "half": _core.float16,
    "int": _core.int32,
    "long": _core.int64,
    "short": _core.int16,
    "cfloat": _core.complex64,
    "cdouble": _core.complex128,
}


def __getattr__(name: str) -> _Any:
    if name in _DTYPE_NAMES:
        return _DTYPE_NAMES[name]
    raise AttributeError(f"module 'ingot' has no attribute {name!r}")
