"""nn.utils and nn.init: norms, clipping, vectors, tables, computed weights, initial values."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn, optim
from ingot.nn import init, utils


def with_gradients(*values: list[float]) -> list[nn.Parameter]:
    parameters = []
    for value in values:
        p = nn.Parameter(ig.zeros(len(value)))
        p.grad = ig.array(value)
        parameters.append(p)
    return parameters


@pytest.mark.parametrize(("kind", "want"), [(2.0, 13.0), (1.0, 19.0), (float("inf"), 12.0), (3.0, 1819 ** (1 / 3))])
def test_clip_grad_norm(kind: float, want: float) -> None:
    parameters = [*with_gradients([3.0, 4.0], [12.0]), nn.Parameter(ig.zeros(2))]
    assert utils.clip_grad_norm_(parameters, 1.0, kind).item() == pytest.approx(want, rel=1e-5)
    assert utils.get_total_norm([p.grad for p in parameters[:2]], kind).item() == pytest.approx(1, rel=1e-4)
    assert parameters[2].grad is None
    small = with_gradients([0.1])
    utils.clip_grad_norm_(small, 1.0)
    assert small[0].grad.item() == pytest.approx(0.1)


def test_clip_refuses_what_is_not_finite() -> None:
    parameters = with_gradients([float("nan")])
    with pytest.raises(RuntimeError, match="not finite"):
        utils.clip_grad_norm_(parameters, 1.0, error_if_nonfinite=True)
    assert np.isnan(utils.clip_grad_norm_(parameters, 1.0).item())
    assert utils.clip_grad_norm_([], 1.0).item() == 0
    with pytest.raises(ValueError, match="norm_type"):
        utils.clip_grad_norm_(parameters, 1.0, -1.0)


def test_clip_grad_value() -> None:
    (p,) = with_gradients([-3.0, 0.5, 3.0])
    utils.clip_grad_value_(p, 1.0)
    assert p.grad.tolist() == [-1.0, 0.5, 1.0]


def test_parameters_as_a_vector() -> None:
    model = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1))
    vector = utils.parameters_to_vector(model.parameters())
    assert vector.shape == (13,)
    utils.vector_to_parameters(ig.arange(13, dtype=ig.float32), model.parameters())
    assert model[1].bias.item() == 12
    assert model[0].weight.requires_grad
    with pytest.raises(ValueError, match="13 elements"):
        utils.vector_to_parameters(ig.zeros(5), model.parameters())


def test_summary() -> None:
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 6 * 6, 10))
    model.train()
    table = utils.summary(model, (1, 1, 8, 8))
    assert table.total_parameters == 4 * 9 + 4 + 1440 + 10
    assert table.flops == 2 * 4 * 36 * 9 + 2 * 1440
    text = str(table)
    assert "(1, 4, 6, 6)" in text
    assert "Linear (3)" in text
    assert "1,490" in text
    assert model.training
    assert not vars(model[0]).get("_forward_hooks")
    tied = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    tied[1].weight = tied[0].weight
    assert utils.summary(tied, (1, 2)).total_parameters == 8
    with pytest.raises(ValueError, match="input_shape or inputs"):
        utils.summary(model)


@pytest.mark.parametrize("module", [utils, utils.parametrizations])
def test_weight_norm(module) -> None:
    layer = nn.Linear(3, 4)
    x = ig.random.normal((5, 3))
    before = numpy_of(layer(x))
    module.weight_norm(layer)
    np.testing.assert_allclose(numpy_of(layer(x)), before, rtol=1e-5, atol=1e-6)
    optimizer = ig.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        (layer(x) ** 2).mean().backward()
        optimizer.step()
    assert not np.allclose(numpy_of(layer(x)), before)
    clone = copy.deepcopy(layer)
    np.testing.assert_array_equal(numpy_of(clone(x)), numpy_of(layer(x)))


def test_weight_norm_is_removed() -> None:
    layer = utils.weight_norm(nn.Linear(3, 4))
    x = ig.ones((2, 3))
    before = numpy_of(layer(x))
    utils.remove_weight_norm(layer)
    assert [name for name, _ in layer.named_parameters()] == ["bias", "weight"]
    np.testing.assert_array_equal(numpy_of(layer(x)), before)
    with pytest.raises(ValueError, match="no WeightNorm"):
        utils.remove_weight_norm(layer)


def test_spectral_norm_bounds_the_largest_singular_value() -> None:
    layer = utils.parametrizations.spectral_norm(nn.Linear(6, 5))
    for _ in range(30):
        layer(ig.ones((1, 6)))
    assert np.linalg.svd(numpy_of(layer.weight), compute_uv=False)[0] == pytest.approx(1, rel=1e-4)
    layer.eval()
    weight = numpy_of(layer.weight)
    layer(ig.ones((1, 6)))
    np.testing.assert_array_equal(numpy_of(layer.weight), weight)


# ---- initial values ----


def test_gains() -> None:
    assert init.calculate_gain("relu") == pytest.approx(2**0.5)
    assert init.calculate_gain("leaky_relu", 0.2) == pytest.approx((2 / 1.04) ** 0.5)
    assert init.calculate_gain("tanh") == pytest.approx(5 / 3)
    with pytest.raises(ValueError, match="sine"):
        init.calculate_gain("sine")


def test_spread_of_kaiming_and_xavier() -> None:
    ig.random.seed(0)
    w = ig.zeros((200, 100))
    for fill, want in [
        (lambda: init.kaiming_normal_(w, nonlinearity="relu"), (2 / 100) ** 0.5),
        (lambda: init.kaiming_normal_(w, mode="fan_out"), (2 / 200) ** 0.5),
        (lambda: init.kaiming_uniform_(w, a=1.0), (1 / 100) ** 0.5),
        (lambda: init.xavier_normal_(w), (2 / 300) ** 0.5),
        (lambda: init.xavier_uniform_(w, gain=2.0), 2 * (2 / 300) ** 0.5),
        (lambda: init.normal_(w, std=0.3), 0.3),
        (lambda: init.trunc_normal_(w, std=0.1), 0.1),
    ]:
        assert fill() is w
        assert w.std().item() == pytest.approx(want, rel=0.02)
    init.trunc_normal_(w, a=-0.5, b=1.5)
    assert -0.5 <= w.min().item() < w.max().item() <= 1.5


def test_structured_values() -> None:
    assert init.eye_(ig.zeros((2, 3))).tolist() == [[1, 0, 0], [0, 1, 0]]
    assert init.constant_(ig.zeros(2), 3.5).tolist() == [3.5, 3.5]
    assert init.ones_(ig.zeros(2)).tolist() == [1, 1]
    assert init.zeros_(ig.ones(2)).tolist() == [0, 0]
    layer = nn.Conv2d(4, 4, 3, padding=1, groups=2, bias=False)
    init.dirac_(layer.weight, groups=2)
    x = ig.random.normal((1, 4, 5, 5))
    np.testing.assert_allclose(numpy_of(layer(x)), numpy_of(x), rtol=1e-6)
    sparse = numpy_of(init.sparse_(ig.zeros((20, 6)), 0.31))
    assert ((sparse == 0).sum(axis=0) == 7).all()


@pytest.mark.parametrize("shape", [(4, 7), (7, 4), (5, 2, 3)])
def test_orthogonal(shape: tuple[int, ...]) -> None:
    m = numpy_of(init.orthogonal_(ig.zeros(shape), gain=2.0)).reshape(shape[0], -1)
    product = m @ m.T if m.shape[0] <= m.shape[1] else m.T @ m
    np.testing.assert_allclose(product, 4 * np.eye(len(product)), atol=1e-5)
    with pytest.raises(ValueError, match="two axes"):
        init.orthogonal_(ig.zeros(3))


def test_parameters_stay_leaves_that_learn() -> None:
    layer = nn.Linear(3, 3)
    weight = layer.weight
    for fill in (init.orthogonal_, init.trunc_normal_, init.zeros_, init.eye_):
        fill(layer.weight)
    assert layer.weight is weight
    assert weight.requires_grad
    assert weight.is_leaf


# ---- parametrizations of one's own ----


class Symmetric(nn.Module):
    def forward(self, x: ig.array) -> ig.array:
        return x.triu() + x.triu(1).mT


class Positive(nn.Module):
    def forward(self, x: ig.array) -> ig.array:
        return ig.exp(x)

    def right_inverse(self, x: ig.array) -> ig.array:
        return ig.log(ig.abs(x))


def test_register_parametrization() -> None:
    parametrize = nn.utils.parametrize
    layer = nn.Linear(3, 3)
    first = layer.weight.detach()
    assert parametrize.register_parametrization(layer, "weight", Symmetric()) is layer
    assert sorted(layer.state_dict()) == ["bias", "parametrizations.weight.original"]
    assert (parametrize.is_parametrized(layer), parametrize.is_parametrized(layer, "bias")) == (True, False)
    optimizer = optim.SGD(layer.parameters(), lr=0.1)
    layer(ig.ones(2, 3)).square().sum().backward()
    assert ig.any(ig.triu(layer.parametrizations.weight.original.grad) != 0)
    assert not ig.any(ig.tril(layer.parametrizations.weight.original.grad, -1) != 0)
    optimizer.step()
    layer(ig.ones(2, 3))
    assert ig.array_equal(layer.weight, layer.weight.mT)
    assert not ig.array_equal(layer.weight, Symmetric()(first))
    parametrize.register_parametrization(layer, "weight", Positive())
    assert (layer.weight > 0).all()
    learnt = layer.weight.detach()
    parametrize.remove_parametrizations(layer, "weight")
    assert ig.array_equal(layer.weight, learnt)
    assert sorted(layer.state_dict()) == ["bias", "weight"]
    assert not parametrize.is_parametrized(layer)
    with pytest.raises(ValueError, match="no parametrization computes 'weight'"):
        parametrize.remove_parametrizations(layer, "weight")


def test_a_parametrization_starts_from_its_right_inverse() -> None:
    layer = nn.Linear(2, 2)
    first = numpy_of(layer.weight.detach())
    nn.utils.parametrize.register_parametrization(layer, "weight", Positive())
    np.testing.assert_allclose(numpy_of(layer.weight), np.abs(first), rtol=1e-6)
    nn.utils.parametrize.remove_parametrizations(layer, "weight", leave_parametrized=False)
    np.testing.assert_allclose(numpy_of(layer.weight), np.log(np.abs(first)), rtol=1e-6)


def test_a_parametrization_keeps_the_shape() -> None:
    class Half(nn.Module):
        def forward(self, x: ig.array) -> ig.array:
            return x[:1]

    with pytest.raises(ig.ShapeError, match="unsafe=True"):
        nn.utils.parametrize.register_parametrization(nn.Linear(2, 2), "weight", Half())


def test_a_frozen_weight_stays_so_when_it_is_parametrized() -> None:
    layer = nn.Linear(2, 2)
    layer.weight.requires_grad_(False)
    nn.utils.parametrize.register_parametrization(layer, "weight", nn.Tanh(), unsafe=True)
    assert [name for name, p in layer.named_parameters() if p.requires_grad] == ["bias"]
