#include "hooks.h"

#include "bind.h"

namespace ingot::python {

namespace {

/// The Python function, and which array object shows it to the garbage collector: exactly one may, for it is referred
/// to once.
struct Callable {
  py::function function;
  PyObject* owner;

  Callable(py::function f, PyObject* o) : function(std::move(f)), owner(o) {}
  Callable(const Callable&) = delete;
  Callable& operator=(const Callable&) = delete;
  ~Callable() {
    if (!Py_IsInitialized()) {
      function.release();
      return;
    }
    const WithGil gil;
    function = py::function();
  }
};

struct PythonHook {
  std::shared_ptr<Callable> callable;

  Array operator()(const Array& gradient) const {
    const WithGil gil;
    const py::object result = callable->function(gradient);
    return result.is_none() ? Array() : from_python(result);
  }
};

template <class F>
void for_each_hook(const Array& array, F&& f) {
  if (!array.defined() || !array.peek().slot()) return;
  for (const auto& [id, hook] : array.peek().slot()->hooks)
    if (const auto* python = hook.template target<PythonHook>()) f(id, *python->callable);
}

}  // namespace

HookHandle register_hook(const py::object& self, const py::function& hook) {
  const Array& array = unwrap(self.ptr());
  const size_t id = array.register_hook(PythonHook{std::make_shared<Callable>(hook, self.ptr())});
  if (!PyObject_GC_IsTracked(self.ptr())) PyObject_GC_Track(self.ptr());
  return {array, id};
}

int traverse_hooks(PyObject* self, const Array& array, visitproc visit, void* arg) {
  int stop = 0;
  for_each_hook(array, [&](size_t, const Callable& callable) {
    if (!stop && callable.owner == self) stop = visit(callable.function.ptr(), arg);
  });
  return stop;
}

void clear_hooks(PyObject* self, const Array& array) {
  std::vector<size_t> mine;
  for_each_hook(array, [&](size_t id, const Callable& callable) {
    if (callable.owner == self) mine.push_back(id);
  });
  for (size_t id : mine) array.remove_hook(id);
}

bool adopt_hooks(PyObject* self, const Array& array) {
  bool found = false;
  for_each_hook(array, [&](size_t, Callable& callable) {
    callable.owner = self;
    found = true;
  });
  return found;
}

}  // namespace ingot::python
