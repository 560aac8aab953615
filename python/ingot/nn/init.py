"""Initial values: each function fills the array it is given, outside of the graph, and returns it."""

from ingot._core.nn.init import *
