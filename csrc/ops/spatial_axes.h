// What convolutions and pooling share: numbers given for one to three spatial axes.
#pragma once

#include <array>
#include <limits>
#include <span>

#include "ingot/graph/error.h"
#include "ingot/graph/shape.h"

namespace ingot {

/// One number for each of `count` axes, where `given` holds as many, or one for all, or none for `otherwise`. Throws
/// ShapeError for another number of them, ValueError for one below `least` or beyond 32 bits, where sums and products
/// with lengths could overflow.
inline Axes for_each_axis(const Axes& given, size_t count, const Axes& otherwise, int64_t least, const char* op,
                          const char* name) {
  Axes values = given.empty() ? otherwise : given.size() == 1 ? Axes(count, given[0]) : given;
  if (values.size() != count)
    throw ShapeError(op, ": expected ", name, " to hold one number or ", count, ", one for each spatial axis, got ",
                     given);
  for (const int64_t value : values)
    if (value < least || value > std::numeric_limits<int32_t>::max())
      throw ValueError(op, ": expected ", name, " from ", least, " to 2^31 - 1, got ", given);
  return values;
}

using Triple = std::array<int64_t, 3>;

/// `values`, with `otherwise` in front for the axes that are missing of three.
inline Triple of_three(std::span<const int64_t> values, int64_t otherwise) {
  Triple three{otherwise, otherwise, otherwise};
  for (size_t i = 0; i < values.size(); ++i) three[3 - values.size() + i] = values[i];
  return three;
}

}  // namespace ingot
