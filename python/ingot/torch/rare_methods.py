"""Methods that PyTorch's arrays have and few scripts call: `ingot run --as torch` gives them to arrays."""

from __future__ import annotations

from typing import Any

import ingot
from ingot import linalg


def get_device(self: Any) -> int:
    """-1: the processor."""
    return -1


def is_signed(self: Any) -> bool:
    """Whether the dtype has numbers below 0."""
    return not ingot.isdtype(self.dtype, ("bool", "unsigned integer"))


def is_same_size(self: Any, other: Any) -> bool:
    """Whether both have one shape."""
    return bool(self.shape == other.shape)


def unchanged(self: Any) -> Any:
    """The array itself, which is dense, has no conjugation put off, and is not shared with other processes."""
    return self


def sum_to_size(self: Any, *size: Any) -> Any:
    """The sum over axes along which an array of this size would be stretched to this shape."""
    wanted = tuple(size[0]) if len(size) == 1 and not isinstance(size[0], int) else size
    lead = self.ndim - len(wanted)
    total = self.sum(dim=tuple(range(lead))) if lead else self
    short = tuple(i for i, (own, other) in enumerate(zip(total.shape, wanted, strict=True)) if other == 1 != own)
    total = total.sum(dim=short, keepdim=True) if short else total
    if total.shape != wanted:
        raise ingot.ShapeError(f"sum_to_size: {wanted} does not stretch to the shape {self.shape}")
    return total


def geometric_(self: Any, p: float, *, generator: Any = None) -> Any:
    """Fills the array with how many trials it took to the first success, each of probability p."""
    drawn = ingot.rand(*self.shape, generator=generator)
    return self.copy_(ingot.ceil(ingot.log1p(-drawn) / ingot.log1p(ingot.array(-p))).clamp_min(1))


def renorm(self: Any, p: float, dim: int, maxnorm: float) -> Any:
    """Slices along `dim` whose p-norm is above `maxnorm` scaled down to it."""
    others = tuple(axis for axis in range(self.ndim) if axis != dim % self.ndim)
    norms = linalg.vector_norm(self, axis=others, keepdims=True, ord=p)
    return self * ingot.where(norms > maxnorm, maxnorm / (norms + 1e-7), ingot.ones_like(norms))


def renorm_(self: Any, p: float, dim: int, maxnorm: float) -> Any:
    """The same in place."""
    return self.copy_(renorm(self, p, dim, maxnorm))


def put_(self: Any, index: Any, source: Any, accumulate: bool = False) -> Any:
    """Writes `source` at places of the flattened array, or adds it there."""
    flat = self.reshape(-1).index_put((index.reshape(-1),), source.reshape(-1), accumulate)
    return self.copy_(flat.reshape(self.shape))


def cholesky(self: Any, upper: bool = False) -> Any:
    """See `linalg.cholesky`."""
    return linalg.cholesky(self, upper=upper)


METHODS: dict[str, Any] = {
    "char": lambda self: self.astype(ingot.int8),
    "cholesky": cholesky,
    "geometric_": geometric_,
    "ger": lambda self, vec2: ingot.outer(self, vec2),
    "get_device": get_device,
    "is_cpu": property(lambda self: True, doc="True."),
    "is_nonzero": ingot.is_nonzero,
    "is_same_size": is_same_size,
    "is_signed": is_signed,
    "pinverse": lambda self: linalg.pinv(self),
    "put_": put_,
    "renorm": renorm,
    "renorm_": renorm_,
    "resolve_conj": unchanged,
    "resolve_neg": unchanged,
    "share_memory_": unchanged,
    "sum_to_size": sum_to_size,
    "to_dense": unchanged,
}
