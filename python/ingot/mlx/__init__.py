"""MLX's names, with MLX's meaning, for what Ingot has: scripts written for Apple's MLX run by `ingot run --as mlx`.

    from ingot.mlx import core as mx
    from ingot.mlx import nn
    from ingot.mlx import optimizers as optim

Everything of `ingot` is here too, and PyTorch's meaning of a name where its arguments say so (`dim=`, `num_layers=`).
docs/coverage.md lists these names. Without `--as`, `ingot run` gives PyTorch's meaning to most names that both have
(`ingot.mlx.training`).
"""
