// Operations on rows: softmax, normalisation, cross entropy. Rows are handed to the pack in blocks; those that are not
// dense in memory are packed on the way.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/row_fns.h"
#include "ingot/cpu/threads.h"
#include "ingot/cpu/window.h"
#include "ingot/ops/cross_entropy_op.h"
#include "ingot/ops/normalisation_op.h"
#include "ingot/ops/softmax_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Elements of a block, so that it stays in the second-level cache; more where each block makes sums of its own.
constexpr int64_t kBlock = 16 * 1024, kSummedBlock = 64 * 1024;
/// Rows that are columns of memory are packed so many at a time, as a cache line holds, unless they are very long.
constexpr int64_t kPackedRows = 16, kPackedBlock = 1024 * 1024;

/// How an operand lies over rows and columns.
enum class Lies {
  matrix,      ///< one element for each row and column
  per_row,     ///< one element for each row
  per_column,  ///< one element for each column
  summed,      ///< an output per column, to which every row adds
};

struct RowOperand {
  /// Its place in RowArgs.
  int slot;
  Lies lies;
  Tensor tensor;
};

const TypedRowFns& typed(const Pack& pack, DType dtype) {
  return dtype == DType::float64 ? pack.rows->float64 : pack.rows->float32;
}

/// Calls a pack's function on the rows of operands, that is, along one axis of the matrices among them.
class RowKernel final : public Kernel {
 public:
  /// The first input is a matrix. Operands of `run` are those of `inputs`, then of `outputs`.
  RowKernel(const Pack& pack, RowFn fn, size_t axis, const std::vector<RowOperand>& inputs,
            const std::vector<RowOperand>& outputs, double epsilon = 0)
      : pack_(pack), fn_(fn), epsilon_(epsilon) {
    const Shape& shape = inputs[0].tensor.shape;
    FusedStep step;
    step.space = shape;
    step.space.erase(axis);
    step.space.push_back(shape[axis]);
    step.outer_axes = static_cast<uint32_t>(shape.size() - 1);
    step.reduced_axes = 1;
    const auto describe = [&](const RowOperand& operand) {
      return Operand{operand.tensor.dtype, strides_over(operand, axis, shape.size()), 0};
    };
    for (const RowOperand& input : inputs) step.inputs.push_back(describe(input));
    for (const RowOperand& output : outputs) step.outputs.push_back(describe(output));
    std::vector<Access> accesses;
    space_ = make_space(step, std::nullopt, accesses);
    for (size_t i = 0; i < accesses.size(); ++i) {
      const bool is_input = i < inputs.size();
      const RowOperand& operand = is_input ? inputs[i] : outputs[i - inputs.size()];
      bindings_.push_back({operand.slot, operand.lies, is_input, is_direct(operand.lies, accesses[i]), accesses[i]});
      summed_ += operand.lies == Lies::summed;
    }
    const int64_t columns = std::max<int64_t>(1, space_.count[column]);
    block_rows_ = std::max<int64_t>(1, (summed_ ? kSummedBlock : kBlock) / columns);
    if (!bindings_[0].direct) block_rows_ = std::max(block_rows_, std::min(kPackedRows, kPackedBlock / columns));
    blocks_ = (space_.count[row] + block_rows_ - 1) / block_rows_;
    element_ = size_of(inputs[0].tensor.dtype);
  }

  void run(std::span<void* const> operands) const override {
    const int64_t rows = space_.count[row], columns = space_.count[column];
    const auto partial_bytes = static_cast<size_t>(columns) * element_;
    const auto all_partials = static_cast<size_t>(summed_ * blocks_) * partial_bytes;
    const Ref<Buffer> partials = summed_ ? Buffer::allocate(std::max<size_t>(1, all_partials)) : Ref<Buffer>();
    if (columns > 0) {
      parallel_for(blocks_, [&](int64_t block) {
        const Range range{row, block * block_rows_, std::min(block_rows_, rows - block * block_rows_)};
        std::byte* sums =
            summed_ ? static_cast<std::byte*>(partials->data()) + static_cast<size_t>(block * summed_) * partial_bytes
                    : nullptr;
        if (summed_) std::memset(sums, 0, static_cast<size_t>(summed_) * partial_bytes);
        run_block(operands, range, sums);
      });
    }
    int64_t number = 0;
    for (size_t i = 0; i < bindings_.size(); ++i) {
      if (bindings_[i].lies != Lies::summed) continue;
      const auto* first =
          static_cast<const std::byte*>(partials->data()) + static_cast<size_t>(number++) * partial_bytes;
      if (element_ == sizeof(double))
        add_up<double>(operands[i], first, static_cast<int64_t>(summed_) * columns, columns);
      else
        add_up<float>(operands[i], first, static_cast<int64_t>(summed_) * columns, columns);
    }
  }

 private:
  struct Binding {
    int slot;
    Lies lies;
    bool is_input, direct;
    Access access;
  };

  /// Strides over the axes but `axis`, then along it.
  static Strides strides_over(const RowOperand& operand, size_t axis, size_t ndim) {
    Strides strides(operand.tensor.strides);
    switch (operand.lies) {
      case Lies::matrix: {
        const int64_t along = strides[axis];
        strides.erase(axis);
        strides.push_back(along);
        return strides;
      }
      case Lies::per_row:
        strides.push_back(0);
        return strides;
      default: {
        Strides along(ndim, 0);
        along.back() = strides[0];
        return along;
      }
    }
  }

  bool is_direct(Lies lies, const Access& access) const {
    if (lies == Lies::summed) return true;
    if (lies == Lies::per_row) return access.uniform[row];
    const bool dense = access.uniform[column] && (access.stride[column] == 1 || space_.count[column] <= 1);
    return dense && (lies == Lies::per_column || access.uniform[row]);
  }

  Range columns_of(Lies lies) const { return {column, 0, lies == Lies::per_row ? 1 : space_.count[column]}; }
  Range rows_of(Lies lies, Range rows) const { return lies == Lies::per_column ? Range{row, 0, 1} : rows; }

  void run_block(std::span<void* const> operands, Range rows, std::byte* sums) const {
    const int64_t columns = space_.count[column];
    RowArgs args;
    args.rows = rows.count;
    args.columns = columns;
    args.epsilon = epsilon_;
    size_t scratch_bytes = 0;
    const auto packed_bytes = [&](const Binding& binding) {
      const size_t elements = static_cast<size_t>(rows_of(binding.lies, rows).count * columns_of(binding.lies).count);
      return ((elements << binding.access.log_size) + 63) / 64 * 64;
    };
    for (const Binding& binding : bindings_)
      if (!binding.direct) scratch_bytes += packed_bytes(binding);
    std::byte* memory = scratch_bytes ? scratch(Scratch::packed, scratch_bytes) : nullptr;
    std::byte* packed[RowArgs::kInputs + RowArgs::kOutputs] = {};

    for (size_t i = 0; i < bindings_.size(); ++i) {
      const Binding& binding = bindings_[i];
      auto* base = static_cast<std::byte*>(operands[i]);
      void* data;
      int64_t stride;
      if (binding.lies == Lies::summed) {
        data = sums;
        stride = 0;
        sums += static_cast<size_t>(columns) * element_;
      } else if (binding.direct) {
        stride = binding.lies == Lies::per_column ? 0 : binding.access.stride[row];
        data = base + ((rows_of(binding.lies, rows).start * stride) << binding.access.log_size);
      } else {
        const Range across = columns_of(binding.lies);
        packed[i] = memory;
        memory += packed_bytes(binding);
        if (binding.is_input)
          gather(pack_, space_, binding.access, base, rows_of(binding.lies, rows), across, packed[i], across.count);
        data = packed[i];
        stride = binding.lies == Lies::per_column ? 0 : across.count;
      }
      (binding.is_input ? args.in_stride : args.out_stride)[binding.slot] = stride;
      if (binding.is_input)
        args.in[binding.slot] = data;
      else
        args.out[binding.slot] = data;
    }
    fn_(args);
    for (size_t i = 0; i < bindings_.size(); ++i) {
      const Binding& binding = bindings_[i];
      if (binding.is_input || binding.direct) continue;
      const Range across = columns_of(binding.lies);
      scatter(pack_, space_, binding.access, static_cast<std::byte*>(operands[i]), rows, across, packed[i],
              across.count);
    }
  }

  /// The sum of all blocks' sums, which lie `distance` elements apart.
  template <class T>
  void add_up(void* out, const void* first, int64_t distance, int64_t columns) const {
    std::vector<double> total(static_cast<size_t>(columns), 0.0);
    for (int64_t block = 0; block < blocks_; ++block) {
      const T* sums = static_cast<const T*>(first) + block * distance;
      for (size_t c = 0; c < total.size(); ++c) total[c] += static_cast<double>(sums[c]);
    }
    for (size_t c = 0; c < total.size(); ++c) static_cast<T*>(out)[c] = static_cast<T>(total[c]);
  }

  const Pack& pack_;
  RowFn fn_;
  double epsilon_;
  Space space_;
  std::vector<Binding> bindings_;
  int64_t summed_ = 0, block_rows_ = 1, blocks_ = 0;
  size_t element_ = 0;
};

/// The classes of cross entropy, as the pack takes them: int64, dense, -1 for those ignored.
class Classes {
 public:
  Classes(const KernelStep& step, int64_t ignored)
      : given_(step.inputs[1]), count_(step.inputs[0].shape.back()), ignored_(ignored) {}

  int64_t size() const { return given_.size(); }
  Tensor tensor() const { return {nullptr, DType::int64, given_.shape, contiguous_strides(given_.shape)}; }

  struct Checked {
    Ref<Buffer> indices;
    int64_t seen;  ///< how many are not ignored
  };
  /// Throws IndexError for a class that is out of range.
  Checked check(const void* data) const {
    Checked result{Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, size())) * sizeof(int64_t)), 0};
    auto* indices = static_cast<int64_t*>(result.indices->data());
    for_each_row<1>(given_.shape, {&given_.strides}, [&](const auto& at, const auto& step, int64_t count) {
      for (int64_t i = 0; i < count; ++i) {
        const int64_t offset = at[0] + i * step[0];
        const int64_t index = given_.dtype == DType::int64 ? static_cast<const int64_t*>(data)[offset]
                                                           : static_cast<const int32_t*>(data)[offset];
        const bool seen = index != ignored_;
        if (seen && (index < 0 || index >= count_)) throw_class_out_of_range(index, count_);
        *indices++ = seen ? index : -1;
        result.seen += seen;
      }
    });
    return result;
  }

 private:
  Tensor given_;
  int64_t count_, ignored_;
};

/// Losses of rows, and their mean.
class CrossEntropyKernel final : public Kernel {
 public:
  CrossEntropyKernel(const KernelStep& step, const Pack& pack, const CrossEntropy& op)
      : classes_(step, op.ignored), averaged_(op.averaged), dtype_(step.inputs[0].dtype) {
    const Shape& rows = step.inputs[1].shape;
    const Tensor each{nullptr, dtype_, rows, contiguous_strides(rows)};
    const std::vector<RowOperand> inputs{{0, Lies::matrix, step.inputs[0]}, {1, Lies::per_row, classes_.tensor()}};
    const std::vector<RowOperand> outputs{{0, Lies::per_row, each}, {1, Lies::per_row, each}};
    kernel_ = std::make_unique<RowKernel>(pack, typed(pack, dtype_).cross_entropy, rows.size(), inputs, outputs);
  }

  void run(std::span<void* const> operands) const override {
    const Classes::Checked classes = classes_.check(operands[1]);
    void* inner[] = {operands[0], classes.indices->data(), operands[2], operands[3]};
    if (!averaged_) return kernel_->run(inner);
    const Ref<Buffer> losses =
        Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, classes_.size())) * size_of(dtype_));
    inner[2] = losses->data();
    kernel_->run(inner);
    if (dtype_ == DType::float64)
      average<double>(losses->data(), classes.seen, operands);
    else
      average<float>(losses->data(), classes.seen, operands);
  }

 private:
  template <class T>
  void average(const void* losses, int64_t seen, std::span<void* const> operands) const {
    double total = 0;
    for (int64_t i = 0; i < classes_.size(); ++i) total += static_cast<double>(static_cast<const T*>(losses)[i]);
    *static_cast<T*>(operands[2]) = static_cast<T>(total / static_cast<double>(seen));
    *static_cast<T*>(operands[4]) = static_cast<T>(seen);
  }

  Classes classes_;
  bool averaged_;
  DType dtype_;
  std::unique_ptr<Kernel> kernel_;
};

class CrossEntropyGradientKernel final : public Kernel {
 public:
  CrossEntropyGradientKernel(const KernelStep& step, const Pack& pack, const CrossEntropyGradient& op)
      : classes_(step, op.ignored) {
    const std::vector<RowOperand> inputs{{0, Lies::matrix, step.inputs[0]},
                                         {1, Lies::per_row, classes_.tensor()},
                                         {2, Lies::per_row, step.inputs[2]},
                                         {3, Lies::per_row, step.inputs[3]}};
    const std::vector<RowOperand> outputs{{0, Lies::matrix, step.outputs[0]}};
    kernel_ = std::make_unique<RowKernel>(pack, typed(pack, step.inputs[0].dtype).cross_entropy_gradient,
                                          step.inputs[1].shape.size(), inputs, outputs);
  }

  void run(std::span<void* const> operands) const override {
    const Classes::Checked classes = classes_.check(operands[1]);
    void* const inner[] = {operands[0], classes.indices->data(), operands[2], operands[3], operands[4]};
    kernel_->run(inner);
  }

 private:
  Classes classes_;
  std::unique_ptr<Kernel> kernel_;
};

}  // namespace

std::unique_ptr<Kernel> make_softmax(const KernelStep& step, const Pack& pack) {
  const TypedRowFns& fns = typed(pack, step.inputs[0].dtype);
  const std::vector<RowOperand> outputs{{0, Lies::matrix, step.outputs[0]}};
  if (const auto* op = dynamic_cast<const SoftmaxGradient*>(step.op.get()))
    return std::make_unique<RowKernel>(
        pack, op->logarithmic ? fns.log_softmax_gradient : fns.softmax_gradient, static_cast<size_t>(op->axis),
        std::vector<RowOperand>{{0, Lies::matrix, step.inputs[0]}, {1, Lies::matrix, step.inputs[1]}}, outputs);
  const auto* plain = dynamic_cast<const Softmax*>(step.op.get());
  const int64_t axis = plain ? plain->axis : static_cast<const LogSoftmax&>(*step.op).axis;
  return std::make_unique<RowKernel>(pack, plain ? fns.softmax : fns.log_softmax, static_cast<size_t>(axis),
                                     std::vector<RowOperand>{{0, Lies::matrix, step.inputs[0]}}, outputs);
}

std::unique_ptr<Kernel> make_normalise(const KernelStep& step, const Pack& pack) {
  const RowNorm& norm = static_cast<const Normalise&>(*step.op).norm;
  const TypedRowFns& fns = typed(pack, step.inputs[0].dtype);
  std::vector<RowOperand> inputs{{0, Lies::matrix, step.inputs[0]}};
  if (norm.weighted) inputs.push_back({1, Lies::per_column, step.inputs[1]});
  if (norm.biased) inputs.push_back({2, Lies::per_column, step.inputs.back()});
  return std::make_unique<RowKernel>(pack, norm.centred ? fns.layer_norm : fns.rms_norm,
                                     step.inputs[0].shape.size() - 1, inputs,
                                     std::vector<RowOperand>{{0, Lies::matrix, step.outputs[0]}}, norm.epsilon);
}

std::unique_ptr<Kernel> make_normalise_gradient(const KernelStep& step, const Pack& pack) {
  const RowNorm& norm = static_cast<const NormaliseGradient&>(*step.op).norm;
  const TypedRowFns& fns = typed(pack, step.inputs[0].dtype);
  std::vector<RowOperand> inputs{{0, Lies::matrix, step.inputs[0]}};
  if (norm.weighted) inputs.push_back({1, Lies::per_column, step.inputs[1]});
  inputs.push_back({2, Lies::matrix, step.inputs.back()});
  std::vector<RowOperand> outputs{{0, Lies::matrix, step.outputs[0]}};
  if (norm.weighted) outputs.push_back({1, Lies::summed, step.outputs[1]});
  if (norm.biased) outputs.push_back({2, Lies::summed, step.outputs.back()});
  return std::make_unique<RowKernel>(pack, norm.centred ? fns.layer_norm_gradient : fns.rms_norm_gradient,
                                     step.inputs[0].shape.size() - 1, inputs, outputs, norm.epsilon);
}

std::unique_ptr<Kernel> make_cross_entropy(const KernelStep& step, const Pack& pack) {
  return std::make_unique<CrossEntropyKernel>(step, pack, static_cast<const CrossEntropy&>(*step.op));
}

std::unique_ptr<Kernel> make_cross_entropy_gradient(const KernelStep& step, const Pack& pack) {
  return std::make_unique<CrossEntropyGradientKernel>(step, pack, static_cast<const CrossEntropyGradient&>(*step.op));
}

}  // namespace ingot::cpu
