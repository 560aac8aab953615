"""`optim.minimize` beside SciPy's."""

from __future__ import annotations

import numpy as np
import pytest

import ingot as ig
from ingot import optim

scipy_optimize = pytest.importorskip("scipy.optimize")
METHODS = ["BFGS", "L-BFGS", "CG", "Newton-CG"]


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [2, 10])
def test_rosenbrock_beside_scipy(method: str, size: int) -> None:
    start = np.array([-1.2, 1.0]) if size == 2 else np.linspace(0.2, 1.8, size)
    result = optim.minimize(rosenbrock, start, method=method)
    theirs = scipy_optimize.minimize(
        scipy_optimize.rosen,
        start,
        jac=scipy_optimize.rosen_der,
        hessp=scipy_optimize.rosen_hess_prod if method == "Newton-CG" else None,
        method="L-BFGS-B" if method == "L-BFGS" else method,
    )
    assert result.success and result.status == 0 and "success" in result.message
    np.testing.assert_allclose(result.x, theirs.x, atol=2e-3)
    np.testing.assert_allclose(result.fun, theirs.fun, atol=1e-6)
    assert result.nfev <= 3 * theirs.nfev
    assert isinstance(result.x, np.ndarray) and result["nit"] == result.nit > 5


@pytest.mark.parametrize("method", METHODS)
def test_logistic_regression_beside_scipy(method: str, rng: np.random.Generator) -> None:
    x = rng.normal(size=(200, 5))
    y = (x @ rng.normal(size=5) + rng.normal(size=200) > 0).astype(np.float64)

    def loss(w, x, y):
        z = x @ w
        return (ig.softplus(z) - y * z).mean() + 0.01 * (w * w).sum()

    def theirs(w):
        z = x @ w
        value = np.mean(np.logaddexp(0, z) - y * z) + 0.01 * w @ w
        return value, x.T @ (1 / (1 + np.exp(-z)) - y) / len(y) + 0.02 * w

    result = optim.minimize(loss, np.zeros(5), args=(ig.array(x), ig.array(y)), method=method)
    want = scipy_optimize.minimize(theirs, np.zeros(5), jac=True, method="BFGS", tol=1e-8)
    assert result.success
    np.testing.assert_allclose(result.x, want.x, atol=1e-3)


def test_python_runs_once_unless_it_asks_for_values() -> None:
    runs = []

    def traced(x):
        runs.append(1)
        return (x * x).sum() + 1

    assert optim.minimize(traced, [3.0, 4.0]).fun == pytest.approx(1)
    assert len(runs) == 1

    def branching(x):
        return (x - 1) ** 2 if float(x) > 0 else (x + 3) ** 4

    result = optim.minimize(lambda x: branching(x[0]), [5.0])
    np.testing.assert_allclose(result.x, [1], atol=1e-5)


def test_gradients_of_ones_own() -> None:
    result = optim.minimize(lambda x: ((x**2).sum(), 2 * x), [1.0, 2.0], jac=True)
    np.testing.assert_allclose(result.x, 0, atol=1e-6)
    result = optim.minimize(lambda x: (x**2).sum(), [1.0, 2.0], jac=lambda x: 2 * np.asarray(x))
    np.testing.assert_allclose(result.x, 0, atol=1e-6)
    result = optim.minimize(lambda x: (x**2).sum(), [1.0, 2.0], method="newton-cg", hess=lambda x: 2 * np.eye(2))
    np.testing.assert_allclose(result.x, 0, atol=1e-6)


def test_conventions(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[np.ndarray] = []
    result = optim.minimize(rosenbrock, [-1.2, 1.0], callback=seen.append, options={"maxiter": 3, "disp": True})
    assert (result.success, result.status, result.nit, len(seen)) == (False, 1, 3, 3)
    assert "Maximum number of iterations" in capsys.readouterr().out
    assert "fun:" in repr(result) and "x" in dir(result)

    def stop(intermediate_result):
        assert intermediate_result.fun > 0
        raise StopIteration

    assert optim.minimize(rosenbrock, [-1.2, 1.0], callback=stop).nit == 1
    single = optim.minimize(rosenbrock, ig.array([-1.2, 1.0]))
    assert isinstance(single.x, ig.array) and single.x.dtype == ig.float32
    np.testing.assert_allclose(np.asarray(single.x), 1, atol=5e-2)
    assert optim.minimize(lambda x: (x * 0).sum() + ig.nan, [1.0]).status == 3
    with pytest.raises(ValueError, match="Nelder"):
        optim.minimize(rosenbrock, [1.0, 1.0], method="Nelder-Mead")
    with pytest.raises(ValueError, match="bounds"):
        optim.minimize(rosenbrock, [1.0, 1.0], bounds=[(0, 1)] * 2)
    with pytest.raises(ValueError, match="maxit"):
        optim.minimize(rosenbrock, [1.0, 1.0], options={"maxit": 3})
    with pytest.raises(AttributeError, match="nothing"):
        result.nothing  # noqa: B018
