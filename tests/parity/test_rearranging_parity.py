"""Rearranging, scattering, padding and interpolation beside PyTorch's: values and gradients."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig

F, TF = ig.nn.functional, torch.nn.functional


def compare(ours: Callable, theirs: Callable, values: list[np.ndarray], rng: np.random.Generator, tolerance=1e-10):
    """The function's value, and its gradient by each floating operand; the others are constants."""
    a = [leaf(v) if v.dtype.kind == "f" else ig.array(v) for v in values]
    b = [torch.tensor(v, requires_grad=v.dtype.kind == "f") for v in values]
    y, z = ours(*a), theirs(*b)
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=tolerance, atol=tolerance)
    if not z.requires_grad:
        return
    weights = rng.normal(size=tuple(z.shape))
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for x, t in zip(a, b, strict=True):
        if t.grad is not None:
            got = np.zeros(x.shape) if x.grad is None else numpy_of(x.grad)
            np.testing.assert_allclose(got, t.grad.numpy(), rtol=tolerance, atol=10 * tolerance)


#: Called with ingot or torch and floating operands of these shapes.
SAME: dict[str, tuple[Callable, list[tuple[int, ...]]]] = {
    "roll": (lambda m, x: m.roll(x, (1, -2), (0, 2)), [(2, 3, 4)]),
    "rot90": (lambda m, x: m.rot90(x, 3, (0, 2)), [(2, 3, 4)]),
    "flip": (lambda m, x: m.flip(x, (0, 2)), [(2, 3, 4)]),
    "x.repeat": (lambda m, x: x.repeat(2, 1, 3), [(2, 3)]),
    "tile": (lambda m, x: m.tile(x, (2, 3)), [(2, 3, 2)]),
    "repeat_interleave": (lambda m, x: m.repeat_interleave(x, 3, dim=1), [(2, 3)]),
    "split": (lambda m, x: m.split(x, 2, dim=1)[1], [(2, 5)]),
    "split_sizes": (lambda m, x: x.split([1, 4], dim=1)[1], [(2, 5)]),
    "chunk": (lambda m, x: m.chunk(x, 3, dim=1)[2], [(2, 5)]),
    "tensor_split": (lambda m, x: m.tensor_split(x, 3, dim=1)[0], [(2, 5)]),
    "unflatten": (lambda m, x: m.unflatten(x, 1, (2, -1)), [(2, 6)]),
    "unfold": (lambda m, x: x.unfold(1, 3, 2), [(2, 8)]),
    "as_strided": (lambda m, x: m.as_strided(x, (3, 3), (2, 1), 1), [(3, 4)]),
    "diagonal": (lambda m, x: m.diagonal(x, 1, 0, 2), [(3, 2, 4)]),
    "diag_embed": (lambda m, x: m.diag_embed(x, -1, 0, 2), [(3, 2)]),
    "tril": (lambda m, x: m.tril(x, 1), [(2, 3, 4)]),
    "kron": (lambda m, x, y: m.kron(x, y), [(2, 3), (3, 2)]),
    "tensordot": (lambda m, x, y: m.tensordot(x, y, ([2, 0], [0, 1])), [(2, 3, 4), (4, 2, 3)]),
    "einsum": (lambda m, x, y, z: m.einsum("bij,kj,bk->bi", x, y, z), [(2, 3, 4), (5, 4), (2, 5)]),
    "einsum_diagonal": (lambda m, x, y: m.einsum("bii,...b->b...", x, y), [(2, 3, 3), (4, 2)]),
    "cross": (lambda m, x, y: m.cross(x, y, dim=1), [(2, 3), (2, 3)]),
    "cdist": (lambda m, x, y: m.cdist(x, y), [(4, 3), (5, 3)]),
    "cdist_1": (lambda m, x, y: m.cdist(x, y, p=1.0), [(2, 4, 3), (2, 5, 3)]),
    "cosine_similarity": (lambda m, x, y: m.nn.functional.cosine_similarity(x, y, dim=1), [(4, 3), (4, 3)]),
    "normalize": (lambda m, x: m.nn.functional.normalize(x, p=3.0, dim=0), [(4, 3)]),
    "group_norm": (
        lambda m, x, w, b: m.nn.functional.group_norm(x, 3, w, b, 0.01), [(2, 6, 4, 3), (6,), (6,)],
    ),
    "local_response_norm": (lambda m, x: m.nn.functional.local_response_norm(x, 4, 0.5, 0.6, 1.5), [(2, 6, 3)]),
    "fold": (lambda m, x: m.nn.functional.fold(x, (5, 4), (2, 3), 1, 1, 2), [(2, 12, 6)]),
    "im2col": (lambda m, x: m.nn.functional.unfold(x, (2, 3), 2, 1, (1, 2)), [(2, 2, 6, 7)]),
    "pixel_shuffle": (lambda m, x: m.nn.functional.pixel_shuffle(x, 2), [(2, 8, 3, 2)]),
    "pixel_unshuffle": (lambda m, x: m.nn.functional.pixel_unshuffle(x, 2), [(2, 2, 4, 6)]),
    "channel_shuffle": (lambda m, x: m.nn.functional.channel_shuffle(x, 3), [(2, 6, 3, 2)]),
    "affine_grid": (lambda m, t: m.nn.functional.affine_grid(t, (2, 1, 3, 4), align_corners=False), [(2, 2, 3)]),
    "baddbmm": (lambda m, x, a, b: m.baddbmm(x, a, b, beta=0.5, alpha=2), [(2, 3, 4), (2, 3, 5), (2, 5, 4)]),
}  # fmt: skip


@pytest.mark.parametrize(("call", "shapes"), SAME.values(), ids=SAME.keys())
def test_same_call(call: Callable, shapes: list, rng: np.random.Generator) -> None:
    values = [rng.normal(size=shape) for shape in shapes]
    compare(lambda *x: call(ig, *x), lambda *x: call(torch, *x), values, rng)


@pytest.mark.parametrize("reduce", ["sum", "prod", "mean", "amin", "amax"])
@pytest.mark.parametrize("include_self", [True, False])
@pytest.mark.parametrize("dim", [0, 1])
def test_scatter_reduce(reduce: str, include_self: bool, dim: int, rng: np.random.Generator) -> None:
    for _ in range(20):
        x, source = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
        # Ties and zeros; without self PyTorch counts it among the winners of a tie all the same.
        if rng.random() < 0.3 and (include_self or reduce == "prod"):
            x, source = np.round(x), np.round(source)
        index = rng.integers(0, (4, 5)[dim], size=(rng.integers(0, 5), rng.integers(0, 6)))
        source = source[: index.shape[0], : index.shape[1]]  # PyTorch has no gradient for a longer one

        def call(m, x, s, i):
            return m.scatter_reduce(x, dim, i, s, reduce, include_self=include_self)

        compare(lambda *x: call(ig, *x), lambda *x: call(torch, *x), [x, source, index], rng)


WITH_INDEX: dict[str, Callable] = {
    "gather": lambda m, x, v, i: m.gather(x, 1, i[:3, :4]),
    "scatter": lambda m, x, v, i: m.scatter(x, 1, i[:, :1], v[:, :1]),
    "scatter_value": lambda m, x, v, i: m.scatter(x, 1, i, 2.5),
    "scatter_add": lambda m, x, v, i: m.scatter_add(x, 1, i[:2], v[:2]),
    "index_select": lambda m, x, v, i: m.index_select(x, 1, i[0]),
    "index_add": lambda m, x, v, i: m.index_add(x, 1, i[0], v, alpha=2.0),
    "index_copy": lambda m, x, v, i: m.index_copy(x, 1, i[0, :1], v[:, :1]),
    "index_fill": lambda m, x, v, i: m.index_fill(x, 1, i[0], 3.0),
    "index_put": lambda m, x, v, i: x.index_put((i[0] % 4, i[1]), v[0], accumulate=True),
    "take": lambda m, x, v, i: m.take(x, i),
    "masked_fill": lambda m, x, v, i: x.masked_fill(i > 2, 1.5),
    "masked_select": lambda m, x, v, i: m.masked_select(x, i[0] > 2),
    "masked_scatter": lambda m, x, v, i: x.masked_scatter(i > 2, v),
    "select_scatter": lambda m, x, v, i: m.select_scatter(x, v[:, 0], 1, -2),
    "take_along_dim": lambda m, x, v, i: m.gather(x, 0, i % 4),
}


@pytest.mark.parametrize("call", WITH_INDEX.values(), ids=WITH_INDEX.keys())
def test_with_index(call: Callable, rng: np.random.Generator) -> None:
    values = [rng.normal(size=(4, 5)), rng.normal(size=(4, 5)), rng.integers(0, 5, size=(4, 5))]
    compare(lambda *x: call(ig, *x), lambda *x: call(torch, *x), values, rng)


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_pad(mode: str, rng: np.random.Generator) -> None:
    for widths, shape in [((2, 1), (2, 3, 5)), ((1, 2, 0, 3), (2, 3, 5, 4)), ((1, 1, 2, 0, 1, 2), (1, 2, 3, 4, 5))]:
        values = [rng.normal(size=shape)]
        compare(partial(F.pad, pad=widths, mode=mode), partial(TF.pad, pad=widths, mode=mode), values, rng)
    compare(lambda x: F.pad(x, (-1, 2, 1, -2)), lambda x: TF.pad(x, (-1, 2, 1, -2)), [rng.normal(size=(3, 4))], rng)


MODES = {1: ["linear", "nearest", "nearest-exact", "area"],
         2: ["bilinear", "bicubic", "nearest", "nearest-exact", "area"],
         3: ["trilinear", "nearest", "nearest-exact", "area"]}  # fmt: skip
INTERPOLATIONS = [(axes, mode) for axes, modes in MODES.items() for mode in modes]


@pytest.mark.parametrize(("axes", "mode"), INTERPOLATIONS, ids=str)
def test_interpolate(axes: int, mode: str, rng: np.random.Generator) -> None:
    smooth = mode.endswith("linear") or mode == "bicubic"
    for _ in range(12):
        x = rng.normal(size=(2, 2, *rng.integers(1, 7, axes)))
        options: dict = {"mode": mode}
        if smooth and rng.random() < 0.5:
            options["align_corners"] = bool(rng.random() < 0.5)
        # PyTorch's own gradient of "nearest" by a scale factor is that of its result for images alone.
        if rng.random() < 0.5 or (mode == "nearest" and axes != 2):
            options["size"] = tuple(int(n) for n in rng.integers(1, 9, axes))
        else:
            options["scale_factor"] = tuple(float(s) for s in rng.uniform(1.0, 3.0, axes))
        compare(partial(F.interpolate, **options), partial(TF.interpolate, **options), [x], rng, 1e-9)


@pytest.mark.parametrize("mode", ["bilinear", "bicubic"])
@pytest.mark.parametrize("corners", [False, True])
@pytest.mark.parametrize("size", [(3, 4), (12, 9), (2, 15)])
def test_interpolate_with_antialias(mode: str, corners: bool, size: tuple, rng: np.random.Generator) -> None:
    options = {"size": size, "mode": mode, "align_corners": corners, "antialias": True}
    x = rng.normal(size=(1, 2, 8, 9))
    compare(lambda x: F.interpolate(x, **options), lambda x: TF.interpolate(x, **options), [x], rng, 1e-9)


@pytest.mark.parametrize(
    ("axes", "mode"), [(2, "bilinear"), (3, "bilinear"), (2, "nearest"), (3, "nearest"), (2, "bicubic")]
)
@pytest.mark.parametrize("padding", ["zeros", "border", "reflection"])
@pytest.mark.parametrize("corners", [False, True])
def test_grid_sample(axes: int, mode: str, padding: str, corners: bool, rng: np.random.Generator) -> None:
    x, grid = rng.normal(size=(2, 3, *(4, 5, 3)[:axes])), rng.uniform(-2.2, 2.2, size=(2, *(3, 2, 4)[:axes], axes))
    options = {"mode": mode, "padding_mode": padding, "align_corners": corners}
    compare(lambda *x: F.grid_sample(*x, **options), lambda *x: TF.grid_sample(*x, **options), [x, grid], rng, 1e-9)


@pytest.mark.parametrize(
    "name", ["hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window"]
)
@pytest.mark.parametrize("periodic", [True, False])
@pytest.mark.parametrize("length", [0, 1, 2, 7])
def test_window_functions(name: str, periodic: bool, length: int) -> None:
    got = getattr(ig, name)(length, periodic, dtype=ig.float64)
    want = getattr(torch, name)(length, periodic, dtype=torch.float64)
    np.testing.assert_allclose(numpy_of(got), want.numpy(), rtol=1e-9, atol=1e-12)
