// What vmap rules share: bringing batch axes of several inputs into line.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

/// `shape` with the batch axis in front.
inline Shape with_batch(const Shape& shape, int64_t batch) {
  Shape out(shape);
  out.insert(0, batch);
  return out;
}

/// `x` with axes of length 1 after its batch axis, so that it has `ndim` axes besides; unchanged if it has no batch
/// axis.
inline Array align_batch(const Array& x, int64_t batch_axis, int64_t ndim) {
  if (batch_axis < 0 || x.ndim() > ndim) return x;
  Shape shape(static_cast<size_t>(ndim + 1), 1);
  shape[0] = x.shape()[0];
  for (int64_t i = 1; i < x.ndim(); ++i)
    shape[static_cast<size_t>(ndim + 1 - i)] = x.shape()[static_cast<size_t>(x.ndim() - i)];
  return reshape(x, shape);
}

/// `x` with a batch axis: its own, or one it is repeated along.
inline Array give_batch(const Array& x, int64_t batch_axis, int64_t batch) {
  return batch_axis == 0 ? x : broadcast_to(x, with_batch(x.shape(), batch));
}

/// Axes of an unbatched array, as numbered with the batch axis in front.
inline Axes shift_axes(const Axes& axes) {
  Axes out(axes);
  for (int64_t& axis : out) ++axis;
  return out;
}

}  // namespace ingot
