"""Batches of a data set, prepared ahead in threads."""

from __future__ import annotations

import functools
import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from ingot.data._random import generator_for
from ingot.data.collate import default_collate, default_convert
from ingot.data.dataset import IterableDataset
from ingot.data.sampler import BatchSampler, RandomSampler, SequentialSampler


class DataLoader:
    """Batches of a data set, with the arguments of `torch.utils.data.DataLoader`.

    `dataset` is anything with `__len__` and `__getitem__`, or an `IterableDataset`. With `shuffle` the order is another
    one in each pass; `generator` (a seed or a `numpy.random.Generator`) decides on it, or without one the global seed.
    `num_workers` threads (not processes: nothing is copied or pickled) prepare up to `prefetch_factor` batches each
    ahead, which come in order whatever takes how long; an exception of theirs is raised where its batch would come.
    Leaving the loop early stops them.

    `pin_memory`, `persistent_workers`, `timeout`, `worker_init_fn` and `multiprocessing_context` are taken for torch's
    sake; threads need none of them, but `worker_init_fn` is called with the number of each.

    Raises ValueError for arguments that exclude each other.

    Example:
        >>> loader = ingot.data.DataLoader(range(5), batch_size=2)
        >>> [batch.tolist() for batch in loader]
        [[0, 1], [2, 3], [4]]
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[list[int]] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[Any], Any] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], None] | None = None,
        multiprocessing_context: Any = None,
        generator: Any = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ) -> None:
        del pin_memory, timeout, multiprocessing_context, persistent_workers, pin_memory_device, in_order
        if num_workers < 0:
            raise ValueError(f"DataLoader: num_workers must not be negative, got {num_workers}")
        if prefetch_factor is not None and prefetch_factor <= 0:
            raise ValueError(f"DataLoader: prefetch_factor must be positive, got {prefetch_factor}")
        if prefetch_factor is not None and num_workers == 0:
            raise ValueError("DataLoader: prefetch_factor is for num_workers > 0")
        if sampler is not None and shuffle:
            raise ValueError("DataLoader: a sampler excludes shuffle")
        if batch_sampler is not None and (batch_size != 1 or shuffle or sampler is not None or drop_last):
            raise ValueError("DataLoader: a batch_sampler excludes batch_size, shuffle, sampler and drop_last")
        if batch_size is None and drop_last:
            raise ValueError("DataLoader: drop_last needs a batch_size")
        self._streams = isinstance(dataset, IterableDataset) or not hasattr(dataset, "__getitem__")
        if self._streams and (shuffle or sampler is not None or batch_sampler is not None):
            raise ValueError("DataLoader: the items of an IterableDataset come in its own order; shuffle them there")
        self.dataset = dataset
        self.num_workers = num_workers
        self.prefetch_factor = 2 if prefetch_factor is None and num_workers else prefetch_factor
        self.worker_init_fn = worker_init_fn
        self.generator = None if generator is None else generator_for(generator)
        self.drop_last = drop_last
        self.batch_size = None if batch_sampler is not None else batch_size
        self.sampler: Any = sampler
        if not self._streams and sampler is None and batch_sampler is None:
            self.sampler = RandomSampler(dataset, generator=self.generator) if shuffle else SequentialSampler(dataset)
        self.batch_sampler: Any = batch_sampler
        if not self._streams and batch_sampler is None and batch_size is not None:
            self.batch_sampler = BatchSampler(self.sampler, batch_size, drop_last)
        batched = self.batch_sampler is not None or (self._streams and batch_size is not None)
        self._given_collate = collate_fn is not None
        self.collate_fn: Callable[[Any], Any] = collate_fn or (default_collate if batched else default_convert)
        if self._streams and batch_size is not None:
            BatchSampler((), batch_size, drop_last)  # checks the size

    def __len__(self) -> int:
        if self._streams:
            count = len(self.dataset)
            if self.batch_size is None:
                return count
            return count // self.batch_size if self.drop_last else -(-count // self.batch_size)
        return len(self.batch_sampler if self.batch_sampler is not None else self.sampler)

    def _jobs(self) -> Iterator[Callable[[], Any]]:
        """What makes each batch, in order."""
        if self._streams:
            yield from self._stream_jobs()
        elif self.batch_sampler is not None:
            for indices in self.batch_sampler:
                yield functools.partial(self._fetch, indices)
        else:
            for index in self.sampler:
                yield functools.partial(self._item, index)

    def _stream_jobs(self) -> Iterator[Callable[[], Any]]:
        items = iter(self.dataset)
        if self.batch_size is None:
            for item in items:
                yield functools.partial(self.collate_fn, item)
            return
        while batch := list(itertools.islice(items, self.batch_size)):
            if len(batch) < self.batch_size and self.drop_last:
                return
            yield functools.partial(self.collate_fn, batch)

    def _item(self, index: int) -> Any:
        return self.collate_fn(self.dataset[index])

    def _fetch(self, indices: list[int]) -> Any:
        from ingot.data.dataset import TensorDataset

        if type(self.dataset) is TensorDataset and not self._given_collate:
            return list(self.dataset.__getitems__(indices))
        fetch_many = getattr(self.dataset, "__getitems__", None)
        if fetch_many is not None and type(self.dataset) is not TensorDataset:
            return self.collate_fn(fetch_many(indices))
        return self.collate_fn([self.dataset[index] for index in indices])

    def __iter__(self) -> Iterator[Any]:
        return self._prefetched() if self.num_workers else (job() for job in self._jobs())

    def _prefetched(self) -> Iterator[Any]:
        numbers = itertools.count()
        stopped = threading.Event()

        def begin() -> None:
            if self.worker_init_fn is not None:
                self.worker_init_fn(next(numbers))

        def run(job: Callable[[], Any]) -> Any:
            return None if stopped.is_set() else job()

        assert self.prefetch_factor is not None
        ahead = self.num_workers * self.prefetch_factor
        pool = ThreadPoolExecutor(self.num_workers, "ingot-data", begin)
        pending: deque[Future[Any]] = deque()
        try:
            jobs = self._jobs()
            pending.extend(pool.submit(run, job) for job in itertools.islice(jobs, ahead))
            while pending:
                batch = pending.popleft().result()
                pending.extend(pool.submit(run, job) for job in itertools.islice(jobs, 1))
                yield batch
        finally:
            # After an early exit, an exception or Ctrl-C: what has not begun never will.
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)


def get_worker_info() -> None:
    """None, as in PyTorch's main process: no data set is split between workers here.

    Example:
        >>> ingot.data.get_worker_info() is None
        True
    """
