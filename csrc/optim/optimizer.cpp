#include "ingot/optim/optimizer.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
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

bool is_half(DType dtype) { return dtype == DType::float16 || dtype == DType::bfloat16; }

std::atomic<uint64_t> settings_changes{0};

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

Scalar same_kind(const Scalar& old, double value) {
  if (std::holds_alternative<bool>(old.value)) return value != 0;
  if (std::holds_alternative<int64_t>(old.value) && value == std::floor(value)) return static_cast<int64_t>(value);
  return value;
}

double Group::number(std::string_view name) const {
  const Scalar* value = options.find(name);
  if (!value) throw KeyError("no hyperparameter \"", name, "\"; there are: ", quoted_list(names_of(options)));
  return value->to_double();
}

uint64_t settings_version() noexcept { return settings_changes.load(std::memory_order_relaxed); }

void check_range(const Group& group, std::string_view name, double low, double high) {
  if (const double value = group.number(name); !(value >= low && value < high))
    throw ValueError(name, ": expected a value in [", low, ", ", high, "), got ", value);
}

void check_not_negative(const Group& group, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) check_range(group, name, 0, std::numeric_limits<double>::infinity());
}

void check_real(const std::string& optimizer, const Group& group) {
  for (const ParamState& state : group.params)
    if (is_complex(state.param.dtype()))
      throw TypeError(optimizer, ": parameters must be floating, got dtype ", state.param.dtype(),
                      "; optimize real and imaginary parts instead");
}

Array downhill(const Group& group, const Array& grad) { return group.flag("maximize") ? -grad : grad; }

Array downhill_with_decay(const Group& group, const Array& grad, const Array& param) {
  const Array g = downhill(group, grad);
  const double decay = group.number("weight_decay");
  const Scalar* decoupled = group.options.find("decoupled_weight_decay");
  return decay == 0 || (decoupled && decoupled->to_double() != 0) ? g : g + param * decay;
}

// ---- groups ----

void Optimizer::add_param_group(const std::vector<Array>& params, const Options& overrides) {
  if (shown_) return shown_->add_param_group(params, overrides);
  if (params.empty()) throw ValueError(type_name_, ": there are no parameters to optimize");
  Options options = defaults_;
  for (const auto& [name, value] : overrides) {
    if (!options.contains(name)) throw_unknown_option(type_name_, name, options);
    options.set(name, value);
  }

  Group group;
  if (const Scalar* lr = options.find("lr")) {
    check_lr(type_name_, lr->to_double());
    group.live.set("lr", number_array(lr->to_double()));
    options.erase("lr");
  }
  group.options = std::move(options);
  for (const std::string& name : live_) group.live.set(name, number_array(group.number(name)));

  std::unordered_set<const void*> known;
  for (const Group& other : groups_)
    for (const ParamState& state : other.params) known.insert(state.param.id());
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
    group.params.push_back({param, {}, steps, {}});
  }
  check(group);
  GradMode off(false);
  for (ParamState& state : group.params) {
    state.slots = initial_slots(group, state.param);
    if (is_half(state.param.dtype())) state.master = astype(state.param, DType::float32);
  }
  groups_.push_back(std::move(group));
}

std::vector<Array> Optimizer::initial_slots(const Group& group, const Array& param) const {
  std::vector<Array> slots;
  for (size_t i = slot_names(group, param).size(); i-- > 0;)
    slots.push_back(zeros(param.shape(), compute_dtype(param.dtype())));
  return slots;
}

/// After a change of hyperparameters: what is remembered under the same name stays.
void Optimizer::rebuild_slots(Group& group) const {
  for (ParamState& state : group.params) {
    std::vector<Array> fresh = initial_slots(group, state.param);
    if (fresh.size() == state.slots.size()) continue;
    for (size_t i = 0; i < std::min(fresh.size(), state.slots.size()); ++i) fresh[i] = state.slots[i];
    state.slots = std::move(fresh);
  }
}

Group& Optimizer::group_at(size_t index) {
  if (shown_) return shown_->group_at(index);
  if (index >= groups_.size())
    throw IndexError(type_name_, ": group ", index, " is out of range for ", groups_.size(), " groups");
  return groups_[index];
}

double Optimizer::lr(size_t group) const { return option(group, "lr").to_double(); }

void Optimizer::set_lr(double lr) {
  for (size_t i = 0; i < groups().size(); ++i) set_option(i, "lr", lr);
}

Scalar Optimizer::option(size_t group, std::string_view name) const {
  const Group& source = group_at(group);
  if (const Array* lr = source.live.find("lr"); lr && name == "lr") return item<double>(*lr);
  const Scalar* value = source.options.find(name);
  if (!value) throw_unknown_option(type_name_, name, defaults_);
  return *value;
}

void Optimizer::set_value(Group& group, std::string_view name, double value) const {
  group.live.find(name)->rebind_unchecked(number_array(value).node());
}

void Optimizer::set_option(size_t group, std::string_view name, const Scalar& value) {
  Group& target = group_at(group);
  // A schedule may end below 0, as PyTorch's OneCycleLR does.
  if (name == "lr" && target.live.contains("lr")) return set_value(target, name, value.to_double());
  Scalar* old = target.options.find(name);
  if (!old) throw_unknown_option(type_name_, name, defaults_);
  const Scalar previous = std::exchange(*old, same_kind(*old, value.to_double()));
  try {
    check(target);
  } catch (...) {
    *old = previous;
    throw;
  }
  if (value.to_double() == previous.to_double()) return;
  const bool live = target.live.contains(name);
  if (live) set_value(target, name, value.to_double());
  if (live && (value.to_double() == 0) == (previous.to_double() == 0)) return;
  rebuild_slots(target);
  ++settings_changes;
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

// Note [Master weights]
// A step is often less than half the distance between neighbouring float16 or bfloat16 numbers, and would be rounded
// away. So the value of such a parameter is kept, and updated, in float32, and the parameter is what that rounds to.
// Where it is not, somebody has assigned to the parameter, and that holds.
namespace {

Array master_of(const std::string& optimizer, ParamState& state) {
  const Array& param = state.param;
  if (!state.master.defined()) {
    if (is_recording())
      throw TraceError(optimizer, ": a parameter became ", param.dtype(),
                       " after the optimizer was made; take a step before recording");
    state.master = astype(param, DType::float32);
  }
  return where(astype(state.master, param.dtype()) == param, state.master, astype(param, DType::float32));
}

}  // namespace

void Optimizer::step_unless(const Array& skip) {
  GradMode off(false);
  std::vector<Array> changed;
  const auto assign = [&](const Array& handle, const Array& value) {
    handle.rebind_unchecked(skip.defined() ? where(skip, handle, value).node() : value.node());
    changed.push_back(handle);
  };
  for (Group& group : groups_) {
    separate_step_counts(group);
    std::unordered_map<const void*, Coefficients> by_count;
    for (ParamState& state : group.params) {
      const Array grad = state.param.grad();
      if (!grad.defined()) continue;
      auto found = by_count.find(state.steps.id());
      if (found == by_count.end()) {
        assign(state.steps, state.steps + 1);
        found = by_count.emplace(state.steps.id(), coefficients(group, state.steps)).first;
      }
      // The rule works on handles of its own; they are gone before evaluation, so that old values can be overwritten in
      // place.
      std::vector<Array> slots;
      for (const Array& slot : state.slots) slots.emplace_back(slot.node());
      const DType dtype = state.param.dtype();
      if (is_half(dtype)) {
        const Array updated = update(group, master_of(type_name_, state), astype(grad, DType::float32), slots,
                                     found->second.in(DType::float32));
        assign(state.master, updated);
        assign(state.param, astype(updated, dtype));
      } else {
        assign(state.param, update(group, state.param, grad, slots, found->second.in(dtype)));
      }
      for (size_t i = 0; i < slots.size(); ++i) assign(state.slots[i], slots[i]);
    }
  }
  eval(changed);
}

Array Optimizer::step(const Closure& closure) {
  GradMode on(true);
  const Array loss = closure();
  step();
  return loss;
}

void Optimizer::zero_grad(bool set_to_none) const {
  for (const Group& group : groups()) {
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
