// Norms of vectors and matrices.
#include <cmath>
#include <limits>

#include "ingot/ops/creation.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_parts.h"
#include "ingot/ops/operands.h"

namespace ingot::linalg {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Operand numbers(const Array& x, const char* name) {
  require_defined(x, name);
  const DType dtype = to_inexact(x.dtype());
  return {converted(x, compute_dtype(dtype)), dtype};
}

/// `f(x)` where x is not 0, and 0 there, its derivative too.
template <class F>
Array zero_at_zero(const Array& x, F f) {
  const Array nothing = x == 0;
  return where(nothing, 0, f(where(nothing, 1, x)));
}

Array squared_magnitude(const Array& x) {
  return is_complex(x.dtype()) ? square(real(x)) + square(imag(x)) : square(x);
}

Array euclidean(const Array& x, const OptionalAxes& axes, bool keepdims) {
  return zero_at_zero(sum(squared_magnitude(x), axes, keepdims), [](const Array& total) { return sqrt(total); });
}

/// The extreme magnitude; that of nothing is 0 if it is the largest.
Array extreme(const Array& x, const OptionalAxes& axes, bool keepdims, bool largest) {
  const Array magnitude = abs(x);
  if (!largest) return min(magnitude, axes, keepdims);
  if (magnitude.size() > 0) return max(magnitude, axes, keepdims);
  return sum(magnitude, axes, keepdims);
}

[[noreturn]] void refuse_order(const char* name, const std::string& order) {
  throw ValueError(name, ": expected an order of 'fro', 'nuc', 1, -1, 2, -2, inf or -inf for matrices, got ", order);
}

/// The norm over the last two axes, which are dropped.
Array last_two(const Array& x, const NormOrder& ord, const char* name) {
  if (const auto* named = std::get_if<std::string>(&ord)) {
    if (*named == "fro") return euclidean(x, Axes{-2, -1}, false);
    if (*named == "nuc") return sum(svdvals(x), Axes{-1});
    refuse_order(name, "'" + *named + "'");
  }
  const double order = std::get<double>(ord), size = std::abs(order);
  const bool largest = order > 0;
  if (size == 2) return extreme(svdvals(x), Axes{-1}, false, largest);
  if (size != 1 && size != kInfinity) refuse_order(name, concat(order));
  return extreme(sum(abs(x), Axes{size == 1 ? -2 : -1}), Axes{-1}, false, largest);
}

}  // namespace

Array vector_norm(const Array& given, const OptionalAxes& axes, bool keepdims, double ord) {
  const Operand operand = numbers(given, "vector_norm");
  const Array& x = operand.array;
  Array result;
  if (ord == 2) {
    result = euclidean(x, axes, keepdims);
  } else if (ord == kInfinity || ord == -kInfinity) {
    result = extreme(x, axes, keepdims, ord > 0);
  } else if (ord == 0) {
    result = sum(astype(x != 0, to_real(x.dtype())), axes, keepdims);
  } else if (ord == 1) {
    result = sum(abs(x), axes, keepdims);
  } else if (ord > 0) {
    const Array powers = zero_at_zero(abs(x), [&](const Array& magnitude) { return pow(magnitude, ord); });
    result = zero_at_zero(sum(powers, axes, keepdims), [&](const Array& total) { return pow(total, 1 / ord); });
  } else {
    result = pow(sum(pow(abs(x), ord), axes, keepdims), 1 / ord);
  }
  return converted(result, to_real(operand.dtype));
}

Array matrix_norm(const Array& given, const NormOrder& ord, const Axes& axes, bool keepdims) {
  constexpr const char* name = "matrix_norm";
  const Operand operand = matrices(given, name);
  if (axes.size() != 2) throw ValueError(name, ": expected two axes, got ", axes);
  const int64_t ndim = given.ndim();
  const int64_t rows = normalize_axis(axes[0], ndim, name), columns = normalize_axis(axes[1], ndim, name);
  if (rows == columns) throw ValueError(name, ": expected two different axes, got ", axes);
  Axes order;
  for (int64_t axis = 0; axis < ndim; ++axis)
    if (axis != rows && axis != columns) order.push_back(axis);
  order.push_back(rows);
  order.push_back(columns);
  Array result = converted(last_two(transpose(operand.array, order), ord, name), to_real(operand.dtype));
  if (keepdims) result = expand_dims(result, {std::min(rows, columns), std::max(rows, columns)});
  return result;
}

Array norm(const Array& x, const std::optional<NormOrder>& ord, const OptionalAxes& axes, bool keepdims) {
  constexpr const char* name = "norm";
  require_defined(x, name);
  const bool of_matrices = axes ? axes->size() == 2 : x.ndim() == 2;
  if (!ord) return vector_norm(x, axes, keepdims);
  const auto* number = std::get_if<double>(&*ord);
  if (!axes && x.ndim() > 2)
    throw ShapeError(name, ": an array of shape ", x.shape(),
                     " is neither a vector nor a matrix; say which axes with axis=");
  if (of_matrices) return matrix_norm(x, *ord, axes ? *axes : Axes{-2, -1}, keepdims);
  if (!number) {
    if (std::get<std::string>(*ord) == "fro") return vector_norm(x, axes, keepdims);
    throw ValueError(name, ": the order '", std::get<std::string>(*ord), "' is one of matrices, got shape ", x.shape());
  }
  return vector_norm(x, axes, keepdims, *number);
}

Array cond(const Array& a, const std::optional<NormOrder>& p) {
  const Operand x = matrices(a, "cond");
  const auto* number = p ? std::get_if<double>(&*p) : nullptr;
  if (!p || (number && std::abs(*number) == 2)) {
    const Array s = svdvals(x.array);
    if (s.shape(-1) == 0) throw ShapeError("cond: empty matrices (shape ", a.shape(), ") have no condition number");
    const Array largest = max(s, Axes{-1}), smallest = min(s, Axes{-1});
    return converted(number && *number < 0 ? smallest / largest : largest / smallest, to_real(x.dtype));
  }
  return converted(matrix_norm(x.array, *p) * matrix_norm(inv(x.array), *p), to_real(x.dtype));
}

}  // namespace ingot::linalg
