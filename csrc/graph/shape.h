// Shapes, strides, and the rules of broadcasting (NumPy's).
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>

#include "ingot/graph/small_vector.h"

namespace ingot {

/// The length of every axis, outermost first; empty for a 0-d array.
using Shape = SmallVector<int64_t, 5>;
/// Distance between neighbours along each axis, in elements (not bytes).
using Strides = SmallVector<int64_t, 5>;
/// Positions of axes, each in `[0, ndim)` once normalised.
using Axes = SmallVector<int64_t, 5>;

/// Product of the lengths. Throws ShapeError for a negative length or a product beyond int64.
int64_t element_count(const Shape& shape);

/// Row-major strides for a densely packed array.
Strides contiguous_strides(const Shape& shape);
/// True if elements lie densely in row-major order (axes of length 1 may have any stride).
bool is_contiguous(const Shape& shape, const Strides& strides);

/// Shape of `a op b` under NumPy broadcasting. Throws ShapeError that names `op`.
Shape broadcast_shapes(const Shape& a, const Shape& b, const char* op);
/// Strides that make an array of `from` look like `to`: 0 along stretched axes.
Strides broadcast_strides(const Shape& from, const Strides& strides, const Shape& to);

/// Axis counted from the front. Throws IndexError that names `op` if it is not in `[-ndim, ndim)`.
int64_t normalize_axis(int64_t axis, int64_t ndim, const char* op);
/// Normalised, sorted, free of repeats (a repeat throws ValueError). No value means all axes.
Axes normalize_axes(const std::optional<Axes>& axes, int64_t ndim, const char* op);
/// Shape after reducing `axes` (normalised).
Shape reduced_shape(const Shape& shape, const Axes& axes, bool keepdims);

/// Strides of the same memory seen under another shape, or nothing if it takes a copy.
std::optional<Strides> reshape_strides(const Shape& from, const Strides& strides, const Shape& to);

/// `(2, 3)`, `(3,)`, `()`, as Python prints a tuple.
std::ostream& operator<<(std::ostream& out, const SmallVector<int64_t, 5>& values);

}  // namespace ingot
