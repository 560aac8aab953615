"""Optimizers, with the names and arguments of `torch.optim`; schedules of learning rates; and `minimize`."""

from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from ingot._core.optim import *

del lr_scheduler  # noqa: F821 - the core's; the module of this name is imported when it is first used

if _TYPE_CHECKING:
    from ingot.optim import lr_scheduler as lr_scheduler
    from ingot.optim import swa_utils as swa_utils
    from ingot.optim._minimize import OptimizeResult as OptimizeResult
    from ingot.optim._minimize import minimize as minimize


def __getattr__(name: str) -> _Any:
    import importlib

    if name in ("minimize", "OptimizeResult"):
        return getattr(importlib.import_module("ingot.optim._minimize"), name)
    if name in ("lr_scheduler", "swa_utils"):
        return importlib.import_module(f"ingot.optim.{name}")
    raise AttributeError(f"module 'ingot.optim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), "OptimizeResult", "lr_scheduler", "minimize", "swa_utils"})
