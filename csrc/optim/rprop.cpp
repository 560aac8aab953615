#include "ingot/optim/rprop.h"

#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

Rprop::Rprop(const std::vector<Array>& params, const RpropOptions& options)
    : Optimizer("Rprop", {{"lr", options.lr},
                          {"eta_minus", options.eta_minus},
                          {"eta_plus", options.eta_plus},
                          {"step_size_min", options.step_size_min},
                          {"step_size_max", options.step_size_max},
                          {"maximize", options.maximize}}) {
  add_param_group(params);
}

std::vector<std::string> Rprop::slot_names(const Group&, const Array&) const { return {"prev", "step_size"}; }

std::vector<Array> Rprop::initial_slots(const Group& group, const Array& param) const {
  const DType dtype = compute_dtype(param.dtype());
  const double lr = item<double>(group.value("lr"));
  return {zeros(param.shape(), dtype), full(param.shape(), lr, dtype)};
}

void Rprop::check(const Group& group) const {
  const double minus = group.number("eta_minus"), plus = group.number("eta_plus");
  if (!(0 < minus && minus < 1 && 1 < plus))
    throw ValueError("Rprop: etas must be below and above 1, got ", minus, " and ", plus);
  check_real(type_name(), group);
}

std::vector<Array> Rprop::coefficients(const Group&, const Array&) const { return {}; }

Array Rprop::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                    std::span<const Array>) const {
  const double minus = group.number("eta_minus");
  Array g = downhill(group, grad);
  Array &before = slots[0], &step_size = slots[1];
  const Array agreement = g * before;
  const Array turned = agreement < 0;
  step_size = clip(step_size * where(agreement > 0, group.number("eta_plus"), where(turned, minus, ones_like(g))),
                   group.number("step_size_min"), group.number("step_size_max"));
  g = where(turned, 0.0, g);
  before = g;
  return param - sign(g) * step_size;
}

}  // namespace ingot::optim
