#include "ingot/optim/adadelta.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Adadelta::Adadelta(const std::vector<Array>& params, const AdadeltaOptions& options)
    : Optimizer("Adadelta", {{"lr", options.lr},
                             {"rho", options.rho},
                             {"eps", options.eps},
                             {"weight_decay", options.weight_decay},
                             {"maximize", options.maximize}}) {
  add_param_group(params);
}

std::vector<std::string> Adadelta::slot_names(const Group&, const Array&) const { return {"square_avg", "acc_delta"}; }

void Adadelta::check(const Group& group) const {
  if (const double rho = group.number("rho"); !(rho >= 0 && rho <= 1))
    throw ValueError("rho: expected a value in [0, 1], got ", rho);
  check_not_negative(group, {"eps", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> Adadelta::coefficients(const Group& group, const Array&) const { return {group.value("lr")}; }

Array Adadelta::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                       std::span<const Array> coefficients) const {
  const double rho = group.number("rho"), eps = group.number("eps");
  const Array g = downhill_with_decay(group, grad, param);
  Array &square_mean = slots[0], &change_mean = slots[1];
  square_mean = square_mean * rho + square(g) * (1 - rho);
  const Array change = sqrt(change_mean + eps) / sqrt(square_mean + eps) * g;
  change_mean = change_mean * rho + square(change) * (1 - rho);
  return param - change * coefficients[0];
}

}  // namespace ingot::optim
