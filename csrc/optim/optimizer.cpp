#include "ingot/optim/optimizer.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/io/names.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

namespace {

Array number_array(double value) { return scalar(value, DType::float64); }

std::vector<std::string> names_of(const Options& options) {
  std::vector<std::string> names;
  for (const auto& [name, value] : options) names.push_back(name);
  return names;
}

[[noreturn]] void throw_unknown_option(const std::string& optimizer, std::string_view name, const Options& known) {
  throw KeyError(optimizer, ": no hyperparameter \"", name, "\"", suggestion(name, names_of(known)),
                 "; there are: ", quoted_list(names_of(known)));
}

void check_lr(const std::string& optimizer, double lr) {
  if (!(lr >= 0)) throw ValueError(optimizer, ": lr must not be negative, got ", lr);
}

/// The coefficients of one update in the dtypes of the parameters it is applied to.
class Coefficients {
 public:
  explicit Coefficients(std::vector<Array> exact) : exact_(std::move(exact)) {}
  const std::vector<Array>& in(DType dtype) {
    auto& cast = cast_[dtype];
    if (cast.empty())
      for (const Array& value : exact_) cast.push_back(value.dtype() == dtype ? value : astype(value, dtype));
    return cast;
  }

 private:
  std::vector<Array> exact_;
  std::unordered_map<DType, std::vector<Array>> cast_;
};

}  // namespace

double Group::number(std::string_view name) const {
  const Scalar* value = options.find(name);
  if (!value) throw KeyError("no hyperparameter \"", name, "\"; there are: ", quoted_list(names_of(options)));
  return value->to_double();
}

void check_range(const Group& group, std::string_view name, double low, double high) {
  if (const double value = group.number(name); !(value >= low && value < high))
    throw ValueError(name, ": expected a value in [", low, ", ", high, "), got ", value);
}

// ---- groups ----

void Optimizer::add_param_group(const std::vector<Array>& params, const Options& overrides) {
  if (params.empty()) throw ValueError(type_name_, ": there are no parameters to optimize");
  Options options = defaults_;
  for (const auto& [name, value] : overrides) {
    if (!options.contains(name)) throw_unknown_option(type_name_, name, options);
    options.set(name, value);
  }

  Group group;
  const double lr = options.find("lr")->to_double();
  check_lr(type_name_, lr);
  group.lr = number_array(lr);
  options.erase("lr");
  group.options = std::move(options);

  std::unordered_set<const void*> known;
  for (const Group& other : groups_)
    for (const ParamState& state : other.params) known.insert(state.param.id());
  const size_t slots = slot_names(group).size();
  const Array steps = number_array(0);
  for (const Array& param : params) {
    if (!param.defined()) throw ValueError(type_name_, ": parameter ", group.params.size(), " is an undefined array");
    if (!is_inexact(param.dtype()))
      throw TypeError(type_name_, ": parameters must be floating or complex, got dtype ", param.dtype());
    if (!param.is_leaf())
      throw ValueError(type_name_, ": cannot optimize the result of '", param.peek().op().name(),
                       "'; only leaves can be parameters");
    if (!known.insert(param.id()).second)
      throw ValueError(type_name_, ": parameter ", group.params.size(), " of shape ", param.shape(),
                       " is given more than once");
    ParamState state{param, {}, steps};
    for (size_t i = 0; i < slots; ++i) state.slots.push_back(zeros_like(param));
    group.params.push_back(std::move(state));
  }
  if (std::none_of(params.begin(), params.end(), [](const Array& param) { return param.requires_grad(); }))
    throw ValueError(type_name_,
                     ": none of the parameters requires grad, so none would ever change; set requires_grad on them");
  check(group);
  groups_.push_back(std::move(group));
}

Group& Optimizer::group_at(size_t index) {
  if (index >= groups_.size())
    throw IndexError(type_name_, ": group ", index, " is out of range for ", groups_.size(), " groups");
  return groups_[index];
}

double Optimizer::lr(size_t group) const { return item<double>(const_cast<Optimizer*>(this)->group_at(group).lr); }

void Optimizer::set_lr(double lr) {
  for (size_t i = 0; i < groups_.size(); ++i) set_option(i, "lr", lr);
}

Scalar Optimizer::option(size_t group, std::string_view name) const {
  if (name == "lr") return lr(group);
  const Options& options = const_cast<Optimizer*>(this)->group_at(group).options;
  const Scalar* value = options.find(name);
  if (!value) throw_unknown_option(type_name_, name, defaults_);
  return *value;
}

void Optimizer::set_option(size_t group, std::string_view name, const Scalar& value) {
  Group& target = group_at(group);
  if (name == "lr") {
    check_lr(type_name_, value.to_double());
    target.lr.rebind_unchecked(number_array(value.to_double()).node());
    return;
  }
  Scalar* old = target.options.find(name);
  if (!old) throw_unknown_option(type_name_, name, defaults_);
  const Scalar previous = std::exchange(*old, value);
  try {
    check(target);
  } catch (...) {
    *old = previous;
    throw;
  }
}

// ---- stepping ----

// Note [Step counts]
// A step count drives bias corrections, so it counts the updates of one parameter, not the calls of step(). Nearly
// always all parameters of a group are updated together; then they share one handle and one set of coefficients. When
// only some that share a handle have a gradient, those move to a handle of their own first. That move takes over the
// node as it was before any recording and changes no value, so it may happen while `jit` records: the new handle
// outlives the recording like any other.
void Optimizer::separate_step_counts(Group& group) const {
  const auto active = [](const ParamState& state) { return state.param.grad().defined(); };
  if (std::all_of(group.params.begin(), group.params.end(), active)) return;
  std::unordered_set<const void*> left_behind;
  for (const ParamState& state : group.params)
    if (!active(state)) left_behind.insert(state.steps.id());
  std::unordered_map<const void*, Array> moved;
  for (ParamState& state : group.params) {
    if (!active(state) || !left_behind.count(state.steps.id())) continue;
    Array& steps = moved[state.steps.id()];
    if (!steps.defined()) {
      if (state.steps.peek().traced())
        throw TraceError(
            type_name_,
            ": a recorded function steps twice, for different parameters; take such steps once before recording");
      steps = Array(state.steps.peek_node());
    }
    state.steps = steps;
  }
}

void Optimizer::step() {
  GradMode off(false);
  std::vector<Array> changed;
  for (Group& group : groups_) {
    separate_step_counts(group);
    std::unordered_map<const void*, Coefficients> by_count;
    for (ParamState& state : group.params) {
      const Array grad = state.param.grad();
      if (!grad.defined()) continue;
      auto found = by_count.find(state.steps.id());
      if (found == by_count.end()) {
        state.steps.rebind_unchecked((state.steps + 1).node());
        changed.push_back(state.steps);
        found = by_count.emplace(state.steps.id(), coefficients(group, group.lr, state.steps)).first;
      }
      // The rule works on handles of its own; they are gone before evaluation, so that old values can be overwritten in
      // place.
      std::vector<Array> slots;
      for (const Array& slot : state.slots) slots.emplace_back(slot.node());
      const Array updated = update(group, state.param, grad, slots, found->second.in(state.param.dtype()));
      state.param.rebind_unchecked(updated.node());
      changed.push_back(state.param);
      for (size_t i = 0; i < slots.size(); ++i) {
        state.slots[i].rebind_unchecked(slots[i].node());
        changed.push_back(state.slots[i]);
      }
    }
  }
  eval(changed);
}

void Optimizer::zero_grad(bool set_to_none) const {
  for (const Group& group : groups_) {
    for (const ParamState& state : group.params) {
      const Array grad = state.param.grad();
      if (!grad.defined()) continue;
      if (set_to_none) {
        state.param.set_grad({});
      } else {
        grad.rebind_unchecked(zeros_like(grad).node());
      }
    }
  }
}

}  // namespace ingot::optim
