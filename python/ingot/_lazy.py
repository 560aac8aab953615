"""Names that few programs use: their modules are imported when they are first asked for, not with the package."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any


def attribute(package: str, places: Mapping[str, str], name: str) -> Any:
    """The package's attribute `name`, which is a module of it, or in one: `places` says, by names, which.

    The package has it as one of its own from then on. Raises AttributeError for a name without a place.
    """
    if name not in places:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module = importlib.import_module(f"{package}.{places[name]}")
    value = module if name == places[name] else getattr(module, name)
    setattr(sys.modules[package], name, value)
    return value
