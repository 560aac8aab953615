#include "jit_function.h"

#include <algorithm>
#include <memory>

#include "call_signature.h"
#include "errors.h"
#include "ingot/engine/jit.h"
#include "result_form.h"

namespace ingot::python {

namespace {

/// One recording and what it is good for.
struct Entry {
  KeptSignature signature;
  ResultForm form;
  py::object owner;  ///< the Python object that holds the recording
  const Recording& recording;

  int traverse(visitproc visit, void* arg) const {
    if (const int stop = signature.traverse(visit, arg)) return stop;
    if (const int stop = form.traverse(visit, arg)) return stop;
    Py_VISIT(owner.ptr());
    return 0;
  }
};

struct Recordings {
  py::object function;
  py::object forget;
  size_t most = 0;
  /// Lately used ones first. Shared, because another thread may drop one that is running.
  std::vector<std::shared_ptr<const Entry>> entries;
};

struct JitObject {
  PyObject_HEAD Recordings recordings;
};

Recordings& recordings_of(PyObject* self) { return reinterpret_cast<JitObject*>(self)->recordings; }

bool stands_for_no_value(const Array& array) { return !array.peek().evaluated() && array.peek().traced(); }

/// Recordings of one kind of call that are kept although what they use is different now: it may go back and forth, as
/// gradients do that are added up over some calls and then given up.
constexpr int kMostOutdated = 3;

struct Found {
  std::shared_ptr<const Entry> entry;
  std::shared_ptr<const Entry> oldest_outdated;
  int outdated = 0;
};

Found find(Recordings& recordings, const CallSignature& call) {
  auto& entries = recordings.entries;
  Found found;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i]->signature.may_match(call)) continue;
    std::shared_ptr<const Entry> entry = entries[i];
    if (!entry->signature.matches(call)) continue;
    if (!entry->recording.valid()) {
      ++found.outdated;
      found.oldest_outdated = std::move(entry);
      continue;
    }
    // Comparing may have run Python, and that this function.
    const auto now = std::find(entries.begin(), entries.end(), entry);
    if (now != entries.end()) std::rotate(entries.begin(), now, now + 1);
    found.entry = std::move(entry);
    break;
  }
  return found;
}

void remove(Recordings& recordings, const std::shared_ptr<const Entry>& entry) {
  const auto at = std::find(recordings.entries.begin(), recordings.entries.end(), entry);
  if (at == recordings.entries.end()) return;
  const std::shared_ptr<const Entry> freed_last = std::move(*at);
  recordings.entries.erase(at);
}

/// Has Python record the function for these arguments.
std::shared_ptr<const Entry> record(PyObject* self, const CallSignature& call, PyObject* args, PyObject* kwargs,
                                    bool outdated) {
  const py::object keywords = kwargs ? py::reinterpret_borrow<py::object>(kwargs) : py::dict();
  const py::object made = py::handle(self).attr("_record")(py::handle(args), keywords, outdated);
  Recordings& recordings = recordings_of(self);
  if (recordings.forget.is_none()) recordings.forget = py::handle(self).attr("_forget");
  auto entry = std::make_shared<const Entry>(Entry{{call, recordings.forget.ptr()},
                                                   ResultForm(made.attr("result")),
                                                   made,
                                                   py::cast<const Recording&>(made.attr("recording"))});
  recordings.entries.insert(recordings.entries.begin(), entry);
  if (recordings.entries.size() > recordings.most) remove(recordings, recordings.entries.back());
  return entry;
}

PyObject* call_function(PyObject* self, PyObject* args, PyObject* kwargs) {
  return guarded([&]() -> PyObject* {
    Recordings& recordings = recordings_of(self);
    const auto plain = [&] { return PyObject_Call(recordings.function.ptr(), args, kwargs); };
    const CallSignature signature(args, kwargs);
    const auto arrays = signature.arrays();
    if (is_recording() || std::any_of(arrays.begin(), arrays.end(), stands_for_no_value)) return plain();
    auto [entry, oldest_outdated, outdated] = find(recordings, signature);
    if (!entry) {
      if (outdated >= kMostOutdated) remove(recordings, oldest_outdated);
      entry = record(self, signature, args, kwargs, outdated > 0);
    }
    if (entry->recording.needs_graph()) return plain();
    return entry->form.fill(entry->recording.run(arrays)).release().ptr();
  });
}

PyObject* make(PyTypeObject* type, PyObject*, PyObject*) {
  PyObject* self = type->tp_alloc(type, 0);
  if (self) new (&recordings_of(self)) Recordings{py::none(), py::none(), 0, {}};
  return self;
}

int traverse_function(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  const Recordings& recordings = recordings_of(self);
  Py_VISIT(recordings.function.ptr());
  Py_VISIT(recordings.forget.ptr());
  for (const auto& entry : recordings.entries) {
    // An entry that is running on another thread is held by that thread too.
    if (entry.use_count() > 1) continue;
    if (const int stop = entry->traverse(visit, arg)) return stop;
  }
  return 0;
}

int clear_function(PyObject* self) {
  Recordings& recordings = recordings_of(self);
  const Recordings gone = std::exchange(recordings, {py::none(), py::none(), 0, {}});
  return 0;
}

void deallocate(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  recordings_of(self).~Recordings();
  type->tp_free(self);
  Py_DECREF(type);
}

PyObject* prepare(PyObject* self, PyObject* const* arguments, Py_ssize_t count) {
  return guarded([&]() -> PyObject* {
    if (count != 2) throw TypeError("_prepare: expected a function and a number");
    Recordings& recordings = recordings_of(self);
    recordings.function = py::reinterpret_borrow<py::object>(arguments[0]);
    recordings.most = py::cast<size_t>(py::handle(arguments[1]));
    Py_RETURN_NONE;
  });
}

PyObject* forget(PyObject* self, PyObject* weak_reference) {
  auto& entries = recordings_of(self).entries;
  std::vector<std::shared_ptr<const Entry>> freed_last;
  for (size_t i = entries.size(); i-- > 0;) {
    if (!entries[i]->signature.refers_by(weak_reference)) continue;
    freed_last.push_back(std::move(entries[i]));
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(i));
  }
  Py_RETURN_NONE;
}

PyObject* count(PyObject* self, PyObject*) { return PyLong_FromSize_t(recordings_of(self).entries.size()); }

template <class T>
void* slot(T function) {
  return reinterpret_cast<void*>(function);
}

}  // namespace

void register_jit_function(py::module_& m) {
  static PyMethodDef methods[] = {
      {"_prepare", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(prepare)), METH_FASTCALL,
       "_prepare(self: _JitFunction, function: collections.abc.Callable, most: int) -> None\n\nSets the function, and "
       "how many recordings are kept."},
      {"_forget", forget, METH_O,
       "_forget(self: _JitFunction, reference: object) -> None\n\nDrops the recordings made with an object that is "
       "gone."},
      {"_recording_count", count, METH_NOARGS, "_recording_count(self: _JitFunction) -> int\n\nHow many are kept now."},
      {}};
  static PyType_Slot slots[] = {
      {Py_tp_new, slot(make)},
      {Py_tp_call, slot(call_function)},
      {Py_tp_dealloc, slot(deallocate)},
      {Py_tp_traverse, slot(traverse_function)},
      {Py_tp_clear, slot(clear_function)},
      {Py_tp_methods, methods},
      {Py_tp_doc, const_cast<char*>("The part of a jitted function that finds a recording and replays it.")},
      {0, nullptr}};
  static PyType_Spec spec{"ingot._core._JitFunction", sizeof(JitObject), 0,
                          Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
  const py::object type = py::reinterpret_steal<py::object>(PyType_FromSpec(&spec));
  if (!type) throw py::error_already_set();
  m.attr("_JitFunction") = type;
}

}  // namespace ingot::python
