// Index expressions as Python writes them.
#pragma once

#include <pybind11/pybind11.h>

#include <vector>

#include "ingot/ops/indexing.h"

namespace ingot::python {

/// The items of `x[key]`. Throws IndexError for what cannot index.
std::vector<Index> parse_indices(PyObject* key);
/// A value to be written into `x`: a Python number takes its dtype.
Array value_for(const Array& x, PyObject* value);

}  // namespace ingot::python
