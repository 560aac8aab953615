// The constructors of the rules, with torch's names, order and defaults.
#include <array>

#include "ingot/ingot.h"
#include "optim_bind.h"

namespace ingot::python {

namespace {

using optim::Optimizer;

bool matches_adamw(const std::optional<std::string>& adjust_lr_fn) {
  const std::string choice = adjust_lr_fn.value_or("original");
  if (choice != "original" && choice != "match_rms_adamw")
    throw ValueError("adjust_lr_fn: expected None, \"original\" or \"match_rms_adamw\", got \"", choice, "\"");
  return choice == "match_rms_adamw";
}

void register_sgd(py::module_& m) {
  using O = optim::SGDOptions;
  def_rule<optim::SGD, O>(
      m, "SGD",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("momentum", &O::momentum),
                 hyperparameter("dampening", &O::dampening), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("nesterov", &O::nesterov)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Stochastic gradient descent: `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with "
      "momentum `v <- momentum * v + (1 - dampening) * g`, or Nesterov's `g + momentum * v` of that.\n\nRaises "
      "ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = "
      "ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.SGD(model.parameters(), lr=0.1)\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()");
}

void register_adagrad(py::module_& m) {
  using O = optim::AdagradOptions;
  def_rule<optim::Adagrad, O>(
      m, "Adagrad",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("lr_decay", &O::lr_decay),
                 hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("initial_accumulator_value", &O::initial_accumulator_value),
                 hyperparameter("eps", &O::eps)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Adagrad (Duchi, Hazan and Singer, 2011): `s <- s + g^2`, `p <- p - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(s) "
      "+ eps)`.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    "
      ">>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.Adagrad(model.parameters())\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()");
}

void register_adadelta(py::module_& m) {
  using O = optim::AdadeltaOptions;
  def_rule<optim::Adadelta, O>(
      m, "Adadelta",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("rho", &O::rho), hyperparameter("eps", &O::eps),
                 hyperparameter("weight_decay", &O::weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Adadelta (Zeiler, 2012): `p <- p - lr * d` with `d = g * sqrt(u + eps) / sqrt(s + eps)`, where `s` and `u` are "
      "running means (of rate `rho`) of `g^2` and `d^2`.\n\nRaises ValueError if there are no parameters or a "
      "hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adadelta(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_rmsprop(py::module_& m) {
  using O = optim::RMSpropOptions;
  def_rule<optim::RMSprop, O>(
      m, "RMSprop",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("alpha", &O::alpha), hyperparameter("eps", &O::eps),
                 hyperparameter("weight_decay", &O::weight_decay), hyperparameter("momentum", &O::momentum),
                 hyperparameter("centered", &O::centered), hyperparameter("maximize", &O::maximize)),
      std::tuple(),
      "RMSprop (Hinton): `p <- p - lr * g / (sqrt(v) + eps)` with `v` the running mean of `g^2`, or if `centered` of "
      "the variance of `g`; with momentum those quotients are added up in a buffer.\n\nRaises ValueError if there are "
      "no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.RMSprop(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    "
      ">>> optimizer.step()");
}

void register_rprop(py::module_& m) {
  using O = optim::RpropOptions;
  def_rule<optim::Rprop, O>(
      m, "Rprop",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("etas", &O::eta_minus, &O::eta_plus),
                 hyperparameter("step_sizes", &O::step_size_min, &O::step_size_max)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Rprop (Riedmiller and Braun, 1993): each entry has a step of its own, which grows by `etas[1]` while the "
      "gradient keeps its sign and shrinks by `etas[0]` where it changes, within `step_sizes`. For gradients of the "
      "whole data set.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Rprop(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_asgd(py::module_& m) {
  using O = optim::ASGDOptions;
  def_rule<optim::ASGD, O>(
      m, "ASGD",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("lambd", &O::lambd), hyperparameter("alpha", &O::alpha),
                 hyperparameter("t0", &O::t0), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("maximize", &O::maximize)),
      std::tuple(),
      "Averaged stochastic gradient descent (Polyak and Juditsky, 1992), with rate `lr / (1 + lambd * lr * t)^alpha`; "
      "the mean of the parameters since step `t0` is `optimizer.state[p]['ax']`.\n\nRaises ValueError if there are no "
      "parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.ASGD(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_lion(py::module_& m) {
  using O = optim::LionOptions;
  def_rule<optim::Lion, O>(
      m, "Lion",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("weight_decay", &O::weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Lion (Chen et al., 2023): `p <- p * (1 - lr * weight_decay) - lr * sign(beta1 * m + (1 - beta1) * g)`, then `m "
      "<- beta2 * m + (1 - beta2) * g`. Its rate is a third to a tenth of AdamW's, its decay as much larger.\n\nRaises "
      "ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = "
      "ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.Lion(model.parameters(), lr=1e-4)\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()");
}

void register_lamb(py::module_& m) {
  using O = optim::LAMBOptions;
  def_rule<optim::LAMB, O>(
      m, "LAMB",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "LAMB (You et al., 2020), for large batches: Adam's step plus `weight_decay * p`, scaled so that its norm is "
      "`lr` times the norm of the parameter.\n\nRaises ValueError if there are no parameters or a hyperparameter is "
      "out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.LAMB(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_adafactor(py::module_& m) {
  using O = optim::AdafactorOptions;
  def_rule<optim::Adafactor, O>(
      m, "Adafactor",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("beta2_decay", &O::beta2_decay),
                 hyperparameter("eps", &O::eps1, &O::eps2), hyperparameter("d", &O::d),
                 hyperparameter("weight_decay", &O::weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Adafactor (Shazeer and Stern, 2018) without momentum: the mean squared gradient of a matrix is kept as its row "
      "and column means; steps are relative to the size of the parameter (at least `eps[1]`) and clipped at a root "
      "mean square of `d`.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adafactor(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_muon(py::module_& m) {
  const optim::MuonOptions defaults;
  py::class_<optim::Muon, Optimizer>(
      m, "Muon",
      "Muon (Jordan et al., 2024) for matrices: the step is the momentum with all its singular values brought near 1 "
      "by `ns_steps` Newton-Schulz iterations, here in float32. `adjust_lr_fn` is None (the rate times `sqrt(max(1, "
      "rows / columns))`) or 'match_rms_adamw' (times `0.2 * sqrt(max(rows, columns))`).\n\nRaises ValueError for a "
      "parameter that has not two axes.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Muon([model.weight], lr=0.02)\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double weight_decay, double momentum, bool nesterov,
                       const std::array<double, 3>& ns_coefficients, double eps, int64_t ns_steps,
                       const std::optional<std::string>& adjust_lr_fn, bool maximize, const py::kwargs& tuning) {
             optim::MuonOptions options;
             options.lr = lr;
             options.weight_decay = weight_decay;
             options.momentum = momentum;
             options.nesterov = nesterov;
             options.ns_a = ns_coefficients[0];
             options.ns_b = ns_coefficients[1];
             options.ns_c = ns_coefficients[2];
             options.eps = eps;
             options.ns_steps = ns_steps;
             options.match_rms_adamw = matches_adamw(adjust_lr_fn);
             options.maximize = maximize;
             return make_optimizer<optim::Muon>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "weight_decay"_a = defaults.weight_decay, "momentum"_a = defaults.momentum,
           "nesterov"_a = defaults.nesterov,
           "ns_coefficients"_a = std::array{defaults.ns_a, defaults.ns_b, defaults.ns_c}, "eps"_a = defaults.eps,
           "ns_steps"_a = defaults.ns_steps, "adjust_lr_fn"_a = py::none(), py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_lbfgs(py::module_& m) {
  const optim::LBFGSOptions defaults;
  py::class_<optim::LBFGS, Optimizer>(
      m, "LBFGS",
      "L-BFGS (Liu and Nocedal, 1989), for losses that are the same at every evaluation. `step(closure)` runs up to "
      "`max_iter` iterations; the closure clears the gradients, computes the loss, calls backward on it and returns "
      "it. Steps have length `lr`, or with `line_search_fn='strong_wolfe'` are searched for.\n\nRaises ValueError for "
      "more than one parameter group, TypeError for a step without a closure.\n\nExample:\n    >>> x = "
      "ingot.nn.Parameter(ingot.array([3.0, -2.0]))\n    >>> optimizer = ingot.optim.LBFGS([x], "
      "line_search_fn='strong_wolfe')\n    >>> def closure():\n    ...     optimizer.zero_grad()\n    ...     loss = "
      "((x - 1) ** 2).sum()\n    ...     loss.backward()\n    ...     return loss\n    >>> loss = "
      "optimizer.step(closure)\n    >>> print(x.round())\n    [1. 1.]")
      .def(py::init([](const py::object& params, double lr, int64_t max_iter, const std::optional<int64_t>& max_eval,
                       double tolerance_grad, double tolerance_change, int64_t history_size,
                       const std::optional<std::string>& line_search_fn) {
             if (line_search_fn && *line_search_fn != "strong_wolfe")
               throw ValueError("line_search_fn: expected None or \"strong_wolfe\", got \"", *line_search_fn, "\"");
             return make_optimizer<optim::LBFGS>(
                 params, optim::LBFGSOptions{lr, max_iter, max_eval.value_or(0), tolerance_grad, tolerance_change,
                                             history_size, line_search_fn.has_value()});
           }),
           "params"_a, "lr"_a = defaults.lr, "max_iter"_a = defaults.max_iter, "max_eval"_a = py::none(),
           "tolerance_grad"_a = defaults.tolerance_grad, "tolerance_change"_a = defaults.tolerance_change,
           "history_size"_a = defaults.history_size, "line_search_fn"_a = py::none());
}

}  // namespace

void register_optimizer_rules(py::module_& m) {
  register_sgd(m);
  register_adam_rules(m);
  register_adagrad(m);
  register_adadelta(m);
  register_rmsprop(m);
  register_rprop(m);
  register_asgd(m);
  register_lion(m);
  register_lamb(m);
  register_adafactor(m);
  register_muon(m);
  register_lbfgs(m);
}

}  // namespace ingot::python
