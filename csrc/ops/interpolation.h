// Images of another size: the last one to three axes sampled anew. Axes in front of them are a batch and channels.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// How values between the elements come about.
enum class Interpolation {
  nearest,        ///< the element at or in front of the place, as older libraries have it
  nearest_exact,  ///< the element whose middle is nearest
  linear,         ///< on the line through both neighbours, along each axis
  cubic,          ///< on the cubic through four neighbours (Keys, 1981), along each axis
  area,           ///< the mean over the elements that the place covers
};
/// "nearest", "nearest-exact", "linear", "bilinear", "trilinear", "cubic", "bicubic" or "area". Throws ValueError.
Interpolation parse_interpolation(std::string_view name);

struct InterpolateOptions {
  Interpolation mode = Interpolation::nearest;
  /// True: the middles of the first and the last elements stay where they are; else the borders do.
  bool align_corners = false;
  /// Shrinking looks at all elements that a place covers (linear, cubic).
  bool antialias = false;
  /// Scale factors that coordinates are computed by, instead of the quotient of lengths; one per axis, or none.
  std::vector<double> scales;
};

/// `x` (N, C, *spatial) with its spatial axes, as many as there are `lengths`, sampled at that many places. Linear and
/// cubic take floating dtypes. Throws ShapeError if axes do not fit, ValueError for a length below 1.
Array interpolate(const Array& x, const Shape& lengths, const InterpolateOptions& options = {});

/// How `grid_sample` sees places outside of the image.
enum class GridPadding { zeros, border, reflection };
GridPadding parse_grid_padding(std::string_view name);

/// Values of `x` (N, C, [D,] H, W) at places `grid` (N, [Do,] Ho, Wo, 2 or 3), which hold (x, y[, z]) in [-1, 1] from
/// border to border: (N, C, [Do,] Ho, Wo). Nearest, linear, or for (N, C, H, W) cubic.
Array grid_sample(const Array& x, const Array& grid, Interpolation mode, GridPadding padding, bool align_corners);
/// The grid that an affine map `theta` (N, 2, 3) or (N, 3, 4) makes of an image of shape `size` (N, C, [D,] H, W).
Array affine_grid(const Array& theta, const Shape& size, bool align_corners);

/// (..., C * r^2, H, W) -> (..., C, H * r, W * r): groups of r^2 channels become r by r pixels.
Array pixel_shuffle(const Array& x, int64_t factor);
/// The inverse of `pixel_shuffle`.
Array pixel_unshuffle(const Array& x, int64_t factor);
/// Channels (axis 1) of several groups, taken in turn from each.
Array channel_shuffle(const Array& x, int64_t groups);

}  // namespace ingot
