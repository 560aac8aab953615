"""Writing by indices: `x.at[...]`, along axes, by masks and by segments; repeated indices all count."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import leaf, numpy_of
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import ingot as ig

UFUNCS: dict[str, np.ufunc] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
    "minimum": np.minimum,
    "maximum": np.maximum,
}
DATA = np.linspace(-3.0, 4.0, 24).reshape(4, 3, 2)
PLACES = {
    "integer": np.s_[1],
    "slice": np.s_[1:3],
    "steps": np.s_[::-2, 1:],
    "ellipsis": np.s_[..., 0],
    "repeated": np.s_[np.array([0, 2, 0, -4])],
    "two_arrays": np.s_[np.array([[0], [1]]), np.array([2, 2])],
    "apart": np.s_[np.array([1, 1, 3]), :, np.array([0, 0, 1])],
    "mask": np.s_[DATA > 0],
    "mask_of_rows": np.s_[np.array([True, False, True, True]), 1],
}


def ours(index):
    """The index with our arrays in place of NumPy's."""
    items = index if isinstance(index, tuple) else (index,)
    replaced = tuple(ig.array(i) if isinstance(i, np.ndarray) else i for i in items)
    return replaced if isinstance(index, tuple) else replaced[0]


@pytest.mark.parametrize("name", UFUNCS)
@pytest.mark.parametrize("index", PLACES.values(), ids=PLACES.keys())
def test_at(name: str, index, rng: np.random.Generator) -> None:
    for value in (rng.uniform(0.5, 2, DATA[index].shape), 1.5):
        want = DATA.copy()
        UFUNCS[name].at(want, index, value)
        x = ig.array(DATA)
        place = x.at[ours(index)]
        got = getattr(place, name)(ig.array(value) if isinstance(value, np.ndarray) else value)
        np.testing.assert_allclose(numpy_of(got), want, rtol=1e-12)
        np.testing.assert_array_equal(numpy_of(place.get()), DATA[index])
        np.testing.assert_array_equal(numpy_of(x), DATA)


def test_at_sets_raises_to_powers_and_applies() -> None:
    x = ig.array([1.0, 2.0, 3.0])
    assert x.at[1:].set(7).tolist() == [1, 7, 7]
    assert x.at[1:].power(2).tolist() == [1, 4, 9]
    assert x.at[0].apply(lambda v: v - 5).tolist() == [-4, 2, 3]
    assert x.at[[0, 0]].set([8.0, 9.0]).tolist() == [9, 2, 3]


@pytest.mark.parametrize("name", ["minimum", "maximum"])
def test_equal_extremes_share_the_gradient(name: str) -> None:
    x, v = leaf([1.0, 5.0]), leaf([1.0, 1.0, 2.0])
    getattr(x.at[[0, 0, 1]], name)(v).backward(ig.array([6.0, 4.0], dtype=ig.float64))
    assert x.grad.tolist()[0] == 2
    assert v.grad.tolist()[:2] == [2, 2]
    assert x.grad.tolist()[1] + v.grad.tolist()[2] == 4


def test_gradient_of_products_with_zeros() -> None:
    """One zero among the factors has a slope, the others then have none; two zeros leave none."""
    x, v = leaf([2.0, 0.0, 3.0]), leaf([5.0, 0.0, 0.0, 7.0])
    x.at[[0, 0, 1, 2]].multiply(v).sum().backward()
    assert x.grad.tolist() == [0, 0, 7]
    assert v.grad.tolist() == [0, 10, 0, 3]


@pytest.mark.parametrize("name", ["minimum", "maximum", "multiply"])
def test_nan_wins(name: str) -> None:
    x = getattr(ig.array([1.0, np.nan, 3.0]).at[[0, 1, 2, 2]], name)([np.nan, 1.0, np.nan, 5.0])
    assert np.isnan(numpy_of(x)).all()


WRITES: dict[str, Callable] = {
    "at": lambda x, i: x.at[i].add(1.0),
    "at_max": lambda x, i: x.at[i].maximum(1.0),
    "scatter": lambda x, i: ig.scatter(x, 0, i, 1.0),
    "scatter_reduce": lambda x, i: ig.scatter_reduce(x, 0, i, ig.ones(1), "amin"),
    "gather": lambda x, i: ig.gather(x, 0, i),
    "take": lambda x, i: ig.take(x, i),
    "index_select": lambda x, i: ig.index_select(x, 0, i),
    "index_copy": lambda x, i: ig.index_copy(x, 0, i, ig.ones(1)),
    "index_fill": lambda x, i: ig.index_fill(x, 0, i, 1.0),
    "index_add": lambda x, i: ig.index_add(x, 0, i, ig.ones(1)),
    "put_along_axis": lambda x, i: ig.put_along_axis(x, i, 1.0, 0),
    "take_along_axis": lambda x, i: ig.take_along_axis(x, i, 0),
    "segment_sum": lambda x, i: ig.segment_sum(x[:1], i, 3),
    "one_hot": lambda x, i: ig.one_hot(i, 3),
    "choose": lambda x, i: ig.choose(i, [x, x, x]),
}


@pytest.mark.parametrize("call", WRITES.values(), ids=WRITES.keys())
@pytest.mark.parametrize("index", [3, -4, 2**40])
def test_out_of_range_is_an_index_error(call: Callable, index: int) -> None:
    with pytest.raises(IndexError, match="out of range"):
        ig.eval(call(ig.ones(3), ig.array([index])))


def test_methods_in_place_store_and_return_the_array() -> None:
    x = ig.zeros(3)
    same = x
    assert x.index_add_(0, ig.array([0, 0]), ig.ones(2)) is same
    assert x.scatter_(0, ig.array([1]), 5.0) is same
    assert x.scatter_add_(0, ig.array([1]), ig.ones(1)) is same
    assert x.scatter_reduce_(0, ig.array([1]), ig.array([9.0]), "amax") is same
    assert x.masked_fill_(ig.array([False, False, True]), 4.0) is same
    assert x.index_fill_(0, ig.array([0]), -1) is same
    assert x.index_put_((ig.array([0]),), ig.array([3.0]), accumulate=True) is same
    assert x.tolist() == [2, 9, 4]


def test_index_add_in_both_forms() -> None:
    x = ig.zeros((2, 3))
    assert ig.index_add(x, [0, 0], 1.0).tolist() == [[2, 2, 2], [0, 0, 0]]
    assert ig.index_add(x, 1, ig.array([2, 2]), ig.ones((2, 2)), alpha=3).tolist() == [[0, 0, 6], [0, 0, 6]]
    assert x.index_add(dim=0, index=ig.array([1]), source=ig.ones((1, 3))).tolist() == [[0, 0, 0], [1, 1, 1]]
    assert ig.index_add(x, index=np.s_[:, 1], value=2.0).tolist() == [[0, 2, 0], [0, 2, 0]]


def test_zero_dimensional_arrays() -> None:
    x, i = ig.array(2.0), ig.array(0)
    assert ig.scatter(x, 0, i, ig.array(5.0)).tolist() == 5
    assert ig.gather(x, 0, i).tolist() == 2
    assert ig.masked_select(x, ig.array(True)).tolist() == [2]
    assert ig.masked_scatter(x, ig.array(True), ig.array([3.0])).tolist() == 3


def test_segments() -> None:
    x, ids = ig.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.0]]), ig.array([2, 0, 2])
    assert ig.segment_sum(x, ids).tolist() == [[3, 4], [0, 0], [6, 2]]
    assert ig.segment_prod(x, ids, 3).tolist() == [[3, 4], [1, 1], [5, 0]]
    assert ig.segment_mean(x, ids, 3).tolist() == [[3, 4], [0, 0], [3, 1]]
    assert ig.segment_max(x, ids, 3).tolist() == [[3, 4], [-np.inf, -np.inf], [5, 2]]
    assert ig.segment_min(x.astype(ig.int8), ids, 4).tolist() == [[3, 4], [127, 127], [1, 0], [127, 127]]
    assert ig.segment_sum(x[:0], ids[:0]).shape == (0, 2)


def test_one_hot() -> None:
    assert ig.one_hot(ig.array([[0, 2], [1, -1]])).tolist() == np.eye(3)[[[0, 2], [1, 2]]].tolist()
    assert ig.nn.functional.one_hot(ig.array([1]), 4).dtype == ig.int64
    assert ig.one_hot(ig.zeros((0,), dtype=ig.int32), 3).shape == (0, 3)
    with pytest.raises(ValueError, match="must be given"):
        ig.one_hot(ig.zeros((0,), dtype=ig.int32))


def test_writing_is_traced_by_transforms() -> None:
    x, i, v = ig.array(DATA[0]), ig.array([[0, 2], [1, 1]]), ig.array([2.0, 3.0])
    got = ig.vmap(lambda i: x.at[i].multiply(v[:, None]))(i)
    want = np.stack([numpy_of(x.at[row].multiply(v[:, None])) for row in i])
    np.testing.assert_allclose(numpy_of(got), want)
    recorded = ig.jit(lambda i: x.at[i].maximum(v[:, None]))(i[0])
    np.testing.assert_allclose(numpy_of(recorded), numpy_of(x.at[i[0]].maximum(v[:, None])))


# ---- any index expression, as NumPy has it ----


@st.composite
def indexed_arrays(draw: st.DrawFn) -> tuple[np.ndarray, object]:
    shape = draw(hnp.array_shapes(max_dims=4, max_side=4))
    data = np.arange(int(np.prod(shape)), dtype=np.float64).reshape(shape)
    kind = draw(st.sampled_from(["basic", "integer", "mixed", "mask"]))
    if kind == "basic":
        return data, draw(hnp.basic_indices(shape, allow_newaxis=True))
    if kind == "integer":
        return data, draw(hnp.integer_array_indices(shape))
    if kind == "mask":
        rows = draw(st.integers(1, len(shape)))
        return data, draw(hnp.arrays(bool, shape[:rows]))
    common = draw(hnp.array_shapes(max_dims=2, max_side=3))

    def item(length: int) -> st.SearchStrategy:
        positions = st.integers(-length, length - 1)
        arrays = [hnp.arrays(np.int64, shape, elements=positions) for shape in (common, common[-1:])]
        return st.one_of(st.slices(length), positions, *arrays)

    items: list[object] = [draw(item(length)) for length in shape]
    if draw(st.booleans()):
        items.insert(draw(st.integers(0, len(items))), None)
    return data, tuple(items)


@settings(max_examples=300, deadline=None)
@given(indexed_arrays())
def test_any_index_reads_and_writes_as_numpy(case: tuple[np.ndarray, object]) -> None:
    data, index = case
    x = leaf(data)
    part = x[ours(index)]
    np.testing.assert_array_equal(numpy_of(part), data[index])
    weights = np.linspace(1, 2, max(part.size, 1))[: part.size].reshape(part.shape)
    part.backward(ig.array(weights))
    want = np.zeros_like(data)
    np.add.at(want, index, weights)
    np.testing.assert_allclose(np.zeros_like(data) if x.grad is None else numpy_of(x.grad), want)
    # Values that depend on the place alone, so that the order of writing does not matter.
    written, changed = ig.array(data), data.copy()
    written[ours(index)] = ig.array(-data[index])
    changed[index] = -data[index]
    np.testing.assert_array_equal(numpy_of(written), changed)
    np.add.at(changed, index, weights)
    np.testing.assert_allclose(numpy_of(written.at[ours(index)].add(ig.array(weights))), changed)
