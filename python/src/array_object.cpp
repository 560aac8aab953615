#include "array_object.h"

#include <structmember.h>

#include <vector>

#include "bind.h"
#include "errors.h"
#include "hooks.h"
#include "index_args.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/leaf.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "slots.h"
#include "write_through.h"

namespace ingot::python {

namespace {

// Never freed: arrays may outlive the module's dictionary.
PyTypeObject* array_type_object = nullptr;
PyTypeObject* parameter_type_object = nullptr;

/// A new Python object for a handle that has none.
PyObject* allocate(PyTypeObject* type, const Array& array) {
  // Only an array with hooks, or with a place in one, can be part of a cycle, so the garbage collector need not know of
  // the others. Those of user's classes have a __dict__.
  const bool own = type == array_type_object || type == parameter_type_object;
  PyObject* object = own ? reinterpret_cast<PyObject*>(PyObject_GC_New(ArrayObject, type)) : type->tp_alloc(type, 0);
  if (!object) throw py::error_already_set();
  auto* self = reinterpret_cast<ArrayObject*>(object);
  new (&self->array) Array(array);
  new (&self->owner) Array();
  new (&self->place) std::unique_ptr<Place>();
  self->weakrefs = nullptr;
  if (type == parameter_type_object) reinterpret_cast<ParameterObject*>(object)->attributes = nullptr;
  array.set_host(object);
  if (adopt_hooks(object, array) && own) PyObject_GC_Track(object);
  return object;
}

PyObject* new_array(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"data", "dtype", "requires_grad", "device", nullptr};
  PyObject* data = nullptr;
  PyObject* dtype = Py_None;
  int requires_grad = 0;
  PyObject* device = Py_None;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OpO:array", const_cast<char**>(names), &data, &dtype,
                                   &requires_grad, &device))
    return nullptr;
  return guarded([&] {
    std::optional<DType> asked;
    if (dtype != Py_None) {
      asked = dtype_from_python(dtype);
      if (!asked)
        throw TypeError("array: expected a dtype such as ingot.float32, got ", py::cast<std::string>(py::repr(dtype)));
    }
    if (device != Py_None) require_available(py::cast<Device>(py::handle(device)));
    const Array values = from_python(data, asked);
    if (requires_grad) return allocate(type, make_leaf(values, true));
    return allocate(type, is_array(data) ? identity(values) : values);
  });
}

PyObject* new_parameter(PyTypeObject* type, PyObject* args, PyObject* kwargs) {
  static const char* names[] = {"data", "requires_grad", nullptr};
  PyObject* data = nullptr;
  int requires_grad = 1;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|p:Parameter", const_cast<char**>(names), &data, &requires_grad))
    return nullptr;
  return guarded([&] { return allocate(type, make_leaf(from_python(data), requires_grad)); });
}

/// Rebinds a handle, cast to its dtype.
void store(const Array& array, const Array& result) {
  const DType own = array.dtype();
  const auto rank = [](DType dtype) { return is_bool(dtype) ? 0 : is_integer(dtype) ? 1 : is_floating(dtype) ? 2 : 3; };
  if (rank(result.dtype()) > rank(own))
    throw TypeError("an in-place operation cannot store its ", result.dtype(), " result in an array of ", own,
                    "; write `x = x + y` instead of `x += y`");
  array.rebind(result.dtype() == own ? result : astype(result, own));
}

/// Where a parameter has the dictionary of its attributes; null for other arrays.
PyObject** attributes_of(PyObject* object) {
  return is_parameter(object) ? &reinterpret_cast<ParameterObject*>(object)->attributes : nullptr;
}

int set_attribute(PyObject* object, PyObject* name, PyObject* value) {
  const int failed = PyObject_GenericSetAttr(object, name, value);
  if (failed || !*attributes_of(object)) return failed;
  return guarded(
      [&] {
        keep_attributes(object);
        return 0;
      },
      -1);
}

void deallocate(PyObject* object) {
  auto* self = reinterpret_cast<ArrayObject*>(object);
  PyTypeObject* type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  // First, so that nothing that runs below can find the dying object again.
  if (self->array.defined() && self->array.host() == object) self->array.set_host(nullptr);
  if (self->weakrefs) PyObject_ClearWeakRefs(object);
  self->array.~Array();
  self->owner.~Array();
  forget_place(object);
  self->place.~unique_ptr();
  if (PyObject** attributes = attributes_of(object)) Py_CLEAR(*attributes);
  type->tp_free(object);
  Py_DECREF(type);
}

int traverse(PyObject* object, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(object));
  if (const auto& place = reinterpret_cast<ArrayObject*>(object)->place) Py_VISIT(place->base.ptr());
  if (PyObject** attributes = attributes_of(object)) Py_VISIT(*attributes);
  return traverse_hooks(object, reinterpret_cast<ArrayObject*>(object)->array, visit, arg);
}

int clear(PyObject* object) {
  clear_hooks(object, reinterpret_cast<ArrayObject*>(object)->array);
  forget_place(object);
  if (PyObject** attributes = attributes_of(object)) Py_CLEAR(*attributes);
  return 0;
}

Py_hash_t hash(PyObject* object) { return static_cast<Py_hash_t>(reinterpret_cast<uintptr_t>(object) >> 4); }

/// Text is made in Python, by NumPy's own formatting.
PyObject* print(PyObject* object, const char* function) {
  return guarded(
      [&] { return py::module_::import("ingot._printing").attr(function)(py::handle(object)).release().ptr(); });
}

template <class T>
void* slot(T function) {
  return reinterpret_cast<void*>(function);
}

constexpr const char* kArrayDoc = R"(array(data, dtype=None, requires_grad=False)
--

An n-dimensional array of numbers, computed lazily, with automatic differentiation.

`data` is a number, a nested list or tuple of numbers, a NumPy array or anything else with a buffer, `__array__` or
`__dlpack__`, or another array. Floats become float32, ints int32 (int64 if they do not fit), complex numbers complex64;
what has a dtype already keeps it. The elements are copied.

With `requires_grad=True` the array is a leaf: `backward()` on what is computed from it fills its `.grad`.

Raises ValueError for a ragged list, TypeError for what is not a number.

Example:
    >>> x = ingot.array([1.0, 2.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> print(x.grad)
    [2. 4.]
)";

constexpr const char* kParameterDoc = R"(Parameter(data, requires_grad=True)
--

An array that a module learns: assigning one to an attribute of an `nn.Module` registers it.

It may have attributes of the user's own (`weight.no_decay = True`), which copies and pickles have too.

`data` is anything that `array` takes; its values are taken over, not the array itself.

Example:
    >>> weight = ingot.nn.Parameter(ingot.zeros((2, 3)))
    >>> weight.requires_grad
    True
)";

template <class Object>
PyTypeObject* make_type(const char* name, PyObject* base, std::vector<PyType_Slot> slots) {
  // A type that takes part in garbage collection inherits none of these.
  slots.insert(
      slots.end(),
      {{Py_tp_dealloc, slot(deallocate)}, {Py_tp_traverse, slot(traverse)}, {Py_tp_clear, slot(clear)}, {0, nullptr}});
  PyType_Spec spec{name, sizeof(Object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
                   slots.data()};
  PyObject* type = base ? PyType_FromSpecWithBases(&spec, base) : PyType_FromSpec(&spec);
  if (!type) throw py::error_already_set();
  return reinterpret_cast<PyTypeObject*>(type);
}

}  // namespace

PyTypeObject* array_type() noexcept { return array_type_object; }
PyTypeObject* parameter_type() noexcept { return parameter_type_object; }

PyObject* wrap(const Array& array, PyTypeObject* type) {
  if (!array.defined()) Py_RETURN_NONE;
  // An object on its way out (its weak references are being told) must not come back.
  if (auto* host = static_cast<PyObject*>(array.host()); host && Py_REFCNT(host) > 0) {
    Py_INCREF(host);
    return host;
  }
  return allocate(type, array);
}

Array identity(const Array& array) { return apply(make_ref<Variable>(), {array}, array.peek().spec()); }

Array make_leaf(const Array& array, bool requires_grad) {
  const Array leaf(stop_gradient(array).node());
  if (requires_grad) leaf.set_requires_grad();
  return leaf;
}

void assign_in_place(PyObject* object, const Array& result) {
  const Array& array = unwrap(object);
  const NodeRef before = array.peek_node();
  store(array, result);
  try {
    write_through(object);
  } catch (...) {
    array.rebind_unchecked(before);
    throw;
  }
}

void register_array(py::module_& m) {
  static PyMemberDef members[] = {
      {"__weaklistoffset__", T_PYSSIZET, offsetof(ArrayObject, weakrefs), READONLY, nullptr}, {}};
  std::vector<PyType_Slot> slots{
      {Py_tp_new, slot(new_array)},
      {Py_tp_hash, slot(hash)},
      {Py_tp_repr, slot(+[](PyObject* object) { return print(object, "to_repr"); })},
      {Py_tp_str, slot(+[](PyObject* object) { return print(object, "to_str"); })},
      {Py_tp_getset, array_attributes()},
      {Py_tp_members, members},
      {Py_tp_doc, const_cast<char*>(kArrayDoc)},
  };
  add_number_slots(slots);
  add_container_slots(slots);
  add_buffer_slots(slots);
  array_type_object = make_type<ArrayObject>("ingot.array", nullptr, std::move(slots));
  static PyMemberDef parameter_members[] = {
      {"__dictoffset__", T_PYSSIZET, offsetof(ParameterObject, attributes), READONLY, nullptr}, {}};
  static PyGetSetDef parameter_getset[] = {
      {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, nullptr, nullptr}, {}};
  parameter_type_object =
      make_type<ParameterObject>("ingot.nn.Parameter", reinterpret_cast<PyObject*>(array_type_object),
                                 {{Py_tp_new, slot(new_parameter)},
                                  {Py_tp_setattro, slot(set_attribute)},
                                  {Py_tp_getset, parameter_getset},
                                  {Py_tp_members, parameter_members},
                                  {Py_tp_doc, const_cast<char*>(kParameterDoc)}});
  m.attr("array") = py::handle(reinterpret_cast<PyObject*>(array_type_object));
  m.attr("Parameter") = py::handle(reinterpret_cast<PyObject*>(parameter_type_object));
}

}  // namespace ingot::python
