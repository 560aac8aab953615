// Arrays as other libraries see them: the buffer protocol, NumPy, DLPack. All read-only windows on the same memory,
// because a node never changes.
#include <algorithm>

#include "bind.h"
#include "dlpack.h"
#include "errors.h"
#include "ingot/engine/eval.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "slots.h"

namespace ingot::python {

namespace {

// ---- buffer protocol ----

/// The struct module's format of a dtype; null where there is none.
const char* format_of(DType dtype) {
  switch (dtype) {
    case DType::bool_:
      return "?";
    case DType::int8:
      return "b";
    case DType::int16:
      return "h";
    case DType::int32:
      return "i";
    case DType::int64:
      return sizeof(long) == 8 ? "l" : "q";
    case DType::uint8:
      return "B";
    case DType::uint16:
      return "H";
    case DType::uint32:
      return "I";
    case DType::uint64:
      return sizeof(long) == 8 ? "L" : "Q";
    case DType::float16:
      return "e";
    case DType::bfloat16:
      return nullptr;
    case DType::float32:
      return "f";
    case DType::float64:
      return "d";
    case DType::complex64:
      return "Zf";
    case DType::complex128:
      return "Zd";
  }
  return nullptr;
}

/// What a Py_buffer of ours points into, until it is released.
struct Export {
  Value keep_alive;
  Shape shape;
  Strides strides;  // in bytes
};

int get_buffer(PyObject* self, Py_buffer* view, int flags) {
  view->obj = nullptr;
  return guarded(
      [&] {
        Array array = unwrap(self);
        const DType dtype = array.dtype();
        if (flags & PyBUF_WRITABLE)
          throw py::buffer_error("an array gives out read-only memory; copy it, for example with numpy.array(x)");
        if (!format_of(dtype))
          throw py::buffer_error(
              concat("the buffer protocol has no format for dtype ", dtype, "; convert with astype(float32)"));
        if ((flags & PyBUF_STRIDES) != PyBUF_STRIDES || (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS)
          array = contiguous(array);
        auto held = std::make_unique<Export>();
        const Tensor tensor = without_gil([&] { return read(array, held->keep_alive); });
        const auto itemsize = static_cast<int64_t>(size_of(dtype));
        if ((flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS && tensor.shape.size() > 1 &&
            (flags & PyBUF_ANY_CONTIGUOUS) != PyBUF_ANY_CONTIGUOUS)
          throw py::buffer_error("an array does not give out column-major memory");
        held->shape = tensor.shape;
        for (int64_t stride : tensor.strides) held->strides.push_back(stride * itemsize);
        view->buf = tensor.data;
        view->len = static_cast<Py_ssize_t>(array.size() * itemsize);
        view->itemsize = static_cast<Py_ssize_t>(itemsize);
        view->readonly = 1;
        view->ndim = static_cast<int>(tensor.shape.size());
        view->format = flags & PyBUF_FORMAT ? const_cast<char*>(format_of(dtype)) : nullptr;
        static_assert(sizeof(Py_ssize_t) == sizeof(int64_t));
        view->shape = flags & PyBUF_ND ? reinterpret_cast<Py_ssize_t*>(held->shape.data()) : nullptr;
        view->strides =
            (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? reinterpret_cast<Py_ssize_t*>(held->strides.data()) : nullptr;
        view->suboffsets = nullptr;
        view->internal = held.release();
        view->obj = Py_NewRef(self);
        return 0;
      },
      -1);
}

void release_buffer(PyObject*, Py_buffer* view) { delete static_cast<Export*>(view->internal); }

// ---- NumPy ----

py::object to_numpy(const Array& x, const py::object& dtype, const std::optional<bool>& copy) {
  const py::module_ numpy = py::module_::import("numpy");
  // NumPy has no bfloat16.
  const Array array = x.dtype() == DType::bfloat16 ? astype(x, DType::float32) : x;
  // Evaluated here, so that errors of the evaluation reach the caller: the buffer protocol would hide them.
  without_gil([&] { return value(array).layout.offset; });
  const py::object memory = py::reinterpret_steal<py::object>(PyMemoryView_FromObject(py::cast(array).ptr()));
  if (!memory) throw py::error_already_set();
  py::object out = numpy.attr("asarray")(memory);
  const bool casts = !dtype.is_none() && !py::object(out.attr("dtype")).equal(py::object(numpy.attr("dtype")(dtype)));
  if (casts && copy == false)
    throw ValueError("__array__: dtype ", array.dtype(), " cannot become ", py::cast<std::string>(py::str(dtype)),
                     " without a copy");
  if (casts) return out.attr("astype")(dtype);
  return copy == true ? out.attr("copy")() : out;
}

// ---- the Array API standard ----

py::module_ array_namespace(const Array&, const std::optional<std::string>& api_version) {
  constexpr std::string_view kVersions[] = {"2021.12", "2022.12", "2023.12", "2024.12", "2025.12"};
  if (api_version && std::ranges::find(kVersions, *api_version) == std::end(kVersions))
    throw ValueError("__array_namespace__: version '", *api_version,
                     "' of the Array API standard is not known here; the newest known one is 2025.12");
  return py::module_::import("ingot");
}

py::object as_array(const py::object& x, std::optional<DType> dtype, const std::optional<Device>& device,
                    std::optional<bool> copy) {
  if (device) require_available(*device);
  if (is_array(x.ptr())) {
    const Array& array = unwrap(x.ptr());
    if (!dtype || *dtype == array.dtype()) return copy == true ? py::cast(identity(array)) : x;
    if (copy == false) throw ValueError("asarray: dtype ", array.dtype(), " cannot become ", *dtype, " without a copy");
    return py::cast(astype(array, *dtype));
  }
  if (copy != false) return py::cast(from_python(x, dtype));
  if (!PyObject_CheckBuffer(x.ptr()))
    throw ValueError("asarray: a ", Py_TYPE(x.ptr())->tp_name, " has no memory to share; it takes copy=None or True");
  const Array window = from_buffer_without_copy(x);
  if (dtype && *dtype != window.dtype())
    throw ValueError("asarray: dtype ", window.dtype(), " cannot become ", *dtype, " without a copy");
  return py::cast(window);
}

}  // namespace

void add_buffer_slots(std::vector<PyType_Slot>& slots) {
  slots.push_back({Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)});
  slots.push_back({Py_bf_releasebuffer, reinterpret_cast<void*>(release_buffer)});
}

void register_interop(py::module_& m) {
  def_method(
      "numpy",
      [](const Array& x, bool force, bool copy) {
        (void)force;
        return to_numpy(x, py::none(), copy ? std::optional(true) : std::nullopt);
      },
      py::kw_only(), "force"_a = false, "copy"_a = false,
      "The values as a NumPy array: a read-only window on the same memory, or with `copy=True` an array of its own. "
      "bfloat16 becomes float32.\n\n"
      "Example:\n    >>> ingot.array([1.0, 2.0]).numpy().sum()\n    np.float32(3.0)");
  def_method(
      "__array__",
      [](const Array& x, const py::object& dtype, std::optional<bool> copy) { return to_numpy(x, dtype, copy); },
      "dtype"_a = py::none(), "copy"_a = py::none(), "NumPy's array protocol.");
  def_method(
      "data_ptr",
      [](const Array& x) {
        Value keep_alive;
        return reinterpret_cast<uintptr_t>(without_gil([&] { return read(x, keep_alive); }).data);
      },
      "The address of the first element, which is computed first. It holds until the array is changed or goes; copies "
      "have the same one until one of them is changed, and views such as `x[0]` may be elsewhere.\n\nExample:\n    "
      ">>> x = ingot.ones(2)\n    >>> x.data_ptr() == x.data_ptr()\n    True");
  def_method("__dlpack__", to_dlpack, py::kw_only(), "stream"_a = py::none(), "max_version"_a = py::none(),
             "dl_device"_a = py::none(), "copy"_a = py::none(),
             "A DLPack capsule of the values, whose memory is shared for reading: consumers of DLPack 1.0 are told so. "
             "Others (`max_version` below (1, 0), JAX among them) share it too, and should not write to it: that would "
             "change this array and its copies. They get a copy of arrays that are not dense, of single elements, and "
             "of memory that came from NumPy or another library, unless `copy=False`.\n\n"
             "Raises BufferError for another device.");
  def_method("__array_namespace__", array_namespace, py::kw_only(), "api_version"_a = py::none(),
             "The package, which implements the Array API standard in the versions 2021.12 to 2025.12.");
  def_method(
      "to_device",
      [](const py::object& self, Device device, const py::object& stream) {
        if (!stream.is_none()) throw ValueError("to_device: a stream makes no sense here; leave it out");
        require_available(device);
        return self;
      },
      "device"_a, py::pos_only(), py::kw_only(), "stream"_a = py::none(),
      "The array on another device; itself if it is there already.\n\nRaises DeviceError, naming what is available.");
  def_method(
      "__dlpack_device__", [](const Array&) { return py::make_tuple(1, 0); }, "DLPack's (device type, device number).");
  m.def("from_dlpack", from_dlpack, "x"_a, py::pos_only(), py::kw_only(), "device"_a = py::none(),
        "copy"_a = py::none(),
        "An array over the memory of anything with `__dlpack__` (NumPy, PyTorch, JAX), without a copy unless "
        "`copy=True`. Do not change that memory while the array is in use. With `device=\"cpu\"` values that are "
        "elsewhere are brought here by what has them.\n\n"
        "Raises DeviceError if the memory is not the CPU's, AttributeError without `__dlpack__`.\n\n"
        "Example:\n    >>> import numpy\n    >>> print(ingot.from_dlpack(numpy.ones(2)))\n    [1. 1.]");
  m.def("from_numpy", from_buffer_without_copy, "x"_a,
        "An array over the memory of a NumPy array (or any buffer), without a copy. Do not change that memory while "
        "the array is in use.\n\n"
        "Raises TypeError for elements that cannot be held.\n\nExample:\n    >>> import numpy\n    >>> "
        "print(ingot.from_numpy(numpy.ones(2)))\n    [1. 1.]");
  m.attr("frombuffer") = m.attr("from_numpy");
  m.def("asarray", as_array, "obj"_a, "dtype"_a = py::none(), "device"_a = py::none(), py::kw_only(),
        "copy"_a = py::none(),
        "An array, a number, a nested list, a buffer or the like as an array: itself if it is one already and "
        "`copy` is not True; else a copy, or with `copy=False` a window on its memory.\n\n"
        "Raises ValueError if `copy=False` and it takes a copy.\n\nExample:\n    >>> print(ingot.asarray([1, 2]))\n"
        "    [1 2]");
  m.attr("as_tensor") = m.attr("asarray");
}

}  // namespace ingot::python
