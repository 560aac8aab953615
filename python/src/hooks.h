// Python functions as gradient hooks, in a way that the garbage collector can see through.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "ingot/autograd/backward.h"
#include "ingot/graph/array.h"

namespace ingot::python {

/// What `register_hook` returns.
struct HookHandle {
  Array array;
  size_t id;
  void remove() const { array.remove_hook(id); }
};

HookHandle register_hook(const pybind11::object& self, const pybind11::function& hook);

/// `backward`, and after it what its hooks put off until gradients have been added up.
void run_backward(const std::vector<Array>& outputs, const std::vector<Array>& cotangents,
                  const BackwardOptions& options, const std::vector<Array>& inputs);
/// Calls `function` at the end of the backward pass that runs.
void call_after_backward(const pybind11::function& function);

/// Keeps the attributes of a parameter for as long as anybody holds it, be that only a module.
void keep_attributes(PyObject* parameter);

/// For tp_traverse and tp_clear of `array`: a hook belongs to the object that registered it, and often refers back to it.
/// And of a module, with null for `self`, for arrays that it alone holds: they have no object.
int traverse_hooks(PyObject* self, const Array& array, visitproc visit, void* arg);
void clear_hooks(PyObject* self, const Array& array);
/// True if there are hooks of Python for a new object of this handle to own; takes them over.
bool adopt_hooks(PyObject* self, const Array& array);

}  // namespace ingot::python
