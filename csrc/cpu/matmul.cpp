// Matrix products: cut into windows by shape alone, each computed by a pack's kernel and finished while in the cache.
#include <algorithm>
#include <optional>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/matrices.h"
#include "ingot/cpu/product_plan.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/matmul_op.h"

namespace ingot::cpu {
namespace {

class MatMulKernel final : public Kernel {
 public:
  MatMulKernel(const KernelStep& step, const Pack& pack)
      : pack_(pack),
        dtype_(step.outputs[0].dtype),
        computed_(compute_dtype(dtype_)),
        size_(static_cast<int64_t>(size_of(computed_))),
        in_words_(dtype_ == DType::bfloat16 && pack.pair),
        gemm_(pack.gemm[static_cast<int>(in_words_ ? dtype_ : computed_)]),
        panels_(pack.panels[static_cast<int>(in_words_ ? dtype_ : computed_)]) {
    const Shape batch = batch_of(step.outputs[0]);
    for (int side = 0; side < 2; ++side) {
      Matrices& operand = operand_[side];
      operand = matrices_of(step.inputs[side], batch);
      if (in_words_) {
        pairing_[side] = Pairing(operand, side == 1, pack);
        operand = pairing_[side].result();
        continue;
      }
      converts_[side] = computed_ != dtype_ || (!panels_.pack && !operand.one_axis_dense());
      if (!converts_[side]) continue;
      conversion_[side] = Conversion(operand, dtype_, pack);
      operand = conversion_[side].result();
    }
    auto row_axes = static_cast<uint32_t>(batch.size() + 1);
    if (!join_batch()) row_axes = 1;
    if (step.epilogue)
      epilogue_.emplace(*step.epilogue, pack, static_cast<uint32_t>(batch.size() + 1) - row_axes, row_axes);
    for (Matrices& operand : operand_) operand.normalise();
    choose_parts();
  }

  void run(std::span<void* const> operands) const override {
    const int64_t count = element_count(operand_[0].batch);
    if (count * rows() * columns() == 0) return;
    Ref<Buffer> rewritten[3];
    const std::byte* data[2];
    for (int side = 0; side < 2; ++side) {
      if (in_words_) rewritten[side] = pairing_[side].run(operands[side]);
      if (converts_[side]) rewritten[side] = conversion_[side].run(operands[side]);
      data[side] = static_cast<const std::byte*>(rewritten[side] ? rewritten[side]->data() : operands[side]);
    }
    Call call{data[exchanged_], data[!exchanged_], nullptr, operands};
    if (epilogue_)
      call.result = epilogue_->result_itself(operands.subspan(2));
    else if (computed_ == dtype_)
      call.result = operands[2];
    if (in_panels_) {
      rewritten[2] = pack_right(call.right);
      call.right = static_cast<const std::byte*>(rewritten[2]->data());
    }
    const int64_t windows = count * cut_.per_matrix();
    parallel_for((windows + cut_.grain - 1) / cut_.grain, [&](int64_t block) {
      const int64_t last = std::min(windows, (block + 1) * cut_.grain);
      for (int64_t i = block * cut_.grain; i < last; ++i) {
        const int64_t within = i % cut_.per_matrix();
        compute(call, i / cut_.per_matrix(), within / cut_.column_count * cut_.rows,
                within % cut_.column_count * cut_.columns);
      }
    });
  }

 private:
  struct Call {
    const std::byte *left, *right;
    void* result;  ///< all of it, or null if it passes through scratch memory
    std::span<void* const> operands;
  };

  // The product as the kernel sees it: its left operand is read number by number, its right one by vectors.
  const Matrices& left() const { return operand_[exchanged_]; }
  const Matrices& right() const { return operand_[!exchanged_]; }
  int64_t rows() const { return left().rows; }
  int64_t columns() const { return right().columns; }
  int64_t depth() const { return left().columns; }

  /// (batch, m, k) with one (k, n) for all is one product of batch * m rows, if the rows of `a` lie at one stride.
  bool join_batch() {
    Matrices &a = operand_[0], &b = operand_[1];
    const bool shared = std::all_of(b.strides.begin(), b.strides.end(), [](int64_t stride) { return stride == 0; });
    if (!shared || (!panels_.pack && a.columns > 1 && a.window.column_stride != 1)) return false;
    int64_t stride = a.window.row_stride, length = a.rows;
    for (size_t i = a.batch.size(); i-- > 0;) {
      if (a.batch[i] == 1) continue;
      if (length == 1) stride = a.strides[i];
      if (a.strides[i] != stride * length) return false;
      length *= a.batch[i];
    }
    if (!panels_.pack && length > 1 && stride < a.columns) return false;
    a.rows = length;
    a.window.row_stride = stride;
    a.batch = b.batch = Shape();
    a.strides = b.strides = Strides();
    return true;
  }

  void choose_parts() {
    ProductShape shape{operand_[0].rows, operand_[1].columns, operand_[0].columns, element_count(operand_[0].batch)};
    exchanged_ = panels_.pack && better_transposed(shape, operand_[0].window, operand_[1].window, panels_.lanes);
    if (exchanged_) {
      for (Matrices& operand : operand_) operand = operand.transposed();
      std::swap(shape.rows, shape.columns);
    }
    const bool dense = right().window.column_stride == 1;
    const bool updates = epilogue_ && epilogue_->streams() && !exchanged_;
    const std::optional<WindowPlan> bands = updates ? cut_into_bands(shape) : std::nullopt;
    cut_ = bands ? *bands : cut_product(shape, epilogue_ || computed_ != dtype_, !dense);
    // Windows side by side pack their own columns; those below one another would all pack the same.
    in_panels_ = panels_.pack && !dense && cut_.row_count > 1;
    if (in_panels_) {
      const int64_t whole = (columns() + panels_.columns - 1) / panels_.columns * panels_.columns;
      packing_ = Rewriting(right(), whole * depth());
      operand_[!exchanged_].strides = packing_.strides();
    }
  }

  /// Columns that one thread packs: whole panels, whatever the instruction set.
  static constexpr int64_t kStripe = 512;
  Ref<Buffer> pack_right(const std::byte* data) const {
    const Ref<Buffer> out = packing_.allocate(static_cast<size_t>(size_));
    const Matrices& source = packing_.source();
    const int64_t stripes = ceil_divide(columns(), kStripe);
    parallel_for(packing_.count() * stripes, [&](int64_t i) {
      const int64_t matrix = i / stripes, column = i % stripes * kStripe;
      panels_.pack(static_cast<std::byte*>(out->data()) + (matrix * packing_.elements() + column * depth()) * size_,
                   data + (source.offset(matrix) + column * source.window.column_stride) * size_, source.window,
                   depth(), std::min(kStripe, columns() - column));
    });
    return out;
  }

  void compute(const Call& call, int64_t matrix, int64_t row, int64_t column) const {
    Gemm gemm{};
    gemm.m = std::min(cut_.rows, rows() - row);
    gemm.n = std::min(cut_.columns, columns() - column);
    gemm.k = depth();
    gemm.a_strides = left().window;
    gemm.b_strides = right().window;
    gemm.a = call.left + (left().offset(matrix) + row * gemm.a_strides.row_stride) * size_;
    gemm.b_in_panels = in_panels_;
    const int64_t column_stride = in_panels_ ? depth() : gemm.b_strides.column_stride;
    gemm.b = call.right + (right().offset(matrix) + column * column_stride) * size_;
    if (panels_.pack) gemm.workspace = scratch(Scratch::packed, kGemmWorkspace);

    // From here on as the caller sees the result: row-major.
    Epilogue::Window window{matrix, row, column, gemm.m, gemm.n};
    if (exchanged_) window = {matrix, column, row, gemm.n, gemm.m};
    const int64_t row_length = exchanged_ ? rows() : columns();
    const int64_t first = (matrix * rows() * columns()) + window.row * row_length + window.column;
    const int64_t row_stride = call.result ? row_length : window.columns;
    gemm.c = call.result ? static_cast<std::byte*>(call.result) + first * size_
                         : scratch(Scratch::results, static_cast<size_t>(window.rows * window.columns * size_));
    gemm.c_row = exchanged_ ? 1 : row_stride;
    gemm.c_column = exchanged_ ? row_stride : 1;
    gemm_(gemm);
    if (epilogue_) {
      epilogue_->run(window, gemm.c, row_stride, call.operands.subspan(2));
    } else if (computed_ != dtype_) {
      const auto cast = pack_.cast[static_cast<int>(computed_)][static_cast<int>(dtype_)];
      const auto narrow = static_cast<int64_t>(size_of(dtype_));
      for (int64_t r = 0; r < window.rows; ++r)
        cast(static_cast<std::byte*>(call.operands[2]) + (first + r * row_length) * narrow,
             static_cast<const std::byte*>(gemm.c) + r * row_stride * size_, window.columns);
    }
  }

  const Pack& pack_;
  DType dtype_, computed_;
  int64_t size_;
  bool in_words_;  ///< bfloat16, two elements at once
  GemmFn gemm_;
  PanelFns panels_;  ///< none for integers and complex numbers
  Matrices operand_[2];
  bool converts_[2] = {};
  Conversion conversion_[2];
  Pairing pairing_[2];
  bool exchanged_ = false;  ///< computed as its transpose
  WindowPlan cut_;
  bool in_panels_ = false;
  Rewriting packing_;
  std::optional<Epilogue> epilogue_;
};

}  // namespace

std::unique_ptr<Kernel> make_matmul(const KernelStep& step, const Pack& pack) {
  if (auto small = make_small_products(step)) return small;
  return std::make_unique<MatMulKernel>(step, pack);
}

}  // namespace ingot::cpu
