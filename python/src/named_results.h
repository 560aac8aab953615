// Results of several arrays, with names: tuples of the classes in ingot/_results.py.
#pragma once

#include <utility>

#include "bind.h"

namespace ingot::python {

/// Several arrays as a tuple of the class `name` of `ingot._results`.
template <class... Arrays>
py::object named_result(const char* name, const Arrays&... arrays) {
  return py::module_::import("ingot._results").attr(name)(arrays...);
}

struct ValuesAndIndices {
  Array values, indices;
  ValuesAndIndices() = default;
  ValuesAndIndices(std::pair<Array, Array> pair) : values(std::move(pair.first)), indices(std::move(pair.second)) {}
};

}  // namespace ingot::python

namespace pybind11::detail {

template <>
struct type_caster<ingot::python::ValuesAndIndices> {
  PYBIND11_TYPE_CASTER(ingot::python::ValuesAndIndices, const_name("ValuesAndIndices"));
  bool load(handle, bool) { return false; }
  static handle cast(const ingot::python::ValuesAndIndices& result, return_value_policy, handle) {
    return ingot::python::named_result("ValuesAndIndices", result.values, result.indices).release();
  }
};

}  // namespace pybind11::detail
