#include "ingot/optim/lbfgs.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/optim/line_search.h"

namespace ingot::optim {

namespace {

Array dot(const Array& x, const Array& y) { return sum(x * y); }
double largest(const Array& x) { return x.size() == 0 ? 0.0 : item<double>(max(abs(x))); }

}  // namespace

LBFGS::LBFGS(const std::vector<Array>& params, const LBFGSOptions& options)
    : Optimizer("LBFGS", {{"lr", options.lr},
                          {"max_iter", options.max_iter},
                          {"max_eval", options.max_eval == 0 ? options.max_iter * 5 / 4 : options.max_eval},
                          {"tolerance_grad", options.tolerance_grad},
                          {"tolerance_change", options.tolerance_change},
                          {"history_size", options.history_size},
                          {"strong_wolfe", options.strong_wolfe}}) {
  add_param_group(params);
}

void LBFGS::check(const Group& group) const {
  if (!groups().empty() && groups()[0].params[0].param.id() != group.params[0].param.id())
    throw ValueError("LBFGS: all parameters must be in one group");
  check_not_negative(group, {"max_iter", "max_eval", "tolerance_grad", "tolerance_change", "history_size"});
  check_real(type_name(), group);
}

void LBFGS::step_unless(const Array&) {
  throw TypeError(
      "LBFGS: step needs a closure that clears the gradients, computes the loss, calls backward on it and "
      "returns it");
}

Array LBFGS::flat_gradient() const {
  std::vector<Array> parts;
  for (const ParamState& state : groups()[0].params) {
    const Array grad = state.param.grad();
    parts.push_back(reshape(grad.defined() ? grad : zeros_like(state.param), {-1}));
  }
  const Array flat = concatenate(parts);
  eval(flat);
  return flat;
}

void LBFGS::move(const std::vector<Array>& from, double length, const Array& direction) const {
  int64_t at = 0;
  std::vector<Array> changed;
  for (size_t i = 0; i < from.size(); ++i) {
    const Array& param = groups()[0].params[i].param;
    const Array part = slice(direction, {at}, {at + param.size()}, {1});
    at += param.size();
    param.rebind_unchecked(astype(from[i] + reshape(part, param.shape()) * length, param.dtype()).node());
    changed.push_back(param);
  }
  eval(changed);
}

void LBFGS::remember(const Array& gradient) {
  const Array gradient_change = gradient - previous_gradient_, change = direction_ * length_;
  const Array curvature = dot(gradient_change, change);
  if (!(item<double>(curvature) > 1e-10)) return;
  const auto most = static_cast<size_t>(groups()[0].number("history_size"));
  history_.push_back({gradient_change, change, 1.0 / curvature});
  while (history_.size() > most) history_.pop_front();
  diagonal_ = curvature / dot(gradient_change, gradient_change);
}

/// Minus the inverse Hessian times the gradient, by the two loops over the history.
Array LBFGS::direction_for(const Array& gradient) const {
  std::vector<Array> parts(history_.size());
  Array result = -gradient;
  for (size_t i = history_.size(); i-- > 0;) {
    parts[i] = dot(history_[i].change, result) * history_[i].scale;
    result = result - history_[i].gradient_change * parts[i];
  }
  result = result * diagonal_;
  for (size_t i = 0; i < history_.size(); ++i)
    result = result + history_[i].change * (parts[i] - dot(history_[i].gradient_change, result) * history_[i].scale);
  return result;
}

Array LBFGS::step(const Closure& closure) {
  GradMode off(false);
  const Group& group = groups()[0];
  const double lr = item<double>(group.value("lr")), tolerance_change = group.number("tolerance_change");
  const double tolerance_grad = group.number("tolerance_grad");
  const auto most_iterations = static_cast<int64_t>(group.number("max_iter"));
  const auto most_evaluations = static_cast<int64_t>(group.number("max_eval"));
  int64_t evaluations = 0;
  const auto evaluate = [&] {
    GradMode on(true);
    ++evaluations;
    const Array loss = closure();
    if (!loss.defined()) throw TypeError("LBFGS: the closure must return the loss");
    return loss;
  };

  const Array first_loss = evaluate();
  double loss = item<double>(first_loss);
  Array gradient = flat_gradient();
  for (int64_t iteration = 1; iteration <= most_iterations; ++iteration) {
    if (largest(gradient) <= tolerance_grad) break;
    if (++iterations_ == 1) {
      history_.clear();
      diagonal_ = ones({}, gradient.dtype());
      direction_ = -gradient;
    } else {
      remember(gradient);
      direction_ = direction_for(gradient);
    }
    previous_gradient_ = gradient;
    previous_loss_ = loss;
    length_ = iterations_ == 1 ? std::min(1.0, 1 / item<double>(sum(abs(gradient)))) * lr : lr;
    const double slope = item<double>(dot(gradient, direction_));
    if (slope > -tolerance_change) break;

    std::vector<Array> from;
    for (const ParamState& state : group.params) from.emplace_back(state.param.node());
    if (group.flag("strong_wolfe")) {
      const auto at = [&](double length) {
        move(from, length, direction_);
        const double value = item<double>(evaluate());
        const Array there = flat_gradient();
        return LinePoint{length, value, item<double>(dot(there, direction_)), there};
      };
      const auto found = strong_wolfe(at, {0, loss, slope, gradient}, length_, tolerance_change / largest(direction_),
                                      most_evaluations - evaluations);
      length_ = found.point.step;
      loss = found.point.value;
      gradient = found.point.gradient;
      move(from, length_, direction_);
    } else {
      move(from, length_, direction_);
      // With losses of batches, a last evaluation would be of no use.
      if (iteration == most_iterations) break;
      loss = item<double>(evaluate());
      gradient = flat_gradient();
    }
    if (evaluations >= most_evaluations) break;
    if (largest(direction_) * length_ <= tolerance_change || std::abs(loss - previous_loss_) < tolerance_change) break;
  }
  evaluations_ += evaluations;
  return first_loss;
}

// ---- state ----

namespace {
constexpr const char* kPrefix = "state.0.";
bool is_step_count(const std::string& name) { return name.ends_with(".step"); }
}  // namespace

NamedArrays LBFGS::state_dict() const {
  NamedArrays state = Optimizer::state_dict();
  std::erase_if(state, [](const auto& each) { return is_step_count(each.first); });
  const auto add = [&](const char* name, const Array& value) { state.emplace_back(concat(kPrefix, name), value); };
  const auto add_number = [&](const char* name, double value) { add(name, scalar(value, DType::float64)); };
  add_number("func_evals", static_cast<double>(evaluations_));
  add_number("n_iter", static_cast<double>(iterations_));
  if (!direction_.defined()) return state;
  GradMode off(false);
  add("d", direction_);
  add_number("t", length_);
  add("H_diag", diagonal_);
  add("prev_flat_grad", previous_gradient_);
  add_number("prev_loss", previous_loss_);
  if (history_.empty()) return state;
  std::vector<Array> gradient_changes, changes, scales;
  for (const Pair& pair : history_) {
    gradient_changes.push_back(pair.gradient_change);
    changes.push_back(pair.change);
    scales.push_back(pair.scale);
  }
  add("old_dirs", stack(gradient_changes));
  add("old_stps", stack(changes));
  add("ro", stack(scales));
  return state;
}

void LBFGS::load_state_dict(const NamedArrays& state) {
  NamedArrays base = Optimizer::state_dict();
  std::erase_if(base, [](const auto& each) { return !is_step_count(each.first); });
  std::map<std::string, Array> own;
  for (const auto& [name, value] : state) {
    if (is_step_count(name)) continue;
    if (name.rfind(kPrefix, 0) == 0) {
      own.emplace(name.substr(std::string_view(kPrefix).size()), copied(value, value.dtype()));
    } else {
      base.emplace_back(name, value);
    }
  }
  const auto number = [&](const char* name) { return own.count(name) ? item<double>(own.at(name)) : 0; };
  const auto array_of = [&](const char* name) { return own.count(name) ? own.at(name) : Array(); };
  std::deque<Pair> history;
  if (own.count("old_dirs")) {
    const Array gradient_changes = own.at("old_dirs"), changes = array_of("old_stps"), scales = array_of("ro");
    if (!changes.defined() || !scales.defined() || changes.shape() != gradient_changes.shape())
      throw KeyError("LBFGS.load_state_dict: \"old_dirs\", \"old_stps\" and \"ro\" belong together");
    const auto row = [](const Array& rows, int64_t i) {
      Axes start(rows.shape().size(), 0), stop(rows.shape().begin(), rows.shape().end());
      start[0] = i;
      stop[0] = i + 1;
      const Array part = slice(rows, start, stop, Axes(start.size(), 1));
      return reshape(part, Shape(rows.shape().begin() + 1, rows.shape().end()));
    };
    for (int64_t i = 0; i < changes.shape(0); ++i)
      history.push_back({row(gradient_changes, i), row(changes, i), row(scales, i)});
  }
  Optimizer::load_state_dict(base);
  history_ = std::move(history);
  direction_ = array_of("d");
  previous_gradient_ = array_of("prev_flat_grad");
  diagonal_ = array_of("H_diag");
  length_ = number("t");
  previous_loss_ = number("prev_loss");
  evaluations_ = static_cast<int64_t>(number("func_evals"));
  iterations_ = static_cast<int64_t>(number("n_iter"));
}

}  // namespace ingot::optim
