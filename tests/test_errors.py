"""Bad input: an exception of the right type that says what came and what was expected; never a crash."""

from __future__ import annotations

import contextlib
import inspect
import itertools

import numpy as np
import pytest

import ingot as ig
from ingot import nn, optim

A, B = ig.zeros((2, 3)), ig.zeros((3, 3))
INTS = ig.array([1, 2, 3])

CASES = {
    "add": (lambda: A + B, ValueError, r"add.*\(2, 3\).*\(3, 3\)"),
    "in_place_add_that_would_grow": (lambda: ig.zeros(3).__iadd__(B), ValueError, r"\(3,\).*\(3, 3\)"),
    "where": (lambda: ig.where(A > 0, A, ig.ones(4)), ValueError, r"where.*\(2, 3\).*\(4,\)"),
    "matmul": (lambda: A @ A, ValueError, r"matmul.*\(2, 3\).*\(2, 3\)"),
    "matmul_of_a_scalar": (lambda: A @ ig.array(1.0), ValueError, r"matmul.*\(\)"),
    "matmul_of_batches": (lambda: ig.ones((2, 3, 4)) @ ig.ones((5, 4, 3)), ValueError, r"\(2, 3, 4\).*\(5, 4, 3\)"),
    "axis": (lambda: A.sum(axis=2), IndexError, r"sum.*2.*\(2, 3\)"),
    "axis_negative": (lambda: ig.softmax(A, axis=-3), IndexError, r"softmax.*-3"),
    "axis_twice": (lambda: A.sum(axis=(0, -2)), ValueError, r"(?i)axis|axes"),
    "axis_that_is_no_integer": (lambda: A.sum(axis=0.5), TypeError, r"(?i)float|axis"),
    "reshape": (lambda: A.reshape(4, 2), ValueError, r"reshape.*\(2, 3\).*\(4, 2\)"),
    "reshape_two_unknown": (lambda: A.reshape(-1, -1), ValueError, r"-1"),
    "reshape_indivisible": (lambda: A.reshape(4, -1), ValueError, r"\(2, 3\)"),
    "reshape_negative": (lambda: A.reshape(-2, -3), ValueError, r"-2"),
    "transpose_not_a_permutation": (lambda: ig.transpose(A, (0, 0)), ValueError, r"\(0, 0\)"),
    "transpose_too_few": (lambda: ig.transpose(A, (0,)), ValueError, r"\(0,\)|2"),
    "broadcast_to": (lambda: ig.broadcast_to(A, (2, 4)), ValueError, r"\(2, 3\).*\(2, 4\)"),
    "squeeze": (lambda: ig.squeeze(A, axis=0), ValueError, r"squeeze.*\(2, 3\)"),
    "concatenate_nothing": (lambda: ig.concatenate([]), ValueError, r"concatenate"),
    "concatenate_shapes": (lambda: ig.concatenate([A, ig.zeros((2, 4))], axis=0), ValueError, r"\(2, 3\).*\(2, 4\)"),
    "stack_shapes": (lambda: ig.stack([A, B]), ValueError, r"\(2, 3\).*\(3, 3\)"),
    "split": (lambda: ig.split(A, 2, axis=1), ValueError, r"3.*2|2.*3"),
    "index": (lambda: A[2], IndexError, r"2.*\(2, 3\)|2.*0"),
    "max_of_nothing": (lambda: ig.zeros((0, 3)).max(axis=0), ValueError, r"max.*\(0, 3\)|empty"),
    "argmax_of_nothing": (lambda: ig.argmax(ig.zeros(0)), ValueError, r"argmax"),
    "item_of_many": (lambda: A.item(), ValueError, r"\(2, 3\)|6"),
    "bits_of_floats": (lambda: A & A, TypeError, r"bitwise_and.*float32"),
    "shift_of_floats": (lambda: ig.bitwise_left_shift(A, A), TypeError, r"bitwise_left_shift.*float32"),
    "order_of_complex": (lambda: ig.array([1j]) < ig.array([2j]), TypeError, r"less.*complex64"),
    "floor_of_complex": (lambda: ig.floor(ig.array([1j])), TypeError, r"floor.*complex64"),
    "gamma_of_string": (lambda: ig.sin("text"), TypeError, r"str"),
    "add_none": (lambda: A + None, TypeError, r"NoneType"),
    "add_list": (lambda: ig.add(A, object()), TypeError, r"object"),
    "integer_to_negative_power": (lambda: (INTS**-1).tolist(), ValueError, r"(?i)negative|float"),
    "unknown_dtype": (lambda: ig.zeros(2, dtype="float31"), TypeError, r"float31"),
    "dtype_that_is_none_of_ours": (lambda: ig.zeros(2).astype(object), TypeError, r"object"),
    "negative_length": (lambda: ig.zeros((-1, 2)), ValueError, r"-1"),
    "length_that_overflows": (
        lambda: ig.zeros((2**40, 2**40)),
        (ValueError, MemoryError),
        r"1099511627776|overflow|large",
    ),
    "float_length": (lambda: ig.zeros(2.5), TypeError, r"2\.5"),
    "arange_step": (lambda: ig.arange(0, 5, 0), ValueError, r"step"),
    "arange_infinite": (lambda: ig.arange(0, float("inf")), ValueError, r"inf|finite"),
    "linspace_count": (lambda: ig.linspace(0, 1, -1), ValueError, r"-1"),
    "unknown_device": (lambda: ig.device("tpu"), ValueError, r"tpu.*cpu|cpu.*tpu"),
    "backward_without_requires_grad": (lambda: A.sum().backward(), RuntimeError, r"requires_grad"),
    "requires_grad_of_integers": (lambda: INTS.requires_grad_(), TypeError, r"int32"),
    "unknown_keyword": (lambda: A.sum(axes=1), TypeError, r"axes"),
    "linear_width": (lambda: nn.Linear(4, 2)(A), ValueError, r"\(2, 3\).*4|4.*\(2, 3\)"),
    "linear_negative": (lambda: nn.Linear(-1, 2), ValueError, r"-1"),
    "unknown_parameter": (lambda: nn.Linear(1, 1).load_state_dict({"wieght": A}), (KeyError, RuntimeError), r"wieght"),
    "optimizer_without_parameters": (lambda: optim.Adam([]), ValueError, r"param"),
    "len_of_scalar": (lambda: len(ig.array(1.0)), TypeError, r"0-d"),
}


@pytest.mark.parametrize(("call", "error", "message"), CASES.values(), ids=CASES.keys())
def test_raises(call, error, message: str) -> None:
    with pytest.raises(error, match=f"(?s){message}"):
        call()


def test_errors_are_of_our_own_types_and_of_pythons() -> None:
    for ours, python in {
        "ShapeError": ValueError,
        "GradError": RuntimeError,
        "TraceError": RuntimeError,
        "DeviceError": RuntimeError,
        "FileError": OSError,
    }.items():
        assert issubclass(getattr(ig, ours), python), ours
    with pytest.raises(ig.ShapeError):
        A + B
    with pytest.raises(ig.GradError):
        A.sum().backward()


def test_device_that_is_not_here_says_what_is() -> None:
    gpu = ig.device("mps")
    assert gpu == ig.device("metal") == ig.device("gpu")
    if ig.is_available(gpu):
        pytest.skip("there is a Metal device")
    with pytest.raises(RuntimeError, match="cpu"):
        A.to(gpu)


def test_division_by_zero_of_integers_ends_no_process() -> None:
    zero = ig.zeros(3, dtype=ig.int32)
    for operation in (ig.floor_divide, ig.remainder):
        for dtype in (ig.int8, ig.int32, ig.int64, ig.uint8, ig.uint64):
            operation(INTS.astype(dtype), zero.astype(dtype)).tolist()
    lowest = ig.array(np.array([-(2**31)], dtype=np.int32))
    for operation in (ig.floor_divide, ig.remainder):
        operation(lowest, ig.array(np.array([-1], dtype=np.int32))).tolist()


def test_shifts_and_casts_beyond_the_range_end_no_process() -> None:
    for shift in (-1, 31, 32, 64, 1000):
        ig.bitwise_left_shift(INTS, ig.array([shift])).tolist()
        ig.bitwise_right_shift(INTS, ig.array([shift])).tolist()
    wild = ig.array([float("nan"), float("inf"), -float("inf"), 1e30])
    for dtype in (ig.int8, ig.int32, ig.int64, ig.uint8, ig.uint64, ig.bool_):
        wild.astype(dtype).tolist()


@pytest.mark.parametrize(
    "make",
    [
        lambda: ig.zeros(2**62) + ig.ones(1),
        lambda: ig.pad(ig.ones(3), ((0, 2**62 - 3),)),
        lambda: ig.broadcast_to(ig.ones(1), (2**61,)) * 2.0,
        lambda: ig.cumsum(ig.broadcast_to(ig.ones(1), (2**60,)), axis=0) + ig.cumsum(ig.zeros(2**60), axis=0),
        lambda: ig.hann_window(2**62),
        lambda: ig.linspace(0, 1, 2**61),
        lambda: ig.arange(2**60),
        lambda: ig.eye(2**31, 2**30),
        lambda: ig.tril_indices(2**30, 2**30),
        lambda: ig.tri(2**60, 2),
    ],
)
def test_more_than_memory_holds_is_a_memory_error(make) -> None:
    with pytest.raises(MemoryError, match="bytes"):
        make().numpy()
    assert (ig.ones(3) + 1).tolist() == [2, 2, 2]


def test_empty_arrays_take_paths_without_nan() -> None:
    empty = ig.zeros((0, 3))
    assert empty.sum(axis=0).tolist() == [0, 0, 0]
    assert ig.prod(empty).item() == 1
    assert (empty @ ig.ones((3, 2))).shape == (0, 2)
    assert (ig.ones((2, 0)) @ ig.ones((0, 2))).tolist() == [[0, 0], [0, 0]]
    assert ig.softmax(empty, axis=1).shape == (0, 3)
    assert np.isnan(ig.mean(ig.zeros(0)).item())
    assert ig.all(ig.zeros(0)).item() is True
    assert ig.concatenate([empty, ig.ones((2, 3))]).shape == (2, 3)
    assert str(ig.zeros(0)) == "[]"


def test_message_of_a_python_layer_names_no_cpp() -> None:
    for call, error, _ in CASES.values():
        with pytest.raises(error) as caught:
            call()
        text = str(caught.value)
        assert text.strip()
        assert "std::" not in text
        assert "pybind11" not in text


# ---- a few hundred random calls ----

ODD_VALUES = [
    None,
    0,
    -1,
    2**31,
    2**63,
    -(2**63),
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    1j,
    True,
    "text",
    "",
    b"bytes",
    [],
    [1, 2],
    [[1], [2, 3]],
    (),
    (0, 0),
    (-1,),
    {},
    {"a": 1},
    object(),
    slice(None),
    Ellipsis,
    ig.array(1.0),
    ig.zeros((0, 3)),
    ig.ones((2, 3)),
    ig.array([1, 2], dtype=ig.int8),
    ig.array([True, False]),
    ig.array([1j]),
    ig.float32,
    np.zeros(3),
    np.array("text"),
    lambda x: x,
]
#: Functions that would wait, write files or change the process for the tests that follow.
LEFT_ALONE = {
    *("save", "load", "seed", "manual_seed", "set_num_threads", "set_pending_limit", "set_default_dtype"),
    "set_printoptions",
}
FUNCTIONS = sorted(
    name
    for name in dir(ig.core)
    if not name.startswith("_")
    and callable(getattr(ig.core, name))
    and not inspect.ismodule(getattr(ig.core, name))
    and name not in LEFT_ALONE
)


def consume(result) -> None:
    """Evaluates whatever a call gave, if it is small enough to look at."""
    for item in result if isinstance(result, (list, tuple)) else [result]:
        if isinstance(item, ig.array) and item.size < 1_000_000:
            item.tolist()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_odd_arguments_give_python_exceptions(name: str) -> None:
    function = getattr(ig.core, name)
    limit = ig.memory.set_limit(ig.memory.active() + (64 << 20))
    rng = np.random.default_rng(sum(map(ord, name)))
    calls = [(value,) for value in ODD_VALUES]
    pairs = list(itertools.product(range(len(ODD_VALUES)), repeat=2))
    calls += [(ODD_VALUES[i], ODD_VALUES[j]) for i, j in (pairs[k] for k in rng.integers(0, len(pairs), 60))]
    calls += [tuple(ODD_VALUES[k] for k in rng.integers(0, len(ODD_VALUES), 3)) for _ in range(40)]
    for arguments in calls:
        with contextlib.suppress(Exception):
            consume(function(*arguments))
    ig.memory.set_limit(limit)
    assert (ig.ones(3) + 1).tolist() == [2, 2, 2]


METHODS = sorted(
    name
    for name in dir(ig.array)
    if callable(getattr(ig.array, name))
    and name not in ("__class__", "__init_subclass__", "__subclasshook__", "__new__")
)


@pytest.mark.parametrize("name", METHODS)
def test_odd_arguments_to_methods_give_python_exceptions(name: str) -> None:
    for make in (lambda: ig.ones((2, 3)), lambda: ig.array(1.0, requires_grad=True), lambda: ig.array([1, 2])):
        for arguments in [(), *[(value,) for value in ODD_VALUES], *itertools.product(ODD_VALUES[::5], repeat=2)]:
            with contextlib.suppress(Exception):
                consume(getattr(make(), name)(*arguments))
    assert ig.is_grad_enabled()
    assert (ig.ones(3) + 1).tolist() == [2, 2, 2]
