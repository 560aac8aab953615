"""Convolutions of well-known networks, one layer each, forward and with the gradients of images and weights.

They have no bias, for in ResNet batch norm follows. Images lie in memory as each peer is fastest with: channels first
for Ingot, channels last for PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from functions import Loaders, forward, forward_backward
from rows import Goal, Row, Work


@dataclass(frozen=True)
class Layer:
    """One convolution of square images with square kernels."""

    name: str
    ins: int
    outs: int
    side: int
    kernel: int
    #: At most this much of PyTorch's time.
    most: float
    padding: int
    stride: int = 1
    groups: int = 1
    batch: int = 8

    @property
    def shape_out(self) -> tuple[int, ...]:
        side = (self.side + 2 * self.padding - self.kernel) // self.stride + 1
        return self.batch, self.outs, side, side

    @property
    def shape_weight(self) -> tuple[int, ...]:
        return self.outs, self.ins // self.groups, self.kernel, self.kernel

    @property
    def flops(self) -> float:
        return 2.0 * float(np.prod(self.shape_out)) * float(np.prod(self.shape_weight[1:]))

    @property
    def title(self) -> str:
        size = f"{self.kernel} x {self.kernel}" + (f" by {self.stride}" if self.stride > 1 else "")
        kind = "depthwise" if self.groups > 1 else "convolution"
        return f"{kind} {size}, {self.ins}-{self.outs}, {self.batch} x {self.side} x {self.side}"

    def data(self) -> list[NDArray[np.float32]]:
        """Images and weights."""
        random = np.random.default_rng(0)
        images = random.standard_normal((self.batch, self.ins, self.side, self.side), dtype=np.float32)
        return [images, random.standard_normal(self.shape_weight, dtype=np.float32)]

    def cotangent(self) -> NDArray[np.float32]:
        return np.random.default_rng(1).standard_normal(self.shape_out, dtype=np.float32)

    def ingot(self) -> Callable[..., Any]:
        from ingot.nn import functional

        return lambda x, w: functional.conv2d(x, w, None, self.stride, self.padding, 1, self.groups)

    def torch(self) -> Callable[..., Any]:
        from torch.nn import functional

        return lambda x, w: functional.conv2d(x, w, None, self.stride, self.padding, 1, self.groups)

    def forward(self) -> Work:
        ours: Loaders = {"ingot": self.ingot}
        theirs: Loaders = {"torch": self.torch}
        return {**forward(ours, self.data), **forward(theirs, lambda: list(map(channels_last, self.data())))}

    def forward_backward(self) -> Work:
        ours: Loaders = {"ingot": self.ingot}
        theirs: Loaders = {"torch": self.torch}
        return {
            **forward_backward(ours, self.data, self.cotangent),
            **forward_backward(
                theirs, lambda: list(map(channels_last, self.data())), lambda: channels_last(self.cotangent())
            ),
        }

    def rows(self) -> list[Row]:
        goals = (Goal(self.most, "torch"),)
        return [
            Row(f"conv-{self.name}", self.title, goals, work=self.forward(), flops=self.flops),
            Row(
                f"conv-{self.name}-backward",
                f"{self.title}, forward and backward",
                goals,
                work=self.forward_backward(),
                flops=3 * self.flops,
            ),
        ]


def channels_last(x: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same array with its channels next to each other in memory."""
    same: NDArray[np.float32] = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    return same


# Winograd's 3 x 3 at stride 1 is to be 1.3 times as fast as PyTorch, the others as fast as or faster than stands here.
RESNET = [Layer(f"3x3-{ins}", ins, ins, side, 3, 0.77, 1) for ins, side in ((64, 56), (128, 28), (256, 14), (512, 7))]
POINTWISE = [Layer(f"1x1-{ins}", ins, outs, side, 1, 0.5, 0) for ins, outs, side in ((64, 256, 56), (512, 128, 28))]
FIRST = [Layer("7x7", 3, 64, 224, 7, 0.5, 3, stride=2)]
LENET = [Layer("5x5-1", 1, 6, 28, 5, 0.5, 2, batch=64), Layer("5x5-6", 6, 16, 14, 5, 0.5, 0, batch=64)]
DEPTHWISE = [Layer(f"depthwise-{by}", 64, 64, 56, 3, 0.67, 1, stride=by, groups=64) for by in (1, 2)]

ROWS = [row for layer in RESNET + POINTWISE + FIRST + LENET + DEPTHWISE for row in layer.rows()]
