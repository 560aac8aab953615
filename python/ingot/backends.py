"""Answers to what scripts ask of PyTorch's backends. Settings are kept and change nothing: results are always
deterministic, and products are as exact as their dtype.

Example:
    >>> ingot.backends.cudnn.benchmark = True
    >>> ingot.backends.mps.is_built() == ingot.is_available(ingot.device("mps"))
    True
"""

from __future__ import annotations

import types

import ingot


def _absent() -> bool:
    return False


def _has_metal() -> bool:
    return ingot.is_available(ingot.device("mps"))


def _module(name: str, **members: object) -> types.ModuleType:
    module = types.ModuleType(f"{__name__}.{name}")
    vars(module).update(members)
    return module


cuda = _module("cuda", is_built=_absent, matmul=types.SimpleNamespace(allow_tf32=False))
cudnn = _module(
    "cudnn",
    is_available=_absent,
    version=lambda: None,
    allow_tf32=False,
    benchmark=False,
    deterministic=True,
    enabled=False,
)
mkl = _module("mkl", is_available=_absent)
mps = _module("mps", is_available=_has_metal, is_built=_has_metal)
openmp = _module("openmp", is_available=_absent)
