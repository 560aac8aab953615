// Arrays by name, in order: what state dicts and files are made of.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

using NamedArrays = std::vector<std::pair<std::string, Array>>;

/// The elements in row-major order without gaps; evaluates. They stay there as long as `keep_alive` holds them. Throws
/// TraceError inside `jit`.
Tensor read_dense(const Array& array, Value& keep_alive);

/// An evaluated array of the same values in memory of its own, cast to `dtype`: how state is taken over, so that
/// nothing of it is shared with the caller. Throws TraceError inside `jit`.
Array copied(const Array& array, DType dtype);

}  // namespace ingot
