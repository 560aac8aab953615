"""Gradients as PyTorch's users ask for them: grad mode, gradients of arrays by arrays, own functions, and checks.

Transforms of functions (`ingot.grad`, `vjp`, `jvp`, `vmap`, `jacobian`) are in `ingot` itself, and under PyTorch's
names in `ingot.func`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingot import _lazy
from ingot._core import is_grad_enabled
from ingot.autograd import checkpointing
from ingot.autograd.checkpointing import checkpoint
from ingot.autograd.grad_mode import enable_grad, no_grad, set_grad_enabled
from ingot.autograd.gradients import Variable, backward, grad

if TYPE_CHECKING:
    from ingot.autograd import forward_ad, function, functional
    from ingot.autograd.anomaly import detect_anomaly, set_detect_anomaly
    from ingot.autograd.check import GradcheckError, gradcheck, gradgradcheck
    from ingot.autograd.comparison import Comparison, compare
    from ingot.autograd.function import Function, once_differentiable

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

_LAZY = {
    "Comparison": "comparison",
    "Function": "function",
    "GradcheckError": "check",
    "compare": "comparison",
    "detect_anomaly": "anomaly",
    "forward_ad": "forward_ad",
    "function": "function",
    "functional": "functional",
    "gradcheck": "check",
    "gradgradcheck": "check",
    "once_differentiable": "function",
    "set_detect_anomaly": "anomaly",
}


def __getattr__(name: str) -> Any:
    return _lazy.attribute(__name__, _LAZY, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
