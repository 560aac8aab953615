"""Sequences of different lengths."""

# Written by python/src/stubs.py; do not edit.

import builtins
import collections.abc
import os
import types
import typing

import typing_extensions
from typing_extensions import Self

from ingot._core import ArrayLike, DeviceLike, DTypeLike, IntOrInts, Parameter, array, device, dtype

class PackedSequence:
    """Sequences of different lengths without padding, step by step, as `pack_padded_sequence` makes them and
    recurrent layers take them.
    """
    def __init__(
        self,
        data: ArrayLike,
        batch_sizes: ArrayLike,
        sorted_indices: ArrayLike | None = None,
        unsorted_indices: ArrayLike | None = None,
    ) -> None: ...
    @property
    def data(self) -> array: ...
    @property
    def batch_sizes(self) -> array:
        """How many sequences reach each step."""
    @property
    def sorted_indices(self) -> typing.Any: ...
    @property
    def unsorted_indices(self) -> typing.Any: ...

def pad_sequence(
    sequences: collections.abc.Sequence[ArrayLike],
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: str = "right",
) -> array:
    """Sequences (T, *) of any lengths as one array (T, N, *), or (N, T, *), filled up with `padding_value`.

    Example:
        >>> print(ingot.nn.utils.rnn.pad_sequence([ingot.ones(2), ingot.ones(1)], batch_first=True))
        [[1. 1.]
         [1. 0.]]
    """

def pack_padded_sequence(
    input: ArrayLike, lengths: ArrayLike, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """A padded batch (T, N, *), or (N, T, *), of sequences of the given lengths, without the padding. Unless
    `enforce_sorted`, lengths may come in any order. Raises ValueError for lengths that do not fit.

    Example:
        >>> packed = ingot.nn.utils.rnn.pack_padded_sequence(ingot.ones((3, 2, 4)), [3, 1])
        >>> packed.data.shape, packed.batch_sizes.tolist()
        ((4, 4), [2, 1, 1])
    """

def pad_packed_sequence(
    sequence: PackedSequence, batch_first: bool = False, padding_value: float = 0.0, total_length: int | None = None
) -> tuple[array, array]:
    """The padded batch again, and the lengths."""

def pack_sequence(sequences: collections.abc.Sequence[ArrayLike], enforce_sorted: bool = True) -> PackedSequence:
    """Packs sequences (T, *) of different lengths."""
