"""Layers of sequence models beside PyTorch's: same weights, same data; values and all gradients."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers import leaf, numpy_of

import ingot as ig

F, TF = ig.nn.functional, torch.nn.functional


def close(got, want, tolerance: float = 1e-10) -> None:
    np.testing.assert_allclose(numpy_of(got), want.detach().numpy(), rtol=tolerance, atol=tolerance)


def both(*values: np.ndarray) -> tuple[list, list]:
    """The same leaves in both frameworks."""
    return [leaf(v) for v in values], [torch.tensor(v, requires_grad=True) for v in values]


def compare(ours: list, theirs: list, y, z, rng: np.random.Generator, tolerance: float = 1e-10) -> None:
    """Values, and gradients that a random cotangent pulls back."""
    close(y, z, tolerance)
    cotangent = rng.normal(size=tuple(z.shape))
    y.backward(ig.array(cotangent))
    z.backward(torch.tensor(cotangent))
    for a, b in zip(ours, theirs, strict=True):
        close(a.grad, b.grad, tolerance * 10)


@pytest.mark.parametrize("axes", [1, 2])
def test_layer_norm(axes: int, rng: np.random.Generator) -> None:
    shape = (4, 3, 5)[-axes:]
    ours, theirs = both(rng.normal(size=(4, 3, 5)), rng.normal(size=shape), rng.normal(size=shape))
    compare(ours, theirs, F.layer_norm(ours[0], shape, *ours[1:]), TF.layer_norm(theirs[0], shape, *theirs[1:]), rng)


@pytest.mark.parametrize("eps", [None, 1e-2])
def test_rms_norm(eps: float | None, rng: np.random.Generator) -> None:
    ours, theirs = both(rng.normal(size=(4, 5)), rng.normal(size=5))
    compare(ours, theirs, F.rms_norm(ours[0], 5, ours[1], eps), TF.rms_norm(theirs[0], (5,), theirs[1], eps), rng)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("shape", [(7, 4), (3, 4, 5), (4,)])
@pytest.mark.parametrize("kind", ["classes", "probabilities"])
def test_cross_entropy(
    reduction: str, smoothing: float, weighted: bool, shape, kind: str, rng: np.random.Generator
) -> None:
    ours, theirs = both(rng.normal(size=shape))
    if kind == "classes":
        target = rng.integers(0, 4, (shape[0], *shape[2:]) if len(shape) > 1 else ())
        target = np.where(rng.uniform(size=target.shape) < 0.3, 1, target)
    else:
        target = rng.dirichlet(np.ones(4), (shape[0], *shape[2:]) if len(shape) > 1 else ())
        target = np.moveaxis(target, -1, 1) if len(shape) > 1 else target
    weight = rng.uniform(0.5, 2, 4)
    options = {"reduction": reduction, "label_smoothing": smoothing}
    if kind == "classes" and len(shape) > 1:
        options["ignore_index"] = 1
    y = F.cross_entropy(ours[0], ig.array(target), weight=ig.array(weight) if weighted else None, **options)
    z = TF.cross_entropy(theirs[0], torch.tensor(target), weight=torch.tensor(weight) if weighted else None, **options)
    compare(ours, theirs, y, z, rng)


@pytest.mark.parametrize("padding", [None, 2, -1])
def test_embedding(padding: int | None, rng: np.random.Generator) -> None:
    ours, theirs = both(rng.normal(size=(6, 3)))
    index = rng.integers(0, 6, (4, 5))
    compare(
        ours,
        theirs,
        F.embedding(ig.array(index), ours[0], padding_idx=padding),
        TF.embedding(torch.tensor(index), theirs[0], padding_idx=padding),
        rng,
    )


@pytest.mark.parametrize("approximate", ["none", "tanh"])
def test_gelu(approximate: str, rng: np.random.Generator) -> None:
    ours, theirs = both(rng.normal(size=100) * 3)
    compare(ours, theirs, F.gelu(ours[0], approximate), TF.gelu(theirs[0], approximate=approximate), rng)


@pytest.mark.parametrize("masking", ["none", "causal", "bool", "additive", "scale", "grouped"])
def test_attention(masking: str, rng: np.random.Generator) -> None:
    heads = 2 if masking == "grouped" else 4
    ours, theirs = both(
        rng.normal(size=(2, 4, 9, 8)), rng.normal(size=(2, heads, 11, 8)), rng.normal(size=(2, heads, 11, 6))
    )
    seen = rng.uniform(size=(2, 1, 9, 11)) < 0.8
    options, torch_options = {}, {}
    if masking == "causal":
        options = torch_options = {"is_causal": True}
    elif masking == "scale":
        options = torch_options = {"scale": 0.7}
    elif masking == "grouped":
        options = torch_options = {"enable_gqa": True}
    elif masking != "none":
        mask = seen if masking == "bool" else rng.normal(size=(9, 11))
        options, torch_options = {"attn_mask": ig.array(mask)}, {"attn_mask": torch.tensor(mask)}
    y = F.scaled_dot_product_attention(*ours, **options)
    compare(ours, theirs, y, TF.scaled_dot_product_attention(*theirs, **torch_options), rng)


MULTIHEAD = {
    "plain": {},
    "no_bias": {"bias": False},
    "other_widths": {"kdim": 5, "vdim": 7},
    "bias_kv": {"add_bias_kv": True},
    "zero_attn": {"add_zero_attn": True},
    "batch_first": {"batch_first": True},
}


@pytest.mark.parametrize("masking", ["none", "padding", "bool", "additive", "per_head", "both"])
@pytest.mark.parametrize("need_weights", [False, True])
@pytest.mark.parametrize("options", MULTIHEAD.values(), ids=MULTIHEAD.keys())
def test_multihead_attention(options: dict, need_weights: bool, masking: str, rng: np.random.Generator) -> None:
    torch.manual_seed(0)
    theirs = torch.nn.MultiheadAttention(8, 2, dtype=torch.float64, **options)
    ours = ig.nn.MultiheadAttention(8, 2, dtype=ig.float64, **options)
    ours.load_state_dict({name: value.numpy() for name, value in theirs.state_dict().items()})

    def batched(length: int, width: int) -> np.ndarray:
        return rng.normal(size=(3, length, width) if options.get("batch_first") else (length, 3, width))

    a, b = both(batched(4, 8), batched(6, options.get("kdim", 8)), batched(6, options.get("vdim", 8)))
    masks = {}
    if masking in ("bool", "both"):
        masks["attn_mask"] = np.triu(np.ones((4, 6), bool), 2)
    if masking == "additive":
        masks["attn_mask"] = rng.normal(size=(4, 6))
    if masking == "per_head":
        masks["attn_mask"] = rng.normal(size=(6, 4, 6))
    if masking in ("padding", "both"):
        masks["key_padding_mask"] = np.arange(6) >= np.array([[6], [4], [5]])
    y, our_weights = ours(*a, need_weights=need_weights, **{name: ig.array(m) for name, m in masks.items()})
    z, their_weights = theirs(*b, need_weights=need_weights, **{name: torch.tensor(m) for name, m in masks.items()})
    if need_weights:
        close(our_weights, their_weights)
    compare(a, b, y, z, rng)
    for (name, p), q in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        np.testing.assert_allclose(numpy_of(p.grad), q.grad.numpy(), rtol=1e-9, atol=1e-9, err_msg=name)


def test_names_of_parameters_and_reprs() -> None:
    nn, tnn = ig.nn, torch.nn
    for make in (
        lambda m: m.LayerNorm((2, 3)),
        lambda m: m.RMSNorm(4),
        lambda m: m.Embedding(5, 3, padding_idx=1),
        lambda m: m.GELU(approximate="tanh"),
        lambda m: m.SiLU(),
        lambda m: m.Softmax(dim=1),
        lambda m: m.LogSoftmax(dim=-1),
    ):
        assert repr(make(nn)) == repr(make(tnn))
        assert list(make(nn).state_dict()) == list(make(tnn).state_dict())
    for options in MULTIHEAD.values():
        assert sorted(nn.MultiheadAttention(8, 2, **options).state_dict()) == sorted(
            tnn.MultiheadAttention(8, 2, **options).state_dict()
        )
