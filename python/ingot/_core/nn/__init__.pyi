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

def _mode_signature() -> int:
    """A number that changes when a module changes between training and evaluation."""

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
    `reduction` is 'mean', 'sum' or 'none'.

    Raises ShapeError or TypeError if target does not match, IndexError when evaluated if an index is not in [0,
    C).

    Example:
        >>> loss = ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3]))
        >>> round(loss.item(), 4)
        1.3863
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""
