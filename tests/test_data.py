"""Data sets, samplers, collation, and loading in threads."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, namedtuple

import numpy as np
import pytest
from helpers import run_python

import ingot as ig
from ingot import data
from ingot.data import DataLoader


def rows(loader) -> list:
    return [batch.tolist() for batch in loader]


def test_batches() -> None:
    assert rows(DataLoader(range(5), batch_size=2)) == [[0, 1], [2, 3], [4]]
    assert rows(DataLoader(range(5), batch_size=2, drop_last=True)) == [[0, 1], [2, 3]]
    assert len(DataLoader(range(5), 2)) == 3 and len(DataLoader(range(5), 2, drop_last=True)) == 2
    assert list(DataLoader(range(3), batch_size=None)) == [0, 1, 2]
    assert rows(DataLoader(range(4), batch_sampler=[[3, 0], [1]])) == [[3, 0], [1]]
    assert rows(DataLoader(range(4), sampler=[2, 1])) == [[2], [1]]
    assert list(DataLoader(range(4), 2, collate_fn=tuple)) == [(0, 1), (2, 3)]
    assert rows(DataLoader([], 2)) == []


@pytest.mark.parametrize("workers", [0, 3])
def test_shuffling_is_decided_by_the_seed(workers: int) -> None:
    def passes(seed):
        loader = DataLoader(range(20), 3, shuffle=True, generator=seed, num_workers=workers)
        return rows(loader), rows(loader)

    first, second = passes(1)
    assert (first, second) == passes(1)
    assert first != second and first != passes(2)[0]
    assert sorted(index for batch in first for index in batch) == list(range(20))
    ig.random.seed(5)
    by_global_seed = rows(DataLoader(range(20), 20, shuffle=True))
    ig.random.seed(5)
    assert rows(DataLoader(range(20), 20, shuffle=True)) == by_global_seed


def test_datasets() -> None:
    tensors = data.TensorDataset(np.arange(6).reshape(3, 2), ig.arange(3))
    x, y = next(iter(DataLoader(tensors, 2)))
    assert isinstance(x, ig.array) and x.tolist() == [[0, 1], [2, 3]] and y.tolist() == [0, 1]
    x, y = tensors[1]
    assert x.tolist() == [2, 3] and y.item() == 1
    joined = data.ConcatDataset([[1, 2], [3]])
    assert [joined[i] for i in range(3)] == [1, 2, 3] and joined[-1] == 3 and len(joined) == 3
    with pytest.raises(IndexError, match="out of range"):
        joined[3]
    assert list(data.ChainDataset([[1], [2, 3]])) == [1, 2, 3]
    assert data.StackDataset([1, 2], [3, 4])[1] == (2, 4)
    assert [data.Subset("abc", [2, 0])[i] for i in range(2)] == ["c", "a"]
    with pytest.raises(ValueError, match="lengths"):
        data.TensorDataset(ig.zeros(2), ig.zeros(3))
    with pytest.raises(NotImplementedError, match="__getitem__"):
        data.Dataset()[0]
    np.testing.assert_array_equal(next(iter(DataLoader(np.eye(3), 3))).numpy(), np.eye(3))


def test_random_split() -> None:
    parts = data.random_split(range(10), [0.7, 0.3], generator=4)
    assert [len(part) for part in parts] == [7, 3]
    assert sorted(part[i] for part in parts for i in range(len(part))) == list(range(10))
    again = data.random_split(range(10), [7, 3], generator=4)
    assert [part.indices for part in parts] == [part.indices for part in again]
    assert [len(part) for part in data.random_split(range(5), [0.5, 0.5])] == [3, 2]
    with pytest.raises(ValueError, match="add up"):
        data.random_split(range(10), [3, 3])


def test_samplers() -> None:
    assert list(data.SequentialSampler("abc")) == [0, 1, 2]
    many = list(data.RandomSampler("abc", num_samples=7, generator=0))
    assert len(many) == 7 and sorted(many[:3]) == sorted(many[3:6]) == [0, 1, 2]
    assert len(list(data.RandomSampler("abc", replacement=True, num_samples=9))) == 9
    assert set(data.WeightedRandomSampler([0, 1, 3], 50, generator=0)) == {1, 2}
    assert sorted(data.WeightedRandomSampler([1, 1, 1], 3, replacement=False)) == [0, 1, 2]
    assert sorted(data.SubsetRandomSampler([5, 7])) == [5, 7]
    assert list(data.BatchSampler(range(5), 2, True)) == [[0, 1], [2, 3]]
    with pytest.raises(ValueError, match="batch_size"):
        data.BatchSampler(range(5), 0, False)
    with pytest.raises(ValueError, match="without replacement"):
        data.WeightedRandomSampler([0, 1], 2, replacement=False)
    with pytest.raises(ValueError, match="weights"):
        data.WeightedRandomSampler([0.0, 0.0], 1)


def test_collation() -> None:
    Point = namedtuple("Point", "x y")
    collated = data.default_collate([Point(1, [2.0, "a"]), Point(3, [4.0, "b"])])
    assert isinstance(collated, Point) and collated.x.tolist() == [1, 3]
    assert collated.y[0].dtype == ig.float32 and collated.y[1] == ["a", "b"]
    assert data.default_collate([np.float64(1.5)]).dtype == ig.float64
    assert data.default_collate([True, False]).dtype == ig.bool_
    assert data.default_collate([ig.ones(2), ig.zeros(2)]).shape == (2, 2)
    assert isinstance(data.default_collate([OrderedDict(a=1)]), OrderedDict)
    with pytest.raises(TypeError, match="collate_fn"):
        data.default_collate([object()])
    with pytest.raises(ValueError, match="numbers of entries"):
        data.default_collate([[1], [1, 2]])
    assert isinstance(data.default_convert({"x": np.ones(2)})["x"], ig.array)


class Stream(data.IterableDataset):
    def __iter__(self):
        return iter(range(7))


@pytest.mark.parametrize("workers", [0, 2])
def test_streams(workers: int) -> None:
    assert rows(DataLoader(Stream(), 3, num_workers=workers)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert rows(DataLoader(Stream(), 3, drop_last=True, num_workers=workers)) == [[0, 1, 2], [3, 4, 5]]
    assert list(DataLoader(Stream(), None, num_workers=workers)) == list(range(7))
    with pytest.raises(ValueError, match="own order"):
        DataLoader(Stream(), 3, shuffle=True)


class Uneven:
    """Later items are ready sooner; item 7 cannot be read."""

    def __init__(self, bad: int | None = None) -> None:
        self.bad = bad

    def __len__(self) -> int:
        return 12

    def __getitem__(self, index: int) -> int:
        time.sleep(0.002 * (12 - index))
        if index == self.bad:
            raise OSError(f"cannot read item {index}")
        return index


def test_threads_keep_the_order() -> None:
    assert rows(DataLoader(Uneven(), 2, num_workers=4, prefetch_factor=3)) == rows(DataLoader(range(12), 2))


def test_exceptions_come_where_their_batch_would() -> None:
    seen: list[list[int]] = []
    with pytest.raises(OSError, match="item 7"):
        seen.extend(batch.tolist() for batch in DataLoader(Uneven(bad=7), 2, num_workers=3))
    assert seen == [[0, 1], [2, 3], [4, 5]]


def loader_threads() -> int:
    return sum(thread.name.startswith("ingot-data") for thread in threading.enumerate())


def test_leaving_early_ends_the_threads() -> None:
    for batch in DataLoader(Uneven(), 1, num_workers=3):
        assert batch.tolist() == [0]
        break
    deadline = time.monotonic() + 10
    while loader_threads() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not loader_threads()


def test_workers_are_set_up_and_bounded() -> None:
    numbers: list[int] = []
    fetched: list[int] = []

    class Counted:
        def __len__(self):
            return 100

        def __getitem__(self, index):
            fetched.append(index)
            return index

    batches = iter(DataLoader(Counted(), 1, num_workers=2, prefetch_factor=2, worker_init_fn=numbers.append))
    next(batches)
    time.sleep(0.1)
    assert len(fetched) <= 6
    assert sorted(numbers) == [0, 1]


def test_interrupt_ends_the_process() -> None:
    code = """
import _thread, signal, threading, time
from ingot.data import DataLoader
signal.signal(signal.SIGINT, signal.default_int_handler)  # which background jobs ignore
class Slow:
    def __len__(self): return 1000
    def __getitem__(self, index):
        time.sleep(0.05)
        return index
threading.Timer(0.5, _thread.interrupt_main).start()
try:
    for batch in DataLoader(Slow(), 1, num_workers=2): pass
except KeyboardInterrupt:
    print("interrupted")
"""
    assert "interrupted" in run_python(code, timeout=30).stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_workers": -1}, "num_workers"),
        ({"batch_size": 0}, "batch_size"),
        ({"prefetch_factor": 2}, "prefetch_factor"),
        ({"sampler": [0], "shuffle": True}, "sampler"),
        ({"batch_sampler": [[0]], "shuffle": True}, "batch_sampler"),
        ({"batch_size": None, "drop_last": True}, "drop_last"),
    ],
)
def test_arguments_that_exclude_each_other(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DataLoader(range(3), **options)


def test_torch_datasets_work_as_they_are() -> None:
    torch = pytest.importorskip("torch")
    theirs = torch.utils.data.TensorDataset(torch.arange(6).reshape(3, 2).float(), torch.arange(3))
    x, y = next(iter(DataLoader(theirs, 2)))
    assert isinstance(x, ig.array) and x.tolist() == [[0, 1], [2, 3]] and y.tolist() == [0, 1]


def test_every_replica_takes_its_share() -> None:
    parts = [list(data.DistributedSampler(range(7), num_replicas=3, rank=rank, shuffle=False)) for rank in range(3)]
    assert parts == [[0, 3, 6], [1, 4, 0], [2, 5, 1]]
    short = data.DistributedSampler(range(7), num_replicas=3, rank=0, shuffle=False, drop_last=True)
    assert (list(short), len(short)) == ([0, 3], 2)
    shuffled = data.DistributedSampler(range(20))
    first = list(shuffled)
    shuffled.set_epoch(1)
    assert sorted(first) == sorted(shuffled) == list(range(20))
    assert first != list(shuffled)
    with pytest.raises(ValueError, match="rank"):
        data.DistributedSampler(range(3), num_replicas=2, rank=2)
