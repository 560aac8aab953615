#include "ingot/graph/device.h"

#include "bind.h"

namespace ingot::python {

namespace {

/// What Python holds. The caster below passes the plain Device, so that strings are accepted everywhere too.
struct DeviceObject {
  Device value;
};

}  // namespace

void register_devices(py::module_& m) {
  py::class_<DeviceObject>(
      m, "device",
      "Where an array lives: `device('cpu')`, or `device('metal')`, of which 'mps' and 'gpu' are other names.\n\n"
      "Making one works anywhere; using one that this machine lacks raises DeviceError, which names what is available.")
      .def(py::init([](Device device) { return DeviceObject{device}; }), "name"_a)
      .def_property_readonly(
          "type", [](const DeviceObject& self) { return concat(self.value); }, "The name of the kind of device.")
      .def_property_readonly(
          "index", [](const DeviceObject&) { return py::none(); }, "None: there is one device of each kind.")
      .def(
          "is_available", [](const DeviceObject& self) { return is_available(self.value); },
          "True if this build and this machine can run on it.")
      .def("__str__", [](const DeviceObject& self) { return concat(self.value); })
      .def("__repr__", [](const DeviceObject& self) { return concat("device('", self.value, "')"); })
      .def("__hash__", [](const DeviceObject& self) { return static_cast<int>(self.value.kind); })
      .def("__eq__",
           [](const DeviceObject& self, const py::object& other) {
             if (py::isinstance<DeviceObject>(other)) return py::cast<const DeviceObject&>(other).value == self.value;
             if (!PyUnicode_Check(other.ptr())) return false;
             try {
               return parse_device(py::cast<std::string>(other)) == self.value;
             } catch (const ValueError&) {
               return false;
             }
           })
      .def("__reduce__", [](const DeviceObject& self) {
        return py::make_tuple(py::module_::import("ingot").attr("device"), py::make_tuple(concat(self.value)));
      });
}

}  // namespace ingot::python

namespace pybind11::detail {

bool type_caster<ingot::Device>::load(handle source, bool) {
  using ingot::python::DeviceObject;
  if (PyUnicode_Check(source.ptr())) {
    value = ingot::parse_device(pybind11::cast<std::string>(source));
    return true;
  }
  if (!isinstance<DeviceObject>(source)) return false;
  value = pybind11::cast<const DeviceObject&>(source).value;
  return true;
}

handle type_caster<ingot::Device>::cast(ingot::Device device, return_value_policy, handle) {
  return pybind11::cast(ingot::python::DeviceObject{device}).release();
}

}  // namespace pybind11::detail
