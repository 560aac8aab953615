"""MLX's `mlx.optimizers`; given parameters first, as PyTorch does, a class makes Ingot's own optimizer."""

from __future__ import annotations

from typing import Any

import ingot
from ingot.mlx.optimizers.base import MultiOptimizer as MultiOptimizer
from ingot.mlx.optimizers.base import Optimizer as Optimizer
from ingot.mlx.optimizers.base import clip_grad_norm as clip_grad_norm
from ingot.mlx.optimizers.large import Adafactor as Adafactor
from ingot.mlx.optimizers.large import Muon as Muon
from ingot.mlx.optimizers.rules import *
from ingot.mlx.optimizers.schedules import cosine_decay as cosine_decay
from ingot.mlx.optimizers.schedules import exponential_decay as exponential_decay
from ingot.mlx.optimizers.schedules import join_schedules as join_schedules
from ingot.mlx.optimizers.schedules import linear_schedule as linear_schedule
from ingot.mlx.optimizers.schedules import step_decay as step_decay


def __getattr__(name: str) -> Any:
    """The optimizers and schedulers that only `ingot.optim` has."""
    if hasattr(ingot.optim, name):
        return getattr(ingot.optim, name)
    raise AttributeError(f"module 'mlx.optimizers' has no attribute {name!r}")
