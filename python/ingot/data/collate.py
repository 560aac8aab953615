"""Batches out of items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingot._core import array, stack


def _is_foreign_array(value: Any) -> bool:
    return hasattr(value, "__array__") and not isinstance(value, array)


def default_collate(batch: Sequence[Any]) -> Any:
    """A batch of items: arrays and numbers are stacked, dictionaries, tuples and lists collated entry by entry.

    Strings and bytes stay lists. Floats of Python become float32, as in `ingot.array`.

    Raises TypeError for items of other types, ValueError if entries differ in number.

    Example:
        >>> ingot.data.default_collate([{"x": 1.0, "name": "a"}, {"x": 2.0, "name": "b"}])
        {'x': array([1., 2.], dtype=float32), 'name': ['a', 'b']}
    """
    import numpy as np

    first = batch[0]
    if isinstance(first, array):
        return stack(list(batch))
    if _is_foreign_array(first):
        return array(np.stack([np.asarray(item) for item in batch]))
    if isinstance(first, (bool, int, float, complex)):
        return array(list(batch))
    if isinstance(first, (str, bytes)):
        return list(batch)
    if isinstance(first, Mapping):
        collated = {key: default_collate([item[key] for item in batch]) for key in first}
        return collated if type(first) is dict else _like(first, collated)
    if isinstance(first, Sequence):
        if any(len(item) != len(first) for item in batch):
            raise ValueError("default_collate: the items of a batch have different numbers of entries")
        columns = [default_collate(column) for column in zip(*batch, strict=True)]
        if hasattr(first, "_fields"):
            return type(first)(*columns)
        return columns
    raise TypeError(
        f"default_collate: cannot make a batch of {type(first).__name__}; expected arrays, numbers, strings, "
        "dictionaries, tuples or lists, or give the loader a collate_fn"
    )


def _like(mapping: Mapping[Any, Any], collated: dict[Any, Any]) -> Any:
    """The same type of mapping, where it can be made from a dictionary."""
    try:
        return type(mapping)(collated)  # type: ignore[call-arg]
    except TypeError:
        return collated


def default_convert(item: Any) -> Any:
    """An item that is not batched: NumPy arrays in it become arrays.

    Example:
        >>> ingot.data.default_convert([1, "a"])
        [1, 'a']
    """
    if _is_foreign_array(item):
        return array(item)
    if isinstance(item, dict):
        return {key: default_convert(value) for key, value in item.items()}
    if isinstance(item, tuple) and hasattr(item, "_fields"):
        return type(item)(*(default_convert(value) for value in item))
    if isinstance(item, (list, tuple)):
        return [default_convert(value) for value in item]
    return item
