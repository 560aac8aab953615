"""Every update rule: exact resumption, recording by jit, half precision, groups and state; and rules in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers import counted, numpy_of

import ingot as ig
from ingot import nn, optim

RULES: dict[str, Callable[[list], Any]] = {
    "SGD": lambda p: optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "Nesterov": lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True),
    "Adam": lambda p: optim.Adam(p, lr=0.05, amsgrad=True, weight_decay=0.01),
    "AdamW": lambda p: optim.AdamW(p, lr=0.05),
    "Adamax": lambda p: optim.Adamax(p, lr=0.05),
    "NAdam": lambda p: optim.NAdam(p, lr=0.05, weight_decay=0.01, decoupled_weight_decay=True),
    "RAdam": lambda p: optim.RAdam(p, lr=0.05, weight_decay=0.01),
    "Adagrad": lambda p: optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.1),
    "Adadelta": lambda p: optim.Adadelta(p),
    "RMSprop": lambda p: optim.RMSprop(p, momentum=0.9, centered=True),
    "Rprop": lambda p: optim.Rprop(p),
    "ASGD": lambda p: optim.ASGD(p, t0=3),
    "Lion": lambda p: optim.Lion(p, lr=0.01, weight_decay=0.1),
    "LAMB": lambda p: optim.LAMB(p, lr=0.01, weight_decay=0.1),
    "Adafactor": lambda p: optim.Adafactor(p, weight_decay=0.01),
    "Muon": lambda p: optim.Muon(p, lr=0.02),
}


def weights(dtype: str = "float32") -> list:
    rng = np.random.default_rng(7)
    return [nn.Parameter(ig.array(rng.normal(size=shape), dtype=getattr(ig, dtype))) for shape in [(3, 4), (4, 2)]]


def loss_of(params: list, x) -> Any:
    return ((x @ params[0]).tanh() @ params[1] - 1).square().mean()


def data():
    return ig.array(np.random.default_rng(3).normal(size=(6, 3)).astype(np.float32))


def one_step(params: list, opt: Any, x: Any) -> Any:
    opt.zero_grad()
    loss = loss_of(params, x)
    loss.backward()
    opt.step()
    return loss


@pytest.mark.parametrize("name", RULES)
def test_resumed_run_is_bit_identical(name: str) -> None:
    x, params = data(), weights()
    opt = RULES[name](params)
    for _ in range(4):
        one_step(params, opt, x)
    saved, state = [numpy_of(p) for p in params], opt.state_dict()
    for _ in range(4):
        one_step(params, opt, x)
    again = weights()
    resumed = RULES[name](again)
    with ig.no_grad():
        for p, value in zip(again, saved, strict=True):
            p[...] = ig.array(value)
    resumed.load_state_dict(state)
    for _ in range(4):
        one_step(again, resumed, x)
    for p, q in zip(params, again, strict=True):
        np.testing.assert_array_equal(numpy_of(p), numpy_of(q))


@pytest.mark.parametrize("name", RULES)
def test_recorded_run_is_like_an_eager_one(name: str) -> None:
    x, eager, recorded = data(), weights(), weights()
    eager_opt, recorded_opt = RULES[name](eager), RULES[name](recorded)
    step, runs = counted(lambda x: one_step(recorded, recorded_opt, x))
    for i in range(6):
        eager_opt.lr = recorded_opt.lr = 0.01 * (i + 1)
        a, b = one_step(eager, eager_opt, x), step(x)
        np.testing.assert_allclose(a.item(), b.item(), rtol=1e-5)
    assert len(runs) <= 2  # with gradients and without
    for p, q in zip(eager, recorded, strict=True):
        np.testing.assert_allclose(numpy_of(p), numpy_of(q), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", [name for name in RULES if name not in ("Rprop", "Adadelta", "Adafactor")])
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_parameters_follow_their_float32_masters(name: str, dtype: str) -> None:
    x, half, full = data(), weights(dtype), [nn.Parameter(p.astype(ig.float32)) for p in weights(dtype)]
    half_opt, full_opt = RULES[name](half), RULES[name](full)
    for _ in range(8):
        full_opt.zero_grad()
        loss_of(full, x).backward()
        for p, q in zip(half, full, strict=True):
            p.grad = q.grad.astype(p.dtype)
            q.grad = p.grad.astype(q.dtype)
        half_opt.step()
        full_opt.step()
    for p, q in zip(half, full, strict=True):
        assert p.dtype == getattr(ig, dtype)
        np.testing.assert_array_equal(numpy_of(p), numpy_of(q.astype(p.dtype)))
        np.testing.assert_array_equal(numpy_of(half_opt.state[p]["master"]), numpy_of(q))


def test_a_value_assigned_to_a_half_parameter_holds() -> None:
    w = nn.Parameter(ig.ones(2, dtype=ig.bfloat16))
    opt = optim.SGD([w], lr=1.0)
    w.grad = ig.ones_like(w)
    opt.step()
    with ig.no_grad():
        w[...] = 5.0
    opt.step()
    np.testing.assert_array_equal(numpy_of(w), [4, 4])


def test_half_model_trains() -> None:
    model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1)).bfloat16()
    opt = optim.AdamW(model.parameters(), lr=0.02)
    x = data().astype(ig.bfloat16)
    losses = []
    for _ in range(40):
        opt.zero_grad()
        loss = (model(x) - 1).square().mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    assert losses[-1] < 0.05 * losses[0]


def test_momentum_is_free_in_a_recording() -> None:
    x, params = data(), weights()
    opt = optim.Adam(params, lr=0.01)
    step, runs = counted(lambda x: one_step(params, opt, x))
    for beta in (0.9, 0.85, 0.8):
        opt.param_groups[0]["betas"] = (beta, 0.999)
        step(x)
        step(x)
    before = len(runs)
    assert before <= 2
    opt.param_groups[0]["eps"] = 1e-3
    step(x)
    assert len(runs) == before + 1


def test_turning_momentum_on_later_adds_its_buffer() -> None:
    w = nn.Parameter(ig.ones(2))
    opt = optim.SGD([w], lr=1.0)
    w.grad = ig.ones(2)
    opt.step()
    opt.param_groups[0]["momentum"] = 0.5
    opt.step()
    opt.step()
    np.testing.assert_allclose(numpy_of(w), 1 - np.array([3.5, 3.5]))


def test_groups_are_like_dictionaries() -> None:
    a, b = nn.Parameter(ig.ones(2)), nn.Parameter(ig.ones(3))
    opt = optim.Adam([{"params": [a], "lr": 0.5, "name": "first"}, {"params": [b]}], lr=0.1, foreach=True)
    first, second = opt.param_groups
    assert first["name"] == "first" and first["betas"] == (0.9, 0.999) and first.get("missing") is None
    assert [group["lr"] for group in opt.param_groups] == [0.5, 0.1]
    assert set(first) == set(first.keys()) >= {"params", "lr", "betas", "eps", "weight_decay", "name"}
    second["note"] = [1]
    assert opt.param_groups[1]["note"] == [1]
    with pytest.raises(KeyError, match="weight_decay"):
        second["weight_decy"] = 0.1
    assert opt.defaults["betas"] == (0.9, 0.999)
    assert repr(opt).startswith("Adam (\nParameter Group 0\n")
    opt.add_param_group({"params": nn.Parameter(ig.ones(1))})
    assert len(opt.param_groups) == 3


def test_state_shows_what_is_remembered() -> None:
    params = weights()
    opt = optim.Adam(params)
    one_step(params, opt, data())
    state = opt.state[params[0]]
    assert set(state) == {"step", "exp_avg", "exp_avg_sq"} and state["step"].item() == 1
    assert state["exp_avg"].shape == params[0].shape
    with pytest.raises(KeyError, match="parameter"):
        opt.state[ig.ones(2)]


def test_state_dicts_have_torch_layout() -> None:
    params = weights()
    opt = optim.AdamW(params, lr=0.5)
    one_step(params, opt, data())
    state = opt.state_dict()
    assert set(state) == {"state", "param_groups"} and set(state["state"]) == {0, 1}
    assert state["param_groups"][0]["params"] == [0, 1] and state["param_groups"][0]["betas"] == (0.9, 0.999)
    with pytest.raises(ValueError, match="groups"):
        optim.AdamW(weights()).load_state_dict({"state": {}, "param_groups": []})
    with pytest.raises(KeyError, match="nonsense"):
        state["state"][0]["nonsense"] = ig.ones(1)
        optim.AdamW(weights()).load_state_dict(state)


def test_closure_and_accumulation() -> None:
    x, params, twice = data(), weights(), weights()
    opt, other = optim.SGD(params, lr=0.1), optim.SGD(twice, lr=0.1)

    def closure():
        opt.zero_grad()
        loss = loss_of(params, x)
        loss.backward()
        return loss

    with ig.no_grad():
        assert opt.step(closure).item() > 0
    for part in (x[:3], x[3:]):
        (loss_of(twice, part) / 2).backward()
    other.step()
    for p, q in zip(params, twice, strict=True):
        np.testing.assert_allclose(numpy_of(p), numpy_of(q), rtol=1e-5, atol=1e-7)


class PythonMomentum(optim.Optimizer):
    """A rule of a user's own."""

    def __init__(self, params, lr=0.1, momentum=0.9, label="mine"):
        super().__init__(params, {"lr": lr, "momentum": momentum, "label": label})

    @ig.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "buffer" not in state:
                    state["buffer"] = ig.zeros_like(p)
                state["buffer"] *= group["momentum"]
                state["buffer"] += p.grad
                p -= group["lr"] * state["buffer"]


def test_rules_in_python() -> None:
    x, ours, theirs = data(), weights(), weights()
    opt, same = PythonMomentum(ours), optim.SGD(theirs, lr=0.1, momentum=0.9)
    for i in range(5):
        opt.param_groups[0]["lr"] = same.param_groups[0]["lr"] = 0.1 / (i + 1)
        one_step(ours, opt, x)
        one_step(theirs, same, x)
    for p, q in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(numpy_of(p), numpy_of(q), rtol=1e-5, atol=1e-6)
    assert opt.param_groups[0]["label"] == "mine" and "label: mine" in repr(opt)
    assert repr(opt).startswith("PythonMomentum (")
    state, again = opt.state_dict(), weights()
    resumed = PythonMomentum(again, lr=9.0)
    with ig.no_grad():
        for p, q in zip(again, ours, strict=True):
            p[...] = q
    resumed.load_state_dict(state)
    for _ in range(3):
        one_step(ours, opt, x)
        one_step(again, resumed, x)
    for p, q in zip(ours, again, strict=True):
        np.testing.assert_array_equal(numpy_of(p), numpy_of(q))
    scheduler = optim.lr_scheduler.ExponentialLR(opt, 0.5)
    scheduler.step()
    assert opt.param_groups[0]["lr"] == pytest.approx(0.01)
    with pytest.raises(TypeError, match="step"):
        optim.Optimizer(weights(), {"lr": 1.0}).step()


@pytest.mark.parametrize("search", [None, "strong_wolfe"])
def test_lbfgs_finds_the_minimum(search) -> None:
    x = nn.Parameter(ig.array([-1.2, 1.0], dtype=ig.float64))
    opt = optim.LBFGS([x], lr=1.0 if search else 0.2, max_iter=40 if search else 400, line_search_fn=search)
    calls = []

    def closure():
        opt.zero_grad()
        loss = 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2
        loss.backward()
        calls.append(loss.item())
        return loss

    first = opt.step(closure)
    assert first.item() == pytest.approx(24.2)
    np.testing.assert_allclose(numpy_of(x), [1, 1], atol=1e-3 if search else 0.2)
    with pytest.raises(TypeError, match="closure"):
        opt.step()


def test_lbfgs_resumes_exactly() -> None:
    def closure_for(x, opt):
        def closure():
            opt.zero_grad()
            loss = (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
            loss.backward()
            return loss

        return closure

    def fresh():
        x = nn.Parameter(ig.zeros(4))
        return x, optim.LBFGS([x], max_iter=5, history_size=4, line_search_fn="strong_wolfe")

    x, opt = fresh()
    for _ in range(2):
        opt.step(closure_for(x, opt))
    saved, state = numpy_of(x), opt.state_dict()
    opt.step(closure_for(x, opt))
    again, resumed = fresh()
    with ig.no_grad():
        again[...] = ig.array(saved)
    resumed.load_state_dict(state)
    resumed.step(closure_for(again, resumed))
    np.testing.assert_array_equal(numpy_of(x), numpy_of(again))


def test_moving_average_of_weights() -> None:
    params = weights()
    opt, ema = optim.SGD(params, lr=0.5), optim.EMA(params, decay=0.8)
    want = [numpy_of(p) for p in params]

    @ig.jit
    def step(x):
        loss = one_step(params, opt, x)
        ema.update()
        return loss

    for _ in range(4):
        step(data())
        want = [0.8 * w + 0.2 * numpy_of(p) for w, p in zip(want, params, strict=True)]
    now = [numpy_of(p) for p in params]
    with ema:
        for p, w in zip(params, want, strict=True):
            np.testing.assert_allclose(numpy_of(p), w, rtol=1e-5, atol=1e-6)
    for p, value in zip(params, now, strict=True):
        np.testing.assert_array_equal(numpy_of(p), value)
    with pytest.raises(ValueError, match="decay"):
        optim.EMA(params, decay=1.5)


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda w: optim.Muon([nn.Parameter(ig.ones(3))]), ValueError, "two axes"),
        (lambda w: optim.Muon([w], adjust_lr_fn="wrong"), ValueError, "adjust_lr_fn"),
        (lambda w: optim.Rprop([w], etas=(1.5, 2.0)), ValueError, "etas"),
        (lambda w: optim.Adadelta([w], rho=1.5), ValueError, "rho"),
        (lambda w: optim.RMSprop([w], alpha=-1.0), ValueError, "alpha"),
        (lambda w: optim.Adafactor([w], d=0.5), ValueError, "d:"),
        (lambda w: optim.LBFGS([w], line_search_fn="armijo"), ValueError, "strong_wolfe"),
        (lambda w: optim.LBFGS([{"params": [w]}, {"params": [nn.Parameter(ig.ones(1))]}]), ValueError, "one group"),
        (lambda w: optim.Adam([w], differentiable=True), ValueError, "differentiable"),
        (lambda w: optim.Adam([w], momentum=0.9), TypeError, "momentum"),
        (lambda w: optim.Lion([nn.Parameter(ig.ones(2, dtype=ig.complex64))]), TypeError, "complex64"),
    ],
    ids=lambda value: None,
)
def test_bad_arguments(make, error, message: str) -> None:
    with pytest.raises(error, match=message):
        make(nn.Parameter(ig.ones(2, 2)))
