#include "hooks.h"

#include <utility>

#include "bind.h"
#include "ingot/graph/observer.h"

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

/// What the `run_backward` of this thread puts off; null where none runs, for hooks are called by `autograd.grad` too,
/// which adds nothing up.
thread_local std::vector<py::function>* put_off = nullptr;

/// True for the only one that holds the array. A module that holds it too holds its hooks, and nothing tells the garbage
/// collector of that.
bool owns_hooks(const Array& array) { return array.defined() && HandleObserver::holders(array) == 1; }

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
  for_each_hook(array, [&](size_t, const Callable& callable) {
    if (!stop && callable.owner == self) stop = visit(callable.function.ptr(), arg);
  });
  return stop;
}

void clear_hooks(PyObject* self, const Array& array) {
  if (!owns_hooks(array)) return;
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
