"""A whole script written for MLX, run as it stands."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers import run_command

SCRIPT = """
from functools import partial
import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers as optim
from mlx.utils import tree_flatten

class Block(nn.Module):
    def __init__(self, dims, heads):
        super().__init__()
        self.attention = nn.MultiHeadAttention(dims, heads)
        self.norms = [nn.RMSNorm(dims), nn.RMSNorm(dims)]
        self.up, self.down = nn.Linear(dims, 2 * dims), nn.Linear(2 * dims, dims)

    def __call__(self, x, mask):
        y = self.norms[0](x)
        x = x + self.attention(y, y, y, mask)
        return x + self.down(nn.gelu(self.up(self.norms[1](x))))

class Model(nn.Module):
    def __init__(self, vocabulary, dims):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dims)
        self.layers = [Block(dims, 2) for _ in range(2)]

    def __call__(self, tokens):
        x = self.embedding(tokens)
        mask = nn.MultiHeadAttention.create_additive_causal_mask(tokens.shape[1])
        for layer in self.layers:
            x = layer(x, mask)
        return self.embedding.as_linear(x)

mx.random.seed(0)
model = Model(7, 8)
optimizer = optim.AdamW(learning_rate=optim.cosine_decay(0.02, 60))
tokens = mx.arange(24).reshape(4, 6) % 7
state = [model.state, optimizer.state, mx.random.state]

def loss_fn(model, x, y):
    return nn.losses.cross_entropy(model(x), y, reduction="mean")

@partial(mx.compile, inputs=state, outputs=state)
def step(x, y):
    loss, grads = nn.value_and_grad(model, loss_fn)(model, x, y)
    grads, _ = optim.clip_grad_norm(grads, 1.0)
    optimizer.update(model, grads)
    return loss

first = None
for _ in range(60):
    loss = step(tokens[:, :-1], tokens[:, 1:])
    mx.eval(state)
    first = first or loss.item()
print(loss.item() < 0.1 * first, optimizer.state["step"].item(), len(tree_flatten(model.parameters())))
"""


def test_language_model_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    result = run_command([sys.executable, "-m", "ingot", "run", str(script)])
    assert result.stdout.split() == ["True", "60", "21"]
