// The constructors of Adam and its relatives, with torch's names, order and defaults.
#include "ingot/optim/adam.h"
#include "ingot/optim/adamax.h"
#include "ingot/optim/nadam.h"
#include "ingot/optim/radam.h"
#include "optim_bind.h"

namespace ingot::python {

namespace {

void register_adam(py::module_& m) {
  using O = optim::AdamOptions;
  def_rule<optim::Adam, O>(
      m, "Adam",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("amsgrad", &O::amsgrad)),
      std::tuple(hyperparameter("maximize", &O::maximize),
                 hyperparameter("decoupled_weight_decay", &O::decoupled_weight_decay)),
      "Adam (Kingma and Ba, 2015): `p <- p - lr * m / (sqrt(v) + eps)`, with `m` and `v` the bias-corrected running "
      "means of the gradient and of its square. `weight_decay` adds `weight_decay * p` to the gradient, or if "
      "decoupled shrinks the parameter itself; `amsgrad` keeps the largest `v` seen.\n\nRaises ValueError if there are "
      "no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> "
      "optimizer = ingot.optim.Adam(model.parameters(), lr=1e-3)\n    >>> model(ingot.ones((4, 2))).sum().backward()\n "
      "   >>> optimizer.step()");
}

void register_adamw(py::module_& m) {
  using O = optim::AdamWOptions;
  def_rule<optim::AdamW, O>(
      m, "AdamW",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("amsgrad", &O::amsgrad)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Adam with decoupled weight decay (Loshchilov and Hutter, 2019), which shrinks the parameter itself and leaves "
      "the gradient alone.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.AdamW(model.parameters(), lr=1e-3)\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_adamax(py::module_& m) {
  using O = optim::AdamaxOptions;
  def_rule<optim::Adamax, O>(
      m, "Adamax",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "Adamax (Kingma and Ba, 2015, section 7.1): `p <- p - lr * m / u`, with `m` the bias-corrected running mean of "
      "the gradient and `u <- max(beta2 * u, |g| + eps)`.\n\nRaises ValueError if there are no parameters or a "
      "hyperparameter is out of range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.Adamax(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
}

void register_nadam(py::module_& m) {
  using O = optim::NAdamOptions;
  def_rule<optim::NAdam, O>(
      m, "NAdam",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("momentum_decay", &O::momentum_decay),
                 hyperparameter("decoupled_weight_decay", &O::decoupled_weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "NAdam (Dozat, 2016): Adam with Nesterov's momentum, which grows towards `betas[0]` as fast as `momentum_decay` "
      "says.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of range.\n\nExample:\n    >>> "
      "model = ingot.nn.Linear(2, 1)\n    >>> optimizer = ingot.optim.NAdam(model.parameters())\n    >>> "
      "model(ingot.ones((4, 2))).sum().backward()\n    >>> optimizer.step()");
}

void register_radam(py::module_& m) {
  using O = optim::RAdamOptions;
  def_rule<optim::RAdam, O>(
      m, "RAdam",
      std::tuple(hyperparameter("lr", &O::lr), hyperparameter("betas", &O::beta1, &O::beta2),
                 hyperparameter("eps", &O::eps), hyperparameter("weight_decay", &O::weight_decay),
                 hyperparameter("decoupled_weight_decay", &O::decoupled_weight_decay)),
      std::tuple(hyperparameter("maximize", &O::maximize)),
      "RAdam (Liu et al., 2020): plain momentum as long as too few gradients were seen for their variance to be known, "
      "then Adam with a rectified step.\n\nRaises ValueError if there are no parameters or a hyperparameter is out of "
      "range.\n\nExample:\n    >>> model = ingot.nn.Linear(2, 1)\n    >>> optimizer = "
      "ingot.optim.RAdam(model.parameters())\n    >>> model(ingot.ones((4, 2))).sum().backward()\n    >>> "
      "optimizer.step()");
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
