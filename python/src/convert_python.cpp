#include "convert_python.h"

#include <string>
#include <vector>

#include "bind.h"
#include "dlpack.h"
#include "errors.h"
#include "ingot/engine/eval.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot::python {

namespace {

constexpr size_t kMostAxes = 64;

std::string type_name(py::handle object) { return Py_TYPE(object.ptr())->tp_name; }

bool is_list(PyObject* object) { return PyList_Check(object) || PyTuple_Check(object); }

// ---- buffers ----

/// A Py_buffer that is given back when it goes.
class BufferView {
 public:
  BufferView(py::handle object, int flags) : held_(PyObject_GetBuffer(object.ptr(), &view_, flags) == 0) {}
  ~BufferView() {
    if (held_) PyBuffer_Release(&view_);
  }
  BufferView(const BufferView&) = delete;
  BufferView& operator=(const BufferView&) = delete;

  bool held() const { return held_; }
  Py_buffer& operator*() { return view_; }
  Py_buffer* operator->() { return &view_; }
  Shape shape() const { return Shape(view_.shape, view_.shape + view_.ndim); }
  /// Hands the Py_buffer over to a caller who will release it.
  Py_buffer detach() {
    held_ = false;
    return view_;
  }

 private:
  Py_buffer view_{};
  bool held_;
};

/// The dtype of a buffer's elements, from the format that the struct module defines and their size.
DType dtype_of_buffer(const Py_buffer& view) {
  const std::string format = view.format ? view.format : "B";
  std::string_view code = format;
  if (!code.empty() && std::string_view("@=<").find(code[0]) != std::string_view::npos) code.remove_prefix(1);
  const bool complex = code.size() == 2 && code[0] == 'Z';
  if (complex) code.remove_prefix(1);
  if (code.size() == 1) {
    const auto kind = [&](const char* codes) {
      return std::string_view(codes).find(code[0]) != std::string_view::npos;
    };
    const auto sized = [&](std::initializer_list<DType> dtypes) -> std::optional<DType> {
      for (DType dtype : dtypes)
        if (size_of(dtype) == static_cast<size_t>(view.itemsize)) return dtype;
      return std::nullopt;
    };
    std::optional<DType> dtype;
    if (complex) {
      dtype = sized({DType::complex64, DType::complex128});
    } else if (code[0] == '?') {
      dtype = DType::bool_;
    } else if (kind("efd")) {
      dtype = sized({DType::float16, DType::float32, DType::float64});
    } else if (kind("bhilqn")) {
      dtype = sized({DType::int8, DType::int16, DType::int32, DType::int64});
    } else if (kind("BHILQN")) {
      dtype = sized({DType::uint8, DType::uint16, DType::uint32, DType::uint64});
    }
    if (dtype) return *dtype;
  }
  throw TypeError("array: elements of format '", format,
                  "' cannot be held; expected bool, integers, float16 to float64 or complex numbers in native byte "
                  "order. Convert them first, for example with "
                  ".astype('float32')");
}

std::optional<Array> from_buffer(py::handle object) {
  BufferView view(object, PyBUF_FULL_RO);
  if (!view.held()) {
    PyErr_Clear();
    return std::nullopt;
  }
  const DType dtype = dtype_of_buffer(*view);
  const Shape shape = view.shape();
  Ref<Buffer> buffer = Buffer::allocate(static_cast<size_t>(view->len));
  if (view->len > 0 && PyBuffer_ToContiguous(buffer->data(), &*view, view->len, 'C') != 0)
    throw py::error_already_set();
  return Array(Node::constant({std::move(buffer), Layout::contiguous(shape)}, {shape, dtype}));
}

// ---- nested lists ----

/// Where one is inside nested lists, for error messages: `data[1][2]`.
struct Path {
  std::vector<Py_ssize_t> indices;
  std::string text() const {
    std::string out = "data";
    for (Py_ssize_t index : indices) out += "[" + std::to_string(index) + "]";
    return out;
  }
};

enum class Kind { boolean, integer, real, complex };

/// The numbers of nested lists, in order, in the widest kind met so far.
class Numbers {
 public:
  /// False if the list holds arrays, which `stack` joins instead.
  bool collect(PyObject* list) {
    find_shape(list);
    Path path;
    return visit(list, 0, path);
  }

  Array finish(std::optional<DType> asked) const {
    const DType dtype = asked.value_or(natural());
    Ref<Buffer> buffer = Buffer::allocate(static_cast<size_t>(element_count(shape_)) * size_of(dtype));
    ingot::visit(dtype, [&](auto tag) {
      using T = typename decltype(tag)::type;
      T* out = static_cast<T*>(buffer->data());
      for (size_t i = 0; i < items_.size(); ++i) out[i] = element<T>(items_[i], dtype);
    });
    return Array(Node::constant({std::move(buffer), Layout::contiguous(shape_)}, {shape_, dtype}));
  }

 private:
  DType natural() const {
    if (items_.empty()) return DType::float32;
    switch (kind_) {
      case Kind::boolean:
        return DType::bool_;
      case Kind::integer:
        return wide_ ? DType::uint64 : long_ ? DType::int64 : dtype_of_integer(0);
      case Kind::real:
        return DType::float32;
      case Kind::complex:
        return DType::complex64;
    }
    return DType::float32;
  }

  template <class T>
  static T element(const Scalar& item, DType dtype) {
    T out;
    store_scalar(item, dtype, &out);
    return out;
  }

  /// The shape that the first elements suggest; `visit` holds all others to it.
  void find_shape(PyObject* object) {
    while (is_list(object)) {
      const Py_ssize_t length = PySequence_Fast_GET_SIZE(object);
      if (shape_.size() == kMostAxes) throw ValueError("array: lists nested more than ", kMostAxes, " deep");
      shape_.push_back(length);
      if (length == 0) return;
      object = PySequence_Fast_GET_ITEM(object, 0);
    }
  }

  bool visit(PyObject* list, size_t depth, Path& path) {
    const Py_ssize_t length = PySequence_Fast_GET_SIZE(list);
    if (length != shape_[depth])
      throw ValueError("array: ragged nested list: ", path.text(), " has length ", length, ", where ", shape_[depth],
                       " was expected from the first element");
    const bool last = depth + 1 == shape_.size();
    for (Py_ssize_t i = 0; i < length; ++i) {
      PyObject* item = PySequence_Fast_GET_ITEM(list, i);
      path.indices.push_back(i);
      if (is_number(item)) {
        if (!last)
          throw ValueError("array: ragged nested list: ", path.text(), " is a number, where a list of length ",
                           shape_[depth + 1], " was expected");
        add(item);
      } else if (is_list(item)) {
        if (last)
          throw ValueError("array: ragged nested list: ", path.text(), " is a list, where a number was expected");
        if (!visit(item, depth + 1, path)) return false;
      } else if (is_array_like(item)) {
        return false;
      } else {
        throw TypeError("array: expected a number at ", path.text(), ", got ", type_name(item));
      }
      path.indices.pop_back();
    }
    return true;
  }

  void add(PyObject* number) {
    items_.push_back(to_scalar(number));
    const Scalar& item = items_.back();
    const auto widen = [&](Kind kind) { kind_ = std::max(kind_, kind); };
    if (std::holds_alternative<std::complex<double>>(item.value)) {
      widen(Kind::complex);
    } else if (std::holds_alternative<double>(item.value)) {
      widen(Kind::real);
    } else if (std::holds_alternative<uint64_t>(item.value)) {
      widen(Kind::integer);
      wide_ = true;
    } else if (std::holds_alternative<int64_t>(item.value)) {
      widen(Kind::integer);
      const int64_t value = std::get<int64_t>(item.value);
      long_ |= value != static_cast<int32_t>(value);
    }
  }

  Shape shape_;
  std::vector<Scalar> items_;
  Kind kind_ = Kind::boolean;
  bool long_ = false;
  bool wide_ = false;
};

Array from_list(PyObject* list, std::optional<DType> dtype, size_t depth = 0) {
  Numbers numbers;
  if (depth == 0 && numbers.collect(list)) return numbers.finish(dtype);
  if (depth == kMostAxes) throw ValueError("array: lists nested more than ", kMostAxes, " deep");
  std::vector<Array> parts;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list); ++i) {
    const py::object held = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(list, i));
    PyObject* item = held.ptr();
    parts.push_back(is_list(item) ? from_list(item, dtype, depth + 1) : from_python(item, dtype));
    if (parts.back().shape() != parts.front().shape())
      throw ValueError("array: ragged nested list: element ", i, " has shape ", parts.back().shape(),
                       ", but element 0 has shape ", parts.front().shape());
  }
  return stack(parts);
}

/// A copy of what `__dlpack__` gives or, failing that, `__array__`; nothing if the object has neither.
std::optional<Array> from_protocol(py::handle object) {
  const bool has_array = py::hasattr(object, "__array__");
  if (py::hasattr(object, "__dlpack__")) {
    try {
      const Array window = from_dlpack(py::reinterpret_borrow<py::object>(object));
      return copied(window, window.dtype());
    } catch (const py::error_already_set&) {
      if (!has_array) throw;
    } catch (const Error&) {
      if (!has_array) throw;
    }
  }
  if (!has_array) return std::nullopt;
  const py::object converted = object.attr("__array__")();
  if (PyObject_CheckBuffer(converted.ptr()))
    if (const auto array = from_buffer(converted)) return array;
  throw TypeError("array: elements of dtype ",
                  py::cast<std::string>(py::str(py::getattr(converted, "dtype", py::none()))),
                  " are no numbers that an array holds");
}

}  // namespace

Scalar to_scalar(PyObject* number, DType meets) {
  if (PyFloat_Check(number)) return PyFloat_AS_DOUBLE(number);
  if (PyBool_Check(number)) return number == Py_True;
  if (PyLong_Check(number)) {
    int overflow = 0;
    const long long value = PyLong_AsLongLongAndOverflow(number, &overflow);
    if (overflow == 0) return value;
    if (overflow > 0) {
      const unsigned long long wide = PyLong_AsUnsignedLongLong(number);
      if (!PyErr_Occurred()) return wide;
      PyErr_Clear();
    }
    const double real = is_inexact(meets) ? PyLong_AsDouble(number) : -1.0;
    if (!is_inexact(meets))
      PyErr_SetString(PyExc_OverflowError, "an int beyond 64 bits cannot meet an array of integers");
    if (PyErr_Occurred()) throw py::error_already_set();
    return real;
  }
  return std::complex<double>(PyComplex_RealAsDouble(number), PyComplex_ImagAsDouble(number));
}

bool is_array_like(PyObject* object) {
  if (is_array(object) || is_number(object) || is_list(object)) return true;
  if (PyUnicode_Check(object) || PyBytes_Check(object) || PyType_Check(object)) return false;
  return PyObject_CheckBuffer(object) || PyObject_HasAttrString(object, "__array__") ||
         PyObject_HasAttrString(object, "__dlpack__") || PyRange_Check(object);
}

DType dtype_of_integer(int64_t value) {
  return value == static_cast<int32_t>(value) && !pytorch_conventions() ? DType::int32 : DType::int64;
}

Array from_python(py::handle object, std::optional<DType> dtype) {
  PyObject* raw = object.ptr();
  const auto cast = [&](const Array& array) {
    return dtype && *dtype != array.dtype() ? astype(array, *dtype) : array;
  };
  if (is_array(raw)) return cast(unwrap(raw));
  if (is_number(raw)) {
    const Scalar number = to_scalar(raw, dtype.value_or(DType::int64));
    if (dtype) return scalar(number, *dtype);
    if (std::holds_alternative<bool>(number.value)) return scalar(number, DType::bool_);
    if (std::holds_alternative<double>(number.value)) return scalar(number, DType::float32);
    if (std::holds_alternative<std::complex<double>>(number.value)) return scalar(number, DType::complex64);
    if (std::holds_alternative<uint64_t>(number.value)) return scalar(number, DType::uint64);
    return scalar(number, dtype_of_integer(std::get<int64_t>(number.value)));
  }
  if (is_list(raw)) return from_list(raw, dtype);
  if (!PyUnicode_Check(raw) && !PyBytes_Check(raw)) {
    if (PyObject_CheckBuffer(raw))
      if (const auto array = from_buffer(object)) return cast(*array);
    if (PyRange_Check(raw)) return from_list(py::list(py::reinterpret_borrow<py::object>(object)).ptr(), dtype);
    if (!PyType_Check(raw))
      if (const auto array = from_protocol(object)) return cast(*array);
    // Other sequences, such as a deque.
    if (!PyType_Check(raw) && !PyDict_Check(raw) && PySequence_Check(raw) && !PyObject_HasAttrString(raw, "forward")) {
      // As many as it says that it has: a `__getitem__` that takes every number would never end.
      const Py_ssize_t count = PySequence_Size(raw);
      if (count >= 0) {
        py::list items;
        const auto is_full = [&] { return static_cast<Py_ssize_t>(items.size()) == count; };
        for (auto item = py::iter(object); !is_full() && item != py::iterator::sentinel(); ++item) items.append(*item);
        return from_list(items.ptr(), dtype);
      }
      PyErr_Clear();
    }
  }
  throw TypeError("expected an array, a number, a nested list of numbers or a buffer, got ", type_name(object));
}

Array from_buffer_without_copy(py::handle object) {
  BufferView view(object, PyBUF_STRIDED_RO | PyBUF_FORMAT);
  if (!view.held()) throw py::error_already_set();
  const DType dtype = dtype_of_buffer(*view);
  const Shape shape = view.shape();
  Layout layout{0, Strides(shape.size())};
  for (size_t i = 0; i < shape.size(); ++i) {
    if (view->strides[i] % view->itemsize != 0)
      throw ValueError("from_numpy: a stride of ", view->strides[i], " bytes is not a whole number of elements of ",
                       view->itemsize, " bytes; make a copy first");
    layout.strides[i] = view->strides[i] / view->itemsize;
  }
  // The window begins at the lowest address, so that a negative stride stays inside the buffer.
  int64_t lowest = 0;
  int64_t highest = 0;
  for (size_t i = 0; i < shape.size(); ++i) {
    const int64_t reach = layout.strides[i] * (shape[i] - 1);
    (reach < 0 ? lowest : highest) += reach;
  }
  const bool empty = view->len == 0;
  layout.offset = empty ? 0 : -lowest;
  auto* data = static_cast<char*>(view->buf) + (empty ? 0 : lowest * view->itemsize);
  const size_t bytes = empty ? 0 : static_cast<size_t>((highest - lowest + 1) * view->itemsize);
  const auto held = std::make_shared<Py_buffer>(view.detach());
  const auto release = [held] {
    if (!Py_IsInitialized()) return;
    const WithGil gil;
    PyBuffer_Release(held.get());
  };
  // Never written to, even where NumPy would allow it: nodes are immutable.
  return Array(Node::constant({Buffer::borrow(data, bytes, release, false), layout}, {shape, dtype}));
}

NamedArrays named_arrays_from(const py::object& mapping) {
  if (!py::hasattr(mapping, "items"))
    throw TypeError("expected a dictionary of arrays by name, got ", type_name(mapping));
  NamedArrays out;
  for (py::handle item : mapping.attr("items")()) {
    const auto [name, value] = py::cast<std::pair<py::object, py::object>>(item);
    if (!PyUnicode_Check(name.ptr()))
      throw TypeError("expected names of arrays as strings, got ", py::cast<std::string>(py::repr(name)));
    out.emplace_back(py::cast<std::string>(name), from_python(value));
  }
  return out;
}

py::object to_number(const Array& array) {
  const DType dtype = array.dtype();
  if (!array.peek().evaluated()) without_gil([&] { return value(array).layout.offset; });
  if (is_bool(dtype)) return py::bool_(item<bool>(array));
  if (is_signed_integer(dtype)) return py::int_(item<int64_t>(array));
  if (is_unsigned_integer(dtype)) return py::int_(item<uint64_t>(array));
  if (is_floating(dtype)) return py::float_(item<double>(array));
  return py::cast(item<std::complex<double>>(array));
}

namespace {

template <class T>
PyObject* number_of(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return PyBool_FromLong(value);
  } else if constexpr (is_complex_type<T>) {
    return PyComplex_FromDoubles(value.real(), value.imag());
  } else if constexpr (is_half_type<T>) {
    return PyFloat_FromDouble(static_cast<double>(static_cast<float>(value)));
  } else if constexpr (std::is_floating_point_v<T>) {
    return PyFloat_FromDouble(static_cast<double>(value));
  } else if constexpr (std::is_unsigned_v<T>) {
    return PyLong_FromUnsignedLongLong(value);
  } else {
    return PyLong_FromLongLong(value);
  }
}

/// Lists nested by `shape[axis...]`; arrays have few axes, so recursion is shallow.
template <class T>
py::object nested(const T* data, const Tensor& tensor, size_t axis) {
  if (axis == tensor.shape.size()) return py::reinterpret_steal<py::object>(number_of(*data));
  const auto length = static_cast<size_t>(tensor.shape[axis]);
  py::list out(length);
  for (size_t i = 0; i < length; ++i, data += tensor.strides[axis])
    PyList_SET_ITEM(out.ptr(), static_cast<Py_ssize_t>(i), nested(data, tensor, axis + 1).release().ptr());
  return out;
}

}  // namespace

py::object to_list(const Array& array) {
  Value keep_alive;
  const Tensor tensor = without_gil([&] { return read(array, keep_alive); });
  return visit(array.dtype(),
               [&](auto tag) -> py::object { return nested(tensor.as<typename decltype(tag)::type>(), tensor, 0); });
}

bool load_ints(py::handle object, SmallVector<int64_t, 5>& out) {
  const auto push = [&](PyObject* item) {
    if (PyFloat_Check(item) || !PyIndex_Check(item)) return false;
    const py::object number = py::reinterpret_steal<py::object>(PyNumber_Index(item));
    if (!number) throw py::error_already_set();
    const long long value = PyLong_AsLongLong(number.ptr());
    if (value == -1 && PyErr_Occurred()) throw py::error_already_set();
    out.push_back(value);
    return true;
  };
  PyObject* raw = object.ptr();
  if (!is_list(raw)) {
    if (PyIndex_Check(raw) && !(is_array(raw) && unwrap(raw).ndim() > 0)) return push(raw);
    if (PyUnicode_Check(raw) || !PySequence_Check(raw)) return false;
    const py::list items(py::reinterpret_borrow<py::object>(object));
    for (py::handle item : items)
      if (!push(item.ptr())) return false;
    return true;
  }
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(raw); ++i)
    if (!push(PySequence_Fast_GET_ITEM(raw, i))) return false;
  return true;
}

Scalar constant_of(const Array& array) {
  if (array.requires_grad())
    throw GradError(
        "expected a number, got an array that requires grad, to which no gradient would come back from here; "
        "pass x.item() or x.detach() if none shall");
  return to_scalar(to_number(array).ptr());
}

Array to_array(const Operand& operand, const Operand& other) {
  if (const auto* array = std::get_if<Array>(&operand)) return *array;
  const Scalar& number = std::get<Scalar>(operand);
  if (const auto* array = std::get_if<Array>(&other)) return scalar(number, promote(array->dtype(), number));
  if (const auto* whole = std::get_if<int64_t>(&number.value)) return scalar(number, dtype_of_integer(*whole));
  const bool real = std::holds_alternative<double>(number.value);
  const DType natural = real                                                         ? DType::float32
                        : std::holds_alternative<std::complex<double>>(number.value) ? DType::complex64
                                                                                     : DType::bool_;
  return scalar(number, is_bool(natural) ? promote(DType::bool_, number) : natural);
}

std::vector<Array> to_arrays(const std::vector<ArrayLike>& arrays) {
  std::vector<Array> out;
  out.reserve(arrays.size());
  for (const ArrayLike& array : arrays) out.push_back(array.value);
  return out;
}

}  // namespace ingot::python
