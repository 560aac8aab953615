"""PyTorch's `torch.jit`: functions and modules as they are, because the engine plans and fuses whatever runs."""

from __future__ import annotations

from typing import Any

import ingot
from ingot.torch.files import load as load
from ingot.torch.files import save as save


def script(obj: Any, *args: Any, **settings: Any) -> Any:
    """The function or module itself."""
    return obj


def trace(func: Any, example_inputs: Any = None, **settings: Any) -> Any:
    """The function or module itself; unlike a trace, it goes on to take the branches that its arguments ask for."""
    return func


def ignore(drop: Any = False, **settings: Any) -> Any:
    """A decorator that does nothing."""
    return drop if callable(drop) else lambda function: function


unused = export = script_if_tracing = ignore


ScriptModule = ingot.nn.Module


def is_scripting() -> bool:
    """False."""
    return False


def is_tracing() -> bool:
    """False."""
    return False
