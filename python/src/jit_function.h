// The base of `ingot.jit`'s functions: finds the recording for a call and replays it.
#pragma once

#include "bind.h"

namespace ingot::python {

void register_jit_function(py::module_& m);

}  // namespace ingot::python
