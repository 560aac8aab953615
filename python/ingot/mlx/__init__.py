"""MLX's names for what Ingot has: scripts written for Apple's MLX run on it, by `ingot run script.py`.

    from ingot.mlx import core as mx
    from ingot.mlx import nn
    from ingot.mlx import optimizers as optim

Everything of `ingot` is here too, and where a name means different things to MLX and to PyTorch, PyTorch's meaning
stays: layouts of images are (N, C, H, W), `topk` gives values and indices. docs/coverage.md lists these names.
"""
