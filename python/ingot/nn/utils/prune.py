"""Weights of which some are held at zero, with the names of `torch.nn.utils.prune`.

A pruned layer learns `<name>_orig`; its buffer `<name>_mask` holds ones and zeros, and the weight is their product,
made before each call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ingot import core
from ingot._core import nn
from ingot.nn.utils._normalised_weights import ComputedWeight, computed_weights, hook_of


class _Pruned(ComputedWeight):
    """The product of `<name>_orig` and `<name>_mask`."""

    def compute(self, module: nn.Module) -> core.array:
        return module.get_parameter(f"{self.name}_orig") * module.get_buffer(f"{self.name}_mask")


def _count(amount: float, total: int) -> int:
    if amount < 0 or (isinstance(amount, float) and amount > 1) or amount > total:
        raise ValueError(f"prune: expected a part between 0 and 1, or a number up to {total}, got {amount}")
    return amount if isinstance(amount, int) else round(amount * total)


def _apply(module: nn.Module, name: str, mask: core.array) -> nn.Module:
    hook = hook_of(module, name, _Pruned)
    if hook is None:
        hook = _Pruned(name)
        weight = module.get_parameter(name)
        module.register_parameter(f"{name}_orig", core.Parameter(weight.detach(), weight.requires_grad))
        module.register_buffer(f"{name}_mask", mask)
        hook.attach(module)
    else:
        module.register_buffer(f"{name}_mask", mask)
        hook(module, ())
    return module


def _current(module: nn.Module, name: str) -> tuple[core.array, core.array]:
    """The values of a weight, and the mask that it has already."""
    if hook_of(module, name, _Pruned) is None:
        values = module.get_parameter(name).detach()
        return values, core.ones_like(values)
    return module.get_parameter(f"{name}_orig").detach(), module.get_buffer(f"{name}_mask")


class BasePruningMethod:
    """A subclass defines `compute_mask(t, default_mask)`, which gives the new mask for values and the mask they have;
    `cls.apply(module, name, ...)` prunes with it. The arguments of `apply` are those of the constructor.

    With `PRUNING_TYPE` "unstructured" it is given the values that are left, as a vector; else the whole array.
    """

    PRUNING_TYPE = "global"

    def compute_mask(self, t: Any, default_mask: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} defines no compute_mask")

    def _mask(self, scores: core.array, mask: core.array) -> core.array:
        with core.no_grad():
            if self.PRUNING_TYPE != "unstructured":
                whole: core.array = self.compute_mask(scores, mask) * mask
                return whole
            left = mask.reshape(-1) == 1
            kept = self.compute_mask(scores.reshape(-1)[left], mask.reshape(-1)[left])
            flat = core.zeros_like(mask).reshape(-1)
            flat[left] = kept
            return flat.reshape(mask.shape)

    @classmethod
    def apply(cls, module: nn.Module, name: str, *args: Any, importance_scores: Any = None, **kwargs: Any) -> Any:
        """Prunes a weight of the module, more than it is already."""
        values, mask = _current(module, name)
        method = cls(*args, **kwargs)
        _apply(module, name, method._mask(values if importance_scores is None else importance_scores, mask))
        return method


class _Unstructured(BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def __init__(self, amount: float) -> None:
        self.amount = amount

    def scores(self, t: Any) -> Any:
        raise NotImplementedError

    def compute_mask(self, t: Any, default_mask: Any) -> Any:
        mask = default_mask.clone()
        count = _count(self.amount, t.size)
        if count:
            mask[core.argsort(self.scores(t))[:count]] = 0
        return mask


class L1Unstructured(_Unstructured):
    """The values nearest to 0 go: a part of them (a float) or a number of them."""

    def scores(self, t: Any) -> Any:
        return core.abs(t)


class RandomUnstructured(_Unstructured):
    """Values at random go."""

    def scores(self, t: Any) -> Any:
        return core.random.uniform(shape=t.shape)


class CustomFromMask(BasePruningMethod):
    """The values where a mask is 0 go."""

    def __init__(self, mask: Any) -> None:
        self.mask = mask

    def compute_mask(self, t: Any, default_mask: Any) -> Any:
        return default_mask * self.mask.astype(default_mask.dtype)


class _Structured(BasePruningMethod):
    PRUNING_TYPE = "structured"

    def __init__(self, amount: float, norm: Callable[[Any, tuple[int, ...]], Any], dim: int) -> None:
        self.amount, self.norm, self.dim = amount, norm, dim

    def compute_mask(self, t: Any, default_mask: Any) -> Any:
        dim = self.dim % t.ndim
        norms = self.norm(t, tuple(axis for axis in range(t.ndim) if axis != dim))
        kept = core.ones_like(norms)
        kept[core.argsort(norms)[: _count(self.amount, norms.size)]] = 0
        return default_mask * kept.reshape(*(-1 if axis == dim else 1 for axis in range(t.ndim)))


def l1_unstructured(module: nn.Module, name: str, amount: float, importance_scores: Any = None) -> nn.Module:
    """Holds the values of a weight that are nearest to 0 at 0: a part of them (a float) or a number of them.

    Example:
        >>> layer = nn.utils.prune.l1_unstructured(nn.Linear(4, 2), "weight", amount=0.5)
        >>> int((layer.weight == 0).sum()), [name for name, _ in layer.named_buffers()]
        (4, ['weight_mask'])
    """
    L1Unstructured.apply(module, name, amount, importance_scores=importance_scores)
    return module


def random_unstructured(module: nn.Module, name: str, amount: float) -> nn.Module:
    """Holds values of a weight at 0 that are drawn at random: a part of them (a float) or a number of them."""
    RandomUnstructured.apply(module, name, amount)
    return module


def ln_structured(
    module: nn.Module, name: str, amount: float, n: float, dim: int, importance_scores: Any = None
) -> nn.Module:
    """Holds the slices along `dim` of the smallest n-norms at 0: a part of them (a float) or a number of them."""
    _Structured.apply(
        module,
        name,
        amount,
        lambda t, axes: core.linalg.vector_norm(t, axis=axes, ord=n),
        dim,
        importance_scores=importance_scores,
    )
    return module


def random_structured(module: nn.Module, name: str, amount: float, dim: int) -> nn.Module:
    """Holds slices along `dim` at 0 that are drawn at random: a part of them (a float) or a number of them."""
    _Structured.apply(module, name, amount, lambda t, axes: core.random.uniform(shape=t.sum(axis=axes).shape), dim)
    return module


def custom_from_mask(module: nn.Module, name: str, mask: Any) -> nn.Module:
    """Holds the values at 0 where `mask`, of the weight's shape, is 0."""
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(
    parameters: Sequence[tuple[nn.Module, str]],
    pruning_method: type[BasePruningMethod],
    importance_scores: Any = None,
    **kwargs: Any,
) -> None:
    """Prunes several weights, given as (module, name), as if they were one."""
    current = [_current(module, name) for module, name in parameters]
    given = importance_scores or {}
    scores = [given.get(pair, values) for pair, (values, _) in zip(parameters, current, strict=True)]
    flat = core.concatenate([each.reshape(-1) for each in scores])
    mask = pruning_method(**kwargs)._mask(flat, core.concatenate([mask.reshape(-1) for _, mask in current]))
    start = 0
    for (module, name), (values, _) in zip(parameters, current, strict=True):
        _apply(module, name, mask[start : start + values.size].reshape(values.shape))
        start += values.size


def remove(module: nn.Module, name: str) -> nn.Module:
    """Makes the weight as it is now an ordinary parameter. Raises ValueError if it is not pruned."""
    hook = hook_of(module, name, _Pruned)
    if hook is None:
        raise ValueError(f"'{name}' of {type(module).__name__} is not pruned")
    hook.detach(module, [f"{name}_orig", f"{name}_mask"])
    return module


def is_pruned(module: nn.Module) -> bool:
    """True if a weight of the module, or of one below it, is pruned."""
    return any(computed_weights(each, _Pruned) for each in module.modules())
