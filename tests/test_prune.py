"""`nn.utils.prune`, `parametrizations.orthogonal` and `checkpoint_sequential`."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn, optim
from ingot.nn.utils import parametrizations, parametrize, prune
from ingot.utils.checkpoint import checkpoint_sequential


def zeros_of(x: Any) -> int:
    return int((x == 0).sum().item())


def test_pruning_keeps_what_is_pruned_at_zero() -> None:
    layer = nn.Linear(6, 5)
    start = numpy_of(layer.weight).copy()
    prune.l1_unstructured(layer, "weight", amount=0.3)
    gone = numpy_of(layer.weight) == 0
    assert gone.sum() == 9
    assert np.abs(start[gone]).max() < np.abs(start[~gone]).min()
    assert [name for name, _ in layer.named_parameters()] == ["bias", "weight_orig"]
    assert sorted(layer.state_dict()) == ["bias", "weight_mask", "weight_orig"]
    optimizer = optim.SGD(layer.parameters(), lr=0.5)
    twin = copy.deepcopy(layer)
    for each in (layer, twin):
        each(ig.ones(2, 6)).sum().backward()
    optimizer.step()
    layer(ig.ones(2, 6))
    np.testing.assert_array_equal(numpy_of(layer.weight) == 0, gone)
    prune.random_unstructured(layer, "weight", amount=6)
    assert zeros_of(layer.weight) == 15
    assert (numpy_of(layer.weight) == 0)[gone].all()
    assert prune.is_pruned(nn.Sequential(layer))
    prune.remove(layer, "weight")
    assert [name for name, _ in layer.named_parameters()] == ["bias", "weight"]
    assert zeros_of(layer.weight) == 15
    assert not prune.is_pruned(layer)
    with pytest.raises(ValueError, match="not pruned"):
        prune.remove(layer, "weight")


def test_pruning_of_slices() -> None:
    layer = nn.Conv2d(3, 4, 2)
    norms = (numpy_of(layer.weight) ** 2).sum((0, 2, 3))
    prune.ln_structured(layer, "weight", amount=1, n=2, dim=1)
    assert (numpy_of(layer.weight) == 0).all((0, 2, 3)).tolist() == (norms == norms.min()).tolist()
    prune.random_structured(layer, "weight", amount=0.5, dim=0)
    assert (numpy_of(layer.weight) == 0).all((1, 2, 3)).sum() == 2


def test_pruning_of_several_weights_at_once() -> None:
    first, second = nn.Linear(4, 4, bias=False), nn.Linear(4, 2, bias=False)
    with ig.no_grad():
        first.weight.fill_(1.0)
        second.weight.fill_(2.0)
    prune.global_unstructured([(first, "weight"), (second, "weight")], prune.L1Unstructured, amount=0.5)
    assert (zeros_of(first.weight), zeros_of(second.weight)) == (12, 0)


class EverySecond(prune.BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Any, default_mask: Any) -> Any:
        mask = default_mask.clone()
        mask[::2] = 0
        return mask


def test_methods_of_ones_own_and_masks() -> None:
    layer = nn.Linear(2, 2)
    EverySecond.apply(layer, "weight")
    assert (numpy_of(layer.weight) == 0).tolist() == [[True, False], [True, False]]
    EverySecond.apply(layer, "weight")
    assert (numpy_of(layer.weight) == 0).tolist() == [[True, True], [True, False]]
    prune.custom_from_mask(layer, "bias", mask=ig.array([0, 1]))
    assert (numpy_of(layer.bias) == 0).tolist() == [True, False]
    with pytest.raises(ValueError, match="between 0 and 1"):
        prune.l1_unstructured(layer, "bias", amount=1.5)


@pytest.mark.parametrize("kind", ["matrix_exp", "cayley"])
@pytest.mark.parametrize("shape", [(4, 4), (5, 3), (3, 5)])
def test_orthogonal_weights_stay_orthogonal(kind: str, shape: tuple[int, int]) -> None:
    layer = nn.Linear(*shape)
    with ig.no_grad():
        layer.weight.copy_(nn.init.orthogonal_(ig.zeros(shape[1], shape[0])))
    start = numpy_of(layer.weight).copy()
    parametrizations.orthogonal(layer, orthogonal_map=kind)
    np.testing.assert_allclose(numpy_of(layer.weight), start, atol=1e-6)
    optimizer = optim.Adam(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        ig.square(layer(ig.ones(2, shape[0]))).sum().backward()
        optimizer.step()
    layer(ig.ones(2, shape[0]))
    w = numpy_of(layer.weight)
    assert np.abs(w - start).max() > 0.01
    gram = w @ w.T if w.shape[0] <= w.shape[1] else w.T @ w
    np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-5)
    parametrize.remove_parametrizations(layer, "weight")
    with pytest.raises(ValueError, match="map"):
        parametrizations.orthogonal(nn.Linear(2, 2), orthogonal_map="householder")


@pytest.mark.parametrize("segments", [1, 2, 3, 5])
def test_checkpoints_of_a_sequence(segments: int) -> None:
    model = nn.Sequential(*[nn.Sequential(nn.Linear(3, 3), nn.Tanh()) for _ in range(5)])
    gradients = []
    for run in (model, lambda x: checkpoint_sequential(model, segments, x, use_reentrant=False)):
        model.zero_grad()
        x = ig.ones((2, 3), requires_grad=True)
        run(x).sum().backward()
        gradients.append([numpy_of(p.grad) for p in (x, *model.parameters())])
    for plain, checkpointed in zip(*gradients, strict=True):
        np.testing.assert_array_equal(plain, checkpointed)
    with pytest.raises(ValueError, match="1 to 5"):
        checkpoint_sequential(model, 6, x)
