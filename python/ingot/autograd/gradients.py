"""Gradients of arrays by arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

from ingot import _core
from ingot._core import array
from ingot._transforms.batching import vmap

Weights = array | Sequence[array | None] | None


def _as_list(arrays: array | Sequence[array]) -> list[array]:
    return [arrays] if isinstance(arrays, array) else list(arrays)


def _weights(grad_outputs: Weights) -> list[array | None]:
    if grad_outputs is None:
        return []
    return [grad_outputs] if isinstance(grad_outputs, array) else list(grad_outputs)


@overload
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: Weights = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: Literal[True] = True,
    allow_unused: Literal[False] | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[array, ...]: ...
@overload
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: Weights = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: Literal[True] = True,
    *,
    allow_unused: bool,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[array | None, ...]: ...
def grad(
    outputs: array | Sequence[array],
    inputs: array | Sequence[array],
    grad_outputs: Weights = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[array | None, ...]:
    """Gradients of the outputs (summed, each times its `grad_outputs`, ones if not given) by each input.

    Changes no `.grad` (`only_inputs` is there for PyTorch's sake, and must be True). With `is_grads_batched=True` each
    of `grad_outputs` has a batch axis in front, and so has each gradient: a whole jacobian in one call.

    Raises RuntimeError for an input without influence, for which `allow_unused=True` gives None, and
    `materialize_grads=True` zeros.

    Example:
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> print(ingot.autograd.grad((x * x).sum(), x)[0])
        [2. 4.]
    """
    output_list, input_list = _as_list(outputs), _as_list(inputs)
    if not only_inputs:
        raise ValueError("autograd.grad: only_inputs=False is not there; backward() adds to the .grad of all leaves")
    if allow_unused is False and materialize_grads:
        raise ValueError("autograd.grad: materialize_grads=True gives zeros where allow_unused=False wants an error")
    if not any(output.requires_grad for output in output_list):
        raise _core.GradError("autograd.grad: none of the outputs requires grad")
    for position, given in enumerate(input_list):
        if not given.requires_grad:
            raise _core.GradError(
                f"autograd.grad: input {position} does not require grad; call requires_grad_() on it before it is used"
            )
    keep = create_graph if retain_graph is None else retain_graph
    cotangents = _weights(grad_outputs)
    if is_grads_batched:
        gradients = _batched(output_list, input_list, cotangents, keep, create_graph)
    else:
        gradients = _core._gradients(output_list, input_list, cotangents, keep, create_graph)
    for position, gradient in enumerate(gradients):
        if gradient is not None:
            continue
        if materialize_grads:
            gradients[position] = _core.zeros_like(input_list[position])
        elif not allow_unused:
            raise _core.GradError(
                f"autograd.grad: input {position} has no influence on the outputs (allow_unused=True gives None)"
            )
    return tuple(gradients)


def _batched(
    outputs: list[array], inputs: list[array], weights: list[array | None], keep: bool, create_graph: bool
) -> list[array | None]:
    given = [weight for weight in weights if weight is not None]
    if len(given) != len(outputs):
        raise ValueError("autograd.grad: is_grads_batched=True takes one of grad_outputs per output")
    reached: list[bool] = []

    def one(*cotangents: array) -> list[array]:
        found = _core._gradients(outputs, inputs, list(cotangents), keep, create_graph)
        reached[:] = [gradient is not None for gradient in found]
        return [gradient for gradient in found if gradient is not None]

    stacked = iter(vmap(one)(*given))
    return [next(stacked) if there else None for there in reached]


def backward(
    tensors: array | Sequence[array],
    grad_tensors: Weights = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: array | Sequence[array] | None = None,
) -> None:
    """Adds the gradients of several arrays, each times its `grad_tensors` (default: ones), to `.grad` of the leaves.

    With `inputs`, gradients go to `.grad` of these alone, which need not be leaves. Otherwise as `array.backward`.

    Example:
        >>> x = ingot.array([1.0, 2.0], requires_grad=True)
        >>> ingot.autograd.backward([x * 2, x * 3])
        >>> print(x.grad)
        [5. 5.]
    """
    targets = [] if inputs is None else _as_list(inputs)
    if inputs is not None and not targets:
        raise ValueError("autograd.backward: inputs is empty; leave it out to mean all leaves")
    keep = create_graph if retain_graph is None else retain_graph
    _core._backward(_as_list(tensors), _weights(grad_tensors), keep, create_graph, targets)


def Variable(data: array, requires_grad: bool = False) -> array:  # noqa: N802 - PyTorch's name
    """PyTorch's old way to say that an array requires grad: the array itself.

    Example:
        >>> ingot.autograd.Variable(ingot.ones(2), requires_grad=True).requires_grad
        True
    """
    return data.requires_grad_() if requires_grad else data
