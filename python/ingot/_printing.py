"""Arrays as text: NumPy's own formatting, so that print options, line breaks and digits are exactly NumPy's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingot._core import TraceError

if TYPE_CHECKING:
    from ingot._core import array


def to_str(x: array) -> str:
    return str(x.numpy())


def to_repr(x: array) -> str:
    try:
        values = x.numpy()
    except TraceError:
        # A debugger that shows variables must not end the recording.
        return f"array(<not known while recording>, shape={x.shape}, dtype={x.dtype})"
    import numpy as np

    text = np.array2string(values, separator=", ", prefix="array(")
    if values.size == 0 and values.shape != (0,):
        text = f"{text}, shape={values.shape}"
    ending = f"dtype={x.dtype}{', requires_grad=True' if x.requires_grad else ''})"
    last_line = len(text) - (text.rfind("\n") + 1)
    if "\n" not in text:
        last_line += len("array(")
    gap = " " if last_line + len(ending) + 3 <= np.get_printoptions()["linewidth"] else "\n" + " " * len("array(")
    return f"array({text},{gap}{ending}"


def to_format(x: array, spec: str) -> str:
    """Each element by the same format: `f"{x:.2f}"`."""
    import numpy as np

    def one(value: Any) -> str:
        return format(value.item(), spec)

    return np.array2string(x.numpy(), formatter={"all": one})
