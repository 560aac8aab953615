"""PyTorch's wrappers for several devices: one process on one device runs here, and they call the model."""

from __future__ import annotations

from typing import Any

from ingot._core.nn import Module


class DataParallel(Module):
    """Calls `module`, whose parameters are named `module.<name>` here. Further arguments, of devices, are ignored.

    Example:
        >>> model = ingot.nn.DataParallel(ingot.nn.Linear(2, 1))
        >>> model(ingot.ones(3, 2)).shape, list(model.state_dict())
        ((3, 1), ['module.weight', 'module.bias'])
    """

    def __init__(self, module: Module, *args: Any, **settings: Any) -> None:
        super().__init__()
        self.module = module

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        return self.module(*args, **kwargs)


class DistributedDataParallel(DataParallel):
    """`DataParallel` by the name that it has for several processes."""
