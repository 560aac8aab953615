// Integer arguments that may be beyond int64 and mean the same at its ends: the offset of a diagonal.
#pragma once

#include <pybind11/pybind11.h>

#include <cstdint>
#include <limits>

namespace ingot::python {

struct SaturatedInt {
  int64_t value = 0;
  operator int64_t() const { return value; }
};

}  // namespace ingot::python

namespace pybind11::detail {

template <>
struct type_caster<ingot::python::SaturatedInt> {
  PYBIND11_TYPE_CASTER(ingot::python::SaturatedInt, const_name("typing.SupportsInt | typing.SupportsIndex"));
  bool load(handle source, bool) {
    const auto number = reinterpret_steal<object>(PyNumber_Index(source.ptr()));
    if (!number) {
      PyErr_Clear();
      return false;
    }
    int overflow = 0;
    value.value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
    using Limits = std::numeric_limits<int64_t>;
    if (overflow != 0) value.value = overflow > 0 ? Limits::max() : Limits::min();
    return true;
  }
};

}  // namespace pybind11::detail
