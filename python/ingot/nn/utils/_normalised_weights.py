"""Weights that are computed before each call: by a direction and a length, or by the largest singular value."""

from __future__ import annotations

from typing import TypeVar

from ingot import core
from ingot._core import nn

Kind = TypeVar("Kind", bound="ComputedWeight")


class ComputedWeight:
    """A forward pre-hook that gives a layer its weight."""

    def __init__(self, name: str) -> None:
        self.name = name

    def attach(self, module: nn.Module) -> None:
        """Takes the place of the parameter."""
        delattr(module, self.name)
        module.register_buffer(self.name, self.compute(module), persistent=False)
        module.register_forward_pre_hook(self)

    def detach(self, module: nn.Module, names: list[str]) -> None:
        """Makes the weight as it is now a parameter again, instead of what it is computed from."""
        weight = self.compute(module).detach()
        for key, (hook, _) in list(vars(module).get("_forward_pre_hooks", {}).items()):
            if hook is self:
                del vars(module)["_forward_pre_hooks"][key]
        for name in [self.name, *names]:
            delattr(module, name)
        module.register_parameter(self.name, core.Parameter(weight))

    def __call__(self, module: nn.Module, args: tuple[object, ...]) -> None:
        module.register_buffer(self.name, self.compute(module), persistent=False)

    def compute(self, module: nn.Module) -> core.array:
        raise NotImplementedError


def computed_weights(module: nn.Module, kind: type[Kind]) -> list[Kind]:
    """The hooks of one kind that give the module weights."""
    hooks = vars(module).get("_forward_pre_hooks", {}).values()
    return [hook for hook, _ in hooks if isinstance(hook, kind)]


def hook_of(module: nn.Module, name: str, kind: type[Kind]) -> Kind | None:
    """The hook of that kind that gives the module the weight `name`."""
    return next((hook for hook in computed_weights(module, kind) if hook.name == name), None)


class WeightNorm(ComputedWeight):
    """`g * v / norm(v)`, with the norm over all axes but one."""

    def __init__(self, name: str, g: str, v: str, dim: int | None) -> None:
        super().__init__(name)
        self.g, self.v, self.dim = g, v, dim

    def norm(self, v: core.array) -> core.array:
        squares = core.square(v)
        if self.dim is None or self.dim == -1:
            return core.sqrt(core.sum(squares))
        axis = self.dim % v.ndim
        others = tuple(i for i in range(v.ndim) if i != axis)
        return core.sqrt(core.sum(squares, axis=others, keepdims=True))

    def compute(self, module: nn.Module) -> core.array:
        v = module.get_parameter(self.v)
        return v * (module.get_parameter(self.g) / self.norm(v))


def _unit(x: core.array, eps: float) -> core.array:
    return x / core.maximum(core.sqrt(core.sum(core.square(x))), eps)


def start_vectors(matrix: core.array) -> tuple[core.array, core.array]:
    """Random vectors of length 1, one for the rows of a matrix and one for its columns."""
    rows, columns = matrix.shape
    return _unit(core.random.normal((rows,)), 1e-12), _unit(core.random.normal((columns,)), 1e-12)


def power_iterations(
    matrix: core.array, u: core.array, v: core.array, count: int, eps: float, rows_first: bool
) -> tuple[core.array, core.array]:
    """Vectors nearer to the singular vectors of the largest singular value; u, of the rows, comes first or last."""
    for _ in range(count):
        if rows_first:
            u = _unit(matrix @ v, eps)
        v = _unit(matrix.T @ u, eps)
        if not rows_first:
            u = _unit(matrix @ v, eps)
    return u, v


class SpectralNorm(ComputedWeight):
    """A weight over its largest singular value, which a step of power iteration per call in training mode follows."""

    def __init__(
        self,
        name: str,
        paths: tuple[str, str, str],
        count: int,
        eps: float,
        dim: int | None,
        module: nn.Module,
        rows_first: bool,
    ) -> None:
        super().__init__(name)
        if count < 1:
            raise ValueError(f"spectral_norm: n_power_iterations must be at least 1, got {count}")
        transposed = isinstance(module, (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d))
        self.weight, self.u, self.v = paths
        self.count, self.eps, self.rows_first = count, eps, rows_first
        self.dim = dim if dim is not None else int(transposed)

    def matrix(self, weight: core.array) -> core.array:
        moved = core.moveaxis(weight, self.dim, 0)
        return moved.reshape(moved.shape[0], -1)

    def compute(self, module: nn.Module) -> core.array:
        weight = module.get_parameter(self.weight)
        u, v = module.get_buffer(self.u), module.get_buffer(self.v)
        if module.training:
            with core.no_grad():
                new_u, new_v = power_iterations(
                    self.matrix(weight.detach()), u, v, self.count, self.eps, self.rows_first
                )
                u[...], v[...] = new_u, new_v
        u, v = u.detach(), v.detach()
        sigma = core.sum(u * (self.matrix(weight) @ v))
        return weight / sigma


def weight_norm(module: nn.Module, name: str = "weight", dim: int | None = 0) -> nn.Module:
    """Learns a weight's length `<name>_g` and direction `<name>_v` apart: `g * v / norm(v)`.

    The norm is over all axes but `dim`; None means over all (Salimans and Kingma, 2016). Returns the module.

    Example:
        >>> layer = nn.utils.weight_norm(nn.Linear(2, 3))
        >>> [name for name, _ in layer.named_parameters()]
        ['bias', 'weight_g', 'weight_v']
    """
    weight = module.get_parameter(name)
    hook = WeightNorm(name, f"{name}_g", f"{name}_v", dim)
    module.register_parameter(f"{name}_g", core.Parameter(hook.norm(weight).detach()))
    module.register_parameter(f"{name}_v", core.Parameter(weight.detach()))
    hook.attach(module)
    return module


def remove_weight_norm(module: nn.Module, name: str = "weight") -> nn.Module:
    """Makes a weight that `weight_norm` computes an ordinary parameter again."""
    _find(module, name, WeightNorm).detach(module, [f"{name}_g", f"{name}_v"])
    return module


def spectral_norm(
    module: nn.Module, name: str = "weight", n_power_iterations: int = 1, eps: float = 1e-12, dim: int | None = None
) -> nn.Module:
    """Divides a weight, `<name>_orig`, by its largest singular value, which power iteration follows.

    `dim` is the axis that becomes the rows of the matrix (1 for transposed convolutions, else 0) (Miyato et al., 2018).
    Returns the module.

    Example:
        >>> layer = nn.utils.spectral_norm(nn.Linear(2, 3))
        >>> [name for name, _ in layer.named_parameters()]
        ['bias', 'weight_orig']
    """
    weight = module.get_parameter(name)
    hook = SpectralNorm(
        name, (f"{name}_orig", f"{name}_u", f"{name}_v"), n_power_iterations, eps, dim, module, rows_first=False
    )
    u, v = start_vectors(hook.matrix(weight))
    module.register_parameter(f"{name}_orig", core.Parameter(weight.detach()))
    module.register_buffer(f"{name}_u", u)
    module.register_buffer(f"{name}_v", v)
    hook.attach(module)
    return module


def remove_spectral_norm(module: nn.Module, name: str = "weight") -> nn.Module:
    """Makes a weight that `spectral_norm` computes an ordinary parameter again."""
    _find(module, name, SpectralNorm).detach(module, [f"{name}_orig", f"{name}_u", f"{name}_v"])
    return module


def _find(module: nn.Module, name: str, kind: type[ComputedWeight]) -> ComputedWeight:
    hook = hook_of(module, name, kind)
    if hook is None:
        raise ValueError(f"no {kind.__name__} computes '{name}' of {type(module).__name__}")
    return hook
