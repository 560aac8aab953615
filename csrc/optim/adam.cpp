#include "ingot/optim/adam.h"

#include <limits>

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Adam::Adam(const std::vector<Array>& params, const AdamOptions& options) : Adam("Adam", params, options, false) {}

Adam::Adam(std::string type_name, const std::vector<Array>& params, const AdamOptions& options, bool decoupled)
    : Optimizer(std::move(type_name), {{"lr", options.lr},
                                       {"beta1", options.beta1},
                                       {"beta2", options.beta2},
                                       {"eps", options.eps},
                                       {"weight_decay", options.weight_decay},
                                       {"amsgrad", options.amsgrad},
                                       {"maximize", options.maximize}}),
      decoupled_(decoupled) {
  add_param_group(params);
}

AdamW::AdamW(const std::vector<Array>& params, const AdamWOptions& options)
    : Adam("AdamW", params,
           {options.lr, options.beta1, options.beta2, options.eps, options.weight_decay, options.amsgrad,
            options.maximize},
           true) {}

std::vector<std::string> Adam::slot_names(const Group& group) const {
  if (group.flag("amsgrad")) return {"exp_avg", "exp_avg_sq", "max_exp_avg_sq"};
  return {"exp_avg", "exp_avg_sq"};
}

void Adam::check(const Group& group) const {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_range(group, "eps", 0, kInfinity);
  check_range(group, "weight_decay", 0, kInfinity);
  for (const ParamState& state : group.params)
    if (is_complex(state.param.dtype()))
      throw TypeError(type_name(), ": parameters must be floating, got dtype ", state.param.dtype(),
                      "; optimize real and imaginary parts instead");
}

std::vector<Array> Adam::coefficients(const Group& group, const Array& lr, const Array& steps) const {
  // In float64: 1 - beta^t loses half its digits in float32 while t is small.
  const Array correction1 = 1.0 - pow(group.number("beta1"), steps);
  const Array correction2 = 1.0 - pow(group.number("beta2"), steps);
  std::vector<Array> result{lr / correction1, rsqrt(correction2)};
  if (decoupled_) result.push_back(1.0 - lr * group.number("weight_decay"));
  return result;
}

Array Adam::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const Array &step_size = coefficients[0], &second_scale = coefficients[1];
  const double beta1 = group.number("beta1"), beta2 = group.number("beta2"), decay = group.number("weight_decay");
  Array g = group.flag("maximize") ? -grad : grad;
  if (decay != 0 && !decoupled_) g = g + param * decay;
  const Array start = decay != 0 && decoupled_ ? param * coefficients[2] : param;

  Array &mean = slots[0], &square_mean = slots[1];
  mean = mean * beta1 + g * (1 - beta1);
  square_mean = square_mean * beta2 + square(g) * (1 - beta2);
  if (group.flag("amsgrad")) slots[2] = maximum(slots[2], square_mean);
  const Array& variance = group.flag("amsgrad") ? slots[2] : square_mean;
  return start - step_size * mean / (sqrt(variance) * second_scale + group.number("eps"));
}

}  // namespace ingot::optim
