#include "ingot/graph/grad_mode.h"

#include "bind.h"

namespace ingot::python {

void register_grad_mode(py::module_& m) {
  m.def("is_grad_enabled", grad_enabled,
        "True if operations on this thread are recorded for differentiation.\n\nExample:\n    >>> "
        "ingot.is_grad_enabled()\n    True");
  m.def("_set_grad_enabled", set_grad_enabled, "enabled"_a, "Turns recording on or off on this thread.");
}

}  // namespace ingot::python
