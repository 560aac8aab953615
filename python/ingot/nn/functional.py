"""Layers and losses as plain functions."""

from ingot._core.nn.functional import *
from ingot._core.nn.functional import interpolate as upsample  # noqa: F401 - its older name
