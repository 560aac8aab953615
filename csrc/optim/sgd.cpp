#include "ingot/optim/sgd.h"

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

SGD::SGD(const std::vector<Array>& params, const SGDOptions& options)
    : Optimizer("SGD",
                {{"lr", options.lr},
                 {"momentum", options.momentum},
                 {"dampening", options.dampening},
                 {"weight_decay", options.weight_decay},
                 {"nesterov", options.nesterov},
                 {"maximize", options.maximize}},
                {"momentum"}) {
  add_param_group(params);
}

std::vector<std::string> SGD::slot_names(const Group& group, const Array&) const {
  if (group.number("momentum") == 0) return {};
  return {"momentum_buffer"};
}

void SGD::check(const Group& group) const {
  check_not_negative(group, {"momentum", "weight_decay"});
  if (group.flag("nesterov") && (group.number("momentum") == 0 || group.number("dampening") != 0))
    throw ValueError("SGD: nesterov needs a momentum and no dampening, got momentum ", group.number("momentum"),
                     " and dampening ", group.number("dampening"));
}

std::vector<Array> SGD::coefficients(const Group& group, const Array& steps) const {
  const Array &lr = group.value("lr"), &momentum = group.value("momentum");
  const double dampening = group.number("dampening");
  if (dampening == 0) return {lr, momentum};
  // The first gradient enters the buffer whole.
  return {lr, momentum, where(steps == 1, 1.0, full_like(steps, 1 - dampening))};
}

Array SGD::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                  std::span<const Array> coefficients) const {
  Array g = downhill_with_decay(group, grad, param);
  if (group.number("momentum") != 0) {
    const Array& momentum = coefficients[1];
    Array& buffer = slots[0];
    buffer = buffer * momentum + (group.number("dampening") != 0 ? g * coefficients[2] : g);
    g = group.flag("nesterov") ? g + buffer * momentum : buffer;
  }
  return param - g * coefficients[0];
}

}  // namespace ingot::optim
