// The kernel of the singular value decomposition, whose compilation takes so much memory that each dtype has a file.
#pragma once

#include <cstdint>
#include <span>

#include "ingot/graph/value.h"

namespace ingot::linalg {

/// Decomposes entries [first, last): outputs are U, S and V^H, or S alone. U and V are square if `full`. Returns the
/// first entry that cannot be decomposed, or -1.
template <class T>
int64_t decompose_svd(std::span<const Tensor> inputs, std::span<const Tensor> outputs, bool full, int64_t first,
                      int64_t last);

}  // namespace ingot::linalg
