// The constructors of the rules, with torch's names, order and defaults.
#include <array>
#include <tuple>

#include "ingot/ingot.h"
#include "optim_groups.h"

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
  const optim::SGDOptions defaults;
  py::class_<optim::SGD, Optimizer>(
      m, "SGD",
      "Stochastic gradient descent: `p <- p - lr * v`, with `v` the gradient (plus `weight_decay * p`), or with "
      "momentum `v <- momentum * v + (1 - dampening) * g`, or Nesterov's `g + momentum * v` of that.\n\nRaises "
      "ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = "
      "ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.SGD(model.parameters(), lr=0.1)\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double momentum, double dampening, double weight_decay,
                       bool nesterov, bool maximize, const py::kwargs& tuning) {
             optim::SGDOptions options;
             options.lr = lr;
             options.momentum = momentum;
             options.dampening = dampening;
             options.weight_decay = weight_decay;
             options.nesterov = nesterov;
             options.maximize = maximize;
             return make_optimizer<optim::SGD>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "momentum"_a = defaults.momentum, "dampening"_a = defaults.dampening,
           "weight_decay"_a = defaults.weight_decay, "nesterov"_a = defaults.nesterov, py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_adagrad(py::module_& m) {
  const optim::AdagradOptions defaults;
  py::class_<optim::Adagrad, Optimizer>(
      m, "Adagrad",
      "Adagrad (Duchi, Hazan and Singer, 2011): `s <- s + g^2`, `p <- p - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(s) "
      "+ eps)`.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    "
      ">>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.Adagrad(model.parameters())\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double lr_decay, double weight_decay,
                       double initial_accumulator_value, double eps, bool maximize, const py::kwargs& tuning) {
             optim::AdagradOptions options;
             options.lr = lr;
             options.lr_decay = lr_decay;
             options.weight_decay = weight_decay;
             options.initial_accumulator_value = initial_accumulator_value;
             options.eps = eps;
             options.maximize = maximize;
             return make_optimizer<optim::Adagrad>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "lr_decay"_a = defaults.lr_decay, "weight_decay"_a = defaults.weight_decay,
           "initial_accumulator_value"_a = defaults.initial_accumulator_value, "eps"_a = defaults.eps, py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_adadelta(py::module_& m) {
  const optim::AdadeltaOptions defaults;
  py::class_<optim::Adadelta, Optimizer>(
      m, "Adadelta",
      "Adadelta (Zeiler, 2012): `p <- p - lr * d` with `d = g * sqrt(u + eps) / sqrt(s + eps)`, where `s` and `u` are "
      "running means (of rate `rho`) of `g^2` and `d^2`.\n\nRaises ValueError if there are no parameters or a "
      "hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adadelta(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double rho, double eps, double weight_decay, bool maximize,
                       const py::kwargs& tuning) {
             optim::AdadeltaOptions options;
             options.lr = lr;
             options.rho = rho;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::Adadelta>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "rho"_a = defaults.rho, "eps"_a = defaults.eps,
           "weight_decay"_a = defaults.weight_decay, py::kw_only(), "maximize"_a = defaults.maximize);
}

void register_rmsprop(py::module_& m) {
  const optim::RMSpropOptions defaults;
  py::class_<optim::RMSprop, Optimizer>(
      m, "RMSprop",
      "RMSprop (Hinton): `p <- p - lr * g / (sqrt(v) + eps)` with `v` the running mean of `g^2`, or if `centered` of "
      "the variance of `g`; with momentum those quotients are added up in a buffer.\n\nRaises ValueError if there are "
      "no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.RMSprop(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    "
      ">>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double alpha, double eps, double weight_decay,
                       double momentum, bool centered, bool maximize, const py::kwargs& tuning) {
             optim::RMSpropOptions options;
             options.lr = lr;
             options.alpha = alpha;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.momentum = momentum;
             options.centered = centered;
             options.maximize = maximize;
             return make_optimizer<optim::RMSprop>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "alpha"_a = defaults.alpha, "eps"_a = defaults.eps,
           "weight_decay"_a = defaults.weight_decay, "momentum"_a = defaults.momentum, "centered"_a = defaults.centered,
           "maximize"_a = defaults.maximize);
}

void register_rprop(py::module_& m) {
  const optim::RpropOptions defaults;
  py::class_<optim::Rprop, Optimizer>(
      m, "Rprop",
      "Rprop (Riedmiller and Braun, 1993): each entry has a step of its own, which grows by `etas[1]` while the "
      "gradient keeps its sign and shrinks by `etas[0]` where it changes, within `step_sizes`. For gradients of the "
      "whole data set.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Rprop(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& etas,
                       const std::pair<double, double>& step_sizes, bool maximize, const py::kwargs& tuning) {
             optim::RpropOptions options;
             options.lr = lr;
             std::tie(options.eta_minus, options.eta_plus) = etas;
             std::tie(options.step_size_min, options.step_size_max) = step_sizes;
             options.maximize = maximize;
             return make_optimizer<optim::Rprop>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "etas"_a = std::pair(defaults.eta_minus, defaults.eta_plus),
           "step_sizes"_a = std::pair(defaults.step_size_min, defaults.step_size_max), py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_asgd(py::module_& m) {
  const optim::ASGDOptions defaults;
  py::class_<optim::ASGD, Optimizer>(
      m, "ASGD",
      "Averaged stochastic gradient descent (Polyak and Juditsky, 1992), with rate `lr / (1 + lambd * lr * t)^alpha`; "
      "the mean of the parameters since step `t0` is `optimizer.state[p]['ax']`.\n\nRaises ValueError if there are no "
      "parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.ASGD(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double lambd, double alpha, double t0, double weight_decay,
                       bool maximize, const py::kwargs& tuning) {
             optim::ASGDOptions options;
             options.lr = lr;
             options.lambd = lambd;
             options.alpha = alpha;
             options.t0 = t0;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::ASGD>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "lambd"_a = defaults.lambd, "alpha"_a = defaults.alpha,
           "t0"_a = defaults.t0, "weight_decay"_a = defaults.weight_decay, "maximize"_a = defaults.maximize);
}

void register_lion(py::module_& m) {
  const optim::LionOptions defaults;
  py::class_<optim::Lion, Optimizer>(
      m, "Lion",
      "Lion (Chen et al., 2023): `p <- p * (1 - lr * weight_decay) - lr * sign(beta1 * m + (1 - beta1) * g)`, then `m "
      "<- beta2 * m + (1 - beta2) * g`. Its rate is a third to a tenth of AdamW's, its decay as much larger.\n\nRaises "
      "ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = "
      "ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.Lion(model.parameters(), lr=1e-4)\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double weight_decay,
                       bool maximize, const py::kwargs& tuning) {
             optim::LionOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::Lion>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "weight_decay"_a = defaults.weight_decay, py::kw_only(), "maximize"_a = defaults.maximize);
}

void register_lamb(py::module_& m) {
  const optim::LAMBOptions defaults;
  py::class_<optim::LAMB, Optimizer>(
      m, "LAMB",
      "LAMB (You et al., 2020), for large batches: Adam's step plus `weight_decay * p`, scaled so that its norm is "
      "`lr` times the norm of the parameter.\n\nRaises ValueError if there are no parameters or a hyperparameter is "
      "out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.LAMB(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, const std::pair<double, double>& betas, double eps,
                       double weight_decay, bool maximize, const py::kwargs& tuning) {
             optim::LAMBOptions options;
             options.lr = lr;
             std::tie(options.beta1, options.beta2) = betas;
             options.eps = eps;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::LAMB>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "betas"_a = std::pair(defaults.beta1, defaults.beta2),
           "eps"_a = defaults.eps, "weight_decay"_a = defaults.weight_decay, py::kw_only(),
           "maximize"_a = defaults.maximize);
}

void register_adafactor(py::module_& m) {
  const optim::AdafactorOptions defaults;
  py::class_<optim::Adafactor, Optimizer>(
      m, "Adafactor",
      "Adafactor (Shazeer and Stern, 2018) without momentum: the mean squared gradient of a matrix is kept as its row "
      "and column means; steps are relative to the size of the parameter (at least `eps[1]`) and clipped at a root "
      "mean square of `d`.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adafactor(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()")
      .def(py::init([](const py::object& params, double lr, double beta2_decay,
                       const std::pair<std::optional<double>, double>& eps, double d, double weight_decay,
                       bool maximize, const py::kwargs& tuning) {
             optim::AdafactorOptions options;
             options.lr = lr;
             options.beta2_decay = beta2_decay;
             options.eps1 = eps.first;
             options.eps2 = eps.second;
             options.d = d;
             options.weight_decay = weight_decay;
             options.maximize = maximize;
             return make_optimizer<optim::Adafactor>(params, options, tuning);
           }),
           "params"_a, "lr"_a = defaults.lr, "beta2_decay"_a = defaults.beta2_decay,
           "eps"_a = std::pair(py::none(), defaults.eps2), "d"_a = defaults.d, "weight_decay"_a = defaults.weight_decay,
           py::kw_only(), "maximize"_a = defaults.maximize);
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
