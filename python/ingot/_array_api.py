"""What the Array API standard asks of a namespace beside its functions."""

from __future__ import annotations

from ingot import _core
from ingot._core import device, dtype

#: The version of the standard that `ingot` implements.
__array_api_version__ = "2025.12"

_STANDARD_DTYPES = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float32", "float64", "complex64", "complex128"),
)


class NamespaceInfo:
    """The devices and dtypes of the namespace, as `__array_namespace_info__()` tells.

    Example:
        >>> ingot.__array_namespace_info__().default_dtypes()["real floating"]
        ingot.float32
    """

    def capabilities(self) -> dict[str, bool | int]:
        """What is there that the standard leaves open."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}

    def default_device(self) -> device:
        """Where arrays are made."""
        return device("cpu")

    def devices(self) -> tuple[device, ...]:
        """All devices that this machine has."""
        return tuple(place for place in (device("cpu"), device("metal")) if place.is_available())

    def default_dtypes(self, *, device: object = None) -> dict[str, dtype]:
        """The dtypes that numbers without one get, by kind; "indexing" is that of indices."""
        return {
            "real floating": _core.float32,
            "complex floating": _core.complex64,
            "integral": _core.arange(1).dtype,
            "indexing": _core.argmax(_core.zeros(1)).dtype,
        }

    def dtypes(self, *, device: object = None, kind: str | tuple[str, ...] | None = None) -> dict[str, dtype]:
        """The standard's dtypes by name; of the given kind (or kinds), as `isdtype` names them.

        float16 and bfloat16, which the standard does not know, are not among them.
        """
        known = {name: dtype(name) for name in _STANDARD_DTYPES}
        return {name: each for name, each in known.items() if kind is None or _core.isdtype(each, kind)}


__array_namespace_info__ = NamespaceInfo
