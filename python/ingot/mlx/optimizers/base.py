"""MLX's optimizers: trees of gradients and parameters in, a tree of new parameters out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import ingot
from ingot import array, no_grad
from ingot.mlx.utils import tree_flatten, tree_map, tree_map_with_path, tree_unflatten

Rate = float | array | Callable[[array], array]


def clip_grad_norm(grads: Any, max_norm: float) -> tuple[Any, array]:
    """Gradients scaled so that their joint 2-norm is at most `max_norm`, and that norm before.

    Example:
        >>> from ingot.mlx import optimizers as optim
        >>> clipped, norm = optim.clip_grad_norm({"w": ingot.array([3.0, 4.0])}, 1.0)
        >>> print(norm, ingot.round(clipped["w"], 5))
        5.0 [0.6 0.8]
    """
    squares = [ingot.sum(ingot.square(g.astype(ingot.float32))) for _, g in tree_flatten(grads)]
    norm = ingot.sqrt(sum(squares, ingot.array(0.0)))
    factor = ingot.minimum(max_norm / (norm + 1e-6), 1.0)
    return tree_map(lambda g: g * factor.astype(g.dtype), grads), norm


class Optimizer:
    """Base of MLX's optimizers. A subclass defines `init_single(parameter, state)`, which puts arrays into `state`, and
    `apply_single(gradient, parameter, state)`, which returns the new parameter and updates the state.

    `state` is a tree: the step, the learning rate, and for each parameter a dictionary of arrays. Its arrays are
    updated in place, so that a compiled function keeps up with them.
    """

    #: Ingot's own optimizer of that name, for those who give parameters first, as PyTorch does.
    _torch_name: ClassVar[str] = ""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        first = args[0] if args else kwargs.get("params")
        if cls._torch_name and (hasattr(first, "__iter__") and not isinstance(first, array)):
            return getattr(ingot.optim, cls._torch_name)(*args, **kwargs)
        return super().__new__(cls)

    def __init__(self, schedulers: dict[str, Callable[[array], array]] | None = None) -> None:
        self._state: dict[str, Any] = {"step": ingot.array(0, ingot.int64)}
        self._schedulers = dict(schedulers or {})
        self._ready = False

    # ---- state ----

    @property
    def state(self) -> dict[str, Any]:
        return self._state

    @state.setter
    def state(self, state: dict[str, Any]) -> None:
        self._state = state
        self._ready = False

    @property
    def step(self) -> array:
        """The number of updates so far."""
        step: array = self._state["step"]
        return step

    @property
    def learning_rate(self) -> array:
        rate: array = self._state["learning_rate"]
        return rate

    @learning_rate.setter
    def learning_rate(self, rate: float | array) -> None:
        self._set("learning_rate", ingot.asarray(rate).astype(ingot.float32))

    def _set(self, name: str, value: array) -> None:
        if name in self._state:
            self._state[name].data = value
        else:
            self._state[name] = value.detach()

    def _maybe_schedule(self, name: str, parameter: Rate) -> None:
        if isinstance(parameter, (int, float, array)):
            self._set(name, ingot.asarray(parameter).astype(ingot.float32))
        else:
            self._schedulers[name] = parameter
            self._set(name, parameter(self.step))

    def init(self, parameters: Any) -> None:
        """Makes the state of these parameters, for what has none yet. The first update does so by itself."""

        def add(path: str, parameter: array) -> None:
            held = self._find(path)
            if not held:
                with no_grad():
                    self.init_single(parameter, held)

        tree_map_with_path(add, parameters)
        self._ready = True

    def _find(self, path: str) -> dict[str, Any]:
        """The dictionary of a parameter's arrays, made if it is not there."""
        node: Any = self._state
        for key in path.split(".") if path else ["parameter"]:
            if isinstance(node, list):
                node += [{} for _ in range(len(node), int(key) + 1)]
                node = node[int(key)]
            else:
                node = node.setdefault(key, {})
        found: dict[str, Any] = node
        return found

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        """Puts the arrays that go with one parameter into `state`."""

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        raise NotImplementedError(f"{type(self).__name__} defines no apply_single")

    # ---- steps ----

    def update(self, model: Any, gradients: Any) -> None:
        """One step: the parameters of `model` that `gradients` names take their new values."""
        model.update(self.apply_gradients(gradients, model.parameters()))

    def apply_gradients(self, gradients: Any, parameters: Any) -> Any:
        """New values of the parameters that have a gradient, as a tree like `gradients`."""
        if not self._ready:
            self.init(gradients)
        with no_grad():
            for name, schedule in self._schedulers.items():
                rate: array = schedule(self.step)
                self._set(name, rate)
            self._set("step", self.step + 1)
            own = dict(tree_flatten(parameters))
            updated = [
                (path, self._apply(gradient, own[path], self._find(path))) for path, gradient in tree_flatten(gradients)
            ]
        return tree_unflatten(updated) if updated else {}

    def _apply(self, gradient: array, parameter: array, held: dict[str, Any]) -> array:
        state = dict(held)
        updated = self.apply_single(gradient, parameter.detach(), state)
        for name, value in state.items():
            if name not in held:
                held[name] = value
            elif value is not held[name]:
                held[name].data = value
        return updated.astype(parameter.dtype)


class MultiOptimizer(Optimizer):
    """Each parameter goes to the first optimizer whose filter, a function of path and gradient, takes it; those that
    no filter takes go to the last one, which has none.

    Raises ValueError unless there is one filter less than optimizers.
    """

    def __init__(self, optimizers: list[Optimizer], filters: list[Callable[[str, array], bool]] | None = None) -> None:
        super().__init__()
        filters = filters or []
        if len(filters) != len(optimizers) - 1:
            raise ValueError(f"MultiOptimizer: {len(optimizers)} optimizers need one filter less, got {len(filters)}")
        self.optimizers = optimizers
        self.filters: list[Callable[[str, array], bool]] = [*filters, lambda path, gradient: True]

    @property
    def state(self) -> dict[str, Any]:
        return {"states": [optimizer.state for optimizer in self.optimizers]}

    @state.setter
    def state(self, state: dict[str, Any]) -> None:
        for optimizer, held in zip(self.optimizers, state["states"], strict=True):
            optimizer.state = held

    def _split(self, tree: Any) -> list[list[tuple[str, array]]]:
        parts: list[list[tuple[str, array]]] = [[] for _ in self.optimizers]
        for path, value in tree_flatten(tree):
            parts[next(i for i, takes in enumerate(self.filters) if takes(path, value))].append((path, value))
        return parts

    def init(self, parameters: Any) -> None:
        for optimizer, part in zip(self.optimizers, self._split(parameters), strict=True):
            optimizer.init(dict(part))

    def apply_gradients(self, gradients: Any, parameters: Any) -> Any:
        own = tree_flatten(parameters, destination={})
        updated: dict[str, array] = {}
        for optimizer, part in zip(self.optimizers, self._split(gradients), strict=True):
            updated.update(optimizer.apply_gradients(dict(part), own))
        return tree_unflatten(updated)

    @property
    def learning_rate(self) -> array:
        return self.optimizers[0].learning_rate

    @learning_rate.setter
    def learning_rate(self, rate: float | array) -> None:
        for optimizer in self.optimizers:
            optimizer.learning_rate = rate
