// The Python type `array`: a raw CPython type rather than a pybind11 class, because making one must cost next to nothing.
#pragma once

#include <pybind11/pybind11.h>

#include <memory>

#include "ingot/graph/array.h"
#include "ingot/ops/view_chain.h"

namespace ingot::python {

/// Which elements of which other array an array shows.
struct Place {
  /// The array, or a weak reference to it; None if it shares its elements with nobody.
  pybind11::object base;
  ViewChain chain;
  /// What the base was when the array last agreed with it.
  NodeRef seen;
  /// How often its axes were changed in place, and how often those of the base had been.
  int turns, base_turns;
};

/// An `array` as Python lays it out.
struct ArrayObject {
  PyObject_HEAD Array array;
  /// For `x.data`, and what `state_dict` gives: the array that in-place changes are written through to. Else undefined.
  Array owner;
  /// For views under PyTorch's conventions, where in-place changes of either reach the other. Else null.
  std::unique_ptr<Place> place;
  PyObject* weakrefs;
};

/// A parameter, which may have attributes of the user's own.
struct ParameterObject {
  ArrayObject base;
  /// The dictionary of these; null until there are any.
  PyObject* attributes;
};

/// `ingot.array`, and `ingot.nn.Parameter` which derives from it.
PyTypeObject* array_type() noexcept;
PyTypeObject* parameter_type() noexcept;

inline bool is_array(PyObject* object) noexcept { return PyObject_TypeCheck(object, array_type()); }
inline bool is_parameter(PyObject* object) noexcept { return PyObject_TypeCheck(object, parameter_type()); }
/// Has an array that has a place take what its base has become.
void follow_base(PyObject* part);
/// The array behind a Python object for which `is_array` holds.
inline const Array& unwrap(PyObject* object) {
  auto* self = reinterpret_cast<ArrayObject*>(object);
  if (self->place) follow_base(object);
  return self->array;
}

/// A new reference to the one Python object of this handle, made as `type` if there is none yet; None for an undefined array.
PyObject* wrap(const Array& array, PyTypeObject* type = array_type());
/// The same for an array that a module holds as a parameter.
inline PyObject* wrap_parameter(const Array& array) { return wrap(array, parameter_type()); }

/// Rebinds the handle behind `object` in place, cast to its dtype, writing through `x.data`. Throws TypeError if the
/// cast would lose more than precision (a float into an integer array).
void assign_in_place(PyObject* object, const Array& result);
/// A new handle for the same values, recorded as an operation of its own.
Array identity(const Array& array);
/// A new leaf with the values of `array`.
Array make_leaf(const Array& array, bool requires_grad);

}  // namespace ingot::python
