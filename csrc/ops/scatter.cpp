#include "ingot/ops/scatter.h"

#include <algorithm>
#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/index_plan.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/required_values.h"
#include "ingot/ops/scatter_reduce_op.h"

namespace ingot {

namespace {

void require_defined(std::initializer_list<Array> arrays, const char* op) {
  for (const Array& x : arrays)
    if (!x.defined()) throw ValueError(op, ": an operand is an undefined array");
}

/// Values to be written into `x`, in its dtype.
Array in_dtype_of(const Array& x, const Array& values, const char* op) {
  if (values.dtype() == x.dtype()) return values;
  if (is_complex(values.dtype()) && !is_complex(x.dtype()))
    throw TypeError(op, ": complex values (", values.dtype(), ") do not fit an array of dtype ", x.dtype());
  return astype(values, x.dtype());
}

/// The element that changes nothing it meets.
Array neutral(Meeting meeting, DType dtype) {
  if (meeting == Meeting::add || meeting == Meeting::mean) return zeros({}, dtype);
  if (meeting == Meeting::multiply) return ones({}, dtype);
  const bool smallest = meeting == Meeting::maximum;
  if (is_floating(dtype)) {
    const double infinity = std::numeric_limits<double>::infinity();
    return full({}, smallest ? -infinity : infinity, dtype);
  }
  return visit(dtype, [&](auto tag) -> Array {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_same_v<T, bool>) {
      return full({}, !smallest, dtype);
    } else if constexpr (std::is_integral_v<T>) {
      const T end = smallest ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
      return from_data(&end, {}, dtype);
    } else {
      throw TypeError("expected a real dtype, which has an order, got ", dtype);
    }
  });
}

/// `x` and `values` at `indices` along its leading axes, met as `meeting` says.
Array met(const Array& x, const std::vector<Array>& indices, const Array& values, const Axes& names, Meeting meeting,
          bool include_self) {
  if (meeting == Meeting::replace) return scatter(x, indices, values, names, false);
  // Elements of x that do not take part give way to what changes nothing.
  const Array base =
      include_self ? x : scatter(x, indices, broadcast_to(neutral(meeting, x.dtype()), values.shape()), names, false);
  switch (meeting) {
    case Meeting::multiply:
      return scatter_reduce(base, indices, values, names, ScatterRule::multiply);
    case Meeting::minimum:
      return scatter_reduce(base, indices, values, names, ScatterRule::minimum);
    case Meeting::maximum:
      return scatter_reduce(base, indices, values, names, ScatterRule::maximum);
    default:
      break;
  }
  const Array total = scatter(base, indices, values, names, true);
  if (meeting == Meeting::add) return total;
  // Counted in a dtype that does not round.
  const Array start = include_self ? ones(x.shape(), DType::int64) : zeros(x.shape(), DType::int64);
  const Array count = maximum(scatter(start, indices, ones(values.shape(), DType::int64), names, true), 1);
  if (is_integer(x.dtype())) return floor_divide(total, astype(count, x.dtype()));
  return total / astype(count, x.dtype());
}

Axes all_axes(int64_t ndim) {
  Axes names;
  for (int64_t i = 0; i < ndim; ++i) names.push_back(i);
  return names;
}

/// The leading part of `x`, as long as `lengths`.
Array leading(const Array& x, const Shape& lengths) {
  return slice(x, Axes(lengths.size(), 0), lengths, Axes(lengths.size(), 1));
}

Array wrapped(const Array& indices, int64_t length, std::string_view mode, const char* op) {
  if (mode == "raise") return indices;
  if (mode != "wrap" && mode != "clip")
    throw ValueError(op, ": expected the mode 'raise', 'wrap' or 'clip', got '", mode, "'");
  if (!is_integer(indices.dtype()))
    throw IndexError(op, ": indices must be integers, got an array of dtype ", indices.dtype());
  // Nothing can be taken from nothing: the index stays, and is refused unless there is none.
  if (length == 0) return indices;
  const Array wide = astype(indices, DType::int64);
  return mode == "wrap" ? remainder(wide, length) : clip(wide, 0, length - 1);
}

}  // namespace

Meeting parse_meeting(std::string_view name) {
  if (name == "sum" || name == "add") return Meeting::add;
  if (name == "prod" || name == "multiply") return Meeting::multiply;
  if (name == "mean") return Meeting::mean;
  if (name == "amin" || name == "minimum") return Meeting::minimum;
  if (name == "amax" || name == "maximum") return Meeting::maximum;
  throw ValueError("expected the reduction 'sum', 'prod', 'mean', 'amin' or 'amax', got '", name, "'");
}

Array take(const Array& x, const Array& indices, std::optional<int64_t> axis, std::string_view mode) {
  require_defined({x, indices}, "take");
  return take(x, wrapped(indices, axis ? x.shape(*axis) : x.size(), mode, "take"), axis);
}

Array gather_along(const Array& x, int64_t axis, const Array& indices) {
  require_defined({x, indices}, "gather");
  if (x.ndim() == 0 && indices.ndim() <= 1) return reshape(take(reshape(x, {1}), indices, 0), indices.shape());
  const int64_t along = normalize_axis(axis, x.ndim(), "gather");
  if (x.ndim() != indices.ndim())
    throw ShapeError("gather: expected indices of ", x.ndim(), " axes, as x of shape ", x.shape(), " has, got ",
                     indices.shape());
  for (int64_t i = 0; i < x.ndim(); ++i)
    if (i != along && indices.shape(i) > x.shape(i))
      throw ShapeError("gather: indices of shape ", indices.shape(), " are longer than x of shape ", x.shape(),
                       " along axis ", i);
  return gather(x, indices_along_axis(indices, along), all_axes(x.ndim()));
}

Array put_along_axis(const Array& x, const Array& indices, const Array& values, int64_t axis, Meeting meeting) {
  constexpr const char* op = "put_along_axis";
  require_defined({x, indices, values}, op);
  const int64_t along = normalize_axis(axis, x.ndim(), op);
  if (x.ndim() != indices.ndim())
    throw ShapeError(op, ": expected indices of ", x.ndim(), " axes, as x of shape ", x.shape(), " has, got ",
                     indices.shape());
  Shape shape(x.shape());
  shape[static_cast<size_t>(along)] = indices.shape(along);
  const Array stretched = broadcast_to(indices, shape);
  return met(x, indices_along_axis(stretched, along), broadcast_to(in_dtype_of(x, values, op), shape),
             all_axes(x.ndim()), meeting, true);
}

Array scatter_along(const Array& x, int64_t axis, const Array& indices, const Array& values, Meeting meeting,
                    bool include_self) {
  constexpr const char* op = "scatter";
  require_defined({x, indices, values}, op);
  if (x.ndim() == 0)
    return reshape(scatter_along(reshape(x, {1}), 0, reshape(indices, {indices.size()}),
                                 reshape(values, {values.size()}), meeting, include_self),
                   {});
  const int64_t along = normalize_axis(axis, x.ndim(), op);
  if (indices.ndim() != x.ndim())
    throw ShapeError(op, ": expected indices of ", x.ndim(), " axes, as x of shape ", x.shape(), " has, got ",
                     indices.shape());
  for (int64_t i = 0; i < x.ndim(); ++i)
    if (i != along && indices.shape(i) > x.shape(i))
      throw ShapeError(op, ": indices of shape ", indices.shape(), " are longer than x of shape ", x.shape(),
                       " along axis ", i);
  const Array own = in_dtype_of(x, values, op);
  Array updates;
  if (own.ndim() == 0) {
    updates = broadcast_to(own, indices.shape());
  } else {
    for (int64_t i = 0; i < x.ndim(); ++i)
      if (own.ndim() != x.ndim() || indices.shape(i) > own.shape(i))
        throw ShapeError(op, ": values of shape ", values.shape(), " do not cover the indices of shape ",
                         indices.shape());
    updates = leading(own, indices.shape());
  }
  return met(x, indices_along_axis(indices, along), updates, all_axes(x.ndim()), meeting, include_self);
}

Array write_slices(const Array& x, int64_t axis, const Array& indices, const Array& source, Meeting meeting,
                   bool include_self) {
  constexpr const char* op = "index_copy";
  require_defined({x, indices, source}, op);
  if (indices.ndim() > 1) throw ShapeError(op, ": expected a vector of indices, got shape ", indices.shape());
  if (x.ndim() == 0) {
    const Array whole =
        write_slices(reshape(x, {1}), 0, indices, reshape(source, {source.size()}), meeting, include_self);
    return reshape(whole, {});
  }
  const int64_t along = normalize_axis(axis, x.ndim(), op);
  Shape shape(x.shape());
  shape[static_cast<size_t>(along)] = indices.size();
  const Array own = in_dtype_of(x, source, op);
  const Array slices = own.ndim() == 0 ? broadcast_to(own, shape) : own;
  if (slices.shape() != shape)
    throw ShapeError(op, ": expected a source of shape ", shape, " for ", indices.size(), " indices along axis ", along,
                     " of shape ", x.shape(), ", got ", source.shape());
  std::vector<Array> places = leading_positions(x.shape(), static_cast<size_t>(along), 1);
  places.push_back(reshape(indices, {indices.size()}));
  return met(x, places, slices, all_axes(along + 1), meeting, include_self);
}

Array select_scatter(const Array& x, const Array& source, int64_t axis, int64_t index) {
  require_defined({x, source}, "select_scatter");
  const int64_t along = normalize_axis(axis, x.ndim(), "select_scatter");
  std::vector<Index> place(static_cast<size_t>(along), Slice{});
  place.push_back(index);
  if (source.shape() != reduced_shape(x.shape(), {along}, false))
    throw ShapeError("select_scatter: expected a source of shape ", reduced_shape(x.shape(), {along}, false), ", got ",
                     source.shape());
  return index_update(x, place, source);
}

Array masked_select(const Array& x, const Array& mask) {
  require_defined({x, mask}, "masked_select");
  if (!is_bool(mask.dtype())) throw TypeError("masked_select: expected a mask of dtype bool, got ", mask.dtype());
  const Shape shape = broadcast_shapes(x.shape(), mask.shape(), "masked_select");
  if (shape.empty()) return masked_select(reshape(x, {1}), reshape(mask, {1}));
  return index(broadcast_to(x, shape), {broadcast_to(mask, shape)});
}

Array masked_fill(const Array& x, const Array& mask, const Array& value) {
  require_defined({x, mask, value}, "masked_fill");
  if (!is_bool(mask.dtype())) throw TypeError("masked_fill: expected a mask of dtype bool, got ", mask.dtype());
  return where(mask, in_dtype_of(x, value, "masked_fill"), x);
}

Array masked_scatter(const Array& x, const Array& mask, const Array& source) {
  require_defined({x, mask, source}, "masked_scatter");
  if (!is_bool(mask.dtype())) throw TypeError("masked_scatter: expected a mask of dtype bool, got ", mask.dtype());
  const Shape shape = broadcast_shapes(x.shape(), mask.shape(), "masked_scatter");
  if (shape.empty()) return reshape(masked_scatter(reshape(x, {1}), reshape(mask, {1}), source), {});
  require_values(mask, "masked_scatter", "how much of the source is used", "where(mask, y, x) takes what lies there");
  const std::vector<Array> places = nonzero(broadcast_to(mask, shape));
  const int64_t count = places[0].size();
  if (source.size() < count)
    throw ShapeError("masked_scatter: the mask has ", count, " true elements, but the source of shape ", source.shape(),
                     " has only ", source.size());
  const Array values = narrow(reshape(in_dtype_of(x, source, "masked_scatter"), {source.size()}), 0, 0, count);
  return scatter(broadcast_to(x, shape), places, values, all_axes(static_cast<int64_t>(shape.size())), false);
}

Array compress(const Array& condition, const Array& x, std::optional<int64_t> axis) {
  require_defined({condition, x}, "compress");
  if (condition.ndim() != 1) throw ShapeError("compress: expected a vector, got shape ", condition.shape());
  return take(x, nonzero(condition)[0], axis);
}

Array choose(const Array& which, const std::vector<Array>& choices, std::string_view mode) {
  if (choices.empty()) throw ValueError("choose: expected at least one array to choose from");
  std::vector<Array> all(choices);
  all.push_back(which);
  require_defined({which}, "choose");
  all = broadcast_arrays(all);
  const Array numbers = wrapped(all.back(), static_cast<int64_t>(choices.size()), mode, "choose");
  all.pop_back();
  return squeeze(take_along_axis(stack(all), expand_dims(numbers, {0}), 0), Axes{0});
}

Array segment_reduce(const Array& x, const Array& ids, std::optional<int64_t> count, Meeting meeting) {
  constexpr const char* op = "segment_reduce";
  require_defined({x, ids}, op);
  if (x.ndim() == 0 || ids.shape() != Shape{x.shape(0)})
    throw ShapeError(op, ": expected one segment number for each slice along axis 0, got shapes ", x.shape(), " and ",
                     ids.shape());
  const int64_t segments = count ? *count : ids.size() == 0 ? 0 : item<int64_t>(max(astype(ids, DType::int64))) + 1;
  if (segments < 0) throw ValueError(op, ": the number of segments must not be negative, got ", segments);
  Shape shape(x.shape());
  shape[0] = segments;
  const Array base = broadcast_to(neutral(meeting, x.dtype()), shape);
  return met(base, {ids}, x, {0}, meeting, meeting != Meeting::mean);
}

Array one_hot(const Array& x, std::optional<int64_t> classes, DType dtype) {
  require_defined({x}, "one_hot");
  if (!is_integer(x.dtype())) throw TypeError("one_hot: expected integers, got dtype ", x.dtype());
  if (!classes && x.size() == 0) throw ValueError("one_hot: the number of classes of no elements must be given");
  if (!classes) require_values(x, "one_hot", "the number of classes", "give it");
  const int64_t count = classes ? *classes : item<int64_t>(max(astype(x, DType::int64))) + 1;
  if (count < 1) throw ValueError("one_hot: expected at least one class, got ", count);
  Shape shape(x.shape());
  shape.push_back(count);
  return put_along_axis(zeros(shape, dtype), expand_dims(x, {-1}), ones({}, dtype), -1);
}

}  // namespace ingot
