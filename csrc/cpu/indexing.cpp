// Reading by arrays of indices: offsets are found and checked block by block, then whole rows are moved.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/kernels.h"
#include "ingot/cpu/offsets.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/reduction_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Bytes that one task moves.
constexpr int64_t kTaskBytes = 256 * 1024;

Shape tail(const Shape& shape, size_t first) { return Shape(shape.begin() + first, shape.end()); }

class GatherKernel final : public Kernel {
 public:
  GatherKernel(const KernelStep& step, const Pack& pack)
      : x_(step.inputs[0]),
        offsets_(x_, std::span(step.inputs).subspan(1), static_cast<const Gather&>(*step.op).axes, pack),
        rest_(tail(x_.shape, step.inputs.size() - 1)),
        from_(x_.strides.begin() + step.inputs.size() - 1, x_.strides.end()),
        to_(contiguous_strides(rest_)),
        row_(element_count(rest_)),
        size_(static_cast<int64_t>(size_of(x_.dtype))),
        packed_(is_contiguous(rest_, from_)) {
    const int64_t bytes = std::max<int64_t>(1, row_ * size_);
    task_ = std::clamp<int64_t>(kTaskBytes / bytes, 1, kMostOffsets);
  }

  void run(std::span<void* const> operands) const override {
    const auto* source = static_cast<const std::byte*>(operands[0]);
    auto* target = static_cast<std::byte*>(operands.back());
    parallel_for((offsets_.count() + task_ - 1) / task_, [&](int64_t block) {
      const int64_t first = block * task_, count = std::min(task_, offsets_.count() - first);
      int64_t* offsets = offset_memory(count);
      offsets_.find(operands.subspan(1, operands.size() - 2), first, count, offsets);
      std::byte* out = target + first * row_ * size_;
      visit_width(x_.dtype, [&](auto tag) { copy_rows<typename decltype(tag)::type>(source, offsets, count, out); });
    });
  }

 private:
  template <class Bytes>
  void copy_rows(const std::byte* source, const int64_t* offsets, int64_t count, std::byte* target) const {
    const auto* in = reinterpret_cast<const Bytes*>(source);
    auto* out = reinterpret_cast<Bytes*>(target);
    if (row_ == 1) {
      for (int64_t i = 0; i < count; ++i) out[i] = in[offsets[i]];
    } else if (packed_) {
      for (int64_t i = 0; i < count; ++i)
        std::memcpy(out + i * row_, in + offsets[i], static_cast<size_t>(row_) * sizeof(Bytes));
    } else {
      for (int64_t i = 0; i < count; ++i) copy_elements<Bytes>(rest_, in + offsets[i], from_, out + i * row_, to_);
    }
  }

  Tensor x_;
  Offsets offsets_;
  Shape rest_;
  Strides from_, to_;
  int64_t row_, size_, task_ = 1;
  bool packed_;
};

/// argmax and argmin along dense rows: the extremum by the pack's reduction, then where it is first.
class ArgReduceKernel final : public Kernel {
 public:
  ArgReduceKernel(const KernelStep& step, const Pack& pack, const ArgReduce& op)
      : x_(step.inputs[0]), index_(step.outputs[0]), axis_(static_cast<size_t>(op.axis)) {
    const ReduceKind kind = op.largest ? ReduceKind::max : ReduceKind::min;
    reduce_ = &pack.reduce[static_cast<int>(kind)][static_cast<int>(x_.dtype)];
    kept_ = x_.strides;
    kept_.erase(axis_);
  }

  static bool can(const KernelStep& step, const ArgReduce& op) {
    const Tensor& x = step.inputs[0];
    const auto axis = static_cast<size_t>(op.axis);
    return (x.dtype == DType::float32 || x.dtype == DType::float64 || x.dtype == DType::int32 ||
            x.dtype == DType::int64) &&
           x.strides[axis] == 1 && x.shape[axis] >= 16;
  }

  void run(std::span<void* const> operands) const override {
    const int64_t rows = index_.size(), columns = x_.shape[axis_];
    const int64_t task = std::max<int64_t>(1, kTaskBytes / (columns * static_cast<int64_t>(size_of(x_.dtype))));
    parallel_for((rows + task - 1) / task, [&](int64_t block) {
      for (int64_t row = block * task; row < std::min(rows, (block + 1) * task); ++row) {
        int64_t at = 0, rest = row;
        for (size_t axis = kept_.size(); axis-- > 0;) {
          at += rest % index_.shape[axis] * kept_[axis];
          rest /= index_.shape[axis];
        }
        write(operands[1], row, find_in_row(operands[0], at, columns));
      }
    });
  }

 private:
  int64_t find_in_row(const void* data, int64_t at, int64_t columns) const {
    return visit(x_.dtype, [&](auto tag) -> int64_t {
      using T = typename decltype(tag)::type;
      if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double> || std::is_same_v<T, int32_t> ||
                    std::is_same_v<T, int64_t>) {
        const T* x = static_cast<const T*>(data) + at;
        T extremum;
        alignas(16) std::byte accumulator[16];
        reduce_->init(accumulator, 1);
        reduce_->rows(accumulator, x, 1, columns, columns);
        reduce_->finish(&extremum, accumulator, 1);
        return first_equal(x, columns, extremum);
      } else {
        throw TypeError("argmax: no kernel for ", x_.dtype);
      }
    });
  }

  /// The first position of `value`, which is there; of NaN, the first NaN.
  template <class T>
  static int64_t first_equal(const T* x, int64_t count, T value) {
    constexpr int64_t kStretch = 64;
    const auto equal = [value](T element) {
      if constexpr (std::is_floating_point_v<T>) return element == value || (value != value && element != element);
      return element == value;
    };
    int64_t i = 0;
    for (; i + kStretch <= count; i += kStretch) {
      int found = 0;
      for (int64_t k = 0; k < kStretch; ++k) found |= equal(x[i + k]);
      if (found) break;
    }
    while (i + 1 < count && !equal(x[i])) ++i;
    return i;
  }

  void write(void* out, int64_t row, int64_t index) const {
    if (index_.dtype == DType::int64)
      static_cast<int64_t*>(out)[row] = index;
    else
      static_cast<int32_t*>(out)[row] = static_cast<int32_t>(index);
  }

  Tensor x_, index_;
  size_t axis_;
  Strides kept_;
  const ReduceFns* reduce_;
};

}  // namespace

std::unique_ptr<Kernel> make_gather(const KernelStep& step, const Pack& pack) {
  return std::make_unique<GatherKernel>(step, pack);
}

std::unique_ptr<Kernel> make_arg_reduce(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const ArgReduce&>(*step.op);
  if (!ArgReduceKernel::can(step, op)) return make_tasked(step, pack);
  return std::make_unique<ArgReduceKernel>(step, pack, op);
}

}  // namespace ingot::cpu
