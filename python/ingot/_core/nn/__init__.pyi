"""Modules, layers and losses."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype
from ingot._core import Parameter as Parameter
from ingot._core.nn import functional, init
from ingot._files import LoadResult

class Module:
    """Base of all layers and models.

    A subclass calls `super().__init__()`, assigns parameters (`nn.Parameter`) and modules to attributes, which
    registers them, and defines
    `forward` with whatever arguments it likes; calling the module calls `forward`. Overriding `__call__`
    instead works too.

    Example:
        >>> class Line(ingot.nn.Module):
        ...     def __init__(self):
        ...         super().__init__()
        ...         self.slope = ingot.nn.Parameter(ingot.ones(1))
        ...     def forward(self, x):
        ...         return self.slope * x
        >>> print(Line()(ingot.array([2.0])))
        [2.]
    """
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...
    def extra_repr(self) -> str:
        """What `repr` shows between the parentheses; a subclass may define it."""
    @property
    def training(self) -> builtins.bool:
        """True in training mode, in which dropout drops."""
    @training.setter
    def training(self, value: builtins.bool) -> None: ...
    def register_parameter(self, name: str, param: array | None) -> None:
        """Adds a parameter; None stands for one that is switched off."""
    def register_buffer(self, name: str, value: ArrayLike | None, persistent: builtins.bool = True) -> None:
        """Adds an array that is state but no parameter; unless `persistent`, it is left out of state dicts and files."""
    def add_module(self, name: str, module: typing.Any) -> None:
        """Adds a child module under a name."""
    def get_parameter(self, name: str) -> Parameter:
        """A parameter of this module itself. Raises KeyError, naming those there are."""
    def parameters(self, recurse: builtins.bool = True) -> collections.abc.Iterator[Parameter]:
        """Iterates over the parameters of this module and those below, each once.

        Example:
            >>> sum(p.size for p in ingot.nn.Linear(2, 3).parameters())
            9
        """
    def named_parameters(
        self, prefix: str = "", recurse: builtins.bool = True
    ) -> collections.abc.Iterator[tuple[str, Parameter]]:
        """Iterates over (name, parameter).

        Example:
            >>> [name for name, p in ingot.nn.Linear(2, 3).named_parameters()]
            ['weight', 'bias']
        """
    def buffers(self, recurse: builtins.bool = True) -> collections.abc.Iterator[array]:
        """Iterates over the buffers of this module and those below."""
    def named_buffers(
        self, prefix: str = "", recurse: builtins.bool = True
    ) -> collections.abc.Iterator[tuple[str, array]]:
        """Iterates over (name, buffer)."""
    def children(self) -> collections.abc.Iterator[Module]:
        """Iterates over the direct children."""
    def named_children(self) -> collections.abc.Iterator[tuple[str, Module]]:
        """Iterates over (name, child)."""
    def modules(self) -> collections.abc.Iterator[Module]:
        """Iterates over this module and all below it, each once."""
    def named_modules(self, prefix: str = "") -> collections.abc.Iterator[tuple[str, Module]]:
        """Iterates over (name, module), this module first."""
    def train(self, mode: builtins.bool = True) -> Self:
        """Sets this module and all below it to training (or, with False, evaluation) mode, and returns it."""
    def eval(self) -> Self:
        """Sets this module and all below it to evaluation mode, and returns it."""
    def zero_grad(self, set_to_none: builtins.bool = True) -> None:
        """Removes the gradients of all parameters, or fills them with zeros."""
    def requires_grad_(self, requires_grad: builtins.bool = True) -> Self:
        """Makes all parameters learn, or freezes them, and returns the module."""
    def to(self, *args: typing.Any, dtype: DTypeLike | None = None, device: DeviceLike | None = None) -> Self:
        """Casts floating parameters and buffers to a dtype, or moves them to a device, and returns the module.

        Raises DeviceError, naming what is available.

        Example:
            >>> model = ingot.nn.Linear(2, 1).to(ingot.float64)
        """
    def cpu(self) -> Self:
        """The module, on the CPU."""
    def apply(self, fn: collections.abc.Callable[..., typing.Any]) -> Self:
        """Calls `fn(module)` for every module below and then for this one, and returns it."""
    def state_dict(self, *, prefix: str = "") -> dict[str, array]:
        """Parameters and persistent buffers by name, with the values they have now.

        Example:
            >>> list(ingot.nn.Linear(2, 3).state_dict())
            ['weight', 'bias']
        """
    def load_state_dict(self, state_dict: typing.Any, strict: builtins.bool = True) -> LoadResult:
        """Copies values (arrays, NumPy arrays, lists) into parameters and buffers of the same names.

        Raises ShapeError, naming the parameter, if a shape differs; if `strict`, KeyError for missing and unknown
        names. Then nothing has changed. Returns those names.
        """
    def float(self) -> Self:
        """Casts floating parameters and buffers to float32, and returns the module."""
    def double(self) -> Self:
        """Casts floating parameters and buffers to float64, and returns the module."""
    def half(self) -> Self:
        """Casts floating parameters and buffers to float16, and returns the module."""
    def bfloat16(self) -> Self:
        """Casts floating parameters and buffers to bfloat16, and returns the module."""
    def register_module(self, name: str, module: typing.Any) -> None:
        """Adds a child module under a name."""
    forward: typing.Callable[..., typing.Any]
    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any: ...
    def __getattr__(self, name: str) -> typing.Any: ...

def _bare_instance(type: typing.Any, config: dict[str, typing.Any]) -> typing.Any:
    """An instance whose C++ side is made and whose own `__init__` has not run, for pickles, copies and files."""

def _base_config(module: typing.Any) -> typing.Any:
    """The constructor arguments of the built-in class below a module."""

class Sequential(Module):
    """Feeds its input through its modules in order. They are named '0', '1', ..., or as a dictionary names them.

    Example:
        >>> model = ingot.nn.Sequential(ingot.nn.Linear(2, 8), ingot.nn.ReLU(), ingot.nn.Linear(8, 1))
        >>> model(ingot.ones((5, 2))).shape
        (5, 1)
    """
    def __init__(self, *args: typing.Any) -> None: ...
    def append(self, module: typing.Any) -> Self:
        """Adds a module at the end, and returns the container."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[Module]: ...
    def __getitem__(self, index: typing.Any) -> typing.Any:
        """The module at a position (negative counts from the end), or a Sequential of a slice of them."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Linear(Module):
    """The fully connected layer: `x @ weight.T + bias` over the last axis, (..., in_features) -> (...,
    out_features).

    `weight` (out_features, in_features) and `bias` (out_features,) start in U(-k, k) with k = 1 /
    sqrt(in_features).

    Example:
        >>> ingot.nn.Linear(2, 3)(ingot.ones((5, 2))).shape
        (5, 3)
    """
    def __init__(
        self, in_features: builtins.int, out_features: builtins.int, bias: builtins.bool = True, dtype: DTypeLike = ...
    ) -> None: ...
    @property
    def in_features(self) -> builtins.int: ...
    @property
    def out_features(self) -> builtins.int: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Dropout(Module):
    """While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise
    passes its input on.

    Example:
        >>> print(ingot.nn.Dropout(0.5).eval()(ingot.ones(2)))
        [1. 1.]
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> builtins.float:
        """The probability of a zero."""
    @property
    def inplace(self) -> builtins.bool:
        """PyTorch's flag; it changes nothing here."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Flatten(Module):
    """Joins axes `start_dim` to `end_dim` (inclusive) into one: by default all but the batch axis.

    Example:
        >>> ingot.nn.Flatten()(ingot.ones((2, 3, 4))).shape
        (2, 12)
    """
    def __init__(self, start_dim: builtins.int = 1, end_dim: builtins.int = -1) -> None: ...
    @property
    def start_dim(self) -> builtins.int: ...
    @property
    def end_dim(self) -> builtins.int: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReLU(Module):
    """`relu` of each element, as a module.

    Example:
        >>> y = ingot.nn.ReLU()(ingot.ones(2))
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> builtins.bool:
        """PyTorch's flag; it changes nothing here."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Tanh(Module):
    """`tanh` of each element, as a module.

    Example:
        >>> y = ingot.nn.Tanh()(ingot.ones(2))
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> builtins.bool:
        """PyTorch's flag; it changes nothing here."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Sigmoid(Module):
    """`sigmoid` of each element, as a module.

    Example:
        >>> y = ingot.nn.Sigmoid()(ingot.ones(2))
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> builtins.bool:
        """PyTorch's flag; it changes nothing here."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class SiLU(Module):
    """`silu` of each element, as a module.

    Example:
        >>> y = ingot.nn.SiLU()(ingot.ones(2))
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> builtins.bool:
        """PyTorch's flag; it changes nothing here."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LayerNorm(Module):
    """`(x - mean) / sqrt(variance + eps) * weight + bias` over the last axes, whose lengths are
    `normalized_shape`.

    `weight` starts as ones and `bias` as zeros; without `elementwise_affine` there are none (Ba, Kiros and
    Hinton, 2016).

    Example:
        >>> print(ingot.nn.LayerNorm(2, eps=0.0)(ingot.array([1.0, 3.0])))
        [-1.  1.]
    """
    def __init__(
        self,
        normalized_shape: IntOrInts,
        eps: builtins.float = 1e-05,
        elementwise_affine: builtins.bool = True,
        bias: builtins.bool = True,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def normalized_shape(self) -> tuple[builtins.int, ...]:
        """Lengths of the last axes."""
    @property
    def eps(self) -> builtins.float:
        """What is added to the variance."""
    @property
    def elementwise_affine(self) -> builtins.bool:
        """True if there is a weight."""
    def reset_parameters(self) -> None:
        """Sets the weight to ones and the bias to zeros."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class RMSNorm(Module):
    """`x / sqrt(mean(x^2) + eps) * weight` over the last axes, whose lengths are `normalized_shape`.

    `weight` starts as ones; without `elementwise_affine` there is none. No `eps` means the distance of 1 to the
    next number in the dtype of x (Zhang and Sennrich, 2019).

    Example:
        >>> print(ingot.nn.RMSNorm(2)(ingot.array([2.0, 2.0])))
        [1. 1.]
    """
    def __init__(
        self,
        normalized_shape: IntOrInts,
        eps: builtins.float | None = None,
        elementwise_affine: builtins.bool = True,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def normalized_shape(self) -> tuple[builtins.int, ...]:
        """Lengths of the last axes."""
    @property
    def eps(self) -> builtins.float | None:
        """What is added to the mean of squares."""
    @property
    def elementwise_affine(self) -> builtins.bool:
        """True if there is a weight."""
    def reset_parameters(self) -> None:
        """Sets the weight to ones."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Embedding(Module):
    """Row `x[...]` of `weight` (num_embeddings, embedding_dim) for each integer in x: (...) -> (...,
    embedding_dim).

    `weight` starts in N(0, 1). The row `padding_idx` starts as zeros and gets no gradient. Negative numbers
    count from the end.

    Raises IndexError when evaluated if a number is out of range.

    Example:
        >>> ingot.nn.Embedding(10, 3)(ingot.array([[1, 2], [9, 0]])).shape
        (2, 2, 3)
    """
    def __init__(
        self,
        num_embeddings: builtins.int,
        embedding_dim: builtins.int,
        padding_idx: builtins.int | None = None,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def num_embeddings(self) -> builtins.int: ...
    @property
    def embedding_dim(self) -> builtins.int: ...
    @property
    def padding_idx(self) -> builtins.int | None:
        """The row that gets no gradient."""
    def reset_parameters(self) -> None:
        """Draws the table anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class GELU(Module):
    """`x * P(Z <= x)` for a normal Z, of each element; `approximate='tanh'` computes nearly that by a tanh
    (Hendrycks and Gimpel, 2016).

    Example:
        >>> print(ingot.nn.GELU()(ingot.zeros(2)))
        [0. 0.]
    """
    def __init__(self, approximate: str = "none") -> None: ...
    @property
    def approximate(self) -> str:
        """'none' or 'tanh'."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softmax(Module):
    """`softmax` along the axis `dim`, as a module.

    Example:
        >>> print(ingot.nn.Softmax(dim=-1)(ingot.zeros(2)))
        [0.5 0.5]
    """
    def __init__(self, dim: builtins.int | None = None) -> None: ...
    @property
    def dim(self) -> builtins.int | None:
        """The axis; None chooses it as PyTorch does."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LogSoftmax(Module):
    """`log_softmax` along the axis `dim`, as a module.

    Example:
        >>> print(ingot.nn.LogSoftmax(dim=-1)(ingot.zeros(1)))
        [0.]
    """
    def __init__(self, dim: builtins.int | None = None) -> None: ...
    @property
    def dim(self) -> builtins.int | None:
        """The axis; None chooses it as PyTorch does."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class MultiheadAttention(Module):
    """Queries, keys and values are projected, attended to head by head, joined and projected once more (Vaswani et
    al., 2017).

    Called with query (L, N, E), key (S, N, kdim) and value (S, N, vdim), or (N, L, E) and so on with
    `batch_first`, or without N. Gives the output, in the shape of query, and the weights (N, L, S), or None.

    Parameters have PyTorch's names: `in_proj_weight` (3 E, E), or `q_proj_weight`, `k_proj_weight` and
    `v_proj_weight` if `kdim` or `vdim` differ; `in_proj_bias`; `bias_k` and `bias_v`; `out_proj`.

    Example:
        >>> x = ingot.ones((2, 5, 8))
        >>> y, weights = ingot.nn.MultiheadAttention(8, 2, batch_first=True)(x, x, x)
        >>> y.shape, weights.shape
        ((2, 5, 8), (2, 5, 5))
    """
    def __init__(
        self,
        embed_dim: builtins.int,
        num_heads: builtins.int,
        dropout: builtins.float = 0.0,
        bias: builtins.bool = True,
        add_bias_kv: builtins.bool = False,
        add_zero_attn: builtins.bool = False,
        kdim: builtins.int | None = None,
        vdim: builtins.int | None = None,
        batch_first: builtins.bool = False,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def embed_dim(self) -> builtins.int: ...
    @property
    def num_heads(self) -> builtins.int: ...
    @property
    def dropout(self) -> builtins.float: ...
    @property
    def batch_first(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def forward(
        self,
        query: ArrayLike,
        key: ArrayLike,
        value: ArrayLike,
        key_padding_mask: ArrayLike | None = None,
        need_weights: builtins.bool = True,
        attn_mask: ArrayLike | None = None,
        average_attn_weights: builtins.bool = True,
        is_causal: builtins.bool = False,
    ) -> tuple[array, array | None]:
        """The output and the weights (None unless `need_weights`).

        `key_padding_mask` (N, S) and `attn_mask` (L, S) or (N * num_heads, L, S) are bool, true where a key is to
        be left out, or floating, added to the scores. `is_causal`: a query sees the keys up to its own position.
        Nothing of size L x S is kept in memory if weights are not needed and none are dropped.
        """

class Loss(Module):
    """Base of losses: modules of two inputs, with a `reduction`."""
    @property
    def reduction(self) -> str:
        """'mean', 'sum' or 'none'."""

class MSELoss(Loss):
    """`(input - target)^2`, reduced: 'mean' over all elements, 'sum', or 'none'. Shapes must be equal, or one of
    the two 0-d.

    Raises ShapeError otherwise: other broadcasting, as of (N, 1) with (N,), would silently compare all with
    all.

    Example:
        >>> print(ingot.nn.MSELoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])))
        2.0
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class CrossEntropyLoss(Loss):
    """Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices
    (integers, in the shape of input without C) or their probabilities (floats, in the shape of input).

    `weight` (C,) is a factor for each class. Positions of class `ignore_index` have no loss and no gradient.
    `label_smoothing` is the share of each target that is spread evenly over all classes. `reduction` is 'mean'
    (over what is not ignored, weighted), 'sum' or 'none'.

    Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is
    not in [0, C).

    Example:
        >>> loss = ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3]))
        >>> round(loss.item(), 4)
        1.3863
    """
    def __init__(
        self,
        weight: ArrayLike | None = None,
        ignore_index: builtins.int = -100,
        reduction: str = "mean",
        label_smoothing: builtins.float = 0.0,
    ) -> None: ...
    @property
    def ignore_index(self) -> builtins.int:
        """The class that does not count."""
    @property
    def label_smoothing(self) -> builtins.float:
        """The share of each target that is spread evenly over all classes."""
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class Conv1d(Module):
    """Convolution over 1 axis: `ingot.conv1d` with parameters of its own, `weight` (out_channels, in_channels /
    groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with k = sqrt(groups /
    (in_channels * product of kernel_size)).

    `padding_mode` says what is around the input: 'zeros', 'reflect', 'replicate' or 'circular'.

    Example:
        >>> ingot.nn.Conv1d(3, 5, kernel_size=3, padding=1)(ingot.ones((2, 3, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts | str = (0,),
        dilation: IntOrInts = (1,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        padding_mode: str = "zeros",
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def in_channels(self) -> builtins.int: ...
    @property
    def out_channels(self) -> builtins.int: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...] | str:
        """Numbers, or 'valid' or 'same'."""
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str:
        """'zeros', 'reflect', 'replicate' or 'circular'."""
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Conv2d(Module):
    """Convolution over 2 axes: `ingot.conv2d` with parameters of its own, `weight` (out_channels, in_channels /
    groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with k = sqrt(groups /
    (in_channels * product of kernel_size)).

    `padding_mode` says what is around the input: 'zeros', 'reflect', 'replicate' or 'circular'.

    Example:
        >>> ingot.nn.Conv2d(3, 5, kernel_size=3, padding=1)(ingot.ones((2, 3, 8, 8))).shape
        (2, 5, 8, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts | str = (0,),
        dilation: IntOrInts = (1,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        padding_mode: str = "zeros",
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def in_channels(self) -> builtins.int: ...
    @property
    def out_channels(self) -> builtins.int: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...] | str:
        """Numbers, or 'valid' or 'same'."""
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str:
        """'zeros', 'reflect', 'replicate' or 'circular'."""
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Conv3d(Module):
    """Convolution over 3 axes: `ingot.conv3d` with parameters of its own, `weight` (out_channels, in_channels /
    groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with k = sqrt(groups /
    (in_channels * product of kernel_size)).

    `padding_mode` says what is around the input: 'zeros', 'reflect', 'replicate' or 'circular'.

    Example:
        >>> ingot.nn.Conv3d(3, 5, kernel_size=3, padding=1)(ingot.ones((2, 3, 8, 8, 8))).shape
        (2, 5, 8, 8, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts | str = (0,),
        dilation: IntOrInts = (1,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        padding_mode: str = "zeros",
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def in_channels(self) -> builtins.int: ...
    @property
    def out_channels(self) -> builtins.int: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...] | str:
        """Numbers, or 'valid' or 'same'."""
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str:
        """'zeros', 'reflect', 'replicate' or 'circular'."""
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class MaxPool1d(Module):
    """The largest element of each window: `functional.max_pool1d` as a module.

    Example:
        >>> ingot.nn.MaxPool1d(2)(ingot.ones((2, 3, 8))).shape
        (2, 3, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        dilation: IntOrInts = (1,),
        return_indices: builtins.bool = False,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AvgPool1d(Module):
    """The mean of each window: `functional.avg_pool1d` as a module.

    Example:
        >>> ingot.nn.AvgPool1d(2)(ingot.ones((2, 3, 8))).shape
        (2, 3, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        ceil_mode: builtins.bool = False,
        count_include_pad: builtins.bool = True,
        divisor_override: builtins.int | None = None,
    ) -> None: ...
    @property
    def count_include_pad(self) -> builtins.bool: ...
    @property
    def divisor_override(self) -> builtins.int | None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AdaptiveAvgPool1d(Module):
    """Means over as many windows as asked for: `functional.adaptive_avg_pool1d` as a module.

    Example:
        >>> ingot.nn.AdaptiveAvgPool1d(3)(ingot.ones((2, 3, 7))).shape
        (2, 3, 3)
    """
    def __init__(self, output_size: builtins.int | collections.abc.Sequence[builtins.int | None] | None) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]:
        """-1 stands for the input's own length."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class MaxPool2d(Module):
    """The largest element of each window: `functional.max_pool2d` as a module.

    Example:
        >>> ingot.nn.MaxPool2d(2)(ingot.ones((2, 3, 8, 8))).shape
        (2, 3, 4, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        dilation: IntOrInts = (1,),
        return_indices: builtins.bool = False,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AvgPool2d(Module):
    """The mean of each window: `functional.avg_pool2d` as a module.

    Example:
        >>> ingot.nn.AvgPool2d(2)(ingot.ones((2, 3, 8, 8))).shape
        (2, 3, 4, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        ceil_mode: builtins.bool = False,
        count_include_pad: builtins.bool = True,
        divisor_override: builtins.int | None = None,
    ) -> None: ...
    @property
    def count_include_pad(self) -> builtins.bool: ...
    @property
    def divisor_override(self) -> builtins.int | None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AdaptiveAvgPool2d(Module):
    """Means over as many windows as asked for: `functional.adaptive_avg_pool2d` as a module.

    Example:
        >>> ingot.nn.AdaptiveAvgPool2d(3)(ingot.ones((2, 3, 7, 7))).shape
        (2, 3, 3, 3)
    """
    def __init__(self, output_size: builtins.int | collections.abc.Sequence[builtins.int | None] | None) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]:
        """-1 stands for the input's own length."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class MaxPool3d(Module):
    """The largest element of each window: `functional.max_pool3d` as a module.

    Example:
        >>> ingot.nn.MaxPool3d(2)(ingot.ones((2, 3, 8, 8, 8))).shape
        (2, 3, 4, 4, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        dilation: IntOrInts = (1,),
        return_indices: builtins.bool = False,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AvgPool3d(Module):
    """The mean of each window: `functional.avg_pool3d` as a module.

    Example:
        >>> ingot.nn.AvgPool3d(2)(ingot.ones((2, 3, 8, 8, 8))).shape
        (2, 3, 4, 4, 4)
    """
    def __init__(
        self,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        padding: IntOrInts = (0,),
        ceil_mode: builtins.bool = False,
        count_include_pad: builtins.bool = True,
        divisor_override: builtins.int | None = None,
    ) -> None: ...
    @property
    def count_include_pad(self) -> builtins.bool: ...
    @property
    def divisor_override(self) -> builtins.int | None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def stride(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...

class AdaptiveAvgPool3d(Module):
    """Means over as many windows as asked for: `functional.adaptive_avg_pool3d` as a module.

    Example:
        >>> ingot.nn.AdaptiveAvgPool3d(3)(ingot.ones((2, 3, 7, 7, 7))).shape
        (2, 3, 3, 3, 3)
    """
    def __init__(self, output_size: builtins.int | collections.abc.Sequence[builtins.int | None] | None) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]:
        """-1 stands for the input's own length."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class BatchNorm1d(Module):
    """Normalises each channel of inputs (N, C) or (N, C, L), `(x - mean) / sqrt(variance + eps) * weight + bias`:
    while training by mean and biased variance of the batch, otherwise by the running ones.

    Each batch moves `running_mean` and `running_var` (unbiased) towards its own by the part `momentum`; without
    momentum they are means over all batches. `num_batches_tracked` counts them.

    Raises ValueError while training with one element per channel.

    Example:
        >>> layer = ingot.nn.BatchNorm1d(3)
        >>> layer(ingot.random.normal((4, 3))).shape
        (4, 3)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = True,
        track_running_stats: builtins.bool = True,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    @property
    def eps(self) -> builtins.float: ...
    @property
    def momentum(self) -> builtins.float | None: ...
    @property
    def affine(self) -> builtins.bool: ...
    @property
    def track_running_stats(self) -> builtins.bool: ...
    def reset_running_stats(self) -> None:
        """Sets the buffers to what they were at first."""
    def reset_parameters(self) -> None:
        """Sets parameters and buffers to what they were at first."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class BatchNorm2d(Module):
    """Normalises each channel of inputs (N, C, H, W), `(x - mean) / sqrt(variance + eps) * weight + bias`: while
    training by mean and biased variance of the batch, otherwise by the running ones.

    Each batch moves `running_mean` and `running_var` (unbiased) towards its own by the part `momentum`; without
    momentum they are means over all batches. `num_batches_tracked` counts them.

    Raises ValueError while training with one element per channel.

    Example:
        >>> layer = ingot.nn.BatchNorm2d(3)
        >>> layer(ingot.random.normal((4, 3, 8, 8))).shape
        (4, 3, 8, 8)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = True,
        track_running_stats: builtins.bool = True,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    @property
    def eps(self) -> builtins.float: ...
    @property
    def momentum(self) -> builtins.float | None: ...
    @property
    def affine(self) -> builtins.bool: ...
    @property
    def track_running_stats(self) -> builtins.bool: ...
    def reset_running_stats(self) -> None:
        """Sets the buffers to what they were at first."""
    def reset_parameters(self) -> None:
        """Sets parameters and buffers to what they were at first."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class BatchNorm3d(Module):
    """Normalises each channel of inputs (N, C, D, H, W), `(x - mean) / sqrt(variance + eps) * weight + bias`:
    while training by mean and biased variance of the batch, otherwise by the running ones.

    Each batch moves `running_mean` and `running_var` (unbiased) towards its own by the part `momentum`; without
    momentum they are means over all batches. `num_batches_tracked` counts them.

    Raises ValueError while training with one element per channel.

    Example:
        >>> layer = ingot.nn.BatchNorm3d(3)
        >>> layer(ingot.random.normal((4, 3, 8, 8, 8))).shape
        (4, 3, 8, 8, 8)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = True,
        track_running_stats: builtins.bool = True,
        dtype: DTypeLike = ...,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    @property
    def eps(self) -> builtins.float: ...
    @property
    def momentum(self) -> builtins.float | None: ...
    @property
    def affine(self) -> builtins.bool: ...
    @property
    def track_running_stats(self) -> builtins.bool: ...
    def reset_running_stats(self) -> None:
        """Sets the buffers to what they were at first."""
    def reset_parameters(self) -> None:
        """Sets parameters and buffers to what they were at first."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""
