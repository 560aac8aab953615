// argmax and argmin.
#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/lanes.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/reduction_op.h"

namespace ingot {

namespace {

/// Lanes that go side by side, so that memory is read row by row; and how many do if they are dense themselves, and
/// only steps of one have to wait for each other.
constexpr int64_t kWidth = 128, kDenseWidth = 8;

Lanes<2> lanes_of(const Tensor& x, Tensor index, int64_t axis) {
  const auto along = static_cast<size_t>(axis);
  index.shape.insert(along, 1);
  index.strides.insert(along, 0);
  return Lanes<2>({&x, &index}, axis, x.strides[along] == 1 ? kDenseWidth : kWidth, TaskedOp::kGrain);
}

/// The places of the first extrema of lanes that begin `lane` elements apart.
template <bool largest, class T>
void find_extrema(const T* x, int64_t step, int64_t length, int64_t lane, int64_t lanes, int64_t* best) {
  using Wide = std::conditional_t<is_half_type<T>, float, T>;
  Wide extremum[kWidth];
  for (int64_t l = 0; l < lanes; ++l) {
    extremum[l] = static_cast<Wide>(x[l * lane]);
    best[l] = 0;
  }
  for (int64_t i = 1; i < length; ++i)
    for (int64_t l = 0; l < lanes; ++l) {
      const Wide value = static_cast<Wide>(x[i * step + l * lane]), before = extremum[l];
      // Written so that NaN wins too, the first of them. Neither part is a branch.
      const bool wins = (before == before) & !(largest ? value <= before : value >= before);
      best[l] = wins ? i : best[l];
      extremum[l] = wins ? value : before;
    }
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

int64_t ArgReduce::tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  return lanes_of(inputs[0], outputs[0], axis).tasks();
}

void ArgReduce::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Tensor &x = inputs[0], &index = outputs[0];
  const auto along = static_cast<size_t>(axis);
  visit(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (!is_complex_type<T>) {
      const auto find = largest ? &find_extrema<true, T> : &find_extrema<false, T>;
      lanes_of(x, index, axis).for_each_group(task, [&](const auto& at, const auto& by, int64_t lanes) {
        int64_t best[kWidth];
        find(x.as<T>() + at[0], x.strides[along], x.shape[along], by[0], lanes, best);
        for (int64_t l = 0; l < lanes; ++l) {
          const int64_t out = at[1] + l * by[1];
          if (index.dtype == DType::int64)
            index.as<int64_t>()[out] = best[l];
          else
            index.as<int32_t>()[out] = static_cast<int32_t>(best[l]);
        }
      });
    }
  });
}

void ArgReduce::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  run_tasks(inputs, outputs);
}

Array argmax(const Array& x, std::optional<int64_t> axis, bool keepdims) { return arg_reduce(x, axis, keepdims, true); }
Array argmin(const Array& x, std::optional<int64_t> axis, bool keepdims) {
  return arg_reduce(x, axis, keepdims, false);
}

}  // namespace ingot
