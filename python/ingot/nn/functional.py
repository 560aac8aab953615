"""Layers and losses as plain functions."""

from ingot._core.nn.functional import *
