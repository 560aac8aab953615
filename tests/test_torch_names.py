"""What scripts written for PyTorch reach for, beside the names that have tests of their own."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections import deque

import numpy as np
import pytest
from helpers import numpy_of

import ingot as ig
from ingot import nn, optim, torch


def close(got, want) -> None:
    np.testing.assert_allclose(numpy_of(got), numpy_of(want), rtol=1e-8, atol=1e-10)


def test_draws_take_a_device() -> None:
    cpu = ig.device("cpu")
    for draw in (ig.rand, ig.randn):
        assert draw(2, 3, device=cpu).shape == draw(2, 3, device="cpu", requires_grad=True).shape == (2, 3)
    assert ig.randint(0, 5, (3,), device=cpu).shape == (3,)
    assert ig.randperm(4, device=None, dtype=ig.int64).dtype == ig.int64
    assert ig.normal(0.0, 1.0, (2,), device="cpu").shape == (2,)
    assert ig.rand_like(ig.ones(2), device=cpu, requires_grad=True).requires_grad
    assert set(ig.randint_like(ig.ones(50, dtype=ig.int8), 2, 4).tolist()) == {2, 3}


def test_any_sequence_makes_an_array() -> None:
    assert ig.tensor(deque([1.0, 2.0])).tolist() == [1, 2]
    with pytest.raises(TypeError):
        ig.tensor({"a": 1})
    with pytest.raises(TypeError):
        ig.tensor(nn.Sequential(nn.Linear(2, 2)))


class _Endless:
    def __getitem__(self, i: int) -> float:
        assert i < 100
        return float(i)


class _Dataset(_Endless):
    def __len__(self) -> int:
        return 3


def test_sequences_end_where_they_say() -> None:
    assert ig.tensor(_Dataset()).tolist() == [0, 1, 2]
    with pytest.raises(TypeError, match="_Endless"):
        ig.tensor(_Endless())


def test_cuda_says_what_there_is() -> None:
    for thing in (ig.ones(2), nn.Linear(2, 2)):
        with pytest.raises(ig.DeviceError, match="'cpu'"):
            thing.cuda()
    assert not ig.ones(2).is_cuda


def test_memory_formats_are_accepted() -> None:
    model = nn.Conv2d(1, 1, 3).to(memory_format=ig.channels_last)
    x = ig.ones((1, 1, 4, 4)).to(memory_format=ig.channels_last).contiguous(memory_format=ig.contiguous_format)
    assert model(x.clone(memory_format=ig.preserve_format)).shape == (1, 1, 2, 2)
    assert model.compile() is None
    for like in (ig.zeros_like, ig.rand_like, ig.randn_like):
        assert like(x, memory_format=ig.preserve_format).shape == x.shape


def test_initialisers_write_through_data() -> None:
    """`x.data` is another handle: what is done to it in place is done to the parameter."""
    layer = nn.Linear(3, 2)
    nn.init.constant_(layer.weight.data, 5)
    nn.init.zeros_(layer.bias.data)
    assert layer.weight.tolist() == [[5.0] * 3] * 2
    assert layer.bias.tolist() == [0, 0]
    parameter = nn.Parameter(ig.zeros(50))
    nn.init.normal_(parameter.data, 3.0, 0.1)
    assert abs(parameter.mean().item() - 3) < 0.2
    order = nn.Parameter(ig.arange(50).astype(ig.float32))
    ig.random.shuffle(order.data)
    assert order.tolist() != list(range(50))
    assert sorted(order.tolist()) == list(range(50))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("addcmul", (2.0, 3.0)),
        ("lerp", (4.0, 0.25)),
        ("floor", ()),
        ("cumsum", (0,)),
        ("eq", (1.5,)),
        ("clamp_min", (2,)),
    ],
)
def test_methods_that_store_their_result(name: str, arguments: tuple) -> None:
    values = [
        ig.array(a) if name in ("addcmul", "lerp") and isinstance(a, float) and a != 0.25 else a for a in arguments
    ]
    x = ig.array([1.5, 2.5, -1.0])
    want = getattr(x, name)(*values)
    same = getattr(x, f"{name}_")(*values)
    assert same is x
    assert x.tolist() == want.tolist()


def test_methods_that_change_the_shape_in_place() -> None:
    x = ig.ones((2, 3))
    assert x.unsqueeze_(0).shape == (1, 2, 3)
    assert x.squeeze_().t_().shape == x.shape == (3, 2)
    leaf = ig.ones((2, 3), requires_grad=True)
    with pytest.raises(ig.GradError):
        leaf.unsqueeze_(0)


def test_methods() -> None:
    x = ig.array([[2.0, 1.0], [1.0, 3.0]])
    assert x.det().item() == pytest.approx(5)
    np.testing.assert_allclose(numpy_of(x.inverse() @ x), np.eye(2), atol=1e-6)
    assert x.where(x > 1, 0.0).tolist() == [[2, 0], [0, 3]]
    assert (x.stride(), x.stride(0), x.ndimension(), x.type()) == ((2, 1), 2, 2, "float32")
    assert x.type(torch.LongTensor).dtype == x.type(ig.int64).dtype == ig.int64
    assert (x + 1j).H.tolist() == (x + 1j).mH.tolist() == [[2 - 1j, 1 - 1j], [1 - 1j, 3 - 1j]]
    assert ig.take_along_dim(x, ig.array([3])).tolist() == [3]
    assert x.swapdims(0, 1).shape == (2, 2)
    assert x.pin_memory() is x
    half = x.half()
    assert (half.new(2, 3).shape, half.new(2).dtype, half.new([1, 2]).tolist()) == ((2, 3), ig.float16, [1, 2])
    assert half.new().shape == (0,)


def test_constructors_of_old() -> None:
    assert torch.FloatTensor(2, 3).shape == torch.Tensor(2, 3).shape == (2, 3)
    assert torch.LongTensor([1, 2]).dtype == ig.int64
    assert torch.Tensor([1, 2]).dtype == ig.float32
    assert torch.BoolTensor(ig.array([1, 0])).tolist() == [True, False]
    assert torch.ByteTensor().shape == (0,)
    assert isinstance(ig.ones(1), torch.Tensor)
    assert isinstance(ig.ones(1), torch.FloatTensor)
    assert not isinstance(ig.ones(1), torch.LongTensor)
    assert not isinstance([1.0], torch.Tensor)
    with pytest.raises(TypeError):
        torch.FloatTensor([1], [2])
    assert ig.autograd.Variable(ig.ones(1), requires_grad=True).requires_grad


def test_settings() -> None:
    ig.use_deterministic_algorithms(True)
    assert ig.are_deterministic_algorithms_enabled()
    ig.set_float32_matmul_precision("high")
    ig.backends.cudnn.benchmark = True
    ig.set_default_dtype(ig.float32)
    for call in (lambda: ig.set_default_dtype(ig.float64), lambda: ig.set_float32_matmul_precision("exact")):
        with pytest.raises((TypeError, ValueError)):
            call()
    ig.set_printoptions(precision=2, sci_mode=False)
    assert str(ig.array([1 / 3])) == "[0.33]"
    ig.set_printoptions(profile="full", linewidth=60)
    ig.set_printoptions(profile="default")
    assert str(ig.array([1 / 3])) == "[0.33333334]"


def test_special_functions() -> None:
    special = torch.special
    assert special.expit(ig.array(0.0)).item() == 0.5
    assert special.ndtri(special.ndtr(ig.array(0.7))).item() == pytest.approx(0.7, rel=1e-5)
    assert special.entr(ig.array([0.5, -1.0])).tolist() == pytest.approx([0.34657359, -np.inf])
    with pytest.raises(AttributeError):
        _ = special.nothing


def test_vmap_with_different_random_numbers() -> None:
    drawn = ig.vmap(lambda x: x + ig.rand(()), randomness="different")(ig.zeros(8))
    assert len(set(drawn.tolist())) == 8
    halves = ig.vmap(lambda x, y: (x * y, x), in_axes=(1, None), out_axes=(0, 1), randomness="different")
    first, second = halves(ig.ones((2, 3)), ig.array(2.0))
    assert (first.shape, second.shape) == ((3, 2), (2, 3))
    with pytest.raises(ValueError, match="randomness"):
        ig.vmap(lambda x: x, randomness="some")


# ---- optimizers ----


class Halving(optim.Optimizer):
    """A rule in Python whose constructor takes other arguments than the base."""

    def __init__(self, params, factor=0.5):
        super().__init__(params, {"factor": factor})
        self.calls = 0

    @ig.no_grad()
    def step(self, closure=None):
        self.calls += 1
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p].setdefault("seen", ig.zeros(()))
                self.state[p]["seen"] += 1
                p *= group["factor"]


def trained(make):
    ig.manual_seed(0)
    model = nn.Linear(3, 2)
    optimizer = make([{"params": [model.weight], "lr": 0.02}, {"params": [model.bias]}])
    x = ig.random.normal((4, 3), key=ig.random.key(1))
    for _ in range(2):
        optimizer.zero_grad()
        ig.square(model(x)).sum().backward()
        optimizer.step()
    return model, optimizer, x


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
@pytest.mark.parametrize(
    "make",
    [optim.Adam, lambda p: optim.SGD(p, lr=0.1, momentum=0.9), lambda p: Halving([q for g in p for q in g["params"]])],
)
def test_copies_of_optimizers_go_on_alike(make, copied) -> None:
    model, optimizer, x = trained(make)
    twin, same = copied((model, optimizer))
    assert type(same) is type(optimizer)
    assert [g["params"][0].shape for g in same.param_groups] == [g["params"][0].shape for g in optimizer.param_groups]
    assert same.param_groups[0]["params"][0] is twin.weight
    for m, o in ((model, optimizer), (twin, same)):
        o.zero_grad()
        ig.square(m(x)).sum().backward()
        o.step()
    np.testing.assert_array_equal(numpy_of(model.weight), numpy_of(twin.weight))
    np.testing.assert_array_equal(numpy_of(model.bias), numpy_of(twin.bias))


def test_signatures_of_classes() -> None:
    names = list(inspect.signature(optim.AdamW).parameters)
    assert names[:3] == ["params", "lr", "betas"]
    assert inspect.signature(optim.AdamW).parameters["lr"].default == 0.001
    assert inspect.signature(nn.Linear).parameters["in_features"].default is inspect.Parameter.empty
    assert list(inspect.signature(Halving).parameters) == ["params", "factor"]

    class Model(nn.Module):
        def __init__(self, width, depth=2):
            super().__init__()

    assert list(inspect.signature(Model).parameters) == ["width", "depth"]


# ---- layers ----


def test_upsampling_of_old() -> None:
    x = ig.arange(16).astype(ig.float32).reshape(1, 1, 4, 4)
    nearest = nn.functional.interpolate(x, scale_factor=2)
    np.testing.assert_array_equal(numpy_of(nn.UpsamplingNearest2d(scale_factor=2)(x)), numpy_of(nearest))
    smooth = nn.functional.interpolate(x, size=(7, 7), mode="bilinear", align_corners=True)
    np.testing.assert_array_equal(numpy_of(nn.UpsamplingBilinear2d(size=(7, 7))(x)), numpy_of(smooth))


def test_instance_norm_function() -> None:
    x = ig.random.normal((2, 3, 5), key=ig.random.key(0))
    layer = nn.InstanceNorm1d(3)
    np.testing.assert_array_equal(numpy_of(nn.functional.instance_norm(x)), numpy_of(layer(x)))
    given = nn.functional.instance_norm(x, ig.zeros(3), ig.ones(3), use_input_stats=False, eps=0.0)
    np.testing.assert_allclose(numpy_of(given), numpy_of(x), rtol=1e-6)
    with pytest.raises(ValueError, match="running_mean"):
        nn.functional.instance_norm(x, use_input_stats=False)


# ---- matrices and settings under PyTorch's names ----


def test_older_functions_of_matrices(rng: np.random.Generator) -> None:
    a = ig.array(rng.normal(size=(4, 3)))
    u, s, v = torch.svd(a)
    close(u * s @ v.mT, a)
    assert [x.shape for x in torch.svd(a, some=False)] == [(4, 4), (3,), (3, 3)]
    _, alone, empty = torch.svd(a, compute_uv=False)
    close(alone, s)
    assert empty.shape == (3, 3)
    positive = a.mT @ a + ig.eye(3, dtype=a.dtype)
    b = ig.array(rng.normal(size=(3, 2)))
    for upper in (False, True):
        factor = torch.cholesky(positive, upper)
        close(positive @ torch.cholesky_solve(b, factor, upper), b)
        close(positive @ torch.cholesky_inverse(factor, upper), ig.eye(3))
    centred = a - a.mean(0)
    _, s, v = torch.pca_lowrank(a, q=2)
    close(s, ig.array(np.linalg.svd(numpy_of(centred))[1][:2]))
    assert v.shape == (3, 2)
    close(torch.svd_lowrank(a, 2, M=a.mean(0))[1], s)


def test_clone_and_autocast() -> None:
    x = ig.ones(2, requires_grad=True)
    torch.clone(x).sum().backward()
    assert x.grad.tolist() == [1, 1]
    assert not torch.is_autocast_enabled()
    assert torch.get_autocast_dtype("cpu") == ig.bfloat16
    with ig.amp.autocast(dtype=ig.float16):
        assert torch.is_autocast_enabled("cpu")
        assert torch.get_autocast_dtype("cpu") == ig.float16


def test_bernoulli_has_the_dtype_of_its_probabilities() -> None:
    drawn = torch.bernoulli(ig.array([0.0, 1.0]), generator=ig.Generator().manual_seed(0))
    assert drawn.dtype == ig.float32
    assert drawn.tolist() == [0, 1]
    assert ig.zeros(3).bernoulli_(ig.array([1.0, 0.0, 1.0])).tolist() == [1, 0, 1]
    assert set(ig.zeros(100).random_(2, 4).tolist()) == {2, 3}
    with pytest.raises(ValueError):
        ig.zeros(3).random_(4, 4)


def test_names_that_few_scripts_reach_for() -> None:
    x = ig.array([0.5, -3.0])
    assert torch.relu_(x).tolist() == x.tolist() == [0.5, 0]
    assert not torch.is_inference_mode_enabled()
    assert nn.functional.upsample(ig.ones(1, 1, 2, 2), scale_factor=2).shape == (1, 1, 4, 4)
    torch.set_default_device("cpu")
    torch.set_default_tensor_type("torch.FloatTensor")
    with pytest.raises(TypeError):
        torch.set_default_tensor_type(torch.DoubleTensor)
    with pytest.raises(AttributeError):
        _ = torch.nothing_


def test_decorators_for_functions_under_autocast() -> None:
    @ig.amp.custom_fwd(device_type="cpu", cast_inputs=ig.float32)
    def forward(x):
        return x @ x

    half = ig.ones(2, 2, dtype=ig.bfloat16)
    assert forward(half).dtype == ig.bfloat16
    with ig.amp.autocast():
        assert forward(half).dtype == ig.float32
    assert ig.amp.custom_bwd(forward) is forward
    assert ig.amp.custom_bwd(device_type="cpu")(forward) is forward


def test_packed_sequences_come_apart() -> None:
    rows = [ig.array([[1.0], [2.0]]), ig.array([[3.0]])]
    packed = nn.utils.rnn.pack_sequence(rows)
    assert [x.tolist() for x in nn.utils.rnn.unpack_sequence(packed)] == [x.tolist() for x in rows]


def test_arguments_have_pytorchs_names() -> None:
    x = ig.array([[1.0, 2.0], [3.0, 4.0]])
    assert torch.sum(input=x, dim=1).tolist() == [3, 7]
    assert torch.sum(x, dim=1).tolist() == torch.sum(dim=1, input=x).tolist() == [3, 7]
    assert torch.add(input=x, other=1).sum().item() == torch.add(x, other=1).sum().item() == 14
    assert torch.pow(x, exponent=2).tolist() == [[1, 4], [9, 16]]
    assert torch.mm(mat2=x, input=x).tolist() == (x @ x).tolist()
    assert torch.cat(tensors=[x, x], dim=1).shape == (2, 4)
    assert torch.zeros(size=(2, 3)).shape == torch.full(size=(2, 3), fill_value=1.0).shape == (2, 3)
    assert torch.where(condition=x > 2, input=x, other=x * 0).tolist() == [[0, 0], [3, 4]]
    assert torch.as_tensor(data=[1.0]).tolist() == [1]
    assert torch.unsqueeze(input=x, dim=0).shape == (1, 2, 2)
    assert copy.deepcopy(torch.sum) is torch.sum
    with pytest.raises(TypeError):
        torch.sum(inputs=x)
    with pytest.raises(TypeError):
        torch.sum(x, input=x)


def test_files_have_pytorchs_names_of_arguments(tmp_path) -> None:
    path = tmp_path / "state.pt"
    torch.save(obj={"a": ig.ones(2)}, f=path)
    assert torch.load(f=path, weights_only=True)["a"].tolist() == [1, 1]
    with pytest.raises(FileNotFoundError):
        torch.load(tmp_path / "nothing.pt")


def test_functions_that_stand_for_others_have_signatures() -> None:
    assert next(iter(inspect.signature(torch.flatten).parameters)) == "x"
    assert list(inspect.signature(torch.sum).parameters)[:2] == ["x", "axis"]
