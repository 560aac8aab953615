// Arguments that may be left out, and those that go by two names: `axis` as in NumPy and `dim` as in PyTorch, and the like.
#pragma once

#include <optional>

#include "bind.h"

namespace ingot::python {

using OptionalArray = std::optional<ArrayLike>;
using OptionalAxis = std::optional<int64_t>;
using OptionalShape = std::optional<Shape>;

/// The array, or an undefined one if it was left out.
inline Array or_undefined(const OptionalArray& x) { return x ? x->value : Array(); }

/// Whichever of the two was given. Throws TypeError if both were.
template <class T>
const std::optional<T>& either(const std::optional<T>& given, const std::optional<T>& other, const char* name = "axis",
                               const char* other_name = "dim") {
  if (given && other) throw TypeError("give `", name, "` or its other name `", other_name, "`, not both");
  return given ? given : other;
}

}  // namespace ingot::python
