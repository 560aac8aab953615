"""PyTorch's older names of `Upsample`."""

from __future__ import annotations

from typing import Any

from ingot._core.nn import Upsample


class UpsamplingNearest2d(Upsample):
    """`Upsample` of (N, C, H, W) in the mode 'nearest'.

    Example:
        >>> ingot.nn.UpsamplingNearest2d(scale_factor=2)(ingot.ones((1, 3, 4, 4))).shape
        (1, 3, 8, 8)
    """

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="nearest")


class UpsamplingBilinear2d(Upsample):
    """`Upsample` of (N, C, H, W) in the mode 'bilinear', with the middles of the outermost elements kept in place.

    Example:
        >>> ingot.nn.UpsamplingBilinear2d(scale_factor=2)(ingot.ones((1, 3, 4, 4))).shape
        (1, 3, 8, 8)
    """

    def __init__(self, size: Any = None, scale_factor: Any = None) -> None:
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
