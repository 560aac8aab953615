"""Helpers for gradients, parameters and sequences, with the names of `torch.nn.utils`."""

import typing as _typing

from ingot._core.nn.utils import *
from ingot.nn.utils import parametrizations as parametrizations
from ingot.nn.utils import parametrize as parametrize
from ingot.nn.utils import prune as prune
from ingot.nn.utils._normalised_weights import remove_spectral_norm as remove_spectral_norm
from ingot.nn.utils._normalised_weights import remove_weight_norm as remove_weight_norm
from ingot.nn.utils._normalised_weights import spectral_norm as spectral_norm
from ingot.nn.utils._normalised_weights import weight_norm as weight_norm
from ingot.nn.utils._summary import summary as summary

if _typing.TYPE_CHECKING:
    from ingot.nn.utils import rnn as rnn
else:
    # `from` would find what `*` brings under this name: the C++ part alone.
    import ingot.nn.utils.rnn as rnn  # noqa: F401
