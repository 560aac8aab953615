#include "bind.h"
#include "guards.h"
#include "ingot/optim/adam.h"
#include "ingot/optim/optimizer.h"
#include "ingot/optim/sgd.h"

namespace ingot::python {

namespace {

using optim::Optimizer;

/// One group as a dictionary shows it: hyperparameters read and written, and "params".
struct GroupView {
  Optimizer* optimizer;
  size_t index;

  const optim::Group& group() const { return optimizer->groups()[index]; }

  py::object get(const std::string& name) const {
    if (name == "params") {
      py::list out;
      for (const auto& state : group().params)
        out.append(py::reinterpret_steal<py::object>(wrap_parameter(state.param)));
      return out;
    }
    if (name == "betas" && group().options.contains("beta1")) return py::make_tuple(get("beta1"), get("beta2"));
    return std::visit([](auto value) -> py::object { return py::cast(value); }, optimizer->option(index, name).value);
  }

  void set(const std::string& name, const py::object& value) const {
    if (name == "betas") {
      const auto [first, second] = py::cast<std::pair<double, double>>(value);
      optimizer->set_option(index, "beta1", first);
      optimizer->set_option(index, "beta2", second);
    } else {
      optimizer->set_option(index, name, py::cast<Scalar>(value));
    }
    // The learning rate is an array, which a recording reads anew at every run.
    if (name != "lr") ++settings_version;
  }

  std::vector<std::string> keys() const {
    std::vector<std::string> out{"params", "lr"};
    for (const auto& [name, value] : group().options)
      if (name != "beta2") out.push_back(name == "beta1" ? "betas" : name);
    return out;
  }
};

/// Parameters as users give them: an iterable of arrays, of (name, array), or of dictionaries with hyperparameters of their own.
struct GivenGroup {
  std::vector<Array> params;
  py::dict overrides;
};

Array given_parameter(py::handle item) {
  if (is_array(item.ptr())) return unwrap(item.ptr());
  if (PyTuple_Check(item.ptr()) && PyTuple_GET_SIZE(item.ptr()) == 2 && is_array(PyTuple_GET_ITEM(item.ptr(), 1)))
    return unwrap(PyTuple_GET_ITEM(item.ptr(), 1));
  throw TypeError(
      "an optimizer takes an iterable of arrays, such as model.parameters(), or of dictionaries with \"params\"; it "
      "holds ",
      Py_TYPE(item.ptr())->tp_name);
}

std::vector<Array> given_parameters(py::handle params) {
  if (is_array(params.ptr())) return {unwrap(params.ptr())};
  std::vector<Array> out;
  for (py::handle item : params) out.push_back(given_parameter(item));
  return out;
}

std::vector<GivenGroup> given_groups(const py::object& params) {
  if (is_array(params.ptr()) || !py::isinstance<py::iterable>(params))
    throw TypeError("an optimizer takes an iterable of arrays, such as model.parameters() or a list, got ",
                    Py_TYPE(params.ptr())->tp_name);
  std::vector<GivenGroup> groups;
  std::vector<Array> plain;
  for (py::handle item : params) {
    if (!PyDict_Check(item.ptr())) {
      plain.push_back(given_parameter(item));
      continue;
    }
    py::dict overrides = py::module_::import("copy").attr("copy")(item);
    if (!overrides.contains("params"))
      throw ValueError("a parameter group is a dictionary with \"params\" and hyperparameters; \"params\" is missing");
    groups.push_back({given_parameters(overrides.attr("pop")("params")), overrides});
  }
  if (!groups.empty() && !plain.empty())
    throw TypeError("an optimizer takes arrays or parameter groups (dictionaries), not both at once");
  if (groups.empty()) groups.push_back({std::move(plain), {}});
  return groups;
}

void add_group(Optimizer& optimizer, const GivenGroup& given) {
  optimizer.add_param_group(given.params);
  const GroupView view{&optimizer, optimizer.groups().size() - 1};
  for (const auto& [name, value] : given.overrides)
    view.set(py::cast<std::string>(name), py::reinterpret_borrow<py::object>(value));
}

template <class O, class Settings>
std::unique_ptr<O> make(const py::object& params, const Settings& options) {
  const auto groups = given_groups(params);
  auto optimizer = std::make_unique<O>(groups.front().params, options);
  const GroupView first{optimizer.get(), 0};
  for (const auto& [name, value] : groups.front().overrides)
    first.set(py::cast<std::string>(name), py::reinterpret_borrow<py::object>(value));
  for (size_t i = 1; i < groups.size(); ++i) add_group(*optimizer, groups[i]);
  return optimizer;
}

template <class O, class Settings>
void def_adam(py::module_& m, const char* name, const char* doc) {
  const Settings defaults;
  py::class_<O, Optimizer>(m, name, doc)
      .def(py::init([](const py::object& params, double lr, std::pair<double, double> betas, double eps,
                       double weight_decay, bool amsgrad, bool maximize) {
             return make<O>(params, Settings{lr, betas.first, betas.second, eps, weight_decay, amsgrad, maximize});
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay, "amsgrad"_a = false, py::kw_only(),
           "maximize"_a = false);
}

void register_base(py::module_& m) {
  py::class_<GroupView>(m, "ParamGroup",
                        "Parameters with hyperparameters of their own, read and written like a dictionary.")
      .def("__getitem__", &GroupView::get, "name"_a)
      .def("__setitem__", &GroupView::set, "name"_a, "value"_a)
      .def("__contains__",
           [](const GroupView& self, const std::string& name) {
             const auto keys = self.keys();
             return std::find(keys.begin(), keys.end(), name) != keys.end();
           })
      .def("__len__", [](const GroupView& self) { return self.keys().size(); })
      .def("__iter__", [](const GroupView& self) { return py::iter(py::cast(self.keys())); })
      .def("keys", &GroupView::keys, "The names of the hyperparameters, and \"params\".")
      .def("__repr__", [](const GroupView& self) {
        std::string text = "ParamGroup(";
        for (const std::string& key : self.keys())
          text += key == "params" ? concat("params: ", self.group().params.size())
                                  : concat(", ", key, ": ", py::cast<std::string>(py::repr(self.get(key))));
        return text + ")";
      });

  py::class_<Optimizer>(m, "Optimizer", "Base of all optimizers.", py::dynamic_attr())
      .def(
          "step",
          [](Optimizer& self, const std::optional<py::function>& closure) -> py::object {
            const py::object loss = closure ? (*closure)() : py::none();
            self.step();
            return loss;
          },
          "closure"_a = py::none(),
          "Updates every parameter that has a gradient, and evaluates. `closure`, if given, is called first to compute "
          "the gradients; its result is returned.")
      .def("zero_grad", &Optimizer::zero_grad, "set_to_none"_a = true,
           "Removes all gradients, or fills them with zeros.")
      .def_property(
          "lr", [](const Optimizer& self) { return self.lr(); }, &Optimizer::set_lr,
          "The learning rate (of the first group); setting it sets all groups.")
      .def_property_readonly(
          "param_groups",
          [](const py::object& self) {
            auto& optimizer = py::cast<Optimizer&>(self);
            py::list out;
            for (size_t i = 0; i < optimizer.groups().size(); ++i) {
              py::object view = py::cast(GroupView{&optimizer, i});
              py::detail::keep_alive_impl(view, self);
              out.append(view);
            }
            return out;
          },
          "The groups, each like a dictionary: `optimizer.param_groups[0]['lr'] = 0.1`.")
      .def(
          "add_param_group",
          [](Optimizer& self, const py::dict& group) {
            for (const GivenGroup& given : given_groups(py::make_tuple(group))) add_group(self, given);
          },
          "param_group"_a, "Adds parameters with hyperparameters of their own: a dictionary with \"params\".")
      .def(
          "state_dict",
          [](const Optimizer& self) {
            py::dict out;
            for (const auto& [name, array] : self.state_dict()) out[py::str(name)] = array;
            return out;
          },
          "Hyperparameters, moments and step counts by name, with the values they have now: enough to resume exactly.")
      .def(
          "load_state_dict",
          [](Optimizer& self, const py::object& state) { self.load_state_dict(named_arrays_from(state)); },
          "state_dict"_a,
          "Takes over what `state_dict` gave. Raises KeyError for missing or unknown names, ShapeError if a shape "
          "differs; then nothing has changed.")
      .def("__repr__", [](const py::object& self) {
        std::string text = py::cast<Optimizer&>(self).type_name() + "(";
        for (py::handle group : py::list(self.attr("param_groups")))
          text += "\n  " + py::cast<std::string>(py::repr(group));
        return text + "\n)";
      });
}

}  // namespace

void register_optim(py::module_& parent) {
  py::module_ m = parent.def_submodule("optim", "Optimizers.");
  register_base(m);

  const optim::SGDOptions sgd;
  py::class_<optim::SGD, Optimizer>(
      m, "SGD",
      "Stochastic gradient descent: `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with "
      "momentum "
      "`v <- momentum * v + (1 - dampening) * g`, or Nesterov's `g + momentum * v` of that.\n\n"
      "Raises ValueError if there are no parameters or for negative hyperparameters.\n\n"
      "Example:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.SGD(model.parameters(), "
      "lr=0.1)\n"
      "    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double momentum, double dampening, double weight_decay,
                       bool nesterov, bool maximize) {
             return make<optim::SGD>(params,
                                     optim::SGDOptions{lr, momentum, dampening, weight_decay, nesterov, maximize});
           }),
           "params"_a, "lr"_a = sgd.lr, "momentum"_a = sgd.momentum, "dampening"_a = sgd.dampening,
           "weight_decay"_a = sgd.weight_decay, "nesterov"_a = false, py::kw_only(), "maximize"_a = false);
  def_adam<optim::Adam, optim::AdamOptions>(
      m, "Adam",
      "Adam: `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running means of the gradient "
      "and of its square. "
      "`weight_decay` adds `weight_decay * p` to the gradient; `amsgrad` keeps the largest `v` seen.\n\n"
      "Example:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.Adam(model.parameters(), "
      "lr=1e-3)");
  def_adam<optim::AdamW, optim::AdamWOptions>(
      m, "AdamW",
      "Adam with decoupled weight decay, which shrinks the parameter itself and leaves the gradient alone.\n\n"
      "Example:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.AdamW(model.parameters(), "
      "lr=1e-3)");
}

}  // namespace ingot::python
