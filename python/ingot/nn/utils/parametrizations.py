"""Weights that are computed from other parameters, kept where `torch.nn.utils.parametrizations` keeps them."""

from __future__ import annotations

from ingot import core
from ingot._core import nn
from ingot.nn.utils._normalised_weights import SpectralNorm, WeightNorm, power_iterations, start_vectors


def weight_norm(module: nn.Module, name: str = "weight", dim: int | None = 0) -> nn.Module:
    """Learns a weight's length and direction apart: `original0 * original1 / norm(original1)`.

    Both are parameters of `module.parametrizations.<name>`; the norm is over all axes but `dim` (Salimans and Kingma,
    2016). Returns the module.

    Example:
        >>> layer = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3))
        >>> [name for name, _ in layer.named_parameters()]
        ['bias', 'parametrizations.weight.original0', 'parametrizations.weight.original1']
    """
    weight = module.get_parameter(name)
    holder = nn.Module()
    path = f"parametrizations.{name}"
    hook = WeightNorm(name, f"{path}.original0", f"{path}.original1", dim)
    holder.original0 = core.Parameter(hook.norm(weight))
    holder.original1 = core.Parameter(weight.detach())
    attach(module, name, holder)
    hook.attach(module)
    return module


def spectral_norm(
    module: nn.Module, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> nn.Module:
    """Divides a weight by its largest singular value, which power iteration follows (Miyato et al., 2018).

    The weight is the parameter `module.parametrizations.<name>.original`; `dim` is the axis that becomes the rows of
    the matrix (1 for transposed convolutions, else 0). Returns the module.

    Example:
        >>> layer = nn.utils.parametrizations.spectral_norm(nn.Linear(2, 3))
        >>> [name for name, _ in layer.named_parameters()]
        ['bias', 'parametrizations.weight.original']
    """
    weight = module.get_parameter(name)
    path = f"parametrizations.{name}"
    paths = (f"{path}.original", f"{path}.0._u", f"{path}.0._v")
    hook = SpectralNorm(name, paths, n_power_iterations, eps, dim, module, rows_first=True)
    holder, vectors = nn.Module(), nn.Module()
    holder.original = core.Parameter(weight.detach())
    u, v = power_iterations(hook.matrix(weight.detach()), *start_vectors(hook.matrix(weight)), 15, eps, rows_first=True)
    vectors.register_buffer("_u", u)
    vectors.register_buffer("_v", v)
    holder.add_module("0", vectors)
    attach(module, name, holder)
    hook.attach(module)
    return module


def attach(module: nn.Module, name: str, holder: nn.Module) -> None:
    """Makes the holder `module.parametrizations.<name>`."""
    if "parametrizations" not in dict(module.named_children()):
        module.parametrizations = nn.ModuleDict()
    module.parametrizations[name] = holder


class _Orthogonal(nn.Module):
    """The exponential, or the Cayley transform, of the skew part of a matrix, times a matrix `base`."""

    base: core.array

    def __init__(self, weight: core.array, orthogonal_map: str) -> None:
        super().__init__()
        self.map = orthogonal_map
        self.tall = weight.shape[-2] >= weight.shape[-1]
        start = weight.detach() if self.tall else weight.detach().mT
        q, r = core.linalg.qr(start)
        self.register_buffer("base", q * core.where(core.diagonal(r, axis1=-2, axis2=-1) < 0, -1.0, 1.0)[..., None, :])

    def forward(self, x: core.array) -> core.array:
        tall = x if self.tall else x.mT
        rows, columns = tall.shape[-2:]
        lower = core.tril(tall, -1)
        if rows > columns:
            lower = core.concatenate([lower, core.zeros((*tall.shape[:-1], rows - columns), dtype=x.dtype)], axis=-1)
        skew = lower - lower.mT
        if self.map == "cayley":
            one = core.eye(rows, dtype=x.dtype)
            turn = core.linalg.solve(one + skew / 2, one - skew / 2)
        else:
            turn = core.linalg.matrix_exp(skew)
        made = turn @ self.base
        return made if self.tall else made.mT

    def right_inverse(self, weight: core.array) -> core.array:
        return core.zeros_like(weight)  # of which the exponential is the identity


def orthogonal(
    module: nn.Module, name: str = "weight", orthogonal_map: str | None = None, *, use_trivialization: bool = True
) -> nn.Module:
    """Keeps the rows or the columns of a matrix, whichever are fewer, orthonormal (Lezcano-Casado, 2019).

    The weight is `map(A - A^T) @ base`: `base` is the orthonormal part of what the weight was, A are the parameters
    `module.parametrizations.<name>.original`, zeros at first, and the map is "matrix_exp" or "cayley". Returns the
    module.

    Example:
        >>> layer = nn.utils.parametrizations.orthogonal(nn.Linear(3, 2))
        >>> ingot.allclose(layer.weight @ layer.weight.T, ingot.eye(2), atol=1e-5).item()
        True
    """
    from ingot.nn.utils.parametrize import register_parametrization

    if orthogonal_map not in (None, "matrix_exp", "cayley") or not use_trivialization:
        raise ValueError(
            "orthogonal: expected the map 'matrix_exp' or 'cayley', with use_trivialization, got "
            f"{orthogonal_map!r} and {use_trivialization}"
        )
    weight = module.get_parameter(name)
    if weight.ndim < 2:
        raise ValueError(f"orthogonal: expected a matrix, got shape {weight.shape}")
    return register_parametrization(module, name, _Orthogonal(weight, orthogonal_map or "matrix_exp"))
