"""Helpers for gradients, parameters and sequences, with the names of `torch.nn.utils`."""

from ingot._core.nn.utils import *
from ingot.nn.utils import parametrizations as parametrizations
from ingot.nn.utils import parametrize as parametrize
from ingot.nn.utils import rnn as rnn
from ingot.nn.utils._normalised_weights import remove_spectral_norm as remove_spectral_norm
from ingot.nn.utils._normalised_weights import remove_weight_norm as remove_weight_norm
from ingot.nn.utils._normalised_weights import spectral_norm as spectral_norm
from ingot.nn.utils._normalised_weights import weight_norm as weight_norm
from ingot.nn.utils._summary import summary as summary
