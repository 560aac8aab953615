#include <algorithm>

#include "ingot/ops/accumulator.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/strided_loop.h"
#include "ingot/ops/strided_view_op.h"

namespace ingot {

namespace {

/// The same steps for arrays that carry a batch axis in front.
std::vector<Axes> steps_with_batch(const std::vector<Axes>& steps, size_t ndim) {
  std::vector<Axes> out{Axes(ndim + 1, 0)};
  out[0][0] = 1;
  for (const Axes& step : steps) {
    out.push_back(step);
    out.back().insert(0, 0);
  }
  return out;
}

Axes start_with_batch(const Axes& start) {
  Axes out(start);
  out.insert(0, 0);
  return out;
}

/// `total + count * step`. Throws IndexError beyond 64 bits, where nothing can lie.
int64_t advanced(int64_t total, int64_t count, int64_t step, const char* op) {
  int64_t distance = 0, result = 0;
  if (__builtin_mul_overflow(count, step, &distance) || __builtin_add_overflow(total, distance, &result))
    throw IndexError(op, ": a window of ", count, " steps of ", step, " reaches beyond any array");
  return result;
}

void check_window(const Shape& whole, const Shape& shape, const Axes& start, const std::vector<Axes>& steps,
                  const char* op) {
  if (element_count(shape) == 0) return;
  for (size_t k = 0; k < whole.size(); ++k) {
    int64_t low = start[k], high = start[k];
    for (size_t j = 0; j < shape.size(); ++j) {
      int64_t& end = steps[j][k] < 0 ? low : high;
      end = advanced(end, shape[j] - 1, steps[j][k], op);
    }
    if (low < 0 || high >= whole[k])
      throw IndexError(op, ": elements ", low, " to ", high, " are asked for, beyond axis ", k, " with length ",
                       whole[k]);
  }
}

/// Strides on memory of strides `in` for each of `steps`.
Strides combined(const std::vector<Axes>& steps, const Strides& in) {
  Strides out(steps.size(), 0);
  for (size_t j = 0; j < steps.size(); ++j)
    for (size_t k = 0; k < in.size(); ++k) out[j] += steps[j][k] * in[k];
  return out;
}

int64_t offset_of(const Axes& start, const Strides& strides) {
  int64_t offset = 0;
  for (size_t k = 0; k < start.size(); ++k) offset += start[k] * strides[k];
  return offset;
}

/// How many leading axes of both are the same one by one, and nothing else moves along them.
size_t independent_axes(const AddStrided& op, const Shape& from) {
  size_t axis = 0;
  for (; axis < op.shape.size() && axis < op.steps.size(); ++axis) {
    if (op.start[axis] != 0 || from[axis] != op.shape[axis]) break;
    bool alone = true;
    for (size_t j = 0; j < op.steps.size(); ++j)
      for (size_t k = 0; k < op.shape.size(); ++k)
        if (j == axis || k == axis) alone &= op.steps[j][k] == (j == k);
    if (!alone) break;
  }
  return axis;
}

/// What lies in front of the other axes.
RowTasks rows_of(const AddStrided& op, const Tensor& x, const Tensor& out) {
  const Shape lead(out.shape.begin(), out.shape.begin() + independent_axes(op, x.shape));
  const int64_t count = element_count(lead);
  return {count, (x.size() + out.size()) / std::max<int64_t>(1, count), TaskedOp::kGrain};
}

}  // namespace

std::optional<Layout> StridedView::view(const Shape&, const Layout& in, const Shape&) const {
  return Layout{in.offset + offset_of(start, in.strides), combined(steps, in.strides)};
}

Array StridedView::transpose(const Call& call, const Array& cotangent) const {
  return add_strided(cotangent, call.in_shape(0), start, steps, kName);
}

std::vector<Array> StridedView::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&,
                                     int64_t batch) const {
  return {strided_view(inputs[0], with_batch(shape, batch), start_with_batch(start),
                       steps_with_batch(steps, start.size()), kName)};
}

Array AddStrided::transpose(const Call& call, const Array& cotangent) const {
  return strided_view(cotangent, call.in_shape(0), start, steps, kName);
}

std::vector<Array> AddStrided::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&,
                                    int64_t batch) const {
  return {add_strided(inputs[0], with_batch(shape, batch), start_with_batch(start),
                      steps_with_batch(steps, start.size()), kName)};
}

void AddStrided::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  run_tasks(inputs, outputs);
}

int64_t AddStrided::tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  return rows_of(*this, inputs[0], outputs[0]).tasks();
}

void AddStrided::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  const size_t lead = independent_axes(*this, x.shape);
  const RowTasks rows = rows_of(*this, x, out);
  const Strides strides = combined(steps, out.strides), to(strides.begin() + lead, strides.end());
  const Shape inner(x.shape.begin() + lead, x.shape.end());
  const Strides from(x.strides.begin() + lead, x.strides.end());
  const int64_t size = out.size() / std::max<int64_t>(1, rows.rows), offset = offset_of(start, out.strides);
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (int64_t row = rows.first(task); row < rows.last(task); ++row) {
      const T* source = x.as<T>() + offset_of_row(x, lead, row);
      T* target = out.as<T>() + row * size;
      std::fill_n(target, size, T{});
      for_each_row<2>(inner, {&from, &to}, [&](const auto& at, const auto& step, int64_t count) {
        for (int64_t i = 0; i < count; ++i) add_to(target[offset + at[1] + i * step[1]], source[at[0] + i * step[0]]);
      });
    }
  });
}

Array strided_view(const Array& x, const Shape& shape, const Axes& start, const std::vector<Axes>& steps,
                   const char* op) {
  check_window(x.shape(), shape, start, steps, op);
  if (element_count(shape) == 0)
    return apply(make_ref<StridedView>(shape, Axes(start.size(), 0), steps), {x}, {shape, x.dtype()});
  return apply(make_ref<StridedView>(shape, start, steps), {x}, {shape, x.dtype()});
}

Array add_strided(const Array& x, const Shape& shape, const Axes& start, const std::vector<Axes>& steps,
                  const char* op) {
  check_window(shape, x.shape(), start, steps, op);
  const DType computed = compute_dtype(x.dtype());
  const Array terms = converted(x, computed);
  const Array result = apply(make_ref<AddStrided>(shape, start, steps), {terms}, {shape, computed});
  return x.dtype() == computed ? result : astype(result, x.dtype());
}

}  // namespace ingot
