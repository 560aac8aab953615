#include "ingot/optim/rmsprop.h"

#include "ingot/ops/elementwise.h"

namespace ingot::optim {

RMSprop::RMSprop(const std::vector<Array>& params, const RMSpropOptions& options)
    : Optimizer("RMSprop",
                {{"lr", options.lr},
                 {"alpha", options.alpha},
                 {"eps", options.eps},
                 {"weight_decay", options.weight_decay},
                 {"momentum", options.momentum},
                 {"centered", options.centered},
                 {"maximize", options.maximize}},
                {"momentum"}) {
  add_param_group(params);
}

std::vector<std::string> RMSprop::slot_names(const Group& group, const Array&) const {
  std::vector<std::string> names{"square_avg"};
  if (group.number("momentum") != 0) names.push_back("momentum_buffer");
  if (group.flag("centered")) names.push_back("grad_avg");
  return names;
}

void RMSprop::check(const Group& group) const {
  check_range(group, "alpha", 0, 1);
  check_not_negative(group, {"eps", "weight_decay", "momentum"});
  check_real(type_name(), group);
}

std::vector<Array> RMSprop::coefficients(const Group& group, const Array&) const {
  return {group.value("lr"), group.value("momentum")};
}

Array RMSprop::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                      std::span<const Array> coefficients) const {
  const double alpha = group.number("alpha");
  const bool has_momentum = group.number("momentum") != 0;
  const Array g = downhill_with_decay(group, grad, param);
  Array& square_mean = slots[0];
  square_mean = square_mean * alpha + square(g) * (1 - alpha);
  Array variance = square_mean;
  if (group.flag("centered")) {
    Array& mean = slots[has_momentum ? 2 : 1];
    mean = mean * alpha + g * (1 - alpha);
    variance = square_mean - square(mean);
  }
  const Array quotient = g / (sqrt(variance) + group.number("eps"));
  if (!has_momentum) return param - quotient * coefficients[0];
  slots[1] = slots[1] * coefficients[1] + quotient;
  return param - slots[1] * coefficients[0];
}

}  // namespace ingot::optim
