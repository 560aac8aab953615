#include <algorithm>

#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

/// Row by row; the inner loop runs along whichever of b's axes is dense. Integers wrap around; bool multiplies with
/// `and`, adds with `or`.
template <class T>
void gemm(const Gemm& given) {
  // Of this function's own: the compiler must not think that results are written over sizes.
  const Gemm g = given;
  const auto* a = static_cast<const T*>(g.a);
  const auto* b = static_cast<const T*>(g.b);
  for (int64_t i = 0; i < g.m; ++i) {
    T* c = static_cast<T*>(g.c) + i * g.c_row;
    const T* row = a + i * g.a_strides.row_stride;
    if (!g.accumulate) std::fill_n(c, g.n, T(0));
    if (g.b_strides.column_stride == 1) {
      for (int64_t p = 0; p < g.k; ++p) {
        const T factor = row[p * g.a_strides.column_stride];
        const T* line = b + p * g.b_strides.row_stride;
        for (int64_t j = 0; j < g.n; ++j) c[j] = static_cast<T>(c[j] + factor * line[j]);
      }
    } else {
      for (int64_t j = 0; j < g.n; ++j) {
        const T* line = b + j * g.b_strides.column_stride;
        T total = 0;
        for (int64_t p = 0; p < g.k; ++p) total = static_cast<T>(total + row[p * g.a_strides.column_stride] * line[p]);
        c[j] = static_cast<T>(c[j] + total);
      }
    }
  }
}

}  // namespace

void add_gemm_integer(Pack& pack) {
  const auto add = [&]<class T>(TypeTag<T>) { pack.gemm[static_cast<int>(dtype_of<T>)] = &gemm<T>; };
  add(TypeTag<bool>{});
  add(TypeTag<int8_t>{});
  add(TypeTag<int16_t>{});
  add(TypeTag<int32_t>{});
  add(TypeTag<int64_t>{});
  add(TypeTag<uint8_t>{});
  add(TypeTag<uint16_t>{});
  add(TypeTag<uint32_t>{});
  add(TypeTag<uint64_t>{});
}

}  // namespace ingot::cpu
