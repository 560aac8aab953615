// Binding of elementwise functions: what its files share.
#pragma once

#include <string>

#include "bind.h"
#include "ingot/ops/elementwise.h"

namespace ingot::python {

/// A row of two operands, each of which may be a Python number.
struct BinaryFunctions {
  Array (*arrays)(const Array&, const Array&);
  Array (*number_right)(const Array&, const Scalar&);
  Array (*number_left)(const Scalar&, const Array&);

  Array operator()(const OperandLike& x, const OperandLike& y) const {
    const auto* a = std::get_if<Array>(&x.value);
    const auto* b = std::get_if<Array>(&y.value);
    if (a && b) return arrays(*a, *b);
    if (a) return number_right(*a, std::get<Scalar>(y.value));
    if (b) return number_left(std::get<Scalar>(x.value), *b);
    return arrays(to_array(x.value, y.value), to_array(y.value, x.value));
  }
};

/// `doc`, with an example call `ingot.<call>` if it has none.
inline std::string with_example(const char* doc, const std::string& call) {
  std::string text = doc;
  if (text.find(">>>") == std::string::npos) text += "\n\nExample:\n    >>> y = ingot." + call;
  return text;
}

/// Compositions of the rows, and rows that take options.
void register_elementwise_functions(py::module_& core);
/// Activation functions, for `ingot.core` and as methods.
void register_activations(py::module_& core);
/// The same as PyTorch's `nn.functional` has them: the first argument is called `input`, and there is `inplace`.
void register_activation_functions(py::module_& functional);

}  // namespace ingot::python
