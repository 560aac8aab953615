// Gathering and scattering by arrays of indices, for backends that have a faster kernel.
#pragma once

#include <span>

#include "ingot/graph/op.h"

namespace ingot {

/// Inputs (x, indices_0, ..., indices_k-1): `out[s..., rest...] = x[indices_0[s...], ..., indices_k-1[s...], rest...]`.
///
/// All indices have one shape and one dtype, int32 or int64; negative ones count from the end. Every index is checked
/// when the kernel runs (`check_index`). `axes` are the numbers that error messages give to the indexed axes.
struct Gather final : Define<Gather, LinearOp> {
  static constexpr const char* kName = "gather";
  Axes axes;
  explicit Gather(Axes named) : axes(std::move(named)) {}
  auto attributes() const { return std::tie(axes); }
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Inputs (base, updates, indices_0, ..., indices_k-1): `base` with `base[indices_0[s...], ..., rest...]` replaced by
/// `updates[s..., rest...]`, or that added to it.
///
/// Updates are taken in row-major order: of repeated indices the last one wins, or all add up. Linear in base and
/// updates together.
struct Scatter final : Define<Scatter, CustomOp> {
  static constexpr const char* kName = "scatter";
  bool add;
  Axes axes;
  Scatter(bool adds, Axes named) : add(adds), axes(std::move(named)) {}
  const char* name() const override { return add ? "scatter_add" : "scatter"; }
  auto attributes() const { return std::tie(add, axes); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Throws IndexError that names axis, index and length.
[[noreturn]] void throw_index_out_of_range(int64_t index, int64_t axis, int64_t length);

/// The index counted from the front. Throws IndexError unless it is in `[-length, length)`.
inline int64_t check_index(int64_t index, int64_t axis, int64_t length) {
  if (index < -length || index >= length) throw_index_out_of_range(index, axis, length);
  return index < 0 ? index + length : index;
}

/// `x` gathered over its leading axes, one for each of `indices`, which broadcast and are converted to one dtype.
Array gather(const Array& x, std::vector<Array> indices, const Axes& axes);
/// `base` with `updates` (shape: that of the indices, then base's other axes) written or added there.
Array scatter(const Array& base, std::vector<Array> indices, const Array& updates, const Axes& axes, bool add);

}  // namespace ingot
