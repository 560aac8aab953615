"""A small convolutional network on 32 x 32 images: convolution, batch norm, ReLU and pooling three times, then linear.

The convolutions have no bias, for batch norm would take it away again. Every peer gets its images in the layout in
which it is fastest: channels first for Ingot, channels last for the others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rows import Goal, Row
from training import Training, Weights, into_ingot, into_mlx, into_torch, uniform

BATCH, SIDE, CHANNELS, CLASSES = 64, 32, (3, 32, 64, 128), 10
PAIRS = list(pairwise(CHANNELS))
#: Rows and columns after three poolings.
LAST = SIDE // 2 ** len(PAIRS)
EPSILON, MOMENTUM = 1e-5, 0.1


def batch() -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    random = np.random.default_rng(0)
    images = random.standard_normal((BATCH, CHANNELS[0], SIDE, SIDE), dtype=np.float32)
    return images, random.integers(0, CLASSES, BATCH, dtype=np.int32)


def weights() -> Weights:
    """By their names in the `nn.Sequential` below; batch norm begins with ones and zeros everywhere."""
    shapes: dict[str, tuple[int, ...]] = {
        f"{4 * block}.weight": (outs, ins, 3, 3) for block, (ins, outs) in enumerate(PAIRS)
    }
    head = f"{4 * len(PAIRS) + 1}"
    shapes[f"{head}.weight"] = (CLASSES, CHANNELS[-1] * LAST * LAST)
    return uniform(1, shapes) | {f"{head}.bias": np.zeros(CLASSES, np.float32)}


def sequential(nn: Any) -> Any:
    """Ingot's layers are named like PyTorch's."""
    blocks = [
        layer
        for ins, outs in PAIRS
        for layer in (
            nn.Conv2d(ins, outs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outs, eps=EPSILON, momentum=MOMENTUM),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
    ]
    return nn.Sequential(*blocks, nn.Flatten(), nn.Linear(CHANNELS[-1] * LAST * LAST, CLASSES))


def ingot_cnn(initial: Weights) -> Any:
    from ingot import nn

    return into_ingot(sequential(nn), initial)


def torch_cnn(initial: Weights) -> Any:
    import torch

    return into_torch(sequential(torch.nn), initial).to(memory_format=torch.channels_last)


def channels_last(x: NDArray[Any]) -> NDArray[Any]:
    """Images x rows x columns x channels."""
    return np.ascontiguousarray(x.transpose(0, 2, 3, 1))


def torch_channels_last(x: NDArray[Any]) -> NDArray[Any]:
    """The same memory under PyTorch's order of axes."""
    same: NDArray[Any] = channels_last(x).transpose(0, 3, 1, 2)
    return same


def last_layer(initial: Weights) -> NDArray[np.float32]:
    """The linear layer's weight for features that were flattened with their channels last."""
    weight = initial[f"{4 * len(PAIRS) + 1}.weight"].reshape(CLASSES, CHANNELS[-1], LAST, LAST)
    return channels_last(weight).reshape(CLASSES, -1)


def mlx_cnn(initial: Weights) -> Any:
    from mlx import nn

    class CNN(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            self.convolutions = [nn.Conv2d(ins, outs, 3, padding=1, bias=False) for ins, outs in PAIRS]
            self.norms = [nn.BatchNorm(outs, eps=EPSILON, momentum=MOMENTUM) for _, outs in PAIRS]
            self.pool = nn.MaxPool2d(2)
            self.head = nn.Linear(CHANNELS[-1] * LAST * LAST, CLASSES)

        def __call__(self, x: Any) -> Any:
            for convolution, norm in zip(self.convolutions, self.norms, strict=True):
                x = self.pool(nn.relu(norm(convolution(x))))
            return self.head(x.reshape(len(x), -1))

    named = {
        f"convolutions.{block}.weight": channels_last(initial[f"{4 * block}.weight"]) for block in range(len(PAIRS))
    }
    named |= {"head.weight": last_layer(initial), "head.bias": initial[f"{4 * len(PAIRS) + 1}.bias"]}
    return into_mlx(CNN(), named)


def jax_cnn(initial: Weights) -> Any:
    import jax
    import jax.numpy as jnp
    from jax import lax

    def pool(x: Any) -> Any:
        """The largest of each 2 x 2, written so that its gradient is elementwise work too."""
        images, rows, columns, channels = x.shape
        return x.reshape(images, rows // 2, 2, columns // 2, 2, channels).max(axis=(2, 4))

    def normalised(x: Any, scale: Any, shift: Any, running: Any) -> Any:
        mean = x.mean((0, 1, 2))
        variance = ((x - mean) ** 2).mean((0, 1, 2))
        unbiased = variance * (x.size / x.shape[-1] / (x.size / x.shape[-1] - 1))
        running = [(1 - MOMENTUM) * old + MOMENTUM * new for old, new in zip(running, (mean, unbiased), strict=True)]
        return (x - mean) * (lax.rsqrt(variance + EPSILON) * scale) + shift, running

    def forward(parameters: Any, buffers: Any, x: Any) -> Any:
        *blocks, (weight, bias) = parameters
        after = []
        for (kernel, scale, shift), running in zip(blocks, buffers, strict=True):
            x = lax.conv_general_dilated(x, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
            x, running = normalised(x, scale, shift, running)
            x = pool(jax.nn.relu(x))
            after.append(running)
        return x.reshape(len(x), -1) @ weight + bias, after

    kernels = [initial[f"{4 * block}.weight"].transpose(2, 3, 1, 0) for block in range(len(PAIRS))]
    parameters: list[Any] = [
        (jnp.asarray(kernel), jnp.ones(kernel.shape[-1]), jnp.zeros(kernel.shape[-1])) for kernel in kernels
    ]
    parameters.append((jnp.asarray(last_layer(initial).T), jnp.asarray(initial[f"{4 * len(PAIRS) + 1}.bias"])))
    buffers = [[jnp.zeros(outs), jnp.ones(outs)] for _, outs in PAIRS]
    return parameters, buffers, forward


TRAINING = Training(
    batch=batch,
    weights=weights,
    ingot=ingot_cnn,
    torch=torch_cnn,
    mlx=mlx_cnn,
    jax=jax_cnn,
    layouts={"torch": torch_channels_last, "jax": channels_last, "mlx": channels_last},
)

ROWS = [
    Row(
        "cnn",
        f"CNN, three convolutions {'-'.join(map(str, CHANNELS))}, {BATCH} x 3 x {SIDE} x {SIDE}, Adam step",
        (Goal(0.7),),
        work=TRAINING.work(),
        check=TRAINING.check(),
    )
]
