"""Functions with derivatives and batching given by hand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core, tree
from ingot._core import array
from ingot._transforms.arguments import Result, Selected, name_of

Rule = Callable[..., Any]


class _Arguments:
    """Arguments of a call as one flat list of arrays; what is no array is fixed."""

    def __init__(self, args: Sequence[Any]) -> None:
        self.selected = [Selected(arg) for arg in args]

    def take(self) -> list[array]:
        """The arrays. Rules live in the graph, and would keep what holds them alive: so they are given away here."""
        arrays = [primal for choice in self.selected for primal in choice.primals]
        for choice in self.selected:
            choice.primals = []
        return arrays

    def nested(self, arrays: Sequence[Any]) -> list[Any]:
        remaining = iter(arrays)
        return [choice.argument(remaining, [], []) for choice in self.selected]

    def like(self, values: Sequence[Any]) -> list[Any]:
        remaining = iter(values)
        return [choice.like(remaining) for choice in self.selected]

    def flat_like(self, values: Sequence[Any], who: str) -> list[array | None]:
        if len(values) != len(self.selected):
            raise ValueError(f"{who}: expected one value per argument ({len(self.selected)}), got {len(values)}")
        found: list[array | None] = []
        for choice, value in zip(self.selected, values, strict=True):
            found += [None] * choice.count if value is None else choice.arrays_like(value, who)
        return found


def _zeros_for_none(values: Sequence[array | None], like: Sequence[array]) -> list[array]:
    return [_core.zeros_like(x) if value is None else value for value, x in zip(values, like, strict=True)]


def _all_arrays(result: Result, who: str) -> Result:
    if len(result.positions) != len(result.leaves):
        odd = next(leaf for leaf in result.leaves if not isinstance(leaf, array))
        raise TypeError(f"{who}: a custom function must return arrays, got {type(odd).__name__}")
    return result


class custom_function:
    """A function whose derivatives and batching are given by hand, as far as they are; a decorator.

    `f.vjp`, `f.jvp` and `f.vmap` decorate the rules:

    - `vjp(primals, cotangents, outputs)` returns the gradients, nested like the primals;
    - `jvp(primals, tangents)` returns the changes of the outputs, nested like these;
    - `vmap(inputs, axes)` returns the outputs and their axes, for inputs that have a batch axis at `axes` (None: none).

    Primals, tangents, inputs and gradients of a function of several arguments are tuples; of one of one argument they
    are that argument alone. A None among gradients or changes stands for zeros. A missing derivative is made of the
    other one; without either, of the function itself. Keyword arguments are fixed: nothing is differentiated by them.

    Example:
        >>> @ingot.custom_function
        ... def clipped_exp(x):
        ...     return ingot.exp(x)
        >>> @clipped_exp.vjp
        ... def clipped_exp_vjp(x, cotangent, output):
        ...     return cotangent * ingot.minimum(output, 2.0)
        >>> print(ingot.grad(clipped_exp)(ingot.array(3.0)))
        2.0
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        if not callable(function):
            raise TypeError(f"custom_function: expected a function, got {type(function).__name__}")
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._vjp: Rule | None = None
        self._jvp: Rule | None = None
        self._vmap: Rule | None = None

    def vjp(self, rule: Rule) -> Rule:
        """Sets the rule for reverse mode; a decorator."""
        self._vjp = rule
        return rule

    def jvp(self, rule: Rule) -> Rule:
        """Sets the rule for forward mode; a decorator."""
        self._jvp = rule
        return rule

    def vmap(self, rule: Rule) -> Rule:
        """Sets the rule for batching; a decorator."""
        self._vmap = rule
        return rule

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self._vjp is None and self._jvp is None and self._vmap is None:
            return self._function(*args, **kwargs)
        who = name_of(self._function)
        arguments = _Arguments(args)
        count = len(args)
        del args
        kept: list[Result] = []

        def bare(values: list[Any]) -> Any:
            return values[0] if len(values) == 1 else tuple(values)

        def listed(values: Any) -> Sequence[Any]:
            return [values] if count == 1 else values

        def forward(arrays: list[array]) -> tuple[list[array], list[array]]:
            kept[:] = [_all_arrays(Result(self._function(*arguments.nested(arrays), **kwargs)), who)]
            return kept[0].arrays, []

        def vjp(inputs: Any, outputs: Any, residuals: Any, cotangents: Any, needed: Any) -> list[array | None]:
            assert self._vjp is not None
            given = kept[0].rebuild(_zeros_for_none(cotangents, outputs))
            found = self._vjp(bare(arguments.nested(inputs)), given, kept[0].rebuild(outputs))
            return arguments.flat_like(listed(found), f"{who}: gradients given by its vjp")

        def jvp(inputs: Any, outputs: Any, residuals: Any, tangents: Any) -> list[array | None]:
            assert self._jvp is not None
            directions = arguments.like(_zeros_for_none(tangents, inputs))
            found = self._jvp(bare(arguments.nested(inputs)), bare(directions))
            return kept[0].arrays_like(found, f"{who}: changes given by its jvp")

        def vmap(inputs: Any, axes: list[int], batch: int) -> tuple[list[array], list[int]]:
            assert self._vmap is not None
            places = arguments.like([None if axis < 0 else axis for axis in axes])
            outputs, out_axes = self._vmap(bare(arguments.nested(inputs)), bare(places))
            result = _all_arrays(Result(outputs), who)
            spread = [out_axes] * len(result.positions) if out_axes is None or isinstance(out_axes, int) else out_axes
            flat = spread if isinstance(spread, list) else tree.flatten_as(result.structure, out_axes, f"{who}: axes")
            return result.arrays, [-1 if axis is None else axis for axis in flat]

        outputs = _core._custom_function(
            forward,
            None if self._vjp is None else vjp,
            None if self._jvp is None else jvp,
            None if self._vmap is None else vmap,
            arguments.take(),
        )
        return kept[0].rebuild(outputs)


def _bind(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """All arguments by position, defaults among them."""
    if not kwargs:
        return args
    import inspect

    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.args


class custom_vjp:
    """A function whose reverse mode is given by hand, in JAX's form; a decorator.

    `f.defvjp(forward, backward)`: `forward(*args)` returns the output and residuals, of any nested containers;
    `backward(*fixed, residuals, cotangent)` returns a tuple with a gradient per argument, None for zeros. Arguments at
    `nondiff_argnums` are not differentiated, and handed to `backward` first.

    Example:
        >>> @ingot.custom_vjp
        ... def f(x):
        ...     return ingot.log1p(ingot.exp(x))
        >>> f.defvjp(lambda x: (f(x), x), lambda x, g: (g * (1 - 1 / (1 + ingot.exp(x))),))
        >>> print(ingot.grad(f)(ingot.array(100.0)))
        1.0
    """

    def __init__(self, function: Callable[..., Any], nondiff_argnums: Sequence[int] = ()) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._fixed = tuple(nondiff_argnums)
        self._rules: tuple[Rule, Rule] | None = None

    def defvjp(self, forward: Rule, backward: Rule) -> None:
        """Sets the rules."""
        self._rules = forward, backward

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        args = _bind(self._function, args, kwargs)
        if self._rules is None:
            raise TypeError(f"custom_vjp: {name_of(self._function)} has no rules yet; call its defvjp first")
        if not _core.is_grad_enabled():  # as within `forward`, which may well call the function itself
            return self._function(*args)
        run, back = self._rules
        who = name_of(self._function)
        fixed = {number % len(args) for number in self._fixed}
        free = [i for i in range(len(args)) if i not in fixed]
        arguments = _Arguments([args[i] for i in free])
        args = tuple(arg if i in fixed else None for i, arg in enumerate(args))
        kept: list[Result] = []

        def complete(arrays: list[array]) -> list[Any]:
            values = list(args)
            for i, value in zip(free, arguments.nested(arrays), strict=True):
                values[i] = value
            return values

        def forward(arrays: list[array]) -> tuple[list[array], list[array]]:
            found = run(*complete(arrays))
            if not isinstance(found, tuple) or len(found) != 2:
                raise TypeError(f"custom_vjp: the forward rule of {who} must return a pair (output, residuals)")
            kept[:] = [_all_arrays(Result(found[0]), who), Result(found[1])]
            return kept[0].arrays, kept[1].arrays

        def vjp(inputs: Any, outputs: Any, residuals: Any, cotangents: Any, needed: Any) -> list[array | None]:
            given = kept[0].rebuild(_zeros_for_none(cotangents, outputs))
            found = back(*(args[i] for i in sorted(fixed)), kept[1].rebuild(residuals), given)
            if not isinstance(found, (tuple, list)):
                raise TypeError(
                    f"custom_vjp: the backward rule of {who} must return a tuple, one gradient per argument"
                )
            return arguments.flat_like(found, f"{who}: gradients given by its backward rule")

        outputs = _core._custom_function(forward, vjp, None, None, arguments.take())
        return kept[0].rebuild(outputs)


class custom_jvp:
    """A function whose forward mode is given by hand, in JAX's form; a decorator. Reverse mode is its transpose.

    `f.defjvp(rule)`: `rule(*fixed, primals, tangents)` returns the output and its change; arguments at
    `nondiff_argnums` are not differentiated, and handed to the rule first. `f.defjvps(...)` takes a function
    `(tangent, output, *args)` per argument instead (None: zero), whose results are added.

    Example:
        >>> @ingot.custom_jvp
        ... def f(x, y):
        ...     return ingot.sin(x) * y
        >>> @f.defjvp
        ... def f_jvp(primals, tangents):
        ...     (x, y), (dx, dy) = primals, tangents
        ...     return f(x, y), ingot.cos(x) * dx * y + ingot.sin(x) * dy
        >>> print(ingot.grad(f)(ingot.array(0.0), ingot.array(3.0)))
        3.0
    """

    def __init__(self, function: Callable[..., Any], nondiff_argnums: Sequence[int] = ()) -> None:
        functools.update_wrapper(self, function, updated=())
        self._function = function
        self._fixed = tuple(nondiff_argnums)
        self._rule: Rule | None = None

    def defjvp(self, rule: Rule) -> Rule:
        """Sets the rule; a decorator."""
        self._rule = rule
        return rule

    def defjvps(self, *rules: Rule | None) -> None:
        """Sets the rule from one function per argument, None where the derivative is zero."""

        def rule(*given: Any) -> tuple[Any, Any]:
            primals, tangents = given[-2:]
            output = self(*primals)
            changes = [each(t, output, *primals) for each, t in zip(rules, tangents, strict=True) if each is not None]
            change = changes[0] if changes else _core.zeros_like(output)
            for further in changes[1:]:
                change = change + further
            return output, change

        self._rule = rule

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        args = _bind(self._function, args, kwargs)
        rule = self._rule
        if rule is None:
            raise TypeError(f"custom_jvp: {name_of(self._function)} has no rule yet; call its defjvp first")
        who = name_of(self._function)
        fixed = {number % len(args) for number in self._fixed}
        free = [i for i in range(len(args)) if i not in fixed]
        arguments = _Arguments([args[i] for i in free])
        args = tuple(arg if i in fixed else None for i, arg in enumerate(args))
        kept: list[Result] = []

        def forward(arrays: list[array]) -> tuple[list[array], list[array]]:
            values = list(args)
            for i, value in zip(free, arguments.nested(arrays), strict=True):
                values[i] = value
            kept[:] = [_all_arrays(Result(self._function(*values)), who)]
            return kept[0].arrays, []

        def jvp(inputs: Any, outputs: Any, residuals: Any, tangents: Any) -> list[array | None]:
            directions = arguments.like(_zeros_for_none(tangents, inputs))
            given = (args[i] for i in sorted(fixed))
            found = rule(*given, tuple(arguments.nested(inputs)), tuple(directions))
            if not isinstance(found, (tuple, list)) or len(found) != 2:
                raise TypeError(f"custom_jvp: the rule of {who} must return a pair (output, change)")
            return kept[0].arrays_like(found[1], f"{who}: the change given by its rule")

        outputs = _core._custom_function(forward, None, jvp, None, arguments.take())
        return kept[0].rebuild(outputs)
