"""Transformers as MLX has them. With a layer as their first argument, the stacks are PyTorch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot
from ingot import array
from ingot.mlx.nn.layers import MultiHeadAttention, also_pytorchs, dialect_class
from ingot.mlx.nn.module import Module
from ingot.nn import functional

Activation = Callable[[array], array]
_with_pytorchs = also_pytorchs("d_model", "nhead", "dim_feedforward", "batch_first", "layer_norm_eps")
_linear, _norm, _dropout = (dialect_class(getattr(ingot.nn, name)) for name in ("Linear", "LayerNorm", "Dropout"))


class _Layer(Module):
    """Attentions and a network of two linear layers, each with a normalisation and with dropout behind it."""

    attentions: tuple[str, ...] = ()

    def __init__(
        self,
        dims: int,
        num_heads: int,
        mlp_dims: int | None = None,
        dropout: float = 0.0,
        activation: Activation = functional.relu,
        norm_first: bool = True,
    ) -> None:
        super().__init__()
        self.norm_first = norm_first
        for name in self.attentions:
            setattr(self, name, MultiHeadAttention(dims, num_heads))
        for i in range(1, len(self.attentions) + 2):
            setattr(self, f"ln{i}", _norm(dims))
            setattr(self, f"dropout{i}", _dropout(dropout))
        self.linear1 = _linear(dims, mlp_dims or 4 * dims)
        self.linear2 = _linear(mlp_dims or 4 * dims, dims)
        self.activation = activation

    def _part(self, i: int, x: array, function: Callable[[array], array]) -> array:
        """`x` and what a part makes of it, normalised before or after."""
        norm, dropout = getattr(self, f"ln{i}"), getattr(self, f"dropout{i}")
        result: array = x + dropout(function(norm(x))) if self.norm_first else norm(x + dropout(function(x)))
        return result

    def _network(self, i: int, x: array) -> array:
        norm, dropout = getattr(self, f"ln{i}"), getattr(self, f"dropout{i}")
        y = norm(x) if self.norm_first else x
        y = self.linear2(dropout(self.activation(self.linear1(y))))
        result: array = x + y if self.norm_first else norm(x + y)
        return result


@_with_pytorchs
class TransformerEncoderLayer(_Layer):
    """Attention of a sequence to itself and a network, each beside a shortcut."""

    attentions = ("attention",)

    def forward(self, x: array, mask: array | None = None) -> array:
        return self._network(2, self._part(1, x, lambda y: self.attention(y, y, y, mask)))


@_with_pytorchs
class TransformerDecoderLayer(_Layer):
    """Attention of a sequence to itself and to a memory, and a network, each beside a shortcut."""

    attentions = ("self_attention", "cross_attention")

    def forward(self, x: array, memory: array, x_mask: array | None = None, memory_mask: array | None = None) -> array:
        x = self._part(1, x, lambda y: self.self_attention(y, y, y, x_mask))
        x = self._part(2, x, lambda y: self.cross_attention(y, memory, memory, memory_mask))
        return self._network(3, x)


class _Stack(Module):
    layer: Any

    def __init__(
        self,
        num_layers: int,
        dims: int,
        num_heads: int,
        mlp_dims: int | None = None,
        dropout: float = 0.0,
        activation: Activation = functional.relu,
        norm_first: bool = True,
        checkpoint: bool = False,
    ) -> None:
        super().__init__()
        arguments = (dims, num_heads, mlp_dims, dropout, activation, norm_first)
        self.layers = ingot.nn.ModuleList([self.layer(*arguments) for _ in range(num_layers)])
        self.ln = _norm(dims)
        self.checkpoint = checkpoint

    def forward(self, x: array, *rest: array | None) -> array:
        for layer in self.layers:
            x = ingot.checkpoint(layer, x, *rest) if self.checkpoint else layer(x, *rest)
        result: array = self.ln(x)
        return result


@also_pytorchs("encoder_layer")
class TransformerEncoder(_Stack):
    """Encoder layers, and a normalisation behind them: `encoder(x, mask)`.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.TransformerEncoder(num_layers=2, dims=8, num_heads=2)(ingot.ones((1, 3, 8)), None).shape
        (1, 3, 8)
    """

    layer = TransformerEncoderLayer


@also_pytorchs("decoder_layer")
class TransformerDecoder(_Stack):
    """Decoder layers, and a normalisation behind them: `decoder(x, memory, x_mask, memory_mask)`."""

    layer = TransformerDecoderLayer


@_with_pytorchs
class Transformer(Module):
    """An encoder and a decoder: `model(source, target, source_mask, target_mask, memory_mask)`.

    Example:
        >>> from ingot.mlx import nn
        >>> model = nn.Transformer(dims=8, num_heads=2, num_encoder_layers=1, num_decoder_layers=1)
        >>> model(ingot.ones((1, 5, 8)), ingot.ones((1, 3, 8)), None, None, None).shape
        (1, 3, 8)
    """

    def __init__(
        self,
        dims: int = 512,
        num_heads: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        mlp_dims: int | None = None,
        dropout: float = 0.0,
        activation: Activation = functional.relu,
        custom_encoder: Any = None,
        custom_decoder: Any = None,
        norm_first: bool = True,
        checkpoint: bool = False,
    ) -> None:
        super().__init__()
        shared = (dims, num_heads, mlp_dims, dropout, activation, norm_first, checkpoint)
        self.encoder = custom_encoder or TransformerEncoder(num_encoder_layers, *shared)
        self.decoder = custom_decoder or TransformerDecoder(num_decoder_layers, *shared)

    def forward(
        self,
        src: array,
        tgt: array,
        src_mask: array | None = None,
        tgt_mask: array | None = None,
        memory_mask: array | None = None,
    ) -> array:
        result: array = self.decoder(tgt, self.encoder(src, src_mask), tgt_mask, memory_mask)
        return result
