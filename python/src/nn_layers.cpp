#include "guards.h"
#include "ingot/nn/activation.h"
#include "ingot/nn/dropout.h"
#include "ingot/nn/flatten.h"
#include "ingot/nn/linear.h"
#include "ingot/nn/sequential.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

template <class A>
void def_activation(py::module_& m, const char* name, const char* function) {
  ModuleClass<A, nn::Module> type(
      m, name,
      concat("`", function, "` of each element, as a module.\n\nExample:\n    >>> y = ingot.nn.", name,
             "()(ingot.ones(2))")
          .c_str());
  type.def(py::init<bool>(), "inplace"_a = false)
      .def_property_readonly("inplace", &A::inplace, "PyTorch's flag; it changes nothing here.");
  def_forward<A>(type);
}

/// Fills a Sequential from modules given one by one, or as one dictionary of named ones.
template <class S>
std::shared_ptr<S> make_sequential(const py::args& modules) {
  auto out = std::make_shared<S>();
  if (modules.size() == 1 && PyDict_Check(py::object(modules[0]).ptr())) {
    for (const auto& [name, module] : py::cast<py::dict>(modules[0]))
      out->register_module(py::cast<std::string>(name), own(module));
  } else {
    for (py::handle module : modules) out->append(own(module));
  }
  return out;
}

py::list children_of(nn::Module& self) {
  py::list out;
  const auto children = self.children();
  for (const auto& [name, child] : children) out.append(child_of(self, name, child));
  return out;
}

void register_sequential(py::module_& m) {
  using nn::Sequential;
  ModuleClass<Sequential, nn::Module> type(
      m, "Sequential",
      "Feeds its input through its modules in order. They are named '0', '1', ..., or as a dictionary names them.\n\n"
      "Example:\n    >>> model = ingot.nn.Sequential(ingot.nn.Linear(2, 8), ingot.nn.ReLU(), ingot.nn.Linear(8, 1))\n"
      "    >>> model(ingot.ones((5, 2))).shape\n    (5, 1)");
  type.def(py::init(&make_sequential<Sequential>, &make_sequential<PythonModule<Sequential>>))
      .def(
          "append",
          [](const py::object& self, const py::object& module) {
            py::cast<Sequential&>(self).append(own(module));
            ++settings_version;
            return self;
          },
          "module"_a, "Adds a module at the end, and returns the container.")
      .def("__len__", &Sequential::size)
      .def("__iter__", [](Sequential& self) { return py::iter(children_of(self)); })
      .def(
          "__getitem__",
          [](Sequential& self, const py::object& key) -> py::object {
            if (!PySlice_Check(key.ptr())) {
              const nn::ModulePtr child = self.at(py::cast<int64_t>(key));
              for (const auto& [name, module] : self.children())
                if (module == child) return child_of(self, std::string(name), child);
            }
            return py::module_::import("ingot._core").attr("nn").attr("Sequential")(*py::tuple(children_of(self)[key]));
          },
          "index"_a, "The module at a position (negative counts from the end), or a Sequential of a slice of them.");
  def_forward<Sequential>(type);
}

}  // namespace

void register_nn_layers(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_sequential(m);

  using nn::Linear;
  ModuleClass<Linear, nn::Module> linear(
      m, "Linear",
      "The fully connected layer: `x @ weight.T + bias` over the last axis, (..., in_features) -> (..., "
      "out_features).\n\n"
      "`weight` (out_features, in_features) and `bias` (out_features,) start in U(-k, k) with k = 1 / "
      "sqrt(in_features).\n\n"
      "Example:\n    >>> ingot.nn.Linear(2, 3)(ingot.ones((5, 2))).shape\n    (5, 3)");
  linear
      .def(py::init<int64_t, int64_t, bool, DType>(), "in_features"_a, "out_features"_a, "bias"_a = true,
           "dtype"_a = DType::float32)
      .def_property_readonly("in_features", &Linear::in_features)
      .def_property_readonly("out_features", &Linear::out_features)
      .def("reset_parameters", &Linear::reset_parameters, "Draws both parameters anew.");
  def_forward<Linear>(linear);

  using nn::Dropout;
  ModuleClass<Dropout, nn::Module> dropout(
      m, "Dropout",
      "While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise passes "
      "its input on.\n\n"
      "Example:\n    >>> print(ingot.nn.Dropout(0.5).eval()(ingot.ones(2)))\n    [1. 1.]");
  dropout.def(py::init<double, bool>(), "p"_a = 0.5, "inplace"_a = false)
      .def_property_readonly("p", &Dropout::p, "The probability of a zero.")
      .def_property_readonly("inplace", &Dropout::inplace, "PyTorch's flag; it changes nothing here.");
  def_forward<Dropout>(dropout);

  using nn::Flatten;
  ModuleClass<Flatten, nn::Module> flatten(
      m, "Flatten",
      "Joins axes `start_dim` to `end_dim` (inclusive) into one: by default all but the batch axis.\n\n"
      "Example:\n    >>> ingot.nn.Flatten()(ingot.ones((2, 3, 4))).shape\n    (2, 12)");
  flatten.def(py::init<int64_t, int64_t>(), "start_dim"_a = 1, "end_dim"_a = -1)
      .def_property_readonly("start_dim", &Flatten::start_dim)
      .def_property_readonly("end_dim", &Flatten::end_dim);
  def_forward<Flatten>(flatten);

#define INGOT_ACTIVATION(Name, function) def_activation<nn::Name>(m, #Name, #function);
  INGOT_ACTIVATIONS(INGOT_ACTIVATION)
#undef INGOT_ACTIVATION
  register_nn_sequence(m);
}

}  // namespace ingot::python
