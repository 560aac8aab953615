// Euclidean distances of all pairs of rows: those of one side are made columns, along which vectors run.
#include <algorithm>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/matrices.h"
#include "ingot/cpu/threads.h"
#include "ingot/graph/buffer.h"
#include "ingot/ops/distances_op.h"

namespace ingot::cpu {
namespace {

/// Rows of a task.
constexpr int64_t kTaskRows = 64;

class DistancesKernel final : public Kernel {
 public:
  DistancesKernel(const KernelStep& step, const Pack& pack)
      : x_(matrices_of(step.inputs[0], batch_of(step.outputs[0]))),
        y_(matrices_of(step.inputs[1], batch_of(step.outputs[0])).transposed()),
        size_(static_cast<int64_t>(size_of(step.outputs[0].dtype))),
        whole_columns_(ceil_divide(y_.columns, kDistanceColumns) * kDistanceColumns),
        rewriting_(y_, y_.rows * whole_columns_),
        move_(pack.move[size_ == 8 ? 3 : 2]),
        distances_(pack.distances[size_ == 8]) {
    y_.strides = rewriting_.strides();
  }

  void run(std::span<void* const> operands) const override {
    const int64_t matrices = element_count(x_.batch), blocks = ceil_divide(x_.rows, kTaskRows);
    const Ref<Buffer> columns = rewriting_.allocate(static_cast<size_t>(size_));
    auto* y = static_cast<std::byte*>(columns->data());
    parallel_for(rewriting_.count(), [&](int64_t i) {
      const Matrices& source = rewriting_.source();
      move_.copy(y + i * rewriting_.elements() * size_, {whole_columns_, 1},
                 static_cast<const std::byte*>(operands[1]) + source.offset(i) * size_, source.window, source.rows,
                 source.columns);
    });
    parallel_for(matrices * blocks, [&](int64_t task) {
      const int64_t i = task / blocks, first = task % blocks * kTaskRows;
      Distances distances{};
      distances.rows = std::min(kTaskRows, x_.rows - first);
      distances.columns = distances.out_row = y_.columns;
      distances.depth = y_.rows;
      distances.y_row = whole_columns_;
      distances.x_strides = x_.window;
      distances.x = static_cast<const std::byte*>(operands[0]) + (x_.offset(i) + first * x_.window.row_stride) * size_;
      distances.y = y + y_.offset(i) * size_;
      distances.out = static_cast<std::byte*>(operands[2]) + (i * x_.rows + first) * y_.columns * size_;
      distances_(distances);
    });
  }

 private:
  Matrices x_, y_;  ///< y as it is rewritten
  int64_t size_, whole_columns_;
  Rewriting rewriting_;
  MoveFns move_;
  DistancesFn distances_;
};

}  // namespace

std::unique_ptr<Kernel> make_distances(const KernelStep& step, const Pack& pack) {
  return std::make_unique<DistancesKernel>(step, pack);
}

}  // namespace ingot::cpu
