"""How model files describe instances of user's classes: the arguments they were made from, and their plain attributes.

Nothing in a file is imported or executed: a class is found by its name among those that the process has defined itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingot._core import nn


class LoadResult(NamedTuple):
    """What `load_state_dict` passed over: nothing, unless `strict=False`."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return f"LoadResult(missing_keys={self.missing_keys}, unexpected_keys={self.unexpected_keys})"


def _pack(value: Any) -> Any:
    """`value` in JSON's types, keeping tuples and dictionaries apart. Raises TypeError for anything but plain data."""
    if value is None or isinstance(value, bool) or type(value) in (str, float):
        return value
    if type(value) is int and -(2**63) <= value < 2**63:
        return value
    if type(value) is list:
        return [_pack(item) for item in value]
    if type(value) is tuple:
        return {"tuple": [_pack(item) for item in value]}
    if type(value) is dict and all(type(key) is str for key in value):
        return {"dict": {key: _pack(item) for key, item in value.items()}}
    raise TypeError(f"a {type(value).__name__} is no plain data")


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if isinstance(value, dict):
        if "tuple" in value:
            return tuple(_unpack(item) for item in value["tuple"])
        return {key: _unpack(item) for key, item in value["dict"].items()}
    return value


def _dumps(value: Any) -> str | None:
    """JSON text, or None where JSON lacks a form for it (very large ints, infinities)."""
    try:
        packed = json.dumps(_pack(value), allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return packed


def describe(module: nn.Module) -> str:
    """The configuration of an instance of a user's class, as JSON."""
    kind = type(module)
    own = vars(module)
    attributes = {name: value for name, value in own.items() if name != "_arguments" and _dumps(value) is not None}
    record: dict[str, Any] = {
        "module": kind.__module__,
        "name": kind.__qualname__,
        "base": nn._base_config(module),
        "attributes": _pack(attributes),
    }
    arguments = own.get("_arguments")
    if arguments is not None and _dumps(arguments) is not None:
        record["arguments"] = _pack(arguments)
    return json.dumps(record)


def _subclasses(kind: type[nn.Module]) -> Iterator[type[nn.Module]]:
    seen: set[type[nn.Module]] = set()
    pending = [kind]
    while pending:
        below: list[type[nn.Module]] = pending.pop().__subclasses__()
        for subclass in below:
            if subclass not in seen:
                seen.add(subclass)
                pending.append(subclass)
                yield subclass


def _find_class(module: str, name: str) -> type[nn.Module] | None:
    """The newest class of that name; of the same module if there is one, but scripts are renamed and split."""
    candidates = [kind for kind in _subclasses(nn.Module) if kind.__qualname__ == name]
    same_module = [kind for kind in candidates if kind.__module__ == module]
    found = same_module or candidates
    return found[-1] if found else None


def resolve(class_name: str, config: str) -> nn.Module | None:
    """An instance of the user's class that a file names, or None if the process has not defined it."""
    record = json.loads(config)
    if not isinstance(record, dict) or "name" not in record:
        return None
    kind = _find_class(str(record.get("module")), str(record["name"]))
    if kind is None:
        return None
    made: nn.Module
    if "arguments" in record:
        args, kwargs = _unpack(record["arguments"])
        made = kind(*args, **kwargs)
    else:
        made = nn._bare_instance(kind, dict(record.get("base", {})))
    vars(made).update(_unpack(record.get("attributes", {"dict": {}})))
    return made
