"""Derivatives by finite differences, and whole matrices of automatic ones, both as real matrices in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ingot import _core
from ingot._core import array

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]

Flat = Callable[[list[array]], list[array]]


def is_complex(x: array) -> bool:
    """True for complex arrays, whose numbers count as two real ones each."""
    return x.dtype.is_complex


def is_inexact(x: array) -> bool:
    """True for arrays that have derivatives."""
    return x.dtype.is_complex or x.dtype.is_floating_point


def real_parts(x: array) -> Matrix:
    """All numbers in a row, complex ones as real and imaginary part one after another."""
    import numpy as np

    if not is_complex(x):
        return np.asarray(x.detach().astype(_core.float64).numpy(), dtype=np.float64).reshape(-1)
    values = np.asarray(x.detach().astype(_core.complex128).numpy()).reshape(-1)
    return np.ascontiguousarray(values).view(np.float64)


def place(x: array, flat: int) -> str:
    """The index of a real number in `real_parts(x)`, as a person would write it."""
    import numpy as np

    part = ""
    if is_complex(x):
        part = (".real", ".imag")[flat % 2]
        flat //= 2
    index = ", ".join(str(int(i)) for i in np.unravel_index(flat, tuple(x.shape))) if x.ndim else ""
    return f"[{index}]{part}"


def _moved(x: array, flat: int, by: float) -> array:
    values = real_parts(x).copy()
    values[flat] += by
    if not is_complex(x):
        return _core.array(values.reshape(tuple(x.shape))).astype(x.dtype)
    return _core.array(values.view("complex128").reshape(tuple(x.shape))).astype(x.dtype)


def numeric_jacobians(f: Flat, inputs: Sequence[array], which: Sequence[int], eps: float) -> list[list[Matrix]]:
    """By output, then by input among `which`: rows for numbers of the output, columns for numbers of the input.

    Central differences with step `eps`.
    """
    import numpy as np

    blocks: list[list[Matrix]] = []
    for position in which:
        columns: list[list[Matrix]] = []
        for flat in range(real_parts(inputs[position]).size):
            ends = []
            for step in (eps, -eps):
                moved = [x.detach() for x in inputs]
                moved[position] = _moved(inputs[position], flat, step)
                ends.append([real_parts(y) for y in f(moved)])
            columns.append([(up - down) / (2 * eps) for up, down in zip(*ends, strict=True)])
        count = len(columns[0]) if columns else len(f([x.detach() for x in inputs]))
        blocks.append([np.array([column[k] for column in columns]).T for k in range(count)])
    return [[block[k] for block in blocks] for k in range(len(blocks[0]) if blocks else 0)]


def reverse_jacobians(f: Flat, inputs: Sequence[array], which: Sequence[int]) -> list[list[Matrix]]:
    """The same by reverse mode, a row at a time."""
    import numpy as np

    at = _linearization(f, inputs, which)
    blocks = []
    for k, output in enumerate(at.outputs):
        count = real_parts(output).size
        rows: list[list[Matrix]] = []
        for flat in range(count):
            cotangents: list[array | None] = [None] * len(at.outputs)
            cotangents[k] = _moved(_core.zeros_like(output), flat, 1.0)
            rows.append([real_parts(gradient) for gradient in at.pull_back(cotangents)])
        sizes = [real_parts(inputs[i]).size for i in which]
        blocks.append([np.array([row[i] for row in rows]).reshape(count, size) for i, size in enumerate(sizes)])
    return blocks


def batched_jacobians(f: Flat, inputs: Sequence[array], which: Sequence[int]) -> list[list[Matrix]]:
    """The same by reverse mode under `vmap`, all rows at once."""
    import numpy as np

    at = _linearization(f, inputs, which)
    blocks = []
    for k, output in enumerate(at.outputs):
        count = real_parts(output).size
        sizes = [real_parts(inputs[i]).size for i in which]
        if count == 0:
            blocks.append([np.zeros((0, size)) for size in sizes])
            continue
        units = _core.stack([_moved(_core.zeros_like(output), flat, 1.0) for flat in range(count)], 0)

        def sweep(slices: list[array], k: int = k) -> list[array]:
            cotangents: list[array | None] = [None] * len(at.outputs)
            cotangents[k] = slices[0]
            return list(at.pull_back(cotangents))

        stacked = _core._vmap(sweep, [units], [0])
        blocks.append([real_parts(rows).reshape(count, size) for rows, size in zip(stacked, sizes, strict=True)])
    return blocks


def forward_jacobians(f: Flat, inputs: Sequence[array], which: Sequence[int]) -> list[list[Matrix]]:
    """The same by forward mode, a column at a time."""
    import numpy as np

    at = _linearization(f, inputs, which)
    by_input: list[list[Matrix]] = []
    for i, position in enumerate(which):
        columns: list[list[Matrix]] = []
        for flat in range(real_parts(inputs[position]).size):
            tangents: list[array | None] = [None] * len(which)
            tangents[i] = _moved(_core.zeros_like(inputs[position]), flat, 1.0)
            columns.append([real_parts(change) for change in at.push_forward(tangents)])
        sizes = [real_parts(output).size for output in at.outputs]
        by_input.append(
            [np.array([c[k] for c in columns]).reshape(len(columns), size).T for k, size in enumerate(sizes)]
        )
    return [[block[k] for block in by_input] for k in range(len(at.outputs))]


def _linearization(f: Flat, inputs: Sequence[array], which: Sequence[int]) -> Any:
    def of_chosen(chosen: list[array]) -> list[array]:
        arguments = [x.detach() for x in inputs]
        for position, replacement in zip(which, chosen, strict=True):
            arguments[position] = replacement
        return f(arguments)

    return _core._Linearization(of_chosen, [inputs[position].detach() for position in which])
