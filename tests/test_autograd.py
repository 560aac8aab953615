"""`backward()` and what surrounds it: where gradients go, what keeps and what cuts the graph."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import leaf, numpy_of

import ingot as ig


def close(got, want) -> None:
    np.testing.assert_allclose(numpy_of(got), np.asarray(want), rtol=1e-6, atol=1e-6)


# ---- accumulation ----


def test_gradients_add_up_until_zeroed() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    (x * 3).sum().backward()
    (x * 4).sum().backward()
    close(x.grad, [7, 7])
    x.grad.zero_()
    close(x.grad, [0, 0])
    (x * x).sum().backward()
    close(x.grad, [2, 4])


def test_grad_is_none_before_backward_and_can_be_removed() -> None:
    x = ig.array([1.0], requires_grad=True)
    assert x.grad is None
    (x * 2).backward()
    x.grad = None
    assert x.grad is None


def test_grad_can_be_assigned() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    x.grad = ig.array([5.0, 6.0])
    (x * 1).sum().backward()
    close(x.grad, [6, 7])


def test_grad_of_another_shape_is_refused() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    with pytest.raises(ValueError, match=r"\(3,\)"):
        x.grad = ig.zeros(3)


def test_one_leaf_used_many_times() -> None:
    x = leaf(np.array([2.0]))
    y = x * x
    (y * y + y * x).sum().backward()  # x^4 + x^3
    close(x.grad, [4 * 8 + 3 * 4])


def test_gradient_has_the_dtype_of_its_leaf() -> None:
    x = ig.array([1.0, 2.0], dtype=ig.float16, requires_grad=True)
    w = ig.array([3.0, 4.0], dtype=ig.float64, requires_grad=True)
    (x * w).sum().backward()
    assert x.grad.dtype == ig.float16
    assert w.grad.dtype == ig.float64
    close(x.grad, [3, 4])


# ---- the incoming gradient ----


def test_backward_of_a_non_scalar_means_ones() -> None:
    x = ig.array([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    (x**2).backward()
    close(x.grad, [[2, 4], [6, 8]])


def test_explicit_gradient() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    (x * x).backward(ig.array([10.0, 1.0]))
    close(x.grad, [20, 4])


def test_explicit_gradient_by_keyword() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    (x * x).backward(gradient=ig.array([1.0, 0.0]))
    close(x.grad, [2, 0])


def test_explicit_gradient_of_another_shape_is_refused() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    with pytest.raises(ValueError, match=r"\(3,\)"):
        (x * x).backward(ig.ones(3))


def test_complex_gradient_follows_the_conjugate_convention() -> None:
    z = ig.array([1 + 2j], requires_grad=True)
    (ig.abs(z) ** 2).sum().backward()
    close(z.grad, [2 + 4j])


# ---- grad mode ----


def test_no_grad_records_nothing() -> None:
    x = ig.array([1.0], requires_grad=True)
    with ig.no_grad():
        y = x * 2
        with ig.enable_grad():
            z = x * 3
    assert not y.requires_grad
    assert z.requires_grad
    assert (x * 2).requires_grad


def test_no_grad_decorates() -> None:
    x = ig.array([1.0], requires_grad=True)

    @ig.no_grad()
    def double(v):
        return v * 2

    assert not double(x).requires_grad
    assert ig.is_grad_enabled()


def test_no_grad_ends_with_an_exception() -> None:
    with pytest.raises(ZeroDivisionError), ig.no_grad():
        1 / 0  # noqa: B018
    assert ig.is_grad_enabled()


def test_detach_shares_the_value_and_cuts_the_graph() -> None:
    x = ig.array([3.0], requires_grad=True)
    y = x * x
    z = y.detach() * x
    z.backward()
    close(x.grad, [9])
    assert y.requires_grad
    assert not y.detach().requires_grad


def test_requires_grad_can_be_switched() -> None:
    x = ig.ones(2)
    assert x.requires_grad_() is x
    assert x.requires_grad
    x.requires_grad = False
    assert not (x * 2).requires_grad
    x.requires_grad_(True)
    (x * 2).sum().backward()
    close(x.grad, [2, 2])


def test_integers_cannot_require_grad() -> None:
    with pytest.raises(TypeError, match="int32"):
        ig.array([1, 2], requires_grad=True)


def test_leaves_and_results() -> None:
    x = ig.ones(2, requires_grad=True)
    y = x * 2
    assert x.is_leaf
    assert not y.is_leaf
    assert y.detach().is_leaf


def test_leaf_made_from_an_array_keeps_no_tie() -> None:
    a = ig.array([1.0, 2.0])
    x = ig.array(a, requires_grad=True)
    (x * x).sum().backward()
    assert a.grad is None
    assert not a.requires_grad


# ---- keeping and releasing the graph ----


def test_second_backward_is_a_clear_error() -> None:
    x = ig.array([1.0], requires_grad=True)
    loss = (x * x).sum()
    loss.backward()
    with pytest.raises(RuntimeError, match="retain_graph"):
        loss.backward()
    close(x.grad, [2])


def test_second_backward_through_a_shared_part_is_the_same_error() -> None:
    x = ig.array([1.0], requires_grad=True)
    shared = x * x
    (shared * 2).backward()
    with pytest.raises(RuntimeError, match="retain_graph"):
        (shared * 3).backward()


def test_retain_graph() -> None:
    x = ig.array([3.0], requires_grad=True)
    loss = x * x
    loss.backward(retain_graph=True)
    loss.backward()
    close(x.grad, [12])


def test_printing_before_backward_changes_nothing() -> None:
    def gradient(look: bool) -> np.ndarray:
        x = ig.array([1.0, 2.0, 3.0], requires_grad=True)
        y = ig.exp(x) * x
        loss = (y * y).mean()
        if look:
            print(loss, y)
            loss.item()
            ig.eval(y)
        loss.backward()
        return numpy_of(x.grad)

    np.testing.assert_array_equal(gradient(True), gradient(False))


def test_evaluated_result_keeps_its_value_after_backward() -> None:
    x = ig.array([2.0], requires_grad=True)
    loss = (x**3).sum()
    loss.backward()
    assert loss.item() == pytest.approx(8)
    close(x.grad, [12])


def test_create_graph_to_third_order() -> None:
    x = leaf(np.array([1.5]))
    y = x**5
    want = 5 * 1.5**4
    for factor in (4, 3):
        y.sum().backward(create_graph=True)
        y, x.grad = x.grad, None
        close(y, [want])
        want *= factor / 1.5
    y.sum().backward()
    close(x.grad, [want])


def test_gradient_penalty() -> None:
    """A loss of the gradient itself: d/dw (d/dx (w x^3))^2."""
    x, w = leaf(np.array([2.0])), leaf(np.array([3.0]))
    (w * x**3).sum().backward(create_graph=True)
    slope, x.grad, w.grad = x.grad, None, None
    (slope**2).sum().backward()
    close(w.grad, [2 * 3 * 9 * 16.0])
    close(x.grad, [2 * 36 * (3 * 6 * 2.0)])


# ---- in place ----


def test_update_in_place_never_corrupts_a_recorded_gradient() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    y = x * 1
    z = y * y
    y += 100
    y[0] = -7.0
    z.sum().backward()
    close(x.grad, [2, 4])


def test_in_place_on_a_result_is_differentiated() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    y = x * 2
    y *= x
    y[0] = 0.0
    y.sum().backward()
    close(x.grad, [0, 8])


def test_in_place_on_a_leaf_that_records_is_an_error() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    with pytest.raises(RuntimeError, match="no_grad"):
        x += 1
    with pytest.raises(RuntimeError, match="no_grad"):
        x[0] = 5.0
    close(x, [1, 2])


def test_update_of_a_leaf_under_no_grad() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    alias = x
    loss = (x * x).sum()
    with ig.no_grad():
        x -= 0.5
    loss.backward()
    close(x.grad, [2, 4])
    close(alias, [0.5, 1.5])
    assert x.requires_grad
    assert x.is_leaf


def test_gradient_descent_by_hand() -> None:
    x = ig.array([5.0], requires_grad=True)
    for _ in range(100):
        ((x - 2) ** 2).sum().backward()
        with ig.no_grad():
            x -= 0.1 * x.grad
        x.grad.zero_()
    close(x, [2])


# ---- errors that name the cut ----


@pytest.mark.parametrize(
    ("cut", "name"),
    [
        (lambda x: ig.argmax(x), "argmax"),
        (lambda x: x.detach() * 2, "detach"),
        (lambda x: ig.stop_gradient(x) + 1, "stop_gradient"),
        (lambda x: x.astype(ig.int32), "int32"),
        (lambda x: (x > 0).sum(), "greater"),
        (lambda x: ig.arange(3).sum(), "'sum'"),
    ],
    ids=["argmax", "detach", "stop_gradient", "int_cast", "comparison", "sum_of_integers"],
)
def test_backward_names_the_operation_that_cut_the_graph(cut, name: str) -> None:
    x = ig.array([1.0, -2.0], requires_grad=True)
    with pytest.raises(RuntimeError, match=name):
        cut(x).backward()


def test_backward_names_no_grad() -> None:
    x = ig.array([1.0], requires_grad=True)
    with ig.no_grad():
        loss = (x * x).sum()
    with pytest.raises(RuntimeError, match="no_grad"):
        loss.backward()


def test_backward_without_any_leaf_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match="requires_grad"):
        (ig.ones(2) * 2).sum().backward()


def test_setting_requires_grad_on_a_result_is_refused() -> None:
    x = ig.array([1.0], requires_grad=True)
    y = x * 2
    with pytest.raises(RuntimeError):
        y.requires_grad_(False)


# ---- hooks ----


def test_hook_sees_and_replaces_the_gradient() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    y = x * 3
    seen = []
    y.register_hook(lambda g: seen.append(numpy_of(g)))
    handle = y.register_hook(lambda g: g * 10)
    y.sum().backward()
    np.testing.assert_array_equal(seen[0], [1, 1])
    close(x.grad, [30, 30])
    handle.remove()


def test_hook_on_a_leaf_runs_before_accumulation() -> None:
    x = ig.array([1.0], requires_grad=True)
    handle = x.register_hook(lambda g: -g)
    (x * 2).backward()
    close(x.grad, [-2])
    handle.remove()
    (x * 2).backward()
    close(x.grad, [0])


def test_exception_in_a_hook_reaches_the_caller() -> None:
    x = ig.array([1.0], requires_grad=True)

    def fail(g):
        raise LookupError("from the hook")

    x.register_hook(fail)
    with pytest.raises(LookupError, match="from the hook"):
        (x * 2).backward()


def test_retain_grad_of_an_intermediate() -> None:
    x = ig.array([2.0], requires_grad=True)
    y = x * x
    y.retain_grad()
    (y * 3).backward()
    close(y.grad, [3])


# ---- conventions at the awkward places ----


def test_ties_share_the_gradient_of_max() -> None:
    x = ig.array([1.0, 3.0, 3.0], requires_grad=True)
    x.max().backward()
    close(x.grad, [0, 0.5, 0.5])


def test_where_takes_no_nan_from_the_other_branch() -> None:
    x = ig.array([0.0, 4.0], requires_grad=True)
    ig.where(x > 0, ig.log(ig.where(x > 0, x, 1.0)), 0.0).sum().backward()
    close(x.grad, [0, 0.25])


def test_zero_to_a_power_has_a_finite_gradient() -> None:
    x = ig.array([0.0, 0.0], requires_grad=True)
    (x**2).sum().backward()
    close(x.grad, [0, 0])


def test_abs_and_relu_at_zero() -> None:
    x = ig.array([0.0], requires_grad=True)
    (ig.abs(x) + ig.relu(x)).sum().backward()
    close(x.grad, [0])


def test_unused_leaf_gets_no_gradient() -> None:
    x, unused = ig.ones(2, requires_grad=True), ig.ones(2, requires_grad=True)
    (x * 2).sum().backward()
    assert unused.grad is None


def test_nan_free_gradient_of_empty_arrays() -> None:
    x = ig.zeros((0, 3), requires_grad=True)
    (x * 2).sum().backward()
    assert x.grad.shape == (0, 3)


# ---- gradients as values ----


def test_autograd_grad_changes_no_dot_grad() -> None:
    x, y = leaf(np.array([2.0])), leaf(np.array([3.0]))
    dx, dy = ig.autograd.grad((x * x * y).sum(), [x, y])
    close(dx, [12])
    close(dy, [4])
    assert x.grad is None


def test_autograd_grad_by_an_intermediate() -> None:
    x = leaf(np.array([2.0]))
    middle = x * x
    (slope,) = ig.autograd.grad((middle * middle).sum(), middle)
    close(slope, [8])


def test_autograd_grad_with_weights_and_second_order() -> None:
    x = leaf(np.array([1.0, 2.0]))
    (slope,) = ig.autograd.grad(x**3, x, grad_outputs=ig.array([1.0, 10.0]), create_graph=True)
    close(slope, [3, 120])
    close(ig.autograd.grad(slope.sum(), x)[0], [6, 120])


def test_autograd_grad_of_an_unused_input() -> None:
    x, y = leaf(np.array([1.0])), leaf(np.array([1.0]))
    with pytest.raises(RuntimeError, match="allow_unused"):
        ig.autograd.grad((x * 2).sum(), [x, y])
    assert ig.autograd.grad((x * 2).sum(), [x, y], allow_unused=True)[1] is None


def test_set_grad_enabled() -> None:
    x = ig.ones(1, requires_grad=True)
    with ig.set_grad_enabled(False):
        assert not (x * 2).requires_grad
    assert (x * 2).requires_grad
    ig.set_grad_enabled(False)
    assert not (x * 2).requires_grad
    ig.set_grad_enabled(True)


# ---- backward and grad with more to choose ----


def test_backward_of_several_arrays() -> None:
    x = ig.array([1.0, 2.0], requires_grad=True)
    ig.autograd.backward([x * 2, (x * x).sum()], [ig.array([1.0, 10.0]), None])
    close(x.grad, [2 + 2, 20 + 4])
    with pytest.raises(ValueError, match="one gradient per array"):
        ig.autograd.backward([x * 2], [None, None])
    with pytest.raises(RuntimeError, match="does not require grad"):
        ig.autograd.backward([x * 2, ig.ones(1)])


def test_backward_to_chosen_inputs_only() -> None:
    x, y = ig.array([2.0], requires_grad=True), ig.array([3.0], requires_grad=True)
    inner = x * y
    (inner * inner).backward(inputs=[x, inner], retain_graph=True)
    close(x.grad, [36])
    close(inner.grad, [12])
    assert y.grad is None
    (inner * inner).backward(inputs=y)
    close(y.grad, [24])
    close(x.grad, [36])
    for wrong, message in (([], "empty"), ([ig.ones(1)], "does not require grad")):
        with pytest.raises((ValueError, RuntimeError), match=message):
            (x * y).backward(inputs=wrong)


def test_autograd_grad_of_a_batch_of_weights() -> None:
    x = leaf(np.array([1.0, 2.0]))
    y = x * x
    (rows,) = ig.autograd.grad(y, x, ig.eye(2, dtype=ig.float64), is_grads_batched=True, create_graph=True)
    close(rows, np.diag([2, 4]))
    rows.sum().backward()
    close(x.grad, [2, 2])
    with pytest.raises(ValueError, match="one of grad_outputs per output"):
        ig.autograd.grad(x * x, x, is_grads_batched=True)


def test_autograd_grad_materializes_zeros() -> None:
    x, y = leaf(np.ones(2)), leaf(np.ones(3))
    dx, dy = ig.autograd.grad((x * x).sum(), [x, y], materialize_grads=True)
    close(dx, [2, 2])
    close(dy, [0, 0, 0])
    with pytest.raises(ValueError, match="materialize_grads"):
        ig.autograd.grad((x * x).sum(), [x, y], materialize_grads=True, allow_unused=False)


def test_functional_forms() -> None:
    functional = ig.autograd.functional
    x, y = leaf(np.array([1.0, 2.0])), leaf(np.array([3.0, 4.0]))

    def f(x, y):
        return (x * x * y).sum()

    value, gradients = functional.vjp(f, (x, y))
    close(value, 19)
    close(gradients[0], [6, 16])
    assert not gradients[0].requires_grad
    assert functional.vjp(f, (x, y), create_graph=True)[1][0].requires_grad
    close(functional.jvp(f, (x, y), (ig.ones_like(x), ig.zeros_like(y)))[1], 22)
    for strategy in ("reverse-mode", "forward-mode", "auto"):
        close(functional.jacobian(lambda x: x * x, x, strategy=strategy), [[2, 0], [0, 4]])
    close(functional.jacobian(f, (x, y))[1], [1, 4])
    hessian = functional.hessian(f, (x, y))
    close(hessian[0][0], [[6, 0], [0, 8]])
    close(hessian[0][1], [[2, 0], [0, 4]])
    close(hessian[1][1], np.zeros((2, 2)))
    for product in (functional.hvp, functional.vhp):
        _, (dx, dy) = product(f, (x, y), (ig.ones_like(x), ig.zeros_like(y)))
        close(dx, [6, 8])
        close(dy, [2, 4])
    with pytest.raises(ValueError, match="left out"):
        functional.vjp(lambda x: x * 2, x)
