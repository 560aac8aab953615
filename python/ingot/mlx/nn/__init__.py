"""MLX's `mlx.nn`: Ingot's modules with MLX's methods, MLX's losses, initialisers and `value_and_grad`."""

from __future__ import annotations

from typing import Any

import ingot
from ingot.mlx.nn import init as init
from ingot.mlx.nn import losses as losses
from ingot.mlx.nn.convolution import *
from ingot.mlx.nn.layers import *
from ingot.mlx.nn.layers import dialect_class as _dialect_class
from ingot.mlx.nn.module import Module as Module
from ingot.mlx.nn.module import value_and_grad as value_and_grad
from ingot.mlx.nn.quantized import QuantizedEmbedding as QuantizedEmbedding
from ingot.mlx.nn.quantized import QuantizedLinear as QuantizedLinear
from ingot.mlx.nn.quantized import quantize as quantize
from ingot.mlx.nn.recurrent import GRU as GRU
from ingot.mlx.nn.recurrent import LSTM as LSTM
from ingot.mlx.nn.recurrent import RNN as RNN
from ingot.mlx.nn.transformer import *
from ingot.nn import Parameter as Parameter
from ingot.nn import functional as functional

#: What MLX calls differently.
_RENAMED = {"HardTanh": "Hardtanh", "HardShrink": "Hardshrink"}

for _name, _kind in list(vars(ingot.nn).items()):
    if isinstance(_kind, type) and issubclass(_kind, ingot.nn.Module) and _name not in globals():
        globals()[_name] = _dialect_class(_kind)  # type: ignore[arg-type]
for _name, _other in _RENAMED.items():
    if _other in globals():
        globals()[_name] = globals()[_other]


def __getattr__(name: str) -> Any:
    """Everything else of `ingot.nn`, and functions such as `nn.relu`, which MLX keeps here."""
    for place in (ingot.nn, functional, ingot):
        if hasattr(place, name):
            return getattr(place, name)
    raise AttributeError(f"module 'mlx.nn' has no attribute {name!r}")
