"""Writes docs/coverage.md: what the Array API standard, NumPy, MLX and PyTorch have, and what Ingot has for it.

    python docs/coverage.py            # write docs/coverage.md
    python docs/coverage.py --missing  # print the names that have neither a counterpart nor a reason

The names are listed in docs/names/*.txt. Transforms and dtypes are found by trying: a function is called with the first
of a row of usual arguments that it takes.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import ingot as ig
from ingot.mlx import core as mlx_core
from ingot.mlx import nn as mlx_nn
from ingot.mlx import optimizers as mlx_optimizers
from ingot.mlx import utils as mlx_utils
from ingot.torch import special  # noqa: F401 - so that the lists can name `torch.special`

HERE = Path(__file__).parent
DTYPES = {
    "bool": ("bool",),
    "int": ("int8", "int16", "int32", "int64"),
    "uint": ("uint8", "uint16", "uint32", "uint64"),
    "half": ("float16", "bfloat16"),
    "float": ("float32", "float64"),
    "complex": ("complex64", "complex128"),
}


class Entry(NamedTuple):
    """A line of a list of names."""

    name: str
    ours: str
    reason: str = ""
    difference: str = ""


def entries(list_name: str) -> Iterator[Entry]:
    """`name`, `name: ours`, `name ! reason` and `name ~ difference`, one per line."""
    for line in (HERE / "names" / f"{list_name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        line, _, difference = line.partition(" ~ ")
        line, _, reason = line.partition(" ! ")
        name, _, ours = line.partition(": ")
        yield Entry(name.strip(), (ours or name).strip(), reason.strip(), difference.strip())


def find(path: str, list_name: str) -> Any:
    """What a name stands for; None if there is nothing."""
    roots: list[Any] = [ig]
    if list_name == "mlx":
        space, _, rest = path.partition(".")
        others = {"nn": mlx_nn, "optimizers": mlx_optimizers, "utils": mlx_utils}
        roots = [others[space]] if space in others and rest else [mlx_core]
        path = rest if space in others and rest else path
    for root in roots:
        found = root
        for part in path.split("."):
            found = getattr(found, part, None)
            if found is None:
                break
        if found is not None or path == "newaxis":
            return ig.array if found is None else found
    return None


# ---- trying ----

RNG = np.random.default_rng(0)
VECTOR = RNG.uniform(0.2, 0.8, 4)
MATRIX = RNG.uniform(0.2, 0.8, (3, 4))
SQUARE = np.eye(3) * 2 + RNG.uniform(0.1, 0.3, (3, 3))
SPD = SQUARE @ SQUARE.T
BATCH = RNG.uniform(0.2, 0.8, (2, 3, 3))
IMAGE = RNG.uniform(0.2, 0.8, (1, 2, 4, 4))
INDEX = np.asarray([[0, 2, 1, 0]], dtype=np.int32)
MASK = MATRIX > 0.5

Arguments = tuple[Any, ...]

#: Usual arguments, the most usual first. NumPy arrays of floats take each dtype in turn.
USUAL: list[Arguments] = [
    *((MATRIX,), (MATRIX, MATRIX * 1.5), (MATRIX, 1), (MATRIX, 2), (MATRIX, (4, 3)), (MATRIX, 0, 1), (MATRIX, 0.5)),
    *((MATRIX, 0.2, 0.7), (MATRIX, MATRIX * 1.5, MATRIX * 0.5), (MASK, MATRIX, MATRIX * 2), (SPD,), (SPD, SPD * 1.5)),
    *((MATRIX, MATRIX.T), (SPD, VECTOR[:3]), (VECTOR,), (VECTOR, VECTOR * 2), (VECTOR, VECTOR * 2, 1), (IMAGE,)),
    *((IMAGE, 2), (BATCH, BATCH * 2), (BATCH, BATCH * 2, BATCH * 3), (BATCH, 0, 1), (BATCH, (2, 0, 1))),
    *((MATRIX, INDEX, 0), (MATRIX, 0, INDEX), (MATRIX, INDEX), (MATRIX, 0, INDEX, MATRIX[:1]), (MATRIX, MASK)),
    *((MATRIX, MASK, 0.5), (MATRIX, INDEX, MATRIX[:1], 0), (MATRIX, 0, INDEX[0, :3])),
    *(([MATRIX, MATRIX * 2],), ("ij,jk->ik", SPD, SPD), (MATRIX, (1, 1)), (MATRIX, 1, 0, 2), (MATRIX, 0, 0, 2)),
    *((IMAGE, RNG.uniform(0, 1, (3, 2, 2, 2))), (IMAGE, RNG.uniform(0, 1, (2, 3, 2, 2)))),
    *((IMAGE[0], RNG.uniform(0, 1, (3, 2, 2))), (IMAGE[0], RNG.uniform(0, 1, (2, 3, 2)))),
    *((IMAGE[None], RNG.uniform(0, 1, (3, 1, 2, 2, 2))), (IMAGE[None], 1), (MATRIX, (4,)), (IMAGE, (2, 2))),
    *((IMAGE, 2, 2), (MATRIX, np.asarray([0, 3, 1], dtype=np.int32)), (MATRIX, MATRIX, np.ones(3))),
    *((BATCH[0, :, 0], BATCH, BATCH), (MATRIX[0], MATRIX, VECTOR), (MATRIX[:, :3].copy(), MATRIX, VECTOR[:3])),
    *((MATRIX, 3, MATRIX), (np.asarray([0, 2], dtype=np.int32), MATRIX), (INDEX[0],), (INDEX[0], 2), (INDEX, 3)),
    *((MATRIX, VECTOR, VECTOR), (MATRIX[0], MATRIX[1], MATRIX[2] > 0.5), (INDEX[0], INDEX[0]), (3,), (3, 3), (0, 1, 5)),
    *(((2, 3),), ((2, 3), 1.0), (0.0, 1.0, (2, 3)), (0, 5, (2, 3)), (MATRIX, VECTOR[:3], MATRIX.mean(0))),
]


def _cast(value: Any, dtype: str) -> Any:
    if isinstance(value, np.ndarray):
        return ig.asarray(value.astype(np.float64)).astype(dtype) if value.dtype.kind == "f" else ig.asarray(value)
    if isinstance(value, list):
        return [_cast(v, dtype) for v in value]
    return value


def _arrays_in(result: Any) -> list[Any]:
    return [leaf for leaf in ig.tree.leaves(result) if isinstance(leaf, ig.array)]


def _runs(call: Callable[[], Any]) -> bool:
    """True if the call gives an array, and its values."""
    try:
        arrays = _arrays_in(call())
        ig.eval(*arrays)
    except Exception:
        return False
    return bool(arrays)


def _usual_arguments(function: Any) -> tuple[Arguments, str] | None:
    for arguments in USUAL:
        for dtype in ("float32", "complex64", "int32"):
            if dtype != "float32" and arguments is not USUAL[0] and arguments is not USUAL[1]:
                continue
            if _runs(lambda arguments=arguments, dtype=dtype: function(*(_cast(v, dtype) for v in arguments))):
                return arguments, dtype
    return None


def _float_positions(arguments: Arguments) -> list[int]:
    return [i for i, value in enumerate(arguments) if isinstance(value, np.ndarray) and value.dtype.kind == "f"]


def transforms_of(function: Any, arguments: Arguments) -> str:
    """Which of grad, jvp and vmap the function goes through."""
    where = _float_positions(arguments)
    if not where:
        return ""
    primals = [_cast(arguments[i], "float32") for i in where]

    def of_any(*varying: Any) -> list[Any]:
        full = [_cast(value, "float32") for value in arguments]
        for i, value in zip(where, varying, strict=True):
            full[i] = value
        return _arrays_in(function(*full))

    def of_floats(*varying: Any) -> Any:
        return next(x for x in of_any(*varying) if ig.isdtype(x.dtype, ("real floating", "complex floating")))

    def loss(*varying: Any) -> Any:
        out = of_floats(*varying)
        return ig.real(out).sum() if ig.isdtype(out.dtype, "complex floating") else out.sum()

    def has_gradient() -> Any:
        leaves = [x.detach().requires_grad_() for x in primals]
        value = loss(*leaves)
        if not value.requires_grad:
            raise TypeError("no gradient flows")
        return ig.autograd.grad(value, leaves, allow_unused=True)

    gradient = _runs(has_gradient)
    forward = gradient and _runs(lambda: ig.jvp(of_floats, primals, [ig.ones_like(p) for p in primals]))
    batched = [ig.stack([p, p]) for p in primals]
    mapped = _runs(lambda: ig.vmap(lambda *each: tuple(of_any(*each)))(*batched))
    return ", ".join(name for name, works in (("grad", gradient), ("jvp", forward), ("vmap", mapped)) if works)


def dtypes_of(function: Any, arguments: Arguments) -> str:
    """The kinds of dtypes that the function takes; a kind stands for all its dtypes."""
    if not _float_positions(arguments) and not any(isinstance(v, list) for v in arguments):
        return ""
    taken = []
    for kind, names in DTYPES.items():
        works = [name for name in names if _runs(lambda name=name: function(*(_cast(v, name) for v in arguments)))]
        if len(works) == len(names):
            taken.append(kind)
        elif works:
            taken.extend(works)
    return "all" if taken == list(DTYPES) else ", ".join(taken)


# ---- writing ----


def row_of(entry: Entry, list_name: str, tried: dict[int, tuple[str, str]]) -> tuple[str, str, str]:
    """Where to find ours, its transforms, its dtypes."""
    found = find(entry.ours, list_name)
    prefix = {"mlx": "ingot.mlx" if entry.ours.split(".")[0] in ("nn", "optimizers", "utils") else "ingot.mlx.core"}
    place = f"`{prefix.get(list_name, 'ingot')}.{entry.ours}`"
    changes_things = entry.ours.rpartition(".")[2].startswith(("set_", "seed", "manual_seed", "save"))
    if isinstance(found, type) or not callable(found) or changes_things:
        return place, "", ""
    if id(found) not in tried:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            usual = _usual_arguments(found)
            tried[id(found)] = (transforms_of(found, usual[0]), dtypes_of(found, usual[0])) if usual else ("", "")
    return place, *tried[id(found)]


def missing(list_name: str) -> list[str]:
    """The names that have neither a counterpart nor a reason."""
    return [e.name for e in entries(list_name) if not e.reason and find(e.ours, list_name) is None]


TITLES = {
    "array_api": "Python Array API standard 2025.12",
    "numpy": "NumPy 2, functions",
    "mlx": "MLX 0.32",
    "torch": "PyTorch 2.13, in common use",
}

HEAD = """\
# What is covered

Made by `python docs/coverage.py` from the lists in docs/names; not to be edited.

Columns: the name there, the name here, the transforms that it goes through, the dtypes that it takes. Transforms and
dtypes are found by trying usual arguments: an empty cell means that there is nothing to try (a class, a constant, a
function that makes arrays) or that no usual arguments fit. *int*, *uint*, *half* (float16, bfloat16), *float* and
*complex* stand for all dtypes of the kind.
"""


def document() -> str:
    """The whole of docs/coverage.md."""
    lines = [HEAD]
    tried: dict[int, tuple[str, str]] = {}
    for list_name, title in TITLES.items():
        listed = list(entries(list_name))
        lines += [f"\n## {title}\n", "| there | here | transforms | dtypes |", "|---|---|---|---|"]
        for entry in listed:
            if not entry.reason:
                lines.append(f"| {entry.name} | {' | '.join(row_of(entry, list_name, tried))} |")
        without = [entry for entry in listed if entry.reason]
        if without:
            lines += ["\n### Not here\n", *(f"- `{entry.name}`: {entry.reason}." for entry in without)]
        differing = [entry for entry in listed if entry.difference]
        if differing:
            lines += ["\n### Different\n", *(f"- `{entry.name}`: {entry.difference}." for entry in differing)]
    lines.append(DIFFERENCES)
    return "\n".join(lines)


DIFFERENCES = """
## Where the standard leaves a choice, or we make one

- The default dtypes have 32 bits: float32, complex64, int32; indices are int32. (Under `ingot run --as torch` integers
  and indices are int64.)
- So `sum`, `prod`, `cumulative_sum`, `cumulative_prod` and `linalg.trace` of bool and of integers of up to 32 bits give
  int32, or uint32 for unsigned ones. They compute in 64 bits and raise OverflowError where a result does not fit, sums
  when they are evaluated, products at the call (NumPy gives int64; elsewhere 32 bits wrap around): `dtype=int64` asks
  for more. In a given `dtype` they wrap around, as in NumPy. Where more than 2^31 - 1 elements come together the result
  has 64 bits, as indices have. (Under `ingot run --as torch` sums and products of integers are int64.)
- `floor_divide` by an infinity gives a zero, the floor of the quotient, as the standard prefers; Python gives -1 for
  operands of different signs.
- Beyond the standard's table, kinds mix: an integer array and a float array give the float's dtype, uint64 and a signed
  integer give float32. float16 and bfloat16 take part in promotion, but `__array_namespace_info__().dtypes()` names the
  standard's dtypes only.
- A Python number, int or float, that an integer dtype cannot hold (NaN cannot be held by any) is a ValueError where an
  array is made of it or it is written into one, as in PyTorch, and a complex one in a real dtype a TypeError; `astype`
  of arrays wraps around.
- `astype` from complex to real keeps the real part and warns, as in NumPy and PyTorch; the standard advises against it.
- `bool()` of an array of several elements is a ValueError, as in NumPy.
- Arrays never alias: an update in place of an array leaves views of it as they were. (Under `ingot run --as torch` an
  update in place of what PyTorch calls a view of x, such as `x[i]` or `x.T`, is one of x, and the reverse.) Memory is
  shared nevertheless until then: slices, transposes, `real` and `imag`, `view_as_real` and `view(dtype)` of an array in
  memory are windows on it, and are handed out as such to NumPy and DLPack.
- `__dlpack__` shares memory for reading, and says so to whoever asks for DLPack 1.0. An older consumer, which cannot be
  told (JAX), shares it too and must not write to it; it gets a copy of what is not dense, of single elements, and of
  memory that came from elsewhere.
- `ingot.mlx` (which `ingot run --as mlx` gives to scripts) has MLX's meaning where PyTorch's stays in `ingot`:
  convolutions and pooling with channels last, recurrent layers, transformers and `RMSNorm` with MLX's arguments and
  results, `max`, `topk` and the like without indices. Methods of arrays are those of `ingot` there too; functions take
  no `stream`, but for those of `linalg`; the initial values of layers are PyTorch's. Without `--as`, `ingot run` gives
  these layers and functions as `ingot` has them, under MLX's names.
- `ingot.torch` (which `ingot run --as torch` gives to scripts) has PyTorch's meaning where NumPy's and MLX's stays in
  `ingot`: `split`, `meshgrid`, `nonzero`, `equal`, `allclose`, `sort`, `std`, `var`; with `ingot run --as torch`, the
  methods `std`, `var`, `equal`, `nonzero`, `transpose` of two axes of a matrix, `contiguous` and `is_contiguous` too.
- Integers divided by 0 with `//` and `%` give 0, as in NumPy, but without a warning; PyTorch raises ZeroDivisionError.
"""


def main() -> None:
    """Writes the document, or with `--missing` prints what it would lack."""
    if "--missing" in sys.argv:
        for list_name in TITLES:
            print(list_name, *missing(list_name))
        return
    (HERE / "coverage.md").write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
