"""A program of its own: runs many operations and a small training, and writes every result to an .npz file.

Run in processes of different settings (backend, instruction set, threads), whose results are then compared.
"""

from __future__ import annotations

import sys

import numpy as np
from helpers import array_of, name_of, numpy_of, training_step
from op_samples import INFO, SAMPLES

import ingot as ig
from ingot import nn, optim

DTYPES = ("float32", "float64", "bfloat16", "int32", "complex64", "bool")


def operations(results: dict[str, np.ndarray]) -> None:
    """Every sample, in some dtypes, with its gradient."""
    from test_ops import arrays_of, cotangent_like, leaves_of

    for sample in SAMPLES:
        for dtype in DTYPES:
            if dtype not in sample.dtypes:
                continue
            rng = np.random.default_rng(3)
            values = sample.inputs(rng, dtype)
            results[f"{sample}-{dtype}"] = numpy_of(sample.call(*arrays_of(sample, values, dtype)))
            if INFO[sample.op]["differentiable"] and dtype in ("float32", "float64"):
                operands, leaves = leaves_of(sample, values, dtype)
                y = sample.call(*operands)
                if not y.requires_grad:
                    continue
                y.backward(array_of(cotangent_like(y, rng).real, name_of(y.dtype)))
                for i, x in enumerate(leaves):
                    if x.grad is not None:
                        results[f"{sample}-{dtype}-gradient{i}"] = numpy_of(x.grad)


def large_arrays(results: dict[str, np.ndarray]) -> None:
    """Sizes at which work is cut into blocks and shared between threads."""
    ig.random.seed(0)
    x = ig.random.normal((1_000_003,))
    m = ig.random.normal((517, 301))
    t = ig.random.normal((301, 517))
    results["chain"] = numpy_of(ig.tanh(x * x + 0.5) * ig.sin(x))
    results["total"] = numpy_of(ig.stack([x.sum(), (x * x).mean(), ig.var(x), ig.max(x), ig.min(x)]))
    results["rows"] = numpy_of(m.sum(axis=1) + m.mean(axis=1))
    results["columns"] = numpy_of(ig.exp(m).sum(axis=0))
    results["softmax"] = numpy_of(ig.softmax(m, axis=1))
    results["softmax_columns"] = numpy_of(ig.softmax(m, axis=0))
    results["matmul"] = numpy_of(m @ t)
    results["matmul_transposed"] = numpy_of(ig.transpose(t) @ ig.transpose(m))
    results["matmul_batched"] = numpy_of(ig.random.normal((5, 64, 33)) @ ig.random.normal((33, 47)))
    results["gathered"] = numpy_of(ig.take(x, ig.random.randint((100_000,), 0, 1_000_003), axis=0))
    results["permutation"] = numpy_of(ig.random.permutation(10_000))
    results["uniform"] = numpy_of(ig.random.uniform((100_001,)))
    sequences(results)
    images(results)
    weights = ig.random.normal((301, 64)).requires_grad_()
    ((ig.relu(m @ weights) ** 2).mean() + weights.sum() * 0.01).backward()
    results["weights_gradient"] = numpy_of(weights.grad)


def sequences(results: dict[str, np.ndarray]) -> None:
    """Rows, heads and indices in many blocks, with their gradients."""
    functional = nn.functional
    leaves = {
        "rows": ig.random.normal((3000, 70)),
        "weight": ig.random.normal((70,)),
        "bias": ig.random.normal((70,)),
        "query": ig.random.normal((3, 2, 200, 24)),
        "key": ig.random.normal((3, 2, 300, 24)),
        "value": ig.random.normal((3, 2, 300, 40)),
        "table": ig.random.normal((50, 600)),
    }
    for leaf in leaves.values():
        leaf.requires_grad_()
    rows, query, key, value = (leaves[name] for name in ("rows", "query", "key", "value"))
    number = ig.random.randint((1000,), 0, 50)
    outputs = {
        "layer_norm": functional.layer_norm(rows, 70, leaves["weight"], leaves["bias"]),
        "rms_norm": functional.rms_norm(rows, 70, leaves["weight"]),
        "log_softmax": ig.log_softmax(rows, axis=1),
        "cross_entropy": functional.cross_entropy(rows, ig.random.randint((3000,), 0, 70)),
        "attention": functional.scaled_dot_product_attention(query, key, value),
        "attention_causal": functional.scaled_dot_product_attention(query, key, value, is_causal=True),
        "embedding": functional.embedding(number, leaves["table"]),
    }
    for name, output in outputs.items():
        results[name] = numpy_of(output)
        (output * ig.cos(output)).sum().backward()
    for name, leaf in leaves.items():
        results[f"{name}_gradient"] = numpy_of(leaf.grad)
    results["argmax"] = numpy_of(ig.argmax(rows, axis=1))


def images(results: dict[str, np.ndarray]) -> None:
    """Convolutions in many blocks, with and without steps and groups, pooling and batch statistics, with gradients."""
    functional = nn.functional
    leaves = {
        "image": ig.random.normal((9, 12, 33, 31)),
        "kernel": ig.random.normal((40, 12, 3, 3)),
        "kernel_of_groups": ig.random.normal((24, 4, 5, 2)),
        "channel_weight": ig.random.normal((40,)),
        "channel_bias": ig.random.normal((40,)),
    }
    for leaf in leaves.values():
        leaf.requires_grad_()
    image = leaves["image"]
    features = functional.conv2d(image, leaves["kernel"], leaves["channel_bias"], padding=1)
    outputs = {
        "convolution": features,
        "convolution_of_groups": functional.conv2d(
            image, leaves["kernel_of_groups"], stride=(2, 1), padding=(2, 0), dilation=(1, 3), groups=3
        ),
        "batch_norm": functional.batch_norm(
            features, None, None, leaves["channel_weight"], leaves["channel_bias"], training=True
        ),
        "max_pool": functional.max_pool2d(features, 3, 2, 1),
        "average_pool": functional.avg_pool2d(features, 2, ceil_mode=True),
    }
    for name, output in outputs.items():
        results[name] = numpy_of(output)
        (output * ig.cos(output)).sum().backward(retain_graph=True)
    for name, leaf in leaves.items():
        results[f"{name}_gradient"] = numpy_of(leaf.grad)


def training(results: dict[str, np.ndarray]) -> None:
    """A network, plain and jitted."""
    for jitted in (False, True):
        ig.random.seed(1)
        model = nn.Sequential(nn.Linear(40, 96), nn.ReLU(), nn.Dropout(0.2), nn.Linear(96, 7))
        optimizer = optim.Adam(model.parameters(), lr=0.01)
        step = training_step(model, optimizer, nn.CrossEntropyLoss())
        x, y = ig.random.normal((150, 40)), ig.random.randint((150,), 0, 7)
        run = ig.jit(step) if jitted else step
        losses = [run(x, y).item() for _ in range(15)]
        results[f"losses-{jitted}"] = np.array(losses)
        for name, parameter in model.named_parameters():
            results[f"{name}-{jitted}"] = numpy_of(parameter)


def main() -> None:
    results: dict[str, np.ndarray] = {}
    operations(results)
    large_arrays(results)
    training(results)
    np.savez(sys.argv[1], **results)


if __name__ == "__main__":
    main()
