"""Update rules for large models."""

from __future__ import annotations

import ingot
from ingot import array
from ingot.mlx.optimizers.base import Optimizer, Rate


def _rms(x: array) -> array:
    return ingot.sqrt(ingot.mean(ingot.square(x)))


class Adafactor(Optimizer):
    """Adam's second moment by rows and columns (Shazeer and Stern, 2018): of a matrix, two vectors are kept.

    With `relative_step` the learning rate follows from the step, with `scale_parameter` it is relative to the
    parameter's size.
    """

    _torch_name = "Adafactor"

    def __init__(
        self,
        learning_rate: Rate | None = None,
        eps: tuple[float, float] = (1e-30, 1e-3),
        clip_threshold: float = 1.0,
        decay_rate: float = -0.8,
        beta_1: float | None = None,
        weight_decay: float = 0.0,
        scale_parameter: bool = True,
        relative_step: bool = True,
        warmup_init: bool = False,
    ) -> None:
        super().__init__()
        if learning_rate is not None:
            self._maybe_schedule("learning_rate", learning_rate)
        elif not relative_step:
            raise ValueError("Adafactor: without relative_step it takes a learning_rate")
        self.eps, self.clip_threshold, self.decay_rate, self.beta_1 = eps, clip_threshold, decay_rate, beta_1
        self.weight_decay, self.scale_parameter = weight_decay, scale_parameter
        self.relative_step, self.warmup_init = relative_step, warmup_init

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        if parameter.ndim >= 2:
            state["exp_avg_sq_row"] = ingot.zeros(parameter.shape[:-1], dtype=parameter.dtype)
            state["exp_avg_sq_col"] = ingot.zeros(parameter.shape[:-2] + parameter.shape[-1:], dtype=parameter.dtype)
        else:
            state["exp_avg_sq"] = ingot.zeros_like(parameter)
        if self.beta_1 is not None:
            state["exp_avg"] = ingot.zeros_like(parameter)

    def _rate(self, parameter: array) -> array:
        if self.relative_step:
            step = self.step.astype(ingot.float32)
            ceiling = 1e-6 * step if self.warmup_init else 1e-2
            rate = ingot.minimum(ingot.rsqrt(step), ceiling)
        else:
            rate = self.learning_rate
        rate = rate.astype(parameter.dtype)
        return rate * ingot.maximum(_rms(parameter), self.eps[1]) if self.scale_parameter else rate

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        keep = (1 - self.step.astype(ingot.float32) ** self.decay_rate).astype(gradient.dtype)
        squares = ingot.square(gradient) + self.eps[0]
        if gradient.ndim >= 2:
            rows = state["exp_avg_sq_row"] = keep * state["exp_avg_sq_row"] + (1 - keep) * ingot.mean(squares, axis=-1)
            columns = keep * state["exp_avg_sq_col"] + (1 - keep) * ingot.mean(squares, axis=-2)
            state["exp_avg_sq_col"] = columns
            by_row = ingot.rsqrt(rows / ingot.mean(rows, axis=-1, keepdims=True))
            update = ingot.expand_dims(by_row, -1) * ingot.expand_dims(ingot.rsqrt(columns), -2) * gradient
        else:
            state["exp_avg_sq"] = keep * state["exp_avg_sq"] + (1 - keep) * squares
            update = ingot.rsqrt(state["exp_avg_sq"]) * gradient
        rate = self._rate(parameter)
        update = rate * update / ingot.maximum(_rms(update) / self.clip_threshold, 1.0)
        if self.beta_1 is not None:
            update = state["exp_avg"] = self.beta_1 * state["exp_avg"] + (1 - self.beta_1) * update
        if self.weight_decay != 0:
            parameter = parameter * (1 - self.weight_decay * rate)
        return parameter - update


#: Of the quintic iteration that takes singular values towards 1 (Jordan et al., 2024).
_QUINTIC = (3.4445, -4.7750, 2.0315)


def _orthogonal(x: array, steps: int) -> array:
    """A matrix near the nearest orthogonal one."""
    a, b, c = _QUINTIC
    turned = x.shape[-2] > x.shape[-1]
    out = x.mT if turned else x
    length = ingot.sqrt(ingot.sum(ingot.square(out), axis=(-2, -1), keepdims=True))
    out = out / (length + 1e-7)
    for _ in range(steps):
        product = out @ out.mT
        out = a * out + (b * product + c * (product @ product)) @ out
    return out.mT if turned else out


class Muon(Optimizer):
    """Momentum whose update is made orthogonal (Jordan et al., 2024), for parameters of two or more axes; plain
    momentum for others."""

    _torch_name = "Muon"

    def __init__(
        self,
        learning_rate: Rate,
        momentum: float = 0.95,
        weight_decay: float = 0.01,
        nesterov: bool = True,
        ns_steps: int = 5,
    ) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.momentum, self.weight_decay, self.nesterov, self.ns_steps = momentum, weight_decay, nesterov, ns_steps

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["v"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        if self.weight_decay != 0:
            gradient = gradient + self.weight_decay * parameter
        state["v"] = self.momentum * state["v"] + (1 - self.momentum) * gradient
        update = state["v"]
        if self.nesterov:
            update = (1 - self.momentum) * gradient + self.momentum * update
        rate = self.learning_rate.astype(gradient.dtype)
        if update.ndim >= 2:
            matrix = _orthogonal(update.reshape(update.shape[0], -1), self.ns_steps)
            rate = rate * max(1.0, matrix.shape[-2] / matrix.shape[-1]) ** 0.5
            update = matrix.reshape(update.shape)
        return parameter - rate * update
