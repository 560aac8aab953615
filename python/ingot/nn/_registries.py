"""A module's own parameters, buffers and children as dictionaries."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from ingot import _core

_REGISTER = {"_parameters": "register_parameter", "_buffers": "register_buffer", "_modules": "add_module"}


class Registry(MutableMapping[str, Any]):
    """One registry of a module: what is put in is registered, and what is taken out is forgotten."""

    def __init__(self, module: Any, kind: str) -> None:
        self._module, self._kind = module, kind

    def _names(self) -> list[str]:
        names: list[str] = _core.nn._registered_names(self._module, self._kind)
        return names

    def __getitem__(self, name: str) -> Any:
        if name not in self._names():
            raise KeyError(name)
        return getattr(self._module, name)

    def __setitem__(self, name: str, value: Any) -> None:
        if name in self._names():
            setattr(self._module, name, value)
        else:
            getattr(self._module, _REGISTER[self._kind])(name, value)

    def __delitem__(self, name: str) -> None:
        if name not in self._names():
            raise KeyError(name)
        delattr(self._module, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def __repr__(self) -> str:
        return repr(dict(self))
