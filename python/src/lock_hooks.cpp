#include "lock_hooks.h"

#include "bind.h"
#include "ingot/engine/lock.h"
#include "ingot/graph/warning.h"

namespace ingot::python {

namespace {

/// What the signal handler raised, until `restore_interrupt` hands it on. Guarded by the GIL; only the main thread runs
/// signal handlers.
PyObject* raised = nullptr;

/// Fetches the current error as one exception object, as both old and new Pythons can restore it.
PyObject* take_error() {
  PyObject *type, *value, *trace;
  PyErr_Fetch(&type, &value, &trace);
  PyErr_NormalizeException(&type, &value, &trace);
  if (trace) PyException_SetTraceback(value, trace);
  Py_XDECREF(type);
  Py_XDECREF(trace);
  return value;
}

bool user_wants_to_stop() {
  if (must_end()) return true;
  const WithGil gil;
  if (PyErr_CheckSignals() == 0) return false;
  Py_XSETREF(raised, take_error());
  return true;
}

/// Python's own warning, at the line that is running. Raises if the user made warnings errors.
void warn_in_python(const std::string& message) {
  const WithGil gil;
  if (PyErr_WarnEx(PyExc_RuntimeWarning, message.c_str(), 1) != 0) throw py::error_already_set();
}

}  // namespace

void restore_interrupt() noexcept {
  if (!raised) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    return;
  }
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(raised)), raised);
  Py_CLEAR(raised);
}

void register_lock_hooks(py::module_&) {
  set_blocking_hook([](const std::function<void()>& work) {
    const WithoutGil released;
    work();
  });
  set_interrupt_hook(user_wants_to_stop);
  set_warning_hook(warn_in_python);
  py::module_::import("atexit").attr("register")(py::cpp_function(prepare_for_exit));
}

}  // namespace ingot::python
