// Functions and methods that complete the module once its families are registered.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

/// Functions of csrc/ops/sampled_functions.h and editing.h.
void register_sampled_functions(pybind11::module_& m);
void register_editing(pybind11::module_& m);
/// How functions are told that they make views (write_through.h).
void register_views(pybind11::module_& m);
/// How functions are given PyTorch's names of their arguments.
void register_keyword_names(pybind11::module_& m);
/// For functions that stand for others: a text that is never freed, and a docstring before which CPython finds the
/// signature.
const char* lasting_text(const pybind11::object& text);
pybind11::object documentation_of(const pybind11::object& function);
/// Methods of PyTorch's arrays that other functions give, and all that store their result in place. After everything
/// else, for it binds what is there.
void register_torch_methods(pybind11::module_& m);

}  // namespace ingot::python
