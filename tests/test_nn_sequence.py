"""Layers of sequence models: normalisation of rows, embeddings, attention; and the losses of classes."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import leaf, numpy_of

import ingot as ig
from ingot import nn

F = nn.functional


def close(got, want, tolerance: float = 1e-5) -> None:
    values = got if isinstance(got, np.ndarray) else numpy_of(got)
    np.testing.assert_allclose(values, np.asarray(want), rtol=tolerance, atol=tolerance)


def draw(rng: np.random.Generator, *shape: int, dtype: str = "float32"):
    return ig.array(rng.normal(size=shape).astype(dtype))


# ---- normalisation ----


@pytest.mark.parametrize(("shape", "axes"), [((7,), 1), ((3, 4), 1), ((3, 4), 2), ((2, 3, 5, 4), 1), ((2, 3, 5, 4), 2)])
def test_layer_norm_centres_and_scales(shape, axes: int, rng: np.random.Generator) -> None:
    x = draw(rng, *shape) * 3 + 10
    y = numpy_of(nn.LayerNorm(shape[-axes:])(x)).reshape(*shape[:-axes], -1)
    np.testing.assert_allclose(y.mean(-1), 0, atol=1e-5)
    np.testing.assert_allclose(y.std(-1), 1, rtol=1e-4)


def test_layer_norm_of_values_far_from_zero(rng: np.random.Generator) -> None:
    """Two passes: a difference of large sums of squares would have no digits left."""
    x = 1e4 + rng.normal(size=(5, 1000))
    exact = x.astype(np.float32).astype(np.float64)
    want = (exact - exact.mean(-1, keepdims=True)) / np.sqrt(exact.var(-1, keepdims=True) + 1e-5)
    close(F.layer_norm(ig.array(x.astype(np.float32)), 1000), want, 2e-3)


@pytest.mark.parametrize("columns", [1, 2, 15, 16, 17, 63, 64, 65, 100, 5000])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_norms_of_any_width(columns: int, dtype: str, rng: np.random.Generator) -> None:
    """With gradients, against the same written out."""

    def written_out(x, w, b, centred):
        moved = x - x.mean(axis=-1, keepdims=True) if centred else x
        y = moved * ig.rsqrt((moved * moved).mean(axis=-1, keepdims=True) + 1e-3) * w
        return y + b if centred else y

    values = [rng.normal(size=s) for s in ((6, columns), (columns,), (columns,))]
    cotangent = ig.array(rng.normal(size=(6, columns)).astype(dtype))
    tolerance = 2e-4 if dtype == "float32" else 1e-11
    for centred in (True, False):
        ours, theirs = ([leaf(v, dtype) for v in values] for _ in range(2))
        if centred:
            y = F.layer_norm(ours[0], columns, ours[1], ours[2], eps=1e-3)
        else:
            y = F.rms_norm(ours[0], columns, ours[1], eps=1e-3)
        z = written_out(*theirs, centred)
        close(y, numpy_of(z), tolerance)
        y.backward(cotangent)
        z.backward(cotangent)
        for a, b in list(zip(ours, theirs, strict=True))[: 3 if centred else 2]:
            close(a.grad, numpy_of(b.grad), tolerance * columns**0.5)


def test_norm_gradients_sum_over_many_blocks_of_rows(rng: np.random.Generator) -> None:
    x, w, g = rng.normal(size=(5000, 48)), rng.normal(size=48), rng.normal(size=(5000, 48))
    weight, bias = leaf(w, "float32"), leaf(np.zeros(48), "float32")
    F.layer_norm(ig.array(x.astype(np.float32)), 48, weight, bias).backward(ig.array(g.astype(np.float32)))
    rows = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
    close(weight.grad, (g * rows).sum(0), 1e-3)
    close(bias.grad, g.sum(0), 1e-3)


def test_norm_parameters_and_names() -> None:
    layer = nn.LayerNorm((2, 3))
    assert [name for name, _ in layer.named_parameters()] == ["weight", "bias"]
    assert repr(layer) == "LayerNorm((2, 3), eps=1e-05, elementwise_affine=True, bias=True)"
    assert nn.LayerNorm(4, bias=False).bias is None
    assert list(nn.LayerNorm(4, elementwise_affine=False).parameters()) == []
    assert repr(nn.RMSNorm(4)) == "RMSNorm((4,), eps=None, elementwise_affine=True)"
    assert [name for name, _ in nn.RMSNorm(4).named_parameters()] == ["weight"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: F.layer_norm(ig.ones((2, 3)), (4,)), ValueError, r"\(2, 3\).*\(4,\)"),
        (lambda: F.layer_norm(ig.ones((2, 3)), (3,), ig.ones(2)), ValueError, r"weight.*\(3,\).*\(2,\)"),
        (lambda: F.layer_norm(ig.ones((2, 3)), ()), ValueError, "normalized_shape"),
        (lambda: F.rms_norm(ig.ones((2, 3), dtype=ig.complex64), 3), TypeError, "complex64"),
        (lambda: F.layer_norm(ig.ones((2, 3)), 3, eps=-1.0), ValueError, "epsilon"),
        (lambda: nn.LayerNorm(()), ValueError, "normalized_shape"),
    ],
)
def test_norms_refuse_what_does_not_fit(call, error, message: str) -> None:
    with pytest.raises(error, match=message):
        call()


# ---- softmax ----


@pytest.mark.parametrize("columns", [1, 3, 16, 31, 64, 65, 1000, 9000])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_softmax_of_any_width(columns: int, dtype: str, rng: np.random.Generator) -> None:
    x = rng.normal(size=(5, columns)) * 4
    want = np.exp(x - x.max(-1, keepdims=True))
    want /= want.sum(-1, keepdims=True)
    g = rng.normal(size=x.shape)
    for function, value, slope in (
        (ig.softmax, want, lambda g: want * (g - (g * want).sum(-1, keepdims=True))),
        (ig.log_softmax, np.log(want), lambda g: g - want * g.sum(-1, keepdims=True)),
    ):
        tolerance = 3e-5 if dtype == "float32" else 1e-11
        a = leaf(x, dtype)
        y = function(a, axis=-1)
        close(y, value, tolerance)
        y.backward(ig.array(g.astype(dtype)))
        close(a.grad, slope(g), tolerance)
        b = leaf(x.T, dtype)
        function(b, axis=0).backward(ig.array(g.T.astype(dtype)))
        np.testing.assert_array_equal(numpy_of(b.grad).T, numpy_of(a.grad))


def test_gumbel_softmax_draws_from_the_categorical_distribution() -> None:
    ig.manual_seed(0)
    probability = np.array([0.1, 0.2, 0.7])
    logits = ig.array(np.broadcast_to(np.log(probability)[:, None], (3, 20000)), dtype=ig.float64)
    hard = ig.nn.functional.gumbel_softmax(logits, tau=0.5, hard=True, dim=0)
    assert set(np.unique(hard.numpy())) == {0.0, 1.0}
    np.testing.assert_array_equal(hard.numpy().sum(0), 1)
    np.testing.assert_allclose(hard.numpy().mean(1), probability, atol=0.015)
    soft = ig.nn.functional.gumbel_softmax(logits, tau=0.5, axis=0)
    np.testing.assert_allclose(soft.numpy().sum(0), 1)
    leaf = ig.zeros(4, requires_grad=True)
    (ig.nn.functional.gumbel_softmax(leaf, hard=True) * ig.arange(4)).sum().backward()
    assert leaf.grad is not None
    assert ig.any(leaf.grad != 0)
    with pytest.raises(ValueError, match="tau must be positive"):
        ig.nn.functional.gumbel_softmax(leaf, tau=0)


def test_softmax_at_the_ends_of_the_range() -> None:
    x = ig.array([[1e30, 0.0, -1e30], [-np.inf, 0.0, 0.0], [np.nan, 0.0, 0.0], [700.0, 700.0, -700.0]])
    y = numpy_of(ig.softmax(x))
    np.testing.assert_allclose(y[[0, 1, 3]], [[1, 0, 0], [0, 0.5, 0.5], [0.5, 0.5, 0]], rtol=1e-6)
    assert np.isnan(y[2]).all()


# ---- losses ----


def class_losses(x: np.ndarray, target: np.ndarray) -> np.ndarray:
    log_p = x - np.log(np.exp(x).sum(-1, keepdims=True))
    return -np.take_along_axis(log_p, target[:, None], -1)[:, 0]


def test_ignored_positions_do_not_count(rng: np.random.Generator) -> None:
    x, target = rng.normal(size=(6, 4)), np.array([0, -100, 3, 2, -100, 1])
    kept = target != -100
    losses = class_losses(x[kept], target[kept])
    logits = leaf(x)
    loss = nn.CrossEntropyLoss()(logits, ig.array(target))
    close(loss, losses.mean(), 1e-12)
    loss.backward()
    assert not numpy_of(logits.grad)[~kept].any()
    assert abs(numpy_of(logits.grad)[kept].sum()) < 1e-12
    close(
        nn.CrossEntropyLoss(ignore_index=3)(ig.array(x[kept]), ig.array(target[kept])), losses[[0, 2, 3]].mean(), 1e-6
    )
    assert np.isnan(nn.CrossEntropyLoss()(ig.array(x), ig.full((6,), -100, dtype=ig.int64)).item())


@pytest.mark.parametrize("classes", [2, 10, 96, 5000])
def test_gradient_of_classes_is_softmax_without_the_class(classes: int, rng: np.random.Generator) -> None:
    x, target = rng.normal(size=(40, classes)), rng.integers(0, classes, 40)
    want = np.exp(x) / np.exp(x).sum(-1, keepdims=True)
    want[np.arange(40), target] -= 1
    logits = leaf(x, "float32")
    loss = F.cross_entropy(logits, ig.array(target))
    close(loss, class_losses(x, target).mean(), 1e-5)
    loss.backward()
    close(numpy_of(logits.grad) * 40, want, 1e-5)


def test_pending_classes_out_of_range_are_found_when_evaluated() -> None:
    for bad in (3, -1):
        target = ig.array([0, bad]) + 0
        loss = nn.CrossEntropyLoss()(ig.ones((2, 3)), target)
        with pytest.raises(IndexError):
            loss.item()


def test_class_weights_become_part_of_the_state() -> None:
    loss = nn.CrossEntropyLoss(weight=ig.array([1.0, 2.0]))
    assert list(loss.state_dict()) == ["weight"]
    assert list(nn.CrossEntropyLoss().state_dict()) == []
    with pytest.raises(ValueError, match=r"\(3,\)"):
        loss(ig.ones((2, 3)), ig.array([0, 1]))
    with pytest.raises(ValueError, match="label_smoothing"):
        nn.CrossEntropyLoss(label_smoothing=2.0)


# ---- embedding ----


def test_embedding(rng: np.random.Generator) -> None:
    layer = nn.Embedding(7, 3)
    index = rng.integers(0, 7, (4, 5))
    y = layer(ig.array(index))
    np.testing.assert_array_equal(numpy_of(y), numpy_of(layer.weight)[index])
    g = rng.normal(size=(4, 5, 3)).astype(np.float32)
    y.backward(ig.array(g))
    want = np.zeros((7, 3))
    np.add.at(want, index, g)
    close(layer.weight.grad, want)
    assert repr(layer) == "Embedding(7, 3)"


def test_padding_row_starts_as_zeros_and_gets_no_gradient() -> None:
    layer = nn.Embedding(4, 2, padding_idx=-1)
    assert layer.padding_idx == 3
    assert not numpy_of(layer.weight)[3].any()
    layer(ig.array([3, 1, 3])).sum().backward()
    assert numpy_of(layer.weight.grad).tolist() == [[0, 0], [1, 1], [0, 0], [0, 0]]
    assert repr(layer) == "Embedding(4, 2, padding_idx=3)"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: nn.Embedding(3, 2)(ig.array([0, 3])), IndexError, "3"),
        (lambda: nn.Embedding(3, 2)(ig.array([0.5])), TypeError, "float"),
        (lambda: nn.Embedding(3, 2, padding_idx=3), ValueError, "3"),
        (lambda: nn.Embedding(-1, 2), ValueError, "-1"),
    ],
)
def test_embedding_refuses(call, error, message: str) -> None:
    with pytest.raises(error, match=message):
        numpy_of(call())


# ---- attention ----


def attention_written_out(q, k, v, mask=None, causal: bool = False, scale: float | None = None):
    """With the scores in memory."""
    scores = q @ ig.swapaxes(k, -1, -2) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if causal:
        mask = ig.array(np.tri(q.shape[-2], k.shape[-2], dtype=bool))
    if mask is not None:
        scores = ig.where(mask, scores, -np.inf) if mask.dtype == ig.bool_ else scores + mask
    return ig.softmax(scores, axis=-1) @ v


ATTENTION_SHAPES = [
    ((2, 3, 5, 4), (2, 3, 5, 4), 4),
    ((1, 2, 64, 16), (1, 2, 64, 16), 16),
    ((2, 1, 33, 8), (2, 1, 150, 8), 24),
    ((1, 1, 300, 40), (1, 1, 300, 40), 40),
    ((1, 2, 130, 64), (1, 2, 290, 64), 64),
    ((1, 1, 1100, 8), (1, 1, 1100, 8), 12),
    ((3, 70, 5), (3, 129, 5), 3),
    ((1, 4), (9, 4), 2),
]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("masking", ["none", "causal", "bool", "additive", "padding"])
@pytest.mark.parametrize(("query", "key", "width"), ATTENTION_SHAPES)
def test_attention_and_its_gradients(
    query, key, width: int, masking: str, dtype: str, rng: np.random.Generator
) -> None:
    values = [rng.normal(size=s) for s in (query, key, (*key[:-1], width))]
    seen = rng.uniform(size=(query[-2], key[-2])) < 0.7
    seen[:, 0] = True
    mask = {
        "bool": ig.array(seen),
        "additive": ig.array(rng.normal(size=seen.shape).astype(dtype)),
        "padding": ig.array(seen[:1]),
    }.get(masking)
    ours, theirs = ([leaf(v, dtype) for v in values] for _ in range(2))
    causal = masking == "causal"
    y = F.scaled_dot_product_attention(*ours, attn_mask=mask, is_causal=causal)
    z = attention_written_out(*theirs, mask=mask, causal=causal)
    tolerance = 3e-5 if dtype == "float32" else 1e-12
    close(y, numpy_of(z), tolerance)
    cotangent = ig.array(rng.normal(size=z.shape).astype(dtype))
    y.backward(cotangent)
    z.backward(cotangent)
    for a, b in zip(ours, theirs, strict=True):
        close(a.grad, numpy_of(b.grad), tolerance * 3)


def test_attention_of_transposed_views(rng: np.random.Generator) -> None:
    """(B, T, H, d) seen as (B, H, T, d): the same numbers, and a result that is packed once it is turned back."""
    packed = [rng.normal(size=(2, 70, 3, 16)).astype(np.float32) for _ in range(3)]
    views = [ig.array(x).permute(0, 2, 1, 3) for x in packed]
    dense = [ig.array(x.transpose(0, 2, 1, 3).copy()) for x in packed]
    y = F.scaled_dot_product_attention(*views, is_causal=True)
    np.testing.assert_array_equal(numpy_of(y), numpy_of(F.scaled_dot_product_attention(*dense, is_causal=True)))
    assert "contiguous" not in ig.core.describe_plan([y.permute(0, 2, 1, 3).reshape(2, 70, 48)])


def test_queries_that_see_no_key_give_zeros_and_take_no_gradient(rng: np.random.Generator) -> None:
    q, k, v = (leaf(rng.normal(size=(4, 6)), "float32") for _ in range(3))
    mask = np.ones((4, 4), bool)
    mask[2] = False
    y = F.scaled_dot_product_attention(q, k, v, attn_mask=ig.array(mask))
    assert numpy_of(y)[2].tolist() == [0] * 6
    y.sum().backward()
    assert not numpy_of(q.grad)[2].any()
    assert all(np.isfinite(numpy_of(x.grad)).all() for x in (q, k, v))


def test_attention_with_large_scores_is_finite() -> None:
    q = ig.full((1, 3, 4), 100.0, requires_grad=True)
    k = ig.array(np.array([[[100.0] * 4, [-100.0] * 4, [99.0] * 4]], np.float32))
    y = F.scaled_dot_product_attention(q, k, k)
    close(y, np.full((1, 3, 4), 100.0))
    y.sum().backward()
    assert np.isfinite(numpy_of(q.grad)).all()


def test_grouped_heads_are_repeated_ones(rng: np.random.Generator) -> None:
    values = [rng.normal(size=s) for s in ((2, 6, 9, 4), (2, 3, 9, 4), (2, 3, 9, 5))]
    ours, theirs = ([leaf(v) for v in values] for _ in range(2))
    y = F.scaled_dot_product_attention(*ours, is_causal=True, enable_gqa=True)
    q, k, v = theirs
    repeated = [ig.take(x, ig.array([0, 0, 1, 1, 2, 2]), axis=1) for x in (k, v)]
    z = attention_written_out(q, *repeated, causal=True)
    close(y, numpy_of(z), 1e-12)
    cotangent = ig.array(rng.normal(size=z.shape))
    y.backward(cotangent)
    z.backward(cotangent)
    for a, b in zip(ours, theirs, strict=True):
        close(a.grad, numpy_of(b.grad), 1e-11)


def test_mask_that_learns(rng: np.random.Generator) -> None:
    q, k, v = (ig.array(rng.normal(size=(2, 5, 3))) for _ in range(3))
    a, b = leaf(np.zeros((5, 5))), leaf(np.zeros((5, 5)))
    F.scaled_dot_product_attention(q, k, v, attn_mask=a)[0].sum().backward()
    attention_written_out(q, k, v, mask=b)[0].sum().backward()
    close(a.grad, numpy_of(b.grad), 1e-12)


def test_dropped_weights(rng: np.random.Generator) -> None:
    q, k = draw(rng, 1, 200, 8), draw(rng, 1, 100, 8)
    v = ig.ones((1, 100, 1))
    y = numpy_of(F.scaled_dot_product_attention(q, k, v, dropout_p=0.5))
    assert y.mean() == pytest.approx(1, abs=0.05)
    assert y.std() > 0.01
    assert not numpy_of(F.scaled_dot_product_attention(q, k, v, dropout_p=1.0)).any()


def test_attention_without_keys_or_queries() -> None:
    assert not numpy_of(
        F.scaled_dot_product_attention(ig.ones((2, 3, 4)), ig.ones((2, 0, 4)), ig.ones((2, 0, 5)))
    ).any()
    assert F.scaled_dot_product_attention(ig.ones((2, 0, 4)), ig.ones((2, 3, 4)), ig.ones((2, 3, 5))).shape == (2, 0, 5)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda x: F.scaled_dot_product_attention(x, ig.ones((3, 5)), x), ValueError, r"\(3, 4\).*\(3, 5\)"),
        (lambda x: F.scaled_dot_product_attention(x, x, ig.ones((2, 4))), ValueError, r"\(3, 4\).*\(2, 4\)"),
        (lambda x: F.scaled_dot_product_attention(x, x, x.astype(ig.float64)), TypeError, "float64"),
        (lambda x: F.scaled_dot_product_attention(x, x, x, attn_mask=ig.ones((2, 2))), ValueError, r"\(2, 2\)"),
        (
            lambda x: F.scaled_dot_product_attention(x, x, x, attn_mask=ig.ones((3, 3)), is_causal=True),
            ValueError,
            "is_causal",
        ),
        (lambda x: F.scaled_dot_product_attention(x, x, x, dropout_p=2.0), ValueError, "2"),
        (lambda x: F.scaled_dot_product_attention(x[0], x, x), ValueError, r"\(4,\)"),
    ],
)
def test_attention_refuses_what_does_not_fit(call, error, message: str) -> None:
    with pytest.raises(error, match=message):
        call(ig.ones((3, 4)))


# ---- activations ----


def test_gelu_and_softmax_layers(rng: np.random.Generator) -> None:
    x = draw(rng, 3, 4)
    close(nn.GELU()(x), numpy_of(ig.gelu(x)))
    v = numpy_of(x).astype(np.float64)
    close(nn.GELU("tanh")(x), v / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (v + 0.044715 * v**3))))
    close(nn.SiLU()(x), v / (1 + np.exp(-v)))
    close(nn.Softmax(dim=0)(x), numpy_of(ig.softmax(x, axis=0)))
    close(nn.LogSoftmax(dim=1)(x), numpy_of(ig.log_softmax(x, axis=1)))
    assert [repr(m) for m in (nn.GELU(), nn.SiLU(), nn.Softmax(dim=1), nn.LogSoftmax())] == [
        "GELU(approximate='none')",
        "SiLU()",
        "Softmax(dim=1)",
        "LogSoftmax(dim=None)",
    ]
    with pytest.raises(ValueError, match="fast"):
        nn.GELU("fast")


# ---- multi-head attention ----


def test_multihead_attention_with_and_without_weights(rng: np.random.Generator) -> None:
    layer = nn.MultiheadAttention(12, 3, batch_first=True)
    x, memory = draw(rng, 2, 5, 12), draw(rng, 2, 7, 12)
    y, weights = layer(x, memory, memory)
    assert weights.shape == (2, 5, 7)
    close(weights.sum(axis=-1), np.ones((2, 5)))
    z, none = layer(x, memory, memory, need_weights=False)
    assert none is None
    close(z, numpy_of(y))
    each = layer(x, memory, memory, average_attn_weights=False)[1]
    assert each.shape == (2, 3, 5, 7)
    close(each.mean(axis=1), numpy_of(weights))
    single, _ = layer(x[0], memory[0], memory[0])
    close(single, numpy_of(y)[0])


def test_multihead_attention_masks_agree(rng: np.random.Generator) -> None:
    layer = nn.MultiheadAttention(8, 2)
    x = draw(rng, 6, 3, 8)
    future = ig.array(~np.tri(6, dtype=bool))
    causal = layer(x, x, x, is_causal=True)[0]
    close(layer(x, x, x, attn_mask=future)[0], numpy_of(causal))
    close(layer(x, x, x, is_causal=True, need_weights=False)[0], numpy_of(causal))
    padding = np.zeros((3, 6), bool)
    padding[1, 4:] = True
    y = layer(x, x, x, key_padding_mask=ig.array(padding))[0]
    close(y[:, 1], numpy_of(layer(x[:, 1], x[:4, 1], x[:4, 1])[0]))


def test_multihead_attention_names_and_errors() -> None:
    layer = nn.MultiheadAttention(8, 2)
    assert list(layer.state_dict()) == ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"]
    wide = nn.MultiheadAttention(8, 2, kdim=4, add_bias_kv=True)
    assert sorted(wide.state_dict()) == sorted(
        [
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "bias_k",
            "bias_v",
            "out_proj.weight",
            "out_proj.bias",
        ]
    )
    with pytest.raises(ValueError, match=r"8.*3"):
        nn.MultiheadAttention(8, 3)
    with pytest.raises(ValueError, match=r"\(2, 5, 7\)"):
        layer(ig.ones((2, 5, 7)), ig.ones((2, 5, 8)), ig.ones((2, 5, 8)))


# ---- files ----


@pytest.mark.parametrize(
    "layer",
    [
        nn.LayerNorm((3, 4), eps=1e-3),
        nn.LayerNorm(4, bias=False),
        nn.RMSNorm(4),
        nn.RMSNorm(4, eps=1e-3),
        nn.Embedding(5, 4, padding_idx=1),
        nn.GELU("tanh"),
        nn.SiLU(),
        nn.Softmax(dim=1),
        nn.LogSoftmax(),
        nn.MultiheadAttention(8, 2, bias=False, add_bias_kv=True, kdim=4, batch_first=True),
        nn.CrossEntropyLoss(weight=ig.array([1.0, 2.0]), ignore_index=1, label_smoothing=0.1),
    ],
    ids=lambda layer: repr(layer).split("(")[0],
)
def test_layers_are_saved_and_loaded(layer, tmp_path) -> None:
    path = tmp_path / "layer.ingot"
    ig.save(layer, path)
    loaded = ig.load(path)
    assert type(loaded) is type(layer)
    assert repr(loaded) == repr(layer)
    for (name, a), (other, b) in zip(layer.state_dict().items(), loaded.state_dict().items(), strict=True):
        assert name == other
        np.testing.assert_array_equal(numpy_of(a), numpy_of(b))


def test_small_language_model_learns(rng: np.random.Generator) -> None:
    """Everything above at once, jitted: predicts a repeating text."""

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(16), nn.RMSNorm(16)
            self.attention = nn.MultiheadAttention(16, 2, batch_first=True)
            self.mlp = nn.Sequential(nn.Linear(16, 32), nn.GELU(), nn.Linear(32, 16))

        def forward(self, x):
            h = self.norm1(x)
            x = x + self.attention(h, h, h, need_weights=False, is_causal=True)[0]
            return x + self.mlp(self.norm2(x))

    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.tokens, self.positions = nn.Embedding(6, 16), nn.Embedding(12, 16)
            self.block = Block()
            self.head = nn.Linear(16, 6)

        def forward(self, x):
            return self.head(self.block(self.tokens(x) + self.positions(ig.arange(12))))

    model = Model()
    optimizer = ig.optim.AdamW(model.parameters(), lr=0.01)
    text = np.stack([(np.arange(13) + shift) % 6 for shift in range(6)])
    x, y = ig.array(text[:, :-1]), ig.array(text[:, 1:].reshape(-1))

    @ig.jit
    def step(x, y):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x).reshape(-1, 6), y)
        loss.backward()
        optimizer.step()
        return loss

    losses = [step(x, y).item() for _ in range(60)]
    assert losses[0] > 1.2
    assert losses[-1] < 0.1
