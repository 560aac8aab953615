// Sequential, lists and dictionaries of modules and parameters, with the methods of Python's own containers.
#include "guards.h"
#include "ingot/nn/container.h"
#include "ingot/nn/sequential.h"
#include "nn_described.h"

namespace ingot::python {

namespace {

using nn::ModuleDict;
using nn::ModuleList;
using nn::ModuleSequence;
using nn::ParameterDict;
using nn::ParameterList;
using nn::Sequential;

py::object parameter_object(const Array& array) {
  return array.defined() ? py::reinterpret_steal<py::object>(wrap_parameter(array)) : py::none();
}

/// A parameter as it is, any other array as a new one.
Array as_parameter(py::handle value) {
  if (is_parameter(value.ptr())) return unwrap(value.ptr());
  return nn::parameter(from_python(value));
}

py::list children_of(nn::Module& self) {
  py::list out;
  const auto children = self.children();
  for (const auto& [name, child] : children) out.append(child_of(self, name, child));
  return out;
}

py::list names_of_children(const nn::Module& self) {
  py::list out;
  for (const auto& [name, child] : self.children()) out.append(name);
  return out;
}

/// (name, value) of a dictionary, of another container, or of pairs.
std::vector<std::pair<std::string, py::object>> items_of(const py::object& given) {
  const py::object pairs = py::hasattr(given, "items") ? py::object(given.attr("items")()) : given;
  std::vector<std::pair<std::string, py::object>> items;
  for (py::handle pair : pairs)
    items.push_back(py::cast<std::pair<std::string, py::object>>(py::reinterpret_borrow<py::object>(pair)));
  return items;
}

template <class M>
void new_module(py::detail::value_and_holder& slot) {
  if (Py_TYPE(slot.inst) == slot.type->type) {
    slot.value_ptr() = new M();
  } else {
    slot.value_ptr() = static_cast<M*>(new PythonModule<M>());
  }
}

// ---- lists of modules ----

template <class S>
py::object item_of(const py::object& self, const py::object& key) {
  S& list = py::cast<S&>(self);
  if (PySlice_Check(key.ptr())) {
    const py::object part = children_of(list)[key];
    const py::object type = py::module_::import("ingot._core").attr("nn").attr(list.S::type_name().c_str());
    if constexpr (std::is_same_v<S, Sequential>) return type(*py::tuple(part));
    return type(part);
  }
  const nn::ModulePtr child = list.at(py::cast<int64_t>(key));
  for (const auto& [name, module] : list.children())
    if (module == child) return child_of(list, std::string(name), child);
  return py::none();
}

template <class S, class C>
void def_sequence(C& type) {
  type.def(
          "append",
          [](const py::object& self, const py::object& module) {
            py::cast<S&>(self).append(own(module));
            ++settings_version;
            return self;
          },
          "module"_a, "Adds a module at the end, and returns the container.")
      .def(
          "extend",
          [](const py::object& self, const py::object& modules) {
            std::vector<nn::ModulePtr> list;
            for (py::handle module : modules) list.push_back(own(module));
            py::cast<S&>(self).extend(list);
            ++settings_version;
            return self;
          },
          "modules"_a, "Adds modules at the end, and returns the container.")
      .def(
          "insert",
          [](const py::object& self, int64_t index, const py::object& module) {
            py::cast<S&>(self).insert(index, own(module));
            ++settings_version;
            return self;
          },
          "index"_a, "module"_a, "Adds a module in front of the one at `index`; names follow the positions.")
      .def(
          "pop",
          [](const py::object& self, const py::object& index) {
            py::object module = item_of<S>(self, index);
            py::cast<S&>(self).pop(py::cast<int64_t>(index));
            ++settings_version;
            return module;
          },
          "index"_a = -1, "Removes and returns a module; those behind it move up.")
      .def("__len__", [](const S& self) { return self.size(); })
      .def("__iter__", [](S& self) { return py::iter(children_of(self)); })
      .def("__contains__", [](S& self, const py::object& module) { return children_of(self).contains(module); })
      .def("__getitem__", item_of<S>, "index"_a,
           "The module at a position (negative counts from the end), or a container of a slice of them.")
      .def(
          "__setitem__",
          [](S& self, int64_t index, const py::object& module) {
            self.replace(index, own(module));
            ++settings_version;
          },
          "index"_a, "module"_a)
      .def(
          "__delitem__",
          [](S& self, const py::object& key) {
            ++settings_version;
            if (!PySlice_Check(key.ptr())) {
              self.pop(py::cast<int64_t>(key));
              return;
            }
            py::list positions(py::module_::import("builtins").attr("range")(self.size())[key]);
            std::vector<int64_t> doomed = py::cast<std::vector<int64_t>>(positions);
            std::sort(doomed.rbegin(), doomed.rend());
            for (const int64_t position : doomed) self.pop(position);
          },
          "index"_a)
      .def(
          "__iadd__", [](const py::object& self, const py::object& modules) { return self.attr("extend")(modules); },
          "modules"_a)
      .def(
          "__add__",
          [](S& self, const py::object& modules) {
            py::list all = children_of(self);
            for (py::handle module : modules) all.append(module);
            const py::object type = py::module_::import("ingot._core").attr("nn").attr(self.S::type_name().c_str());
            if constexpr (std::is_same_v<S, Sequential>) return py::object(type(*py::tuple(all)));
            return py::object(type(all));
          },
          "modules"_a);
}

void register_lists(py::module_& m) {
  ModuleClass<Sequential, nn::Module> sequential(
      m, "Sequential",
      "Feeds its input through its modules in order. They are named '0', '1', ..., or as a dictionary names them.\n\n"
      "Example:\n    >>> model = ingot.nn.Sequential(ingot.nn.Linear(2, 8), ingot.nn.ReLU(), ingot.nn.Linear(8, 1))\n"
      "    >>> model(ingot.ones((5, 2))).shape\n    (5, 1)");
  sequential.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::args& modules) {
        new_module<Sequential>(slot);
        Sequential& self = *static_cast<Sequential*>(slot.value_ptr());
        if (modules.size() == 1 && PyDict_Check(py::object(modules[0]).ptr())) {
          for (const auto& [name, module] : items_of(modules[0])) self.register_module(name, own(module));
        } else {
          for (py::handle module : modules) self.append(own(module));
        }
      },
      py::detail::is_new_style_constructor());
  def_sequence<Sequential>(sequential);
  def_forward<Sequential>(sequential);

  ModuleClass<ModuleList, nn::Module> list(
      m, "ModuleList",
      "A list of modules, which it registers under '0', '1', ...; what is done with them is up to `forward` of the "
      "module "
      "that owns it.\n\nExample:\n    >>> layers = ingot.nn.ModuleList([ingot.nn.Linear(2, 2) for _ in range(3)])\n    "
      ">>> len(layers), len(list(layers.parameters()))\n    (3, 6)");
  list.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::object& modules) {
        new_module<ModuleList>(slot);
        if (modules.is_none()) return;
        for (py::handle module : modules) static_cast<ModuleList*>(slot.value_ptr())->append(own(module));
      },
      py::detail::is_new_style_constructor(), "modules"_a = py::none());
  def_sequence<ModuleList>(list);
}

// ---- dictionaries of modules ----

py::object child_named(ModuleDict& self, const std::string& name) { return child_of(self, name, self.at(name)); }

void register_module_dict(py::module_& m) {
  ModuleClass<ModuleDict, nn::Module> type(
      m, "ModuleDict",
      "Modules by name, which it registers, in order.\n\nExample:\n    >>> heads = ingot.nn.ModuleDict({'a': "
      "ingot.nn.Linear(2, 1), 'b': ingot.nn.Linear(2, 3)})\n    >>> heads['b'](ingot.ones(2)).shape\n    (3,)");
  const auto update = [](ModuleDict& self, const py::object& modules) {
    for (const auto& [name, module] : items_of(modules)) self.register_module(name, own(module));
    ++settings_version;
  };
  type.def(
          "__init__",
          [update](py::detail::value_and_holder& slot, const py::object& modules) {
            new_module<ModuleDict>(slot);
            if (!modules.is_none()) update(*static_cast<ModuleDict*>(slot.value_ptr()), modules);
          },
          py::detail::is_new_style_constructor(), "modules"_a = py::none())
      .def("update", update, "modules"_a, "Adds modules from a dictionary or from pairs; old ones of a name go.")
      .def("__len__", &ModuleDict::size)
      .def("__iter__", [](const ModuleDict& self) { return py::iter(names_of_children(self)); })
      .def("__contains__",
           [](const ModuleDict& self, const std::string& name) { return self.children().contains(name); })
      .def("__getitem__", child_named, "key"_a)
      .def("__setitem__",
           [](ModuleDict& self, const std::string& name, const py::object& module) {
             self.register_module(name, own(module));
             ++settings_version;
           })
      .def("__delitem__",
           [](ModuleDict& self, const std::string& name) {
             self.pop(name);
             ++settings_version;
           })
      .def("keys", names_of_children, "The names.")
      .def(
          "values", [](ModuleDict& self) { return children_of(self); }, "The modules.")
      .def(
          "items",
          [](ModuleDict& self) {
            py::list out;
            const auto children = self.children();
            for (const auto& [name, child] : children) out.append(py::make_tuple(name, child_of(self, name, child)));
            return out;
          },
          "Names and modules.")
      .def(
          "pop",
          [](ModuleDict& self, const std::string& name) {
            py::object module = child_named(self, name);
            self.pop(name);
            ++settings_version;
            return module;
          },
          "key"_a, "Removes and returns a module. Raises KeyError.")
      .def(
          "clear",
          [](ModuleDict& self) {
            self.clear();
            ++settings_version;
          },
          "Removes all modules.");
}

// ---- parameters ----

py::list parameters_of(const nn::Module& self) {
  py::list out;
  for (const auto& [name, array] : self.own_parameters()) out.append(parameter_object(array));
  return out;
}

py::list names_of_parameters(const nn::Module& self) {
  py::list out;
  for (const auto& [name, array] : self.own_parameters()) out.append(name);
  return out;
}

void register_parameter_list(py::module_& m) {
  ModuleClass<ParameterList, nn::Module> type(
      m, "ParameterList",
      "A list of parameters, which it registers under '0', '1', ...; arrays that are no parameters become new ones.\n\n"
      "Example:\n    >>> weights = ingot.nn.ParameterList([ingot.ones(2), ingot.zeros(3)])\n    >>> "
      "len(weights), weights[-1].shape\n    (2, (3,))");
  type.def(
          "__init__",
          [](py::detail::value_and_holder& slot, const py::object& values) {
            new_module<ParameterList>(slot);
            if (values.is_none()) return;
            for (py::handle value : values) static_cast<ParameterList*>(slot.value_ptr())->append(as_parameter(value));
          },
          py::detail::is_new_style_constructor(), "values"_a = py::none())
      .def(
          "append",
          [](const py::object& self, const py::object& value) {
            py::cast<ParameterList&>(self).append(as_parameter(value));
            ++settings_version;
            return self;
          },
          "value"_a, "Adds a parameter at the end, and returns the list.")
      .def(
          "extend",
          [](const py::object& self, const py::object& values) {
            for (py::handle value : values) py::cast<ParameterList&>(self).append(as_parameter(value));
            ++settings_version;
            return self;
          },
          "values"_a, "Adds parameters at the end, and returns the list.")
      .def(
          "pop",
          [](ParameterList& self) {
            ++settings_version;
            return parameter_object(self.pop());
          },
          "Removes and returns the last parameter.")
      .def("__len__", &ParameterList::size)
      .def("__iter__", [](const ParameterList& self) { return py::iter(parameters_of(self)); })
      .def("__getitem__",
           [](const ParameterList& self, const py::object& key) -> py::object {
             if (!PySlice_Check(key.ptr())) return parameter_object(self.at(py::cast<int64_t>(key)));
             const py::object part = parameters_of(self)[key];
             return py::module_::import("ingot._core").attr("nn").attr("ParameterList")(part);
           })
      .def("__setitem__",
           [](ParameterList& self, int64_t index, const py::object& value) {
             self.replace(index, as_parameter(value));
             ++settings_version;
           })
      .def("__iadd__", [](const py::object& self, const py::object& values) { return self.attr("extend")(values); });
}

void register_parameter_dict(py::module_& m) {
  ModuleClass<ParameterDict, nn::Module> type(
      m, "ParameterDict",
      "Parameters by name, which it registers, in order; arrays that are no parameters become new ones.\n\n"
      "Example:\n    >>> weights = ingot.nn.ParameterDict({'scale': ingot.ones(2)})\n    >>> 'scale' in weights, "
      "weights['scale'].requires_grad\n    (True, True)");
  const auto update = [](ParameterDict& self, const py::object& values) {
    for (const auto& [name, value] : items_of(values)) self.register_parameter(name, as_parameter(value));
    ++settings_version;
  };
  const auto get = [](const ParameterDict& self, const std::string& name) {
    return parameter_object(self.get_parameter(name));
  };
  type.def(
          "__init__",
          [update](py::detail::value_and_holder& slot, const py::object& parameters) {
            new_module<ParameterDict>(slot);
            if (!parameters.is_none()) update(*static_cast<ParameterDict*>(slot.value_ptr()), parameters);
          },
          py::detail::is_new_style_constructor(), "parameters"_a = py::none())
      .def("update", update, "parameters"_a, "Adds parameters from a dictionary or from pairs; old ones of a name go.")
      .def("__len__", &ParameterDict::size)
      .def("__iter__", [](const ParameterDict& self) { return py::iter(names_of_parameters(self)); })
      .def("__contains__",
           [](const ParameterDict& self, const std::string& name) { return self.own_parameters().contains(name); })
      .def("__getitem__", get, "key"_a)
      .def("__setitem__",
           [](ParameterDict& self, const std::string& name, const py::object& value) {
             self.register_parameter(name, as_parameter(value));
             ++settings_version;
           })
      .def("__delitem__",
           [](ParameterDict& self, const std::string& name) {
             self.pop(name);
             ++settings_version;
           })
      .def("keys", names_of_parameters, "The names.")
      .def(
          "values", [](const ParameterDict& self) { return parameters_of(self); }, "The parameters.")
      .def(
          "items",
          [](const ParameterDict& self) {
            py::list out;
            for (const auto& [name, array] : self.own_parameters())
              out.append(py::make_tuple(name, parameter_object(array)));
            return out;
          },
          "Names and parameters.")
      .def(
          "get",
          [](const ParameterDict& self, const std::string& name, const py::object& otherwise) {
            const Array* found = self.own_parameters().find(name);
            return found ? parameter_object(*found) : otherwise;
          },
          "key"_a, "default"_a = py::none(), "The parameter of a name, or a default.")
      .def(
          "pop",
          [](ParameterDict& self, const std::string& name) {
            ++settings_version;
            return parameter_object(self.pop(name));
          },
          "key"_a, "Removes and returns a parameter. Raises KeyError.");
}

}  // namespace

void def_option(py::object type, const char* name, std::function<py::object(const nn::Module&)> get,
                std::function<void(nn::Module&, py::handle)> set) {
  const auto getter =
      py::cpp_function([get = std::move(get)](const nn::Module& self) { return get(self); }, py::is_method(type));
  const auto setter = py::cpp_function(
      [set = std::move(set), name = std::string(name)](nn::Module& self, const py::object& value) {
        try {
          set(self, value);
        } catch (const py::cast_error&) {
          throw TypeError(self.type_name(), ".", name, " cannot be a ", Py_TYPE(value.ptr())->tp_name);
        }
        ++settings_version;
      },
      py::is_method(type));
  type.attr(name) = py::module_::import("builtins").attr("property")(getter, setter);
}

void register_nn_containers(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_lists(m);
  register_module_dict(m);
  register_parameter_list(m);
  register_parameter_dict(m);
}

}  // namespace ingot::python
