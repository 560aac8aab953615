"""What scripts of PyTorch's users reach for, and where they import it from."""

from __future__ import annotations

import copy
import gc
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ingot as ig
from ingot import nn, optim, torch
from ingot.distributions import Categorical, Independent, Normal
from ingot.torch import modules, rare_methods, testing

IMPORTS = """
import torch
import torch.multiprocessing as mp
from torch.autograd.variable import Variable
from torch.cuda.amp import GradScaler, autocast
from torch.distributions.kl import kl_divergence
from torch.distributions.normal import Normal
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.conv import _ConvNd, Conv2d
from torch.nn.modules.loss import _Loss
from torch.nn.modules.utils import _pair
from torch.nn.parameter import Parameter
from torch.nn.utils.clip_grad import clip_grad_norm_
from torch.optim.adam import Adam
from torch.optim.optimizer import Optimizer
from torch.testing import assert_close
from torch.types import Device
from torch.utils.checkpoint import checkpoint_sequential
from torch.utils.data.distributed import DistributedSampler
from torch.utils.hooks import RemovableHandle
from torch.distributions.constraints import positive
from torch.distributions.utils import broadcast_all
from torch.nn.parallel import DistributedDataParallel
from torch.nn.utils.stateless import functional_call
import torch.nn.utils.prune as prune
from torch.utils.data.dataloader import DataLoader, default_collate

assert torch.nn.modules.loss._Loss is _Loss and torch.nn.modules.utils._pair is _pair
assert torch.distributions.kl.kl_divergence is kl_divergence
assert torch.version.cuda is None and not torch.distributed.is_available() and torch.cuda.max_memory_allocated() == 0

@torch.compiler.disable
def step(x):
    with autocast():
        return torch.dropout(x, 0.0, True)

assert step(torch.ones(2)).dtype == torch.float32
for module in (torch.nn.Conv1d(1, 1, 1), torch.nn.ConvTranspose2d(1, 1, 1)):
    assert isinstance(module, _ConvNd) and not isinstance(module, _BatchNorm)
x = torch.zeros(2, 3)
x.view(-1)[4] = 5
x.t()[0] += 1
x.detach().mul_(2)
assert x.tolist() == [[2, 0, 0], [2, 10, 0]], x
assert x.get_device() == -1 and x.sum_to_size(1, 3).tolist() == [[4, 10, 0]]
assert x.put_(torch.tensor([0, 5]), torch.tensor([7.0, 8.0])).tolist() == [[7, 0, 0], [2, 10, 8]]
"""


def test_import_paths(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(IMPORTS, encoding="utf-8")
    command = [sys.executable, "-m", "ingot", "run", "--as", "torch", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_hooks_that_refer_to_their_parameter_stay_while_a_module_holds_it() -> None:
    model, seen = nn.Linear(2, 3), []
    for p in model.parameters():
        p.register_hook(lambda gradient, p=p: seen.append((p.shape, gradient.shape)))
    del p
    gc.collect()
    model(ig.ones(1, 2)).sum().backward()
    assert sorted(seen) == [((3,), (3,)), ((3, 2), (3, 2))]
    before = ig.memory.live_buffers()
    del model
    gc.collect()
    assert ig.memory.live_buffers() < before


def test_post_accumulate_hooks_find_the_gradient() -> None:
    model = nn.Linear(2, 1, bias=False)
    start = model.weight.tolist()[0]
    optimizer = optim.SGD(model.parameters(), lr=0.5)

    def step(p: Any) -> None:
        optimizer.step()
        optimizer.zero_grad()

    handle = model.weight.register_post_accumulate_grad_hook(step)
    gc.collect()
    for _ in range(2):
        model(ig.ones(1, 2)).sum().backward()
    assert model.weight.grad is None
    np.testing.assert_allclose(model.weight.tolist()[0], [value - 1 for value in start], rtol=1e-6)
    handle.remove()
    model(ig.ones(1, 2)).sum().backward()
    assert model.weight.grad is not None
    with pytest.raises(RuntimeError, match="leaf"):
        (model.weight * 2).register_post_accumulate_grad_hook(step)


def test_post_accumulate_hooks_are_not_for_gradients_that_nobody_adds_up() -> None:
    script = """if True:
        import ingot
        x = ingot.ones(1, requires_grad=True)
        x.register_post_accumulate_grad_hook(lambda x: print("added", x.grad.item()))
        print(ingot.autograd.grad((2 * x).sum(), x)[0].item())
        (3 * x).sum().backward()
    """
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (found.returncode, found.stdout.split()) == (0, ["2.0", "added", "3.0"]), found.stderr


def test_post_accumulate_hooks_may_run_backward_themselves() -> None:
    x, y = ig.ones(1, requires_grad=True), ig.ones(1, requires_grad=True)
    x.register_post_accumulate_grad_hook(lambda x: (y * x.grad).sum().backward())
    (3 * x).sum().backward()
    assert y.grad is not None
    assert y.grad.item() == 3


@pytest.mark.parametrize(
    ("dtype", "largest"), [(ig.uint8, 255), (ig.int8, 127), (ig.float32, 2**24), (ig.int64, 2**63 - 1), (ig.bool_, 1)]
)
def test_random_without_bounds_fills_the_range(dtype: ig.dtype, largest: int) -> None:
    ig.random.seed(0)
    x = ig.zeros(4000, dtype=dtype).random_()
    assert x.min().item() >= 0
    assert largest * 0.95 <= x.max().item() <= largest


def test_ctc_takes_targets_of_floats() -> None:
    scores = nn.functional.log_softmax(ig.random.normal((6, 2, 4)), -1)
    targets = ig.array([[1, 2], [3, 1]])
    lengths = [ig.array([6, 6]), ig.array([2, 2])]
    loss = nn.functional.ctc_loss(scores, targets, *lengths)
    assert nn.functional.ctc_loss(scores, targets.float(), *lengths).item() == loss.item()


def test_lazy_layers_become_ordinary_ones() -> None:
    model = nn.Sequential(
        nn.LazyConv2d(4, 3, padding=1, groups=2), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(5)
    )
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    unused = copy.deepcopy(model)
    x = ig.random.normal((2, 6, 4, 4))
    for each in (model, unused, pickle.loads(pickle.dumps(unused))):
        assert each(x).shape == (2, 5)
        assert [type(layer) for layer in each][::4] == [nn.Conv2d, nn.Linear]
        assert [tuple(p.shape) for p in each.parameters()] == [(4, 3, 3, 3), (4,), (4,), (4,), (5, 64), (5,)]
        assert each[1].running_var.shape == (4,)
    assert "in_features=64" in repr(model)
    assert 0 < model[4].weight.abs().max().item() <= 1 / 8
    before = model[4].weight.clone()
    model(x).square().sum().backward()
    optimizer.step()
    assert not ig.array_equal(before, model[4].weight)
    layers = [
        (nn.LazyConvTranspose2d(4, 3, groups=2), nn.ConvTranspose2d(6, 4, 3, groups=2)),
        (nn.LazyInstanceNorm2d(affine=True, track_running_stats=True), nn.InstanceNorm2d(6, affine=True)),
    ]
    for lazy, ordinary in layers:
        loaded = copy.deepcopy(lazy)
        loaded.load_state_dict(ordinary.state_dict(), strict=False)
        assert lazy(x).shape == loaded(x).shape == ordinary(x).shape
        assert [p.shape for p in lazy.parameters()] == [p.shape for p in ordinary.parameters()]
        assert type(lazy) is type(ordinary)
    with pytest.raises(ValueError, match="groups"):
        (layer := nn.LazyConv1d(4, 3, groups=2))(ig.ones(1, 3, 8))
    assert layer(ig.ones(1, 4, 8)).shape == (1, 4, 6), "it still waits for its first input"


def test_pairwise_distances() -> None:
    x = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    rows, columns = np.triu_indices(5, 1)
    for p in (1.0, 2.0):
        expected = np.linalg.norm(x[rows] - x[columns], axis=1, ord=p)
        np.testing.assert_allclose(torch.pdist(ig.array(x), p).tolist(), expected, rtol=1e-5)
    assert torch.pdist(ig.ones(1, 3)).shape == (0,)


def test_assert_close() -> None:
    x = ig.array([1.0, 2.0])
    testing.assert_close({"a": [x, 3]}, {"a": [x + 1e-6, 3]})
    for other in (x + 1e-3, x.double(), x[:1], ig.array([1.0, np.nan])):
        with pytest.raises(AssertionError):
            testing.assert_close(x, other)
    with pytest.raises(AssertionError, match="elements that differ: 1"):
        testing.assert_close(ig.array([1, 2]), ig.array([1, 3]))
    with pytest.raises(AssertionError, match="keys"):
        testing.assert_close({"a": x}, {"b": x})
    with pytest.raises(ValueError, match="both"):
        testing.assert_close(x, x, rtol=1.0)


def test_what_the_sources_of_layers_share() -> None:
    assert modules._pair(3) == (3, 3)
    assert modules._triple([1, 2, 3]) == (1, 2, 3)
    assert issubclass(nn.BatchNorm1d, modules._NormBase)
    loss = modules._WeightedLoss(ig.ones(2), reduction="sum")
    assert loss.reduction == "sum"
    assert [name for name, _ in loss.named_buffers()] == ["weight"]


def test_rare_methods() -> None:
    x = ig.array([[3.0, 4.0], [0.3, 0.4]])
    np.testing.assert_allclose(rare_methods.renorm(x, 2, 0, 1.0).tolist(), [[0.6, 0.8], [0.3, 0.4]], rtol=1e-5)
    assert rare_methods.sum_to_size(ig.ones(2, 3, 4), 3, 1).tolist() == [[8], [8], [8]]
    with pytest.raises(ig.ShapeError):
        rare_methods.sum_to_size(ig.ones(2, 3), 2, 2)
    ig.random.seed(0)
    drawn = rare_methods.geometric_(ig.zeros(20000), 0.25)
    assert drawn.min().item() == 1
    assert abs(drawn.mean().item() - 4) < 0.1
    assert not rare_methods.is_signed(ig.ones(1, dtype=ig.uint8))
    assert rare_methods.is_signed(ig.ones(1))


def test_distributions_expand() -> None:
    wide = Normal(ig.array([0.0, 1.0]), ig.array([1.0, 2.0])).expand((3, 2))
    assert wide.batch_shape == wide.log_prob(0.0).shape == wide.sample().shape == (3, 2)
    assert Categorical(logits=ig.zeros(4)).expand((5,)).sample().shape == (5,)
    both = Independent(Normal(ig.zeros(2), ig.ones(2)), 1).expand((3,))
    assert both.batch_shape == both.log_prob(ig.zeros(2)).shape == (3,)
    assert both.event_shape == (2,)


def test_schedules_may_end_below_zero() -> None:
    optimizer = optim.SGD([nn.Parameter(ig.ones(1))], lr=0.1)
    schedule = optim.lr_scheduler.OneCycleLR(optimizer, max_lr=5e-3, total_steps=10, anneal_strategy="linear")
    for _ in range(10):
        schedule.step()
    assert -1e-3 < optimizer.param_groups[0]["lr"] < 0


class Sharpness(optim.Optimizer):
    """A rule that wraps another, as implementations of SAM (Foret et al., 2021) are written for PyTorch."""

    def __init__(self, params: Any, base: Any, rho: float, **settings: Any) -> None:
        super().__init__(params, {"rho": rho, **settings})
        self.base = base(self.param_groups, **settings)
        self.param_groups = self.base.param_groups

    @ig.no_grad()
    def climb(self) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                self.state[p]["old"] = p.data.clone()
                p.add_(p.grad * group["rho"])
        self.zero_grad()

    @ig.no_grad()
    def step(self, closure: Any = None) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                p.data = self.state[p]["old"]
        self.base.step()
        self.zero_grad()


def test_an_optimizer_that_wraps_another() -> None:
    p = nn.Parameter(ig.array([1.0, 2.0]))
    optimizer = Sharpness([p], optim.SGD, rho=0.5, lr=0.1)
    optimizer.param_groups[0]["lr"] = 0.2
    (p * p).sum().backward()
    optimizer.climb()
    np.testing.assert_allclose(p.tolist(), [2, 4])
    (p * p).sum().backward()
    optimizer.step()
    np.testing.assert_allclose(p.tolist(), [1 - 0.2 * 4, 2 - 0.2 * 8], rtol=1e-6)
    assert optimizer.param_groups[0]["rho"] == 0.5
    with pytest.raises(TypeError, match="another"):
        optimizer.base.param_groups = optimizer.base.param_groups
