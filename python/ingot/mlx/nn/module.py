"""Modules as MLX has them, over Ingot's own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import ingot
from ingot import autograd, no_grad
from ingot.mlx.utils import ParameterTree, differentiating, tree_flatten, tree_unflatten


def _written_for_mlx(kind: type) -> bool:
    """True of a user's class whose `__call__` is its own, where PyTorch's way would be `forward`."""
    return kind.__call__ is not ingot.nn.Module.__call__


def _is_learnt(value: Any) -> bool:
    return isinstance(value, ingot.array) and ingot.isdtype(value.dtype, ("real floating", "complex floating"))


def _lookup(root: Any, path: str) -> tuple[Any, str]:
    """The module that owns what the path names, and the name there."""
    *above, name = path.split(".")
    for step in above:
        root = root[int(step)] if step.isdigit() and not hasattr(root, step) else getattr(root, step)
    return root, name


class Dialect:
    """What MLX's modules can do beside PyTorch's. In a class that defines `__call__`, an array that is assigned to an
    attribute becomes a parameter, and a list or dictionary of modules becomes part of the module, as in MLX."""

    def __setattr__(self, name: str, value: Any) -> None:
        if _written_for_mlx(type(self)) and not isinstance(getattr(type(self), name, None), property):
            if _is_learnt(value) and not name.startswith("_") and not isinstance(value, ingot.Parameter):
                value = ingot.Parameter(value)
            elif isinstance(value, (list, tuple)) and value and all(isinstance(v, ingot.nn.Module) for v in value):
                value = ingot.nn.ModuleList(value)
            elif isinstance(value, dict) and value and all(isinstance(v, ingot.nn.Module) for v in value.values()):
                value = ingot.nn.ModuleDict(value)
        super().__setattr__(name, value)

    # ---- MLX's modules are dictionaries ----

    def __getitem__(self, name: Any) -> Any:
        if not isinstance(name, str) or isinstance(self, ingot.nn.ModuleDict):
            return super().__getitem__(name)  # type: ignore[misc]
        if name not in self:
            raise KeyError(name)
        return getattr(self, name)

    def __contains__(self, name: Any) -> bool:
        if not isinstance(name, str) or isinstance(self, ingot.nn.ModuleDict):
            return bool(super().__contains__(name))  # type: ignore[misc]
        return getattr(self, name, None) is not None

    # ---- parameters as trees ----

    def _named(self, trainable: bool) -> Iterator[tuple[str, Any]]:
        for name, value in self.named_parameters():  # type: ignore[attr-defined]
            if value.requires_grad or not trainable:
                yield name, value

    def parameters(self, recurse: bool = True) -> ParameterTree:
        """All parameters: a tree by their names, and an iterator over them."""
        return ParameterTree(self.named_parameters("", recurse))  # type: ignore[attr-defined]

    def trainable_parameters(self) -> ParameterTree:
        """The parameters that are not frozen."""
        return ParameterTree(self._named(True))

    @property
    def state(self) -> ParameterTree:
        """The parameters, as `mx.compile(inputs=...)` takes them."""
        return self.parameters()

    def update(self, parameters: Any, strict: bool = True) -> Any:
        """Takes the values of a tree for the parameters of the same names, and returns the module.

        Raises KeyError for a name that is not there, if `strict`, and GradError inside of `mx.grad`.
        """
        own = dict(self.named_parameters())  # type: ignore[attr-defined]
        for name, value in tree_flatten(parameters):
            held = own.get(name)
            if held is None:
                if strict:
                    raise KeyError(f"update: {type(self).__name__} has no parameter {name!r}")
            elif differentiating.get() and value.requires_grad:
                raise ingot.GradError(
                    "update: inside of a function that mx.grad differentiates, the parameters would be cut from what "
                    "they come from; use nn.value_and_grad(model, fn)"
                )
            elif held.shape == value.shape and held.dtype == value.dtype:
                held.data = value
            else:
                _replace(self, name, value, held.requires_grad)
        return self

    def load_weights(self, file_or_weights: Any, strict: bool = True) -> Any:
        """Takes the values in a file of `mx.save_safetensors` or `mx.savez`, or in a list of (name, array).

        Raises ValueError for missing and for unknown names, if `strict`.
        """
        from ingot.mlx import core

        loaded = file_or_weights if isinstance(file_or_weights, list) else list(core.load(file_or_weights).items())
        given = dict(loaded)
        own = dict(self.named_parameters())  # type: ignore[attr-defined]
        if strict and own.keys() != given.keys():
            missing, unknown = sorted(own.keys() - given.keys()), sorted(given.keys() - own.keys())
            raise ValueError(f"load_weights: missing parameters {missing}, unknown parameters {unknown}")
        for name, value in given.items():
            if name in own and own[name].shape != value.shape:
                raise ValueError(f"load_weights: {name} has shape {own[name].shape}, the file's has {value.shape}")
        return self.update(tree_unflatten(loaded), strict=False)

    def save_weights(self, file: Any) -> None:
        """Writes the parameters to `*.safetensors` or `*.npz`."""
        from ingot.mlx import core

        weights = dict(tree_flatten(self.parameters()))
        if str(file).endswith(".npz"):
            core.savez(file, **weights)
        else:
            core.save_safetensors(file, weights)

    # ---- freezing ----

    def _set_frozen(self, frozen: bool, recurse: bool, keys: Any) -> Any:
        wanted = [keys] if isinstance(keys, str) else keys
        for name, value in self.named_parameters("", recurse):  # type: ignore[attr-defined]
            if wanted is None or name.rpartition(".")[2] in wanted:
                value.requires_grad = not frozen
        return self

    def freeze(self, *, recurse: bool = True, keys: Any = None, strict: bool = False) -> Any:
        """Keeps the parameters (with `keys`, those of these names) from learning, and returns the module."""
        return self._set_frozen(True, recurse, keys)

    def unfreeze(self, *, recurse: bool = True, keys: Any = None, strict: bool = False) -> Any:
        """Lets the parameters learn again, and returns the module."""
        return self._set_frozen(False, recurse, keys)

    # ---- the modules below ----

    def leaf_modules(self) -> Any:
        """The modules that hold no others, as a tree by their names."""
        named = self.named_modules()  # type: ignore[attr-defined]
        return tree_unflatten([(name, module) for name, module in named if not list(module.children())])

    def apply_to_modules(self, apply_fn: Callable[[str, Any], Any]) -> Any:
        """Calls `apply_fn(name, module)` for this module and all below it, and returns it."""
        for name, module in self.named_modules():  # type: ignore[attr-defined]
            apply_fn(name, module)
        return self

    def update_modules(self, modules: Any, strict: bool = True) -> Any:
        """Puts the modules of a tree in the place of those of the same names, and returns the module."""
        for name, module in tree_flatten(modules, is_leaf=lambda node: isinstance(node, ingot.nn.Module)):
            owner, last = _lookup(self, name)
            owner.register_module(last, module)
        return self

    def apply(self, map_fn: Callable[[Any], Any], filter_fn: Callable[[Any, str, Any], bool] | None = None) -> Any:
        """With a function of arrays, MLX's: each parameter becomes `map_fn(parameter)`. With one of modules, PyTorch's:
        `map_fn(module)` for each module below and for this one. Which it is shows at the first call."""
        named = list(self.named_parameters())  # type: ignore[attr-defined]
        if filter_fn is None and not _maps_arrays(map_fn, named):
            return super().apply(map_fn)  # type: ignore[misc]
        for name, value in named:
            owner, last = _lookup(self, name)
            if filter_fn is None or filter_fn(owner, last, value):
                self.update(tree_unflatten([(name, map_fn(value))]))
        return self

    def set_dtype(self, dtype: Any, predicate: Callable[[Any], bool] | None = None) -> None:
        """Casts the floating parameters (for whose dtype `predicate` holds) to `dtype`."""
        for name, value in list(self.named_parameters()):  # type: ignore[attr-defined]
            if predicate(value.dtype) if predicate else _is_learnt(value):
                _replace(self, name, value.astype(dtype), value.requires_grad)

    @staticmethod
    def is_module(value: Any) -> bool:
        return isinstance(value, ingot.nn.Module)


def _replace(root: Any, path: str, value: Any, learns: bool) -> None:
    owner, name = _lookup(root, path)
    owner.register_parameter(name, ingot.Parameter(value.detach(), learns))


def _maps_arrays(function: Callable[[Any], Any], named: list[tuple[str, Any]]) -> bool:
    """True if the function takes an array to an array; a function of modules fails on one, or gives nothing back."""
    if not named:
        return False
    try:
        with no_grad():
            return isinstance(function(named[0][1].detach()), ingot.array)
    except Exception:
        return False


class _AnyModule(type(ingot.nn.Module)):  # type: ignore[misc]
    """`isinstance(x, nn.Module)` for all modules, those that Ingot makes itself too."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, ingot.nn.Module) if cls is Module else super().__instancecheck__(instance)


class Module(Dialect, ingot.nn.Module, metaclass=_AnyModule):
    """Base of all layers and models, with MLX's methods: define `__call__` (or, as in PyTorch, `forward`).

    Example:
        >>> from ingot.mlx import nn
        >>> class Double(nn.Module):
        ...     def __init__(self):
        ...         super().__init__()
        ...         self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]
        ...     def __call__(self, x):
        ...         for layer in self.layers:
        ...             x = layer(x)
        ...         return x
        >>> [name for name in Double().parameters()["layers"][1]]
        ['weight', 'bias']
    """


def value_and_grad(model: Any, fn: Callable[..., Any]) -> Callable[..., tuple[Any, Any]]:
    """A function that returns what `fn` returns, and the gradients of its (first) result by the model's trainable
    parameters, as a tree by their names.

    Raises ShapeError if that result is no scalar.

    Example:
        >>> from ingot.mlx import nn
        >>> model = nn.Linear(2, 1)
        >>> loss, gradients = nn.value_and_grad(model, lambda x: model(x).sum())(ingot.ones((3, 2)))
        >>> print(gradients["weight"])
        [[3. 3.]]
    """

    @functools.wraps(fn, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        named = tree_flatten(model.trainable_parameters())
        with ingot.enable_grad():
            result = fn(*args, **kwargs)
        value = result[0] if isinstance(result, (tuple, list)) else result
        if value.ndim != 0:
            raise ingot.ShapeError(f"value_and_grad: expected a 0-d array from the function, got shape {value.shape}")
        parameters = [parameter for _, parameter in named]
        found: Any = [None] * len(parameters)
        if value.requires_grad:
            found = autograd.grad(value, parameters, allow_unused=True)
        gradients = [
            (name, ingot.zeros_like(parameter) if gradient is None else gradient)
            for (name, parameter), gradient in zip(named, found, strict=True)
        ]
        detached = ingot.tree.map(lambda leaf: leaf.detach() if isinstance(leaf, ingot.array) else leaf, result)
        return detached, tree_unflatten(gradients) if gradients else {}

    return wrapped
