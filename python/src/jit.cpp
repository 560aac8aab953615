#include "ingot/engine/jit.h"

#include <algorithm>

#include "bind.h"
#include "errors.h"
#include "jit_function.h"

namespace ingot::python {

void register_jit(py::module_& m) {
  register_jit_function(m);
  py::class_<Recording>(m, "Recording",
                        "One recorded run of a function of a list of arrays; `ingot.jit` keeps one per shape and "
                        "structure of the arguments.")
      .def(py::init([](const py::function& function, const std::vector<Array>& arguments) {
             return Recording(
                 [&](const std::vector<Array>& placeholders) {
                   return py::cast<std::vector<Array>>(function(placeholders));
                 },
                 arguments);
           }),
           "function"_a, "arguments"_a)
      .def("needs_graph", &Recording::needs_graph,
           "True if a result requires grad, so that the function itself must be called where gradients are recorded.")
      .def("valid", &Recording::valid,
           "False if a handle that the function used has changed in shape, dtype or presence of a gradient.")
      .def(
          "run", [](const Recording& self, const std::vector<Array>& arguments) { return self.run(arguments); },
          "arguments"_a, "Replays the plan.")
      .def("describe", &Recording::describe, "The plan as text.");
  m.def(
      "_being_traced",
      [](const std::vector<Array>& arrays) {
        return is_recording() || std::any_of(arrays.begin(), arrays.end(), [](const Array& array) {
                 return !array.peek().evaluated() && array.peek().traced();
               });
      },
      "arrays"_a, "True if a recording is under way, or if these arrays stand for values that are not there yet.");
  m.def("is_recording", is_recording, "True while `jit` records a function on this thread.");
}

}  // namespace ingot::python
