"""The process of one peer in one row: prepares the work, then measures a sample whenever the parent asks.

    python bench/worker.py PEER ROW

Replies are lines of JSON: one when the work is ready, one for each line that arrives on stdin. What a peer prints
goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback

import numpy as np

from peers import PEERS
from rows import Run, all_rows

#: Shorter runs are repeated within one sample until it lasts this long, so that the clock's own cost vanishes.
SAMPLE_SECONDS = 0.1


def sample(run: Run, loops: int) -> float:
    """Seconds per run."""
    start = time.perf_counter()
    for _ in range(loops):
        run()
    return (time.perf_counter() - start) / loops


def prepare(peer: str, row: str) -> tuple[Run, int, dict[str, float]]:
    """Builds the work, notes what it computes, warms it up, and chooses how many runs make one sample."""
    run = all_rows()[row].peers[peer]()
    start = time.perf_counter()
    result = run()
    first_call = time.perf_counter() - start
    digest = float(np.mean(PEERS[peer].to_numpy(result), dtype=np.float64))
    del result
    loops = 1
    while (seconds := sample(run, loops) * loops) < SAMPLE_SECONDS:
        loops = max(2 * loops, int(loops * SAMPLE_SECONDS / seconds) + 1)
    return run, loops, {"first_call": first_call, "digest": digest}


def main() -> None:
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer, row = sys.argv[1:]
    try:
        run, loops, about = prepare(peer, row)
    except Exception:
        print(json.dumps({"error": traceback.format_exc()}), file=replies, flush=True)
        return
    print(json.dumps(about), file=replies, flush=True)
    for _ in sys.stdin:
        print(json.dumps({"seconds": sample(run, loops)}), file=replies, flush=True)


if __name__ == "__main__":
    main()
