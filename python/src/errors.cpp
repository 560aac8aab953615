#include "errors.h"

#include <new>

#include "bind.h"
#include "ingot/graph/error.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/linalg.h"
#include "lock_hooks.h"

namespace ingot::python {

namespace {

/// Python's own classes for the errors that have no exact counterpart among the built-in ones. Never freed: they live
/// as long as the process.
struct Classes {
  PyObject* shape = nullptr;
  PyObject* grad = nullptr;
  PyObject* trace = nullptr;
  PyObject* device = nullptr;
  PyObject* file = nullptr;
  PyObject* key = nullptr;
  PyObject* linalg = nullptr;
} classes;

PyObject* make_class(py::module_& m, const char* name, PyObject* base, const char* doc, py::dict attributes = {}) {
  const std::string qualified = std::string("ingot.") + name;
  PyObject* type = PyErr_NewExceptionWithDoc(qualified.c_str(), doc, base, attributes.ptr());
  if (!type) throw py::error_already_set();
  m.attr(name) = py::handle(type);
  return type;
}

/// Sets the error, also where the message quotes bytes that are no UTF-8.
void set_error(PyObject* type, const std::string& message) {
  PyObject* text = PyUnicode_DecodeUTF8(message.data(), static_cast<Py_ssize_t>(message.size()), "backslashreplace");
  if (!text) return;
  PyErr_SetObject(type, text);
  Py_DECREF(text);
}

/// The innermost line of Python that is not Ingot's own, as ` (file.py:12, in step)`; empty if there is none.
std::string users_line() {
  py::object frame =
      py::reinterpret_steal<py::object>(reinterpret_cast<PyObject*>(PyThreadState_GetFrame(PyThreadState_Get())));
  while (frame) {
    auto* raw = reinterpret_cast<PyFrameObject*>(frame.ptr());
    const py::object globals = frame.attr("f_globals");
    const py::object module = globals.attr("get")("__name__", "");
    const auto name = py::cast<std::string>(py::str(module));
    if (name != "ingot" && name.rfind("ingot.", 0) != 0) {
      const py::object code = frame.attr("f_code");
      return concat(" (", py::cast<std::string>(code.attr("co_filename")), ":", PyFrame_GetLineNumber(raw), ", in ",
                    py::cast<std::string>(code.attr("co_name")), ")");
    }
    frame = frame.attr("f_back");
    if (frame.is_none()) break;
  }
  return {};
}

}  // namespace

void set_python_error() noexcept {
  try {
    throw;
  } catch (py::error_already_set& e) {
    e.restore();
  } catch (const py::builtin_exception& e) {
    e.set_error();
  } catch (const ShapeError& e) {
    set_error(classes.shape, e.what());
  } catch (const LinAlgError& e) {
    set_error(classes.linalg, e.what());
  } catch (const ValueError& e) {
    set_error(PyExc_ValueError, e.what());
  } catch (const TypeError& e) {
    set_error(PyExc_TypeError, e.what());
  } catch (const IndexError& e) {
    set_error(PyExc_IndexError, e.what());
  } catch (const OverflowError& e) {
    set_error(PyExc_OverflowError, e.what());
  } catch (const KeyError& e) {
    set_error(classes.key, e.what());
  } catch (const GradError& e) {
    set_error(classes.grad, e.what());
  } catch (const TraceError& e) {
    try {
      set_error(classes.trace, e.what() + users_line());
    } catch (...) {
      set_error(classes.trace, e.what());
    }
  } catch (const DeviceError& e) {
    set_error(classes.device, e.what());
  } catch (const FileError& e) {
    set_error(classes.file, e.what());
  } catch (const MemoryError& e) {
    set_error(PyExc_MemoryError, e.what());
  } catch (const Interrupted&) {
    restore_interrupt();
  } catch (const std::bad_alloc&) {
    PyErr_SetString(PyExc_MemoryError,
                    "out of memory: the system refused what was asked for; make it smaller, or free something first");
  } catch (const std::exception& e) {
    set_error(PyExc_RuntimeError, e.what());
  } catch (...) {
    PyErr_SetString(PyExc_SystemError, "an unknown C++ exception");
  }
}

void register_errors(py::module_& m) {
  classes.grad = make_class(m, "GradError", PyExc_RuntimeError,
                            "Wrong use of differentiation: no graph, or a graph already released.");
  classes.trace = make_class(m, "TraceError", PyExc_RuntimeError,
                             "A value was asked for while `jit` or `vmap` was only recording the computation.");
  classes.device =
      make_class(m, "DeviceError", PyExc_RuntimeError, "A device that this machine or build does not have.");
  classes.file = make_class(m, "FileError", PyExc_OSError,
                            "A file that cannot be read or written, or whose content is not what it should be.");
  // NumPy's are ValueErrors, PyTorch's RuntimeErrors.
  const py::tuple both = py::make_tuple(py::handle(PyExc_ValueError), py::handle(PyExc_RuntimeError));
  classes.shape = make_class(m, "ShapeError", both.ptr(), "Shapes that do not fit together.");
  classes.linalg =
      make_class(m, "LinAlgError", both.ptr(), "A matrix that has no such decomposition, inverse or solution.");
  py::dict plain_text;
  // A state dict that lacks a name is a RuntimeError to PyTorch's users.
  const py::tuple named = py::make_tuple(py::handle(PyExc_KeyError), py::handle(PyExc_RuntimeError));
  // KeyError shows the repr of its message; these are whole sentences.
  plain_text["__str__"] = py::handle(PyExc_Exception).attr("__str__");
  classes.key = make_class(m, "UnknownNameError", named.ptr(), "A name that is not there.", plain_text);
  py::register_exception_translator([](std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const Error&) {
      set_python_error();
    } catch (const std::bad_alloc&) {
      set_python_error();
    }
  });
}

void throw_no_cuda() {
  throw DeviceError("cuda: there are no CUDA devices here; arrays and modules live on 'cpu', or on 'metal' where ",
                    "ingot.is_available('metal')");
}

}  // namespace ingot::python
