"""PyTorch's `torch.nn.modules`, under whatever name below it: the layers of `ingot.nn`, and what their sources share.

Example:
    >>> from ingot.torch.modules import _BatchNorm, _pair
    >>> isinstance(nn.BatchNorm2d(3), _BatchNorm), isinstance(nn.Linear(1, 1), _BatchNorm), _pair(3)
    (True, False, (3, 3))
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from ingot import nn

utils = sys.modules[__name__]  # where PyTorch has `_pair`; else it would be `nn.utils`


def __getattr__(name: str) -> Any:
    """The layers."""
    try:
        return getattr(nn, name)
    except AttributeError:
        raise AttributeError(f"module 'torch.nn.modules' has no attribute {name!r}") from None


def _ntuple(n: int, name: str = "parse") -> Callable[[Any], tuple[Any, ...]]:
    """A function that makes n of one, and a tuple of several."""
    return lambda x: tuple(x) if isinstance(x, Iterable) else (x,) * n


_single, _pair, _triple, _quadruple = map(_ntuple, (1, 2, 3, 4))


class _Family(type):
    """A class whose instances are those of its members."""

    members: tuple[type, ...]

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.members)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, cls.members)


def _family(name: str, *members: str) -> Any:
    return _Family(name, (), {"members": tuple(getattr(nn, member) for member in members), "__module__": __name__})


_BatchNorm = _family("_BatchNorm", "BatchNorm1d", "BatchNorm2d", "BatchNorm3d")
_InstanceNorm = _family("_InstanceNorm", "InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d")
_NormBase = _family("_NormBase", *(f"{kind}Norm{n}d" for kind in ("Batch", "Instance") for n in (1, 2, 3)))
_ConvTransposeNd = _family("_ConvTransposeNd", *(f"ConvTranspose{n}d" for n in (1, 2, 3)))
_ConvNd = _family("_ConvNd", *(f"Conv{kind}{n}d" for kind in ("", "Transpose") for n in (1, 2, 3)))
_DropoutNd = _family("_DropoutNd", "Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout")


class _Loss(nn.Module):
    """A loss with a `reduction`, to derive from."""

    def __init__(self, size_average: Any = None, reduce: Any = None, reduction: str = "mean") -> None:
        super().__init__()
        self.reduction = reduction


class _WeightedLoss(_Loss):
    """A loss with a weight for each class, to derive from."""

    def __init__(
        self, weight: Any = None, size_average: Any = None, reduce: Any = None, reduction: str = "mean"
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
