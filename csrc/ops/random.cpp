#include "ingot/ops/random.h"

#include <cmath>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random_draw.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::random {

namespace {

constexpr double kTwoPi = 6.283185307179586;

/// Words for one key, which must not be a batch: the functions below join them along axes of their own.
Array words(const Shape& shape, const Array& key, const char* op) {
  if (key.ndim() != 1)
    throw ShapeError(op, ": expected one key of shape (2,), got shape ", key.shape(), "; use vmap for many");
  return apply(make_ref<RandomBits>(shape), {key}, {shape, DType::uint32});
}

}  // namespace

void require_floating(DType dtype, const char* op) {
  if (!is_floating(dtype)) throw TypeError(op, ": expected a floating dtype, got ", dtype);
}

Array unit(const Shape& shape, DType dtype, const Array& key, const char* op) {
  if (dtype == DType::float64) {
    Shape pairs(shape);
    pairs.insert(0, 2);
    const Array both = words(pairs, key, op);
    const Array high = index(both, {int64_t{0}}), low = index(both, {int64_t{1}});
    return (astype(bitwise_right_shift(high, 5), dtype) * 0x1p26 + astype(bitwise_right_shift(low, 6), dtype)) *
           0x1p-53;
  }
  const int digits = dtype == DType::float32 ? 24 : dtype == DType::float16 ? 11 : 8;
  return astype(bitwise_right_shift(words(shape, key, op), 32 - digits), DType::float32) * std::ldexp(1.0, -digits);
}

Array open_unit(const Shape& shape, DType dtype, const Array& key, const char* op) {
  if (dtype == DType::float64) return unit(shape, dtype, key, op) + 0x1p-54;
  const Array bits = words(shape, key, op);
  // Both halves are built from small numbers, so that rounding reaches neither 0 nor 1.
  const Array upper = bitwise_right_shift(bits, 31) == 1;
  const Array tail = astype(bitwise_and(where(upper, bitwise_invert(bits), bits), 0x7fffffff), DType::float32);
  const Array small = tail * 0x1p-32 + 0x1p-33;
  return where(upper, minimum(1 - small, 1 - 0x1p-24), small);
}

Array standard_normal(const Shape& shape, DType dtype, const Array& from, const char* op) {
  const int64_t count = element_count(shape), half = (count + 1) / 2;
  // Box and Muller: a pair of uniform numbers gives a radius and an angle, whose cosine and sine give a pair of normal
  // ones. The sine is the cosine a quarter turn back, so that both are one fused pass.
  Array first, second;
  if (dtype == DType::float64) {
    const Array pair = unit({2, half}, dtype, from, op);
    first = 1 - index(pair, {int64_t{0}});
    second = index(pair, {int64_t{1}});
  } else {
    // All 32 bits of the radius count: they reach further into the tail, to 6.7 standard deviations.
    const Array pair = words({2, half}, from, op);
    first = astype(index(pair, {int64_t{0}}), DType::float32) * 0x1p-32 + 0x1p-33;
    second = astype(bitwise_right_shift(index(pair, {int64_t{1}}), 8), DType::float32) * 0x1p-24;
  }
  const Array quarter = astype(reshape(array({0.0, kTwoPi / 4}), {2, 1}), first.dtype());
  Array z = reshape(sqrt(-2 * log(first)) * cos(second * kTwoPi - quarter), {2 * half});
  if (count % 2 != 0) z = slice(z, {0}, {count}, {1});
  return reshape(z, shape);
}

Array single_key(const Array& key, const char* op) {
  const Array checked = checked_key(key, op);
  if (checked.ndim() != 1)
    throw ShapeError(op, ": expected one key of shape (2,), got shape ", checked.shape(), "; use vmap for many");
  return checked;
}

void check_values(const Array& x, bool (*valid)(double), const char* op, const char* what) {
  if (!x.defined()) throw ValueError(op, ": a parameter is an undefined array");
  if (is_complex(x.dtype())) throw TypeError(op, ": expected real parameters, got dtype ", x.dtype());
  if (!x.peek().evaluated()) return;
  const Value& value = x.peek().value();
  // An axis along which one element is repeated has nothing new to show.
  Shape shape(x.shape());
  for (size_t axis = 0; axis < shape.size(); ++axis)
    if (value.layout.strides[axis] == 0) shape[axis] = std::min<int64_t>(shape[axis], 1);
  visit(x.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T* elements = static_cast<const T*>(value.buffer->data()) + value.layout.offset;
    for_each_row<1>(shape, {&value.layout.strides}, [&](const auto& at, const auto& step, int64_t count) {
      for (int64_t i = 0; i < count; ++i)
        if (const auto each = convert<double>(elements[at[0] + i * step[0]]); !valid(each))
          throw ValueError(op, ": expected ", what, ", got ", each);
    });
  });
}

std::optional<double> known_number(const Array& x) {
  if (x.size() != 1 || !x.peek().evaluated()) return {};
  const Value& value = x.peek().value();
  return visit(x.dtype(), [&](auto tag) -> std::optional<double> {
    using T = typename decltype(tag)::type;
    return convert<double>(*(static_cast<const T*>(value.buffer->data()) + value.layout.offset));
  });
}

Array not_negative(const Array& x, const char* op, const char* what) {
  check_values(x, [](double v) { return v >= 0; }, op, what);
  return x.peek().evaluated() ? x : where(x >= 0, x, std::numeric_limits<double>::quiet_NaN());
}

Array positive(const Array& x, const char* op, const char* what) {
  check_values(x, [](double v) { return v > 0; }, op, what);
  return x.peek().evaluated() ? x : where(x > 0, x, std::numeric_limits<double>::quiet_NaN());
}

namespace {

/// A number of `dtype` below `x`, with few or none between.
double below(double x, DType dtype) {
  if (dtype == DType::float64) return std::nextafter(x, -std::numeric_limits<double>::infinity());
  if (dtype == DType::float32) {
    const auto nearest = static_cast<float>(x);
    return nearest < x ? nearest : std::nextafter(nearest, -std::numeric_limits<float>::infinity());
  }
  // Step down by a fraction of the significand, then round: whatever lands at or above x takes another step.
  return visit(dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    double step = std::max(std::abs(x) * 0x1p-12, 0x1p-40);
    double candidate = x;
    while (candidate >= x) {
      candidate = convert<double>(convert<T>(x - step));
      step *= 2;
    }
    return candidate;
  });
}

}  // namespace

Array bits(const Shape& shape, const Array& key) { return words(shape, checked_key(key, "bits"), "bits"); }

Array uniform(const Shape& shape, const Scalar& low, const Scalar& high, DType dtype, const Array& key) {
  require_floating(dtype, "uniform");
  const double from = low.to_double(), to = high.to_double();
  if (!std::isfinite(from) || !std::isfinite(to) || !std::isfinite(to - from) || from > to)
    throw ValueError("uniform: expected finite bounds with low <= high, got ", from, " and ", to);
  const Array u = unit(shape, dtype, checked_key(key, "uniform"), "uniform");
  if (from == 0 && to == 1) return converted(u, dtype);
  if (from == to) return full(shape, low, dtype);
  // Scaling and rounding may reach `high`, which is not in the interval.
  const Array scaled = minimum(u * (to - from) + from, below(to, dtype));
  return converted(scaled, dtype);
}

Array normal(const Shape& shape, double mean, double std, DType dtype, const Array& key) {
  require_floating(dtype, "normal");
  if (!(std >= 0)) throw ValueError("normal: the standard deviation must not be negative, got ", std);
  const Array from = checked_key(key, "normal");
  Array z = standard_normal(shape, dtype == DType::float64 ? dtype : DType::float32, from, "normal");
  if (std != 1) z = z * std;
  if (mean != 0) z = z + mean;
  return converted(z, dtype);
}

Array uniform(const Shape& shape, const Array& low, const Array& high, DType dtype, const Array& key) {
  require_floating(dtype, "uniform");
  const auto finite = [](double x) { return std::isfinite(x); };
  check_values(low, finite, "uniform", "finite bounds");
  check_values(high, finite, "uniform", "finite bounds");
  const DType compute = dtype == DType::float64 ? dtype : DType::float32;
  const Array from = astype(low, compute), to = astype(high, compute);
  const Array scaled = from + (to - from) * unit(shape, compute, checked_key(key, "uniform"), "uniform");
  // Rounding may reach `high`, which is not in the interval.
  const Array inside = where(scaled < to, scaled, broadcast_to(from, scaled.shape()));
  return converted(inside, dtype);
}

Array normal(const Shape& shape, const Array& mean, const Array& std, DType dtype, const Array& key) {
  require_floating(dtype, "normal");
  check_values(mean, [](double x) { return !std::isnan(x); }, "normal", "a mean that is a number");
  const DType compute = dtype == DType::float64 ? dtype : DType::float32;
  const Array z = standard_normal(shape, compute, checked_key(key, "normal"), "normal");
  const Array spread = not_negative(std, "normal", "a standard deviation that is not negative");
  const Array result = z * astype(spread, compute) + astype(mean, compute);
  return converted(result, dtype);
}

Array randint(const Shape& shape, int64_t low, int64_t high, DType dtype, const Array& key) {
  if (!is_integer(dtype)) throw TypeError("randint: expected an integer dtype, got ", dtype);
  if (low >= high) throw ValueError("randint: expected low < high, got ", low, " and ", high);
  alignas(16) unsigned char element[16];
  store_scalar(low, dtype, element);
  store_scalar(high - 1, dtype, element);
  const Array from = single_key(key, "randint");
  const uint64_t range = static_cast<uint64_t>(high) - static_cast<uint64_t>(low);
  return apply(make_ref<RandomIntegers>(shape, low, range), {from}, {shape, dtype});
}

Array bernoulli(const Array& p, const Shape& shape, const Array& key) {
  check_values(p, [](double x) { return x >= 0 && x <= 1; }, "bernoulli", "probabilities from 0 to 1");
  const DType dtype = p.dtype() == DType::float64 ? DType::float64 : DType::float32;
  return unit(shape, dtype, checked_key(key, "bernoulli"), "bernoulli") < broadcast_to(p, shape);
}

Array permutation(int64_t n, const Array& key) {
  if (n < 0) throw ValueError("permutation: the length must not be negative, got ", n);
  const Array from = single_key(key, "permutation");
  return apply(make_ref<RandomPermutation>(n), {from}, {{n}, index_dtype(n)});
}

Array permutation(const Array& x, int64_t axis, const Array& key) {
  require_defined(x, "permutation");
  return take(x, permutation(x.shape(axis), key), axis);
}

}  // namespace ingot::random
