#include "ingot/graph/dtype.h"

#include "bind.h"

namespace ingot::python {

namespace {

/// What Python holds: one object per dtype, so that `is` works too.
struct DTypeObject {
  DType value;
};

PyObject* objects[kDTypeCount];  // never freed

/// The constant's name in the module.
std::string attribute_name(DType dtype) { return dtype == DType::bool_ ? "bool_" : std::string(name_of(dtype)); }

std::optional<DType> by_name(std::string_view name) {
  if (name == "bool_") return DType::bool_;
  if (name == "half") return DType::float16;
  if (name == "float" || name == "single") return DType::float32;
  if (name == "double") return DType::float64;
  if (name == "int") return DType::int32;
  if (name == "long") return DType::int64;
  if (name == "complex") return DType::complex64;
  for (int i = 0; i < kDTypeCount; ++i)
    if (name_of(static_cast<DType>(i)) == name) return static_cast<DType>(i);
  return std::nullopt;
}

/// The name of a NumPy (or ml_dtypes) dtype or scalar type, without importing either.
std::optional<std::string> foreign_name(py::handle object) {
  if (PyType_Check(object.ptr())) {
    const auto module = py::cast<std::string>(py::str(object.attr("__module__")));
    if (module == "numpy" || module == "ml_dtypes") return py::cast<std::string>(object.attr("__name__"));
    return std::nullopt;
  }
  if (py::hasattr(object, "name") && py::hasattr(object, "itemsize") && py::hasattr(object, "kind"))
    return py::cast<std::string>(py::str(object.attr("name")));
  return std::nullopt;
}

}  // namespace

std::optional<DType> dtype_from_python(py::handle object) {
  if (py::isinstance<DTypeObject>(object)) return py::cast<const DTypeObject&>(object).value;
  PyObject* raw = object.ptr();
  if (raw == reinterpret_cast<PyObject*>(&PyFloat_Type)) return DType::float32;
  if (raw == reinterpret_cast<PyObject*>(&PyLong_Type)) return dtype_of_integer(0);
  if (raw == reinterpret_cast<PyObject*>(&PyBool_Type)) return DType::bool_;
  if (raw == reinterpret_cast<PyObject*>(&PyComplex_Type)) return DType::complex64;
  if (PyUnicode_Check(raw)) return by_name(py::cast<std::string>(object));
  if (const auto name = foreign_name(object)) return by_name(*name);
  return std::nullopt;
}

py::object dtype_to_python(DType dtype) { return py::reinterpret_borrow<py::object>(objects[static_cast<int>(dtype)]); }

void register_dtypes(py::module_& m) {
  py::class_<DTypeObject>(
      m, "dtype",
      "The type of an array's elements: `ingot.float32`, or `ingot.dtype('float32')`.\n\n"
      "Equal to its name as a string and to NumPy's dtype of that name; never equal to anything else.")
      .def(py::init([](const py::object& source) {
             const auto dtype = dtype_from_python(source);
             if (!dtype)
               throw TypeError("dtype: expected a name such as 'float32', a dtype or a NumPy dtype, got ",
                               py::cast<std::string>(py::repr(source)));
             return DTypeObject{*dtype};
           }),
           "source"_a)
      .def_property_readonly(
          "name", [](const DTypeObject& self) { return name_of(self.value); }, "The name, as a string.")
      .def_property_readonly(
          "itemsize", [](const DTypeObject& self) { return size_of(self.value); }, "Bytes per element.")
      .def_property_readonly(
          "size", [](const DTypeObject& self) { return size_of(self.value); }, "Bytes per element.")
      .def_property_readonly(
          "is_floating_point", [](const DTypeObject& self) { return is_floating(self.value); },
          "True for real floating dtypes.")
      .def_property_readonly(
          "is_complex", [](const DTypeObject& self) { return is_complex(self.value); }, "True for complex dtypes.")
      .def("__str__", [](const DTypeObject& self) { return name_of(self.value); })
      .def("__repr__", [](const DTypeObject& self) { return concat("ingot.", name_of(self.value)); })
      .def("__hash__", [](const DTypeObject& self) { return py::hash(py::str(std::string(name_of(self.value)))); })
      .def("__eq__",
           [](const DTypeObject& self, const py::object& other) {
             // A string equals a dtype by its full name only, so that equal objects have equal hashes.
             if (PyUnicode_Check(other.ptr())) return py::cast<std::string>(other) == name_of(self.value);
             if (PyType_Check(other.ptr()) && !py::hasattr(other, "itemsize")) return false;
             try {
               return dtype_from_python(other) == self.value;
             } catch (py::error_already_set& error) {
               // An object whose attributes cannot even be asked for is no dtype.
               if (!error.matches(PyExc_Exception)) throw;
               return false;
             }
           })
      // Pickled by its name in the module, so that it comes back as the same object.
      .def("__reduce__", [](const DTypeObject& self) { return attribute_name(self.value); });
  for (int i = 0; i < kDTypeCount; ++i) {
    const auto dtype = static_cast<DType>(i);
    objects[i] = py::cast(DTypeObject{dtype}).release().ptr();
    m.attr(attribute_name(dtype).c_str()) = py::handle(objects[i]);
  }
}

}  // namespace ingot::python
