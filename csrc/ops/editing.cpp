#include "ingot/ops/editing.h"

#include <algorithm>
#include <numeric>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/scan.h"

namespace ingot {

namespace {

/// A position from the front. `end` is the first one that is out of range.
int64_t from_front(int64_t position, int64_t length, int64_t end, const char* op) {
  const int64_t result = position < 0 ? position + length : position;
  if (result < 0 || result >= end)
    throw IndexError(op, ": position ", position, " is out of range for an axis of length ", length);
  return result;
}

void require_integers(const Array& x, const char* op) {
  require_defined(x, op);
  if (!is_integer(x.dtype())) throw TypeError(op, ": expected integers, got dtype ", x.dtype());
}

}  // namespace

Array append(const Array& x, const Array& values, std::optional<int64_t> axis) {
  require_defined(x, "append");
  require_defined(values, "append");
  if (!axis) return concatenate({flatten(x), flatten(values)});
  return concatenate({x, values}, *axis);
}

Array insert(const Array& x, const std::vector<int64_t>& positions, const Array& values, std::optional<int64_t> axis,
             bool block) {
  constexpr const char* op = "insert";
  const Lane lane(x, axis, op);
  require_defined(values, op);
  const int64_t length = lane.length(), ndim = lane.operand.ndim();
  Array added = converted(values, x.dtype());
  if (added.ndim() > ndim)
    throw ShapeError(op, ": values of shape ", values.shape(), " have more axes than ", lane.operand.shape());
  Shape shape(static_cast<size_t>(ndim), 1);
  std::copy(added.shape().begin(), added.shape().end(), shape.end() - added.ndim());
  added = reshape(added, shape);
  if (block) added = moveaxis(added, 0, lane.axis);
  const auto at = static_cast<size_t>(lane.axis);
  Shape whole(lane.operand.shape());
  whole[at] = block ? added.shape(lane.axis) : static_cast<int64_t>(positions.size());
  added = broadcast_to(added, whole);
  // Where each slice comes from: of `x`, or behind it of `values`.
  std::vector<std::pair<int64_t, int64_t>> places;
  for (int64_t i = 0; i < whole[at]; ++i) {
    const int64_t position = positions[block ? 0 : static_cast<size_t>(i)];
    places.emplace_back(from_front(position, length, length + 1, op), i);
  }
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<int64_t> order;
  auto next = places.begin();
  for (int64_t i = 0; i <= length; ++i) {
    for (; next != places.end() && next->first == i; ++next) order.push_back(length + next->second);
    if (i < length) order.push_back(i);
  }
  return at_positions(concatenate({lane.operand, added}, lane.axis), lane.axis, order);
}

Array delete_at(const Array& x, const std::vector<int64_t>& positions, std::optional<int64_t> axis) {
  const Lane lane(x, axis, "delete");
  const int64_t length = lane.length();
  std::vector<bool> gone(static_cast<size_t>(length));
  for (const int64_t position : positions)
    gone[static_cast<size_t>(from_front(position, length, length, "delete"))] = true;
  std::vector<int64_t> kept;
  for (int64_t i = 0; i < length; ++i)
    if (!gone[static_cast<size_t>(i)]) kept.push_back(i);
  return at_positions(lane.operand, lane.axis, kept);
}

Array ediff1d(const Array& x, const Array& end, const Array& begin) {
  require_defined(x, "ediff1d");
  std::vector<Array> parts;
  if (begin.defined()) parts.push_back(converted(flatten(begin), x.dtype()));
  parts.push_back(diff(flatten(x)));
  if (end.defined()) parts.push_back(converted(flatten(end), x.dtype()));
  return concatenate(parts);
}

Array fill_diagonal(const Array& x, const Array& value, bool wrap) {
  constexpr const char* op = "fill_diagonal";
  require_defined(x, op);
  require_defined(value, op);
  const Shape& shape = x.shape();
  if (x.ndim() < 2) throw ShapeError(op, ": expected at least two axes, got shape ", shape);
  if (x.ndim() > 2 && std::any_of(shape.begin(), shape.end(), [&](int64_t n) { return n != shape[0]; }))
    throw ShapeError(op, ": expected axes of one length, got shape ", shape);
  if (x.size() == 0) return x;
  int64_t step = 0;
  for (int64_t axis = 0, stride = x.size(); axis < x.ndim(); ++axis) step += stride /= shape[static_cast<size_t>(axis)];
  const int64_t end = x.ndim() == 2 && !wrap ? std::min(x.size(), shape[1] * shape[1]) : x.size();
  const int64_t count = (end + step - 1) / step;
  Array values = flatten(value);
  if (values.size() != 1) {
    if (values.size() == 0) throw ShapeError(op, ": no values");
    values = narrow(tile(values, {(count + values.size() - 1) / values.size()}), 0, 0, count);
  }
  const Array flat = index_update(flatten(x), {Slice{0, end, step}}, values);
  return reshape(flat, shape);
}

Array flatnonzero(const Array& x) {
  require_defined(x, "flatnonzero");
  return nonzero(flatten(x))[0];
}

std::vector<Array> unravel_index(const Array& positions, const Shape& shape) {
  constexpr const char* op = "unravel_index";
  require_integers(positions, op);
  const int64_t size = element_count(shape);
  const DType dtype = index_dtype(size);
  Array rest = converted(positions, dtype);
  std::vector<Array> result(shape.size());
  for (size_t i = shape.size(); i-- > 1;) {
    const int64_t length = std::max<int64_t>(shape[i], 1);
    result[i] = remainder(rest, length);
    rest = floor_divide(rest, length);
  }
  // Reading from a table checks what is left, and counts from the end what is negative.
  if (!shape.empty()) result[0] = take(arange(int64_t{0}, shape[0], int64_t{1}, dtype), rest);
  return result;
}

Array ravel_multi_index(const std::vector<Array>& indices, const Shape& shape) {
  constexpr const char* op = "ravel_multi_index";
  if (indices.size() != shape.size() || shape.empty())
    throw ValueError(op, ": expected one array of indices for each of the ", shape.size(), " axes, got ",
                     indices.size());
  const DType dtype = index_dtype(element_count(shape));
  Array result;
  int64_t stride = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    require_integers(indices[i], op);
    // Reading from a table checks the indices.
    const Array places = arange(int64_t{0}, shape[i], int64_t{1}, dtype) * Scalar(stride);
    const Array part = take(places, indices[i]);
    result = result.defined() ? part + result : part;
    stride *= shape[i];
  }
  return result;
}

}  // namespace ingot
