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
  const auto method = [&](auto function) { return py::cpp_function(function, py::is_method(module_type)); };
  const py::object property = py::module_::import("builtins").attr("property");
  for (const auto& [name, what] :
       {std::pair("_parameters", "parameters"), std::pair("_buffers", "buffers"), std::pair("_modules", "children")})
    // A module may have an attribute of its own by this name: nothing here depends on the registry.
    module_type.attr(name) =
        property(method([name = std::string(name)](const py::object& self) -> py::object {
                   const py::dict own = self.attr("__dict__");
                   if (own.contains(name)) return own[name.c_str()];
                   return py::module_::import("ingot.nn._registries").attr("Registry")(self, name);
                 }),
                 method([name = std::string(name)](const py::object& self, const py::object& value) {
                   self.attr("__dict__")[name.c_str()] = value;
                 }),
                 py::none(), concat("The module's own ", what, " by name: changing this changes the module."));
}

}  // namespace ingot::python
