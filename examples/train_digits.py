"""Trains a small neural network to read handwritten digits, then proves that the saved file works.

    python examples/train_digits.py            # a few seconds
    python examples/train_digits.py --help     # what can be changed

The data is scikit-learn's bundled set of 1,797 handwritten digits, 8 x 8 pixels each: nothing is downloaded.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tqdm import tqdm

import ingot
from ingot import nn, optim

GOAL = 0.97  # of the test digits, which the network has never seen, must be read correctly


def load_data() -> tuple[ingot.array, ...]:
    """Images as rows of 64 floats between 0 and 1, and labels: of each, three quarters for training, then the test."""
    digits = load_digits()
    images, labels = (digits.data / 16).astype(np.float32), digits.target.astype(np.int32)
    return tuple(map(ingot.array, train_test_split(images, labels, stratify=labels, random_state=0)))


def accuracy(logits: ingot.array, labels: ingot.array) -> ingot.array:
    return (logits.argmax(axis=1) == labels).mean()  # the part of the rows whose largest entry is at the label


def train(model: nn.Module, args: argparse.Namespace) -> list[list[float]]:
    """Trains `model` in place. Returns loss, accuracy in training and accuracy on the test set, after each epoch."""
    x_train, x_test, y_train, y_test = load_data()
    loss_fn, optimizer = nn.CrossEntropyLoss(), optim.Adam(model.parameters(), lr=args.lr)

    def step(x: ingot.array, y: ingot.array) -> tuple[ingot.array, ingot.array]:
        optimizer.zero_grad()
        logits = model(x)
        loss = loss_fn(logits, y)
        loss.backward()
        optimizer.step()
        return loss, accuracy(logits, y)

    if args.jit:  # runs the Python above once, and replays what it did from then on
        step = ingot.jit(step)
    history, shuffle = [], np.random.default_rng(args.seed)
    for _ in (progress := tqdm(range(args.epochs), desc="training", unit="epoch")):
        order = shuffle.permutation(len(y_train)).astype(np.int32)
        # Whole batches only: a few digits, others each time, sit out an epoch, and the recorded step fits every batch.
        batches = order[: len(order) // args.batch_size * args.batch_size].reshape(-1, args.batch_size)
        results = [step(x_train[rows], y_train[rows]) for rows in map(ingot.array, batches)]
        loss, correct = np.mean([[loss.item(), correct.item()] for loss, correct in results], axis=0)
        model.eval()  # dropout is for training only
        with ingot.no_grad():
            history.append([loss, correct, accuracy(model(x_test), y_test).item()])
        model.train()
        progress.set_postfix(loss=f"{loss:.4f}", accuracy=f"{history[-1][2]:.2%}")
    return history


def draw(history: list[list[float]], path: Path) -> None:
    """Loss and accuracy over the epochs, side by side."""
    epochs = range(1, len(history) + 1)
    loss, train, test = np.transpose(history)
    figure = Figure(figsize=(10, 4), layout="constrained")
    figure.suptitle(f"Reading handwritten digits: {test[-1]:.2%} of the test set", fontsize=14)
    left, right = figure.subplots(1, 2)
    left.semilogy(epochs, loss, color="tab:red", label="training set, with dropout")
    left.set(xlabel="epoch", ylabel="cross entropy", title="Loss")
    right.plot(epochs, 100 * train, color="tab:blue", label="training set, with dropout")
    right.plot(epochs, 100 * test, color="tab:orange", label="test set")
    right.axhline(100 * GOAL, color="grey", linestyle="--", linewidth=1, label=f"goal: {GOAL:.0%}")
    right.set(xlabel="epoch", ylabel="digits read correctly, %", title="Accuracy", ylim=(85, 100.5))
    for axes in (left, right):
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=150)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=40, help="passes over the training set (default: 40)")
    parser.add_argument("--batch-size", type=int, default=32, help="digits per step (default: 32)")
    parser.add_argument("--lr", type=float, default=2e-3, help="Adam's learning rate (default: 0.002)")
    parser.add_argument("--hidden", type=int, default=256, help="units of the hidden layer (default: 256)")
    parser.add_argument("--seed", type=int, default=0, help="of weights, dropout and shuffling (default: 0)")
    parser.add_argument("--jit", action=argparse.BooleanOptionalAction, default=True, help="record the training step")
    parser.add_argument("--threads", type=int, help="how many the engine may use (default: one per core)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for model and plot (default: out)")
    parser.add_argument("--check", type=Path, metavar="FILE", help="only load a saved model and print its accuracy")
    args = parser.parse_args()
    if args.threads:
        ingot.set_num_threads(args.threads)
    if args.check:
        _, x_test, _, y_test = load_data()
        print(accuracy(ingot.load(args.check).eval()(x_test), y_test).item())
        return 0
    ingot.random.seed(args.seed)
    model = nn.Sequential(nn.Linear(64, args.hidden), nn.ReLU(), nn.Dropout(0.3), nn.Linear(args.hidden, 10))
    history = train(model, args)
    file = args.out / "digits.safetensors"
    args.out.mkdir(parents=True, exist_ok=True)
    draw(history, file.with_suffix(".png"))
    ingot.save(model, file)
    # A fresh process knows nothing of this one: what it reads, it reads from the file.
    check = subprocess.run([sys.executable, __file__, "--check", file], stdout=subprocess.PIPE, check=True)
    reads = float(check.stdout)
    print(f"test accuracy {history[-1][2]:.2%}, in a fresh process {reads:.2%}; model and plot are in {args.out}/")
    return 0 if reads >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
