"""Optimizers."""

from ingot._core.optim import *
