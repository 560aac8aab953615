"""Random numbers: same seed, same numbers, on every machine and for every number of threads."""

from ingot._core.random import *

manual_seed = seed
