// `module._parameters`, `_buffers` and `_modules`, which programs written for PyTorch read and change.
#include "nn_bind.h"

namespace ingot::python {

namespace {

template <class Entries>
py::list names_of(const Entries& entries) {
  py::list names;
  for (const auto& [name, value] : entries) names.append(name);
  return names;
}

}  // namespace

void register_nn_registries(py::module_& m, py::object module_type) {
  m.def(
      "_registered_names",
      [](const nn::Module& module, const std::string& registry) {
        if (registry == "_parameters") return names_of(module.own_parameters());
        if (registry == "_buffers") return names_of(module.own_buffers());
        return names_of(module.children());
      },
      "module"_a, "registry"_a, "The names in one of a module's registries, in order.");
  for (const auto& [name, what] :
       {std::pair("_parameters", "parameters"), std::pair("_buffers", "buffers"), std::pair("_modules", "children")})
    module_type.attr(name) =
        py::module_::import("builtins")
            .attr("property")(py::cpp_function(
                                  [name = std::string(name)](const py::object& self) {
                                    return py::module_::import("ingot.nn._registries").attr("Registry")(self, name);
                                  },
                                  py::is_method(module_type)),
                              py::none(), py::none(),
                              concat("The module's own ", what, " by name: changing this changes the module."));
}

}  // namespace ingot::python
