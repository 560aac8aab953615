"""Rearranging, joining, padding, windows, diagonals and einsum: every form of the arguments, against NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import leaf, numpy_of

import ingot as ig

DATA = np.arange(24.0).reshape(2, 3, 4)
VECTOR = np.array([3.0, 1.0, 2.0])
F = ig.nn.functional


def assert_equal(got, want) -> None:
    """One array, or several in a list or tuple."""
    if isinstance(want, list | tuple):
        assert len(got) == len(want)
        for a, b in zip(got, want, strict=True):
            assert_equal(a, b)
        return
    want = np.asarray(want)
    assert got.shape == want.shape
    np.testing.assert_allclose(numpy_of(got), want, rtol=1e-12, atol=1e-12)


#: One function, called with NumPy's module or with Ingot's.
SAME_IN_NUMPY: dict[str, Callable] = {
    "roll_flat": lambda m, x: m.roll(x, 5),
    "roll_negative": lambda m, x: m.roll(x, -1, axis=1),
    "roll_axes": lambda m, x: m.roll(x, (1, 2), axis=(0, 2)),
    "roll_one_shift": lambda m, x: m.roll(x, 1, axis=(0, 2)),
    "rot90": lambda m, x: m.rot90(x),
    "rot90_back": lambda m, x: m.rot90(x, -1, (1, 2)),
    "flipud": lambda m, x: m.flipud(x),
    "fliplr": lambda m, x: m.fliplr(x),
    "flip_axes": lambda m, x: m.flip(x, (0, 2)),
    "tile": lambda m, x: m.tile(x, (2, 1, 1, 3)),
    "repeat_flat": lambda m, x: m.repeat(x, 2),
    "repeat_counts": lambda m, x: m.repeat(x, [1, 0, 2], axis=1),
    "repeat_one_count": lambda m, x: m.repeat(x, [2], axis=0),
    "moveaxis": lambda m, x: m.moveaxis(x, (0, 1), (-1, 0)),
    "swapaxes": lambda m, x: m.swapaxes(x, 0, -1),
    "expand_dims": lambda m, x: m.expand_dims(x, (0, -1)),
    "squeeze": lambda m, x: m.squeeze(x[:1, None], (0, 1)),
    "atleast_1d": lambda m, x: m.atleast_1d(x[0, 0, 0]),
    "atleast_2d": lambda m, x: m.atleast_2d(x[0, 0]),
    "atleast_3d_vector": lambda m, x: m.atleast_3d(x[0, 0]),
    "atleast_3d_matrix": lambda m, x: m.atleast_3d(x[0]),
    "atleast_several": lambda m, x: m.atleast_2d(x[0, 0], x[0]),
    "hstack_vectors": lambda m, x: m.hstack([x[0, 0], x[1, 1]]),
    "hstack": lambda m, x: m.hstack([x, x[:, :1]]),
    "vstack": lambda m, x: m.vstack([x[0, 0], x[1]]),
    "dstack": lambda m, x: m.dstack([x[0, 0], x[1, 0]]),
    "column_stack": lambda m, x: m.column_stack([x[0, :, 0], x[1]]),
    "concat_flat": lambda m, x: m.concatenate([x, x[0, 0]], axis=None),
    "split": lambda m, x: m.split(x, 2, axis=-1),
    "split_indices": lambda m, x: m.split(x, [1, 3], axis=2),
    "split_indices_beyond": lambda m, x: m.split(x, [2, 9, 1], axis=2),
    "array_split": lambda m, x: m.array_split(x, 3, axis=2),
    "array_split_many": lambda m, x: m.array_split(x, 5, axis=1),
    "hsplit": lambda m, x: m.hsplit(x, 3),
    "hsplit_vector": lambda m, x: m.hsplit(x[0, 0], 2),
    "vsplit": lambda m, x: m.vsplit(x, 2),
    "dsplit": lambda m, x: m.dsplit(x, [1]),
    "diagonal": lambda m, x: m.diagonal(x, 1, 1, 2),
    "diagonal_beyond": lambda m, x: m.diagonal(x, 9),
    "diagflat": lambda m, x: m.diagflat(x[0], -2),
    "diag_of_matrix": lambda m, x: m.diag(x[0], 2),
    "trace": lambda m, x: m.trace(x, -1, 2, 1),
    "tril": lambda m, x: m.tril(x),
    "triu_far": lambda m, x: m.triu(x, 9),
    "kron": lambda m, x: m.kron(x[0], x),
    "outer": lambda m, x: m.outer(x, x[0]),
    "inner": lambda m, x: m.inner(x, x[0]),
    "inner_scalar": lambda m, x: m.inner(x, x[0, 0, 1]),
    "dot": lambda m, x: m.dot(x, x[0].T),
    "dot_nd": lambda m, x: m.dot(x, m.moveaxis(x, 1, 2)),
    "dot_scalar": lambda m, x: m.dot(x, x[0, 0, 1]),
    "tensordot_zero": lambda m, x: m.tensordot(x[0], x[1], 0),
    "tensordot_lists": lambda m, x: m.tensordot(x, x, ([0, 2], [0, 2])),
    "cross": lambda m, x: m.cross(x[..., :3], x[0, 0, 1:]),
    "take_wrap": lambda m, x: m.take(x, m.asarray([5, -9]), axis=1, mode="wrap"),
    "take_clip": lambda m, x: m.take(x, m.asarray([5, -9]), mode="clip"),
    "take_along_flat": lambda m, x: m.take_along_axis(x, m.asarray([5, 1]), axis=None),
    "compress": lambda m, x: m.compress([False, True], x, axis=0),
    "extract": lambda m, x: m.extract(x > 3, x),
    "choose": lambda m, x: m.choose(m.asarray([[0, 1, 2, 0]]), [x[0], x[1], 7.0 * x[0]]),
    "choose_wrap": lambda m, x: m.choose(m.asarray([5, -1, 0, 2]), [x[0], x[1]], mode="wrap"),
}


@pytest.mark.parametrize("function", SAME_IN_NUMPY.values(), ids=SAME_IN_NUMPY.keys())
def test_as_in_numpy(function: Callable) -> None:
    assert_equal(function(ig, ig.array(DATA)), function(np, DATA))


#: Ingot's spelling, and the same in NumPy.
OTHER_SPELLINGS: dict[str, tuple[Callable, Callable]] = {
    "x.repeat": (lambda x: x.repeat(2, 1, 1, 3), lambda x: np.tile(x, (2, 1, 1, 3))),
    "x.repeat_axis": (lambda x: x.repeat(2, axis=1), lambda x: np.repeat(x, 2, axis=1)),
    "x.split": (lambda x: x.split(3, dim=2), lambda x: [x[..., :3], x[..., 3:]]),
    "x.split_sizes": (lambda x: x.split([1, 3], 2), lambda x: [x[..., :1], x[..., 1:]]),
    "x.split_axis": (lambda x: x.split(2, axis=2), lambda x: np.split(x, 2, axis=2)),
    "split_dim": (lambda x: ig.split(x, 3, dim=2), lambda x: [x[..., :3], x[..., 3:]]),
    "tensor_split": (lambda x: ig.tensor_split(x, 3, dim=2), lambda x: np.array_split(x, 3, axis=2)),
    "flip_many": (lambda x: x.flip(0, 1), lambda x: np.flip(x, (0, 1))),
    "flip_dims": (lambda x: ig.flip(x, dims=[2]), lambda x: np.flip(x, 2)),
    "roll_shifts": (lambda x: ig.roll(x, shifts=(1, 1), dims=(0, 1)), lambda x: np.roll(x, (1, 1), (0, 1))),
    "unflatten": (lambda x: x.unflatten(-1, (2, -1)), lambda x: x.reshape(2, 3, 2, 2)),
    "narrow": (lambda x: ig.narrow(x, 2, -3, 2), lambda x: x[..., 1:3]),
    "select": (lambda x: x.select(1, -1), lambda x: x[:, -1]),
    "unbind": (lambda x: x.unbind(dim=1), lambda x: list(np.moveaxis(x, 1, 0))),
    "unstack": (lambda x: ig.unstack(x, axis=2), lambda x: tuple(np.moveaxis(x, 2, 0))),
    "movedim": (lambda x: ig.movedim(x, 0, 1), lambda x: np.moveaxis(x, 0, 1)),
    "diag_embed": (lambda x: ig.diag_embed(x[0, :, :1], -1, 0, 2), lambda x: np.stack([np.diag(r, -1) for r in x[0, :, :1]], 1)),  # noqa: E501
    "vecdot": (lambda x: ig.vecdot(x, x[0], axis=-1), lambda x: (x * x[0]).sum(-1)),
    "addmm": (lambda x: ig.addmm(x[0, 0, :2], x[0], x[1].T[:, :2], beta=2, alpha=3), lambda x: 2 * x[0, 0, :2] + 3 * x[0] @ x[1].T[:, :2]),  # noqa: E501
    "baddbmm": (lambda x: x[:, :, :3].baddbmm(x, ig.moveaxis(x, 1, 2)), lambda x: x[:, :, :3] + x @ np.moveaxis(x, 1, 2)),  # noqa: E501
    "addbmm": (lambda x: ig.addbmm(x[0, :, :3], x, ig.moveaxis(x, 1, 2)), lambda x: x[0, :, :3] + (x @ np.moveaxis(x, 1, 2)).sum(0)),  # noqa: E501
    "addr": (lambda x: ig.addr(x[0], x[0, :, 0], x[0, 0]), lambda x: x[0] + np.outer(x[0, :, 0], x[0, 0])),
    "as_strided": (lambda x: ig.as_strided(x[0].T, (2, 2), (1, 1)), lambda x: x[0].T.ravel()[[[0, 1], [1, 2]]]),
    "index_select": (lambda x: x.index_select(1, ig.array([2, 0])), lambda x: x[:, [2, 0]]),
    "fold_unfold": (lambda x: F.fold(F.unfold(x[None], 2, padding=1), (3, 4), 2, padding=1), lambda x: 4 * x[None]),
    "pixel_shuffle": (lambda x: F.pixel_unshuffle(F.pixel_shuffle(ig.tile(x, (2, 1, 1)), 2), 2), lambda x: np.tile(x, (2, 1, 1))),  # noqa: E501
    "reshape_copy": (lambda x: ig.reshape(x, (4, 6), copy=True), lambda x: x.reshape(4, 6)),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "numpys"), OTHER_SPELLINGS.values(), ids=OTHER_SPELLINGS.keys())
def test_other_spellings(ours: Callable, numpys: Callable) -> None:
    assert_equal(ours(ig.array(DATA)), numpys(DATA))


@pytest.mark.parametrize("indexing", ["xy", "ij"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_meshgrid(indexing: str, count: int) -> None:
    vectors = [np.arange(float(n)) for n in (2, 3, 4)][:count]
    want = np.meshgrid(*vectors, indexing=indexing)
    got = ig.meshgrid(*map(ig.array, vectors), indexing=indexing)
    assert type(got) is tuple
    assert_equal(got, list(want))
    assert_equal(ig.meshgrid(list(map(ig.array, vectors)), indexing=indexing), list(want))
    sparse = ig.meshgrid(*map(ig.array, vectors), indexing=indexing, sparse=True)
    assert_equal(sparse, list(np.meshgrid(*vectors, indexing=indexing, sparse=True)))


def test_combinations_and_products() -> None:
    x = ig.array(VECTOR)
    assert ig.combinations(x).tolist() == [[3, 1], [3, 2], [1, 2]]
    assert ig.combinations(x, 2, with_replacement=True).shape == (6, 2)
    assert ig.combinations(x, 4).shape == (0, 4)
    assert ig.combinations(x, 3).tolist() == [[3, 1, 2]]
    assert ig.cartesian_prod(x, ig.array([7.0, 8.0])).tolist() == [[a, b] for a in VECTOR for b in (7, 8)]


@pytest.mark.parametrize("k", [-4, -1, 0, 2, 7])
def test_triangles(k: int) -> None:
    assert_equal(ig.tri(3, 5, k), np.tri(3, 5, k))
    for name in ("tril", "triu"):
        assert_equal(getattr(ig, f"{name}_indices")(3, 5, k), np.stack(getattr(np, f"{name}_indices")(3, k, 5)))
    assert_equal(ig.tril_indices(3, k=k, m=5), np.stack(np.tril_indices(3, k, 5)))


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize(("n", "m"), [(1, 1), (5, 1), (1, 4), (4, 4), (7, 2), (3, 6)])
def test_convolve_and_correlate(mode: str, n: int, m: int, rng: np.random.Generator) -> None:
    a, v = rng.normal(size=n) + 1j * rng.normal(size=n), rng.normal(size=m) + 1j * rng.normal(size=m)
    assert_equal(ig.convolve(ig.array(a), ig.array(v), mode), np.convolve(a, v, mode))
    assert_equal(ig.correlate(ig.array(a), ig.array(v), mode), np.correlate(a, v, mode))


WIDTHS = [0, 3, (2, 1), ((1, 2),), ((1, 0), (0, 2), (7, 9)), ((0, 0), (0, 0), (0, 0))]


PAD_MODES = ("constant", "edge", "linear_ramp", "maximum", "mean", "median", "minimum", "reflect", "symmetric", "wrap")


@pytest.mark.parametrize("mode", PAD_MODES)
@pytest.mark.parametrize("widths", WIDTHS, ids=str)
@pytest.mark.parametrize("dtype", ["float64", "int32"])
def test_pad(mode: str, widths: object, dtype: str) -> None:
    x = (DATA * 3 % 7).astype(dtype)
    got = ig.pad(ig.array(x), widths, mode)
    assert_equal(got, np.pad(x, widths, mode))
    assert str(got.dtype).endswith(dtype)


@pytest.mark.parametrize("options", [{"stat_length": 2}, {"stat_length": ((1, 2), (3, 1), (9, 9))}], ids=str)
@pytest.mark.parametrize("mode", ["maximum", "mean", "median", "minimum"])
def test_pad_by_statistics_of_a_part(mode: str, options: dict) -> None:
    assert_equal(ig.pad(ig.array(DATA), 2, mode, **options), np.pad(DATA, 2, mode, **options))


@pytest.mark.parametrize("width", [1, 4, 9])
@pytest.mark.parametrize("mode", ["reflect", "symmetric"])
def test_pad_by_odd_reflections(mode: str, width: int) -> None:
    got = ig.pad(ig.array(VECTOR), width, mode, reflect_type="odd")
    assert_equal(got, np.pad(VECTOR, width, mode, reflect_type="odd"))


def test_pad_empty_axis() -> None:
    x = np.zeros((0, 2))
    assert_equal(ig.pad(ig.array(x), ((1, 2), (0, 0))), np.pad(x, ((1, 2), (0, 0))))
    assert_equal(ig.pad(ig.array(x), ((0, 0), (1, 1)), "edge"), np.pad(x, ((0, 0), (1, 1)), "edge"))
    with pytest.raises(ValueError, match="nothing to repeat"):
        ig.pad(ig.array(x), 1, "edge")


EINSUMS = [
    ("ij,jk", [(2, 3), (3, 4)]),
    ("ba", [(2, 3)]),
    ("ij->", [(2, 3)]),
    ("i...->...", [(2, 3, 4)]),
    ("...i->...", [(2, 3, 4)]),
    ("...,...", [(2, 3), (3,)]),
    ("...a,...a", [(2, 1, 3), (4, 3)]),
    ("a...b,b...->...a", [(2, 4, 3), (3, 4)]),
    ("iii", [(3, 3, 3)]),
    ("iij,jkk->ik", [(2, 2, 3), (3, 4, 4)]),
    ("i,j,k->kji", [(2,), (3,), (4,)]),
    (" i j , j k -> i k ", [(2, 3), (3, 4)]),
    ("abc,bd,dc,c,a->", [(2, 3, 4), (3, 2), (2, 4), (4,), (2,)]),
    ("ab,bc,cd,de,ef,fg,gh->ah", [(2, 3), (3, 2), (2, 4), (4, 2), (2, 3), (3, 2), (2, 2)]),
    ("ij,jk->ik", [(0, 3), (3, 2)]),
    ("ij,jk->ik", [(2, 0), (0, 2)]),
    (",ij->ij", [(), (2, 3)]),
    ("->", [()]),
    ("Aa,aA->aA", [(2, 3), (3, 2)]),
    ("ij,kj->ik", [(1, 3), (2, 1)]),
]


@pytest.mark.parametrize(("subscripts", "shapes"), EINSUMS, ids=[s for s, _ in EINSUMS])
def test_einsum(subscripts: str, shapes: list, rng: np.random.Generator) -> None:
    operands = [rng.normal(size=shape) for shape in shapes]
    want = np.einsum(subscripts, *operands)
    assert_equal(ig.einsum(subscripts, *map(ig.array, operands)), want)
    assert_equal(ig.einsum(subscripts, list(map(ig.array, operands))), want)


def test_einsum_by_lists(rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 3))
    for sublists in ([a, [0, 1, 2], b, [2, 1]], [a, [5, ..., 2], b, [2, 1], [..., 5, 1]]):
        ours = [ig.array(x) if isinstance(x, np.ndarray) else x for x in sublists]
        assert_equal(ig.einsum(*ours), np.einsum(*sublists))


def test_einsum_of_small_integers_keeps_their_dtype() -> None:
    x = np.array([100, 100], dtype=np.int8)
    assert_equal(ig.einsum("i,i", ig.array(x), ig.array(x)), np.einsum("i,i", x, x))
    assert ig.einsum("i->", ig.array(x)).dtype == ig.int8
    assert ig.einsum("i->", ig.array([True, True])).tolist() is True


def test_einsum_path_is_the_cheapest() -> None:
    shapes = [(2, 100), (100, 3), (3, 100)]
    path, words = ig.einsum_path("ab,bc,cd->ad", *(ig.ones(s) for s in shapes))
    assert path == ["einsum_path", (0, 1), (0, 1)]
    assert "1200 multiplications" in words


@pytest.mark.parametrize(
    ("subscripts", "shapes", "message"),
    [
        ("ij,jk->ik", [(2, 3)], "name 2 operands"),
        ("ij->i", [(2, 3, 4)], r"2 labels.*\(2, 3, 4\)"),
        ("ij,jk->ik", [(2, 3), (4, 5)], "label 'j' has length 4"),
        ("ij->ix", [(2, 3)], "'x'"),
        ("ij->ii", [(2, 3)], "twice"),
        ("i$->i", [(2, 3)], "'\\$'"),
        ("......->", [(2, 3)], "more than one ellipsis"),
        ("i...->i", [(2, 3)], "must have an ellipsis"),
    ],
)
def test_einsum_errors(subscripts: str, shapes: list, message: str) -> None:
    with pytest.raises(ValueError, match=f"^einsum: .*{message}"):
        ig.einsum(subscripts, *(ig.ones(s) for s in shapes))


def test_views_of_as_many_elements_do_not_overwrite_their_source() -> None:
    """An overlapping window of four elements on four elements, computed in one plan with its source."""
    x = ig.array([1.0, 2.0, 3.0, 4.0]) * 1.0
    y = ig.as_strided(x, (2, 2), (1, 1)) * 10.0
    assert y.tolist() == [[10, 20], [20, 30]]
    assert x.tolist() == [1, 2, 3, 4]


def test_gradient_of_overlapping_windows_adds_up() -> None:
    x = leaf(np.ones(5))
    ig.sliding_window_view(x, 3).sum().backward()
    assert x.grad.tolist() == [1, 2, 3, 2, 1]


@pytest.mark.parametrize(
    "call",
    [
        lambda: ig.as_strided(ig.ones(4), (3, 2), (2, 1)),
        lambda: ig.as_strided(ig.ones(4), (2,), (-1,)),
        lambda: ig.as_strided(ig.ones(4), (2**40,), (2**40,)),
        lambda: ig.narrow(ig.ones(4), 0, 2, 3),
        lambda: ig.select(ig.ones(4), 0, 4),
        lambda: ig.diagonal(ig.ones((2, 2)), 0, 0, 5),
        lambda: ig.roll(ig.ones(2), 1, 3),
    ],
)
def test_beyond_the_array_is_an_index_error(call: Callable) -> None:
    with pytest.raises(IndexError):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ig.roll(ig.ones((2, 2)), (1, 2, 3), (0, 1)), "roll: expected as many shifts as axes"),
        (lambda: ig.sliding_window_view(ig.ones(3), 4), "longer than axis 0"),
        (lambda: ig.unflatten(ig.ones(6), 0, (4, -1)), "does not divide"),
        (lambda: ig.split(ig.ones(6), [1, 2], dim=0), "add up to 3"),
        (lambda: ig.diagonal(ig.ones(3)), "at least two axes"),
        (lambda: ig.pad(ig.ones(3), 1, "mirror"), "unknown mode 'mirror'"),
        (lambda: ig.pad(ig.ones(3), -1, "edge"), "must not be negative"),
        (lambda: F.pad(ig.ones(3), (1, 3), "reflect"), "more than axis 0"),
        (lambda: F.pad(ig.ones(3), (1, 1, 1, 1)), "pair of widths"),
        (lambda: ig.meshgrid(ig.ones(3), indexing="yx"), "'xy' or 'ij'"),
        (lambda: ig.convolve(ig.ones(3), ig.ones(2), "all"), "'full', 'same' or 'valid'"),
        (lambda: ig.repeat(ig.ones(3), [1, 2]), "one count, or one for each"),
        (lambda: ig.repeat(ig.ones(3), [1, -2, 1]), "must not be negative"),
        (lambda: ig.tensordot(ig.ones((2, 3)), ig.ones((4, 2)), 1), "differ in length"),
        (lambda: ig.cross(ig.ones(2), ig.ones(2)), "vectors of 3"),
        (lambda: F.unfold(ig.ones((1, 1, 2, 2)), 3), "do not fit"),
        (lambda: F.interpolate(ig.ones((1, 1, 2)), size=0), "must be positive"),
    ],
)
def test_errors_say_what_was_expected(call: Callable, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
