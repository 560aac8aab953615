"""MLX's modules: parameters as trees, freezing, weights in files, gradients of a model."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mlx_helpers import close, values

import ingot as ig
from ingot.mlx import core as mx
from ingot.mlx import nn
from ingot.mlx.utils import tree_flatten, tree_map


class MLP(nn.Module):
    def __init__(self, *sizes: int) -> None:
        super().__init__()
        self.layers = [nn.Linear(i, o) for i, o in pairwise(sizes)]

    def __call__(self, x: ig.array) -> ig.array:
        for layer in self.layers[:-1]:
            x = mx.maximum(layer(x), 0.0)
        return self.layers[-1](x)


def test_parameters_are_a_tree_and_an_iterator() -> None:
    model = MLP(2, 3, 1)
    names = ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]
    assert [name for name, _ in tree_flatten(model.parameters())] == names
    assert model.parameters()["layers"][0]["weight"].shape == (3, 2)
    assert [p.shape for p in model.parameters()] == [(3, 2), (3,), (1, 3), (1,)]
    assert next(model.parameters()).shape == (3, 2)
    assert len(ig.optim.SGD(model.parameters(), lr=0.1).param_groups[0]["params"]) == 4


def test_arrays_and_containers_of_a_module_that_is_called() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = mx.ones((3,))
            self.count = mx.array(2)
            self._hidden = mx.ones((2,))
            self.parts = {"a": nn.Linear(2, 2)}

        def __call__(self, x: ig.array) -> ig.array:
            return x * self.scale

    assert [name for name, _ in tree_flatten(Model().parameters())] == ["scale", "parts.a.weight", "parts.a.bias"]
    assert Model().scale.requires_grad


def test_arrays_of_a_module_with_forward_are_none_of_its_parameters() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = mx.ones((3,))

        def forward(self, x: ig.array) -> ig.array:
            return x * self.table

    assert list(Model().parameters()) == []


def test_freeze_and_unfreeze() -> None:
    model = MLP(2, 3, 1)
    model.freeze()
    assert tree_flatten(model.trainable_parameters()) == []
    model.layers[-1].unfreeze(keys="bias")
    assert [name for name, _ in tree_flatten(model.trainable_parameters())] == ["layers.1.bias"]
    model.unfreeze()
    assert len(tree_flatten(model.trainable_parameters())) == 4


def test_update_and_its_errors() -> None:
    model = nn.Linear(2, 1)
    held = model.weight
    model.update({"weight": mx.ones((1, 2))})
    assert model.weight is held
    assert held.tolist() == [[1, 1]]
    model.update(tree_map(lambda p: p * 0, model.parameters()))
    assert model.weight.tolist() == [[0, 0]]
    with pytest.raises(KeyError, match="no parameter 'gain'"):
        model.update({"gain": mx.ones(1)})


@pytest.mark.parametrize("suffix", ["safetensors", "npz"])
def test_weights_in_files(tmp_path: Path, suffix: str) -> None:
    model, other = MLP(2, 3, 1), MLP(2, 3, 1)
    model.save_weights(str(tmp_path / f"w.{suffix}"))
    other.load_weights(str(tmp_path / f"w.{suffix}"))
    for mine, theirs in zip(model.parameters(), other.parameters(), strict=True):
        assert mine.tolist() == theirs.tolist()
    with pytest.raises(ValueError, match="missing parameters"):
        MLP(2, 1).load_weights(str(tmp_path / f"w.{suffix}"))


def test_apply_takes_functions_of_arrays_and_of_modules() -> None:
    model = MLP(2, 3, 1)
    model.apply(lambda p: mx.zeros_like(p) + 1)
    assert all(p.tolist() == mx.ones(p.shape).tolist() for p in model.parameters())
    seen = []
    model.apply(lambda module: seen.append(type(module).__name__))
    assert seen[-1] == "MLP"
    model.set_dtype(mx.float16)
    assert {p.dtype for p in model.parameters()} == {mx.float16}


def test_leaf_modules_and_instances() -> None:
    model = MLP(2, 3, 1)
    assert isinstance(model.layers[0], nn.Module)
    assert isinstance(model.layers[0], ig.nn.Linear)
    assert isinstance(ig.nn.Linear(1, 1), nn.Module)
    assert not isinstance(3, nn.Module)
    assert [name for name, _ in tree_flatten(model.leaf_modules())] == ["layers.0", "layers.1"]


def test_value_and_grad_of_a_model(rng: np.random.Generator) -> None:
    model = nn.Linear(3, 2)
    x, y = values(rng, 5, 3), values(rng, 5, 2)

    def loss_fn(x: ig.array, y: ig.array) -> tuple[ig.array, ig.array]:
        out = model(x)
        return mx.mean((out - y) ** 2), out

    (loss, out), grads = nn.value_and_grad(model, loss_fn)(mx.array(x), mx.array(y))
    residual = x @ np.asarray(model.weight.detach()).T + np.asarray(model.bias.detach()) - y
    close(loss, (residual**2).mean())
    close(grads["weight"], 2 * residual.T @ x / residual.size)
    close(grads["bias"], 2 * residual.sum(0) / residual.size)
    assert not loss.requires_grad
    assert out.shape == (5, 2)
    assert model.weight.grad is None


def test_update_inside_of_grad_is_refused() -> None:
    model = nn.Linear(3, 1, bias=False)

    def loss_fn(parameters: Any) -> ig.array:
        model.update(parameters)
        return model(mx.ones((1, 3))).sum()

    with pytest.raises(RuntimeError, match=r"use nn\.value_and_grad"):
        mx.grad(loss_fn)(model.trainable_parameters())


def test_modules_are_read_like_dictionaries() -> None:
    layer, bare = nn.Linear(2, 3), nn.Linear(2, 3, bias=False)
    assert "bias" in layer
    assert "bias" not in bare
    assert layer["weight"] is layer.weight
    with pytest.raises(KeyError):
        bare["bias"]
    model = nn.Sequential(layer, bare)
    assert model[1] is bare
    assert layer in model
