// The names that axes go by: `axis` and `keepdims` as in NumPy, `dim` and `keepdim` as in PyTorch.
#pragma once

#include <optional>

#include "ingot/graph/error.h"

namespace ingot::python {

using OptionalAxis = std::optional<int64_t>;

/// Whichever of the two was given. Throws TypeError if both were.
template <class T>
const std::optional<T>& either(const std::optional<T>& axis, const std::optional<T>& dim) {
  if (axis && dim) throw TypeError("give `axis` or its other name `dim`, not both");
  return axis ? axis : dim;
}

}  // namespace ingot::python
