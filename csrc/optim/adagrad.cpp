#include "ingot/optim/adagrad.h"

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Adagrad::Adagrad(const std::vector<Array>& params, const AdagradOptions& options)
    : Optimizer("Adagrad", {{"lr", options.lr},
                            {"lr_decay", options.lr_decay},
                            {"weight_decay", options.weight_decay},
                            {"initial_accumulator_value", options.initial_accumulator_value},
                            {"eps", options.eps},
                            {"maximize", options.maximize}}) {
  add_param_group(params);
}

std::vector<std::string> Adagrad::slot_names(const Group&, const Array&) const { return {"sum"}; }

std::vector<Array> Adagrad::initial_slots(const Group& group, const Array& param) const {
  return {full(param.shape(), group.number("initial_accumulator_value"), compute_dtype(param.dtype()))};
}

void Adagrad::check(const Group& group) const {
  check_not_negative(group, {"lr_decay", "weight_decay", "initial_accumulator_value", "eps"});
  check_real(type_name(), group);
}

std::vector<Array> Adagrad::coefficients(const Group& group, const Array& steps) const {
  return {group.value("lr") / (1.0 + (steps - 1.0) * group.number("lr_decay"))};
}

Array Adagrad::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                      std::span<const Array> coefficients) const {
  const Array g = downhill_with_decay(group, grad, param);
  slots[0] = slots[0] + square(g);
  return param - coefficients[0] * g / (sqrt(slots[0]) + group.number("eps"));
}

}  // namespace ingot::optim
