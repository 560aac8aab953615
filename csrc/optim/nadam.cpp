#include "ingot/optim/nadam.h"

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

NAdam::NAdam(const std::vector<Array>& params, const NAdamOptions& options)
    : Optimizer("NAdam",
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"momentum_decay", options.momentum_decay},
                 {"decoupled_weight_decay", options.decoupled_weight_decay},
                 {"maximize", options.maximize}},
                {"beta1"}) {
  add_param_group(params);
}

std::vector<std::string> NAdam::slot_names(const Group&, const Array&) const {
  return {"exp_avg", "exp_avg_sq", "mu_product"};
}

std::vector<Array> NAdam::initial_slots(const Group&, const Array& param) const {
  const DType dtype = compute_dtype(param.dtype());
  return {zeros(param.shape(), dtype), zeros(param.shape(), dtype), ones({}, dtype)};
}

void NAdam::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"eps", "weight_decay", "momentum_decay"});
  check_real(type_name(), group);
}

std::vector<Array> NAdam::coefficients(const Group& group, const Array& steps) const {
  const Array &lr = group.value("lr"), &beta1 = group.value("beta1");
  const double decay = group.number("momentum_decay");
  const auto momentum = [&](const Array& step) { return beta1 * (1.0 - 0.5 * pow(0.96, step * decay)); };
  const Array now = momentum(steps), next = momentum(steps + 1.0);
  return {lr * (1.0 - now),
          lr * next,
          now,
          next,
          rsqrt(1.0 - pow(group.number("beta2"), steps)),
          beta1,
          1.0 - beta1,
          1.0 - lr * group.number("weight_decay")};
}

Array NAdam::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                    std::span<const Array> coefficients) const {
  const Array &now = coefficients[2], &next = coefficients[3];
  const double beta2 = group.number("beta2");
  const Array g = downhill_with_decay(group, grad, param);
  const bool shrinks = group.number("weight_decay") != 0 && group.flag("decoupled_weight_decay");
  const Array start = shrinks ? param * coefficients[7] : param;

  Array &mean = slots[0], &square_mean = slots[1], &product = slots[2];
  product = product * now;
  mean = mean * coefficients[5] + g * coefficients[6];
  square_mean = square_mean * beta2 + square(g) * (1 - beta2);
  const Array root = sqrt(square_mean) * coefficients[4] + group.number("eps");
  const Array by_gradient = coefficients[0] / (1 - product), by_mean = coefficients[1] / (1 - product * next);
  return start - (by_gradient * g + by_mean * mean) / root;
}

}  // namespace ingot::optim
