// The kernels of distributions that are drawn by trial and error.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

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

/// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); a parameter below 1 is raised by 1 and
/// the sample multiplied by a power of a uniform number.
double gamma(Words& words, double alpha) {
  double factor = 1;
  if (alpha < 1) {
    factor = exact_exp(exact_log(words.next()) / alpha);
    alpha += 1;
  }
  const double d = alpha - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    const double x = normal(words), root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root, u = words.next(), square = x * x;
    // Nearly always true, and only of what the logarithms would accept too.
    if (u < 1 - 0.0331 * square * square) return d * v * factor;
    if (exact_log(u) < 0.5 * square + d - d * v + d * exact_log(v)) return d * v * factor;
  }
}

/// Small rates: products of uniform numbers. Large ones: Hörmann's transformed rejection ("The transformed rejection
/// method for generating Poisson random variables", 1993, algorithm PTRS).
double poisson(Words& words, double rate) {
  if (rate < 10) {
    const double end = exact_exp(-rate);
    double count = 0;
    for (double product = words.next(); product > end; product *= words.next()) ++count;
    return count;
  }
  const double b = 0.931 + 2.53 * std::sqrt(rate), a = -0.059 + 0.02483 * b;
  const double scale = 1.1239 + 1.1328 / (b - 3.4), sure = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const double u = words.next() - 0.5, v = words.next(), edge = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / edge + b) * u + rate + 0.43);
    if (edge >= 0.07 && v <= sure) return k;
    if (k < 0 || (edge < 0.013 && v > edge)) continue;
    if (exact_log(v * scale / (a / (edge * edge) + b)) <= k * exact_log(rate) - rate - exact_log_gamma(k + 1)) return k;
  }
}

/// Few successes expected: inversion. Many: Hörmann's transformed rejection ("The generation of binomial random
/// variates", 1993, algorithm BTRD without its table).
double binomial(Words& words, double trials, double p) {
  if (p > 0.5) return trials - binomial(words, trials, 1 - p);
  if (trials == 0 || p == 0) return 0;
  const double odds = p / (1 - p);
  if (trials * p < 10) {
    const double none = exact_exp(trials * exact_log_complement(p));
    while (true) {
      double u = words.next(), mass = none, count = 0;
      while (u > mass && count < trials) {
        u -= mass;
        ++count;
        mass *= odds * (trials - count + 1) / count;
      }
      if (u <= mass) return count;
    }
  }
  const double spread = std::sqrt(trials * p * (1 - p)), b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p, sure = 0.92 - 4.2 / b, scale = (2.83 + 5.1 / b) * spread;
  const double top = std::floor((trials + 1) * p);
  while (true) {
    const double u = words.next() - 0.5, v = words.next(), edge = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / edge + b) * u + trials * p + 0.5);
    if (k < 0 || k > trials) continue;
    if (edge >= 0.07 && v <= sure) return k;
    const double peak = exact_log_gamma(top + 1) + exact_log_gamma(trials - top + 1);
    const double below_peak =
        peak - exact_log_gamma(k + 1) - exact_log_gamma(trials - k + 1) + (k - top) * exact_log(odds);
    if (exact_log(v * scale / (a / (edge * edge) + b)) <= below_peak) return k;
  }
}

/// How many trials the first success takes.
double geometric(Words& words, double p) {
  if (p == 1) return 1;
  return std::floor(exact_log(words.next()) / exact_log_complement(p)) + 1;
}

void require(bool holds, const char* op, const char* what, double got) {
  if (!holds) throw ValueError(op, ": expected ", what, ", got ", got);
}

double draw(SampleKind kind, const char* op, Words& words, double a, double b) {
  switch (kind) {
    case SampleKind::gamma:
      require(a > 0 && std::isfinite(a), op, "a positive, finite shape parameter", a);
      return gamma(words, a);
    case SampleKind::poisson:
      require(a >= 0 && a < 0x1p62, op, "a rate that is neither negative nor infinite", a);
      return poisson(words, a);
    case SampleKind::binomial:
      require(a >= 0 && a < 0x1p62 && a == std::floor(a), op, "a number of trials", a);
      require(b >= 0 && b <= 1, op, "a probability from 0 to 1", b);
      return binomial(words, a, b);
    case SampleKind::geometric:
      require(a > 0 && a <= 1, op, "a probability above 0, up to 1", a);
      return geometric(words, a);
  }
  return 0;
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
  const Key key = keys_of(inputs[0])[0];
  const std::span<const Tensor> parameters = inputs.subspan(1);
  const bool two = parameters.size() > 1;
  visit(parameters[0].dtype, [&](auto in_tag) {
    using In = typename decltype(in_tag)::type;
    if constexpr (std::is_floating_point_v<In>) {
      visit(outputs[0].dtype, [&](auto out_tag) {
        using Out = typename decltype(out_tag)::type;
        constexpr int64_t kTogether = 8;
        std::array<Block, kTogether> firsts{}, seconds{};
        for_each_sample(parameters, outputs[0].size(), task, [&](int64_t i, const int64_t* at) {
          const auto element = static_cast<uint64_t>(i);
          if (i % kTogether == 0) {
            firsts = philox_blocks<kTogether>(key, element, Stream::samples, 0);
            seconds = philox_blocks<kTogether>(key, element, Stream::samples, 1);
          }
          Words words(key, element, firsts[element % kTogether], seconds[element % kTogether]);
          const auto a = static_cast<double>(parameters[0].as<In>()[at[0]]);
          const double b = two ? static_cast<double>(parameters[1].as<In>()[at[1]]) : 0;
          outputs[0].as<Out>()[i] = convert<Out>(draw(kind, name(), words, a, b));
        });
      });
    }
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
