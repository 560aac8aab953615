"""Philox4x32-10 in NumPy, from its definition: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011)."""

from __future__ import annotations

import numpy as np

MULTIPLIERS = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
WEYL = (0x9E3779B9, 0xBB67AE85)
LOW = np.uint64(0xFFFFFFFF)


def philox(counters: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Ten rounds on each row of `counters` (n, 4); the result has the same shape."""
    c = [counters[:, i].astype(np.uint64) for i in range(4)]
    k = list(key)
    for _ in range(10):
        first, second = MULTIPLIERS[0] * c[0], MULTIPLIERS[1] * c[2]
        c = [
            (second >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]),
            second & LOW,
            (first >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]),
            first & LOW,
        ]
        k = [(k[0] + WEYL[0]) & 0xFFFFFFFF, (k[1] + WEYL[1]) & 0xFFFFFFFF]
    return np.stack(c, axis=1).astype(np.uint32)


WORDS, KEYS, SAMPLES = 0, 1, 2  # the last word of the counter tells what the block is drawn for


def random_words(key: np.ndarray, count: int, stream: int = WORDS) -> np.ndarray:
    """The first words of a stream: four from each value of the counter."""
    counters = np.zeros((-(-count // 4), 4), dtype=np.uint64)
    counters[:, 0] = np.arange(len(counters))
    counters[:, 3] = stream
    return philox(counters, (int(key[0]), int(key[1]))).reshape(-1)[:count]


def random_integers(key: np.ndarray, count: int, low: int, high: int) -> np.ndarray:
    """`count` integers in [low, high): the upper half of a random 64-bit number times the range."""
    words = random_words(key, 2 * count).astype(object)
    return np.array(
        [low + (((b << 32 | a) * (high - low)) >> 64) for a, b in zip(words[::2], words[1::2], strict=True)]
    )


def random_permutation(key: np.ndarray, length: int) -> np.ndarray:
    """Fisher and Yates' shuffle, from the end."""
    words = random_words(key, 2 * max(length - 1, 0)).astype(object)
    order = np.arange(length)
    for i in range(length - 1):
        last = length - 1 - i
        other = ((words[2 * i + 1] << 32 | words[2 * i]) * (last + 1)) >> 64
        order[[last, other]] = order[[other, last]]
    return order


def split_keys(key: np.ndarray, count: int) -> np.ndarray:
    """`count` new keys: the first two words of as many blocks of a stream of their own."""
    return random_words(key, 4 * count, KEYS).reshape(count, 4)[:, :2]


def sample_units(key: np.ndarray, count: int) -> np.ndarray:
    """The first number in (0, 1) that belongs to each of `count` elements of a sample: the first half of a block."""
    words = random_words(key, 4 * count, SAMPLES).reshape(count, 4).astype(np.uint64)
    return (((words[:, 1] << np.uint64(32) | words[:, 0]) >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def random_geometric(key: np.ndarray, count: int, p: float) -> np.ndarray:
    """Trials up to the first success, by inversion."""
    return np.floor(np.log(sample_units(key, count)) / np.log1p(-p)) + 1


def random_choices(key: np.ndarray, count: int, weights: list[float]) -> np.ndarray:
    """Places among weights, by inversion."""
    sums = np.cumsum(weights)
    return np.searchsorted(sums, sample_units(key, count) * sums[-1], side="right")
