// Operations of the manipulation family that move memory, for backends that have a faster kernel.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// The same elements, densely packed.
struct Copy final : Define<Copy, LinearOp> {
  static constexpr const char* kName = "contiguous";
  auto attributes() const { return std::tie(); }
  Array transpose(const Call&, const Array& cotangent) const override { return cotangent; }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs of one dtype joined along `axis`; linear in all of them together.
struct Concatenate final : Define<Concatenate, CustomOp> {
  static constexpr const char* kName = "concatenate";
  int64_t axis;
  explicit Concatenate(int64_t along) : axis(along) {}
  auto attributes() const { return std::tie(axis); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs (base, value) of one dtype: `base` with its elements `start + step * i` along each axis replaced by
/// `value[i]`. Steps are not 0 and may be negative; every position is in range. Linear in both together.
struct SliceUpdate final : Define<SliceUpdate, CustomOp> {
  static constexpr const char* kName = "slice_update";
  Axes start, step;
  SliceUpdate(Axes from, Axes by) : start(std::move(from)), step(std::move(by)) {}
  auto attributes() const { return std::tie(start, step); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// The same array under a handle of its own, for functions that may have nothing to do: changing the one in place
/// leaves the other.
Array alias(const Array& x);

/// `base` with the elements `start`, `start + step`, ... along each axis replaced by `value` (same dtype, one axis for
/// each of base's). Throws ShapeError or IndexError unless `value` fits there.
Array slice_update(const Array& base, const Array& value, const Axes& start, const Axes& step);

}  // namespace ingot
