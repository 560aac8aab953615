"""Convolutions, pooling and resampling of inputs whose channels come last, as MLX has them."""

from __future__ import annotations

import math
from typing import Any

import ingot
from ingot import array
from ingot.mlx import _bounds, _convolution
from ingot.mlx._convolution import Numbers, each, first, last
from ingot.mlx.nn.module import Module
from ingot.nn import functional


class _Convolution(Module):
    """Weight (outputs, *kernel, inputs / groups) and bias; inputs (N, *spatial, inputs)."""

    axes = 0
    function = "conv"

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Numbers,
        stride: Numbers = 1,
        padding: Numbers = 0,
        dilation: Numbers = 1,
        groups: int = 1,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if in_channels % groups:
            raise ValueError(f"{type(self).__name__}: {in_channels} channels do not divide into {groups} groups")
        kernel = each(kernel_size, self.axes)
        shape = (out_channels, *kernel, in_channels // groups)
        reach = 1 / math.sqrt(in_channels // groups * math.prod(kernel))
        self.weight = ingot.Parameter(ingot.random.uniform(shape, -reach, reach))
        if bias:
            self.bias = ingot.Parameter(ingot.zeros(out_channels))
        self.stride, self.padding, self.dilation, self.groups = stride, padding, dilation, groups
        self.has_bias = bias

    def extra_repr(self) -> str:
        """Channels and settings."""
        outputs, *kernel, inputs = self.weight.shape
        numbers = {"stride": self.stride, "padding": self.padding}
        text = ", ".join(f"{name}={each(value, self.axes)}" for name, value in numbers.items())
        return (
            f"{inputs * self.groups}, {outputs}, kernel_size={tuple(kernel)}, {text}, dilation={self.dilation}, "
            f"groups={self.groups}, bias={self.has_bias}"
        )

    def _settings(self) -> dict[str, Any]:
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation, "groups": self.groups}

    def forward(self, x: array) -> array:
        function = getattr(_convolution, f"{self.function}{self.axes}d")
        result: array = function(x, self.weight, **self._settings())
        return result + self.bias if self.has_bias else result


class Conv1d(_Convolution):
    """A convolution of inputs (N, L, C).

    Example:
        >>> from ingot.mlx import nn
        >>> nn.Conv1d(2, 3, kernel_size=2)(ingot.ones((1, 5, 2))).shape
        (1, 4, 3)
    """

    axes = 1


class Conv2d(_Convolution):
    """A convolution of inputs (N, H, W, C).

    Example:
        >>> from ingot.mlx import nn
        >>> nn.Conv2d(2, 3, kernel_size=3, padding=1)(ingot.ones((1, 5, 5, 2))).shape
        (1, 5, 5, 3)
    """

    axes = 2


class Conv3d(_Convolution):
    """A convolution of inputs (N, D, H, W, C)."""

    axes = 3


class _Transposed(_Convolution):
    """The transpose of a convolution."""

    function = "conv_transpose"

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Numbers,
        stride: Numbers = 1,
        padding: Numbers = 0,
        dilation: Numbers = 1,
        output_padding: Numbers = 0,
        bias: bool = True,
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, 1, bias)
        self.output_padding = output_padding

    def _settings(self) -> dict[str, Any]:
        return {**super()._settings(), "output_padding": self.output_padding}


class ConvTranspose1d(_Transposed):
    """The transpose of a convolution, of inputs (N, L, C)."""

    axes = 1


class ConvTranspose2d(_Transposed):
    """The transpose of a convolution, of inputs (N, H, W, C)."""

    axes = 2


class ConvTranspose3d(_Transposed):
    """The transpose of a convolution, of inputs (N, D, H, W, C)."""

    axes = 3


class _Pool(Module):
    """The largest element, or the mean, of each window; zeros in the padding count in the mean."""

    axes = 0
    function = "max_pool"

    def __init__(self, kernel_size: Numbers, stride: Numbers | None = None, padding: Numbers = 0) -> None:
        super().__init__()
        self.kernel_size, self.stride, self.padding = kernel_size, stride, padding

    def extra_repr(self) -> str:
        """The window."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"

    def forward(self, x: array) -> array:
        x = first(x)
        if self.function == "max_pool" and any(each(self.padding, self.axes)):
            # Unlike PyTorch's, the padding may be more than half of a window.
            widths = [(width, width) for width in each(self.padding, self.axes)]
            x = ingot.pad(x, [(0, 0), (0, 0), *widths], constant_values=_bounds.lowest(x.dtype))
            return last(getattr(functional, f"max_pool{self.axes}d")(x, self.kernel_size, self.stride))
        return last(getattr(functional, f"{self.function}{self.axes}d")(x, self.kernel_size, self.stride, self.padding))


class MaxPool1d(_Pool):
    """The largest element of each window of (N, L, C)."""

    axes = 1


class MaxPool2d(_Pool):
    """The largest element of each window of (N, H, W, C).

    Example:
        >>> from ingot.mlx import nn
        >>> nn.MaxPool2d(2)(ingot.ones((1, 4, 6, 3))).shape
        (1, 2, 3, 3)
    """

    axes = 2


class MaxPool3d(_Pool):
    """The largest element of each window of (N, D, H, W, C)."""

    axes = 3


class AvgPool1d(_Pool):
    """The mean of each window of (N, L, C)."""

    axes, function = 1, "avg_pool"


class AvgPool2d(_Pool):
    """The mean of each window of (N, H, W, C)."""

    axes, function = 2, "avg_pool"


class AvgPool3d(_Pool):
    """The mean of each window of (N, D, H, W, C)."""

    axes, function = 3, "avg_pool"


class _Dropout(Module):
    """Whole channels of each instance are zero with probability `p` while training."""

    axes = 0

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(f"{type(self).__name__}: expected a probability in [0, 1), got {p}")
        self.p = p

    def forward(self, x: array) -> array:
        if not self.training or self.p == 0:
            return x
        shape = (*x.shape[: -self.axes - 1], *[1] * self.axes, x.shape[-1])
        return x * ingot.random.bernoulli(1 - self.p, shape).astype(x.dtype) * (1 / (1 - self.p))


class Dropout2d(_Dropout):
    """Whole channels of (N, H, W, C) are zero with probability `p` while training.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.Dropout2d(0.5).eval()(ingot.ones((1, 2, 2, 3))).sum().item()
        12.0
    """

    axes = 2


class Dropout3d(_Dropout):
    """Whole channels of (N, D, H, W, C) are zero with probability `p` while training."""

    axes = 3


class Upsample(Module):
    """(N, *spatial, C) with its spatial axes `scale_factor` times as long; `mode` is nearest, linear or cubic.

    Example:
        >>> from ingot.mlx import nn
        >>> nn.Upsample(scale_factor=2)(ingot.ones((1, 4, 4, 3))).shape
        (1, 8, 8, 3)
    """

    def __init__(self, scale_factor: Any, mode: str = "nearest", align_corners: bool = False) -> None:
        super().__init__()
        if mode not in ("nearest", "linear", "cubic"):
            raise ValueError(f"Upsample: expected the mode 'nearest', 'linear' or 'cubic', got {mode!r}")
        self.scale_factor, self.mode, self.align_corners = scale_factor, mode, align_corners

    def forward(self, x: array) -> array:
        factors = tuple(float(factor) for factor in each(self.scale_factor, x.ndim - 2))
        mode = "bicubic" if self.mode == "cubic" else self.mode
        corners = None if mode == "nearest" else self.align_corners
        return last(functional.interpolate(first(x), scale_factor=factors, mode=mode, align_corners=corners))
