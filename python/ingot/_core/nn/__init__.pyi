"""Modules, layers and losses."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
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
    def register_buffer(self, name: str, tensor: ArrayLike | None, persistent: builtins.bool = True) -> None:
        """Adds an array that is state but no parameter; unless `persistent`, it is left out of state dicts and files."""
    def add_module(self, name: str, module: typing.Any) -> None:
        """Adds a child module under a name; None makes it an attribute that is None."""
    def get_parameter(self, target: str) -> Parameter:
        """A parameter of this module, or by a dotted name of one below. Raises KeyError, naming those there are."""
    def get_buffer(self, target: str) -> array:
        """A buffer of this module, or by a dotted name of one below. Raises KeyError."""
    def get_submodule(self, target: str) -> Module:
        """The module at a dotted path; '' is this one. Raises KeyError, naming the children there are.

        Example:
            >>> ingot.nn.Sequential(ingot.nn.ReLU()).get_submodule('0')
            ReLU()
        """
    def parameters(self, recurse: builtins.bool = True) -> collections.abc.Iterator[Parameter]:
        """Iterates over the parameters of this module and those below, each once.

        Example:
            >>> sum(p.size for p in ingot.nn.Linear(2, 3).parameters())
            9
        """
    def named_parameters(
        self, prefix: str = "", recurse: builtins.bool = True, remove_duplicate: builtins.bool = True
    ) -> collections.abc.Iterator[tuple[str, Parameter]]:
        """Iterates over (name, parameter); what is shared comes once, or under each of its names.

        Example:
            >>> [name for name, p in ingot.nn.Linear(2, 3).named_parameters()]
            ['weight', 'bias']
        """
    def buffers(self, recurse: builtins.bool = True) -> collections.abc.Iterator[array]:
        """Iterates over the buffers of this module and those below."""
    def named_buffers(
        self, prefix: str = "", recurse: builtins.bool = True, remove_duplicate: builtins.bool = True
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
    def freeze(self) -> Self:
        """`requires_grad_(False)`: no parameter learns; returns the module."""
    def unfreeze(self) -> Self:
        """`requires_grad_(True)`: all parameters learn; returns the module."""
    def to(
        self,
        *args: typing.Any,
        dtype: DTypeLike | None = None,
        device: DeviceLike | None = None,
        non_blocking: builtins.bool = False,
        memory_format: typing.Any = None,
    ) -> Self:
        """Casts floating parameters and buffers to a dtype, or moves them to a device, and returns the module.

        Raises DeviceError, naming what is available.

        Example:
            >>> model = ingot.nn.Linear(2, 1).to(ingot.float64)
        """
    def cpu(self) -> Self:
        """The module, on the CPU."""
    def apply(self, fn: collections.abc.Callable[..., typing.Any]) -> Self:
        """Calls `fn(module)` for every module below and then for this one, and returns it."""
    def float(self) -> Self:
        """Casts floating parameters and buffers to float32, and returns the module."""
    def double(self) -> Self:
        """Casts floating parameters and buffers to float64, and returns the module."""
    def half(self) -> Self:
        """Casts floating parameters and buffers to float16, and returns the module."""
    def bfloat16(self) -> Self:
        """Casts floating parameters and buffers to bfloat16, and returns the module."""
    def astype(self, dtype: DTypeLike) -> Self:
        """Casts floating parameters and buffers to a dtype, and returns the module."""
    def type(self, dtype: DTypeLike) -> typing.Any:
        """Casts floating parameters and buffers to a dtype, and returns the module."""
    def register_full_backward_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_full_backward_hook(hook, prepend=False): calls `hook(module, grad_input, grad_output)`, both
        tuples, when `backward` has found the gradients of the positional arguments of a call; what it returns,
        unless None, replaces `grad_input`. An argument that needs no gradient has None. Returns a handle with
        `remove()`.

        Example:
            >>> layer, seen = ingot.nn.Linear(3, 2), []
            >>> handle = layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(outputs[0].shape))
            >>> layer(ingot.ones(4, 3)).sum().backward()
            >>> seen
            [(4, 2)]
        """
    def register_full_backward_pre_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_full_backward_pre_hook(hook, prepend=False): calls `hook(module, grad_output)`, a tuple, when
        `backward` has found the gradients of the results of a call; what it returns, unless None, replaces them.
        Returns a handle with `remove()`.
        """
    def get_extra_state(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """What a class that defines this has in its state dicts beside arrays, as '_extra_state'."""
    def set_extra_state(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Takes over what `get_extra_state` gave: to be defined with it."""
    def register_state_dict_pre_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_state_dict_pre_hook(hook): calls `hook(module, prefix, keep_vars)` before each `state_dict`."""
    def register_state_dict_post_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_state_dict_post_hook(hook): calls `hook(module, state_dict, prefix, metadata)`, which may change
        the dictionary, after each `state_dict`.
        """
    def _register_state_dict_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The older form, whose hook may return another dictionary."""
    def register_load_state_dict_pre_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_load_state_dict_pre_hook(hook): calls `hook(module, state_dict, prefix, metadata, strict,
        missing_keys, unexpected_keys, errors)` before each `load_state_dict`; it may change the dictionary.

        Example:
            >>> layer = ingot.nn.Linear(1, 1, bias=False)
            >>> def rename(module, state, prefix, *others):
            ...     state[prefix + 'weight'] = state.pop(prefix + 'w')
            >>> handle = layer.register_load_state_dict_pre_hook(rename)
            >>> layer.load_state_dict({'w': ingot.ones(1, 1)})
            <All keys matched successfully>
        """
    def _register_load_state_dict_pre_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """The older form, whose hook is given the module only if asked for."""
    def register_load_state_dict_post_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_load_state_dict_post_hook(hook): calls `hook(module, names)` after each `load_state_dict`; what it
        does to `names.missing_keys` and `unexpected_keys` decides if loading fails.
        """
    def _save_to_state_dict(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Puts the module's own state in: PyTorch's modules override it."""
    def _load_from_state_dict(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """Takes the module's own state out: PyTorch's modules override it."""
    def register_backward_hook(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any:
        """register_full_backward_hook(hook, prepend=False): calls `hook(module, grad_input, grad_output)`, both
        tuples, when `backward` has found the gradients of the positional arguments of a call; what it returns,
        unless None, replaces `grad_input`. An argument that needs no gradient has None. Returns a handle with
        `remove()`.

        Example:
            >>> layer, seen = ingot.nn.Linear(3, 2), []
            >>> handle = layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(outputs[0].shape))
            >>> layer(ingot.ones(4, 3)).sum().backward()
            >>> seen
            [(4, 2)]
        """
    def _get_name(self) -> str:
        """The name of the class."""
    def cuda(self, device: typing.Any = None) -> typing.Any:
        """Raises DeviceError, which says what devices there are."""
    def compile(self, *args: typing.Any, **kwargs: typing.Any) -> None:
        """Nothing to do: whatever runs is planned and fused, and plans are kept. `ingot.jit(module)` keeps a whole
        call.
        """
    def register_forward_pre_hook(
        self, hook: typing.Any, *, prepend: builtins.bool = False, with_kwargs: builtins.bool = False
    ) -> RemovableHandle:
        """Calls `hook(module, args)` before each call; what it returns, unless None, replaces the arguments. With
        `with_kwargs`, `hook(module, args, kwargs)` returns both. Returns a handle with `remove()`.

        Example:
            >>> layer = ingot.nn.Identity()
            >>> handle = layer.register_forward_pre_hook(lambda module, args: (args[0] + 1,))
            >>> print(layer(ingot.zeros(1)))
            [1.]
        """
    def register_forward_hook(
        self, hook: typing.Any, *, prepend: builtins.bool = False, with_kwargs: builtins.bool = False
    ) -> RemovableHandle:
        """Calls `hook(module, args, output)` after each call; what it returns, unless None, replaces the output. With
        `with_kwargs`, `hook(module, args, kwargs, output)`. Returns a handle with `remove()`.

        Example:
            >>> layer, seen = ingot.nn.Identity(), []
            >>> handle = layer.register_forward_hook(lambda module, args, output: seen.append(output.shape))
            >>> y = layer(ingot.zeros(3))
            >>> seen
            [(3,)]
        """
    @property
    def _parameters(self) -> typing.Any:
        """The module's own parameters by name: changing this changes the module."""
    @_parameters.setter
    def _parameters(self, value: typing.Any) -> None: ...
    @property
    def _buffers(self) -> typing.Any:
        """The module's own buffers by name: changing this changes the module."""
    @_buffers.setter
    def _buffers(self, value: typing.Any) -> None: ...
    @property
    def _modules(self) -> typing.Any:
        """The module's own children by name: changing this changes the module."""
    @_modules.setter
    def _modules(self, value: typing.Any) -> None: ...
    def state_dict(
        self, *, destination: typing.Any = None, prefix: str = "", keep_vars: builtins.bool = False
    ) -> dict[str, array]:
        """Parameters and persistent buffers by name, with the values they have now, in a new dictionary or in
        `destination`. Changing one of them in place (`state['weight'].copy_(x)`) changes the module; later training
        of the module does not change them. With `keep_vars` they are the arrays themselves.

        Example:
            >>> list(ingot.nn.Linear(2, 3).state_dict())
            ['weight', 'bias']
        """
    def load_state_dict(
        self, state_dict: typing.Any, strict: builtins.bool = True, assign: builtins.bool = False
    ) -> LoadResult:
        """Copies values (arrays, NumPy arrays, other libraries' tensors, lists) into parameters and buffers of the
        same names. With `assign` the module takes over the dtypes of what it is given. Returns missing and unknown
        names.

        Raises ShapeError, naming the parameter, if a shape differs; if `strict`, KeyError for missing and unknown
        names. Then nothing has changed. Where a module has hooks on loading or a state of its own, either is a
        KeyError that names all of them, and what fits has been loaded.
        """
    def register_module(self, name: str, module: typing.Any) -> None:
        """Adds a child module under a name; None makes it an attribute that is None."""
    forward: typing.Callable[..., typing.Any]
    def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any: ...
    def __getattr__(self, name: str) -> typing.Any: ...
    def __setattr__(self, name: str, value: typing.Any) -> None: ...

class RemovableHandle:
    """What registering a hook returns: `remove()` takes the hook away."""
    @property
    def id(self) -> builtins.int: ...
    def remove(self) -> None:
        """Takes the hook away."""
    def __enter__(self) -> typing.Any: ...
    def __exit__(self, *args: typing.Any) -> None: ...

def _registered_names(module: Module, registry: str) -> list[typing.Any]:
    """The names in one of a module's registries, in order."""

def _own_state(module: Module, keep_vars: bool) -> dict[str, typing.Any]:
    """The part of a module's state dict that is not of modules below it."""

def _load_state(module: Module, state: typing.Any, strict: bool, assign: bool) -> typing.Any:
    """`load_state_dict` without hooks."""

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
    def extend(self, modules: typing.Any) -> Self:
        """Adds modules at the end, and returns the container."""
    def insert(self, index: builtins.int, module: typing.Any) -> typing.Any:
        """Adds a module in front of the one at `index`; names follow the positions."""
    def pop(self, index: typing.Any = -1) -> Module:
        """Removes and returns a module; those behind it move up."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[Module]: ...
    def __contains__(self, arg0: typing.Any) -> builtins.bool: ...
    def __getitem__(self, index: typing.Any) -> typing.Any:
        """The module at a position (negative counts from the end), or a container of a slice of them."""
    def __setitem__(self, index: builtins.int, module: typing.Any) -> None: ...
    def __delitem__(self, index: typing.Any) -> None: ...
    def __iadd__(self, modules: typing.Any) -> typing.Any: ...
    def __add__(self, modules: typing.Any) -> typing.Any: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ModuleList(Module):
    """A list of modules, which it registers under '0', '1', ...; what is done with them is up to `forward` of the
    module that owns it.

    Example:
        >>> layers = ingot.nn.ModuleList([ingot.nn.Linear(2, 2) for _ in range(3)])
        >>> len(layers), len(list(layers.parameters()))
        (3, 6)
    """
    def __init__(self, modules: typing.Any = None) -> None: ...
    def append(self, module: typing.Any) -> Self:
        """Adds a module at the end, and returns the container."""
    def extend(self, modules: typing.Any) -> Self:
        """Adds modules at the end, and returns the container."""
    def insert(self, index: builtins.int, module: typing.Any) -> typing.Any:
        """Adds a module in front of the one at `index`; names follow the positions."""
    def pop(self, index: typing.Any = -1) -> Module:
        """Removes and returns a module; those behind it move up."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[Module]: ...
    def __contains__(self, arg0: typing.Any) -> builtins.bool: ...
    def __getitem__(self, index: typing.Any) -> typing.Any:
        """The module at a position (negative counts from the end), or a container of a slice of them."""
    def __setitem__(self, index: builtins.int, module: typing.Any) -> None: ...
    def __delitem__(self, index: typing.Any) -> None: ...
    def __iadd__(self, modules: typing.Any) -> typing.Any: ...
    def __add__(self, modules: typing.Any) -> typing.Any: ...

class ModuleDict(Module):
    """Modules by name, which it registers, in order.

    Example:
        >>> heads = ingot.nn.ModuleDict({'a': ingot.nn.Linear(2, 1), 'b': ingot.nn.Linear(2, 3)})
        >>> heads['b'](ingot.ones(2)).shape
        (3,)
    """
    def __init__(self, modules: typing.Any = None) -> None: ...
    def update(self, modules: typing.Any) -> None:
        """Adds modules from a dictionary or from pairs; old ones of a name go."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def __contains__(self, arg0: str) -> builtins.bool: ...
    def __getitem__(self, key: str) -> typing.Any: ...
    def __setitem__(self, arg0: str, arg1: typing.Any) -> None: ...
    def __delitem__(self, arg0: str) -> None: ...
    def keys(self) -> list[typing.Any]:
        """The names."""
    def values(self) -> list[typing.Any]:
        """The modules."""
    def items(self) -> list[typing.Any]:
        """Names and modules."""
    def pop(self, key: str) -> Module:
        """Removes and returns a module. Raises KeyError."""
    def clear(self) -> None:
        """Removes all modules."""

class ParameterList(Module):
    """A list of parameters, which it registers under '0', '1', ...; arrays that are no parameters become new ones.

    Example:
        >>> weights = ingot.nn.ParameterList([ingot.ones(2), ingot.zeros(3)])
        >>> len(weights), weights[-1].shape
        (2, (3,))
    """
    def __init__(self, values: typing.Any = None) -> None: ...
    def append(self, value: typing.Any) -> Self:
        """Adds a parameter at the end, and returns the list."""
    def extend(self, values: typing.Any) -> Self:
        """Adds parameters at the end, and returns the list."""
    def pop(self) -> Parameter:
        """Removes and returns the last parameter."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[Parameter]: ...
    def __getitem__(self, arg0: typing.Any) -> typing.Any: ...
    def __setitem__(self, arg0: builtins.int, arg1: typing.Any) -> None: ...
    def __iadd__(self, arg0: typing.Any) -> typing.Any: ...

class ParameterDict(Module):
    """Parameters by name, which it registers, in order; arrays that are no parameters become new ones.

    Example:
        >>> weights = ingot.nn.ParameterDict({'scale': ingot.ones(2)})
        >>> 'scale' in weights, weights['scale'].requires_grad
        (True, True)
    """
    def __init__(self, parameters: typing.Any = None) -> None: ...
    def update(self, parameters: typing.Any) -> None:
        """Adds parameters from a dictionary or from pairs; old ones of a name go."""
    def __len__(self) -> builtins.int: ...
    def __iter__(self) -> collections.abc.Iterator[str]: ...
    def __contains__(self, arg0: str) -> builtins.bool: ...
    def __getitem__(self, key: str) -> Parameter: ...
    def __setitem__(self, arg0: str, arg1: typing.Any) -> None: ...
    def __delitem__(self, arg0: str) -> None: ...
    def keys(self) -> list[typing.Any]:
        """The names."""
    def values(self) -> list[typing.Any]:
        """The parameters."""
    def items(self) -> list[typing.Any]:
        """Names and parameters."""
    def get(self, key: str, default: typing.Any = None) -> typing.Any:
        """The parameter of a name, or a default."""
    def pop(self, key: str) -> Parameter:
        """Removes and returns a parameter. Raises KeyError."""

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
        self,
        in_features: builtins.int,
        out_features: builtins.int,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def in_features(self) -> builtins.int: ...
    @property
    def out_features(self) -> builtins.int: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Bilinear(Module):
    """`x1^T W_k x2 + bias_k` for each k: (..., in1_features) and (..., in2_features) -> (..., out_features).

    `weight` (out_features, in1_features, in2_features) and `bias` (out_features,) start in U(-k, k) with k = 1
    / sqrt(in1_features).

    Example:
        >>> ingot.nn.Bilinear(2, 3, 4)(ingot.ones((5, 2)), ingot.ones((5, 3))).shape
        (5, 4)
    """
    def __init__(
        self,
        in1_features: builtins.int,
        in2_features: builtins.int,
        out_features: builtins.int,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def in1_features(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @in1_features.setter
    def in1_features(self, value: typing.Any) -> None: ...
    @property
    def in2_features(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @in2_features.setter
    def in2_features(self, value: typing.Any) -> None: ...
    @property
    def out_features(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @out_features.setter
    def out_features(self, value: typing.Any) -> None: ...
    @property
    def bias(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @bias.setter
    def bias(self, value: typing.Any) -> None: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x1: ArrayLike, x2: ArrayLike) -> array:
        """Computes the result."""

class LoRALinear(Module):
    """A linear layer whose `weight` and `bias` stay as they are, plus a product of two thin matrices that learns:
    `x @ weight.T + bias + dropout(x) @ lora_A.T @ lora_B.T * lora_alpha / r` (Hu et al., 2021).

    `lora_A` (r, in_features) is drawn as a linear layer's weight, `lora_B` (out_features, r) is zero: at first
    nothing is added.

    Example:
        >>> layer = ingot.nn.LoRALinear(8, 4, r=2)
        >>> [name for name, p in layer.named_parameters() if p.requires_grad]
        ['lora_A', 'lora_B']
    """
    def __init__(
        self,
        in_features: builtins.int,
        out_features: builtins.int,
        r: builtins.int = 8,
        lora_alpha: builtins.float = 1.0,
        lora_dropout: builtins.float = 0.0,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def in_features(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @in_features.setter
    def in_features(self, value: typing.Any) -> None: ...
    @property
    def out_features(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @out_features.setter
    def out_features(self, value: typing.Any) -> None: ...
    @property
    def r(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @r.setter
    def r(self, value: typing.Any) -> None: ...
    @property
    def lora_alpha(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @lora_alpha.setter
    def lora_alpha(self, value: typing.Any) -> None: ...
    @property
    def lora_dropout(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @lora_dropout.setter
    def lora_dropout(self, value: typing.Any) -> None: ...
    @property
    def bias(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @bias.setter
    def bias(self, value: typing.Any) -> None: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def merge(self) -> None:
        """Adds what was learned to the weight, and starts anew from there."""
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    count from the end. Rows that are looked up are first shortened, in place, to the norm `max_norm`;
    `scale_grad_by_freq` divides gradients by how often a row was looked up.

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
        max_norm: builtins.float | None = None,
        norm_type: builtins.float = 2.0,
        scale_grad_by_freq: builtins.bool = False,
        sparse: builtins.bool = False,
        _weight: ArrayLike | None = None,
        _freeze: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_embeddings(self) -> builtins.int: ...
    @property
    def embedding_dim(self) -> builtins.int: ...
    @property
    def padding_idx(self) -> builtins.int | None: ...
    @property
    def max_norm(self) -> builtins.float | None: ...
    @property
    def norm_type(self) -> builtins.float: ...
    @property
    def scale_grad_by_freq(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws the table anew."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class EmbeddingBag(Module):
    """Sums, means or maxima of the rows of a table in bags: numbers (bags, numbers), or (numbers,) with `offsets`
    that say where each bag begins -> (bags, embedding_dim). `mode` is 'sum', 'mean' or 'max'; an empty bag
    gives zeros; `padding_idx` does not count. `sparse` is PyTorch's and changes nothing.

    Example:
        >>> bags = ingot.nn.EmbeddingBag(10, 3, mode='sum')
        >>> bags(ingot.array([1, 2, 4, 5, 4]), ingot.array([0, 2])).shape
        (2, 3)
    """
    def __init__(
        self,
        num_embeddings: builtins.int,
        embedding_dim: builtins.int,
        max_norm: builtins.float | None = None,
        norm_type: builtins.float = 2.0,
        scale_grad_by_freq: builtins.bool = False,
        mode: str = "mean",
        sparse: builtins.bool = False,
        include_last_offset: builtins.bool = False,
        padding_idx: builtins.int | None = None,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_embeddings(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @num_embeddings.setter
    def num_embeddings(self, value: typing.Any) -> None: ...
    @property
    def embedding_dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @embedding_dim.setter
    def embedding_dim(self, value: typing.Any) -> None: ...
    @property
    def max_norm(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @max_norm.setter
    def max_norm(self, value: typing.Any) -> None: ...
    @property
    def norm_type(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @norm_type.setter
    def norm_type(self, value: typing.Any) -> None: ...
    @property
    def scale_grad_by_freq(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @scale_grad_by_freq.setter
    def scale_grad_by_freq(self, value: typing.Any) -> None: ...
    @property
    def mode(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @mode.setter
    def mode(self, value: typing.Any) -> None: ...
    @property
    def sparse(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @sparse.setter
    def sparse(self, value: typing.Any) -> None: ...
    @property
    def include_last_offset(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @include_last_offset.setter
    def include_last_offset(self, value: typing.Any) -> None: ...
    @property
    def padding_idx(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding_idx.setter
    def padding_idx(self, value: typing.Any) -> None: ...
    def reset_parameters(self) -> None:
        """Draws the table anew."""
    def forward(
        self, input: ArrayLike, offsets: ArrayLike | None = None, per_sample_weights: ArrayLike | None = None
    ) -> array:
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    """Base of losses."""

class MSELoss(Loss):
    """`(input - target)^2` of each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.MSELoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])).item(), 4))
        2.0
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class L1Loss(Loss):
    """`|input - target|` of each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.L1Loss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])).item(), 4))
        1.0
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class SmoothL1Loss(Loss):
    """`d^2 / (2 beta)` for a distance `d = |input - target|` below beta, else `d - beta / 2` (Girshick, 2015).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.SmoothL1Loss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])).item(), 4))
        0.75
    """
    def __init__(self, reduction: str = "mean", beta: builtins.float = 1.0) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    @property
    def beta(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @beta.setter
    def beta(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class HuberLoss(Loss):
    """`d^2 / 2` for a distance `d = |input - target|` up to delta, else `delta (d - delta / 2)` (Huber, 1964).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.HuberLoss()(ingot.array([1.0, 3.0]), ingot.array([1.0, 1.0])).item(), 4))
        0.75
    """
    def __init__(self, reduction: str = "mean", delta: builtins.float = 1.0) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    @property
    def delta(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @delta.setter
    def delta(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class KLDivLoss(Loss):
    """`target (log(target) - input)`, where input holds logarithms of probabilities, and target probabilities, or
    with `log_target` logarithms too. `reduction='batchmean'` sums and divides by the length of axis 0: the
    divergence itself.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.KLDivLoss()(ingot.log(ingot.array([0.5, 0.5])), ingot.array([1.0, 0.0])).item(), 4))
        0.3466
    """
    def __init__(self, reduction: str = "mean", log_target: builtins.bool = False) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    @property
    def log_target(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @log_target.setter
    def log_target(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class PoissonNLLLoss(Loss):
    """`exp(input) - target input`: the negative log likelihood of counts with rate `exp(input)`; without
    `log_input`, `input - target log(input + eps)`. `full` adds Stirling's approximation of `log(target!)` where
    the target is above 1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.PoissonNLLLoss()(ingot.zeros(2), ingot.array([1.0, 2.0])).item(), 4))
        1.0
    """
    def __init__(
        self,
        log_input: builtins.bool = True,
        full: builtins.bool = False,
        eps: builtins.float = 1e-08,
        reduction: str = "mean",
    ) -> None: ...
    @property
    def log_input(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @log_input.setter
    def log_input(self, value: typing.Any) -> None: ...
    @property
    def full(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @full.setter
    def full(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class GaussianNLLLoss(Loss):
    """`(log(max(var, eps)) + (input - target)^2 / max(var, eps)) / 2`, plus `log(2 pi) / 2` if `full`; `var` has
    the shape of input, or has one number for each row (Nix and Weigend, 1994).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.GaussianNLLLoss()(ingot.zeros(2), ingot.ones(2), ingot.ones(2)).item(), 4))
        0.5
    """
    def __init__(self, full: builtins.bool = False, eps: builtins.float = 1e-06, reduction: str = "mean") -> None: ...
    @property
    def full(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @full.setter
    def full(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike, var: ArrayLike) -> array:
        """Computes the loss."""

class CrossEntropyLoss(Loss):
    """Cross entropy between unnormalised scores (C,), (N, C) or (N, C, d1, ...) and classes: their indices
    (integers, in the shape of input without C) or their probabilities (floats, in the shape of input).

    `weight` (C,) is a factor for each class. Positions of class `ignore_index` have no loss and no gradient.
    `label_smoothing` is the share of each target that is spread evenly over all classes. The mean is over what
    is not ignored, weighted.

    Raises ShapeError or TypeError if target or weight do not match, IndexError when evaluated if an index is
    not in [0, C).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.CrossEntropyLoss()(ingot.zeros((2, 4)), ingot.array([0, 3])).item(), 4))
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
    def ignore_index(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @ignore_index.setter
    def ignore_index(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    @property
    def label_smoothing(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @label_smoothing.setter
    def label_smoothing(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class NLLLoss(Loss):
    """`-input[target]`: the negative log likelihood of classes, where input (C,), (N, C) or (N, C, d1, ...) holds
    log probabilities and target the classes' indices, in the shape of input without C. `weight` (C,) is a
    factor for each class; `ignore_index` does not count.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.NLLLoss()(ingot.log_softmax(ingot.zeros((2, 4)), -1), ingot.array([0, 3])).item(), 4))
        1.3863
    """
    def __init__(
        self, weight: ArrayLike | None = None, ignore_index: builtins.int = -100, reduction: str = "mean"
    ) -> None: ...
    @property
    def ignore_index(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @ignore_index.setter
    def ignore_index(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class BCELoss(Loss):
    """`-(target log(input) + (1 - target) log(1 - input))` for probabilities in [0, 1], logarithms not below -100.
    `weight` is a factor for each element.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.BCELoss()(ingot.full((2,), 0.5), ingot.array([0.0, 1.0])).item(), 4))
        0.6931
    """
    def __init__(self, weight: ArrayLike | None = None, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class BCEWithLogitsLoss(Loss):
    """Binary cross entropy of `sigmoid(input)`, stable for any input. `pos_weight` is a factor for positive
    targets, `weight` one for each element; both broadcast.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.BCEWithLogitsLoss()(ingot.zeros(2), ingot.array([0.0, 1.0])).item(), 4))
        0.6931
    """
    def __init__(
        self, weight: ArrayLike | None = None, reduction: str = "mean", pos_weight: ArrayLike | None = None
    ) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class SigmoidFocalLoss(Loss):
    """`-alpha_t (1 - p_t)^gamma log(p_t)` of `sigmoid(input)`: binary cross entropy that looks away from what is
    easy. A negative alpha weighs both classes alike (Lin et al., 2017).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.SigmoidFocalLoss()(ingot.zeros(1), ingot.ones(1)).item(), 4))
        0.0433
    """
    def __init__(self, alpha: builtins.float = 0.25, gamma: builtins.float = 2.0, reduction: str = "none") -> None: ...
    @property
    def alpha(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @alpha.setter
    def alpha(self, value: typing.Any) -> None: ...
    @property
    def gamma(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @gamma.setter
    def gamma(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class MultiMarginLoss(Loss):
    """`sum over i != target: max(0, margin - input[target] + input[i])^p / C` for input (N, C) or (C,) and class
    indices (N,) or (); p is 1 or 2, `weight` (C,) a factor for the target's class.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.MultiMarginLoss()(ingot.zeros((1, 4)), ingot.array([0])).item(), 4))
        0.75
    """
    def __init__(
        self,
        p: builtins.int = 1,
        margin: builtins.float = 1.0,
        weight: ArrayLike | None = None,
        reduction: str = "mean",
    ) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class MultiLabelMarginLoss(Loss):
    """`sum over labels j and other classes i: max(0, 1 - input[j] + input[i]) / C` for input and target (N, C) or
    (C,); a row of labels ends at the first -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.MultiLabelMarginLoss()(ingot.zeros((1, 2)), ingot.array([[0, -1]])).item(), 4))
        0.5
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class MultiLabelSoftMarginLoss(Loss):
    """Binary cross entropy with logits, averaged over the last axis, the classes. `weight` (C,) is a factor for
    each class.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.MultiLabelSoftMarginLoss()(ingot.zeros((1, 2)), ingot.array([[0.0, 1.0]])).item(), 4))
        0.6931
    """
    def __init__(self, weight: ArrayLike | None = None, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class SoftMarginLoss(Loss):
    """`log(1 + exp(-target input))` for targets of 1 and -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.SoftMarginLoss()(ingot.zeros(2), ingot.array([1.0, -1.0])).item(), 4))
        0.6931
    """
    def __init__(self, reduction: str = "mean") -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class HingeEmbeddingLoss(Loss):
    """`input`, a distance, where the target is 1, and `max(0, margin - input)` where it is -1.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.HingeEmbeddingLoss()(ingot.array([0.5, 0.5]), ingot.array([1.0, -1.0])).item(), 4))
        0.5
    """
    def __init__(self, margin: builtins.float = 1.0, reduction: str = "mean") -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class MarginRankingLoss(Loss):
    """`max(0, -target (input1 - input2) + margin)`.

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.MarginRankingLoss()(ingot.zeros(2), ingot.ones(2), ingot.ones(2)).item(), 4))
        1.0
    """
    def __init__(self, margin: builtins.float = 0.0, reduction: str = "mean") -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input1: ArrayLike, input2: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class CosineEmbeddingLoss(Loss):
    """`1 - cos(input1, input2)` where the target is 1, `max(0, cos(input1, input2) - margin)` where it is -1:
    inputs (N, D) with targets (N,), or (D,) with ().

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.CosineEmbeddingLoss()(ingot.ones((1, 2)), ingot.array([[1.0, -1.0]]), ingot.ones(1)).item(), 4))
        1.0
    """
    def __init__(self, margin: builtins.float = 0.0, reduction: str = "mean") -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, input1: ArrayLike, input2: ArrayLike, target: ArrayLike) -> array:
        """Computes the loss."""

class TripletMarginLoss(Loss):
    """`max(0, |anchor - positive| - |anchor - negative| + margin)` in the norm p; `swap` measures from the
    positive where that is nearer to the negative (Balntas et al., 2016).

    `reduction` is 'mean', 'sum' or 'none'. Raises ShapeError if shapes do not fit: they must be equal, since
    broadcasting would compare what does not belong together.

    Example:
        >>> print(round(ingot.nn.TripletMarginLoss()(ingot.zeros((1, 2)), ingot.zeros((1, 2)), ingot.zeros((1, 2))).item(), 4))
        1.0
    """
    def __init__(
        self,
        margin: builtins.float = 1.0,
        p: builtins.float = 2.0,
        eps: builtins.float = 1e-06,
        swap: builtins.bool = False,
        reduction: str = "mean",
    ) -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    @property
    def swap(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @swap.setter
    def swap(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike) -> array:
        """Computes the loss."""

class PairwiseDistance(Module):
    """The norm p of `x1 - x2 + eps` along the last axis.

    Example:
        >>> d = ingot.nn.PairwiseDistance(eps=0.0)(ingot.ones((1, 4)), ingot.zeros((1, 4)))
        >>> print(d)
        [2.]
    """
    def __init__(
        self, p: builtins.float = 2.0, eps: builtins.float = 1e-06, keepdim: builtins.bool = False
    ) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    @property
    def keepdim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @keepdim.setter
    def keepdim(self, value: typing.Any) -> None: ...
    def forward(self, x1: ArrayLike, x2: ArrayLike) -> array:
        """Computes the distance."""

class TripletMarginWithDistanceLoss(Loss):
    """`max(0, d(anchor, positive) - d(anchor, negative) + margin)` for a distance function of the caller's; none
    means the Euclidean distance.

    Example:
        >>> loss = ingot.nn.TripletMarginWithDistanceLoss(distance_function=lambda x, y: (x - y).abs().sum(-1))
        >>> x = ingot.zeros((1, 2))
        >>> print(loss(x, x, x))
        1.0
    """
    def __init__(
        self,
        *,
        distance_function: typing.Any = None,
        margin: builtins.float = 1.0,
        swap: builtins.bool = False,
        reduction: str = "mean",
    ) -> None: ...
    @property
    def margin(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @margin.setter
    def margin(self, value: typing.Any) -> None: ...
    @property
    def swap(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @swap.setter
    def swap(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    def forward(self, anchor: ArrayLike, positive: ArrayLike, negative: ArrayLike) -> array:
        """Computes the loss."""

class CTCLoss(Loss):
    """Connectionist temporal classification: minus the log of the probability of all alignments of targets with
    the log probabilities (T, N, C), or (T, C).

    `targets` are (N, S), padded, or all of them one after another; `input_lengths` and `target_lengths` (N,)
    say how much of each counts. `reduction='mean'` divides each loss by its target's length first.
    `zero_infinity` makes losses 0 that are infinite because the input is too short (Graves et al., 2006).

    Raises ShapeError, TypeError or ValueError if the operands do not fit.

    Example:
        >>> x = ingot.log_softmax(ingot.zeros((4, 1, 3)), -1)
        >>> loss = ingot.nn.functional.ctc_loss(x, ingot.array([[1, 2]]), ingot.array([4]), ingot.array([2]))
        >>> round(loss.item(), 4)
        0.8432
    """
    def __init__(
        self, blank: builtins.int = 0, reduction: str = "mean", zero_infinity: builtins.bool = False
    ) -> None: ...
    @property
    def blank(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @blank.setter
    def blank(self, value: typing.Any) -> None: ...
    @property
    def reduction(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @reduction.setter
    def reduction(self, value: typing.Any) -> None: ...
    @property
    def zero_infinity(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @zero_infinity.setter
    def zero_infinity(self, value: typing.Any) -> None: ...
    def forward(
        self, log_probs: ArrayLike, targets: ArrayLike, input_lengths: ArrayLike, target_lengths: ArrayLike
    ) -> array:
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ConvTranspose1d(Module):
    """The transpose of a convolution over 1 axis: `ingot.conv_transpose1d` with parameters of its own, `weight`
    (in_channels, out_channels / groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with
    k = sqrt(groups / (out_channels * product of kernel_size)).

    Example:
        >>> ingot.nn.ConvTranspose1d(5, 3, kernel_size=2, stride=2)(ingot.ones((2, 5, 4))).shape
        (2, 3, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts = (0,),
        output_padding: IntOrInts = (0,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        dilation: IntOrInts = (1,),
        padding_mode: str = "zeros",
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def padding(self) -> tuple[builtins.int, ...]: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    @property
    def output_padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike, output_size: IntOrInts | None = None) -> array:
        """Computes the result, of the given spatial lengths where the stride leaves a choice."""

class ConvTranspose2d(Module):
    """The transpose of a convolution over 2 axes: `ingot.conv_transpose2d` with parameters of its own, `weight`
    (in_channels, out_channels / groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with
    k = sqrt(groups / (out_channels * product of kernel_size)).

    Example:
        >>> ingot.nn.ConvTranspose2d(5, 3, kernel_size=2, stride=2)(ingot.ones((2, 5, 4, 4))).shape
        (2, 3, 8, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts = (0,),
        output_padding: IntOrInts = (0,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        dilation: IntOrInts = (1,),
        padding_mode: str = "zeros",
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def padding(self) -> tuple[builtins.int, ...]: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    @property
    def output_padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike, output_size: IntOrInts | None = None) -> array:
        """Computes the result, of the given spatial lengths where the stride leaves a choice."""

class ConvTranspose3d(Module):
    """The transpose of a convolution over 3 axes: `ingot.conv_transpose3d` with parameters of its own, `weight`
    (in_channels, out_channels / groups, *kernel_size) and `bias` (out_channels,), which start in U(-k, k) with
    k = sqrt(groups / (out_channels * product of kernel_size)).

    Example:
        >>> ingot.nn.ConvTranspose3d(5, 3, kernel_size=2, stride=2)(ingot.ones((2, 5, 4, 4, 4))).shape
        (2, 3, 8, 8, 8)
    """
    def __init__(
        self,
        in_channels: builtins.int,
        out_channels: builtins.int,
        kernel_size: IntOrInts,
        stride: IntOrInts = (1,),
        padding: IntOrInts = (0,),
        output_padding: IntOrInts = (0,),
        groups: builtins.int = 1,
        bias: builtins.bool = True,
        dilation: IntOrInts = (1,),
        padding_mode: str = "zeros",
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def padding(self) -> tuple[builtins.int, ...]: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    @property
    def output_padding(self) -> tuple[builtins.int, ...]: ...
    @property
    def dilation(self) -> tuple[builtins.int, ...]: ...
    @property
    def groups(self) -> builtins.int: ...
    @property
    def padding_mode(self) -> str: ...
    def reset_parameters(self) -> None:
        """Draws both parameters anew."""
    def forward(self, x: ArrayLike, output_size: IntOrInts | None = None) -> array:
        """Computes the result, of the given spatial lengths where the stride leaves a choice."""

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

class AdaptiveMaxPool1d(Module):
    """The largest element of each of as many windows as asked for, which together cover the last 1 axis; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool1d(3)(ingot.ones((2, 3, 7))).shape
        (2, 3, 3)
    """
    def __init__(self, output_size: typing.Any, return_indices: builtins.bool = False) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""

class AdaptiveMaxPool2d(Module):
    """The largest element of each of as many windows as asked for, which together cover the last 2 axes; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool2d(3)(ingot.ones((2, 3, 7, 7))).shape
        (2, 3, 3, 3)
    """
    def __init__(self, output_size: typing.Any, return_indices: builtins.bool = False) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""

class AdaptiveMaxPool3d(Module):
    """The largest element of each of as many windows as asked for, which together cover the last 3 axes; None
    stands for the input's own length. `return_indices`: also where in the flattened spatial axes they are.

    Example:
        >>> ingot.nn.AdaptiveMaxPool3d(3)(ingot.ones((2, 3, 7, 7, 7))).shape
        (2, 3, 3, 3, 3)
    """
    def __init__(self, output_size: typing.Any, return_indices: builtins.bool = False) -> None: ...
    @property
    def output_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def return_indices(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array | tuple[array, array]:
        """Computes the result; with `return_indices`, a tuple of it and the indices."""

class LPPool1d(Module):
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 1 axis; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool1d(2, 2)(ingot.ones((2, 3, 8))).shape
        (2, 3, 4)
    """
    def __init__(
        self,
        norm_type: builtins.float,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def norm_type(self) -> builtins.float: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LPPool2d(Module):
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 2 axes; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool2d(2, 2)(ingot.ones((2, 3, 8, 8))).shape
        (2, 3, 4, 4)
    """
    def __init__(
        self,
        norm_type: builtins.float,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def norm_type(self) -> builtins.float: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LPPool3d(Module):
    """`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last 3 axes; 0 where the sum is not
    positive.

    Example:
        >>> ingot.nn.LPPool3d(2, 2)(ingot.ones((2, 3, 8, 8, 8))).shape
        (2, 3, 4, 4, 4)
    """
    def __init__(
        self,
        norm_type: builtins.float,
        kernel_size: IntOrInts,
        stride: IntOrInts | None = None,
        ceil_mode: builtins.bool = False,
    ) -> None: ...
    @property
    def norm_type(self) -> builtins.float: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def ceil_mode(self) -> builtins.bool: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class MaxUnpool1d(Module):
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool1d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8))
        >>> y, indices = ingot.nn.MaxPool1d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool1d(2)(y, indices).shape
        (2, 3, 8)
    """
    def __init__(self, kernel_size: IntOrInts, stride: IntOrInts | None = None, padding: IntOrInts = (0,)) -> None: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    def forward(self, x: ArrayLike, indices: ArrayLike, output_size: IntOrInts | None = None) -> array:
        """Computes the result."""

class MaxUnpool2d(Module):
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool2d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8, 8))
        >>> y, indices = ingot.nn.MaxPool2d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool2d(2)(y, indices).shape
        (2, 3, 8, 8)
    """
    def __init__(self, kernel_size: IntOrInts, stride: IntOrInts | None = None, padding: IntOrInts = (0,)) -> None: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    def forward(self, x: ArrayLike, indices: ArrayLike, output_size: IntOrInts | None = None) -> array:
        """Computes the result."""

class MaxUnpool3d(Module):
    """Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool3d(...,
    return_indices=True)` gives. `output_size` chooses among the lengths that pool to the same.

    Example:
        >>> x = ingot.ones((2, 3, 8, 8, 8))
        >>> y, indices = ingot.nn.MaxPool3d(2, return_indices=True)(x)
        >>> ingot.nn.MaxUnpool3d(2)(y, indices).shape
        (2, 3, 8, 8, 8)
    """
    def __init__(self, kernel_size: IntOrInts, stride: IntOrInts | None = None, padding: IntOrInts = (0,)) -> None: ...
    @property
    def kernel_size(self) -> tuple[builtins.int, ...]: ...
    @property
    def padding(self) -> tuple[builtins.int, ...]: ...
    def forward(self, x: ArrayLike, indices: ArrayLike, output_size: IntOrInts | None = None) -> array:
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
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
    def _set_inputs(self, arg0: builtins.int) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReLU(Module):
    """`max(x, 0)` of each element.

    Example:
        >>> ingot.nn.ReLU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReLU6(Module):
    """`x` moved into [0, 6].

    Example:
        >>> ingot.nn.ReLU6()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class SELU(Module):
    """`scale * elu(x, alpha)` with the constants that keep mean 0 and variance 1 (Klambauer et al., 2017).

    Example:
        >>> ingot.nn.SELU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class SiLU(Module):
    """`x * sigmoid(x)` (Elfwing et al., 2018).

    Example:
        >>> ingot.nn.SiLU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Mish(Module):
    """`x * tanh(softplus(x))` (Misra, 2019).

    Example:
        >>> ingot.nn.Mish()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Hardswish(Module):
    """`x / 6` times `x + 3` moved into [0, 6] (Howard et al., 2019).

    Example:
        >>> ingot.nn.Hardswish()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Hardsigmoid(Module):
    """`x / 6 + 1 / 2` moved into [0, 1].

    Example:
        >>> ingot.nn.Hardsigmoid()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, inplace: builtins.bool = False) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Sigmoid(Module):
    """`1 / (1 + exp(-x))`.

    Example:
        >>> ingot.nn.Sigmoid()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Tanh(Module):
    """`tanh(x)`.

    Example:
        >>> ingot.nn.Tanh()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softsign(Module):
    """`x / (1 + |x|)`.

    Example:
        >>> ingot.nn.Softsign()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Tanhshrink(Module):
    """`x - tanh(x)`.

    Example:
        >>> ingot.nn.Tanhshrink()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LogSigmoid(Module):
    """`log(sigmoid(x))`.

    Example:
        >>> ingot.nn.LogSigmoid()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LeakyReLU(Module):
    """`x`, times `negative_slope` where negative (Maas et al., 2013).

    Example:
        >>> ingot.nn.LeakyReLU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, negative_slope: builtins.float = 0.01, inplace: builtins.bool = False) -> None: ...
    @property
    def negative_slope(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @negative_slope.setter
    def negative_slope(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ELU(Module):
    """`x`, and `alpha * (exp(x) - 1)` where negative (Clevert et al., 2016).

    Example:
        >>> ingot.nn.ELU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, alpha: builtins.float = 1.0, inplace: builtins.bool = False) -> None: ...
    @property
    def alpha(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @alpha.setter
    def alpha(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class CELU(Module):
    """`x`, and `alpha * (exp(x / alpha) - 1)` where negative (Barron, 2017).

    Example:
        >>> ingot.nn.CELU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, alpha: builtins.float = 1.0, inplace: builtins.bool = False) -> None: ...
    @property
    def alpha(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @alpha.setter
    def alpha(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Hardtanh(Module):
    """`x` moved into [min_val, max_val].

    Example:
        >>> ingot.nn.Hardtanh()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(
        self, min_val: builtins.float = -1.0, max_val: builtins.float = 1.0, inplace: builtins.bool = False
    ) -> None: ...
    @property
    def min_val(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @min_val.setter
    def min_val(self, value: typing.Any) -> None: ...
    @property
    def max_val(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @max_val.setter
    def max_val(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Hardshrink(Module):
    """`x`, and 0 where `|x| <= lambd`.

    Example:
        >>> ingot.nn.Hardshrink()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, lambd: builtins.float = 0.5) -> None: ...
    @property
    def lambd(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @lambd.setter
    def lambd(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softshrink(Module):
    """`x` moved towards 0 by `lambd`.

    Example:
        >>> ingot.nn.Softshrink()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, lambd: builtins.float = 0.5) -> None: ...
    @property
    def lambd(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @lambd.setter
    def lambd(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softplus(Module):
    """`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x` is above the threshold.

    Example:
        >>> ingot.nn.Softplus()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, beta: builtins.float = 1.0, threshold: builtins.float = 20.0) -> None: ...
    @property
    def beta(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @beta.setter
    def beta(self, value: typing.Any) -> None: ...
    @property
    def threshold(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @threshold.setter
    def threshold(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Threshold(Module):
    """`x`, and `value` where it is not above the threshold.

    Example:
        >>> ingot.nn.Threshold(0.1, 20)(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, threshold: builtins.float, value: builtins.float, inplace: builtins.bool = False) -> None: ...
    @property
    def threshold(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @threshold.setter
    def threshold(self, value: typing.Any) -> None: ...
    @property
    def value(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @value.setter
    def value(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class RReLU(Module):
    """`x`, where negative times a slope: while training drawn from [lower, upper) for each element, otherwise
    their mean (Xu et al., 2015).

    Example:
        >>> ingot.nn.RReLU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(
        self, lower: builtins.float = 0.125, upper: builtins.float = 0.3333333333333333, inplace: builtins.bool = False
    ) -> None: ...
    @property
    def lower(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @lower.setter
    def lower(self, value: typing.Any) -> None: ...
    @property
    def upper(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @upper.setter
    def upper(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class GLU(Module):
    """The first half along the axis `dim` times the sigmoid of the second (Dauphin et al., 2017).

    Example:
        >>> ingot.nn.GLU()(ingot.ones((2, 4))).shape
        (2, 2)
    """
    def __init__(self, dim: builtins.int = -1) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class GELU(Module):
    """`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh (Hendrycks and Gimpel,
    2016).

    Example:
        >>> ingot.nn.GELU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, approximate: str = "none") -> None: ...
    @property
    def approximate(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @approximate.setter
    def approximate(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softmax(Module):
    """`exp(x)` divided by its sum along the axis `dim`; None chooses the axis as PyTorch does.

    Example:
        >>> ingot.nn.Softmax(dim=-1)(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, dim: builtins.int | None = None) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softmin(Module):
    """`softmax(-x)` along the axis `dim`.

    Example:
        >>> ingot.nn.Softmin(dim=-1)(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, dim: builtins.int | None = None) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class LogSoftmax(Module):
    """The logarithm of softmax along the axis `dim`.

    Example:
        >>> ingot.nn.LogSoftmax(dim=-1)(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(self, dim: builtins.int | None = None) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Softmax2d(Module):
    """Softmax over the channels of (N, C, H, W) or (C, H, W).

    Example:
        >>> ingot.nn.Softmax2d()(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 4, 4)
    """
    def __init__(self) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class PReLU(Module):
    """`x`, times a learned `weight` where negative: one for all, or `num_parameters` of them, one for each channel
    (axis 1), which start as `init` (He et al., 2015).

    Example:
        >>> ingot.nn.PReLU()(ingot.ones((2, 4))).shape
        (2, 4)
    """
    def __init__(
        self,
        num_parameters: builtins.int = 1,
        init: builtins.float = 0.25,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_parameters(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @num_parameters.setter
    def num_parameters(self, value: typing.Any) -> None: ...
    @property
    def init(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @init.setter
    def init(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class GroupNorm(Module):
    """`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance over the
    channels of a group and all axes behind them. `weight` starts as ones and `bias` as zeros, one for each
    channel, unless `affine` is False (Wu and He, 2018).

    Example:
        >>> ingot.nn.GroupNorm(2, 4)(ingot.ones((1, 4, 5))).shape
        (1, 4, 5)
    """
    def __init__(
        self,
        num_groups: builtins.int,
        num_channels: builtins.int,
        eps: builtins.float = 1e-05,
        affine: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_groups(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @num_groups.setter
    def num_groups(self, value: typing.Any) -> None: ...
    @property
    def num_channels(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @num_channels.setter
    def num_channels(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    @property
    def affine(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @affine.setter
    def affine(self, value: typing.Any) -> None: ...
    def reset_parameters(self) -> None:
        """Sets the weight to ones and the bias to zeros."""
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class InstanceNorm1d(Module):
    """Normalises each channel of each sample of inputs (N, C, L) or (C, L), `(x - mean) / sqrt(variance + eps)`,
    then `* weight + bias` if `affine` (Ulyanov et al., 2016).

    With `track_running_stats`, means of the statistics over the batch are collected while training, and used
    when not.

    Raises ValueError for one element per channel.

    Example:
        >>> ingot.nn.InstanceNorm1d(3)(ingot.random.normal((4, 3, 8))).shape
        (4, 3, 8)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = False,
        track_running_stats: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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

class InstanceNorm2d(Module):
    """Normalises each channel of each sample of inputs (N, C, H, W) or (C, H, W), `(x - mean) / sqrt(variance +
    eps)`, then `* weight + bias` if `affine` (Ulyanov et al., 2016).

    With `track_running_stats`, means of the statistics over the batch are collected while training, and used
    when not.

    Raises ValueError for one element per channel.

    Example:
        >>> ingot.nn.InstanceNorm2d(3)(ingot.random.normal((4, 3, 8, 8))).shape
        (4, 3, 8, 8)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = False,
        track_running_stats: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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

class InstanceNorm3d(Module):
    """Normalises each channel of each sample of inputs (N, C, D, H, W) or (C, D, H, W), `(x - mean) /
    sqrt(variance + eps)`, then `* weight + bias` if `affine` (Ulyanov et al., 2016).

    With `track_running_stats`, means of the statistics over the batch are collected while training, and used
    when not.

    Raises ValueError for one element per channel.

    Example:
        >>> ingot.nn.InstanceNorm3d(3)(ingot.random.normal((4, 3, 4, 4, 4))).shape
        (4, 3, 4, 4, 4)
    """
    def __init__(
        self,
        num_features: builtins.int,
        eps: builtins.float = 1e-05,
        momentum: builtins.float | None = 0.1,
        affine: builtins.bool = False,
        track_running_stats: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def num_features(self) -> builtins.int: ...
    def _set_inputs(self, arg0: builtins.int) -> None: ...
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

class LocalResponseNorm(Module):
    """`x / (k + alpha * mean of x^2 over size neighbouring channels)^beta` for (N, C, ...) (Krizhevsky et al.,
    2012).

    Example:
        >>> ingot.nn.LocalResponseNorm(2)(ingot.ones((1, 4, 3))).shape
        (1, 4, 3)
    """
    def __init__(
        self, size: builtins.int, alpha: builtins.float = 0.0001, beta: builtins.float = 0.75, k: builtins.float = 1.0
    ) -> None: ...
    @property
    def size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @size.setter
    def size(self, value: typing.Any) -> None: ...
    @property
    def alpha(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @alpha.setter
    def alpha(self, value: typing.Any) -> None: ...
    @property
    def beta(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @beta.setter
    def beta(self, value: typing.Any) -> None: ...
    @property
    def k(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @k.setter
    def k(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Dropout(Module):
    """While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise
    passes its input on.

    Example:
        >>> ingot.nn.Dropout(0.5).eval()(ingot.ones((2,))).shape
        (2,)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Dropout1d(Module):
    """While training: zeroes whole channels of an input (N, C, L) or (C, L) with probability `p` and scales the
    others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.

    Example:
        >>> ingot.nn.Dropout1d(0.5).eval()(ingot.ones((2, 3, 4))).shape
        (2, 3, 4)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Dropout2d(Module):
    """While training: zeroes whole channels of an input (N, C, H, W) or (C, H, W) with probability `p` and scales
    the others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.

    Example:
        >>> ingot.nn.Dropout2d(0.5).eval()(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 4, 4)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Dropout3d(Module):
    """While training: zeroes whole channels of an input (N, C, D, H, W) or (C, D, H, W) with probability `p` and
    scales the others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its input on.

    Example:
        >>> ingot.nn.Dropout3d(0.5).eval()(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 4, 4, 4)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class AlphaDropout(Module):
    """While training: gives each element SELU's lowest value with probability `p`, then scales and moves all, so
    that a mean of 0 and a variance of 1 stay (Klambauer et al., 2017). Otherwise passes its input on.

    Example:
        >>> ingot.nn.AlphaDropout(0.5).eval()(ingot.ones((2,))).shape
        (2,)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class FeatureAlphaDropout(Module):
    """AlphaDropout of whole channels. While training: gives each element SELU's lowest value with probability `p`,
    then scales and moves all, so that a mean of 0 and a variance of 1 stay (Klambauer et al., 2017). Otherwise
    passes its input on.

    Example:
        >>> ingot.nn.FeatureAlphaDropout(0.5).eval()(ingot.ones((2, 3, 4))).shape
        (2, 3, 4)
    """
    def __init__(self, p: builtins.float = 0.5, inplace: builtins.bool = False) -> None: ...
    @property
    def p(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @p.setter
    def p(self, value: typing.Any) -> None: ...
    @property
    def inplace(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @inplace.setter
    def inplace(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ZeroPad1d(Module):
    """Adds zeros around the last 1 axis: `padding` elements on each side, or (before, after) for the last axis,
    the last but one, and so on.

    Example:
        >>> ingot.nn.ZeroPad1d(1)(ingot.ones((2, 3, 4))).shape
        (2, 3, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ZeroPad2d(Module):
    """Adds zeros around the last 2 axes: `padding` elements on each side, or (before, after) for the last axis,
    the last but one, and so on.

    Example:
        >>> ingot.nn.ZeroPad2d(1)(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ZeroPad3d(Module):
    """Adds zeros around the last 3 axes: `padding` elements on each side, or (before, after) for the last axis,
    the last but one, and so on.

    Example:
        >>> ingot.nn.ZeroPad3d(1)(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 6, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReflectionPad1d(Module):
    """Adds the input mirrored at its edge, which is not repeated around the last 1 axis: `padding` elements on
    each side, or (before, after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReflectionPad1d(1)(ingot.ones((2, 3, 4))).shape
        (2, 3, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReflectionPad2d(Module):
    """Adds the input mirrored at its edge, which is not repeated around the last 2 axes: `padding` elements on
    each side, or (before, after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReflectionPad2d(1)(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReflectionPad3d(Module):
    """Adds the input mirrored at its edge, which is not repeated around the last 3 axes: `padding` elements on
    each side, or (before, after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReflectionPad3d(1)(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 6, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReplicationPad1d(Module):
    """Adds the elements at the edge around the last 1 axis: `padding` elements on each side, or (before, after)
    for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReplicationPad1d(1)(ingot.ones((2, 3, 4))).shape
        (2, 3, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReplicationPad2d(Module):
    """Adds the elements at the edge around the last 2 axes: `padding` elements on each side, or (before, after)
    for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReplicationPad2d(1)(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ReplicationPad3d(Module):
    """Adds the elements at the edge around the last 3 axes: `padding` elements on each side, or (before, after)
    for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ReplicationPad3d(1)(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 6, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class CircularPad1d(Module):
    """Adds the input from its other end around the last 1 axis: `padding` elements on each side, or (before,
    after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.CircularPad1d(1)(ingot.ones((2, 3, 4))).shape
        (2, 3, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class CircularPad2d(Module):
    """Adds the input from its other end around the last 2 axes: `padding` elements on each side, or (before,
    after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.CircularPad2d(1)(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class CircularPad3d(Module):
    """Adds the input from its other end around the last 3 axes: `padding` elements on each side, or (before,
    after) for the last axis, the last but one, and so on.

    Example:
        >>> ingot.nn.CircularPad3d(1)(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 6, 6, 6)
    """
    def __init__(self, padding: IntOrInts) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ConstantPad1d(Module):
    """Adds a constant around the last 1 axis: `padding` elements on each side, or (before, after) for the last
    axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ConstantPad1d(1, 0.5)(ingot.ones((2, 3, 4))).shape
        (2, 3, 6)
    """
    def __init__(self, padding: IntOrInts, value: builtins.float) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    @property
    def value(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @value.setter
    def value(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ConstantPad2d(Module):
    """Adds a constant around the last 2 axes: `padding` elements on each side, or (before, after) for the last
    axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ConstantPad2d(1, 0.5)(ingot.ones((2, 3, 4, 4))).shape
        (2, 3, 6, 6)
    """
    def __init__(self, padding: IntOrInts, value: builtins.float) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    @property
    def value(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @value.setter
    def value(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ConstantPad3d(Module):
    """Adds a constant around the last 3 axes: `padding` elements on each side, or (before, after) for the last
    axis, the last but one, and so on.

    Example:
        >>> ingot.nn.ConstantPad3d(1, 0.5)(ingot.ones((2, 3, 4, 4, 4))).shape
        (2, 3, 6, 6, 6)
    """
    def __init__(self, padding: IntOrInts, value: builtins.float) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    @property
    def value(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @value.setter
    def value(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Unflatten(Module):
    """Splits the axis `dim` into several of the lengths `unflattened_size`, of which one may be -1.

    Example:
        >>> ingot.nn.Unflatten(1, (2, 3))(ingot.ones((4, 6))).shape
        (4, 2, 3)
    """
    def __init__(self, dim: builtins.int, unflattened_size: IntOrInts) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    @property
    def unflattened_size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @unflattened_size.setter
    def unflattened_size(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class PixelShuffle(Module):
    """(..., C * r^2, H, W) -> (..., C, H * r, W * r) for `upscale_factor` r (Shi et al., 2016).

    Example:
        >>> ingot.nn.PixelShuffle(2)(ingot.ones((1, 8, 2, 2))).shape
        (1, 2, 4, 4)
    """
    def __init__(self, upscale_factor: builtins.int) -> None: ...
    @property
    def upscale_factor(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @upscale_factor.setter
    def upscale_factor(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class PixelUnshuffle(Module):
    """The inverse of PixelShuffle.

    Example:
        >>> ingot.nn.PixelUnshuffle(2)(ingot.ones((1, 2, 4, 4))).shape
        (1, 8, 2, 2)
    """
    def __init__(self, downscale_factor: builtins.int) -> None: ...
    @property
    def downscale_factor(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @downscale_factor.setter
    def downscale_factor(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class ChannelShuffle(Module):
    """Channels of several groups, taken in turn from each (Zhang et al., 2018).

    Example:
        >>> ingot.nn.ChannelShuffle(2)(ingot.ones((1, 4, 2, 2))).shape
        (1, 4, 2, 2)
    """
    def __init__(self, groups: builtins.int) -> None: ...
    @property
    def groups(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @groups.setter
    def groups(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Fold(Module):
    """Adds columns (N, C * elements of a window, L) up where they came from, in images of `output_size`.

    Example:
        >>> ingot.nn.Fold((4, 4), 2)(ingot.ones((1, 12, 9))).shape
        (1, 3, 4, 4)
    """
    def __init__(
        self,
        output_size: IntOrInts,
        kernel_size: IntOrInts,
        dilation: IntOrInts = (1,),
        padding: IntOrInts = (0,),
        stride: IntOrInts = (1,),
    ) -> None: ...
    @property
    def output_size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @output_size.setter
    def output_size(self, value: typing.Any) -> None: ...
    @property
    def kernel_size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @kernel_size.setter
    def kernel_size(self, value: typing.Any) -> None: ...
    @property
    def dilation(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dilation.setter
    def dilation(self, value: typing.Any) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    @property
    def stride(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @stride.setter
    def stride(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Unfold(Module):
    """Windows of an image as columns, (N, C * elements of a window, number of windows).

    Example:
        >>> ingot.nn.Unfold(2)(ingot.ones((1, 3, 4, 4))).shape
        (1, 12, 9)
    """
    def __init__(
        self, kernel_size: IntOrInts, dilation: IntOrInts = (1,), padding: IntOrInts = (0,), stride: IntOrInts = (1,)
    ) -> None: ...
    @property
    def kernel_size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @kernel_size.setter
    def kernel_size(self, value: typing.Any) -> None: ...
    @property
    def dilation(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dilation.setter
    def dilation(self, value: typing.Any) -> None: ...
    @property
    def padding(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @padding.setter
    def padding(self, value: typing.Any) -> None: ...
    @property
    def stride(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @stride.setter
    def stride(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class CosineSimilarity(Module):
    """The cosine of the angle between two inputs along the axis `dim`.

    Example:
        >>> x = ingot.ones((2, 4))
        >>> print(ingot.nn.CosineSimilarity()(x, -x))
        [-1. -1.]
    """
    def __init__(self, dim: builtins.int = 1, eps: builtins.float = 1e-08) -> None: ...
    @property
    def dim(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dim.setter
    def dim(self, value: typing.Any) -> None: ...
    @property
    def eps(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @eps.setter
    def eps(self, value: typing.Any) -> None: ...
    def forward(self, x1: ArrayLike, x2: ArrayLike) -> array:
        """Computes the result."""

class Identity(Module):
    """Its input; takes any arguments, so that it can stand for any layer.

    Example:
        >>> print(ingot.nn.Identity(54, unused=0.1)(ingot.ones(2)))
        [1. 1.]
    """
    def __init__(self, *args: typing.Any, **kwargs: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class Upsample(Module):
    """Samples the spatial axes of (N, C, *spatial) anew, to a `size` or by a `scale_factor`. `mode` is 'nearest',
    'linear', 'bilinear', 'bicubic' or 'trilinear'.

    Example:
        >>> ingot.nn.Upsample(scale_factor=2, mode='bilinear')(ingot.ones((1, 3, 4, 4))).shape
        (1, 3, 8, 8)
    """
    def __init__(
        self,
        size: typing.Any = None,
        scale_factor: typing.Any = None,
        mode: str = "nearest",
        align_corners: builtins.bool | None = None,
        recompute_scale_factor: typing.Any = None,
    ) -> None: ...
    @property
    def size(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @size.setter
    def size(self, value: typing.Any) -> None: ...
    @property
    def scale_factor(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @scale_factor.setter
    def scale_factor(self, value: typing.Any) -> None: ...
    @property
    def mode(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @mode.setter
    def mode(self, value: typing.Any) -> None: ...
    @property
    def align_corners(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @align_corners.setter
    def align_corners(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class RNN(Module):
    """`h' = tanh(W_ih x + b_ih + W_hh h + b_hh)`, or with relu (Elman, 1990).

    Called with sequences (L, N, input_size) ((N, L, input_size) with `batch_first`, (L, input_size) without a
    batch, or a PackedSequence) and, optionally, initial states: gives the outputs (L, N, directions *
    hidden_size) and the last states (num_layers * directions, N, hidden_size).

    Parameters have PyTorch's names, `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` and so on, and
    start in U(-k, k) with k = 1 / sqrt(hidden_size).

    Example:
        >>> y, state = ingot.nn.RNN(3, 5, num_layers=2, bidirectional=True)(ingot.ones((7, 2, 3)))
        >>> y.shape
        (7, 2, 10)
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        num_layers: builtins.int = 1,
        nonlinearity: str = "tanh",
        bias: builtins.bool = True,
        batch_first: builtins.bool = False,
        dropout: builtins.float = 0.0,
        bidirectional: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def nonlinearity(self) -> str: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def num_layers(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    @property
    def batch_first(self) -> builtins.bool: ...
    @property
    def dropout(self) -> builtins.float: ...
    @property
    def bidirectional(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def flatten_parameters(self) -> None:
        """Does nothing: parameters need no special place in memory here."""
    def forward(self, input: typing.Any, hx: typing.Any = None) -> tuple[typing.Any, array]:
        """Outputs of all steps and the last states, for a batch of sequences or a PackedSequence."""

class LSTM(Module):
    """`c' = f * c + i * g`, `h' = o * tanh(c')` with gates i, f, o = sigmoid(...) and g = tanh(...) of `W_ih x +
    b_ih + W_hh h + b_hh`, in the order i, f, g, o (Hochreiter and Schmidhuber, 1997). `proj_size` projects h'
    by `weight_hr_l0` (Sak et al., 2014).

    Called with sequences (L, N, input_size) ((N, L, input_size) with `batch_first`, (L, input_size) without a
    batch, or a PackedSequence) and, optionally, initial states: gives the outputs (L, N, directions *
    hidden_size) and a pair (h, c) of the last states (num_layers * directions, N, hidden_size).

    Parameters have PyTorch's names, `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` and so on, and
    start in U(-k, k) with k = 1 / sqrt(hidden_size).

    Example:
        >>> y, state = ingot.nn.LSTM(3, 5, num_layers=2, bidirectional=True)(ingot.ones((7, 2, 3)))
        >>> y.shape
        (7, 2, 10)
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        num_layers: builtins.int = 1,
        bias: builtins.bool = True,
        batch_first: builtins.bool = False,
        dropout: builtins.float = 0.0,
        bidirectional: builtins.bool = False,
        proj_size: builtins.int = 0,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def proj_size(self) -> builtins.int: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def num_layers(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    @property
    def batch_first(self) -> builtins.bool: ...
    @property
    def dropout(self) -> builtins.float: ...
    @property
    def bidirectional(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def flatten_parameters(self) -> None:
        """Does nothing: parameters need no special place in memory here."""
    def forward(self, input: typing.Any, hx: typing.Any = None) -> tuple[typing.Any, tuple[array, array]]:
        """Outputs of all steps and the last states, for a batch of sequences or a PackedSequence."""

class GRU(Module):
    """`h' = (1 - z) * n + z * h` with r, z = sigmoid(...) and `n = tanh(W_in x + b_in + r * (W_hn h + b_hn))`,
    gates in the order r, z, n (Cho et al., 2014).

    Called with sequences (L, N, input_size) ((N, L, input_size) with `batch_first`, (L, input_size) without a
    batch, or a PackedSequence) and, optionally, initial states: gives the outputs (L, N, directions *
    hidden_size) and the last states (num_layers * directions, N, hidden_size).

    Parameters have PyTorch's names, `weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0` and so on, and
    start in U(-k, k) with k = 1 / sqrt(hidden_size).

    Example:
        >>> y, state = ingot.nn.GRU(3, 5, num_layers=2, bidirectional=True)(ingot.ones((7, 2, 3)))
        >>> y.shape
        (7, 2, 10)
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        num_layers: builtins.int = 1,
        bias: builtins.bool = True,
        batch_first: builtins.bool = False,
        dropout: builtins.float = 0.0,
        bidirectional: builtins.bool = False,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def num_layers(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    @property
    def batch_first(self) -> builtins.bool: ...
    @property
    def dropout(self) -> builtins.float: ...
    @property
    def bidirectional(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def flatten_parameters(self) -> None:
        """Does nothing: parameters need no special place in memory here."""
    def forward(self, input: typing.Any, hx: typing.Any = None) -> tuple[typing.Any, array]:
        """Outputs of all steps and the last states, for a batch of sequences or a PackedSequence."""

class RNNCell(Module):
    """One step of an RNN: (N, input_size) and a state (N, hidden_size).

    Example:
        >>> state = ingot.nn.RNNCell(3, 5)(ingot.ones((2, 3)))
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        bias: builtins.bool = True,
        nonlinearity: str = "tanh",
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def nonlinearity(self) -> str: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def forward(self, input: ArrayLike, hx: typing.Any = None) -> array:
        """The next state."""

class LSTMCell(Module):
    """One step of an LSTM: (N, input_size) and a pair of states (N, hidden_size).

    Example:
        >>> state = ingot.nn.LSTMCell(3, 5)(ingot.ones((2, 3)))
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def forward(self, input: ArrayLike, hx: typing.Any = None) -> tuple[array, array]:
        """The next state."""

class GRUCell(Module):
    """One step of a GRU: (N, input_size) and a state (N, hidden_size).

    Example:
        >>> state = ingot.nn.GRUCell(3, 5)(ingot.ones((2, 3)))
    """
    def __init__(
        self,
        input_size: builtins.int,
        hidden_size: builtins.int,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def input_size(self) -> builtins.int: ...
    @property
    def hidden_size(self) -> builtins.int: ...
    @property
    def bias(self) -> builtins.bool: ...
    def reset_parameters(self) -> None:
        """Draws all parameters anew."""
    def forward(self, input: ArrayLike, hx: typing.Any = None) -> array:
        """The next state."""

class TransformerEncoderLayer(Module):
    """Self-attention, then two linear maps with an activation between them; each block is added to what went into
    it, and normalised after that, or with `norm_first` before (Vaswani et al., 2017).

    Example:
        >>> layer = ingot.nn.TransformerEncoderLayer(d_model=8, nhead=2, batch_first=True)
        >>> layer(ingot.ones((2, 5, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        d_model: builtins.int,
        nhead: builtins.int,
        dim_feedforward: builtins.int = 2048,
        dropout: builtins.float = 0.1,
        activation: typing.Any = "relu",
        layer_norm_eps: builtins.float = 1e-05,
        batch_first: builtins.bool = False,
        norm_first: builtins.bool = False,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def norm_first(self) -> builtins.bool: ...
    def forward(
        self,
        src: ArrayLike,
        src_mask: ArrayLike | None = None,
        src_key_padding_mask: ArrayLike | None = None,
        is_causal: builtins.bool = False,
    ) -> array:
        """The result for sequences (L, N, E), or (N, L, E) with `batch_first`. Masks are bool, true for what is left
        out, or floating, added to the scores.
        """

class TransformerDecoderLayer(Module):
    """Self-attention, attention to an encoder's output, then two linear maps (Vaswani et al., 2017).

    Example:
        >>> layer = ingot.nn.TransformerDecoderLayer(d_model=8, nhead=2, batch_first=True)
        >>> layer(ingot.ones((2, 5, 8)), ingot.ones((2, 7, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        d_model: builtins.int,
        nhead: builtins.int,
        dim_feedforward: builtins.int = 2048,
        dropout: builtins.float = 0.1,
        activation: typing.Any = "relu",
        layer_norm_eps: builtins.float = 1e-05,
        batch_first: builtins.bool = False,
        norm_first: builtins.bool = False,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def norm_first(self) -> builtins.bool: ...
    def forward(
        self,
        tgt: ArrayLike,
        memory: ArrayLike,
        tgt_mask: ArrayLike | None = None,
        memory_mask: ArrayLike | None = None,
        tgt_key_padding_mask: ArrayLike | None = None,
        memory_key_padding_mask: ArrayLike | None = None,
        tgt_is_causal: builtins.bool = False,
        memory_is_causal: builtins.bool = False,
    ) -> array:
        """The result for sequences and the encoder's output."""

class TransformerEncoder(Module):
    """Copies of a layer, one after another, then `norm`, if there is one.

    Example:
        >>> layer = ingot.nn.TransformerEncoderLayer(8, 2, batch_first=True)
        >>> ingot.nn.TransformerEncoder(layer, 3)(ingot.ones((2, 5, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        encoder_layer: typing.Any = None,
        num_layers: builtins.int = 0,
        norm: typing.Any = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @property
    def num_layers(self) -> builtins.int: ...
    def forward(
        self,
        src: typing.Any,
        mask: typing.Any = None,
        src_key_padding_mask: typing.Any = None,
        is_causal: builtins.bool | None = None,
    ) -> typing.Any:
        """The result of all layers, each with the same masks."""

class TransformerDecoder(Module):
    """Copies of a layer, one after another, then `norm`, if there is one.

    Example:
        >>> layer = ingot.nn.TransformerDecoderLayer(8, 2, batch_first=True)
        >>> ingot.nn.TransformerDecoder(layer, 2)(ingot.ones((2, 5, 8)), ingot.ones((2, 7, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        decoder_layer: typing.Any = None,
        num_layers: builtins.int = 0,
        norm: typing.Any = None,
        **kwargs: typing.Any,
    ) -> None: ...
    @property
    def num_layers(self) -> builtins.int: ...
    def forward(
        self,
        tgt: typing.Any,
        memory: typing.Any,
        tgt_mask: typing.Any = None,
        memory_mask: typing.Any = None,
        tgt_key_padding_mask: typing.Any = None,
        memory_key_padding_mask: typing.Any = None,
        tgt_is_causal: builtins.bool | None = None,
        memory_is_causal: builtins.bool = False,
    ) -> typing.Any:
        """The result of all layers, each with the same masks and the same memory."""

class Transformer(Module):
    """An encoder and a decoder, each a stack of layers with a last layer norm (Vaswani et al., 2017). Matrices
    start as `init.xavier_uniform_` draws them.

    Example:
        >>> model = ingot.nn.Transformer(8, 2, 1, 1, 16, batch_first=True)
        >>> model(ingot.ones((2, 7, 8)), ingot.ones((2, 5, 8))).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        d_model: builtins.int = 512,
        nhead: builtins.int = 8,
        num_encoder_layers: builtins.int = 6,
        num_decoder_layers: builtins.int = 6,
        dim_feedforward: builtins.int = 2048,
        dropout: builtins.float = 0.1,
        activation: typing.Any = "relu",
        custom_encoder: typing.Any = None,
        custom_decoder: typing.Any = None,
        layer_norm_eps: builtins.float = 1e-05,
        batch_first: builtins.bool = False,
        norm_first: builtins.bool = False,
        bias: builtins.bool = True,
        device: DeviceLike | None = None,
        dtype: DTypeLike | None = None,
    ) -> None: ...
    @property
    def d_model(self) -> builtins.int: ...
    @property
    def nhead(self) -> builtins.int: ...
    @property
    def batch_first(self) -> builtins.bool: ...
    def forward(
        self,
        src: ArrayLike,
        tgt: ArrayLike,
        src_mask: typing.Any = None,
        tgt_mask: typing.Any = None,
        memory_mask: typing.Any = None,
        src_key_padding_mask: typing.Any = None,
        tgt_key_padding_mask: typing.Any = None,
        memory_key_padding_mask: typing.Any = None,
        src_is_causal: builtins.bool | None = None,
        tgt_is_causal: builtins.bool | None = None,
        memory_is_causal: builtins.bool = False,
    ) -> typing.Any:
        """The decoder's result for sequences `src` and `tgt`."""

class SinusoidalPositionalEncoding(Module):
    """Sines, then cosines, of positions (...) at `dims / 2` frequencies from `max_freq` down to `min_freq`, times
    `scale` (sqrt(2 / dims) by default): (..., dims) (Vaswani et al., 2017).

    Example:
        >>> ingot.nn.SinusoidalPositionalEncoding(8)(ingot.arange(5)).shape
        (5, 8)
    """
    def __init__(
        self,
        dims: builtins.int,
        min_freq: builtins.float = 0.0001,
        max_freq: builtins.float = 1.0,
        scale: builtins.float | None = None,
        cos_first: builtins.bool = False,
        full_turns: builtins.bool = False,
    ) -> None: ...
    @property
    def dims(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dims.setter
    def dims(self, value: typing.Any) -> None: ...
    @property
    def min_freq(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @min_freq.setter
    def min_freq(self, value: typing.Any) -> None: ...
    @property
    def max_freq(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @max_freq.setter
    def max_freq(self, value: typing.Any) -> None: ...
    @property
    def scale(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @scale.setter
    def scale(self, value: typing.Any) -> None: ...
    @property
    def cos_first(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @cos_first.setter
    def cos_first(self, value: typing.Any) -> None: ...
    @property
    def full_turns(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @full_turns.setter
    def full_turns(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike) -> array:
        """Computes the result."""

class RoPE(Module):
    """Rotary position embedding: pairs of the first `dims` elements of (..., T, D) turned by angles `position *
    scale / base^(2 i / dims)`. A pair is element i of both halves, or with `traditional` two neighbours (Su et
    al., 2021).

    Example:
        >>> ingot.nn.RoPE(8)(ingot.ones((2, 5, 8)), offset=3).shape
        (2, 5, 8)
    """
    def __init__(
        self,
        dims: builtins.int,
        traditional: builtins.bool = False,
        base: builtins.float = 10000.0,
        scale: builtins.float = 1.0,
    ) -> None: ...
    @property
    def dims(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @dims.setter
    def dims(self, value: typing.Any) -> None: ...
    @property
    def traditional(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @traditional.setter
    def traditional(self, value: typing.Any) -> None: ...
    @property
    def base(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @base.setter
    def base(self, value: typing.Any) -> None: ...
    @property
    def scale(self) -> typing.Any:
        """(self: ingot.nn.Module) -> object"""
    @scale.setter
    def scale(self, value: typing.Any) -> None: ...
    def forward(self, x: ArrayLike, offset: builtins.int = 0) -> array:
        """The first position is `offset`."""

class ALiBi(Module):
    """Attention scores (..., heads, L, S) minus the distance of query and key times a slope for each head, 2^(-8 h
    / heads) (Press et al., 2022).

    Example:
        >>> ingot.nn.ALiBi()(ingot.zeros((1, 4, 3, 3))).shape
        (1, 4, 3, 3)
    """
    def __init__(self) -> None: ...
    def forward(self, attention_scores: ArrayLike, offset: builtins.int = 0, mask: ArrayLike | None = None) -> array:
        """The first query is at position `offset`; `mask` is added too."""
