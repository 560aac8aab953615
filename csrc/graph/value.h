// What a node holds once it is evaluated: a strided window into a buffer.
#pragma once

#include <cstdint>

#include "ingot/graph/buffer.h"
#include "ingot/graph/dtype.h"
#include "ingot/graph/shape.h"

namespace ingot {

/// Where the elements of an array lie inside a buffer; both in elements.
struct Layout {
  int64_t offset = 0;
  Strides strides;

  static Layout contiguous(const Shape& shape) { return {0, contiguous_strides(shape)}; }
  bool operator==(const Layout&) const = default;
};

/// A buffer and where the elements lie in it. Empty until the node is evaluated.
struct Value {
  Ref<Buffer> buffer;
  Layout layout;

  explicit operator bool() const noexcept { return static_cast<bool>(buffer); }
};

/// A typed strided window on raw memory, as kernels see their operands. `data` points at element (0, ..., 0).
struct Tensor {
  void* data = nullptr;
  DType dtype = DType::float32;
  Shape shape;
  Strides strides;

  int64_t size() const { return element_count(shape); }
  bool contiguous() const { return is_contiguous(shape, strides); }
  template <class T>
  T* as() const {
    return static_cast<T*>(data);
  }
};

}  // namespace ingot
