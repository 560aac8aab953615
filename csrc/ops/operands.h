// What functions do with their operands before anything else.
#pragma once

#include "ingot/graph/error.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

inline void require_defined(const Array& x, const char* op) {
  if (!x.defined()) throw ValueError(op, ": the array is undefined");
}

inline void require_order(const Array& x, const char* op) {
  if (is_complex(x.dtype()))
    throw TypeError(op, ": complex numbers have no order (dtype ", x.dtype(),
                    "); take abs(x), real(x) or imag(x) first");
}

/// `x` in `dtype`, for use within a function: where there is nothing to do it is `x` itself, while `astype` gives a leaf
/// another handle by a node.
inline Array converted(const Array& x, DType dtype) { return x.dtype() == dtype ? x : astype(x, dtype); }

/// The conjugate; real arrays get no node.
inline Array conj_if_complex(const Array& x) { return is_complex(x.dtype()) ? conj(x) : x; }

}  // namespace ingot
