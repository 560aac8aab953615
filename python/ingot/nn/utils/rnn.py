"""Sequences of different lengths, padded and packed."""

from __future__ import annotations

from typing import Any

from ingot._core import array
from ingot._core.nn.utils.rnn import *
from ingot._core.nn.utils.rnn import pad_packed_sequence as _pad_packed_sequence


def unpad_sequence(padded_sequences: array, lengths: Any, batch_first: bool = False) -> list[array]:
    """The sequences of a padded batch, each of its own length.

    Example:
        >>> [x.tolist() for x in ingot.nn.utils.rnn.unpad_sequence(ingot.array([[1, 2], [3, 0]]), [1, 2], True)]
        [[1], [3, 0]]
    """
    rows = padded_sequences if batch_first else padded_sequences.swapaxes(0, 1)
    return [row[: int(length)] for row, length in zip(rows, lengths, strict=True)]


def unpack_sequence(packed_sequences: Any) -> list[array]:
    """The sequences of a packed batch."""
    padded, lengths = _pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
