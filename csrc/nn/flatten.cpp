#include "ingot/nn/flatten.h"

#include "ingot/ops/manipulation.h"

namespace ingot::nn {

Array Flatten::forward(const Array& x) { return flatten(x, start_dim_, end_dim_); }

std::string Flatten::extra_repr() const { return concat("start_dim=", start_dim_, ", end_dim=", end_dim_); }

Json Flatten::config() const { return Json::Object{{"start_dim", start_dim_}, {"end_dim", end_dim_}}; }

}  // namespace ingot::nn
