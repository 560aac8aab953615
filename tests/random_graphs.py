"""Random programs of array functions, run by any library with NumPy's names.

Values stay bounded and functions smooth, so that a long program neither overflows, nor amplifies rounding, nor has a
kink between two finite differences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

#: Arrays larger than this are averaged over their first axis.
MOST = 48

Step = tuple[int, int, int, int]


def _axis(x: Any, k: int) -> int:
    return k % x.ndim


def _reduced(name: str, keepdims: bool) -> Callable:
    def reduce(m: Any, x: Any, y: Any, k: int) -> Any:
        if x.ndim == 0:
            return m.sin(x)
        scale = 1.0 / x.shape[_axis(x, k)] if name == "sum" else 1.0
        return getattr(m, name)(x, axis=_axis(x, k), keepdims=keepdims) * scale

    return reduce


def _pairwise(f: Callable) -> Callable:
    """On two values whose shapes broadcast; the second one's mean where they do not."""

    def apply(m: Any, x: Any, y: Any, k: int) -> Any:
        try:
            np.broadcast_shapes(tuple(x.shape), tuple(y.shape))
        except ValueError:
            y = m.mean(y)
        return f(m, x, y)

    return apply


def _sliced(m: Any, x: Any, y: Any, k: int) -> Any:
    if x.ndim == 0:
        return x * 0.5
    choices = (slice(None, None, -1), slice(1, None), slice(None, None, 2), slice(-2, None))
    chosen = choices[k % len(choices)]
    return x[chosen] if len(range(*chosen.indices(x.shape[0]))) else x[::-1]


def _gathered(m: Any, x: Any, y: Any, k: int) -> Any:
    if x.ndim == 0:
        return x + 0.25
    n = x.shape[0]
    index = np.array([k % n, (k + 1) % n, -1 - k % n, k % n])
    return x[index] if m is np else x[m.array(index)]


def _matmul(m: Any, x: Any, y: Any, k: int) -> Any:
    if x.ndim < 2:
        return x * x * 0.5
    return m.tanh(m.matmul(x, m.moveaxis(x, -1, -2)))


def _outer(m: Any, x: Any, y: Any, k: int) -> Any:
    flat = m.reshape(x, (-1,))
    return m.tanh(flat[:, None] * m.reshape(y, (-1,))[None, :4])


def _reshaped(m: Any, x: Any, y: Any, k: int) -> Any:
    shapes = [(-1,), (1, -1), (-1, 1), tuple(x.shape)]
    if x.ndim and x.shape[0] % 2 == 0:
        shapes.append((2, -1))
    return m.reshape(x, shapes[k % len(shapes)])


def _selected(m: Any, x: Any, y: Any, k: int) -> Any:
    mask = (np.arange(int(np.prod(x.shape))) % (2 + k % 3) == 0).reshape(tuple(x.shape))
    return m.where(mask if m is np else m.array(mask), x, m.sin(x) * 0.5 + 0.1)


def _softmax(m: Any, x: Any, y: Any, k: int) -> Any:
    if x.ndim == 0:
        return m.tanh(x)
    e = m.exp(x - m.max(x, axis=_axis(x, k), keepdims=True))
    return e / m.sum(e, axis=_axis(x, k), keepdims=True)


#: A step: (library, first value, second value, a number to choose by) to a new value.
STEPS: list[Callable] = [
    lambda m, x, y, k: m.sin(x),
    lambda m, x, y, k: m.tanh(x),
    lambda m, x, y, k: m.exp(-x * x),
    lambda m, x, y, k: m.sqrt(x * x + 1),
    lambda m, x, y, k: m.log1p(x * x),
    lambda m, x, y, k: -x * 0.75 + 0.1 * k,
    lambda m, x, y, k: 1 / (2 + m.cos(x)),
    lambda m, x, y, k: (x * x + 0.5) ** 0.5,
    _pairwise(lambda m, x, y: (x + y) * 0.5),
    _pairwise(lambda m, x, y: m.tanh(x) * y),
    _pairwise(lambda m, x, y: x / (1 + y * y)),
    _pairwise(lambda m, x, y: m.hypot(x, y + 3) * 0.3),
    _pairwise(lambda m, x, y: m.sin(x - 2 * y)),
    _reduced("mean", False),
    _reduced("mean", True),
    _reduced("sum", False),
    _reduced("var", True),
    lambda m, x, y, k: m.mean(x) + m.mean(y),
    _sliced,
    _gathered,
    _matmul,
    _outer,
    _reshaped,
    _selected,
    _softmax,
    lambda m, x, y, k: m.transpose(x),
    lambda m, x, y, k: m.expand_dims(x, axis=k % (x.ndim + 1)) if x.ndim < 4 else m.sin(x),
    lambda m, x, y, k: m.stack([x, -x], axis=k % (x.ndim + 1)) if x.ndim < 4 else m.tanh(x),
    lambda m, x, y, k: m.concatenate([x, m.sin(x)], axis=_axis(x, k)) if x.ndim else x * x,
    lambda m, x, y, k: m.broadcast_to(x, (2, *x.shape)) * 0.5 if x.ndim < 3 else x * 0.9,
    lambda m, x, y, k: m.flip(x, axis=_axis(x, k)) if x.ndim else m.cos(x),
    lambda m, x, y, k: m.cumsum(x, axis=_axis(x, k)) / x.shape[_axis(x, k)] if x.ndim else m.cos(x),
]

programs = st.lists(
    st.tuples(st.integers(0, len(STEPS) - 1), st.integers(0, 6), st.integers(0, 6), st.integers(0, 5)),
    min_size=5,
    max_size=50,
)

#: Shapes of the inputs of every program.
SHAPES = ((3, 4), (4,), (2, 1, 4))


def inputs_for(seed: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.uniform(-1, 1, shape) for shape in SHAPES]


def run(program: list[Step], inputs: Any, m: Any, after_each: Callable = lambda x: x) -> Any:
    """One number that depends on the last values."""
    values = list(inputs)
    for step, i, j, k in program:
        x, y = values[-1 - i % len(values)], values[-1 - j % len(values)]
        result = STEPS[step](m, x, y, k)
        while int(np.prod(result.shape)) > MOST:
            result = m.mean(result, axis=0)
        values.append(after_each(result))
    total = m.sum(m.sin(values[-1]))
    for value in values[-3:-1]:
        total = total + m.mean(value)
    return total
