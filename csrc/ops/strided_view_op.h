// Windows on an array that are not slices: diagonals, overlapping windows, strides of one's own. And their transpose.
#pragma once

#include <vector>

#include "ingot/graph/op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot {

/// Element `p` of the result is element `start + sum over j: p[j] * steps[j]` of the input, where `steps[j]` says how
/// far axis `j` of the result moves along each axis of the input. Elements may be seen several times. All positions are
/// in range.
struct StridedView final : Define<StridedView, LinearOp> {
  static constexpr const char* kName = "strided_view";
  Shape shape;
  Axes start;
  std::vector<Axes> steps;
  StridedView(Shape to, Axes from, std::vector<Axes> by)
      : shape(std::move(to)), start(std::move(from)), steps(std::move(by)) {}
  auto attributes() const { return std::tie(shape, start, steps); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const override;
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// Zeros of `shape`, to which each element of the input is added at the place where `StridedView` finds it.
struct AddStrided final : Define<AddStrided, LinearOp>, TaskedOp {
  static constexpr const char* kName = "add_strided";
  Shape shape;
  Axes start;
  std::vector<Axes> steps;
  AddStrided(Shape to, Axes from, std::vector<Axes> by)
      : shape(std::move(to)), start(std::move(from)), steps(std::move(by)) {}
  auto attributes() const { return std::tie(shape, start, steps); }
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;
};

/// The view of `x`. Throws IndexError that names `op` if it reaches beyond an axis.
Array strided_view(const Array& x, const Shape& shape, const Axes& start, const std::vector<Axes>& steps,
                   const char* op);
/// Its transpose: `x`, which has one axis for each of `steps`, added into zeros of `shape`.
Array add_strided(const Array& x, const Shape& shape, const Axes& start, const std::vector<Axes>& steps,
                  const char* op);

}  // namespace ingot
