#include "ingot/ops/padding.h"

#include <algorithm>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/statistics.h"

namespace ingot {

namespace {

struct Width {
  int64_t before, after;
};

int64_t modulo(int64_t a, int64_t n) { return (a % n + n) % n; }

/// Which element of an axis of length `n` stands at an index beyond it.
int64_t origin(int64_t index, int64_t n, PadMode mode) {
  if (mode == PadMode::edge) return std::clamp<int64_t>(index, 0, n - 1);
  if (mode == PadMode::wrap) return modulo(index, n);
  // There and back again is one period; mirrored at the edge element, that is not repeated.
  const int64_t repeated = mode == PadMode::symmetric ? 1 : 0, period = std::max<int64_t>(1, 2 * (n - 1 + repeated));
  const int64_t at = modulo(index, period);
  return at < n ? at : period - repeated - at;
}

/// The axis extended by elements of its own.
Array extended(const Array& x, int64_t axis, Width width, PadMode mode) {
  const int64_t n = x.shape(axis);
  if (n == 0) throw ValueError("pad: axis ", axis, " of shape ", x.shape(), " is empty, there is nothing to repeat");
  const auto part = [&](int64_t first, int64_t last) {
    std::vector<int64_t> positions;
    for (int64_t i = first; i < last; ++i) positions.push_back(origin(i, n, mode));
    return at_positions(x, axis, positions);
  };
  std::vector<Array> parts;
  if (width.before > 0) parts.push_back(part(-width.before, 0));
  parts.push_back(x);
  if (width.after > 0) parts.push_back(part(n, n + width.after));
  return concatenate(parts, axis);
}

/// The axis extended by mirror images, turned upside down at the value of the edge.
Array extended_oddly(const Array& x, int64_t axis, Width width, PadMode mode) {
  Array result = x;
  // A mirror shows at most what is there; what is missing is in a mirror of the result.
  for (Width left = width; left.before > 0 || left.after > 0;) {
    const int64_t n = result.shape(axis), skipped = mode == PadMode::reflect && n > 1 ? 1 : 0;
    const int64_t most = n - skipped, before = std::min(left.before, most), after = std::min(left.after, most);
    if (n == 0) throw ValueError("pad: axis ", axis, " of shape ", x.shape(), " is empty, there is nothing to repeat");
    const Array first = narrow(result, axis, 0, 1), last = narrow(result, axis, n - 1, 1);
    std::vector<Array> parts;
    if (before > 0) parts.push_back(2 * first - flip(narrow(result, axis, skipped, before), Axes{axis}));
    parts.push_back(result);
    if (after > 0) parts.push_back(2 * last - flip(narrow(result, axis, n - skipped - after, after), Axes{axis}));
    result = concatenate(parts, axis);
    left.before -= before;
    left.after -= after;
  }
  return result;
}

/// `length` copies of a slice of length 1 along the axis.
Array stretched(const Array& slice, int64_t axis, int64_t length) {
  Shape shape(slice.shape());
  shape[static_cast<size_t>(axis)] = length;
  return broadcast_to(slice, shape);
}

/// A real number in the dtype of the array that is padded: rounded for integers.
Array in_dtype(const Array& value, DType dtype) {
  return astype(is_integer(dtype) && !is_integer(value.dtype()) ? round(value) : value, dtype);
}

/// The axis extended by one number for each of its rows, at either end.
Array extended_by_statistic(const Array& x, int64_t axis, Width width, Width length, PadMode mode) {
  const int64_t n = x.shape(axis);
  const auto statistic = [&](int64_t from, int64_t count) {
    if (count < 1) throw ValueError("pad: a statistic of no elements, along axis ", axis, " of shape ", x.shape());
    const Array part = narrow(x, axis, from, count);
    const Array value = mode == PadMode::maximum   ? max(part, Axes{axis}, true)
                        : mode == PadMode::minimum ? min(part, Axes{axis}, true)
                        : mode == PadMode::median  ? quantile(part, scalar(0.5, DType::float64), Axes{axis}, true)
                                                   : mean(part, Axes{axis}, true);
    return in_dtype(value, x.dtype());
  };
  const int64_t before = std::min(length.before, n), after = std::min(length.after, n);
  std::vector<Array> parts;
  if (width.before > 0) parts.push_back(stretched(statistic(0, before), axis, width.before));
  parts.push_back(x);
  if (width.after > 0) parts.push_back(stretched(statistic(n - after, after), axis, width.after));
  return concatenate(parts, axis);
}

/// The axis extended by even steps from its edges to the end values.
Array extended_by_ramp(const Array& x, int64_t axis, Width width, const std::pair<Scalar, Scalar>& ends) {
  const int64_t n = x.shape(axis);
  if (n == 0) throw ValueError("pad: axis ", axis, " of shape ", x.shape(), " is empty, there is no edge to start at");
  const DType dtype = is_inexact(x.dtype()) ? compute_dtype(x.dtype()) : DType::float64;
  Shape along(x.shape().size(), 1);
  const auto ramp = [&](const Array& edge, const Scalar& end, int64_t count, bool rising) {
    along[static_cast<size_t>(axis)] = count;
    // Shares of the edge: 0 at the far end, nearly 1 beside it.
    Array share = linspace(0, 1, count, false, to_real(dtype));
    share = reshape(rising ? share : flip(share), along);
    const Array far = full({}, end, dtype);
    const Array values = far + (astype(edge, dtype) - far) * share;
    return astype(is_integer(x.dtype()) ? floor(values) : values, x.dtype());
  };
  std::vector<Array> parts;
  if (width.before > 0) parts.push_back(ramp(narrow(x, axis, 0, 1), ends.first, width.before, true));
  parts.push_back(x);
  if (width.after > 0) parts.push_back(ramp(narrow(x, axis, n - 1, 1), ends.second, width.after, false));
  return concatenate(parts, axis);
}

/// The axis extended by constants, which may differ between its ends.
Array extended_by_constants(const Array& x, int64_t axis, Width width, const std::pair<Scalar, Scalar>& values) {
  const auto block = [&](const Scalar& value, int64_t count) {
    Shape shape(x.shape());
    shape[static_cast<size_t>(axis)] = count;
    return full(shape, value, x.dtype());
  };
  return concatenate({block(values.first, width.before), x, block(values.second, width.after)}, axis);
}

bool all_equal(const PadValues& values) {
  return std::all_of(values.begin(), values.end(), [&](const auto& pair) {
    return pair.first.value == values[0].first.value && pair.second.value == values[0].first.value;
  });
}

}  // namespace

PadMode parse_pad_mode(std::string_view name) {
  constexpr std::pair<std::string_view, PadMode> kModes[] = {
      {"constant", PadMode::constant}, {"edge", PadMode::edge},
      {"replicate", PadMode::edge},    {"linear_ramp", PadMode::linear_ramp},
      {"maximum", PadMode::maximum},   {"mean", PadMode::mean},
      {"median", PadMode::median},     {"minimum", PadMode::minimum},
      {"reflect", PadMode::reflect},   {"symmetric", PadMode::symmetric},
      {"wrap", PadMode::wrap},         {"circular", PadMode::wrap},
      {"empty", PadMode::empty}};
  for (const auto& [known, mode] : kModes)
    if (known == name) return mode;
  throw ValueError("pad: unknown mode '", name,
                   "'; expected constant, edge (replicate), linear_ramp, maximum, mean, median, minimum, reflect, "
                   "symmetric, wrap (circular) or empty");
}

Array pad(const Array& x, const PadWidths& widths, PadMode mode, const PadOptions& options) {
  require_defined(x, "pad");
  if (widths.size() != x.shape().size())
    throw ShapeError("pad: ", widths.size(), " pairs of widths given for the ", x.ndim(), " axes of shape ", x.shape());
  for (const auto& given : {options.values.size(), options.stat_length ? options.stat_length->size() : 0})
    if (given != 0 && given != widths.size())
      throw ShapeError("pad: ", given, " pairs of options given for the ", x.ndim(), " axes of shape ", x.shape());
  if (mode == PadMode::empty) return pad(x, widths);
  if (mode == PadMode::constant && (options.values.empty() || all_equal(options.values)))
    return pad(x, widths, options.values.empty() ? Scalar(0) : options.values[0].first);
  Array result = alias(x);
  for (size_t i = 0; i < widths.size(); ++i) {
    const Width width{widths[i].first, widths[i].second};
    if (width.before < 0 || width.after < 0)
      throw ValueError("pad: widths must not be negative, got (", width.before, ", ", width.after, ") for axis ", i);
    int64_t total = 0;
    if (__builtin_add_overflow(result.shape(static_cast<int64_t>(i)), width.before, &total) ||
        __builtin_add_overflow(total, width.after, &total))
      throw ShapeError("pad: axis ", i, " would be longer than 2^63 - 1");
    if (width.before == 0 && width.after == 0) continue;
    const auto axis = static_cast<int64_t>(i);
    const auto values = options.values.empty() ? std::pair<Scalar, Scalar>{0, 0} : options.values[i];
    switch (mode) {
      case PadMode::constant:
        result = extended_by_constants(result, axis, width, values);
        break;
      case PadMode::linear_ramp:
        result = extended_by_ramp(result, axis, width, values);
        break;
      case PadMode::maximum:
      case PadMode::mean:
      case PadMode::median:
      case PadMode::minimum: {
        const int64_t all = result.shape(axis);
        const Width length = options.stat_length
                                 ? Width{(*options.stat_length)[i].first, (*options.stat_length)[i].second}
                                 : Width{all, all};
        result = extended_by_statistic(result, axis, width, length, mode);
        break;
      }
      default:
        result = options.odd && (mode == PadMode::reflect || mode == PadMode::symmetric)
                     ? extended_oddly(result, axis, width, mode)
                     : extended(result, axis, width, mode);
    }
  }
  return result;
}

Array pad_last(const Array& x, const Shape& widths, PadMode mode, const Scalar& value) {
  require_defined(x, "pad");
  if (widths.size() % 2 != 0 || widths.size() / 2 > x.shape().size())
    throw ShapeError("pad: expected a pair of widths for each of at most ", x.ndim(), " axes, last axis first, got ",
                     widths);
  PadWidths added(x.shape().size(), {0, 0});
  Axes start(x.shape().size(), 0), stop(x.shape());
  for (size_t i = 0; i < widths.size() / 2; ++i) {
    const size_t axis = x.shape().size() - 1 - i;
    const int64_t before = widths[2 * i], after = widths[2 * i + 1], n = x.shape()[axis];
    if (before < -n || after < -n || n + std::min<int64_t>(before, 0) + std::min<int64_t>(after, 0) < 0)
      throw ShapeError("pad: widths (", before, ", ", after, ") cut off more than axis ", axis, " of shape ", x.shape(),
                       " has");
    if (mode != PadMode::constant) {
      const int64_t most = mode == PadMode::reflect ? n - 1 : mode == PadMode::wrap ? n : std::max(before, after);
      if (before > most || after > most)
        throw ShapeError("pad: widths (", before, ", ", after, ") are more than axis ", axis, " of shape ", x.shape(),
                         " can give in this mode, which is ", most);
    }
    added[axis] = {std::max<int64_t>(before, 0), std::max<int64_t>(after, 0)};
    start[axis] = std::max<int64_t>(-before, 0);
    stop[axis] = n - std::max<int64_t>(-after, 0);
  }
  return pad(slice(x, start, stop, Axes(start.size(), 1)), added, mode,
             {mode == PadMode::constant ? PadValues(added.size(), {value, value}) : PadValues{}, {}, false});
}

}  // namespace ingot
