"""Ingot: PyTorch's way of training on an MLX-like array API, over one lazy C++ graph engine.

    import ingot
    from ingot import nn, optim

    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    optimizer = optim.Adam(model.parameters(), lr=0.01)
    loss = nn.MSELoss()(model(ingot.rand(8, 2)), ingot.zeros(8, 1))
    loss.backward()
    optimizer.step()

`ingot` and `ingot.core` hold the same names.
"""

from typing import TYPE_CHECKING as _TYPE_CHECKING

from ingot import autograd as autograd
from ingot import core as core
from ingot import fft as fft
from ingot import linalg as linalg
from ingot import memory as memory
from ingot import nn as nn
from ingot import optim as optim
from ingot import random as random
from ingot import tree as tree
from ingot.core import *
from ingot.core import _LAZY as _LAZY
from ingot.core import __array_api_version__ as __array_api_version__
from ingot.core import __array_namespace_info__ as __array_namespace_info__
from ingot.core import __getattr__ as __getattr__
from ingot.core import __version__ as __version__

if _TYPE_CHECKING:
    from ingot import amp as amp
    from ingot import backends as backends
    from ingot import cuda as cuda
    from ingot import data as data
    from ingot import distributions as distributions
    from ingot import func as func
    from ingot import utils as utils
    from ingot._profile import profile as profile
    from ingot.amp import autocast as autocast

__all__ = [name for name in (*globals(), *_LAZY) if not name.startswith("_")]
