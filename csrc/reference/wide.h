// The types in which the reference backend computes.
#pragma once

#include "ingot/graph/dtype.h"

namespace ingot::reference {

/// Floats compute in double, complex numbers in pairs of them; integers and bool in their own type.
template <class T>
struct Widened {
  using type = T;
};
template <>
struct Widened<float> {
  using type = double;
};
template <>
struct Widened<float16> {
  using type = double;
};
template <>
struct Widened<bfloat16> {
  using type = double;
};
template <>
struct Widened<complex64> {
  using type = complex128;
};
template <class T>
using Wide = typename Widened<T>::type;

inline DType widen(DType dtype) {
  return visit(dtype, [](auto tag) { return dtype_of<Wide<typename decltype(tag)::type>>; });
}

/// `visit` for a dtype that `widen` gave.
template <class F>
void visit_wide(DType dtype, F&& f) {
  visit(dtype, [&]<class T>(TypeTag<T> tag) {
    if constexpr (std::is_same_v<T, Wide<T>>) {
      f(tag);
    } else {
      throw Error("the reference backend does not compute in ", dtype);
    }
  });
}

}  // namespace ingot::reference
