// In which dtype integers add up and multiply, and what becomes of a result that has no place there.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// An integer beyond what its dtype holds. Python: OverflowError.
class OverflowError : public Error {
  using Error::Error;
};

/// 64 bits for integers and bool: int64, or uint64 for unsigned ones.
DType wide_total(DType dtype);

/// What sums and products compute in, and the dtype that they give.
struct TotalDtypes {
  DType work, result;
};
/// For sums (or products) of `count` elements each. As the Array API has it, bool and integers of up to 32 bits give
/// int32, unsigned ones uint32; 64 bits stay, and are given too where more than 2^31 - 1 elements come together. Under
/// PyTorch's conventions bool and all integers give int64.
TotalDtypes total_dtypes(DType dtype, int64_t count, bool product);

/// `wide`, the results of `op` in 64 bits, in the dtype that `op` gives. One that does not fit throws OverflowError when
/// it is evaluated: products at once, where no function is recorded, for few factors are enough to outgrow 32 bits.
Array fitted(const Array& wide, DType dtype, const char* op);

/// Throws OverflowError for a result of `op`, as it is to be shown, that does not fit into a dtype of 32 bits.
[[noreturn]] void throw_unfitting(std::string_view op, const std::string& result, DType dtype);

/// int64 or float64 to int32 or uint32, with an error for what does not fit. A float is a product of whole numbers: exact
/// as far as it fits, and NaN where infinity met a zero, which makes it 0.
struct FitInteger final : Define<FitInteger, NonDifferentiableOp> {
  static constexpr const char* kName = "fit_integer";
  DType dtype;
  std::string made_by;
  FitInteger(DType target, std::string op) : dtype(target), made_by(std::move(op)) {}
  auto attributes() const { return std::tie(dtype, made_by); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot
