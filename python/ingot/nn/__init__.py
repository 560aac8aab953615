"""Modules, layers and losses, with the names and arguments of `torch.nn`."""

from importlib import import_module as _import_module

from ingot._core import Parameter as Parameter
from ingot._core.nn import *
from ingot.nn import functional as functional
from ingot.nn import init as init
from ingot.nn._upsampling import UpsamplingBilinear2d as UpsamplingBilinear2d
from ingot.nn._upsampling import UpsamplingNearest2d as UpsamplingNearest2d

# What `*` brings under this name is the C++ part alone.
utils = _import_module("ingot.nn.utils")
