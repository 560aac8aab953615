"""What it costs to write a model as a subclass in Python, per training step.

    python bench/subclass.py

The same network three times, in turns: of built-in modules in a Sequential; as a subclass of Module whose `forward`
calls them; and as a plain function of the same lines, which is what those lines cost by themselves. Figures are medians
of microseconds of processor time per step (forward, backward, SGD), on one thread.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import ingot
from ingot import nn, optim

STEPS, ROUNDS = 100, 61


class Network(nn.Module):
    """Three layers, so small that what is timed is calls."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(64, 64)
        self.second = nn.Linear(64, 64)
        self.third = nn.Linear(64, 10)

    def forward(self, x: ingot.array) -> ingot.array:
        x = ingot.relu(self.first(x))
        result: ingot.array = self.third(ingot.relu(self.second(x)))
        return result


def main() -> None:
    ingot.set_num_threads(1)
    built_in = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    subclass = Network()
    x = ingot.ones((8, 64))

    def step(model: Callable[[ingot.array], ingot.array], optimizer: optim.Optimizer) -> None:
        optimizer.zero_grad()
        loss = model(x).mean()
        loss.backward()
        optimizer.step()
        ingot.eval(loss)

    works: dict[str, tuple[Callable[[ingot.array], ingot.array], optim.Optimizer]] = {
        "built-in modules": (built_in, optim.SGD(built_in.parameters(), lr=0.01)),
        "subclass": (subclass, optim.SGD(subclass.parameters(), lr=0.01)),
        "plain function": (subclass.forward, optim.SGD(subclass.parameters(), lr=0.01)),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = time.thread_time()
            for _ in range(STEPS):
                step(*work)
            times[name].append((time.thread_time() - start) / STEPS * 1e6)
    for name, samples in times.items():
        print(f"{name:18} {statistics.median(samples):6.1f} us")


if __name__ == "__main__":
    main()
