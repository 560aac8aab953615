"""Distributions of vectors."""

from __future__ import annotations

import math
from typing import Any

import ingot
from ingot import array, linalg
from ingot.distributions.distribution import Distribution, Shape, as_arrays


class MultivariateNormal(Distribution):
    """The normal distribution of vectors, given one of covariance matrix, precision matrix or Cholesky factor.

    Example:
        >>> from ingot.distributions import MultivariateNormal
        >>> MultivariateNormal(ingot.zeros(2), ingot.eye(2)).log_prob(ingot.zeros(3, 2)).shape
        (3,)
    """

    has_rsample = True

    def __init__(
        self,
        loc: Any,
        covariance_matrix: Any = None,
        precision_matrix: Any = None,
        scale_tril: Any = None,
        validate_args: bool | None = None,
    ) -> None:
        given = [m for m in (covariance_matrix, precision_matrix, scale_tril) if m is not None]
        if len(given) != 1:
            raise ValueError("MultivariateNormal: expected one of covariance_matrix, precision_matrix and scale_tril")
        (matrix,) = as_arrays(given[0])
        (loc,) = as_arrays(loc)
        if scale_tril is None:
            matrix = linalg.cholesky(linalg.inv(matrix) if covariance_matrix is None else matrix)
        size = matrix.shape[-1]
        batch = ingot.broadcast_shapes(loc.shape[:-1], matrix.shape[:-2])
        self.loc = ingot.broadcast_to(loc, (*batch, size))
        self.scale_tril = ingot.broadcast_to(matrix, (*batch, size, size))
        super().__init__(batch, (size,))

    def _draw(self, shape: Shape) -> array:
        noise = ingot.random.normal(shape=shape, dtype=self.loc.dtype)
        return self.loc + (self.scale_tril @ noise.reshape(*shape, 1)).squeeze(-1)

    def _half_log_det(self) -> array:
        return ingot.log(ingot.diagonal(self.scale_tril, axis1=-2, axis2=-1)).sum(axis=-1)

    def log_prob(self, value: Any) -> array:
        away = ingot.asarray(value) - self.loc
        batch = away.shape[:-1]
        factor = ingot.broadcast_to(self.scale_tril, (*batch, *self.scale_tril.shape[-2:]))
        z = linalg.solve_triangular(factor, away.reshape(*away.shape, 1), upper=False)
        size = 0.5 * self.event_shape[0] * math.log(2 * math.pi)
        return -0.5 * ingot.square(z).sum(axis=(-2, -1)) - self._half_log_det() - size

    def entropy(self) -> array:
        return 0.5 * self.event_shape[0] * (1 + math.log(2 * math.pi)) + self._half_log_det()

    @property
    def covariance_matrix(self) -> array:
        """The covariance matrix."""
        return self.scale_tril @ self.scale_tril.mT

    @property
    def mean(self) -> array:
        return self.loc

    @property
    def variance(self) -> array:
        return ingot.square(self.scale_tril).sum(axis=-1)


class LowRankMultivariateNormal(MultivariateNormal):
    """The normal distribution of vectors with the covariance matrix `cov_factor @ cov_factor.mT + diag(cov_diag)`."""

    def __init__(self, loc: Any, cov_factor: Any, cov_diag: Any, validate_args: bool | None = None) -> None:
        self.cov_factor, self.cov_diag = ingot.asarray(cov_factor), ingot.asarray(cov_diag)
        super().__init__(loc, self.cov_factor @ self.cov_factor.mT + ingot.diag_embed(self.cov_diag))


class Dirichlet(Distribution):
    """The Dirichlet distribution, of probabilities of classes along the last axis."""

    has_rsample = True

    def __init__(self, concentration: Any, validate_args: bool | None = None) -> None:
        (self.concentration,) = as_arrays(concentration)
        super().__init__(self.concentration.shape[:-1], self.concentration.shape[-1:])

    def _draw(self, shape: Shape) -> array:
        return ingot.random.dirichlet(self.concentration, shape[:-1])

    def log_prob(self, value: Any) -> array:
        a = self.concentration
        size = ingot.lgamma(a.sum(axis=-1)) - ingot.lgamma(a).sum(axis=-1)
        return ingot.xlogy(a - 1, ingot.asarray(value)).sum(axis=-1) + size

    def entropy(self) -> array:
        a = self.concentration
        total = a.sum(axis=-1)
        size = ingot.lgamma(a).sum(axis=-1) - ingot.lgamma(total)
        rest = (total - a.shape[-1]) * ingot.digamma(total)
        return size + rest - ((a - 1) * ingot.digamma(a)).sum(axis=-1)

    @property
    def mean(self) -> array:
        return self.concentration / self.concentration.sum(axis=-1, keepdims=True)

    @property
    def variance(self) -> array:
        total = self.concentration.sum(axis=-1, keepdims=True)
        return self.concentration * (total - self.concentration) / (ingot.square(total) * (total + 1))
