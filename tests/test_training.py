"""Small trainings that must converge: layers, losses and optimizers together, plain, jitted and from Python modules."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of, training_step

import ingot as ig
from ingot import nn, optim


def two_moons(rng: np.random.Generator, n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Two interleaved half circles and their labels."""
    angle = rng.uniform(0, np.pi, n)
    label = np.arange(n) % 2
    x = np.where(label, 1 - np.cos(angle), np.cos(angle))
    y = np.where(label, 0.5 - np.sin(angle), np.sin(angle))
    return (np.stack([x, y], 1) + rng.normal(scale=0.05, size=(n, 2))).astype(np.float32), label.astype(np.int32)


class Classifier(nn.Module):
    def __init__(self, activation: type[nn.Module]) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2, 24), activation(), nn.Dropout(0.0), nn.Linear(24, 2))

    def forward(self, x):
        return self.layers(x)


@pytest.mark.parametrize("jitted", [False, True], ids=["plain", "jit"])
@pytest.mark.parametrize(
    ("make_optimizer", "activation"),
    [
        (lambda p: optim.SGD(p, lr=0.5, momentum=0.9), nn.Tanh),
        (lambda p: optim.SGD(p, lr=0.5, momentum=0.9, nesterov=True, weight_decay=1e-5), nn.ReLU),
        (lambda p: optim.Adam(p, lr=0.03), nn.ReLU),
        (lambda p: optim.AdamW(p, lr=0.03, weight_decay=1e-3), nn.Tanh),
        (lambda p: optim.Adam(p, lr=0.1), nn.Sigmoid),
    ],
    ids=["sgd", "nesterov", "adam", "adamw", "sigmoid"],
)
def test_classifier_learns_two_moons(make_optimizer, activation, jitted: bool, rng: np.random.Generator) -> None:
    data, labels = two_moons(rng)
    x, y = ig.array(data), ig.array(labels)
    model = Classifier(activation)
    step = training_step(model, make_optimizer(model.parameters()), nn.CrossEntropyLoss())
    train = ig.jit(step) if jitted else step
    first = train(x, y).item()
    for _ in range(300):
        last = train(x, y)
    model.eval()
    with ig.no_grad():
        accuracy = (ig.argmax(model(x), axis=1) == y).astype(ig.float32).mean().item()
    assert last.item() < 0.1 * first
    assert accuracy >= 0.99


def test_linear_regression_finds_the_exact_solution(rng: np.random.Generator) -> None:
    x = rng.normal(size=(64, 3))
    truth = np.array([[1.5], [-2.0], [0.25]])
    y = x @ truth + 0.75
    model = nn.Linear(3, 1).to(ig.float64)
    optimizer = optim.SGD(model.parameters(), lr=0.2)
    inputs, target = ig.array(x), ig.array(y)
    for _ in range(400):
        optimizer.zero_grad()
        nn.MSELoss()(model(inputs), target).backward()
        optimizer.step()
    np.testing.assert_allclose(numpy_of(model.weight), truth.T, atol=1e-6)
    np.testing.assert_allclose(numpy_of(model.bias), [0.75], atol=1e-6)


def test_matrix_factorisation_without_modules(rng: np.random.Generator) -> None:
    target = ig.array(rng.normal(size=(8, 2)) @ rng.normal(size=(2, 6)))
    a = ig.array(rng.normal(size=(8, 2)), requires_grad=True)
    b = ig.array(rng.normal(size=(2, 6)), requires_grad=True)
    optimizer = optim.Adam([a, b], lr=0.05)
    for _ in range(500):
        optimizer.zero_grad()
        loss = ((a @ b - target) ** 2).mean()
        loss.backward()
        optimizer.step()
    assert loss.item() < 1e-4


def test_mini_batches_with_dropout_and_shuffling(rng: np.random.Generator) -> None:
    data, labels = two_moons(rng, 300)
    model = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 2))
    optimizer = optim.Adam(model.parameters(), lr=0.02)
    loss_fn = nn.CrossEntropyLoss()
    for _ in range(30):
        order = numpy_of(ig.random.permutation(300))
        for start in range(0, 300, 50):
            part = order[start : start + 50]
            optimizer.zero_grad()
            loss_fn(model(ig.array(data[part])), ig.array(labels[part])).backward()
            optimizer.step()
    model.eval()
    predicted = numpy_of(ig.argmax(model(ig.array(data)), axis=1))
    assert (predicted == labels).mean() >= 0.98


def test_gradient_accumulation_equals_one_large_batch(rng: np.random.Generator) -> None:
    x, y = rng.normal(size=(2, 8, 3))
    model = nn.Linear(3, 3).to(ig.float64)
    loss_fn = nn.MSELoss(reduction="sum")
    loss_fn(model(ig.array(x)), ig.array(y)).backward()
    whole = numpy_of(model.weight.grad)
    model.zero_grad()
    for part in range(4):
        loss_fn(model(ig.array(x[2 * part : 2 * part + 2])), ig.array(y[2 * part : 2 * part + 2])).backward()
    np.testing.assert_allclose(numpy_of(model.weight.grad), whole, rtol=1e-12)


def test_same_seed_same_training() -> None:
    def run() -> np.ndarray:
        ig.random.seed(8)
        model = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.3), nn.Tanh(), nn.Linear(8, 1))
        optimizer = optim.Adam(model.parameters(), lr=0.01)
        for _ in range(10):
            optimizer.zero_grad()
            model(ig.random.normal((16, 4))).mean().backward()
            optimizer.step()
        return np.concatenate([numpy_of(p).reshape(-1) for p in model.parameters()])

    np.testing.assert_array_equal(run(), run())


def test_half_precision_training_goes_down(rng: np.random.Generator) -> None:
    for dtype in (ig.float16, ig.bfloat16):
        model = nn.Linear(4, 1).to(dtype)
        optimizer = optim.SGD(model.parameters(), lr=0.1)
        x, y = ig.array(rng.normal(size=(32, 4))).astype(dtype), ig.zeros((32, 1), dtype=dtype)
        losses = []
        for _ in range(30):
            optimizer.zero_grad()
            loss = nn.MSELoss()(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        assert losses[-1] < 0.2 * losses[0]
        assert model.weight.dtype == dtype
