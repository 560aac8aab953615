#include "ingot/nn/module.h"

#include <unordered_set>

#include "errors.h"
#include "guards.h"
#include "ingot/ops/random.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

void set_mode(nn::Module& module, bool training) {
  if (module.training() == training) return;
  // A bijective mix of the address: signatures of different sets of modules differ, but for chance.
  uint64_t bits = reinterpret_cast<uintptr_t>(&module) * 0x9E3779B97F4A7C15u;
  mode_signature ^= bits ^ (bits >> 29);
  module.set_training(training);
}

// ---- walks, over Python objects ----

using NamedObjects = std::vector<std::pair<std::string, py::object>>;

NamedObjects named_children(nn::Module& module) {
  NamedObjects found;
  // Handing a child over replaces its pointer, so the list is walked as a copy.
  const auto children = module.children();
  for (const auto& [name, child] : children) found.emplace_back(name, child_of(module, name, child));
  return found;
}

NamedObjects named_modules(const py::object& root, const std::string& prefix) {
  NamedObjects found;
  NamedObjects pending{{prefix, root}};
  std::unordered_set<PyObject*> seen;
  while (!pending.empty()) {
    auto [path, object] = std::move(pending.back());
    pending.pop_back();
    if (!seen.insert(object.ptr()).second) continue;
    NamedObjects children = named_children(*module_of(object.ptr()));
    for (size_t i = children.size(); i-- > 0;)
      pending.emplace_back(path.empty() ? children[i].first : path + '.' + children[i].first,
                           std::move(children[i].second));
    found.emplace_back(std::move(path), std::move(object));
  }
  return found;
}

py::object parameter_object(const Array& array) { return py::reinterpret_steal<py::object>(wrap_parameter(array)); }

/// An iterator over what `each` makes of the entries, with or without their names.
template <class Entries, class Each>
py::iterator iterate(const Entries& entries, bool with_names, Each&& each) {
  py::list out;
  for (const auto& [name, value] : entries) {
    if (with_names) {
      out.append(py::make_tuple(name, each(value)));
    } else {
      out.append(each(value));
    }
  }
  return py::iter(out);
}

py::object move_to(const py::object& self, const py::args& args, const std::optional<DType>& dtype,
                   const std::optional<Device>& device, bool non_blocking, const py::object& memory_format) {
  static_cast<void>(non_blocking);   // evaluation waits for what it needs
  static_cast<void>(memory_format);  // the engine chooses layouts
  const nn::Module& module = *module_of(self.ptr());
  for (py::handle arg : args) {
    if (arg.is_none() || PyBool_Check(arg.ptr())) continue;  // non_blocking
    if (is_array(arg.ptr())) {
      module.to(unwrap(arg.ptr()).dtype());
    } else if (const auto given = dtype_from_python(arg)) {
      module.to(*given);
    } else {
      module.to(py::cast<Device>(arg));
    }
  }
  if (dtype) module.to(*dtype);
  if (device) module.to(*device);
  return self;
}

// ---- making instances, pickles and copies ----

/// True for values that a model file can hold as they are: what constructor arguments mostly are.
bool is_plain(py::handle value, int depth = 0) {
  PyObject* raw = value.ptr();
  if (raw == Py_None || PyBool_Check(raw) || PyLong_CheckExact(raw) || PyFloat_CheckExact(raw) ||
      PyUnicode_CheckExact(raw))
    return true;
  if (depth == 16) return false;
  if (PyList_CheckExact(raw) || PyTuple_CheckExact(raw)) {
    for (py::handle item : value)
      if (!is_plain(item, depth + 1)) return false;
    return true;
  }
  if (!PyDict_CheckExact(raw)) return false;
  for (const auto& [key, item] : py::reinterpret_borrow<py::dict>(value))
    if (!PyUnicode_CheckExact(key.ptr()) || !is_plain(item, depth + 1)) return false;
  return true;
}

/// Remembers what a Python class was constructed from, where a model file can hold it: `load` will construct it the same way.
py::object make_instance(const py::object& type, const py::args& args, const py::kwargs& kwargs) {
  py::object self =
      py::reinterpret_steal<py::object>(py::detail::make_new_instance(reinterpret_cast<PyTypeObject*>(type.ptr())));
  if (!is_builtin_class(type.ptr()) && is_plain(args) && is_plain(kwargs))
    py::dict(self.attr("__dict__"))["_arguments"] =
        py::module_::import("copy").attr("deepcopy")(py::make_tuple(py::tuple(args), py::dict(kwargs)));
  return self;
}

/// The bound class nearest above a class.
py::object builtin_base(const py::object& type) {
  for (py::handle base : py::tuple(type.attr("__mro__")))
    if (is_builtin_class(base.ptr())) return py::reinterpret_borrow<py::object>(base);
  throw TypeError("not a class of modules: ", py::cast<std::string>(py::repr(type)));
}

py::object json_loads(const std::string& text) { return py::module_::import("json").attr("loads")(text); }

/// An instance whose C++ side is made, and whose `__init__` has not run.
py::object bare_instance(const py::object& type, const py::dict& config) {
  const NodeRef random_state = random::state().node();
  py::object self = type.attr("__new__")(type);
  builtin_base(type).attr("__init__")(self, **config);
  // The initial values it drew are not kept, so they must not change what is drawn next.
  random::state().rebind_unchecked(random_state);
  return self;
}

py::object reduce(const py::object& self, const py::object& bare) {
  nn::Module& module = *module_of(self.ptr());
  const auto* python = dynamic_cast<const PythonSide*>(&module);
  const Json config = python ? python->base_config() : module.config();
  py::list parameters, buffers, children;
  for (const auto& [name, array] : module.own_parameters())
    parameters.append(py::make_tuple(name, parameter_object(array)));
  for (const auto& [name, buffer] : module.own_buffers())
    buffers.append(py::make_tuple(name, buffer.value, buffer.persistent));
  for (const auto& [name, child] : named_children(module)) children.append(py::make_tuple(name, child));
  const py::dict state("parameters"_a = parameters, "buffers"_a = buffers, "children"_a = children,
                       "training"_a = module.training(), "attributes"_a = py::dict(self.attr("__dict__")));
  return py::make_tuple(bare, py::make_tuple(py::type::of(self), json_loads(config.dump())), state);
}

void set_state(const py::object& self, const py::dict& state) {
  nn::Module& module = *module_of(self.ptr());
  for (py::handle entry : py::list(state["parameters"])) {
    const auto [name, array] = py::cast<std::pair<std::string, std::optional<Array>>>(entry);
    module.register_parameter(name, array.value_or(Array()));
  }
  for (py::handle entry : py::list(state["buffers"])) {
    const auto [name, array, persistent] = py::cast<std::tuple<std::string, std::optional<Array>, bool>>(entry);
    module.register_buffer(name, array.value_or(Array()), persistent);
  }
  for (py::handle entry : py::list(state["children"])) {
    const auto [name, child] = py::cast<std::pair<std::string, py::object>>(entry);
    module.register_module(name, own(child));
  }
  set_mode(module, py::cast<bool>(state["training"]));
  self.attr("__dict__").attr("update")(state["attributes"]);
  follow_hooks(self);
}

py::list directory(const py::object& self) {
  py::list names(py::module_::import("builtins").attr("object").attr("__dir__")(self));
  const nn::Module& module = *module_of(self.ptr());
  for (const auto& [name, value] : module.own_parameters()) names.append(name);
  for (const auto& [name, value] : module.own_buffers()) names.append(name);
  for (const auto& [name, value] : module.children()) names.append(name);
  return names;
}

constexpr const char* kModuleDoc = R"(Base of all layers and models.

A subclass calls `super().__init__()`, assigns parameters (`nn.Parameter`) and modules to attributes, which registers them, and defines
`forward` with whatever arguments it likes; calling the module calls `forward`. Overriding `__call__` instead works too.

Example:
    >>> class Line(ingot.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.slope = ingot.nn.Parameter(ingot.ones(1))
    ...     def forward(self, x):
    ...         return self.slope * x
    >>> print(Line()(ingot.array([2.0])))
    [2.]
)";

}  // namespace

void register_nn_module(py::module_& parent) {
  py::module_ m = parent.def_submodule("nn", "Modules, layers and losses.");
  m.def_submodule("functional", "Layers and losses as plain functions.");
  m.attr("Parameter") = parent.attr("Parameter");

  py::class_<nn::Module, PythonModule<nn::Module>, nn::ModulePtr> type(m, "Module", kModuleDoc, py::dynamic_attr(),
                                                                       py::custom_type_setup(set_up_module_type));
  add_builtin_class(type);
  type.attr("__module__") = "ingot.nn";
  using Flag = bool;
  type.def(py::init<>())
      .def(
          "forward",
          [](const py::object& self, const py::args&, const py::kwargs&) {
            PyErr_SetString(
                PyExc_NotImplementedError,
                concat(class_name(self), " defines no forward(): add `def forward(self, x): ...` to the class")
                    .c_str());
            throw py::error_already_set();
          },
          "Computes the result; a subclass defines it.")
      .def("__repr__", &nn::Module::repr)
      .def(
          "extra_repr",
          [](const nn::Module& self) {
            const auto* python = dynamic_cast<const PythonSide*>(&self);
            return python ? python->base_extra_repr() : self.extra_repr();
          },
          "What `repr` shows between the parentheses; a subclass may define it.")
      .def("__dir__", directory)
      .def_property(
          "training", &nn::Module::training, [](nn::Module& self, bool mode) { set_mode(self, mode); },
          "True in training mode, in which dropout drops.")
      .def(
          "register_parameter",
          [](nn::Module& self, const std::string& name, const std::optional<Array>& param) {
            self.register_parameter(name, param.value_or(Array()));
          },
          "name"_a, "param"_a, "Adds a parameter; None stands for one that is switched off.")
      .def(
          "register_buffer",
          [](nn::Module& self, const std::string& name, const std::optional<ArrayLike>& value, bool persistent) {
            self.register_buffer(name, value ? value->value : Array(), persistent);
          },
          "name"_a, "tensor"_a, "persistent"_a = true,
          "Adds an array that is state but no parameter; unless `persistent`, it is left out of state dicts and files.")
      .def(
          "add_module",
          [](const py::object& self, const std::string& name, const py::object& module) {
            if (module.is_none()) {
              self.attr(name.c_str()) = module;
            } else {
              module_of(self.ptr())->register_module(name, own(module));
              ++settings_version;
            }
          },
          "name"_a, "module"_a, "Adds a child module under a name; None makes it an attribute that is None.")
      .def(
          "get_parameter",
          [](const nn::Module& self, const std::string& name) { return parameter_object(self.get_parameter(name)); },
          "target"_a,
          "A parameter of this module, or by a dotted name of one below. Raises KeyError, naming those there are.")
      .def(
          "get_buffer", [](const nn::Module& self, const std::string& name) { return self.get_buffer(name); },
          "target"_a, "A buffer of this module, or by a dotted name of one below. Raises KeyError.")
      .def(
          "get_submodule",
          [](const py::object& self, const std::string& path) {
            module_of(self.ptr())->get_submodule(path);  // throws
            py::object module = self;
            for (size_t at = 0; at < path.size();) {
              const size_t dot = std::min(path.find('.', at), path.size());
              nn::Module& parent = *module_of(module.ptr());
              const std::string name = path.substr(at, dot - at);
              module = child_of(parent, name, nn::ModulePtr(*parent.children().find(name)));
              at = dot + 1;
            }
            return module;
          },
          "target"_a,
          "The module at a dotted path; '' is this one. Raises KeyError, naming the children there are.\n\nExample:\n  "
          "  "
          ">>> ingot.nn.Sequential(ingot.nn.ReLU()).get_submodule('0')\n    ReLU()")
      .def(
          "parameters",
          [](const nn::Module& self, Flag recurse) {
            return iterate(self.named_parameters("", recurse), false, parameter_object);
          },
          "recurse"_a = true,
          "Iterates over the parameters of this module and those below, each once.\n\nExample:\n    >>> sum(p.size for "
          "p in ingot.nn.Linear(2, 3).parameters())\n    9")
      .def(
          "named_parameters",
          [](const nn::Module& self, const std::string& prefix, Flag recurse, Flag remove_duplicate) {
            return iterate(self.named_parameters(prefix, recurse, remove_duplicate), true, parameter_object);
          },
          "prefix"_a = "", "recurse"_a = true, "remove_duplicate"_a = true,
          "Iterates over (name, parameter); what is shared comes once, or under each of its names.\n\nExample:\n    "
          ">>> [name for name, p in ingot.nn.Linear(2, "
          "3).named_parameters()]\n    ['weight', 'bias']")
      .def(
          "buffers",
          [](const nn::Module& self, Flag recurse) {
            return iterate(self.named_buffers("", recurse), false, [](const Array& x) { return x; });
          },
          "recurse"_a = true, "Iterates over the buffers of this module and those below.")
      .def(
          "named_buffers",
          [](const nn::Module& self, const std::string& prefix, Flag recurse, Flag remove_duplicate) {
            return iterate(self.named_buffers(prefix, recurse, remove_duplicate), true,
                           [](const Array& x) { return x; });
          },
          "prefix"_a = "", "recurse"_a = true, "remove_duplicate"_a = true, "Iterates over (name, buffer).")
      .def(
          "children",
          [](nn::Module& self) { return iterate(named_children(self), false, [](const py::object& x) { return x; }); },
          "Iterates over the direct children.")
      .def(
          "named_children",
          [](nn::Module& self) { return iterate(named_children(self), true, [](const py::object& x) { return x; }); },
          "Iterates over (name, child).")
      .def(
          "modules",
          [](const py::object& self) {
            return iterate(named_modules(self, ""), false, [](const py::object& x) { return x; });
          },
          "Iterates over this module and all below it, each once.")
      .def(
          "named_modules",
          [](const py::object& self, const std::string& prefix) {
            return iterate(named_modules(self, prefix), true, [](const py::object& x) { return x; });
          },
          "prefix"_a = "", "Iterates over (name, module), this module first.")
      .def(
          "train",
          [](const py::object& self, bool mode) {
            for (const auto& [name, module] : module_of(self.ptr())->named_modules()) set_mode(*module, mode);
            return self;
          },
          "mode"_a = true,
          "Sets this module and all below it to training (or, with False, evaluation) mode, and returns it.")
      .def(
          "eval",
          [](const py::object& self) {
            for (const auto& [name, module] : module_of(self.ptr())->named_modules()) set_mode(*module, false);
            return self;
          },
          "Sets this module and all below it to evaluation mode, and returns it.")
      .def("zero_grad", &nn::Module::zero_grad, "set_to_none"_a = true,
           "Removes the gradients of all parameters, or fills them with zeros.")
      .def(
          "requires_grad_",
          [](const py::object& self, bool flag) {
            module_of(self.ptr())->requires_grad_(flag);
            return self;
          },
          "requires_grad"_a = true, "Makes all parameters learn, or freezes them, and returns the module.")
      .def(
          "freeze",
          [](const py::object& self) {
            module_of(self.ptr())->freeze();
            return self;
          },
          "`requires_grad_(False)`: no parameter learns; returns the module.")
      .def(
          "unfreeze",
          [](const py::object& self) {
            module_of(self.ptr())->unfreeze();
            return self;
          },
          "`requires_grad_(True)`: all parameters learn; returns the module.")
      .def("to", move_to, py::kw_only(), "dtype"_a = py::none(), "device"_a = py::none(), "non_blocking"_a = false,
           "memory_format"_a = py::none(),
           "Casts floating parameters and buffers to a dtype, or moves them to a device, and returns the "
           "module.\n\nRaises DeviceError, naming what is available.\n\n"
           "Example:\n    >>> model = ingot.nn.Linear(2, 1).to(ingot.float64)")
      .def(
          "cpu", [](const py::object& self) { return self; }, "The module, on the CPU.")
      .def(
          "apply",
          [](const py::object& self, const py::function& function) {
            auto modules = named_modules(self, "");
            for (size_t i = modules.size(); i-- > 0;) function(modules[i].second);
            return self;
          },
          "fn"_a, "Calls `fn(module)` for every module below and then for this one, and returns it.");
  for (const auto& [name, dtype] : {std::pair("float", DType::float32), std::pair("double", DType::float64),
                                    std::pair("half", DType::float16), std::pair("bfloat16", DType::bfloat16)})
    type.def(
        name,
        [dtype = dtype](const py::object& self) {
          module_of(self.ptr())->to(dtype);
          return self;
        },
        concat("Casts floating parameters and buffers to ", dtype, ", and returns the module.").c_str());
  for (const char* name : {"astype", "type"})
    type.attr(name) = py::cpp_function(
        [](const py::object& self, DType dtype) {
          module_of(self.ptr())->to(dtype);
          return self;
        },
        py::name(name), py::is_method(type), "dtype"_a,
        "Casts floating parameters and buffers to a dtype, and returns the module.");
  register_nn_hooks(m, type);
  register_nn_registries(m, type);
  register_nn_state(m, type);
  // Under its own name pybind11 would take it for a constructor.
  type.attr("__setstate__") = py::cpp_function(set_state, py::name("_set_state"), py::is_method(type));
  type.attr("register_module") = type.attr("add_module");
  type.attr("__new__") = py::staticmethod(py::cpp_function(make_instance));

  m.def("_bare_instance", bare_instance, "type"_a, "config"_a,
        "An instance whose C++ side is made and whose own `__init__` has not run, for pickles, copies and files.");
  const py::object bare = m.attr("_bare_instance");
  type.def("__reduce_ex__", [bare](const py::object& self, int) { return reduce(self, bare); }, "protocol"_a);
  m.def(
      "_base_config",
      [](const py::object& self) {
        const auto* python = dynamic_cast<const PythonSide*>(module_of(self.ptr()));
        return json_loads((python ? python->base_config() : module_of(self.ptr())->config()).dump());
      },
      "module"_a, "The constructor arguments of the built-in class below a module.");
}

}  // namespace ingot::python
