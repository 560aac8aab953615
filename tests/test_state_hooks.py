"""State dicts in which modules have a say, hooks of optimizers, and attributes of parameters."""

from __future__ import annotations

import copy
import gc
import pickle
from collections import OrderedDict
from typing import Any

import numpy as np
import pytest

import ingot as ig
from ingot import nn, optim


class Counting(nn.Module):
    """Has a state that is no array."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.calls = 0

    def forward(self, x: ig.array) -> ig.array:
        self.calls += 1
        return self.linear(x)

    def get_extra_state(self) -> Any:
        return {"calls": self.calls}

    def set_extra_state(self, state: Any) -> None:
        self.calls = state["calls"]


def test_extra_state() -> None:
    model, other = (nn.Sequential(Counting(), nn.BatchNorm1d(2)) for _ in range(2))
    model(ig.ones(3, 2))
    state = model.state_dict()
    assert next(iter(state)) == "0._extra_state"
    assert repr(other.load_state_dict(state)) == "<All keys matched successfully>"
    assert other[0].calls == 1
    assert ig.array_equal(other[0].linear.weight, model[0].linear.weight)
    del state["0._extra_state"], state["0.linear.bias"]
    with pytest.raises(RuntimeError, match=r"missing '0\._extra_state'; missing '0\.linear\.bias'"):
        other.load_state_dict(state)
    result = other.load_state_dict({**state, "0.nothing": ig.ones(1), "x.y": ig.ones(1)}, strict=False)
    assert result.missing_keys == ["0._extra_state", "0.linear.bias"]
    assert result.unexpected_keys == ["x.y", "0.nothing"]
    with pytest.raises(RuntimeError, match="no get_extra_state"):
        nn.Linear(1, 1).get_extra_state()


class Renamed(nn.Module):
    """Loads what an older version saved, by the methods that PyTorch's modules override."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(ig.zeros(3))
        self.register_buffer("kept", ig.zeros(1))
        self.register_buffer("passing", ig.zeros(1), persistent=False)

    def _save_to_state_dict(self, destination: Any, prefix: str, keep_vars: bool) -> None:
        super()._save_to_state_dict(destination, prefix, keep_vars)
        destination[prefix + "version"] = 2

    def _load_from_state_dict(self, state: Any, prefix: str, *others: Any) -> None:
        state.pop(prefix + "version", None)
        if prefix + "gamma" in state:
            state[prefix + "scale"] = state.pop(prefix + "gamma")
        super()._load_from_state_dict(state, prefix, *others)


def test_methods_that_modules_override() -> None:
    model = nn.ModuleDict({"a": Renamed()})
    state = model.state_dict()
    assert list(state) == ["a.scale", "a.kept", "a.version"]
    state["a.gamma"] = state.pop("a.scale") + 7
    model.load_state_dict(state)
    assert model["a"].scale.tolist() == [7, 7, 7]
    with pytest.raises(RuntimeError, match="shape"):
        model.load_state_dict({**state, "a.gamma": ig.ones(2)})


def test_a_child_says_what_its_state_dict_is() -> None:
    class Wrapper(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.Linear(1, 1)

        def state_dict(self, **settings: Any) -> Any:
            return self.inner.state_dict(**settings)

    assert list(nn.Sequential(Wrapper(), nn.PReLU()).state_dict()) == ["0.weight", "0.bias", "1.weight"]
    assert list(Wrapper().state_dict(prefix="a.")) == ["a.weight", "a.bias"]


def test_hooks_of_state_dicts() -> None:
    layer = nn.Linear(2, 1)
    seen: list[Any] = []

    def lower(state: Any, prefix: str, *others: Any) -> None:
        for name in list(state):
            state[name.lower()] = state.pop(name)

    handles = [
        layer.register_state_dict_pre_hook(lambda module, prefix, keep_vars: seen.append((prefix, keep_vars))),
        layer.register_state_dict_post_hook(lambda module, state, prefix, metadata: state.pop(prefix + "bias")),
        layer._register_state_dict_hook(
            lambda module, state, *_: OrderedDict((k.upper(), v) for k, v in state.items())
        ),
        layer._register_load_state_dict_pre_hook(lower),
        layer.register_load_state_dict_post_hook(lambda module, names: names.missing_keys.clear()),
    ]
    assert list(layer.state_dict(prefix="x.")) == ["X.WEIGHT"]
    assert seen == [("x.", False)]
    layer.load_state_dict({"WEIGHT": ig.ones(1, 2)})
    assert layer.weight.tolist() == [[1, 1]]
    for handle in handles:
        handle.remove()
    assert "_state_hooks" not in vars(layer)
    assert list(layer.state_dict()) == ["weight", "bias"]


@pytest.mark.parametrize(
    "register",
    [
        nn.Module.register_forward_hook,
        nn.Module.register_full_backward_hook,
        nn.Module.register_full_backward_pre_hook,
        nn.Module.register_state_dict_pre_hook,
        nn.Module.register_state_dict_post_hook,
        nn.Module._register_load_state_dict_pre_hook,
        nn.Module.register_load_state_dict_post_hook,
        lambda layer, hook: optim.SGD(layer.parameters(), lr=0.1).register_step_post_hook(hook),
    ],
)
def test_hooks_are_functions_and_end_with_a_block(register: Any) -> None:
    layer = nn.Linear(1, 1)
    with pytest.raises(TypeError, match="a hook must be callable, got int"):
        register(layer, 3)
    with register(layer, lambda *args: None):
        pass
    assert not [name for name in vars(layer) if "hooks" in name]


def test_a_destination_and_the_arrays_themselves() -> None:
    layer = nn.BatchNorm1d(2)
    there: dict[str, Any] = {"before": 1}
    assert layer.state_dict(destination=there, prefix="a.") is there
    assert list(there)[:2] == ["before", "a.weight"]
    own = nn.Sequential(layer).state_dict(keep_vars=True)
    assert own["0.weight"] is layer.weight
    assert own["0.running_mean"] is layer.running_mean
    assert isinstance(own["0.weight"], nn.Parameter)


def test_lazy_layers_learn_from_a_state_dict() -> None:
    trained = nn.Sequential(nn.Conv2d(6, 4, 3, groups=2), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 3))
    lazy = nn.Sequential(nn.LazyConv2d(4, 3, groups=2), nn.LazyBatchNorm2d(), nn.Flatten(), nn.LazyLinear(3))
    unused = pickle.loads(pickle.dumps(lazy))
    x = ig.random.normal((2, 6, 4, 4))
    for each in (lazy, unused):
        each.load_state_dict(trained.state_dict())
        assert (each[0].in_channels, each[3].in_features) == (6, 16)
        np.testing.assert_array_equal(each(x).tolist(), trained(x).tolist())


def test_lazy_layers_do_not_learn_while_jit_records() -> None:
    layer = nn.LazyLinear(3)
    with pytest.raises(ig.TraceError, match="call the model once before"):
        ig.jit(lambda x: layer(x))(ig.ones(2, 5))
    layer(ig.ones(2, 5))
    assert ig.jit(lambda x: layer(x))(ig.ones(2, 5)).shape == (2, 3)


# ---- optimizers ----


class Plain(optim.SGD):
    def step(self, closure: Any = None) -> Any:
        return super().step(closure)


@pytest.mark.parametrize("kind", [optim.SGD, optim.Adam, Plain])
def test_hooks_around_steps(kind: Any) -> None:
    p = nn.Parameter(ig.ones(2))
    optimizer, other = kind([p], lr=0.1), kind([p], lr=0.1)
    seen: list[str] = []
    before = optimizer.register_step_pre_hook(lambda optimizer, args, kwargs: seen.append("before"))
    after = optimizer.register_step_post_hook(lambda optimizer, args, kwargs: seen.append("after"))
    p.sum().backward()
    other.step()
    assert seen == []
    optimizer.step()
    scaler = ig.amp.GradScaler()
    scaler.scale(p.sum()).backward()
    scaler.step(optimizer)
    copy.deepcopy(optimizer).step()
    assert seen == ["before", "after"] * 2
    before.remove()
    after.remove()
    optimizer.step()
    assert len(seen) == 4


def test_hooks_are_heeded_by_steps_that_jit_has_recorded() -> None:
    p = nn.Parameter(ig.ones(1))
    optimizer = optim.SGD([p], lr=1.0)

    @ig.jit
    def step() -> None:
        optimizer.zero_grad()
        p.sum().backward()
        optimizer.step()

    step()
    handle = optimizer.register_step_post_hook(lambda *_: p.data.clamp_(min=-0.5))
    step()
    step()
    assert p.tolist() == [-0.5]
    handle.remove()
    step()
    assert p.tolist() == [-1.5]


class Lookahead(optim.Optimizer):
    """Wraps another optimizer without a constructor of the base, as many for PyTorch do."""

    def __init__(self, base: Any, k: int, alpha: float) -> None:
        self.base = base
        self.param_groups = base.param_groups
        self.defaults = {"k": k, **base.defaults}
        self.state = {}
        self.k, self.alpha, self.steps = k, alpha, 0

    @ig.no_grad()
    def step(self, closure: Any = None) -> None:
        self.base.step()
        self.steps += 1
        for group in self.param_groups:
            for p in group["params"]:
                slow = self.state.setdefault(p, p.clone())
                if self.steps % self.k == 0:
                    slow += (p - slow) * self.alpha
                    p.copy_(slow)


def test_an_optimizer_that_goes_through_the_groups_of_another() -> None:
    p = nn.Parameter(ig.zeros(2))
    optimizer = Lookahead(optim.SGD([p], lr=1.0), k=2, alpha=0.5)
    schedule = optim.lr_scheduler.StepLR(optimizer, 1, 0.5)
    for _ in range(2):
        optimizer.zero_grad()
        p.sum().backward()
        optimizer.step()
        schedule.step()
    assert p.tolist() == [-1.25, -1.25]
    assert optimizer.defaults["k"] == 2
    assert optimizer.param_groups[0]["lr"] == optimizer.base.lr == 0.25
    optimizer.zero_grad()
    assert p.grad is None
    with pytest.raises(TypeError, match="load_state_dict"):
        optimizer.base.state = {}


def test_groups_are_changed_like_dictionaries() -> None:
    group = optim.SGD([{"params": [nn.Parameter(ig.ones(1))], "name": "a"}], lr=0.1).param_groups[0]
    group.update({"lr": 0.5}, momentum=0.9)
    assert (group["lr"], group["momentum"], group.pop("name"), group.pop("name", "none")) == (0.5, 0.9, "a", "none")
    with pytest.raises(TypeError, match="hyperparameter"):
        group.pop("lr")


# ---- attributes of parameters ----


def test_parameters_have_attributes_of_their_own() -> None:
    layer = nn.Linear(2, 2)
    layer.weight.no_decay = True
    layer.bias.where = [layer]
    gc.collect()
    assert [getattr(p, "no_decay", False) for p in layer.parameters()] == [True, False]
    layer(ig.ones(1, 2)).sum().backward()
    with ig.no_grad():
        layer.weight -= layer.weight.grad
    layer.weight.requires_grad_(False)
    gc.collect()
    assert layer.weight.no_decay
    assert vars(layer.weight) == {"no_decay": True}
    assert layer.bias.where[0] is layer
    twin = copy.deepcopy(layer)
    gc.collect()
    assert twin.weight.no_decay
    assert twin.bias.where[0] is twin
    assert copy.copy(layer.weight).no_decay
    again = pickle.loads(pickle.dumps(layer))
    gc.collect()
    assert again.weight.no_decay
    assert again.bias.where[0] is again
    del layer.weight.no_decay
    assert not hasattr(layer.weight, "no_decay")
    with pytest.raises(AttributeError):
        _ = layer.bias.nothing


def test_frozen_parameters_have_attributes() -> None:
    holder = nn.Module()
    holder.p = nn.Parameter(ig.ones(1), requires_grad=False)
    holder.p.group = "slow"
    gc.collect()
    assert holder.p.group == "slow"
    assert not holder.p.requires_grad


def test_parameters_with_attributes_are_collected() -> None:
    def make() -> None:
        layer = nn.Linear(3, 3)
        layer.weight.of = layer
        layer.bias.me = layer.bias

    make()
    gc.collect()
    before = ig.memory.live_buffers()
    make()
    gc.collect()
    assert ig.memory.live_buffers() <= before


def test_a_module_without_its_base_has_no_state() -> None:
    class Early(nn.Module):
        def __init__(self) -> None:
            self.state_dict()

    with pytest.raises(ValueError, match="__init__"):
        Early()
