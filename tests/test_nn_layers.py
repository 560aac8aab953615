"""Every built-in module: made, shown, called, copied, pickled and saved; and what its constructor refuses."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn

x1, x2, x3 = (2, 4, 6), (2, 4, 6, 6), (2, 4, 6, 6, 6)

#: Modules of one input that need no arguments.
PLAIN = ["ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "Sigmoid", "Tanh", "Softsign"]
PLAIN += ["Tanhshrink", "LogSigmoid", "LeakyReLU", "ELU", "CELU", "Hardtanh", "Hardshrink", "Softshrink", "Softplus"]
PLAIN += ["GLU", "GELU", "Identity", "PReLU", "RReLU"]

#: Losses of an input and a target.
PAIRS = ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "BCEWithLogitsLoss", "KLDivLoss", "PoissonNLLLoss"]
PAIRS += ["HingeEmbeddingLoss", "SoftMarginLoss", "MultiLabelSoftMarginLoss", "SigmoidFocalLoss"]

#: Name, arguments, keyword arguments, shapes of the inputs.
ROWS: list[tuple[str, tuple, dict[str, Any], list[tuple]]] = [
    *((name, (), {}, [(3, 4)]) for name in PLAIN),
    *((name, (), {"dim": -1}, [(3, 4)]) for name in ["Softmax", "Softmin", "LogSoftmax"]),
    ("Threshold", (0.1, 20.0), {}, [(3, 4)]),
    ("Softmax2d", (), {}, [x2]),
    ("Linear", (4, 5), {}, [(3, 4)]),
    ("Bilinear", (4, 3, 5), {}, [(2, 4), (2, 3)]),
    ("LoRALinear", (4, 5), {"r": 2}, [(3, 4)]),
    ("Flatten", (), {}, [x1]),
    ("Unflatten", (1, (2, 2)), {}, [(3, 4)]),
    ("PixelShuffle", (2,), {}, [x2]),
    ("PixelUnshuffle", (2,), {}, [x2]),
    ("ChannelShuffle", (2,), {}, [x2]),
    ("Fold", ((4, 4), 2), {}, [(1, 12, 9)]),
    ("Unfold", (2,), {}, [x2]),
    ("Upsample", (), {"scale_factor": 2}, [x2]),
    ("CosineSimilarity", (), {}, [(3, 4), (3, 4)]),
    ("PairwiseDistance", (), {}, [(3, 4), (3, 4)]),
    *((f"{kind}Pad{n}d", (1,), {}, [x]) for kind in ("Zero", "Reflection", "Replication", "Circular")
      for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"ConstantPad{n}d", (1, 0.5), {}, [x]) for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"Conv{n}d", (4, 2, 3), {}, [x]) for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"ConvTranspose{n}d", (4, 2, 3), {}, [x]) for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"{kind}Pool{n}d", (2,), {}, [x]) for kind in ("Max", "Avg", "AdaptiveAvg", "AdaptiveMax")
      for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"LPPool{n}d", (2, 2), {}, [x]) for n, x in ((1, x1), (2, x2), (3, x3))),
    *((f"{kind}Norm{n}d", (4,), {}, [x]) for kind in ("Batch", "Instance") for n, x in ((1, x1), (2, x2), (3, x3))),
    ("InstanceNorm1d", (4,), {"affine": True, "track_running_stats": True}, [x1]),
    ("GroupNorm", (2, 4), {}, [x1]),
    ("LayerNorm", (6,), {}, [x1]),
    ("RMSNorm", (6,), {}, [x1]),
    ("LocalResponseNorm", (2,), {}, [x1]),
    *((name, (0.5,), {}, [shape]) for name, shape in [("Dropout", x1), ("Dropout1d", x1), ("Dropout2d", x2),
      ("Dropout3d", x3), ("AlphaDropout", x1), ("FeatureAlphaDropout", x1)]),
    *((kind, (6, 3), {"num_layers": 2}, [x1]) for kind in ("RNN", "LSTM", "GRU")),
    *((f"{kind}Cell", (6, 3), {}, [(2, 6)]) for kind in ("RNN", "LSTM", "GRU")),
    ("MultiheadAttention", (6, 2), {}, [x1, x1, x1]),
    ("TransformerEncoderLayer", (6, 2, 8), {}, [x1]),
    ("TransformerDecoderLayer", (6, 2, 8), {}, [x1, x1]),
    ("Transformer", (6, 2, 1, 1, 8), {}, [x1, x1]),
    ("SinusoidalPositionalEncoding", (8,), {}, [(5,)]),
    ("RoPE", (4,), {}, [(2, 5, 6)]),
    ("ALiBi", (), {}, [(1, 2, 3, 3)]),
    *((name, (), {}, [(3, 4), (3, 4)]) for name in PAIRS),
    *((name, (), {}, [(3, 4), (3, 4), (3, 4)]) for name in
      ["TripletMarginLoss", "TripletMarginWithDistanceLoss", "MarginRankingLoss"]),
]  # fmt: skip

IDS = [f"{name}-{i}" for i, (name, *_) in enumerate(ROWS)]


def flat(value: Any) -> list[np.ndarray]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [] if value is None else [numpy_of(value)]


def same(a: nn.Module, b: nn.Module, inputs: list[ig.array]) -> None:
    assert type(a) is type(b)
    assert repr(a) == repr(b)
    for y, z in zip(flat(a(*inputs)), flat(b(*inputs)), strict=True):
        np.testing.assert_array_equal(y, z)


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_module(row: tuple, rng: np.random.Generator, tmp_path: Path) -> None:
    name, args, kwargs, shapes = row
    module = getattr(nn, name)(*args, **kwargs).eval()
    inputs = [ig.array(rng.uniform(0.1, 0.9, size=shape).astype(np.float32)) for shape in shapes]
    assert repr(module).startswith(f"{name}(")
    same(module, copy.deepcopy(module), inputs)
    same(module, pickle.loads(pickle.dumps(module)), inputs)
    ig.save(module, tmp_path / "module.ingot")
    same(module, ig.load(tmp_path / "module.ingot").eval(), inputs)
    # A subclass made in Python is the same layer.
    subclass = type(name, (getattr(nn, name),), {})
    other = subclass(*args, **kwargs).eval()
    other.load_state_dict(module.state_dict())
    for y, z in zip(flat(module(*inputs)), flat(other(*inputs)), strict=True):
        np.testing.assert_array_equal(y, z)


def test_gradients_flow_in_double_precision() -> None:
    layer = nn.LSTM(3, 4, dtype=ig.float64)
    assert {p.dtype for p in layer.parameters()} == {ig.float64}
    assert nn.Linear(2, 3, dtype=ig.float16).weight.dtype == ig.float16
    assert nn.Conv2d(2, 3, 1, device="cpu", dtype=None).weight.dtype == ig.float32
    assert nn.GroupNorm(1, 2, dtype=ig.float64).weight.dtype == ig.float64


REFUSED: list[tuple[str, tuple, dict[str, Any], str]] = [
    ("MaxPool2d", (0,), {}, "kernel_size"),
    ("MaxPool2d", (2,), {"stride": -1}, "stride"),
    ("MaxPool1d", (2,), {"padding": 2}, "at most half"),
    ("AvgPool2d", (2,), {"divisor_override": 0}, "divisor_override"),
    ("AvgPool3d", ((2, 2),), {}, "kernel_size"),
    ("LPPool2d", (-1, 2), {}, "norm_type"),
    ("Dropout", (1.5,), {}, "probability"),
    ("GroupNorm", (3, 4), {}, "divides"),
    ("InstanceNorm1d", (0,), {}, "num_features"),
    ("LSTM", (3, 0), {}, "hidden_size"),
    ("LSTM", (3, 4), {"proj_size": 4}, "proj_size"),
    ("RNN", (3, 4), {"nonlinearity": "sine"}, "nonlinearity"),
    ("GRU", (3, 4), {"dropout": 2.0}, "dropout"),
    ("Hardtanh", (1.0, -1.0), {}, "max_val"),
    ("GELU", ("erf",), {}, "approximate"),
    ("PReLU", (0,), {}, "num_parameters"),
    ("Bilinear", (0, 1, 1), {}, "in1_features"),
    ("LoRALinear", (2, 2), {"r": 0}, "at least 1"),
    ("Embedding", (3, 2), {"padding_idx": 5}, "padding_idx"),
    ("EmbeddingBag", (3, 2), {"mode": "median"}, "mode"),
    ("ConvTranspose2d", (3, 4, 2), {"groups": 2}, "groups"),
    ("Upsample", (), {}, "size or scale_factor"),
    ("TransformerEncoderLayer", (8, 2), {"activation": "sine"}, "activation"),
    ("RoPE", (3,), {}, "even"),
    ("CrossEntropyLoss", (), {"label_smoothing": 2.0}, "label_smoothing"),
    ("MSELoss", ("average",), {}, "reduction"),
]


@pytest.mark.parametrize(("name", "args", "kwargs", "words"), REFUSED)
def test_constructors_refuse_nonsense(name: str, args: tuple, kwargs: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        getattr(nn, name)(*args, **kwargs)


def test_options_are_attributes() -> None:
    drop = nn.Dropout(0.25)
    assert drop.p == 0.25
    drop.p = 1.0
    assert drop(ig.ones(4)).sum().item() == 0
    assert nn.LeakyReLU(0.3).negative_slope == 0.3
    assert nn.CrossEntropyLoss(ignore_index=3).ignore_index == 3
    assert nn.CrossEntropyLoss(reduction="sum").reduction == "sum"
    assert repr(nn.Hardtanh()) == "Hardtanh(min_val=-1.0, max_val=1.0)"
    assert repr(nn.GroupNorm(2, 4)) == "GroupNorm(2, 4, eps=1e-05, affine=True)"
    assert repr(nn.ConstantPad1d(2, 3.5)) == "ConstantPad1d(padding=2, value=3.5)"
    assert repr(nn.ReLU(inplace=True)) == "ReLU(inplace=True)"
    assert repr(nn.LSTM(3, 4, num_layers=2)) == "LSTM(3, 4, num_layers=2)"


# ---- layers that need more than one input, or state ----


def test_dropout_of_channels() -> None:
    ig.random.seed(0)
    y = numpy_of(nn.Dropout2d(0.5)(ig.ones((8, 16, 3, 3))))
    kept = y.max(axis=(2, 3))
    assert set(np.unique(kept)) == {0.0, 2.0}
    np.testing.assert_array_equal(y.min(axis=(2, 3)), kept)
    with pytest.raises(ValueError, match="axes"):
        nn.Dropout2d()(ig.ones((2, 2)))


def test_alpha_dropout_keeps_mean_and_variance() -> None:
    ig.random.seed(0)
    y = nn.AlphaDropout(0.3)(ig.random.normal((200_000,)))
    assert abs(y.mean().item()) < 0.01
    assert abs(y.std().item() - 1) < 0.01


def test_unpooling_inverts_pooling() -> None:
    x = ig.random.normal((2, 3, 7, 6))
    y, indices = nn.MaxPool2d(2, return_indices=True)(x)
    back = nn.MaxUnpool2d(2)(y, indices, output_size=(7, 6))
    assert back.shape == x.shape
    np.testing.assert_array_equal(numpy_of(nn.MaxPool2d(2)(ig.maximum(back, 0))), numpy_of(ig.maximum(y, 0)))
    with pytest.raises(ValueError, match="does not go with"):
        nn.MaxUnpool2d(2)(y, indices, output_size=(20, 6))


def test_transposed_convolution_of_a_wanted_size() -> None:
    layer = nn.ConvTranspose2d(2, 3, 3, stride=2, padding=1)
    assert layer(ig.ones((1, 2, 4, 4)), output_size=(8, 7)).shape == (1, 3, 8, 7)
    with pytest.raises(ValueError, match="cannot come from"):
        layer(ig.ones((1, 2, 4, 4)), output_size=(20, 7))


def test_embedding_bag_with_offsets() -> None:
    bags = nn.EmbeddingBag.from_pretrained(ig.arange(10, dtype=ig.float32).reshape(5, 2), mode="sum")
    numbers, offsets = ig.array([1, 2, 4, 4]), ig.array([0, 2, 2])
    np.testing.assert_array_equal(numpy_of(bags(numbers, offsets)), [[6, 8], [0, 0], [16, 18]])
    weights = ig.array([1.0, 0.5, 2.0, 0.0])
    np.testing.assert_array_equal(numpy_of(bags(numbers, offsets, weights))[0], [4, 5.5])
    for mode, want in [("mean", [3, 4]), ("max", [4, 5])]:
        bags.mode = mode
        np.testing.assert_array_equal(numpy_of(bags(numbers, offsets))[:2], [want, [0, 0]])
    with pytest.raises(ValueError, match="offsets"):
        bags(numbers)


def test_embedding_max_norm_and_pretrained() -> None:
    table = nn.Embedding(4, 3, max_norm=1.0)
    table.weight.data = ig.full((4, 3), 2.0)
    table(ig.array([0, 2]))
    norms = np.linalg.norm(numpy_of(table.weight), axis=1)
    np.testing.assert_allclose(norms, [1, 12**0.5, 1, 12**0.5], rtol=1e-5)
    frozen = nn.Embedding.from_pretrained(ig.ones((3, 2)))
    assert not frozen.weight.requires_grad
    assert nn.Embedding.from_pretrained(ig.ones((3, 2)), freeze=False).weight.requires_grad


def test_lora_starts_as_the_layer_it_adapts() -> None:
    layer, lora = nn.Linear(4, 3), nn.LoRALinear(4, 3, r=2, lora_alpha=4)
    lora.load_state_dict(layer.state_dict(), strict=False)
    x = ig.random.normal((5, 4))
    np.testing.assert_allclose(numpy_of(lora(x)), numpy_of(layer(x)), rtol=1e-5, atol=1e-6)
    lora(x).sum().backward()
    assert lora.weight.grad is None
    assert lora.lora_B.grad is not None
    lora.lora_B.data = ig.random.normal((3, 2))
    before = numpy_of(lora(x))
    lora.merge()
    np.testing.assert_allclose(numpy_of(lora(x)), before, rtol=1e-4, atol=1e-5)


def test_rope_turns_without_stretching_and_depends_on_distance() -> None:
    q, k = ig.random.normal((1, 1, 8)), ig.random.normal((1, 1, 8))
    for traditional in (False, True):
        rope = nn.RoPE(8, traditional=traditional)
        scores = [(rope(q, offset=a) * rope(k, offset=b)).sum().item() for a, b in ((3, 1), (10, 8))]
        assert scores[0] == pytest.approx(scores[1], rel=1e-4, abs=1e-5)
        assert (rope(q, offset=5) ** 2).sum().item() == pytest.approx((q**2).sum().item(), rel=1e-5)


def test_recurrent_layers_take_python_subclasses_and_packed_sequences() -> None:
    class Net(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.rnn = nn.GRU(3, 4, batch_first=True)
            self.head = nn.Linear(4, 2)

        def forward(self, x):
            _, h = self.rnn(x)
            return self.head(h[-1])

    model = Net()
    assert model(ig.ones((5, 7, 3))).shape == (5, 2)
    packed = nn.utils.rnn.pack_sequence([ig.ones((4, 3)), ig.ones((2, 3))])
    assert model(packed).shape == (2, 2)
    with pytest.raises(ValueError, match="must not increase"):
        nn.utils.rnn.pack_sequence([ig.ones((2, 3)), ig.ones((4, 3))])
    with pytest.raises(ValueError, match="last of length 3"):
        model.rnn(ig.ones((5, 7, 4)))


def test_transformer_layers_of_any_class() -> None:
    class Mine(nn.TransformerEncoderLayer):
        def forward(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
            return super().forward(src) + 1

    encoder = nn.TransformerEncoder(Mine(8, 2, 16, dropout=0.0), 3)
    assert type(encoder.layers[2]) is Mine
    assert encoder.layers[0] is not encoder.layers[1]
    assert encoder(ig.ones((4, 2, 8))).shape == (4, 2, 8)
    layer = nn.TransformerEncoderLayer(8, 2, 16, activation=lambda x: x * 0, dropout=0.0)
    assert layer(ig.ones((4, 2, 8))).shape == (4, 2, 8)
    mask = nn.Transformer.generate_square_subsequent_mask(3)
    assert numpy_of(mask).tolist() == [[0, -np.inf, -np.inf], [0, 0, -np.inf], [0, 0, 0]]
