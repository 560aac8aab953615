"""Every layer beside PyTorch's, one row per configuration.

Same weights by `load_state_dict`, same inputs: outputs, gradients of inputs and parameters, names and shapes of state.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch
from helpers import numpy_of

import ingot as ig


@dataclass
class Row:
    """`nn.<name>(*args, **kwargs)` called on inputs of the given shapes (or on integers below a bound)."""

    name: str
    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    shapes: tuple = ((2, 3),)
    integers: int | None = None
    train: bool = True
    tolerance: float = 2e-5
    positive: bool = False

    def __str__(self) -> str:
        options = ",".join([*map(str, self.args), *(f"{k}={v}" for k, v in self.kwargs.items())])
        return f"{self.name}({options})" + ("" if self.train else " eval")


def row(name: str, *args: Any, shapes: tuple = ((2, 3),), **kwargs: Any) -> Row:
    keep = {k: kwargs.pop(k) for k in ("integers", "train", "tolerance", "positive") if k in kwargs}
    return Row(name, args, kwargs, shapes, **keep)


#: Activations with their default options.
PLAIN = ["ReLU", "ReLU6", "SELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "Sigmoid", "Tanh", "Softsign"]
PLAIN += ["Tanhshrink", "LogSigmoid", "LeakyReLU", "ELU", "CELU", "Hardtanh", "Hardshrink", "Softshrink", "Softplus"]
PLAIN += ["GLU", "GELU"]

ACTIVATIONS = [
    *(row(name, shapes=((4, 6),)) for name in PLAIN),
    row("LeakyReLU", 0.3, shapes=((5,),)),
    row("ELU", 0.7, shapes=((5,),)),
    row("CELU", 0.7, shapes=((5,),)),
    row("Hardtanh", -0.3, 0.4, shapes=((5, 5),)),
    row("Hardshrink", 0.2, shapes=((5, 5),)),
    row("Softshrink", 0.2, shapes=((5, 5),)),
    row("Softplus", 2.0, 1.0, shapes=((5, 5),)),
    row("Threshold", 0.1, 20, shapes=((5, 5),)),
    row("RReLU", 0.1, 0.3, shapes=((5, 5),), train=False),
    row("GLU", 1, shapes=((3, 4, 2),)),
    row("GELU", approximate="tanh", shapes=((5, 5),)),
    row("PReLU", shapes=((4, 3, 2),)),
    row("PReLU", 3, shapes=((4, 3, 2),)),
    row("Softmax", 1, shapes=((4, 3, 2),)),
    row("Softmax", -1, shapes=((4, 3),)),
    row("Softmin", 1, shapes=((4, 3),)),
    row("LogSoftmax", 1, shapes=((4, 3),)),
    row("Softmax2d", shapes=((2, 3, 4, 4),)),
]

LINEAR = [
    row("Linear", 3, 5, shapes=((4, 3),)),
    row("Linear", 3, 5, bias=False, shapes=((2, 4, 3),)),
    row("Bilinear", 3, 4, 5, shapes=((6, 3), (6, 4))),
    row("Bilinear", 3, 4, 5, bias=False, shapes=((2, 6, 3), (2, 6, 4))),
    row("Identity", shapes=((3,),)),
    row("Flatten", shapes=((2, 3, 4),)),
    row("Flatten", 0, 1, shapes=((2, 3, 4),)),
    row("Unflatten", 1, (2, 3), shapes=((4, 6),)),
    row("PixelShuffle", 2, shapes=((1, 8, 2, 3),)),
    row("PixelUnshuffle", 2, shapes=((1, 2, 4, 6),)),
    row("ChannelShuffle", 2, shapes=((1, 4, 2, 3),)),
    row("Fold", (4, 5), (2, 2), shapes=((2, 12, 12),)),
    row("Fold", (4, 5), (2, 2), stride=2, padding=1, shapes=((2, 12, 9),)),
    row("Unfold", (2, 3), shapes=((2, 3, 4, 5),)),
    row("Unfold", 2, dilation=2, padding=1, stride=2, shapes=((2, 3, 6, 5),)),
    row("Upsample", scale_factor=2, shapes=((1, 2, 3, 4),)),
    row("Upsample", size=(5, 7), mode="bilinear", shapes=((1, 2, 3, 4),)),
    row("Upsample", scale_factor=2, mode="bilinear", align_corners=True, shapes=((1, 2, 3, 4),)),
    row("Upsample", scale_factor=2, mode="bicubic", shapes=((1, 2, 5, 4),)),
    row("Upsample", scale_factor=2, mode="linear", shapes=((1, 2, 5),)),
    row("CosineSimilarity", shapes=((3, 5), (3, 5))),
    row("CosineSimilarity", dim=-1, shapes=((3, 2, 5), (3, 2, 5))),
    row("PairwiseDistance", shapes=((3, 5), (3, 5))),
    row("PairwiseDistance", 1.0, keepdim=True, shapes=((3, 5), (3, 5))),
    row("PairwiseDistance", 3.0, shapes=((3, 5), (3, 5))),
]

PADS = [
    *(row(f"{kind}Pad{n}d", 1, shapes=((2, 3, *(4,) * n),))
      for kind in ("Zero", "Reflection", "Replication", "Circular") for n in (1, 2, 3)),
    *(row(f"ConstantPad{n}d", 2, 1.5, shapes=((2, 3, *(4,) * n),)) for n in (1, 2, 3)),
    row("ReflectionPad2d", (1, 2, 0, 3), shapes=((2, 3, 4, 5),)),
    row("ZeroPad2d", (1, -1, 0, 2), shapes=((2, 3, 4, 5),)),
]  # fmt: skip

CONVOLUTIONS = [
    *(row(f"Conv{n}d", 4, 6, 3, shapes=((2, 4, *(7,) * n),)) for n in (1, 2, 3)),
    row("Conv1d", 4, 6, 3, stride=2, padding=1, dilation=2, groups=2, bias=False, shapes=((2, 4, 12),)),
    row("Conv2d", 4, 8, (3, 2), padding="same", groups=4, shapes=((2, 4, 6, 7),)),
    row("Conv2d", 4, 8, 3, padding="valid", shapes=((4, 6, 7),)),
    *(row("Conv2d", 3, 4, 3, padding=(2, 1), padding_mode=mode, shapes=((2, 3, 6, 7),))
      for mode in ("reflect", "replicate", "circular")),
    row("Conv2d", 3, 4, 4, padding="same", padding_mode="reflect", shapes=((2, 3, 6, 7),)),
    *(row(f"ConvTranspose{n}d", 4, 6, 3, stride=2, shapes=((2, 4, *(4,) * n),)) for n in (1, 2, 3)),
    row("ConvTranspose2d", 4, 6, (3, 2), stride=2, padding=1, output_padding=1, groups=2, shapes=((2, 4, 5, 4),)),
    row("ConvTranspose2d", 4, 6, 3, dilation=2, bias=False, shapes=((4, 5, 4),)),
]  # fmt: skip

POOLS = [
    *(row(f"{kind}Pool{n}d", 2, shapes=((2, 3, *(6,) * n),)) for kind in ("Max", "Avg") for n in (1, 2, 3)),
    row("MaxPool2d", 3, stride=2, padding=1, dilation=2, ceil_mode=True, shapes=((2, 3, 9, 8),)),
    row("AvgPool2d", 3, stride=2, padding=1, ceil_mode=True, count_include_pad=False, shapes=((2, 3, 9, 8),)),
    row("AvgPool2d", 2, divisor_override=3, shapes=((2, 3, 6, 8),)),
    *(row(f"Adaptive{kind}Pool{n}d", 3, shapes=((2, 3, *(7,) * n),)) for kind in ("Max", "Avg") for n in (1, 2, 3)),
    row("AdaptiveMaxPool2d", (2, None), shapes=((2, 3, 5, 4),)),
    row("AdaptiveAvgPool2d", (None, 2), shapes=((3, 5, 4),)),
    *(row(f"LPPool{n}d", 2, 2, shapes=((2, 3, *(6,) * n),)) for n in (1, 2, 3)),
    row("LPPool2d", 3, 3, stride=2, shapes=((2, 3, 7, 7),), positive=True),
]

NORMS = [
    *(row(f"BatchNorm{n}d", 3, shapes=((4, 3, *(5,) * n),), train=train) for n in (1, 2, 3) for train in (True, False)),
    row("BatchNorm1d", 3, shapes=((6, 3),)),
    row("BatchNorm2d", 3, eps=1e-3, momentum=None, shapes=((4, 3, 5, 5),)),
    row("BatchNorm2d", 3, affine=False, track_running_stats=False, shapes=((4, 3, 5, 5),), train=False),
    *(row(f"InstanceNorm{n}d", 3, shapes=((4, 3, *(5,) * n),)) for n in (1, 2, 3)),
    row("InstanceNorm2d", 3, affine=True, shapes=((4, 3, 5, 5),)),
    row("InstanceNorm1d", 3, affine=True, track_running_stats=True, shapes=((4, 3, 5),)),
    row("InstanceNorm1d", 3, affine=True, track_running_stats=True, shapes=((4, 3, 5),), train=False),
    row("InstanceNorm2d", 3, shapes=((3, 5, 5),)),
    row("GroupNorm", 2, 4, shapes=((3, 4, 5),)),
    row("GroupNorm", 1, 4, eps=1e-2, affine=False, shapes=((3, 4, 5, 2),)),
    row("LayerNorm", 5, shapes=((3, 4, 5),)),
    row("LayerNorm", (4, 5), bias=False, shapes=((3, 4, 5),)),
    row("LayerNorm", 5, elementwise_affine=False, shapes=((3, 5),)),
    row("RMSNorm", 5, shapes=((3, 4, 5),)),
    row("RMSNorm", (4, 5), eps=1e-2, shapes=((3, 4, 5),)),
    row("LocalResponseNorm", 2, shapes=((2, 6, 4),)),
    row("LocalResponseNorm", 3, alpha=0.1, beta=0.5, k=2.0, shapes=((2, 6, 4, 4),)),
]

DROPOUTS = [
    row(name, 0.4, shapes=(shape,), train=False)
    for name, shape in [
        ("Dropout", (3, 4)), ("Dropout1d", (2, 3, 4)), ("Dropout2d", (2, 3, 4, 4)), ("Dropout3d", (2, 3, 4, 4, 4)),
        ("AlphaDropout", (3, 4)), ("FeatureAlphaDropout", (3, 4, 5)),
    ]
]  # fmt: skip

TABLES = [
    row("Embedding", 7, 3, shapes=((4, 5),), integers=7),
    row("Embedding", 7, 3, padding_idx=2, shapes=((4, 5),), integers=7),
    row("Embedding", 7, 3, max_norm=1.0, shapes=((4, 5),), integers=7),
    row("Embedding", 7, 3, scale_grad_by_freq=True, shapes=((4, 5),), integers=7),
    *(row("EmbeddingBag", 7, 3, mode=mode, shapes=((4, 5),), integers=7) for mode in ("sum", "mean", "max")),
    row("EmbeddingBag", 7, 3, mode="sum", padding_idx=2, shapes=((4, 5),), integers=7),
    row("EmbeddingBag", 7, 3, mode="mean", padding_idx=-1, max_norm=1.0, shapes=((4, 5),), integers=7),
]

RECURRENT = [
    *(row(kind, 3, 4, shapes=((5, 2, 3),)) for kind in ("RNN", "LSTM", "GRU")),
    *(row(kind, 3, 4, num_layers=2, bidirectional=True, batch_first=True, shapes=((2, 5, 3),))
      for kind in ("RNN", "LSTM", "GRU")),
    *(row(kind, 3, 4, bias=False, shapes=((5, 3),)) for kind in ("RNN", "LSTM", "GRU")),
    row("RNN", 3, 4, nonlinearity="relu", shapes=((5, 2, 3),)),
    row("LSTM", 3, 4, proj_size=2, num_layers=2, bidirectional=True, shapes=((5, 2, 3),)),
    *(row(f"{kind}Cell", 3, 4, shapes=((2, 3),)) for kind in ("RNN", "LSTM", "GRU")),
    row("GRUCell", 3, 4, bias=False, shapes=((3,),)),
]  # fmt: skip

ATTENTION = [
    row("MultiheadAttention", 8, 2, shapes=((5, 2, 8), (6, 2, 8), (6, 2, 8))),
    row("MultiheadAttention", 8, 2, batch_first=True, bias=False, shapes=((2, 5, 8), (2, 6, 8), (2, 6, 8))),
    row("MultiheadAttention", 8, 2, add_bias_kv=True, shapes=((5, 2, 8), (6, 2, 8), (6, 2, 8))),
    row("MultiheadAttention", 8, 2, add_zero_attn=True, shapes=((5, 2, 8), (6, 2, 8), (6, 2, 8))),
    row("MultiheadAttention", 8, 2, kdim=4, vdim=6, shapes=((5, 2, 8), (6, 2, 4), (6, 2, 6))),
    *(row("TransformerEncoderLayer", 8, 2, 16, dropout=0.0, shapes=((5, 2, 8),), **options)
      for options in ({}, {"norm_first": True}, {"activation": "gelu"}, {"bias": False})),
    row("TransformerEncoderLayer", 8, 2, 16, dropout=0.0, batch_first=True, shapes=((2, 5, 8),)),
    *(row("TransformerDecoderLayer", 8, 2, 16, dropout=0.0, shapes=((5, 2, 8), (6, 2, 8)), **options)
      for options in ({}, {"norm_first": True})),
    row("Transformer", 8, 2, 2, 2, 16, dropout=0.0, batch_first=True, shapes=((2, 6, 8), (2, 5, 8))),
]  # fmt: skip

ROWS = [
    *ACTIVATIONS, *LINEAR, *PADS, *CONVOLUTIONS, *POOLS, *NORMS, *DROPOUTS, *TABLES, *RECURRENT, *ATTENTION,
]  # fmt: skip


def flat(value: Any) -> list[Any]:
    """All arrays in a result."""
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [] if value is None else [value]


def close(ours: Any, theirs: Any, tolerance: float, what: str) -> None:
    want = theirs.detach().numpy()
    scale = float(np.abs(want).max(initial=0)) + 1
    got = numpy_of(ours)
    assert got.shape == want.shape, what
    np.testing.assert_allclose(got, want, rtol=tolerance, atol=tolerance * scale, err_msg=what)


def twins(case: Row) -> tuple[Any, Any]:
    """Our layer and PyTorch's with the same state."""
    torch.manual_seed(0)
    theirs = getattr(torch.nn, case.name)(*case.args, **case.kwargs)
    ours = getattr(ig.nn, case.name)(*case.args, **case.kwargs)
    # Parameters that are not as they begin: initial biases of 0 and weights of 1 would hide faults.
    with torch.no_grad():
        for name, parameter in theirs.named_parameters():
            if parameter.ndim == 1 or "norm" in name:
                parameter.add_(0.3 * torch.randn_like(parameter))
    state = {name: value.detach().numpy().copy() for name, value in theirs.state_dict().items()}
    assert list(ours.state_dict()) == list(state)
    ours.load_state_dict(state)
    theirs.train(case.train)
    ours.train(case.train)
    return ours, theirs


def inputs(case: Row, rng: np.random.Generator) -> tuple[list[ig.array], list[torch.Tensor]]:
    """The same inputs for both; those that are no indices want gradients."""

    def draw(shape: tuple) -> np.ndarray:
        if case.integers is not None:
            return rng.integers(0, case.integers, shape)
        x = rng.normal(size=shape).astype(np.float32)
        return np.abs(x) if case.positive else x

    values = [draw(shape) for shape in case.shapes]
    learns = case.integers is None
    ours = [ig.array(v) for v in values]
    for x in ours:
        x.requires_grad = learns
    return ours, [torch.tensor(v, requires_grad=learns) for v in values]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", ROWS, ids=str)
def test_layer(case: Row, rng: np.random.Generator) -> None:
    ours, theirs = twins(case)
    a, b = inputs(case, rng)
    got, want = flat(ours(*a)), flat(theirs(*b))
    assert len(got) == len(want)
    for i, (y, z) in enumerate(zip(got, want, strict=True)):
        close(y, z, case.tolerance, f"output {i}")

    weights = [rng.normal(size=tuple(z.shape)).astype(np.float32) for z in want]
    if not any(z.requires_grad for z in want):
        return
    sum((y * ig.array(w)).sum() for y, w in zip(got, weights, strict=True)).backward()
    sum((z * torch.tensor(w)).sum() for z, w in zip(want, weights, strict=True)).backward()
    for i, (x, t) in enumerate(zip(a, b, strict=True)):
        if t.requires_grad:
            close(x.grad, t.grad, 10 * case.tolerance, f"gradient of input {i}")
    for (name, p), (_, q) in zip(ours.named_parameters(), theirs.named_parameters(), strict=True):
        close(p.grad, q.grad, 10 * case.tolerance, f"gradient of {name}")
    for name, value in theirs.state_dict().items():
        close(ours.state_dict()[name].astype(ig.float32), value.float(), case.tolerance, f"state {name}")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", ROWS, ids=str)
def test_twenty_steps_of_training(case: Row, rng: np.random.Generator) -> None:
    """The inputs are trained as well, so that layers without parameters learn, too."""
    ours, theirs = twins(case)
    a, b = inputs(case, rng)
    learning = [*theirs.parameters(), *(t for t in b if t.requires_grad)]
    optimizer = ig.optim.SGD([*ours.parameters(), *(x for x in a if x.requires_grad)], lr=0.05, momentum=0.5)
    peer = torch.optim.SGD(learning, lr=0.05, momentum=0.5)
    targets = [rng.normal(size=tuple(z.shape)).astype(np.float32) for z in flat(theirs(*b))]
    flat(ours(*a))  # the statistics of batch norm count the call above as well
    for step in range(20):
        optimizer.zero_grad()
        peer.zero_grad()
        loss = sum(((y - ig.array(t)) ** 2).mean() for y, t in zip(flat(ours(*a)), targets, strict=True))
        want = sum(((z - torch.tensor(t)) ** 2).mean() for z, t in zip(flat(theirs(*b)), targets, strict=True))
        loss.backward()
        want.backward()
        optimizer.step()
        peer.step()
        close(loss, want, 1e-4, f"loss of step {step}")
    for (name, value), other in zip(ours.state_dict().items(), theirs.state_dict().values(), strict=True):
        close(value.astype(ig.float32), other.float(), 1e-3, f"{name} after training")
    for i, (x, t) in enumerate(zip(a, b, strict=True)):
        close(x, t, 1e-3, f"input {i} after training")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("case", [c for c in ROWS if c.name not in ("PReLU", "Transformer")], ids=str)
def test_initial_values(case: Row) -> None:
    """Bounds and spread of initial values over several draws equal PyTorch's."""
    ig.random.seed(0)
    torch.manual_seed(0)
    draws = 8
    theirs = [getattr(torch.nn, case.name)(*case.args, **case.kwargs) for _ in range(draws)]
    ours = [getattr(ig.nn, case.name)(*case.args, **case.kwargs) for _ in range(draws)]
    for name, parameter in theirs[0].named_parameters():
        want = np.concatenate([m.get_parameter(name).detach().numpy().ravel() for m in theirs])
        got = np.concatenate([numpy_of(m.get_parameter(name)).ravel() for m in ours])
        assert tuple(parameter.shape) == ours[0].get_parameter(name).shape
        if np.ptp(want) == 0:
            np.testing.assert_array_equal(got, want)
            continue
        spread = want.std()
        assert abs(got.std() - spread) < 6 * spread / math.sqrt(len(want)) + 0.05 * spread, name
        assert abs(got.mean() - want.mean()) < 8 * spread / math.sqrt(len(want)), name
        if "weight" in name and case.name in ("Linear", "Conv2d", "LSTM", "Bilinear"):
            bound = max(abs(want.min()), abs(want.max()))
            assert np.abs(got).max() < 1.15 * bound


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_packed_sequences(kind: str, bidirectional: bool, rng: np.random.Generator) -> None:
    theirs = getattr(torch.nn, kind)(3, 4, num_layers=2, bidirectional=bidirectional)
    ours = getattr(ig.nn, kind)(3, 4, num_layers=2, bidirectional=bidirectional)
    ours.load_state_dict({name: value.detach().numpy() for name, value in theirs.state_dict().items()})
    x = rng.normal(size=(6, 3, 3)).astype(np.float32)
    lengths = [4, 6, 2]
    a = ig.nn.utils.rnn.pack_padded_sequence(ig.array(x), lengths, enforce_sorted=False)
    b = torch.nn.utils.rnn.pack_padded_sequence(torch.tensor(x), torch.tensor(lengths), enforce_sorted=False)
    close(a.data, b.data, 0, "packed")
    assert a.batch_sizes.tolist() == b.batch_sizes.tolist()
    states = rng.normal(size=(2 * (1 + bidirectional), 3, 4)).astype(np.float32)
    given = (ig.array(states), ig.array(states)) if kind == "LSTM" else ig.array(states)
    given_there = (torch.tensor(states), torch.tensor(states)) if kind == "LSTM" else torch.tensor(states)
    (y, h), (z, g) = ours(a, given), theirs(b, given_there)
    for p, q in zip(flat(h), flat(g), strict=True):
        close(p, q, 1e-5, "state")
    (y, n), (z, m) = ig.nn.utils.rnn.pad_packed_sequence(y), torch.nn.utils.rnn.pad_packed_sequence(z)
    close(y, z, 1e-5, "output")
    assert n.tolist() == m.tolist()


@pytest.mark.parametrize("need_weights", [True, False])
@pytest.mark.parametrize("average", [True, False])
@pytest.mark.parametrize("masks", ["none", "attn", "attn3", "padding", "float", "both", "causal"])
def test_attention_masks(masks: str, average: bool, need_weights: bool, rng: np.random.Generator) -> None:
    theirs = torch.nn.MultiheadAttention(8, 2, batch_first=True)
    ours = ig.nn.MultiheadAttention(8, 2, batch_first=True)
    ours.load_state_dict({name: value.detach().numpy() for name, value in theirs.state_dict().items()})
    x = rng.normal(size=(3, 5, 8)).astype(np.float32)
    future = np.triu(np.ones((5, 5), bool), 1)
    padding = np.array([[0, 0, 0, 0, 0], [0, 0, 0, 1, 1], [0, 0, 0, 0, 1]], bool)
    options: dict[str, Any] = {
        "none": {},
        "attn": {"attn_mask": future},
        "attn3": {"attn_mask": np.broadcast_to(future, (6, 5, 5)).copy()},
        "padding": {"key_padding_mask": padding},
        "float": {"attn_mask": rng.normal(size=(5, 5)).astype(np.float32)},
        "both": {"attn_mask": future, "key_padding_mask": padding},
        "causal": {"attn_mask": future, "is_causal": True},
    }[masks]
    flags = {"need_weights": need_weights, "average_attn_weights": average}
    y, w = ours(*(ig.array(x),) * 3, **flags, **options)
    there = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}
    z, v = theirs(*(torch.tensor(x),) * 3, **flags, **there)
    close(y, z, 2e-5, "output")
    assert (w is None) == (v is None)
    if w is not None:
        close(w, v, 2e-5, "weights")


@pytest.mark.parametrize("name", ["weight_norm", "spectral_norm"])
@pytest.mark.parametrize("where", ["utils", "parametrizations"])
@pytest.mark.parametrize("layer", ["Linear", "Conv2d", "ConvTranspose2d"])
@pytest.mark.filterwarnings("ignore")
def test_computed_weights(name: str, where: str, layer: str, rng: np.random.Generator) -> None:
    args = (4, 6) if layer == "Linear" else (4, 6, 3)
    theirs, ours = getattr(torch.nn, layer)(*args), getattr(ig.nn, layer)(*args)
    for module, utils in ((theirs, torch.nn.utils), (ours, ig.nn.utils)):
        getattr(utils if where == "utils" else utils.parametrizations, name)(module)
    assert sorted(theirs.state_dict()) == sorted(ours.state_dict())
    ours.load_state_dict({key: value.detach().numpy() for key, value in theirs.state_dict().items()})
    shape = (3, 4) if layer == "Linear" else (2, 4, 5, 5)
    x = rng.normal(size=shape).astype(np.float32)
    for _ in range(3):
        y, z = ours(ig.array(x)), theirs(torch.tensor(x))
        close(y, z, 1e-4, "output")
    y.sum().backward()
    z.sum().backward()
    for key, parameter in theirs.named_parameters():
        close(ours.get_parameter(key).grad, parameter.grad, 1e-3, f"gradient of {key}")
