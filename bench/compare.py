"""Ingot beside its peers: the same work, on the same machine, in one run.

    python bench/compare.py                                    # every row, every installed peer, one thread
    python bench/compare.py --list                             # which rows there are, and their goals
    python bench/compare.py --rows 'matmul-*' mlp-adam --peers ingot torch jax --threads 2
    python bench/compare.py --repeat 31 --json results.json --plot results.png
    python bench/compare.py --load results.json --plot results.png    # the same table again, without measuring

bench/README.md says how it measures and how to read the table.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import datetime, timezone
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from peers import PEERS, Peer
from picture import draw
from report import Cell, Outcome, goal_text, machine, table
from rows import Row, all_rows
from rows.size import WHEEL_VARIABLE

WORKER = Path(__file__).parent / "worker.py"

#: Peers that compute in float32 in another order agree to about this much of an array's size.
TOLERANCE = 1e-3


class PeerError(Exception):
    """A peer did not do its work; the message says why."""


class Worker:
    """A process for one peer in one row, so that threads, settings and the state of the heap touch nothing else."""

    def __init__(self, peer: Peer, row: Row, args: argparse.Namespace) -> None:
        self.peer = peer
        self.limit: float = args.limit
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), peer.name, row.name, str(args.threads), args.clock],
            env=peer.environment(args.threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if args.verbose else subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self.replies: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.replies.put(line)
        self.replies.put("")

    def read(self) -> dict[str, Any]:
        """The next reply: a worker speaks once when it is ready, and then once for each sample."""
        try:
            reply = self.replies.get(timeout=self.limit)
        except queue.Empty:
            raise PeerError(f"over {self.limit:g} s") from None
        if not reply:
            raise PeerError(f"ended with exit code {self.process.wait()}")
        answer: dict[str, Any] = json.loads(reply)
        if "error" in answer:
            raise PeerError(answer["error"].strip())
        return answer

    def sample(self) -> float:
        """Seconds per run of the row's work."""
        assert self.process.stdin is not None
        try:
            print("sample", file=self.process.stdin, flush=True)
        except BrokenPipeError:
            raise PeerError(f"ended with exit code {self.process.wait()}") from None
        return float(self.read()["figure"])

    def close(self) -> None:
        """Ends the process and whatever compilers it has started."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.kill()
        self.process.communicate()


def measure_work(row: Row, peers: list[Peer], args: argparse.Namespace) -> Outcome:
    """All peers are prepared, and then take turns: what slows the machine for a while slows all of them down."""
    outcome = Outcome()
    workers: list[Worker] = []
    try:
        for peer in peers:
            worker = Worker(peer, row, args)
            workers.append(worker)
            try:
                outcome.cells[peer.name] = Cell(**worker.read())
            except PeerError as failure:
                outcome.failures[peer.name] = str(failure)
        for _ in range(min(args.repeat, row.most_samples)):
            for worker in workers:
                name = worker.peer.name
                if name in outcome.failures:
                    continue
                try:
                    outcome.cells[name].samples.append(worker.sample())
                except PeerError as failure:
                    outcome.failures[name] = str(failure)
                    del outcome.cells[name]
    finally:
        for worker in workers:
            worker.close()
    compare_results(outcome)
    return outcome


def compare_results(outcome: Outcome) -> None:
    """Notes who computes something else than the first column."""
    first = next(iter(outcome.cells), None)
    for other in outcome.cells if first else ():
        mine, theirs = outcome.cells[first or other].digests, outcome.cells[other].digests
        agree = len(mine) == len(theirs) and all(
            abs(a - b) <= TOLERANCE * max(left[0], 1e-6)
            for left, right in zip(mine, theirs, strict=True)
            for a, b in zip(left, right, strict=True)
        )
        if not agree:
            outcome.disagreements.append(f"{other} computes {theirs}, {first} computes {mine}")


def measure_gauge(row: Row, peers: list[Peer], args: argparse.Namespace) -> Outcome:
    """A fresh process for every figure, in turns."""
    outcome = Outcome()
    for _ in range(min(args.repeat, row.most_samples)):
        for peer in peers:
            if peer.name in outcome.failures:
                continue
            worker = Worker(peer, row, args)
            try:
                outcome.cells.setdefault(peer.name, Cell()).samples.append(worker.read()["figure"])
            except PeerError as failure:
                outcome.failures[peer.name] = str(failure)
                outcome.cells.pop(peer.name, None)
            finally:
                worker.close()
    return outcome


def chosen_rows(patterns: list[str] | None) -> list[Row]:
    """Rows whose name matches one of the patterns."""
    rows = all_rows()
    if patterns is None:
        return list(rows.values())
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in rows):
            sys.exit(f"no row is called {pattern!r}; rows are: {', '.join(rows)}")
    return [row for row in rows.values() if any(fnmatchcase(row.name, pattern) for pattern in patterns)]


def chosen_peers(names: list[str]) -> list[Peer]:
    installed = []
    for name in names:
        if PEERS[name].version() is None:
            print(f"{name} is not installed: skipped", file=sys.stderr)
        else:
            installed.append(PEERS[name])
    return installed


def thread_count(text: str) -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    count = cores if text == "all" else int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least one thread is needed")
    return count


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Ingot beside its peers.")
    parser.add_argument("--list", action="store_true", help="list the rows with their goals, and stop")
    parser.add_argument("--rows", nargs="+", metavar="PATTERN", help="which rows, as in 'mlp-*' (default: all)")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), help="which columns (default: all)")
    parser.add_argument("--threads", type=thread_count, default=1, help="for each peer: a number, or all (default: 1)")
    parser.add_argument(
        "--clock", choices=("wall", "cpu"), default="wall", help="cpu: time computed, for a machine that others use too"
    )
    parser.add_argument("--repeat", type=int, default=15, help="samples for each cell (default: 15)")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds a peer may take to get ready for a row")
    parser.add_argument("--wheel", type=Path, metavar="FILE", help="a wheel of Ingot, for the rows about size")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample, and the machine, to FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the table to FILE (needs matplotlib)")
    parser.add_argument("--load", type=Path, metavar="FILE", help="show what --json wrote, and measure nothing")
    parser.add_argument("--verbose", action="store_true", help="show what the peers print")
    args = parser.parse_args()
    if args.repeat < 1:
        parser.error("--repeat must be at least 1")
    if args.clock == "cpu" and args.threads > 1:
        parser.error("--clock cpu adds up all threads, so it only says something with --threads 1")
    return args


def measure_all(rows: list[Row], args: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Outcome]]:
    peers = chosen_peers(args.peers)
    about = {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": machine(),
        "threads": args.threads,
        "clock": args.clock,
        "repeat": args.repeat,
        "peers": [peer.name for peer in peers],
        "versions": {peer.distribution: peer.version() for peer in peers},
    }
    if args.wheel:
        os.environ[WHEEL_VARIABLE] = str(args.wheel.resolve(strict=True))
    outcomes = {}
    for row in rows:
        able = [peer for peer in peers if peer.name in row.peers]
        if row.name == "wheel" and not args.wheel:
            continue
        print(f"measuring {row.name} ...", file=sys.stderr)
        outcomes[row.name] = measure_work(row, able, args) if row.work else measure_gauge(row, able, args)
    return about, outcomes


def main() -> int:
    args = arguments()
    rows = chosen_rows(args.rows)
    if args.list:
        width = max(len(row.name) for row in rows)
        for row in rows:
            print(f"{row.name:{width}}  {row.title}" + (f" [{goal_text(row)}]" if row.goals else ""))
        return 0
    if args.load:
        about = json.loads(args.load.read_text())
        outcomes = {name: Outcome.from_json(stored) for name, stored in about.pop("rows").items()}
    else:
        about, outcomes = measure_all(rows, args)
    rows = [row for row in rows if row.name in outcomes]
    print(table(rows, outcomes, about))
    if args.json:
        stored = {"rows": {name: outcome.as_json() for name, outcome in outcomes.items()}}
        args.json.write_text(json.dumps(about | stored, indent=1))
    if args.plot:
        draw(rows, outcomes, about, args.plot)
    return 0 if all(outcomes[row.name].clean for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
