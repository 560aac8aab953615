"""Modules, layers and losses: what they compute, what they hold, and how they are put together."""

from __future__ import annotations

import copy
import gc

import numpy as np
import pytest
from helpers import leaf, numeric_gradient, numpy_of

import ingot as ig
from ingot import nn


def close(got, want, tolerance: float = 1e-5) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=tolerance, atol=tolerance)


class Block(nn.Module):
    """A user's module: parameters, a buffer, a child, a list of arrays that are not parameters."""

    def __init__(self, width: int = 3) -> None:
        super().__init__()
        self.inner = nn.Linear(width, width)
        self.scale = nn.Parameter(ig.ones(width))
        self.register_buffer("seen", ig.zeros(1))
        self.note = "anything"

    def forward(self, x, times: int = 1):
        return self.inner(x) * self.scale * times


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.block = Block()
        self.head = nn.Sequential(nn.Tanh(), nn.Linear(3, 2))

    def forward(self, x):
        return self.head(self.block(x))


NAMES = [
    "block.scale",
    "block.inner.weight",
    "block.inner.bias",
    "head.1.weight",
    "head.1.bias",
]


# ---- the tree ----


def test_named_parameters_and_buffers() -> None:
    model = Net()
    assert sorted(name for name, _ in model.named_parameters()) == sorted(NAMES)
    assert [name for name, _ in model.named_buffers()] == ["block.seen"]
    assert len(list(model.parameters())) == 5
    assert all(isinstance(p, nn.Parameter) and p.requires_grad and p.is_leaf for p in model.parameters())


def test_children_and_modules() -> None:
    model = Net()
    assert [name for name, _ in model.named_children()] == ["block", "head"]
    assert next(iter(model.children())) is model.block
    names = [name for name, _ in model.named_modules()]
    assert names[0] == ""
    assert set(names) == {"", "block", "block.inner", "head", "head.0", "head.1"}
    assert all(isinstance(m, nn.Module) for m in model.modules())


def test_attributes_return_the_same_objects() -> None:
    model = Net()
    assert model.block is model.block
    assert model.block.scale is dict(model.named_parameters())["block.scale"]
    assert model.block.note == "anything"
    with pytest.raises(AttributeError, match="missing"):
        model.missing  # noqa: B018


def test_reassignment_and_deletion() -> None:
    model = Net()
    model.block = nn.Linear(3, 3)
    assert {name for name, _ in model.named_parameters()} == {
        "block.weight",
        "block.bias",
        "head.1.weight",
        "head.1.bias",
    }
    del model.block
    assert not hasattr(model, "block")
    assert len(list(model.parameters())) == 2


def test_module_without_super_init_says_so() -> None:
    class Forgetful(nn.Module):
        def __init__(self) -> None:
            self.layer = nn.Linear(1, 1)

    with pytest.raises((AttributeError, TypeError, RuntimeError), match="__init__"):
        Forgetful()


def test_module_without_forward_says_so() -> None:
    class Empty(nn.Module):
        pass

    with pytest.raises(NotImplementedError, match="forward"):
        Empty()(ig.ones(1))


def test_overridden_call_works_like_forward() -> None:
    class Doubled(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Linear(2, 2)

        def __call__(self, x):
            return self.layer(x) * 2

    model = Doubled()
    x = ig.ones((1, 2))
    close(model(x), 2 * numpy_of(model.layer(x)))
    assert len(list(model.parameters())) == 2
    close(nn.Sequential(model)(x), numpy_of(model(x)))


def test_forward_takes_further_arguments() -> None:
    model = Block()
    x = ig.ones((1, 3))
    close(model(x, times=3), 3 * numpy_of(model(x)))
    close(model(x, 3), 3 * numpy_of(model(x)))


def test_shared_parameter_is_listed_once() -> None:
    class Tied(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = nn.Linear(2, 2)
            self.b = nn.Linear(2, 2)
            self.b.weight = self.a.weight

    model = Tied()
    assert len(list(model.parameters())) == 3
    assert model.a.weight is model.b.weight


def test_python_module_kept_alive_only_by_its_parent() -> None:
    model = nn.Sequential(Block(), Block())
    gc.collect()
    close(model(ig.ones((1, 3))), numpy_of(model[1](model[0](ig.ones((1, 3))))))
    assert type(model[0]) is Block
    assert model[0].note == "anything"


# ---- train, eval, zero_grad, to ----


def test_train_and_eval_reach_every_module() -> None:
    model = Net()
    assert model.training
    assert model.eval() is model
    assert not any(m.training for m in model.modules())
    model.train()
    assert all(m.training for m in model.modules())
    model.train(False)
    assert not model.block.inner.training


def test_zero_grad() -> None:
    model = Net()
    model(ig.ones((2, 3))).sum().backward()
    assert all(p.grad is not None for p in model.parameters())
    model.zero_grad()
    assert all(p.grad is None or not numpy_of(p.grad).any() for p in model.parameters())


def test_requires_grad_of_a_whole_module() -> None:
    model = Net().requires_grad_(False)
    assert not model(ig.ones((1, 3))).requires_grad


def test_to_a_device_that_is_here_and_one_that_is_not() -> None:
    model = Net()
    assert model.to(ig.device("cpu")) is model
    assert model.to("cpu") is model
    if not ig.is_available(ig.device("mps")):
        with pytest.raises(RuntimeError, match="cpu"):
            model.to(ig.device("mps"))


def test_to_a_dtype() -> None:
    model = Net().to(ig.float64)
    assert all(p.dtype == ig.float64 for p in model.parameters())
    assert model(ig.ones((1, 3), dtype=ig.float64)).dtype == ig.float64


# ---- state dicts ----


def test_state_dict_round_trip() -> None:
    a, b = Net(), Net()
    state = a.state_dict()
    assert sorted(state) == sorted([*NAMES, "block.seen"])
    b.load_state_dict(state)
    x = ig.ones((2, 3))
    close(b(x), numpy_of(a(x)), 0)


def test_state_dict_is_not_changed_by_later_training() -> None:
    model = nn.Linear(2, 2)
    state = model.state_dict()
    before = numpy_of(state["weight"])
    other = nn.Linear(2, 2)
    other.load_state_dict(state)
    with ig.no_grad():
        other.weight += 1
    np.testing.assert_array_equal(numpy_of(state["weight"]), before)


def test_load_state_dict_takes_numpy_arrays() -> None:
    model = nn.Linear(2, 1)
    model.load_state_dict({"weight": np.array([[3.0, 4.0]]), "bias": np.array([5.0])})
    close(model(ig.array([[1.0, 1.0]])), [[12]])
    assert model.weight.dtype == ig.float32


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.update({"block.extra": ig.ones(1)}), "block.extra"),
        (lambda s: s.pop("block.scale"), "block.scale"),
        (lambda s: s.update({"block.scale": ig.ones(7)}), r"block.scale.*\(7,\)|\(7,\).*block.scale"),
    ],
    ids=["unknown", "missing", "shape"],
)
def test_state_dict_that_does_not_fit(change, message: str) -> None:
    model = Net()
    before = {name: numpy_of(value) for name, value in model.state_dict().items()}
    state = dict(Net().state_dict())
    change(state)
    with pytest.raises((KeyError, ValueError, RuntimeError), match=message):
        model.load_state_dict(state)
    for name, value in model.state_dict().items():
        np.testing.assert_array_equal(numpy_of(value), before[name], err_msg="half of it was loaded")


def test_state_dict_not_strict() -> None:
    model = Net()
    model.load_state_dict({"block.scale": ig.full((3,), 9.0), "unknown": ig.ones(1)}, strict=False)
    close(model.block.scale, [9, 9, 9])


def test_deepcopy_is_independent() -> None:
    model = Net()
    twin = copy.deepcopy(model)
    assert type(twin) is Net
    with ig.no_grad():
        twin.block.scale *= 0
    close(model.block.scale, [1, 1, 1])
    assert twin.block.note == "anything"
    assert all(p.requires_grad for p in twin.parameters())


def test_repr_shows_the_tree() -> None:
    text = repr(Net())
    for part in ("Net(", "(block): Block(", "Linear(", "in_features=3", "out_features=2", "Tanh()"):
        assert part in text


# ---- layers ----


def test_linear(rng: np.random.Generator) -> None:
    layer = nn.Linear(4, 3)
    x = rng.normal(size=(5, 2, 4)).astype(np.float32)
    close(layer(ig.array(x)), x @ numpy_of(layer.weight).T + numpy_of(layer.bias))
    assert layer.weight.shape == (3, 4)
    assert layer.bias.shape == (3,)
    bound = 1 / np.sqrt(4)
    assert np.abs(numpy_of(layer.weight)).max() <= bound


def test_linear_without_bias() -> None:
    layer = nn.Linear(4, 3, bias=False)
    assert layer.bias is None
    assert [name for name, _ in layer.named_parameters()] == ["weight"]
    assert layer(ig.ones(4)).shape == (3,)


def test_linear_of_a_wrong_width_names_both() -> None:
    with pytest.raises(ValueError, match=r"(?s)4.*5|5.*4"):
        nn.Linear(4, 3)(ig.ones((2, 5)))


@pytest.mark.parametrize(
    ("layer", "reference"),
    [
        (nn.ReLU(), lambda x: np.maximum(x, 0)),
        (nn.Tanh(), np.tanh),
        (nn.Sigmoid(), lambda x: 1 / (1 + np.exp(-x))),
    ],
    ids=["relu", "tanh", "sigmoid"],
)
def test_activations(layer, reference, rng: np.random.Generator) -> None:
    x = rng.normal(size=(3, 4))
    close(layer(ig.array(x)), reference(x))
    assert list(layer.parameters()) == []


def test_dropout() -> None:
    layer = nn.Dropout(0.25)
    x = ig.ones(100_000, requires_grad=True)
    y = layer(x)
    values = numpy_of(y)
    assert set(np.unique(values)) <= {0.0, np.float32(1 / 0.75)}
    assert (values == 0).mean() == pytest.approx(0.25, abs=0.01)
    y.sum().backward()
    np.testing.assert_array_equal(numpy_of(x.grad), values)
    layer.eval()
    assert numpy_of(layer(x)).tolist()[:3] == [1, 1, 1]


def test_dropout_bounds() -> None:
    for p in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError):
            nn.Dropout(p)
    assert not numpy_of(nn.Dropout(1.0)(ig.ones(10))).any()


def test_flatten() -> None:
    x = ig.ones((2, 3, 4))
    assert nn.Flatten()(x).shape == (2, 12)
    assert nn.Flatten(0)(x).shape == (24,)
    assert nn.Flatten(0, 1)(x).shape == (6, 4)


def test_sequential() -> None:
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    assert len(model) == 3
    assert isinstance(model[1], nn.ReLU)
    assert isinstance(model[-1], nn.Linear)
    assert [type(m).__name__ for m in model] == ["Linear", "ReLU", "Linear"]
    assert model(ig.ones((5, 2))).shape == (5, 1)
    with pytest.raises(IndexError):
        model[3]


# ---- losses ----


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_mse(reduction: str, rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 3, 4))
    want = (a - b) ** 2
    want = {"mean": want.mean(), "sum": want.sum(), "none": want}[reduction]
    close(nn.MSELoss(reduction=reduction)(ig.array(a), ig.array(b)), want)


def reference_cross_entropy(logits: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Per sample; classes on axis 1, as indices or as probabilities."""
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    if target.dtype.kind in "iu":
        return -np.take_along_axis(log_p, np.expand_dims(target, 1), axis=1).squeeze(1)
    return -(target * log_p).sum(axis=1)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("shape", [(5, 3), (2, 3, 4)])
@pytest.mark.parametrize("kind", ["indices", "probabilities"])
def test_cross_entropy(reduction: str, shape, kind: str, rng: np.random.Generator) -> None:
    logits = rng.normal(size=shape)
    if kind == "indices":
        target = rng.integers(0, 3, (shape[0], *shape[2:]))
    else:
        target = rng.uniform(size=shape)
        target /= target.sum(axis=1, keepdims=True)
    each = reference_cross_entropy(logits, target)
    want = {"mean": each.mean(), "sum": each.sum(), "none": each}[reduction]
    loss_fn = nn.CrossEntropyLoss(reduction=reduction)
    close(loss_fn(ig.array(logits), ig.array(target)), want, 1e-10)
    x = leaf(logits)
    loss_fn(x, ig.array(target)).sum().backward()

    def total(v: np.ndarray) -> float:
        each = reference_cross_entropy(v, target)
        return float(each.mean() if reduction == "mean" else each.sum())

    np.testing.assert_allclose(numpy_of(x.grad), numeric_gradient(total, [logits], 0), rtol=1e-6, atol=1e-8)


def test_cross_entropy_of_one_sample_without_batch() -> None:
    close(nn.CrossEntropyLoss()(ig.array([1.0, 2.0, 3.0]), ig.array(2)), np.log(1 + np.exp(-1) + np.exp(-2)))


def test_cross_entropy_of_huge_logits_is_finite() -> None:
    x = ig.array([[1000.0, -1000.0], [-1000.0, 1000.0]], requires_grad=True)
    loss = nn.CrossEntropyLoss()(x, ig.array([0, 0]))
    assert loss.item() == pytest.approx(1000)
    loss.backward()
    assert np.isfinite(numpy_of(x.grad)).all()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: nn.CrossEntropyLoss()(ig.ones((2, 3)), ig.array([0, 3])), (IndexError, ValueError), "3"),
        (lambda: nn.CrossEntropyLoss()(ig.ones((2, 3)), ig.array([0, -1])), (IndexError, ValueError), "-1"),
        (lambda: nn.CrossEntropyLoss()(ig.ones((2, 3)), ig.array([0, 1, 2])), ValueError, r"\(2, 3\).*\(3,\)"),
        (lambda: nn.CrossEntropyLoss(reduction="average"), ValueError, "average"),
        (lambda: nn.MSELoss()(ig.ones((2, 3)), ig.ones((4,))), ValueError, r"\(2, 3\).*\(4,\)"),
    ],
)
def test_losses_refuse_what_does_not_fit(call, error, message: str) -> None:
    with pytest.raises(error, match=message):
        call().tolist()


def test_parameter_of_what_cannot_be_differentiated() -> None:
    with pytest.raises(TypeError, match="int32"):
        nn.Parameter(ig.array([1, 2]))
