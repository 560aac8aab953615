#include "ingot/optim/radam.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

RAdam::RAdam(const std::vector<Array>& params, const RAdamOptions& options)
    : Optimizer("RAdam",
                {{"lr", options.lr},
                 {"beta1", options.beta1},
                 {"beta2", options.beta2},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"decoupled_weight_decay", options.decoupled_weight_decay},
                 {"maximize", options.maximize}},
                {"beta1"}) {
  add_param_group(params);
}

std::vector<std::string> RAdam::slot_names(const Group&, const Array&) const { return {"exp_avg", "exp_avg_sq"}; }

void RAdam::check(const Group& group) const {
  check_range(group, "beta1", 0, 1);
  check_range(group, "beta2", 0, 1);
  check_not_negative(group, {"eps", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> RAdam::coefficients(const Group& group, const Array& steps) const {
  const Array &lr = group.value("lr"), &beta1 = group.value("beta1");
  const Array decayed = pow(group.number("beta2"), steps), correction2 = 1.0 - decayed;
  // The length of the average that the second moment is, in the limit and so far.
  const double limit = 2 / (1 - group.number("beta2")) - 1;
  const Array length = limit - 2.0 * steps * decayed / correction2;
  const Array rectified = sqrt((length - 4.0) * (length - 2.0) * limit / ((limit - 4) * (limit - 2) * length));
  return {lr / (1.0 - pow(beta1, steps)), where(length > 5.0, rectified * sqrt(correction2), 0.0), beta1, 1.0 - beta1,
          1.0 - lr * group.number("weight_decay")};
}

Array RAdam::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                    std::span<const Array> coefficients) const {
  const Array& rectified = coefficients[1];
  const double beta2 = group.number("beta2");
  const Array g = downhill_with_decay(group, grad, param);
  const bool shrinks = group.number("weight_decay") != 0 && group.flag("decoupled_weight_decay");
  const Array start = shrinks ? param * coefficients[4] : param;

  Array &mean = slots[0], &square_mean = slots[1];
  mean = mean * coefficients[2] + g * coefficients[3];
  square_mean = square_mean * beta2 + square(g) * (1 - beta2);
  const Array adapted = where(rectified > 0, rectified / (sqrt(square_mean) + group.number("eps")), 1.0);
  return start - coefficients[0] * mean * adapted;
}

}  // namespace ingot::optim
