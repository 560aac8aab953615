#include "ingot/ops/indexing.h"

#include <algorithm>

#include "ingot/engine/eval.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/index_plan.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/required_values.h"
#include "ingot/ops/scatter_reduce_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

Axes inverse(const Axes& order) {
  Axes out(order.size());
  for (size_t i = 0; i < order.size(); ++i) out[static_cast<size_t>(order[i])] = static_cast<int64_t>(i);
  return out;
}

/// The value of an assignment in `x`'s dtype, stretched to `shape`. As in NumPy, leading axes of length 1 too many do
/// not matter.
Array fitted(const Array& value, const Array& x, const Shape& shape, const char* op) {
  if (!value.defined()) throw ValueError(op, ": the value is an undefined array");
  if (is_complex(value.dtype()) && !is_complex(x.dtype()))
    throw TypeError(op, ": a complex value (", value.dtype(), ") does not fit an array of dtype ", x.dtype(),
                    "; take real(value)");
  Shape own(value.shape());
  while (own.size() > shape.size() && own[0] == 1) own.erase(0);
  if (own.size() > shape.size() || broadcast_shapes(own, shape, op) != shape)
    throw ShapeError(op, ": a value of shape ", value.shape(), " does not fit the indexed part, which has shape ",
                     shape);
  const Array converted = value.dtype() == x.dtype() ? value : astype(value, x.dtype());
  return broadcast_to(own == value.shape() ? converted : reshape(converted, own), shape);
}

/// The mask of `x[mask]` and `x[mask, ...]`, shaped so that it broadcasts against x; undefined for any other
/// expression, and where the value varies from one chosen place to the next. Such an assignment is a selection, which
/// needs no values, so `jit` and `vmap` can trace it.
Array selecting_mask(const Array& x, const std::vector<Index>& indices, const Array& value) {
  const bool alone = indices.size() == 1 || (indices.size() == 2 && std::holds_alternative<Ellipsis>(indices[1]));
  const Array* mask = alone ? std::get_if<Array>(&indices[0]) : nullptr;
  if (!mask || !mask->defined() || !is_bool(mask->dtype()) || !value.defined()) return Array();
  const auto ndim = static_cast<size_t>(mask->ndim());
  if (ndim == 0 || mask->ndim() > x.ndim() || value.ndim() > x.ndim() - mask->ndim()) return Array();
  if (!std::equal(mask->shape().begin(), mask->shape().end(), x.shape().begin())) return Array();
  Shape shape(mask->shape());
  shape.resize(x.shape().size(), 1);
  return reshape(*mask, shape);
}

Array region_of(const Array& x, const IndexPlan& plan) {
  return reshape(slice(x, plan.start, plan.stop, plan.step), plan.expanded);
}

/// What becomes of an element that is written to.
struct Rule {
  const char* op;
  Array (*together)(const Array& old, const Array& value);
  Array (*write)(const Array& base, const std::vector<Array>& indices, const Array& updates, const Axes& names);
};

template <bool adds>
Array scattered(const Array& base, const std::vector<Array>& indices, const Array& updates, const Axes& names) {
  return scatter(base, indices, updates, names, adds);
}

template <ScatterRule rule>
Array reduced(const Array& base, const std::vector<Array>& indices, const Array& updates, const Axes& names) {
  return scatter_reduce(base, indices, updates, names, rule);
}

constexpr Rule kSet{"index_update", [](const Array&, const Array& value) { return value; }, scattered<false>};
constexpr Rule kAdd{"index_add", ingot::add, scattered<true>};
constexpr Rule kMultiply{"index_multiply", ingot::multiply, reduced<ScatterRule::multiply>};
constexpr Rule kMinimum{"index_minimum", ingot::minimum, reduced<ScatterRule::minimum>};
constexpr Rule kMaximum{"index_maximum", ingot::maximum, reduced<ScatterRule::maximum>};

/// `x` with the part that `indices` name taken together with `value` by the rule.
Array assign(const Array& x, const std::vector<Index>& indices, const Array& value, const Rule& rule) {
  const char* op = rule.op;
  require_defined(x, op);
  if (const Array mask = selecting_mask(x, indices, value); mask.defined()) {
    const Shape rest(x.shape().begin() + std::get<Array>(indices[0]).ndim(), x.shape().end());
    const Array fit = fitted(value, x, rest, op);
    return where(mask, rule.together(x, fit), x);
  }
  const IndexPlan plan(x.shape(), indices);
  const Array fit = fitted(value, x, plan.result_shape(), op);
  if (plan.arrays.empty()) {
    return slice_update(x, reshape(rule.together(region_of(x, plan), fit), plan.region), plan.start, plan.step);
  }
  const Axes order = plan.indexed_first();
  const Array changed = rule.write(transpose(region_of(x, plan), order), plan.arrays, fit, plan.names);
  return slice_update(x, reshape(transpose(changed, inverse(order)), plan.region), plan.start, plan.step);
}

}  // namespace

Array index(const Array& x, const std::vector<Index>& indices) {
  require_defined(x, "index");
  const IndexPlan plan(x.shape(), indices);
  const Array region = region_of(x, plan);
  if (plan.arrays.empty()) return region;
  plan.result_shape();  // complains of index arrays that do not broadcast
  return gather(transpose(region, plan.indexed_first()), plan.arrays, plan.names);
}

Array index_update(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return assign(x, indices, value, kSet);
}

Array index_add(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return assign(x, indices, value, kAdd);
}

Array index_multiply(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return assign(x, indices, value, kMultiply);
}

Array index_minimum(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return assign(x, indices, value, kMinimum);
}

Array index_maximum(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return assign(x, indices, value, kMaximum);
}

Array take(const Array& x, const Array& indices, std::optional<int64_t> axis) {
  if (!x.defined() || !indices.defined()) throw ValueError("take: an operand is an undefined array");
  const Array operand = axis ? x : flatten(x);
  const int64_t along = axis ? normalize_axis(*axis, x.ndim(), "take") : 0;
  std::vector<Array> positions = leading_positions(operand.shape(), static_cast<size_t>(along), indices.shape().size());
  positions.push_back(indices);
  Axes names;
  for (int64_t i = 0; i <= along; ++i) names.push_back(i);
  return gather(operand, std::move(positions), names);
}

std::vector<Array> indices_along_axis(const Array& indices, int64_t axis) {
  std::vector<Array> positions;
  for (int64_t i = 0; i < indices.ndim(); ++i) {
    if (i == axis) {
      positions.push_back(indices);
      continue;
    }
    const int64_t length = indices.shape(i);
    Shape ramp(indices.shape().size(), 1);
    ramp[static_cast<size_t>(i)] = length;
    const DType dtype = index_dtype(length);
    positions.push_back(reshape(arange(int64_t{0}, length, int64_t{1}, dtype), ramp));
  }
  return positions;
}

Array take_along_axis(const Array& x, const Array& indices, int64_t axis) {
  if (!x.defined() || !indices.defined()) throw ValueError("take_along_axis: an operand is an undefined array");
  const int64_t along = normalize_axis(axis, x.ndim(), "take_along_axis");
  if (x.ndim() != indices.ndim())
    throw ShapeError("take_along_axis: expected indices of ", x.ndim(), " axes, as x of shape ", x.shape(),
                     " has, got ", indices.shape());
  Shape others(x.shape());
  others[static_cast<size_t>(along)] = indices.shape(along);
  const Shape shape = broadcast_shapes(others, indices.shape(), "take_along_axis");
  Shape source(shape);
  source[static_cast<size_t>(along)] = x.shape(along);
  Axes names;
  for (int64_t i = 0; i < x.ndim(); ++i) names.push_back(i);
  return gather(broadcast_to(x, source), indices_along_axis(broadcast_to(indices, shape), along), names);
}

std::vector<Array> nonzero(const Array& x) {
  require_defined(x, "nonzero");
  if (x.ndim() == 0) throw ShapeError("nonzero: a 0-d array has no axes to index; reshape it to (1,)");
  require_values(x, "nonzero or a boolean index", "how many elements there are",
                 "write where(mask, x, other) in place of x[mask], or give a reduction `where=mask`");
  Value keep_alive;
  const Tensor values = read(x, keep_alive);
  // Every position is written down, and the next one over it unless it counts: no guess of the processor's is wrong.
  std::vector<int64_t> found;
  visit(x.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    constexpr int64_t kTogether = 1024;
    int64_t position = 0, kept[kTogether];
    for_each_row<1>(values.shape, {&values.strides}, [&](const auto& at, const auto& step, int64_t count) {
      const T* row = values.as<T>() + at[0];
      for (int64_t first = 0; first < count; first += kTogether) {
        size_t some = 0;
        for (int64_t i = first; i < std::min(count, first + kTogether); ++i) {
          kept[some] = position++;
          some += convert<bool>(row[i * step[0]]);
        }
        found.insert(found.end(), kept, kept + some);
      }
    });
  });
  std::vector<Array> result(x.shape().size());
  const Shape shape{static_cast<int64_t>(found.size())};
  for (size_t axis = x.shape().size(); axis-- > 0;) {
    const int64_t length = x.shape()[axis];
    std::vector<int64_t> positions(found);
    if (axis > 0) {
      for (size_t i = 0; i < found.size(); ++i) {
        found[i] /= length;
        positions[i] -= found[i] * length;
      }
    }
    result[axis] = index_dtype(length) == DType::int32
                       ? from_data(std::vector<int32_t>(positions.begin(), positions.end()).data(), shape, DType::int32)
                       : from_data(positions.data(), shape, DType::int64);
  }
  return result;
}

}  // namespace ingot
