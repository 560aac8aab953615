"""Random numbers: the right generator, the right distributions, and the same numbers for the same key."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of, run_python
from philox import philox, random_words

import ingot as ig

N = 200_000


# ---- the generator ----

#: From the known-answer tests published with the paper: counter, key, result.
KNOWN = [
    ([0, 0, 0, 0], (0, 0), [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, (0xFFFFFFFF, 0xFFFFFFFF), [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        (0xA4093822, 0x299F31D0),
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


@pytest.mark.parametrize(("counter", "key", "want"), KNOWN)
def test_our_reference_gives_the_published_answers(counter, key, want) -> None:
    assert philox(np.array([counter], dtype=np.uint64), key)[0].tolist() == want


@pytest.mark.parametrize("key", [(0, 0), (1, 2), (0xA4093822, 0x299F31D0)])
@pytest.mark.parametrize("count", [1, 4, 7, 1000])
def test_bits_are_philox_of_a_counter(key, count) -> None:
    want = random_words(np.array(key), count)
    got = ig.random.bits((count,), key=ig.array(np.array(key, dtype=np.uint32)))
    assert got.dtype == ig.uint32
    np.testing.assert_array_equal(numpy_of(got), want)


# ---- determinism ----

DRAWS = {
    "uniform": lambda key=None: ig.random.uniform((100,), key=key),
    "normal": lambda key=None: ig.random.normal((100,), key=key),
    "randint": lambda key=None: ig.random.randint((100,), 0, 1000, key=key),
    "bernoulli": lambda key=None: ig.random.bernoulli(0.5, (100,), key=key),
    "permutation": lambda key=None: ig.random.permutation(100, key=key),
}


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS.keys())
def test_same_seed_same_numbers(draw) -> None:
    ig.random.seed(11)
    first = [numpy_of(draw()) for _ in range(3)]
    ig.random.seed(11)
    np.testing.assert_array_equal(first, [numpy_of(draw()) for _ in range(3)])
    assert not np.array_equal(first[0], first[1])
    ig.random.seed(12)
    assert not np.array_equal(first[0], numpy_of(draw()))


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS.keys())
def test_a_key_decides_alone(draw) -> None:
    key = ig.random.key(3)
    a = numpy_of(draw(key))
    ig.random.uniform((5,))
    np.testing.assert_array_equal(a, numpy_of(draw(key)))
    other, another = ig.random.split(key)
    assert not np.array_equal(numpy_of(draw(other)), numpy_of(draw(another)))
    assert not np.array_equal(a, numpy_of(draw(other)))


def test_drawing_by_key_leaves_the_global_state_alone() -> None:
    ig.random.seed(1)
    a = numpy_of(ig.random.uniform((3,)))
    ig.random.seed(1)
    ig.random.normal((3,), key=ig.random.key(9)).tolist()
    np.testing.assert_array_equal(a, numpy_of(ig.random.uniform((3,))))


def test_splitting() -> None:
    keys = ig.random.split(ig.random.key(0), 5)
    assert keys.shape == (5, 2)
    assert len(np.unique(numpy_of(keys), axis=0)) == 5


def test_numbers_do_not_depend_on_when_they_are_evaluated() -> None:
    ig.random.seed(2)
    a, b = ig.random.uniform((4,)), ig.random.uniform((4,))
    late = [numpy_of(b), numpy_of(a)]
    ig.random.seed(2)
    np.testing.assert_array_equal(late[1], numpy_of(ig.random.uniform((4,))))
    np.testing.assert_array_equal(late[0], numpy_of(ig.random.uniform((4,))))


def test_another_process_draws_the_same() -> None:
    code = "import ingot as ig; ig.random.seed(4); print(ig.random.normal((8,)).tolist())"
    ig.random.seed(4)
    here = ig.random.normal((8,)).tolist()
    for threads in ("1", "2"):
        assert run_python(code, env={"INGOT_NUM_THREADS": threads}).stdout.strip() == str(here)


def test_unseeded_processes_differ() -> None:
    code = "import ingot as ig; print(ig.random.uniform((4,)).tolist())"
    assert run_python(code).stdout != run_python(code).stdout


# ---- distributions ----


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_uniform(dtype: str) -> None:
    x = numpy_of(ig.random.uniform((N,), -1.0, 3.0, dtype=getattr(ig, dtype))).astype(np.float64)
    assert x.min() >= -1
    assert x.max() < 3
    assert x.mean() == pytest.approx(1, abs=0.03)
    assert x.var() == pytest.approx(16 / 12, rel=0.03)
    counts = np.histogram(x, bins=20, range=(-1, 3))[0]
    assert abs(counts - N / 20).max() < 6 * np.sqrt(N / 20) + (N / 100 if "16" in dtype else 0)


def test_uniform_never_reaches_its_upper_bound() -> None:
    assert numpy_of(ig.random.uniform((2_000_000,))).max() < 1
    assert numpy_of(ig.random.uniform((200_000,), dtype=ig.float16)).max() < 1


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_normal(dtype: str) -> None:
    x = numpy_of(ig.random.normal((N,), 2.0, 3.0, dtype=getattr(ig, dtype))).astype(np.float64)
    z = (x - 2) / 3
    assert np.isfinite(z).all()
    assert z.mean() == pytest.approx(0, abs=0.02)
    assert z.std() == pytest.approx(1, abs=0.02)
    assert (z**3).mean() == pytest.approx(0, abs=0.05)
    assert (z**4).mean() == pytest.approx(3, abs=0.15)
    assert (np.abs(z) < 1).mean() == pytest.approx(0.6827, abs=0.01)


def test_neighbouring_numbers_are_independent() -> None:
    x = numpy_of(ig.random.normal((N,))).astype(np.float64)
    for lag in (1, 2, 3, 4):
        assert abs(np.mean(x[lag:] * x[:-lag])) < 5 / np.sqrt(N)


@pytest.mark.parametrize(
    ("low", "high", "dtype"), [(0, 10, "int32"), (-5, 5, "int8"), (0, 256, "uint8"), (-3, 2**40, "int64")]
)
def test_randint(low: int, high: int, dtype: str) -> None:
    x = numpy_of(ig.random.randint((N,), low, high, dtype=getattr(ig, dtype))).astype(np.float64)
    assert x.min() >= low
    assert x.max() < high
    assert x.mean() == pytest.approx((low + high - 1) / 2, rel=0.02, abs=0.05)
    if high - low <= 256:
        assert set(np.unique(x)) == set(range(low, high))


def test_bernoulli() -> None:
    x = ig.random.bernoulli(0.3, (N,))
    assert x.dtype == ig.bool_
    assert numpy_of(x).mean() == pytest.approx(0.3, abs=0.01)
    assert not numpy_of(ig.random.bernoulli(0.0, (1000,))).any()
    assert numpy_of(ig.random.bernoulli(1.0, (1000,))).all()


def test_bernoulli_of_an_array_of_probabilities() -> None:
    p = ig.array([0.0, 0.5, 1.0])
    x = numpy_of(ig.random.bernoulli(p, (N // 10, 3))).mean(axis=0)
    assert x[0] == 0
    assert x[1] == pytest.approx(0.5, abs=0.03)
    assert x[2] == 1


def test_permutation() -> None:
    x = numpy_of(ig.random.permutation(1000))
    assert sorted(x.tolist()) == list(range(1000))
    assert x.tolist() != list(range(1000))
    places = np.zeros((4, 4))
    for _ in range(2000):
        places[np.arange(4), numpy_of(ig.random.permutation(4))] += 1
    assert abs(places - 500).max() < 110


def test_permutation_of_an_array_keeps_its_rows() -> None:
    x = ig.array(np.arange(20).reshape(10, 2))
    y = numpy_of(ig.random.permutation(x))
    np.testing.assert_array_equal(y[:, 1], y[:, 0] + 1)
    assert sorted(y[:, 0].tolist()) == list(range(0, 20, 2))


def test_empty_and_scalar_shapes() -> None:
    assert ig.random.uniform((0, 3)).shape == (0, 3)
    assert ig.random.normal(()).shape == ()
    assert ig.random.permutation(0).shape == (0,)


def test_vmap_over_keys() -> None:
    keys = ig.random.split(ig.random.key(1), 3)
    got = ig.vmap(lambda k: ig.random.uniform((4,), key=k))(keys)
    want = np.stack([numpy_of(ig.random.uniform((4,), key=keys[i])) for i in range(3)])
    np.testing.assert_array_equal(numpy_of(got), want)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: ig.random.randint((3,), 5, 5), ValueError),
        (lambda: ig.random.uniform((3,), dtype=ig.int32), TypeError),
        (lambda: ig.random.normal((-1,)), ValueError),
        (lambda: ig.random.uniform((3,), key=ig.array([1.0, 2.0])), (TypeError, ValueError)),
        (lambda: ig.random.uniform((3,), key=ig.zeros(3, dtype=ig.uint32)), (TypeError, ValueError)),
        (lambda: ig.random.permutation(-1), ValueError),
        (lambda: ig.random.randint((3,), 0, 300, dtype=ig.uint8), ValueError),
    ],
)
def test_bad_arguments(call, error) -> None:
    with pytest.raises(error):
        call().tolist()
