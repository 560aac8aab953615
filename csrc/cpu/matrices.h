// Batches of matrices, as a product reads them.
#pragma once

#include "ingot/cpu/pack.h"
#include "ingot/graph/buffer.h"
#include "ingot/graph/op.h"

namespace ingot::cpu {

/// A batch of matrices of one operand.
struct Matrices {
  Shape batch;      ///< the result's leading axes
  Strides strides;  ///< this operand's way through them; 0 where it is broadcast
  int64_t rows = 0, columns = 0;
  Window window{0, 0};

  /// Elements from the first matrix to that of a position in the batch.
  int64_t offset(int64_t index) const;
  /// True if one axis is dense, and the other not folded back on itself.
  bool one_axis_dense() const;
  /// With the strides of axes of length 1 chosen so that the dense one is 1.
  void normalise();
  /// Rows and columns exchanged.
  Matrices transposed() const { return {batch, strides, columns, rows, {window.column_stride, window.row_stride}}; }
};

/// The axes before the last two.
Shape batch_of(const Tensor& tensor);

/// The operand's last two axes, and how the others follow those of the result.
Matrices matrices_of(const Tensor& tensor, const Shape& batch);

/// Matrices that are written anew before they are used. A broadcast one is written once.
class Rewriting {
 public:
  Rewriting() = default;
  /// Each matrix becomes so many elements.
  Rewriting(Matrices source, int64_t elements);

  int64_t count() const { return count_; }
  int64_t elements() const { return elements_; }
  /// What is rewritten; its batch is of `count()` matrices.
  const Matrices& source() const { return source_; }
  /// The way of the result's batch through what is written: one matrix after the other.
  Strides strides() const;
  /// Memory for all of it.
  Ref<Buffer> allocate(size_t element_size) const;

 private:
  Matrices source_;
  int64_t count_ = 0, elements_ = 0;
};

/// Matrices as a contiguous copy, float16 and bfloat16 as float32.
class Conversion {
 public:
  Conversion() = default;
  Conversion(const Matrices& source, DType dtype, const Pack& pack);

  /// What `run` writes, in the order in which the source lies in memory.
  Matrices result() const;
  Ref<Buffer> run(const void* data) const;

 private:
  Rewriting rewriting_;
  Shape batch_;
  bool by_columns_ = false;
  const Pack* pack_ = nullptr;
  size_t from_size_ = 0, to_size_ = 0;
  CastFn cast_ = nullptr;
};

/// bfloat16 matrices as words of two elements that follow each other along the depth (Pack::gemm). An odd depth is
/// filled up with zeros.
class Pairing {
 public:
  Pairing() = default;
  /// `depth_in_rows`: the depth is counted by rows, as in a right operand.
  Pairing(const Matrices& source, bool depth_in_rows, const Pack& pack);

  /// What `run` writes, in words.
  Matrices result() const;
  Ref<Buffer> run(const void* data) const;

 private:
  bool depth_in_rows_ = false;
  bool rows_dense_ = false;  ///< elements of one depth lie side by side
  Rewriting rewriting_;      ///< of matrices whose depth is counted by columns
  Shape batch_;
  int64_t words_ = 0;  ///< of the depth
  const Pack* pack_ = nullptr;
};

}  // namespace ingot::cpu
