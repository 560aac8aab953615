"""Predicts how far diabetes has gone a year later, beside scikit-learn's own network of the same size.

    python examples/tabular_regression.py            # a few seconds
    python examples/tabular_regression.py --help     # what can be changed

The data is scikit-learn's bundled set of 442 patients: age, sex, body mass index, blood pressure and six blood values.
With so few, the art is not to learn by heart: small layers, weight decay, and an average of the weights over the last
steps. Both networks are judged by five-fold cross-validation, on patients that they have not seen.
"""

import argparse
import sys
import warnings
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_diabetes
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

import ingot
from ingot import nn, optim
from ingot.data import DataLoader, TensorDataset

GOAL = 0.45  # of the variance must be explained, and as much as scikit-learn's network explains, within 0.01


def train(x: np.ndarray, y: np.ndarray, args: argparse.Namespace, progress: tqdm) -> nn.Module:
    """A network for standardised columns, with its averaged weights."""
    ingot.random.seed(args.seed)
    model = nn.Sequential(nn.Linear(x.shape[1], args.hidden), nn.Tanh(), nn.Dropout(0.2), nn.Linear(args.hidden, 1))
    optimizer = optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.3)
    average = optim.EMA(model.parameters(), decay=0.99)
    loss_fn = nn.SmoothL1Loss()  # less of a fuss about outliers than the square
    loader = DataLoader(TensorDataset(x, y), 32, shuffle=True, drop_last=True, generator=args.seed)

    @ingot.jit
    def step(x: ingot.array, y: ingot.array) -> ingot.array:
        optimizer.zero_grad()
        loss: ingot.array = loss_fn(model(x)[:, 0], y)
        loss.backward()
        optimizer.step()
        average.update()
        return loss

    for _ in range(args.epochs):
        for rows, targets in loader:
            step(rows, targets)
        progress.update()
    average.swap()  # the averages take the place of the weights
    return model.eval()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=60, help="passes over the training set (default: 60)")
    parser.add_argument("--lr", type=float, default=5e-3, help="AdamW's learning rate (default: 0.005)")
    parser.add_argument("--hidden", type=int, default=32, help="units of the hidden layer (default: 32)")
    parser.add_argument("--seed", type=int, default=0, help="of weights, dropout and shuffling (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the plot (default: out)")
    args = parser.parse_args()

    x, y = load_diabetes(return_X_y=True, scaled=False)
    ours, theirs = np.zeros(len(y)), np.zeros(len(y))
    folds = list(KFold(5, shuffle=True, random_state=0).split(x))
    with tqdm(total=len(folds) * args.epochs, desc="training", unit="epoch") as progress:
        for known, unseen in folds:
            columns, target = StandardScaler().fit(x[known]), StandardScaler().fit(y[known, None])
            inputs, wanted = columns.transform(x[known]), target.transform(y[known, None])[:, 0]
            model = train(inputs.astype(np.float32), wanted.astype(np.float32), args, progress)
            with ingot.no_grad():
                predicted = model(ingot.array(columns.transform(x[unseen]).astype(np.float32))).numpy()
            ours[unseen] = target.inverse_transform(predicted)[:, 0]

            rival = MLPRegressor(
                hidden_layer_sizes=args.hidden, activation="tanh", alpha=1.0, max_iter=args.epochs, random_state=0
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it has not converged after so few epochs, and is the better for it
                rival.fit(inputs, wanted)
            theirs[unseen] = target.inverse_transform(rival.predict(columns.transform(x[unseen]))[:, None])[:, 0]

    results = {"Ingot": (ours, r2_score(y, ours)), "scikit-learn": (theirs, r2_score(y, theirs))}
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    figure.suptitle("Progression of diabetes after a year, of patients never seen")
    for axes, (name, (predicted, score)) in zip(figure.subplots(1, 2, sharey=True), results.items(), strict=True):
        axes.scatter(predicted, y, s=8, alpha=0.6)
        axes.axline((100, 100), slope=1, color="grey", linestyle="--", linewidth=1)
        axes.set(xlabel="predicted", ylabel="observed", title=f"{name}: explains {score:.1%} of the variance")
    args.out.mkdir(parents=True, exist_ok=True)
    figure.savefig(args.out / "tabular_regression.png", dpi=150)
    score, rival_score = results["Ingot"][1], results["scikit-learn"][1]
    print(f"R2 of Ingot {score:.3f}, of scikit-learn {rival_score:.3f}; plot: {args.out / 'tabular_regression.png'}")
    return 0 if score >= GOAL and score >= rival_score - 0.01 else 1


if __name__ == "__main__":
    sys.exit(main())
