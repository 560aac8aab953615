"""Forward hooks: from Python and from C++ containers, removed, copied, and collected."""

from __future__ import annotations

import copy
import gc
import weakref

import pytest

import ingot as ig
from ingot import memory, nn


def add_one(module: nn.Module, args: tuple) -> tuple:
    return (args[0] + 1,)


def test_hooks_replace_inputs_and_outputs() -> None:
    layer = nn.Identity()
    before = layer.register_forward_pre_hook(lambda module, args: args[0] + 1)
    after = layer.register_forward_hook(lambda module, args, output: output * 10)
    assert layer(ig.ones(1)).item() == 20
    before.remove()
    assert layer(ig.ones(1)).item() == 10
    after.remove()
    after.remove()
    assert layer(ig.ones(1)).item() == 1


def test_hooks_run_within_containers() -> None:
    seen: list[str] = []
    model = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Tanh()))
    for name, module in model.named_modules():
        module.register_forward_hook(lambda module, args, output, name=name: seen.append(name))
    model(ig.ones(2))
    assert seen == ["0", "1.0", "1", ""]


def test_hooks_of_a_python_subclass_within_a_container() -> None:
    class Double(nn.Module):
        def forward(self, x):
            return x * 2

    model = nn.Sequential(Double())
    with model[0].register_forward_pre_hook(add_one):
        assert model(ig.ones(1)).item() == 4
    assert model(ig.ones(1)).item() == 2


def test_hooks_with_kwargs_and_order() -> None:
    class Scale(nn.Module):
        def forward(self, x, *, by: float = 1.0):
            return x * by

    layer = Scale()
    layer.register_forward_pre_hook(lambda module, args, kwargs: (args, {"by": 3.0}), with_kwargs=True)
    calls: list[str] = []
    layer.register_forward_hook(lambda m, args, kwargs, out: calls.append(f"second {kwargs}"), with_kwargs=True)
    layer.register_forward_hook(lambda m, args, out: calls.append("first"), prepend=True)
    assert layer(ig.ones(1), by=2.0).item() == 3
    assert calls == ["first", "second {'by': 3.0}"]
    with pytest.raises(TypeError, match="callable"):
        layer.register_forward_hook(1)


def test_a_hook_may_remove_itself_and_raise() -> None:
    layer = nn.Identity()
    handle: list[nn.RemovableHandle] = []

    def once(module: nn.Module, args: tuple) -> None:
        handle[0].remove()

    handle.append(layer.register_forward_pre_hook(once))
    layer(ig.ones(1))

    def fail(module: nn.Module, args: tuple) -> None:
        raise RuntimeError("stop")

    bad = nn.Sequential(layer)
    layer.register_forward_pre_hook(fail)
    with pytest.raises(RuntimeError, match="stop"):
        bad(ig.ones(1))


def test_copies_keep_hooks() -> None:
    layer = nn.Identity()
    layer.register_forward_pre_hook(add_one)
    clone = nn.Sequential(copy.deepcopy(layer))
    assert clone(ig.ones(1)).item() == 2


def test_a_recording_sees_new_hooks() -> None:
    layer = nn.Identity()
    step = ig.jit(lambda x: layer(x))
    assert step(ig.ones(1)).item() == 1
    handle = layer.register_forward_pre_hook(add_one)
    assert step(ig.ones(1)).item() == 2
    handle.remove()
    assert step(ig.ones(1)).item() == 1


def test_hooks_that_refer_to_their_module_are_collected() -> None:
    def hooked() -> weakref.ref:
        layer = nn.Linear(2, 2)
        layer.register_forward_hook(lambda module, args, output: layer and None)
        layer(ig.ones(2))
        return weakref.ref(layer)

    ref = hooked()
    gc.collect()
    assert ref() is None


def test_nothing_leaks() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList([nn.Linear(4, 4), nn.Dropout(0.1), nn.LSTM(4, 4)])
            self.me = [self]  # a cycle

        def forward(self, x, fail: bool = False):
            x = self.layers[1](self.layers[0](x))
            if fail:
                raise RuntimeError("in forward")
            return self.layers[2](x)[0]

    def use() -> None:
        model = Net()
        model.register_forward_hook(lambda module, args, output: None)
        model(ig.ones((3, 2, 4))).sum().backward()
        with pytest.raises(RuntimeError, match="in forward"):
            model(ig.ones((3, 2, 4)), fail=True)
        clone = copy.deepcopy(model)
        clone(ig.ones((3, 2, 4))).sum().item()

    use()
    gc.collect()
    buffers, held = memory.live_buffers(), memory.active()
    for _ in range(3):
        use()
    gc.collect()
    assert memory.live_buffers() <= buffers
    assert memory.active() <= held
