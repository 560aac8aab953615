"""Short-time transforms, numerical functions, hooks and distributions against PyTorch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers import numpy_of

import ingot as ig
from ingot import distributions


def close(got: object, want: object, tolerance: float = 1e-10) -> None:
    np.testing.assert_allclose(numpy_of(got), want.numpy(), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("batch", [(), (3,)])
@pytest.mark.parametrize(
    "settings",
    [
        {"n_fft": 16},
        {"n_fft": 16, "hop_length": 5, "win_length": 11},
        {"n_fft": 15, "hop_length": 4, "normalized": True, "onesided": False},
        {"n_fft": 16, "center": False},
        {"n_fft": 16, "pad_mode": "constant"},
    ],
)
def test_short_time_transforms(settings: dict, batch: tuple[int, ...], rng: np.random.Generator) -> None:
    x = rng.normal(size=(*batch, 64))
    length = settings.get("win_length", settings["n_fft"])
    ours = ig.stft(ig.array(x), **settings, window=ig.hann_window(length, dtype=ig.float64))
    window = torch.hann_window(length, dtype=torch.float64)
    theirs = torch.stft(torch.tensor(x), **settings, window=window, return_complex=True)
    close(ours, theirs)
    back = {name: value for name, value in settings.items() if name != "pad_mode"}
    if settings.get("center", True):
        found = ig.istft(ours, **back, window=ig.hann_window(length, dtype=ig.float64), length=60)
        close(found, torch.istft(theirs, **back, window=window, length=60))


@pytest.mark.parametrize("edge_order", [1, 2])
@pytest.mark.parametrize("spaced", ["distance", "distances", "coordinates"])
def test_gradient(spaced: str, edge_order: int, rng: np.random.Generator) -> None:
    x, places = rng.normal(size=(4, 5)), np.sort(rng.normal(size=5))
    ours = {"distance": 0.5, "distances": [0.5, 2.0], "coordinates": [ig.array(places)]}[spaced]
    theirs = {"distance": 0.5, "distances": (0.5, 2.0), "coordinates": (torch.tensor(places),)}[spaced]
    dim = (1,) if spaced == "coordinates" else None
    found = ig.gradient(ig.array(x), spacing=ours, dim=dim, edge_order=edge_order)
    for a, b in zip(
        found, torch.gradient(torch.tensor(x), spacing=theirs, dim=dim, edge_order=edge_order), strict=True
    ):
        close(a, b)


def test_backward_hooks_see_what_pytorchs_see(rng: np.random.Generator) -> None:
    x = rng.normal(size=(4, 3)).astype(np.float32)
    found = []
    for space, make in ((ig, ig.array), (torch, torch.tensor)):
        layer = space.nn.Linear(3, 2)
        layer.load_state_dict({"weight": make(np.ones((2, 3), np.float32)), "bias": make(np.zeros(2, np.float32))})
        seen: list = []
        layer.register_full_backward_hook(lambda module, inputs, outputs, seen=seen: seen.extend([*inputs, *outputs]))
        leaf = make(x)
        leaf.requires_grad_()
        (layer(leaf) ** 2).sum().backward()
        found.append(seen)
    for a, b in zip(*found, strict=True):
        close(a, b, 1e-5)


@pytest.mark.parametrize("name", ["Normal", "Gamma", "Beta", "Laplace", "Gumbel", "LogNormal", "StudentT"])
def test_distributions(name: str) -> None:
    a, b, value = np.array([0.7, 2.5]), np.array([1.3, 0.4]), np.array([0.3, 0.8])
    ours = getattr(distributions, name)(ig.array(a), ig.array(b))
    theirs = getattr(torch.distributions, name)(torch.tensor(a), torch.tensor(b))
    close(ours.log_prob(ig.array(value)), theirs.log_prob(torch.tensor(value)), 1e-6)
    close(ours.entropy(), theirs.entropy(), 1e-6)
    if name not in ("Gumbel", "StudentT"):
        other = getattr(distributions, name)(ig.array(b), ig.array(a))
        same = getattr(torch.distributions, name)(torch.tensor(b), torch.tensor(a))
        close(distributions.kl_divergence(ours, other), torch.distributions.kl_divergence(theirs, same), 1e-6)
