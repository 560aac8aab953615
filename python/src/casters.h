// How pybind11 passes Ingot's types. All functions are bound without overloads, so a caster may throw an error that
// says what it expected.
#pragma once

#include <pybind11/pybind11.h>

#include <variant>

#include "array_object.h"
#include "convert_python.h"
#include "ingot/graph/device.h"

namespace ingot::python {

/// An argument that stands for an array: an array, a number, a nested list, a buffer.
struct ArrayLike {
  Array value;
  operator const Array&() const { return value; }
};

/// An operand of an elementwise function: Python numbers stay weak.
using Operand = std::variant<Array, Scalar>;
struct OperandLike {
  Operand value = Array();
};

/// The only element of an array where a function takes a number, through which no gradient flows. Throws GradError if one
/// should.
Scalar constant_of(const Array& array);
/// The array of an operand, where a number meets `other`.
Array to_array(const Operand& operand, const Operand& other);
std::vector<Array> to_arrays(const std::vector<ArrayLike>& arrays);

}  // namespace ingot::python

namespace pybind11::detail {

template <>
struct type_caster<ingot::Array> {
  PYBIND11_TYPE_CASTER(ingot::Array, const_name("array"));
  bool load(handle source, bool) {
    if (!ingot::python::is_array(source.ptr())) return false;
    value = ingot::python::unwrap(source.ptr());
    return true;
  }
  static handle cast(const ingot::Array& array, return_value_policy, handle) { return ingot::python::wrap(array); }
};

template <>
struct type_caster<ingot::python::ArrayLike> {
  PYBIND11_TYPE_CASTER(ingot::python::ArrayLike, const_name("ArrayLike"));
  bool load(handle source, bool) {
    value.value = ingot::python::from_python(source);
    return true;
  }
};

template <>
struct type_caster<ingot::python::OperandLike> {
  PYBIND11_TYPE_CASTER(ingot::python::OperandLike, const_name("ArrayLike"));
  bool load(handle source, bool) {
    if (ingot::python::is_array(source.ptr())) {
      value.value = ingot::python::unwrap(source.ptr());
    } else if (ingot::python::is_number(source.ptr())) {
      value.value = ingot::python::to_scalar(source.ptr());
    } else {
      value.value = ingot::python::from_python(source);
    }
    return true;
  }
};

template <>
struct type_caster<ingot::Scalar> {
  PYBIND11_TYPE_CASTER(ingot::Scalar, const_name("complex"));
  type_caster() : value(0) {}
  bool load(handle source, bool) {
    if (ingot::python::is_array(source.ptr())) {
      value = ingot::python::constant_of(ingot::python::unwrap(source.ptr()));
      return true;
    }
    if (!ingot::python::is_number(source.ptr())) return false;
    value = ingot::python::to_scalar(source.ptr());
    return true;
  }
};

template <>
struct type_caster<ingot::DType> {
  PYBIND11_TYPE_CASTER(ingot::DType, io_name("DTypeLike", "dtype"));
  bool load(handle source, bool) {
    const auto dtype = ingot::python::dtype_from_python(source);
    if (dtype) value = *dtype;
    return dtype.has_value();
  }
  static handle cast(ingot::DType dtype, return_value_policy, handle) {
    return ingot::python::dtype_to_python(dtype).release();
  }
};

template <>
struct type_caster<ingot::Device> {
  PYBIND11_TYPE_CASTER(ingot::Device, io_name("DeviceLike", "device"));
  bool load(handle source, bool);
  static handle cast(ingot::Device device, return_value_policy, handle);
};

/// Shapes, strides and axes: one int or a sequence of ints.
template <>
struct type_caster<ingot::Shape> {
  PYBIND11_TYPE_CASTER(ingot::Shape, io_name("IntOrInts", "tuple[int, ...]"));
  bool load(handle source, bool) { return ingot::python::load_ints(source, value); }
  static handle cast(const ingot::Shape& shape, return_value_policy, handle) {
    tuple out(shape.size());
    for (size_t i = 0; i < shape.size(); ++i) out[i] = int_(shape[i]);
    return out.release();
  }
};

}  // namespace pybind11::detail
