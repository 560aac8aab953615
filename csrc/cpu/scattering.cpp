// Writing by arrays of indices: offsets are found and checked block by block, then rows of updates meet what is there.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/offsets.h"
#include "ingot/cpu/threads.h"
#include "ingot/graph/buffer.h"
#include "ingot/ops/scatter_rows.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Elements of a row that a task takes: a cache line of neighbours must not be shared.
constexpr int64_t kTaskColumns = 256;
constexpr int64_t kCopiedBytes = 256 * 1024;
/// Elements of a row from which vectors are worth a call.
constexpr int64_t kLongRow = 16;

/// An element is met by its updates in their order, for any number of threads: tasks take stretches of all rows or,
/// where rows are short, blocks of updates that go to places apart from each other.
class ScatterKernel final : public Kernel {
 public:
  /// `add`, if given, does the same as `meet` for one row.
  ScatterKernel(const KernelStep& step, const Pack& pack, ScatterFn meet, ElementwiseFn add, const Axes& axes)
      : base_(step.inputs[0]),
        updates_(step.inputs[1]),
        out_(step.outputs[0]),
        offsets_(out_, std::span(step.inputs).subspan(2), axes, pack),
        row_(element_count(Shape(out_.shape.begin() + static_cast<int64_t>(step.inputs.size()) - 2, out_.shape.end()))),
        size_(static_cast<int64_t>(size_of(out_.dtype))),
        meet_(meet),
        add_(add) {
    const bool one_for_all = row_ == 1 && std::all_of(updates_.strides.begin(), updates_.strides.end(),
                                                      [](int64_t stride) { return stride == 0; });
    distance_ = one_for_all ? 0 : row_;
    packs_ = !one_for_all && !updates_.contiguous();
    const Shape& places = step.inputs[2].shape;
    const int64_t line = places.empty() ? 1 : places.back();
    block_ = line > 0 && line <= kMostOffsets ? kMostOffsets / line * line : kMostOffsets;
  }

  void run(std::span<void* const> operands) const override {
    auto* out = static_cast<std::byte*>(operands.back());
    copy_base(operands[0], out);
    const void* updates = operands[1];
    Ref<Buffer> packed;
    if (packs_) {
      packed = Buffer::allocate(std::max<size_t>(1, static_cast<size_t>(updates_.size() * size_)));
      copy_window(updates_.shape, updates_.dtype, updates, updates_.strides, packed->data(),
                  contiguous_strides(updates_.shape));
      updates = packed->data();
    }
    const std::span<void* const> indices = operands.subspan(2, operands.size() - 3);
    const int64_t blocks = ceil_divide(offsets_.count(), block_);
    const auto meet = [&](int64_t block, int64_t begin, int64_t columns) {
      const int64_t first = block * block_;
      const std::span<const int64_t> offsets = find(indices, block);
      const std::byte* values = static_cast<const std::byte*>(updates) + (first * distance_ + begin) * size_;
      const auto count = static_cast<int64_t>(offsets.size());
      if (!add_ || columns < kLongRow)
        return meet_({out + begin * size_, offsets.data(), values, count, distance_, columns});
      for (int64_t i = 0; i < count; ++i) {
        std::byte* places = out + (offsets[static_cast<size_t>(i)] + begin) * size_;
        add_(places, places, values + i * distance_ * size_, nullptr, columns);
      }
    };
    if (row_ <= kTaskColumns && blocks > 1 && num_threads() > 1 && apart(indices, blocks))
      return parallel_for(blocks, [&](int64_t block) { meet(block, 0, row_); });
    parallel_for(ceil_divide(row_, kTaskColumns), [&](int64_t part) {
      const int64_t begin = part * kTaskColumns;
      for (int64_t block = 0; block < blocks; ++block) meet(block, begin, std::min(kTaskColumns, row_ - begin));
    });
  }

 private:
  void copy_base(const void* from, std::byte* out) const {
    if (!base_.contiguous()) return copy_window(base_.shape, base_.dtype, from, base_.strides, out, out_.strides);
    const int64_t bytes = out_.size() * size_;
    parallel_for(ceil_divide(bytes, kCopiedBytes), [&](int64_t part) {
      const int64_t begin = part * kCopiedBytes;
      std::memcpy(out + begin, static_cast<const std::byte*>(from) + begin,
                  static_cast<size_t>(std::min(kCopiedBytes, bytes - begin)));
    });
  }

  std::span<const int64_t> find(std::span<void* const> indices, int64_t block) const {
    const int64_t first = block * block_, count = std::min(block_, offsets_.count() - first);
    int64_t* offsets = offset_memory(count);
    offsets_.find(indices, first, count, offsets);
    return {offsets, static_cast<size_t>(count)};
  }

  /// True if no two blocks of updates come near the same place.
  bool apart(std::span<void* const> indices, int64_t blocks) const {
    std::vector<std::pair<int64_t, int64_t>> reach(static_cast<size_t>(blocks));
    parallel_for(blocks, [&](int64_t block) {
      const std::span<const int64_t> offsets = find(indices, block);
      const auto [least, most] = std::minmax_element(offsets.begin(), offsets.end());
      reach[static_cast<size_t>(block)] = {*least, *most};
    });
    std::sort(reach.begin(), reach.end());
    for (size_t i = 1; i < reach.size(); ++i)
      if (reach[i].first <= reach[i - 1].second) return false;
    return true;
  }

  Tensor base_, updates_, out_;
  Offsets offsets_;
  int64_t row_, size_, distance_ = 0;
  /// Updates of a block: whole lines of the indices, since the updates of one line often go into one line.
  int64_t block_;
  ScatterFn meet_;
  ElementwiseFn add_;
  bool packs_ = false;
};

}  // namespace

std::unique_ptr<Kernel> make_scatter(const KernelStep& step, const Pack& pack) {
  const DType dtype = step.outputs[0].dtype;
  if (const auto* op = dynamic_cast<const ScatterReduce*>(step.op.get()))
    return std::make_unique<ScatterKernel>(step, pack, scatter_reducing(op->rule, dtype), nullptr, op->axes);
  const auto& op = static_cast<const Scatter&>(*step.op);
  if (!op.add) return std::make_unique<ScatterKernel>(step, pack, scatter_replacing(dtype), nullptr, op.axes);
  return std::make_unique<ScatterKernel>(step, pack, scatter_adding(dtype),
                                         pack.elementwise[static_cast<int>(Opcode::add)][static_cast<int>(dtype)],
                                         op.axes);
}

}  // namespace ingot::cpu
