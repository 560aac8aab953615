// nn.init: initial values.
#include "ingot/nn/init.h"

#include "nn_bind.h"
#include "write_through.h"

namespace ingot::python {

namespace {

namespace init = nn::init;

/// Fills the array with `fill` and gives it back.
template <class Fill>
py::object filled(const py::object& tensor, Fill&& fill) {
  fill(py::cast<Array>(tensor));
  write_through(tensor.ptr());
  return tensor;
}

void register_simple(py::module_& m) {
  m.def(
      "uniform_",
      [](const py::object& tensor, double a, double b) {
        return filled(tensor, [&](const Array& x) { init::uniform_(x, a, b); });
      },
      "tensor"_a, "a"_a = 0.0, "b"_a = 1.0, "U(a, b).");
  m.def(
      "normal_",
      [](const py::object& tensor, double mean, double std) {
        return filled(tensor, [&](const Array& x) { init::normal_(x, mean, std); });
      },
      "tensor"_a, "mean"_a = 0.0, "std"_a = 1.0, "N(mean, std^2).");
  m.def(
      "trunc_normal_",
      [](const py::object& tensor, double mean, double std, double a, double b) {
        return filled(tensor, [&](const Array& x) { init::trunc_normal_(x, mean, std, a, b); });
      },
      "tensor"_a, "mean"_a = 0.0, "std"_a = 1.0, "a"_a = -2.0, "b"_a = 2.0,
      "N(mean, std^2) as it is between a and b.\n\nExample:\n    >>> x = "
      "ingot.nn.init.trunc_normal_(ingot.zeros(100), a=-1, b=1)\n    >>> bool((ingot.abs(x) <= 1).all())\n    True");
  m.def(
      "constant_",
      [](const py::object& tensor, double val) {
        return filled(tensor, [&](const Array& x) { init::constant_(x, val); });
      },
      "tensor"_a, "val"_a, "One value everywhere.");
  for (const auto& [name, value] : {std::pair("zeros_", 0.0), std::pair("ones_", 1.0)})
    m.def(
        name,
        [value = value](const py::object& tensor) {
          return filled(tensor, [&](const Array& x) { init::constant_(x, value); });
        },
        "tensor"_a, concat(value == 0 ? "Zeros" : "Ones", " everywhere.").c_str());
  m.def(
      "eye_", [](const py::object& tensor) { return filled(tensor, init::eye_); }, "tensor"_a,
      "Ones on the diagonal of zeros. Raises ShapeError unless there are two axes.");
  m.def(
      "dirac_",
      [](const py::object& tensor, int64_t groups) {
        return filled(tensor, [&](const Array& x) { init::dirac_(x, groups); });
      },
      "tensor"_a, "groups"_a = 1,
      "What makes a convolution (out, in, *kernel) pass its channels on, in each group.\n\nExample:\n    >>> "
      "print(ingot.nn.init.dirac_(ingot.zeros((1, 1, 3))))\n    [[[0. 1. 0.]]]");
}

void register_scaled(py::module_& m) {
  const auto def_xavier = [&](const char* name, void (*fill)(const Array&, double), const char* doc) {
    m.def(
        name,
        [fill](const py::object& tensor, double gain) {
          return filled(tensor, [&](const Array& x) { fill(x, gain); });
        },
        "tensor"_a, "gain"_a = 1.0, doc);
  };
  def_xavier("xavier_uniform_", init::xavier_uniform_,
             "U(-k, k) with k = gain * sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010).");
  def_xavier("xavier_normal_", init::xavier_normal_,
             "N(0, s^2) with s = gain * sqrt(2 / (fan_in + fan_out)) (Glorot and Bengio, 2010).");
  def_xavier(
      "orthogonal_", init::orthogonal_,
      "Rows (or columns, if there are fewer) that are orthogonal and of length gain, in a random direction (Saxe "
      "et al., 2013). Raises ShapeError unless there are at least two axes.");
  using Kaiming = void (*)(const Array&, double, std::string_view, std::string_view);
  const auto def_kaiming = [&](const char* name, Kaiming fill, const char* doc) {
    m.def(
        name,
        [fill](const py::object& tensor, double a, const std::string& mode, const std::string& nonlinearity) {
          return filled(tensor, [&](const Array& x) { fill(x, a, mode, nonlinearity); });
        },
        "tensor"_a, "a"_a = 0.0, "mode"_a = "fan_in", "nonlinearity"_a = "leaky_relu", doc);
  };
  def_kaiming("kaiming_uniform_", init::kaiming_uniform_,
              "U(-k, k) with k = gain * sqrt(3 / fan), where the gain is that of the nonlinearity, `a` a leaky ReLU's "
              "negative slope, and the fan the number of inputs of one output ('fan_in') or of outputs of one input "
              "('fan_out') (He et al., 2015).");
  def_kaiming("kaiming_normal_", init::kaiming_normal_,
              "N(0, s^2) with s = gain / sqrt(fan); as `kaiming_uniform_` (He et al., 2015).");
  m.def(
      "sparse_",
      [](const py::object& tensor, double sparsity, double std) {
        return filled(tensor, [&](const Array& x) { init::sparse_(x, sparsity, std); });
      },
      "tensor"_a, "sparsity"_a, "std"_a = 0.01,
      "N(0, std^2), but for the share `sparsity` of each column, rounded up, that is zero (Martens, 2010).");
  m.def(
      "calculate_gain",
      [](const std::string& nonlinearity, std::optional<double> param) {
        return init::calculate_gain(nonlinearity, param.value_or(0.01));
      },
      "nonlinearity"_a, "param"_a = py::none(),
      "The gain by which initial values make up for a nonlinearity; `param` is a leaky ReLU's negative slope. Raises "
      "ValueError for unknown names.\n\nExample:\n    >>> ingot.nn.init.calculate_gain('linear')\n    1.0");
}

}  // namespace

void register_nn_init(py::module_& parent) {
  py::module_ m = parent.def_submodule(
      "init", "Initial values: each function fills the array it is given, outside of the graph, and returns it.");
  register_simple(m);
  register_scaled(m);
}

}  // namespace ingot::python
