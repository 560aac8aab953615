#include "ingot/reference/elementwise.h"

#include <utility>

#include "ingot/ops/scalar_rows.h"
#include "ingot/reference/wide.h"

namespace ingot::reference {
namespace {

/// Calls `row(T)`, `row(T, T)` or `row(bool, T, T)` for each element.
template <class R, class... Sources>
void each(R (*row)(Sources...), void* out, const void* const* sources, int64_t count) {
  const auto loop = [&]<size_t... k>(std::index_sequence<k...>) {
    for (int64_t i = 0; i < count; ++i) static_cast<R*>(out)[i] = row(static_cast<const Sources*>(sources[k])[i]...);
  };
  loop(std::index_sequence_for<Sources...>{});
}

/// By the formula, as everything else here and in NumPy multiplies: C's own product takes NaN back where an operand is
/// infinite.
template <class T>
std::complex<T> multiply_complex(std::complex<T> x, std::complex<T> y) {
  return {x.real() * y.real() - x.imag() * y.imag(), x.real() * y.imag() + x.imag() * y.real()};
}

template <class T>
void evaluate(Opcode opcode, void* out, const void* const* sources, int64_t count) {
  if constexpr (is_complex_type<T>) {
    if (opcode == Opcode::multiply) return each(&multiply_complex<typename T::value_type>, out, sources, count);
  }
  switch (opcode) {
#define INGOT_CASE(name, typing, ...)                                                                                  \
  case Opcode::name:                                                                                                   \
    if constexpr (TypingResult<Typing::typing, T>::takes())                                                            \
      return each(&scalars::rows::name##_row<T>, out, sources, count);                                                 \
    break;
#define UNARY INGOT_CASE
#define BINARY INGOT_CASE
#define TERNARY INGOT_CASE
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_CASE
    case Opcode::cast:
      break;
  }
  throw TypeError("elementwise row ", static_cast<int>(opcode), " does not compute in ", dtype_of<T>);
}

}  // namespace

void evaluate_row(Opcode opcode, DType dtype, void* out, const void* const* sources, int64_t count) {
  visit_wide(dtype, [&]<class T>(TypeTag<T>) { evaluate<T>(opcode, out, sources, count); });
}

}  // namespace ingot::reference
