// The C slots of the `array` type, by protocol; array_object.cpp puts them together.
#pragma once

#include <pybind11/pybind11.h>

#include <vector>

namespace ingot::python {

/// Operators, comparisons and conversions to numbers (number_protocol.cpp).
void add_number_slots(std::vector<PyType_Slot>& slots);
/// `len`, indexing, iteration, `in` (indexing.cpp).
void add_container_slots(std::vector<PyType_Slot>& slots);
/// The buffer protocol (interop.cpp).
void add_buffer_slots(std::vector<PyType_Slot>& slots);
/// Properties such as `shape` and `grad` (array_attributes.cpp).
PyGetSetDef* array_attributes();

}  // namespace ingot::python
