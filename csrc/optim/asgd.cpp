#include "ingot/optim/asgd.h"

#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

ASGD::ASGD(const std::vector<Array>& params, const ASGDOptions& options)
    : Optimizer("ASGD", {{"lr", options.lr},
                         {"lambd", options.lambd},
                         {"alpha", options.alpha},
                         {"t0", options.t0},
                         {"weight_decay", options.weight_decay},
                         {"maximize", options.maximize}}) {
  add_param_group(params);
}

std::vector<std::string> ASGD::slot_names(const Group&, const Array&) const { return {"eta", "mu", "ax"}; }

std::vector<Array> ASGD::initial_slots(const Group& group, const Array& param) const {
  const DType dtype = compute_dtype(param.dtype());
  return {scalar(item<double>(group.value("lr")), dtype), ones({}, dtype), zeros(param.shape(), dtype)};
}

void ASGD::check(const Group& group) const {
  check_not_negative(group, {"weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> ASGD::coefficients(const Group& group, const Array& steps) const {
  const Array& lr = group.value("lr");
  // Rate and weight of the next step.
  return {lr / pow(1.0 + group.number("lambd") * lr * steps, group.number("alpha")),
          1.0 / maximum(steps - group.number("t0"), 1.0)};
}

Array ASGD::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const Array g = downhill_with_decay(group, grad, param);
  Array &rate = slots[0], &weight = slots[1], &average = slots[2];
  const Array moved = param * (1.0 - group.number("lambd") * rate) - g * rate;
  average = where(weight == 1, moved, average + (moved - average) * weight);
  rate = coefficients[0];
  weight = coefficients[1];
  return moved;
}

}  // namespace ingot::optim
