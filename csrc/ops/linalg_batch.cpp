// What the operations on batches of matrices share.
#include <algorithm>
#include <numeric>
#include <vector>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

namespace {

Shape batch_of(const Tensor& matrices) { return Shape(matrices.shape.begin(), matrices.shape.end() - 2); }

/// Entries that a task takes: about as much work as `TaskedOp::kGrain` asks for.
int64_t entries_of_task(const Tensor& matrices) {
  const int64_t rows = matrices.shape[matrices.shape.size() - 2], columns = matrices.shape.back();
  constexpr int64_t kMost = 1 << 10;
  if (rows >= kMost || columns >= kMost) return 1;
  const int64_t work = std::max<int64_t>(1, rows * columns * std::min(rows, columns));
  return std::max<int64_t>(1, 4 * TaskedOp::kGrain / work);
}

/// The number of an entry as its position in the batch: `(1, 2)`.
Shape position(int64_t entry, const Shape& batch) {
  Shape at(batch);
  for (size_t axis = batch.size(); axis-- > 0;) {
    at[axis] = entry % batch[axis];
    entry /= batch[axis];
  }
  return at;
}

}  // namespace

std::vector<Array> MatrixOp::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                  int64_t batch) const {
  std::vector<Array> batched;
  for (size_t i = 0; i < inputs.size(); ++i) batched.push_back(give_batch(inputs[i], axes[i], batch));
  const Node& node = call.node();
  const auto with_batch_axis = [&](const Spec& spec) { return Spec{with_batch(spec.shape, batch), spec.dtype}; };
  if (!node.is_tuple()) return {apply(OpRef(this), batched, with_batch_axis(node.spec()))};
  std::vector<Spec> specs;
  for (const Spec& spec : node.output_specs()) specs.push_back(with_batch_axis(spec));
  return apply_tuple(OpRef(this), batched, specs);
}

void MatrixOp::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  run_tasks(inputs, outputs);
}

int64_t MatrixOp::tasks(std::span<const Tensor> inputs, std::span<const Tensor>) const {
  const int64_t each = entries_of_task(inputs[0]);
  return (element_count(batch_of(inputs[0])) + each - 1) / each;
}

void MatrixOp::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Shape batch = batch_of(inputs[0]);
  const int64_t each = entries_of_task(inputs[0]), first = task * each;
  const int64_t failed = run_entries(inputs, outputs, first, std::min(first + each, element_count(batch)));
  if (failed < 0) return;
  if (batch.empty()) throw LinAlgError(name(), ": the matrix ", complaint());
  throw LinAlgError(name(), ": the matrix at ", position(failed, batch), " of the batch ", complaint());
}

std::vector<Array> Pinv::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                              int64_t batch) const {
  return {apply(OpRef(this), {give_batch(inputs[0], axes[0], batch), give_batch(inputs[1], axes[1], batch)},
                {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

std::vector<Array> PivotOrder::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                    int64_t batch) const {
  return {apply(OpRef(this), {give_batch(inputs[0], axes[0], batch)},
                {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

void PivotOrder::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor& pivots = inputs[0];
  const int64_t exchanges = pivots.shape.back();
  const int64_t entries = element_count(Shape(pivots.shape.begin(), pivots.shape.end() - 1));
  for (int64_t entry = 0; entry < entries; ++entry) {
    const int64_t offset = offset_of_row(pivots, pivots.shape.size() - 1, entry);
    std::vector<int32_t> order(static_cast<size_t>(rows));
    std::iota(order.begin(), order.end(), 0);
    for (int64_t i = 0; i < exchanges; ++i) {
      const int64_t other = pivots.as<const int32_t>()[offset + i * pivots.strides.back()];
      if (other < 0 || other >= rows)
        throw IndexError(kName, ": pivot ", i, " is row ", other, " (counted from 0), but there are ", rows, " rows");
      std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(other)]);
    }
    int32_t* out = outputs[0].as<int32_t>() + entry * rows;
    for (int64_t i = 0; i < rows; ++i) {
      const int32_t row = order[static_cast<size_t>(i)];
      if (inverse)
        out[row] = static_cast<int32_t>(i);
      else
        out[i] = row;
    }
  }
}

}  // namespace ingot::linalg
