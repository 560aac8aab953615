// Activations as modules.
#include "ingot/nn/activation.h"

#include "ingot/nn/functional.h"
#include "nn_described.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// One class of activations and what it is for; the example calls it with `arguments`.
template <class A>
void def_activation(py::module_& m, const char* name, const char* doc, const char* arguments = "",
                    const char* shape = "(2, 4)", const char* result = "(2, 4)") {
  def_layer<A>(m, name,
               concat(doc, "\n\nExample:\n    >>> ingot.nn.", name, "(", arguments, ")(ingot.ones(", shape,
                      ")).shape\n    ", result)
                   .c_str());
}

void register_plain(py::module_& m) {
  def_activation<nn::ReLU>(m, "ReLU", "`max(x, 0)` of each element.");
  def_activation<nn::ReLU6>(m, "ReLU6", "`x` moved into [0, 6].");
  def_activation<nn::SELU>(
      m, "SELU",
      "`scale * elu(x, alpha)` with the constants that keep mean 0 and variance 1 (Klambauer et al., 2017).");
  def_activation<nn::SiLU>(m, "SiLU", "`x * sigmoid(x)` (Elfwing et al., 2018).");
  def_activation<nn::Mish>(m, "Mish", "`x * tanh(softplus(x))` (Misra, 2019).");
  def_activation<nn::Hardswish>(m, "Hardswish", "`x / 6` times `x + 3` moved into [0, 6] (Howard et al., 2019).");
  def_activation<nn::Hardsigmoid>(m, "Hardsigmoid", "`x / 6 + 1 / 2` moved into [0, 1].");
  def_activation<nn::Sigmoid>(m, "Sigmoid", "`1 / (1 + exp(-x))`.");
  def_activation<nn::Tanh>(m, "Tanh", "`tanh(x)`.");
  def_activation<nn::Softsign>(m, "Softsign", "`x / (1 + |x|)`.");
  def_activation<nn::Tanhshrink>(m, "Tanhshrink", "`x - tanh(x)`.");
  def_activation<nn::LogSigmoid>(m, "LogSigmoid", "`log(sigmoid(x))`.");
}

void register_with_options(py::module_& m) {
  def_activation<nn::LeakyReLU>(m, "LeakyReLU", "`x`, times `negative_slope` where negative (Maas et al., 2013).");
  def_activation<nn::ELU>(m, "ELU", "`x`, and `alpha * (exp(x) - 1)` where negative (Clevert et al., 2016).");
  def_activation<nn::CELU>(m, "CELU", "`x`, and `alpha * (exp(x / alpha) - 1)` where negative (Barron, 2017).");
  def_activation<nn::Hardtanh>(m, "Hardtanh", "`x` moved into [min_val, max_val].");
  def_activation<nn::Hardshrink>(m, "Hardshrink", "`x`, and 0 where `|x| <= lambd`.");
  def_activation<nn::Softshrink>(m, "Softshrink", "`x` moved towards 0 by `lambd`.");
  def_activation<nn::Softplus>(m, "Softplus",
                               "`log(1 + exp(beta * x)) / beta`, and `x` where `beta * x` is above the threshold.");
  def_activation<nn::Threshold>(m, "Threshold", "`x`, and `value` where it is not above the threshold.", "0.1, 20");
  def_activation<nn::RReLU>(m, "RReLU",
                            "`x`, where negative times a slope: while training drawn from [lower, upper) for each "
                            "element, otherwise their mean (Xu et al., 2015).");
  def_activation<nn::GLU>(m, "GLU",
                          "The first half along the axis `dim` times the sigmoid of the second (Dauphin et al., 2017).",
                          "", "(2, 4)", "(2, 2)");
  def_activation<nn::GELU>(m, "GELU",
                           "`x * P(Z <= x)` for a normal Z; `approximate='tanh'` computes nearly that by a tanh "
                           "(Hendrycks and Gimpel, 2016).");
  def_activation<nn::Softmax>(
      m, "Softmax", "`exp(x)` divided by its sum along the axis `dim`; None chooses the axis as PyTorch does.",
      "dim=-1");
  def_activation<nn::Softmin>(m, "Softmin", "`softmax(-x)` along the axis `dim`.", "dim=-1");
  def_activation<nn::LogSoftmax>(m, "LogSoftmax", "The logarithm of softmax along the axis `dim`.", "dim=-1");
  def_activation<nn::Softmax2d>(m, "Softmax2d", "Softmax over the channels of (N, C, H, W) or (C, H, W).", "",
                                "(2, 3, 4, 4)", "(2, 3, 4, 4)");
}

}  // namespace

void register_nn_activations(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_plain(m);
  register_with_options(m);
  def_activation<nn::PReLU>(
      m, "PReLU",
      "`x`, times a learned `weight` where negative: one for all, or `num_parameters` of them, one "
      "for each channel (axis 1), which start as `init` (He et al., 2015).");
  py::cast<py::module_>(m.attr("functional"))
      .def(
          "gumbel_softmax",
          [](const ArrayLike& logits, double tau, bool hard, OptionalAxis dim, OptionalAxis axis) {
            return nn::functional::gumbel_softmax(logits, tau, hard, either(axis, dim).value_or(-1));
          },
          "logits"_a, "tau"_a = 1.0, "hard"_a = false, py::kw_only(), "dim"_a = py::none(), "axis"_a = py::none(),
          "A sample of the categorical distribution of logits along an axis (the last unless given), softened so that "
          "gradients flow: `softmax((logits + g) / tau)` for Gumbel noise g. `hard`: one-hot, with the gradient of the "
          "soft sample (Jang, Gu and Poole, 2017).\n\nRaises ValueError unless tau is positive.\n\n"
          "Example:\n    >>> y = ingot.nn.functional.gumbel_softmax(ingot.zeros((2, 3)), hard=True)\n"
          "    >>> y.sum(-1).tolist()\n    [1.0, 1.0]");
}

}  // namespace ingot::python
