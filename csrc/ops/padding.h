// Elements added around an array.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// What is added: NumPy's modes.
enum class PadMode {
  constant,     ///< one value for all
  edge,         ///< the element at the edge, also called "replicate"
  linear_ramp,  ///< from the element at the edge to an end value
  maximum,      ///< the largest element along the axis
  mean,         ///< the mean along the axis
  median,       ///< the median along the axis, of two in the middle their mean
  minimum,      ///< the smallest element along the axis
  reflect,      ///< mirrored at the edge element, which is not repeated
  symmetric,    ///< mirrored beyond the edge element, which is repeated
  wrap,         ///< from the other end, also called "circular"
  empty,        ///< zeros, by chance
};
/// Throws ValueError, naming the modes.
PadMode parse_pad_mode(std::string_view name);

/// `(before, after)`: how many elements, or which values, one pair for each axis.
using PadWidths = std::vector<std::pair<int64_t, int64_t>>;
using PadValues = std::vector<std::pair<Scalar, Scalar>>;

/// What modes may be told besides.
struct PadOptions {
  PadValues values;  ///< constant: what to add; linear_ramp: where to end; one pair per axis or none
  std::optional<PadWidths> stat_length;  ///< maximum, mean, median, minimum: of how many elements at either end; all
  bool odd = false;                      ///< reflect, symmetric: mirrored in value too, at that of the edge
};

/// `x` with elements added before and after each axis, one axis after another, as NumPy does. Throws ShapeError unless
/// there is one pair of widths for each axis, ValueError for a negative width, or where there is nothing to repeat.
Array pad(const Array& x, const PadWidths& widths, PadMode mode, const PadOptions& options = {});
/// PyTorch's widths: pairs for the last axis, the last but one, ...; a negative width cuts elements off.
Array pad_last(const Array& x, const Shape& widths, PadMode mode, const Scalar& value = 0);

}  // namespace ingot
