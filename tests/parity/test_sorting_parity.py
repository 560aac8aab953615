"""Scans, sorts, searches and statistics beside PyTorch's: values, indices, gradients."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig

#: Calls that read the same in both libraries, of arrays (4, 6).
CALLS: dict[str, Callable] = {
    "cumsum": lambda m, x: m.cumsum(x, 1),
    "cumprod": lambda m, x: m.cumprod(x, 0),
    "cummax": lambda m, x: m.cummax(x, 1),
    "cummin": lambda m, x: m.cummin(x, 0),
    "logcumsumexp": lambda m, x: m.logcumsumexp(x, 1),
    "diff": lambda m, x: m.diff(x, n=2, dim=1),
    "sort": lambda m, x: m.sort(x, dim=1, descending=True, stable=True),
    "sort_method": lambda m, x: x.sort(0),
    "argsort": lambda m, x: m.argsort(x, dim=0, stable=True),
    "topk": lambda m, x: m.topk(x, 3),
    "topk_smallest": lambda m, x: x.topk(2, 0, False),
    "kthvalue": lambda m, x: m.kthvalue(x, 3, 1, True),
    "msort": lambda m, x: m.msort(x),
    "max": lambda m, x: m.max(x, 1),
    "min": lambda m, x: x.min(dim=0, keepdim=True),
    "max_all": lambda m, x: m.max(x),
    "max_two": lambda m, x: m.max(x, x * 0),
    "amax": lambda m, x: m.amax(x, (0, 1)),
    "aminmax": lambda m, x: m.aminmax(x, dim=1),
    "median": lambda m, x: m.median(x, 1),
    "median_all": lambda m, x: m.median(x),
    "nanmedian": lambda m, x: m.nanmedian(m.where(x > 1, m.nan, x), 1),
    "quantile": lambda m, x: m.quantile(x, 0.3, dim=1),
    "quantile_nearest": lambda m, x: m.quantile(x, 0.3, dim=0, keepdim=True, interpolation="nearest"),
    "nanquantile": lambda m, x: m.nanquantile(m.where(x > 1, m.nan, x), 0.6, dim=0),
    "nansum": lambda m, x: m.nansum(m.where(x > 1, m.nan, x), 1),
    "nanmean": lambda m, x: m.nanmean(m.where(x > 1, m.nan, x), 1),
    "var_mean": lambda m, x: m.var_mean(x, 1),
    "std_mean": lambda m, x: m.std_mean(x, dim=0, keepdim=True),
    "cov": lambda m, x: m.cov(x),
    "corrcoef": lambda m, x: m.corrcoef(x),
    "count_nonzero": lambda m, x: m.count_nonzero(x > 0, dim=1),
    "bucketize": lambda m, x: m.bucketize(x, m.linspace(-1, 1, 5)),
    "searchsorted": lambda m, x: m.searchsorted(m.sort(x, dim=1)[0], x * 0.5, right=True),
    "histc": lambda m, x: m.histc(x, 5, -1, 1),
    "unique": lambda m, x: m.unique(m.round(x.detach()), return_inverse=True, return_counts=True),
    "unique_consecutive": lambda m, x: m.unique_consecutive(m.round(x.detach())),
    "bincount": lambda m, x: m.bincount(m.abs(x * 3).to(m.int64).reshape(-1), minlength=4),
    "isin": lambda m, x: m.isin(m.round(x), m.linspace(0, 1, 2, dtype=m.float64)),
    "argwhere": lambda m, x: m.argwhere(x > 0),
}  # fmt: skip


def parts(result) -> list:
    return list(result) if isinstance(result, tuple) else [result]


@pytest.mark.parametrize("name", CALLS)
def test_values_and_gradients(name: str, rng: np.random.Generator) -> None:
    call = CALLS[name]
    for _ in range(5):
        value = rng.normal(size=(4, 6))
        a, b = leaf(value), torch.tensor(value, requires_grad=True)
        ours, theirs = parts(call(ig, a)), parts(call(torch, b))
        assert len(ours) == len(theirs)
        for y, z in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=1e-10, atol=1e-12, err_msg=name)
        if not theirs[0].requires_grad:
            continue
        weights = [rng.normal(size=tuple(z.shape)) for z in theirs]
        for total in (
            sum((y * ig.array(w)).sum() for y, w in zip(ours, weights, strict=True) if y.requires_grad),
            sum((z * torch.tensor(w)).sum() for z, w in zip(theirs, weights, strict=True) if z.requires_grad),
        ):
            total.backward()
        np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-8, atol=1e-10, err_msg=name)


def test_products_with_zeros(rng: np.random.Generator) -> None:
    for zeros in range(4):
        value = rng.normal(size=(3, 7))
        value[:, rng.permutation(7)[:zeros]] = 0
        a, b = leaf(value), torch.tensor(value, requires_grad=True)
        weights = rng.normal(size=(3, 7))
        (ig.cumprod(a, 1) * ig.array(weights)).sum().backward()
        (torch.cumprod(b, 1) * torch.tensor(weights)).sum().backward()
        np.testing.assert_allclose(numpy_of(a.grad), b.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_nan_order() -> None:
    value = np.array([1.0, np.nan, -1.0, np.inf, np.nan])
    for descending in (False, True):
        values, indices = ig.sort(ig.array(value), dim=0, descending=descending)
        want, order = torch.sort(torch.tensor(value), dim=0, descending=descending, stable=True)
        np.testing.assert_array_equal(numpy_of(values), want.numpy())
        np.testing.assert_array_equal(numpy_of(indices), order.numpy())
    for name in ("cummax", "cummin", "median"):
        ours, theirs = getattr(ig, name)(ig.array(value), 0), getattr(torch, name)(torch.tensor(value), 0)
        np.testing.assert_array_equal(numpy_of(ours[0]), theirs[0].numpy())
