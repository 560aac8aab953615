// Binding of engine/profile.h; `ingot.profile` is the public form.
#pragma once

#include "bind.h"

namespace ingot::python {

void register_profile(py::module_& m);

}  // namespace ingot::python
