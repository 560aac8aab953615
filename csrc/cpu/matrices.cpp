#include "ingot/cpu/matrices.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <vector>

#include "ingot/cpu/threads.h"

namespace ingot::cpu {

int64_t Matrices::offset(int64_t index) const {
  int64_t elements = 0;
  for (size_t i = batch.size(); i-- > 0;) {
    elements += index % batch[i] * strides[i];
    index /= batch[i];
  }
  return elements;
}

bool Matrices::one_axis_dense() const {
  const auto fits = [](int64_t inner, int64_t inner_length, int64_t outer, int64_t outer_length) {
    return (inner == 1 || inner_length <= 1) && (outer >= inner_length || outer_length <= 1);
  };
  return fits(window.column_stride, columns, window.row_stride, rows) ||
         fits(window.row_stride, rows, window.column_stride, columns);
}

void Matrices::normalise() {
  if (columns <= 1) window.column_stride = window.row_stride == 1 ? std::max<int64_t>(rows, 1) : 1;
  if (rows <= 1) window.row_stride = window.column_stride == 1 ? std::max<int64_t>(columns, 1) : 1;
}

Shape batch_of(const Tensor& tensor) { return Shape(tensor.shape.begin(), tensor.shape.end() - 2); }

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

Rewriting::Rewriting(Matrices source, int64_t elements) : source_(std::move(source)), elements_(elements) {
  for (size_t i = 0; i < source_.batch.size(); ++i)
    if (source_.strides[i] == 0) source_.batch[i] = 1;
  count_ = element_count(source_.batch);
}

Strides Rewriting::strides() const {
  Strides result = contiguous_strides(source_.batch);
  for (size_t i = 0; i < result.size(); ++i) result[i] = source_.batch[i] == 1 ? 0 : result[i] * elements_;
  return result;
}

Ref<Buffer> Rewriting::allocate(size_t element_size) const {
  return Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, count_ * elements_)) * element_size);
}

Conversion::Conversion(const Matrices& source, DType dtype, const Pack& pack)
    : rewriting_(source, source.rows * source.columns),
      batch_(source.batch),
      by_columns_(std::abs(source.window.row_stride) < std::abs(source.window.column_stride)),
      pack_(&pack),
      from_size_(size_of(dtype)) {
  const DType computed = compute_dtype(dtype);
  to_size_ = size_of(computed);
  if (computed != dtype) cast_ = pack.cast[static_cast<int>(dtype)][static_cast<int>(computed)];
}

Matrices Conversion::result() const {
  const Matrices& source = rewriting_.source();
  const Window window = by_columns_ ? Window{1, source.rows} : Window{source.columns, 1};
  return {batch_, rewriting_.strides(), source.rows, source.columns, window};
}

Ref<Buffer> Conversion::run(const void* data) const {
  const Matrices source = by_columns_ ? rewriting_.source().transposed() : rewriting_.source();
  const int64_t size = rewriting_.elements();
  const Ref<Buffer> out = rewriting_.allocate(to_size_);
  const Ref<Buffer> raw = cast_ ? rewriting_.allocate(from_size_) : out;
  const auto copy = pack_->move[std::countr_zero(from_size_)].copy;
  parallel_for(rewriting_.count(), [&](int64_t i) {
    auto* target = static_cast<std::byte*>(raw->data()) + static_cast<size_t>(i * size) * from_size_;
    const auto* from = static_cast<const std::byte*>(data) + source.offset(i) * static_cast<int64_t>(from_size_);
    copy(target, {source.columns, 1}, from, source.window, source.rows, source.columns);
    if (cast_) cast_(static_cast<std::byte*>(out->data()) + static_cast<size_t>(i * size) * to_size_, target, size);
  });
  return out;
}

Pairing::Pairing(const Matrices& source, bool depth_in_rows, const Pack& pack)
    : depth_in_rows_(depth_in_rows), batch_(source.batch), pack_(&pack) {
  const Matrices left = depth_in_rows ? source.transposed() : source;
  rows_dense_ = left.window.row_stride == 1 && left.rows > 1;
  words_ = (left.columns + 1) / 2;
  rewriting_ = Rewriting(left, left.rows * words_);
}

Matrices Pairing::result() const {
  const int64_t rows = rewriting_.source().rows;
  const Matrices words{batch_, rewriting_.strides(), rows, words_, rows_dense_ ? Window{1, rows} : Window{words_, 1}};
  return depth_in_rows_ ? words.transposed() : words;
}

Ref<Buffer> Pairing::run(const void* data) const {
  const Matrices& source = rewriting_.source();
  const int64_t rows = source.rows, depth = source.columns;
  const Ref<Buffer> out = rewriting_.allocate(sizeof(uint32_t));
  // Blocks of a matrix: of words of the depth, or of rows.
  constexpr int64_t kBlockElements = 1 << 16;
  const int64_t pieces = rows_dense_ ? words_ : rows, length = rows_dense_ ? 2 * rows : depth;
  const int64_t together = std::max<int64_t>(1, kBlockElements / std::max<int64_t>(1, length));
  const int64_t blocks = (pieces + together - 1) / together;
  const std::vector<uint16_t> zeros(rows_dense_ && depth % 2 ? static_cast<size_t>(rows) : 0);
  parallel_for(rewriting_.count() * blocks, [&](int64_t i) {
    const auto* from = static_cast<const uint16_t*>(data) + source.offset(i / blocks);
    auto* words = static_cast<uint32_t*>(out->data()) + i / blocks * rewriting_.elements();
    const int64_t begin = i % blocks * together, end = std::min(pieces, begin + together);
    if (rows_dense_) {
      for (int64_t w = begin; w < end; ++w) {
        const uint16_t* first = from + 2 * w * source.window.column_stride;
        const uint16_t* second = 2 * w + 1 < depth ? first + source.window.column_stride : zeros.data();
        pack_->pair(words + w * rows, first, second, rows);
      }
      return;
    }
    auto* to = reinterpret_cast<uint16_t*>(words + begin * words_);
    pack_->move[1].copy(to, {2 * words_, 1}, from + begin * source.window.row_stride, source.window, end - begin,
                        depth);
    if (depth % 2)
      for (int64_t r = 0; r < end - begin; ++r) to[r * 2 * words_ + depth] = 0;
  });
  return out;
}

}  // namespace ingot::cpu
