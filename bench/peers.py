"""Who is measured, and how each of them is told how many threads it may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np

OMP_VARIABLES = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
#: What decides how many threads a peer uses; none of it is inherited.
THREAD_VARIABLES = {"INGOT_NUM_THREADS", "NPROC", "XLA_FLAGS", *OMP_VARIABLES}


def ingot_threads(count: int) -> Mapping[str, str]:
    return {"INGOT_NUM_THREADS": str(count)}


def omp_threads(count: int) -> Mapping[str, str]:
    return dict.fromkeys(OMP_VARIABLES, str(count))


def xla_threads(count: int) -> Mapping[str, str]:
    """XLA takes the size of its thread pool from NPROC; the flag alone leaves it at the number of cores."""
    flags = {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false"} if count == 1 else {}
    return {"NPROC": str(count), **flags, **omp_threads(count)}


@dataclass(frozen=True)
class Peer:
    """One column of the table."""

    name: str
    module: str
    distribution: str
    #: Settings that make it compute on so many threads.
    threads: Callable[[int], Mapping[str, str]]
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

    def environment(self, threads: int) -> dict[str, str]:
        """The environment its worker runs in."""
        inherited = {key: value for key, value in os.environ.items() if key not in THREAD_VARIABLES}
        return {**inherited, **self.threads(threads)}

    def prepare(self, threads: int) -> None:
        """Called in the worker, for what the environment does not reach."""
        if self.module == "torch":
            import torch

            torch.set_num_threads(threads)

    @property
    def ours(self) -> bool:
        return self.module == "ingot"


def from_torch(x: Any) -> Any:
    import torch

    # NumPy has no bfloat16.
    x = x.detach()
    return x.float().numpy() if x.dtype is torch.bfloat16 else x.numpy()


def from_ingot(x: Any) -> Any:
    return x.detach().numpy()


PEERS = {
    peer.name: peer
    for peer in (
        Peer("ingot", "ingot", "ingot", ingot_threads, from_ingot),
        Peer("ingot-jit", "ingot", "ingot", ingot_threads, from_ingot),
        Peer("torch", "torch", "torch", omp_threads, from_torch),
        Peer("torch-compile", "torch", "torch", omp_threads, from_torch),
        Peer("jax", "jax", "jax", xla_threads, np.asarray),
        Peer("mlx", "mlx", "mlx", omp_threads, np.asarray),
        Peer("numpy", "numpy", "numpy", omp_threads, np.asarray),
    )
}
