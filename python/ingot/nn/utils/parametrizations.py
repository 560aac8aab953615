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
