// Properties of `array`.
#include "bind.h"
#include "errors.h"
#include "ingot/graph/leaf.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "slots.h"
#include "write_through.h"

namespace ingot::python {

namespace {

template <class F>
PyObject* get(PyObject* self, F&& f) {
  return guarded([&] { return py::cast(f(unwrap(self))).release().ptr(); });
}

Array matrix_transpose(const Array& x) {
  if (x.ndim() < 2) throw ShapeError("mT: expected at least two axes, got shape ", x.shape());
  return swapaxes(x, -1, -2);
}

PyObject* get_size(PyObject* self, void*) {
  return guarded([&] {
    return py::module_::import("ingot._size").attr("Size")(unwrap(self).size(), unwrap(self).shape()).release().ptr();
  });
}

PyObject* get_grad_fn(PyObject* self, void*) {
  const Array& array = unwrap(self);
  if (array.is_leaf()) Py_RETURN_NONE;
  return PyUnicode_FromString(array.peek().op().name());
}

int set_requires_grad(PyObject* self, PyObject* value, void*) {
  return guarded(
      [&] {
        if (!value) throw TypeError("requires_grad cannot be deleted; set it to False");
        const int flag = PyObject_IsTrue(value);
        if (flag < 0) throw py::error_already_set();
        unwrap(self).set_requires_grad(flag);
        return 0;
      },
      -1);
}

int set_grad(PyObject* self, PyObject* value, void*) {
  return guarded(
      [&] {
        if (!value || value == Py_None) {
          unwrap(self).set_grad({});
        } else if (is_array(value)) {
          unwrap(self).set_grad(unwrap(value));
        } else {
          throw TypeError("grad: expected an array or None, got ", Py_TYPE(value)->tp_name);
        }
        return 0;
      },
      -1);
}

/// The values without their history; in-place changes of the result are written through to `self`.
PyObject* get_data(PyObject* self, void*) {
  return guarded([&] {
    const auto values = [&] {
      return py::reinterpret_steal<py::object>(wrap(Array(stop_gradient(unwrap(self)).node())));
    };
    if (pytorch_conventions()) return sharing(self, true, values).release().ptr();
    PyObject* view = values().release().ptr();
    reinterpret_cast<ArrayObject*>(view)->owner = unwrap(self);
    return view;
  });
}

int set_data(PyObject* self, PyObject* value, void*) {
  return guarded(
      [&] {
        if (!value) throw TypeError("data cannot be deleted");
        const Array& array = unwrap(self);
        const Array values = stop_gradient(from_python(value));
        if (values.shape() != array.shape())
          throw ShapeError("data: expected the array's own shape ", array.shape(), ", got ", values.shape());
        array.rebind_unchecked((values.dtype() == array.dtype() ? values : astype(values, array.dtype())).node());
        part_ways(self);
        return 0;
      },
      -1);
}

#define INGOT_GET(expression) [](PyObject* self, void*) { return get(self, [](const Array& x) { return expression; }); }

PyGetSetDef attributes[] = {
    {"shape", INGOT_GET(x.shape()), nullptr, "Length of every axis, as a tuple.", nullptr},
    {"ndim", INGOT_GET(x.ndim()), nullptr, "Number of axes.", nullptr},
    {"size", get_size, nullptr,
     "Number of elements. Also PyTorch's method: `x.size()` is the shape, `x.size(0)` a length.", nullptr},
    {"itemsize", INGOT_GET(size_of(x.dtype())), nullptr, "Bytes per element.", nullptr},
    {"nbytes", INGOT_GET(static_cast<int64_t>(size_of(x.dtype())) * x.size()), nullptr, "Bytes of all elements.",
     nullptr},
    {"dtype", INGOT_GET(x.dtype()), nullptr, "The type of the elements.", nullptr},
    {"device", INGOT_GET(x.device()), nullptr, "Where the array lives.", nullptr},
    {"T", INGOT_GET(transpose(x)), nullptr, "The transpose: all axes reversed.", nullptr},
    {"mT", INGOT_GET(matrix_transpose(x)), nullptr, "The transpose of each matrix in the last two axes.", nullptr},
    {"H", INGOT_GET(conj_if_complex(matrix_transpose(x))), nullptr, "The conjugate transpose of a matrix.", nullptr},
    {"mH", INGOT_GET(conj_if_complex(matrix_transpose(x))), nullptr,
     "The conjugate transpose of each matrix in the last two axes.", nullptr},
    {"is_cuda", INGOT_GET((static_cast<void>(x), false)), nullptr, "False: there are no CUDA devices.", nullptr},
    {"is_sparse", INGOT_GET((static_cast<void>(x), false)), nullptr, "False: every element is stored.", nullptr},
    {"real", INGOT_GET(real(x)), nullptr, "The real part.", nullptr},
    {"imag", INGOT_GET(imag(x)), nullptr, "The imaginary part.", nullptr},
    {"grad", INGOT_GET(x.grad()), set_grad, "The gradient that `backward()` accumulated, or None.", nullptr},
    {"requires_grad", INGOT_GET(x.requires_grad()), set_requires_grad,
     "True if operations on this array are recorded for differentiation.", nullptr},
    {"is_leaf", INGOT_GET(x.is_leaf()), nullptr, "True unless the array is the result of a recorded operation.",
     nullptr},
    {"grad_fn", get_grad_fn, nullptr, "The name of the recorded operation that made this array, or None for a leaf.",
     nullptr},
    {"data", get_data, set_data,
     "The values without their history. Changing the result in place changes this array too.", nullptr},
    {"__array_priority__", [](PyObject*, void*) { return PyFloat_FromDouble(1000); }, nullptr,
     "Makes NumPy leave mixed operators to us.", nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

#undef INGOT_GET

}  // namespace

PyGetSetDef* array_attributes() { return attributes; }

}  // namespace ingot::python
