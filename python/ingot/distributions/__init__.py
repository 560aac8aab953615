"""Probability distributions, with the names and arguments of `torch.distributions`.

Samples of distributions whose `has_rsample` is true carry gradients (`rsample`); `log_prob`, `entropy` and
`kl_divergence` carry them for all.

Example:
    >>> from ingot.distributions import Normal, kl_divergence
    >>> round(Normal(0.0, 1.0).log_prob(0.0).item(), 4)
    -0.9189
    >>> kl_divergence(Normal(0.0, 1.0), Normal(0.0, 1.0)).item()
    0.0
"""

from ingot.distributions import constraints as constraints
from ingot.distributions import transforms as transforms
from ingot.distributions.combined import MixtureSameFamily as MixtureSameFamily
from ingot.distributions.combined import TransformedDistribution as TransformedDistribution
from ingot.distributions.continuous import Beta as Beta
from ingot.distributions.continuous import Exponential as Exponential
from ingot.distributions.continuous import Gamma as Gamma
from ingot.distributions.continuous import Gumbel as Gumbel
from ingot.distributions.continuous import Laplace as Laplace
from ingot.distributions.continuous import LogNormal as LogNormal
from ingot.distributions.continuous import Normal as Normal
from ingot.distributions.continuous import StudentT as StudentT
from ingot.distributions.continuous import Uniform as Uniform
from ingot.distributions.discrete import Bernoulli as Bernoulli
from ingot.distributions.discrete import Binomial as Binomial
from ingot.distributions.discrete import Categorical as Categorical
from ingot.distributions.discrete import Geometric as Geometric
from ingot.distributions.discrete import OneHotCategorical as OneHotCategorical
from ingot.distributions.discrete import Poisson as Poisson
from ingot.distributions.distribution import Distribution as Distribution
from ingot.distributions.distribution import Independent as Independent
from ingot.distributions.divergence import kl_divergence as kl_divergence
from ingot.distributions.divergence import register_kl as register_kl
from ingot.distributions.multivariate import Dirichlet as Dirichlet
from ingot.distributions.multivariate import LowRankMultivariateNormal as LowRankMultivariateNormal
from ingot.distributions.multivariate import MultivariateNormal as MultivariateNormal
from ingot.distributions.relaxed import Multinomial as Multinomial
from ingot.distributions.relaxed import NegativeBinomial as NegativeBinomial
from ingot.distributions.relaxed import OneHotCategoricalStraightThrough as OneHotCategoricalStraightThrough
from ingot.distributions.relaxed import RelaxedBernoulli as RelaxedBernoulli
from ingot.distributions.relaxed import RelaxedOneHotCategorical as RelaxedOneHotCategorical
from ingot.distributions.tailed import Cauchy as Cauchy
from ingot.distributions.tailed import Chi2 as Chi2
from ingot.distributions.tailed import HalfCauchy as HalfCauchy
from ingot.distributions.tailed import HalfNormal as HalfNormal
from ingot.distributions.tailed import InverseGamma as InverseGamma
from ingot.distributions.tailed import Pareto as Pareto
from ingot.distributions.tailed import Weibull as Weibull
from ingot.distributions.transforms import AffineTransform as AffineTransform
from ingot.distributions.transforms import ComposeTransform as ComposeTransform
from ingot.distributions.transforms import ExpTransform as ExpTransform
from ingot.distributions.transforms import PowerTransform as PowerTransform
from ingot.distributions.transforms import SigmoidTransform as SigmoidTransform
from ingot.distributions.transforms import SoftplusTransform as SoftplusTransform
from ingot.distributions.transforms import TanhTransform as TanhTransform
from ingot.distributions.transforms import Transform as Transform
