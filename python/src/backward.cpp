#include "ingot/autograd/backward.h"

#include "bind.h"
#include "ingot/autograd/checkpoint.h"

namespace ingot::python {

void register_backward(py::module_& m) {
  // `array.backward` is bound with the other methods of arrays.
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
