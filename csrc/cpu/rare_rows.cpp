#include "ingot/cpu/rare_rows.h"

#include <string_view>

#include "ingot/ops/scalar_rows.h"

namespace ingot::cpu {
namespace {

template <class R, class X, R (*row)(X)>
void loop(void* out, const void* x, const void*, const void*, int64_t count) {
  for (int64_t i = 0; i < count; ++i) static_cast<R*>(out)[i] = row(static_cast<const X*>(x)[i]);
}
template <class R, class X, R (*row)(X, X)>
void loop(void* out, const void* x, const void* y, const void*, int64_t count) {
  for (int64_t i = 0; i < count; ++i)
    static_cast<R*>(out)[i] = row(static_cast<const X*>(x)[i], static_cast<const X*>(y)[i]);
}

template <class T>
void add(Pack& pack) {
#define INGOT_ADD(name, typing, eigen, ...)                                                                            \
  if constexpr (std::string_view(#eigen) == "RARE" && TypingResult<Typing::typing, T>::takes()) {                      \
    using R = typing_result_t<Typing::typing, T>;                                                                      \
    ElementwiseFn& kernel = pack.elementwise[static_cast<int>(Opcode::name)][static_cast<int>(dtype_of<T>)];           \
    if (!kernel) kernel = &loop<R, T, &scalars::rows::name##_row<T>>;                                                  \
  }
#define UNARY INGOT_ADD
#define BINARY INGOT_ADD
#define TERNARY(...)
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_ADD
}

}  // namespace

void add_rare_rows(Pack& pack) {
#define INGOT_ADD(type, name)                                                                                          \
  if constexpr (!is_half_type<type>) add<type>(pack);
  INGOT_FOR_EACH_DTYPE(INGOT_ADD)
#undef INGOT_ADD
}

}  // namespace ingot::cpu
