// The operations behind the rows of elementwise.def, and the conversion of dtypes.
#pragma once

#include "ingot/graph/op.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

/// One row of the table. There is one instance per row; inputs broadcast against each other and have the dtype the row
/// computes in (`where`: a bool condition first).
class Pointwise final : public Op {
 public:
  explicit Pointwise(const ElementwiseRow& row) : row_(row) {}
  /// The one instance of a row.
  static const OpRef& instance(Opcode opcode);

  const char* name() const override { return row_.name; }
  Kind kind() const override { return Kind::pointwise; }
  Lowering lowering() const override { return Lowering::pointwise; }
  Opcode opcode() const override { return row_.opcode; }
  const ElementwiseRow& row() const noexcept { return row_; }
  bool same(const Op& other) const override;
  uint64_t fingerprint() const override;

  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;

 private:
  const ElementwiseRow& row_;
};

/// Conversion to another dtype: pointwise to the engine, linear to autograd.
struct Cast final : Define<Cast, Op> {
  static constexpr const char* kName = "astype";
  DType dtype;
  explicit Cast(DType target) : dtype(target) {}
  /// The one instance of a target.
  static const OpRef& instance(DType target);

  auto attributes() const { return std::tie(dtype); }
  Kind kind() const override { return Kind::linear; }
  Lowering lowering() const override { return Lowering::pointwise; }
  Opcode opcode() const override { return Opcode::cast; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

}  // namespace ingot
