// Exchange of arrays by DLPack.
#pragma once

#include <pybind11/pybind11.h>

#include "ingot/graph/array.h"
#include "ingot/graph/device.h"

namespace ingot::python {

/// A capsule of `array`'s memory. Read-only where the consumer knows that word (DLPack 1.0); an older one gets a copy of
/// what is not dense, of single elements, and of memory that is not the library's own.
pybind11::capsule to_dlpack(const Array& array, const pybind11::object& stream, const pybind11::object& max_version,
                            const pybind11::object& dl_device, const std::optional<bool>& copy);
/// An array over the memory of an object with `__dlpack__`, or with `copy` one of its own. With `device` an object whose
/// memory the CPU cannot read is asked for values that it can. Throws DeviceError for memory elsewhere than on the CPU,
/// or a device that is not there.
Array from_dlpack(const pybind11::object& source, const std::optional<Device>& device = {},
                  const std::optional<bool>& copy = {});

}  // namespace ingot::python
