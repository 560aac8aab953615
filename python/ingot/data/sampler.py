"""Samplers: in which order items are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

from ingot.data._random import generator_for

T_co = TypeVar("T_co", covariant=True)


class Sampler(Generic[T_co]):
    """Indices (or lists of them) in some order: a subclass writes `__iter__`, and `__len__` if it can."""

    def __init__(self, data_source: Sized | None = None) -> None:
        del data_source

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(f"{type(self).__name__} must write __iter__")


class SequentialSampler(Sampler[int]):
    """One after another.

    Example:
        >>> list(ingot.data.SequentialSampler("abc"))
        [0, 1, 2]
    """

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """In random order, another one in each pass; with `replacement`, independent draws.

    `generator` is a seed or a `numpy.random.Generator`; without one the global seed decides.

    Example:
        >>> sorted(ingot.data.RandomSampler("abc", generator=0))
        [0, 1, 2]
    """

    def __init__(
        self, data_source: Sized, replacement: bool = False, num_samples: int | None = None, generator: Any = None
    ) -> None:
        if num_samples is not None and num_samples <= 0:
            raise ValueError(f"RandomSampler: num_samples must be positive, got {num_samples}")
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = None if generator is None else generator_for(generator)

    @property
    def num_samples(self) -> int:
        """How many are drawn in one pass."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        rng, count = generator_for(self.generator), len(self.data_source)
        if self.replacement:
            yield from rng.integers(0, count, self.num_samples).tolist()
            return
        left = self.num_samples
        while left > 0 and count > 0:
            yield from rng.permutation(count)[:left].tolist()
            left -= count

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """The given indices, in random order."""

    def __init__(self, indices: Sequence[int], generator: Any = None) -> None:
        self.indices = indices
        self.generator = None if generator is None else generator_for(generator)

    def __iter__(self) -> Iterator[int]:
        return (self.indices[i] for i in generator_for(self.generator).permutation(len(self.indices)))

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Draws in proportion to weights, which need not add up to 1.

    Raises ValueError for weights that are negative or all 0, and for more draws without replacement than there are
    weights above 0.

    Example:
        >>> list(ingot.data.WeightedRandomSampler([0.0, 1.0], 3))
        [1, 1, 1]
    """

    def __init__(
        self, weights: Sequence[float], num_samples: int, replacement: bool = True, generator: Any = None
    ) -> None:
        import numpy as np

        self.weights = np.asarray(weights, np.float64)
        if self.weights.ndim != 1 or not (self.weights >= 0).all() or not self.weights.sum() > 0:
            raise ValueError("WeightedRandomSampler: expected a sequence of weights, none negative and not all 0")
        if num_samples <= 0:
            raise ValueError(f"WeightedRandomSampler: num_samples must be positive, got {num_samples}")
        if not replacement and num_samples > np.count_nonzero(self.weights):
            raise ValueError(
                f"WeightedRandomSampler: cannot draw {num_samples} without replacement from "
                f"{np.count_nonzero(self.weights)} weights above 0"
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = None if generator is None else generator_for(generator)

    def __iter__(self) -> Iterator[int]:
        shares = self.weights / self.weights.sum()
        drawn = generator_for(self.generator).choice(len(shares), self.num_samples, self.replacement, shares)
        return iter(drawn.tolist())

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Lists of `batch_size` indices of another sampler; the last may be shorter, or is dropped.

    Example:
        >>> list(ingot.data.BatchSampler(range(5), batch_size=2, drop_last=False))
        [[0, 1], [2, 3], [4]]
    """

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool) -> None:
        if isinstance(batch_size, bool) or not isinstance(batch_size, int) or batch_size <= 0:
            raise ValueError(f"BatchSampler: batch_size must be a positive integer, got {batch_size!r}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        batch: list[int] = []
        for index in self.sampler:
            batch.append(index)
            if len(batch) == self.batch_size:
                yield batch
                batch = []
        if batch and not self.drop_last:
            yield batch

    def __len__(self) -> int:
        count = len(self.sampler)  # type: ignore[arg-type]
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)


class DistributedSampler(Sampler[int]):
    """Every `num_replicas`-th index from `rank` on, of all in order or, with `shuffle`, in an order that `seed` and
    `set_epoch` decide, the same for all ranks. By default there is one replica, this process.

    The last replicas get indices from the start again, or with `drop_last` all get as many as the last one has.

    Example:
        >>> list(ingot.data.DistributedSampler("abcde", num_replicas=2, rank=1, shuffle=False))
        [1, 3, 0]
    """

    def __init__(
        self,
        dataset: Sized,
        num_replicas: int | None = None,
        rank: int | None = None,
        shuffle: bool = True,
        seed: int = 0,
        drop_last: bool = False,
    ) -> None:
        self.dataset, self.shuffle, self.seed, self.epoch = dataset, shuffle, seed, 0
        self.num_replicas, self.rank, self.drop_last = num_replicas or 1, rank or 0, drop_last
        if not 0 <= self.rank < self.num_replicas:
            raise ValueError(f"DistributedSampler: rank {self.rank} is not below {self.num_replicas} replicas")
        self.num_samples = (len(dataset) + (0 if drop_last else self.num_replicas - 1)) // self.num_replicas
        self.total_size = self.num_samples * self.num_replicas

    def __iter__(self) -> Iterator[int]:
        count = len(self.dataset)
        order = generator_for(self.seed + self.epoch).permutation(count).tolist() if self.shuffle else range(count)
        return iter([order[i % count] for i in range(self.rank, self.total_size, self.num_replicas)])

    def __len__(self) -> int:
        return self.num_samples

    def set_epoch(self, epoch: int) -> None:
        """Decides the next order."""
        self.epoch = epoch
