// Images at arbitrary places, by gathering rows of channels.
#include <algorithm>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/interpolation.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/rearranging.h"

namespace ingot {

namespace {

/// Coordinates in [-1, 1] as positions along an axis of `length` elements.
Array positions(const Array& coordinates, int64_t length, bool align_corners) {
  const auto n = static_cast<double>(length);
  if (align_corners) return (coordinates + 1) * ((n - 1) / 2);
  return ((coordinates + 1) * n - 1) / 2;
}

/// Positions mirrored at `low` and `high` until they lie between.
Array reflected(const Array& at, double low, double high) {
  if (low == high) return zeros_like(at);
  const double span = high - low;
  const Array offset = remainder(at - low, 2 * span);
  return where(offset > span, 2 * span - offset, offset) + low;
}

Array inside(const Array& at, int64_t length, GridPadding padding, bool align_corners) {
  const auto last = static_cast<double>(length - 1);
  if (padding == GridPadding::zeros) return at;
  if (padding == GridPadding::border) return clip(at, 0.0, last);
  const Array mirrored = align_corners ? reflected(at, 0, last) : reflected(at, -0.5, last + 0.5);
  return clip(mirrored, 0.0, last);
}

/// The share of an element at distance `d` below 2 in a value between elements (Keys, 1981, with a = -0.75).
Array cubic_share(const Array& d) {
  const Array near = (1.25 * d - 2.25) * square(d) + 1.0, far = ((-0.75 * d + 3.75) * d - 6.0) * d + 3.0;
  return where(d <= 1, near, far);
}

}  // namespace

GridPadding parse_grid_padding(std::string_view name) {
  if (name == "zeros") return GridPadding::zeros;
  if (name == "border") return GridPadding::border;
  if (name == "reflection") return GridPadding::reflection;
  throw ValueError("grid_sample: expected the padding mode 'zeros', 'border' or 'reflection', got '", name, "'");
}

Array grid_sample(const Array& x, const Array& grid, Interpolation mode, GridPadding padding, bool align_corners) {
  constexpr const char* op = "grid_sample";
  if (!x.defined() || !grid.defined()) throw ValueError(op, ": an operand is an undefined array");
  const int64_t spatial = x.ndim() - 2;
  if (spatial < 2 || spatial > 3 || grid.ndim() != x.ndim() || grid.shape(-1) != spatial || grid.shape(0) != x.shape(0))
    throw ShapeError(op, ": expected x (N, C, [D,] H, W) and a grid (N, [Do,] Ho, Wo, 2 or 3), got shapes ", x.shape(),
                     " and ", grid.shape());
  const bool cubic = mode == Interpolation::cubic;
  if (mode != Interpolation::nearest && mode != Interpolation::linear && !(cubic && spatial == 2))
    throw ValueError(op, ": expected the mode 'nearest' or 'bilinear', or for images 'bicubic'");
  if (!is_floating(x.dtype()) || !is_floating(grid.dtype()))
    throw TypeError(op, ": expected floating dtypes, got ", x.dtype(), " and ", grid.dtype());
  if (x.size() == 0) throw ShapeError(op, ": expected an image with elements, got shape ", x.shape());

  // Channels last, and everything else one axis of rows to gather from.
  const int64_t channels = x.shape(1);
  const Array rows = reshape(moveaxis(x, 1, -1), {x.size() / channels, channels});
  Shape lead(grid.shape().begin(), grid.shape().end() - 1), column(lead.size(), 1);
  column[0] = grid.shape(0);
  const Array image = reshape(arange(int64_t{0}, grid.shape(0), int64_t{1}, DType::int64), column);

  std::vector<Array> at, below;
  for (int64_t axis = 0; axis < spatial; ++axis) {
    const int64_t length = x.shape(axis + 2);
    const Array anywhere = positions(select(grid, -1, spatial - 1 - axis), length, align_corners);
    // PyTorch's cubic mode moves the elements it reads into the image, not the place between them.
    const Array place = cubic ? anywhere : inside(anywhere, length, padding, align_corners);
    at.push_back(place);
    below.push_back(stop_gradient(mode == Interpolation::nearest ? round(place) : floor(place)));
  }
  Array result;
  // Bits of a corner's number that say which neighbour along an axis it is.
  const int64_t bits = mode == Interpolation::nearest ? 0 : cubic ? 2 : 1;
  for (int64_t corner = 0; corner < int64_t{1} << bits * spatial; ++corner) {
    Array row = image, weight;
    for (int64_t axis = 0; axis < spatial; ++axis) {
      const auto k = static_cast<size_t>(axis);
      const int64_t length = x.shape(axis + 2);
      const int64_t upper = (corner >> bits * axis & ((int64_t{1} << bits) - 1)) - (cubic ? 1 : 0);
      const Array next = below[k] + upper;
      const Array neighbour = cubic ? inside(next, length, padding, align_corners) : next;
      const Array valid = (neighbour >= 0) & (neighbour <= length - 1);
      Array share = astype(valid, x.dtype());
      if (mode == Interpolation::linear) {
        const Array fraction = at[k] - below[k];
        share = share * astype(upper ? fraction : 1 - fraction, x.dtype());
      } else if (cubic) {
        share = share * astype(cubic_share(abs(at[k] - below[k] - upper)), x.dtype());
      }
      weight = weight.defined() ? weight * share : share;
      // NaN is nowhere: it counts as outside.
      const Array element = where(valid, neighbour, 0);
      row = row * length + astype(element, DType::int64);
    }
    const Array values = take(rows, row, 0) * expand_dims(weight, {-1});
    result = result.defined() ? result + values : values;
  }
  return moveaxis(result, -1, 1);
}

Array affine_grid(const Array& theta, const Shape& size, bool align_corners) {
  constexpr const char* op = "affine_grid";
  require_defined(theta, op);
  const int64_t spatial = static_cast<int64_t>(size.size()) - 2;
  if (spatial < 2 || spatial > 3 || theta.shape() != Shape{size[0], spatial, spatial + 1})
    throw ShapeError(op, ": expected theta (N, 2, 3) for a size (N, C, H, W), or (N, 3, 4) for (N, C, D, H, W), got ",
                     theta.shape(), " and ", size);
  if (!is_floating(theta.dtype())) throw TypeError(op, ": expected a floating dtype, got ", theta.dtype());
  std::vector<Array> ramps;
  for (int64_t axis = 0; axis < spatial; ++axis) {
    const int64_t length = size[static_cast<size_t>(axis) + 2];
    const double edge = align_corners ? (length > 1 ? 1 : 0) : 1 - 1.0 / static_cast<double>(length);
    ramps.push_back(linspace(-edge, edge, length, true, theta.dtype()));
  }
  std::vector<Array> coordinates = meshgrid(ramps, true);
  std::reverse(coordinates.begin(), coordinates.end());
  coordinates.push_back(ones(coordinates[0].shape(), theta.dtype()));
  const Array places = flatten(stack(coordinates, -1), 0, spatial - 1);
  Shape shape{size[0]};
  for (int64_t axis = 0; axis < spatial; ++axis) shape.push_back(size[static_cast<size_t>(axis) + 2]);
  shape.push_back(spatial);
  return reshape(matmul(places, swapaxes(theta, 1, 2)), shape);
}

}  // namespace ingot
