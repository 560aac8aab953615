"""Trees as `mlx.utils` sees them: nested dictionaries, lists and tuples, whose leaves are named by their path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any

IsLeaf = Callable[[Any], bool] | None

#: True inside of functions that `mx.grad` differentiates.
differentiating: ContextVar[bool] = ContextVar("differentiating", default=False)


class ParameterTree:
    """The parameters of a module: a nested dictionary to MLX's functions, an iterator over arrays to PyTorch's.

    Example:
        >>> from ingot.mlx import nn
        >>> parameters = nn.Linear(2, 3).parameters()
        >>> parameters["weight"].shape, [p.shape for p in parameters]
        ((3, 2), [(3, 2), (3,)])
    """

    def __init__(self, named: Iterable[tuple[str, Any]]) -> None:
        named = list(named)
        self.tree: Any = tree_unflatten(named) if named else {}
        self._arrays = [value for _, value in named]
        self._rest = iter(self._arrays)

    def __iter__(self) -> Any:
        return iter(self._arrays)

    def __next__(self) -> Any:
        return next(self._rest)

    def __len__(self) -> int:
        return len(self.tree)

    def __getitem__(self, name: Any) -> Any:
        return self.tree[name]

    def __contains__(self, name: object) -> bool:
        return name in self.tree

    def __repr__(self) -> str:
        return repr(self.tree)

    def keys(self) -> Any:
        return self.tree.keys()

    def values(self) -> Any:
        return self.tree.values()

    def items(self) -> Any:
        return self.tree.items()


def plain(tree: Any) -> Any:
    """The dictionaries and lists behind a `ParameterTree`; anything else as it is."""
    return tree.tree if isinstance(tree, ParameterTree) else tree


def _children(tree: Any, is_leaf: IsLeaf) -> Iterable[tuple[Any, Any]] | None:
    """Keys and children of a container; None for a leaf."""
    if is_leaf is not None and is_leaf(tree):
        return None
    if isinstance(tree, (list, tuple)):
        return enumerate(tree)
    if isinstance(tree, dict):
        return tree.items()
    return None


def _rebuild(tree: Any, children: list[Any]) -> Any:
    if isinstance(tree, dict):
        return dict(zip(tree, children, strict=True))
    kind = type(tree)
    return kind(*children) if hasattr(kind, "_fields") else kind(children)


def tree_map(fn: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None) -> Any:
    """`fn` on each leaf, and on what further trees, which may reach deeper, have at the same place.

    Example:
        >>> from ingot.mlx.utils import tree_map
        >>> tree_map(lambda x, y: x + y, {"a": [1, 2]}, {"a": [10, 20]})
        {'a': [11, 22]}
    """
    return tree_map_with_path(lambda _, *leaves: fn(*leaves), tree, *rest, is_leaf=is_leaf)


def tree_map_with_path(
    fn: Callable[..., Any], tree: Any, *rest: Any, is_leaf: IsLeaf = None, path: str | None = None
) -> Any:
    """`tree_map` whose function is given the leaf's path first.

    Example:
        >>> from ingot.mlx.utils import tree_map_with_path
        >>> tree_map_with_path(lambda path, x: f"{path}={x}", {"a": [1, 2]})
        {'a': ['a.0=1', 'a.1=2']}
    """
    tree, others = plain(tree), [plain(other) for other in rest]
    children = _children(tree, is_leaf)
    if children is None:
        return fn(path or "", tree, *others)
    made = [
        tree_map_with_path(
            fn,
            child,
            *(other[key] for other in others),
            is_leaf=is_leaf,
            path=str(key) if path is None else f"{path}.{key}",
        )
        for key, child in children
    ]
    return _rebuild(tree, made)


def tree_flatten(tree: Any, prefix: str = "", is_leaf: IsLeaf = None, destination: Any = None) -> Any:
    """The leaves with their paths: a list of pairs, or put into `destination`, a list or a dictionary.

    Example:
        >>> from ingot.mlx.utils import tree_flatten
        >>> tree_flatten({"a": [1, {"b": 2}]})
        [('a.0', 1), ('a.1.b', 2)]
    """
    if destination is None:
        destination = []
    tree = plain(tree)
    children = _children(tree, is_leaf)
    if children is not None:
        for key, child in children:
            tree_flatten(child, f"{prefix}.{key}", is_leaf, destination)
    elif isinstance(destination, dict):
        destination[prefix[1:]] = tree
    else:
        destination.append((prefix[1:], tree))
    return destination


def tree_unflatten(tree: Any) -> Any:
    """The tree of what `tree_flatten` gave. Keys that count from 0 make a list.

    Example:
        >>> from ingot.mlx.utils import tree_unflatten
        >>> tree_unflatten([("a.0", 1), ("a.1.b", 2)])
        {'a': [1, {'b': 2}]}
    """
    pairs = list(tree.items() if isinstance(tree, Mapping) else tree)
    if len(pairs) == 1 and pairs[0][0] == "":
        return pairs[0][1]
    below: dict[str, list[tuple[str, Any]]] = {}
    for path, value in pairs:
        key, _, rest = path.partition(".")
        below.setdefault(key, []).append((rest, value))
    if all(key.isdigit() for key in below):
        numbered = {int(key): entries for key, entries in below.items()}
        length = max(numbered, default=-1) + 1
        return [tree_unflatten(numbered[i]) if i in numbered else {} for i in range(length)]
    return {key: tree_unflatten(entries) for key, entries in below.items()}


def tree_reduce(fn: Callable[[Any, Any], Any], tree: Any, initializer: Any = None, is_leaf: IsLeaf = None) -> Any:
    """The leaves put together by `fn`, from the first (or `initializer`) on.

    Example:
        >>> from ingot.mlx.utils import tree_reduce
        >>> tree_reduce(lambda total, x: total + x, {"a": [1, 2], "b": 3}, 0)
        6
    """
    total = initializer
    for _, leaf in tree_flatten(tree, is_leaf=is_leaf):
        total = leaf if total is None else fn(total, leaf)
    return total


def tree_merge(tree_a: Any, tree_b: Any, merge_fn: Callable[[Any, Any], Any] | None = None) -> Any:
    """One tree of what is in either; where both have a leaf, `merge_fn` of the two.

    Raises ValueError where both have a leaf and there is no `merge_fn`.

    Example:
        >>> from ingot.mlx.utils import tree_merge
        >>> tree_merge({"a": 1}, {"b": {"c": 2}})
        {'a': 1, 'b': {'c': 2}}
    """
    a, b = plain(tree_a), plain(tree_b)
    for one, other in ((a, b), (b, a)):
        if one is None or (isinstance(one, (dict, list, tuple)) and not one):
            return other
    if isinstance(a, dict) and isinstance(b, dict):
        return {
            key: tree_merge(a[key], b[key], merge_fn) if key in a and key in b else a.get(key, b.get(key))
            for key in dict.fromkeys([*a, *b])
        }
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        both = [tree_merge(x, y, merge_fn) for x, y in zip(a, b, strict=False)]
        return [*both, *a[len(both) :], *b[len(both) :]]
    if merge_fn is None:
        raise ValueError("tree_merge: both trees have a leaf in the same place; give a merge_fn")
    return merge_fn(a, b)
