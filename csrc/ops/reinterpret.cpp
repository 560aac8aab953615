// Bytes seen as another dtype.
#include "ingot/ops/apply.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/views.h"

namespace ingot {

namespace {

/// True for complex numbers beside real ones of their precision.
bool is_pairing(DType a, DType b) {
  return is_inexact(a) && is_inexact(b) && is_complex(a) != is_complex(b) && to_real(a) == to_real(b);
}

}  // namespace

std::optional<Layout> Reinterpret::view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const {
  const auto had = static_cast<int64_t>(size_of(from)), has = static_cast<int64_t>(size_of(to));
  if (had == has) return in;
  if (element_count(out_shape) == 0) return Layout::contiguous(out_shape);
  if (in_shape.back() != 1 && in.strides.back() != 1) return std::nullopt;
  if (in.offset * had % has != 0) return std::nullopt;
  Layout out{in.offset * had / has, in.strides};
  for (size_t i = 0; i < in_shape.size(); ++i) {
    int64_t& stride = out.strides[i];
    if (i + 1 == in_shape.size()) {
      stride = 1;
    } else if (in_shape[i] == 1) {
      stride = 0;
    } else if (stride * had % has == 0) {
      stride = stride * had / has;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

Array Reinterpret::transpose(const Call&, const Array& cotangent) const { return ingot::view(cotangent, from); }

std::vector<Array> Reinterpret::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {ingot::view(inputs[0], to)};
}

Array view(const Array& x, DType dtype) {
  require_defined(x, "view");
  const DType from = x.dtype();
  if (from == dtype) return alias(x);
  if (is_bool(dtype)) throw TypeError("view: bytes of ", from, " need not be 0 or 1, as those of bool are; say x != 0");
  const auto had = static_cast<int64_t>(size_of(from)), has = static_cast<int64_t>(size_of(dtype));
  Shape shape(x.shape());
  if (had != has) {
    if (shape.empty() || shape.back() * had % has != 0)
      throw ShapeError("view: expected a last axis of a multiple of ", has, " bytes to see as ", dtype, ", got ", from,
                       " of shape ", shape);
    shape.back() = shape.back() * had / has;
    // If this takes a copy, one of halves would pass through float32, where a signalling NaN becomes a quiet one.
    if (is_floating(from) && had == 2) return view(view(x, DType::uint16), dtype);
  }
  const bool carries_gradients = !is_inexact(from) || is_pairing(from, dtype);
  return apply(make_ref<Reinterpret>(from, dtype), {carries_gradients ? x : stop_gradient(x)}, {shape, dtype});
}

Array view_as_real(const Array& x) {
  if (!is_complex(x.dtype())) throw TypeError("view_as_real: expected a complex dtype, got ", x.dtype());
  return view(expand_dims(x, Axes{-1}), to_real(x.dtype()));
}

Array view_as_complex(const Array& x) {
  if (!is_floating(x.dtype())) throw TypeError("view_as_complex: expected a floating dtype, got ", x.dtype());
  if (x.ndim() == 0 || x.shape(-1) != 2)
    throw ShapeError("view_as_complex: expected a last axis of real and imaginary parts, (..., 2), got ", x.shape());
  const bool twice = x.dtype() == DType::float64;
  const Array pairs = twice ? x : astype(x, DType::float32);
  return squeeze(view(pairs, twice ? DType::complex128 : DType::complex64), Axes{-1});
}

}  // namespace ingot
