"""Data sets: items by number, or in a stream."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from ingot._core import array
from ingot.data._random import generator_for

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Dataset(Generic[T_co]):
    """Items by number: a subclass writes `__getitem__` and `__len__`.

    Example:
        >>> class Squares(ingot.data.Dataset):
        ...     def __len__(self):
        ...         return 3
        ...     def __getitem__(self, index):
        ...         return index * index
        >>> (Squares() + Squares())[4]
        1
    """

    def __getitem__(self, index: Any) -> T_co:
        raise NotImplementedError(f"{type(self).__name__} must write __getitem__")

    def __add__(self, other: Dataset[T_co]) -> ConcatDataset[T_co]:
        return ConcatDataset([self, other])


class IterableDataset(Dataset[T_co]):
    """Items in a stream: a subclass writes `__iter__`."""

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(f"{type(self).__name__} must write __iter__")

    def __add__(self, other: Dataset[T_co]) -> Any:
        return ChainDataset([self, other])


class TensorDataset(Dataset[tuple[Any, ...]]):
    """Tuples of the rows of arrays (Ingot's or NumPy's) of equal length.

    Raises ValueError if the lengths differ.

    Example:
        >>> len(ingot.data.TensorDataset(ingot.zeros(5, 2), ingot.ones(5)))
        5
    """

    def __init__(self, *tensors: Any) -> None:
        lengths = [len(tensor) for tensor in tensors]
        if not lengths:
            raise ValueError("TensorDataset: expected at least one array")
        if len(set(lengths)) > 1:
            raise ValueError(f"TensorDataset: the arrays have different lengths: {lengths}")
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Any, ...]:
        return tuple(tensor[index] for tensor in self.tensors)

    def __getitems__(self, indices: Sequence[int]) -> tuple[Any, ...]:
        """The rows of many items at once: one read per array, whatever the number of items."""
        import numpy as np

        rows = np.asarray(indices, np.int64)
        return tuple(
            tensor[array(rows)] if isinstance(tensor, array) else array(np.asarray(tensor)[rows])
            for tensor in self.tensors
        )

    def __len__(self) -> int:
        return len(self.tensors[0])


class StackDataset(Dataset[Any]):
    """Items of several data sets side by side: a tuple for positional ones, a dictionary for named ones.

    Example:
        >>> ingot.data.StackDataset(x=[1, 2], y=[3, 4])[1]
        {'x': 2, 'y': 4}
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if bool(args) == bool(kwargs):
            raise ValueError("StackDataset: expected data sets, either all by position or all by name")
        self.datasets: Any = args or kwargs
        lengths = {len(each) for each in (args or kwargs.values())}
        if len(lengths) > 1:
            raise ValueError(f"StackDataset: the data sets have different lengths: {sorted(lengths)}")
        self._length = lengths.pop()

    def __getitem__(self, index: Any) -> Any:
        if isinstance(self.datasets, dict):
            return {name: each[index] for name, each in self.datasets.items()}
        return tuple(each[index] for each in self.datasets)

    def __len__(self) -> int:
        return self._length


class Subset(Dataset[T_co]):
    """The items of a data set at some indices.

    Example:
        >>> ingot.data.Subset(["a", "b", "c"], [2, 0])[0]
        'c'
    """

    def __init__(self, dataset: Any, indices: Sequence[int]) -> None:
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, index: Any) -> T_co:
        item: T_co = self.dataset[self.indices[index]]
        return item

    def __len__(self) -> int:
        return len(self.indices)


class ConcatDataset(Dataset[T_co]):
    """The items of several data sets one after another.

    Example:
        >>> ingot.data.ConcatDataset([[1, 2], [3]])[2]
        3
    """

    def __init__(self, datasets: Iterable[Any]) -> None:
        self.datasets = list(datasets)
        if not self.datasets:
            raise ValueError("ConcatDataset: expected at least one data set")
        if any(isinstance(each, IterableDataset) for each in self.datasets):
            raise TypeError("ConcatDataset: an IterableDataset has no length; use ChainDataset")
        self.cumulative_sizes = list(itertools.accumulate(len(each) for each in self.datasets))

    def __getitem__(self, index: int) -> T_co:
        if not -len(self) <= index < len(self):
            raise IndexError(f"ConcatDataset: index {index} is out of range for {len(self)} items")
        index %= len(self)
        which = bisect.bisect_right(self.cumulative_sizes, index)
        item: T_co = self.datasets[which][index - (self.cumulative_sizes[which - 1] if which else 0)]
        return item

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]


class ChainDataset(IterableDataset[T_co]):
    """The items of several streams one after another."""

    def __init__(self, datasets: Iterable[Any]) -> None:
        self.datasets = datasets

    def __iter__(self) -> Iterator[T_co]:
        return itertools.chain.from_iterable(self.datasets)


def random_split(dataset: Any, lengths: Sequence[int | float], generator: Any = None) -> list[Subset[Any]]:
    """Subsets of given lengths, or parts of 1, that share no item; which is where is drawn at random.

    `generator` is a seed or a `numpy.random.Generator`; without one the global seed decides.

    Raises ValueError unless the lengths add up to that of the data set.

    Example:
        >>> [len(part) for part in ingot.data.random_split(range(10), [0.8, 0.2], generator=0)]
        [8, 2]
    """
    total = len(dataset)
    counts = [int(length) for length in lengths]
    if all(isinstance(length, float) and 0 <= length <= 1 for length in lengths) and math.isclose(sum(lengths), 1):
        counts = [math.floor(total * length) for length in lengths]
        for i in range(total - sum(counts)):
            counts[i % len(counts)] += 1
    if sum(counts) != total or any(count < 0 for count in counts):
        raise ValueError(f"random_split: lengths {list(lengths)} do not add up to {total}, the length of the data set")
    order = generator_for(generator).permutation(total).tolist()
    ends = list(itertools.accumulate(counts))
    return [Subset(dataset, order[end - count : end]) for count, end in zip(counts, ends, strict=True)]
