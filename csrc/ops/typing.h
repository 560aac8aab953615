// Which dtypes each row of ops/elementwise.def takes, and what it gives: known at compile time, so that kernels exist
// for those and no others.
#pragma once

#include "ingot/graph/dtype.h"

namespace ingot {

/// Which dtypes a row of the table takes, and what it gives. Others throw TypeError.
enum class Typing : uint8_t {
  numeric,          ///< any; gives the promoted dtype
  arithmetic,       ///< any but bool
  real,             ///< any but complex
  real_arithmetic,  ///< integers and floats
  inexact,          ///< floats and complex; bool and integers become float32
  floating,         ///< floats; bool and integers become float32
  power,            ///< arithmetic; an integer to a negative integer scalar throws ValueError
  magnitude,        ///< any but bool; complex gives the real dtype of its parts
  part,             ///< any; complex gives the real dtype of its parts
  comparison,       ///< any; gives bool
  ordering,         ///< any but complex; gives bool
  classification,   ///< any; gives bool
  logical,          ///< any, taken as bool; gives bool
  bits,             ///< bool and integers
  shift,            ///< integers
  selection,        ///< a bool condition and two of any dtype
  parts,            ///< floats, bool and integers as float32; gives complex numbers of such parts
};

/// What a row gives for a C++ type it computes in; void if it does not compute in that type.
template <Typing typing, class T>
struct TypingResult {
  static constexpr bool kBool = std::is_same_v<T, bool>;
  static constexpr bool kComplex = is_complex_type<T>;
  static constexpr bool kInteger = std::is_integral_v<T> && !kBool;

  static constexpr bool takes() {
    switch (typing) {
      case Typing::numeric:
      case Typing::part:
      case Typing::comparison:
      case Typing::classification:
      case Typing::selection:
        return true;
      case Typing::arithmetic:
      case Typing::power:
      case Typing::magnitude:
        return !kBool;
      case Typing::real:
      case Typing::ordering:
        return !kComplex;
      case Typing::real_arithmetic:
        return !kBool && !kComplex;
      case Typing::inexact:
        return kComplex || std::is_floating_point_v<T>;
      case Typing::floating:
      case Typing::parts:
        return std::is_floating_point_v<T>;
      case Typing::logical:
        return kBool;
      case Typing::bits:
        return kBool || kInteger;
      case Typing::shift:
        return kInteger;
    }
    return false;
  }
  static auto result() {
    if constexpr (!takes() || is_half_type<T>) {
      return TypeTag<void>{};
    } else if constexpr (typing == Typing::comparison || typing == Typing::ordering ||
                         typing == Typing::classification || typing == Typing::logical) {
      return TypeTag<bool>{};
    } else if constexpr (typing == Typing::parts) {
      return TypeTag<std::complex<T>>{};
    } else if constexpr (kComplex && (typing == Typing::magnitude || typing == Typing::part)) {
      return TypeTag<typename T::value_type>{};
    } else {
      return TypeTag<T>{};
    }
  }
  using type = typename decltype(result())::type;
};
template <Typing typing, class T>
using typing_result_t = typename TypingResult<typing, T>::type;

}  // namespace ingot
