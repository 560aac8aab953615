// Functions that take PyTorch's names of arguments: `torch.sum(input=x)`.
#include <algorithm>
#include <vector>

#include "array_extras.h"
#include "bind.h"
#include "errors.h"

namespace ingot::python {

namespace {

/// Calls the function in `renamed`, which is followed by names of its positional arguments.
PyObject* call_by_names(PyObject* renamed, PyObject* const* args, Py_ssize_t count, PyObject* names) {
  PyObject* const* order = reinterpret_cast<PyTupleObject*>(renamed)->ob_item;
  PyObject* function = *order++;
  if (!names) return PyObject_Vectorcall(function, args, static_cast<size_t>(count), nullptr);
  PyObject* const* keys = reinterpret_cast<PyTupleObject*>(names)->ob_item;
  PyObject* const* keys_end = keys + PyTuple_GET_SIZE(names);
  return guarded([&]() -> PyObject* {
    std::vector<PyObject*> positional(args, args + count), keyword;
    std::vector<bool> taken(static_cast<size_t>(keys_end - keys), false);
    for (Py_ssize_t i = count; i + 1 < PyTuple_GET_SIZE(renamed); ++i) {
      const auto found = std::find_if(
          keys, keys_end, [&](PyObject* key) { return key == order[i] || PyUnicode_Compare(key, order[i]) == 0; });
      if (found == keys_end) break;
      positional.push_back(args[count + (found - keys)]);
      taken[static_cast<size_t>(found - keys)] = true;
    }
    const size_t given = positional.size();
    for (size_t i = 0; i < taken.size(); ++i) {
      if (taken[i]) continue;
      keyword.push_back(keys[i]);
      positional.push_back(args[static_cast<size_t>(count) + i]);
    }
    const auto left = py::reinterpret_steal<py::object>(PyTuple_New(static_cast<Py_ssize_t>(keyword.size())));
    if (!left) return nullptr;
    for (size_t i = 0; i < keyword.size(); ++i)
      PyTuple_SET_ITEM(left.ptr(), static_cast<Py_ssize_t>(i), Py_NewRef(keyword[i]));
    return PyObject_Vectorcall(function, positional.data(), given, keyword.empty() ? nullptr : left.ptr());
  });
}

py::object renaming(const py::object& function, const std::string& names) {
  const py::tuple renamed = py::make_tuple(function) + py::tuple(py::str(names).attr("split")());
  // Never freed: there is one for each function.
  auto* definition = new PyMethodDef{lasting_text(function.attr("__name__")),
                                     reinterpret_cast<PyCFunction>(reinterpret_cast<void*>(call_by_names)),
                                     METH_FASTCALL | METH_KEYWORDS, lasting_text(documentation_of(function))};
  return py::reinterpret_steal<py::object>(PyCFunction_New(definition, renamed.ptr()));
}

}  // namespace

void register_keyword_names(py::module_& m) {
  m.def("_renaming", renaming, "function"_a, "names"_a,
        "A function that calls `function`, and takes its first positional arguments by these names too.");
}

}  // namespace ingot::python
