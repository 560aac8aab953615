#include "ingot/ops/softmax.h"

#include "bind.h"
#include "ingot/ops/elementwise.h"

namespace ingot::python {

namespace {

void def_along_axis(py::module_& m, const char* name, Array (*function)(const Array&, int64_t), const char* doc) {
  def_both(
      m, name, "x",
      [function](const ArrayLike& x, std::optional<int64_t> axis, std::optional<int64_t> dim,
                 std::optional<DType> dtype) {
        return function(dtype ? astype(x, *dtype) : x.value, axis ? *axis : dim.value_or(-1));
      },
      "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(), "dtype"_a = py::none(), doc);
}

}  // namespace

void register_softmax(py::module_& m) {
  def_along_axis(m, "softmax", softmax,
                 "`exp(x) / sum(exp(x))` along one axis (the last by default), stable for any finite input.\n\n"
                 "Example:\n    >>> print(ingot.softmax(ingot.zeros(2)))\n    [0.5 0.5]");
  def_along_axis(m, "log_softmax", log_softmax,
                 "The logarithm of `softmax` along one axis (the last by default), stable for any finite input.\n\n"
                 "Example:\n    >>> print(ingot.log_softmax(ingot.zeros(1)))\n    [0.]");
  def_both(
      m, "logsumexp", "x",
      [](const ArrayLike& x, const OptionalAxes& axis, bool keepdims, const OptionalAxes& dim, bool keepdim) {
        return logsumexp(x, axis ? axis : dim, keepdims || keepdim);
      },
      "axis"_a = py::none(), "keepdims"_a = false, py::kw_only(), "dim"_a = py::none(), "keepdim"_a = false,
      "`log(sum(exp(x)))` over `axis`, stable for any finite input.\n\nExample:\n    >>> "
      "print(ingot.logsumexp(ingot.zeros(1)))\n    0.0");
}

}  // namespace ingot::python
