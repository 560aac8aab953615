"""Where PyTorch's scripts look for `checkpoint`."""

from ingot.autograd.checkpointing import checkpoint as checkpoint
from ingot.autograd.checkpointing import checkpoint_sequential as checkpoint_sequential
