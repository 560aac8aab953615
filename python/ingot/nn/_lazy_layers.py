"""Layers that learn from their first input how many features or channels it has, and are ordinary layers."""

from __future__ import annotations

import weakref
from typing import Any

from ingot import _core

nn = _core.nn

__all__ = [
    "LazyBatchNorm1d",
    "LazyBatchNorm2d",
    "LazyBatchNorm3d",
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
    "LazyInstanceNorm1d",
    "LazyInstanceNorm2d",
    "LazyInstanceNorm3d",
    "LazyLinear",
]

_WAITING = "_waits_for_input"
_handles: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def _learn(module: Any, args: tuple[Any, ...]) -> None:
    """Before the first call."""
    if _WAITING not in vars(module):  # a copy that has learnt it already
        return
    if _core.is_recording():
        raise _core.TraceError(
            f"{type(module).__name__}: a lazy layer learns its shape from its first input, which no recording can do: "
            "call the model once before the function that jit records"
        )
    _become(module, args[0].shape[vars(module)[_WAITING]])


def _learn_from_state(module: Any, state: Any, prefix: str, *others: Any) -> None:
    """Before a state dict is loaded into a layer that has seen no input."""
    value = state.get(prefix + "weight", state.get(prefix + "running_mean"))
    if _WAITING not in vars(module) or value is None:
        return
    if len(value.shape) == 1 or hasattr(module, "output_padding"):
        _become(module, value.shape[0])
    else:
        _become(module, value.shape[1] * getattr(module, "groups", 1))


def _become(module: Any, inputs: int) -> None:
    """The layer is an ordinary one from now on."""
    module._set_inputs(inputs)
    del vars(module)[_WAITING]
    for handle in _handles.pop(module, ()):
        handle.remove()


def _waiting(layer: Any, axis: int) -> Any:
    setattr(layer, _WAITING, axis)
    on_state = layer.register_load_state_dict_pre_hook(_learn_from_state)
    _handles[layer] = (layer.register_forward_pre_hook(_learn), on_state)
    return layer


class LazyLinear:
    """A `Linear` that learns `in_features` from its first input, or from the state dict that is loaded into it. Until
    then its weight has one column.

    Example:
        >>> layer = nn.LazyLinear(3)
        >>> layer(ingot.ones(2, 5)).shape, layer
        ((2, 3), Linear(in_features=5, out_features=3, bias=True))
    """

    def __new__(cls, out_features: int, bias: bool = True, device: Any = None, dtype: Any = None) -> Any:
        return _waiting(nn.Linear(1, out_features, bias, device, dtype), -1)


class LazyConv1d:
    """A `Conv1d` that learns `in_channels` from its first input; see `LazyConv2d`.

    Example:
        >>> nn.LazyConv1d(4, 3)(ingot.ones(2, 5, 8)).shape
        (2, 4, 6)
    """

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.Conv1d, 1, out_channels, kernel_size, args, settings)


class LazyConv2d:
    """A `Conv2d` that learns `in_channels` from its first input; all other arguments are those of `Conv2d`.

    Example:
        >>> layer = nn.LazyConv2d(4, kernel_size=3)
        >>> layer(ingot.ones(2, 5, 8, 8)).shape, layer.in_channels
        ((2, 4, 6, 6), 5)
    """

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.Conv2d, 2, out_channels, kernel_size, args, settings)


class LazyConv3d:
    """A `Conv3d` that learns `in_channels` from its first input; see `LazyConv2d`.

    Example:
        >>> nn.LazyConv3d(4, 3)(ingot.ones(2, 5, 3, 3, 3)).shape
        (2, 4, 1, 1, 1)
    """

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.Conv3d, 3, out_channels, kernel_size, args, settings)


def _convolution(
    kind: Any, spatial: int, out_channels: int, kernel_size: Any, args: tuple[Any, ...], settings: dict[str, Any]
) -> Any:
    groups = args[3] if len(args) > 3 else settings.get("groups", 1)
    return _waiting(kind(groups, out_channels, kernel_size, *args, **settings), -1 - spatial)


class LazyConvTranspose1d:
    """A `ConvTranspose1d` that learns `in_channels` from its first input; see `LazyConv2d`."""

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.ConvTranspose1d, 1, out_channels, kernel_size, args, settings)


class LazyConvTranspose2d:
    """A `ConvTranspose2d` that learns `in_channels` from its first input; see `LazyConv2d`.

    Example:
        >>> nn.LazyConvTranspose2d(4, 3)(ingot.ones(2, 5, 8, 8)).shape
        (2, 4, 10, 10)
    """

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.ConvTranspose2d, 2, out_channels, kernel_size, args, settings)


class LazyConvTranspose3d:
    """A `ConvTranspose3d` that learns `in_channels` from its first input; see `LazyConv2d`."""

    def __new__(cls, out_channels: int, kernel_size: Any, *args: Any, **settings: Any) -> Any:
        return _convolution(nn.ConvTranspose3d, 3, out_channels, kernel_size, args, settings)


class LazyInstanceNorm1d:
    """An `InstanceNorm1d` that learns `num_features` from its first input; see `LazyBatchNorm1d`."""

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.InstanceNorm1d(1, *args, **settings), -2)


class LazyInstanceNorm2d:
    """An `InstanceNorm2d` that learns `num_features` from its first input; see `LazyBatchNorm1d`.

    Example:
        >>> nn.LazyInstanceNorm2d(affine=True)(ingot.ones(2, 5, 3, 3)).shape
        (2, 5, 3, 3)
    """

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.InstanceNorm2d(1, *args, **settings), -3)


class LazyInstanceNorm3d:
    """An `InstanceNorm3d` that learns `num_features` from its first input; see `LazyBatchNorm1d`."""

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.InstanceNorm3d(1, *args, **settings), -4)


class LazyBatchNorm1d:
    """A `BatchNorm1d` that learns `num_features` from its first input; all other arguments are those of `BatchNorm1d`.

    Example:
        >>> nn.LazyBatchNorm1d()(ingot.ones(2, 5)).shape
        (2, 5)
    """

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.BatchNorm1d(1, *args, **settings), 1)


class LazyBatchNorm2d:
    """A `BatchNorm2d` that learns `num_features` from its first input; see `LazyBatchNorm1d`.

    Example:
        >>> nn.LazyBatchNorm2d()(ingot.ones(2, 5, 3, 3)).shape
        (2, 5, 3, 3)
    """

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.BatchNorm2d(1, *args, **settings), 1)


class LazyBatchNorm3d:
    """A `BatchNorm3d` that learns `num_features` from its first input; see `LazyBatchNorm1d`.

    Example:
        >>> nn.LazyBatchNorm3d()(ingot.ones(2, 5, 3, 3, 3)).shape
        (2, 5, 3, 3, 3)
    """

    def __new__(cls, *args: Any, **settings: Any) -> Any:
        return _waiting(nn.BatchNorm3d(1, *args, **settings), 1)
