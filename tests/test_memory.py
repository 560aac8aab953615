"""`ingot.memory`: figures that follow the arrays, limits that hold, no leaks where cycles and errors occur."""

from __future__ import annotations

import gc

import pytest

import ingot as ig

MEGABYTE = 1 << 20


def test_active_follows_the_arrays() -> None:
    gc.collect()
    ig.eval(ig.zeros(2) + 1)  # with it goes what waited for an evaluation
    before = ig.memory.active()
    x = ig.ones(MEGABYTE) + 1
    ig.eval(x)
    assert ig.memory.active() - before >= 4 * MEGABYTE
    del x
    gc.collect()
    assert ig.memory.active() - before < 4096  # a few numbers are kept for the next time


def test_peak_and_its_reset() -> None:
    x = ig.ones(4 * MEGABYTE) + 1
    ig.eval(x)
    peak = ig.memory.peak()
    assert peak >= ig.memory.active() >= 16 * MEGABYTE
    del x
    gc.collect()
    assert ig.memory.peak() == peak
    ig.memory.reset_peak()
    assert ig.memory.peak() < peak


def test_zeros_take_the_memory_of_one_element() -> None:
    before = ig.memory.active()
    x = ig.zeros((1 << 20, 1 << 16))
    ig.eval(x)
    assert ig.memory.active() - before < MEGABYTE
    assert x[123456, 789].item() == 0


def test_cache_keeps_and_gives_back() -> None:
    ig.memory.clear_cache()
    x = ig.ones(MEGABYTE) + 1
    ig.eval(x)
    del x
    gc.collect()
    assert ig.memory.cached() >= 4 * MEGABYTE
    ig.memory.clear_cache()
    assert ig.memory.cached() == 0


def test_cache_limit() -> None:
    old = ig.memory.set_cache_limit(0)
    try:
        x = ig.ones(MEGABYTE) + 1
        ig.eval(x)
        del x
        gc.collect()
        assert ig.memory.cached() == 0
    finally:
        ig.memory.set_cache_limit(old)


def test_more_than_the_machine_has_is_refused_at_once() -> None:
    with pytest.raises(MemoryError, match="set_limit"):
        (ig.rand(2**13) + ig.ones((2**31, 1))).numpy()


def test_limit_raises_memory_error_and_the_process_goes_on() -> None:
    old = ig.memory.set_limit(ig.memory.active() + 8 * MEGABYTE)
    try:
        with pytest.raises(MemoryError):
            ig.eval(ig.ones(16 * MEGABYTE) + 1)
        ig.eval(ig.ones(1000) + 1)
    finally:
        ig.memory.set_limit(old)
    ig.eval(ig.ones(16 * MEGABYTE) + 1)


def test_absurd_sizes_raise() -> None:
    with pytest.raises((MemoryError, ValueError)):
        ig.eval(ig.ones((1 << 40,)) + ig.ones((1 << 40,)))
    with pytest.raises((MemoryError, ValueError)):
        ig.zeros((1 << 40, 1 << 40))
    with pytest.raises(MemoryError):
        ig.eval(ig.fft.rfftfreq(1 << 50))
