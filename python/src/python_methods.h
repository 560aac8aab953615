// Methods that few programs call and that are written in Python.
#pragma once

#include <initializer_list>

#include "bind.h"

namespace ingot::python {

struct PythonMethod {
  const char* name;
  const char* doc;
};

/// Gives a class methods that are the functions of those names in a Python module, which the first call imports.
inline void def_in_python(py::object type, const char* module, std::initializer_list<PythonMethod> methods) {
  for (const auto& [name, doc] : methods)
    type.attr(name) = py::cpp_function(
        [module, name = name](const py::object& self, const py::args& args, const py::kwargs& kwargs) -> py::object {
          return py::module_::import(module).attr(name)(self, *args, **kwargs);
        },
        py::name(name), py::is_method(type), doc);
}

}  // namespace ingot::python
