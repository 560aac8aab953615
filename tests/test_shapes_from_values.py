"""What needs no values is recorded without them; what does says what to do instead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig

X = ig.array(np.random.default_rng(0).normal(size=(4, 6)).astype(np.float32))
COUNTS = ig.array([1, 2, 0, 3])

RECORDED: dict[str, Callable] = {
    "quantile of a number": lambda x: ig.quantile(x, 0.3, axis=1),
    "quantile of a list": lambda x: ig.quantile(x, [0.3, 0.5]),
    "quantile of numpy": lambda x: ig.quantile(x, np.array([0.3, 0.5]), axis=0),
    "quantile of an array": lambda x: ig.quantile(x, ig.array([0.25, 0.5]), axis=1),
    "nanquantile": lambda x: ig.nanquantile(x, [0.3], axis=1),
    "percentile": lambda x: ig.percentile(x, [30, 40]),
    "nanpercentile": lambda x: ig.nanpercentile(x, 30),
    "median": lambda x: ig.median(x, axis=1),
    "repeat": lambda x: ig.repeat(x, [1, 2, 0, 1], axis=0),
    "repeat of numpy": lambda x: ig.repeat(x, np.array([2, 0, 1, 1]), axis=0),
    "repeat_interleave": lambda x: ig.repeat_interleave(x, COUNTS, 0, output_size=6),
    "repeat_interleave of all": lambda x: ig.repeat_interleave(x, ig.array([2]), output_size=48),
}


@pytest.mark.parametrize("name", RECORDED)
def test_recorded(name: str) -> None:
    f = RECORDED[name]
    want = numpy_of(f(X))
    np.testing.assert_allclose(numpy_of(ig.jit(f)(X)), want, rtol=1e-6)
    np.testing.assert_allclose(numpy_of(ig.vmap(f)(ig.stack([X, X * 2]))), [want, numpy_of(f(X * 2))], rtol=1e-6)
    gradient = ig.grad(lambda x: f(x).sum())
    np.testing.assert_allclose(numpy_of(ig.jit(gradient)(X)), numpy_of(gradient(X)), rtol=1e-6)


def test_recorded_numbers_are_still_checked() -> None:
    for q in (1.5, [0.5, -0.1]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            ig.jit(lambda x, q=q: ig.quantile(x, q))(X)
    assert np.isnan(ig.jit(lambda x: ig.quantile(x, ig.array(1.5)))(X).item())


def test_recorded_quantiles_follow_their_array() -> None:
    q = ig.array(0.0)
    f = ig.jit(lambda x: ig.quantile(x, q))
    assert f(X).item() == X.min().item()
    q[...] = 1.0
    assert f(X).item() == X.max().item()


@pytest.mark.parametrize("counts", [[1, 2, 3, 4], [1, 1, 1, 1], [-1, 3, 2, 2]])
def test_a_wrong_output_size_is_an_error(counts: list[int]) -> None:
    with pytest.raises(IndexError):
        ig.eval(ig.repeat_interleave(X, ig.array(counts), 0, output_size=6))


ASKING: dict[str, tuple[Callable, str]] = {
    "nonzero": (ig.nonzero, r"where\(mask, x, other\)"),
    "argwhere": (ig.argwhere, r"where\(mask"),
    "boolean index": (lambda x: x[x > 0], r"where\(mask"),
    "masked_select": (lambda x: ig.masked_select(x, x > 0), r"where\(mask"),
    "compress": (lambda x: ig.compress(x[:, 0] > 0, x, axis=0), r"where\(mask"),
    "masked_scatter": (lambda x: ig.masked_scatter(x, x > 0, x), r"where\(mask, y, x\)"),
    "unique": (ig.unique, r"unique: .*sort"),
    "unique_counts": (ig.unique_counts, r"unique: .*sort"),
    "union1d": (lambda x: ig.union1d(x[0], x[1]), r"unique: "),
    "bincount": (lambda x: ig.bincount((x[0] > 0).astype(ig.int32)), r"at\[x\]\.add"),
    "one_hot": (lambda x: ig.one_hot((x > 0).astype(ig.int32)), r"number of classes .*give it"),
    "repeat": (lambda x: ig.repeat(x, (x[:, 0] > 0).astype(ig.int32), axis=0), r"output_size"),
}


@pytest.mark.parametrize("name", ASKING)
def test_asking(name: str) -> None:
    f, message = ASKING[name]
    f(X)
    with pytest.raises(ig.TraceError, match=message):
        ig.jit(f)(X)
    with pytest.raises(ig.TraceError, match=message):
        ig.vmap(f)(ig.stack([X, X]))
