// Between Python's numbers, lists and buffers, and arrays.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>

#include "array_object.h"
#include "ingot/graph/array.h"
#include "ingot/io/named_arrays.h"

namespace ingot::python {

/// True for bool, int, float, complex and their subclasses (NumPy's float64 and complex128 scalars among them).
inline bool is_number(PyObject* object) noexcept {
  return PyFloat_CheckExact(object) || PyLong_Check(object) || PyFloat_Check(object) || PyComplex_Check(object);
}
/// True for a Python int, and for whatever else may be an index.
inline bool is_int(PyObject* object) noexcept { return PyIndex_Check(object) && !is_array(object); }
/// A Python number as a weak scalar. An int beyond 64 bits becomes a float where `meets` is inexact, else it is an
/// OverflowError.
Scalar to_scalar(PyObject* number, DType meets = DType::float32);

/// True if `from_python` would try: an array, a number, a list, a buffer, or something with `__array__` or `__dlpack__`.
bool is_array_like(PyObject* object);
/// The dtype of an integer of Python's: int32 where it fits, unless PyTorch's conventions hold.
DType dtype_of_integer(int64_t value);
/// An array of the given or the natural dtype (float32, int32 or int64, bool, complex64; a buffer's own). Throws
/// ValueError for a ragged list, naming the position; TypeError for what is no number.
Array from_python(pybind11::handle object, std::optional<DType> dtype = {});
/// A read-write window on the memory of a buffer, without a copy. Throws TypeError or ValueError if that cannot be.
Array from_buffer_without_copy(pybind11::handle object);

/// Arrays by name, from a dictionary of what `from_python` takes.
NamedArrays named_arrays_from(const pybind11::object& mapping);

/// The only element as a Python number.
pybind11::object to_number(const Array& array);
/// Nested lists of numbers; a number for a 0-d array.
pybind11::object to_list(const Array& array);

/// The dtype behind a dtype object, a name, a NumPy dtype or type, or one of Python's own types; nothing if it is none
/// of these.
std::optional<DType> dtype_from_python(pybind11::handle object);
/// The `dtype` object.
pybind11::object dtype_to_python(DType dtype);

/// A Python sequence of ints, or one int, as lengths or axes. False if it is something else.
bool load_ints(pybind11::handle object, SmallVector<int64_t, 5>& out);

}  // namespace ingot::python
