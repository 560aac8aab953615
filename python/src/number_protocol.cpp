// Operators of `array` as raw C slots: a pybind11 call costs as much as the operation itself.
#include "bind.h"
#include "errors.h"
#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "slots.h"

namespace ingot::python {

namespace {

using ArrayArray = Array (*)(const Array&, const Array&);
using ArrayScalar = Array (*)(const Array&, const Scalar&);
using ScalarArray = Array (*)(const Scalar&, const Array&);

PyObject* not_implemented() { Py_RETURN_NOTIMPLEMENTED; }

/// `a op b`, of which at least one is an array; undefined if the other is nothing that an array can meet.
template <ArrayArray both, ArrayScalar right, ScalarArray left>
Array apply_operator(PyObject* a, PyObject* b) {
  if (is_array(a)) {
    if (is_array(b)) return both(unwrap(a), unwrap(b));
    if (is_number(b)) return right(unwrap(a), to_scalar(b, unwrap(a).dtype()));
    return is_array_like(b) ? both(unwrap(a), from_python(b)) : Array();
  }
  if (is_number(a)) return left(to_scalar(a, unwrap(b).dtype()), unwrap(b));
  return is_array_like(a) ? both(from_python(a), unwrap(b)) : Array();
}

template <ArrayArray both, ArrayScalar right, ScalarArray left>
PyObject* binary(PyObject* a, PyObject* b) {
  return guarded([&] {
    const Array result = apply_operator<both, right, left>(a, b);
    return result.defined() ? wrap(result) : not_implemented();
  });
}

template <ArrayArray both, ArrayScalar right, ScalarArray left>
PyObject* in_place(PyObject* a, PyObject* b) {
  return guarded([&] {
    const Array result = apply_operator<both, right, left>(a, b);
    if (!result.defined()) return not_implemented();
    assign_in_place(a, result);
    return Py_NewRef(a);
  });
}

template <ArrayArray both, ArrayScalar right, ScalarArray left>
PyObject* power(PyObject* a, PyObject* b, PyObject* modulus) {
  if (modulus != Py_None) return not_implemented();
  return binary<both, right, left>(a, b);
}

template <ArrayArray both, ArrayScalar right, ScalarArray left>
PyObject* in_place_power(PyObject* a, PyObject* b, PyObject*) {
  return in_place<both, right, left>(a, b);
}

Array matrix_product(PyObject* a, PyObject* b) {
  if (is_number(a) || is_number(b)) throw ValueError("matmul: a number is no matrix; multiply by it with `*`");
  if (!is_array_like(a) || !is_array_like(b)) return Array();
  return matmul(from_python(a), from_python(b));
}

PyObject* matmul_slot(PyObject* a, PyObject* b) {
  return guarded([&] {
    const Array result = matrix_product(a, b);
    return result.defined() ? wrap(result) : not_implemented();
  });
}

PyObject* in_place_matmul_slot(PyObject* a, PyObject* b) {
  return guarded([&] {
    const Array result = matrix_product(a, b);
    if (!result.defined()) return not_implemented();
    assign_in_place(a, result);
    return Py_NewRef(a);
  });
}

PyObject* divmod(PyObject* a, PyObject* b) {
  return guarded([&] {
    const Array quotient = apply_operator<floor_divide, floor_divide, floor_divide>(a, b);
    if (!quotient.defined()) return not_implemented();
    return py::make_tuple(quotient, apply_operator<remainder, remainder, remainder>(a, b)).release().ptr();
  });
}

template <Array (*function)(const Array&)>
PyObject* unary(PyObject* a) {
  return guarded([&] { return wrap(function(unwrap(a))); });
}

// ---- comparison ----

/// What comparing integers with an int outside their range gives everywhere, if `number` is one: `uint8 == 300` is
/// False, not an error.
std::optional<bool> out_of_range_result(DType dtype, PyObject* number, int op) {
  if (!is_integer(dtype) || !PyLong_Check(number) || PyBool_Check(number)) return std::nullopt;
  int sign = 0;
  const long long value = PyLong_AsLongLongAndOverflow(number, &sign);
  if (sign == 0) {
    const int bits = static_cast<int>(8 * size_of(dtype));
    if (is_unsigned_integer(dtype)) {
      sign = value < 0 ? -1 : bits < 64 && value >> bits ? 1 : 0;
    } else if (bits < 64) {
      sign = value >> (bits - 1) == 0 || value >> (bits - 1) == -1 ? 0 : value < 0 ? -1 : 1;
    }
  } else if (dtype == DType::uint64 && sign > 0) {
    PyLong_AsUnsignedLongLong(number);
    if (!PyErr_Occurred()) return std::nullopt;
    PyErr_Clear();
  }
  if (sign == 0) return std::nullopt;
  switch (op) {
    case Py_EQ:
      return false;
    case Py_NE:
      return true;
    case Py_LT:
    case Py_LE:
      return sign > 0;
    default:
      return sign < 0;
  }
}

Array compare(PyObject* a, PyObject* b, int op) {
  if (const auto constant = out_of_range_result(unwrap(a).dtype(), b, op))
    return full(unwrap(a).shape(), *constant, DType::bool_);
  switch (op) {
    case Py_EQ:
      return apply_operator<equal, equal, equal>(a, b);
    case Py_NE:
      return apply_operator<not_equal, not_equal, not_equal>(a, b);
    case Py_LT:
      return apply_operator<less, less, less>(a, b);
    case Py_LE:
      return apply_operator<less_equal, less_equal, less_equal>(a, b);
    case Py_GT:
      return apply_operator<greater, greater, greater>(a, b);
    default:
      return apply_operator<greater_equal, greater_equal, greater_equal>(a, b);
  }
}

PyObject* rich_compare(PyObject* a, PyObject* b, int op) {
  return guarded([&] {
    const Array result = compare(a, b, op);
    return result.defined() ? wrap(result) : not_implemented();
  });
}

// ---- conversion to numbers ----

py::object only_number(PyObject* object, const char* target) {
  const Array& array = unwrap(object);
  if (array.size() != 1)
    throw TypeError("only an array of one element converts to ", target, ", this one has shape ", array.shape());
  return to_number(array);
}

int to_bool(PyObject* object) {
  return guarded(
      [&] {
        const Array& array = unwrap(object);
        if (array.size() != 1)
          throw ValueError("the truth value of an array of shape ", array.shape(),
                           " is ambiguous; use any(), all() or a comparison of one element");
        return PyObject_IsTrue(to_number(array).ptr());
      },
      -1);
}

PyObject* to_int(PyObject* object) {
  return guarded([&] { return PyNumber_Long(only_number(object, "int").ptr()); });
}

PyObject* to_float(PyObject* object) {
  return guarded([&] { return PyNumber_Float(only_number(object, "float").ptr()); });
}

PyObject* to_index(PyObject* object) {
  return guarded([&] {
    const Array& array = unwrap(object);
    if (!is_integer(array.dtype()) || array.ndim() != 0)
      throw TypeError("only a 0-d array of integers can be an index, this one has shape ", array.shape(), " and dtype ",
                      array.dtype());
    return to_number(array).release().ptr();
  });
}

template <class T>
PyType_Slot slot(int id, T function) {
  return {id, reinterpret_cast<void*>(function)};
}

}  // namespace

void add_number_slots(std::vector<PyType_Slot>& slots) {
#define INGOT_OPERATOR(name, function)                                                                                 \
  slots.push_back(slot(Py_nb_##name, binary<function, function, function>));                                           \
  slots.push_back(slot(Py_nb_inplace_##name, in_place<function, function, function>));
  INGOT_OPERATOR(add, ingot::add)
  INGOT_OPERATOR(subtract, ingot::subtract)
  INGOT_OPERATOR(multiply, ingot::multiply)
  INGOT_OPERATOR(true_divide, ingot::divide)
  INGOT_OPERATOR(floor_divide, ingot::floor_divide)
  INGOT_OPERATOR(remainder, ingot::remainder)
  INGOT_OPERATOR(and, ingot::bitwise_and)
  INGOT_OPERATOR(or, ingot::bitwise_or)
  INGOT_OPERATOR(xor, ingot::bitwise_xor)
  INGOT_OPERATOR(lshift, ingot::bitwise_left_shift)
  INGOT_OPERATOR(rshift, ingot::bitwise_right_shift)
#undef INGOT_OPERATOR
  slots.push_back(slot(Py_nb_power, power<ingot::pow, ingot::pow, ingot::pow>));
  slots.push_back(slot(Py_nb_inplace_power, in_place_power<ingot::pow, ingot::pow, ingot::pow>));
  slots.push_back(slot(Py_nb_matrix_multiply, matmul_slot));
  slots.push_back(slot(Py_nb_inplace_matrix_multiply, in_place_matmul_slot));
  slots.push_back(slot(Py_nb_divmod, divmod));
  slots.push_back(slot(Py_nb_negative, unary<ingot::negative>));
  slots.push_back(slot(Py_nb_positive, unary<identity>));
  slots.push_back(slot(Py_nb_absolute, unary<ingot::abs>));
  slots.push_back(slot(Py_nb_invert, unary<ingot::bitwise_invert>));
  slots.push_back(slot(Py_nb_bool, to_bool));
  slots.push_back(slot(Py_nb_int, to_int));
  slots.push_back(slot(Py_nb_float, to_float));
  slots.push_back(slot(Py_nb_index, to_index));
  slots.push_back(slot(Py_tp_richcompare, rich_compare));
}

}  // namespace ingot::python
