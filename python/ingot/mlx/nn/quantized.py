"""Layers whose weights are small integers (`mx.quantize`); they do not learn."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import ingot
from ingot import array
from ingot.mlx import _quantized
from ingot.mlx.nn.module import Module
from ingot.mlx.utils import tree_unflatten


class _Quantized(Module):
    def _take(self, weight: array, group_size: int, bits: int) -> None:
        self.group_size, self.bits = group_size, bits
        for name, part in zip(
            ("weight", "scales", "biases"), _quantized.quantize(weight.detach(), group_size, bits), strict=True
        ):
            self.register_parameter(name, ingot.Parameter(part, False))

    @property
    def _settings(self) -> dict[str, Any]:
        return {"group_size": self.group_size, "bits": self.bits}


class QuantizedLinear(_Quantized):
    """`nn.Linear` with a quantised weight.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.QuantizedLinear.from_linear(nn.Linear(64, 3))(ingot.ones((2, 64))).shape
        (2, 3)
    """

    def __init__(
        self, input_dims: int, output_dims: int, bias: bool = True, group_size: int = 64, bits: int = 4
    ) -> None:
        super().__init__()
        reach = 1 / math.sqrt(input_dims)
        self._take(ingot.random.uniform((output_dims, input_dims), -reach, reach), group_size, bits)
        self.bias = ingot.Parameter(ingot.zeros(output_dims), False) if bias else None

    def forward(self, x: array) -> array:
        y = _quantized.quantized_matmul(x, self.weight, self.scales, self.biases, **self._settings)
        return y if self.bias is None else y + self.bias

    @classmethod
    def from_linear(cls, linear_layer: Any, group_size: int = 64, bits: int = 4) -> QuantizedLinear:
        """The layer with the weight of another, quantised."""
        outputs, inputs = linear_layer.weight.shape
        made = cls(inputs, outputs, False, group_size, bits)
        made._take(linear_layer.weight, group_size, bits)
        if linear_layer.bias is not None:
            made.bias = ingot.Parameter(linear_layer.bias.detach(), False)
        return made


class QuantizedEmbedding(_Quantized):
    """`nn.Embedding` with a quantised table."""

    def __init__(self, num_embeddings: int, dims: int, group_size: int = 64, bits: int = 4) -> None:
        super().__init__()
        table = ingot.random.normal((num_embeddings, dims), 0.0, math.sqrt(1 / dims))
        self._take(table, group_size, bits)

    def forward(self, x: array) -> array:
        rows = (part[x] for part in (self.weight, self.scales, self.biases))
        return _quantized.dequantize(*rows, **self._settings)

    def as_linear(self, x: array) -> array:
        """x @ table.T: scores of all entries."""
        return _quantized.quantized_matmul(x, self.weight, self.scales, self.biases, **self._settings)

    @classmethod
    def from_embedding(cls, embedding_layer: Any, group_size: int = 64, bits: int = 4) -> QuantizedEmbedding:
        """The layer with the table of another, quantised."""
        number, dims = embedding_layer.weight.shape
        made = cls(number, dims, group_size, bits)
        made._take(embedding_layer.weight, group_size, bits)
        return made


def quantize(
    model: Any,
    group_size: int = 64,
    bits: int = 4,
    class_predicate: Callable[[str, Any], bool | dict[str, Any]] | None = None,
) -> None:
    """Puts quantised layers in the place of a model's linear layers and embeddings (of which `class_predicate(path,
    module)` is true, or gives other settings), in place.

    Raises ValueError for a layer whose width the groups do not divide.

    Example:
        >>> from ingot.mlx import nn
        >>> model = nn.Sequential(nn.Linear(64, 64), nn.ReLU())
        >>> nn.quantize(model, bits=8)
        >>> type(model.layers[0]).__name__
        'QuantizedLinear'
    """
    replaced = []
    for name, module in model.named_modules():
        if not name or not isinstance(module, (ingot.nn.Linear, ingot.nn.Embedding)):
            continue
        chosen = class_predicate(name, module) if class_predicate else True
        if not chosen:
            continue
        settings = {"group_size": group_size, "bits": bits, **(chosen if isinstance(chosen, dict) else {})}
        make = QuantizedLinear.from_linear if isinstance(module, ingot.nn.Linear) else QuantizedEmbedding.from_embedding
        replaced.append((name, make(module, **settings)))
    model.update_modules(tree_unflatten(replaced) if replaced else {})
