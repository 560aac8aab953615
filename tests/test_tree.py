"""Nested containers of arrays: taken apart, put together, mapped."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass

import pytest

import ingot as ig
from ingot import nn, tree

Pair = namedtuple("Pair", "left right")


@dataclass
class State:
    count: int
    value: object


CASES = {
    "leaf": 5,
    "list": [1, 2],
    "tuple": (1, (2, 3)),
    "dict": {"b": 1, "a": [2]},
    "none": [None, 1],
    "empty": [(), {}, []],
    "namedtuple": Pair(1, [2]),
    "dataclass": State(1, (2, 3)),
    "nested": {"x": [Pair(1, {"y": (2,)}), None, State(3, 4)]},
}


@pytest.mark.parametrize("value", CASES.values(), ids=CASES.keys())
def test_round_trip(value) -> None:
    leaves, structure = tree.flatten(value)
    assert tree.unflatten(structure, leaves) == value
    assert type(tree.unflatten(structure, leaves)) is type(value)


def test_leaves_in_order() -> None:
    assert tree.leaves(CASES["nested"]) == [1, 2, 3, 4]


def test_structures_compare_and_hash() -> None:
    assert tree.flatten([1, (2,)])[1] == tree.flatten([3, (4,)])[1]
    assert hash(tree.flatten([1, (2,)])[1]) == hash(tree.flatten([3, (4,)])[1])
    assert tree.flatten([1, (2,)])[1] != tree.flatten([1, [2]])[1]
    assert tree.flatten({"a": 1})[1] != tree.flatten({"b": 1})[1]


def test_map_over_several() -> None:
    assert tree.map(lambda x, y: x * y, {"a": (1, 2)}, {"a": (10, 20)}) == {"a": (10, 40)}
    with pytest.raises(ValueError):
        tree.map(lambda x, y: x, [1], [1, 2])


def test_module_is_a_container_of_its_parameters() -> None:
    model = nn.Linear(2, 1)
    assert [leaf.shape for leaf in tree.leaves(model)] == [(1, 2), (1,)]
    norms = tree.map(lambda p: float((p * p).sum()), model)
    assert set(norms) == {"weight", "bias"}


def test_wrong_number_of_leaves() -> None:
    with pytest.raises(ValueError, match="2"):
        tree.unflatten(tree.flatten([1, 2])[1], [1])


@pytest.mark.parametrize("value", [OrderedDict(z=1, a=2), defaultdict(list, a=1)])
def test_other_dictionaries_keep_their_items_and_order(value) -> None:
    leaves, structure = tree.flatten(value)
    again = tree.unflatten(structure, leaves)
    assert again == value
    assert list(again) == list(value)


def test_gradient_has_the_structure_of_the_argument() -> None:
    state = State(3, Pair(ig.array([1.0]), {"w": ig.array([2.0])}))
    gradient = ig.grad(lambda s: (s.value.left * s.value.right["w"]).sum())(state)
    assert isinstance(gradient, State)
    assert gradient.value.left.tolist() == [2]
    assert gradient.value.right["w"].tolist() == [1]


def test_flatten_as_a_structure() -> None:
    structure = tree.flatten({"a": 1, "b": [2, (3,)]})[1]
    assert tree.flatten_as(structure, {"b": [None, ({"x": 0},)], "a": 5}) == [5, None, {"x": 0}]
    for wrong in ([1, 2], {"a": 1}, {"a": 1, "b": [2]}, 7):
        with pytest.raises(ValueError, match="mine: expected something of the structure"):
            tree.flatten_as(structure, wrong, "mine")
