#include "dlpack.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "bind.h"
#include "errors.h"
#include "ingot/engine/eval.h"
#include "ingot/graph/error.h"
#include "ingot/io/named_arrays.h"

namespace ingot::python {

namespace {

// The structures that the DLPack standard lays out.

constexpr int32_t kCpu = 1;
enum TypeCode : uint8_t { kInt = 0, kUInt = 1, kFloat = 2, kBfloat = 4, kComplex = 5, kBool = 6 };
constexpr uint64_t kReadOnly = 1;
constexpr uint64_t kIsCopied = 2;

struct DLDevice {
  int32_t type;
  int32_t id;
};

struct DLType {
  uint8_t code;
  uint8_t bits;
  uint16_t lanes;
};

struct DLTensor {
  void* data;
  DLDevice device;
  int32_t ndim;
  DLType dtype;
  int64_t* shape;
  int64_t* strides;
  uint64_t byte_offset;
};

struct Unversioned {
  static constexpr const char* kName = "dltensor";
  static constexpr const char* kUsedName = "used_dltensor";
  DLTensor tensor;
  void* context;
  void (*deleter)(Unversioned*);
};

struct Versioned {
  static constexpr const char* kName = "dltensor_versioned";
  static constexpr const char* kUsedName = "used_dltensor_versioned";
  uint32_t major;
  uint32_t minor;
  void* context;
  void (*deleter)(Versioned*);
  uint64_t flags;
  DLTensor tensor;
};

DLType type_of(DType dtype) {
  const auto bits = static_cast<uint8_t>(8 * size_of(dtype));
  if (is_bool(dtype)) return {kBool, bits, 1};
  if (is_signed_integer(dtype)) return {kInt, bits, 1};
  if (is_unsigned_integer(dtype)) return {kUInt, bits, 1};
  if (is_complex(dtype)) return {kComplex, bits, 1};
  return {static_cast<uint8_t>(dtype == DType::bfloat16 ? kBfloat : kFloat), bits, 1};
}

DType dtype_of_type(DLType type) {
  for (int i = 0; i < kDTypeCount; ++i) {
    const DLType known = type_of(static_cast<DType>(i));
    if (type.code == known.code && type.bits == known.bits && type.lanes == 1) return static_cast<DType>(i);
  }
  throw TypeError("from_dlpack: elements of type code ", int(type.code), " with ", int(type.bits), " bits and ",
                  type.lanes, " lanes cannot be held");
}

/// What an exported tensor points into.
template <class Managed>
struct Export {
  Managed managed{};
  Value keep_alive;
  Shape shape;
  Strides strides;
};

/// True if a consumer that cannot be told that memory is read-only may have this one: it reads all elements as one dense
/// piece, in some order of axes (nothing else is understood by JAX), and should it write after all, it changes this
/// array and what shares its memory, as an outside writer to a NumPy array does. One element may be a constant that the
/// library keeps, and memory that others lent may be write-protected.
bool is_shared_with_writers(const Value& value, const Shape& shape) {
  if (!value.buffer->writable() || element_count(shape) < 2) return false;
  std::vector<std::pair<int64_t, int64_t>> axes;
  for (size_t i = 0; i < shape.size(); ++i)
    if (shape[i] != 1) axes.emplace_back(value.layout.strides[i], shape[i]);
  std::ranges::sort(axes);
  int64_t dense = 1;
  for (const auto& [stride, length] : axes) {
    if (stride != dense) return false;
    dense *= length;
  }
  return true;
}

template <class Managed>
py::capsule make_capsule(const Array& array, uint64_t flags, bool copy) {
  auto held = std::make_unique<Export<Managed>>();
  // A copy is memory that nobody here will read again, so its consumer may write to it.
  held->keep_alive = without_gil([&] { return value(copy ? copied(array, array.dtype()) : array); });
  held->shape = array.shape();
  held->strides = held->keep_alive.layout.strides;
  const size_t itemsize = size_of(array.dtype());
  Managed& managed = held->managed;
  auto* data = static_cast<char*>(held->keep_alive.buffer->data()) +
               held->keep_alive.layout.offset * static_cast<int64_t>(itemsize);
  managed.tensor = {data,
                    {kCpu, 0},
                    static_cast<int32_t>(held->shape.size()),
                    type_of(array.dtype()),
                    held->shape.data(),
                    held->strides.data(),
                    0};
  managed.context = held.get();
  managed.deleter = [](Managed* self) { delete static_cast<Export<Managed>*>(self->context); };
  if constexpr (std::is_same_v<Managed, Versioned>) {
    managed.major = 1;
    managed.minor = 0;
    managed.flags = flags | (copy ? kIsCopied : kReadOnly);
  }
  return py::capsule(&held.release()->managed, Managed::kName, [](PyObject* capsule) {
    // A consumer that took the tensor has renamed the capsule.
    if (!PyCapsule_IsValid(capsule, Managed::kName)) return;
    auto* managed = static_cast<Managed*>(PyCapsule_GetPointer(capsule, Managed::kName));
    managed->deleter(managed);
  });
}

template <class Managed>
Array take(PyObject* capsule) {
  auto* managed = static_cast<Managed*>(PyCapsule_GetPointer(capsule, Managed::kName));
  const DLTensor& tensor = managed->tensor;
  if (tensor.device.type != kCpu)
    throw DeviceError("from_dlpack: expected memory of the CPU (device type 1), got device type ", tensor.device.type,
                      "; give device=\"cpu\", or move it to the CPU first");
  if constexpr (std::is_same_v<Managed, Versioned>)
    if (managed->major != 1) throw TypeError("from_dlpack: version ", managed->major, " of DLPack is not known here");
  const DType dtype = dtype_of_type(tensor.dtype);
  const Shape shape(tensor.shape, tensor.shape + tensor.ndim);
  const Strides strides =
      tensor.strides ? Strides(tensor.strides, tensor.strides + tensor.ndim) : contiguous_strides(shape);
  const auto itemsize = static_cast<int64_t>(size_of(dtype));
  const bool empty = element_count(shape) == 0;
  int64_t lowest = 0;
  int64_t highest = 0;
  for (size_t i = 0; i < shape.size() && !empty; ++i) {
    const int64_t reach = strides[i] * (shape[i] - 1);
    (reach < 0 ? lowest : highest) += reach;
  }
  auto* data = static_cast<char*>(tensor.data) + tensor.byte_offset + lowest * itemsize;
  const size_t bytes = empty ? 0 : static_cast<size_t>((highest - lowest + 1) * itemsize);
  PyCapsule_SetName(capsule, Managed::kUsedName);
  const auto release = [managed] {
    if (!managed->deleter || !Py_IsInitialized()) return;
    const WithGil gil;  // the producer may well be a Python object
    managed->deleter(managed);
  };
  return Array(Node::constant({Buffer::borrow(data, bytes, release, false), Layout{-lowest, strides}}, {shape, dtype}));
}

}  // namespace

py::capsule to_dlpack(const Array& array, const py::object& stream, const py::object& max_version,
                      const py::object& dl_device, const std::optional<bool>& copy) {
  if (!stream.is_none()) throw TypeError("__dlpack__: a stream makes no sense on the CPU");
  if (!dl_device.is_none() && py::cast<std::pair<int, int>>(dl_device) != std::pair(kCpu, 0))
    throw py::buffer_error("__dlpack__: this array is on the CPU and cannot be exported to another device");
  const bool versioned = !max_version.is_none() && py::cast<std::pair<int, int>>(max_version).first >= 1;
  if (versioned) return make_capsule<Versioned>(array, 0, copy == true);
  const bool shares = copy ? !*copy : is_shared_with_writers(without_gil([&] { return value(array); }), array.shape());
  return make_capsule<Unversioned>(array, 0, !shares);
}

Array from_dlpack(const py::object& source, const std::optional<Device>& device, const std::optional<bool>& copy) {
  if (device) require_available(*device);
  if (!py::hasattr(source, "__dlpack__"))
    throw py::attribute_error(
        concat("from_dlpack: expected an object with __dlpack__, got ", Py_TYPE(source.ptr())->tp_name));
  py::dict how("max_version"_a = py::make_tuple(1, 0));
  // A producer whose memory the CPU cannot read brings the values there if it is told to.
  if (device && py::cast<std::pair<int, int>>(source.attr("__dlpack_device__")()).first != kCpu) {
    how["dl_device"] = py::make_tuple(kCpu, 0);
    if (copy == false) how["copy"] = false;
  }
  py::object capsule;
  try {
    capsule = source.attr("__dlpack__")(**how);
  } catch (py::error_already_set& error) {
    if (!error.matches(PyExc_TypeError)) throw;
    capsule = source.attr("__dlpack__")();
  }
  const Array window = [&] {
    if (PyCapsule_IsValid(capsule.ptr(), Versioned::kName)) return take<Versioned>(capsule.ptr());
    if (PyCapsule_IsValid(capsule.ptr(), Unversioned::kName)) return take<Unversioned>(capsule.ptr());
    throw TypeError("from_dlpack: __dlpack__() gave no unused DLPack capsule");
  }();
  return copy == true ? copied(window, window.dtype()) : window;
}

}  // namespace ingot::python
