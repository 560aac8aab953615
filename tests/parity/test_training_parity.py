"""Layers, losses and optimizers beside PyTorch's: same weights, same data, same numbers for twenty steps."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers import numpy_of

import ingot as ig

OPTIMIZERS = {
    "sgd": ("SGD", {"lr": 0.1}),
    "momentum": ("SGD", {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.01}),
    "nesterov": ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "dampening": ("SGD", {"lr": 0.05, "momentum": 0.9, "dampening": 0.3}),
    "adam": ("Adam", {"lr": 0.01}),
    "adam_decay": ("Adam", {"lr": 0.01, "weight_decay": 0.1, "betas": (0.8, 0.99)}),
    "amsgrad": ("Adam", {"lr": 0.05, "amsgrad": True}),
    "adamw": ("AdamW", {"lr": 0.01, "weight_decay": 0.1}),
    "maximize": ("SGD", {"lr": 0.001, "maximize": True}),
}


def both_models():
    """The same network in both frameworks, with torch's initial weights."""
    theirs = torch.nn.Sequential(
        torch.nn.Linear(5, 8), torch.nn.Tanh(), torch.nn.Linear(8, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3)
    )
    nn = ig.nn
    ours = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 3))
    ours.load_state_dict({name: value.detach().numpy() for name, value in theirs.state_dict().items()})
    return ours, theirs


@pytest.mark.parametrize("target", ["classes", "probabilities", "regression"])
@pytest.mark.parametrize(("name", "options"), OPTIMIZERS.values(), ids=OPTIMIZERS.keys())
def test_twenty_steps(name: str, options: dict, target: str, rng: np.random.Generator) -> None:
    torch.manual_seed(0)
    ours, theirs = both_models()
    x = rng.normal(size=(16, 5)).astype(np.float32)
    y = {
        "classes": rng.integers(0, 3, 16),
        "probabilities": rng.dirichlet(np.ones(3), 16).astype(np.float32),
        "regression": rng.normal(size=(16, 3)).astype(np.float32),
    }[target]
    loss_name = "MSELoss" if target == "regression" else "CrossEntropyLoss"
    our_loss, their_loss = getattr(ig.nn, loss_name)(), getattr(torch.nn, loss_name)()
    our_optimizer = getattr(ig.optim, name)(ours.parameters(), **options)
    their_optimizer = getattr(torch.optim, name)(theirs.parameters(), **options)
    for _ in range(20):
        our_optimizer.zero_grad()
        a = our_loss(ours(ig.array(x)), ig.array(y))
        a.backward()
        our_optimizer.step()
        their_optimizer.zero_grad()
        b = their_loss(theirs(torch.tensor(x)), torch.tensor(y))
        b.backward()
        their_optimizer.step()
        assert a.item() == pytest.approx(b.item(), rel=1e-4, abs=1e-5)
    for (key, p), q in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(numpy_of(p), q.detach().numpy(), rtol=2e-3, atol=2e-4, err_msg=key)
