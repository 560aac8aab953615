#include "ingot/ops/interpolation.h"

#include <algorithm>
#include <cmath>

#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/pooling.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/resample_op.h"

namespace ingot {

namespace {

/// Elements of an axis of length `from` per place of the result.
double elements_per_place(int64_t from, int64_t to, bool align_corners, const double* factor) {
  if (align_corners) return to > 1 ? static_cast<double>(from - 1) / static_cast<double>(to - 1) : 0;
  return factor && *factor > 0 ? 1 / *factor : static_cast<double>(from) / static_cast<double>(to);
}

/// One axis by its nearest elements. `lengths_rule`: once and twice the length are whole multiples whatever the factor.
Array nearest(const Array& x, int64_t axis, int64_t to, bool exact, bool lengths_rule, const double* factor) {
  const int64_t from = x.shape(axis);
  // Whole multiples are views of repeated elements, and their gradient a sum.
  const bool whole = to % from == 0 && (!factor || *factor == static_cast<double>(to / from));
  if (whole || (lengths_rule && (to == from || to == 2 * from))) return repeat_interleave(x, to / from, axis);
  // In float32, as other libraries compute the places, so that they round to the same elements.
  const auto scale = static_cast<float>(elements_per_place(from, to, false, factor));
  std::vector<int64_t> positions;
  for (int64_t place = 0; place < to; ++place) {
    const float at = (static_cast<float>(place) + (exact ? 0.5f : 0.0f)) * scale;
    positions.push_back(std::min(static_cast<int64_t>(std::floor(at)), from - 1));
  }
  return at_positions(x, axis, positions);
}

}  // namespace

Interpolation parse_interpolation(std::string_view name) {
  if (name == "nearest") return Interpolation::nearest;
  if (name == "nearest-exact") return Interpolation::nearest_exact;
  if (name == "linear" || name == "bilinear" || name == "trilinear") return Interpolation::linear;
  if (name == "cubic" || name == "bicubic") return Interpolation::cubic;
  if (name == "area") return Interpolation::area;
  throw ValueError("interpolate: unknown mode '", name,
                   "'; expected nearest, nearest-exact, linear, bilinear, trilinear, cubic, bicubic or area");
}

Array interpolate(const Array& x, const Shape& lengths, const InterpolateOptions& options) {
  constexpr const char* op = "interpolate";
  require_defined(x, op);
  const auto spatial = static_cast<int64_t>(lengths.size());
  if (spatial < 1 || spatial > 3 || x.ndim() < spatial)
    throw ShapeError(op, ": expected one to three lengths for the last axes of shape ", x.shape(), ", got ", lengths);
  if (!options.scales.empty() && options.scales.size() != lengths.size())
    throw ShapeError(op, ": expected a scale factor for each of ", spatial, " axes, got ", options.scales.size());
  for (int64_t i = 0; i < spatial; ++i)
    if (lengths[static_cast<size_t>(i)] < 1 || x.shape(x.ndim() - spatial + i) < 1)
      throw ValueError(op, ": lengths must be positive, got ", lengths, " for an input of shape ", x.shape());
  if (options.mode == Interpolation::area) return adaptive_avg_pool(x, lengths);
  const bool smooth = options.mode == Interpolation::linear || options.mode == Interpolation::cubic;
  if (smooth && !is_floating(x.dtype()))
    throw TypeError(op, ": expected a floating dtype, got ", x.dtype(), "; use the mode 'nearest', or convert it");
  const DType computed = compute_dtype(x.dtype());
  Array result = smooth && x.dtype() != computed ? astype(x, computed) : x;
  for (int64_t i = 0; i < spatial; ++i) {
    const auto k = static_cast<size_t>(i);
    const int64_t axis = x.ndim() - spatial + i, from = x.shape(axis), to = lengths[k];
    const double* factor = options.scales.empty() ? nullptr : &options.scales[k];
    if (!smooth) {
      // PyTorch rounds so for images, and for them alone.
      const bool exact = options.mode == Interpolation::nearest_exact;
      result = nearest(result, axis, to, exact, !exact && spatial == 2, factor);
      continue;
    }
    const double scale = elements_per_place(from, to, options.align_corners, factor);
    // As in PyTorch, an axis that keeps its length is left as it is; only cubics look at the factor.
    if (from == to && (options.mode == Interpolation::linear || options.align_corners || scale == 1)) continue;
    result = resample(result, {axis, from, to, options.mode == Interpolation::cubic, options.align_corners,
                               options.antialias, scale});
  }
  return result.dtype() == x.dtype() ? reshape(result, result.shape()) : astype(result, x.dtype());
}

Array pixel_shuffle(const Array& x, int64_t factor) {
  require_defined(x, "pixel_shuffle");
  if (factor < 1 || x.ndim() < 3 || x.shape(-3) % (factor * factor) != 0)
    throw ShapeError("pixel_shuffle: expected (..., C * ", factor, "^2, H, W), got shape ", x.shape());
  Shape split(x.shape().begin(), x.shape().end() - 3), shape(split);
  const int64_t c = x.shape(-3) / (factor * factor), h = x.shape(-2), w = x.shape(-1), n = x.ndim() - 3;
  for (const int64_t length : {c, factor, factor, h, w}) split.push_back(length);
  for (const int64_t length : {c, h * factor, w * factor}) shape.push_back(length);
  Axes order;
  for (int64_t i = 0; i < n; ++i) order.push_back(i);
  for (const int64_t axis : {0, 3, 1, 4, 2}) order.push_back(n + axis);
  return reshape(transpose(reshape(x, split), order), shape);
}

Array pixel_unshuffle(const Array& x, int64_t factor) {
  require_defined(x, "pixel_unshuffle");
  if (factor < 1 || x.ndim() < 3 || x.shape(-2) % factor != 0 || x.shape(-1) % factor != 0)
    throw ShapeError("pixel_unshuffle: expected (..., C, H * ", factor, ", W * ", factor, "), got shape ", x.shape());
  Shape split(x.shape().begin(), x.shape().end() - 3), shape(split);
  const int64_t c = x.shape(-3), h = x.shape(-2) / factor, w = x.shape(-1) / factor, n = x.ndim() - 3;
  for (const int64_t length : {c, h, factor, w, factor}) split.push_back(length);
  for (const int64_t length : {c * factor * factor, h, w}) shape.push_back(length);
  Axes order;
  for (int64_t i = 0; i < n; ++i) order.push_back(i);
  for (const int64_t axis : {0, 2, 4, 1, 3}) order.push_back(n + axis);
  return reshape(transpose(reshape(x, split), order), shape);
}

Array channel_shuffle(const Array& x, int64_t groups) {
  require_defined(x, "channel_shuffle");
  if (groups < 1 || x.ndim() < 2 || x.shape(1) % groups != 0)
    throw ShapeError("channel_shuffle: axis 1 of shape ", x.shape(), " does not divide into ", groups, " groups");
  return reshape(swapaxes(unflatten(x, 1, {groups, x.shape(1) / groups}), 1, 2), x.shape());
}

}  // namespace ingot
