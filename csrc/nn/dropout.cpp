#include "ingot/nn/dropout.h"

#include "ingot/nn/functional.h"

namespace ingot::nn {

Dropout::Dropout(double p, bool inplace) : p_(p), inplace_(inplace) {
  if (!(p >= 0 && p <= 1)) throw ValueError("Dropout: expected a probability p in [0, 1], got ", p);
}

Array Dropout::forward(const Array& x) { return functional::dropout(x, p_, training()); }

std::string Dropout::extra_repr() const { return concat("p=", p_, ", inplace=", inplace_ ? "True" : "False"); }

Json Dropout::config() const { return Json::Object{{"p", p_}, {"inplace", inplace_}}; }

}  // namespace ingot::nn
