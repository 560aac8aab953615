#include "ingot/nn/linear.h"

#include <cmath>

#include "ingot/nn/init.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/matmul.h"

namespace ingot::nn {

Linear::Linear(int64_t in_features, int64_t out_features, bool bias, DType dtype)
    : in_features_(in_features), out_features_(out_features) {
  if (in_features < 0 || out_features < 0)
    throw ValueError("Linear: in_features and out_features must not be negative, got ", in_features, " and ",
                     out_features);
  register_parameter("weight", parameter(zeros({out_features, in_features}, dtype)));
  register_parameter("bias", bias ? parameter(zeros({out_features}, dtype)) : Array());
  reset_parameters();
}

void Linear::reset_parameters() {
  init::kaiming_uniform_(weight(), std::sqrt(5.0));
  if (!bias().defined()) return;
  const double bound = in_features_ > 0 ? 1 / std::sqrt(static_cast<double>(in_features_)) : 0;
  init::uniform_(bias(), -bound, bound);
}

Array Linear::forward(const Array& x) { return linear(x, weight(), bias()); }

std::string Linear::extra_repr() const {
  return concat("in_features=", in_features_, ", out_features=", out_features_,
                ", bias=", bias().defined() ? "True" : "False");
}

Json Linear::config() const {
  return Json::Object{{"in_features", in_features_}, {"out_features", out_features_}, {"bias", bias().defined()}};
}

}  // namespace ingot::nn
