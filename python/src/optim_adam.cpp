// The constructors of Adam and its relatives, with torch's names, order and defaults.
#include <tuple>

#include "ingot/optim/adam.h"
#include "ingot/optim/adamax.h"
#include "ingot/optim/nadam.h"
#include "ingot/optim/radam.h"
#include "optim_groups.h"

namespace ingot::python {

namespace {

using optim::Optimizer;

void register_adam(py::module_& m) {
  const optim::AdamOptions defaults;
  py::class_<optim::Adam, Optimizer>(
      m, "Adam",
      "Adam (Kingma and Ba, 2015): `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running "
      "means of the gradient and of its square. `weight_decay` adds `weight_decay * p` to the gradient, or if "
      "decoupled shrinks the parameter itself; `amsgrad` keeps the largest `v` seen.\n\nRaises ValueError if there are "
      "no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.Adam(model.parameters(), lr=1e-3)\n    >>> model(ingot.ones((4, 2))).sum().backward()\n "
      "   >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, bool amsgrad, bool maximize, bool decoupled_weight_decay,
                       const py::kwargs& tuning) {
             optim::AdamOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.amsgrad = amsgrad;
             options.maximize = maximize;
             options.decoupled_weight_decay = decoupled_weight_decay;
             return make_optimizer<optim::Adam>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay, "amsgrad"_a = defaults.amsgrad,
           py::kw_only(), "maximize"_a = defaults.maximize,
           "decoupled_weight_decay"_a = defaults.decoupled_weight_decay);
}

void register_adamw(py::module_& m) {
  const optim::AdamWOptions defaults;
  py::class_<optim::AdamW, Optimizer>(
      m, "AdamW",
      "Adam with decoupled weight decay (Loshchilov and Hutter, 2019), which shrinks the parameter itself and leaves "
      "the gradient alone.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.AdamW(model.parameters(), lr=1e-3)\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, bool amsgrad, bool maximize, const py::kwargs& tuning) {
             optim::AdamWOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.amsgrad = amsgrad;
             options.maximize = maximize;
             return make_optimizer<optim::AdamW>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay, "amsgrad"_a = defaults.amsgrad,
           py::kw_only(), "maximize"_a = defaults.maximize);
}

void register_adamax(py::module_& m) {
  const optim::AdamaxOptions defaults;
  py::class_<optim::Adamax, Optimizer>(
      m, "Adamax",
      "Adamax (Kingma and Ba, 2015, section 7.1): `p <- p - lr * m / u`, with `m` the bias-corrected running mean of "
      "the gradient and `u <- max(beta2 * u, |g| + eps)`.\n\nRaises ValueError if there are no parameters or a "
      "hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adamax(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, bool maximize, const py::kwargs& tuning) {
             optim::AdamaxOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::Adamax>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay, py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_nadam(py::module_& m) {
  const optim::NAdamOptions defaults;
  py::class_<optim::NAdam, Optimizer>(
      m, "NAdam",
      "NAdam (Dozat, 2016): Adam with Nesterov's momentum, which grows towards `betas[0]` as fast as `momentum_decay` "
      "says.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> "
      "model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.NAdam(model.parameters())\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, double momentum_decay, bool decoupled_weight_decay, bool maximize,
                       const py::kwargs& tuning) {
             optim::NAdamOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.momentum_decay = momentum_decay;
             options.decoupled_weight_decay = decoupled_weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::NAdam>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay,
           "momentum_decay"_a = defaults.momentum_decay, "decoupled_weight_decay"_a = defaults.decoupled_weight_decay,
           py::kw_only(), "maximize"_a = defaults.maximize);
}

void register_radam(py::module_& m) {
  const optim::RAdamOptions defaults;
  py::class_<optim::RAdam, Optimizer>(
      m, "RAdam",
      "RAdam (Liu et al., 2020): plain momentum as long as too few gradients were seen for their variance to be known, "
      "then Adam with a rectified step.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.RAdam(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, bool decoupled_weight_decay, bool maximize, const py::kwargs& tuning) {
             optim::RAdamOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.decoupled_weight_decay = decoupled_weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::RAdam>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay,
           "decoupled_weight_decay"_a = defaults.decoupled_weight_decay, py::kw_only(),
           "maximize"_a = defaults.maximize);
}

}  // namespace

void register_adam_rules(py::module_& m) {
  register_adam(m);
  register_adamw(m);
  register_adamax(m);
  register_nadam(m);
  register_radam(m);
}

}  // namespace ingot::python
