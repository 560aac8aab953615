#include "ingot/ops/place_slice.h"

#include <cstring>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/strided_loop.h"
#include "ingot/ops/views.h"

namespace ingot {

Array PlaceSlice::transpose(const Call& call, const Array& cotangent) const {
  return apply(make_ref<SliceView>(start, step), {cotangent}, {call.in_shape(0), cotangent.dtype()});
}

std::vector<Array> PlaceSlice::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&,
                                    int64_t batch) const {
  Axes from(start), by(step);
  from.insert(0, 0);
  by.insert(0, 1);
  return {place_slice(inputs[0], with_batch(shape, batch), from, by)};
}

void PlaceSlice::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &value = inputs[0], &out = outputs[0];
  std::memset(out.data, 0, static_cast<size_t>(out.size()) * size_of(out.dtype));
  Strides to(out.strides);
  int64_t offset = 0;
  for (size_t axis = 0; axis < to.size(); ++axis) {
    offset += start[axis] * to[axis];
    to[axis] *= step[axis];
  }
  if (value.size() == 0) return;
  copy_window(value.shape, value.dtype, value.data, value.strides,
              static_cast<std::byte*>(out.data) + offset * static_cast<int64_t>(size_of(out.dtype)), to);
}

Array place_slice(const Array& slice, const Shape& shape, const Axes& start, const Axes& step) {
  Axes from(start), by(step);
  bool whole = true;
  for (size_t i = 0; i < shape.size(); ++i) {
    const int64_t count = slice.shape()[i];
    if (count == 0) from[i] = 0;
    if (count <= 1) by[i] = 1;
    whole &= count == shape[i] && by[i] == 1;
  }
  if (whole) return alias(slice);
  return apply(make_ref<PlaceSlice>(shape, from, by), {slice}, {shape, slice.dtype()});
}

}  // namespace ingot
