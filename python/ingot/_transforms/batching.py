"""`vmap`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from ingot import _core, tree
from ingot._core import array
from ingot._transforms.arguments import Result

Axes = int | None | Sequence[Any] | dict[Any, Any]


def _spread(axes: Any, node: Any, who: str) -> list[int | None]:
    """One axis per leaf of `node`, from axes whose structure is a prefix of its own."""
    if axes is None or isinstance(axes, int):
        return [axes] * len(tree.flatten(node, modules=False)[0])
    if isinstance(axes, dict) and isinstance(node, dict):
        if axes.keys() != node.keys():
            raise ValueError(f"{who}: the keys {list(axes)} are not those of the value, {list(node)}")
        return [axis for key in node for axis in _spread(axes[key], node[key], who)]
    if isinstance(axes, (list, tuple)) and isinstance(node, (list, tuple)):
        if len(axes) != len(node):
            raise ValueError(f"{who}: {len(axes)} axes for {len(node)} values")
        return [axis for each, child in zip(axes, node, strict=True) for axis in _spread(each, child, who)]
    raise ValueError(f"{who}: expected an int, None, or axes nested like the value, got {axes!r}")


def _one_by_one(
    flat: Callable[[list[array]], list[array]], given: list[array], axes: list[int], length: int
) -> list[array]:
    """Results of `flat` on one slice after another, stacked in front."""
    rows = []
    for i in range(length):
        cut = [x if axis < 0 else _core.moveaxis(x, axis, 0)[i] for x, axis in zip(given, axes, strict=True)]
        rows.append(flat(cut))
    if not rows:
        return _core._vmap(flat, given, axes)
    return [_core.stack(list(column), 0) for column in zip(*rows, strict=True)]


def _in_chunks(
    flat: Callable[[list[array]], list[array]], given: list[array], axes: list[int], length: int, chunk: int | None
) -> list[array]:
    """Results of `flat` on all slices, stacked in front; computed `chunk` slices at a time."""
    if chunk is None or chunk >= length:
        return _core._vmap(flat, given, axes)
    parts = []
    for start in range(0, length, chunk):
        piece = slice(start, min(start + chunk, length))
        cut = [x if axis < 0 else _core.moveaxis(x, axis, 0)[piece] for x, axis in zip(given, axes, strict=True)]
        parts.append(_core._vmap(flat, cut, [min(axis, 0) for axis in axes]))
    return [_core.concatenate(list(column), 0) for column in zip(*parts, strict=True)]


def vmap(
    function: Callable[..., Any],
    in_axes: Axes = 0,
    out_axes: Axes = 0,
    *,
    axis_size: int | None = None,
    chunk_size: int | None = None,
    in_dims: Axes = 0,
    out_dims: Axes = 0,
    randomness: str = "same",
) -> Callable[..., Any]:
    """A function that applies `function` to every slice of its arguments along `in_axes`, all at once.

    Results are stacked along `out_axes`.
    Axes are one int for all, or nested like the arguments (the result); None is not mapped over. `axis_size` says how
    long the mapped axis is, and has to if no argument is mapped over. `chunk_size` bounds how many slices are worked on
    at a time. Random numbers that `function` draws are the same for all slices. With `randomness="different"` slices
    are worked on one after another, each with its own; keys to map over do the same at once. `in_dims` and `out_dims`
    are PyTorch's names of the axes.

    Raises ShapeError if the lengths of the mapped axes differ, ValueError if nothing is mapped over.

    Example:
        >>> rows = ingot.vmap(lambda x: (x * x).sum())(ingot.array([[1.0, 2.0], [3.0, 4.0]]))
        >>> print(rows)
        [ 5. 25.]
    """

    in_axes = in_dims if in_axes == 0 else in_axes
    out_axes = out_dims if out_axes == 0 else out_axes
    if randomness not in ("same", "different", "error"):
        raise ValueError(f"vmap: expected randomness 'same', 'different' or 'error', got {randomness!r}")
    if chunk_size is not None and chunk_size < 1:
        raise ValueError(f"vmap: chunk_size must be positive, got {chunk_size}")

    @functools.wraps(function, updated=())
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        # Keyword arguments are mapped over their first axis, as if in_axes said nothing of them.
        leaves, structure = tree.flatten((args, kwargs), modules=False)
        axes = _spread(in_axes, args, "vmap: in_axes") + [0] * (len(leaves) - len(tree.flatten(args, modules=False)[0]))
        positions: list[int] = []
        for i, leaf in enumerate(leaves):
            if hasattr(leaf, "__array__") and not isinstance(leaf, array):
                leaves[i] = leaf = array(leaf)
            if isinstance(leaf, array):
                positions.append(i)
        flat_axes = []
        for i in positions:
            axis = axes[i]
            if axis is not None and not -leaves[i].ndim <= axis < leaves[i].ndim:
                raise IndexError(f"vmap: axis {axis} is not in an argument of shape {leaves[i].shape}")
            flat_axes.append(-1 if axis is None else axis % leaves[i].ndim)
        length = next((leaves[i].shape[axis] for i, axis in zip(positions, flat_axes, strict=True) if axis >= 0), None)
        if axis_size is not None and length not in (None, axis_size):
            raise ValueError(f"vmap: axis_size is {axis_size}, but a mapped axis has length {length}")
        kept: list[Result] = []

        def flat(arrays: list[array]) -> list[array]:
            slices = list(leaves)
            for position, replacement in zip(positions, arrays[: len(positions)], strict=True):
                slices[position] = replacement
            arguments, keywords = tree.unflatten(structure, slices)
            kept[:] = [Result(function(*arguments, **keywords))]
            return kept[0].arrays

        given = [leaves[i] for i in positions]
        if length is None and axis_size is not None:
            length = axis_size
            given.append(_core.zeros(axis_size))
            flat_axes.append(0)
        if randomness == "different":
            stacked = _one_by_one(flat, given, flat_axes, length or 0)
        else:
            stacked = _in_chunks(flat, given, flat_axes, length or 0, chunk_size)
        result = kept[0]
        unplaced = tree.unflatten(result.structure, result.leaves)
        places = _spread(out_axes, unplaced, "vmap: out_axes")
        placed = []
        for position, x in zip(result.positions, stacked, strict=True):
            axis = places[position]
            if axis is None:
                raise ValueError("vmap: out_axes cannot be None: every result has the mapped axis")
            placed.append(x if axis == 0 else _core.moveaxis(x, 0, axis))
        return result.rebuild(placed)

    return wrapped
