"""The update rules."""

from __future__ import annotations

import ingot
from ingot import array
from ingot.mlx.optimizers.base import Optimizer, Rate


class SGD(Optimizer):
    """v = momentum v + g; p - lr v. With weight decay, g + weight_decay p stands for g.

    Example:
        >>> from ingot.mlx import optimizers as optim
        >>> optimizer = optim.SGD(learning_rate=0.1)
        >>> print(optimizer.apply_gradients({"w": ingot.array([1.0])}, {"w": ingot.array([2.0])})["w"])
        [1.9]
    """

    _torch_name = "SGD"

    def __init__(
        self,
        learning_rate: Rate,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        dampening: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__()
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("SGD: Nesterov momentum takes a momentum and no dampening")
        self._maybe_schedule("learning_rate", learning_rate)
        self.momentum, self.weight_decay, self.dampening, self.nesterov = momentum, weight_decay, dampening, nesterov

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["v"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        rate = self.learning_rate.astype(gradient.dtype)
        if self.weight_decay != 0:
            gradient = gradient + self.weight_decay * parameter
        if self.momentum <= 0:
            return parameter - rate * gradient
        state["v"] = self.momentum * state["v"] + (1 - self.dampening) * gradient
        return parameter - rate * (gradient + self.momentum * state["v"] if self.nesterov else state["v"])


class RMSprop(Optimizer):
    """v = alpha v + (1 - alpha) g**2; p - lr g / (sqrt(v) + eps)."""

    _torch_name = "RMSprop"

    def __init__(self, learning_rate: Rate, alpha: float = 0.99, eps: float = 1e-8) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.alpha, self.eps = alpha, eps

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["v"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        state["v"] = self.alpha * state["v"] + (1 - self.alpha) * ingot.square(gradient)
        rate = self.learning_rate.astype(gradient.dtype)
        return parameter - rate * gradient / (ingot.sqrt(state["v"]) + self.eps)


class Adagrad(Optimizer):
    """v = v + g**2; p - lr g / (sqrt(v) + eps)."""

    _torch_name = "Adagrad"

    def __init__(self, learning_rate: Rate, eps: float = 1e-8) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.eps = eps

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["v"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        state["v"] = state["v"] + ingot.square(gradient)
        rate = self.learning_rate.astype(gradient.dtype)
        return parameter - rate * gradient / (ingot.sqrt(state["v"]) + self.eps)


class AdaDelta(Optimizer):
    """v = rho v + (1 - rho) g**2; d = g sqrt(u + eps) / sqrt(v + eps); u = rho u + (1 - rho) d**2; p - lr d."""

    _torch_name = "Adadelta"

    def __init__(self, learning_rate: Rate, rho: float = 0.9, eps: float = 1e-6) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.rho, self.eps = rho, eps

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["v"] = ingot.zeros_like(parameter)
        state["u"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        state["v"] = self.rho * state["v"] + (1 - self.rho) * ingot.square(gradient)
        change = ingot.sqrt(state["u"] + self.eps) / ingot.sqrt(state["v"] + self.eps) * gradient
        state["u"] = self.rho * state["u"] + (1 - self.rho) * ingot.square(change)
        return parameter - self.learning_rate.astype(gradient.dtype) * change


class Adam(Optimizer):
    """m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g**2; p - lr m / (sqrt(v) + eps).

    Without `bias_correction` (MLX's default) m and v are taken as they are; PyTorch's Adam corrects them.
    """

    _torch_name = "Adam"

    def __init__(
        self,
        learning_rate: Rate,
        betas: tuple[float, float] | list[float] = (0.9, 0.999),
        eps: float = 1e-8,
        bias_correction: bool = False,
    ) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.betas, self.eps, self.bias_correction = betas, eps, bias_correction

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["m"] = ingot.zeros_like(parameter)
        state["v"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        first, second = self.betas
        rate = self.learning_rate.astype(gradient.dtype)
        state["m"] = first * state["m"] + (1 - first) * gradient
        state["v"] = second * state["v"] + (1 - second) * ingot.square(gradient)
        root = ingot.sqrt(state["v"])
        if self.bias_correction:
            step = self.step.astype(ingot.float32)
            rate = rate / (1 - first**step).astype(gradient.dtype)
            root = root * ingot.rsqrt(1 - second**step).astype(gradient.dtype)
        return parameter - rate * state["m"] / (root + self.eps)


class AdamW(Adam):
    """Adam on p (1 - lr weight_decay)."""

    _torch_name = "AdamW"

    def __init__(
        self,
        learning_rate: Rate,
        betas: tuple[float, float] | list[float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
        bias_correction: bool = False,
    ) -> None:
        super().__init__(learning_rate, betas, eps, bias_correction)
        self.weight_decay = weight_decay

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        rate = self.learning_rate.astype(gradient.dtype)
        return super().apply_single(gradient, parameter * (1 - rate * self.weight_decay), state)


class Adamax(Adam):
    """Adam with v = max(b2 v, |g|), and p - lr m / (v + eps)."""

    _torch_name = "Adamax"

    def __init__(
        self, learning_rate: Rate, betas: tuple[float, float] | list[float] = (0.9, 0.999), eps: float = 1e-8
    ) -> None:
        super().__init__(learning_rate, betas, eps)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        first, second = self.betas
        state["m"] = first * state["m"] + (1 - first) * gradient
        state["v"] = ingot.maximum(second * state["v"], ingot.abs(gradient))
        return parameter - self.learning_rate.astype(gradient.dtype) * state["m"] / (state["v"] + self.eps)


class Lion(Optimizer):
    """p - lr (sign(b1 m + (1 - b1) g) + weight_decay p); m = b2 m + (1 - b2) g."""

    _torch_name = "Lion"

    def __init__(
        self,
        learning_rate: Rate,
        betas: tuple[float, float] | list[float] = (0.9, 0.99),
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__()
        self._maybe_schedule("learning_rate", learning_rate)
        self.betas, self.weight_decay = betas, weight_decay

    def init_single(self, parameter: array, state: dict[str, array]) -> None:
        state["m"] = ingot.zeros_like(parameter)

    def apply_single(self, gradient: array, parameter: array, state: dict[str, array]) -> array:
        first, second = self.betas
        rate = self.learning_rate.astype(gradient.dtype)
        direction = ingot.sign(first * state["m"] + (1 - first) * gradient)
        state["m"] = second * state["m"] + (1 - second) * gradient
        if self.weight_decay > 0:
            parameter = parameter * (1 - rate * self.weight_decay)
        return parameter - rate * direction
