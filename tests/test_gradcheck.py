"""`gradcheck`, `gradgradcheck`, `compare` and `detect_anomaly`: what they find, and how they say it."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import array_of, leaf

import ingot as ig
from ingot.autograd import Function, compare, detect_anomaly, gradcheck, gradgradcheck, set_detect_anomaly


class WrongSquare(Function):
    """The gradient of its second element is off by half."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return 2 * x * g * array_of([1.0, 0.5, 1.0])


# ---- gradcheck ----


def test_right_gradients_pass(rng: np.random.Generator) -> None:
    a, b = leaf(rng.normal(size=(2, 3))), leaf(rng.normal(size=(3, 2)))
    assert gradcheck(ig.matmul, (a, b), check_forward_ad=True, check_batched_grad=True)
    assert gradgradcheck(lambda x, y: ig.tanh(x @ y), (a, b), check_forward_ad=True)
    assert gradcheck(lambda x: (x.sum(), x * 2), leaf(rng.normal(size=2)))


def test_complex_inputs_and_outputs(rng: np.random.Generator) -> None:
    z = array_of(rng.normal(size=3) + 1j * rng.normal(size=3)).requires_grad_()
    assert gradcheck(lambda z: z * z * ig.exp(z), (z,), check_forward_ad=True)
    assert gradcheck(ig.abs, (z,), check_forward_ad=True)
    assert gradgradcheck(lambda z: z**3, (z,))


def test_the_worst_entry_is_shown() -> None:
    x = leaf(np.array([1.0, 2.0, 3.0]))
    with pytest.raises(ig.autograd.GradcheckError) as caught:
        gradcheck(WrongSquare.apply, (x,))
    message = str(caught.value)
    assert "output[1] / d input[1]" in message
    assert "numeric 4.0" in message or "numeric 4," in message or "numeric 3.99999" in message
    assert "analytic 2," in message
    assert "1 of 9" in message
    assert not gradcheck(WrongSquare.apply, (x,), raise_exception=False)


def test_second_derivatives_that_are_wrong_are_found() -> None:
    class Cut(Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**3

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return 3 * (x * x).detach() * g

    x = leaf(np.array([1.0, 2.0]))
    assert gradcheck(Cut.apply, (x,))
    assert not gradgradcheck(Cut.apply, (x,), raise_exception=False)


def test_low_precision_is_warned_about_and_bad_arguments_are_errors() -> None:
    with pytest.warns(UserWarning, match="float32"):
        gradcheck(ig.sin, (ig.ones(2, requires_grad=True),), raise_exception=False)
    with pytest.raises(ValueError, match="none of the inputs"):
        gradcheck(ig.sin, (ig.array([1, 2]),))
    with pytest.raises(ValueError, match="returned no floating"):
        gradcheck(lambda x: ig.argmax(x), (leaf(np.ones(2)),))


def test_a_result_that_varies_is_found() -> None:
    calls = []

    class Varies(Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, g):
            calls.append(1)
            return g * (2 + 1e-7 * len(calls))

    with pytest.raises(ig.autograd.GradcheckError, match="run twice"):
        gradcheck(Varies.apply, (leaf(np.ones(2)),))


# ---- compare ----


def test_compare_agrees_and_parts() -> None:
    rng = np.random.default_rng(0)
    w, x, y = array_of(rng.normal(size=3), "float32"), array_of(rng.normal(size=(5, 3)), "float32"), ig.ones(5)

    def loss(w, x, y):
        return ((x @ w - y) ** 2).mean()

    right = compare(loss, lambda w, x, y: (2 / 5 * x.T @ (x @ w - y), None, None), w, x, y)
    assert right.ok
    assert bool(right)
    assert "agrees" in str(right)

    def wrong(w, x, y):
        gradient = 2 / 5 * x.T @ (x @ w - y)
        return gradient + ig.array([0.0, 0.0, 1.0]), None, None

    found = compare(loss, wrong, w, x, y)
    assert not found.ok
    assert found.inputs[0].worst == "[2]"
    assert "parts here" in repr(found)
    manual, automatic, numeric = found.inputs[0].values
    assert manual - automatic == pytest.approx(1, abs=1e-5)
    assert automatic == pytest.approx(numeric, abs=1e-4)


def test_compare_takes_arrays_several_results_and_complex_numbers() -> None:
    x = array_of([1.0, 2.0])
    assert compare(lambda x: (x * 2, x * 3), array_of([5.0, 5.0]), x).ok
    z = array_of([1.0 + 1j])
    assert compare(lambda z: (ig.abs(z) ** 2).sum(), lambda z: 2 * z, z).ok
    assert not compare(lambda z: (ig.abs(z) ** 2).sum(), lambda z: 2 * ig.conj(z), z).ok
    with pytest.raises(ValueError, match="expected a gradient for each"):
        compare(lambda x, y: (x * y).sum(), lambda x, y: (y, x, x), x, x)
    with pytest.raises(ValueError, match="shape"):
        compare(lambda x: x.sum(), lambda x: ig.ones(3), x)


# ---- detect_anomaly ----


def test_the_forward_operation_and_the_line_are_named() -> None:
    x = ig.array([1.0, 0.0])
    with detect_anomaly(), pytest.raises(RuntimeError, match=r"'log' gave an infinity at index \(1,\)") as caught:
        ig.log(x)  # the culprit
    assert "test_gradcheck.py" in str(caught.value)
    assert "# the culprit" in str(caught.value)
    assert "float32 (2,)" in str(caught.value)
    assert np.isinf(ig.log(x).numpy()[1])


def test_the_backward_operation_and_its_forward_line_are_named() -> None:
    x = ig.array([[4.0, 0.0]], requires_grad=True)
    with detect_anomaly():
        y = ig.sqrt(x)  # the forward line
        with pytest.raises(RuntimeError, match=r"backward of 'sqrt' gave an infinity at index \(0, 1\)") as caught:
            y.sum().backward()
    assert "# the forward line" in str(caught.value)
    with detect_anomaly(check_inf=False):
        ig.sqrt(ig.array([4.0, 0.0], requires_grad=True)).sum().backward()


def test_nan_from_zero_times_infinity_is_found_in_the_backward() -> None:
    x = ig.array([0.0], requires_grad=True)
    with detect_anomaly(check_inf=False), pytest.raises(RuntimeError, match="NaN"):
        (ig.sqrt(x) * 0).sum().backward()


def test_nan_in_data_is_said_to_come_from_there() -> None:
    data = ig.array([1.0, float("nan")])
    with detect_anomaly(), pytest.raises(RuntimeError, match=r"'multiply' got NaN at index .* in data"):
        data * 2


def test_masks_of_infinity_are_no_anomaly() -> None:
    mask = ig.array([0.0, -float("inf")])
    x = ig.array([1.0, 2.0], requires_grad=True)
    with detect_anomaly():
        ig.softmax(x + mask, axis=0)[0].backward()
    assert np.isfinite(x.grad.numpy()).all()


def test_switching_on_and_off() -> None:
    set_detect_anomaly(True)
    try:
        with pytest.raises(RuntimeError, match="detect_anomaly"):
            ig.log(ig.zeros(1))
        with set_detect_anomaly(False):
            ig.log(ig.zeros(1))
        with pytest.raises(RuntimeError, match="detect_anomaly"):
            ig.log(ig.zeros(1))
    finally:
        set_detect_anomaly(False)
    assert np.isinf(ig.log(ig.zeros(1)).item())


def test_a_training_step_passes_untouched() -> None:
    model = ig.nn.Sequential(ig.nn.Linear(3, 4), ig.nn.ReLU(), ig.nn.Linear(4, 2))
    optimizer = ig.optim.Adam(model.parameters(), lr=0.01)
    with detect_anomaly():
        for _ in range(2):
            optimizer.zero_grad()
            loss = ig.nn.CrossEntropyLoss()(model(ig.randn(5, 3)), ig.array([0, 1, 0, 1, 1]))
            loss.backward()
            optimizer.step()
        jitted = ig.jit(lambda x: ig.exp(x))
        jitted(ig.ones(2))
    assert np.isfinite(loss.item())
