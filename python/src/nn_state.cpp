// State dicts of modules as Python sees them.
#include <unordered_set>

#include "ingot/graph/grad_mode.h"
#include "ingot/nn/module.h"
#include "ingot/ops/manipulation.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

/// True if a module, or one below it, has hooks on its state or a class that has a say in it.
bool has_state_of_its_own(const py::object& root) {
  const py::object base = py::type::of<nn::Module>();
  std::vector<std::pair<PyObject*, const nn::Module*>> pending{{root.ptr(), own(root).get()}};
  std::unordered_set<const nn::Module*> seen;
  while (!pending.empty()) {
    const auto [object, module] = pending.back();
    pending.pop_back();
    if (!seen.insert(module).second) continue;
    if (object) {
      if (py::dict(py::handle(object).attr("__dict__")).contains("_state_hooks")) return true;
      const py::handle type = py::type::handle_of(object);
      if (!is_builtin_class(type.ptr()))
        for (const char* method :
             {"state_dict", "_save_to_state_dict", "_load_from_state_dict", "get_extra_state", "set_extra_state"})
          if (!py::getattr(type, method).is(py::getattr(base, method))) return true;
    }
    for (const auto& [name, child] : module->children()) {
      const auto* owner = std::get_deleter<PythonOwner>(child);
      pending.emplace_back(owner ? owner->object : nullptr, child.get());
    }
  }
  return false;
}

/// The values of an array that a module holds, as an object: what is done to it in place is done to the array.
py::object values_of(const Array& held, const Array& values) {
  const py::object object = py::cast(values);
  reinterpret_cast<ArrayObject*>(object.ptr())->owner = held;
  return object;
}

py::object module_state_dict(const py::object& self, const py::object& destination, const std::string& prefix,
                             bool keep_vars) {
  if (keep_vars || has_state_of_its_own(self))
    return py::module_::import("ingot.nn._state_hooks").attr("state_dict")(self, destination, prefix, keep_vars);
  const py::object state =
      destination.is_none() ? py::module_::import("collections").attr("OrderedDict")() : destination;
  const nn::Module& module = *module_of(self.ptr());
  for (const auto& [name, array] : module.state_dict())
    state[py::str(prefix + name)] = values_of(module.get_parameter(name), array);
  return state;
}

/// What of a state dict is the module's own, and not of those below it.
py::dict own_state(const nn::Module& module, bool keep_vars) {
  const GradMode off(false);
  py::dict state;
  const auto add = [&](const std::string& name, const Array& held, const py::object& itself) {
    state[py::str(name)] = keep_vars ? itself : values_of(held, stop_gradient(held));
  };
  for (const auto& [name, array] : module.own_parameters())
    if (array.defined()) add(name, array, py::reinterpret_steal<py::object>(wrap_parameter(array)));
  for (const auto& [name, buffer] : module.own_buffers())
    if (buffer.persistent && buffer.value.defined()) add(name, buffer.value, py::cast(buffer.value));
  return state;
}

py::object load_state(const nn::Module& module, const py::object& state, bool strict, bool assign) {
  const auto result = module.load_state_dict(named_arrays_from(state), strict, assign);
  return py::module_::import("ingot._files").attr("LoadResult")(result.missing, result.unexpected);
}

}  // namespace

void register_nn_state(py::module_& m, const py::object& module_type) {
  const auto def = [&](const char* name, auto function, auto&&... extra) {
    module_type.attr(name) = py::cpp_function(function, py::name(name), py::is_method(module_type), extra...);
  };
  def("state_dict", module_state_dict, py::kw_only(), "destination"_a = py::none(), "prefix"_a = "",
      "keep_vars"_a = false,
      "Parameters and persistent buffers by name, with the values they have now, in a new dictionary or in "
      "`destination`. Changing one of them in place (`state['weight'].copy_(x)`) changes the module; later training of "
      "the module does not change them. With `keep_vars` they are the arrays themselves.\n\n"
      "Example:\n    >>> list(ingot.nn.Linear(2, 3).state_dict())\n    ['weight', 'bias']");
  def(
      "load_state_dict",
      [](const py::object& self, const py::object& state, bool strict, bool assign) {
        if (!has_state_of_its_own(self)) return load_state(*module_of(self.ptr()), state, strict, assign);
        return py::module_::import("ingot.nn._state_hooks").attr("load_state_dict")(self, state, strict, assign);
      },
      "state_dict"_a, "strict"_a = true, "assign"_a = false,
      "Copies values (arrays, NumPy arrays, other libraries' tensors, lists) into parameters and buffers of the same "
      "names. With `assign` the module takes over the dtypes of what it is given. Returns missing and unknown "
      "names.\n\n"
      "Raises ShapeError, naming the parameter, if a shape differs; if `strict`, KeyError for missing and unknown "
      "names. Then nothing has changed. Where a module has hooks on loading or a state of its own, either is a "
      "KeyError "
      "that names all of them, and what fits has been loaded.");
  m.def("_own_state", own_state, "module"_a, "keep_vars"_a,
        "The part of a module's state dict that is not of modules below it.");
  m.def("_load_state", load_state, "module"_a, "state"_a, "strict"_a, "assign"_a, "`load_state_dict` without hooks.");
}

}  // namespace ingot::python
