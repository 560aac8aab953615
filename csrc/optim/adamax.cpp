#include "ingot/optim/adamax.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Adamax::Adamax(const std::vector<Array>& params, const AdamaxOptions& options)
    : Optimizer("Adamax",
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"maximize", options.maximize}},
                {"beta1"}) {
  add_param_group(params);
}

std::vector<std::string> Adamax::slot_names(const Group&, const Array&) const { return {"exp_avg", "exp_inf"}; }

void Adamax::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"eps", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> Adamax::coefficients(const Group& group, const Array& steps) const {
  const Array& beta1 = group.value("beta1");
  return {group.value("lr") / (1.0 - pow(beta1, steps)), beta1, 1.0 - beta1};
}

Array Adamax::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                     std::span<const Array> coefficients) const {
  const Array g = downhill_with_decay(group, grad, param);
  Array &mean = slots[0], &largest = slots[1];
  mean = mean * coefficients[1] + g * coefficients[2];
  largest = maximum(largest * group.number("beta2"), abs(g) + group.number("eps"));
  return param - coefficients[0] * mean / largest;
}

}  // namespace ingot::optim
