"""Memory seen as another dtype: parts of complex numbers, pairs, and the bytes of any number."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig


def shares(x: Any, y: Any) -> bool:
    return np.shares_memory(np.asarray(x), np.asarray(y))


def complex_array(*shape: int, dtype: str = "complex64") -> np.ndarray:
    numbers = np.arange(1, 2 * np.prod(shape) + 1).reshape(*shape, 2)
    return (numbers[..., 0] - 1j * numbers[..., 1]).astype(dtype)


VIEWS: list[Callable[[Any], Any]] = [
    lambda z: z.real,
    lambda z: z.imag,
    lambda z: z.T.imag,
    lambda z: z.imag.T[1:, ::-1],
    lambda z: z[1:, ::2].real,
    lambda z: z.real[0],
    lambda z: z[:0].imag,
    lambda z: z[2, 1].imag,
]


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("view", VIEWS)
def test_parts_of_what_is_in_memory_are_windows(view: Callable[[Any], Any], dtype: str) -> None:
    value = complex_array(3, 4, dtype=dtype)
    z = ig.array(value)
    part, want = view(z), view(value)
    np.testing.assert_array_equal(numpy_of(part), want)
    assert np.asarray(part).dtype == want.dtype
    assert want.size == 0 or shares(part, z)
    np.testing.assert_array_equal(np.from_dlpack(part), want)
    np.testing.assert_array_equal(numpy_of(part * 2), want * 2)


def test_parts_of_what_is_computed_beside_them_are_windows_and_fuse() -> None:
    value = complex_array(5)
    z = ig.array(value) * 2
    part = z.imag
    more = part + 1
    assert ig.core.describe_plan([z, part, more]).count("step") == 1
    ig.eval(z, part, more)
    assert shares(part, z)
    np.testing.assert_array_equal(numpy_of(more), value.imag * 2 + 1)
    alone = (ig.array(value) * 2).imag
    np.testing.assert_array_equal(numpy_of(alone), value.imag * 2)
    assert np.asarray(alone).strides == (4,)


def test_parts_of_one_number_are_not_the_number() -> None:
    for z in (ig.array(3 + 4j), ig.array([3 + 4j])):
        twice = z * 2
        real, imag = twice.real, twice.imag
        results = (twice, real, imag, real * imag, ig.view_as_real(twice) + 0)
        ig.eval(*results)
        assert [np.ravel(np.asarray(x)).tolist() for x in results] == [[6 + 8j], [6], [8], [48], [6, 8]]
        assert (z.real + z.imag).sum().item() == 7


def test_an_update_in_place_leaves_parts_as_they_were() -> None:
    z = ig.array(complex_array(4))
    part = z.real
    ig.eval(part)
    z += 1
    z[0] = 0
    ig.eval(z)
    assert part.tolist() == [1, 3, 5, 7]


def test_parts_of_arguments_of_jit() -> None:
    function = ig.jit(lambda z: (z.real, z.imag.sum(), z.real * 2))
    value = complex_array(3, 4)
    z = ig.array(value)
    for argument, want in [(z, value), (z[1:], value[1:]), (z.T, value.T), (z[1:], value[1:])]:
        part, total, twice = function(argument)
        np.testing.assert_array_equal(numpy_of(part), want.real)
        assert shares(part, z) or argument.shape == (4, 3)  # jit packs what is transposed
        assert total.item() == want.imag.sum()
        np.testing.assert_array_equal(numpy_of(twice), want.real * 2)


def test_windows_are_copied_and_saved_by_their_own_elements(tmp_path: Any) -> None:
    value = complex_array(2, 3)
    part = ig.array(value).imag
    ig.eval(part)
    ig.save({"part": part}, tmp_path / "part.safetensors")
    for again in (
        pickle.loads(pickle.dumps(part)),
        copy.deepcopy(part),
        ig.load(tmp_path / "part.safetensors")["part"],
        ig.from_dlpack(np.from_dlpack(part)),
    ):
        np.testing.assert_array_equal(numpy_of(again), value.imag)


def test_pairs_share_memory() -> None:
    value = complex_array(3, 4)
    z = ig.array(value)
    for x, want in [(z, value), (z.T, value.T), (z[1:, ::2], value[1:, ::2]), (z[:, ::-1], value[:, ::-1])]:
        pairs = ig.view_as_real(x)
        np.testing.assert_array_equal(numpy_of(pairs), np.stack([want.real, want.imag], -1))
        assert shares(pairs, z)
        assert shares(ig.view_as_complex(pairs), z)
    pair = ig.view_as_real(ig.array(1 + 2j))
    assert pair.tolist() == [1, 2]
    assert ig.view_as_complex(pair).item() == 1 + 2j


def test_pairs_that_begin_between_elements() -> None:
    value = np.arange(13, dtype="float32")
    x = ig.array(value)
    function = ig.jit(lambda x: (ig.view_as_complex(x.reshape(-1, 2)), ig.view_as_complex(x.reshape(-1, 2)) + 1))
    for start in (0, 1):
        part = x[start : start + 12]
        want = value[start : start + 12].view("complex64")
        np.testing.assert_array_equal(numpy_of(ig.view_as_complex(part.reshape(6, 2))), want)
        ig.eval(part)
        pairs, more = function(part)
        assert shares(pairs, x)
        np.testing.assert_array_equal(numpy_of(pairs), want)
        np.testing.assert_array_equal(numpy_of(more), want + 1)
        np.testing.assert_array_equal(numpy_of(pairs.real * 2), want.real * 2)
    columns = ig.array(value[:12].reshape(2, 6)).T
    np.testing.assert_array_equal(numpy_of(ig.view_as_complex(columns)), value[:6] + 1j * value[6:12])


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float16", "int32", "float32", "int64", "float64", "complex64"])
def test_bytes_as_any_dtype(dtype: str) -> None:
    value = np.arange(1, 17, dtype="int32").reshape(2, 8)
    for x, want in [(ig.array(value), value), (ig.array(value.T.copy()).T, value)]:
        seen = x.view(getattr(ig, dtype))
        assert np.asarray(seen).tobytes() == want.view(dtype).tobytes()
        assert seen.shape == want.view(dtype).shape
        assert np.asarray(ig.view(seen, ig.int32)).tolist() == value.tolist()
    assert shares(ig.array(value).view(dtype), ig.array(value)) is False
    x = ig.array(value)
    assert shares(x.view(dtype), x)
    assert shares(x[1:].view(dtype=dtype), x)
    for empty in (np.zeros(shape, "int32") for shape in [(0, 8), (0, 3, 8), (3, 5, 0)]):
        for x in (ig.array(empty), ig.array(empty) + 1):
            assert numpy_of(x.view(dtype)).shape == empty.view(dtype).shape


def test_bytes_of_halves_are_copied_as_they_are() -> None:
    bits = np.array([[0x7D01, 0x7F81, 1], [0xFD02, 0xFF82, 0x8001]], "uint16")
    for dtype in (ig.float16, ig.bfloat16):
        halves = ig.array(bits).view(dtype).T
        assert np.asarray(halves.view(ig.int32)).tolist() == bits.T.copy().view("int32").tolist()
    assert not ig.ones(4, dtype=ig.float16).requires_grad_().view(ig.float32).requires_grad


def test_view_takes_a_shape_or_a_dtype() -> None:
    x = ig.arange(6.0)
    assert x.view(2, 3).shape == x.view((2, 3)).shape == x.view([2, -1]).shape == (2, 3)
    assert x.view(6).shape == (6,)
    assert x.view(np.int32).dtype == x.view("int32").dtype == x.view(dtype=ig.int32).dtype == ig.int32
    assert ig.array(1.0).view(ig.int32).item() == 0x3F800000
    for wrong in (ig.ones(3), ig.array(1.0)):
        with pytest.raises(ig.ShapeError, match="last axis of a multiple of 8 bytes"):
            wrong.view(ig.float64)
    with pytest.raises(TypeError, match="bool"):
        ig.ones(3, dtype=ig.uint8).view(ig.bool)
    with pytest.raises(TypeError, match="a shape or a dtype, got both"):
        x.view(2, 3, dtype=ig.int32)


def test_gradients_stop_where_bytes_are_not_numbers() -> None:
    x = ig.ones(3).requires_grad_()
    assert not x.view(ig.int32).requires_grad
    assert not x.view(ig.float16).requires_grad
    _, tangent = ig.jvp(lambda x: x.view(ig.float16), (ig.ones(3),), (ig.ones(3),))
    assert not np.asarray(tangent).any()
    mapped = ig.vmap(lambda x: x.view(ig.int32))(ig.ones(3))
    assert mapped.tolist() == [0x3F800000] * 3
