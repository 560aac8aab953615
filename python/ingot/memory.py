"""What the arrays of this process hold, in bytes, and limits on it."""

from ingot._core.memory import *
