#include "ingot/io/named_arrays.h"

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

Tensor read_dense(const Array& array, Value& keep_alive) {
  const Tensor elements = read(array, keep_alive);
  if (elements.contiguous()) return elements;
  GradMode off(false);
  return read(contiguous(array), keep_alive);
}

Array copied(const Array& array, DType dtype) {
  GradMode off(false);
  Value keep_alive;
  const Tensor elements = read_dense(array.dtype() == dtype ? array : astype(array, dtype), keep_alive);
  return from_data(elements.data, array.shape(), dtype);
}

}  // namespace ingot
