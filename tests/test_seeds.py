"""What beginners' tutorials do, in both dialects, by `ingot run` and by plain imports: it runs, with right numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from helpers import run_command, run_python

#: Scripts in the dialect of `import mlx`, by name: the source and the lines it must print.
MLX_SCRIPTS: dict[str, tuple[str, list[str]]] = {
    "polynomial": (
        """
import mlx.core as mx
point = mx.array([2.0, 3.0], requires_grad=True)
curve = point**2 + 3*point + 5
print("curve:", curve)
curve.backward()
print("slope:", point.grad)
""",
        ["curve: [15. 23.]", "slope: [7. 9.]"],
    ),
    "matrix": (
        """
import mlx.core as mx
grid = mx.array([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
out = grid**2 + 2*grid + 1
print("out:\\n", out)
out.backward()
print("slope:\\n", grid.grad)
""",
        ["out:", " [[ 4.  9.]", " [16. 25.]]", "slope:", " [[ 4.  6.]", " [ 8. 10.]]"],
    ),
    "two_losses": (
        """
import mlx.core as mx
p = mx.array([1.0, 2.0], requires_grad=True)
far = (p[0] - 3)**2 + (p[1] - 2)**2
print("far:", far)
far.backward()
print(p.grad)
first = (p[0] - 3)**2 + (p[1] - 2)**2
second = (p[0] + 1)**2 + (p[1] - 1)**2
first.backward()
print(p.grad)
p.grad.zero_()
second.backward()
print(p.grad)
""",
        ["far: 4.0", "[-4.  0.]", "[-8.  0.]", "[4. 2.]"],
    ),
    "line_fit": (
        """
import mlx.core as mx
import mlx.nn as nn

class Line(nn.Module):
    def __init__(self):
        super(Line, self).__init__()
        self.W = nn.Parameter(mx.array([0.0]))
        self.b = nn.Parameter(mx.array([0.0]))

    def forward(self, inputs):
        return self.W * inputs + self.b

line = Line()
guess = line(mx.array([1.0, 2.0, 3.0]))
error = nn.MSELoss()(guess, mx.array([3.0, 5.0, 7.0]))
error.backward()
print(f"{error:.4f} {line.W.grad.item():.4f} {line.b.grad}")
""",
        ["27.6667 -22.6667 [-10.]"],
    ),
    "creation": (
        """
import mlx
a, b, c = mlx.rand(3, 3), mlx.zeros(3, 3), mlx.ones(2, 3)
print((a + b).shape, mlx.add(a, b).shape, mlx.matmul(c, a.transpose()).shape)
print(mlx.zeros((2, 3)).shape, mlx.rand((4,)).shape)
try:
    c + b
except ValueError as refused:
    print("(2, 3)" in str(refused), "(3, 3)" in str(refused))
x = mlx.tensor([2.0, 3.0], requires_grad=True)
(x**2 + 3 * x).backward()
print(x.grad, isinstance(x, mlx.Tensor))
""",
        ["(3, 3) (3, 3) (2, 3)", "(2, 3) (4,)", "True True", "[7. 9.] True"],
    ),
    "whole_course": (
        """
import mlx
import mlx.nn as nn
import os, tempfile

class TwoLayers(nn.Module):
    def __init__(self):
        super(TwoLayers, self).__init__()
        self.fc1 = nn.Linear(128, 64)
        self.fc2 = nn.Linear(64, 10)

    def forward(self, x):
        x = self.fc1(x)
        x = nn.ReLU()(x)
        return self.fc2(x)

net = TwoLayers()
batch = mlx.rand(32, 128)
print(net(batch).shape)
opt = mlx.optim.SGD(net.parameters(), lr=0.01)
opt.zero_grad()
value = mlx.mean(net(batch))
value.backward()
opt.step()
print(mlx.mean(net(batch)).item() < value.item())
opt = mlx.optim.Adam(net.parameters(), lr=0.001)
label = mlx.randint(0, 10, (32,))
criterion = mlx.nn.CrossEntropyLoss()
history = []
for epoch in range(5):
    net.train()
    opt.zero_grad()
    result = criterion(net(batch), label)
    result.backward()
    opt.step()
    history.append(result.item())
print(history[-1] < history[0], mlx.nn.MSELoss()(net(batch), mlx.zeros(32, 10)).shape)
net.eval()
with mlx.no_grad():
    print(criterion(net(batch), label).requires_grad)

@mlx.jit
def fast(x):
    return net(x)

print(abs(fast(batch) - net(batch)).max().item() < 1e-5)
place = os.path.join(tempfile.mkdtemp(), "net.pth")
mlx.save(net, place)
same = mlx.load(place)
print(type(same).__name__, abs(same(batch) - net(batch)).max().item())
gpu = mlx.device("mps")
print("mps" in str(gpu) or "metal" in str(gpu))
try:
    net.to(gpu)
    print("moved")
except RuntimeError as refused:
    print("moved" if "cpu" in str(refused) else refused)
""",
        ["(32, 10)", "True", "True ()", "False", "True", "TwoLayers 0.0", "True", "moved"],
    ),
}

TORCH_SCRIPT = """
import torch
import torch.optim as optim
a = torch.tensor([2.0, 3.0], requires_grad=True)
squares = a ** 2
squares.sum().backward()
print(a.grad)
with torch.no_grad():
    print((a * 2).requires_grad)
print(squares.detach().requires_grad)
layer = torch.nn.Linear(2, 1)
descent = optim.SGD(layer.parameters(), lr=0.01)
measure = torch.nn.MSELoss()
goal = torch.tensor([[1.0]])
before = measure(layer(torch.tensor([[2.0, 3.0]])), goal)
descent.zero_grad()
before.backward()
descent.step()
after = measure(layer(torch.tensor([[2.0, 3.0]])), goal)
print(after.item() <= before.item())
"""
TORCH_OUTPUT = ["[4. 6.]", "False", "False", "True"]


def as_plain_imports(script: str) -> str:
    """The same script for somebody who installed Ingot and changed the import lines."""
    return (
        script.replace("import mlx.core as mx", "import ingot.core as mx")
        .replace("import mlx.nn as nn", "import ingot.nn as nn")
        .replace("import mlx\n", "import ingot as mlx\n")
        .replace("import torch.optim as optim", "from ingot import optim")
        .replace("import torch\n", "import ingot as torch\n")
    )


@pytest.mark.parametrize(("script", "expected"), MLX_SCRIPTS.values(), ids=MLX_SCRIPTS.keys())
def test_mlx_dialect_through_the_runner(script: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(script, encoding="utf-8")
    assert run_command([sys.executable, "-m", "ingot", "run", str(path)]).stdout.splitlines() == expected


@pytest.mark.parametrize(("script", "expected"), MLX_SCRIPTS.values(), ids=MLX_SCRIPTS.keys())
def test_mlx_dialect_by_plain_imports(script: str, expected: list[str]) -> None:
    assert run_python(as_plain_imports(script)).stdout.splitlines() == expected


def test_torch_dialect_through_the_runner(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_text(TORCH_SCRIPT, encoding="utf-8")
    command = [sys.executable, "-m", "ingot", "run", "--as", "torch", str(path)]
    assert run_command(command).stdout.splitlines() == TORCH_OUTPUT


def test_torch_dialect_by_plain_imports() -> None:
    assert run_python(as_plain_imports(TORCH_SCRIPT)).stdout.splitlines() == TORCH_OUTPUT


def test_mlx_script_may_turn_gradients_off_with_torchs_words(tmp_path: Path) -> None:
    """A lesson that says `with torch.no_grad():` without importing torch means the framework's own."""
    path = tmp_path / "lesson.py"
    path.write_text(
        "import mlx\nx = mlx.ones(2, requires_grad=True)\nwith torch.no_grad():\n    print((x * 2).requires_grad)\n"
    )
    assert run_command([sys.executable, "-m", "ingot", "run", str(path)]).stdout.strip() == "False"
