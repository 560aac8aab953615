"""`minimize`: minima of functions, in SciPy's conventions, with gradients by automatic differentiation."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ingot._core import TraceError, array
from ingot._core.optim import _strong_wolfe
from ingot._jit import jit
from ingot._transforms import hvp, value_and_grad

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[Any]]

MESSAGES = {
    0: "Optimization terminated successfully.",
    1: "Maximum number of iterations has been exceeded.",
    2: "Desired error not necessarily achieved due to precision loss.",
    3: "NaN result encountered.",
    99: "`callback` raised `StopIteration`.",
}


class OptimizeResult(dict[str, Any]):
    """What `minimize` found: `x`, `fun`, `jac`, `nit`, `nfev`, `success`, `message`, as entries and as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the result has no {name!r}; it has {', '.join(self)}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __dir__(self) -> list[str]:
        return list(self)

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(f"{name:>{width}}: {value}" for name, value in self.items())


class _Function:
    """The function at NumPy vectors: values, gradients and products with second derivatives, counted."""

    def __init__(
        self, fun: Callable[..., Any], x0: Any, args: tuple[Any, ...], jac: Any, hess: Any, hessp: Any
    ) -> None:
        import numpy as np

        start = x0 if isinstance(x0, array) else np.asarray(x0, np.result_type(np.asarray(x0), np.float32(0)))
        if not isinstance(x0, array) and start.dtype not in (np.float32, np.float64):
            start = np.asarray(x0, np.float64)
        self.dtype: Any = np.asarray(start).dtype
        self.start: Vector = np.asarray(start).astype(np.float64).ravel()
        self.args = args
        self.jac, self.hess, self.hessp = jac, hess, hessp
        self.nfev = self.njev = self.nhev = 0
        plain = fun if jac is True or callable(jac) else value_and_grad(fun)
        product = hessp if hessp is not None else lambda x, p, *rest: hvp(lambda at: fun(at, *rest), x, p)[1]
        self.both, self.product = plain, product
        self.fast_both, self.fast_product = jit(plain), jit(product)
        self.last: tuple[Vector, float, Vector] | None = None

    def _run(self, which: str, *inputs: Vector) -> Any:
        """Jitted, unless the function asks for values."""
        arrays = [array(each.astype(self.dtype)) for each in inputs]
        try:
            return getattr(self, f"fast_{which}")(*arrays, *self.args)
        except TraceError:
            setattr(self, f"fast_{which}", getattr(self, which))
            return getattr(self, which)(*arrays, *self.args)

    def at(self, x: Vector) -> tuple[float, Vector]:
        """Value and gradient."""
        import numpy as np

        if self.last is not None and np.array_equal(self.last[0], x):
            return self.last[1:]
        self.nfev += 1
        self.njev += 1
        if callable(self.jac):
            value, gradient = self._run("both", x), self.jac(array(x.astype(self.dtype)), *self.args)
        else:
            value, gradient = self._run("both", x)
        vector = np.asarray(gradient, np.float64).ravel()
        if vector.shape != x.shape:
            raise ValueError(f"minimize: the gradient has shape {vector.shape}, expected {x.shape}")
        self.last = (x.copy(), float(value), vector)
        return self.last[1:]

    def times_hessian(self, x: Vector, vector: Vector) -> Vector:
        """The product of the second derivatives at `x` with a vector."""
        import numpy as np

        self.nhev += 1
        if callable(self.hess):
            matrix = np.asarray(self.hess(array(x.astype(self.dtype)), *self.args), np.float64)
            return matrix @ vector
        return np.asarray(self._run("product", x, vector), np.float64).ravel()


class _Search:
    """What the methods share: the present point, the line search, when to stop, what to report."""

    def __init__(self, function: _Function, options: dict[str, Any], callback: Callable[..., Any] | None) -> None:
        self.function, self.callback = function, callback
        self.x = function.start
        self.value, self.gradient = function.at(self.x)
        self.iterations = 0
        self.most: int = options["maxiter"] if options["maxiter"] is not None else 200 * max(1, self.x.size)
        self.gtol: float = options["gtol"]
        self.ftol: float = options["ftol"]
        self.status: int | None = None

    def small(self, gradient: Vector) -> bool:
        """Whether a gradient is as good as 0."""
        return gradient.size == 0 or float(abs(gradient).max()) <= self.gtol

    def walk(self, direction: Vector, first: float, curvature: float = 0.9) -> bool:
        """Moves along a direction; False if that leads nowhere, and then `status` says why."""
        import numpy as np

        slope = float(self.gradient @ direction)
        before, start = self.value, self.x

        def at(step: float) -> tuple[float, float]:
            value, gradient = self.function.at(start + step * direction)
            return value, float(gradient @ direction)

        step, value = _strong_wolfe(at, before, slope, first, 1e-14, 40, curvature)
        moved = start + step * direction
        if not np.isfinite(value):
            self.status = 3
        elif step == 0 or value > before or np.array_equal(moved, start):
            self.status = 2
        if self.status is not None:
            return False
        self.x = moved
        self.value, self.gradient = self.function.at(moved)
        return True

    def finished(self, before: float) -> bool:
        """Counts an iteration, and says if it was the last."""
        self.iterations += 1
        if self.callback is not None:
            try:
                self._call(self.callback)
            except StopIteration:
                self.status = 99
                return True
        largest = max(abs(before), abs(self.value), 1.0)
        if self.small(self.gradient) or (before - self.value <= self.ftol * largest and self.ftol > 0):
            self.status = 0
        elif self.iterations >= self.most:
            self.status = 1
        return self.status is not None

    def _call(self, callback: Callable[..., Any]) -> None:
        if list(inspect.signature(callback).parameters) == ["intermediate_result"]:
            callback(intermediate_result=OptimizeResult(x=self.x.copy(), fun=self.value))
        else:
            callback(self.x.copy())


def _bfgs(search: _Search, options: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    size = search.x.size
    inverse = np.eye(size)
    while search.status is None:
        old_x, old_value, old_gradient = search.x, search.value, search.gradient
        first = min(1.0, 1.0 / max(float(np.linalg.norm(old_gradient)), 1e-300)) if search.iterations == 0 else 1.0
        if not search.walk(-inverse @ old_gradient, first):
            break
        change, turn = search.x - old_x, search.gradient - old_gradient
        curvature = float(change @ turn)
        if curvature > 1e-14 * float(np.linalg.norm(change) * np.linalg.norm(turn)):
            if search.iterations == 0:
                inverse *= curvature / float(turn @ turn)
            pulled = inverse @ turn
            inverse += (1 + float(turn @ pulled) / curvature) * np.outer(change, change) / curvature
            inverse -= (np.outer(pulled, change) + np.outer(change, pulled)) / curvature
        if search.finished(old_value):
            break
    return {"hess_inv": inverse}


def _lbfgs(search: _Search, options: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    history: list[tuple[Vector, Vector, float]] = []
    while search.status is None:
        old_x, old_value, old_gradient = search.x, search.value, search.gradient
        direction = -old_gradient
        shares = []
        for change, turn, scale in reversed(history):
            shares.append(scale * float(change @ direction))
            direction = direction - shares[-1] * turn
        if history:
            change, turn, scale = history[-1]
            direction = direction / (scale * float(turn @ turn))
        for (change, turn, scale), share in zip(history, reversed(shares), strict=True):
            direction = direction + (share - scale * float(turn @ direction)) * change
        first = 1.0 if history else min(1.0, 1.0 / max(float(np.linalg.norm(old_gradient)), 1e-300))
        if not search.walk(direction, first):
            break
        change, turn = search.x - old_x, search.gradient - old_gradient
        if (curvature := float(change @ turn)) > 1e-14 * float(turn @ turn):
            history = [*history, (change, turn, 1 / curvature)][-int(options["maxcor"]) :]
        if search.finished(old_value):
            break
    return {}


def _cg(search: _Search, options: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    direction = -search.gradient
    first = 1.0 / max(float(np.linalg.norm(search.gradient)), 1e-300)
    while search.status is None:
        old_x, old_value, old_gradient = search.x, search.value, search.gradient
        slope = float(old_gradient @ direction)
        if slope >= 0:
            direction, slope = -old_gradient, -float(old_gradient @ old_gradient)
        if not search.walk(direction, first, curvature=0.4):
            break
        # Polak and Ribière, begun anew where it would be negative.
        share = max(0.0, float(search.gradient @ (search.gradient - old_gradient)) / float(old_gradient @ old_gradient))
        step = float(np.linalg.norm(search.x - old_x) / np.linalg.norm(direction))
        direction = -search.gradient + share * direction
        first = step * min(10.0, abs(slope) / max(abs(float(search.gradient @ direction)), 1e-300))
        if search.finished(old_value):
            break
    return {}


def _newton_cg(search: _Search, options: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    while search.status is None:
        gradient, old_x, old_value = search.gradient, search.x, search.value
        length = float(np.linalg.norm(gradient))
        # Conjugate gradients on the second-order model, as exactly as the gradient is small.
        step, residual = np.zeros_like(gradient), gradient.copy()
        direction = -residual
        for inner in range(max(20 * gradient.size, 20)):
            if float(np.linalg.norm(residual)) <= min(0.5, np.sqrt(length)) * length:
                break
            product = search.function.times_hessian(old_x, direction)
            bend, squared = float(direction @ product), float(residual @ residual)
            if bend <= 3 * np.finfo(np.float64).eps * float(direction @ direction):
                step = direction if inner == 0 else step
                break
            step = step + squared / bend * direction
            residual = residual + squared / bend * product
            direction = -residual + float(residual @ residual) / squared * direction
        if not search.walk(step if float(step @ gradient) < 0 else -gradient, 1.0):
            break
        if search.finished(old_value):
            break
        if float(abs(search.x - old_x).mean()) <= options["xtol"]:
            search.status = 0
    return {"nhev": search.function.nhev}


METHODS = {"bfgs": _bfgs, "l-bfgs": _lbfgs, "l-bfgs-b": _lbfgs, "cg": _cg, "newton-cg": _newton_cg}
DEFAULTS: dict[str, Any] = {"maxiter": None, "gtol": 1e-5, "ftol": 0.0, "maxcor": 10, "xtol": 1e-5, "disp": False}


def minimize(
    fun: Callable[..., Any],
    x0: Any,
    args: Any = (),
    method: str | None = None,
    jac: Any = None,
    hess: Any = None,
    hessp: Callable[..., Any] | None = None,
    bounds: None = None,
    constraints: Any = (),
    tol: float | None = None,
    callback: Callable[..., Any] | None = None,
    options: dict[str, Any] | None = None,
) -> OptimizeResult:
    """A local minimum of `fun(x, *args)`, with the arguments and results of `scipy.optimize.minimize`.

    `fun` takes a one-axis array and returns a 0-d one; it is differentiated automatically, and jitted, so its Python
    runs once or twice (where it asks for values of arrays, at each call). `method` is 'BFGS' (the default), 'L-BFGS'
    for many variables, 'CG', or 'Newton-CG', which multiplies with second derivatives by `hvp`. `jac=True` says that
    `fun` returns value and gradient; `jac`, `hess` and `hessp` as functions replace ours. Options: `maxiter`, `gtol`
    (largest entry of the gradient), `ftol` (relative fall of the value; by default 0, for 'L-BFGS' 2.2e-9), `maxcor`
    (the memory of 'L-BFGS'), `xtol` ('Newton-CG'), `disp`; `tol` sets the tolerance of the method. `callback(x)`, or
    `callback(intermediate_result)`, is called after each iteration and may raise StopIteration.

    Computes in the dtype of `x0` (float64 unless it is an array or NumPy array of float32); vectors in between are
    float64. The result's `x` and `jac` are Ingot arrays if `x0` is one, else NumPy arrays.

    Raises ValueError for another method, an unknown option, and for bounds or constraints, which are not supported.

    Example:
        >>> def rosenbrock(x):
        ...     return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
        >>> result = ingot.optim.minimize(rosenbrock, [-1.2, 1.0])
        >>> result.success, result.x.round(4)
        (True, array([1., 1.]))
    """
    import numpy as np

    name = (method or "BFGS").lower()
    if name not in METHODS:
        raise ValueError(f"minimize: unknown method {method!r}; there are 'BFGS', 'L-BFGS', 'CG' and 'Newton-CG'")
    if bounds is not None or (constraints is not None and len(constraints)):
        raise ValueError("minimize: bounds and constraints are not supported; write x as a function of free variables")
    unknown = set(options or {}) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"minimize: unknown options {sorted(unknown)}; there are {sorted(DEFAULTS)}")
    chosen = dict(DEFAULTS)
    if name.startswith("l-bfgs"):
        chosen["ftol"] = 2.220446049250313e-09
    if tol is not None:
        chosen.update(
            {"newton-cg": {"xtol": tol}, "bfgs": {"gtol": tol}, "cg": {"gtol": tol}}.get(
                name, {"ftol": tol, "gtol": tol}
            )
        )
    chosen.update(options or {})
    args = args if isinstance(args, tuple) else (args,)

    function = _Function(fun, x0, args, jac, hess, hessp)
    search = _Search(function, chosen, callback)
    extra: dict[str, Any] = {}
    if not np.isfinite(search.value):
        search.status = 3
    elif search.small(search.gradient):
        search.status = 0
    else:
        extra = METHODS[name](search, chosen)
    status = search.status if search.status is not None else 0
    given_array = isinstance(x0, array)

    def returned(vector: Vector) -> Any:
        typed = vector.astype(function.dtype)
        return array(typed) if given_array else typed

    result = OptimizeResult(
        x=returned(search.x),
        fun=search.value,
        jac=returned(search.gradient),
        nit=search.iterations,
        nfev=function.nfev,
        njev=function.njev,
        status=status,
        success=status == 0,
        message=MESSAGES[status],
        **extra,
    )
    if chosen["disp"]:
        print(result.message)
        print(f"         Current function value: {result.fun:f}")
        print(f"         Iterations: {result.nit}")
        print(f"         Function evaluations: {result.nfev}")
    return result
