// argmax and argmin.
#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/reduction_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

template <class T>
int64_t find_extremum(const T* x, int64_t step, int64_t length, bool largest) {
  using Wide = std::conditional_t<is_half_type<T>, float, T>;
  int64_t best = 0;
  Wide extremum = static_cast<Wide>(x[0]);
  for (int64_t i = 1; i < length; ++i) {
    if (!(extremum == extremum)) return best;
    const Wide value = static_cast<Wide>(x[i * step]);
    // Written so that NaN wins too.
    if (largest ? !(value <= extremum) : !(value >= extremum)) {
      best = i;
      extremum = value;
    }
  }
  return best;
}

Array arg_reduce(const Array& x, std::optional<int64_t> axis, bool keepdims, bool largest) {
  const char* op = largest ? "argmax" : "argmin";
  const Lane lane(x, axis, op);
  require_order(x, op);
  const Array& operand = lane.operand;
  const int64_t along = lane.axis, length = lane.length();
  if (length == 0)
    throw ValueError(op, ": nothing to choose from, axis ", along, " of shape ", operand.shape(), " is empty");
  const Array index = apply(make_ref<ArgReduce>(largest, along), {operand},
                            {reduced_shape(operand.shape(), {along}, false), index_dtype(length)});
  if (!keepdims) return index;
  return reshape(index, axis ? reduced_shape(x.shape(), {along}, true) : Shape(x.shape().size(), 1));
}

}  // namespace

std::vector<Array> ArgReduce::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                                   int64_t) const {
  return {apply(make_ref<ArgReduce>(largest, axis + 1), {inputs[0]},
                {reduced_shape(inputs[0].shape(), {axis + 1}, false), call.node().dtype()})};
}

void ArgReduce::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor& x = inputs[0];
  const auto position = static_cast<size_t>(axis);
  const int64_t length = x.shape[position], step = x.strides[position];
  Strides kept(x.strides);
  kept.erase(position);
  visit(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (!is_complex_type<T>) {
      for_each_row<2>(outputs[0].shape, {&kept, &outputs[0].strides},
                      [&](const auto& at, const auto& by, int64_t count) {
                        for (int64_t i = 0; i < count; ++i) {
                          const int64_t index = find_extremum(x.as<T>() + at[0] + i * by[0], step, length, largest);
                          const int64_t out = at[1] + i * by[1];
                          if (outputs[0].dtype == DType::int64)
                            outputs[0].as<int64_t>()[out] = index;
                          else
                            outputs[0].as<int32_t>()[out] = static_cast<int32_t>(index);
                        }
                      });
    }
  });
}

Array argmax(const Array& x, std::optional<int64_t> axis, bool keepdims) { return arg_reduce(x, axis, keepdims, true); }
Array argmin(const Array& x, std::optional<int64_t> axis, bool keepdims) {
  return arg_reduce(x, axis, keepdims, false);
}

}  // namespace ingot
