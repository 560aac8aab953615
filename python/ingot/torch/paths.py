"""Which module stands for which of PyTorch's, by the name that scripts import it under."""

from __future__ import annotations

import contextlib
import multiprocessing
import types
from typing import Any

import ingot
from ingot import amp, autograd, backends, cuda, data, distributions, fft, func, linalg, nn, optim, random, torch, utils
from ingot.distributions import constraints, transforms
from ingot.distributions.distribution import as_arrays, lazy_property
from ingot.nn import _parallel
from ingot.torch import modules as layers
from ingot.torch import testing

# PyTorch has one module for each kind of layer, distribution and rule: here all names of a family are in one.
_FAMILIES: tuple[tuple[str, Any, str], ...] = (
    (
        "torch.nn.modules",
        layers,
        "activation adaptive batchnorm container conv dropout distance embedding flatten fold instancenorm linear loss "
        "module normalization padding pixelshuffle pooling rnn sparse transformer upsampling utils",
    ),
    ("torch.nn.utils", nn.utils, "clip_grad convert_parameters spectral_norm weight_norm"),
    (
        "torch.optim",
        optim,
        "adadelta adagrad adam adamax adamw asgd lbfgs nadam optimizer radam rmsprop rprop sgd",
    ),
    ("torch.utils.data", data, "dataloader dataset distributed sampler"),
    (
        "torch.distributions",
        distributions,
        "bernoulli beta binomial categorical cauchy chi2 dirichlet distribution exponential gamma geometric gumbel "
        "half_cauchy half_normal independent inverse_gamma kl laplace log_normal mixture_same_family "
        "multinomial multivariate_normal negative_binomial normal one_hot_categorical pareto poisson relaxed_bernoulli "
        "relaxed_categorical studentT transformed_distribution uniform weibull",
    ),
)


def _module(name: str, doc: str, **members: Any) -> types.ModuleType:
    module = types.ModuleType(name, doc)
    vars(module).update(members)
    return module


def _never(*args: Any, **settings: Any) -> bool:
    return False


def _nothing(*args: Any, **settings: Any) -> None:
    return None


def _small() -> dict[str, types.ModuleType]:
    """What is hardly a module."""
    return {
        "torch.version": _module(
            "torch.version", "What was built.", __version__=torch.__version__, cuda=None, hip=None
        ),
        "torch.types": _module("torch.types", "Names for annotations.", Device=Any, Number=(int, float, bool)),
        "torch.serialization": _module(
            "torch.serialization",
            "Files; safe_globals need no list, for a file is not trusted because of it.",
            save=torch.save,
            load=torch.load,
            add_safe_globals=_nothing,
            safe_globals=lambda names: contextlib.nullcontext(),
        ),
        "torch.distributed": _module(
            "torch.distributed", "One process runs here.", is_available=_never, is_initialized=_never
        ),
        "torch.distributions.utils": _module(
            "torch.distributions.utils",
            "What the sources of distributions share.",
            broadcast_all=lambda *values: tuple(as_arrays(*values)),
            lazy_property=lazy_property,
            logits_to_probs=lambda logits, is_binary=False: (
                ingot.sigmoid(logits) if is_binary else ingot.softmax(logits, -1)
            ),
            probs_to_logits=lambda probs, is_binary=False: (
                ingot.logit(probs, 1e-7) if is_binary else ingot.log(probs.clamp(min=1e-7))
            ),
        ),
        "torch.utils.hooks": _module("torch.utils.hooks", "Hooks.", RemovableHandle=nn.RemovableHandle),
        "torch.compiler": _module(
            "torch.compiler",
            "Decorators that do nothing: see `torch.jit`.",
            disable=torch.jit.ignore,
            is_compiling=_never,
            is_dynamo_compiling=_never,
            reset=_nothing,
        ),
    }


def modules() -> dict[str, Any]:
    """Modules by PyTorch's names for them."""
    named = {
        "torch": torch,
        "torch.accelerator": torch.accelerator,
        "torch.amp": amp,
        "torch.autograd": autograd,
        "torch.autograd.forward_ad": autograd.forward_ad,
        "torch.autograd.function": autograd.function,
        "torch.autograd.functional": autograd.functional,
        "torch.autograd.variable": autograd,
        "torch.autograd.profiler": torch.profiler,
        "torch.backends": backends,
        "torch.backends.cudnn": backends.cudnn,
        "torch.backends.mps": backends.mps,
        "torch.cuda": cuda,
        "torch.cuda.amp": cuda.amp,
        "torch.distributions": distributions,
        "torch.distributions.constraints": constraints,
        "torch.distributions.transforms": transforms,
        "torch.fft": fft,
        "torch.func": func,
        "torch.functional": torch,
        "torch.jit": torch.jit,
        "torch.linalg": linalg,
        "torch.multiprocessing": multiprocessing,
        "torch.nn": nn,
        "torch.nn.functional": nn.functional,
        "torch.nn.init": nn.init,
        "torch.nn.modules": layers,
        "torch.nn.parallel": _parallel,
        "torch.nn.parameter": nn,
        "torch.nn.utils": nn.utils,
        "torch.nn.utils.parametrizations": nn.utils.parametrizations,
        "torch.nn.utils.parametrize": nn.utils.parametrize,
        "torch.nn.utils.prune": nn.utils.prune,
        "torch.nn.utils.stateless": func,
        "torch.nn.utils.rnn": nn.utils.rnn,
        "torch.optim": optim,
        "torch.optim.lr_scheduler": optim.lr_scheduler,
        "torch.optim.swa_utils": optim.swa_utils,
        "torch.profiler": torch.profiler,
        "torch.random": random,
        "torch.special": torch.special,
        "torch.testing": testing,
        "torch.utils": utils,
        "torch.utils.checkpoint": autograd.checkpointing,
        "torch.utils.data": data,
    }
    named |= _small()
    for family, module, members in _FAMILIES:
        for member in members.split():
            named.setdefault(f"{family}.{member}", module)
    return named


def hang_up(named: dict[str, Any]) -> None:
    """Makes each module an attribute of the one above it that has none of that name, as `import a.b.c` does."""
    for name, module in named.items():
        above, _, own = name.rpartition(".")
        if above and not hasattr(named[above], own):
            setattr(named[above], own, module)
