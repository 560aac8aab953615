"""The Kullback-Leibler divergence of one distribution from another of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ingot
from ingot import array, linalg
from ingot.distributions import continuous as c
from ingot.distributions import discrete as d
from ingot.distributions import multivariate as m
from ingot.distributions.distribution import Distribution, Independent


def _normal(p: Any, q: Any) -> Any:
    ratio = ingot.square(p.scale / q.scale)
    away = ingot.square((p.loc - q.loc) / q.scale)
    return 0.5 * (ratio + away - 1 - ingot.log(ratio))


def _laplace(p: Any, q: Any) -> Any:
    ratio, away = p.scale / q.scale, ingot.abs(p.loc - q.loc)
    return -ingot.log(ratio) + away / q.scale + ratio * ingot.exp(-away / p.scale) - 1


def _uniform(p: Any, q: Any) -> Any:
    inside = (q.low <= p.low) & (q.high >= p.high)
    return ingot.where(inside, ingot.log((q.high - q.low) / (p.high - p.low)), ingot.inf)


def _exponential(p: Any, q: Any) -> Any:
    ratio = q.rate / p.rate
    return ratio - ingot.log(ratio) - 1


def _gamma(p: Any, q: Any) -> Any:
    a, b = p.concentration, q.concentration
    rates = b * ingot.log(p.rate / q.rate) + a * (q.rate / p.rate - 1)
    return rates + ingot.lgamma(b) - ingot.lgamma(a) + (a - b) * ingot.digamma(a)


def _beta(p: Any, q: Any) -> Any:
    total = p.concentration1 + p.concentration0
    first, second = q.concentration1 - p.concentration1, q.concentration0 - p.concentration0
    sizes = ingot.betaln(q.concentration1, q.concentration0) - ingot.betaln(p.concentration1, p.concentration0)
    parts = first * ingot.digamma(p.concentration1) + second * ingot.digamma(p.concentration0)
    return sizes - parts + (first + second) * ingot.digamma(total)


def _bernoulli(p: Any, q: Any) -> Any:
    ones = ingot.xlogy(p.probs, p.probs) - ingot.xlogy(p.probs, q.probs)
    rest = 1 - p.probs
    return ones + ingot.xlogy(rest, rest) - ingot.xlogy(rest, 1 - q.probs)


def _categorical(p: Any, q: Any) -> Any:
    terms = p.probs * (p.logits - q.logits)
    return ingot.where(q.probs == 0, ingot.where(p.probs == 0, 0.0, ingot.inf), terms).sum(axis=-1)


def _poisson(p: Any, q: Any) -> Any:
    return ingot.xlogy(p.rate, p.rate / q.rate) - (p.rate - q.rate)


def _multivariate(p: Any, q: Any) -> Any:
    half_logs = q._half_log_det() - p._half_log_det()
    spread = linalg.solve_triangular(q.scale_tril, p.scale_tril, upper=False)
    away = q.loc - p.loc
    z = linalg.solve_triangular(q.scale_tril, away.reshape(*away.shape, 1), upper=False)
    squares = ingot.square(spread).sum(axis=(-2, -1)) + ingot.square(z).sum(axis=(-2, -1))
    return half_logs + 0.5 * (squares - p.event_shape[0])


def _dirichlet(p: Any, q: Any) -> Any:
    a, b = p.concentration, q.concentration
    sizes = ingot.lgamma(a.sum(axis=-1)) - ingot.lgamma(b.sum(axis=-1))
    logs = ingot.digamma(a) - ingot.digamma(a.sum(axis=-1, keepdims=True))
    return sizes - (ingot.lgamma(a) - ingot.lgamma(b)).sum(axis=-1) + ((a - b) * logs).sum(axis=-1)


def _independent(p: Any, q: Any) -> Any:
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError("kl_divergence: the two take different numbers of axes as one event")
    return p.summed(kl_divergence(p.base_dist, q.base_dist))


_RULES: list[tuple[type[Distribution], Callable[[Any, Any], Any]]] = [
    *((c.Normal, _normal), (c.Laplace, _laplace), (c.Uniform, _uniform), (c.Exponential, _exponential)),
    *((c.Gamma, _gamma), (c.Beta, _beta), (d.Bernoulli, _bernoulli), (d.Categorical, _categorical)),
    *((d.Poisson, _poisson), (m.MultivariateNormal, _multivariate), (m.Dirichlet, _dirichlet)),
    (Independent, _independent),
]


_REGISTERED: dict[tuple[type[Distribution], type[Distribution]], Callable[[Any, Any], Any]] = {}


def register_kl(type_p: type[Distribution], type_q: type[Distribution]) -> Callable[[Any], Any]:
    """A decorator: `kl_divergence(p, q)` of these kinds is what the function gives. The last one registered counts."""

    def register(rule: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        _REGISTERED[type_p, type_q] = rule
        return rule

    return register


def kl_divergence(p: Distribution, q: Distribution) -> array:
    """The mean of `p.log_prob(x) - q.log_prob(x)` over `x` drawn from `p`.

    Raises NotImplementedError for two distributions of different kinds, or of a kind without a formula.

    Example:
        >>> from ingot.distributions import Normal, kl_divergence
        >>> kl_divergence(Normal(1.0, 1.0), Normal(0.0, 1.0)).item()
        0.5
    """
    found: array
    for (first, second), rule in reversed(_REGISTERED.items()):
        if isinstance(p, first) and isinstance(q, second):
            found = rule(p, q)
            return found
    for kind, rule in _RULES:
        if isinstance(p, kind) and type(p) is type(q):
            found = rule(p, q)
            return found
    raise NotImplementedError(f"kl_divergence: no formula for {type(p).__name__} from {type(q).__name__}")
