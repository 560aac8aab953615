"""MLX's `mlx.core.fast`."""

from __future__ import annotations

import math

import ingot
from ingot import array


def rms_norm(x: array, weight: array | None, eps: float) -> array:
    """x / sqrt(mean(x**2) + eps) * weight over the last axis, computed in float32."""
    wide = x.astype(ingot.float32) if x.dtype.itemsize == 2 else x
    out = (wide * ingot.rsqrt(ingot.mean(wide * wide, axis=-1, keepdims=True) + eps)).astype(x.dtype)
    return out if weight is None else out * weight


def layer_norm(x: array, weight: array | None, bias: array | None, eps: float) -> array:
    """Normalised over the last axis, scaled and shifted."""
    out = ingot.nn.functional.layer_norm(x, (x.shape[-1],), eps=eps)
    out = out if weight is None else out * weight
    return out if bias is None else out + bias


def cross_entropy(logits: array, targets: array) -> array:
    """logsumexp(logits) - logits[target] over the last axis, for each class in `targets`."""
    wide = logits.astype(ingot.float32) if logits.dtype.itemsize == 2 else logits
    chosen = ingot.take_along_axis(ingot.log_softmax(wide, -1), ingot.expand_dims(targets, -1), -1)
    return -ingot.squeeze(chosen, -1)


def rope(
    a: array,
    dims: int,
    *,
    traditional: bool,
    base: float | None,
    scale: float,
    offset: int | array,
    freqs: array | None = None,
) -> array:
    """The first `dims` features, in pairs, turned by their position's angles.

    `a` is of shape (..., length, features). Pairs are neighbours if `traditional`, else a feature and the one half of
    `dims` further. Pair i turns by `scale * position / base ** (2 i / dims)`, or by `scale * position / freqs[i]`.

    Raises ValueError unless exactly one of `base` and `freqs` is given.

    Example:
        >>> from ingot.mlx import core as mx
        >>> y = mx.fast.rope(mx.ones((1, 3, 4)), 4, traditional=False, base=10000.0, scale=1.0, offset=0)
        >>> y.shape
        (1, 3, 4)
    """
    if (base is None) == (freqs is None):
        raise ValueError("rope: give exactly one of `base` and `freqs`")
    half = dims // 2
    positions = (ingot.arange(a.shape[-2]).astype(ingot.float32) + offset) * scale
    if freqs is not None:
        rates = 1 / freqs
    else:
        assert base is not None
        rates = ingot.exp(ingot.arange(half).astype(ingot.float32) * (-math.log(base) / half))
    angles = positions.reshape(-1, 1) * rates
    cos, sin = ingot.cos(angles).astype(a.dtype), ingot.sin(angles).astype(a.dtype)
    if traditional:
        first, second = a[..., 0:dims:2], a[..., 1:dims:2]
    else:
        first, second = a[..., :half], a[..., half:dims]
    turned = [first * cos - second * sin, first * sin + second * cos]
    if traditional:
        out = ingot.stack(turned, axis=-1).reshape(*a.shape[:-1], dims)
    else:
        out = ingot.concatenate(turned, axis=-1)
    return out if dims == a.shape[-1] else ingot.concatenate([out, a[..., dims:]], axis=-1)


def scaled_dot_product_attention(
    q: array, k: array, v: array, *, scale: float, mask: str | array | None = None
) -> array:
    """softmax(scale * q k^T + mask) v, for q of shape (batch, heads, length, features).

    k and v may have fewer heads, by a whole factor. `mask` is boolean (True where one may look), or is added to the
    scores, or is "causal": the last query looks at all keys, each one before at one less.

    Example:
        >>> from ingot.mlx import core as mx
        >>> q = mx.ones((1, 4, 3, 8))
        >>> k = v = mx.ones((1, 2, 5, 8))
        >>> mx.fast.scaled_dot_product_attention(q, k, v, scale=0.5, mask="causal").shape
        (1, 4, 3, 8)
    """
    if isinstance(mask, str):
        if mask != "causal":
            raise ValueError(f"scaled_dot_product_attention: unknown mask {mask!r}; expected 'causal' or an array")
        queries, keys = q.shape[-2], k.shape[-2]
        mask = ingot.arange(keys) <= ingot.arange(queries).reshape(queries, 1) + (keys - queries)
    groups = q.shape[1] // k.shape[1]
    if groups > 1:
        k, v = (_repeat_heads(x, groups) for x in (k, v))
    result: array = ingot.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, scale=scale)
    return result


def _repeat_heads(x: array, times: int) -> array:
    batch, heads, length, features = x.shape
    wide = ingot.broadcast_to(ingot.expand_dims(x, 2), (batch, heads, times, length, features))
    return wide.reshape(batch, heads * times, length, features)
