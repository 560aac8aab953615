#include "hooks.h"

#include <utility>

#include "bind.h"
#include "ingot/graph/observer.h"

namespace ingot::python {

namespace {

/// A Python function or dictionary, and which array object shows it to the garbage collector: exactly one may, for it is
/// referred to once.
struct Held {
  py::object object;
  PyObject* owner;

  Held(py::object o, PyObject* array) : object(std::move(o)), owner(array) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() {
    if (!Py_IsInitialized()) {
      object.release();
      return;
    }
    const WithGil gil;
    object = py::object();
  }
};

struct PythonHook {
  std::shared_ptr<Held> function;

  Array operator()(const Array& gradient) const {
    const WithGil gil;
    const py::object result = function->object(gradient);
    return result.is_none() ? Array() : from_python(result);
  }
};

/// No hook, but it lives where hooks do: with the array, and not with one of its Python objects.
struct Attributes {
  std::shared_ptr<Held> dictionary;

  Array operator()(const Array&) const { return {}; }
};

/// What the `run_backward` of this thread puts off; null where none runs, for hooks are called by `autograd.grad` too,
/// which adds nothing up.
thread_local std::vector<py::function>* put_off = nullptr;

/// True for the only one that holds the array, for the garbage collector may be told of a hook by one holder alone.
bool owns_hooks(const Array& array) { return array.defined() && HandleObserver::holders(array) == 1; }

template <class F>
void for_each_hook(const Array& array, F&& f) {
  if (!array.defined() || !array.peek().slot()) return;
  for (const auto& [id, hook] : array.peek().slot()->hooks) {
    if (const auto* python = hook.template target<PythonHook>()) f(id, *python->function);
    if (const auto* kept = hook.template target<Attributes>()) f(id, *kept->dictionary);
  }
}

}  // namespace

HookHandle register_hook(const py::object& self, const py::function& hook) {
  const Array& array = unwrap(self.ptr());
  const size_t id = array.register_hook(PythonHook{std::make_shared<Held>(hook, self.ptr())});
  if (!PyObject_GC_IsTracked(self.ptr())) PyObject_GC_Track(self.ptr());
  return {array, id};
}

void keep_attributes(PyObject* parameter) {
  const auto* self = reinterpret_cast<ParameterObject*>(parameter);
  const Array& array = self->base.array;
  bool kept = false;
  for_each_hook(array, [&](size_t, const Held& held) { kept |= held.object.ptr() == self->attributes; });
  if (kept || !is_inexact(array.dtype())) return;
  const bool learns = array.requires_grad();
  if (!learns) array.set_requires_grad();
  const auto attributes = py::reinterpret_borrow<py::object>(self->attributes);
  array.register_hook(Attributes{std::make_shared<Held>(attributes, parameter)});
  if (!learns) array.set_requires_grad(false);
  if (!PyObject_GC_IsTracked(parameter)) PyObject_GC_Track(parameter);
}

void run_backward(const std::vector<Array>& outputs, const std::vector<Array>& cotangents,
                  const BackwardOptions& options, const std::vector<Array>& inputs) {
  std::vector<py::function> mine;
  std::vector<py::function>* const outer = std::exchange(put_off, &mine);
  try {
    backward(outputs, cotangents, options, inputs);
  } catch (...) {
    put_off = outer;
    throw;
  }
  put_off = outer;
  for (const py::function& function : mine) function();
}

void call_after_backward(const py::function& function) {
  if (put_off) put_off->push_back(function);
}

int traverse_hooks(PyObject* self, const Array& array, visitproc visit, void* arg) {
  if (!owns_hooks(array)) return 0;
  int stop = 0;
  for_each_hook(array, [&](size_t, const Held& held) {
    if (!stop && (!self || held.owner == self)) stop = visit(held.object.ptr(), arg);
  });
  return stop;
}

void clear_hooks(PyObject* self, const Array& array) {
  if (!owns_hooks(array)) return;
  std::vector<size_t> mine;
  for_each_hook(array, [&](size_t id, const Held& held) {
    if (!self || held.owner == self) mine.push_back(id);
  });
  for (size_t id : mine) array.remove_hook(id);
}

bool adopt_hooks(PyObject* self, const Array& array) {
  bool found = false;
  for_each_hook(array, [&](size_t, Held& held) {
    held.owner = self;
    found = true;
    if (PyDict_Check(held.object.ptr()) && is_parameter(self))
      Py_XSETREF(reinterpret_cast<ParameterObject*>(self)->attributes, Py_NewRef(held.object.ptr()));
  });
  return found;
}

}  // namespace ingot::python
