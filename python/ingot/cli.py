"""The command `ingot`: runs scripts written for `mlx` or `torch`, and says what is installed."""

from __future__ import annotations

import argparse
import io
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

DESCRIPTION = """\
Ingot: deep learning on one lazy graph engine.

  ingot run script.py        run a tutorial that trains PyTorch's way and says `import mlx.core as mx`, ...
  ingot run --as mlx s.py    run a script written for Apple's MLX
  ingot run --as torch s.py  run a script that says `import torch`
  ingot info                 what is installed, and what it runs on
"""

RUN_DESCRIPTION = """\
Runs SCRIPT with the modules of another framework's name standing for Ingot's, in this process alone: nothing called mlx
or torch is installed, and a real one on this machine is neither used nor touched.

  (default)   mlx, mlx.core, mlx.nn, mlx.optim, mlx.optimizers, mlx.random, mlx.utils; layers are PyTorch's where both
              have one of that name (images with channels first, recurrent layers, ...), and so are convolutions and the
              functions that give indices beside values (max, topk, ...); the name `torch` is there without an import,
              as tutorials that write `with torch.no_grad():` expect
  --as mlx    the same modules with the meaning of Apple's MLX
  --as torch  torch and its modules nn, optim, autograd, func, amp, distributions, linalg, fft, special, random, jit,
              profiler, cuda, accelerator, backends, testing, utils.data, utils.checkpoint and those below them; the
              methods of arrays that mean something else in NumPy (std, var, equal, nonzero, transpose of a matrix) are
              PyTorch's; integers and indices are int64, an integer beside index arrays selects before they do, and
              in-place changes of views (x[i], x.T, x.view(-1), ...) change x
"""


def _facade(name: str, **extra: Any) -> types.ModuleType:
    """A module with Ingot's names and a few more."""
    import ingot

    module = types.ModuleType(name, ingot.__doc__)
    own = {"__name__", "__loader__", "__package__", "__spec__", "__path__", "__file__", "__cached__"}
    vars(module).update({key: value for key, value in vars(ingot).items() if key not in own})
    vars(module).update(extra)
    module.__path__ = []  # a package, so that `import torch.nn` looks for more
    return module


def _aliases(dialect: str) -> dict[str, types.ModuleType]:
    if dialect == "torch":
        from ingot.torch import paths

        return paths.modules()
    from ingot import nn
    from ingot.mlx import core as mlx_core
    from ingot.mlx import nn as mlx_nn
    from ingot.mlx import optimizers, training
    from ingot.mlx import random as mlx_random
    from ingot.mlx import utils as mlx_utils

    if dialect == "training":
        mlx_core, mlx_nn = training.modules()
    return {
        "mlx": _facade("mlx", core=mlx_core, nn=mlx_nn, optim=optimizers, optimizers=optimizers, utils=mlx_utils),
        "mlx.core": mlx_core,
        "mlx.core.random": mlx_random,
        "mlx.core.fast": mlx_core.fast,
        "mlx.nn": mlx_nn,
        "mlx.nn.functional": nn.functional,
        "mlx.nn.init": mlx_nn.init,
        "mlx.nn.losses": mlx_nn.losses,
        "mlx.optim": optimizers,
        "mlx.optimizers": optimizers,
        "mlx.random": mlx_random,
        "mlx.utils": mlx_utils,
    }


def run_script(script: str, arguments: Sequence[str] = (), dialect: str = "training") -> None:
    """Runs a file as `__main__`, with modules of another framework's name standing for Ingot's.

    Raises what the script raises, OSError if it cannot be read, SyntaxError if it is not Python.
    """
    path = Path(script)
    with io.open_code(str(path.absolute())) as file:
        code = compile(file.read(), script, "exec")
    main = types.ModuleType("__main__")
    vars(main).update(__file__=script, __builtins__=__builtins__)
    aliases = _aliases(dialect)
    if dialect == "training":
        from ingot import torch

        vars(main)["torch"] = torch
    elif dialect == "torch":
        from ingot.torch.methods import install
        from ingot.torch.paths import hang_up

        install()
        hang_up(aliases)
    sys.modules.update(aliases)
    sys.modules["__main__"] = main
    sys.argv = [script, *arguments]
    sys.path[0:1] = [str(path.absolute().parent)]
    exec(code, vars(main))


def _run(options: argparse.Namespace) -> int:
    try:
        run_script(options.script, options.arguments, options.dialect)
    except OSError as error:
        if error.filename is None or Path(error.filename) != Path(options.script).absolute():
            return _report(error)
        print(f"ingot run: cannot read {options.script}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as error:
        _report(error)
        return 130
    except Exception as error:
        return _report(error)
    return 0


def _report(error: BaseException) -> int:
    """Prints the traceback as Python would, from the script's first line on."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)
    return 1


def _info(options: argparse.Namespace) -> int:
    import platform

    import ingot
    from ingot import core

    rows = {
        "ingot": ingot.__version__,
        "python": platform.python_version(),
        "package": str(Path(__file__).parent),
        "backend": core.backend_name(),
        "kernels": core.pack_name(),
        "threads": str(ingot.get_num_threads()),
        "devices": ", ".join(name for name in ("cpu", "metal") if ingot.is_available(ingot.device(name))),
    }
    for name, value in rows.items():
        print(f"{name:8} {value}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingot", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument(
        "--cmake-dir", action="store_true", help="print the directory for CMake's find_package(ingot) and exit"
    )
    commands = parser.add_subparsers(title="commands", metavar="{run,info}")
    run = commands.add_parser(
        "run",
        help="run a script written for mlx or torch",
        description=RUN_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run.add_argument(
        "--as",
        dest="dialect",
        choices=("mlx", "torch"),
        default="training",
        help="whose names the script uses (default: those of MLX, with PyTorch's meaning where they clash)",
    )
    run.add_argument("script", metavar="SCRIPT", help="the Python file to run")
    run.add_argument(
        "arguments", metavar="args", nargs=argparse.REMAINDER, help="what the script finds in sys.argv[1:]"
    )
    run.set_defaults(command=_run)
    info = commands.add_parser("info", help="print version, kernels, threads and devices")
    info.set_defaults(command=_info)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.version:
        from ingot import __version__

        print(f"ingot {__version__}")
        return 0
    if options.cmake_dir:
        print(Path(__file__).parent / "lib" / "cmake" / "ingot")
        return 0
    if not hasattr(options, "command"):
        parser.print_help()
        return 2
    status: int = options.command(options)
    return status
