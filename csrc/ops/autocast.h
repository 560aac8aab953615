// Mixed precision: which functions compute in a low precision, and which in float32.
#pragma once

#include <string_view>

#include "ingot/graph/array.h"

namespace ingot {

/// An operand of the function of this name in the dtype that `AutocastScope` gives to it: products of matrices,
/// convolutions and attention take the low dtype, softmax, losses, normalisations and sums take float32, and everything
/// else takes what comes. Only float32, float16 and bfloat16 are cast. Outside of a scope, and for an undefined array,
/// `x` itself. Derivative rules and expansions run outside of any scope: they follow the dtypes that they find.
Array autocast(std::string_view function, const Array& x);

}  // namespace ingot
