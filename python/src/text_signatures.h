// Signatures that `inspect.signature` can read, for functions that pybind11 made.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

/// Gives every function of the module, of its submodules and of their classes a `__text_signature__`: the parameters of
/// its documentation's first line without their types. Docstrings stay as they are. Call it once, after all bindings.
void add_text_signatures(const pybind11::module_& m);

}  // namespace ingot::python
