"""Operations of one's own, in PyTorch's form: a class with `forward` and `backward`."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from ingot import _core
from ingot._core import array
from ingot.autograd.grad_mode import no_grad

F = TypeVar("F", bound=Callable[..., Any])


class VmapInfo(NamedTuple):
    """What a `vmap` rule gets to know."""

    batch_size: int
    randomness: str = "same"


class FunctionCtx:
    """What `forward` leaves for `backward` and `jvp`; attributes may be set at will.

    Arrays belong into `save_for_backward`: only there do transforms see them.
    """

    def __init__(self, needs_input_grad: tuple[bool, ...]) -> None:
        self.needs_input_grad = needs_input_grad
        """Per argument of `forward`, whether its gradient is wanted."""
        self.saved_tensors: tuple[array | None, ...] = ()
        """What was saved, in the same order."""
        self._dirty_marks: list[array] = []
        self._constant_marks: list[array] = []
        self._fill_with_zeros = True

    def save_for_backward(self, *tensors: array | None) -> None:
        """Keeps arrays (inputs, outputs, or computed on the way) for `backward`."""
        for tensor in tensors:
            if tensor is not None and not isinstance(tensor, array):
                raise TypeError(f"save_for_backward: expected arrays, got {type(tensor).__name__}; set an attribute")
        self.saved_tensors = tensors

    def save_for_forward(self, *tensors: array | None) -> None:
        """Keeps arrays for `jvp`: the same place as `save_for_backward`."""
        self.save_for_backward(*tensors)

    def mark_non_differentiable(self, *tensors: array) -> None:
        """Says that no gradient flows through these outputs."""
        self._constant_marks += tensors

    def mark_dirty(self, *tensors: array) -> None:
        """There for PyTorch's sake: changing an array in place makes a new value, which hurts nobody."""

    def set_materialize_grads(self, value: bool) -> None:
        """Whether a gradient that is not there reaches `backward` as zeros (the default) or as None."""
        self._fill_with_zeros = bool(value)


class _Saved:
    """Where each saved array comes from: an input, an output, or a residual of its own."""

    def __init__(self, ctx: FunctionCtx, inputs: Sequence[array], outputs: Sequence[array]) -> None:
        known = {id(x): ("output", i) for i, x in enumerate(outputs)} | {
            id(x): ("input", i) for i, x in enumerate(inputs)
        }
        self.places: list[tuple[str, int]] = []
        self.residuals: list[array] = []
        for tensor in ctx.saved_tensors:
            if tensor is None:
                self.places.append(("none", 0))
            elif id(tensor) in known:
                self.places.append(known[id(tensor)])
            else:
                self.places.append(("residual", len(self.residuals)))
                self.residuals.append(tensor)

    def take_residuals(self) -> list[array]:
        """What the graph shall hold, no longer held here."""
        residuals, self.residuals = self.residuals, []
        return residuals

    def within(self, ctx: FunctionCtx, inputs: Any, outputs: Any, residuals: Any) -> FunctionCtx:
        """A context for one run of a rule, with the arrays of that run."""
        sources: dict[str, Any] = {"input": inputs, "output": outputs, "residual": residuals, "none": [None]}
        made = copy.copy(ctx)
        made.saved_tensors = tuple(sources[kind][i] for kind, i in self.places)
        return made


class Function:
    """Base of operations whose derivatives are given by hand. Use a subclass by its `apply`.

    Static methods of a subclass:

    - `forward(ctx, *args)` computes the result (an array or a tuple). It is not recorded. Or, without `ctx`,
      `forward(*args)` together with `setup_context(ctx, inputs, output)`.
    - `backward(ctx, *grad_outputs)` returns a gradient per argument of `forward`, None for what has none. Its own
      operations are recorded when a higher derivative is asked for (see `once_differentiable`).
    - `jvp(ctx, *grad_inputs)`: forward mode, optional. Without it, forward mode is the transpose of `backward`.
    - `vmap(info, in_dims, *args)` returns outputs and their axes, optional. Without it, `forward` and `backward` are
      batched as they are.

    Works under every transform, `jit` and `checkpoint`.

    Example:
        >>> class Cube(ingot.autograd.Function):
        ...     @staticmethod
        ...     def forward(ctx, x):
        ...         ctx.save_for_backward(x)
        ...         return x ** 3
        ...     @staticmethod
        ...     def backward(ctx, grad_output):
        ...         (x,) = ctx.saved_tensors
        ...         return 3 * x * x * grad_output
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> Cube.apply(x).sum().backward()
        >>> print(x.grad)
        [ 3. 12.]
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:
        """Computes the result; a subclass defines it."""
        raise NotImplementedError("autograd.Function: define a static method forward(ctx, *args)")

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        """Prepares `ctx` after a `forward` that does not take it."""
        raise NotImplementedError("autograd.Function: define a static method setup_context(ctx, inputs, output)")

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        """Gives the gradients of the arguments; a subclass defines it."""
        raise NotImplementedError("autograd.Function: define a static method backward(ctx, *grad_outputs)")

    vjp = backward

    @staticmethod
    def jvp(ctx: Any, *grad_inputs: Any) -> Any:
        """Gives the changes of the results; a subclass may define it."""
        raise NotImplementedError("autograd.Function: define a static method jvp(ctx, *grad_inputs)")

    @staticmethod
    def vmap(info: VmapInfo, in_dims: tuple[int | None, ...], *args: Any) -> tuple[Any, Any]:
        """Gives the results for a batch of arguments; a subclass may define it."""
        raise NotImplementedError("autograd.Function: define a static method vmap(info, in_dims, *args)")

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:
        """The result of `forward`, differentiated by this class's rules.

        Example:
            >>> class Double(ingot.autograd.Function):
            ...     @staticmethod
            ...     def forward(ctx, x):
            ...         return 2 * x
            ...     @staticmethod
            ...     def backward(ctx, grad_output):
            ...         return 2 * grad_output
            >>> print(Double.apply(ingot.ones(2)))
            [2. 2.]
        """
        return _Application(cls, args, kwargs).run()


def _defines(cls: type[Function], name: str) -> bool:
    return getattr(cls, name) is not getattr(Function, name)


class _Application:
    """One call of a `Function`."""

    def __init__(self, cls: type[Function], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.cls = cls
        self.name = cls.__name__
        # Rules live in the graph: the arrays are handed on, and not kept here.
        self.arrays = [arg for arg in args if isinstance(arg, array)]
        self.args = tuple(None if isinstance(arg, array) else arg for arg in args)
        self.kwargs = kwargs
        self.places = [i for i, arg in enumerate(args) if isinstance(arg, array)]
        recording = _core.is_grad_enabled()
        self.ctx = FunctionCtx(tuple(recording and isinstance(arg, array) and arg.requires_grad for arg in args))

    def run(self) -> Any:
        cls = self.cls
        arrays, self.arrays = self.arrays, []
        backward = _defines(cls, "backward") or _defines(cls, "vjp")
        raw = _core._custom_function(
            self._forward,
            self._vjp if backward or not _defines(cls, "jvp") else None,
            self._jvp if _defines(cls, "jvp") else None,
            self._vmap if _defines(cls, "vmap") else None,
            arrays,
        )
        outputs = [self.plain[k] if k in self.constant else output for k, output in enumerate(raw)]
        result: list[Any] = list(self.template)
        for place, output in zip(self.output_places, outputs, strict=True):
            result[place] = output
        return tuple(result) if self.several else result[0]

    def _with(self, arrays: Sequence[Any]) -> list[Any]:
        values = list(self.args)
        for place, value in zip(self.places, arrays, strict=True):
            values[place] = value
        return values

    def _forward(self, arrays: list[array]) -> tuple[list[array], list[array]]:
        cls, ctx = self.cls, self.ctx
        arguments = self._with(arrays)
        if _defines(cls, "setup_context"):
            result = cls.forward(*arguments, **self.kwargs)
            cls.setup_context(ctx, tuple(arguments), result)
        else:
            result = cls.forward(ctx, *arguments, **self.kwargs)
        self.several = isinstance(result, (tuple, list))
        self.template = tuple(result) if self.several else (result,)
        self.output_places = [i for i, each in enumerate(self.template) if isinstance(each, array)]
        outputs = [self.template[i] for i in self.output_places]
        if not outputs:
            raise TypeError(f"{self.name}.forward must return an array or a tuple with arrays, got {result!r}")
        marks = {id(mark) for mark in ctx._constant_marks}
        self.constant = {k for k, output in enumerate(outputs) if id(output) in marks}
        self.plain = {k: _core.stop_gradient(outputs[k]) for k in self.constant}
        self.saved = _Saved(ctx, arrays, outputs)
        ctx.saved_tensors = ()
        ctx._constant_marks = []
        # What the caller sees are other arrays than these: a context must not keep them, or it would keep itself.
        self.template = tuple(None if i in self.output_places else each for i, each in enumerate(self.template))
        return outputs, self.saved.take_residuals()

    def _context(self, inputs: Any, outputs: Any, residuals: Any) -> FunctionCtx:
        return self.saved.within(self.ctx, inputs, outputs, residuals)

    def _vjp(self, inputs: Any, outputs: Any, residuals: Any, cotangents: Any, needed: Any) -> list[array | None]:
        ctx = self._context(inputs, outputs, residuals)
        wanted = [False] * len(self.args)
        for place, need in zip(self.places, needed, strict=True):
            wanted[place] = need
        ctx.needs_input_grad = tuple(wanted)
        given: list[array | None] = [None] * len(self.template)
        for k, (place, cotangent) in enumerate(zip(self.output_places, cotangents, strict=True)):
            fill = cotangent is None and ctx._fill_with_zeros
            given[place] = _core.zeros_like(outputs[k]) if fill else cotangent
        rule = self.cls.backward if _defines(self.cls, "backward") else self.cls.vjp
        found = rule(ctx, *given)
        gradients = tuple(found) if isinstance(found, (tuple, list)) else (found,)
        if len(gradients) < len(self.args) or any(extra is not None for extra in gradients[len(self.args) :]):
            raise ValueError(
                f"{self.name}.backward returned {len(gradients)} gradients for the {len(self.args)} arguments of "
                "forward; return one for each, None where there is none"
            )
        for i, gradient in enumerate(gradients):
            if gradient is not None and not isinstance(gradient, array):
                raise TypeError(
                    f"{self.name}.backward: gradient {i} is a {type(gradient).__name__}, not an array or None"
                )
        return [gradients[place] for place in self.places]

    def _jvp(self, inputs: Any, outputs: Any, residuals: Any, tangents: Any) -> list[array | None]:
        ctx = self._context(inputs, outputs, residuals)
        directions: list[array | None] = [None] * len(self.args)
        for i, (place, tangent) in enumerate(zip(self.places, tangents, strict=True)):
            fill = tangent is None and ctx._fill_with_zeros
            directions[place] = _core.zeros_like(inputs[i]) if fill else tangent
        found = self.cls.jvp(ctx, *directions)
        changes = tuple(found) if isinstance(found, (tuple, list)) else (found,)
        if len(changes) != len(self.template):
            raise ValueError(
                f"{self.name}.jvp returned {len(changes)} changes for {len(self.template)} results of forward"
            )
        return [changes[place] for place in self.output_places]

    def _vmap(self, inputs: Any, axes: list[int], batch: int) -> tuple[list[array], list[int]]:
        dims: list[int | None] = [None] * len(self.args)
        for place, axis in zip(self.places, axes, strict=True):
            dims[place] = None if axis < 0 else axis
        found = self.cls.vmap(VmapInfo(batch), tuple(dims), *self._with(inputs))
        if not isinstance(found, tuple) or len(found) != 2:
            raise TypeError(f"{self.name}.vmap must return a pair of outputs and axes, got {type(found).__name__}")
        outputs, out_dims = found
        results = tuple(outputs) if isinstance(outputs, (tuple, list)) else (outputs,)
        places = tuple(out_dims) if isinstance(out_dims, (tuple, list)) else (out_dims,) * len(results)
        return [results[i] for i in self.output_places], [
            -1 if places[i] is None else places[i] for i in self.output_places
        ]


class _OnceOnly(Function):
    """Passes arrays on; differentiating by them is an error."""

    @staticmethod
    def forward(ctx: Any, *args: Any) -> Any:
        return args

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:
        raise _core.GradError(
            "a function marked with once_differentiable cannot be differentiated a second time: its backward is not "
            "recorded"
        )


def once_differentiable(backward: F) -> F:
    """Decorates a `backward` that is not made of differentiable operations: a second derivative is an error, not wrong.

    Example:
        >>> class Double(ingot.autograd.Function):
        ...     @staticmethod
        ...     def forward(ctx, x):
        ...         return 2 * x
        ...     @staticmethod
        ...     @ingot.autograd.once_differentiable
        ...     def backward(ctx, grad_output):
        ...         return ingot.array(2 * grad_output.numpy())
        >>> print(ingot.grad(lambda x: Double.apply(x).sum())(ingot.ones(2)))
        [2. 2.]
    """

    @functools.wraps(backward)
    def wrapped(ctx: Any, *grad_outputs: Any) -> Any:
        with no_grad():
            found = backward(ctx, *grad_outputs)
        sources = [each for each in (*ctx.saved_tensors, *grad_outputs) if isinstance(each, array)]
        if not _core.is_grad_enabled() or not any(each.requires_grad for each in sources):
            return found
        gradients = tuple(found) if isinstance(found, (tuple, list)) else (found,)
        count = len(gradients)
        return _OnceOnly.apply(*gradients, *sources)[:count]

    return wrapped  # type: ignore[return-value]
