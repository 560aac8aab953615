"""Every optimizer and scheduler beside PyTorch's: same weights and gradients, same numbers over twenty steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from helpers import numpy_of

import ingot as ig

OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd_all": ("SGD", {"lr": 0.05, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1, "maximize": True}),
    "adam_decoupled": ("Adam", {"lr": 0.01, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    "adam_maximize": ("Adam", {"lr": 0.01, "maximize": True, "amsgrad": True}),
    "adamw_amsgrad": ("AdamW", {"lr": 0.01, "amsgrad": True, "weight_decay": 0.3}),
    "adamax": ("Adamax", {}),
    "adamax_all": ("Adamax", {"lr": 0.02, "betas": (0.8, 0.9), "weight_decay": 0.1, "maximize": True}),
    "nadam": ("NAdam", {}),
    "nadam_all": ("NAdam", {"lr": 0.01, "weight_decay": 0.1, "momentum_decay": 0.01, "decoupled_weight_decay": True}),
    "nadam_decay": ("NAdam", {"lr": 0.01, "weight_decay": 0.1}),
    "radam": ("RAdam", {"lr": 0.02}),
    "radam_fast": ("RAdam", {"lr": 0.02, "betas": (0.8, 0.9), "weight_decay": 0.1}),
    "radam_decoupled": ("RAdam", {"lr": 0.02, "weight_decay": 0.1, "decoupled_weight_decay": True}),
    "adagrad": ("Adagrad", {}),
    "adagrad_all": ("Adagrad", {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.1}),
    "adadelta": ("Adadelta", {}),
    "adadelta_all": ("Adadelta", {"lr": 0.5, "rho": 0.8, "weight_decay": 0.1, "maximize": True}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop_momentum": ("RMSprop", {"momentum": 0.9, "weight_decay": 0.1}),
    "rmsprop_centered": ("RMSprop", {"centered": True, "alpha": 0.9, "lr": 0.002}),
    "rmsprop_all": ("RMSprop", {"centered": True, "momentum": 0.5, "lr": 0.002}),
    "rprop": ("Rprop", {}),
    "rprop_all": ("Rprop", {"lr": 0.02, "etas": (0.3, 1.5), "step_sizes": (1e-4, 0.05)}),
    "asgd": ("ASGD", {}),
    "asgd_averaging": ("ASGD", {"lr": 0.05, "lambd": 0.01, "t0": 5, "weight_decay": 0.1}),
    "adafactor": ("Adafactor", {}),
    "adafactor_all": ("Adafactor", {"lr": 0.05, "eps": (1e-3, 1e-2), "d": 1.5, "weight_decay": 0.1}),
}


def gradients(rng: np.random.Generator) -> list[np.ndarray]:
    return [rng.normal(size=shape).astype(np.float32) for shape in [(5, 4), (4,), (2, 3, 4)]]


@pytest.mark.parametrize(("name", "options"), OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_twenty_steps(name: str, options: dict[str, Any], rng: np.random.Generator) -> None:
    starts = gradients(rng)
    ours = [ig.nn.Parameter(ig.array(start)) for start in starts]
    theirs = [torch.nn.Parameter(torch.tensor(start)) for start in starts]
    our_optimizer = getattr(ig.optim, name)(ours, **options)
    their_optimizer = getattr(torch.optim, name)(theirs, **options)
    for _ in range(20):
        for p, q, noise in zip(ours, theirs, gradients(rng), strict=True):
            # A bowl and noise: signs change now and then, and second moments differ.
            p.grad = ig.array(q.detach().numpy() + 0.5 * noise)
            q.grad = torch.tensor(q.detach().numpy() + 0.5 * noise)
        our_optimizer.step()
        their_optimizer.step()
        for p, q in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(numpy_of(p), q.detach().numpy(), rtol=2e-5, atol=2e-6)
    state = our_optimizer.state_dict()["state"]
    for i, remembered in their_optimizer.state_dict()["state"].items():
        for key, value in remembered.items():
            if value is None:
                continue
            got, want = numpy_of(state[i][key]), np.asarray(value)
            assert got.shape == want.shape, key
            np.testing.assert_allclose(got, want, rtol=2e-4, atol=2e-6, err_msg=key)


@pytest.mark.parametrize(("name", "options"), OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_state_of_torch_is_taken_over(name: str, options: dict[str, Any], rng: np.random.Generator) -> None:
    start, first, second = (rng.normal(size=(3, 4)).astype(np.float32) for _ in range(3))
    theirs = torch.nn.Parameter(torch.tensor(start))
    their_optimizer = getattr(torch.optim, name)([theirs], **options)
    theirs.grad = torch.tensor(first)
    their_optimizer.step()
    ours = ig.nn.Parameter(ig.array(theirs.detach().numpy()))
    our_optimizer = getattr(ig.optim, name)([ours])
    state = their_optimizer.state_dict()
    our_optimizer.load_state_dict(state)
    theirs.grad, ours.grad = torch.tensor(second), ig.array(second)
    their_optimizer.step()
    our_optimizer.step()
    np.testing.assert_allclose(numpy_of(ours), theirs.detach().numpy(), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("options", [{}, {"adjust_lr_fn": "match_rms_adamw", "nesterov": False, "lr": 0.02}])
@pytest.mark.parametrize("shape", [(4, 6), (6, 4)])
def test_muon(options: dict[str, Any], shape: tuple[int, int], rng: np.random.Generator) -> None:
    start = rng.normal(size=shape).astype(np.float32)
    ours, theirs = ig.nn.Parameter(ig.array(start)), torch.nn.Parameter(torch.tensor(start))
    our_optimizer, their_optimizer = ig.optim.Muon([ours], **options), torch.optim.Muon([theirs], **options)
    for _ in range(20):
        gradient = rng.normal(size=shape).astype(np.float32)
        ours.grad, theirs.grad = ig.array(gradient), torch.tensor(gradient)
        our_optimizer.step()
        their_optimizer.step()
    # torch's iterations are rounded to bfloat16.
    moved = np.abs(theirs.detach().numpy() - start).max()
    np.testing.assert_allclose(numpy_of(ours), theirs.detach().numpy(), atol=0.05 * moved)


@pytest.mark.parametrize("options", [{"line_search_fn": "strong_wolfe"}, {"lr": 0.1, "history_size": 3}])
def test_lbfgs(options: dict[str, Any], rng: np.random.Generator) -> None:
    a = rng.normal(size=(20, 6))
    b = rng.normal(size=20)
    ours = ig.nn.Parameter(ig.zeros(6, dtype=ig.float64))
    theirs = torch.nn.Parameter(torch.zeros(6, dtype=torch.float64))

    def closure_for(lib, make, x, optimizer):
        def closure():
            optimizer.zero_grad()
            z = make(a) @ x - make(b)
            loss = lib.log(lib.cosh(z)).sum() + 0.1 * (x**4).sum()
            loss.backward()
            return loss

        return closure

    our_optimizer = ig.optim.LBFGS([ours], max_iter=4, **options)
    their_optimizer = torch.optim.LBFGS([theirs], max_iter=4, **options)
    for _ in range(4):
        got = our_optimizer.step(closure_for(ig, ig.array, ours, our_optimizer))
        want = their_optimizer.step(closure_for(torch, torch.tensor, theirs, their_optimizer))
        assert got.item() == pytest.approx(want.item(), rel=1e-6)
        np.testing.assert_allclose(numpy_of(ours), theirs.detach().numpy(), rtol=1e-5, atol=1e-7)
    assert our_optimizer.state_dict()["state"][0]["n_iter"].item() == their_optimizer.state_dict()["state"][0]["n_iter"]


SCHEDULERS: dict[str, Any] = {
    "step": lambda s, o: s.StepLR(o, 4, 0.3),
    "multistep": lambda s, o: s.MultiStepLR(o, [3, 7, 7, 15]),
    "constant": lambda s, o: s.ConstantLR(o, 0.5, 6),
    "linear": lambda s, o: s.LinearLR(o, 0.1, 0.9, 10),
    "exponential": lambda s, o: s.ExponentialLR(o, 0.9),
    "polynomial": lambda s, o: s.PolynomialLR(o, 12, 1.5),
    "cosine": lambda s, o: s.CosineAnnealingLR(o, 7, 1e-3),
    "restarts": lambda s, o: s.CosineAnnealingWarmRestarts(o, 4, 2, 1e-3),
    "lambda": lambda s, o: s.LambdaLR(o, [lambda t: 0.9**t, lambda t: 1 / (t + 1)]),
    "multiplicative": lambda s, o: s.MultiplicativeLR(o, lambda t: 0.9),
    "cyclic": lambda s, o: s.CyclicLR(o, 0.01, 0.1, 5, 3),
    "cyclic2": lambda s, o: s.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], 5, mode="triangular2", cycle_momentum=False),
    "cyclic_exp": lambda s, o: s.CyclicLR(o, 0.01, 0.1, 5, mode="exp_range", gamma=0.95),
    "one_cycle": lambda s, o: s.OneCycleLR(o, 0.5, total_steps=30),
    "one_cycle_linear": lambda s, o: s.OneCycleLR(o, [0.5, 0.2], epochs=5, steps_per_epoch=6, anneal_strategy="linear"),
    "one_cycle_three": lambda s, o: s.OneCycleLR(o, 0.5, total_steps=30, three_phase=True),
    "sequential": lambda s, o: s.SequentialLR(
        o, [s.LinearLR(o, 0.1, total_iters=5), s.CosineAnnealingLR(o, 15), s.ExponentialLR(o, 0.9)], [5, 20]
    ),
    "chained": lambda s, o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 6), s.ExponentialLR(o, 0.9)]),
}


@pytest.mark.parametrize("name", SCHEDULERS)
@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
@pytest.mark.filterwarnings("ignore:Detected call of")
def test_schedules(name: str, optimizer: str) -> None:
    made = []
    for lib, value in ((ig, ig.ones), (torch, torch.ones)):
        groups = [{"params": [lib.nn.Parameter(value(2))], "lr": 0.2}, {"params": [lib.nn.Parameter(value(3))]}]
        options = {"lr": 0.1, "momentum": 0.9} if optimizer == "SGD" else {"lr": 0.1}
        opt = getattr(lib.optim, optimizer)(groups, **options)
        made.append((opt, SCHEDULERS[name](lib.optim.lr_scheduler, opt)))
    for step in range(30):
        (ours, our_scheduler), (theirs, their_scheduler) = made
        for a, b in zip(ours.param_groups, theirs.param_groups, strict=True):
            for key in ("lr", "initial_lr", "momentum" if optimizer == "SGD" else "betas"):
                np.testing.assert_allclose(a[key], b[key], rtol=1e-9, atol=1e-15, err_msg=f"{key} at step {step}")
        np.testing.assert_allclose(our_scheduler.get_last_lr(), their_scheduler.get_last_lr(), rtol=1e-9, atol=1e-15)
        if step < 29:
            our_scheduler.step()
            their_scheduler.step()
    state = our_scheduler.state_dict()
    for key, value in their_scheduler.state_dict().items():
        if key in state and isinstance(value, (int, float, list)) and key != "_schedulers":
            np.testing.assert_allclose(state[key], value, rtol=1e-9, err_msg=key)


def test_plateau(rng: np.random.Generator) -> None:
    options = {"factor": 0.5, "patience": 2, "cooldown": 1, "threshold": 0.01, "min_lr": 1e-3}
    for mode in ("min", "max"):
        for threshold_mode in ("rel", "abs"):
            made = []
            for lib, value in ((ig, ig.ones), (torch, torch.ones)):
                opt = lib.optim.SGD([lib.nn.Parameter(value(2))], lr=1.0)
                scheduler = lib.optim.lr_scheduler.ReduceLROnPlateau(
                    opt, mode, threshold_mode=threshold_mode, **options
                )
                made.append((opt, scheduler))
            for metric in np.abs(rng.normal(size=40)) + 0.1:
                for _, scheduler in made:
                    scheduler.step(float(metric))
                assert made[0][0].param_groups[0]["lr"] == made[1][0].param_groups[0]["lr"]
