// The transpose of slicing.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// Zeros of `shape`, but for the elements `start`, `start + step`, ... along each axis, which are the input's. Steps are
/// not 0 and may be negative; every position is in range.
struct PlaceSlice final : Define<PlaceSlice, LinearOp> {
  static constexpr const char* kName = "place_slice";
  Shape shape;
  Axes start, step;
  PlaceSlice(Shape whole, Axes from, Axes by) : shape(std::move(whole)), start(std::move(from)), step(std::move(by)) {}
  auto attributes() const { return std::tie(shape, start, step); }
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// `slice`, which has as many axes as `shape`, in its place among zeros.
Array place_slice(const Array& slice, const Shape& shape, const Axes& start, const Axes& step);

}  // namespace ingot
