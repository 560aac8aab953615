"""Linear algebra over the last two axes; leading axes are a batch.

Matrices that have no such decomposition or inverse raise `LinAlgError` (a ValueError and a RuntimeError) when the value
is asked for; the message names the entry of the batch. All functions are differentiable, in both modes, to any order.
"""

from ingot._core.linalg import *
