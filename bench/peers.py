"""Who is measured, and how each of them is told how many threads it may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

OMP_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
ONE_OMP_THREAD = dict.fromkeys(OMP_VARIABLES, "1")
#: XLA takes the size of its thread pool from NPROC; the flag alone leaves it at the number of cores.
ONE_XLA_THREAD = {"NPROC": "1", "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false"}
#: What decides how many threads a peer uses; none of it is inherited.
THREAD_VARIABLES = {"INGOT_NUM_THREADS", *OMP_VARIABLES, *ONE_XLA_THREAD}


@dataclass(frozen=True)
class Peer:
    """One column of the table."""

    name: str
    module: str
    distribution: str
    #: Settings that make it compute on one thread.
    one_thread: dict[str, str]
    #: A result as a NumPy array.
    to_numpy: Callable[[Any], Any]

    def version(self) -> str | None:
        """The installed version, or None if it is not installed."""
        if find_spec(self.module) is None:
            return None
        try:
            return version(self.distribution)
        except PackageNotFoundError:
            return "from a source tree"

    def environment(self, threads: str) -> dict[str, str]:
        """The environment its worker runs in; `threads` is "1" or "all"."""
        inherited = {key: value for key, value in os.environ.items() if key not in THREAD_VARIABLES}
        return inherited | (self.one_thread if threads == "1" else {})

    @property
    def ours(self) -> bool:
        return self.module == "ingot"


PEERS = {
    peer.name: peer
    for peer in (
        Peer("ingot", "ingot", "ingot", {"INGOT_NUM_THREADS": "1"}, lambda x: x.detach().numpy()),
        Peer("ingot-jit", "ingot", "ingot", {"INGOT_NUM_THREADS": "1"}, lambda x: x.detach().numpy()),
        Peer("torch", "torch", "torch", ONE_OMP_THREAD, lambda x: x.detach().numpy()),
        Peer("torch-compile", "torch", "torch", ONE_OMP_THREAD, lambda x: x.detach().numpy()),
        Peer("jax", "jax", "jax", ONE_XLA_THREAD | ONE_OMP_THREAD, np.asarray),
        Peer("mlx", "mlx", "mlx", ONE_OMP_THREAD, np.asarray),
    )
}

#: torch.compile needs a C++ compiler and up to a minute per row, so it is measured when asked for.
DEFAULT_PEERS = tuple(name for name in PEERS if name != "torch-compile")
