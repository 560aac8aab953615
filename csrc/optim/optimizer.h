// What all optimizers share: groups of parameters, hyperparameters, state per parameter, and the order of one step.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/io/named_arrays.h"
#include "ingot/nn/ordered_map.h"

namespace ingot::optim {

/// Hyperparameters by name.
using Options = OrderedMap<Scalar>;

/// A parameter with what the optimizer remembers about it.
struct ParamState {
  Array param;
  /// One per name of `Optimizer::slot_names`.
  std::vector<Array> slots;
  /// How often it was updated (0-d float64). Parameters of a group that are always updated together share one handle.
  Array steps;
  /// The float32 value of a float16 or bfloat16 parameter, which such steps add up in: Note [Master weights].
  Array master;
};

/// Parameters with hyperparameters of their own.
struct Group {
  std::vector<ParamState> params;
  /// All but the learning rate.
  Options options;
  /// "lr" and the hyperparameters that may change during recorded training, as 0-d float64 handles, so that a recorded
  /// step sees them change.
  OrderedMap<Array> live;
  /// The learning rate before any scheduler; set by the first one.
  std::optional<double> initial_lr;

  double number(std::string_view name) const;
  bool flag(std::string_view name) const { return number(name) != 0; }
  /// One of `live`.
  const Array& value(std::string_view name) const { return *live.find(name); }
};

/// Base of all optimizers. A subclass gives the rule by which one parameter is updated; this class does the rest.
///
/// Everything a step changes lives in array handles that are rebound to new nodes, and a rule is made of array
/// operations only, so a whole training step can be recorded by `jit`. State exists from construction, as zeros that
/// take no memory until the first step. Hyperparameters other than the live ones enter a recording as they were:
/// `settings_version` tells when one has changed.
class Optimizer {
 public:
  /// Computes the loss and the gradients anew, and returns the loss.
  using Closure = std::function<Array()>;

  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// "SGD", "Adam", ...
  const std::string& type_name() const noexcept { return type_name_; }

  /// Updates every parameter that has a gradient, and evaluates. A parameter without one keeps its value and state.
  void step() { step_unless({}); }
  /// The same, unless `skip` (0-d bool) is true: then nothing changes. Which it is need not be known yet. Throws
  /// TypeError for an optimizer that calls a closure.
  virtual void step_unless(const Array& skip);
  /// The same as `step` after `closure` has computed the gradients; returns its loss.
  virtual Array step(const Closure& closure);
  /// Removes all gradients, or fills them with zeros.
  void zero_grad(bool set_to_none = true) const;

  /// Adds parameters, with hyperparameters that differ from the defaults. Throws ValueError if there are none, if none
  /// requires grad, if one is there already or is not a leaf, or if a hyperparameter is out of range; TypeError unless
  /// all are floating or complex; KeyError for an unknown hyperparameter.
  void add_param_group(const std::vector<Array>& params, const Options& overrides = {});
  const std::vector<Group>& groups() const noexcept { return shown_ ? shown_->groups() : groups_; }
  /// Has this optimizer, which wraps another, go through the groups of that one instead of its own. It must not end
  /// before this one does.
  void show_groups_of(Optimizer& other) noexcept { shown_ = &other; }
  const Options& defaults() const noexcept { return defaults_; }

  /// The learning rate of a group. Throws IndexError.
  double lr(size_t group = 0) const;
  /// Sets the learning rate of all groups. Throws ValueError if negative or NaN.
  void set_lr(double lr);
  /// Any hyperparameter of a group. Throws IndexError, or KeyError naming those there are.
  Scalar option(size_t group, std::string_view name) const;
  void set_option(size_t group, std::string_view name, const Scalar& value);
  void set_initial_lr(size_t group, double lr) { group_at(group).initial_lr = lr; }

  /// Hyperparameters, state and step counts: "group.0.lr", "state.3.exp_avg", ... as they are now: later steps do not
  /// change them. Enough to resume exactly.
  virtual NamedArrays state_dict() const;
  /// Copies values back. Throws KeyError for missing or unknown names, ShapeError if a shape differs; then nothing has
  /// changed.
  virtual void load_state_dict(const NamedArrays& state);

  /// What is remembered per parameter.
  virtual std::vector<std::string> slot_names(const Group& group, const Array& param) const = 0;

  /// What a host language keeps with this optimizer.
  std::shared_ptr<void> host;

 protected:
  /// `defaults` begins with "lr". `live` names the hyperparameters besides it that the rule reads by `Group::value`, and
  /// by `number` only to see if they are 0. The subclass calls `add_param_group` in its constructor.
  Optimizer(std::string type_name, Options defaults, std::initializer_list<const char*> live = {})
      : type_name_(std::move(type_name)), defaults_(std::move(defaults)), live_(live.begin(), live.end()) {}

  /// Their values before the first step: zeros like the parameter, in the dtype that updates compute in.
  virtual std::vector<Array> initial_slots(const Group& group, const Array& param) const;
  /// Throws ValueError if a hyperparameter (other than `lr`) is out of range, TypeError for parameters it cannot
  /// update.
  virtual void check(const Group& group) const = 0;
  /// Coefficients that all parameters of one step count share, from the live hyperparameters and 0-d float64 `steps` (1
  /// in the first step). They are computed once and handed to `update` in the parameter's dtype.
  virtual std::vector<Array> coefficients(const Group& group, const Array& steps) const = 0;
  /// The rule: the new value of a parameter. `slots` holds the remembered arrays and takes the new ones.
  virtual Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                       std::span<const Array> coefficients) const = 0;

  Group& group_at(size_t index);
  const Group& group_at(size_t index) const { return const_cast<Optimizer*>(this)->group_at(index); }

 private:
  void separate_step_counts(Group& group) const;
  void rebuild_slots(Group& group) const;
  void set_value(Group& group, std::string_view name, double value) const;

  std::string type_name_;
  Options defaults_;
  std::vector<std::string> live_;
  std::vector<Group> groups_;
  Optimizer* shown_ = nullptr;
};

/// Counts changes, in this process, of hyperparameters that a recording has taken in as constants.
uint64_t settings_version() noexcept;

/// `value` as a bool, an integer or a float, as `old` is one.
Scalar same_kind(const Scalar& old, double value);

// ---- what rules are made of ----

/// Throws ValueError unless the hyperparameter lies in `[low, high)`.
void check_range(const Group& group, std::string_view name, double low, double high);
/// Throws ValueError unless all are at least 0.
void check_not_negative(const Group& group, std::initializer_list<std::string_view> names);
/// Throws TypeError if a parameter is complex.
void check_real(const std::string& optimizer, const Group& group);
/// The direction to go against: `grad`, or `-grad` if the group maximizes.
Array downhill(const Group& group, const Array& grad);
/// The same with `weight_decay * param` added, unless the group has "decoupled_weight_decay" on.
Array downhill_with_decay(const Group& group, const Array& grad, const Array& param);

}  // namespace ingot::optim
