"""Asking for the values of everything in nested containers."""

from __future__ import annotations

from typing import Any

from ingot import _core, tree
from ingot._core import array


def eval(*arrays: Any) -> None:
    """Computes the values of arrays, or of all arrays in nested containers and modules.

    Nobody has to call it: values are computed when they are asked for. It says when.

    Example:
        >>> x = ingot.ones(3) * 2
        >>> ingot.eval(x)
    """
    _core._eval([leaf for leaf in tree.leaves(arrays) if isinstance(leaf, array)])


def async_eval(*arrays: Any) -> None:
    """Begins to compute the values of arrays, as `eval` does, on a thread of the engine's own, and returns at once.

    Using a value that is not there yet waits for it; an error is raised there, too. More may be computed from the
    arrays meanwhile. Where many calls are unserved it waits for one of them.

    Example:
        >>> x = ingot.ones(3) * 2
        >>> ingot.async_eval(x)
        >>> print(x + 1)
        [3. 3. 3.]
    """
    _core._async_eval([leaf for leaf in tree.leaves(arrays) if isinstance(leaf, array)])
