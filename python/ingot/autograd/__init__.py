"""Gradients as PyTorch's users ask for them: grad mode, gradients of arrays by arrays, own functions, and checks.

Transforms of functions (`ingot.grad`, `vjp`, `jvp`, `vmap`, `jacobian`) are in `ingot` itself, and under PyTorch's
names in `ingot.func`.
"""

from __future__ import annotations

from ingot._core import is_grad_enabled
from ingot.autograd import checkpointing, forward_ad, function, functional
from ingot.autograd.anomaly import detect_anomaly, set_detect_anomaly
from ingot.autograd.check import GradcheckError, gradcheck, gradgradcheck
from ingot.autograd.checkpointing import checkpoint
from ingot.autograd.comparison import Comparison, compare
from ingot.autograd.function import Function, once_differentiable
from ingot.autograd.grad_mode import enable_grad, no_grad, set_grad_enabled
from ingot.autograd.gradients import Variable, backward, grad

__all__ = [
    "Comparison",
    "Function",
    "GradcheckError",
    "Variable",
    "backward",
    "checkpoint",
    "checkpointing",
    "compare",
    "detect_anomaly",
    "enable_grad",
    "forward_ad",
    "function",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "is_grad_enabled",
    "no_grad",
    "once_differentiable",
    "set_detect_anomaly",
    "set_grad_enabled",
]
