// What can be asked of dtypes and shapes, under the names of the Array API standard.
#include "bind.h"
#include "ingot/graph/dtype_info.h"
#include "ingot/ops/conventions.h"

namespace ingot::python {

namespace {

/// A dtype, or the dtype of an array.
DType dtype_behind(const py::object& object, const char* function) {
  if (is_array(object.ptr())) return unwrap(object.ptr()).dtype();
  if (const auto dtype = dtype_from_python(object)) return *dtype;
  throw TypeError(function, ": expected a dtype or an array, got ", Py_TYPE(object.ptr())->tp_name);
}

bool is_dtype_of(DType dtype, const py::object& kind) {
  if (PyTuple_Check(kind.ptr())) {
    bool found = false;
    // Without stopping early, so that a wrong name is an error wherever it stands.
    for (const py::handle each : kind) {
      if (PyTuple_Check(each.ptr())) throw TypeError("isdtype: a tuple of kinds holds no further tuples");
      found |= is_dtype_of(dtype, py::reinterpret_borrow<py::object>(each));
    }
    return found;
  }
  if (PyUnicode_Check(kind.ptr())) return is_of_kind(dtype, py::cast<std::string>(kind));
  if (const auto other = dtype_from_python(kind)) return dtype == *other;
  throw TypeError("isdtype: expected a dtype, the name of a kind, or a tuple of these, got ",
                  Py_TYPE(kind.ptr())->tp_name);
}

DType common_type(const py::args& operands) {
  std::vector<std::variant<DType, Scalar>> given;
  for (const py::handle operand : operands) {
    if (is_array(operand.ptr())) {
      given.emplace_back(unwrap(operand.ptr()).dtype());
    } else if (is_number(operand.ptr())) {
      given.emplace_back(to_scalar(operand.ptr()));
    } else if (const auto dtype = dtype_from_python(operand)) {
      given.emplace_back(*dtype);
    } else if (is_array_like(operand.ptr())) {
      given.emplace_back(from_python(operand).dtype());
    } else {
      throw TypeError("result_type: expected arrays, dtypes and numbers, got ", Py_TYPE(operand.ptr())->tp_name);
    }
  }
  return result_type(given);
}

void register_limits(py::module_& m) {
  py::class_<FloatInfo>(m, "finfo",
                        "The limits of a floating dtype, given as a dtype or an array; of a complex one, those of its "
                        "parts.\n\nRaises TypeError for other dtypes.\n\nExample:\n    >>> "
                        "ingot.finfo(ingot.float32).eps\n    1.1920928955078125e-07")
      .def(py::init([](const py::object& type) { return float_info(dtype_behind(type, "finfo")); }), "type"_a,
           py::pos_only())
      .def_readonly("dtype", &FloatInfo::dtype, "The real dtype.")
      .def_readonly("bits", &FloatInfo::bits, "Bits per number.")
      .def_readonly("eps", &FloatInfo::eps, "Distance from 1 to the next larger number.")
      .def_readonly("max", &FloatInfo::max, "The largest finite number.")
      .def_readonly("min", &FloatInfo::min, "The lowest finite number.")
      .def_readonly("smallest_normal", &FloatInfo::smallest_normal, "The smallest positive normal number.")
      .def_readonly("tiny", &FloatInfo::smallest_normal, "The smallest positive normal number.")
      .def_property_readonly(
          "resolution", [](const FloatInfo& self) { return std::pow(10.0, -self.digits); },
          "What a decimal digit beyond precision is worth at 1.")
      .def("__repr__", [](const FloatInfo& self) {
        return concat("finfo(dtype=", self.dtype, ", bits=", self.bits, ", eps=", self.eps, ", max=", self.max,
                      ", smallest_normal=", self.smallest_normal, ")");
      });
  py::class_<IntegerInfo>(m, "iinfo",
                          "The limits of an integer dtype, given as a dtype or an array.\n\nRaises TypeError for other "
                          "dtypes.\n\nExample:\n    >>> ingot.iinfo(ingot.int8).max\n    127")
      .def(py::init([](const py::object& type) { return integer_info(dtype_behind(type, "iinfo")); }), "type"_a,
           py::pos_only())
      .def_readonly("dtype", &IntegerInfo::dtype, "The dtype.")
      .def_readonly("bits", &IntegerInfo::bits, "Bits per number.")
      .def_readonly("max", &IntegerInfo::max, "The largest number.")
      .def_readonly("min", &IntegerInfo::min, "The smallest number.")
      .def("__repr__", [](const IntegerInfo& self) {
        return concat("iinfo(dtype=", self.dtype, ", bits=", self.bits, ", min=", self.min, ", max=", self.max, ")");
      });
}

}  // namespace

void register_inspection(py::module_& m) {
  register_limits(m);
  m.def(
      "isdtype", [](DType dtype, const py::object& kind) { return is_dtype_of(dtype, kind); }, "dtype"_a, "kind"_a,
      "True if `dtype` is `kind`: a dtype, one of the names 'bool', 'signed integer', 'unsigned integer', 'integral', "
      "'real floating', 'complex floating' and 'numeric', or a tuple of which one must hold.\n\n"
      "Raises ValueError for another name.\n\nExample:\n    >>> ingot.isdtype(ingot.int32, 'integral')\n    True");
  m.def(
      "can_cast", [](const py::object& from, DType to) { return can_cast(dtype_behind(from, "can_cast"), to); },
      "from_"_a, "to"_a,
      "True if promotion takes `from_`, a dtype or an array, to the dtype `to`.\n\nExample:\n    >>> "
      "ingot.can_cast(ingot.int8, ingot.int32), ingot.can_cast(ingot.int32, ingot.int8)\n    (True, False)");
  m.def("result_type", common_type,
        "The dtype of an operation on all the given arrays, dtypes and numbers. Numbers are weak: they only raise the "
        "kind.\n\nRaises ValueError if nothing is given.\n\nExample:\n    >>> ingot.result_type(ingot.int8, "
        "ingot.int16, 3)\n    ingot.int16");
  m.def(
      "promote_types", [](DType a, DType b) { return promote(a, b); }, "a"_a, "b"_a,
      "The dtype of an operation between arrays of these two dtypes.\n\nExample:\n    >>> "
      "ingot.promote_types(ingot.int32, ingot.float16)\n    ingot.float16");
  m.def("_set_pytorch_conventions", set_pytorch_conventions, "on"_a,
        "Has this process make integers and indices of int64, integers select before index arrays do, and in-place "
        "changes of slices reach their arrays.");
  m.def(
      "broadcast_shapes",
      [](const py::args& shapes) {
        Shape out;
        for (const py::handle each : shapes) {
          Shape shape;
          if (!load_ints(each, shape))
            throw TypeError("broadcast_shapes: expected shapes, got ", py::cast<std::string>(py::repr(each)));
          element_count(shape);
          out = broadcast_shapes(out, shape, "broadcast_shapes");
        }
        return out;
      },
      "The shape that all of these shapes broadcast to.\n\nRaises ShapeError if they do not.\n\nExample:\n    >>> "
      "ingot.broadcast_shapes((2, 1), (3,))\n    (2, 3)");
}

}  // namespace ingot::python
