"""Mixed precision: which functions compute in what, under jit, in gradients and in threads; loss scaling."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import counted, in_threads, numpy_of

import ingot as ig
from ingot import amp, nn, optim
from ingot.nn import functional as F  # noqa: N812

LOW = {
    "matmul": lambda x: x @ x,
    "linear": lambda x: nn.Linear(4, 4)(x),
    "conv2d": lambda x: nn.Conv2d(1, 2, 3)(x.reshape(1, 1, 4, 4)),
    "attention": lambda x: F.scaled_dot_product_attention(x[None, None], x[None, None], x[None, None]),
}
FULL = {
    "softmax": lambda x: x.softmax(-1),
    "log_softmax": lambda x: F.log_softmax(x, -1),
    "layer_norm": lambda x: nn.LayerNorm(4)(x),
    "cross_entropy": lambda x: F.cross_entropy(x, ig.zeros(4, dtype=ig.int64)),
    "mse": lambda x: F.mse_loss(x, x * 2),
    "sum": lambda x: x.sum(),
    "mean": lambda x: x.mean(axis=0),
}


def square(dtype=ig.float32):
    return ig.array(np.random.default_rng(0).normal(size=(4, 4)), dtype=dtype)


@pytest.mark.parametrize("name", LOW)
def test_products_take_the_low_dtype(name: str) -> None:
    assert LOW[name](square()).dtype == ig.float32
    for dtype in (ig.bfloat16, ig.float16):
        with amp.autocast("cpu", dtype):
            assert LOW[name](square()).dtype == dtype
    with amp.autocast(enabled=False):
        assert LOW[name](square()).dtype == ig.float32


@pytest.mark.parametrize("name", FULL)
def test_sums_and_losses_take_float32(name: str) -> None:
    with amp.autocast():
        assert FULL[name](square(ig.bfloat16)).dtype == ig.float32


def test_what_is_in_between_takes_what_comes() -> None:
    with amp.autocast():
        assert (square(ig.bfloat16) + 1).relu().dtype == ig.bfloat16
        assert (square() + 1).dtype == ig.float32
        assert (square(ig.float64) @ square(ig.float64)).dtype == ig.float64


def test_scopes_nest_and_end() -> None:
    with amp.autocast():
        with amp.autocast(enabled=False):
            assert not amp.is_autocast_enabled()
        assert amp.is_autocast_enabled()
        with amp.autocast(dtype=ig.float16):
            assert (square() @ square()).dtype == ig.float16
    with pytest.raises(RuntimeError, match="stop"), amp.autocast():
        raise RuntimeError("stop")
    assert not amp.is_autocast_enabled()

    @amp.autocast("cpu", dtype=ig.bfloat16)
    def product(x):
        return x @ x

    assert product(square()).dtype == ig.bfloat16
    with pytest.raises(TypeError, match="float32"):
        amp.autocast(dtype=ig.float32)


def test_it_holds_on_one_thread() -> None:
    def work(i: int):
        if i % 2:
            with amp.autocast():
                return (square() @ square()).dtype
        return (square() @ square()).dtype

    assert in_threads(work) == [ig.float32, ig.bfloat16] * 2


@pytest.mark.parametrize("inside", [True, False])
def test_gradients_have_the_dtype_of_parameters(inside: bool) -> None:
    model = nn.Sequential(nn.Linear(4, 8), nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 3))
    x, y = square(), ig.array([0, 1, 2, 0])
    F.cross_entropy(model(x), y).backward()
    want = [numpy_of(p.grad) for p in model.parameters()]
    for p in model.parameters():
        p.grad = None
    with amp.autocast():
        loss = F.cross_entropy(model(x), y)
        assert loss.dtype == ig.float32
        if inside:
            loss.backward()
    if not inside:
        loss.backward()
    for p, gradient in zip(model.parameters(), want, strict=True):
        assert p.grad.dtype == ig.float32
        np.testing.assert_allclose(numpy_of(p.grad), gradient, atol=0.03)


def test_values_asked_for_inside_are_those_of_their_dtypes() -> None:
    x = square()
    y = x @ x
    with amp.autocast():
        np.testing.assert_array_equal(numpy_of(y), numpy_of(square() @ square()).astype(np.float32) * 0 + numpy_of(y))
        assert y.dtype == ig.float32
        z = F.layer_norm(x, (4,))
    np.testing.assert_allclose(numpy_of(z), numpy_of(F.layer_norm(x, (4,))), rtol=1e-6)


def test_jit_records_anew_under_another_setting() -> None:
    f, runs = counted(lambda x: x @ x)
    assert f(square()).dtype == ig.float32
    with amp.autocast():
        assert f(square()).dtype == ig.bfloat16
        assert f(square()).dtype == ig.bfloat16
    assert f(square()).dtype == ig.float32
    assert len(runs) == 2

    @ig.jit
    def inside(x):
        with amp.autocast():
            return x @ x

    assert inside(square()).dtype == ig.bfloat16


def test_checkpoint_computes_again_in_the_same_precision() -> None:
    model = nn.Linear(4, 4)
    x = square()
    with amp.autocast():
        ig.autograd.checkpoint(lambda x: model(x).tanh(), x).sum().backward()
    again = numpy_of(model.weight.grad)
    model.weight.grad = None
    with amp.autocast():
        model(x).tanh().sum().backward()
    np.testing.assert_allclose(again, numpy_of(model.weight.grad), rtol=1e-6)


@pytest.mark.parametrize("jitted", [True, False])
def test_scaled_training_skips_bad_steps(jitted: bool) -> None:
    w = nn.Parameter(ig.ones(2))
    optimizer, scaler = optim.Adam([w], lr=0.5), amp.GradScaler(init_scale=8.0, growth_interval=2)

    def step(x):
        optimizer.zero_grad()
        loss = (w * x).sum()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        return loss

    run = ig.jit(step) if jitted else step
    run(ig.ones(2))
    after_one = numpy_of(w)
    np.testing.assert_allclose(after_one, 0.5, rtol=1e-5)
    run(ig.array([1.0, np.inf]))
    np.testing.assert_array_equal(numpy_of(w), after_one)
    assert scaler.get_scale() == 4 and optimizer.state[w]["step"].item() == 1
    run(ig.ones(2))
    run(ig.ones(2))
    assert scaler.get_scale() == 8 and optimizer.state[w]["step"].item() == 3
    assert (numpy_of(w) < 0).all()


def test_scaled_gradients_are_those_without_scaling() -> None:
    a, b = nn.Parameter(ig.array([1.0, 2.0])), nn.Parameter(ig.array([1.0, 2.0]))
    scaler, optimizer = amp.GradScaler(init_scale=1024.0), optim.SGD([b], lr=1.0)
    (a**2).sum().backward()
    scaler.scale([(b**2).sum()])[0].backward()
    scaler.unscale_(optimizer)
    np.testing.assert_array_equal(numpy_of(a.grad), numpy_of(b.grad))
    with pytest.raises(ValueError, match="already"):
        scaler.unscale_(optimizer)
    scaler.step(optimizer)
    scaler.update()
    np.testing.assert_array_equal(numpy_of(b), [-1, -2])
    with pytest.raises(ValueError, match="update"):
        scaler.update()


def test_scaler_state() -> None:
    scaler = amp.GradScaler("cpu", init_scale=32.0, growth_interval=7)
    state = scaler.state_dict()
    assert state == {
        "scale": 32.0,
        "growth_factor": 2.0,
        "backoff_factor": 0.5,
        "growth_interval": 7,
        "_growth_tracker": 0,
    }
    again = amp.GradScaler()
    again.load_state_dict({**state, "scale": 64.0})
    assert again.get_scale() == 64 and again.state_dict()["growth_interval"] == 7
    disabled = amp.GradScaler(enabled=False)
    assert disabled.scale(ig.ones(1)).item() == 1 and disabled.state_dict() == {} and not disabled.is_enabled()
    with pytest.raises(ValueError, match="backoff"):
        amp.GradScaler(backoff_factor=2.0)
