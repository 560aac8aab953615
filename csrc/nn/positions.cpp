// Positional encodings.
#include <cmath>
#include <numbers>

#include "ingot/nn/transformer.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot::nn {

namespace {

void check_dims(const char* name, int64_t dims) {
  if (dims < 2 || dims % 2 != 0) throw ValueError(name, ": dims must be positive and even, got ", dims);
}

/// The numbers from `start` to `stop`, in float64.
Array numbered(int64_t start, int64_t stop) {
  return astype(arange(start, stop, int64_t{1}, DType::int64), DType::float64);
}

/// Elements `start` to `stop` of the last axis.
Array columns(const Array& x, int64_t start, int64_t stop, int64_t step = 1) {
  Axes from(x.shape().size(), 0), to(x.shape()), by(x.shape().size(), 1);
  from.back() = start;
  to.back() = stop;
  by.back() = step;
  return slice(x, from, to, by);
}

}  // namespace

void SinusoidalOptions::check() const {
  check_dims("SinusoidalPositionalEncoding", dims);
  if (!(min_freq > 0 && max_freq > 0))
    throw ValueError("SinusoidalPositionalEncoding: frequencies must be positive, got ", min_freq, " and ", max_freq);
}

Array SinusoidalPositionalEncoding::forward(const Array& x) {
  if (!x.defined()) throw ValueError("SinusoidalPositionalEncoding: the array is undefined");
  const Options o = options();
  const int64_t half = o.dims / 2;
  const double highest = std::log(o.max_freq);
  const double step = half > 1 ? (std::log(o.min_freq) - highest) / static_cast<double>(half - 1) : 0;
  const double turn = o.full_turns ? 2 * std::numbers::pi : 1;
  const Array frequencies = turn * exp(numbered(0, half) * step + highest);
  const DType dtype = to_inexact(x.dtype());
  const Array angles = expand_dims(astype(x, dtype), {-1}) * astype(frequencies, dtype);
  const Array sines = sin(angles), cosines = cos(angles);
  const Array both = o.cos_first ? concatenate({cosines, sines}, -1) : concatenate({sines, cosines}, -1);
  return both * o.scale.value_or(std::sqrt(2.0 / static_cast<double>(o.dims)));
}

void RoPEOptions::check() const {
  check_dims("RoPE", dims);
  if (!(base > 0)) throw ValueError("RoPE: base must be positive, got ", base);
}

Array RoPE::forward(const Array& x, int64_t offset) {
  if (!x.defined()) throw ValueError("RoPE: the array is undefined");
  const Options o = options();
  if (x.ndim() < 2 || x.shape(-1) < o.dims)
    throw ShapeError("RoPE: expected an input (..., T, D) with D of at least ", o.dims, ", got shape ", x.shape());
  const int64_t steps = x.shape(-2), half = o.dims / 2, width = x.shape(-1);
  // Angles in float64: those of late positions are large.
  const Array rates = exp(numbered(0, half) * (-2 * std::log(o.base) / static_cast<double>(o.dims)));
  const Array turn = reshape(numbered(offset, offset + steps) * o.scale, {steps, 1}) * rates;
  const Array cosine = astype(cos(turn), x.dtype()), sine = astype(sin(turn), x.dtype());
  const Array a = o.traditional ? columns(x, 0, o.dims, 2) : columns(x, 0, half);
  const Array b = o.traditional ? columns(x, 1, o.dims, 2) : columns(x, half, o.dims);
  const Array left = a * cosine - b * sine, right = a * sine + b * cosine;
  Shape turned(x.shape());
  turned.back() = o.dims;
  const Array result = o.traditional ? reshape(stack({left, right}, -1), turned) : concatenate({left, right}, -1);
  return width == o.dims ? result : concatenate({result, columns(x, o.dims, width)}, -1);
}

Array ALiBi::forward(const Array& scores, int64_t offset) {
  if (!scores.defined()) throw ValueError("ALiBi: the array is undefined");
  if (scores.ndim() < 3) throw ShapeError("ALiBi: expected scores (..., heads, L, S), got shape ", scores.shape());
  const int64_t heads = scores.shape(-3), queries = scores.shape(-2), keys = scores.shape(-1);
  const Array slopes = -exp2(numbered(1, heads + 1) * (-8 / static_cast<double>(heads)));
  const Array at = arange(offset, offset + queries, int64_t{1}, DType::int64);
  const Array distance = abs(reshape(at, {queries, 1}) - arange(int64_t{0}, keys, int64_t{1}, DType::int64));
  return scores + astype(reshape(slopes, {heads, 1, 1}), scores.dtype()) * astype(distance, scores.dtype());
}

}  // namespace ingot::nn
