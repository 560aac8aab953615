"""Nested containers of arrays ("pytrees"): dictionaries, lists, tuples, named tuples, dataclasses and modules.

Anything else is a leaf; None is an empty container.

Example:
    >>> from ingot import tree
    >>> leaves, structure = tree.flatten({"a": 1, "b": (2, [3])})
    >>> leaves
    [1, 2, 3]
    >>> tree.unflatten(structure, [10, 20, 30])
    {'a': 10, 'b': (20, [30])}
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from ingot._core.nn import Module


class Structure:
    """The shape of a tree without its leaves. Equal structures are equal and hash alike."""

    __slots__ = ("_hash", "children", "kind", "leaf_count", "names")

    def __init__(self, kind: type | None, names: Hashable = None, children: tuple[Structure, ...] = ()) -> None:
        self.kind = kind
        """The container's type; None for a leaf."""
        self.names = names
        """Keys of a dictionary, fields of a dataclass, names of a module's parameters; else None."""
        self.children = children
        self.leaf_count: int = 1 if kind is None else sum(child.leaf_count for child in children)
        self._hash = hash((kind, names, children))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Structure)
            and self._hash == other._hash
            and self.kind is other.kind
            and self.names == other.names
            and self.children == other.children
        )

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        if self.kind is None:
            return "*"
        inside = ", ".join(repr(child) for child in self.children)
        if isinstance(self.names, tuple):
            inside = ", ".join(f"{name!r}: {child!r}" for name, child in zip(self.names, self.children, strict=True))
        return f"{self.kind.__name__}({inside})"


LEAF = Structure(None)


def _is_namedtuple(kind: type) -> bool:
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


def _open(tree: Any, modules: bool) -> tuple[Hashable, Sequence[Any]] | None:
    """Names and children of a container; None for a leaf."""
    kind = type(tree)
    if tree is None:
        return None, ()
    if isinstance(tree, (list, tuple)):
        return None, tree
    if isinstance(tree, dict):
        return tuple(tree), tuple(tree.values())
    if hasattr(kind, "__dataclass_fields__"):
        import dataclasses

        names = tuple(field.name for field in dataclasses.fields(tree))
        return names, tuple(getattr(tree, name) for name in names)
    if modules and isinstance(tree, Module):
        named = tuple(tree.named_parameters())
        return tuple(name for name, _ in named), tuple(parameter for _, parameter in named)
    return None


def flatten(tree: Any, *, modules: bool = True) -> tuple[list[Any], Structure]:
    """The leaves of a tree in order, and its structure.

    A module is a container of its parameters, or with `modules=False` a leaf.

    Example:
        >>> ingot.tree.flatten([1, (2, None)])[0]
        [1, 2]
    """
    leaves: list[Any] = []
    return leaves, _flatten_into(leaves, tree, modules)


def _flatten_into(leaves: list[Any], node: Any, modules: bool) -> Structure:
    # Not a function inside `flatten`: one that calls itself is a reference cycle, which would keep the leaves alive
    # until the next collection.
    opened = _open(node, modules)
    if opened is None:
        leaves.append(node)
        return LEAF
    names, children = opened
    return Structure(type(node), names, tuple(_flatten_into(leaves, child, modules) for child in children))


def flatten_as(structure: Structure, tree: Any, who: str = "tree.flatten_as") -> list[Any]:
    """What `tree` has at the places of the leaves of `structure`: leaves, None, or whole containers.

    Raises ValueError, in the name of `who`, where `tree` has another container than `structure`.

    Example:
        >>> structure = ingot.tree.flatten({"a": 1, "b": (2, 3)})[1]
        >>> ingot.tree.flatten_as(structure, {"a": [10], "b": (None, 30)})
        [[10], None, 30]
    """
    found: list[Any] = []
    pending = [(structure, tree)]
    while pending:
        expected, node = pending.pop()
        if expected.kind is None:
            found.append(node)
            continue
        opened = _open(node, True)
        names, children = opened if opened is not None else (None, ())
        if isinstance(expected.names, tuple) and isinstance(node, dict) and set(node) == set(expected.names):
            names, children = expected.names, [node[name] for name in expected.names]
        if opened is None or names != expected.names or len(children) != len(expected.children):
            raise ValueError(f"{who}: expected something of the structure {expected!r}, got {_shown(node)}")
        pending += reversed(list(zip(expected.children, children, strict=True)))
    return found


def _shown(node: Any) -> str:
    if hasattr(node, "shape") and hasattr(node, "dtype"):
        return f"an array of shape {tuple(node.shape)}"
    return repr(node) if isinstance(node, (int, float, str, type(None))) else f"a {type(node).__name__}"


def unflatten(structure: Structure, leaves: Sequence[Any]) -> Any:
    """The tree of a structure with other leaves. A module becomes a dictionary by the names of its parameters.

    Raises ValueError if the number of leaves is another.

    Example:
        >>> leaves, structure = ingot.tree.flatten({"a": 1})
        >>> ingot.tree.unflatten(structure, [2])
        {'a': 2}
    """
    if len(leaves) != structure.leaf_count:
        raise ValueError(f"tree.unflatten: the structure has {structure.leaf_count} leaves, got {len(leaves)}")
    return _build(structure, iter(leaves))


def _build(structure: Structure, leaves: Iterator[Any]) -> Any:
    kind = structure.kind
    if kind is None:
        return next(leaves)
    if kind is type(None):
        return None
    children = [_build(child, leaves) for child in structure.children]
    if _is_namedtuple(kind):
        return kind(*children)
    if issubclass(kind, (list, tuple)):
        return children if kind is list else kind(children)
    names: Any = structure.names
    if issubclass(kind, Module):
        return dict(zip(names, children, strict=True))
    if issubclass(kind, dict):
        # A defaultdict and the like take no items when made: fill a plain dictionary instead.
        return (
            kind(zip(names, children, strict=True))
            if kind.__init__ is dict.__init__
            else dict(zip(names, children, strict=True))
        )
    made = object.__new__(kind)
    for name, child in zip(names, children, strict=True):
        object.__setattr__(made, name, child)
    return made


def leaves(tree: Any) -> list[Any]:
    """The leaves of a tree in order.

    Example:
        >>> ingot.tree.leaves({"a": 1, "b": [2, 3]})
        [1, 2, 3]
    """
    return flatten(tree)[0]


def map(function: Callable[..., Any], tree: Any, *rest: Any) -> Any:
    """`function` on each leaf, and on the leaves of further trees of the same structure beside it.

    Raises ValueError if the structures differ.

    Example:
        >>> ingot.tree.map(lambda x, y: x + y, {"a": 1}, {"a": 10})
        {'a': 11}
    """
    first, structure = flatten(tree)
    columns = [first]
    for other in rest:
        further, its_structure = flatten(other)
        if its_structure != structure:
            raise ValueError("tree.map: the trees differ in structure")
        columns.append(further)
    return unflatten(structure, [function(*row) for row in zip(*columns, strict=True)])


tree_flatten = flatten
tree_unflatten = unflatten
tree_leaves = leaves
tree_map = map
