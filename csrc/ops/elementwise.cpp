#include "ingot/ops/elementwise.h"

#include <array>
#include <limits>
#include <string>

#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise_op.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"

namespace ingot {

namespace {

constexpr bool any_derivative(std::string_view dx, std::string_view dy = "ZERO", std::string_view dz = "ZERO") {
  return dx != "ZERO" || dy != "ZERO" || dz != "ZERO";
}

constexpr ElementwiseRow kRows[] = {
#define UNARY(name, typing, eigen, scalar, dx, sample, reference)                                                      \
  {Opcode::name, #name, 1, Typing::typing, any_derivative(#dx), #scalar, sample, reference},
#define BINARY(name, typing, eigen, scalar, dx, dy, sample, reference)                                                 \
  {Opcode::name, #name, 2, Typing::typing, any_derivative(#dx, #dy), #scalar, sample, reference},
#define TERNARY(name, typing, eigen, scalar, dx, dy, dz, sample, reference)                                            \
  {Opcode::name, #name, 3, Typing::typing, any_derivative(#dx, #dy, #dz), #scalar, sample, reference},
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
};

const ElementwiseRow& row_of(Opcode opcode) { return kRows[static_cast<size_t>(opcode)]; }

std::string dtypes_of(std::span<const Array> inputs) {
  std::string text;
  for (size_t i = 0; i < inputs.size(); ++i)
    text += concat(i == 0 ? "" : i + 1 == inputs.size() ? " and " : ", ", inputs[i].dtype());
  return text;
}

[[noreturn]] void reject(const ElementwiseRow& row, std::span<const Array> inputs, const char* wanted,
                         const char* advice) {
  throw TypeError(row.name, ": expected ", wanted, ", got ", dtypes_of(inputs), "; ", advice);
}

void require_not_bool(const ElementwiseRow& row, std::span<const Array> inputs, DType dtype, const char* wanted) {
  if (is_bool(dtype))
    reject(row, inputs, wanted, "use logical_not, logical_xor and the like, or convert with astype(int32)");
}

void require_real(const ElementwiseRow& row, std::span<const Array> inputs, DType dtype, const char* wanted) {
  if (is_complex(dtype)) reject(row, inputs, wanted, "take real(x), imag(x) or abs(x) first");
}

/// What a row computes in, and what it gives.
struct Dtypes {
  DType compute, result;
};

Dtypes resolve(const ElementwiseRow& row, std::span<const Array> inputs, DType promoted) {
  switch (row.typing) {
    case Typing::numeric:
    case Typing::selection:
      return {promoted, promoted};
    case Typing::arithmetic:
    case Typing::power:
      require_not_bool(row, inputs, promoted, "numbers");
      return {promoted, promoted};
    case Typing::real:
      require_real(row, inputs, promoted, "real dtypes");
      return {promoted, promoted};
    case Typing::real_arithmetic:
      require_not_bool(row, inputs, promoted, "integers or floats");
      require_real(row, inputs, promoted, "integers or floats");
      return {promoted, promoted};
    case Typing::inexact:
      return {to_inexact(promoted), to_inexact(promoted)};
    case Typing::floating:
      require_real(row, inputs, promoted, "real dtypes");
      return {to_inexact(promoted), to_inexact(promoted)};
    case Typing::parts: {
      require_real(row, inputs, promoted, "real dtypes");
      const DType part = promoted == DType::float64 ? promoted : DType::float32;
      return {part, part == DType::float64 ? DType::complex128 : DType::complex64};
    }
    case Typing::magnitude:
      require_not_bool(row, inputs, promoted, "numbers");
      return {promoted, to_real(promoted)};
    case Typing::part:
      return {promoted, to_real(promoted)};
    case Typing::ordering:
      require_real(row, inputs, promoted, "real dtypes, for complex numbers have no order");
      [[fallthrough]];
    case Typing::comparison: {
      // uint64 against a signed integer promotes to float32, which would call different numbers equal; float64 is the
      // closest there is.
      bool integers = is_inexact(promoted);
      for (const Array& x : inputs) integers &= is_integer(x.dtype());
      return {integers ? DType::float64 : promoted, DType::bool_};
    }
    case Typing::classification:
      return {promoted, DType::bool_};
    case Typing::logical:
      return {DType::bool_, DType::bool_};
    case Typing::bits:
      if (is_inexact(promoted)) reject(row, inputs, "bool or integers", "bits of other numbers have no meaning");
      return {promoted, promoted};
    case Typing::shift:
      if (!is_integer(promoted)) reject(row, inputs, "integers", "convert with astype(int32)");
      return {promoted, promoted};
  }
  throw Error(row.name, ": unknown typing");
}

/// True if `store_scalar` would find room for the number.
bool fits(const Scalar& number, DType dtype) {
  if (!is_integer(dtype)) return true;
  return visit(dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      if (const auto* v = std::get_if<int64_t>(&number.value)) return std::in_range<T>(*v);
      if (const auto* v = std::get_if<uint64_t>(&number.value)) return std::in_range<T>(*v);
    }
    return true;
  });
}

/// The shape all operands broadcast to; an error names all of theirs.
Shape joint_shape(const ElementwiseRow& row, std::span<const Array> inputs) {
  Shape shape = inputs[0].shape();
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (inputs[i].shape() == shape) continue;
    try {
      shape = broadcast_shapes(shape, inputs[i].shape(), row.name);
    } catch (const ShapeError&) {
      if (inputs.size() < 3) throw;
      throw ShapeError(row.name, ": shapes ", inputs[0].shape(), ", ", inputs[1].shape(), " and ", inputs[2].shape(),
                       " do not broadcast: counted from the last axis, lengths must be equal or 1");
    }
  }
  return shape;
}

bool compares(Typing typing) { return typing == Typing::comparison || typing == Typing::ordering; }

/// A number beside the array `x`, in the dtype that makes the row compute in what `x` and the number ask for.
Array weak(const ElementwiseRow& row, const Array& x, const Scalar& number) {
  if (!x.defined()) throw ValueError(row.name, ": an operand is an undefined array");
  DType dtype = x.dtype();
  if (row.typing == Typing::inexact || row.typing == Typing::floating || row.typing == Typing::parts)
    dtype = to_inexact(dtype);
  dtype = row.typing == Typing::logical ? DType::bool_ : promote(dtype, number);
  if (!fits(number, dtype) && compares(row.typing)) {
    // Beyond every value of the array's dtype: so is infinity, and that can be compared with.
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return scalar(number.to_double() < 0 ? -infinity : infinity, DType::float64);
  }
  if (!fits(number, dtype))
    throw ValueError(row.name, ": the number ", number.to_double(), " does not fit the dtype ", dtype,
                     " of the array it meets; convert the array first, for example with astype(int64)");
  return scalar(number, dtype);
}

/// `x` to the power of a number: the usual exponents are cheaper, and more exact, as products and roots.
Array power(const Array& x, const Scalar& exponent) {
  const double e = exponent.to_double();
  const bool complex_exponent = std::holds_alternative<std::complex<double>>(exponent.value);
  const bool integer_exponent = exponent.value.index() <= 2;
  if (integer_exponent && e < 0 && is_integer(x.dtype()))
    throw ValueError("pow: integers (", x.dtype(), ") to the negative integer power ", e,
                     " are not integers; convert with astype(float32) first");
  const bool floats = is_inexact(x.dtype());
  if (!complex_exponent && (floats || (integer_exponent && is_integer(x.dtype())))) {
    if (e == 1) return alias(x);
    if (e == 2) return square(x);
    if (e == 3) return square(x) * x;
    if (e == 4) return square(square(x));
    if (floats && e == 0.5) return sqrt(x);
    if (floats && e == -1) return reciprocal(x);
  }
  return pow(x, weak(row_of(Opcode::pow), x, exponent));
}

Array with_number(Opcode opcode, const Array& x, const Scalar& y) {
  if (opcode == Opcode::pow && x.defined()) return power(x, y);
  return elementwise(opcode, std::array{x, weak(row_of(opcode), x, y)});
}

Array with_number(Opcode opcode, const Scalar& x, const Array& y) {
  return elementwise(opcode, std::array{weak(row_of(opcode), y, x), y});
}

}  // namespace

std::span<const ElementwiseRow> elementwise_rows() { return kRows; }

Array elementwise(Opcode opcode, std::span<const Array> inputs) {
  if (opcode >= Opcode::cast)
    throw ValueError("elementwise: opcode ", static_cast<int>(opcode), " is not a row of the table");
  const ElementwiseRow& row = row_of(opcode);
  if (inputs.size() != static_cast<size_t>(row.arity))
    throw ValueError(row.name, ": takes ", row.arity, " arrays, got ", inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i)
    if (!inputs[i].defined()) throw ValueError(row.name, ": operand ", i, " is an undefined array");

  const size_t first = row.typing == Typing::selection ? 1 : 0;
  DType promoted = inputs[first].dtype();
  for (size_t i = first + 1; i < inputs.size(); ++i) promoted = promote(promoted, inputs[i].dtype());
  Shape shape = joint_shape(row, inputs);
  const auto [compute, result] = resolve(row, inputs, promoted);

  bool ready = true;
  for (size_t i = 0; i < inputs.size(); ++i) ready &= inputs[i].dtype() == (i < first ? DType::bool_ : compute);
  if (ready) return apply(Pointwise::instance(opcode), inputs, {std::move(shape), result});
  std::array<Array, 3> operands;
  for (size_t i = 0; i < inputs.size(); ++i) operands[i] = converted(inputs[i], i < first ? DType::bool_ : compute);
  return apply(Pointwise::instance(opcode), std::span(operands.data(), inputs.size()), {std::move(shape), result});
}

#define UNARY(name, ...)                                                                                               \
  Array name(const Array& x) { return elementwise(Opcode::name, {&x, 1}); }
#define BINARY(name, ...)                                                                                              \
  Array name(const Array& x, const Array& y) { return elementwise(Opcode::name, std::array{x, y}); }                   \
  Array name(const Array& x, const Scalar& y) { return with_number(Opcode::name, x, y); }                              \
  Array name(const Scalar& x, const Array& y) { return with_number(Opcode::name, x, y); }
#define TERNARY(name, ...)                                                                                             \
  Array name(const Array& x, const Array& y, const Array& z) { return elementwise(Opcode::name, std::array{x, y, z}); }
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY

Array where(const Array& condition, const Array& x, const Scalar& y) {
  return where(condition, x, weak(row_of(Opcode::where), x, y));
}

Array where(const Array& condition, const Scalar& x, const Array& y) {
  return where(condition, weak(row_of(Opcode::where), y, x), y);
}

Array astype(const Array& x, DType dtype) {
  require_defined(x, "astype");
  if (x.dtype() == dtype) return alias(x);
  return apply(Cast::instance(dtype), {x}, {x.shape(), dtype});
}

namespace {

bool of_one_kind(DType a, DType b) { return is_floating(a) == is_floating(b) && is_integer(a) == is_integer(b); }

/// `x` where it is on the right side of `bound`. Selections, not minimum and maximum: at a bound the whole gradient goes
/// to x.
Array bounded(const Array& x, const Array& bound, Opcode nearer, Opcode compare) {
  // One pass over memory, whose derivative at the bound is not what is promised here.
  if (x.dtype() == bound.dtype() && is_floating(x.dtype()) && !x.requires_grad() && !bound.requires_grad())
    return elementwise(nearer, std::array{x, bound});
  const Array beyond = elementwise(compare, std::array{x, bound});
  const Array outside = is_inexact(bound.dtype()) ? logical_or(beyond, isnan(bound)) : beyond;
  return where(outside, of_one_kind(x.dtype(), bound.dtype()) ? converted(bound, x.dtype()) : bound, x);
}

}  // namespace

Array clip(const Array& x, const Array& low, const Array& high) {
  Array result = x;
  if (low.defined()) result = bounded(result, low, Opcode::maximum, Opcode::less);
  if (high.defined()) result = bounded(result, high, Opcode::minimum, Opcode::greater);
  return result.is(x) ? alias(x) : result;
}

Array clip(const Array& x, const Scalar& low, const Scalar& high) {
  const ElementwiseRow& row = row_of(Opcode::where);
  return clip(x, weak(row, x, low), weak(row, x, high));
}

}  // namespace ingot
