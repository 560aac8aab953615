"""Under PyTorch's conventions what is done in place to a view of an array is done to the array, and the reverse."""

from __future__ import annotations

import gc
import random
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import ingot as ig
from ingot import nn, torch
from ingot.torch import methods


@pytest.fixture(autouse=True)
def pytorch_conventions() -> Iterator[None]:
    before = {name: vars(ig.array).get(name) for name in methods.methods()}
    methods.install()
    yield
    ig._core._set_pytorch_conventions(False)
    for name, method in before.items():
        if method is None:
            delattr(ig.array, name)
        else:
            setattr(ig.array, name, method)


def _writable(view: np.ndarray) -> np.ndarray:
    view.flags.writeable = True
    return view


# NumPy's views as the oracle: the same function of both libraries, which makes a view in both.
VIEWS: list[Callable[[Any, int], Any]] = [
    lambda x, i: x[i % len(x)],
    lambda x, i: x[i % len(x) :],
    lambda x, i: x[::2],
    lambda x, i: x[None],
    lambda x, i: x.swapaxes(0, i % x.ndim),
    lambda x, i: x.squeeze(),
    lambda x, i: x.T if x.ndim == 2 else x.swapaxes(0, x.ndim - 1),
    lambda x, i: _writable(x.diagonal()) if isinstance(x, np.ndarray) else x.diagonal(),
    lambda x, i: x.reshape(-1) if isinstance(x, np.ndarray) else x.view(-1),
    lambda x, i: x if isinstance(x, np.ndarray) else x.data,
    lambda x, i: np.array_split(x, 2)[-1] if isinstance(x, np.ndarray) else x.tensor_split(2)[-1],
    lambda x, i: x if isinstance(x, np.ndarray) else x.unsqueeze(0).select(0, 0).movedim(0, 0).view_as(x),
]


def _makes_a_view(view: Callable[[Any, int], Any], x: np.ndarray, i: int) -> bool:
    if x.ndim == 0 or x.size == 0:
        return False
    try:
        made = view(x, i)
    except ValueError:
        return False
    return isinstance(made, np.ndarray) and made.size > 0 and np.shares_memory(made, x)


@pytest.mark.parametrize("seed", range(40))
def test_random_programs_of_views_do_what_numpy_does(seed: int) -> None:
    draw = random.Random(seed)
    shape = draw.choice([(6,), (3, 3), (4, 3), (2, 3, 4)])
    theirs = [np.arange(np.prod(shape), dtype=np.float32).reshape(shape)]
    ours = [ig.array(theirs[0])]
    for _ in range(60):
        k, number = draw.randrange(len(ours)), draw.randrange(1, 9)
        action = draw.choice(["view", "view", "add", "fill", "set", "drop"])
        view = draw.choice(VIEWS)
        if action == "view" and len(ours) < 8 and _makes_a_view(view, theirs[k], number):
            theirs.append(view(theirs[k], number))
            ours.append(view(ours[k], number))
        elif action == "add":
            theirs[k] += number
            ours[k] += number
        elif action == "fill":
            theirs[k].fill(number)
            ours[k].fill_(number)
        elif action == "set" and theirs[k].ndim:
            theirs[k][-1] = number
            ours[k][-1] = number
        elif action == "drop" and len(ours) > 2:
            place = draw.randrange(1, len(ours))
            del theirs[place], ours[place]
    for own, expected in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(own.tolist(), expected)


def test_functions_make_views_too() -> None:
    x = ig.zeros(3, 4)
    torch.transpose(x, 0, 1)[0].fill_(1)
    torch.diagonal(x).add_(2)
    for part in torch.split(x, 2, dim=1):
        part[:, 1] = 7
    torch.unbind(x)[2].mul_(2)
    assert x.tolist() == [[3, 7, 0, 7], [1, 7, 0, 7], [2, 14, 4, 14]]


def test_views_by_keyword() -> None:
    x = ig.zeros(2, 3)
    torch.unsqueeze(dim=0, input=x).add_(1)
    torch.transpose(input=x, dim0=0, dim1=1)[0].add_(1)
    x.view(size=(6,))[5] = 9
    x.permute(dims=(1, 0))[1].zero_()
    x.transpose(dim0=0, dim1=1)[2, 0] = 7
    assert x.tolist() == [[2, 0, 7], [2, 0, 9]]


def test_gradients_flow_through_changes_of_views() -> None:
    x = ig.array([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    y = x * 2
    y.view(-1)[1] = 0
    y.T[0].mul_(5)
    y.diagonal().mul_(x[0])
    y.sum().backward()
    assert y.tolist() == [[10, 0], [30, 16]]
    assert x.grad.tolist() == [[10 + 10, 8], [10, 4]]


def test_a_view_requires_grad_once_its_array_does() -> None:
    w = ig.ones(3, requires_grad=True)
    x = ig.zeros(3)
    part = x[:2]
    with ig.no_grad():
        other = x[2:]
    values = x.data
    x.add_(w)
    assert not values.requires_grad
    assert values.tolist() == [1, 1, 1]
    assert part.requires_grad and other.requires_grad
    (2 * part.sum() + other.sum()).backward()
    assert w.grad is not None
    assert w.grad.tolist() == [2, 2, 1]
    y = w * 1
    with ig.no_grad():
        values = y[:2]
    y.mul_(2)
    assert values.tolist() == [2, 2]
    assert not values.requires_grad, "y had a gradient when they were taken from it without"


def test_what_cannot_be_changed_stays_as_it_is() -> None:
    weight = nn.Parameter(ig.ones(2, 2))
    row = weight[0].view(2, 1)
    with pytest.raises(ig.GradError):
        row.fill_(5)
    assert row.tolist() == [[1], [1]]
    assert weight.tolist() == [[1, 1], [1, 1]]
    with ig.no_grad():
        row.fill_(5)
    assert weight.tolist() == [[5, 5], [1, 1]]
    x = ig.ones(2, 1)
    wide = x.expand(2, 3)
    with pytest.raises(ValueError, match="clone"):
        wide.add_(1)
    x.add_(1)
    assert wide.tolist() == [[2, 2, 2], [2, 2, 2]]


def test_axes_changed_in_place() -> None:
    x = ig.arange(4.0).reshape(2, 2)
    part = x[0]
    x.t_()
    part.fill_(9)
    assert x.tolist() == [[0, 2], [1, 3]], "the part is of what x was"
    x[0].fill_(7)
    assert x.tolist() == [[7, 7], [1, 3]]
    base = ig.arange(6.0).reshape(2, 3)
    turned = base[:, 1:]
    turned.t_()
    turned[0].fill_(8)
    assert base.tolist() == [[0, 8, 2], [3, 8, 5]]
    assert turned.shape == (2, 2)


def test_axes_that_cannot_be_changed_stay() -> None:
    weight = nn.Parameter(ig.arange(6.0).reshape(2, 3))
    row = weight.data[0]
    with pytest.raises(ig.GradError):
        weight.t_()
    assert weight.is_contiguous()
    row.fill_(7)
    assert weight.tolist() == [[7, 7, 7], [3, 4, 5]]
    x = ig.zeros(3)
    part = x[:2]
    x.squeeze_()
    part.fill_(1)
    assert x.tolist() == [1, 1, 0]


def test_what_lies_densely_after_many_changes() -> None:
    x = ig.arange(6.0).reshape(2, 3)
    for _ in range(5000):
        x.unsqueeze_(0)
        x.squeeze_(0)
    assert x.is_contiguous()
    turned = x.T
    turned.data = ig.ones(3, 2)
    assert turned.is_contiguous()


def test_threads_change_views_of_one_array() -> None:
    x = ig.zeros(100)

    def work(k: int) -> None:
        for _ in range(2000):
            x[k * 10 : (k + 1) * 10] += 1
            x.view(10, 10)[k].add_(1)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert x.shape == (100,)
    assert 0 < x.sum().item() <= 4 * 10 * 4000


def test_properties_keep_their_documentation() -> None:
    assert "axes" in (ig.array.T.__doc__ or "")


def test_data_that_is_replaced_leaves_what_was_taken_from_it() -> None:
    layer = nn.Linear(1, 1, bias=False)
    with ig.no_grad():
        layer.weight.fill_(3)
    kept = layer.weight.data
    layer.weight.data = ig.array([[5.0]])
    assert kept.item() == 3
    layer.weight.data = kept
    assert layer.weight.item() == 3


def test_what_lies_densely() -> None:
    x = ig.arange(6.0).reshape(2, 3)
    assert x.contiguous() is x
    assert x.is_contiguous() and x[1].is_contiguous() and not x.T.is_contiguous() and not x[:, 0].is_contiguous()
    x.T.contiguous().zero_()
    x.T.reshape(-1).zero_()
    x[:, 0].ravel().zero_()
    assert x.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_axes_of_matrices_are_swapped() -> None:
    x = ig.ones(2, 3)
    assert x.transpose(0, 1).shape == x.transpose(-2, -1).shape == torch.transpose(x, 1, 0).shape == (3, 2)


def test_views_of_long_graphs_still_reach_their_arrays() -> None:
    x = ig.zeros(2, 3)
    for i in range(5000):
        x.view(-1)[i % 6] += 1
        x.T[0] += 1
    assert x.sum().item() == 5000 + 2 * 5000


def test_recordings_write_through_views_and_follow_indices() -> None:
    buffer, place = ig.zeros(4), ig.array(0)
    square = buffer.view(2, 2)

    @ig.jit
    def step(x: Any) -> Any:
        square[0] += x
        return x[place] + buffer.sum()

    assert step(ig.array([1.0, 2.0])).item() == 4
    place += 1
    assert step(ig.array([1.0, 2.0])).item() == 8
    assert buffer.tolist() == [2, 4, 0, 0]


def test_views_and_their_arrays_are_collected() -> None:
    def make() -> None:
        x = ig.ones(4, 4) + 1
        views = [x.T, x.view(-1), x.diagonal(), x.data]
        views.append(views[0][0])
        views[0] += 1
        ig.eval(x, *views)

    make()
    gc.collect()
    before = ig.memory.live_buffers()
    make()
    gc.collect()
    assert ig.memory.live_buffers() <= before


def test_parts_and_pairs_of_complex_numbers_are_views() -> None:
    z = torch.tensor([1 + 2j, 3 + 4j])
    z.real.mul_(2)
    assert z.tolist() == [2 + 2j, 6 + 4j]
    torch.imag(z)[0] = 7
    torch.view_as_real(z)[1, 0] = 5
    assert z.tolist() == [2 + 7j, 5 + 4j]
    part = z.imag
    z += 1j
    assert part.tolist() == [8, 5]
    pairs = torch.zeros(2, 2)
    torch.view_as_complex(pairs)[1] = 3 + 4j
    assert pairs.tolist() == [[0, 0], [3, 4]]
    x = torch.ones(2)
    assert torch.real(x) is x
    x.view(torch.int32)[0] = 0
    assert x.tolist() == [0, 1]


def test_only_axes_of_length_one_are_squeezed() -> None:
    x = ig.zeros(1, 2)
    assert [x.squeeze(d).shape for d in (0, 1, (0, 1), None)] == [(2,), (1, 2), (2,), (2,)]
    assert torch.squeeze(x, dim=-1).shape == x.squeeze_(1).shape == (1, 2)
    assert ig.array(1.0).squeeze(0).shape == ig.array(1.0).squeeze_(-1).shape == ()
    x.squeeze(0).add_(1)
    x.squeeze(1).add_(1)
    assert x.tolist() == [[2, 2]]
    assert x.squeeze_(0).shape == (2,)
    with pytest.raises(IndexError):
        x.squeeze(3)
