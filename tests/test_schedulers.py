"""Schedules of learning rates: their formulas, combinations, resumption, and recorded steps that see them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from helpers import counted, numpy_of

import ingot as ig
from ingot import nn, optim
from ingot.optim import lr_scheduler


def sgd(lr: float = 1.0, **options: Any) -> optim.SGD:
    return optim.SGD([nn.Parameter(ig.ones(2))], lr=lr, **options)


def rates(scheduler: Any, steps: int = 8) -> list[float]:
    """The rate at the beginning and after each step."""
    optimizer = scheduler.optimizer
    out = [optimizer.lr]
    for _ in range(steps):
        scheduler.step()
        out.append(optimizer.lr)
        assert scheduler.get_last_lr() == [group["lr"] for group in optimizer.param_groups]
    return out


FORMULAS = {
    "StepLR": (lambda o: lr_scheduler.StepLR(o, 3, 0.5), lambda t: 0.5 ** (t // 3)),
    "MultiStepLR": (lambda o: lr_scheduler.MultiStepLR(o, [2, 5, 5], 0.5), lambda t: 0.5 ** ((t >= 2) + 2 * (t >= 5))),
    "ConstantLR": (lambda o: lr_scheduler.ConstantLR(o, 0.25, 3), lambda t: 0.25 if t < 3 else 1.0),
    "LinearLR": (lambda o: lr_scheduler.LinearLR(o, 0.2, 1.0, 4), lambda t: 0.2 + 0.8 * min(t, 4) / 4),
    "ExponentialLR": (lambda o: lr_scheduler.ExponentialLR(o, 0.8), lambda t: 0.8**t),
    "PolynomialLR": (lambda o: lr_scheduler.PolynomialLR(o, 6, 2.0), lambda t: (1 - min(t, 6) / 6) ** 2),
    "CosineAnnealingLR": (
        lambda o: lr_scheduler.CosineAnnealingLR(o, 3, 0.1),
        lambda t: 0.1 + 0.9 * (1 + math.cos(math.pi * t / 3)) / 2,
    ),
    "CosineAnnealingWarmRestarts": (
        lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, 3, 1, 0.1),
        lambda t: 0.1 + 0.9 * (1 + math.cos(math.pi * (t % 3) / 3)) / 2,
    ),
    "LambdaLR": (lambda o: lr_scheduler.LambdaLR(o, lambda t: 1 / (t + 1)), lambda t: 1 / (t + 1)),
    "MultiplicativeLR": (lambda o: lr_scheduler.MultiplicativeLR(o, lambda t: 0.5), lambda t: 0.5**t),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_follows_its_formula(name: str) -> None:
    make, formula = FORMULAS[name]
    optimizer = sgd(lr=2.0)
    got = rates(make(optimizer), 8)
    want = [2 * formula(t) for t in range(9)]
    if name in ("CosineAnnealingLR", "CosineAnnealingWarmRestarts"):
        want = [0.1 + (w / 2 - 0.1) / 0.9 * 1.9 for w in want]
    np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-12)
    assert optimizer.param_groups[0]["initial_lr"] == 2


@pytest.mark.parametrize("name", FORMULAS)
def test_resumes_from_its_state(name: str) -> None:
    make, _ = FORMULAS[name]
    first = make(sgd())
    rates(first, 3)
    state, optimizer_state = first.state_dict(), first.optimizer.state_dict()
    assert state["last_epoch"] == 3 and state["_last_lr"] == first.get_last_lr()
    second = make(sgd())
    second.optimizer.load_state_dict(optimizer_state)
    second.load_state_dict(state)
    assert rates(first, 5) == rates(second, 5)
    with pytest.raises(KeyError, match="last_epoch"):
        second.load_state_dict({name: value for name, value in state.items() if name != "last_epoch"})


def test_groups_have_rates_of_their_own() -> None:
    a, b = nn.Parameter(ig.ones(1)), nn.Parameter(ig.ones(1))
    optimizer = optim.SGD([{"params": [a], "lr": 1.0}, {"params": [b], "lr": 0.1}])
    scheduler = lr_scheduler.LambdaLR(optimizer, [lambda t: 0.5**t, lambda t: 1.0])
    scheduler.step()
    assert scheduler.get_last_lr() == [0.5, 0.1] and scheduler.base_lrs == [1.0, 0.1]


def test_one_cycle_takes_the_momentum_along() -> None:
    optimizer = optim.Adam([nn.Parameter(ig.ones(1))])
    scheduler = lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=11, pct_start=4 / 11)
    got, momenta = [], []
    for step in range(11):
        got.append(optimizer.lr)
        momenta.append(optimizer.param_groups[0]["betas"][0])
        if step < 10:
            scheduler.step()
    assert got[0] == pytest.approx(1 / 25) and max(got) == got[3] == pytest.approx(1)
    assert got[-1] == pytest.approx(1 / 25e4)
    assert momenta[0] == momenta[-1] == pytest.approx(0.95) and momenta[3] == pytest.approx(0.85)
    scheduler.step()
    with pytest.raises(ValueError, match="total_steps"):
        scheduler.step()


def test_cycles() -> None:
    scheduler = lr_scheduler.CyclicLR(sgd(momentum=0.9), 0.1, 0.5, step_size_up=2, mode="triangular2")
    np.testing.assert_allclose(rates(scheduler), [0.1, 0.3, 0.5, 0.3, 0.1, 0.2, 0.3, 0.2, 0.1])
    scheduler = lr_scheduler.CyclicLR(sgd(), 0.1, 0.5, step_size_up=2, scale_fn=lambda c: 1 / c, cycle_momentum=False)
    np.testing.assert_allclose(rates(scheduler, 6)[-1], 0.3)
    with pytest.raises(ValueError, match="momentum"):
        lr_scheduler.CyclicLR(optim.Adagrad([nn.Parameter(ig.ones(1))]), 0.1, 0.5)


def test_plateau() -> None:
    optimizer = sgd()
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=1, cooldown=1, min_lr=0.2)
    seen = []
    for metric in [3.0, 2.0, 2.0, ig.array(2.0), 2.0, 2.0, 2.0, 2.0, 2.0]:
        scheduler.step(metric)
        seen.append(optimizer.lr)
    assert seen == [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25]
    again = lr_scheduler.ReduceLROnPlateau(sgd(), factor=0.5, patience=1)
    again.load_state_dict(scheduler.state_dict())
    assert again.best == 2 and again.num_bad_epochs == scheduler.num_bad_epochs
    with pytest.raises(TypeError):
        scheduler.step()


def test_sequences_and_chains() -> None:
    optimizer = sgd()
    warm_up = lr_scheduler.LinearLR(optimizer, 0.25, total_iters=3)
    decay = lr_scheduler.ExponentialLR(optimizer, 0.5)
    scheduler = lr_scheduler.SequentialLR(optimizer, [warm_up, decay], [3])
    np.testing.assert_allclose(rates(scheduler, 6), [0.25, 0.5, 0.75, 1, 0.5, 0.25, 0.125])
    state = scheduler.state_dict()
    assert len(state["_schedulers"]) == 2
    scheduler.load_state_dict(state)

    optimizer = sgd()
    parts = [lr_scheduler.ExponentialLR(optimizer, 0.5), lr_scheduler.ConstantLR(optimizer, 0.1, 2)]
    np.testing.assert_allclose(rates(lr_scheduler.ChainedScheduler(parts), 3), [0.1, 0.05, 0.25, 0.125])
    with pytest.raises(ValueError, match="another optimizer"):
        lr_scheduler.SequentialLR(sgd(), parts, [1])
    with pytest.raises(ValueError, match="milestone"):
        lr_scheduler.SequentialLR(optimizer, parts, [1, 2])


def test_schedules_in_python() -> None:
    class Halving(lr_scheduler.LRScheduler):
        def __init__(self, optimizer: Any, factor: float) -> None:
            self.factor = factor
            super().__init__(optimizer)

        def get_lr(self) -> list[float]:
            return [rate * self.factor**self.last_epoch for rate in self.base_lrs]

    assert rates(Halving(sgd(), 0.5), 3) == [1, 0.5, 0.25, 0.125]
    assert isinstance(lr_scheduler.StepLR(sgd(), 1), lr_scheduler.LRScheduler)


def test_a_recorded_step_sees_the_rate() -> None:
    w = nn.Parameter(ig.zeros(1))
    optimizer = optim.SGD([w], lr=1.0, momentum=0.0)
    scheduler = lr_scheduler.ExponentialLR(optimizer, 0.5)

    def step(x):
        optimizer.zero_grad()
        (w * x).sum().backward()
        optimizer.step()
        return w.detach() * 1

    recorded, runs = counted(step)
    for _ in range(6):
        recorded(ig.ones(1))
        scheduler.step()
    np.testing.assert_allclose(numpy_of(w), [-2 + 0.5**5])
    assert len(runs) <= 2


def test_a_resumed_schedule_needs_the_initial_rates() -> None:
    with pytest.raises(KeyError, match="initial_lr"):
        lr_scheduler.StepLR(sgd(), 2, last_epoch=3)
    optimizer = sgd(lr=0.25)
    optimizer.param_groups[0]["initial_lr"] = 1.0
    assert rates(lr_scheduler.StepLR(optimizer, 2, 0.5, last_epoch=3), 0) == [0.125]


def test_averaged_model_and_its_schedule() -> None:
    swa = optim.swa_utils
    model = nn.Linear(2, 1)
    averaged = swa.AveragedModel(model)
    values = []
    for i in range(3):
        with ig.no_grad():
            model.weight[...] = float(i)
        averaged.update_parameters(model)
        values.append(numpy_of(averaged.module.weight)[0, 0])
    np.testing.assert_allclose(values, [0, 0.5, 1])
    scheduler = swa.SWALR(sgd(), swa_lr=0.5, anneal_epochs=2, anneal_strategy="linear")
    assert rates(scheduler, 3) == [1, 0.75, 0.5, 0.5]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda o: lr_scheduler.StepLR(o, 0), "step_size"),
        (lambda o: lr_scheduler.LinearLR(o, start_factor=0), "start_factor"),
        (lambda o: lr_scheduler.ConstantLR(o, factor=2), "factor"),
        (lambda o: lr_scheduler.CosineAnnealingLR(o, 0), "T_max"),
        (lambda o: lr_scheduler.OneCycleLR(o, 1.0), "total_steps"),
        (lambda o: lr_scheduler.CyclicLR(o, 0.1, 1.0, mode="square"), "mode"),
        (lambda o: lr_scheduler.ReduceLROnPlateau(o, mode="best"), "mode"),
        (lambda o: lr_scheduler.LambdaLR(o, [lambda t: 1.0] * 3), "functions?"),
    ],
    ids=lambda value: None,
)
def test_bad_arguments(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(sgd(momentum=0.9))
