"""Where PyTorch's scripts look for data loaders: `ingot.utils.data` is `ingot.data`."""

import sys as _sys

from ingot import data as data

_sys.modules[f"{__name__}.data"] = data
