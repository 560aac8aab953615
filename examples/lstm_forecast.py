"""Forecasts two years of air travel from the ten before, with an LSTM.

    python examples/lstm_forecast.py            # a few seconds
    python examples/lstm_forecast.py --help     # what can be changed

The series is the classic one of Box and Jenkins, "Time Series Analysis" (1976), series G: passengers of international
airlines, in thousands a month, from January 1949 to December 1960. They grow by a part each year, and so do the waves
of the seasons; so the network sees, and says, by what part the number grows from month to month. The forecast is free
running: each month is predicted from predictions. To beat: "as in the same month of the last year that is known".
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from tqdm import tqdm

import ingot
from ingot import nn, optim

GOAL = 0.10  # the mean error of the forecast, as a part of the number
PASSENGERS = """
112 118 132 129 121 135 148 148 136 119 104 118  115 126 141 135 125 149 170 170 158 133 114 140
145 150 178 163 172 178 199 199 184 162 146 166  171 180 193 181 183 218 230 242 209 191 172 194
196 196 236 235 229 243 264 272 237 211 180 201  204 188 235 227 234 264 302 293 259 229 203 229
242 233 267 269 270 315 364 347 312 274 237 278  284 277 317 313 318 374 413 405 355 306 271 306
315 301 356 348 355 422 465 467 404 347 305 336  340 318 362 348 363 435 491 505 404 359 310 337
360 342 406 396 420 472 548 559 463 407 362 405  417 391 419 461 472 535 622 606 508 461 390 432"""
MONTHS_AHEAD = 24


class Forecaster(nn.Module):
    """Reads growth and season month by month, and says after each what comes next."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(3, hidden, batch_first=True)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x: ingot.array, state: Any = None) -> tuple[ingot.array, Any]:
        seen, state = self.lstm(x, state)
        return self.head(seen)[..., 0], state


def season(months: np.ndarray) -> np.ndarray:
    """Where in the year each month lies, on a circle: December is next to January."""
    angles = 2 * np.pi * months / 12
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=400, help="of training, on the whole series (default: 400)")
    parser.add_argument("--hidden", type=int, default=32, help="units of the LSTM (default: 32)")
    parser.add_argument("--lr", type=float, default=1e-2, help="Adam's learning rate (default: 0.01)")
    parser.add_argument("--seed", type=int, default=0, help="of weights and noise (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for the plot (default: out)")
    args = parser.parse_args()

    passengers = np.array(PASSENGERS.split(), np.float64)
    known = len(passengers) - MONTHS_AHEAD
    growth = np.diff(np.log(passengers))
    scale = growth[: known - 1].std()
    months = np.arange(1, len(passengers))  # growth[i] leads to months[i]
    inputs = np.concatenate([growth[:, None] / scale, season(months)], axis=1)[None].astype(np.float32)
    x, y = ingot.array(inputs[:, : known - 2]), ingot.array(inputs[:, 1 : known - 1, 0])

    ingot.random.seed(args.seed)
    model = Forecaster(args.hidden)
    optimizer = optim.AdamW(model.parameters(), lr=args.lr, weight_decay=0.01)
    scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=args.steps)
    loss_fn = nn.MSELoss()

    @ingot.jit
    def step(x: ingot.array, y: ingot.array) -> ingot.array:
        optimizer.zero_grad()
        noise = 0.2 * ingot.randn(*x.shape)  # so that it does not learn the few years by heart
        loss: ingot.array = loss_fn(model(x + noise)[0], y)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return loss

    losses = []
    for _ in (progress := tqdm(range(args.steps), desc="training", unit="step")):
        losses.append(step(x, y).item())
        scheduler.step()
        progress.set_postfix(loss=f"{losses[-1]:.3f}", refresh=False)

    with ingot.no_grad():
        # The years that are known set the state of the LSTM; from then on it reads what it wrote.
        predicted, state = model(ingot.array(inputs[:, : known - 1]))
        steps = [predicted[0, -1].item()]
        for month in range(known, len(passengers) - 1):
            now = np.concatenate([[steps[-1]], season(np.array(month))]).astype(np.float32)
            predicted, state = model(ingot.array(now[None, None]), state)
            steps.append(predicted[0, -1].item())
    forecast = passengers[known - 1] * np.exp(np.cumsum(steps) * scale)
    truth, naive = passengers[known:], np.tile(passengers[known - 12 : known], MONTHS_AHEAD // 12)
    error, naive_error = (np.mean(np.abs(guess - truth) / truth) for guess in (forecast, naive))

    axes = (figure := Figure(figsize=(9, 4), layout="constrained")).subplots()
    years = 1949 + np.arange(len(passengers)) / 12
    axes.plot(years, passengers, color="black", label="passengers")
    axes.plot(years[known:], forecast, color="tab:blue", label=f"LSTM: off by {error:.1%}")
    axes.plot(years[known:], naive, color="tab:orange", linestyle=":", label=f"as last year: off by {naive_error:.1%}")
    axes.axvline(years[known], color="grey", linestyle="--", linewidth=1)
    axes.set(ylabel="thousands a month", title="Passengers of international airlines, and a forecast from 1959")
    axes.legend()
    args.out.mkdir(parents=True, exist_ok=True)
    figure.savefig(args.out / "lstm_forecast.png", dpi=150)
    print(f"mean error {error:.2%}, as last year {naive_error:.2%}; the plot is {args.out / 'lstm_forecast.png'}")
    return 0 if error < GOAL and error < naive_error else 1


if __name__ == "__main__":
    sys.exit(main())
