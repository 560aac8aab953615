"""Layers of the MLX dialect whose channels come last, recurrent layers, transformers and quantised weights."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import numpy_of
from mlx_helpers import close, values

import ingot as ig
from ingot.mlx import core as mx
from ingot.mlx import nn
from ingot.mlx.utils import tree_flatten


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("groups", [1, 2])
def test_convolution_is_pytorchs_with_axes_moved(axes: int, groups: int, rng: np.random.Generator) -> None:
    x, w = values(rng, 2, *(5, 6, 4)[:axes], 4), values(rng, 6, *(3, 2, 3)[:axes], 4 // groups)
    settings = {"stride": 2, "padding": 1}
    convolve = getattr(ig.nn.functional, f"conv{axes}d")
    first = [ig.array(np.moveaxis(a, -1, 1).copy()) for a in (x, w)]
    want = np.moveaxis(numpy_of(convolve(*first, **settings, groups=groups)), 1, -1)
    close(getattr(mx, f"conv{axes}d")(ig.array(x), ig.array(w), **settings, groups=groups), want)
    close(mx.conv_general(ig.array(x), ig.array(w), **settings, groups=groups), want)
    with pytest.raises(ig.ShapeError, match="channels last"):
        getattr(mx, f"conv{axes}d")(ig.ones((1, *[9] * axes, 5)), ig.array(w))


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_transposed_convolution_is_the_transpose(axes: int, rng: np.random.Generator) -> None:
    """<conv(x), y> = <x, conv_transpose(y)>, with the roles of the channels exchanged."""
    x, w = values(rng, 2, *(7, 5, 6)[:axes], 3), values(rng, 4, *(3, 3, 2)[:axes], 3)
    settings = {"stride": 2, "padding": 1}
    forward = getattr(mx, f"conv{axes}d")(ig.array(x), ig.array(w), **settings)
    y = values(rng, *forward.shape)
    extra = tuple((n + 2 - k) % 2 for n, k in zip(x.shape[1:-1], w.shape[1:-1], strict=True))
    turned = ig.swapaxes(ig.array(w), 0, -1)
    backward = getattr(mx, f"conv_transpose{axes}d")(ig.array(y), turned, **settings, output_padding=extra)
    assert backward.shape == x.shape
    np.testing.assert_allclose((numpy_of(forward) * y).sum(), (numpy_of(backward) * x).sum(), rtol=1e-4)


def test_general_convolution(rng: np.random.Generator) -> None:
    x, w = values(rng, 1, 5, 2), values(rng, 3, 2, 2)
    spread = np.zeros((1, 9, 2), np.float32)
    spread[:, ::2] = x
    plain = mx.conv1d(ig.array(spread), ig.array(w))
    close(mx.conv_general(ig.array(x), ig.array(w), input_dilation=2), numpy_of(plain))
    close(
        mx.conv_general(ig.array(x), ig.array(w), flip=True),
        numpy_of(mx.conv1d(ig.array(x), ig.array(w[:, ::-1].copy()))),
    )
    one_sided = mx.conv_general(ig.array(x), ig.array(w), padding=([1], [0]))
    close(one_sided, numpy_of(mx.conv1d(ig.array(x), ig.array(w), padding=1))[:, :-1])


def test_layers_with_channels_last(rng: np.random.Generator) -> None:
    x = ig.array(values(rng, 2, 6, 6, 4))
    layer = nn.Conv2d(4, 3, kernel_size=3, stride=2, padding=1)
    assert layer.weight.shape == (3, 3, 3, 4)
    close(layer(x), numpy_of(mx.conv2d(x, layer.weight, stride=2, padding=1) + layer.bias))
    assert nn.ConvTranspose2d(4, 3, 2, stride=2, bias=False)(x).shape == (2, 12, 12, 3)
    assert "groups=2" in repr(nn.Conv2d(4, 6, 3, groups=2))
    pooled = numpy_of(x).reshape(2, 3, 2, 3, 2, 4)
    close(nn.MaxPool2d(2)(x), pooled.max((2, 4)))
    close(nn.AvgPool2d(2, stride=2)(x), pooled.mean((2, 4)))
    assert nn.MaxPool2d(2, 2, padding=2)(x).shape == (2, 5, 5, 4)
    dropped = numpy_of(nn.Dropout2d(0.5)(ig.ones((8, 3, 3, 8)))).reshape(8, 9, 8)
    assert set(dropped.ravel().tolist()) == {0, 2}
    assert (dropped == dropped[:, :1]).all()
    assert nn.MaxPool1d(2)(ig.ones((1, 6, 4))).shape == nn.AvgPool1d(2)(ig.ones((1, 6, 4))).shape == (1, 3, 4)
    close(nn.Upsample(2)(x), numpy_of(x).repeat(2, 1).repeat(2, 2))
    assert nn.Upsample((2, 1), mode="linear")(x).shape == (2, 12, 6, 4)
    with pytest.raises(ValueError, match="mode"):
        nn.Upsample(2, mode="bilinear")
    with pytest.raises(ValueError, match="groups"):
        nn.Conv2d(3, 4, 3, groups=2)


@pytest.mark.parametrize("compatible", [True, False])
def test_group_norm(compatible: bool, rng: np.random.Generator) -> None:
    x = values(rng, 2, 5, 6)
    groups = x.reshape(2, 5, 3, 2) if compatible else x.reshape(2, 5, 2, 3).swapaxes(2, 3)
    centred = groups - groups.mean((1, 3), keepdims=True)
    want = centred / np.sqrt(groups.var((1, 3), keepdims=True) + 1e-5)
    want = want.reshape(2, 5, 6) if compatible else want.swapaxes(2, 3).reshape(2, 5, 6)
    close(nn.GroupNorm(3, 6, pytorch_compatible=compatible)(ig.array(x)), want)


def test_batch_norm_in_a_compiled_step() -> None:
    """Running statistics change in place, so that a recording changes them again."""
    norm = nn.BatchNorm(3)
    step = mx.compile(lambda x: norm(x).sum())
    x = ig.arange(12).astype(ig.float32).reshape(4, 3)
    for _ in range(3):
        mx.eval(step(x))
    close(norm.running_mean, (1 - 0.9**3) * numpy_of(x).mean(0))


def test_recurrent_layers(rng: np.random.Generator) -> None:
    x = values(rng, 2, 3, 4)
    simple, gated, memory = nn.RNN(4, 5), nn.GRU(4, 5), nn.LSTM(4, 5)
    hidden = cell = state = update = np.zeros((2, 5), np.float32)
    states, updates, cells = [], [], []
    for t in range(3):
        state = np.tanh(x[:, t] @ numpy_of(simple.Wxh).T + numpy_of(simple.bias) + state @ numpy_of(simple.Whh).T)
        given = np.split(x[:, t] @ numpy_of(gated.Wx).T + numpy_of(gated.b), 3, -1)
        kept = np.split(update @ numpy_of(gated.Wh).T, 3, -1)
        keep = sigmoid(given[1] + kept[1])
        new = np.tanh(given[2] + sigmoid(given[0] + kept[0]) * (kept[2] + numpy_of(gated.bhn)))
        update = (1 - keep) * new + keep * update
        gates = x[:, t] @ numpy_of(memory.Wx).T + numpy_of(memory.bias) + hidden @ numpy_of(memory.Wh).T
        into, forget, added, out = np.split(gates, 4, -1)
        cell = sigmoid(forget) * cell + sigmoid(into) * np.tanh(added)
        hidden = sigmoid(out) * np.tanh(cell)
        states.append(state)
        updates.append(update)
        cells.append(cell)
    close(simple(ig.array(x)), np.stack(states, 1))
    close(gated(ig.array(x)), np.stack(updates, 1))
    found = memory(ig.array(x))
    close(found[1], np.stack(cells, 1))
    assert found[0].shape == (2, 3, 5)
    close(memory(ig.array(x[0]))[0], numpy_of(found[0])[0])
    # A state that is given goes on from there.
    whole, rest = gated(ig.array(x)), gated(ig.array(x[:, 1:].copy()), ig.array(updates[0]))
    close(rest, numpy_of(whole)[:, 1:])
    assert nn.RNN(4, 5, bias=False, nonlinearity=nn.relu)(ig.array(x)).shape == (2, 3, 5)


def test_arguments_of_pytorch_make_pytorchs_layers() -> None:
    output, (hidden, _) = nn.LSTM(3, 4, num_layers=2, batch_first=True)(ig.ones((2, 5, 3)))
    assert (output.shape, hidden.shape) == ((2, 5, 4), (2, 2, 4))
    layer = nn.TransformerEncoderLayer(d_model=8, nhead=2, batch_first=True)
    assert nn.TransformerEncoder(layer, 2)(ig.ones((1, 3, 8))).shape == (1, 3, 8)


def test_derived_layers_have_arguments_of_their_own() -> None:
    class Wide(nn.LSTM):
        def __init__(self, dropout: float) -> None:
            super().__init__(3, 4)
            self.dropout = dropout

    assert type(Wide(dropout=0.1)) is Wide
    assert Wide(dropout=0.1)(ig.ones((5, 3)))[1].shape == (5, 4)


@pytest.mark.parametrize("norm_first", [True, False])
def test_transformers(norm_first: bool, rng: np.random.Generator) -> None:
    x = ig.array(values(rng, 2, 5, 8))
    mask = nn.MultiHeadAttention.create_additive_causal_mask(5)
    encoder = nn.TransformerEncoder(2, 8, 2, mlp_dims=16, norm_first=norm_first)
    changed = ig.array(numpy_of(x))
    changed[:, 4] = 0.0
    close(encoder(x, mask)[:, :4], numpy_of(encoder(changed, mask))[:, :4])  # the past does not see the future
    layer = encoder.layers[0]
    attended = layer.attention(*[layer.ln1(x) if norm_first else x] * 3, None)
    if norm_first:
        y = x + attended
        want = y + layer.linear2(nn.relu(layer.linear1(layer.ln2(y))))
    else:
        y = layer.ln1(x + attended)
        want = layer.ln2(y + layer.linear2(nn.relu(layer.linear1(y))))
    close(layer(x), numpy_of(want))
    model = nn.Transformer(8, 2, 1, 1, norm_first=norm_first, checkpoint=True)
    assert model(x, x[:, :3], None, None, None).shape == (2, 3, 8)
    assert {"decoder.layers.0.cross_attention.key_proj.weight", "encoder.ln.weight"} <= dict(
        tree_flatten(model.parameters())
    ).keys()


@pytest.mark.parametrize("bits", [2, 4, 8])
@pytest.mark.parametrize("group_size", [32, 64])
def test_quantised_matrices(bits: int, group_size: int, rng: np.random.Generator) -> None:
    w = values(rng, 3, 128)
    words, scales, biases = mx.quantize(ig.array(w), group_size, bits)
    assert words.shape == (3, 128 * bits // 32)
    assert scales.shape == biases.shape == (3, 128 // group_size)
    back = numpy_of(mx.dequantize(words, scales, biases, group_size, bits))
    step = np.abs(numpy_of(scales)).repeat(group_size, 1)
    assert (np.abs(back - w) <= step * 1.01).all()
    x = values(rng, 2, 128)
    settings = {"group_size": group_size, "bits": bits}
    close(mx.quantized_matmul(ig.array(x), words, scales, biases, **settings), x @ back.T, 1e-4)
    close(
        mx.quantized_matmul(ig.array(w[:, :3].copy()), words, scales, biases, False, **settings), w[:, :3] @ back, 1e-4
    )


def test_first_number_lies_lowest() -> None:
    words, scales, biases = mx.quantize(ig.arange(64).astype(ig.float32).reshape(1, 64) % 16, bits=4)
    numbers = (numpy_of(words)[..., None] >> np.arange(0, 32, 4)) & 15
    assert (scales.item(), biases.item()) == (-1, 15)
    np.testing.assert_array_equal(numbers.reshape(-1), 15 - np.arange(64) % 16)


def test_quantised_layers(rng: np.random.Generator) -> None:
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.table = nn.Embedding(5, 64)
            self.layers = [nn.Linear(64, 64), nn.Linear(64, 3)]

        def __call__(self, x):
            y = self.layers[0](self.table(x))
            return self.layers[1](nn.relu(y))

    model = Model()
    x = ig.array([[0, 4]])
    before = numpy_of(model(x))
    nn.quantize(model, group_size=32, bits=8, class_predicate=lambda path, module: path != "layers.1")
    assert [type(layer).__name__ for layer in model.layers] == ["QuantizedLinear", "Linear"]
    np.testing.assert_allclose(numpy_of(model(x)), before, atol=0.05)
    assert "table.scales" in dict(tree_flatten(model.parameters()))
    assert "table.scales" not in dict(tree_flatten(model.trainable_parameters()))
    assert model.table.as_linear(ig.ones((1, 64))).shape == (1, 5)
    assert nn.QuantizedLinear(64, 2)(ig.ones((1, 64))).shape == (1, 2)
    for bad in ({"bits": 3}, {"group_size": 48}, {"mode": "mxfp4"}):
        with pytest.raises(ValueError, match="expected"):
            mx.quantize(ig.ones((1, 64)), **bad)


def test_choices_give_values_alone() -> None:
    x = mx.array([[3.0, 1.0, 2.0], [0.5, -1.0, 4.0]])
    assert mx.max(x, 1).tolist() == [3, 4]
    assert mx.min(x, (0, 1)).item() == -1
    assert mx.max(x, dim=1).indices.tolist() == [0, 2]
    assert mx.topk(x, 2).tolist() == [[3, 2], [4, 0.5]]
    assert mx.topk(x, 1, axis=None).tolist() == [4]
    assert mx.topk(x, 2, dim=1).values.shape == (2, 2)
    # An axis by position counts as well.
    assert mx.max(x, 1, keepdim=True).values.tolist() == [[3], [4]]
    assert mx.min(x, dim=0, keepdims=True).values.shape == (1, 3)
    assert mx.topk(x, 1, 0, largest=False).values.tolist() == [[0.5, -1, 2]]
    assert mx.softmax(x, 0, dtype=ig.float64).sum(axis=0).tolist() == pytest.approx([1, 1, 1])
    assert mx.median(x).item() == 1.5
    assert mx.cummax(x, axis=1).tolist() == [[3, 3, 3], [0.5, 0.5, 4]]
    assert mx.cummin(x, axis=1, inclusive=False).tolist() == [[np.inf, 3, 1], [np.inf, 0.5, -1]]
    assert mx.cummin(x, axis=1, reverse=True, inclusive=False).tolist() == [[1, 2, np.inf], [-1, 4, np.inf]]
    assert mx.cummax(mx.array([-3, -1, -2]), axis=0, inclusive=False).tolist() == [-(2**31), -3, -1]
    assert mx.softmax(x).sum().item() == pytest.approx(1)
    assert mx.softmax(x, axis=[0, 1], precise=True).shape == (2, 3)
    assert mx.softmax(x, dim=1).sum(axis=1).tolist() == pytest.approx([1, 1])


def test_memory_and_streams() -> None:
    assert mx.get_active_memory() >= 0
    mx.reset_peak_memory()
    assert mx.get_peak_memory() >= 0
    old = mx.set_cache_limit(2**20)
    assert mx.set_cache_limit(old) == 2**20
    limit = mx.set_memory_limit(2**40)
    assert mx.set_memory_limit(limit) == 2**40
    mx.clear_cache()
    assert mx.get_cache_memory() == 0
    assert mx.set_wired_limit(0) == 0
    for inverse in (mx.linalg.inv, mx.linalg.tri_inv, mx.linalg.cholesky_inv):
        assert inverse(mx.eye(2), stream=mx.cpu).tolist() == [[1, 0], [0, 1]]
    assert issubclass(mx.linalg.LinAlgError, Exception)
    assert len(nn.Sequential(nn.Linear(2, 2), nn.ReLU()).layers) == 2
