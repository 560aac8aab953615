"""Trains a small GPT, letter by letter, on the source code of Python's standard library, and lets it write.

    python examples/char_gpt.py            # two minutes
    python examples/char_gpt.py --help     # what can be changed

The text is on every machine that runs this file. Guessing costs log(96) = 4.6 nats per character; the goal is 1.6, on
files that the network has never seen.
"""

import argparse
import sys
import sysconfig
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from tqdm import tqdm

import ingot
from ingot import nn, optim

GOAL = 1.6  # nats per character
ALPHABET = "\n" + "".join(map(chr, range(32, 127)))


def read_text() -> tuple[np.ndarray, np.ndarray]:
    """Characters as their numbers in the alphabet: of nine files in ten for training, of every tenth for the test."""
    codes = np.zeros(256, np.int32)  # anything else becomes a line break
    codes[[ord(letter) for letter in ALPHABET]] = np.arange(len(ALPHABET))
    files = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    numbers = [codes[np.frombuffer(path.read_bytes(), np.uint8)] for path in files]
    return np.concatenate([each for i, each in enumerate(numbers) if i % 10]), np.concatenate(numbers[::10])


class Block(nn.Module):  # each position looks at those before it (attention), then thinks (two linear layers)
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.think = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x: ingot.array) -> ingot.array:
        batch, length, width = x.shape
        heads = self.qkv(self.norm1(x)).reshape(batch, length, 3, self.heads, width // self.heads)
        q, k, v = (heads[:, :, i].transpose(0, 2, 1, 3) for i in range(3))  # each (batch, heads, length, width / heads)
        seen = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(seen.transpose(0, 2, 1, 3).reshape(batch, length, width))
        result: ingot.array = x + self.think(self.norm2(x))
        return result


class GPT(nn.Module):
    def __init__(self, letters: int, length: int, width: int, depth: int, heads: int) -> None:
        super().__init__()
        self.letter, self.place = nn.Embedding(letters, width), nn.Embedding(length, width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(depth)), nn.LayerNorm(width))
        self.head = nn.Linear(width, letters, bias=False)

    def forward(self, text: ingot.array) -> ingot.array:
        logits: ingot.array = self.head(self.blocks(self.letter(text) + self.place(ingot.arange(text.shape[1]))))
        return logits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    defaults = {"steps": 1000, "batch": 32, "length": 128, "width": 128, "depth": 4, "heads": 4, "lr": 3e-3, "seed": 0}
    for name, value in {**defaults, "out": "out"}.items():
        parser.add_argument(f"--{name}", type=type(value), default=value, help=f"(default: {value})")
    args = parser.parse_args()
    train, test = read_text()
    rng = np.random.default_rng(args.seed)
    ingot.random.seed(args.seed)
    model = GPT(len(ALPHABET), args.length, args.width, args.depth, args.heads)
    optimizer = optim.AdamW(model.parameters(), lr=args.lr, betas=(0.9, 0.98), weight_decay=0.1)
    scheduler = optim.lr_scheduler.OneCycleLR(optimizer, args.lr, args.steps, pct_start=0.1, cycle_momentum=False)

    def batch(text: np.ndarray, count: int) -> ingot.array:
        starts = rng.integers(0, len(text) - args.length, count)
        return ingot.array(text[starts[:, None] + np.arange(args.length + 1)])

    def loss_of(text: ingot.array) -> ingot.array:  # each character is to be told from those before it
        return nn.functional.cross_entropy(model(text[:, :-1]).reshape(-1, len(ALPHABET)), text[:, 1:].reshape(-1))

    @ingot.jit
    def step(text: ingot.array) -> ingot.array:
        optimizer.zero_grad()
        loss = loss_of(text)
        loss.backward()
        optimizer.step()
        return loss

    losses = []
    for _ in (progress := tqdm(range(args.steps), desc="training", unit="step")):
        losses.append(step(batch(train, args.batch)).item())
        scheduler.step()
        progress.set_postfix(nats=f"{np.mean(losses[-20:]):.3f}", refresh=False)
    with ingot.no_grad():
        result = float(np.mean([loss_of(batch(test, 64)).item() for _ in range(10)]))

        # Writing: the next letter is drawn as the network expects it, and becomes part of what it looks at.
        next_letter = ingot.jit(lambda text: ingot.softmax(model(text)[0, -1] / 0.8))
        text = test[: args.length].tolist()
        for _ in tqdm(range(400), desc="writing", unit="letter"):
            odds = np.asarray(next_letter(ingot.array([text[-args.length :]])), np.float64)
            text.append(int(rng.choice(len(ALPHABET), p=odds / odds.sum())))
    print("".join(ALPHABET[code] for code in text[args.length :]))
    axes = (figure := Figure(figsize=(8, 4), layout="constrained")).subplots()
    axes.plot(losses, color="tab:blue", linewidth=0.7, label="training")
    axes.axhline(result, color="tab:orange", label=f"files never seen: {result:.3f}")
    axes.set(xlabel="step", ylabel="nats per character", title=f"A GPT of the standard library, goal: {GOAL}")
    axes.legend()
    (plot := Path(args.out) / "char_gpt.png").parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(plot, dpi=150)
    print(f"{result:.3f} nats per character on files never seen; the plot is {plot}")
    return 0 if result < GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
