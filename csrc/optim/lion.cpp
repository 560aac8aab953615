#include "ingot/optim/lion.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Lion::Lion(const std::vector<Array>& params, const LionOptions& options)
    : Optimizer("Lion",
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"weight_decay", options.weight_decay},
                 {"maximize", options.maximize}},
                {"beta1"}) {
  add_param_group(params);
}

std::vector<std::string> Lion::slot_names(const Group&, const Array&) const { return {"exp_avg"}; }

void Lion::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> Lion::coefficients(const Group& group, const Array&) const {
  const Array &lr = group.value("lr"), &beta1 = group.value("beta1");
  return {lr, beta1, 1.0 - beta1, 1.0 - lr * group.number("weight_decay")};
}

Array Lion::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const double beta2 = group.number("beta2");
  const Array g = downhill(group, grad);
  const Array direction = sign(slots[0] * coefficients[1] + g * coefficients[2]);
  slots[0] = slots[0] * beta2 + g * (1 - beta2);
  return (group.number("weight_decay") != 0 ? param * coefficients[3] : param) - direction * coefficients[0];
}

}  // namespace ingot::optim
