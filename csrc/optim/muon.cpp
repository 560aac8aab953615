#include "ingot/optim/muon.h"

#include <algorithm>
#include <cmath>

#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/reduction.h"

namespace ingot::optim {

namespace {

/// Newton-Schulz iterations towards the orthogonal factor of `x`, on the side where the products are smaller.
Array orthogonal(const Array& x, const Group& group) {
  const double a = group.number("ns_a"), b = group.number("ns_b"), c = group.number("ns_c");
  const bool tall = x.shape(0) > x.shape(1);
  Array y = tall ? transpose(x) : x;
  y = y / maximum(sqrt(sum(square(y))), group.number("eps"));
  for (int64_t step = static_cast<int64_t>(group.number("ns_steps")); step > 0; --step) {
    const Array gram = matmul(y, transpose(y));
    y = y * a + matmul(gram * b + matmul(gram, gram) * c, y);
  }
  return tall ? transpose(y) : y;
}

}  // namespace

Muon::Muon(const std::vector<Array>& params, const MuonOptions& options)
    : Optimizer("Muon",
                {{"lr", options.lr},
                 {"weight_decay", options.weight_decay},
                 {"momentum", options.momentum},
                 {"nesterov", options.nesterov},
                 {"ns_a", options.ns_a},
                 {"ns_b", options.ns_b},
                 {"ns_c", options.ns_c},
                 {"eps", options.eps},
                 {"ns_steps", options.ns_steps},
                 {"match_rms_adamw", options.match_rms_adamw},
                 {"maximize", options.maximize}},
                {"momentum"}) {
  add_param_group(params);
}

std::vector<std::string> Muon::slot_names(const Group&, const Array&) const { return {"momentum_buffer"}; }

void Muon::check(const Group& group) const {
  check_not_negative(group, {"momentum", "weight_decay", "eps"});
  check_range(group, "ns_steps", 0, 100);
  for (const ParamState& state : group.params)
    if (state.param.ndim() != 2)
      throw ValueError("Muon: parameters must have two axes, got one of shape ", state.param.shape(),
                       "; leave the others to another optimizer, such as AdamW");
  check_real(type_name(), group);
}

std::vector<Array> Muon::coefficients(const Group& group, const Array&) const {
  const Array &lr = group.value("lr"), &momentum = group.value("momentum");
  return {lr, momentum, 1.0 - momentum, 1.0 - lr * group.number("weight_decay")};
}

Array Muon::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                   std::span<const Array> coefficients) const {
  const Array &momentum = coefficients[1], &rest = coefficients[2];
  const Array g = downhill(group, grad);
  Array& buffer = slots[0];
  buffer = buffer * momentum + g * rest;
  const Array direction = orthogonal(group.flag("nesterov") ? g * rest + buffer * momentum : buffer, group);

  const double rows = static_cast<double>(param.shape(0)), columns = static_cast<double>(param.shape(1));
  const double scale = group.flag("match_rms_adamw") ? 0.2 * std::sqrt(std::max(rows, columns))
                                                     : std::sqrt(std::max(1.0, columns == 0 ? 1.0 : rows / columns));
  const Array start = group.number("weight_decay") != 0 ? param * coefficients[3] : param;
  return start - direction * (coefficients[0] * scale);
}

}  // namespace ingot::optim
