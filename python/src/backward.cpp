#include "ingot/autograd/backward.h"

#include "bind.h"
#include "hooks.h"
#include "ingot/autograd/anomaly.h"
#include "ingot/autograd/checkpoint.h"

namespace ingot::python {

namespace {

/// An AnomalyWatch that Python switches on and off.
class AnomalyScope {
 public:
  AnomalyScope(bool nan, bool inf, const py::function& site)
      : active_(nan || inf), watch_({nan, inf}, [site] {
          const WithGil gil;
          return py::cast<std::string>(site());
        }) {}

  void enter() { before_.push_back(NodeWatch::install(active_ ? &watch_ : nullptr)); }
  void exit() {
    if (before_.empty()) throw GradError("detect_anomaly: left without having been entered");
    NodeWatch::install(before_.back());
    before_.pop_back();
  }

 private:
  bool active_;
  AnomalyWatch watch_;
  std::vector<NodeWatch*> before_;
};

}  // namespace

void register_backward(py::module_& m) {
  py::class_<AnomalyScope>(m, "_AnomalyScope", "Hunts for values that are not finite; see `autograd.detect_anomaly`.")
      .def(py::init<bool, bool, const py::function&>(), "nan"_a, "inf"_a, "site"_a)
      .def("enter", &AnomalyScope::enter)
      .def("exit", &AnomalyScope::exit);
  // `array.backward` is bound with the other methods of arrays.
  m.def(
      "_backward",
      [](const std::vector<Array>& outputs, const std::vector<std::optional<Array>>& cotangents, bool retain_graph,
         bool create_graph, const std::vector<Array>& inputs) {
        std::vector<Array> seeds;
        for (const auto& cotangent : cotangents) seeds.push_back(cotangent.value_or(Array()));
        run_backward(outputs, seeds, {retain_graph, create_graph}, inputs);
      },
      "outputs"_a, "cotangents"_a, "retain_graph"_a, "create_graph"_a, "inputs"_a,
      "Adds gradients of several outputs to `.grad`; `ingot.autograd.backward` is the public form.");
  m.def("_call_after_backward", call_after_backward, "function"_a,
        "In a gradient hook: calls the function once all gradients have been added up.");
  def_method(
      "register_post_accumulate_grad_hook",
      [](const py::object& self, const py::function& hook) {
        return py::module_::import("ingot.autograd.accumulation").attr("register")(self, hook);
      },
      "hook"_a,
      "Calls `hook(array)` after each `backward()` that has added to `.grad` of this array, a leaf.\n\n"
      "Returns an object whose `remove()` takes the hook away.\n\nExample:\n    >>> x = ingot.ones(2, "
      "requires_grad=True)\n    >>> handle = x.register_post_accumulate_grad_hook(lambda x: print(x.grad))\n    >>> "
      "(3 * x).sum().backward()\n    [3. 3.]");
  m.def(
      "_gradients",
      [](const std::vector<Array>& outputs, const std::vector<Array>& inputs,
         const std::vector<std::optional<Array>>& cotangents, bool retain_graph, bool create_graph) {
        std::vector<Array> seeds;
        for (const auto& cotangent : cotangents) seeds.push_back(cotangent.value_or(Array()));
        return gradients(outputs, inputs, seeds, {retain_graph, create_graph});
      },
      "outputs"_a, "inputs"_a, "cotangents"_a, "retain_graph"_a, "create_graph"_a,
      "Gradients of the outputs by the inputs, None where there is no influence; `ingot.autograd.grad` is the public "
      "form.");
  m.def(
      "_checkpoint",
      [](const py::function& f) { return checkpoint([&] { return py::cast<std::vector<Array>>(f()); }); }, "f"_a,
      "Results of a function without arguments, whose inner values are computed again in the backward pass; "
      "`ingot.checkpoint` is the public form.");
}

}  // namespace ingot::python
