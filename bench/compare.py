"""Ingot beside its peers: the same work, on the same machine, in one run.

    python bench/compare.py                                # every row, every installed peer, one thread
    python bench/compare.py --rows matmul digits-mlp --peers torch jax --threads all
    python bench/compare.py --repeat 31 --json results.json --plot results.png

bench/README.md says how it measures and how to read the table.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from peers import DEFAULT_PEERS, PEERS, Peer
from report import Cell, draw, machine, table
from rows import Row, all_rows

#: Peers that compute in float32 in another order agree to about this much.
TOLERANCE = 1e-3


class Worker:
    """A process for one peer in one row, so that threads, settings and the state of the heap touch nothing else."""

    def __init__(self, peer: Peer, row: Row, threads: str, verbose: bool) -> None:
        self.peer = peer
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / "worker.py"), peer.name, row.name],
            env=peer.environment(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if verbose else subprocess.DEVNULL,
            text=True,
        )

    def read(self) -> dict[str, Any]:
        """The next reply: a worker speaks once when it is ready, and then once for each sample."""
        assert self.process.stdout is not None
        reply = self.process.stdout.readline()
        if not reply:
            return {"error": f"the worker ended with exit code {self.process.wait()}"}
        answer: dict[str, Any] = json.loads(reply)
        return answer

    def sample(self) -> float:
        """Seconds per run of the row's work."""
        assert self.process.stdin is not None
        print("sample", file=self.process.stdin, flush=True)
        return float(self.read()["seconds"])

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)


def measure(row: Row, peers: list[Peer], args: argparse.Namespace) -> tuple[dict[str, Cell], list[str]]:
    """One row of the table, and what went wrong in it."""
    cells: dict[str, Cell] = {}
    faults = []
    workers = []
    for peer in peers:
        if peer.name not in row.peers:
            continue
        worker = Worker(peer, row, args.threads, args.verbose)
        ready = worker.read()
        if "error" in ready:
            faults.append(f"{row.name}, {peer.name}: {ready['error'].strip()}")
            worker.close()
        else:
            cells[peer.name] = Cell(first_call=ready["first_call"], digest=ready["digest"])
            workers.append(worker)
    # One sample of each peer in turn: whatever slows the machine down for a while slows all of them down.
    for _ in range(args.repeat):
        for worker in workers:
            cells[worker.peer.name].samples.append(worker.sample())
    for worker in workers:
        worker.close()
    if cells:
        name, first = next(iter(cells.items()))
        for other, cell in cells.items():
            if abs(cell.digest - first.digest) > TOLERANCE * max(abs(first.digest), 1e-6):
                faults.append(f"{row.name}: {other} computes {cell.digest}, {name} computes {first.digest}")
    return cells, faults


def chosen_rows(names: list[str] | None) -> list[Row]:
    """Rows whose name is given, or begins with a given name: `matmul` means all of its sizes."""
    rows = all_rows()
    if names is None:
        return list(rows.values())
    for name in names:
        if not any(row.startswith(name) for row in rows):
            sys.exit(f"there is no row {name!r}; rows are: {', '.join(rows)}")
    return [row for row in rows.values() if row.name.startswith(tuple(names))]


def chosen_peers(names: list[str]) -> list[Peer]:
    installed = []
    for name in names:
        if PEERS[name].version() is None:
            print(f"{name} is not installed: skipped", file=sys.stderr)
        else:
            installed.append(PEERS[name])
    return installed


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Ingot beside its peers.")
    parser.add_argument("--rows", nargs="+", metavar="ROW", help=f"which rows (default: all): {', '.join(all_rows())}")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(DEFAULT_PEERS), help="which columns")
    parser.add_argument("--threads", choices=("1", "all"), default="1", help="threads for each peer (default: 1)")
    parser.add_argument("--repeat", type=int, default=15, help="samples for each cell (default: 15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample, and the machine, to FILE")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the table to FILE (needs matplotlib)")
    parser.add_argument("--verbose", action="store_true", help="show what the peers print")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    rows, peers = chosen_rows(args.rows), chosen_peers(args.peers)
    about = {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": machine(),
        "threads": args.threads,
        "repeat": args.repeat,
        "versions": {peer.distribution: peer.version() for peer in peers},
    }
    results: dict[str, dict[str, Cell]] = {}
    faults: list[str] = []
    for row in rows:
        print(f"measuring {row.title} ...", file=sys.stderr)
        results[row.name], row_faults = measure(row, peers, args)
        faults += row_faults
    print(table(rows, peers, results, about))
    if args.json:
        cells_by_row = {row: {peer: cell.as_json() for peer, cell in cells.items()} for row, cells in results.items()}
        args.json.write_text(json.dumps(about | {"rows": cells_by_row}, indent=1))
    if args.plot:
        draw(rows, peers, results, about, args.plot)
    for fault in faults:
        print(f"FAULT {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
