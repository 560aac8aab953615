"""`mlx.utils`: trees."""

from __future__ import annotations

import pytest

from ingot.mlx.utils import tree_flatten, tree_map, tree_merge, tree_reduce, tree_unflatten


def test_trees() -> None:
    tree = {"a": [1, {"b": 2}], "c": (3,)}
    assert tree_flatten(tree) == [("a.0", 1), ("a.1.b", 2), ("c.0", 3)]
    assert tree_unflatten(tree_flatten(tree)) == {"a": [1, {"b": 2}], "c": [3]}
    assert tree_map(lambda x, y: x + y, tree, tree) == {"a": [2, {"b": 4}], "c": (6,)}
    assert tree_map(len, {"a": [1, 2]}, is_leaf=lambda x: isinstance(x, list)) == {"a": 2}
    assert tree_reduce(lambda a, b: a + b, tree) == 6
    assert tree_merge({"a": [1]}, {"a": [2, 3], "b": 4}, lambda a, b: a + b) == {"a": [3, 3], "b": 4}
    assert tree_flatten(5) == [("", 5)]
    assert tree_unflatten([("", 5)]) == 5
    with pytest.raises(ValueError, match="merge_fn"):
        tree_merge({"a": 1}, {"a": 2})
