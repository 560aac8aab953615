// What is done to an array that stands for another's data.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

/// After an array's value was replaced: if it is `x.data` of some x, x takes the value too.
void write_through(PyObject* object);

}  // namespace ingot::python
