#include "ingot/ops/apply.h"
#include "ingot/ops/index_loop.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/scatter_reduce_op.h"
#include "ingot/ops/scatter_rows.h"

namespace ingot {

using namespace index_loop;

namespace {

/// What a change of base and of updates contributes to the result: the derivative's diagonal, element by element.
struct Slopes {
  Array base, updates;

  Slopes(const Call& call, const std::vector<Array>& indices, const ScatterReduce& op) {
    const Array start = call.in(0), values = call.in(1);
    const DType dtype = start.dtype();
    const auto seen = [&](const Array& array) { return gather(array, indices, op.axes); };
    if (op.rule == ScatterRule::multiply) {
      // The product of all others: where one factor is zero, it alone has a slope.
      const Array base_zero = start == 0, zero = values == 0;
      const Array zeros_there = scatter(astype(base_zero, dtype), indices, astype(zero, dtype), op.axes, true);
      const Array one = ones({}, dtype);
      const Array rest = scatter_reduce(where(base_zero, one, start), indices, where(zero, one, values), op.axes,
                                        ScatterRule::multiply);
      const auto slope = [](const Array& factor, const Array& is_zero, const Array& count, const Array& product) {
        const Array others_are_zero = where(is_zero, count > 1, count > 0);
        return where(others_are_zero, 0, product / where(is_zero, ones({}, factor.dtype()), factor));
      };
      base = slope(start, base_zero, real_part(zeros_there), rest);
      updates = slope(values, zero, real_part(seen(zeros_there)), seen(rest));
      return;
    }
    const Array result = call.out();
    const Array base_won = astype(same(start, result), dtype), won = astype(same(values, seen(result)), dtype);
    const Array winners = scatter(base_won, indices, won, op.axes, true);
    base = base_won / winners;
    updates = won / seen(winners);
  }

  static Array real_part(const Array& x) { return is_complex(x.dtype()) ? real(x) : x; }
  /// Equal, or both NaN.
  static Array same(const Array& a, const Array& b) { return (a == b) | (isnan(a) & isnan(b)); }
};

std::vector<Array> indices_of(const Call& call) {
  std::vector<Array> indices;
  for (size_t i = 2; i < call.arity(); ++i) indices.push_back(call.in(i));
  return indices;
}

}  // namespace

const char* ScatterReduce::name() const {
  return rule == ScatterRule::multiply ? kName : rule == ScatterRule::minimum ? "scatter_minimum" : "scatter_maximum";
}

std::vector<Array> ScatterReduce::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  const Array& g = cotangents[0];
  if (!g.defined()) return result;
  const std::vector<Array> indices = indices_of(call);
  const Slopes slopes(call, indices, *this);
  if (call.needs(0)) result[0] = g * conj_if_complex(slopes.base);
  if (call.needs(1)) result[1] = gather(g, indices, axes) * conj_if_complex(slopes.updates);
  return result;
}

std::vector<Array> ScatterReduce::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined() && !tangents[1].defined()) return {Array()};
  const std::vector<Array> indices = indices_of(call);
  const Slopes slopes(call, indices, *this);
  const DType dtype = call.node().dtype();
  const Array base = tangents[0].defined() ? tangents[0] * slopes.base : zeros(call.in_shape(0), dtype);
  if (!tangents[1].defined()) return {base};
  return {scatter(base, indices, tangents[1] * slopes.updates, axes, true)};
}

std::vector<Array> ScatterReduce::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& batched,
                                       int64_t batch) const {
  std::vector<Array> indices(inputs.begin() + 2, inputs.end());
  const Shape& index_shape = call.in_shape(2);
  for (size_t i = 0; i < indices.size(); ++i) indices[i] = give_batch(indices[i], batched[i + 2], batch);
  indices.insert(indices.begin(), batch_index(with_batch(index_shape, batch), indices[0].dtype()));
  return {scatter_reduce(give_batch(inputs[0], batched[0], batch), indices, give_batch(inputs[1], batched[1], batch),
                         named_with_batch(axes), rule)};
}

void ScatterReduce::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &base = inputs[0], &updates = inputs[1], &out = outputs[0];
  const std::span<const Tensor> indices = inputs.subspan(2);
  copy_window(base.shape, base.dtype, base.data, base.strides, out.data, out.strides);
  std::vector<std::byte> values(static_cast<size_t>(updates.size()) * size_of(updates.dtype));
  copy_window(updates.shape, updates.dtype, updates.data, updates.strides, values.data(),
              contiguous_strides(updates.shape));
  std::vector<int64_t> offsets;
  for_each_index(out, indices, axes, [&](int64_t offset) { offsets.push_back(offset); });
  const int64_t row = element_count(tail(out.shape, indices.size()));
  scatter_reducing(
      rule, out.dtype)({out.data, offsets.data(), values.data(), static_cast<int64_t>(offsets.size()), row, row});
}

Array scatter_reduce(const Array& base, std::vector<Array> indices, const Array& updates, const Axes& axes,
                     ScatterRule rule) {
  const Ref<ScatterReduce> op = make_ref<ScatterReduce>(rule, axes);
  if (rule != ScatterRule::multiply && is_complex(base.dtype()))
    throw TypeError(op->name(), ": expected a real dtype, which has an order, got ", base.dtype());
  indices = agreed(std::move(indices), op->name());
  const Shape shape = joined(indices[0].shape(), tail(base.shape(), indices.size()));
  std::vector<Array> inputs{base, updates.shape() == shape ? updates : broadcast_to(updates, shape)};
  inputs.insert(inputs.end(), indices.begin(), indices.end());
  return apply(op, inputs, {base.shape(), base.dtype()});
}

}  // namespace ingot
