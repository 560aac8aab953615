"""The process of one peer in one row: prepares the work, then measures a sample whenever the parent asks.

    python bench/worker.py PEER ROW THREADS CLOCK

Replies are lines of JSON: one when the work is ready, one for each line that arrives on stdin. A row of single figures
has one reply, the figure. What a peer prints goes to stderr.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from typing import Any

import numpy as np

from peers import PEERS, Peer
from rows import Clock, Row, Run, all_rows

#: Shorter runs are repeated within one sample until it lasts this long, so that the clock's own cost vanishes.
SAMPLE_SECONDS = 0.1

#: Steps of training before the loss is compared: enough for every part of the optimizer's state to have its say.
CHECKED_STEPS = 4


#: Seconds that passed, or that this process computed, on all of its threads.
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}


def sample(run: Run, loops: int, clock: Clock) -> float:
    """Seconds per run."""
    start = clock()
    for _ in range(loops):
        run()
    return (clock() - start) / loops


def digest(result: Any) -> list[float]:
    """What one array computed elsewhere would hardly share with another: its size, and two sums over all of it."""
    x = np.asarray(result, dtype=np.float64).reshape(-1)
    return [float(np.sqrt(np.mean(x * x))), float(np.mean(x)), float(np.mean(x * np.cos(np.arange(x.size))))]


def digests(peer: Peer, result: Any) -> list[list[float]]:
    arrays = result if isinstance(result, tuple) else (result,)
    return [digest(peer.to_numpy(x)) for x in arrays]


def prepare(peer: Peer, row: Row, clock: Clock) -> tuple[Run, int, dict[str, Any]]:
    """Notes what the work computes, builds and warms it up, and chooses how many runs make one sample."""
    assert row.work is not None
    if row.check:
        run = row.check[peer.name]()
        for _ in range(CHECKED_STEPS):
            result = run()
        found = digests(peer, result)
        del run, result
        gc.collect()
    run = row.work[peer.name]()
    start = time.perf_counter()
    result = run()
    first_call = time.perf_counter() - start
    if not row.check:
        found = digests(peer, result)
    del result
    loops = 1
    while (seconds := sample(run, loops, clock) * loops) < SAMPLE_SECONDS:
        loops = max(2 * loops, int(loops * SAMPLE_SECONDS / seconds) + 1)
    return run, loops, {"first_call": first_call, "digests": found}


def main() -> None:
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def reply(**answer: Any) -> None:
        print(json.dumps(answer), file=replies, flush=True)

    peer, row, threads, clock = PEERS[sys.argv[1]], all_rows()[sys.argv[2]], int(sys.argv[3]), CLOCKS[sys.argv[4]]
    try:
        if row.gauge:
            reply(figure=row.gauge[peer.name](clock))
            return
        peer.prepare(threads)
        run, loops, about = prepare(peer, row, clock)
    except Exception:
        reply(error=traceback.format_exc())
        return
    reply(**about)
    for _ in sys.stdin:
        reply(figure=sample(run, loops, clock))


if __name__ == "__main__":
    main()
