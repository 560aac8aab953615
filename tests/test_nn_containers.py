"""Lists and dictionaries of modules and parameters: Python's methods, names in order, nothing lost."""

from __future__ import annotations

import copy
import pickle
from collections import OrderedDict

import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn


def names(module: nn.Module) -> list[str]:
    return [name for name, _ in module.named_children()]


# ---- Sequential and ModuleList ----


@pytest.mark.parametrize("kind", [nn.Sequential, nn.ModuleList])
def test_sequence_methods(kind: type) -> None:
    a, b, c, d = (nn.Linear(2, 2) for _ in range(4))
    made = kind(a, b) if kind is nn.Sequential else kind([a, b])
    assert made.append(c) is made
    made.insert(1, d)
    assert list(made) == [a, d, b, c]
    assert names(made) == ["0", "1", "2", "3"]
    assert made[-1] is c
    assert d in made
    assert [*made[1:3]] == [d, b]
    assert type(made[1:3]) is kind
    assert made.pop(1) is d
    assert names(made) == ["0", "1", "2"]
    made[0] = d
    assert made[0] is d
    del made[0]
    assert list(made) == [b, c]
    assert made.extend([a, d]) is made
    del made[::2]
    assert list(made) == [c, d]
    made += [a]
    assert len(made) == 3
    longer = made + nn.ModuleList([b])
    assert type(longer) is kind
    assert len(longer) == 4
    assert len(made) == 3
    with pytest.raises(IndexError, match="out of range"):
        made[7]
    with pytest.raises(IndexError, match="out of range"):
        made.pop(-9)


def test_sequential_of_named_modules() -> None:
    model = nn.Sequential(OrderedDict(first=nn.Linear(2, 3), act=nn.ReLU()))
    assert names(model) == ["first", "act"]
    assert model.first is model[0]
    assert model(ig.ones((4, 2))).shape == (4, 3)


def test_module_list_registers() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList(nn.Linear(2, 2) for _ in range(3))

        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x

    model = Net()
    assert len(list(model.parameters())) == 6
    assert "layers.2.bias" in model.state_dict()
    with pytest.raises(NotImplementedError):
        model.layers(ig.ones(2))
    again = pickle.loads(pickle.dumps(model.layers))
    assert len(again) == 3
    assert (numpy_of(again[1].weight) == numpy_of(model.layers[1].weight)).all()


# ---- dictionaries ----


def test_module_dict() -> None:
    a, b = nn.Linear(2, 2), nn.ReLU()
    made = nn.ModuleDict({"a": a})
    made.update({"b": b})
    made["c"] = nn.Tanh()
    assert list(made) == list(made.keys()) == ["a", "b", "c"]
    assert made["a"] is a
    assert "b" in made
    assert [module for _, module in made.items()] == list(made.values())
    assert made.pop("b") is b
    del made["c"]
    assert len(made) == 1
    with pytest.raises(KeyError, match="has no module"):
        made["z"]
    made.clear()
    assert len(made) == 0
    assert len(nn.ModuleDict([("x", a)])) == 1


def test_parameter_list_and_dict() -> None:
    listed = nn.ParameterList([ig.ones(2), nn.Parameter(ig.zeros(3))])
    listed.append(ig.ones(1)).extend([ig.ones(4)])
    assert [p.shape for p in listed] == [(2,), (3,), (1,), (4,)]
    assert all(p.requires_grad for p in listed)
    assert isinstance(listed[0], nn.Parameter)
    assert len(listed[1:]) == 3
    listed[0] = ig.zeros(2)
    assert listed[0].sum().item() == 0
    assert listed.pop().shape == (4,)
    assert list(listed.state_dict()) == ["0", "1", "2"]
    with pytest.raises(IndexError, match="out of range"):
        listed[3]

    named = nn.ParameterDict({"a": ig.ones(2)})
    named["b"] = nn.Parameter(ig.zeros(1))
    named.update([("c", ig.ones(3))])
    assert list(named) == list(named.keys()) == ["a", "b", "c"]
    assert named.get("z") is None
    assert named.pop("b").shape == (1,)
    assert "b" not in named
    assert len(list(named.items())) == 2
    with pytest.raises(KeyError):
        named["b"]
    clone = copy.deepcopy(named)
    assert clone["a"] is not named["a"]
    assert list(pickle.loads(pickle.dumps(listed)).state_dict()) == ["0", "1", "2"]


# ---- walks and lookups ----


def test_submodules_by_path() -> None:
    model = nn.Sequential(nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)), nn.ReLU())
    assert model.get_submodule("") is model
    assert model.get_submodule("0.0") is model[0][0]
    assert model.get_parameter("0.0.weight") is model[0][0].weight
    assert model.get_buffer("0.1.running_mean").shape == (3,)
    with pytest.raises(KeyError, match='no module "7"'):
        model.get_submodule("0.7")
    with pytest.raises(KeyError, match="no parameter"):
        model.get_parameter("0.0.weigth")


def test_shared_modules_come_once_or_under_each_name() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    model[1].weight = model[0].weight
    assert len(list(model.named_parameters())) == 3
    assert len(list(model.named_parameters(remove_duplicate=False))) == 4
    assert sum(p.size for p in model.parameters()) == 8


def test_freeze_and_cast() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    assert model.freeze() is model
    assert not any(p.requires_grad for p in model.parameters())
    model.unfreeze()
    assert all(p.requires_grad for p in model.parameters())
    for cast, dtype in [("half", ig.float16), ("bfloat16", ig.bfloat16), ("double", ig.float64), ("float", ig.float32)]:
        getattr(model, cast)()
        assert {p.dtype for p in model.parameters()} == {dtype}
        assert model[1].running_mean.dtype == dtype
        assert model[1].num_batches_tracked.dtype == ig.int64
    assert model.astype(ig.float64)[0].weight.dtype == ig.float64
    assert model.to(ig.zeros(1))[0].weight.dtype == ig.float32


def test_load_with_assign_takes_the_dtype() -> None:
    layer = nn.Linear(2, 2)
    state = {name: numpy_of(value).astype("float64") for name, value in layer.state_dict().items()}
    layer.load_state_dict(state)
    assert layer.weight.dtype == ig.float32
    layer.load_state_dict(state, assign=True)
    assert layer.weight.dtype == ig.float64
    assert layer.weight.requires_grad


def test_add_module_none() -> None:
    module = nn.Module()
    module.add_module("skip", None)
    assert module.skip is None
    assert list(module.children()) == []


# ---- what programs written for PyTorch look into ----


def test_a_list_shows_equal_modules_once() -> None:
    block = nn.Sequential(nn.ReLU())
    layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 3), block, block])
    assert repr(layers) == (
        "ModuleList(\n"
        "  (0-1): 2 x Linear(in_features=2, out_features=2, bias=True)\n"
        "  (2): Linear(in_features=2, out_features=3, bias=True)\n"
        "  (3-4): 2 x Sequential(\n"
        "    (0): ReLU()\n"
        "  )\n"
        ")"
    )


def test_extra_repr_of_built_in_layers() -> None:
    class Named(nn.Linear):
        def extra_repr(self) -> str:
            return f"named, {super().extra_repr()}"

    plain = "in_features=2, out_features=3, bias=True"
    assert nn.Linear(2, 3).extra_repr() == plain
    assert Named(2, 3).extra_repr() == f"named, {plain}"
    assert repr(Named(2, 3)) == f"Named(named, {plain})"
    assert nn.Module().extra_repr() == ""


def test_registries_are_dictionaries() -> None:
    model = nn.Sequential(nn.Linear(2, 3, bias=False), nn.BatchNorm1d(3))
    assert list(model._modules) == ["0", "1"]
    assert dict(model[0]._parameters) == {"weight": model[0].weight, "bias": None}
    assert list(model[1]._buffers) == ["running_mean", "running_var", "num_batches_tracked"]
    assert model[1]._buffers["running_var"].tolist() == [1, 1, 1]
    assert len(model._parameters) == 0
    with pytest.raises(KeyError):
        model._modules["2"]
    with pytest.raises(KeyError):
        del model._parameters["0"]


def test_registries_can_be_changed() -> None:
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
    twin = nn.Linear(2, 3)
    model._modules["0"] = twin
    assert model[0] is twin
    model._modules["last"] = nn.Tanh()
    assert names(model) == ["0", "1", "last"]
    weight = twin._parameters.pop("weight")
    assert [name for name, _ in twin.named_parameters()] == ["bias"]
    twin._parameters["weight"] = weight
    assert [name for name, _ in twin.named_parameters()] == ["bias", "weight"]
    twin._buffers["seen"] = ig.zeros(1)
    assert [name for name, _ in twin.named_buffers()] == ["seen"]


def test_changes_of_a_state_dict_in_place_reach_the_module() -> None:
    model, other = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3)), nn.Linear(2, 3)
    state = model.state_dict()
    state["0.weight"].copy_(other.weight.detach())
    state["0.bias"][1] = 7
    state["1.running_mean"].fill_(0.25)
    assert ig.array_equal(model[0].weight, other.weight)
    assert model[0].bias[1].item() == 7
    assert model[1].running_mean.tolist() == [0.25] * 3
    assert model[0].weight.requires_grad
    apart = copy.deepcopy(state), {name: value.clone() for name, value in state.items()}
    for values in apart:
        values["0.weight"].zero_()
    assert ig.array_equal(model[0].weight, other.weight)
    with ig.no_grad():
        model[0].bias.fill_(1)
    assert state["0.bias"][1].item() == 7


def test_a_state_dict_taken_before_a_cast_leaves_the_dtype_alone() -> None:
    layer = nn.Linear(2, 3)
    state = layer.state_dict()
    layer.double()
    state["bias"].fill_(2)
    assert layer.bias.dtype == ig.float64
    assert layer.bias.tolist() == [2, 2, 2]


def test_a_module_may_use_the_registries_names_for_its_own() -> None:
    class Agent(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.policy = nn.Linear(2, 1)
            self._buffers = [1, 2]

    agent = Agent()
    agent._buffers.append(3)
    assert agent._buffers == [1, 2, 3]
    assert list(agent._modules) == ["policy"]
    assert list(agent.state_dict()) == ["policy.weight", "policy.bias"]
    assert copy.deepcopy(agent)._buffers == [1, 2, 3]
