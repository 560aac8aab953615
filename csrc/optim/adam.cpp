#include "ingot/optim/adam.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Adam::Adam(const std::vector<Array>& params, const AdamOptions& options) : Adam("Adam", params, options) {}

Adam::Adam(std::string type_name, const std::vector<Array>& params, const AdamOptions& options)
    : Optimizer(std::move(type_name),
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"amsgrad", options.amsgrad},
                 {"maximize", options.maximize},
                 {"decoupled_weight_decay", options.decoupled_weight_decay}},
                {"beta1"}) {
  add_param_group(params);
}

AdamW::AdamW(const std::vector<Array>& params, const AdamWOptions& options)
    : Adam("AdamW", params,
           {options.lr, options.beta1, options.beta2, options.eps, options.weight_decay, options.amsgrad,
            options.maximize, true}) {}

std::vector<std::string> Adam::slot_names(const Group& group, const Array&) const {
  if (group.flag("amsgrad")) return {"exp_avg", "exp_avg_sq", "max_exp_avg_sq"};
  return {"exp_avg", "exp_avg_sq"};
}

void Adam::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"eps", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> Adam::coefficients(const Group& group, const Array& steps) const {
  const Array &lr = group.value("lr"), &beta1 = group.value("beta1");
  // In float64: 1 - beta^t loses half its digits in float32 while t is small.
  const Array correction1 = 1.0 - pow(beta1, steps);
  const Array correction2 = 1.0 - pow(group.number("beta2"), steps);
  return {lr / correction1, rsqrt(correction2), beta1, 1.0 - beta1, 1.0 - lr * group.number("weight_decay")};
}

Array Adam::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const Array &step_size = coefficients[0], &second_scale = coefficients[1], &shrunk = coefficients[4];
  const double beta2 = group.number("beta2");
  const Array g = downhill_with_decay(group, grad, param);
  const bool shrinks = group.number("weight_decay") != 0 && group.flag("decoupled_weight_decay");
  const Array start = shrinks ? param * shrunk : param;

  Array &mean = slots[0], &square_mean = slots[1];
  mean = mean * coefficients[2] + g * coefficients[3];
  square_mean = square_mean * beta2 + square(g) * (1 - beta2);
  if (group.flag("amsgrad")) slots[2] = maximum(slots[2], square_mean);
  const Array& variance = group.flag("amsgrad") ? slots[2] : square_mean;
  return start - step_size * mean / (sqrt(variance) * second_scale + group.number("eps"));
}

}  // namespace ingot::optim
