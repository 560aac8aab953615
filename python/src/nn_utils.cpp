// nn.utils: gradients and parameters.
#include "ingot/nn/utils.h"

#include "nn_bind.h"

namespace ingot::python {

namespace {

namespace utils = nn::utils;

/// One array, or the arrays of an iterable.
std::vector<Array> arrays_from(const py::object& given) {
  if (is_array(given.ptr())) return {unwrap(given.ptr())};
  std::vector<Array> arrays;
  for (py::handle each : given) arrays.push_back(py::cast<Array>(each));
  return arrays;
}

}  // namespace

void register_nn_utils(py::module_& parent) {
  auto nn_module = py::cast<py::module_>(parent.attr("nn"));
  py::module_ m = nn_module.def_submodule("utils", "Helpers for gradients, parameters and sequences.");
  m.def(
      "clip_grad_norm_",
      [](const py::object& parameters, double max_norm, double norm_type, bool error_if_nonfinite, const py::object&) {
        return utils::clip_grad_norm_(arrays_from(parameters), max_norm, norm_type, error_if_nonfinite);
      },
      "parameters"_a, "max_norm"_a, "norm_type"_a = 2.0, "error_if_nonfinite"_a = false, "foreach"_a = py::none(),
      "Scales gradients down, in place, so that their norm as one vector is at most `max_norm`; returns the norm that "
      "they "
      "had (Pascanu et al., 2013). `foreach` is PyTorch's and changes nothing.\n\nRaises RuntimeError for a norm that "
      "is "
      "not finite, if `error_if_nonfinite`.\n\nExample:\n    >>> w = ingot.nn.Parameter(ingot.array([3.0, 4.0]))\n    "
      ">>> "
      "(w * w).sum().backward()\n    >>> print(ingot.nn.utils.clip_grad_norm_(w, 1.0))\n    10.0\n    >>> "
      "print(w.grad)\n    [0.6 0.8]");
  m.def(
      "clip_grads_with_norm_",
      [](const py::object& parameters, double max_norm, const ArrayLike& total_norm, const py::object&) {
        utils::clip_grads_with_norm_(arrays_from(parameters), max_norm, total_norm);
      },
      "parameters"_a, "max_norm"_a, "total_norm"_a, "foreach"_a = py::none(),
      "Scales gradients, whose total norm is known, as `clip_grad_norm_` does.");
  m.def(
      "clip_grad_value_",
      [](const py::object& parameters, double clip_value, const py::object&) {
        utils::clip_grad_value_(arrays_from(parameters), clip_value);
      },
      "parameters"_a, "clip_value"_a, "foreach"_a = py::none(),
      "Moves every element of the gradients into [-clip_value, clip_value], in place.");
  m.def(
      "get_total_norm",
      [](const py::object& tensors, double norm_type, bool error_if_nonfinite, const py::object&) {
        return utils::get_total_norm(arrays_from(tensors), norm_type, error_if_nonfinite);
      },
      "tensors"_a, "norm_type"_a = 2.0, "error_if_nonfinite"_a = false, "foreach"_a = py::none(),
      "The norm of all arrays as one vector; 0 for none.\n\nExample:\n    >>> "
      "print(ingot.nn.utils.get_total_norm([ingot.array([3.0]), ingot.array([4.0])]))\n    5.0");
  m.def(
      "parameters_to_vector",
      [](const py::object& parameters) { return utils::parameters_to_vector(arrays_from(parameters)); }, "parameters"_a,
      "All parameters one after another, as one vector.\n\nExample:\n    >>> "
      "ingot.nn.utils.parameters_to_vector(ingot.nn.Linear(2, 3).parameters()).shape\n    (9,)");
  m.def(
      "vector_to_parameters",
      [](const ArrayLike& vec, const py::object& parameters) {
        utils::vector_to_parameters(vec, arrays_from(parameters));
      },
      "vec"_a, "parameters"_a, "Gives parameters the values of a vector. Raises ShapeError unless the lengths agree.");
}

}  // namespace ingot::python
