"""Sequences of different lengths, padded and packed."""

from ingot._core.nn.utils.rnn import *
