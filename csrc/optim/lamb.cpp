#include "ingot/optim/lamb.h"

#include "ingot/ops/elementwise.h"
#include "ingot/ops/reduction.h"

namespace ingot::optim {

LAMB::LAMB(const std::vector<Array>& params, const LAMBOptions& options)
    : Optimizer("LAMB",
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"maximize", options.maximize}},
                {"beta1"}) {
  add_param_group(params);
}

std::vector<std::string> LAMB::slot_names(const Group&, const Array&) const { return {"exp_avg", "exp_avg_sq"}; }

void LAMB::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"eps", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> LAMB::coefficients(const Group& group, const Array& steps) const {
  const Array& beta1 = group.value("beta1");
  return {group.value("lr"), 1.0 / (1.0 - pow(beta1, steps)), rsqrt(1.0 - pow(group.number("beta2"), steps)), beta1,
          1.0 - beta1};
}

Array LAMB::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const double beta2 = group.number("beta2"), decay = group.number("weight_decay");
  const Array g = downhill(group, grad);
  Array &mean = slots[0], &square_mean = slots[1];
  mean = mean * coefficients[3] + g * coefficients[4];
  square_mean = square_mean * beta2 + square(g) * (1 - beta2);
  Array direction = mean * coefficients[1] / (sqrt(square_mean) * coefficients[2] + group.number("eps"));
  if (decay != 0) direction = direction + param * decay;
  const Array size = sqrt(sum(square(param))), length = sqrt(sum(square(direction)));
  const Array trust = where((size > 0) & (length > 0), size / length, 1.0);
  return param - coefficients[0] * trust * direction;
}

}  // namespace ingot::optim
