// Forward hooks of modules, as Python registers them.
//
// They live in the instance's __dict__, where the garbage collector sees them, and a copy finds them; the C++ side only
// learns that calls have to take the way through Python.
#include "errors.h"
#include "guards.h"
#include "nn_bind.h"

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
class HookHandle {
 public:
  HookHandle(const py::object& module, const char* kind, int64_t id) : module_(module), kind_(kind), id_(id) {}

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

HookHandle add_hook(const py::object& self, const char* kind, const py::object& hook, bool prepend, bool with_kwargs) {
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
  return HookHandle(self, kind, id);
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
  py::class_<HookHandle>(m, "RemovableHandle", "What registering a hook returns: `remove()` takes the hook away.")
      .def_property_readonly("id", &HookHandle::id)
      .def("remove", &HookHandle::remove, "Takes the hook away.")
      .def("__enter__", [](const py::object& self) { return self; })
      .def("__exit__", [](HookHandle& self, const py::args&) { self.remove(); });
  const auto def = [&](const char* name, const char* kind, const char* doc) {
    module_type.attr(name) =
        py::cpp_function([kind](const py::object& self, const py::object& hook, bool prepend,
                                bool with_kwargs) { return add_hook(self, kind, hook, prepend, with_kwargs); },
                         py::name(name), py::is_method(module_type), "hook"_a, py::kw_only(), "prepend"_a = false,
                         "with_kwargs"_a = false, doc);
  };
  const auto def_in_python = [&](const char* name, const char* doc) {
    module_type.attr(name) = py::cpp_function(
        [name = std::string(name)](const py::object& self, const py::object& hook, bool prepend) {
          return py::module_::import("ingot.nn._backward_hooks").attr(name.c_str())(self, hook, prepend);
        },
        py::name(name), py::is_method(module_type), "hook"_a, "prepend"_a = false, doc);
  };
  def_in_python(
      "register_full_backward_hook",
      "Calls `hook(module, grad_input, grad_output)`, both tuples, when `backward` has found the gradients of "
      "the positional arguments of a call; what it returns, unless None, replaces `grad_input`. An argument "
      "that needs no gradient has None. Returns a handle with `remove()`.\n\n"
      "Example:\n    >>> layer, seen = ingot.nn.Linear(3, 2), []\n    >>> handle = "
      "layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(outputs[0].shape))\n"
      "    >>> layer(ingot.ones(4, 3)).sum().backward()\n    >>> seen\n    [(4, 2)]");
  def_in_python(
      "register_full_backward_pre_hook",
      "Calls `hook(module, grad_output)`, a tuple, when `backward` has found the gradients of the results of a "
      "call; what it returns, unless None, replaces them. Returns a handle with `remove()`.");
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
