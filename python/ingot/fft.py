"""Discrete Fourier transforms of any length, in NumPy's conventions; float32 stays in single precision."""

from ingot._core.fft import *
