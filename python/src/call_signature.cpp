#include "call_signature.h"

#include <bit>
#include <cstring>

#include "errors.h"
#include "guards.h"
#include "ingot/graph/autocast_mode.h"
#include "ingot/graph/error.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/optim/optimizer.h"

namespace ingot::python {

namespace {

/// The first word of each part. Low bits; what else fits into one word is above them.
enum Tag : uint64_t {
  kArray,
  kNone,
  kTuple,
  kList,
  kDictionary,
  kDataclass,
  kTrue,
  kFalse,
  kInt,
  kFloat,
  kText,
  kOther,
  kSame
};
constexpr int kTagBits = 4;
/// On the first word of a container whose type stands in the next word.
constexpr uint64_t kOfSubclass = uint64_t(1) << 63;

uint64_t address(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer); }

/// Lets a container that holds itself end in Python's RecursionError.
class Deeper {
 public:
  Deeper() {
    if (Py_EnterRecursiveCall(" while looking through the arguments of a jitted function"))
      throw py::error_already_set();
  }
  ~Deeper() { Py_LeaveRecursiveCall(); }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
};

/// True for what `array(...)` would take as more than a number: NumPy arrays and their like, of no axes too if they can
/// be assigned to. NumPy's numbers cannot, and are known by their value.
bool is_foreign_array(PyObject* value) {
  const py::handle handle(value);
  if (!py::hasattr(handle, "__array__")) return false;
  const py::object shape = py::getattr(handle, "shape", py::tuple());
  return PyObject_IsTrue(shape.ptr()) == 1 || py::hasattr(handle, "__setitem__");
}

}  // namespace

CallSignature::CallSignature(PyObject* args, PyObject* kwargs) {
  try {
    const auto low = autocast_dtype();
    push(grad_enabled() | (low ? static_cast<uint64_t>(*low) + 1 : 0) << 8);
    push(mode_signature);
    push(settings_version + optim::settings_version());
    add_sequence(args);
    if (kwargs && PyDict_GET_SIZE(kwargs) > 0) add_dictionary(kwargs);
  } catch (...) {
    release();
    throw;
  }
  uint64_t hash = words_.size();
  for (uint64_t word : words_) hash = (std::rotl(hash, 23) ^ word) * 0x2127599bf4325c37u;
  hash_ = hash;
}

CallSignature::~CallSignature() { release(); }

void CallSignature::release() noexcept {
  for (PyObject* object : objects_) Py_DECREF(object);
  for (PyObject* object : identities_) Py_DECREF(object);
}

void CallSignature::add(PyObject* value) {
  if (is_array(value)) return add_array(unwrap(value));
  if (value == Py_None) return push(kNone);
  if (PyTuple_Check(value) || PyList_Check(value)) return add_sequence(value);
  if (PyDict_Check(value)) return add_dictionary(value);
  if (value == Py_True || value == Py_False) return push(value == Py_True ? kTrue : kFalse);
  if (PyUnicode_CheckExact(value)) {
    push(kText);
    Py_INCREF(value);
    return objects_.push_back(value);
  }
  if (PyFloat_CheckExact(value)) {
    push(kFloat);
    return push(std::bit_cast<uint64_t>(PyFloat_AS_DOUBLE(value)));
  }
  if (PyLong_CheckExact(value)) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow) return add_object(value);
    push(kInt);
    return push(static_cast<uint64_t>(number));
  }
  const py::handle type(reinterpret_cast<PyObject*>(Py_TYPE(value)));
  if (py::hasattr(type, "__dataclass_fields__")) return add_dataclass(value);
  if (is_foreign_array(value)) return add_array(from_python(value));
  add_static(value);
}

// Comparing and hashing objects may run Python, which may change the very container that is being looked through: hence
// the bound is asked for again each time, and each child is held meanwhile.
void CallSignature::add_sequence(PyObject* value) {
  const Deeper deeper;
  const bool is_tuple = PyTuple_Check(value);
  const Py_ssize_t count = PySequence_Fast_GET_SIZE(value);
  add_container(is_tuple ? kTuple : kList, value, count);
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (i >= PySequence_Fast_GET_SIZE(value)) throw py::value_error("jit: a list argument changed while it was read");
    const auto child = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(value, i));
    add(child.ptr());
  }
}

void CallSignature::add_dictionary(PyObject* value) {
  const Deeper deeper;
  const Py_ssize_t count = PyDict_GET_SIZE(value);
  add_container(kDictionary, value, count);
  PyObject *key, *child;
  for (Py_ssize_t at = 0; PyDict_Next(value, &at, &key, &child);) {
    const auto held_key = py::reinterpret_borrow<py::object>(key);
    const auto held_child = py::reinterpret_borrow<py::object>(child);
    if (PyUnicode_CheckExact(key)) {
      push(kText);
      Py_INCREF(key);
      objects_.push_back(key);
    } else {
      add_object(key);
    }
    add(child);
  }
}

void CallSignature::add_dataclass(PyObject* value) {
  const Deeper deeper;
  const auto [names, children] = py::cast<std::pair<py::tuple, py::tuple>>(
      py::module_::import("ingot.tree").attr("_open")(py::handle(value), false));
  add_container(kDataclass, value, static_cast<Py_ssize_t>(children.size()));
  for (const py::handle child : children) add(child.ptr());
}

void CallSignature::add_container(uint64_t tag, PyObject* value, Py_ssize_t count) {
  const bool plain = PyTuple_CheckExact(value) || PyList_CheckExact(value) || PyDict_CheckExact(value);
  push(tag | static_cast<uint64_t>(count) << kTagBits | (plain ? 0 : kOfSubclass));
  if (!plain) push_type(value);
}

void CallSignature::push_type(PyObject* value) {
  auto* type = reinterpret_cast<PyObject*>(Py_TYPE(value));
  push(address(type));
  types_.push_back(type);
}

void CallSignature::add_array(Array array) {
  const Shape& shape = array.shape();
  push(kArray | static_cast<uint64_t>(array.dtype()) << kTagBits | static_cast<uint64_t>(array.requires_grad()) << 16 |
       static_cast<uint64_t>(array.device().kind) << 17 | static_cast<uint64_t>(shape.size()) << 24);
  for (int64_t length : shape) push(static_cast<uint64_t>(length));
  if (many_.empty() && array_count_ < kFew) {
    few_[array_count_++] = std::move(array);
    return;
  }
  if (many_.empty()) many_.assign(few_, few_ + kFew);
  many_.push_back(std::move(array));
  ++array_count_;
}

void CallSignature::add_static(PyObject* value) {
  PyTypeObject* type = Py_TYPE(value);
  // A function's owner and the like are known by their identity; a class is an object of this kind, but lives long.
  const bool only_itself = type->tp_hash == PyBaseObject_Type.tp_hash && !PyType_Check(value);
  if (!only_itself || !PyType_SUPPORTS_WEAKREFS(type)) return add_object(value);
  push(kSame);
  push(address(value));
  Py_INCREF(value);
  identities_.push_back(value);
}

void CallSignature::add_object(PyObject* value) {
  const Py_hash_t hash = PyObject_Hash(value);
  if (hash == -1) {
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw py::error_already_set();
    PyErr_Clear();
    throw TypeError("jit: an argument of type ", Py_TYPE(value)->tp_name,
                    " is neither an array nor hashable, so jit cannot tell when it changes; pass numbers as arrays, or "
                    "make it part of the function");
  }
  push(kOther);
  push_type(value);
  push(static_cast<uint64_t>(hash));
  Py_INCREF(value);
  objects_.push_back(value);
}

KeptSignature::KeptSignature(const CallSignature& call, PyObject* forget)
    : hash_(call.hash()), words_(call.words().begin(), call.words().end()) {
  for (PyObject* object : call.objects()) objects_.push_back(py::reinterpret_borrow<py::object>(object));
  for (PyObject* type : call.types()) types_.push_back(py::reinterpret_borrow<py::object>(type));
  for (PyObject* object : call.identities()) {
    weak_references_.push_back(py::reinterpret_steal<py::object>(PyWeakref_NewRef(object, forget)));
    if (!weak_references_.back()) throw py::error_already_set();
  }
}

bool KeptSignature::matches(const CallSignature& call) const {
  if (hash_ != call.hash() || words_.size() != call.words().size() ||
      std::memcmp(words_.data(), call.words().data(), words_.size() * sizeof(uint64_t)) != 0)
    return false;
  for (size_t i = 0; i < objects_.size(); ++i) {
    PyObject* theirs = call.objects()[i];
    if (objects_[i].ptr() == theirs) continue;
    const int equal = PyObject_RichCompareBool(objects_[i].ptr(), theirs, Py_EQ);
    if (equal < 0) throw py::error_already_set();
    if (!equal) return false;
  }
  return true;
}

bool KeptSignature::refers_by(PyObject* weak_reference) const {
  for (const py::object& each : weak_references_)
    if (each.ptr() == weak_reference) return true;
  return false;
}

int KeptSignature::traverse(visitproc visit, void* arg) const {
  for (const auto* objects : {&objects_, &types_, &weak_references_})
    for (const py::object& object : *objects) Py_VISIT(object.ptr());
  return 0;
}

}  // namespace ingot::python
