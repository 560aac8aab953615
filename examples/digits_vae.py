"""Trains a variational autoencoder on handwritten digits, and lets it draw some of its own.

    python examples/digits_vae.py            # a few seconds
    python examples/digits_vae.py --help     # what can be changed

An encoder says, for each image, where in a space of few dimensions it lies, and how exactly it knows; a decoder draws
the image at a point of that space. The loss is what the decoder gets wrong, and how far the encoder's answers are from
a normal distribution: so a point drawn from that gives a digit that nobody wrote (Kingma and Welling, 2014).
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits
from tqdm import tqdm

import ingot
from ingot import nn, optim
from ingot.data import DataLoader, TensorDataset, random_split

GOAL = 24.0  # nats per image of the test set, at most: the negative evidence lower bound


class VAE(nn.Module):
    def __init__(self, hidden: int, latent: int) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU())
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        self.decoder = nn.Sequential(
            nn.Linear(latent, hidden), nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU(), nn.Linear(hidden, 64)
        )

    def forward(self, images: ingot.array) -> tuple[ingot.array, ingot.array, ingot.array]:
        """Logits of the drawn images, and where the encoder saw them."""
        seen = self.encoder(images)
        mean, log_variance = self.mean(seen), self.log_variance(seen)
        # Drawn so that gradients flow through mean and variance.
        point = mean + (log_variance / 2).exp() * ingot.randn(*mean.shape)
        return self.decoder(point), mean, log_variance


def loss_of(model: VAE, images: ingot.array) -> ingot.array:
    """Per image: the cross entropy of its pixels, and the divergence from the normal distribution."""
    logits, mean, log_variance = model(images)
    # -(x log p + (1 - x) log(1 - p)) for p = sigmoid(logits), without overflow.
    drawing = (nn.functional.softplus(logits) - images * logits).sum(axis=1)
    divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum(axis=1) / 2
    mean_loss: ingot.array = (drawing + divergence).mean()
    return mean_loss


def picture(rows: list[np.ndarray], titles: list[str], path: Path) -> None:
    """Each row of images under its title."""
    figure = Figure(figsize=(10, 4.6), layout="constrained")
    parts: Any = figure.subfigures(len(rows), 1)
    for part, images, title in zip(parts, rows, titles, strict=True):
        part.suptitle(title)
        for axes, image in zip(part.subplots(1, len(images)), images, strict=True):
            axes.imshow(image.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
            axes.axis("off")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=200, help="passes over the training set (default: 200)")
    parser.add_argument("--hidden", type=int, default=256, help="width of the layers (default: 256)")
    parser.add_argument("--latent", type=int, default=8, help="dimensions of the space in between (default: 8)")
    parser.add_argument("--seed", type=int, default=0, help="of weights, noise and shuffling (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the picture (default: out)")
    args = parser.parse_args()

    images = (load_digits().data / 16).astype(np.float32)
    train, test = random_split(TensorDataset(images), [0.8, 0.2], generator=0)
    loader = DataLoader(train, 64, shuffle=True, drop_last=True, generator=args.seed)
    unseen = ingot.array(images[test.indices])

    ingot.random.seed(args.seed)
    model = VAE(args.hidden, args.latent)
    optimizer = optim.Adam(model.parameters(), lr=2e-3)
    scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=args.epochs, eta_min=1e-5)

    @ingot.jit
    def step(batch: ingot.array) -> ingot.array:
        optimizer.zero_grad()
        loss = loss_of(model, batch)
        loss.backward()
        optimizer.step()
        return loss

    for _ in (progress := tqdm(range(args.epochs), desc="training", unit="epoch")):
        mean = np.mean([step(batch).item() for (batch,) in loader])
        scheduler.step()
        progress.set_postfix(nats=f"{mean:.2f}")

    with ingot.no_grad():
        result = float(np.mean([loss_of(model, unseen).item() for _ in range(20)]))
        again = model(unseen[:12])[0].sigmoid().numpy()
        drawn = model.decoder(ingot.randn(24, args.latent)).sigmoid().numpy()
    picture(
        [unseen[:12].numpy(), again, drawn[:12], drawn[12:]],
        ["Digits it has never seen", "The same, from eight numbers each", "Digits that nobody wrote", ""],
        args.out / "digits_vae.png",
    )
    print(f"{result:.2f} nats per image of the test set; the picture is {args.out / 'digits_vae.png'}")
    return 0 if result <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
