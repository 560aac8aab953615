// Products of two arrays that are sums over chosen axes, written in terms of matrix products and elementwise ones.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// Sum over pairs of axes, `a_axes[i]` of `a` with `b_axes[i]` of `b`: the other axes of `a`, then those of `b`. Throws
/// ShapeError unless lengths agree.
Array tensordot(const Array& a, const Array& b, const Axes& a_axes, const Axes& b_axes);
/// The same for the last `axes` axes of `a` and the first of `b`.
Array tensordot(const Array& a, const Array& b, int64_t axes = 2);
/// Products of all pairs of elements: (a.size, b.size).
Array outer(const Array& a, const Array& b);
/// Sum over the last axis of both; 0-d arrays multiply.
Array inner(const Array& a, const Array& b);
/// NumPy's dot: over the last axis of `a` and the last but one (a vector's only one) of `b`; 0-d arrays multiply.
Array dot(const Array& a, const Array& b);
/// Sum of `conj(a) * b` over all elements, in row-major order. Throws ShapeError unless there are as many of each.
Array vdot(const Array& a, const Array& b);
/// Sum of `conj(a) * b` along an axis, counted from the last; other axes broadcast.
Array vecdot(const Array& a, const Array& b, int64_t axis = -1);
/// The cross product of vectors of 3 elements along an axis; other axes broadcast. Throws ShapeError for another length.
Array cross(const Array& a, const Array& b, int64_t axis = -1);
/// The Kronecker product: `b` multiplied by each element of `a`, in blocks.
Array kron(const Array& a, const Array& b);

/// `beta * input + alpha * (a @ b)`, where `input` broadcasts. With `beta` 0 the input is not looked at.
Array addmm(const Array& input, const Array& a, const Array& b, const Scalar& beta = 1, const Scalar& alpha = 1);
/// The same for sums of the products of batches of matrices.
Array addbmm(const Array& input, const Array& a, const Array& b, const Scalar& beta = 1, const Scalar& alpha = 1);
/// The same for the outer product of two vectors.
Array addr(const Array& input, const Array& a, const Array& b, const Scalar& beta = 1, const Scalar& alpha = 1);

}  // namespace ingot
