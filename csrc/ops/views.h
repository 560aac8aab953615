// The view operations, for the registry; the functions that make them are in manipulation.h.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// The same elements in row-major order under another shape. A view where the strides allow one.
struct Reshape final : Define<Reshape, LinearOp> {
  static constexpr const char* kName = "reshape";
  Shape shape;
  explicit Reshape(Shape to) : shape(std::move(to)) {}
  auto attributes() const { return std::tie(shape); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

/// Axis `i` of the result is axis `axes[i]` of the input.
struct Transpose final : Define<Transpose, LinearOp> {
  static constexpr const char* kName = "transpose";
  Axes axes;
  explicit Transpose(Axes order) : axes(std::move(order)) {}
  auto attributes() const { return std::tie(axes); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

struct BroadcastTo final : Define<BroadcastTo, LinearOp> {
  static constexpr const char* kName = "broadcast_to";
  Shape shape;
  explicit BroadcastTo(Shape to) : shape(std::move(to)) {}
  auto attributes() const { return std::tie(shape); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// Element `i` along an axis of the result is element `start + step * i` of the input's.
struct SliceView final : Define<SliceView, LinearOp> {
  static constexpr const char* kName = "slice";
  Axes start, step;
  SliceView(Axes from, Axes by) : start(std::move(from)), step(std::move(by)) {}
  auto attributes() const { return std::tie(start, step); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// The same bytes as elements of another dtype, which make the last axis longer or shorter where they are of another
/// size. Linear between complex numbers and the pairs they consist of; its function cuts other gradients off.
struct Reinterpret final : Define<Reinterpret, LinearOp> {
  static constexpr const char* kName = "reinterpret";
  DType from, to;
  Reinterpret(DType given, DType seen) : from(given), to(seen) {}
  auto attributes() const { return std::tie(from, to); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// The identity to values, nothing to derivatives.
struct StopGradient final : Define<StopGradient, NonDifferentiableOp> {
  static constexpr const char* kName = "stop_gradient";
  auto attributes() const { return std::tie(); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape&, const Layout& in, const Shape&) const override { return in; }
  std::vector<Array> vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const override;
};

}  // namespace ingot
