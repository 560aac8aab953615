// The kernels of distributions that are drawn by trial and error.
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <type_traits>

#include "ingot/graph/error.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/random_math.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/random_words.h"

namespace ingot::random {

namespace {

constexpr int64_t kSamplesInTask = 1024;

/// Marsaglia's polar method, without a sine.
double normal(Words& words) {
  while (true) {
    const double x = 2 * words.next() - 1, y = 2 * words.next() - 1, square = x * x + y * y;
    if (square < 1 && square > 0) return x * std::sqrt(-2 * exact_log(square) / square);
  }
}

void require(bool holds, const char* op, const char* what, double got) {
  if (!holds) throw ValueError(op, ": expected ", what, ", got ", got);
}

// Distributions: made of parameters, which most samples share with their neighbours, and called for each sample.

/// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); a parameter below 1 is raised by 1 and
/// the sample multiplied by a power of a uniform number.
class Gamma {
 public:
  Gamma(const char* op, double alpha, double)
      : alpha_(alpha), d_(alpha + (alpha < 1) - 1.0 / 3), c_(1 / std::sqrt(9 * d_)) {
    require(alpha > 0 && std::isfinite(alpha), op, "a positive, finite shape parameter", alpha);
  }
  double operator()(Words& words) const {
    const double factor = alpha_ < 1 ? exact_exp(exact_log(words.next()) / alpha_) : 1;
    while (true) {
      const double x = normal(words), root = 1 + c_ * x;
      if (root <= 0) continue;
      const double v = root * root * root, u = words.next(), square = x * x;
      // Nearly always true, and only of what the logarithms would accept too.
      if (u < 1 - 0.0331 * square * square) return d_ * v * factor;
      if (exact_log(u) < 0.5 * square + d_ - d_ * v + d_ * exact_log(v)) return d_ * v * factor;
    }
  }

 private:
  double alpha_, d_, c_;
};

/// What Hörmann's two samplers share: a number under a curve above the distribution, accepted at once where it is below
/// the distribution for sure.
struct Hat {
  double a, b, centre, sure;
  struct Try {
    double k, v, edge;
    bool accepted;
  };
  Try draw(Words& words) const {
    const double u = words.next() - 0.5, v = words.next(), edge = 0.5 - std::abs(u);
    return {std::floor((2 * a / edge + b) * u + centre), v, edge, edge >= 0.07 && v <= sure};
  }
};

/// Small rates: products of uniform numbers. Large ones: Hörmann's transformed rejection ("The transformed rejection
/// method for generating Poisson random variables", 1993, algorithm PTRS).
class Poisson {
 public:
  Poisson(const char* op, double rate, double) : rate_(rate) {
    require(rate >= 0 && rate < 0x1p62, op, "a rate that is neither negative nor infinite", rate);
    if (rate < 10) {
      end_ = exact_exp(-rate);
      return;
    }
    const double b = 0.931 + 2.53 * std::sqrt(rate);
    hat_ = {-0.059 + 0.02483 * b, b, rate + 0.43, 0.9277 - 3.6224 / (b - 2)};
    scale_ = 1.1239 + 1.1328 / (b - 3.4);
    log_rate_ = exact_log(rate);
  }
  double operator()(Words& words) const {
    if (rate_ < 10) {
      double count = 0;
      for (double product = words.next(); product > end_; product *= words.next()) ++count;
      return count;
    }
    while (true) {
      const auto [k, v, edge, accepted] = hat_.draw(words);
      if (accepted) return k;
      if (k < 0 || (edge < 0.013 && v > edge)) continue;
      if (exact_log(v * scale_ / (hat_.a / (edge * edge) + hat_.b)) <= k * log_rate_ - rate_ - exact_log_gamma(k + 1))
        return k;
    }
  }

 private:
  double rate_, end_ = 0, scale_ = 0, log_rate_ = 0;
  Hat hat_{};
};

/// Few successes expected: inversion. Many: Hörmann's transformed rejection ("The generation of binomial random
/// variates", 1993, algorithm BTRD without its table).
class Binomial {
 public:
  Binomial(const char* op, double trials, double given)
      : trials_(trials), turned_(given > 0.5), p_(turned_ ? 1 - given : given) {
    require(trials >= 0 && trials < 0x1p62 && trials == std::floor(trials), op, "a number of trials", trials);
    require(given >= 0 && given <= 1, op, "a probability from 0 to 1", given);
    odds_ = p_ / (1 - p_);
    if (trials * p_ < 10) {
      none_ = exact_exp(trials * exact_log_complement(p_));
      return;
    }
    const double spread = std::sqrt(trials * p_ * (1 - p_)), b = 1.15 + 2.53 * spread;
    hat_ = {-0.0873 + 0.0248 * b + 0.01 * p_, b, trials * p_ + 0.5, 0.92 - 4.2 / b};
    scale_ = (2.83 + 5.1 / b) * spread;
    top_ = std::floor((trials + 1) * p_);
    peak_ = exact_log_gamma(top_ + 1) + exact_log_gamma(trials - top_ + 1);
    log_odds_ = exact_log(odds_);
  }
  double operator()(Words& words) const {
    const double count = trials_ == 0 || p_ == 0 ? 0 : trials_ * p_ < 10 ? few(words) : many(words);
    return turned_ ? trials_ - count : count;
  }

 private:
  double few(Words& words) const {
    while (true) {
      double u = words.next(), mass = none_, count = 0;
      while (u > mass && count < trials_) {
        u -= mass;
        ++count;
        mass *= odds_ * (trials_ - count + 1) / count;
      }
      if (u <= mass) return count;
    }
  }
  double many(Words& words) const {
    while (true) {
      const auto [k, v, edge, accepted] = hat_.draw(words);
      if (k < 0 || k > trials_) continue;
      if (accepted) return k;
      const double below_peak =
          peak_ - exact_log_gamma(k + 1) - exact_log_gamma(trials_ - k + 1) + (k - top_) * log_odds_;
      if (exact_log(v * scale_ / (hat_.a / (edge * edge) + hat_.b)) <= below_peak) return k;
    }
  }

  double trials_;
  bool turned_;  ///< failures are counted
  double p_, odds_, none_ = 0, scale_ = 0, top_ = 0, peak_ = 0, log_odds_ = 0;
  Hat hat_{};
};

/// How many trials the first success takes.
class Geometric {
 public:
  Geometric(const char* op, double p, double) : p_(p) {
    require(p > 0 && p <= 1, op, "a probability above 0, up to 1", p);
    if (p < 1) per_failure_ = 1 / exact_log_complement(p);
  }
  double operator()(Words& words) const { return p_ == 1 ? 1 : std::floor(exact_log(words.next()) * per_failure_) + 1; }

 private:
  double p_, per_failure_ = 0;
};

/// Samples `first` to `first + count` of a key, with parameters of their own each.
template <class Distribution>
void draw(const char* op, Key key, int64_t first, int64_t count, const double* a, const double* b, double* drawn) {
  // One sample needs one number only.
  constexpr bool kBrief = std::is_same_v<Distribution, Geometric>;
  constexpr int64_t kTogether = 8;
  std::array<Block, kTogether> firsts{}, seconds{};
  std::optional<Distribution> distribution;
  for (int64_t i = 0; i < count; ++i) {
    if (i == 0 || a[i] != a[i - 1] || b[i] != b[i - 1]) distribution.emplace(op, a[i], b[i]);
    const auto element = static_cast<uint64_t>(first + i);
    if (i % kTogether == 0) {
      firsts = philox_blocks<kTogether>(key, element, Stream::samples, 0);
      if (!kBrief) seconds = philox_blocks<kTogether>(key, element, Stream::samples, 1);
    }
    Words words(key, element, firsts[i % kTogether], seconds[i % kTogether]);
    drawn[i] = (*distribution)(words);
  }
}

/// Calls `work(i, offsets...)` for the elements of a task, with their offsets in each of the operands.
template <class Work>
void for_each_sample(std::span<const Tensor> operands, int64_t total, int64_t task, Work&& work) {
  // Distances between neighbours where they are the same everywhere; -1 where they are not.
  int64_t steps[2] = {0, 0};
  for (size_t k = 0; k < operands.size(); ++k) {
    const auto& strides = operands[k].strides;
    const bool one = std::all_of(strides.begin(), strides.end(), [](int64_t stride) { return stride == 0; });
    steps[k] = one ? 0 : operands[k].contiguous() ? 1 : -1;
  }
  const int64_t end = std::min(total, (task + 1) * kSamplesInTask);
  for (int64_t i = task * kSamplesInTask; i < end; ++i) {
    int64_t offsets[2] = {0, 0};
    for (size_t k = 0; k < operands.size(); ++k)
      offsets[k] = steps[k] < 0 ? offset_of_row(operands[k], operands[k].shape.size(), i) : i * steps[k];
    work(i, offsets);
  }
}

int64_t tasks_for(int64_t samples) { return (samples + kSamplesInTask - 1) / kSamplesInTask; }

/// A finite sum of a series of positive terms: of the incomplete gamma function by its first argument, and what follows
/// for its inverse.
double gamma_derivative(double a, double z) {
  if (!(z > 1e-300) || !std::isfinite(z)) return 0;
  if (a > 1000) {
    // Wilson and Hilferty's cube is close enough to the distribution: its error falls as 1 / a.
    const double d = a - 1.0 / 3, root = std::cbrt(z / d), c = 1 / std::sqrt(9 * d), x = (root - 1) / c;
    return root * root * root - 1.5 * root * root * x * c;
  }
  // P(a, z) = z^a e^-z / Gamma(a + 1) * sum of z^n / ((a + 1) ... (a + n)), and its derivative by a.
  double term = 1, sum = 1, harmonic = 0, change = 0;
  for (int n = 1; n < 100000 && (term > 1e-17 * sum || n < z); ++n) {
    term *= z / (a + n);
    harmonic += 1 / (a + n);
    sum += term;
    change -= term * harmonic;
  }
  // Divided by the density z^(a-1) e^-z / Gamma(a), of which most cancels.
  return -(z / a) * (sum * (exact_log(z) - exact_digamma(a + 1)) + change);
}

}  // namespace

const char* RandomSample::name() const {
  constexpr const char* kNames[] = {"random_gamma", "random_poisson", "random_binomial", "random_geometric"};
  return kNames[static_cast<size_t>(kind)];
}

int64_t RandomSample::tasks(std::span<const Tensor>, std::span<const Tensor> outputs) const {
  return tasks_for(outputs[0].size());
}

void RandomSample::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const std::span<const Tensor> parameters = inputs.subspan(1);
  double given[2][kSamplesInTask] = {}, drawn[kSamplesInTask];
  const int64_t first = task * kSamplesInTask, count = std::min(kSamplesInTask, outputs[0].size() - first);
  const auto read = [&](auto tag) {
    using In = typename decltype(tag)::type;
    for_each_sample(parameters, outputs[0].size(), task, [&](int64_t i, const int64_t* at) {
      for (size_t k = 0; k < parameters.size(); ++k) given[k][i - first] = parameters[k].as<In>()[at[k]];
    });
  };
  if (parameters[0].dtype == DType::float64)
    read(TypeTag<double>{});
  else
    read(TypeTag<float>{});
  constexpr decltype(&draw<Gamma>) kDraws[] = {&draw<Gamma>, &draw<Poisson>, &draw<Binomial>, &draw<Geometric>};
  kDraws[static_cast<size_t>(kind)](name(), keys_of(inputs[0])[0], first, count, given[0], given[1], drawn);
  visit(outputs[0].dtype, [&](auto tag) {
    using Out = typename decltype(tag)::type;
    for (int64_t i = 0; i < count; ++i) outputs[0].as<Out>()[first + i] = convert<Out>(drawn[i]);
  });
}

int64_t GammaDerivative::tasks(std::span<const Tensor>, std::span<const Tensor> outputs) const {
  return tasks_for(outputs[0].size());
}

void GammaDerivative::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_floating_point_v<T>) {
      for_each_sample(inputs, outputs[0].size(), task, [&](int64_t i, const int64_t* at) {
        outputs[0].as<T>()[i] = static_cast<T>(gamma_derivative(static_cast<double>(inputs[0].as<T>()[at[0]]),
                                                                static_cast<double>(inputs[1].as<T>()[at[1]])));
      });
    }
  });
}

}  // namespace ingot::random
