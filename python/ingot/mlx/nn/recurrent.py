"""Recurrent layers as MLX has them: inputs (N, L, D) or (L, D), results for every step, states given and not kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import ingot
from ingot import array
from ingot.mlx.nn.layers import also_pytorchs
from ingot.mlx.nn.module import Module

#: Arguments that PyTorch's recurrent layers have and MLX's have not.
_with_pytorchs = also_pytorchs("num_layers", "batch_first", "dropout", "bidirectional", "proj_size")


def _uniform(hidden: int, *shape: int) -> Any:
    reach = 1 / math.sqrt(hidden)
    return ingot.Parameter(ingot.random.uniform(shape, -reach, reach))


@_with_pytorchs
class RNN(Module):
    """`h[t] = nonlinearity(Wxh x[t] + Whh h[t - 1] + bias)`: all h.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.RNN(3, 4)(ingot.ones((2, 5, 3))).shape
        (2, 5, 4)
    """

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, nonlinearity: Callable[[array], array] | None = None
    ) -> None:
        super().__init__()
        self.nonlinearity = nonlinearity or ingot.tanh
        self.hidden_size = hidden_size
        self.Wxh = _uniform(hidden_size, hidden_size, input_size)
        self.Whh = _uniform(hidden_size, hidden_size, hidden_size)
        self.bias = _uniform(hidden_size, hidden_size) if bias else None

    def forward(self, x: array, hidden: array | None = None) -> array:
        projected = x @ self.Wxh.T if self.bias is None else x @ self.Wxh.T + self.bias
        states = []
        for step in ingot.unbind(projected, -2):
            hidden = self.nonlinearity(step if hidden is None else step + hidden @ self.Whh.T)
            states.append(hidden)
        return ingot.stack(states, axis=-2)


@_with_pytorchs
class GRU(Module):
    """A gated recurrent unit: all hidden states.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.GRU(3, 4)(ingot.ones((2, 5, 3))).shape
        (2, 5, 4)
    """

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.Wx = _uniform(hidden_size, 3 * hidden_size, input_size)
        self.Wh = _uniform(hidden_size, 3 * hidden_size, hidden_size)
        self.b = _uniform(hidden_size, 3 * hidden_size) if bias else None
        self.bhn = _uniform(hidden_size, hidden_size) if bias else None

    def forward(self, x: array, hidden: array | None = None) -> array:
        projected = x @ self.Wx.T if self.b is None else x @ self.Wx.T + self.b
        states = []
        for step in ingot.unbind(projected, -2):
            reset, update, new = ingot.split(step, 3, axis=-1)
            if hidden is None:
                first = new if self.bhn is None else new + ingot.sigmoid(reset) * self.bhn
                hidden = (1 - ingot.sigmoid(update)) * ingot.tanh(first)
            else:
                to_reset, to_update, to_new = ingot.split(hidden @ self.Wh.T, 3, axis=-1)
                if self.bhn is not None:
                    to_new = to_new + self.bhn
                keep = ingot.sigmoid(update + to_update)
                candidate = ingot.tanh(new + ingot.sigmoid(reset + to_reset) * to_new)
                hidden = (1 - keep) * candidate + keep * hidden
            states.append(hidden)
        return ingot.stack(states, axis=-2)


@_with_pytorchs
class LSTM(Module):
    """A long short-term memory: all hidden states and all cells.

    Example:
        >>> from ingot.mlx import nn
        >>> hidden, cell = nn.LSTM(3, 4)(ingot.ones((2, 5, 3)))
        >>> hidden.shape, cell.shape
        ((2, 5, 4), (2, 5, 4))
    """

    def __init__(self, input_size: int, hidden_size: int, bias: bool = True) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.Wx = _uniform(hidden_size, 4 * hidden_size, input_size)
        self.Wh = _uniform(hidden_size, 4 * hidden_size, hidden_size)
        self.bias = _uniform(hidden_size, 4 * hidden_size) if bias else None

    def forward(self, x: array, hidden: array | None = None, cell: array | None = None) -> tuple[array, array]:
        projected = x @ self.Wx.T if self.bias is None else x @ self.Wx.T + self.bias
        states, cells = [], []
        for step in ingot.unbind(projected, -2):
            gates = step if hidden is None else step + hidden @ self.Wh.T
            into, forget, new, out = ingot.split(gates, 4, axis=-1)
            added = ingot.sigmoid(into) * ingot.tanh(new)
            cell = added if cell is None else ingot.sigmoid(forget) * cell + added
            hidden = ingot.sigmoid(out) * ingot.tanh(cell)
            states.append(hidden)
            cells.append(cell)
        return ingot.stack(states, axis=-2), ingot.stack(cells, axis=-2)
