"""What a model is made of, as a table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ingot import core
from ingot._core import nn


class Row:
    """One module: where it is, what it gave, what it holds and what it costs."""

    # No dataclass: that module would be a third of the time that importing Ingot takes.
    def __init__(self, name: str, kind: str, depth: int, parameters: int) -> None:
        self.name = name
        self.kind = kind
        self.depth = depth
        self.output = ""
        self.parameters = parameters
        self.flops = 0


class Summary(NamedTuple):
    """A table of the modules of a model; `str` and `repr` show it."""

    rows: list[Row]
    total_parameters: int
    trainable_parameters: int
    flops: int
    #: Bytes of parameters and buffers, and of all modules' outputs.
    parameter_bytes: int
    output_bytes: int

    def __str__(self) -> str:
        lines = [("layer", "output shape", "parameters", "FLOPs")]
        for row in self.rows:
            label = "  " * row.depth + (f"{row.kind} ({row.name})" if row.name else row.kind)
            lines.append((label, row.output, f"{row.parameters:,}", f"{row.flops:,}" if row.flops else ""))
        widths = [max(len(line[i]) for line in lines) for i in range(4)]
        text = [
            f"{a:<{widths[0]}}  {b:<{widths[1]}}  {c:>{widths[2]}}  {d:>{widths[3]}}".rstrip() for a, b, c, d in lines
        ]
        rule = "-" * (sum(widths) + 6)
        return "\n".join(
            [
                text[0],
                rule,
                *text[1:],
                rule,
                f"parameters: {self.total_parameters:,} ({self.trainable_parameters:,} learn)",
                f"FLOPs of one forward pass: {self.flops:,}",
                f"memory: {_bytes(self.parameter_bytes)} of parameters and buffers, "
                f"{_bytes(self.output_bytes)} of outputs",
            ]
        )

    def __repr__(self) -> str:
        return str(self)


def _bytes(count: int) -> str:
    size = float(count)
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} GiB"


def _arrays(value: object) -> list[core.array]:
    if isinstance(value, core.array):
        return [value]
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in _arrays(item)]
    if isinstance(value, dict):
        return [x for item in value.values() for x in _arrays(item)]
    return []


def _flops(module: nn.Module, inputs: list[core.array], outputs: list[core.array]) -> int:
    """Multiplications and additions of the products that a built-in layer makes; 0 for what is cheap beside them."""
    if not inputs or not outputs:
        return 0
    own = [p for _, p in module.named_parameters(recurse=False) if p.ndim >= 2]
    out, given = outputs[0], inputs[0]
    convolutions = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
    transposed = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
    if isinstance(module, (nn.Linear, nn.Bilinear)):
        return 2 * (int(out.size) // max(out.shape[-1], 1)) * sum(int(p.size) for p in own)
    if isinstance(module, convolutions) and own:
        return 2 * int(out.size) * math.prod(own[0].shape[1:])
    if isinstance(module, transposed) and own:
        return 2 * int(given.size) * math.prod(own[0].shape[1:])
    if isinstance(module, (nn.RNN, nn.LSTM, nn.GRU)):
        return 2 * math.prod(given.shape[:-1]) * sum(int(p.size) for p in own)
    if isinstance(module, nn.MultiheadAttention):
        # Projections of the inputs (the output's is a child), then scores and weighted values.
        length, width = (given.shape[-2], given.shape[-1]) if module.batch_first else (given.shape[0], given.shape[-1])
        keys = inputs[1].shape[-2] if module.batch_first else inputs[1].shape[0]
        rows = int(given.size) // max(width, 1)
        return 2 * rows * sum(int(p.size) for p in own) + 4 * (rows // max(length, 1)) * length * keys * width
    return 0


def summary(
    model: nn.Module,
    input_shape: Sequence[int] | None = None,
    *,
    inputs: Sequence[object] | None = None,
    dtype: core.dtype | None = None,
) -> Summary:
    """A table of a model's layers: output shapes, parameters, floating-point operations, memory.

    The model is called once, in evaluation mode and without gradients, on zeros of `input_shape` (with the batch axis)
    or on the given `inputs`; nothing of it changes. A FLOP is one multiplication or addition of a matrix product or
    convolution.

    Example:
        >>> table = nn.utils.summary(nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2)), (1, 4))
        >>> table.total_parameters, table.flops
        (58, 96)
    """
    if (input_shape is None) == (inputs is None):
        raise ValueError("summary: expected either an input_shape or inputs")
    arguments = list(inputs) if inputs is not None else [core.zeros(tuple(input_shape or ()), dtype=dtype)]
    rows: list[Row] = []
    handles: list[nn.RemovableHandle] = []
    modes = [(module, module.training) for module in model.modules()]
    output_bytes = 0

    for name, module in model.named_modules():
        count = sum(int(p.size) for p in module.parameters(recurse=False))
        row = Row(name.rpartition(".")[2], type(module).__name__, name.count(".") + bool(name), count)
        rows.append(row)

        def note(module: nn.Module, given: tuple[object, ...], result: object, row: Row = row) -> None:
            nonlocal output_bytes
            outputs = _arrays(result)
            row.output = ", ".join(str(x.shape) for x in outputs)
            row.flops += _flops(module, _arrays(given), outputs)
            if not list(module.children()):
                output_bytes += sum(int(x.nbytes) for x in outputs)

        handles.append(module.register_forward_hook(note))
    try:
        model.eval()
        with core.no_grad():
            model(*arguments)
    finally:
        for handle in handles:
            handle.remove()
        for module, training in modes:
            module.training = training
    parameters = list(model.parameters())
    held = sum(int(x.nbytes) for x in [*parameters, *model.buffers()])
    return Summary(
        rows,
        sum(int(p.size) for p in parameters),
        sum(int(p.size) for p in parameters if p.requires_grad),
        sum(row.flops for row in rows),
        held,
        output_bytes,
    )
