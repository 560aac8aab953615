"""The dialect of `ingot run script.py`: MLX's modules, with PyTorch's meaning where both have a name and differ.

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
    *("TransformerEncoderLayer", "TransformerDecoderLayer", "TransformerEncoder", "TransformerDecoder", "Transformer"),
)


def _changed(module: types.ModuleType, changes: dict[str, Any]) -> types.ModuleType:
    result = types.ModuleType(module.__name__, module.__doc__)
    vars(result).update({**vars(module), **changes})
    return result


def modules() -> tuple[types.ModuleType, types.ModuleType]:
    """`mlx.core` and `mlx.nn`."""
    functions = {name: getattr(ingot, name, None) or getattr(ingot.nn.functional, name) for name in FUNCTIONS}
    return (
        _changed(core, functions),
        _changed(nn, {name: dialect_class(getattr(ingot.nn, name)) for name in LAYERS}),
    )
