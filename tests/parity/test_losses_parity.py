"""Every loss beside PyTorch's: values and gradients, with each reduction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from helpers import numpy_of

import ingot as ig

Draw = Callable[[np.random.Generator], np.ndarray]


def normal(*shape: int) -> Draw:
    return lambda rng: rng.normal(size=shape).astype(np.float32)


def uniform(*shape: int) -> Draw:
    return lambda rng: rng.uniform(0.05, 0.95, size=shape).astype(np.float32)


def classes(count: int, *shape: int) -> Draw:
    return lambda rng: rng.integers(0, count, shape)


def signs(*shape: int) -> Draw:
    return lambda rng: rng.choice([-1.0, 1.0], size=shape).astype(np.float32)


def bits(*shape: int) -> Draw:
    return lambda rng: rng.integers(0, 2, shape).astype(np.float32)


def counts(*shape: int) -> Draw:
    return lambda rng: rng.integers(0, 6, shape).astype(np.float32)


def log_softmax(*shape: int, axis: int = 1) -> Draw:
    def draw(rng: np.random.Generator) -> np.ndarray:
        x = rng.normal(size=shape).astype(np.float32)
        return (x - np.log(np.exp(x).sum(axis, keepdims=True))).astype(np.float32)

    return draw


def labels(*shape: int) -> Draw:
    """Rows of different labels that end at the first -1."""

    def draw(rng: np.random.Generator) -> np.ndarray:
        rows = np.full(shape, -1).reshape(-1, shape[-1])
        for i in range(len(rows)):
            n = int(rng.integers(0, shape[-1]))
            rows[i, :n] = rng.permutation(shape[-1])[:n]
        return rows.reshape(shape)

    return draw


WEIGHT = np.array([0.5, 2.0, 1.0, 0.1], np.float32)

#: Name, options, how each input is drawn, how many of them (from the first) carry gradients.
ROWS: list[tuple[str, dict[str, Any], list[Draw], int]] = [
    ("L1Loss", {}, [normal(3, 4), normal(3, 4)], 2),
    ("MSELoss", {}, [normal(3, 4), normal(3, 4)], 2),
    ("SmoothL1Loss", {}, [normal(3, 4), normal(3, 4)], 2),
    ("SmoothL1Loss", {"beta": 0.3}, [normal(3, 4), normal(3, 4)], 2),
    ("SmoothL1Loss", {"beta": 0.0}, [normal(3, 4), normal(3, 4)], 2),
    ("HuberLoss", {}, [normal(3, 4), normal(3, 4)], 2),
    ("HuberLoss", {"delta": 0.4}, [normal(3, 4), normal(3, 4)], 2),
    ("CrossEntropyLoss", {}, [normal(5, 4), classes(4, 5)], 1),
    ("CrossEntropyLoss", {"weight": WEIGHT, "ignore_index": 2}, [normal(5, 4), classes(4, 5)], 1),
    ("CrossEntropyLoss", {"label_smoothing": 0.1, "weight": WEIGHT}, [normal(5, 4, 3), classes(4, 5, 3)], 1),
    ("CrossEntropyLoss", {"label_smoothing": 0.1}, [normal(5, 4), uniform(5, 4)], 2),
    ("CrossEntropyLoss", {}, [normal(4), classes(4)], 1),
    ("NLLLoss", {}, [log_softmax(5, 4), classes(4, 5)], 1),
    ("NLLLoss", {"weight": WEIGHT, "ignore_index": 1}, [log_softmax(5, 4, 3), classes(4, 5, 3)], 1),
    ("NLLLoss", {}, [log_softmax(4, axis=0), classes(4)], 1),
    ("BCELoss", {}, [uniform(3, 4), uniform(3, 4)], 2),
    ("BCELoss", {"weight": WEIGHT}, [uniform(3, 4), bits(3, 4)], 1),
    ("BCEWithLogitsLoss", {}, [normal(3, 4), uniform(3, 4)], 2),
    ("BCEWithLogitsLoss", {"weight": WEIGHT, "pos_weight": WEIGHT[::-1].copy()}, [normal(3, 4), bits(3, 4)], 1),
    ("KLDivLoss", {}, [log_softmax(3, 4), uniform(3, 4)], 2),
    ("KLDivLoss", {"log_target": True}, [log_softmax(3, 4), log_softmax(3, 4)], 2),
    ("PoissonNLLLoss", {}, [normal(3, 4), counts(3, 4)], 1),
    ("PoissonNLLLoss", {"log_input": False, "full": True}, [uniform(3, 4), counts(3, 4)], 1),
    ("GaussianNLLLoss", {}, [normal(3, 4), normal(3, 4), uniform(3, 4)], 3),
    ("GaussianNLLLoss", {"full": True, "eps": 0.3}, [normal(3, 4), normal(3, 4), uniform(3, 1)], 3),
    ("GaussianNLLLoss", {}, [normal(3, 4), normal(3, 4), uniform(3)], 3),
    ("HingeEmbeddingLoss", {}, [normal(3, 4), signs(3, 4)], 1),
    ("HingeEmbeddingLoss", {"margin": 0.4}, [normal(3, 4), signs(3, 4)], 1),
    ("MarginRankingLoss", {}, [normal(6), normal(6), signs(6)], 2),
    ("MarginRankingLoss", {"margin": 0.5}, [normal(6), normal(6), signs(6)], 2),
    ("MultiMarginLoss", {}, [normal(5, 4), classes(4, 5)], 1),
    ("MultiMarginLoss", {"p": 2, "margin": 0.6, "weight": WEIGHT}, [normal(5, 4), classes(4, 5)], 1),
    ("MultiMarginLoss", {}, [normal(4), classes(4)], 1),
    ("MultiLabelMarginLoss", {}, [normal(5, 4), labels(5, 4)], 1),
    ("MultiLabelMarginLoss", {}, [normal(4), labels(4)], 1),
    ("MultiLabelSoftMarginLoss", {}, [normal(5, 4), bits(5, 4)], 1),
    ("MultiLabelSoftMarginLoss", {"weight": WEIGHT}, [normal(5, 4), bits(5, 4)], 1),
    ("SoftMarginLoss", {}, [normal(5, 4), signs(5, 4)], 1),
    ("CosineEmbeddingLoss", {}, [normal(5, 4), normal(5, 4), signs(5)], 2),
    ("CosineEmbeddingLoss", {"margin": 0.2}, [normal(5, 4), normal(5, 4), signs(5)], 2),
    ("TripletMarginLoss", {}, [normal(5, 4), normal(5, 4), normal(5, 4)], 3),
    ("TripletMarginLoss", {"margin": 0.5, "p": 1.0, "swap": True}, [normal(5, 4), normal(5, 4), normal(5, 4)], 3),
    ("TripletMarginWithDistanceLoss", {"swap": True}, [normal(5, 4), normal(5, 4), normal(5, 4)], 3),
]


def compare(ours: Any, theirs: Any, values: list[np.ndarray], learn: int, rng: np.random.Generator) -> None:
    a = [ig.array(v) for v in values]
    b = [torch.tensor(v) for v in values]
    for x, t in zip(a[:learn], b[:learn], strict=True):
        x.requires_grad = True
        t.requires_grad_(True)
    y, z = ours(*a), theirs(*b)
    assert y.shape == tuple(z.shape)
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=1e-5, atol=1e-5)
    weights = rng.normal(size=tuple(z.shape)).astype(np.float32)
    y.backward(ig.array(weights))
    z.backward(torch.tensor(weights))
    for x, t in zip(a[:learn], b[:learn], strict=True):
        np.testing.assert_allclose(numpy_of(x.grad), t.grad.numpy(), rtol=1e-4, atol=1e-5)


def there(options: dict[str, Any]) -> dict[str, Any]:
    return {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("number", range(len(ROWS)), ids=lambda i: f"{ROWS[i][0]}-{i}")
def test_loss(number: int, reduction: str, rng: np.random.Generator) -> None:
    name, options, draws, learn = ROWS[number]
    ours = getattr(ig.nn, name)(**options, reduction=reduction)
    theirs = getattr(torch.nn, name)(**there(options), reduction=reduction)
    assert list(ours.state_dict()) == list(theirs.state_dict())
    for _ in range(3):
        compare(ours, theirs, [draw(rng) for draw in draws], learn, rng)


def test_batchmean(rng: np.random.Generator) -> None:
    values = [log_softmax(3, 4)(rng), uniform(3, 4)(rng)]
    compare(ig.nn.KLDivLoss(reduction="batchmean"), torch.nn.KLDivLoss(reduction="batchmean"), values, 2, rng)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("form", ["padded", "row", "single"])
@pytest.mark.parametrize("blank", [0, 3])
def test_ctc(form: str, reduction: str, blank: int, rng: np.random.Generator) -> None:
    steps, count, kinds = 12, 3, 5
    others = [c for c in range(kinds) if c != blank]
    lengths = [4, 1, 3]
    targets = rng.choice(others, size=(count, 4))
    targets[0, 1] = targets[0, 0]  # a repeated label needs a blank between
    scores = log_softmax(steps, count, kinds, axis=2)(rng)
    inputs = np.array([12, 7, 9])
    wanted = np.array(lengths)
    if form == "row":
        targets = np.concatenate([row[:n] for row, n in zip(targets, lengths, strict=True)])
    if form == "single":
        scores, targets, inputs, wanted = scores[:, 0], targets[0], inputs[0], wanted[0]
    ours = ig.nn.CTCLoss(blank=blank, reduction=reduction)
    theirs = torch.nn.CTCLoss(blank=blank, reduction=reduction)
    a, b = ig.array(scores), torch.tensor(scores, requires_grad=True)
    a.requires_grad = True
    y = ours(a, ig.array(targets), ig.array(inputs), ig.array(wanted))
    z = theirs(b, torch.tensor(targets), torch.tensor(inputs), torch.tensor(wanted))
    np.testing.assert_allclose(numpy_of(y), z.detach().numpy(), rtol=1e-5, atol=1e-5)
    y.sum().backward()
    z.sum().backward()
    # PyTorch gives the gradient by what was before its log_softmax: both agree once that is applied.
    softened = numpy_of(a.grad)
    through = softened - np.exp(scores) * softened.sum(-1, keepdims=True)
    np.testing.assert_allclose(through, b.grad.numpy(), rtol=1e-4, atol=1e-5)


def test_ctc_infinity() -> None:
    scores = np.log(np.full((2, 1, 3), 1 / 3, np.float32))
    arguments = ([[1, 1, 2]], [2], [3])
    for zero in (True, False):
        y = ig.nn.CTCLoss(zero_infinity=zero)(ig.array(scores), *map(ig.array, arguments))
        z = torch.nn.CTCLoss(zero_infinity=zero)(torch.tensor(scores), *map(torch.tensor, arguments))
        assert y.item() == z.item()
