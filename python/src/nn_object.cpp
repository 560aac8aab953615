// How a module looks to Python: who owns it, its attributes, calls, and garbage collection.
#include "errors.h"
#include "guards.h"
#include "hooks.h"
#include "ingot/engine/jit.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

/// Classes bound here. Never freed.
std::vector<PyObject*>& builtin_classes() {
  static auto* classes = new std::vector<PyObject*>;
  return *classes;
}

PyTypeObject* module_class() { return reinterpret_cast<PyTypeObject*>(builtin_classes().front()); }

}  // namespace

// ---- ownership ----

void PythonOwner::operator()(nn::Module*) const {
  if (!Py_IsInitialized()) return;
  const WithGil gil;
  Py_DECREF(object);
}

nn::ModulePtr own(py::handle object) {
  if (!PyObject_TypeCheck(object.ptr(), module_class()))
    throw TypeError("expected a module (nn.Module), got ", Py_TYPE(object.ptr())->tp_name);
  nn::Module* module = module_of(object.ptr());
  if (!module)
    throw ValueError("a module was used before its __init__ ran: call super().__init__() first in ",
                     Py_TYPE(object.ptr())->tp_name, ".__init__");
  module->set_hosted();
  return nn::ModulePtr(module, PythonOwner{Py_NewRef(object.ptr())});
}

py::object to_python(const nn::ModulePtr& module) {
  if (const auto* owner = std::get_deleter<PythonOwner>(module))
    return py::reinterpret_borrow<py::object>(owner->object);
  return py::cast(module);
}

py::object child_of(nn::Module& parent, const std::string& name, const nn::ModulePtr& child) {
  py::object object = to_python(child);
  if (!std::get_deleter<PythonOwner>(child)) parent.register_module(std::string(name), own(object));
  return object;
}

nn::Module* module_of(PyObject* object) {
  auto* instance = reinterpret_cast<py::detail::instance*>(object);
  // All module classes derive from Module alone and first, so their address is its address.
  if (instance->simple_layout) return static_cast<nn::Module*>(instance->simple_value_holder[0]);
  return py::cast<nn::Module*>(py::handle(object));
}

void add_builtin_class(py::handle type) { builtin_classes().push_back(type.inc_ref().ptr()); }

bool is_builtin_class(PyObject* type) {
  for (PyObject* known : builtin_classes())
    if (known == type) return true;
  return false;
}

// ---- what a Python subclass says ----

std::optional<Array> call_override(py::handle self, const py::function& forward, const Array& x) {
  if (forward) return py::cast<Array>(forward(x));
  const py::object own_call = py::type::handle_of(self).attr("__call__");
  const py::object usual_call = py::handle(reinterpret_cast<PyObject*>(module_class())).attr("__call__");
  if (own_call.is(usual_call)) return std::nullopt;
  return py::cast<Array>(self(x));
}

std::string class_name(py::handle self) { return py::cast<std::string>(py::type::handle_of(self).attr("__name__")); }

Json describe_instance(py::handle self) {
  return Json::parse(py::cast<std::string>(py::module_::import("ingot._files").attr("describe")(self)));
}

namespace {

// ---- attributes ----

std::string_view text_of(PyObject* name) {
  Py_ssize_t length = 0;
  const char* text = PyUnicode_AsUTF8AndSize(name, &length);
  if (!text) throw py::error_already_set();
  return {text, static_cast<size_t>(length)};
}

PyObject* get_attribute(PyObject* self, PyObject* name) {
  nn::Module* module = module_of(self);
  if (!module) return PyObject_GenericGetAttr(self, name);
  return guarded([&]() -> PyObject* {
    const std::string_view key = text_of(name);
    if (const Array* parameter = module->own_parameters().find(key)) return wrap_parameter(*parameter);
    if (const nn::ModulePtr* child = module->children().find(key))
      return child_of(*module, std::string(key), *child).release().ptr();
    if (const nn::BufferEntry* buffer = module->own_buffers().find(key)) return wrap(buffer->value);
    return PyObject_GenericGetAttr(self, name);
  });
}

/// For what is registered under `key` and is about to go: recordings of `jit` have read it, and would go on doing so.
void note_replacement(const nn::Module& module, const std::string& key) {
  if (is_recording())
    throw TraceError("'", key, "' of ", module.type_name(),
                     " cannot be replaced while jit records the function: no call of the recording would do so again. "
                     "Change its values instead: self.",
                     key, "[...] = ...");
  ++settings_version;
}

/// `self.name = value`: parameters and modules are registered, everything else is an ordinary attribute.
int set_attribute(PyObject* self, PyObject* name, PyObject* value) {
  nn::Module* module = module_of(self);
  const bool is_module = value && PyObject_TypeCheck(value, module_class());
  return guarded(
      [&] {
        const std::string key(text_of(name));
        if (!module) {
          if (is_module || (value && is_parameter(value)))
            throw py::attribute_error(concat("cannot assign '", key,
                                             "' before nn.Module.__init__() ran: call super().__init__() first in ",
                                             Py_TYPE(self)->tp_name, ".__init__"));
          return PyObject_GenericSetAttr(self, name, value);
        }
        const nn::BufferEntry* buffer = module->own_buffers().find(key);
        const bool known_parameter = module->own_parameters().contains(key);
        const bool known_child = module->children().contains(key);
        if (buffer || known_parameter || known_child) note_replacement(*module, key);
        if (!value) return module->unregister(key) ? 0 : PyObject_GenericSetAttr(self, name, nullptr);
        if (is_module || is_parameter(value)) {
          // An ordinary attribute of that name would hide nothing, but would come back when the parameter goes.
          const py::dict attributes = py::handle(self).attr("__dict__");
          if (attributes.contains(key.c_str())) PyDict_DelItem(attributes.ptr(), name);
          if (is_module) {
            module->register_module(key, own(value));
          } else {
            module->register_parameter(key, unwrap(value));
          }
          return 0;
        }
        if (known_parameter) {
          if (value != Py_None)
            throw TypeError("'", key, "' is a parameter of ", module->type_name(),
                            ": assign an nn.Parameter or None, not ", Py_TYPE(value)->tp_name,
                            "; to change its values, use `with no_grad(): ", key, "[...] = ...`");
          module->register_parameter(key, {});
          return 0;
        }
        if (known_child) {
          if (value != Py_None)
            throw TypeError("'", key, "' is a module of ", module->type_name(), ": assign an nn.Module or None, not ",
                            Py_TYPE(value)->tp_name);
          module->unregister(key);
        } else if (buffer && (is_array(value) || value == Py_None)) {
          module->register_buffer(key, is_array(value) ? unwrap(value) : Array(), buffer->persistent);
          return 0;
        }
        return PyObject_GenericSetAttr(self, name, value);
      },
      -1);
}

/// `module(...)` calls `forward`, which a subclass defines with whatever arguments it likes.
PyObject* call_module(PyObject* self, PyObject* args, PyObject* kwargs) {
  if (const nn::Module* module = module_of(self); module && module->intercepted())
    return guarded([&] {
      return call_with_hooks(self, py::reinterpret_borrow<py::tuple>(args),
                             kwargs ? py::reinterpret_borrow<py::dict>(kwargs) : py::dict())
          .release()
          .ptr();
    });
  static PyObject* name = PyUnicode_InternFromString("forward");
  PyObject* forward = PyObject_GetAttr(self, name);
  if (!forward) return nullptr;
  PyObject* result = PyObject_Call(forward, args, kwargs);
  Py_DECREF(forward);
  return result;
}

// ---- garbage collection ----

traverseproc traverse_instance = nullptr;
inquiry clear_instance = nullptr;

int traverse_module(PyObject* self, visitproc visit, void* arg) {
  if (const nn::Module* module = module_of(self)) {
    for (const auto& [name, child] : module->children())
      if (const auto* owner = std::get_deleter<PythonOwner>(child)) Py_VISIT(owner->object);
    for (const auto& [name, parameter] : module->own_parameters())
      if (const int stop = traverse_hooks(nullptr, parameter, visit, arg)) return stop;
  }
#if PY_VERSION_HEX >= 0x030B0000
  // Python's own part of the traversal of a subclass visits the __dict__; visited twice, it would never be collected.
  if (Py_TYPE(self)->tp_traverse != traverse_module) {
    Py_VISIT(Py_TYPE(self));
    return 0;
  }
#endif
  return traverse_instance(self, visit, arg);
}

int clear_module(PyObject* self) {
  if (nn::Module* module = module_of(self)) {
    std::vector<std::string> names;
    for (const auto& [name, child] : module->children()) names.push_back(name);
    for (const std::string& name : names) module->unregister(name);
    for (const auto& [name, parameter] : module->own_parameters()) clear_hooks(nullptr, parameter);
  }
  return clear_instance(self);
}

}  // namespace

void set_up_module_type(PyHeapTypeObject* heap_type) {
  PyTypeObject& type = heap_type->ht_type;
  traverse_instance = type.tp_traverse;
  clear_instance = type.tp_clear;
  type.tp_traverse = traverse_module;
  type.tp_clear = clear_module;
  type.tp_getattro = get_attribute;
  type.tp_setattro = set_attribute;
  type.tp_call = call_module;
}

}  // namespace ingot::python
