// Forward hooks of modules, as Python registers them.
//
// They live in the instance's __dict__, where the garbage collector sees them, and a copy finds them; the C++ side only
// learns that calls have to take the way through Python.
#include "errors.h"
#include "guards.h"
#include "nn_bind.h"
#include "python_methods.h"

namespace ingot::python {

namespace {

constexpr const char* kBefore = "_forward_pre_hooks";
constexpr const char* kAfter = "_forward_hooks";

/// The hooks of one kind as a dictionary of (hook, with_kwargs) by number; an empty one if there are none.
py::dict hooks_of(py::handle self, const char* kind) {
  const py::dict attributes = self.attr("__dict__");
  return attributes.contains(kind) ? py::dict(attributes[kind]) : py::dict();
}

/// What `register_..._hook` returns.
class ForwardHookHandle {
 public:
  ForwardHookHandle(const py::object& module, const char* kind, int64_t id) : module_(module), kind_(kind), id_(id) {}

  int64_t id() const { return id_; }
  void remove() {
    const py::object module = module_();
    if (module.is_none()) return;
    py::dict hooks = hooks_of(module, kind_);
    if (hooks.contains(py::int_(id_))) PyDict_DelItem(hooks.ptr(), py::int_(id_).ptr());
    if (hooks.empty()) {
      py::dict attributes = module.attr("__dict__");
      if (attributes.contains(kind_)) PyDict_DelItemString(attributes.ptr(), kind_);
    }
    follow_hooks(module);
  }

 private:
  py::weakref module_;
  const char* kind_;
  int64_t id_;
};

ForwardHookHandle add_hook(const py::object& self, const char* kind, const py::object& hook, bool prepend,
                           bool with_kwargs) {
  if (!PyCallable_Check(hook.ptr())) throw TypeError("a hook must be callable, got ", Py_TYPE(hook.ptr())->tp_name);
  static int64_t next_id = 0;
  const int64_t id = next_id++;
  const py::dict old = hooks_of(self, kind);
  py::dict hooks;
  if (prepend) hooks[py::int_(id)] = py::make_tuple(hook, with_kwargs);
  for (const auto& [key, entry] : old) hooks[key] = entry;
  hooks[py::int_(id)] = py::make_tuple(hook, with_kwargs);
  py::dict(self.attr("__dict__"))[kind] = hooks;
  follow_hooks(self);
  return ForwardHookHandle(self, kind, id);
}

/// Each hook and whether it takes keyword arguments; a list, because a hook may remove itself.
std::vector<std::pair<py::object, bool>> entries(py::handle self, const char* kind) {
  std::vector<std::pair<py::object, bool>> list;
  for (const auto& [id, entry] : hooks_of(self, kind))
    list.push_back(py::cast<std::pair<py::object, bool>>(py::reinterpret_borrow<py::object>(entry)));
  return list;
}

py::tuple as_arguments(const py::object& replaced) {
  return PyTuple_Check(replaced.ptr()) ? py::reinterpret_borrow<py::tuple>(replaced) : py::make_tuple(replaced);
}

}  // namespace

void follow_hooks(const py::object& self) {
  nn::Module& module = *module_of(self.ptr());
  const bool none = hooks_of(self, kBefore).empty() && hooks_of(self, kAfter).empty();
  if (none && !module.intercepted()) return;
  ++settings_version;
  if (none) {
    module.set_interceptor({});
    return;
  }
  module.set_interceptor([weak = py::weakref(self)](const Array& x) {
    const WithGil gil;
    return py::cast<Array>(weak()(x));
  });
}

py::object call_with_hooks(py::handle self, py::tuple arguments, py::dict named) {
  for (const auto& [hook, with_kwargs] : entries(self, kBefore)) {
    const py::object replaced = with_kwargs ? hook(self, arguments, named) : hook(self, arguments);
    if (replaced.is_none()) continue;
    if (!with_kwargs) {
      arguments = as_arguments(replaced);
    } else if (PyTuple_Check(replaced.ptr()) && PyTuple_Size(replaced.ptr()) == 2) {
      std::tie(arguments, named) = py::cast<std::pair<py::tuple, py::dict>>(replaced);
    } else {
      throw TypeError("a forward pre-hook with kwargs must return None or a tuple (args, kwargs)");
    }
  }
  py::object result = self.attr("forward")(*arguments, **named);
  for (const auto& [hook, with_kwargs] : entries(self, kAfter)) {
    const py::object replaced = with_kwargs ? hook(self, arguments, named, result) : hook(self, arguments, result);
    if (!replaced.is_none()) result = replaced;
  }
  return result;
}

void register_nn_hooks(py::module_& m, const py::object& module_type) {
  py::class_<ForwardHookHandle>(m, "RemovableHandle",
                                "What registering a hook returns: `remove()` takes the hook away.")
      .def_property_readonly("id", &ForwardHookHandle::id)
      .def("remove", &ForwardHookHandle::remove, "Takes the hook away.")
      .def("__enter__", [](const py::object& self) { return self; })
      .def("__exit__", [](ForwardHookHandle& self, const py::args&) { self.remove(); });
  const auto def = [&](const char* name, const char* kind, const char* doc) {
    module_type.attr(name) =
        py::cpp_function([kind](const py::object& self, const py::object& hook, bool prepend,
                                bool with_kwargs) { return add_hook(self, kind, hook, prepend, with_kwargs); },
                         py::name(name), py::is_method(module_type), "hook"_a, py::kw_only(), "prepend"_a = false,
                         "with_kwargs"_a = false, doc);
  };
  def_in_python(
      module_type, "ingot.nn._backward_hooks",
      {{"register_full_backward_hook",
        "register_full_backward_hook(hook, prepend=False): calls `hook(module, grad_input, grad_output)`, both tuples, "
        "when `backward` has found the gradients of the positional arguments of a call; what it returns, unless None, "
        "replaces `grad_input`. An argument that needs no gradient has None. Returns a handle with `remove()`.\n\n"
        "Example:\n    >>> layer, seen = ingot.nn.Linear(3, 2), []\n    >>> handle = "
        "layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(outputs[0].shape))\n"
        "    >>> layer(ingot.ones(4, 3)).sum().backward()\n    >>> seen\n    [(4, 2)]"},
       {"register_full_backward_pre_hook",
        "register_full_backward_pre_hook(hook, prepend=False): calls `hook(module, grad_output)`, a tuple, when "
        "`backward` has found the gradients of the results of a call; what it returns, unless None, replaces them. "
        "Returns a handle with `remove()`."}});
  def_in_python(
      module_type, "ingot.nn._state_hooks",
      {{"get_extra_state", "What a class that defines this has in its state dicts beside arrays, as '_extra_state'."},
       {"set_extra_state", "Takes over what `get_extra_state` gave: to be defined with it."},
       {"register_state_dict_pre_hook",
        "register_state_dict_pre_hook(hook): calls `hook(module, prefix, keep_vars)` before each `state_dict`."},
       {"register_state_dict_post_hook",
        "register_state_dict_post_hook(hook): calls `hook(module, state_dict, prefix, metadata)`, which may change the "
        "dictionary, after each `state_dict`."},
       {"_register_state_dict_hook", "The older form, whose hook may return another dictionary."},
       {"register_load_state_dict_pre_hook",
        "register_load_state_dict_pre_hook(hook): calls `hook(module, state_dict, prefix, metadata, strict, "
        "missing_keys, unexpected_keys, errors)` before each `load_state_dict`; it may change the dictionary.\n\n"
        "Example:\n    >>> layer = ingot.nn.Linear(1, 1, bias=False)\n    >>> def rename(module, state, prefix, "
        "*others):\n    ...     state[prefix + 'weight'] = state.pop(prefix + 'w')\n"
        "    >>> handle = layer.register_load_state_dict_pre_hook(rename)\n"
        "    >>> layer.load_state_dict({'w': ingot.ones(1, 1)})\n    <All keys matched successfully>"},
       {"_register_load_state_dict_pre_hook", "The older form, whose hook is given the module only if asked for."},
       {"register_load_state_dict_post_hook",
        "register_load_state_dict_post_hook(hook): calls `hook(module, names)` after each `load_state_dict`; what it "
        "does to `names.missing_keys` and `unexpected_keys` decides if loading fails."},
       {"_save_to_state_dict", "Puts the module's own state in: PyTorch's modules override it."},
       {"_load_from_state_dict", "Takes the module's own state out: PyTorch's modules override it."}});
  module_type.attr("register_backward_hook") = module_type.attr("register_full_backward_hook");
  module_type.attr("_get_name") =
      py::cpp_function(class_name, py::name("_get_name"), py::is_method(module_type), "The name of the class.");
  module_type.attr("cuda") = py::cpp_function(
      [](const py::object&, const py::object&) -> py::object { throw_no_cuda(); }, py::name("cuda"),
      py::is_method(module_type), "device"_a = py::none(), "Raises DeviceError, which says what devices there are.");
  module_type.attr("compile") = py::cpp_function(
      [](const py::object&, const py::args&, const py::kwargs&) {}, py::name("compile"), py::is_method(module_type),
      "Nothing to do: whatever runs is planned and fused, and plans are kept. `ingot.jit(module)` keeps a whole call.");
  def("register_forward_pre_hook", kBefore,
      "Calls `hook(module, args)` before each call; what it returns, unless None, replaces the arguments. With "
      "`with_kwargs`, `hook(module, args, kwargs)` returns both. Returns a handle with `remove()`.\n\n"
      "Example:\n    >>> layer = ingot.nn.Identity()\n    >>> handle = layer.register_forward_pre_hook(lambda module, "
      "args: (args[0] + 1,))\n    >>> print(layer(ingot.zeros(1)))\n    [1.]");
  def("register_forward_hook", kAfter,
      "Calls `hook(module, args, output)` after each call; what it returns, unless None, replaces the output. With "
      "`with_kwargs`, `hook(module, args, kwargs, output)`. Returns a handle with `remove()`.\n\n"
      "Example:\n    >>> layer, seen = ingot.nn.Identity(), []\n    >>> handle = layer.register_forward_hook(lambda "
      "module, args, output: seen.append(output.shape))\n    >>> y = layer(ingot.zeros(3))\n    >>> seen\n    [(3,)]");
}

}  // namespace ingot::python
