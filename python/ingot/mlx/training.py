"""The dialect of `ingot run script.py`: MLX's modules, but layers, and functions on arrays, that `ingot` has under the
same name with PyTorch's meaning keep that.

Tutorials that train PyTorch's way under MLX's names mean PyTorch's layouts (channels first), recurrent layers and pairs
of values and indices. `ingot run --as mlx` and `from ingot import mlx` give Apple's meaning of every name.
"""

from __future__ import annotations

import types
from typing import Any

import ingot
from ingot.mlx import core, nn
from ingot.mlx.nn.layers import dialect_class

#: Functions of `mlx.core` that mean something else in PyTorch.
FUNCTIONS = (
    *("max", "min", "topk", "median", "cummax", "cummin"),
    *(f"{kind}{axes}d" for kind in ("conv", "conv_transpose") for axes in (1, 2, 3)),
)
#: Layers of `mlx.nn` that are others in PyTorch.
LAYERS = (
    *(f"{kind}{axes}d" for kind in ("Conv", "ConvTranspose", "MaxPool", "AvgPool") for axes in (1, 2, 3)),
    *("Dropout2d", "Dropout3d", "Upsample", "GroupNorm", "RNN", "LSTM", "GRU"),
    *("RMSNorm", "Softmin"),
    *("TransformerEncoderLayer", "TransformerDecoderLayer", "TransformerEncoder", "TransformerDecoder", "Transformer"),
)


def _changed(module: types.ModuleType, changes: dict[str, Any]) -> types.ModuleType:
    result = types.ModuleType(module.__name__, module.__doc__)
    vars(result).update({**vars(module), **changes})
    return result


def modules() -> tuple[types.ModuleType, types.ModuleType]:
    """`mlx.core` and `mlx.nn`, so changed."""
    return (
        _changed(core, {name: getattr(ingot, name) for name in FUNCTIONS}),
        _changed(nn, {name: dialect_class(getattr(ingot.nn, name)) for name in LAYERS}),
    )
