"""`save` and `load` with PyTorch's names of arguments."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

from ingot import _saving


def save(obj: Any, f: Any, *args: Any, **settings: Any) -> None:
    """See `ingot.save`; arguments that choose a format are ignored."""
    _saving.save(obj, f)


def load(f: Any, map_location: Any = None, *args: Any, **settings: Any) -> Any:
    """See `ingot.load`. Raises FileNotFoundError where there is no such file."""
    if isinstance(f, (str, os.PathLike)) and not Path(f).exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), os.fspath(f))
    return _saving.load(f, map_location)
