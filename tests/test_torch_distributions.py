"""`ingot.distributions` against SciPy's densities and entropies, samples, divergences and gradients."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import numpy_of
from scipy import stats

import ingot as ig
from ingot import distributions as d

A, B = np.array([0.7, 2.5]), np.array([1.3, 0.4])
RATES = np.array([[4.0, 1.0], [1.0, 2.0]])

CASES: dict[str, tuple[d.Distribution, object, np.ndarray]] = {
    "Normal": (d.Normal(A, B), stats.norm(A, B), np.array([0.3, 2.0])),
    "LogNormal": (d.LogNormal(A, B), stats.lognorm(B, scale=np.exp(A)), np.array([0.3, 2.0])),
    "Laplace": (d.Laplace(A, B), stats.laplace(A, B), np.array([0.3, 4.0])),
    "Gumbel": (d.Gumbel(A, B), stats.gumbel_r(A, B), np.array([0.3, 2.0])),
    "Uniform": (d.Uniform(A, A + B), stats.uniform(A, B), np.array([0.9, 2.6])),
    "Exponential": (d.Exponential(A), stats.expon(scale=1 / A), np.array([0.3, 2.0])),
    "Gamma": (d.Gamma(A, B), stats.gamma(A, scale=1 / B), np.array([0.3, 2.0])),
    "Beta": (d.Beta(A, B), stats.beta(A, B), np.array([0.3, 0.8])),
    "StudentT": (d.StudentT(A + 3, A, B), stats.t(A + 3, A, B), np.array([0.3, 2.0])),
    "HalfNormal": (d.HalfNormal(B), stats.halfnorm(0, B), np.array([0.3, 2.0])),
    "Chi2": (d.Chi2(B), stats.chi2(B), np.array([0.3, 2.0])),
    "InverseGamma": (d.InverseGamma(A + 3, B), stats.invgamma(A + 3, scale=B), np.array([0.3, 2.0])),
    "Pareto": (d.Pareto(B, A + 3), stats.pareto(A + 3, scale=B), np.array([1.4, 2.0])),
    "Weibull": (d.Weibull(A, B), stats.weibull_min(B, scale=A), np.array([0.3, 2.0])),
    "Bernoulli": (d.Bernoulli(np.array([0.2, 0.9])), stats.bernoulli([0.2, 0.9]), np.array([1.0, 0.0])),
    "Geometric": (d.Geometric(np.array([0.2, 0.9])), stats.geom([0.2, 0.9], loc=-1), np.array([3.0, 0.0])),
    "Poisson": (d.Poisson(A), stats.poisson(A), np.array([2.0, 0.0])),
    "MultivariateNormal": (d.MultivariateNormal(A, RATES), stats.multivariate_normal(A, RATES), np.array([0.3, 2.0])),
    "Dirichlet": (d.Dirichlet(A), stats.dirichlet(A), np.array([0.3, 0.7])),
}


@pytest.mark.parametrize("name", CASES)
def test_density_and_moments(name: str) -> None:
    ours, scipys, value = CASES[name]
    density = scipys.logpmf if name in ("Bernoulli", "Geometric", "Poisson") else scipys.logpdf
    np.testing.assert_allclose(numpy_of(ours.log_prob(value)), density(value), rtol=1e-6)
    if name != "Poisson":
        np.testing.assert_allclose(numpy_of(ours.entropy()), scipys.entropy(), rtol=1e-6)
    mean = scipys.mean() if callable(getattr(scipys, "mean", None)) else scipys.mean
    np.testing.assert_allclose(numpy_of(ours.mean), mean, rtol=1e-6)
    if name == "MultivariateNormal":
        np.testing.assert_allclose(numpy_of(ours.covariance_matrix), RATES, rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.variance), np.diag(RATES), rtol=1e-6)
    else:
        np.testing.assert_allclose(numpy_of(ours.variance), scipys.var(), rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.stddev) ** 2, scipys.var(), rtol=1e-6)


@pytest.mark.parametrize("name", CASES)
def test_samples(name: str) -> None:
    ours, _, _ = CASES[name]
    ig.manual_seed(3)
    drawn = ours.sample((20000,))
    assert drawn.shape == (20000, *ours.batch_shape, *ours.event_shape)
    assert not drawn.requires_grad
    spread = np.sqrt(numpy_of(ours.variance) / 20000)
    assert (np.abs(numpy_of(drawn).mean(0) - numpy_of(ours.mean)) < 5 * spread + 1e-3).all()
    assert ours.sample().shape == ours.sample_n(1).shape[1:]
    if not ours.has_rsample:
        with pytest.raises(NotImplementedError):
            ours.rsample()


def test_densities_without_moments() -> None:
    for ours, scipys in ((d.Cauchy(A, B), stats.cauchy(A, B)), (d.HalfCauchy(B), stats.halfcauchy(0, B))):
        np.testing.assert_allclose(numpy_of(ours.log_prob([0.3, 2.0])), scipys.logpdf([0.3, 2.0]), rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.entropy()), scipys.entropy(), rtol=1e-6)
        drawn = numpy_of(ours.sample((20000,)))
        np.testing.assert_allclose(np.median(drawn, axis=0), scipys.ppf(0.5), atol=0.1)
    assert d.HalfNormal(1.0).log_prob(-1.0).item() == -np.inf


def test_densities_that_are_functions_of_others() -> None:
    factor, diagonal = np.array([[1.0], [0.5]]), np.array([1.0, 2.0])
    low = d.LowRankMultivariateNormal(A, factor, diagonal)
    whole = stats.multivariate_normal(A, factor @ factor.T + np.diag(diagonal))
    np.testing.assert_allclose(low.log_prob([0.3, 0.8]).item(), whole.logpdf([0.3, 0.8]), rtol=1e-6)


def test_counts() -> None:
    probs = np.array([0.2, 0.3, 0.5])
    several = d.Multinomial(5, probs=probs)
    np.testing.assert_allclose(several.log_prob([1.0, 2, 2]).item(), stats.multinomial(5, probs).logpmf([1, 2, 2]))
    drawn = several.sample((20000,))
    assert set(drawn.sum(-1).tolist()) == {5}
    np.testing.assert_allclose(numpy_of(drawn).mean(0), 5 * probs, atol=0.05)
    np.testing.assert_allclose(numpy_of(drawn).var(0), numpy_of(several.variance), rtol=0.05)
    negative = d.NegativeBinomial(3.0, probs=0.4)
    scipys = stats.nbinom(3, 0.6)
    np.testing.assert_allclose(negative.log_prob(2.0).item(), scipys.logpmf(2), rtol=1e-6)
    assert (negative.mean.item(), negative.variance.item()) == pytest.approx((scipys.mean(), scipys.var()))
    np.testing.assert_allclose(negative.sample((20000,)).mean().item(), scipys.mean(), rtol=0.05)
    for made in (several, d.RelaxedOneHotCategorical(0.5, probs=probs)):
        for of_one_class in (made.entropy, lambda made=made: d.kl_divergence(made, made)):
            with pytest.raises(NotImplementedError):
                of_one_class()
        assert not hasattr(made, "mode") and not hasattr(made, "enumerate_support")


def test_relaxed_draws_carry_gradients() -> None:
    logits = ig.array([0.5, -1.0, 0.2], requires_grad=True)
    for relaxed in (
        d.RelaxedOneHotCategorical(0.7, logits=logits),
        d.RelaxedBernoulli(0.7, logits=logits),
        d.OneHotCategoricalStraightThrough(logits=logits),
    ):
        drawn = relaxed.rsample((4,))
        assert drawn.shape == (4, 3)
        logits.grad = None
        (drawn * ig.array([1.0, 2.0, 3.0])).sum().backward()
        assert logits.grad.abs().sum().item() > 0
    # A density: it adds up to 1 over (0, 1).
    x = (ig.arange(20000) + 0.5) / 20000
    total = d.RelaxedBernoulli(0.7, logits=ig.array(0.5)).log_prob(x).exp().mean().item()
    assert total == pytest.approx(1, rel=1e-3)
    pairs = ig.stack([x, 1 - x], -1)
    total = d.RelaxedOneHotCategorical(0.7, logits=ig.array([0.5, 0.1])).log_prob(pairs).exp().mean().item()
    assert total == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize("sampled", [d.Gamma, d.Beta, d.Dirichlet, d.StudentT])
def test_draws_that_reject_some_carry_gradients(sampled: type[d.Distribution]) -> None:
    ig.manual_seed(0)
    a, b = ig.array([2.0, 3.0], requires_grad=True), ig.array([1.5, 2.5])
    made = {
        d.Gamma: lambda: (d.Gamma(a, b), [1 / 1.5, 1 / 2.5]),
        d.Beta: lambda: (d.Beta(a, b), [1.5 / 3.5**2, 2.5 / 5.5**2]),
        d.Dirichlet: lambda: (d.Dirichlet(a), None),
        d.StudentT: lambda: (d.StudentT(ig.array([5.0, 6.0]), a, b), [1.0, 1.0]),
    }
    distribution, want = made[sampled]()
    drawn = distribution.rsample((40000,))
    if sampled is d.Dirichlet:  # the derivative of 2 / 5
        drawn, want = drawn[:, 0], [3 / 25, -2 / 25]
    drawn.mean(0).sum().backward()
    np.testing.assert_allclose(numpy_of(a.grad), want, atol=0.01)


def test_what_sample_works_out_keeps_its_gradient() -> None:
    probs = ig.array([0.2, 0.3, 0.5], requires_grad=True)
    for made in (d.Categorical(probs=probs), d.Bernoulli(probs)):
        made.sample()
        probs.grad = None
        made.log_prob(ig.array(1)).sum().backward()
        assert probs.grad.abs().sum().item() > 1
    assert d.Categorical(ig.ones(2, 3)).enumerate_support().tolist() == [[0, 0], [1, 1], [2, 2]]
    assert d.Categorical(ig.ones(2, 3)).param_shape == (2, 3)
    rows = d.OneHotCategorical(ig.ones(2, 3)).enumerate_support()
    assert rows.tolist() == [[row, row] for row in ([1, 0, 0], [0, 1, 0], [0, 0, 1])]


def test_constraints() -> None:
    c = d.constraints
    assert c.simplex.check([[0.5, 0.5], [0.5, 0.6]]).tolist() == [True, False]
    assert c.integer_interval(0, 2).check([0.0, 1.5, 3.0]).tolist() == [True, False, False]
    assert c.real_vector.check([[1.0, np.nan]]).tolist() == [False]


class Shifted(d.Normal):
    pass


def test_registered_divergences() -> None:
    d.register_kl(Shifted, Shifted)(lambda p, q: ig.array(7.0))
    assert d.kl_divergence(Shifted(0.0, 1.0), Shifted(0.0, 1.0)).item() == 7
    assert d.kl_divergence(d.Normal(0.0, 1.0), d.Normal(0.0, 1.0)).item() == 0


def test_quantiles_of_the_half_of_a_normal_distribution() -> None:
    ours, scipys, x = d.HalfNormal(B), stats.halfnorm(scale=B), np.array([0.3, -1.0])
    np.testing.assert_allclose(numpy_of(ours.cdf(x)), scipys.cdf(x), rtol=1e-6)
    np.testing.assert_allclose(numpy_of(ours.icdf(0.3)), scipys.ppf(0.3), rtol=1e-6)


def test_quantiles_of_the_normal_distribution() -> None:
    for ours, scipys in ((d.Normal(A, B), stats.norm(A, B)), (d.LogNormal(A, B), stats.lognorm(B, scale=np.exp(A)))):
        np.testing.assert_allclose(numpy_of(ours.cdf(ig.array(A))), scipys.cdf(A), rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.icdf(ig.array([0.2, 0.9]))), scipys.ppf([0.2, 0.9]), rtol=1e-5)
    assert d.LogNormal(0.0, 1.0).mode.item() == pytest.approx(np.exp(-1), rel=1e-6)


def test_categories() -> None:
    for ours in (d.Categorical(probs=RATES), d.Categorical(logits=np.log(RATES))):
        np.testing.assert_allclose(numpy_of(ours.probs), RATES / RATES.sum(1, keepdims=True), rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.log_prob([0, 1])), np.log([0.8, 2 / 3]), rtol=1e-6)
        np.testing.assert_allclose(numpy_of(ours.entropy()), [stats.entropy(row) for row in RATES], rtol=1e-6)
        assert ours.log_prob(ig.zeros((5, 2), dtype=ig.int64)).shape == (5, 2)
        assert ours.sample((3,)).shape == (3, 2)
        assert ours.mode.tolist() == [0, 1]
    rows = d.OneHotCategorical(probs=RATES)
    assert rows.sample((3,)).sum(-1).tolist() == [[1, 1]] * 3
    np.testing.assert_allclose(numpy_of(rows.log_prob(np.eye(2))), np.log([0.8, 2 / 3]), rtol=1e-6)
    np.testing.assert_allclose(numpy_of(rows.variance).sum(1), [0.32, 4 / 9], rtol=1e-6)
    assert rows.mean.shape == (2, 2)
    assert rows.mode.tolist() == [[1, 0], [0, 1]]


PAIRS: dict[str, Callable[[], tuple[d.Distribution, d.Distribution]]] = {
    "Normal": lambda: (d.Normal(A, B), d.Normal(B, A)),
    "LogNormal": lambda: (d.LogNormal(A, B), d.LogNormal(B, A)),
    "Laplace": lambda: (d.Laplace(A, B), d.Laplace(B, A)),
    "Uniform": lambda: (d.Uniform(A, A + B), d.Uniform(A - 1, A + B + 1)),
    "Exponential": lambda: (d.Exponential(A), d.Exponential(B)),
    "Gamma": lambda: (d.Gamma(A, B), d.Gamma(B, A)),
    "Beta": lambda: (d.Beta(A + 1, B + 1), d.Beta(B + 1, A + 1)),
    "Bernoulli": lambda: (d.Bernoulli([0.2, 0.9]), d.Bernoulli([0.5, 0.7])),
    "Categorical": lambda: (d.Categorical(RATES), d.Categorical(RATES[::-1].copy())),
    "Poisson": lambda: (d.Poisson(A), d.Poisson(B)),
    "MultivariateNormal": lambda: (d.MultivariateNormal(A, RATES), d.MultivariateNormal(B, precision_matrix=RATES)),
    "Dirichlet": lambda: (d.Dirichlet(A), d.Dirichlet(B)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_divergence_is_the_mean_of_its_definition(name: str) -> None:
    p, q = PAIRS[name]()
    ig.manual_seed(5)
    drawn = p.sample((40000,))
    differences = numpy_of(p.log_prob(drawn) - q.log_prob(drawn))
    spread = differences.std(0) / np.sqrt(40000)
    assert (np.abs(differences.mean(0) - numpy_of(d.kl_divergence(p, q))) < 5 * spread + 1e-4).all()
    np.testing.assert_allclose(numpy_of(d.kl_divergence(p, p)), 0, atol=1e-6)


def test_divergence_of_what_has_none() -> None:
    with pytest.raises(NotImplementedError, match="Normal from Gamma"):
        d.kl_divergence(d.Normal(0.0, 1.0), d.Gamma(1.0, 1.0))
    with pytest.raises(NotImplementedError):
        d.kl_divergence(d.Normal(0.0, 1.0), d.LogNormal(0.0, 1.0))


def test_independent_events() -> None:
    p = d.Independent(d.Normal(RATES, 1.0), 1)
    assert (p.batch_shape, p.event_shape) == ((2,), (2,))
    np.testing.assert_allclose(numpy_of(p.log_prob(A)), stats.norm(RATES, 1).logpdf(A).sum(1), rtol=1e-6)
    assert p.rsample((3,)).shape == (3, 2, 2)
    assert p.entropy().shape == d.kl_divergence(p, d.Independent(d.Normal(0 * RATES, 1.0), 1)).shape == (2,)
    assert "batch_shape=(2,)" in repr(p)
    with pytest.raises(ValueError, match="at most"):
        d.Independent(d.Normal(0.0, 1.0), 1)


def test_gradients_reach_the_parameters() -> None:
    loc, scale = ig.zeros(3, requires_grad=True), ig.ones(3, requires_grad=True)
    d.Normal(loc, scale).rsample().sum().backward()
    assert loc.grad.tolist() == [1, 1, 1]
    assert scale.grad is not None
    logits = ig.zeros(3, requires_grad=True)
    policy = d.Categorical(logits=logits)
    policy.log_prob(ig.array(1)).backward()
    np.testing.assert_allclose(numpy_of(logits.grad), [-1 / 3, 2 / 3, -1 / 3], rtol=1e-6)
    factor = ig.eye(2, requires_grad=True)
    d.MultivariateNormal(ig.zeros(2), scale_tril=factor).rsample((4,)).sum().backward()
    assert factor.grad is not None


def test_bad_parameters() -> None:
    for make in (
        lambda: d.Bernoulli(),
        lambda: d.Bernoulli(0.5, 0.0),
        lambda: d.Categorical(probs=0.5),
        lambda: d.MultivariateNormal(A),
    ):
        with pytest.raises(ValueError, match="expected"):
            make()


# ---- distributions made of others ----

TRANSFORMS: dict[str, d.transforms.Transform] = {
    "affine": d.transforms.AffineTransform(1.0, ig.array([2.0, -3.0])),
    "exp": d.transforms.ExpTransform(),
    "power": d.transforms.PowerTransform(3.0),
    "sigmoid": d.transforms.SigmoidTransform(),
    "softplus": d.transforms.SoftplusTransform(),
    "tanh": d.transforms.TanhTransform(),
    "composed": d.transforms.ComposeTransform([d.transforms.TanhTransform(), d.transforms.AffineTransform(1.0, 2.0)]),
}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_transform_and_its_jacobian(name: str) -> None:
    transform, x = TRANSFORMS[name], ig.array([0.3, 0.6], requires_grad=True)
    y = transform(x)
    np.testing.assert_allclose(numpy_of(transform.inv(y)), [0.3, 0.6], rtol=1e-5)
    slopes = numpy_of(transform.log_abs_det_jacobian(x, y))
    back = numpy_of(transform.inv.log_abs_det_jacobian(y, x))
    y.sum().backward()
    np.testing.assert_allclose(slopes, np.log(np.abs(numpy_of(x.grad))), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(back, -slopes, rtol=1e-4, atol=1e-6)


def test_a_cached_transform_inverts_its_own_results_exactly() -> None:
    far = ig.array([20.0])
    for size, exact in ((1, True), (0, False)):
        transform = d.transforms.TanhTransform(cache_size=size)
        assert (transform.inv(transform(far)).item() == 20.0) is exact


def test_transformed_distribution() -> None:
    ours = d.TransformedDistribution(d.Normal(A, B), [d.transforms.ExpTransform()])
    values = ig.array(A + 0.5)
    np.testing.assert_allclose(numpy_of(ours.log_prob(values)), numpy_of(d.LogNormal(A, B).log_prob(values)), rtol=1e-5)
    assert ours.has_rsample
    assert ours.sample((3,)).shape == ours.rsample((3,)).shape == (3, *ours.batch_shape)
    rows = d.TransformedDistribution(
        d.Independent(d.Normal(ig.zeros(4, 2), 1.0), 1),
        [d.transforms.AffineTransform(1.0, 2.0), d.transforms.TanhTransform()],
    )
    assert (rows.batch_shape, rows.event_shape) == ((4,), (2,))
    assert rows.log_prob(ig.full((4, 2), 0.5)).shape == (4,)
    with pytest.raises(ValueError, match="points of 1 axes"):
        d.TransformedDistribution(d.Normal(0.0, 1.0), d.transforms.AffineTransform(0.0, 1.0, event_dim=1))


def test_mixture() -> None:
    weights, loc, scale = np.array([0.3, 0.7]), np.array([-1.0, 1.0]), np.array([0.5, 1.0])
    ours = d.MixtureSameFamily(d.Categorical(weights), d.Normal(loc, scale))
    density = (weights * stats.norm(loc, scale).pdf(0.25)).sum()
    np.testing.assert_allclose(ours.log_prob(0.25).item(), np.log(density), rtol=1e-5)
    ig.manual_seed(0)
    drawn = numpy_of(ours.sample((20000,)))
    assert abs(drawn.mean() - ours.mean.item()) < 0.03
    assert abs(drawn.var() - ours.variance.item()) < 0.06
    points = d.MixtureSameFamily(d.Categorical(np.ones((3, 2))), d.MultivariateNormal(ig.zeros(3, 2, 4), ig.eye(4)))
    assert points.sample((5,)).shape == (5, 3, 4)
    assert points.log_prob(ig.zeros(5, 3, 4)).shape == (5, 3)
    assert points.variance.shape == (3, 4)
    with pytest.raises(ValueError, match="as many as the 3 classes"):
        d.MixtureSameFamily(d.Categorical(np.ones(3)), d.Normal(loc, scale))


def test_binomial() -> None:
    ours = d.Binomial(5, probs=np.array([0.2, 1.0]))
    scipys = stats.binom(5, [0.2, 1.0])
    np.testing.assert_allclose(numpy_of(ours.log_prob([2, 5])), scipys.logpmf([2, 5]), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(numpy_of(ours.mean), scipys.mean(), rtol=1e-6)
    np.testing.assert_allclose(numpy_of(ours.variance), scipys.var(), rtol=1e-6, atol=1e-7)
    assert d.Binomial(ig.array([[3.0], [4.0]]), logits=ig.zeros(2)).sample((7,)).shape == (7, 2, 2)


def test_binomial_of_logits_whose_probabilities_round() -> None:
    assert d.Binomial(5, logits=ig.array(40.0)).log_prob(3.0).item() == pytest.approx(np.log(10) - 80)
    assert d.Binomial(5, probs=ig.array([0.0, 1.0])).log_prob([0.0, 5.0]).tolist() == [0, 0]


def test_parameters_of_a_transform_add_to_the_batch() -> None:
    parameters = ig.array([0.0, 100.0]), ig.array([1.0, 2.0])
    made = d.TransformedDistribution(d.Normal(0.0, 1.0), [d.transforms.AffineTransform(*parameters)])
    assert made.batch_shape == (2,)
    draws = made.sample((3,))
    assert draws.shape == (3, 2)
    assert (draws[:, 0] != (draws[:, 1] - 100) / 2).all().item(), "each has draws of its own"
    assert made.rsample().shape == (2,)
    assert made.log_prob(1.0).tolist() == pytest.approx(d.Normal(*parameters).log_prob(1.0).tolist())
    with pytest.raises(ValueError, match="give the base that shape"):
        d.TransformedDistribution(d.Normal(ig.zeros(1), 1.0), [d.transforms.AffineTransform(*parameters)])
