#include "ingot/nn/activation.h"

#include "ingot/nn/functional.h"

namespace ingot::nn {

GELU::GELU(std::string approximate) : approximate_(std::move(approximate)) { functional::gelu_named(approximate_); }

Array GELU::forward(const Array& x) { return functional::gelu_named(approximate_)(x); }

std::string GELU::extra_repr() const { return concat("approximate='", approximate_, "'"); }

Json GELU::config() const { return Json::Object{{"approximate", approximate_}}; }

}  // namespace ingot::nn
