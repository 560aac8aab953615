// What the operations on batches of matrices share.
#include <algorithm>
#include <numeric>
#include <vector>

#include "ingot/graph/buffer.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/strided_loop.h"

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

DType widened(DType dtype) {
  return dtype == DType::complex64 ? DType::complex128 : dtype == DType::float32 ? DType::float64 : dtype;
}

/// Some entries of a batch, in memory of their own, in a dtype of twice the width.
class WideEntries {
 public:
  WideEntries(const Tensor& given, size_t batch_axes, int64_t first, int64_t last)
      : given_(given),
        batch_axes_(batch_axes),
        first_(first),
        own_(given.shape.begin() + batch_axes, given.shape.end()) {
    Shape shape(own_);
    shape.insert(0, last - first);
    memory_ = Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, element_count(shape))) * sizeof(complex128));
    tensor_ = {memory_->data(), widened(given.dtype), shape, contiguous_strides(shape)};
  }
  const Tensor& tensor() const { return tensor_; }
  void read() { copy<false>(); }
  void write() { copy<true>(); }

 private:
  template <bool back>
  void copy() {
    switch (given_.dtype) {
      case DType::complex64:
        return copy_as<complex64, complex128, back>();
      case DType::float32:
        return copy_as<float, double, back>();
      default:
        return copy_as<int32_t, int32_t, back>();
    }
  }
  template <class Narrow, class Wide, bool back>
  void copy_as() {
    const Strides from(given_.strides.begin() + batch_axes_, given_.strides.end()), to = contiguous_strides(own_);
    const int64_t each = element_count(own_);
    for (int64_t entry = 0; entry < tensor_.shape[0]; ++entry) {
      Narrow* narrow = given_.as<Narrow>() + offset_of_row(given_, batch_axes_, first_ + entry);
      Wide* wide = tensor_.as<Wide>() + entry * each;
      for_each_row<2>(own_, {&from, &to}, [&](const auto& at, const auto& step, int64_t count) {
        for (int64_t i = 0; i < count; ++i) {
          Narrow& x = narrow[at[0] + i * step[0]];
          Wide& y = wide[at[1] + i * step[1]];
          if constexpr (back)
            x = static_cast<Narrow>(y);
          else
            y = static_cast<Wide>(x);
        }
      });
    }
  }

  Tensor given_, tensor_;
  size_t batch_axes_;
  int64_t first_;
  Shape own_;
  Ref<Buffer> memory_;
};

/// Decompositions of complex64 in complex128: instantiating all of them once more would cost a megabyte.
template <class Run>
int64_t run_widened(const Run& run, std::span<const Tensor> inputs, std::span<const Tensor> outputs, const Shape& batch,
                    int64_t first, int64_t last) {
  std::vector<WideEntries> entries;
  std::vector<Tensor> tensors;
  for (const auto operands : {inputs, outputs})
    for (const Tensor& each : operands) {
      entries.emplace_back(each, batch.size(), first, last);
      tensors.push_back(entries.back().tensor());
    }
  for (size_t i = 0; i < inputs.size(); ++i) entries[i].read();
  const std::span<const Tensor> all(tensors);
  const int64_t failed = run(all.first(inputs.size()), all.subspan(inputs.size()), 0, last - first);
  if (failed >= 0) return first + failed;
  for (size_t i = inputs.size(); i < entries.size(); ++i) entries[i].write();
  return -1;
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
  const auto run = [this](const auto&... arguments) { return run_entries(arguments...); };
  run_task_by(run, inputs, outputs, task);
}

int64_t FactoringOp::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                                 int64_t last) const {
  return factor_entries(plain_matrix_fns(), inputs, outputs, first, last);
}

void FactoringOp::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task,
                           const MatrixFns& fns) const {
  const auto run = [&](const auto&... arguments) { return factor_entries(fns, arguments...); };
  run_task_by(run, inputs, outputs, task);
}

void MatrixOp::run_task_by(const RunEntries& run, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                           int64_t task) const {
  const Shape batch = batch_of(inputs[0]);
  const int64_t each = entries_of_task(inputs[0]), first = task * each;
  const int64_t last = std::min(first + each, element_count(batch));
  const int64_t failed = inputs[0].dtype == DType::complex64 ? run_widened(run, inputs, outputs, batch, first, last)
                                                             : run(inputs, outputs, first, last);
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
