"""`save` and `load`: models, dictionaries of arrays, and checkpoints, as safetensors files.

A checkpoint (a dictionary of state dicts, counters, lists, ...) keeps its arrays by their paths, which any safetensors
reader sees, and its shape as JSON in one more array. No pickle: nothing in a file is ever executed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from ingot import _core
from ingot._core import array, nn

#: The array that holds the JSON.
_SHAPE = "__checkpoint__"
_COLLECTIONS: dict[str, Callable[..., Any]] = {"list": list, "tuple": tuple, "set": set}


def _is_array(value: Any) -> bool:
    return isinstance(value, array) or hasattr(value, "__dlpack__")


class _Packer:
    """Takes a nested value apart: `arrays` by path, and the rest in JSON's types."""

    def __init__(self) -> None:
        self.arrays: dict[str, Any] = {}

    def pack(self, value: Any, path: str) -> Any:
        import numpy

        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, numpy.generic):
            value = value.item()
        if isinstance(value, (int, float)):
            return value
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        if isinstance(value, bytes):
            return {"bytes": value.hex()}
        if isinstance(value, _core.dtype):
            return {"dtype": str(value).rpartition(".")[2]}
        if _is_array(value):
            return {"array": self._name(value, path)}
        if isinstance(value, Mapping):
            return {"dict": [[self._key(key, path), self.pack(item, f"{path}/{key}")] for key, item in value.items()]}
        if isinstance(value, (list, tuple, set, frozenset)):
            kind = "list" if isinstance(value, list) else "tuple" if isinstance(value, tuple) else "set"
            return {kind: [self.pack(item, f"{path}/{place}") for place, item in enumerate(value)]}
        hint = "; save its state_dict()" if hasattr(value, "state_dict") else ""
        raise TypeError(
            f"save: expected arrays, numbers, strings, dictionaries and lists, got {type(value).__name__} at "
            f"'{path.lstrip('/')}'{hint}"
        )

    def _key(self, key: Any, path: str) -> Any:
        if _is_array(key) or isinstance(key, nn.Module):
            raise TypeError(f"save: a {type(key).__name__} cannot be a key, at '{path.lstrip('/')}'")
        return self.pack(key, path)

    def _name(self, value: Any, path: str) -> str:
        plain = path.lstrip("/") or "array"
        name, copy = plain, 1
        while name in self.arrays or name == _SHAPE:
            copy += 1
            name = f"{plain}#{copy}"
        self.arrays[name] = value
        return name


def _unpack(value: Any, arrays: dict[str, array]) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "array":
        return arrays[content]
    if kind == "dict":
        return {_unpack(key, arrays): _unpack(item, arrays) for key, item in content}
    if kind == "dtype":
        named = getattr(_core, "bool_" if content == "bool" else content)
        if not isinstance(named, _core.dtype):
            raise ValueError(f"{content} is no dtype")
        return named
    if kind == "complex":
        return complex(*content)
    if kind == "bytes":
        return bytes.fromhex(content)
    return _COLLECTIONS[kind](_unpack(item, arrays) for item in content)


def _is_flat(obj: Any) -> bool:
    return isinstance(obj, Mapping) and all(
        type(key) is str and key != _SHAPE and _is_array(item) for key, item in obj.items()
    )


def save(obj: Any, path: Any) -> None:
    """Writes a model, an array, or a nested dictionary or list of arrays and plain values, as a safetensors file.

    The file is written whole or not at all; `path` may be a binary file that is open for writing. A model's file holds
    its parameters, buffers and tree of modules, a checkpoint's the arrays by their paths; no pickle, nothing in it is
    ever executed.

    Raises FileError (an OSError) if the file cannot be written, TypeError for an object that is no plain data.

    Example:
        >>> import tempfile, os
        >>> path = os.path.join(tempfile.mkdtemp(), 'checkpoint.pt')
        >>> model = ingot.nn.Linear(2, 1)
        >>> ingot.save({'epoch': 3, 'model': model.state_dict()}, path)
        >>> checkpoint = ingot.load(path)
        >>> checkpoint['epoch'], model.load_state_dict(checkpoint['model'])
        (3, <All keys matched successfully>)
    """
    if hasattr(path, "write"):
        import tempfile
        from pathlib import Path

        with tempfile.NamedTemporaryFile() as scratch:
            save(obj, scratch.name)
            path.write(Path(scratch.name).read_bytes())
        return
    if isinstance(obj, nn.Module) or _is_flat(obj):
        _core.save(obj, path)
        return
    if isinstance(obj, (str, os.PathLike)) and not isinstance(path, (str, os.PathLike)):
        raise TypeError("save: expected the object first and the path second: save(obj, path)")
    import json

    import numpy

    packer = _Packer()
    text = json.dumps(packer.pack(obj, ""))
    shape = numpy.frombuffer(text.encode(), dtype=numpy.uint8)
    _core.save({**packer.arrays, _SHAPE: shape}, path)


def load(path: Any, map_location: Any = None, *, weights_only: bool | None = None, mmap: bool | None = None) -> Any:
    """Reads what `save` wrote: the model, in the mode it was saved in, or the arrays and values as they were nested.

    Also reads any other safetensors file, as a dictionary of arrays; `path` may be a binary file that is open for
    reading. Built-in layers are made again; a class of yours is found by its name among those that the process has
    defined, and never imported. With `map_location` the arrays go to that device. `weights_only` and `mmap` are there
    for PyTorch's sake: files hold no code, and are mapped anyway.

    Raises FileError (an OSError) if the file is broken or does not fit together.
    """
    if hasattr(path, "read"):
        import tempfile

        with tempfile.NamedTemporaryFile() as scratch:
            scratch.write(path.read())
            scratch.flush()
            return load(scratch.name, map_location)
    found = _core.load(path)
    if isinstance(map_location, (str, _core.device)):
        if not isinstance(found, dict):
            return found.to(map_location)
        found = {name: value.to(map_location) for name, value in found.items()}
    if isinstance(found, dict) and _SHAPE in found:
        import json

        try:
            return _unpack(json.loads(found[_SHAPE].numpy().tobytes()), found)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise _core.FileError(f"{path}: its checkpoint does not fit together ({error})") from error
    return found
