"""Data sets, samplers and loaders, with the names and arguments of `torch.utils.data`.

A data set is anything with `__len__` and `__getitem__`: NumPy arrays, lists and torch's map-style data sets work as
they are.

Example:
    >>> import numpy as np
    >>> from ingot.data import DataLoader, TensorDataset
    >>> data = TensorDataset(np.zeros((10, 3), np.float32), np.arange(10))
    >>> loader = DataLoader(data, batch_size=4, shuffle=True)
    >>> [x.shape for x, y in loader]
    [(4, 3), (4, 3), (2, 3)]
"""

from ingot.data.collate import default_collate as default_collate
from ingot.data.collate import default_convert as default_convert
from ingot.data.dataset import ChainDataset as ChainDataset
from ingot.data.dataset import ConcatDataset as ConcatDataset
from ingot.data.dataset import Dataset as Dataset
from ingot.data.dataset import IterableDataset as IterableDataset
from ingot.data.dataset import StackDataset as StackDataset
from ingot.data.dataset import Subset as Subset
from ingot.data.dataset import TensorDataset as TensorDataset
from ingot.data.dataset import random_split as random_split
from ingot.data.loader import DataLoader as DataLoader
from ingot.data.loader import get_worker_info as get_worker_info
from ingot.data.sampler import BatchSampler as BatchSampler
from ingot.data.sampler import DistributedSampler as DistributedSampler
from ingot.data.sampler import RandomSampler as RandomSampler
from ingot.data.sampler import Sampler as Sampler
from ingot.data.sampler import SequentialSampler as SequentialSampler
from ingot.data.sampler import SubsetRandomSampler as SubsetRandomSampler
from ingot.data.sampler import WeightedRandomSampler as WeightedRandomSampler
