#include "bind.h"
#include "guards.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/optim/ema.h"
#include "ingot/optim/line_search.h"
#include "ingot/optim/optimizer.h"
#include "optim_groups.h"
#include "python_methods.h"

namespace ingot::python {

namespace {

using optim::Group;
using optim::Optimizer;
using optim::Options;

/// The parameters and hyperparameters of a rule that is written in Python.
class PythonOptimizer final : public Optimizer {
 public:
  explicit PythonOptimizer(const Options& defaults) : Optimizer("Optimizer", defaults) {}
  void step_unless(const Array&) override {
    throw TypeError(
        "Optimizer: step() is what a subclass writes; it goes through self.param_groups and changes the "
        "parameters in place, by their gradients");
  }
  std::vector<std::string> slot_names(const Group&, const Array&) const override { return {}; }

 protected:
  void check(const Group&) const override {}
  std::vector<Array> coefficients(const Group&, const Array&) const override { return {}; }
  Array update(const Group&, const Array& param, const Array&, std::span<Array>,
               std::span<const Array>) const override {
    return param;
  }
};

std::unique_ptr<Optimizer> make_python_optimizer(const py::object& params, const py::dict& defaults) {
  Options options;
  py::dict others;
  for (const auto& [name, value] : defaults) {
    const bool number = PyFloat_Check(value.ptr()) || PyLong_Check(value.ptr());
    if (number) {
      options.set(py::cast<std::string>(name), py::cast<Scalar>(value));
    } else {
      others[name] = value;
    }
  }
  auto optimizer = std::make_unique<PythonOptimizer>(options);
  notes_of(*optimizer).state = py::module_::import("collections").attr("defaultdict")(py::type::of(py::dict()));
  notes_of(*optimizer).python_rule = true;
  for (const GivenGroup& given : params.is_none() ? std::vector<GivenGroup>() : given_groups(params)) {
    optimizer->add_param_group(given.params);
    const GroupView view(*optimizer, optimizer->groups().size() - 1);
    for (const py::dict& source : {others, given.overrides})
      for (const auto& [name, value] : source) {
        const auto held = py::reinterpret_borrow<py::object>(value);
        if (py::isinstance<py::str>(name) && !view.contains(py::cast<std::string>(name))) {
          notes_of(*optimizer).groups.back()[name] = held;
        } else {
          view.set(py::cast<std::string>(name), held);
        }
      }
  }
  return optimizer;
}

/// The optimizer of an object whose class, which wraps another optimizer, may not have called `super().__init__`.
Optimizer& made(const py::object& self) {
  if (!reinterpret_cast<py::detail::instance*>(self.ptr())->get_value_and_holder().value_ptr())
    py::type::of<Optimizer>().attr("__init__")(self, py::none(), py::dict());
  return py::cast<Optimizer&>(self);
}

/// Live handles of what a rule of C++ remembers of one parameter; a parameter that is not optimized raises KeyError.
py::dict remembered(const Optimizer& optimizer, const Array& param) {
  for (const Group& group : optimizer.groups()) {
    for (const optim::ParamState& state : group.params) {
      if (!state.param.is(param)) continue;
      py::dict out;
      out["step"] = state.steps;
      const auto names = optimizer.slot_names(group, param);
      for (size_t i = 0; i < names.size(); ++i) out[py::str(names[i])] = state.slots[i];
      if (state.master.defined()) out["master"] = state.master;
      return out;
    }
  }
  throw KeyError("optimizer.state: the array of shape ", param.shape(), " is no parameter of this optimizer");
}

/// `optimizer.state` of a rule of C++.
struct StateView {
  py::object owner;
  const Optimizer& optimizer() const { return py::cast<const Optimizer&>(owner); }
};

py::object step(const py::object& self, const std::optional<py::function>& closure) {
  auto& optimizer = py::cast<Optimizer&>(self);
  if (!closure) {
    optimizer.step();
    return py::none();
  }
  py::object first;
  optimizer.step([&] {
    const py::object result = (*closure)();
    if (!first) first = result;
    if (is_array(result.ptr())) return unwrap(result.ptr());
    return result.is_none() ? Array() : from_python(result);
  });
  return first;
}

std::string repr(const py::object& self) {
  auto& optimizer = py::cast<Optimizer&>(self);
  std::string text = py::cast<std::string>(py::type::of(self).attr("__name__")) + " (";
  for (size_t i = 0; i < optimizer.groups().size(); ++i) {
    const GroupView view(self, i);
    text += concat("\nParameter Group ", i, "\n");
    auto names = view.keys();
    std::sort(names.begin(), names.end());
    for (const std::string& name : names)
      if (name != "params") text += concat("    ", name, ": ", py::cast<std::string>(py::str(view.get(name))), "\n");
  }
  return text + ")";
}

void register_groups(py::module_& m) {
  py::class_<GroupView>(m, "ParamGroup",
                        "Parameters with hyperparameters of their own, read and written like a dictionary.")
      .def("__getitem__", &GroupView::get, "name"_a)
      .def("__setitem__", &GroupView::set, "name"_a, "value"_a)
      .def("__contains__", &GroupView::contains, "name"_a)
      .def("__len__", [](const GroupView& self) { return self.keys().size(); })
      .def("__iter__", [](const GroupView& self) { return py::iter(py::cast(self.keys())); })
      .def("keys", &GroupView::keys, "The names of the hyperparameters, and \"params\".")
      .def(
          "values",
          [](const GroupView& self) {
            py::list out;
            for (const std::string& name : self.keys()) out.append(self.get(name));
            return out;
          },
          "Their values, in the order of `keys`.")
      .def(
          "items",
          [](const GroupView& self) {
            py::list out;
            for (const std::string& name : self.keys()) out.append(py::make_tuple(name, self.get(name)));
            return out;
          },
          "Names and values.")
      .def(
          "get",
          [](const GroupView& self, const std::string& name, const py::object& otherwise) {
            return self.contains(name) ? self.get(name) : otherwise;
          },
          "name"_a, "default"_a = py::none(), "The value under `name`, or `default`.")
      .def(
          "setdefault",
          [](const GroupView& self, const std::string& name, const py::object& value) {
            if (!self.contains(name)) self.set(name, value);
            return self.get(name);
          },
          "name"_a, "default"_a = py::none(), "The value under `name`; sets it to `default` if there is none.")
      .def(
          "update",
          [](const GroupView& self, const py::args& given, const py::kwargs& named) {
            const py::object dict = py::type::of(py::dict());
            for (const auto& [name, value] : py::cast<py::dict>(dict(*given, **named)))
              self.set(py::cast<std::string>(name), py::reinterpret_borrow<py::object>(value));
          },
          "Sets several values.")
      .def("pop", &GroupView::pop, "name"_a, "default"_a = py::none(),
           "Forgets what is no hyperparameter, such as a name, and returns it; `default` if there is none.")
      .def("__repr__", [](const GroupView& self) {
        std::string text = "ParamGroup(";
        for (const std::string& key : self.keys())
          text += key == "params" ? concat("params: ", self.group().params.size())
                                  : concat(", ", key, ": ", py::cast<std::string>(py::repr(self.get(key))));
        return text + ")";
      });
  py::class_<StateView>(m, "_State", "What an optimizer remembers, by parameter.")
      .def(
          "__getitem__", [](const StateView& self, const Array& param) { return remembered(self.optimizer(), param); },
          "param"_a)
      .def("__contains__",
           [](const StateView& self, const Array& param) {
             for (const Group& group : self.optimizer().groups())
               for (const optim::ParamState& state : group.params)
                 if (state.param.is(param)) return true;
             return false;
           })
      .def("__len__", [](const StateView& self) {
        size_t count = 0;
        for (const Group& group : self.optimizer().groups()) count += group.params.size();
        return count;
      });
}

void register_base(py::module_& m) {
  py::class_<Optimizer> type(
      m, "Optimizer",
      "Base of all optimizers, and of rules written in Python: a subclass calls `super().__init__(params, defaults)` "
      "with a dictionary of hyperparameters, and writes `step`, which goes through `param_groups` and changes the "
      "parameters in place. `self.state[p]` is a dictionary for what it remembers of a parameter. Under `jit`, change "
      "what is remembered in place; a recording is made anew where any hyperparameter changes.\n\n"
      "Example:\n"
      "    >>> class Plain(ingot.optim.Optimizer):\n"
      "    ...     def __init__(self, params, lr=0.1):\n"
      "    ...         super().__init__(params, {'lr': lr})\n"
      "    ...     @ingot.no_grad()\n"
      "    ...     def step(self, closure=None):\n"
      "    ...         for group in self.param_groups:\n"
      "    ...             for p in group['params']:\n"
      "    ...                 if p.grad is not None:\n"
      "    ...                     p -= group['lr'] * p.grad\n"
      "    >>> model = ingot.nn.Linear(2, 1)\n"
      "    >>> optimizer = Plain(model.parameters())\n"
      "    >>> model(ingot.ones((4, 2))).sum().backward()\n"
      "    >>> optimizer.step()",
      py::dynamic_attr());
  type.def(py::init(&make_python_optimizer), "params"_a, "defaults"_a)
      .def(
          "step", &step, "closure"_a = py::none(),
          "Updates every parameter that has a gradient, and evaluates. `closure`, if given, is called first to compute "
          "the gradients; its result is returned.")
      .def("zero_grad", &Optimizer::zero_grad, "set_to_none"_a = true,
           "Removes all gradients, or fills them with zeros.")
      .def_property(
          "lr", [](const Optimizer& self) { return self.lr(); }, &Optimizer::set_lr,
          "The learning rate (of the first group); setting it sets all groups.")
      .def_property(
          "param_groups",
          [](const py::object& self) {
            if (const py::object& borrowed = notes_of(py::cast<Optimizer&>(self)).borrowed_groups)
              return py::list(borrowed);
            py::list out;
            for (size_t i = 0; i < py::cast<Optimizer&>(self).groups().size(); ++i) out.append(GroupView(self, i));
            return out;
          },
          [](const py::object& object, const py::list& groups) {
            Optimizer& self = made(object);
            Optimizer* other = nullptr;
            for (const py::handle group : groups) {
              if (!py::isinstance<GroupView>(group) || &py::cast<GroupView&>(group).optimizer() == &self)
                throw TypeError("param_groups: expected those of another optimizer, which this one is to go through");
              other = &py::cast<GroupView&>(group).optimizer();
            }
            notes_of(self).borrowed_groups = groups;
            if (other) self.show_groups_of(*other);
          },
          "The groups, each like a dictionary: `optimizer.param_groups[0]['lr'] = 0.1`. A rule written in Python may "
          "be given those of the optimizer that it wraps.")
      .def_property(
          "defaults",
          [](Optimizer& self) -> py::object {
            if (const py::object& own = notes_of(self).defaults) return own;
            py::dict out;
            for (const std::string& name : python_names(self.defaults()))
              out[py::str(name)] = python_option(self.defaults(), name);
            return out;
          },
          [](const py::object& self, const py::object& defaults) { notes_of(made(self)).defaults = defaults; },
          "The hyperparameters of groups that say nothing else.")
      .def_property(
          "state",
          [](const py::object& self) -> py::object {
            OptimizerNotes& notes = notes_of(py::cast<Optimizer&>(self));
            return notes.python_rule ? notes.state : py::cast(StateView{self});
          },
          [](const py::object& self, const py::object& state) {
            OptimizerNotes& notes = notes_of(made(self));
            if (!notes.python_rule)
              throw TypeError("state: what an optimizer of ingot.optim remembers changes by its load_state_dict()");
            notes.state = state;
          },
          "What is remembered, by parameter: `optimizer.state[p]['exp_avg']`.")
      .def(
          "add_param_group",
          [](Optimizer& self, const py::dict& group) {
            for (const GivenGroup& given : given_groups(py::make_tuple(group))) add_group(self, given);
          },
          "param_group"_a, "Adds parameters with hyperparameters of their own: a dictionary with \"params\".")
      .def("state_dict", &optimizer_state_dict,
           "Hyperparameters, moments and step counts with the values they have now, in torch's layout: `state` by the "
           "number of the parameter, and `param_groups`. Enough to resume exactly.")
      .def("load_state_dict", &load_optimizer_state_dict, "state_dict"_a,
           "Takes over what `state_dict` gave, here or in torch. Raises KeyError for missing or unknown names, "
           "ShapeError if a shape differs.")
      .def("__reduce__",
           [](const py::object& self) { return py::module_::import("ingot.optim._copies").attr("taken_apart")(self); })
      .def("__repr__", &repr);
  m.def("_hooks_changed", [] { ++settings_version; }, "Has recordings made anew, for they hold what hooks did.");
  def_in_python(
      type, "ingot.optim._hooks",
      {{"register_step_pre_hook",
        "register_step_pre_hook(hook): calls `hook(optimizer, args, kwargs)` before each step; what it returns, unless "
        "None, replaces both. Returns a handle with `remove()`."},
       {"register_step_post_hook",
        "register_step_post_hook(hook): calls `hook(optimizer, args, kwargs)` after each step. Returns a handle with "
        "`remove()`.\n\nExample:\n    >>> weight, seen = ingot.nn.Parameter(ingot.ones(2)), []\n    >>> optimizer = "
        "ingot.optim.SGD([weight], lr=0.5)\n    >>> handle = optimizer.register_step_post_hook(lambda optimizer, "
        "args, kwargs: weight.data.clamp_(min=0.75))\n    >>> weight.sum().backward()\n    >>> optimizer.step()\n"
        "    >>> print(weight.data)\n    [0.75 0.75]"}});
}

/// For searches whose algorithm is in Python: `at(step)` gives value and slope.
py::tuple line_search(const std::function<std::pair<double, double>(double)>& at, double value, double slope,
                      double first, double smallest, int64_t most, double curvature) {
  const auto found = optim::strong_wolfe(
      [&](double step) {
        const auto [there, its_slope] = at(step);
        return optim::LinePoint{step, there, its_slope, {}};
      },
      {0, value, slope, {}}, first, smallest, most, curvature);
  return py::make_tuple(found.point.step, found.point.value);
}

void register_others(py::module_& m) {
  py::class_<optim::EMA>(
      m, "EMA",
      "An exponential moving average of parameters: `average <- average + (1 - decay) * (p - average)` at each "
      "`update()`, which may be part of a jitted step. In a `with` block the parameters are the averages.\n\n"
      "Raises ValueError if there are no parameters, or unless `decay` is in [0, 1].\n\n"
      "Example:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> ema = ingot.optim.EMA(model.parameters(), decay=0.99)\n"
      "    >>> ema.update()  # after each optimizer.step()\n    >>> with ema:\n    ...     y = model(ingot.ones((1, "
      "2)))")
      .def(py::init([](const py::object& params, double decay) {
             auto groups = given_groups(params);
             return std::make_unique<optim::EMA>(std::move(groups.front().params), decay);
           }),
           "params"_a, "decay"_a = 0.999)
      .def("update", &optim::EMA::update, "Moves the averages towards the present values.")
      .def("swap", &optim::EMA::swap, "Exchanges parameters and averages.")
      .def_property_readonly("averages", &optim::EMA::averages, "The averages, in the order of the parameters.")
      .def_property_readonly("decay", &optim::EMA::decay, "How much of the average stays at each update.")
      .def("__enter__",
           [](const py::object& self) {
             py::cast<optim::EMA&>(self).swap();
             return self;
           })
      .def("__exit__", [](optim::EMA& self, const py::object&, const py::object&, const py::object&) { self.swap(); });
  m.def("_strong_wolfe", &line_search, "at"_a, "value"_a, "slope"_a, "first"_a, "smallest"_a, "most"_a, "curvature"_a,
        "Step and value of a line search for the strong Wolfe conditions.");
}

}  // namespace

void register_optim(py::module_& parent) {
  py::module_ m = parent.def_submodule("optim", "Optimizers.");
  register_groups(m);
  register_base(m);
  register_optimizer_rules(m);
  register_others(m);
}

}  // namespace ingot::python
