#include "ingot/nn/softmax.h"

#include "ingot/ops/softmax.h"

namespace ingot::nn {

namespace {

int64_t axis_for(const Array& x, std::optional<int64_t> dim) {
  if (dim) return *dim;
  return x.ndim() <= 1 || x.ndim() == 3 ? 0 : 1;
}

std::string shown(std::optional<int64_t> dim) { return concat("dim=", dim ? concat(*dim) : "None"); }
Json stored(std::optional<int64_t> dim) { return Json::Object{{"dim", dim ? Json(*dim) : Json()}}; }

}  // namespace

Array Softmax::forward(const Array& x) { return softmax(x, axis_for(x, dim_)); }
std::string Softmax::extra_repr() const { return shown(dim_); }
Json Softmax::config() const { return stored(dim_); }

Array LogSoftmax::forward(const Array& x) { return log_softmax(x, axis_for(x, dim_)); }
std::string LogSoftmax::extra_repr() const { return shown(dim_); }
Json LogSoftmax::config() const { return stored(dim_); }

}  // namespace ingot::nn
