#include "ingot/optim/adafactor.h"

#include <limits>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/reduction.h"

namespace ingot::optim {

namespace {

Array root_mean_square(const Array& x) { return sqrt(mean(square(x))); }

double epsilon_of(DType dtype) {
  return dtype == DType::float64 ? std::numeric_limits<double>::epsilon() : std::numeric_limits<float>::epsilon();
}

}  // namespace

Adafactor::Adafactor(const std::vector<Array>& params, const AdafactorOptions& options)
    : Optimizer("Adafactor", {{"lr", options.lr},
                              {"beta2_decay", options.beta2_decay},
                              {"eps1", options.eps1.value_or(0)},
                              {"eps2", options.eps2},
                              {"d", options.d},
                              {"weight_decay", options.weight_decay},
                              {"maximize", options.maximize}}) {
  add_param_group(params);
}

std::vector<std::string> Adafactor::slot_names(const Group&, const Array& param) const {
  if (param.ndim() > 1) return {"row_var", "col_var"};
  return {"variance"};
}

std::vector<Array> Adafactor::initial_slots(const Group&, const Array& param) const {
  const DType dtype = compute_dtype(param.dtype());
  if (param.ndim() < 2) return {zeros(param.shape(), dtype)};
  Shape rows(param.shape()), columns(param.shape());
  rows.back() = 1;
  columns[columns.size() - 2] = 1;
  return {zeros(rows, dtype), zeros(columns, dtype)};
}

void Adafactor::check(const Group& group) const {
  if (!(group.number("beta2_decay") <= 0))
    throw ValueError("beta2_decay: expected at most 0, got ", group.number("beta2_decay"));
  if (!(group.number("d") >= 1)) throw ValueError("d: expected at least 1, got ", group.number("d"));
  check_not_negative(group, {"eps1", "eps2", "weight_decay"});
  check_real(type_name(), group);
}

std::vector<Array> Adafactor::coefficients(const Group& group, const Array& steps) const {
  const Array& lr = group.value("lr");
  return {minimum(lr, rsqrt(steps)), pow(steps, group.number("beta2_decay")), 1.0 - lr * group.number("weight_decay")};
}

Array Adafactor::update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                        std::span<const Array> coefficients) const {
  const double given = group.number("eps1");
  const double eps = given != 0 ? given : epsilon_of(param.dtype());
  const Array &relative_rate = coefficients[0], &newness = coefficients[1];
  const Array g = downhill(group, grad);
  const Array rate = relative_rate * maximum(root_mean_square(param), group.number("eps2"));

  const auto follow = [&](Array& average, const Array& now) { average = average + (now - average) * newness; };
  const Array squared = square(g);
  Array variance;
  if (param.ndim() > 1) {
    Array &rows = slots[0], &columns = slots[1];
    follow(rows, mean(squared, Axes{-1}, true));
    follow(columns, mean(squared, Axes{-2}, true));
    variance = rows * columns / maximum(mean(rows, Axes{-2}, true), eps);
  } else {
    follow(slots[0], squared);
    variance = slots[0];
  }
  const Array direction = g * rsqrt(maximum(variance, eps * eps));
  const Array clipped = rate / maximum(root_mean_square(direction) / group.number("d"), 1.0);
  return (group.number("weight_decay") != 0 ? param * coefficients[2] : param) - direction * clipped;
}

}  // namespace ingot::optim
