"""Reading and writing parts of arrays, as NumPy does it, with gradients and with errors instead of foreign memory."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import leaf, numeric_gradient, numpy_of

import ingot as ig

SHAPE = (4, 5, 3)
DATA = np.arange(60, dtype=np.float64).reshape(SHAPE)
MASK = (DATA[..., 0] * 7) % 3 == 0

READS = {
    "integer": np.s_[1],
    "negative": np.s_[-1],
    "two_integers": np.s_[2, -3],
    "all_integers": np.s_[1, 2, 0],
    "slice": np.s_[1:3],
    "slice_step": np.s_[::2],
    "slice_negative_step": np.s_[::-1],
    "slice_negative_bounds": np.s_[-3:-1, :-2],
    "slice_beyond_the_end": np.s_[2:100],
    "slice_empty": np.s_[3:1],
    "slice_reversed_part": np.s_[3:0:-2, 1],
    "ellipsis_front": np.s_[..., 1],
    "ellipsis_middle": np.s_[0, ..., 1],
    "ellipsis_of_nothing": np.s_[0, 1, ..., 2],
    "ellipsis_alone": np.s_[...],
    "new_axis": np.s_[None],
    "new_axes_inside": np.s_[:, None, 1, None],
    "integer_array": np.s_[np.array([0, 2, 1])],
    "integer_array_repeated": np.s_[np.array([3, 3, 0])],
    "integer_array_negative": np.s_[np.array([-1, -4])],
    "integer_array_2d": np.s_[np.array([[0, 1], [2, 3]])],
    "integer_array_empty": np.s_[np.array([], dtype=np.int64)],
    "list": np.s_[[0, 2]],
    "two_arrays": np.s_[np.array([0, 1]), np.array([2, 4])],
    "two_arrays_broadcast": np.s_[np.array([[0], [1]]), np.array([2, 4])],
    "arrays_apart": np.s_[np.array([0, 1]), :, np.array([2, 0])],
    "array_and_slice": np.s_[1:3, np.array([4, 0])],
    "array_and_integer": np.s_[1, :, np.array([2, 0])],
    "array_and_new_axis": np.s_[None, np.array([2, 0])],
    "array_after_ellipsis": np.s_[..., np.array([2, 2, 0])],
    "boolean": np.s_[np.array([True, False, True, True])],
    "boolean_2d": np.s_[MASK],
    "boolean_second_axis": np.s_[:, np.array([True, False, False, True, True])],
    "boolean_and_integer": np.s_[np.array([True, False, True, False]), 1],
    "boolean_none_true": np.s_[np.zeros(4, bool)],
    "boolean_full": np.s_[DATA % 2 == 0],
}


def index_of(index, wrap):
    """The index with NumPy arrays replaced by ours, or left as they are."""
    items = index if isinstance(index, tuple) else (index,)
    replaced = tuple(wrap(item) if isinstance(item, np.ndarray) else item for item in items)
    return replaced if isinstance(index, tuple) else replaced[0]


@pytest.mark.parametrize("wrap", [ig.array, lambda item: item], ids=["ingot_index", "numpy_index"])
@pytest.mark.parametrize("index", READS.values(), ids=READS.keys())
def test_read(index, wrap) -> None:
    got = ig.array(DATA)[index_of(index, wrap)]
    np.testing.assert_array_equal(numpy_of(got), DATA[index])
    assert got.shape == DATA[index].shape


@pytest.mark.parametrize("index", READS.values(), ids=READS.keys())
def test_read_gradient(index) -> None:
    x = leaf(DATA)
    y = x[index_of(index, ig.array)]
    weights = np.linspace(1, 2, max(y.size, 1))[: y.size].reshape(y.shape)
    (y * ig.array(weights)).sum().backward()
    want = np.zeros(SHAPE)
    np.add.at(want, index, weights)
    np.testing.assert_allclose(numpy_of(x.grad), want, rtol=1e-12)


def values_for(index, rng: np.random.Generator) -> np.ndarray:
    """Distinct values, but equal where one element is written twice, so that the order of writing does not matter."""
    target = np.arange(60).reshape(SHAPE)[index]
    return np.asarray(rng.normal(size=60)[target])


@pytest.mark.parametrize("index", READS.values(), ids=READS.keys())
def test_write(index, rng: np.random.Generator) -> None:
    values = values_for(index, rng)
    x, want = ig.array(DATA), DATA.copy()
    base = x * 1
    x[index_of(index, ig.array)] = ig.array(values)
    want[index] = values
    np.testing.assert_array_equal(numpy_of(x), want)
    np.testing.assert_array_equal(numpy_of(base), DATA)


@pytest.mark.parametrize("index", READS.values(), ids=READS.keys())
def test_write_scalar_and_add_in_place(index) -> None:
    x, want = ig.array(DATA), DATA.copy()
    x[index_of(index, ig.array)] = -1.5
    want[index] = -1.5
    x[index_of(index, ig.array)] += 2
    want[index] += 2
    np.testing.assert_array_equal(numpy_of(x), want)


@pytest.mark.parametrize("index", READS.values(), ids=READS.keys())
def test_write_gradient(index, rng: np.random.Generator) -> None:
    values, weights = values_for(index, rng), rng.normal(size=SHAPE)
    x, v = leaf(DATA), leaf(values)
    y = x * 1
    y[index_of(index, ig.array)] = v * v
    (y * ig.array(weights)).sum().backward()
    want = weights.copy()
    want[index] = 0
    np.testing.assert_allclose(np.zeros(SHAPE) if x.grad is None else numpy_of(x.grad), want, rtol=1e-12)
    # Of several values for one element the last one counts, as in NumPy.
    order, writer = np.arange(values.size).reshape(values.shape), np.empty(SHAPE, int)
    writer[index] = order
    stays = writer[index] == order
    np.testing.assert_allclose(numpy_of(v.grad), 2 * values * weights[index] * stays, rtol=1e-12)


def test_written_value_broadcasts() -> None:
    x, want = ig.zeros((3, 4)), np.zeros((3, 4))
    x[1:] = ig.array([1.0, 2.0, 3.0, 4.0])
    want[1:] = [1, 2, 3, 4]
    x[:, 0] = [7.0, 8.0, 9.0]
    want[:, 0] = [7, 8, 9]
    np.testing.assert_array_equal(numpy_of(x), want)


def test_written_value_takes_the_dtype_of_the_array() -> None:
    x = ig.array([1, 2, 3])
    x[0] = 9.7
    assert x.dtype == ig.int32
    assert numpy_of(x).tolist() == [9, 2, 3]


def test_boolean_write_of_as_many_values_as_are_true() -> None:
    x = ig.array([1.0, -2.0, 3.0, -4.0])
    x[x < 0] = ig.array([20.0, 40.0])
    assert numpy_of(x).tolist() == [1, 20, 3, 40]
    x[x > 10] = 0
    assert numpy_of(x).tolist() == [1, 0, 3, 0]


def test_slice_never_writes_through_to_its_base() -> None:
    x = ig.zeros(4)
    part = x[1:3]
    part += 5
    assert numpy_of(x).tolist() == [0, 0, 0, 0]
    x[1:3] = part
    assert numpy_of(x).tolist() == [0, 5, 5, 0]


def test_iteration_length_and_unpacking() -> None:
    x = ig.array([[1, 2], [3, 4], [5, 6]])
    assert len(x) == 3
    a, b, c = x
    assert [row.tolist() for row in (a, b, c)] == [[1, 2], [3, 4], [5, 6]]
    with pytest.raises(TypeError):
        len(ig.array(1.0))
    with pytest.raises(TypeError):
        iter(ig.array(1.0))


@pytest.mark.parametrize("index", [0, -1, 2])
def test_index_by_a_0d_array(index: int) -> None:
    x = ig.array([1.0, 2.0, 3.0])
    assert x[ig.array(index)].item() == [1, 2, 3][index]


BAD = {
    "too_large": (np.s_[4], IndexError, "4"),
    "too_small": (np.s_[-5], IndexError, "-5"),
    "second_axis": (np.s_[0, 5], IndexError, "5"),
    "too_many": (np.s_[0, 0, 0, 0], IndexError, r"4|\(4, 5, 3\)"),
    "two_ellipses": (np.s_[..., 0, ...], IndexError, r"(?i)ellips|\.\.\."),
    "float": (1.5, (IndexError, TypeError), "float"),
    "string": ("name", (IndexError, TypeError), "str"),
    "float_array": (np.array([0.0, 1.0]), (IndexError, TypeError), "float64"),
    "mask_length": (np.array([True, False]), IndexError, r"2|\(2,\)"),
    "zero_step": (np.s_[::0], ValueError, "step"),
    "integer_array": (np.array([0, 9]), IndexError, "9"),
    "integer_array_negative": (np.array([0, -5]), IndexError, "-5"),
    "arrays_do_not_broadcast": ((np.array([0, 1]), np.array([0, 1, 2])), (IndexError, ValueError), r"\(2,\).*\(3,\)"),
}


@pytest.mark.parametrize(("index", "error", "message"), BAD.values(), ids=BAD.keys())
def test_bad_index(index, error, message: str) -> None:
    x = ig.array(DATA)
    index = index_of(index, ig.array)
    with pytest.raises(error, match=message):
        x[index].tolist()
    with pytest.raises(error, match=message):
        x[index] = 0.0
        x.tolist()


def test_write_of_a_shape_that_does_not_fit() -> None:
    x = ig.zeros((3, 4))
    with pytest.raises(ValueError, match=r"\(5,\)"):
        x[0] = ig.ones(5)
    assert numpy_of(x).sum() == 0


# ---- take and friends ----


@pytest.mark.parametrize("axis", [None, 0, 1, -1])
def test_take(axis) -> None:
    i = np.array([[2, 0], [-1, 1]])
    np.testing.assert_array_equal(
        numpy_of(ig.take(ig.array(DATA), ig.array(i), axis=axis)), np.take(DATA, i, axis=axis)
    )


def test_take_out_of_range_never_reads_foreign_memory() -> None:
    for bad in (3, -4, 2**30):
        with pytest.raises(IndexError, match=str(bad)):
            ig.take(ig.array([1.0, 2.0, 3.0]), ig.array([0, bad]), axis=0).tolist()


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_take_along_axis(axis: int, rng: np.random.Generator) -> None:
    i = np.argsort(rng.normal(size=SHAPE), axis=axis)
    got = ig.take_along_axis(ig.array(DATA), ig.array(i), axis=axis)
    np.testing.assert_array_equal(numpy_of(got), np.take_along_axis(DATA, i, axis=axis))


def test_take_along_axis_gradient(rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 4))
    i = np.array([[0], [3], [0]])
    a = leaf(x)
    (ig.take_along_axis(a, ig.array(i), axis=1) ** 2).sum().backward()
    want = numeric_gradient(lambda v: float((np.take_along_axis(v, i, 1) ** 2).sum()), [x], 0)
    np.testing.assert_allclose(numpy_of(a.grad), want, rtol=1e-7, atol=1e-7)


def test_nonzero() -> None:
    x = np.array([[0, 1, 0], [2, 0, 3]])
    for got, want in zip(ig.nonzero(ig.array(x)), np.nonzero(x), strict=True):
        np.testing.assert_array_equal(numpy_of(got), want)


@pytest.mark.parametrize("shape", [(3, 5), (2, 3, 5), (2, 3, 5, 4)])
@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_neighbouring_indices_behind_other_axes(shape, dtype: str, rng: np.random.Generator) -> None:
    """Results come in the order of the axes, from views too, and an index out of range is named with its own axis."""
    x = rng.normal(size=shape)
    at = rng.integers(-5 if len(shape) == 2 else -3, 3, (4, 2)).astype(dtype)
    axis = 1
    for given, want in ((ig.array(x), x), (ig.flip(ig.array(x), axis=0), x[::-1])):
        np.testing.assert_array_equal(numpy_of(given[:, ig.array(at)]), want[:, at])
        np.testing.assert_array_equal(numpy_of(ig.take(given, ig.array(at), axis=axis)), np.take(want, at, axis=axis))
        np.testing.assert_array_equal(numpy_of(given[..., ig.array(at)]), want[..., at])
    flat = at[:, 0]
    source = rng.normal(size=np.take(x, flat, axis=axis).shape)
    want = x.copy()
    np.add.at(want, (slice(None), flat), source)
    np.testing.assert_allclose(numpy_of(ig.index_add(ig.array(x), axis, ig.array(flat), ig.array(source))), want)
    with pytest.raises(IndexError, match="axis 1"):
        ig.eval(ig.array(x)[:, ig.array([0, x.shape[1]])])


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_lines_of_indices(dtype: str, rng: np.random.Generator) -> None:
    """However the index arrays lie: the same all along a line, side by side, apart, or backwards."""
    x = rng.standard_normal((7, 600))
    columns = rng.integers(-600, 600, (7, 530)).astype(dtype)
    rows = rng.integers(-7, 7, (7, 1)).astype(dtype)
    a, c, r = ig.array(x), ig.array(columns), ig.array(rows)
    cases = {
        "rows_and_columns": (a[r, c], x[rows, columns]),
        "one_line_for_all": (a[:, c[0]], x[:, columns[0]]),
        "apart": (a[r, c[:, ::2]], x[rows, columns[:, ::2]]),
        "backwards": (a[r[::-1], c[:, ::-1]], x[rows[::-1], columns[:, ::-1]]),
        "one_column": (a[r, c[:, :1]], x[rows, columns[:, :1]]),
        "as_a_column": (a.T[c.T, r.T], x.T[columns.T, rows.T]),
        "along_an_axis": (ig.take_along_axis(a, c % 600, 1), np.take_along_axis(x, columns % 600, 1)),
    }
    for name, (got, want) in cases.items():
        np.testing.assert_array_equal(numpy_of(got), want, err_msg=name)
    added = x.copy()
    np.add.at(added, (rows, columns), 1.0)
    np.testing.assert_array_equal(numpy_of(ig.array(x).at[r, c].add(1.0)), added)


@pytest.mark.parametrize("bad", [600, -601])
def test_one_index_out_of_range_among_many(bad: int, rng: np.random.Generator) -> None:
    columns = rng.integers(0, 600, (7, 530))
    columns[5, 517] = bad
    with pytest.raises(IndexError, match=f"index {bad} is out of range for axis 1 with length 600"):
        ig.eval(ig.take_along_axis(ig.zeros((7, 600)), ig.array(columns), 1))
    with pytest.raises(IndexError, match=f"index {bad} is out of range for axis 1 with length 600"):
        ig.eval(ig.take_along_axis(ig.zeros((7, 600)), ig.array(columns)[:, ::-1], 1))
