"""What differs in PyTorch and no name tells apart: `ingot run --as torch` asks for it, and nothing else does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import numpy as np
import pytest

import ingot as ig
from ingot import nn
from ingot.torch import methods


@pytest.fixture
def pytorch_conventions() -> Iterator[None]:
    ig._core._set_pytorch_conventions(True)
    yield
    ig._core._set_pytorch_conventions(False)


@pytest.mark.usefixtures("pytorch_conventions")
def test_integers_are_long_in_pytorch() -> None:
    x = ig.array([100000])
    assert (x * x).tolist() == [10**10]
    made = [
        x,
        ig.where(x > 0, 1, 0),
        ig.array(1),
        ig.arange(3),
        ig.full((2,), 3),
        ig.zeros(2, dtype=int),
        ig.random.randint(0, 5, (2,)),
    ]
    assert {str(y.dtype) for y in made} == {"int64"}
    values = ig.array([3.0, 1.0, 2.0])
    indices = [
        values.argmax(),
        values.argsort(),
        values.topk(2).indices,
        values.max(dim=0).indices,
        ig.argwhere(values),
    ]
    indices += [*ig.nonzero(values, as_tuple=True), ig.cummax(values, 0).indices, ig.median(values, dim=0).indices]
    indices += [ig.searchsorted(values, values), ig.unique(values, return_inverse=True)[1], ig.random.permutation(3)]
    assert {str(y.dtype) for y in indices} == {"int64"}
    assert values[values.argsort()].tolist() == [1, 2, 3]
    assert ig.array([1], dtype=ig.int32).int().dtype == ig.int32


@pytest.mark.usefixtures("pytorch_conventions")
def test_integers_select_before_index_arrays_in_pytorch() -> None:
    x = ig.arange(24).reshape(2, 3, 4)
    rows = ig.array([0, 3])
    assert x[0, :, rows].tolist() == x[0][:, rows].tolist()
    assert x[rows[:1], 0, ig.array([2])].tolist() == [2]
    assert x[:, ig.array([0]), ..., ig.array([0, 3, 1])].shape == (2, 3)
    x[1, :, rows] = 0
    assert x[1].tolist() == [[0, 13, 14, 0], [0, 17, 18, 0], [0, 21, 22, 0]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_changes_of_slices_reach_their_array_in_pytorch() -> None:
    x = ig.zeros(2, 3)
    x[0].fill_(3)
    x[1][2] = 7
    row = x[1]
    row += 1
    x[:, 1].mul_(2)
    assert x.tolist() == [[3, 6, 3], [1, 2, 8]]
    for row in x:
        row *= 10
    assert x.tolist() == [[30, 60, 30], [10, 20, 80]]
    x[0] += 1
    assert x[0].tolist() == [31, 61, 31]
    x[[0]].fill_(0)
    x[x > 50].fill_(0)
    x[0].clone().fill_(0)
    assert x[0].tolist() == [31, 61, 31], "indexing by arrays copies"


@pytest.mark.usefixtures("pytorch_conventions")
def test_changes_of_slices_reach_parameters_in_pytorch() -> None:
    layer = nn.Linear(2, 3)
    layer.weight.data[1].fill_(5)
    layer.weight.data[:2][0][1] = 4
    layer.state_dict()["bias"][1:].zero_()
    with pytest.raises(ig.GradError):
        layer.weight[0].fill_(1)
    with ig.no_grad():
        layer.weight[2].fill_(6)
        nn.init.constant_(layer.bias[0], 9)
    assert layer.weight[1:].tolist() == [[5, 5], [6, 6]]
    assert layer.weight[0, 1].item() == 4
    assert layer.bias.tolist() == [9, 0, 0]
    assert layer.weight.is_leaf and layer.weight.requires_grad


def test_changes_of_detached_leaves_reach_them_in_pytorch() -> None:
    weight = nn.Parameter(ig.ones(3))
    methods.detach(weight).mul_(2)
    assert weight.tolist() == [2, 2, 2]
    assert weight.requires_grad
    result = weight * 1
    methods.detach(result).zero_()
    methods.detach(weight).clone().zero_()
    weight.detach().zero_()
    assert result.tolist() == weight.tolist() == [2, 2, 2]


@pytest.mark.usefixtures("pytorch_conventions")
def test_gradients_flow_through_changes_of_slices_in_pytorch() -> None:
    x = ig.array([1.0, 2.0, 3.0], requires_grad=True)
    y = x * 2
    y[:2].mul_(x[1:])
    y.sum().backward()
    assert x.grad.tolist() == [4, 8, 6]


@pytest.mark.usefixtures("pytorch_conventions")
def test_slices_keep_no_array_alive_in_pytorch() -> None:
    x = ig.ones(1000)
    part = x[:10]
    gone = weakref.ref(x)
    del x
    assert gone() is None
    part += 1
    assert part.sum().item() == 20


@pytest.mark.usefixtures("pytorch_conventions")
def test_a_slice_and_its_array_are_collected_together_in_pytorch() -> None:
    weight = nn.Parameter(ig.ones(2))
    part = weight[0]
    weight.register_hook(lambda gradient, part=part: None)
    gone = weakref.ref(weight)
    del weight, part
    gc.collect()
    assert gone() is None


@pytest.mark.usefixtures("pytorch_conventions")
def test_changes_of_slices_reach_buffers_and_gradients_in_pytorch() -> None:
    layer = nn.BatchNorm1d(2)
    layer.running_mean[0].fill_(5)
    assert layer.running_mean.tolist() == [5, 0]
    weight = nn.Parameter(ig.ones(2))
    (3 * weight).sum().backward()
    assert weight.grad is not None
    weight.grad[:1].zero_()
    assert weight.grad.tolist() == [0, 3]


@pytest.mark.usefixtures("pytorch_conventions")
def test_data_of_slices_is_that_of_their_array_in_pytorch() -> None:
    weight = nn.Parameter(ig.zeros(2, 2))
    weight[0].data.fill_(1)
    weight[1][0].data.fill_(2)
    assert weight.tolist() == [[1, 1], [2, 0]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_single_indices_that_are_arrays_select_views_in_pytorch() -> None:
    x = ig.zeros(3, 2)
    for i in ig.array([2, 0]):
        x[i][0] = i + 1
    x[np.int64(1)].fill_(7)
    assert x.tolist() == [[1, 0], [7, 7], [3, 0]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_slices_stay_where_they_were_taken_in_pytorch() -> None:
    i = ig.array(0)
    x = ig.zeros(4)
    part, single = x[i : i + 2], x[i]
    i += 2
    part.fill_(1)
    single += 1
    assert x.tolist() == [2, 1, 0, 0]


@pytest.mark.usefixtures("pytorch_conventions")
def test_another_shape_in_place_changes_no_elements_in_pytorch() -> None:
    x = ig.arange(4).reshape(2, 2)
    assert x[:2, :2].t_().tolist() == [[0, 2], [1, 3]]
    assert x[:, :1].squeeze_().shape == (2,)
    assert x.tolist() == [[0, 1], [2, 3]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_long_chains_of_slices_in_pytorch() -> None:
    x = ig.zeros(2)
    part = x
    for _ in range(30000):
        part = part[0:]
    part += 1
    assert x.tolist() == [1, 1]
    del part  # which is as deep


@pytest.mark.usefixtures("pytorch_conventions")
def test_matrices_without_a_factor_are_errors_of_the_call_in_pytorch() -> None:
    bad = -ig.eye(2)
    with pytest.raises(RuntimeError):
        ig.linalg.cholesky(bad)
    for function in (ig.linalg.inv, lambda x: ig.linalg.solve(x, ig.ones(2, 1))):
        with pytest.raises(RuntimeError):
            function(bad * 0)
    both = ig.stack([ig.eye(2), 4 * ig.eye(2)])
    assert ig.vmap(ig.linalg.cholesky)(both)[1].tolist() == [[2, 0], [0, 2]]
    assert ig.jit(ig.linalg.inv)(both)[1].tolist() == [[0.25, 0], [0, 0.25]]
    assert ig.grad(lambda x: ig.linalg.cholesky(x).sum())(ig.eye(2)).shape == (2, 2)


def test_by_default_they_do_what_numpys_do() -> None:
    x = ig.arange(24).reshape(2, 3, 4)
    assert x.dtype == x.argmax().dtype == ig.int32
    assert x[0, :, ig.array([0, 3])].shape == (2, 3)
    x[0].fill_(7)
    assert x[0, 0, 0].item() == 0
    assert ig.full((1,), 2**40).tolist() == [2**40]


@pytest.mark.usefixtures("pytorch_conventions")
def test_slices_see_changes_of_their_array_in_pytorch() -> None:
    x = ig.zeros(4)
    low, high = x[:3], x[1:]
    inner = high[0]
    low += 1
    high += 1  # of what the line before made of it
    assert x.tolist() == [1, 2, 2, 1]
    assert (low.tolist(), high.tolist(), inner.item()) == ([1, 2, 2], [2, 2, 1], 2)
    x.mul_(10)
    assert (low.tolist(), inner.item()) == ([10, 20, 20], 20)
    x[1] = 7
    assert (low[1].item(), high.tolist(), inner.item()) == (7, [7, 20, 10], 7)
    inner.fill_(3)
    assert (x.tolist(), low.tolist(), high.tolist()) == ([10, 3, 20, 10], [10, 3, 20], [3, 20, 10])


@pytest.mark.usefixtures("pytorch_conventions")
def test_slices_of_parameters_see_training_steps_in_pytorch() -> None:
    model = nn.Linear(2, 1, bias=False)
    row, frozen = model.weight[0], model.weight.detach().clone()[0]
    optimizer = ig.optim.SGD(model.parameters(), lr=0.5)
    model(ig.ones(1, 2)).sum().backward()
    optimizer.step()
    np.testing.assert_array_equal(row.tolist(), model.weight.tolist()[0])
    np.testing.assert_allclose(row.tolist(), [value - 0.5 for value in frozen.tolist()])
    model.weight.grad = None
    (row * ig.array([2.0, 3.0])).sum().backward()
    assert model.weight.grad is not None
    assert model.weight.grad.tolist() == [[2, 3]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_a_slice_made_a_variable_still_shares_its_values_in_pytorch() -> None:
    x = ig.zeros(2, 3)
    own = x[0].requires_grad_()
    x.add_(1)
    assert own.tolist() == [1, 1, 1]
    (own * 2).sum().backward()
    assert own.is_leaf
    assert own.grad is not None
    with ig.no_grad():
        own -= own.grad
    assert x.tolist() == [[-1, -1, -1], [1, 1, 1]]


@pytest.mark.usefixtures("pytorch_conventions")
def test_a_slice_of_what_changed_its_shape_stays_as_it_was_in_pytorch() -> None:
    x = ig.arange(6).reshape(2, 3)
    part = x[1]
    x.t_()
    assert part.tolist() == [3, 4, 5]
    part += 1
    assert x.tolist() == [[0, 3], [1, 4], [2, 5]]
