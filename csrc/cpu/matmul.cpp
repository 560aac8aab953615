// Matrix products: operands are used where they lie if one of their last two axes is dense, packed first otherwise; the
// product is cut into blocks by its shape alone.
#include <algorithm>

#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/matmul_op.h"

namespace ingot::cpu {
namespace {

/// Multiplications that are worth a block of their own.
constexpr int64_t kBlockWork = 4 * 1024 * 1024;
/// Sides of a block of a large product: smaller ones would spend too much on packing.
constexpr int64_t kBlockRows = 1024, kBlockColumns = 768;

int64_t ceil_divide(int64_t a, int64_t b) { return (a + b - 1) / b; }

/// A batch of matrices of one operand.
struct Matrices {
  Shape batch;      ///< the result's leading axes
  Strides strides;  ///< this operand's way through them; 0 where it is broadcast
  int64_t rows, columns;
  Window window;

  int64_t offset(int64_t index) const {
    int64_t elements = 0;
    for (size_t i = batch.size(); i-- > 0;) {
      elements += index % batch[i] * strides[i];
      index /= batch[i];
    }
    return elements;
  }
  /// True if Eigen can read them: one axis dense, and the other not folded back on itself.
  bool readable() const {
    const auto fits = [](int64_t inner, int64_t inner_length, int64_t outer, int64_t outer_length) {
      return (inner == 1 || inner_length <= 1) && (outer >= inner_length || outer_length <= 1);
    };
    return fits(window.column_stride, columns, window.row_stride, rows) ||
           fits(window.row_stride, rows, window.column_stride, columns);
  }
  /// With the strides of axes of length 1 chosen so that the dense one is 1.
  void normalise() {
    if (columns <= 1) window.column_stride = window.row_stride == 1 ? std::max<int64_t>(rows, 1) : 1;
    if (rows <= 1) window.row_stride = window.column_stride == 1 ? std::max<int64_t>(columns, 1) : 1;
  }
};

Matrices matrices_of(const Tensor& tensor, const Shape& batch) {
  const size_t leading = tensor.shape.size() - 2;
  Matrices result;
  result.batch = batch;
  result.rows = tensor.shape[leading];
  result.columns = tensor.shape[leading + 1];
  result.window = {tensor.strides[leading], tensor.strides[leading + 1]};
  const Shape own(tensor.shape.begin(), tensor.shape.begin() + leading);
  const Strides own_strides(tensor.strides.begin(), tensor.strides.begin() + leading);
  result.strides = broadcast_strides(own, own_strides, batch);
  return result;
}

/// An operand that must be rewritten before use: packed row by row, float16 and bfloat16 as float32. Broadcast matrices
/// are packed once.
class Packing {
 public:
  Packing() = default;
  Packing(Matrices source, DType dtype, const Pack& pack)
      : source_(std::move(source)), pack_(&pack), from_size_(size_of(dtype)) {
    const DType computed = compute_dtype(dtype);
    to_size_ = size_of(computed);
    if (computed != dtype) cast_ = pack.cast[static_cast<int>(dtype)][static_cast<int>(computed)];
    for (size_t i = 0; i < source_.batch.size(); ++i)
      if (source_.strides[i] == 0) source_.batch[i] = 1;
    count_ = element_count(source_.batch);
  }

  Matrices packed(const Shape& batch) const {
    Matrices result = source_;
    const int64_t size = source_.rows * source_.columns;
    Strides strides = contiguous_strides(source_.batch);
    for (size_t i = 0; i < strides.size(); ++i) strides[i] = source_.batch[i] == 1 ? 0 : strides[i] * size;
    result.batch = batch;
    result.strides = strides;
    result.window = {source_.columns, 1};
    return result;
  }

  Ref<Buffer> run(const void* data) const {
    const int64_t size = source_.rows * source_.columns;
    const Ref<Buffer> out = Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, count_ * size)) * to_size_);
    const Ref<Buffer> raw =
        cast_ ? Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, count_ * size)) * from_size_) : out;
    const auto copy = pack_->move[std::countr_zero(from_size_)].copy;
    parallel_for(count_, [&](int64_t i) {
      auto* target = static_cast<std::byte*>(raw->data()) + static_cast<size_t>(i * size) * from_size_;
      copy(target, {source_.columns, 1},
           static_cast<const std::byte*>(data) + source_.offset(i) * static_cast<int64_t>(from_size_), source_.window,
           source_.rows, source_.columns);
      if (cast_) cast_(static_cast<std::byte*>(out->data()) + static_cast<size_t>(i * size) * to_size_, target, size);
    });
    return out;
  }

 private:
  Matrices source_{};
  const Pack* pack_ = nullptr;
  size_t from_size_ = 0, to_size_ = 0;
  CastFn cast_ = nullptr;
  int64_t count_ = 0;
};

class MatMulKernel final : public Kernel {
 public:
  MatMulKernel(const KernelStep& step, const Pack& pack)
      : pack_(pack), dtype_(step.outputs[0].dtype), computed_(compute_dtype(dtype_)) {
    const Shape& out = step.outputs[0].shape;
    batch_ = Shape(out.begin(), out.end() - 2);
    m_ = out[out.size() - 2];
    n_ = out[out.size() - 1];
    for (int side = 0; side < 2; ++side) {
      operand_[side] = matrices_of(step.inputs[side], batch_);
      needs_packing_[side] = computed_ != dtype_ || !operand_[side].readable();
      if (needs_packing_[side]) {
        packing_[side] = Packing(operand_[side], dtype_, pack);
        operand_[side] = packing_[side].packed(batch_);
      }
    }
    k_ = operand_[0].columns;
    join_batch();
    count_ = element_count(batch_);
    for (Matrices& operand : operand_) operand.normalise();
    cut();
    gemm_ = pack.gemm[static_cast<int>(computed_)];
    size_ = static_cast<int64_t>(size_of(computed_));
  }

  void run(std::span<void* const> operands) const override {
    if (count_ * m_ * n_ == 0) return;
    Ref<Buffer> packed[2];
    const std::byte* data[2];
    for (int side = 0; side < 2; ++side) {
      if (needs_packing_[side]) packed[side] = packing_[side].run(operands[side]);
      data[side] = static_cast<const std::byte*>(needs_packing_[side] ? packed[side]->data() : operands[side]);
    }
    const bool narrow = computed_ != dtype_;
    const Ref<Buffer> wide = narrow ? Buffer::allocate(static_cast<size_t>(count_ * m_ * n_ * size_)) : Ref<Buffer>();
    auto* out = static_cast<std::byte*>(narrow ? wide->data() : operands[2]);
    const int64_t per_matrix = row_blocks_ * column_blocks_;
    parallel_for(ceil_divide(count_ * per_matrix, grain_), [&](int64_t task) {
      const int64_t last = std::min(count_ * per_matrix, (task + 1) * grain_);
      for (int64_t i = task * grain_; i < last; ++i) {
        const int64_t index = i / per_matrix, row = i % per_matrix / column_blocks_ * block_rows_,
                      column = i % column_blocks_ * block_columns_;
        multiply(data[0] + operand_[0].offset(index) * size_, data[1] + operand_[1].offset(index) * size_,
                 out + index * m_ * n_ * size_, row, column);
      }
    });
    if (narrow) pack_.cast[static_cast<int>(computed_)][static_cast<int>(dtype_)](operands[2], out, count_ * m_ * n_);
  }

 private:
  /// (batch, m, k) with one (k, n) for all is one product of batch * m rows, if the rows of `a` lie at one stride.
  void join_batch() {
    Matrices &a = operand_[0], &b = operand_[1];
    const bool shared = std::all_of(b.strides.begin(), b.strides.end(), [](int64_t stride) { return stride == 0; });
    if (!shared || batch_.empty() || (a.columns > 1 && a.window.column_stride != 1)) return;
    int64_t stride = a.window.row_stride, length = m_;
    for (size_t i = batch_.size(); i-- > 0;) {
      if (batch_[i] == 1) continue;
      if (length == 1) stride = a.strides[i];
      if (a.strides[i] != stride * length) return;
      length *= batch_[i];
    }
    if (length > 1 && stride < a.columns) return;
    m_ = a.rows = length;
    a.window.row_stride = stride;
    batch_ = a.batch = b.batch = Shape();
    a.strides = b.strides = Strides();
  }

  void cut() {
    const auto even = [](int64_t length, int64_t most) {
      const int64_t parts = ceil_divide(length, most);
      return std::min(length, (ceil_divide(length, parts) + 47) / 48 * 48);
    };
    const int64_t work = std::max<int64_t>(1, m_ * std::max<int64_t>(1, k_));
    block_rows_ = std::max<int64_t>(1, m_);
    block_columns_ = std::max<int64_t>(1, n_);
    if (work > kBlockWork / std::max<int64_t>(1, n_) * 4) {
      block_rows_ = std::max<int64_t>(1, even(m_, kBlockRows));
      block_columns_ = std::max<int64_t>(1, even(n_, kBlockColumns));
    }
    row_blocks_ = ceil_divide(m_, block_rows_);
    column_blocks_ = ceil_divide(n_, block_columns_);
    grain_ = std::max<int64_t>(1, kBlockWork / (block_rows_ * block_columns_ * std::max<int64_t>(1, k_)));
  }

  void multiply(const std::byte* a, const std::byte* b, std::byte* c, int64_t row, int64_t column) const {
    Gemm gemm{};
    gemm.m = std::min(block_rows_, m_ - row);
    gemm.n = std::min(block_columns_, n_ - column);
    gemm.k = k_;
    gemm.a_strides = operand_[0].window;
    gemm.b_strides = operand_[1].window;
    gemm.a = a + row * gemm.a_strides.row_stride * size_;
    gemm.b = b + column * gemm.b_strides.column_stride * size_;
    gemm.c = c + (row * n_ + column) * size_;
    gemm.c_row = n_;
    gemm_(gemm);
  }

  const Pack& pack_;
  DType dtype_, computed_;
  Shape batch_;
  int64_t m_, n_, k_ = 0, count_ = 1, size_ = 0;
  Matrices operand_[2];
  bool needs_packing_[2] = {};
  Packing packing_[2];
  int64_t block_rows_ = 1, block_columns_ = 1, row_blocks_ = 1, column_blocks_ = 1, grain_ = 1;
  GemmFn gemm_ = nullptr;
};

}  // namespace

std::unique_ptr<Kernel> make_matmul(const KernelStep& step, const Pack& pack) {
  return std::make_unique<MatMulKernel>(step, pack);
}

}  // namespace ingot::cpu
