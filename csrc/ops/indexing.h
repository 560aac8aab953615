// Reading and writing parts of arrays, as NumPy indexes them. A slice never writes through to its base: assignment
// rebinds the handle.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// `start:stop:step`, each as in Python.
struct Slice {
  std::optional<int64_t> start, stop, step;
};
struct NewAxis {};
struct Ellipsis {};
/// One item of `x[...]`: an integer, a slice, None, `...`, or an integer or boolean array.
using Index = std::variant<int64_t, Slice, NewAxis, Ellipsis, Array>;

/// `x[indices]`. A boolean array is evaluated (its count decides the shape). Throws IndexError for an index out of
/// range (also inside an integer array: when the result is evaluated), too many indices, or a dtype that cannot index.
Array index(const Array& x, const std::vector<Index>& indices);
/// A copy of `x` in which `x[indices]` is `value` (broadcast, cast to x's dtype). Repeated indices: the last one wins.
Array index_update(const Array& x, const std::vector<Index>& indices, const Array& value);
/// The same with `value` added; repeated indices add up.
Array index_add(const Array& x, const std::vector<Index>& indices, const Array& value);
/// The same with `x[indices]` multiplied by `value`; with repeated indices by all their values.
Array index_multiply(const Array& x, const std::vector<Index>& indices, const Array& value);
/// The same with the smaller (larger) of `x[indices]` and `value`; with repeated indices of all their values.
Array index_minimum(const Array& x, const std::vector<Index>& indices, const Array& value);
Array index_maximum(const Array& x, const std::vector<Index>& indices, const Array& value);

/// Slices of `x` at integer `indices` along `axis` (none: of the flattened array). Shape: x's with the axis replaced by
/// those of `indices`. Negative indices count from the end.
Array take(const Array& x, const Array& indices, std::optional<int64_t> axis = {});
/// `x[..., indices[...], ...]` along one axis, other axes aligned and broadcast.
Array take_along_axis(const Array& x, const Array& indices, int64_t axis);
/// One array of indices for each axis of `indices`: itself for `axis`, the positions of its elements for the others.
std::vector<Array> indices_along_axis(const Array& indices, int64_t axis);
/// One (int32) array of indices per axis, of the elements that are not zero. Evaluates.
std::vector<Array> nonzero(const Array& x);

}  // namespace ingot
