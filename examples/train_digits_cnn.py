"""Trains a convolutional network to read handwritten digits: at least 99 % of those it has never seen.

    python examples/train_digits_cnn.py            # a few seconds
    python examples/train_digits_cnn.py --help     # what can be changed

The data is scikit-learn's bundled set of 1,797 handwritten digits, 8 x 8 pixels each: nothing is downloaded. Four
steps: the data, the network, one training step, and the loop around it.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tqdm import tqdm

import ingot
from ingot import nn, optim
from ingot.data import DataLoader, Dataset

GOAL = 0.99  # of the test digits must be read correctly


class ShiftedDigits(Dataset[tuple[np.ndarray, np.integer]]):
    """Images moved by a pixel at random, up or down and left or right: a digit stays the same digit."""

    def __init__(self, images: np.ndarray, labels: np.ndarray, seed: int) -> None:
        self.images = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
        self.labels = labels
        self.random = np.random.default_rng(seed)

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.integer]:
        row, column = self.random.integers(0, 3, 2)
        return self.images[index, :, row : row + 8, column : column + 8], self.labels[index]


def make_model() -> nn.Module:
    """Two blocks of convolutions, each of which halves the image; then one layer that decides."""

    def block(inputs: int, outputs: int) -> list[nn.Module]:
        layers: list[nn.Module] = []
        for first in (inputs, outputs):
            layers += [nn.Conv2d(first, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
        return [*layers, nn.MaxPool2d(2)]

    return nn.Sequential(*block(1, 32), *block(32, 64), nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * 2 * 2, 10))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=30, help="passes over the training set (default: 30)")
    parser.add_argument("--lr", type=float, default=4e-3, help="the largest learning rate (default: 0.004)")
    parser.add_argument("--seed", type=int, default=0, help="of weights, dropout, shuffling and shifts (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the plot (default: out)")
    args = parser.parse_args()

    # 1. The data: a quarter of it is for the test.
    digits = load_digits()
    images, labels = (digits.images[:, None] / 16).astype(np.float32), digits.target.astype(np.int32)
    x_train, x_test, y_train, y_test = train_test_split(images, labels, stratify=labels, random_state=0)
    shifted = ShiftedDigits(x_train, y_train, args.seed)
    loader = DataLoader(shifted, batch_size=64, shuffle=True, drop_last=True, generator=args.seed)
    x_test, y_test = ingot.array(x_test), ingot.array(y_test)

    # 2. The network, and what trains it. The learning rate rises for a while, then falls to almost nothing.
    ingot.random.seed(args.seed)
    model, loss_fn = make_model(), nn.CrossEntropyLoss(label_smoothing=0.05)
    optimizer = optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.02)
    scheduler = optim.lr_scheduler.OneCycleLR(optimizer, args.lr, epochs=args.epochs, steps_per_epoch=len(loader))

    # 3. One training step. `jit` runs it once and replays what it did from then on.
    @ingot.jit
    def step(x: ingot.array, y: ingot.array) -> ingot.array:
        optimizer.zero_grad()
        loss: ingot.array = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    def accuracy() -> float:
        model.eval()  # no dropout, and statistics of the whole training for normalisation
        with ingot.no_grad():
            correct: float = (model(x_test).argmax(axis=1) == y_test).mean().item()
        model.train()
        return correct

    # 4. The loop.
    losses, accuracies = [], []
    for _ in (progress := tqdm(range(args.epochs), desc="training", unit="epoch")):
        total = 0.0
        for x, y in loader:
            total += step(x, y).item()
            scheduler.step()
        losses.append(total / len(loader))
        accuracies.append(accuracy())
        progress.set_postfix(loss=f"{losses[-1]:.4f}", accuracy=f"{accuracies[-1]:.2%}")

    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.semilogy(losses, color="tab:red")
    left.set(xlabel="epoch", ylabel="cross entropy, smoothed", title="Loss in training")
    right.plot(100 * np.array(accuracies), color="tab:blue")
    right.axhline(100 * GOAL, color="grey", linestyle="--", label=f"goal: {GOAL:.0%}")
    right.set(xlabel="epoch", ylabel="digits read correctly, %", title="Accuracy on the test set", ylim=(90, 100.2))
    right.legend()
    args.out.mkdir(parents=True, exist_ok=True)
    figure.savefig(args.out / "digits_cnn.png", dpi=150)
    print(f"test accuracy {accuracies[-1]:.2%}; the plot is {args.out / 'digits_cnn.png'}")
    return 0 if accuracies[-1] >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
