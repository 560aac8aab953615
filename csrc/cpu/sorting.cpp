// Sorts with fewer lanes than threads: threads sort parts of a lane, which are then merged two by two.
#include <bit>

#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/graph/buffer.h"
#include "ingot/ops/sort_op.h"

namespace ingot::cpu {
namespace {

/// Elements from which a lane is shared.
constexpr int64_t kLongLane = 1 << 15;

class SharedSortKernel final : public Kernel {
 public:
  SharedSortKernel(const KernelStep& step, const Pack& pack)
      : whole_lanes_(make_tasked(step, pack)),
        op_(dynamic_cast<const OrderOp&>(*step.op)),
        x_(step.inputs[0]),
        result_(step.outputs[0]),
        axis_(static_cast<size_t>(op_.axis)),
        length_(x_.shape[axis_]),
        lanes_(x_.size() / length_),
        sorter_(lane_sorter(x_.dtype,
                            dynamic_cast<const Sort*>(step.op.get()) ? std::nullopt : std::optional(result_.dtype))) {}

  void run(std::span<void* const> operands) const override {
    if (lanes_ >= num_threads()) return whole_lanes_->run(operands);
    const auto bytes = static_cast<size_t>(length_) * sorter_.item;
    const Ref<Buffer> items = Buffer::allocate(bytes), spare = Buffer::allocate(bytes);
    for (int64_t lane = 0; lane < lanes_; ++lane)
      sort(start_of(x_, operands[0], lane), start_of(result_, operands[1], lane),
           static_cast<std::byte*>(items->data()), static_cast<std::byte*>(spare->data()));
  }

 private:
  void* start_of(const Tensor& operand, void* data, int64_t lane) const {
    int64_t offset = 0;
    for (size_t axis = operand.shape.size(); axis-- > 0;) {
      if (axis == axis_) continue;
      offset += lane % operand.shape[axis] * operand.strides[axis];
      lane /= operand.shape[axis];
    }
    return static_cast<std::byte*>(data) + offset * static_cast<int64_t>(size_of(operand.dtype));
  }

  void sort(void* from, void* to, std::byte* items, std::byte* spare) const {
    const auto parts = static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(num_threads())));
    const auto bound = [&](int64_t part) { return length_ * part / parts; };
    const auto bytes = [&](int64_t count) { return count * static_cast<int64_t>(sorter_.item); };
    parallel_for(parts, [&](int64_t part) {
      const int64_t begin = bound(part), end = bound(part + 1);
      sorter_.load({from, x_.strides[axis_], begin, end}, op_.descending, items);
      sorter_.sort(items + bytes(begin), spare + bytes(begin), end - begin);
    });
    for (int64_t width = 1; width < parts; width *= 2) {
      // As many pieces as there are parts: each pair of runs gives those of its own.
      parallel_for(parts, [&](int64_t piece) {
        const int64_t first = piece / (2 * width) * 2 * width;
        const int64_t start = bound(first), middle = bound(first + width), end = bound(first + 2 * width);
        sorter_.merge(items + bytes(start), middle - start, end - middle, bound(piece) - start,
                      bound(piece + 1) - start, spare + bytes(start));
      });
      std::swap(items, spare);
    }
    parallel_for(parts, [&](int64_t part) {
      sorter_.store(items, op_.descending, {to, result_.strides[axis_], bound(part), bound(part + 1)});
    });
  }

  std::unique_ptr<Kernel> whole_lanes_;
  const OrderOp& op_;
  Tensor x_, result_;
  size_t axis_;
  int64_t length_, lanes_;
  LaneSorter sorter_;
};

}  // namespace

std::unique_ptr<Kernel> make_sort(const KernelStep& step, const Pack& pack) {
  const Tensor& x = step.inputs[0];
  const auto axis = static_cast<size_t>(dynamic_cast<const OrderOp&>(*step.op).axis);
  if (is_complex(x.dtype) || axis >= x.shape.size() || x.shape[axis] < kLongLane || x.size() == 0)
    return make_tasked(step, pack);
  return std::make_unique<SharedSortKernel>(step, pack);
}

}  // namespace ingot::cpu
