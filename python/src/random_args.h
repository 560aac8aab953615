// What functions that draw random numbers take: where their shape stands, and where their key comes from.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "bind.h"
#include "ingot/ops/random.h"

namespace ingot::python {

using OptionalKey = std::optional<Array>;
using OptionalShape = std::optional<Shape>;

/// A PyTorch `generator`, or None.
struct GeneratorArg {
  random::Generator* value = nullptr;
};

/// A device to draw on, or None.
struct DeviceArg {
  std::optional<Device> value;
  /// Throws DeviceError for one that this machine lacks.
  void require() const {
    if (value) require_available(*value);
  }
};

/// The key to draw by: the one given, or the next of a PyTorch `generator`; undefined for the global one. Throws TypeError
/// for both.
inline Array key_of(const OptionalKey& key, const GeneratorArg& generator) {
  if (key && generator.value) throw TypeError("give a `key` or a `generator`, not both");
  return generator.value ? generator.value->next_key() : key.value_or(Array());
}

/// `shape`, or NumPy's and PyTorch's name `size`. Throws TypeError for both.
inline OptionalShape shape_of(const OptionalShape& shape, const OptionalShape& size) {
  if (shape && size) throw TypeError("give `shape` or its other name `size`, not both");
  return shape ? shape : size;
}

/// The arguments of a draw with two parameters, told apart by where the tuple of the shape stands: our order `(shape, a,
/// b)`, MLX's `(shape, dtype, a, b)`, or NumPy's and PyTorch's `(a, b, shape)`. A single int is a shape, unless it is one
/// of exactly two arguments.
struct DrawArgs {
  OptionalShape shape;
  std::optional<DType> dtype;
  std::array<py::object, 2> parameters;

  DrawArgs(const char* name, const py::args& args, const py::object& shape_keyword, const py::object& size_keyword,
           std::optional<DType> dtype_keyword, py::object first, py::object second);
  /// A parameter as an array in float64 or its own dtype, if it was given.
  Array parameter(size_t i, double otherwise) const;
  /// True if every parameter that was given is a Python number.
  bool plain() const;
  double number(size_t i, double otherwise) const;
  /// The shape, or the one to which the parameters broadcast.
  Shape full_shape(const char* name) const;
};

}  // namespace ingot::python

namespace pybind11::detail {

/// Its own caster, for pybind11's takes no None behind `*args`.
template <>
struct type_caster<ingot::python::GeneratorArg> {
  PYBIND11_TYPE_CASTER(ingot::python::GeneratorArg, const_name("Generator | None"));
  bool load(handle source, bool) {
    if (source.is_none()) return true;
    if (!isinstance<ingot::random::Generator>(source)) return false;
    value.value = source.cast<ingot::random::Generator*>();
    return true;
  }
  static handle cast(const ingot::python::GeneratorArg&, return_value_policy, handle) { return none().release(); }
};

/// The same.
template <>
struct type_caster<ingot::python::DeviceArg> {
  PYBIND11_TYPE_CASTER(ingot::python::DeviceArg, const_name("DeviceLike | None"));
  bool load(handle source, bool convert) {
    if (source.is_none()) return true;
    make_caster<ingot::Device> device;
    if (!device.load(source, convert)) return false;
    value.value = cast_op<ingot::Device>(device);
    return true;
  }
  static handle cast(const ingot::python::DeviceArg&, return_value_policy, handle) { return none().release(); }
};

}  // namespace pybind11::detail
