// How functions that make arrays take their shape.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>

#include "ingot/graph/dtype.h"
#include "ingot/graph/shape.h"

namespace ingot::python {

/// The shape given as `f((2, 3))`, `f(2, 3)`, `f(shape=(2, 3))`; a dtype as the second argument is put into `dtype`.
/// Throws TypeError.
Shape shape_from_args(const pybind11::args& size, const std::optional<Shape>& keyword, std::optional<DType>& dtype);

}  // namespace ingot::python
