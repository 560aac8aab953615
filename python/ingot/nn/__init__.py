"""Modules, layers and losses, with the names and arguments of `torch.nn`."""

from ingot._core import Parameter as Parameter
from ingot._core.nn import *
from ingot.nn import functional as functional
from ingot.nn import init as init
