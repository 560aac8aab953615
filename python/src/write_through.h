// What is done to an array that stands for another's data.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

/// After an array's value was replaced: if it is `x.data` of some x, x takes the value too, and if it has a place in x,
/// that part of x.
void write_through(PyObject* object);
/// Has in-place changes of `part`, which is `base[index]`, reach the base, and the reverse (`unwrap`). The index must not
/// change later.
void remember_place(PyObject* part, PyObject* base, const pybind11::object& index);
/// Has in-place changes of `data`, which is `part.data`, reach what those of the part reach.
void share_place(PyObject* data, PyObject* part);
/// The array is no part of another any more.
void forget_place(PyObject* part);

}  // namespace ingot::python
