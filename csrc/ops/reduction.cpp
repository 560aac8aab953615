#include "ingot/ops/reduction.h"

#include <algorithm>
#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction_op.h"

namespace ingot {

namespace {

/// What every reduction has: its axes, and the rules that follow from them.
template <class Self, class Base>
struct ReduceOp : Define<Self, Base> {
  Axes axes;
  bool keepdims;
  ReduceOp(Axes along, bool keep) : axes(std::move(along)), keepdims(keep) {}
  auto attributes() const { return std::tie(axes, keepdims); }
  Op::Lowering lowering() const override { return Op::Lowering::reduction; }
  Reduction reduction() const override { return {Self::kReduce, axes, keepdims}; }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                          int64_t) const override {
    const Axes shifted = shift_axes(axes);
    return {apply(make_ref<Self>(shifted, keepdims), {inputs[0]},
                  {reduced_shape(inputs[0].shape(), shifted, keepdims), call.node().dtype()})};
  }

 protected:
  /// Something of the result's shape, stretched over the input's.
  Array spread(const Array& reduced, const Shape& shape) const {
    return broadcast_to(reshape(reduced, reduced_shape(shape, axes, true)), shape);
  }
};

struct Sum final : ReduceOp<Sum, LinearOp> {
  static constexpr const char* kName = "sum";
  static constexpr ReduceKind kReduce = ReduceKind::sum;
  using ReduceOp::ReduceOp;
  Array transpose(const Call& call, const Array& cotangent) const override {
    return spread(cotangent, call.in_shape(0));
  }
};

/// Each lane of `top` (..., 1) times the product of all elements of that lane of `x` (..., n) but one, for each one:
/// (..., n).
///
/// A tree of halves: products of halves upwards, products of all that lies outside a half downwards. No division, so
/// zeros are no special case, and nothing but differentiable operations.
Array times_all_others(const Array& x, const Array& top) {
  const int64_t axis = x.ndim() - 1;
  const int64_t n = x.shape().back();
  int64_t width = 1;
  while (width < n) width *= 2;

  std::vector<std::pair<int64_t, int64_t>> widths(x.shape().size(), {0, 0});
  widths.back() = {0, width - n};
  Array level = width == n ? x : pad(x, widths, 1);
  std::vector<std::vector<Array>> halves;
  while (level.shape().back() > 1) {
    halves.push_back(split(level, 2, axis));
    level = halves.back()[0] * halves.back()[1];
  }
  Array outside = top;
  for (; !halves.empty(); halves.pop_back())
    outside = concatenate({outside * halves.back()[1], outside * halves.back()[0]}, axis);
  if (width == n) return outside;
  Axes stop(outside.shape());
  stop.back() = n;
  return slice(outside, Axes(stop.size(), 0), stop, Axes(stop.size(), 1));
}

struct Prod final : ReduceOp<Prod, CustomOp> {
  static constexpr const char* kName = "prod";
  static constexpr ReduceKind kReduce = ReduceKind::prod;
  using ReduceOp::ReduceOp;

  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override {
    const Array x = call.in(0);
    return {partials(conj_if_complex(x), cotangents[0])};
  }

  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override {
    if (!tangents[0].defined()) return {Array()};
    const Array ones = full(call.node().shape(), 1, call.node().dtype());
    return {sum(tangents[0] * partials(call.in(0), ones), axes, keepdims)};
  }

 private:
  /// `g`, shaped as the result, times the derivative of the product by each element of `x`.
  Array partials(const Array& x, const Array& g) const {
    if (x.size() == 0) return zeros_like(x);
    // The reduced axes, joined, go last; and back again.
    Axes order, inverse(x.shape().size());
    Shape kept;
    for (int64_t i = 0; i < x.ndim(); ++i) {
      if (std::find(axes.begin(), axes.end(), i) != axes.end()) continue;
      order.push_back(i);
      kept.push_back(x.shape(i));
    }
    for (int64_t axis : axes) order.push_back(axis);
    for (size_t i = 0; i < order.size(); ++i) inverse[static_cast<size_t>(order[i])] = static_cast<int64_t>(i);

    const Array moved = ingot::transpose(x, order);
    Shape lanes(kept), tops(kept);
    lanes.push_back(-1);
    tops.push_back(1);
    const Array result = times_all_others(reshape(moved, lanes), reshape(g, tops));
    return ingot::transpose(reshape(result, moved.shape()), inverse);
  }
};

/// The largest or smallest element. Elements that tie share the gradient.
template <class Self>
struct Extremum : ReduceOp<Self, CustomOp> {
  using ReduceOp<Self, CustomOp>::ReduceOp;

  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override {
    const Array chosen = mask(call);
    const Array share = cotangents[0] / sum(astype(chosen, call.node().dtype()), this->axes, this->keepdims);
    return {where(chosen, this->spread(share, call.in_shape(0)), 0)};
  }

  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override {
    if (!tangents[0].defined()) return {Array()};
    const Array chosen = mask(call);
    const Array count = sum(astype(chosen, call.node().dtype()), this->axes, this->keepdims);
    return {sum(where(chosen, tangents[0], 0), this->axes, this->keepdims) / count};
  }

 private:
  /// Where the extremum is; a NaN is found too.
  Array mask(const Call& call) const {
    const Array x = call.in(0);
    const Array found = this->spread(call.out(), call.in_shape(0));
    return logical_or(x == found, logical_and(isnan(x), isnan(found)));
  }
};

struct Max final : Extremum<Max> {
  static constexpr const char* kName = "max";
  static constexpr ReduceKind kReduce = ReduceKind::max;
  using Extremum::Extremum;
};
struct Min final : Extremum<Min> {
  static constexpr const char* kName = "min";
  static constexpr ReduceKind kReduce = ReduceKind::min;
  using Extremum::Extremum;
};
struct All final : ReduceOp<All, NonDifferentiableOp> {
  static constexpr const char* kName = "all";
  static constexpr ReduceKind kReduce = ReduceKind::all;
  using ReduceOp::ReduceOp;
};
struct Any final : ReduceOp<Any, NonDifferentiableOp> {
  static constexpr const char* kName = "any";
  static constexpr ReduceKind kReduce = ReduceKind::any;
  using ReduceOp::ReduceOp;
};

template <class Reducer>
Array reduce(const Array& x, const Axes& axes, bool keepdims) {
  if (axes.empty()) return alias(x);
  return apply(make_ref<Reducer>(axes, keepdims), {x}, {reduced_shape(x.shape(), axes, keepdims), x.dtype()});
}

void require_elements(const Array& x, const Axes& axes, const char* op) {
  for (int64_t axis : axes)
    if (x.shape(axis) == 0)
      throw ValueError(op, ": nothing to choose from, axis ", axis, " of shape ", x.shape(), " is empty");
}

Axes checked_axes(const Array& x, const OptionalAxes& axes, const char* op) {
  require_defined(x, op);
  for (int64_t axis : axes.value_or(Axes{}))
    if (axis < -x.ndim() || axis >= x.ndim())
      throw IndexError(op, ": axis ", axis, " is out of range for the ", x.ndim(), " axes of shape ", x.shape());
  return normalize_axes(axes, x.ndim(), op);
}

template <class Reducer>
Array extremum(const Array& x, const OptionalAxes& axes, bool keepdims) {
  const Axes along = checked_axes(x, axes, Reducer::kName);
  require_order(x, Reducer::kName);
  require_elements(x, along, Reducer::kName);
  return reduce<Reducer>(x, along, keepdims);
}

int64_t count_along(const Shape& shape, const Axes& axes) {
  int64_t count = 1;
  for (int64_t axis : axes) count *= shape[static_cast<size_t>(axis)];
  return count;
}

template <class Reducer>
Array total(const Array& given, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  constexpr bool product = Reducer::kReduce == ReduceKind::prod;
  const Array x = autocast(Reducer::kName, given);
  const Axes along = checked_axes(x, axes, Reducer::kName);
  const auto [work, result] =
      dtype ? TotalDtypes{*dtype, *dtype} : total_dtypes(x.dtype(), count_along(x.shape(), along), product);
  return fitted(reduce<Reducer>(converted(x, work), along, keepdims), result, Reducer::kName);
}

/// float32 for float16 and bfloat16, whose sums would overflow or lose their last digits; else the array itself.
Array widened(const Array& x) { return converted(x, compute_dtype(to_inexact(x.dtype()))); }

Array variance(const Array& x, const Axes& axes, double correction, bool keepdims) {
  const auto count = static_cast<double>(count_along(x.shape(), axes));
  const Array deviation = x - mean(x, axes, true);
  const Array squares = is_complex(x.dtype()) ? square(real(deviation)) + square(imag(deviation)) : square(deviation);
  return sum(squares, axes, keepdims) / std::max(count - correction, 0.0);
}

}  // namespace

std::vector<OpRef> reduction_samples() {
  const Axes first{0};
  return {make_ref<Sum>(first, false), make_ref<Prod>(first, false), make_ref<Max>(first, false),
          make_ref<Min>(first, false), make_ref<All>(first, false),  make_ref<Any>(first, false)};
}

Array sum(const Array& x, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  return total<Sum>(x, axes, keepdims, dtype);
}
Array prod(const Array& x, const OptionalAxes& axes, bool keepdims, std::optional<DType> dtype) {
  return total<Prod>(x, axes, keepdims, dtype);
}

Array mean(const Array& given, const OptionalAxes& axes, bool keepdims) {
  const Array x = autocast("mean", given);
  const Axes along = checked_axes(x, axes, "mean");
  const auto count = static_cast<double>(count_along(x.shape(), along));
  return converted(sum(widened(x), along, keepdims) / count, to_inexact(x.dtype()));
}

Array var(const Array& given, const OptionalAxes& axes, double correction, bool keepdims) {
  const Array x = autocast("var", given);
  const Axes along = checked_axes(x, axes, "var");
  return converted(variance(widened(x), along, correction, keepdims), to_real(to_inexact(x.dtype())));
}

Array std(const Array& x, const OptionalAxes& axes, double correction, bool keepdims) {
  const Axes along = checked_axes(x, axes, "std");
  const Array squared = variance(widened(x), along, correction, keepdims);
  // Of equal numbers the derivative would be zero times the root's infinite slope; 0 is a subgradient.
  const Array flat = squared == 0;
  return converted(where(flat, 0, sqrt(where(flat, 1, squared))), to_real(to_inexact(x.dtype())));
}

Array max(const Array& x, const OptionalAxes& axes, bool keepdims) { return extremum<Max>(x, axes, keepdims); }
Array min(const Array& x, const OptionalAxes& axes, bool keepdims) { return extremum<Min>(x, axes, keepdims); }

Array all(const Array& x, const OptionalAxes& axes, bool keepdims) {
  const Axes along = checked_axes(x, axes, "all");
  return reduce<All>(converted(x, DType::bool_), along, keepdims);
}

Array any(const Array& x, const OptionalAxes& axes, bool keepdims) {
  const Axes along = checked_axes(x, axes, "any");
  return reduce<Any>(converted(x, DType::bool_), along, keepdims);
}

Array sum_to(const Array& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  if (broadcast_shapes(shape, x.shape(), "sum_to") != x.shape())
    throw ShapeError("sum_to: shape ", shape, " does not broadcast to ", x.shape());
  const size_t lead = x.shape().size() - shape.size();
  Axes axes;
  for (size_t i = 0; i < x.shape().size(); ++i)
    if (i < lead || (shape[i - lead] == 1 && x.shape()[i] != 1)) axes.push_back(static_cast<int64_t>(i));
  const Array summed = reduce<Sum>(x, axes, false);
  return summed.shape() == shape ? summed : reshape(summed, shape);
}

}  // namespace ingot
