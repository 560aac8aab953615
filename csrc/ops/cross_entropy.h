// Cross entropy between logits and classes, without the probabilities in memory.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `logsumexp(logits) - logits[class]` along the last axis: logits (..., C), classes (...) of an integer dtype. 0 where
/// the class is `ignored`.
///
/// Throws ShapeError or TypeError if the operands do not fit, IndexError when evaluated if another class is not in
/// [0, C).
Array class_cross_entropy(const Array& logits, const Array& classes, int64_t ignored);
/// The mean of those over the positions that are not ignored, a 0-d array; NaN if there is none.
Array mean_class_cross_entropy(const Array& logits, const Array& classes, int64_t ignored);

}  // namespace ingot
