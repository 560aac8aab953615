// How far vectors are from each other, and vectors of unit length.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `x / max(norm, epsilon)` with the p-norm along an axis.
Array normalize(const Array& x, double p = 2, int64_t axis = 1, double epsilon = 1e-12);
/// `a . b / (max(|a|, epsilon) * max(|b|, epsilon))` along an axis; shapes broadcast.
Array cosine_similarity(const Array& a, const Array& b, int64_t axis = 1, double epsilon = 1e-8);
/// p-norms of the differences of all pairs of rows: (..., P, M), (..., R, M) -> (..., P, R). `p` is at least 0; 0 counts
/// differing elements. Equal rows have gradient 0. Distances are computed from differences, never from products, so those
/// of close rows far from the origin have all their digits: float32 is good to about 1e-7 (largest error found 5e-7).
Array cdist(const Array& a, const Array& b, double p = 2);

}  // namespace ingot
