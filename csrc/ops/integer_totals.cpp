#include "ingot/ops/integer_totals.h"

#include <limits>

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/conventions.h"

namespace ingot {

namespace {

/// Whether sums of `count` elements of an integer dtype of at most 32 bits fit into 32 bits, whatever they are.
bool always_fits(DType dtype, int64_t count) {
  const int room = 32 - 8 * static_cast<int>(size_of(dtype));
  return count <= int64_t{1} << room;
}

}  // namespace

DType wide_total(DType dtype) {
  if (!is_bool(dtype) && !is_integer(dtype)) return dtype;
  return is_unsigned_integer(dtype) ? DType::uint64 : DType::int64;
}

TotalDtypes total_dtypes(DType dtype, int64_t count, bool product) {
  if (!is_bool(dtype) && !is_integer(dtype)) return {dtype, dtype};
  if (pytorch_conventions()) return {DType::int64, DType::int64};
  if (size_of(dtype) == 8 || count > std::numeric_limits<int32_t>::max()) return {wide_total(dtype), wide_total(dtype)};
  const DType result = is_unsigned_integer(dtype) ? DType::uint32 : DType::int32;
  if (is_bool(dtype) || count <= 1 || (!product && always_fits(dtype, count))) return {result, result};
  return {product ? DType::float64 : DType::int64, result};
}

Array fitted(const Array& wide, DType dtype, const char* op) {
  if (wide.dtype() == dtype) return wide;
  const Array result = apply(make_ref<FitInteger>(dtype, op), {wide}, {wide.shape(), dtype});
  if (is_floating(wide.dtype()) && !is_recording() && !result.peek().traced()) eval(result);
  return result;
}

void throw_unfitting(std::string_view op, const std::string& result, DType dtype) {
  throw OverflowError(op, ": ", result, " does not fit into ", dtype,
                      dtype == DType::int32 ? " (-2147483648 to 2147483647)" : " (0 to 4294967295)",
                      "; pass dtype=int64 for a result of 64 bits");
}

std::vector<Array> FitInteger::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {fitted(inputs[0], dtype, made_by.c_str())};
}

}  // namespace ingot
