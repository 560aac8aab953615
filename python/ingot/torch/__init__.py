"""Ingot under PyTorch's name: everything that `ingot` has, with PyTorch's meaning where NumPy and MLX mean something
else by a name. `ingot run --as torch script.py` puts it in the place of `torch`, and `from ingot import torch` gives it
to a program.

Example:
    >>> from ingot import torch
    >>> torch.std(torch.tensor([1.0, 3.0])).item() ** 2, torch.FloatTensor([1, 2]).dtype
    (2.0000000000000004, ingot.float32)
"""

from __future__ import annotations

from typing import Any

import ingot
from ingot import _core
from ingot import backends as backends
from ingot import cuda as cuda
from ingot._core.amp import _autocast_dtype
from ingot.torch import accelerator as accelerator
from ingot.torch import jit as jit
from ingot.torch import profiler as profiler
from ingot.torch import special as special
from ingot.torch.files import load as load
from ingot.torch.files import save as save
from ingot.torch.keywords import named as _named
from ingot.torch.legacy import *
from ingot.torch.matrices import *
from ingot.torch.methods import bernoulli as bernoulli
from ingot.torch.methods import equal as equal
from ingot.torch.methods import imag as imag
from ingot.torch.methods import nonzero as nonzero
from ingot.torch.methods import real as real
from ingot.torch.methods import squeeze as squeeze
from ingot.torch.methods import std as std
from ingot.torch.methods import var as var

__version__ = ingot.__version__
mps = backends.mps
strided = "strided"
#: What annotations call them: words here.
layout = memory_format = str
igamma, igammac = ingot.gammainc, ingot.gammaincc


def __dir__() -> list[str]:
    return sorted({*globals(), *dir(ingot), *_FUNCTIONAL})


# Functions of layers and losses that PyTorch has here too, with the same arguments.
_LAYERS_AND_LOSSES = """
    adaptive_avg_pool1d adaptive_max_pool1d alpha_dropout avg_pool1d binary_cross_entropy_with_logits bilinear
    channel_shuffle cosine_embedding_loss ctc_loss dropout embedding_bag feature_alpha_dropout group_norm
    hinge_embedding_loss instance_norm kl_div layer_norm margin_ranking_loss max_pool1d max_pool2d max_pool3d
    pairwise_distance pixel_shuffle pixel_unshuffle poisson_nll_loss rms_norm rrelu threshold triplet_margin_loss
"""
_FUNCTIONAL = frozenset(_LAYERS_AND_LOSSES.split())
# Views of their first argument, as the methods of the same names are.
_VIEWS = """
    chunk diagonal flatten moveaxis movedim narrow permute reshape select swapaxes swapdims t tensor_split
    unbind unflatten unsqueeze view_as_complex view_as_real
"""


def __getattr__(name: str) -> Any:
    """Everything that `ingot` has under the same name, and methods of arrays that store their result (`relu_`)."""
    try:
        found = getattr(ingot.nn.functional if name in _FUNCTIONAL else ingot, name)
        named = _named(name, found)
        if named is not found:
            globals()[name] = named
        return named
    except AttributeError:
        if name in ("detach", "renorm") or (name.endswith("_") and not name.startswith("_")):
            method = getattr(ingot.array, name, None)
            if method is not None:
                return method
        raise AttributeError(f"module 'torch' has no attribute {name!r}") from None


def set_default_device(device: Any) -> None:
    """Accepts the CPU, which is where arrays are made. Raises DeviceError for another one."""
    ingot.zeros((), device=device)


def get_default_device() -> Any:
    """The device where arrays are made: the CPU."""
    return ingot.device("cpu")


def set_default_tensor_type(t: Any) -> None:
    """Accepts `FloatTensor` or its name; for other types see `set_default_dtype`."""
    ingot.set_default_dtype(globals()[t.rpartition(".")[2]].dtype if isinstance(t, str) else t.dtype)


def is_inference_mode_enabled() -> bool:
    """True where gradients are off."""
    return not ingot.is_grad_enabled()


def clone(input: Any, *, memory_format: Any = None) -> Any:
    """Another array of the same values, through which gradients flow."""
    return input.clone()


def is_autocast_enabled(device_type: str = "cpu") -> bool:
    """Whether products are computed in a low precision here: inside of `amp.autocast`."""
    return _autocast_dtype() is not None


def get_autocast_dtype(device_type: str = "cpu") -> Any:
    """The dtype of products inside of `amp.autocast`, or the one that it would have."""
    return _autocast_dtype() or ingot.bfloat16


def pdist(input: Any, p: float = 2.0) -> Any:
    """The p-norms of the differences of all pairs of rows, those of the first row first.

    Example:
        >>> from ingot import torch
        >>> print(torch.pdist(torch.tensor([[0.0], [1.0], [3.0]])))
        [1. 3. 2.]
    """
    rows, columns = ingot.triu_indices(len(input), offset=1)
    return ingot.linalg.vector_norm(input[rows] - input[columns], axis=-1, ord=p)


def split(tensor: Any, split_size_or_sections: Any, dim: int = 0) -> Any:
    """Pieces of the given length, or of the given lengths, along an axis (NumPy: so many pieces)."""
    return tuple(ingot.split(tensor, split_size_or_sections, dim=dim))


def transpose(input: Any, dim0: int, dim1: int) -> Any:
    """The array with two axes exchanged (NumPy: all axes in the order given)."""
    return ingot.swapaxes(input, dim0, dim1)


def meshgrid(*tensors: Any, indexing: str = "ij") -> Any:
    """Coordinates of a grid, the first vector along the first axis (NumPy: along the second)."""
    return ingot.meshgrid(*tensors, indexing=indexing)


def allclose(input: Any, other: Any, rtol: float = 1e-5, atol: float = 1e-8, equal_nan: bool = False) -> bool:
    """Whether all elements are close, as a bool."""
    return bool(ingot.allclose(input, other, rtol=rtol, atol=atol, equal_nan=equal_nan))


def sort(input: Any, dim: int = -1, descending: bool = False, stable: bool = False) -> Any:
    """The elements in order and the indices of where they were (NumPy: the elements alone)."""
    return ingot.sort(input, dim=dim, descending=descending, stable=stable)


def range(start: Any = 0, end: Any = None, step: Any = 1, *, dtype: Any = None) -> Any:
    """`arange` up to and including the end."""
    first, last = (0, start) if end is None else (start, end)
    count = int((last - first) / step) + 1
    return (ingot.arange(count) * step + first).astype(dtype or ingot.float32)


globals().update({name: _core._viewing(_named(name, getattr(ingot, name))) for name in _VIEWS.split()})
globals().update({view.__name__: _core._viewing(view) for view in (split, squeeze, transpose, imag, real)})
