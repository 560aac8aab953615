"""Arrays meet the rest of Python: NumPy, DLPack, pickle, copies, numbers and comparisons."""

from __future__ import annotations

import copy
import gc
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers import ALL_DTYPES, array_of, numpy_of, run_python

import ingot as ig

NUMPY_DTYPES = [d for d in ALL_DTYPES if d != "bfloat16"]


# ---- in ----


@pytest.mark.parametrize("dtype", NUMPY_DTYPES)
def test_numpy_there_and_back(dtype: str) -> None:
    value = np.arange(6).reshape(2, 3).astype(dtype)
    x = ig.array(value)
    assert str(x.dtype) == dtype
    back = x.numpy()
    assert back.dtype == value.dtype
    np.testing.assert_array_equal(back, value)


@pytest.mark.parametrize(
    "view",
    [
        lambda v: v.T,
        lambda v: v[::2],
        lambda v: v[:, ::-1],
        lambda v: v[1:, 1:],
        lambda v: np.broadcast_to(v[0], (3, 4)),
    ],
    ids=["transposed", "sliced", "reversed", "offset", "broadcast"],
)
def test_numpy_views_of_any_strides(view) -> None:
    value = view(np.arange(12.0).reshape(3, 4))
    np.testing.assert_array_equal(numpy_of(ig.array(value)), value)


def test_array_copies_what_it_is_given() -> None:
    value = np.zeros(3)
    x = ig.array(value)
    value[0] = 9
    assert x.tolist() == [0, 0, 0]


def test_unusual_dtypes_are_refused() -> None:
    for bad in (
        np.array([1.0, 2.0], dtype=">f8"),
        np.array(["text"]),
        np.array([object()]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
    ):
        with pytest.raises(TypeError):
            ig.array(bad)


@pytest.mark.parametrize(
    ("value", "dtype", "shape"),
    [
        (1, "int32", ()),
        (1.5, "float32", ()),
        (True, "bool", ()),
        (1j, "complex64", ()),
        ([1, 2, 3], "int32", (3,)),
        ([1, 2.5], "float32", (2,)),
        ([True, False], "bool", (2,)),
        ([[1, 2], [3, 4]], "int32", (2, 2)),
        ((1.0, 2.0), "float32", (2,)),
        ([], "float32", (0,)),
        ([[], []], "float32", (2, 0)),
        (range(4), "int32", (4,)),
        ([2**40], "int64", (1,)),
        ([2**63], "uint64", (1,)),
        ([np.float64(1.0), np.float64(2.0)], None, (2,)),
    ],
)
def test_python_values(value, dtype, shape) -> None:
    x = ig.array(value)
    assert x.shape == shape
    if dtype:
        assert str(x.dtype) == dtype
    np.testing.assert_allclose(numpy_of(x), np.array(value if not isinstance(value, range) else list(value)))


def test_list_of_arrays() -> None:
    x = ig.array([ig.array([1.0, 2.0]), ig.array([3.0, 4.0])])
    assert x.tolist() == [[1, 2], [3, 4]]
    assert ig.array([ig.array(1.0), 2.0]).tolist() == [1, 2]


@pytest.mark.parametrize("bad", [[[1, 2], [3]], [1, "a"], "text", None, object(), {1: 2}, [None], 2**70, [[1], 2]])
def test_values_that_make_no_array(bad) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError)):
        ig.array(bad)


def test_self_referring_list_is_an_error() -> None:
    loop: list = []
    loop.append(loop)
    with pytest.raises((ValueError, RecursionError, TypeError)):
        ig.array(loop)


# ---- out ----


def test_numpy_shares_memory() -> None:
    x = ig.array(np.arange(1000.0))
    a, b = x.numpy(), x.numpy()
    assert np.shares_memory(a, b)
    assert not a.flags.owndata


def test_data_ptr_is_where_numpy_sees_the_array() -> None:
    x = ig.arange(6.0) + 1
    assert x.data_ptr() == x.numpy().ctypes.data
    assert isinstance(ig.zeros(0).data_ptr(), int)
    other = x.copy()
    other += 1
    assert other.data_ptr() != x.data_ptr()


def test_numpy_view_outlives_the_array() -> None:
    view = (ig.ones(10_000) * 3).numpy()
    gc.collect()
    ig.eval(*[ig.ones(10_000) * k for k in range(20)])
    np.testing.assert_array_equal(view, np.full(10_000, 3))


def test_update_in_place_does_not_change_a_numpy_view() -> None:
    x = ig.array([1.0, 2.0, 3.0])
    view = x.numpy()
    x += 10
    ig.eval(x)
    np.testing.assert_array_equal(view, [1, 2, 3])


def test_writing_to_what_numpy_sees_changes_no_array() -> None:
    x = ig.array([1.0, 2.0])
    y = x * 1
    view = y.numpy()
    if view.flags.writeable:
        view[0] = 99
    assert x.tolist() == [1, 2]


def test_from_numpy_shares_memory() -> None:
    value = np.arange(4.0)
    x = ig.from_numpy(value)
    assert np.shares_memory(x.numpy(), value)
    y = x * 2
    x += 1
    ig.eval(x, y)
    np.testing.assert_array_equal(value, [0, 1, 2, 3])


def test_array_protocol() -> None:
    x = ig.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(np.asarray(x), [[1, 2], [3, 4]])
    assert np.asarray(x, dtype=np.int64).dtype == np.int64
    np.testing.assert_array_equal(np.asarray(ig.transpose(x)), [[1, 3], [2, 4]])
    assert np.sum(np.asarray(x)) == 10


def test_array_that_requires_grad_gives_numpy_after_detach() -> None:
    x = ig.array([1.0], requires_grad=True)
    assert x.detach().numpy().tolist() == [1]


def test_buffer_protocol() -> None:
    x = ig.array([[1.0, 2.0], [3.0, 4.0]])
    with memoryview(x) as view:
        assert view.shape == (2, 2)
        assert view.format == "f"
        assert view.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize("dtype", NUMPY_DTYPES)
def test_dlpack_both_ways(dtype: str) -> None:
    x = array_of(np.arange(6).reshape(2, 3), dtype)
    seen = np.from_dlpack(x)
    np.testing.assert_array_equal(seen, numpy_of(x))
    again = ig.from_dlpack(seen)
    assert again.dtype == x.dtype
    np.testing.assert_array_equal(numpy_of(again), numpy_of(x))
    assert tuple(map(int, x.__dlpack_device__())) == (1, 0)


def test_dlpack_of_a_view_and_its_lifetime() -> None:
    x = ig.array(np.arange(12.0).reshape(3, 4))
    seen = np.from_dlpack(ig.transpose(x)[1:])
    del x
    gc.collect()
    np.testing.assert_array_equal(seen, np.arange(12.0).reshape(3, 4).T[1:])


def test_dlpack_from_numpy_view() -> None:
    value = np.arange(12.0).reshape(3, 4)[:, ::2]
    np.testing.assert_array_equal(numpy_of(ig.from_dlpack(value)), value)


@pytest.mark.parametrize("dtype", ALL_DTYPES)
def test_pickle(dtype: str) -> None:
    x = array_of(np.arange(6).reshape(2, 3), dtype)
    again = pickle.loads(pickle.dumps(ig.transpose(x)))
    assert again.dtype == x.dtype
    np.testing.assert_array_equal(numpy_of(again), numpy_of(x).T)


def test_pickle_keeps_requires_grad_and_dtypes_pickle() -> None:
    x = ig.array([1.0], requires_grad=True)
    assert pickle.loads(pickle.dumps(x)).requires_grad
    assert pickle.loads(pickle.dumps(ig.float32)) == ig.float32
    assert pickle.loads(pickle.dumps(ig.device("cpu"))) == ig.device("cpu")


def test_copies() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    for twin in (copy.deepcopy(x), copy.copy(x)):
        assert twin is not x
        assert twin.requires_grad
        with ig.no_grad():
            twin += 1
    assert x.tolist() == [1, 2]
    a, b = copy.deepcopy([x, x])
    assert a is b


# ---- numbers ----


def test_conversions_of_a_single_element() -> None:
    assert float(ig.array(1.5)) == 1.5
    assert int(ig.array([3])) == 3
    assert complex(ig.array(1 + 2j)) == 1 + 2j
    assert bool(ig.array(True)) is True
    assert [10, 20, 30][ig.array(1)] == 20
    assert ig.array(2).item() == 2
    assert isinstance(ig.array(2).item(), int)
    assert isinstance(ig.array(2.0).item(), float)
    assert isinstance(ig.array(True).item(), bool)
    assert ig.array([[1.0, 2.0]]).tolist() == [[1.0, 2.0]]


def test_truth_of_many_elements_is_an_error() -> None:
    for convert in (bool, float, int, lambda x: x.item()):
        with pytest.raises((ValueError, TypeError), match=r"2|one element|\(2,\)"):
            convert(ig.ones(2))
    with pytest.raises(TypeError):
        [1, 2][ig.array(1.0)]


def test_comparisons_with_anything_answer() -> None:
    x = ig.array([1.0, 2.0])
    for other in (None, "text", object(), [1], {}):
        assert (ig.float32 == other) is False
        assert (ig.float32 != other) is True
        assert (ig.device("cpu") == other) is False
    assert (x == None) is False or not bool(ig.any(x == None))  # noqa: E711
    assert ig.float32 == "float32"
    assert ig.float32 == np.dtype("float32")
    assert ig.float32 != ig.float64
    assert len({ig.float32, ig.float32, ig.float64}) == 2


def test_arrays_are_hashable_by_identity() -> None:
    x, y = ig.ones(2), ig.ones(2)
    assert len({x, y, x}) == 2


def test_operators_with_numpy_arrays_on_either_side() -> None:
    x, v = ig.array([1.0, 2.0]), np.array([10.0, 20.0], dtype=np.float32)
    for got in (x + v, v + x):
        assert isinstance(got, ig.array)
        assert got.tolist() == [11, 22]
    assert (np.float32(2) * x).tolist() == [2, 4]


def test_weak_scalars_keep_the_dtype() -> None:
    for dtype in ("float16", "bfloat16", "float32", "float64"):
        x = ig.ones(2, dtype=getattr(ig, dtype))
        for y in (x + 1, 2.5 * x, x / 3, 1 - x, x**2, True * x):
            assert str(y.dtype) == dtype
    i = ig.array([1, 2], dtype=ig.int8)
    assert (i + 1).dtype == ig.int8
    assert (i + 1.5).dtype == ig.float32
    assert (ig.ones(2) + 1j).dtype == ig.complex64
    with pytest.raises((ValueError, OverflowError), match="1000"):
        (i + 1000).tolist()


@pytest.mark.parametrize("a", ALL_DTYPES)
@pytest.mark.parametrize("b", ALL_DTYPES)
def test_promotion(a: str, b: str) -> None:
    got = (array_of(np.ones(2), a) + array_of(np.ones(2), b)).dtype
    assert got == ig.promote_types(getattr(ig, a), getattr(ig, b))
    assert got == ig.promote_types(getattr(ig, b), getattr(ig, a))
    if "bfloat16" in (a, b):
        return
    kinds = {np.dtype(a).kind, np.dtype(b).kind}
    if (
        (kinds <= {"b", "i", "u"} and not (kinds >= {"i", "u"} and "uint64" in (a, b)))
        or len(kinds) == 1
        or kinds == {"f", "c"}
    ):
        assert str(got) == np.promote_types(a, b).name


# ---- pickles without copies, and other processes ----


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("dtype", ALL_DTYPES)
def test_pickle_protocols(dtype: str, protocol: int) -> None:
    for shape in ((2, 3), (), (0, 2)):
        x = array_of(np.arange(math.prod(shape)).reshape(shape), dtype)
        again = pickle.loads(pickle.dumps(x, protocol=protocol))
        assert (again.dtype, again.shape) == (x.dtype, x.shape)
        np.testing.assert_array_equal(numpy_of(again), numpy_of(x))


def test_pickle_with_buffers_out_of_band_copies_nothing() -> None:
    x = ig.array(np.arange(1000.0).reshape(10, 100))
    buffers: list[pickle.PickleBuffer] = []
    text = pickle.dumps([x, ig.transpose(x)], protocol=5, buffer_callback=buffers.append)
    assert len(text) < 1000
    assert [buffer.raw().nbytes for buffer in buffers] == [8000, 8000]
    memory = [bytearray(buffer.raw()) for buffer in buffers]
    again, transposed = pickle.loads(text, buffers=memory)
    np.testing.assert_array_equal(numpy_of(again), numpy_of(x))
    np.testing.assert_array_equal(numpy_of(transposed), numpy_of(x).T)
    del memory
    gc.collect()
    again += 1
    np.testing.assert_array_equal(numpy_of(again), numpy_of(x) + 1)


def test_pickle_with_a_buffer_that_does_not_fit() -> None:
    buffers: list[pickle.PickleBuffer] = []
    text = pickle.dumps(ig.ones(4), protocol=5, buffer_callback=buffers.append)
    with pytest.raises(ValueError, match="do not fill shape"):
        pickle.loads(text, buffers=[b"123"])


def test_pickle_of_parameters_and_modules() -> None:
    parameter = ig.nn.Parameter(ig.ones((2, 2)))
    again = pickle.loads(pickle.dumps(parameter, protocol=5))
    assert isinstance(again, ig.nn.Parameter)
    assert again.requires_grad
    model = ig.nn.Linear(3, 2)
    twin = pickle.loads(pickle.dumps(model, protocol=5))
    assert twin.weight.tolist() == model.weight.tolist()


@pytest.mark.parametrize("library", ["cloudpickle", "joblib"])
def test_other_picklers(library: str, tmp_path: Path) -> None:
    module = pytest.importorskip(library)
    x = ig.array([[1.0, 2.0]])
    if library == "joblib":
        module.dump({"x": x}, tmp_path / "x.joblib")
        assert module.load(tmp_path / "x.joblib")["x"].tolist() == x.tolist()
    else:
        assert pickle.loads(module.dumps(lambda: x))().tolist() == x.tolist()


def test_arrays_reach_another_process() -> None:
    code = (
        "import concurrent.futures as f, multiprocessing as m, operator, ingot as ig\n"
        "if __name__ == '__main__':\n"
        "    with f.ProcessPoolExecutor(1, m.get_context('spawn')) as pool:\n"
        "        print(pool.submit(operator.neg, ig.array([1.0, 2.0])).result().tolist())\n"
    )
    assert run_python(code).stdout.strip() == "[-1.0, -2.0]"


# ---- memory and NumPy's functions ----


def test_memoryview_is_read_only_and_of_every_rank() -> None:
    for shape in ((), (0, 3), (2, 3)):
        x = ig.ones(shape)
        view = memoryview(x)
        assert view.readonly
        assert view.shape == shape
        assert view.nbytes == 4 * x.size
    np.testing.assert_array_equal(np.frombuffer(ig.arange(4), dtype=np.int32), np.arange(4))
    with pytest.raises(BufferError, match="no format for dtype bfloat16"):
        memoryview(ig.ones(2, dtype=ig.bfloat16))


@pytest.mark.parametrize("name", ["sum", "prod", "mean", "max", "min", "all", "any", "var", "std", "argmax", "argmin"])
def test_numpy_reductions_take_arrays(name: str) -> None:
    """They call the array's own method, with NumPy's `out=None`."""
    x = np.arange(1.0, 7.0, dtype="float32").reshape(2, 3)
    reduce = getattr(np, name)
    for options in ({}, {"axis": 1}, {"axis": 0, "keepdims": True}):
        np.testing.assert_allclose(reduce(ig.array(x), **options), reduce(x, **options), rtol=1e-6)
    if name not in ("argmax", "argmin"):
        assert isinstance(reduce(ig.array(x)), ig.array)
    with pytest.raises(TypeError, match="`out` must be None"):
        getattr(ig.array(x), name)(out=x)


@pytest.mark.parametrize("name", ["sum", "prod", "mean", "var", "std"])
def test_numpy_reductions_hand_on_the_dtype(name: str) -> None:
    x = np.arange(1, 5, dtype="int32")
    assert getattr(np, name)(ig.array(x), dtype="float64").dtype == ig.float64


def test_numpy_functions_take_arrays() -> None:
    x = ig.array([1.0, 4.0])
    assert np.sqrt(x).tolist() == [1, 2]
    assert np.add(x, np.ones(2)).tolist() == [2, 5]
    np.testing.assert_array_equal(np.stack([x, x]), [[1, 4], [1, 4]])
    np.testing.assert_array_equal(np.asarray([x[0], x[1]], dtype=np.float32), [1, 4])


@pytest.mark.parametrize("left", [np.ones(2, np.float32), np.float32(2), np.int64(2), np.float64(2), np.bool_(True)])
def test_numpy_on_the_left_gives_an_array(left: Any) -> None:
    x = ig.array([1.0, 2.0])
    for result in (left + x, left * x, left - x, left / x):
        assert isinstance(result, ig.array)
    assert isinstance(left < x, ig.array)


def test_array_protocol_with_copy_and_dtype() -> None:
    x = ig.array([1.0, 2.0])
    copied = np.array(x, copy=True)
    copied[0] = 9
    assert x.tolist() == [1, 2]
    assert np.asarray(x, dtype=np.float64).dtype == np.float64
    assert np.shares_memory(np.asarray(x), np.asarray(x))
    if np.lib.NumpyVersion(np.__version__) >= "2.0.0":
        assert np.shares_memory(np.asarray(x, copy=False), np.asarray(x))
        with pytest.raises(ValueError, match="copy"):
            np.asarray(x, dtype=np.float64, copy=False)


# ---- DLPack ----


class Unversioned:
    """A producer of before DLPack 1.0: it knows no keyword but `stream`."""

    def __init__(self, value: np.ndarray) -> None:
        self.value = value

    def __dlpack__(self, stream: Any = None) -> Any:
        return self.value.__dlpack__()

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)


@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (3, 4)])
@pytest.mark.parametrize("dtype", NUMPY_DTYPES)
def test_dlpack_of_every_shape(dtype: str, shape: tuple[int, ...]) -> None:
    value = np.zeros(shape, dtype=dtype)
    for source in (value, Unversioned(value)):
        x = ig.from_dlpack(source)
        assert (str(x.dtype), x.shape) == (dtype, shape)
        np.testing.assert_array_equal(np.from_dlpack(x), value)


def test_dlpack_of_negative_strides_and_read_only_memory() -> None:
    value = np.arange(12.0).reshape(3, 4)
    value.flags.writeable = False
    np.testing.assert_array_equal(numpy_of(ig.from_dlpack(value[::-1, ::2])), value[::-1, ::2])
    copied = ig.from_dlpack(value, copy=True)
    np.testing.assert_array_equal(numpy_of(copied), value)


def test_dlpack_export_is_read_only_and_a_copy_is_not() -> None:
    x = ig.ones(3)
    assert not np.from_dlpack(x).flags.writeable
    again = np.from_dlpack(x, copy=True) if np.lib.NumpyVersion(np.__version__) >= "2.1.0" else np.array(x)
    again[0] = 7
    assert x.tolist() == [1, 1, 1]


def test_dlpack_capsule_is_taken_once() -> None:
    class Once:
        def __init__(self) -> None:
            self.capsule = ig.ones(2).__dlpack__(max_version=(1, 0))

        def __dlpack__(self, **kwargs: Any) -> Any:
            return self.capsule

    source = Once()
    assert ig.from_dlpack(source).tolist() == [1, 1]
    with pytest.raises(TypeError, match="no unused DLPack capsule"):
        ig.from_dlpack(source)


@pytest.mark.parametrize("copy", [None, True, False])
def test_from_dlpack_asks_a_producer_elsewhere_to_bring_the_values(copy: bool | None) -> None:
    class Elsewhere:
        def __dlpack_device__(self) -> tuple[int, int]:
            return 2, 0

        def __dlpack__(self, *, max_version: Any, dl_device: tuple[int, int] = (2, 0), copy: bool | None = None) -> Any:
            if dl_device != (1, 0) or copy is False:
                raise BufferError("these values cannot be had without a copy")
            return ig.asarray([3, 4]).__dlpack__(max_version=max_version)

    with pytest.raises(BufferError):
        ig.from_dlpack(Elsewhere(), copy=copy)
    if copy is False:
        with pytest.raises(BufferError):
            ig.from_dlpack(Elsewhere(), device="cpu", copy=copy)
    else:
        assert ig.from_dlpack(Elsewhere(), device="cpu", copy=copy).tolist() == [3, 4]


def test_from_dlpack_of_something_else_names_what_is_missing() -> None:
    with pytest.raises(AttributeError, match="expected an object with __dlpack__, got list"):
        ig.from_dlpack([1.0])
