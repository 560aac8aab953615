"""Layers that MLX has and PyTorch has not, or has under other names of arguments."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import ingot
from ingot import array
from ingot.mlx import fast
from ingot.mlx.nn.module import Dialect, Module

Kind = TypeVar("Kind", bound=type)

#: MLX's names of constructor arguments, where they differ from PyTorch's. MLX's own group norm and RMS norm, below, are
#: other layers; `ingot.mlx.training` gives PyTorch's.
_ARGUMENTS: dict[str, dict[str, str]] = {
    "Linear": {"input_dims": "in_features", "output_dims": "out_features"},
    "Bilinear": {"input1_dims": "in1_features", "input2_dims": "in2_features", "output_dims": "out_features"},
    "Embedding": {"dims": "embedding_dim"},
    "LayerNorm": {"dims": "normalized_shape", "affine": "elementwise_affine"},
    "GroupNorm": {"dims": "num_channels"},
    "RMSNorm": {"dims": "normalized_shape"},
    "GELU": {"approx": "approximate"},
}


def _init_with(kind: type, names: dict[str, str]) -> Callable[..., None]:
    @functools.wraps(kind.__init__)  # type: ignore[misc]
    def initialise(self: Any, *args: Any, **kwargs: Any) -> None:
        kind.__init__(self, *args, **{names.get(name, name): value for name, value in kwargs.items()})  # type: ignore[misc]

    return initialise


@functools.cache
def dialect_class(kind: type) -> Any:
    """A class of Ingot's with MLX's methods, and MLX's names of constructor arguments beside its own."""
    members: dict[str, Any] = {"__doc__": kind.__doc__, "__module__": "ingot.mlx.nn"}
    if kind.__name__ in _ARGUMENTS:
        members["__init__"] = _init_with(kind, _ARGUMENTS[kind.__name__])
    return type(kind)(kind.__name__, (Dialect, kind), members)


def also_pytorchs(*arguments: str) -> Callable[[Kind], Kind]:
    """Has calls of a class make PyTorch's layer of that name, if they pass arguments that only PyTorch's has, or a
    module first. Classes that derive from it are their own."""

    def decorate(kind: Kind) -> Kind:
        inherited: Any = kind.__new__

        def new(cls: type, *args: Any, **kwargs: Any) -> Any:
            if cls is kind and (kwargs.keys() & arguments or (args and isinstance(args[0], ingot.nn.Module))):
                return dialect_class(getattr(ingot.nn, kind.__name__))(*args, **kwargs)
            return inherited(cls)

        kind.__new__ = new  # type: ignore[assignment]
        return kind

    return decorate


class _Function(Module):
    """A function among modules."""

    def __init__(self, function: Callable[[array], array]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: array) -> array:
        return self.function(x)


def _as_module(layer: Any) -> Any:
    return layer if isinstance(layer, (ingot.nn.Module, dict)) else _Function(layer)


class Sequential(dialect_class(ingot.nn.Sequential)):  # type: ignore[misc]
    """Modules, and functions of an array, one after another.

    Example:
        >>> from ingot.mlx import core as mx, nn
        >>> nn.Sequential(nn.Linear(2, 3), mx.tanh)(mx.ones((5, 2))).shape
        (5, 3)
    """

    def __init__(self, *modules: Any) -> None:
        super().__init__(*map(_as_module, modules))

    @property
    def layers(self) -> list[Any]:
        """The modules and functions; a list that is assigned takes their place."""
        return [layer.function if isinstance(layer, _Function) else layer for layer in self]

    @layers.setter
    def layers(self, modules: Sequence[Any]) -> None:
        del self[:]
        self.extend(map(_as_module, modules))


class Embedding(dialect_class(ingot.nn.Embedding)):  # type: ignore[misc]
    """An embedding table, which `as_linear` uses as the weight of a projection."""

    def as_linear(self, x: array) -> array:
        """x @ weight.T: scores of all entries."""
        result: array = x @ self.weight.T
        return result


class RMSNorm(Module):
    """x / sqrt(mean(x**2) + eps) * weight over the last axis."""

    def __init__(self, dims: int, eps: float = 1e-5) -> None:
        super().__init__()
        self.weight = ingot.Parameter(ingot.ones(dims))
        self.eps = eps

    def forward(self, x: array) -> array:
        return fast.rms_norm(x, self.weight, self.eps)


class BatchNorm(Module):
    """Normalises each feature (the last axis) over all other axes; in evaluation mode by running statistics."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
    ) -> None:
        super().__init__()
        self.num_features, self.eps, self.momentum = num_features, eps, momentum
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = ingot.Parameter(ingot.ones(num_features))
            self.bias = ingot.Parameter(ingot.zeros(num_features))
        self.affine = affine
        self.running_mean: array
        self.running_var: array
        if track_running_stats:
            self.register_buffer("running_mean", ingot.zeros(num_features))
            self.register_buffer("running_var", ingot.ones(num_features))

    def forward(self, x: array) -> array:
        if self.training or not self.track_running_stats:
            axes = tuple(range(x.ndim - 1))
            mean, var = ingot.mean(x, axis=axes), ingot.var(x, axis=axes)
            if self.training and self.track_running_stats:
                with ingot.no_grad():
                    rest = 1 - self.momentum
                    self.running_mean[...] = rest * self.running_mean + self.momentum * mean.detach()
                    self.running_var[...] = (
                        rest * self.running_var + self.momentum * ingot.var(x, axis=axes, correction=1).detach()
                    )
        else:
            mean, var = self.running_mean, self.running_var
        normalised = (x - mean) * ingot.rsqrt(var + self.eps)
        return self.weight * normalised + self.bias if self.affine else normalised


class RoPE(Module):
    """Rotary positions; see `mx.fast.rope`."""

    def __init__(self, dims: int, traditional: bool = False, base: float = 10000, scale: float = 1.0) -> None:
        super().__init__()
        self.dims, self.traditional, self.base, self.scale = dims, traditional, base, scale

    def forward(self, x: array, offset: int = 0) -> array:
        return fast.rope(x, self.dims, traditional=self.traditional, base=self.base, scale=self.scale, offset=offset)


class SinusoidalPositionalEncoding(Module):
    """Sines and cosines of positions, at frequencies from `min_freq` to `max_freq`."""

    def __init__(
        self,
        dims: int,
        min_freq: float = 0.0001,
        max_freq: float = 1,
        scale: float | None = None,
        cos_first: bool = False,
        full_turns: bool = False,
    ) -> None:
        super().__init__()
        half = dims // 2
        steps = 1 - ingot.arange(half).astype(ingot.float32) / (half - 1)
        low, high = math.log(min_freq), math.log(max_freq)
        frequencies = ingot.exp(steps * (high - low) + low)
        self.register_buffer("_sigmas", frequencies * (2 * math.pi) if full_turns else frequencies, False)
        self.scale = math.sqrt(2 / dims) if scale is None else scale
        self.cos_first = cos_first

    def forward(self, x: array) -> array:
        angles = ingot.expand_dims(x, -1) * self._sigmas
        parts = [ingot.cos(angles), ingot.sin(angles)]
        return ingot.concatenate(parts if self.cos_first else parts[::-1], axis=-1) * self.scale


class MultiHeadAttention(Module):
    """Attention of `num_heads` heads over inputs of shape (batch, length, dims)."""

    def __init__(
        self,
        dims: int,
        num_heads: int,
        query_input_dims: int | None = None,
        key_input_dims: int | None = None,
        value_input_dims: int | None = None,
        value_dims: int | None = None,
        value_output_dims: int | None = None,
        bias: bool = False,
    ) -> None:
        super().__init__()
        if dims % num_heads:
            raise ValueError(f"MultiHeadAttention: dims {dims} do not divide by {num_heads} heads")
        linear = dialect_class(ingot.nn.Linear)
        value_dims = value_dims or dims
        self.num_heads = num_heads
        self.query_proj = linear(query_input_dims or dims, dims, bias=bias)
        self.key_proj = linear(key_input_dims or dims, dims, bias=bias)
        self.value_proj = linear(value_input_dims or key_input_dims or dims, value_dims, bias=bias)
        self.out_proj = linear(value_dims, value_output_dims or dims, bias=bias)

    def _heads(self, x: array) -> array:
        batch, length, width = x.shape
        return x.reshape(batch, length, self.num_heads, width // self.num_heads).transpose(0, 2, 1, 3)

    def forward(self, queries: array, keys: array, values: array, mask: array | None = None) -> array:
        q = self._heads(self.query_proj(queries))
        k, v = self._heads(self.key_proj(keys)), self._heads(self.value_proj(values))
        mixed = fast.scaled_dot_product_attention(q, k, v, scale=1 / math.sqrt(q.shape[-1]), mask=mask)
        batch, _, length, _ = mixed.shape
        result: array = self.out_proj(mixed.transpose(0, 2, 1, 3).reshape(batch, length, -1))
        return result

    @staticmethod
    def create_additive_causal_mask(N: int, dtype: Any = ingot.float32) -> array:
        """(N, N): 0 where a position may look, the dtype's lowest number where it may not."""
        positions = ingot.arange(N)
        later = positions.reshape(N, 1) < positions.reshape(1, N)
        return later.astype(dtype) * float(ingot.finfo(dtype).min)


class ALiBi(Module):
    """Adds to attention scores, of shape (batch, heads, queries, keys), how far away keys are, per head."""

    def forward(self, attention_scores: array, offset: int = 0, mask: array | None = None) -> array:
        _, heads, queries, keys = attention_scores.shape
        slopes = ingot.pow(2.0, -8.0 / heads * (ingot.arange(heads) + 1).astype(ingot.float32)).reshape(heads, 1, 1)
        far = ingot.abs(ingot.arange(offset, queries).reshape(-1, 1) - ingot.arange(keys)).astype(ingot.float32)
        bias = -slopes * far
        return attention_scores + (bias if mask is None else bias + mask).astype(attention_scores.dtype)


class InstanceNorm(Module):
    """Normalises each feature (the last axis) of each instance (the first) over all other axes."""

    def __init__(self, dims: int, eps: float = 1e-5, affine: bool = False) -> None:
        super().__init__()
        if affine:
            self.weight = ingot.Parameter(ingot.ones(dims))
            self.bias = ingot.Parameter(ingot.zeros(dims))
        self.eps, self.affine = eps, affine

    def forward(self, x: array) -> array:
        axes = tuple(range(1, x.ndim - 1))
        mean, var = ingot.mean(x, axis=axes, keepdims=True), ingot.var(x, axis=axes, keepdims=True)
        normalised = (x - mean) * ingot.rsqrt(var + self.eps)
        return self.weight * normalised + self.bias if self.affine else normalised


class GroupNorm(Module):
    """Normalises groups of the features (the last axis) of each instance (the first) over all axes.

    Feature `i` belongs to group `i % num_groups`; with `pytorch_compatible`, neighbours make a group.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.GroupNorm(2, 4)(ingot.ones((3, 5, 4))).shape
        (3, 5, 4)
    """

    def __init__(
        self,
        num_groups: int,
        dims: int,
        eps: float = 1e-5,
        affine: bool = True,
        pytorch_compatible: bool = False,
    ) -> None:
        super().__init__()
        if dims % num_groups:
            raise ValueError(f"GroupNorm: {dims} features do not divide into {num_groups} groups")
        if affine:
            self.weight = ingot.Parameter(ingot.ones(dims))
            self.bias = ingot.Parameter(ingot.zeros(dims))
        self.num_groups, self.dims, self.eps = num_groups, dims, eps
        self.affine, self.pytorch_compatible = affine, pytorch_compatible

    def forward(self, x: array) -> array:
        each = self.dims // self.num_groups
        split = (self.num_groups, each) if self.pytorch_compatible else (each, self.num_groups)
        groups = x.reshape(x.shape[0], -1, *split)
        axes = (1, 3) if self.pytorch_compatible else (1, 2)
        mean, var = ingot.mean(groups, axis=axes, keepdims=True), ingot.var(groups, axis=axes, keepdims=True)
        normalised = ((groups - mean) * ingot.rsqrt(var + self.eps)).reshape(*x.shape)
        return self.weight * normalised + self.bias if self.affine else normalised


# ---- activations ----


def gelu_approx(x: array) -> array:
    """gelu by the hyperbolic tangent."""
    return 0.5 * x * (1 + ingot.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x)))


def gelu_fast_approx(x: array) -> array:
    """gelu as x * sigmoid(1.702 x)."""
    return x * ingot.sigmoid(1.702 * x)


def relu2(x: array) -> array:
    """The square of relu."""
    return ingot.square(ingot.maximum(x, 0.0))


def step(x: array, threshold: float = 0.0) -> array:
    """1 above the threshold, 0 elsewhere."""
    return (x > threshold).astype(ingot.int32)


def hard_tanh(x: array, min_val: float = -1.0, max_val: float = 1.0) -> array:
    """Clipped to [min_val, max_val]."""
    return ingot.clip(x, min_val, max_val)


def hard_shrink(x: array, lambd: float = 0.5) -> array:
    """0 within [-lambd, lambd], x elsewhere."""
    return ingot.where(ingot.abs(x) > lambd, x, 0.0)


def softmin(x: array, axis: int = -1) -> array:
    """softmax of -x."""
    return ingot.softmax(-x, axis)


class ReLU2(Module):
    """The square of relu."""

    def forward(self, x: array) -> array:
        return relu2(x)


class Softmin(Module):
    """softmax of -x over the last axis."""

    def forward(self, x: array) -> array:
        return softmin(x)


class Step(Module):
    """1 above the threshold, 0 elsewhere."""

    def __init__(self, threshold: float = 0.0) -> None:
        super().__init__()
        self.threshold = threshold

    def forward(self, x: array) -> array:
        return step(x, self.threshold)
