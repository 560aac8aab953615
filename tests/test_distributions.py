"""Distributions: moments and Kolmogorov-Smirnov tests against SciPy, gradients, reproducibility, bad parameters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from helpers import array_of, leaf, numpy_of, run_python
from scipy import stats

import ingot as ig

N = 20_000
KEY = ig.random.key(2024)
D = ig.float64

#: Draws of a shape by a key, and SciPy's distribution.
CONTINUOUS: dict[str, tuple[Callable, Callable]] = {
    "uniform": (lambda s, k: ig.random.uniform(s, -1.0, 2.0, dtype=D, key=k), stats.uniform(-1, 3).cdf),
    "normal": (lambda s, k: ig.random.normal(s, 1.0, 2.0, dtype=D, key=k), stats.norm(1, 2).cdf),
    "normal32": (lambda s, k: ig.random.normal(s, key=k), stats.norm().cdf),
    "truncated_normal": (
        lambda s, k: ig.random.truncated_normal(-0.5, 2.0, s, D, k),
        stats.truncnorm(-0.5, 2).cdf,
    ),
    "truncated_tail": (lambda s, k: ig.random.truncated_normal(3.0, 4.0, s, D, k), stats.truncnorm(3, 4).cdf),
    "exponential": (lambda s, k: ig.random.exponential(2.0, s, D, k), stats.expon(scale=2).cdf),
    "exponential_rate": (lambda s, k: ig.random.exponential(rate=2.0, shape=s, key=k), stats.expon(scale=0.5).cdf),
    "laplace": (lambda s, k: ig.random.laplace(s, 1.0, 2.0, dtype=D, key=k), stats.laplace(1, 2).cdf),
    "gumbel": (lambda s, k: ig.random.gumbel(s, 1.0, 2.0, dtype=D, key=k), stats.gumbel_r(1, 2).cdf),
    "gumbel32": (lambda s, k: ig.random.gumbel(s, key=k), stats.gumbel_r().cdf),
    "logistic": (lambda s, k: ig.random.logistic(s, 1.0, 2.0, dtype=D, key=k), stats.logistic(1, 2).cdf),
    "cauchy": (lambda s, k: ig.random.cauchy(s, 1.0, 2.0, dtype=D, key=k), stats.cauchy(1, 2).cdf),
    "log_normal": (
        lambda s, k: ig.random.log_normal(s, 0.5, 0.7, dtype=D, key=k),
        stats.lognorm(0.7, 0, np.exp(0.5)).cdf,
    ),
    "gamma_small": (lambda s, k: ig.random.gamma(0.3, s, D, k), stats.gamma(0.3).cdf),
    "gamma": (lambda s, k: ig.random.gamma(2.5, s, D, k), stats.gamma(2.5).cdf),
    "gamma_large": (lambda s, k: ig.random.gamma(400.0, s, D, k), stats.gamma(400).cdf),
    "gamma32": (lambda s, k: ig.random.gamma(2.5, s, key=k), stats.gamma(2.5).cdf),
    "beta": (lambda s, k: ig.random.beta(0.5, 3.0, s, D, k), stats.beta(0.5, 3).cdf),
    "chisquare": (lambda s, k: ig.random.chisquare(3.0, s, D, k), stats.chi2(3).cdf),
    "student_t": (lambda s, k: ig.random.student_t(4.0, s, D, k), stats.t(4).cdf),
}

COUNTS: dict[str, tuple[Callable, object]] = {
    "poisson": (lambda s, k: ig.random.poisson(3.5, s, key=k), stats.poisson(3.5)),
    "poisson_large": (lambda s, k: ig.random.poisson(70.0, s, key=k), stats.poisson(70)),
    "poisson_float": (lambda s, k: ig.random.poisson(12.0, s, ig.float32, k), stats.poisson(12)),
    "binomial": (lambda s, k: ig.random.binomial(9, 0.3, s, key=k), stats.binom(9, 0.3)),
    "binomial_mirrored": (lambda s, k: ig.random.binomial(9, 0.8, s, key=k), stats.binom(9, 0.8)),
    "binomial_large": (lambda s, k: ig.random.binomial(200, 0.4, s, key=k), stats.binom(200, 0.4)),
    "geometric": (lambda s, k: ig.random.geometric(0.3, s, key=k), stats.geom(0.3)),
    "bernoulli": (lambda s, k: ig.random.bernoulli(0.3, s, key=k), stats.bernoulli(0.3)),
    "randint": (lambda s, k: ig.random.randint(s, 2, 9, key=k), stats.randint(2, 9)),
}

ALL = {**CONTINUOUS, **COUNTS}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_continuous(name: str) -> None:
    draw, cdf = CONTINUOUS[name]
    x = numpy_of(draw((N,), KEY)).astype(np.float64)
    assert stats.kstest(x, cdf).pvalue > 1e-3


@pytest.mark.parametrize("name", COUNTS)
def test_counts(name: str) -> None:
    draw, law = COUNTS[name]
    x = numpy_of(draw((N,), KEY)).astype(np.float64)
    assert np.array_equal(x, np.round(x))
    assert x.mean() == pytest.approx(law.mean(), abs=5 * law.std() / np.sqrt(N))
    assert x.var() == pytest.approx(law.var(), rel=0.06)
    values = np.arange(x.min(), x.max() + 1)
    expected = law.pmf(values) * N
    common = expected > 10
    observed = np.array([(x == v).sum() for v in values[common]])
    surprise = ((observed - expected[common]) ** 2 / expected[common]).sum()
    assert stats.chi2(common.sum()).sf(surprise) > 1e-4


@pytest.mark.parametrize("name", ALL)
def test_a_key_decides_alone(name: str) -> None:
    draw = ALL[name][0]
    a = numpy_of(draw((50,), KEY))
    np.testing.assert_array_equal(a, numpy_of(draw((50,), KEY)))
    one, two = ig.random.split(KEY)
    x, y = numpy_of(draw((2000,), one)).astype(float), numpy_of(draw((2000,), two)).astype(float)
    assert not np.array_equal(x, y)
    ranks = stats.spearmanr(x, y).statistic
    assert abs(ranks) < 5 / np.sqrt(2000)


def test_threads_and_backends_draw_the_same() -> None:
    code = (
        "import ingot as ig; k = ig.random.key(5); r = ig.random;"
        "print([float(x.astype(ig.float64).sum()) for x in (r.gamma(1.5, (5000,), key=k),"
        "r.poisson(30., (5000,), key=k), r.binomial(100, .3, (5000,), key=k),"
        "r.categorical(ig.zeros((300, 7)), key=k))])"
    )
    outputs = [run_python(code, env={"INGOT_NUM_THREADS": n}).stdout for n in ("1", "3")]
    outputs.append(run_python(code, env={"INGOT_BACKEND": "reference"}).stdout)
    first, *others = [np.array(eval(text)) for text in outputs]
    for other in others:
        np.testing.assert_allclose(other, first, rtol=1e-6)


def test_elements_do_not_depend_on_the_shape() -> None:
    long = numpy_of(ig.random.gamma(0.7, (100,), key=KEY))
    np.testing.assert_array_equal(numpy_of(ig.random.gamma(0.7, (10,), key=KEY)), long[:10])
    np.testing.assert_array_equal(numpy_of(ig.random.gamma(0.7, (10, 10), key=KEY)).reshape(-1), long)


def test_elements_do_not_depend_on_their_neighbours() -> None:
    rates = np.tile([0.5, 0.5, 3.0, 40.0], 600)
    mixed = numpy_of(ig.random.poisson(ig.array(rates), key=KEY))
    chances = rates / 50
    drawn = numpy_of(ig.random.binomial(60, ig.array(chances), key=KEY))
    for rate in (0.5, 3.0, 40.0):
        same = rates == rate
        alone = numpy_of(ig.random.poisson(rate, rates.shape, key=KEY))
        np.testing.assert_array_equal(mixed[same], alone[same])
        alone = numpy_of(ig.random.binomial(60, ig.array(rate / 50, dtype=D), rates.shape, key=KEY))
        np.testing.assert_array_equal(drawn[same], alone[same])


def test_parameters_broadcast() -> None:
    rates = ig.array([1.0, 10.0, 100.0])
    means = numpy_of(ig.random.poisson(rates, (4000, 3), key=KEY)).mean(0)
    np.testing.assert_allclose(means, [1, 10, 100], rtol=0.1)
    x = numpy_of(ig.random.normal((4000, 2), ig.array([0.0, 5.0]), ig.array([1.0, 0.1]), key=KEY))
    np.testing.assert_allclose(x.mean(0), [0, 5], atol=0.1)
    assert ig.random.normal(ig.zeros(3), 1.0).shape == (3,)
    assert ig.random.laplace(ig.zeros(3), ig.ones((2, 1))).shape == (2, 3)
    assert ig.random.poisson(rates).shape == (3,)


def test_dirichlet_and_multivariate_normal() -> None:
    x = numpy_of(ig.random.dirichlet([1.0, 2.0, 5.0], (8000,), D, KEY))
    np.testing.assert_allclose(x.sum(-1), 1, rtol=1e-12)
    np.testing.assert_allclose(x.mean(0), np.array([1, 2, 5]) / 8, atol=0.01)
    cov = np.array([[2.0, 0.6], [0.6, 1.0]])
    z = numpy_of(ig.random.multivariate_normal(array_of(np.array([1.0, -1])), array_of(cov), (20_000,), D, KEY))
    np.testing.assert_allclose(z.mean(0), [1, -1], atol=0.05)
    np.testing.assert_allclose(np.cov(z.T), cov, atol=0.06)


# ---- choices ----


def test_categorical() -> None:
    p = np.array([0.1, 0.6, 0.3])
    x = numpy_of(ig.random.categorical(array_of(np.log(p)), num_samples=N, key=KEY))
    np.testing.assert_allclose(np.bincount(x) / N, p, atol=0.015)
    logits = ig.zeros((4, 5, 3))
    assert ig.random.categorical(logits).shape == (4, 5)
    assert ig.random.categorical(logits, axis=0, num_samples=7).shape == (5, 3, 7)
    assert ig.random.categorical(logits, shape=(2, 4, 5)).shape == (2, 4, 5)
    with pytest.raises(ig.ShapeError):
        ig.random.categorical(logits, shape=(2, 4))


def test_multinomial_without_repeats() -> None:
    weights = ig.array([[1.0, 0.0, 2.0, 3.0], [5.0, 5.0, 1.0, 1.0]])
    x = numpy_of(ig.random.multinomial(weights, 3, key=KEY))
    assert x.shape == (2, 3)
    assert all(len(set(row)) == 3 for row in x.tolist())
    assert 1 not in x[0]
    first = numpy_of(ig.random.multinomial(ig.array(np.tile([1.0, 3.0], (4000, 1))), 1, key=KEY))
    assert first.mean() == pytest.approx(0.75, abs=0.03)
    with pytest.raises(ValueError, match="5 of 4"):
        ig.multinomial(weights, 5)
    with pytest.raises(ValueError, match="only 3"):
        ig.multinomial(weights, 4).tolist()


def test_choice_and_shuffle() -> None:
    assert sorted(ig.random.choice(5, (5,), replace=False).tolist()) == [0, 1, 2, 3, 4]
    assert set(ig.random.choice([3, 7], (50,)).tolist()) == {3, 7}
    assert set(ig.random.choice([3, 7], (50,), p=[0.0, 1.0]).tolist()) == {7}
    assert ig.random.choice(ig.zeros((4, 3)), (2, 5), axis=1).shape == (4, 2, 5)
    assert ig.random.choice(4).shape == ()
    with pytest.raises(ValueError, match="6 of 5"):
        ig.random.choice(5, (6,), replace=False)
    x = ig.arange(100)
    ig.random.shuffle(x)
    assert sorted(x.tolist()) == list(range(100))
    assert x.tolist() != list(range(100))


# ---- gradients ----

SMOOTH = {
    "normal": lambda a, b, k: ig.random.normal((6,), a, b, dtype=D, key=k),
    "uniform": lambda a, b, k: ig.random.uniform((6,), a, a + b, dtype=D, key=k),
    "laplace": lambda a, b, k: ig.random.laplace((6,), a, b, dtype=D, key=k),
    "gumbel": lambda a, b, k: ig.random.gumbel((6,), a, b, dtype=D, key=k),
    "exponential": lambda a, b, k: ig.random.exponential(b, (6,), D, k) + a,
    "truncated_normal": lambda a, b, k: ig.random.truncated_normal(a - b, a, (6,), D, k),
}


@pytest.mark.parametrize("name", SMOOTH)
def test_gradients_by_parameters(name: str) -> None:
    draw = SMOOTH[name]
    a, b, step = leaf(np.array(0.4)), leaf(np.array(0.9)), 1e-6
    (draw(a, b, KEY) ** 2).sum().backward()

    def loss(x: float, y: float) -> float:
        return (draw(array_of(np.array(x)), array_of(np.array(y)), KEY) ** 2).sum().item()

    slope = (loss(0.4 + step, 0.9) - loss(0.4 - step, 0.9)) / (2 * step)
    assert numpy_of(a.grad) == pytest.approx(slope, rel=1e-6)
    slope = (loss(0.4, 0.9 + step) - loss(0.4, 0.9 - step)) / (2 * step)
    assert numpy_of(b.grad) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("alpha", [0.2, 0.9, 3.0, 50.0, 900.0, 5000.0])
def test_gradient_of_gamma_is_that_of_its_quantiles(alpha: float) -> None:
    a = leaf(np.full(200, alpha))
    z = ig.random.gamma(a, dtype=D, key=KEY)
    z.sum().backward()
    law, step = stats.gamma(alpha), 1e-4 * alpha
    p = law.cdf(numpy_of(z))
    inner = (p > 1e-6) & (p < 1 - 1e-6)
    want = (stats.gamma(alpha + step).ppf(p) - stats.gamma(alpha - step).ppf(p)) / (2 * step)
    np.testing.assert_allclose(numpy_of(a.grad)[inner], want[inner], rtol=2e-4, atol=1e-7)


def test_gradient_of_beta_averages_to_that_of_its_mean() -> None:
    a, b = leaf(np.array(2.0)), leaf(np.array(3.0))
    ig.random.beta(a, b, (40_000,), D, KEY).mean().backward()
    assert numpy_of(a.grad) == pytest.approx(3 / 25, abs=3e-3)
    assert numpy_of(b.grad) == pytest.approx(-2 / 25, abs=3e-3)


# ---- generators ----


def test_generators() -> None:
    a, b = ig.Generator().manual_seed(7), ig.Generator()
    b.manual_seed(7)
    assert a.initial_seed() == 7
    ig.manual_seed(0)
    before = ig.random.get_rng_state()
    x = [numpy_of(ig.rand(4, generator=a)), numpy_of(ig.random.normal((4,), generator=a))]
    y = [numpy_of(ig.rand(4, generator=b)), numpy_of(ig.random.normal((4,), generator=b))]
    np.testing.assert_array_equal(x, y)
    np.testing.assert_array_equal(numpy_of(before), numpy_of(ig.random.get_rng_state()))
    state = a.get_state()
    first = numpy_of(ig.randn(5, generator=a))
    a.set_state(state)
    np.testing.assert_array_equal(first, numpy_of(ig.randn(5, generator=a)))
    assert ig.randperm(5, generator=a).shape == (5,)
    assert ig.randint(0, 5, (3,), generator=a).shape == (3,)
    assert ig.bernoulli(ig.full((3,), 0.5), generator=a).shape == (3,)
    with pytest.raises(TypeError, match="not both"):
        ig.random.uniform((2,), key=KEY, generator=a)


def test_the_state_of_the_global_generator() -> None:
    state = ig.get_rng_state()
    x = numpy_of(ig.rand(4))
    ig.set_rng_state(state)
    np.testing.assert_array_equal(x, numpy_of(ig.rand(4)))
    with pytest.raises(TypeError, match="key"):
        ig.set_rng_state(ig.zeros(2))


def test_forms_of_arguments() -> None:
    for x in (
        ig.random.normal((2, 3), 1.0, 2.0),
        ig.random.normal((2, 3), ig.float32, 1.0, 2.0),
        ig.random.normal(1.0, 2.0, (2, 3)),
        ig.random.normal(loc=1.0, scale=2.0, size=(2, 3)),
        ig.normal(1.0, 2.0, (2, 3)),
        ig.random.uniform(-1.0, 1.0, (2, 3)),
        ig.random.uniform(low=-1, high=1, shape=(2, 3)),
        ig.random.laplace((2, 3), ig.float32, 0.0, 1.0),
        ig.random.gumbel((2, 3)),
        ig.randint(5, (2, 3)),
        ig.random.randint(0, 5, (2, 3)),
    ):
        assert x.shape == (2, 3)
    assert ig.random.normal((2,), ig.float16).dtype == ig.float16
    assert ig.random.normal().shape == ()
    assert ig.zeros((3, 2)).exponential_(2.0).shape == (3, 2)


# ---- bad parameters ----

BAD: dict[str, Callable] = {
    "scale": lambda: ig.random.laplace((2,), 0.0, -1.0),
    "std": lambda: ig.random.normal((2,), 0.0, -1.0),
    "std array": lambda: ig.random.normal((2,), ig.zeros(2), ig.array([1.0, -1.0])),
    "nan location": lambda: ig.random.gumbel((2,), ig.nan, 1.0),
    "rate": lambda: ig.random.exponential(rate=0.0),
    "alpha": lambda: ig.random.gamma(-1.0, (2,)),
    "late alpha": lambda: ig.random.gamma(ig.zeros(2) - 1, (2,)).tolist(),
    "poisson": lambda: ig.random.poisson(-1.0, (2,)).tolist(),
    "poisson nan": lambda: ig.random.poisson(ig.nan, (2,)).tolist(),
    "binomial": lambda: ig.random.binomial(2.5, 0.5).tolist(),
    "probability": lambda: ig.random.binomial(2, 1.5).tolist(),
    "geometric": lambda: ig.random.geometric(0.0).tolist(),
    "bernoulli": lambda: ig.random.bernoulli(1.5),
    "bernoulli nan": lambda: ig.random.bernoulli(ig.nan),
    "bounds": lambda: ig.random.truncated_normal(1.0, 1.0, (2,)),
    "weights": lambda: ig.random.multinomial(ig.array([1.0, -1.0]), 1).tolist(),
    "no weights": lambda: ig.random.multinomial(ig.zeros(3), 1).tolist(),
    "nan logits": lambda: ig.random.categorical(ig.array([0.0, ig.nan])).tolist(),
    "beta": lambda: ig.random.beta(0.0, 1.0),
    "dirichlet": lambda: ig.random.dirichlet([1.0, 0.0]),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD.keys())
def test_bad_parameters(case: Callable) -> None:
    with pytest.raises(ValueError, match=r"expected|must not be negative"):
        case()


def test_integer_dtypes_are_refused() -> None:
    with pytest.raises(TypeError, match="floating"):
        ig.random.gumbel((2,), dtype=ig.int32)
    with pytest.raises(TypeError, match="floating"):
        ig.random.gamma(1.0, (2,), ig.int32)


def test_empty_draws() -> None:
    assert ig.random.gamma(1.0, (0, 3)).tolist() == []
    assert ig.random.poisson(ig.zeros((0,))).tolist() == []
    assert ig.random.choice(5, (0,)).tolist() == []
    assert ig.random.categorical(ig.zeros((0, 3))).tolist() == []


def test_draws_under_vmap_and_jit() -> None:
    keys = ig.random.split(KEY, 3)
    rows = ig.vmap(lambda k: ig.random.gamma(2.0, (4,), key=k))(keys)
    for row, key in zip(rows, keys, strict=True):
        np.testing.assert_array_equal(numpy_of(row), numpy_of(ig.random.gamma(2.0, (4,), key=key)))
    ig.seed(3)
    eager = [numpy_of(ig.random.poisson(4.0, (5,))) for _ in range(3)]
    ig.seed(3)
    draw = ig.jit(lambda: ig.random.poisson(4.0, (5,)))
    np.testing.assert_array_equal(eager, [numpy_of(draw()) for _ in range(3)])
