// Arrays whose elements the processor writes one by one where they are made.
#pragma once

#include "ingot/graph/array.h"
#include "ingot/graph/dtype.h"
#include "ingot/graph/error.h"

namespace ingot::detail {

/// Bytes of a dense array. Throws MemoryError if int64 cannot count them.
inline size_t bytes_of(const Shape& shape, DType dtype) {
  int64_t bytes = 0;
  if (__builtin_mul_overflow(element_count(shape), static_cast<int64_t>(size_of(dtype)), &bytes))
    throw MemoryError("an array of shape ", shape, " and dtype ", dtype, " has more than 2^63 - 1 bytes");
  return static_cast<size_t>(bytes);
}

/// An evaluated array whose elements `fill(T* elements)` writes; `fill` is called with the C++ type of `dtype`. The
/// memory comes first: what is too large for it costs no time.
template <class Fill>
Array filled(const Shape& shape, DType dtype, Fill&& fill) {
  Ref<Buffer> buffer = Buffer::allocate(bytes_of(shape, dtype));
  visit(dtype, [&](auto tag) { fill(static_cast<typename decltype(tag)::type*>(buffer->data())); });
  return Array(Node::constant({std::move(buffer), Layout::contiguous(shape)}, {shape, dtype}));
}

}  // namespace ingot::detail
