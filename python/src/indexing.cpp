#include "ingot/ops/indexing.h"

#include <algorithm>

#include "bind.h"
#include "errors.h"
#include "index_args.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "slots.h"
#include "write_through.h"

namespace ingot::python {

namespace {

std::optional<int64_t> slice_bound(PyObject* bound) {
  if (bound == Py_None) return std::nullopt;
  const py::object number = py::reinterpret_steal<py::object>(PyNumber_Index(bound));
  if (!number) throw py::error_already_set();
  // Beyond 64 bits is beyond any axis: Python's slices saturate too.
  int overflow = 0;
  const long long value = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  if (overflow) return overflow > 0 ? std::numeric_limits<int64_t>::max() : std::numeric_limits<int64_t>::min();
  return value;
}

Index index_item(PyObject* item) {
  if (PyLong_CheckExact(item)) {
    const long long value = PyLong_AsLongLong(item);
    if (value == -1 && PyErr_Occurred()) {
      PyErr_Clear();
      throw IndexError("index ", py::cast<std::string>(py::repr(item)), " is out of range");
    }
    return value;
  }
  if (PySlice_Check(item)) {
    const auto* slice = reinterpret_cast<PySliceObject*>(item);
    return Slice{slice_bound(slice->start), slice_bound(slice->stop), slice_bound(slice->step)};
  }
  if (item == Py_None) return NewAxis{};
  if (item == Py_Ellipsis) return Ellipsis{};
  if (is_array(item)) return unwrap(item);
  if (PyFloat_Check(item) || PyComplex_Check(item) || !is_array_like(item)) {
    if (PyIndex_Check(item)) return *slice_bound(item);
    throw IndexError("an index is an integer, a slice, None, `...`, or an array of integers or booleans, got ",
                     Py_TYPE(item)->tp_name);
  }
  if (PyList_Check(item) && PyList_GET_SIZE(item) == 0) return from_python(item, DType::int32);
  if (!PyBool_Check(item) && !PyList_Check(item) && !PyTuple_Check(item) && PyIndex_Check(item) &&
      !PyObject_CheckBuffer(item))
    return *slice_bound(item);
  return from_python(item);
}

Py_ssize_t length(PyObject* self) {
  return guarded(
      [&] {
        if (unwrap(self).ndim() == 0) throw TypeError("len() of a 0-d array");
        return static_cast<Py_ssize_t>(unwrap(self).shape()[0]);
      },
      Py_ssize_t(-1));
}

/// Single indices that are arrays as numbers: what they select is a view in PyTorch, and a copy here. In a function that is
/// being recorded they stay as they are, for another call may bring others.
void read_positions(std::vector<Index>& indices) {
  for (Index& each : indices) {
    const Array* array = std::get_if<Array>(&each);
    if (array && array->ndim() == 0 && is_integer(array->dtype()) && !array->peek().traced())
      each = item<int64_t>(*array);
  }
}

/// `x[indices]`.
PyObject* taken(PyObject* self, const std::vector<Index>& indices) {
  const auto take = [&] { return py::reinterpret_steal<py::object>(wrap(index(unwrap(self), indices))); };
  if (!pytorch_conventions()) return take().release().ptr();
  // What only this expression holds may be what a module or an array shows of itself: a buffer, a gradient.
  return sharing(self, Py_REFCNT(self) == 1, take).release().ptr();
}

PyObject* get_item(PyObject* self, PyObject* key) {
  return guarded([&] {
    std::vector<Index> indices = parse_indices(key);
    if (pytorch_conventions() && !is_recording()) read_positions(indices);
    return taken(self, indices);
  });
}

int set_item(PyObject* self, PyObject* key, PyObject* value) {
  return guarded(
      [&] {
        if (!value) throw TypeError("elements of an array cannot be deleted");
        const Array& array = unwrap(self);
        assign_in_place(self, index_update(array, parse_indices(key), value_for(array, value)));
        return 0;
      },
      -1);
}

PyObject* get_element(PyObject* self, Py_ssize_t position) {
  return guarded([&] { return taken(self, {int64_t(position)}); });
}

PyObject* iterate(PyObject* self) {
  return guarded([&] {
    if (unwrap(self).ndim() == 0) throw TypeError("iteration over a 0-d array");
    return PySeqIter_New(self);
  });
}

int contains(PyObject* self, PyObject* value) {
  return guarded(
      [&] {
        const py::object found = py::reinterpret_steal<py::object>(PyObject_RichCompare(self, value, Py_EQ));
        if (!found) throw py::error_already_set();
        return is_array(found.ptr()) ? PyObject_IsTrue(to_number(any(unwrap(found.ptr()))).ptr())
                                     : PyObject_IsTrue(found.ptr());
      },
      -1);
}

}  // namespace

std::vector<Index> parse_indices(PyObject* key) {
  std::vector<Index> indices;
  if (!PyTuple_Check(key)) {
    indices.push_back(index_item(key));
    return indices;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(key); ++i) indices.push_back(index_item(PyTuple_GET_ITEM(key, i)));
  return indices;
}

Array value_for(const Array& x, PyObject* value) {
  if (!is_number(value)) return from_python(value);
  const Scalar number = to_scalar(value, x.dtype());
  // What a cast would wrap around is an error, of a float as of an int.
  if (is_integer(x.dtype()) && std::holds_alternative<double>(number.value)) scalar(number, x.dtype());
  return scalar(number, promote(x.dtype(), number));
}

void add_container_slots(std::vector<PyType_Slot>& slots) {
  slots.push_back({Py_mp_length, reinterpret_cast<void*>(length)});
  slots.push_back({Py_mp_subscript, reinterpret_cast<void*>(get_item)});
  slots.push_back({Py_mp_ass_subscript, reinterpret_cast<void*>(set_item)});
  slots.push_back({Py_sq_item, reinterpret_cast<void*>(get_element)});
  slots.push_back({Py_sq_contains, reinterpret_cast<void*>(contains)});
  slots.push_back({Py_tp_iter, reinterpret_cast<void*>(iterate)});
}

void register_indexing(py::module_& m) {
  def_both(
      m, "nonzero", "x",
      [](const ArrayLike& x, bool as_tuple) -> py::object {
        const std::vector<Array> positions = nonzero(x);
        return as_tuple ? py::object(py::tuple(py::cast(positions))) : py::cast(stack(positions, 1));
      },
      py::kw_only(), "as_tuple"_a = true,
      "One array of indices per axis, of the elements that are not zero; with `as_tuple=False` one row for each such "
      "element, as `argwhere` (and PyTorch). Evaluates.\n\n"
      "Example:\n    >>> print(ingot.nonzero(ingot.array([0, 5, 7]))[0])\n    [1 2]");
}

}  // namespace ingot::python
