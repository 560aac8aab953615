"""The command line: running scripts under other names, saying where CMake finds the library, and failing clearly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from helpers import run_command

import ingot as ig
from ingot.mlx import nn as mlx_nn
from ingot.mlx import training

INGOT = [sys.executable, "-m", "ingot"]


def test_version() -> None:
    assert ig.__version__ in run_command([*INGOT, "--version"]).stdout


def test_help() -> None:
    text = run_command([*INGOT, "--help"]).stdout
    assert "run" in text
    assert "--as" in run_command([*INGOT, "run", "--help"]).stdout


def test_without_arguments_shows_help() -> None:
    result = run_command(INGOT, check=False)
    assert "usage" in (result.stdout + result.stderr).lower()


def test_cmake_dir() -> None:
    folder = Path(run_command([*INGOT, "--cmake-dir"]).stdout.strip())
    if not (folder / "ingotConfig.cmake").exists():
        pytest.skip("the package is used from its build folder, not installed")
    assert folder.is_absolute()


def run_script(tmp_path: Path, text: str, *arguments: str, options: tuple[str, ...] = (), check: bool = True):
    script = tmp_path / "script.py"
    script.write_text(text, encoding="utf-8")
    return run_command([*INGOT, "run", *options, str(script), *arguments], check=check)


def test_script_sees_what_python_would_give_it(tmp_path: Path) -> None:
    (tmp_path / "neighbour.py").write_text("word = 'found'\n")
    result = run_script(
        tmp_path,
        "import sys, neighbour\nprint(__name__, sys.argv[1:], neighbour.word, __file__ == sys.argv[0])\n",
        "--flag",
        "value",
    )
    assert result.stdout.strip() == "__main__ ['--flag', 'value'] found True"


@pytest.mark.parametrize("code", [0, 3])
def test_exit_code_of_the_script(tmp_path: Path, code: int) -> None:
    assert run_script(tmp_path, f"import sys; sys.exit({code})", check=False).returncode == code


def test_exception_shows_the_scripts_lines(tmp_path: Path) -> None:
    result = run_script(tmp_path, "def f():\n    return 1 / 0\nf()\n", check=False)
    assert result.returncode == 1
    assert "ZeroDivisionError" in result.stderr
    assert 'script.py", line 2' in result.stderr


def test_aliases_live_in_that_process_alone(tmp_path: Path) -> None:
    text = (
        "import mlx, mlx.core, mlx.nn, mlx.optim, ingot\n"
        "print(mlx.core.array is ingot.array, issubclass(mlx.nn.Linear, ingot.nn.Linear))\n"
    )
    assert run_script(tmp_path, text).stdout.strip() == "True True"
    plain = run_command([sys.executable, "-c", "import ingot, importlib.util as u; print(u.find_spec('ingot'))"])
    assert "ingot" in plain.stdout


def test_torch_aliases(tmp_path: Path) -> None:
    text = (
        "import torch, torch.nn as nn, torch.optim as optim\n"
        "import torch.nn.functional as F\n"
        "print(torch.tensor([1.0]), nn.Linear(1, 1).weight.shape, optim.SGD, F.relu(torch.tensor([-1.0])))\n"
    )
    assert run_script(tmp_path, text, options=("--as", "torch")).stdout.startswith("[1.] (1, 1)")


def test_names_that_clash(tmp_path: Path) -> None:
    """PyTorch's way without `--as`, Apple's with `--as mlx`."""
    text = """
import mlx.core as mx
import mlx.nn as nn
first, last = mx.ones((1, 3, 8, 8)), mx.ones((1, 8, 8, 3))
print(nn.Conv2d(3, 4, 3)(first if pytorch else last).shape, nn.MaxPool2d(2)(first if pytorch else last).shape)
print(type(mx.topk(mx.array([3, 1, 2]), 2)).__name__, len(nn.LSTM(3, 4)(mx.ones((5, 3)))[1]))
print(nn.GroupNorm(3, dims=3)(first if pytorch else last).shape, nn.RMSNorm(dims=8).eps)
"""
    ours = run_script(tmp_path, "pytorch = True" + text).stdout.splitlines()
    assert ours == ["(1, 4, 6, 6) (1, 3, 4, 4)", "ValuesAndIndices 2", "(1, 3, 8, 8) None"]
    apples = run_script(tmp_path, "pytorch = False" + text, options=("--as", "mlx")).stdout.splitlines()
    assert apples == ["(1, 6, 6, 4) (1, 4, 4, 3)", "array 5", "(1, 8, 8, 3) 1e-05"]


def test_every_layer_that_clashes_is_listed() -> None:
    """Each class of `mlx.nn` is Ingot's of that name, is one that PyTorch has not, or is among those that clash."""
    not_pytorchs = {"ALiBi", "RoPE", "SinusoidalPositionalEncoding"}
    others = {
        name
        for name, kind in vars(mlx_nn).items()
        if isinstance(kind, type) and hasattr(ig.nn, name) and not issubclass(kind, getattr(ig.nn, name))
    }
    assert others - not_pytorchs == set(training.LAYERS)


def test_unknown_dialect(tmp_path: Path) -> None:
    result = run_script(tmp_path, "", options=("--as", "tensorflow"), check=False)
    assert result.returncode == 2
    assert "tensorflow" in result.stderr


def test_missing_script(tmp_path: Path) -> None:
    result = run_command([*INGOT, "run", str(tmp_path / "nowhere.py")], check=False)
    assert result.returncode != 0
    assert "nowhere.py" in result.stderr
    assert "Traceback" not in result.stderr


def test_console_command(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("ingot")
    if not command.exists():
        pytest.skip("the package is used from its build folder, not installed")
    assert ig.__version__ in run_command([str(command), "--version"]).stdout


def test_torch_names_mean_what_they_mean_in_torch(tmp_path: Path) -> None:
    """Where NumPy and MLX use the same name for something else."""
    text = (
        "import torch\n"
        "print([len(x) for x in torch.split(torch.arange(5), 2)], [len(x) for x in torch.arange(5).split([1, 4])])\n"
        "print(torch.meshgrid(torch.arange(2), torch.arange(3))[0].shape, torch.nonzero(torch.eye(2)).tolist())\n"
        "print(torch.equal(torch.ones(2), torch.ones(2)), torch.allclose(torch.ones(2), torch.zeros(2)))\n"
        "x = torch.tensor([[1.0, 3.0]])\n"
        "print(torch.sort(x, descending=True)[1].tolist(), torch.var(x).item(), torch.std(x, False).item())\n"
        "print(torch.var(x, 1).tolist(), torch.std(x, dim=1, correction=0).tolist())\n"
        "print(torch.var(x, unbiased=False).item())\n"
    )
    result = run_script(tmp_path, text, options=("--as", "torch"))
    assert result.stdout.splitlines() == [
        "[2, 2, 1] [1, 4]",
        "(2, 3) [[0, 0], [1, 1]]",
        "True False",
        "[[1, 0]] 2.0 1.0",
        "[2.0] [1.0]",
        "1.0",
    ]


def test_torch_modules_and_methods(tmp_path: Path) -> None:
    text = (
        "import torch, torch.nn as nn, torch.backends.cudnn as cudnn, torch.utils.data\n"
        "from torch import Tensor\n"
        "from torch.cuda.amp import GradScaler, autocast\n"
        "from torch.distributions import Categorical\n"
        "from torch.nn.parameter import Parameter\n"
        "from torch.nn.utils.rnn import pad_sequence\n"
        "from torch.autograd import Function, Variable\n"
        "cudnn.benchmark = torch.backends.cudnn.deterministic = True\n"
        "torch.cuda.manual_seed_all(0)\n"
        "x = torch.FloatTensor([[1.0, 3.0], [1.0, 3.0]])\n"
        "print(x.std(1).tolist(), round(x.var().item() * 3, 4))\n"
        "print(x.var(unbiased=False).item(), x.std(0, keepdim=True).shape)\n"
        "print(x.equal(x), x.nonzero().shape, isinstance(x, Tensor), x.type(torch.LongTensor).tolist())\n"
        "print(Categorical(torch.ones(2)).sample((3,)).shape, isinstance(x.shape, torch.Size))\n"
        "print(torch.range(0, 2).tolist(), torch.jit.script(nn.ReLU())(x).shape)\n"
        "try:\n    torch.nothing\nexcept AttributeError as error:\n    print(error)\n"
    )
    assert run_script(tmp_path, text, options=("--as", "torch")).stdout.splitlines() == [
        "[1.4142135381698608, 1.4142135381698608] 4.0",
        "1.0 (1, 2)",
        "True (4, 2) True [[1, 3], [1, 3]]",
        "(3,) True",
        "[0.0, 1.0, 2.0] (2, 2)",
        "module 'torch' has no attribute 'nothing'",
    ]
