"""Modules, layers and losses, with the names and arguments of `torch.nn`."""

import typing as _typing

from ingot import _lazy
from ingot._core import Parameter as Parameter
from ingot._core.nn import *
from ingot.nn._upsampling import UpsamplingBilinear2d as UpsamplingBilinear2d
from ingot.nn._upsampling import UpsamplingNearest2d as UpsamplingNearest2d

if _typing.TYPE_CHECKING:
    from ingot.nn import functional as functional
    from ingot.nn import init as init
    from ingot.nn import utils as utils
    from ingot.nn._lazy_layers import *
    from ingot.nn._parallel import DataParallel as DataParallel
else:
    # What `*` brings under these names, which `from` would find, is the C++ part alone.
    import ingot.nn.functional as functional  # noqa: F401
    import ingot.nn.init as init  # noqa: F401

    del utils


_LAYERS = ("BatchNorm", "Conv", "ConvTranspose", "InstanceNorm")
_LAZY = {f"Lazy{kind}{n}d": "_lazy_layers" for kind in _LAYERS for n in (1, 2, 3)}
_LAZY |= {"LazyLinear": "_lazy_layers", "DataParallel": "_parallel", "utils": "utils"}


def __getattr__(name: str) -> _typing.Any:
    return _lazy.attribute(__name__, _LAZY, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
