#include "ingot/autograd/custom_function.h"

#include "bind.h"

namespace ingot::python {

namespace {

using Optionals = std::vector<std::optional<Array>>;

/// A Python function that the graph holds: it may be let go of by any thread.
class HeldFunction {
 public:
  explicit HeldFunction(py::function function)
      : function_(new py::function(std::move(function)), [](py::function* held) {
          if (!Py_IsInitialized()) {
            held->release();
            delete held;
            return;
          }
          const WithGil gil;
          delete held;
        }) {}

  template <class Result, class... Arguments>
  Result call(const Arguments&... arguments) const {
    const WithGil gil;
    return py::cast<Result>((*function_)(arguments...));
  }

 private:
  std::shared_ptr<py::function> function_;
};

Optionals optionals(const Arrays& arrays) {
  Optionals out;
  for (const Array& array : arrays) out.push_back(array.defined() ? std::optional(array) : std::nullopt);
  return out;
}

Arrays arrays_of(const Optionals& optionals) {
  Arrays out;
  for (const auto& array : optionals) out.push_back(array.value_or(Array()));
  return out;
}

Arrays apply_custom(const py::function& forward, const std::optional<py::function>& vjp,
                    const std::optional<py::function>& jvp, const std::optional<py::function>& vmap,
                    const Arrays& inputs) {
  const auto run = [held = HeldFunction(forward)](const Arrays& arrays) {
    auto [outputs, residuals] = held.call<std::pair<Arrays, Arrays>>(arrays);
    return CustomResult{std::move(outputs), std::move(residuals)};
  };
  CustomRules rules;
  if (vjp)
    rules.vjp = [held = HeldFunction(*vjp)](const CustomCall& made, const Arrays& cotangents,
                                            const std::vector<bool>& needed) {
      return arrays_of(held.call<Optionals>(made.inputs, made.outputs, made.residuals, optionals(cotangents), needed));
    };
  if (jvp)
    rules.jvp = [held = HeldFunction(*jvp)](const CustomCall& made, const Arrays& tangents) {
      return arrays_of(held.call<Optionals>(made.inputs, made.outputs, made.residuals, optionals(tangents)));
    };
  if (vmap)
    rules.vmap = [held = HeldFunction(*vmap)](const Arrays& arrays, const BatchAxes& axes, int64_t batch) {
      return held.call<std::pair<Arrays, BatchAxes>>(arrays, axes, batch);
    };
  return custom_function(run, std::move(rules), inputs);
}

}  // namespace

void register_custom_function(py::module_& m) {
  m.def(
      "_custom_function", apply_custom, "forward"_a, "vjp"_a, "jvp"_a, "vmap"_a, "inputs"_a,
      "Results of `forward(inputs)`, the first of its two lists, with rules of their own; `ingot.custom_function` and "
      "`ingot.autograd.Function` are the public forms.");
  m.def(
      "_snapshot", [](const Array& x) { return Array(x.node()); }, "x"_a,
      "A handle of its own on what `x` is now: later changes in place of `x` leave it alone.");
}

}  // namespace ingot::python
