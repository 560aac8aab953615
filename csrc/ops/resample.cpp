// Resampling along one axis: which elements count, how much, and the loops.
#include <algorithm>
#include <cmath>

#include "ingot/ops/apply.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/resample_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

/// The elements that count at each place: `first[p]`, and the next ones, with weights from `weights[start[p]]` on.
struct Taps {
  std::vector<int64_t> first, start;
  std::vector<double> weights;

  explicit Taps(const Resampling& how) {
    start.push_back(0);
    for (int64_t place = 0; place < how.to; ++place) {
      if (how.antialias)
        add_covered(how, place);
      else
        add_neighbours(how, place);
      start.push_back(static_cast<int64_t>(weights.size()));
    }
  }

 private:
  static constexpr double kKeys = -0.75, kKeysAntialias = -0.5;

  /// Keys' cubic convolution kernel.
  static double cubic(double x, double a) {
    x = std::abs(x);
    if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
    if (x < 2) return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    return 0;
  }

  void add_neighbours(const Resampling& how, int64_t place) {
    const auto at = static_cast<double>(place);
    double source = how.align_corners ? at * how.scale : (at + 0.5) * how.scale - 0.5;
    if (!how.cubic) source = std::max(source, 0.0);
    const double below = std::floor(source), share = source - below;
    const int64_t lowest = static_cast<int64_t>(below) - (how.cubic ? 1 : 0), count = how.cubic ? 4 : 2;
    // Elements beyond an end are those at the end: their weights add up there.
    const int64_t begin = std::clamp<int64_t>(lowest, 0, how.from - 1);
    const int64_t end = std::clamp<int64_t>(lowest + count - 1, 0, how.from - 1);
    first.push_back(begin);
    const size_t base = weights.size();
    weights.resize(base + static_cast<size_t>(end - begin + 1), 0);
    for (int64_t k = 0; k < count; ++k) {
      const int64_t element = std::clamp(lowest + k, begin, end);
      const double weight = how.cubic ? cubic(share + 1 - static_cast<double>(k), kKeys) : k == 0 ? 1 - share : share;
      weights[base + static_cast<size_t>(element - begin)] += weight;
    }
  }

  void add_covered(const Resampling& how, int64_t place) {
    const double stretch = std::max(how.scale, 1.0), support = (how.cubic ? 2 : 1) * stretch;
    const double center = how.scale * (static_cast<double>(place) + 0.5);
    const int64_t begin = std::max<int64_t>(0, static_cast<int64_t>(center - support + 0.5));
    const int64_t end = std::min(how.from, static_cast<int64_t>(center + support + 0.5));
    first.push_back(begin);
    const size_t base = weights.size();
    double total = 0;
    for (int64_t element = begin; element < end; ++element) {
      const double distance = (static_cast<double>(element) - center + 0.5) / stretch;
      const double weight = how.cubic ? cubic(distance, kKeysAntialias) : std::max(0.0, 1 - std::abs(distance));
      weights.push_back(weight);
      total += weight;
    }
    if (total != 0)
      for (size_t i = base; i < weights.size(); ++i) weights[i] /= total;
  }
};

/// One line along the axis. Forwards each place is a sum; backwards each place is handed out.
template <class T>
void resample_line(const Taps& taps, const Resampling& how, bool backwards, const T* in, int64_t in_along, T* out,
                   int64_t out_along) {
  const double* weight = taps.weights.data();
  for (int64_t place = 0; place < how.to; ++place) {
    const int64_t count = taps.start[static_cast<size_t>(place) + 1] - taps.start[static_cast<size_t>(place)];
    const int64_t first = taps.first[static_cast<size_t>(place)];
    if (backwards) {
      for (int64_t t = 0; t < count; ++t)
        out[(first + t) * out_along] += static_cast<T>(weight[t]) * in[place * in_along];
    } else {
      T sum{};
      for (int64_t t = 0; t < count; ++t) sum += static_cast<T>(weight[t]) * in[(first + t) * in_along];
      out[place * out_along] = sum;
    }
    weight += count;
  }
}

/// `count` neighbouring lines, whose elements lie side by side in memory.
template <class T>
void resample_lines(const Taps& taps, const Resampling& how, bool backwards, const T* in, int64_t in_along, T* out,
                    int64_t out_along, int64_t count) {
  for (int64_t place = 0; place < how.to; ++place) {
    const int64_t from = taps.start[static_cast<size_t>(place)], to = taps.start[static_cast<size_t>(place) + 1];
    for (int64_t t = from; t < to; ++t) {
      const int64_t element = taps.first[static_cast<size_t>(place)] + t - from;
      const T weight = static_cast<T>(taps.weights[static_cast<size_t>(t)]);
      const T* source = in + (backwards ? place : element) * in_along;
      T* target = out + (backwards ? element : place) * out_along;
      for (int64_t i = 0; i < count; ++i) target[i] += weight * source[i];
    }
  }
}

/// What lies in front of the resampled axis.
RowTasks rows_of(const Resampling& how, const Tensor& x, const Tensor& out) {
  const Shape lead(x.shape.begin(), x.shape.begin() + how.axis);
  const int64_t count = element_count(lead);
  return {count, (x.size() + out.size()) / std::max<int64_t>(1, count), TaskedOp::kGrain};
}

}  // namespace

Array Resample::transpose(const Call&, const Array& cotangent) const { return resample(cotangent, how, !backwards); }

std::vector<Array> Resample::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  Resampling shifted = how;
  ++shifted.axis;
  return {resample(inputs[0], shifted, backwards)};
}

void Resample::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  run_tasks(inputs, outputs);
}

int64_t Resample::tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  return rows_of(how, inputs[0], outputs[0]).tasks();
}

void Resample::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  const auto axis = static_cast<size_t>(how.axis);
  const RowTasks rows = rows_of(how, x, out);
  const Taps taps(how);
  const Shape inner(x.shape.begin() + axis + 1, x.shape.end());
  const Strides from(x.strides.begin() + axis + 1, x.strides.end()),
      to(out.strides.begin() + axis + 1, out.strides.end());
  const int64_t size = out.size() / std::max<int64_t>(1, rows.rows);
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_floating_point_v<T>) {
      for (int64_t row = rows.first(task); row < rows.last(task); ++row) {
        const T* source = x.as<T>() + offset_of_row(x, axis, row);
        T* target = out.as<T>() + row * size;
        std::fill_n(target, size, T{});
        for_each_row<2>(inner, {&from, &to}, [&](const auto& at, const auto& step, int64_t count) {
          if (step[0] == 1 && step[1] == 1)
            return resample_lines<T>(taps, how, backwards, source + at[0], x.strides[axis], target + at[1],
                                     out.strides[axis], count);
          for (int64_t i = 0; i < count; ++i)
            resample_line<T>(taps, how, backwards, source + at[0] + i * step[0], x.strides[axis],
                             target + at[1] + i * step[1], out.strides[axis]);
        });
      }
    }
  });
}

Array resample(const Array& x, const Resampling& how, bool backwards) {
  Shape shape(x.shape());
  shape[static_cast<size_t>(how.axis)] = backwards ? how.from : how.to;
  return apply(make_ref<Resample>(how, backwards), {x}, {shape, x.dtype()});
}

}  // namespace ingot
