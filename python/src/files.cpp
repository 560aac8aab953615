#include "errors.h"
#include "ingot/io/model_file.h"
#include "ingot/io/safetensors.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

py::dict to_dict(const NamedArrays& arrays) {
  py::dict out;
  for (const auto& [name, array] : arrays) out[py::str(name)] = array;
  return out;
}

/// What a path-like object names.
std::string file_path(const py::object& path) {
  const py::object text = py::reinterpret_steal<py::object>(PyOS_FSPath(path.ptr()));
  if (!text) throw py::error_already_set();
  if (PyBytes_Check(text.ptr())) return py::cast<std::string>(text);
  return py::cast<std::string>(py::module_::import("os").attr("fsencode")(text));
}

}  // namespace

void register_files(py::module_& m) {
  set_module_resolver([](const std::string& type_name, const Json& config) -> nn::ModulePtr {
    const WithGil gil;
    const py::object module = py::module_::import("ingot._files").attr("resolve")(type_name, config.dump());
    return module.is_none() ? nullptr : own(module);
  });
  m.def(
      "save",
      [](const py::object& obj, const py::object& path) {
        // PyTorch's users know `save(obj, path)`, NumPy's `save(path, obj)`: a model is no path.
        if (is_array(obj.ptr())) throw TypeError("save: give the array a name: save({\"x\": x}, path)");
        if (py::isinstance<nn::Module>(obj)) {
          save(py::cast<const nn::Module&>(obj), file_path(path));
        } else {
          save_arrays(named_arrays_from(obj), file_path(path));
        }
      },
      "obj"_a, "path"_a,
      "Writes a model, or a dictionary of arrays by name, as a safetensors file, whole or not at all. A model's file "
      "holds its parameters, buffers and tree of modules; "
      "no pickle, nothing in it is ever executed.\n\nRaises FileError (an OSError) if the file cannot be written.\n\n"
      "Example:\n    >>> import tempfile, os\n    >>> path = os.path.join(tempfile.mkdtemp(), 'model.safetensors')\n"
      "    >>> ingot.save(ingot.nn.Linear(2, 1), path)\n    >>> ingot.load(path)\n    Linear(in_features=2, "
      "out_features=1, bias=True)");
  m.def(
      "_save_with_metadata",
      [](const py::object& arrays, const std::string& path,
         const std::vector<std::pair<std::string, std::string>>& metadata) {
        save_safetensors(path, {named_arrays_from(arrays), metadata});
      },
      "arrays"_a, "path"_a, "metadata"_a, "Writes arrays and strings by name, as a safetensors file.");
  m.def(
      "_metadata", [](const std::string& path) { return load_safetensors(path).metadata; }, "path"_a,
      "The strings in a safetensors file, with their names.");
  m.def(
      "load",
      [](const py::object& path) -> py::object {
        const std::string name = file_path(path);
        const SafeTensors content = load_safetensors(name);
        if (!holds_model(content)) return to_dict(content.arrays);
        return to_python(build_model(content, name));
      },
      "path"_a,
      "Reads what `save` wrote: the model, in the mode it was saved in, or the dictionary of arrays of any other "
      "safetensors file.\n\nBuilt-in layers are made again; a "
      "class of yours is found by its name among those that the process has defined, and never imported.\n\n"
      "Raises FileError (an OSError) if the file is broken or does not fit together.");
}

}  // namespace ingot::python
