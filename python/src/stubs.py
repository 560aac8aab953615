"""Writes the type stubs of the extension module from the signatures and docstrings that pybind11 gives it.

    python python/src/stubs.py            rewrite python/ingot/_core/*.pyi
    python python/src/stubs.py --check    exit with 1 if they are not up to date

Run it with an Ingot that holds the current bindings, after every change of them.
"""

from __future__ import annotations

import argparse
import inspect
import re
import subprocess
import sys
import textwrap
import types
from pathlib import Path

import ingot._core as core

FOLDER = Path(__file__).parent.parent / "ingot" / "_core"

IMPORTS = """\
# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self
"""

#: What the casters of python/src/casters.h accept.
TYPES = """\
from ingot._core import fft, linalg, memory, nn, optim, random
from ingot._results import MinMax, UniqueAll, UniqueCounts, UniqueInverse, ValuesAndIndices
from ingot._size import Size

class _Arrayish(typing.Protocol):
    def __array__(self) -> typing.Any: ...

class _NamedDType(typing.Protocol):
    @property
    def name(self) -> str: ...
    @property
    def itemsize(self) -> int: ...

ArrayLike: typing.TypeAlias = typing.Union[array, builtins.complex, collections.abc.Sequence[typing.Any], _Arrayish]
DTypeLike: typing.TypeAlias = typing.Union[dtype, str, type, _NamedDType]
DeviceLike: typing.TypeAlias = typing.Union[device, str]
IntOrInts: typing.TypeAlias = typing.Union[int, collections.abc.Sequence[int]]
_DType: typing.TypeAlias = dtype
_Device: typing.TypeAlias = device

__version__: str
"""

SUBMODULE = "from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype\n"
LINALG = """\
from ingot._results import EighResult, LstsqResult, LUFactorResult, LUResult, QRResult, SlogdetResult, SVDResult
"""
NN = """\
from ingot._core import Parameter as Parameter
from ingot._core.nn import functional, init
from ingot._files import LoadResult
"""

OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")

#: The C slots of `array`, of which pybind11 knows nothing.
ARRAY_SLOTS = """\
def __new__(
    cls, data: typing.Any, dtype: DTypeLike | None = None, requires_grad: bool = False, device: DeviceLike | None = None
) -> Self: ...
def __eq__(self, other: object) -> array: ...  # type: ignore[override]
def __ne__(self, other: object) -> array: ...  # type: ignore[override]
def __lt__(self, other: ArrayLike) -> array: ...
def __le__(self, other: ArrayLike) -> array: ...
def __gt__(self, other: ArrayLike) -> array: ...
def __ge__(self, other: ArrayLike) -> array: ...
def __neg__(self) -> array: ...
def __pos__(self) -> array: ...
def __abs__(self) -> array: ...
def __invert__(self) -> array: ...
def __divmod__(self, other: ArrayLike) -> tuple[array, array]: ...
def __rdivmod__(self, other: ArrayLike) -> tuple[array, array]: ...
def __bool__(self) -> bool: ...
def __int__(self) -> int: ...
def __float__(self) -> float: ...
def __index__(self) -> int: ...
def __hash__(self) -> int: ...
def __len__(self) -> int: ...
def __iter__(self) -> collections.abc.Iterator[array]: ...
def __contains__(self, value: ArrayLike) -> bool: ...
def __getitem__(self, key: typing.Any) -> array: ...
def __setitem__(self, key: typing.Any, value: ArrayLike) -> None: ...
"""

#: Types of the attributes of `array`, and of what they can be set to.
ATTRIBUTES: dict[str, tuple[str, str | None]] = {
    "shape": ("tuple[int, ...]", None),
    "ndim": ("int", None),
    "size": ("Size", None),
    "itemsize": ("int", None),
    "nbytes": ("int", None),
    "dtype": ("_DType", None),
    "device": ("_Device", None),
    "T": ("array", None),
    "mT": ("array", None),
    "H": ("array", None),
    "mH": ("array", None),
    "is_cuda": ("bool", None),
    "is_sparse": ("bool", None),
    "real": ("array", None),
    "imag": ("array", None),
    "grad": ("array | None", "array | None"),
    "requires_grad": ("bool", "bool"),
    "is_leaf": ("bool", None),
    "grad_fn": ("str | None", None),
    "data": ("array", "ArrayLike"),
}

#: Methods that return the object they are called on.
RETURNS_SELF = {
    "train",
    "eval",
    "to",
    "cpu",
    "apply",
    "requires_grad_",
    "float",
    "double",
    "half",
    "bfloat16",
    "astype",
    "freeze",
    "unfreeze",
    "append",
    "extend",
}

#: Results of which pybind11 says less than is known.
RESULTS = {
    "nonzero": "tuple[array, ...]",
    "aminmax": "MinMax",
    "unique_all": "UniqueAll",
    "unique_counts": "UniqueCounts",
    "unique_inverse": "UniqueInverse",
    "asarray": "array",
    "astype": "array",
    "as_tensor": "array",
    "state": "array",
    "_rebuild_array": "array",
    "_gradients": "list[array | None]",
    "registered_ops": "list[dict[str, typing.Any]]",
    "parameters": "collections.abc.Iterator[Parameter]",
    "named_parameters": "collections.abc.Iterator[tuple[str, Parameter]]",
    "buffers": "collections.abc.Iterator[array]",
    "named_buffers": "collections.abc.Iterator[tuple[str, array]]",
    "children": "collections.abc.Iterator[Module]",
    "named_children": "collections.abc.Iterator[tuple[str, Module]]",
    "modules": "collections.abc.Iterator[Module]",
    "named_modules": "collections.abc.Iterator[tuple[str, Module]]",
    "get_parameter": "Parameter",
    "state_dict": "dict[str, array]",
    "load_state_dict": "LoadResult",
    "param_groups": "list[ParamGroup]",
    "get_submodule": "Module",
    "get_buffer": "array",
    "register_forward_hook": "RemovableHandle",
    "register_forward_pre_hook": "RemovableHandle",
    "Sequential.__iter__": "collections.abc.Iterator[Module]",
    "Sequential.__getitem__": "typing.Any",
    "Sequential.pop": "Module",
    "ModuleList.__iter__": "collections.abc.Iterator[Module]",
    "ModuleList.__getitem__": "typing.Any",
    "ModuleList.pop": "Module",
    "ModuleDict.__iter__": "collections.abc.Iterator[str]",
    "ModuleDict.__getitem__": "typing.Any",
    "ModuleDict.pop": "Module",
    "ParameterList.__iter__": "collections.abc.Iterator[Parameter]",
    "ParameterList.__getitem__": "typing.Any",
    "ParameterList.pop": "Parameter",
    "ParameterDict.__iter__": "collections.abc.Iterator[str]",
    "ParameterDict.__getitem__": "Parameter",
    "ParameterDict.pop": "Parameter",
    "RNN.forward": "tuple[typing.Any, array]",
    "GRU.forward": "tuple[typing.Any, array]",
    "LSTM.forward": "tuple[typing.Any, tuple[array, array]]",
    "LSTMCell.forward": "tuple[array, array]",
    "RNNCell.forward": "array",
    "GRUCell.forward": "array",
    "from_pretrained": "typing.Any",
    "pad_packed_sequence": "tuple[array, array]",
    "ParamGroup.__iter__": "collections.abc.Iterator[str]",
    "Optimizer.defaults": "dict[str, typing.Any]",
    "Optimizer.state": "typing.Any",
    "Optimizer.load_state_dict": "None",
    "Optimizer.state_dict": "dict[str, typing.Any]",
    "LRScheduler.load_state_dict": "None",
    "LRScheduler.state_dict": "dict[str, typing.Any]",
    "GradScaler.load_state_dict": "None",
    "GradScaler.state_dict": "dict[str, typing.Any]",
    "ReduceLROnPlateau.step": "None",
}

#: Methods that nobody calls, or that object has with another signature.
HIDDEN = {"_pybind11_conduit_v1_", "__setstate__", "__reduce__", "__reduce_ex__", "__dir__"}

REPLACEMENTS = [
    (r"\bingot\._core\.(?:nn\.(?:utils\.rnn\.)?|random\.|optim\.)?", ""),
    (r"\b(?:ingot\.)?(?:nn|optim)\.(?=[A-Z])", ""),
    (r" = (?:ingot\.\w+|<[^>]*>)", " = ..."),
    (r"typing\.SupportsFloat(?: \| typing\.SupportsIndex)?", "float"),
    (r"typing\.SupportsInt(?: \| typing\.SupportsIndex)?", "int"),
    (r"typing\.SupportsComplex", "complex"),
    # Not the function of that name.
    (r"(?<![\w.])complex\b(?!\()", "builtins.complex"),
    (r"\b(?:optim|lr_scheduler)\.(?=[A-Z])", ""),
    (r"(scale_fn: [^=]*\]) = None", r"\1 | None = None"),
    (r"\*args\b(?!:)", "*args: typing.Any"),
    (r"\*\*kwargs\b(?!:)", "**kwargs: typing.Any"),
    (r"\bobject\b", "typing.Any"),
    (r"\bdict\b(?!\[)", "dict[str, typing.Any]"),
    (r"\blist\b(?!\[)", "list[typing.Any]"),
    (r"-> tuple$", "-> tuple[typing.Any, ...]"),
    (r"-> array \| tuple$", "-> array | tuple[array, array]"),
    (r"(?<![\w.])Sequence\b", "collections.abc.Sequence"),
    (r"\bcollections\.abc\.Callable\b(?!\[)", "collections.abc.Callable[..., typing.Any]"),
    (r"\bcollections\.abc\.Iterable\b(?!\[)", "collections.abc.Iterable[typing.Any]"),
    (r"\bcapsule\b|\bdetail::accessor<[^>]*>", "typing.Any"),
    (r"\(arg0: [^,)]*", "(value: typing.Any"),
]


def clean(signature: str) -> str:
    """A signature as pybind11 writes it, as a stub may say it."""
    for pattern, replacement in REPLACEMENTS:
        signature = re.sub(pattern, replacement, signature)
    return signature


def docstring(doc: str | None) -> str:
    """The lines of a docstring, quoted and indented as in a body; empty if there is none."""
    lines = inspect.cleandoc(doc or "").strip().replace("\\", "\\\\").splitlines()
    body = "\n".join(textwrap.fill(line, 108) if not line.startswith(" ") else line for line in lines)
    if not body:
        return ""
    quoted = f'"""{body}\n"""' if "\n" in body else f'"""{body}"""'
    return indented(quoted)


def indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())


def body_of(doc: str | None) -> str:
    text = docstring(doc)
    return f"\n{text}" if text else " ...\n"


def function(name: str, doc: str | None, owner: str | None = None) -> str:
    """The `def` of a bound function, or of a method of the class `owner`."""
    match = re.match(r"(\w+)(\(.*\)) -> ([^\n]*)(?:\n|$)", doc or "")
    if match is None:
        return ""
    parameters, result = clean(match[2]), clean(f"-> {match[3]}").removeprefix("-> ")
    result = RESULTS.get(f"{owner}.{name}", RESULTS.get(name, result))
    if owner is not None:
        # The first parameter is the object itself, whatever it is called.
        parameters = re.sub(r"^\((?:self|value|x|a)\b(?:: (?:[^,()\[\]]|\[[^\[\]]*\])*)?", "(self", parameters)
        in_place = owner == "array" and re.fullmatch(r"[a-z]\w*_", name)
        if name in RETURNS_SELF or in_place:
            result = "array" if owner == "array" and not in_place and name != "to" else "Self"
    if name == "where" and owner is None:
        both = parameters.replace(" | None = None", "")
        alone = parameters.split(",")[0] + ")"
        return (
            f"@typing.overload\ndef where{both} -> array:{body_of((doc or '')[match.end() :])}"
            f"@typing.overload\ndef where{alone} -> tuple[array, ...]: ...\n"
        )
    if name == "__eq__":
        parameters, result = "(self, other: object)", "bool"
    body = body_of((doc or "")[match.end() :])
    flag = ", return_indices: bool = False"
    if flag in parameters and result == "array | tuple[array, array]":
        # The argument decides, so nobody has to ask which of the two it is.
        without = parameters.replace(flag, ", return_indices: typing.Literal[False] = False")
        with_indices = parameters.replace(flag, ", *, return_indices: typing.Literal[True]")
        return (
            f"@typing.overload\ndef {name}{without} -> array:{body}"
            f"@typing.overload\ndef {name}{with_indices} -> tuple[array, array]: ...\n"
        )
    return f"def {name}{parameters} -> {result}:{body}"


def in_class(text: str) -> str:
    """The members of a class in which methods are called `float`, `int` and `bool`: annotations must not mean those."""
    lines = []
    for line in text.splitlines():
        if re.match(r"\s*(def |cls, )", line) or line.startswith("@"):
            head, name, rest = re.match(r"(\s*(?:def )?)(\w*)(.*)", line).groups()  # type: ignore[union-attr]
            line = head + name + re.sub(r"(?<![\w.])(float|int|bool)\b(?!\()", r"builtins.\1", rest)
            line = line.replace("-> dtype:", "-> _DType:")
        lines.append(line)
    return "\n".join(lines) + "\n"


def briefly(name: str, doc: str | None) -> str | None:
    """Of a method that says the same as the function of its name, the first paragraph."""
    signature, _, text = (doc or "").partition("\n")
    _, _, said = (getattr(core, name, None).__doc__ or "").partition("\n")
    return signature + "\n" + text.strip().split("\n\n")[0] if text and text == said else doc


def array_class() -> str:
    members = [ARRAY_SLOTS]
    for name in OPERATORS:
        members += [f"def __{prefix}{name}__(self, other: ArrayLike) -> array: ...\n" for prefix in ("", "r")]
        members.append(f"def __i{name}__(self, other: ArrayLike) -> Self: ...\n")
    for name, (returned, taken) in ATTRIBUTES.items():
        members.append(f"@property\ndef {name}(self) -> {returned}:{body_of(vars(core.array)[name].__doc__)}")
        if taken:
            members.append(f"@{name}.setter\ndef {name}(self, value: {taken}) -> None: ...\n")
    for name, value in vars(core.array).items():
        if name not in ATTRIBUTES and name not in HIDDEN and type(value).__name__ == "instancemethod":
            members.append(function(name, briefly(name, value.__doc__), "array"))
    return f"class array:\n{docstring(core.array.__doc__)}{indented(in_class(''.join(members)))}"


def bound_class(name: str, kind: type) -> str:
    bases = [base.__name__ for base in kind.__bases__ if base.__name__ not in ("pybind11_object", "object")]
    members = []
    for member, value in vars(kind).items():
        if isinstance(value, property):
            result = re.search(r"-> ([^\n]*)", getattr(value.fget, "__doc__", None) or "")
            inferred = clean(result[1]) if result else "typing.Any"
            returned = RESULTS.get(f"{name}.{member}", RESULTS.get(member, inferred))
            members.append(f"@property\ndef {member}(self) -> {returned}:{body_of(value.__doc__)}")
            if value.fset:
                members.append(f"@{member}.setter\ndef {member}(self, value: {returned}) -> None: ...\n")
        elif type(value).__name__ in ("instancemethod", "method_descriptor") and member not in HIDDEN:
            # Any signature may stand in a subclass.
            loose = member == "forward" and name in ("Module", "Loss")
            members.append("" if loose else function(member, value.__doc__, name))
    if name == "Module":
        members.append("forward: typing.Callable[..., typing.Any]\n")
        members.append("def __call__(self, *args: typing.Any, **kwargs: typing.Any) -> typing.Any: ...\n")
        members.append("def __getattr__(self, name: str) -> typing.Any: ...\n")
        members.append("def __setattr__(self, name: str, value: typing.Any) -> None: ...\n")
    text = indented(in_class("".join(members)))
    header = f"class {name}({', '.join(bases)}):\n" if bases else f"class {name}:\n"
    return f"{header}{docstring(kind.__doc__)}{text}" if text.strip() or kind.__doc__ else f"{header}    ...\n"


def parameter_class() -> str:
    new = "    def __new__(cls, data: ArrayLike, requires_grad: bool = True) -> Self: ...\n"
    return f"class Parameter(array):\n{docstring(core.Parameter.__doc__)}{new}"


def member_stub(name: str, value: object, module: types.ModuleType) -> str:
    if value is core.array:
        return array_class()
    if value is core.Parameter:
        return parameter_class() if module is core else ""
    if module.__name__.endswith(("functional", "linalg")) and getattr(core, name, None) is value:
        return f"from ingot._core import {name} as {name}\n"
    if isinstance(value, type) and issubclass(value, BaseException):
        bases = ", ".join(base.__name__ for base in value.__bases__)
        return f"class {name}({bases}):\n{docstring(value.__doc__)}"
    if isinstance(value, type):
        if value is core.random.Generator and module is core:
            return f"from ingot._core.random import {name} as {name}\n"
        return bound_class(name, value)
    if isinstance(value, core.dtype):
        return f"{name}: dtype\n"
    original = getattr(value, "__name__", name)
    if original != name and vars(module).get(original) is value:
        return f"{name} = {original}\n"
    return function(name, value.__doc__)


def module_stub(module: types.ModuleType) -> str:
    parts = [f'"""{(module.__doc__ or "").strip()}"""\n', IMPORTS]
    parts.append(TYPES if module is core else SUBMODULE)
    if module is core.nn:
        parts.append(NN)
    if module is core.linalg:
        parts.append(LINALG)
    if module in (core.amp, core.optim.lr_scheduler):
        parts.append("from ingot._core.optim import Optimizer\n")
    for name, value in vars(module).items():
        if not name.startswith("__") and not isinstance(value, types.ModuleType):
            parts.append(member_stub(name, value, module))
    # What ReduceLROnPlateau looks at is no epoch.
    return re.sub(r"(def step\(self, metrics.*\) -> None:)", r"\1  # type: ignore[override]", "\n".join(parts))


def formatted(text: str) -> str:
    for command in (["check", "--fix-only", "--quiet"], ["format"]):
        full_command = ["ruff", *command, "--stdin-filename", str(FOLDER / "stub.pyi"), "-"]
        text = subprocess.run(full_command, input=text, capture_output=True, text=True, check=True).stdout
    return text


STUBS = {
    "__init__.pyi": core,
    "amp.pyi": core.amp,
    "fft.pyi": core.fft,
    "linalg.pyi": core.linalg,
    "memory.pyi": core.memory,
    "nn/__init__.pyi": core.nn,
    "nn/functional.pyi": core.nn.functional,
    "nn/init.pyi": core.nn.init,
    "nn/utils/__init__.pyi": core.nn.utils,
    "nn/utils/rnn.pyi": core.nn.utils.rnn,
    "optim/__init__.pyi": core.optim,
    "optim/lr_scheduler.pyi": core.optim.lr_scheduler,
    "random.pyi": core.random,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a stub is not up to date")
    options = parser.parse_args()
    stale = []
    for name, module in STUBS.items():
        target = FOLDER / name
        text = formatted(module_stub(module))
        if target.exists() and target.read_text() == text:
            continue
        stale.append(name)
        if not options.check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    print(f"{'stale' if options.check else 'written'}: {', '.join(stale) or 'nothing'}")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
