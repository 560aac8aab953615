// What all optimizers share: groups of parameters, hyperparameters, state per parameter, and the order of one step.
#pragma once

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
  /// One per name of `Optimizer::slot_names`, shaped like the parameter.
  std::vector<Array> slots;
  /// How often it was updated (0-d float64). Parameters of a group that are always updated together share one handle.
  Array steps;
};

/// Parameters with hyperparameters of their own.
struct Group {
  std::vector<ParamState> params;
  /// All but the learning rate.
  Options options;
  /// 0-d float64; a handle, so that a recorded step sees it change.
  Array lr;

  double number(std::string_view name) const;
  bool flag(std::string_view name) const { return number(name) != 0; }
};

/// Base of all optimizers. A subclass gives the rule by which one parameter is updated; this class does the rest.
///
/// Everything a step changes lives in array handles that are rebound to new nodes, and a rule is made of array
/// operations only, so a whole training step can be recorded by `jit`. State exists from construction, as zeros that
/// take no memory until the first step. Hyperparameters other than `lr` enter a recording as they were.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// "SGD", "Adam", ...
  const std::string& type_name() const noexcept { return type_name_; }

  /// Updates every parameter that has a gradient, and evaluates. A parameter without one keeps its value and state.
  void step();
  /// Removes all gradients, or fills them with zeros.
  void zero_grad(bool set_to_none = true) const;

  /// Adds parameters, with hyperparameters that differ from the defaults. Throws ValueError if there are none, if none
  /// requires grad, if one is there already or is not a leaf, or if a hyperparameter is out of range; TypeError unless
  /// all are floating or complex; KeyError for an unknown hyperparameter.
  void add_param_group(const std::vector<Array>& params, const Options& overrides = {});
  const std::vector<Group>& groups() const noexcept { return groups_; }

  /// The learning rate of a group. Throws IndexError.
  double lr(size_t group = 0) const;
  /// Sets the learning rate of all groups. Throws ValueError if negative or NaN.
  void set_lr(double lr);
  /// Any hyperparameter of a group. Throws IndexError, or KeyError naming those there are.
  Scalar option(size_t group, std::string_view name) const;
  void set_option(size_t group, std::string_view name, const Scalar& value);

  /// Hyperparameters, state and step counts: "group.0.lr", "state.3.exp_avg", ... as they are now: later steps do not
  /// change them. Enough to resume exactly.
  NamedArrays state_dict() const;
  /// Copies values back. Throws KeyError for missing or unknown names, ShapeError if a shape differs; then nothing has
  /// changed.
  void load_state_dict(const NamedArrays& state);

 protected:
  /// `defaults` begins with "lr". The subclass calls `add_param_group` in its constructor.
  Optimizer(std::string type_name, Options defaults)
      : type_name_(std::move(type_name)), defaults_(std::move(defaults)) {}

  /// What is remembered per parameter.
  virtual std::vector<std::string> slot_names(const Group& group) const = 0;
  /// Throws ValueError if a hyperparameter (other than `lr`) is out of range, TypeError for parameters it cannot
  /// update.
  virtual void check(const Group& group) const = 0;
  /// Coefficients that all parameters of one step count share, from 0-d float64 `lr` and `steps` (1 in the first step).
  /// They are computed once and handed to `update` in the parameter's dtype.
  virtual std::vector<Array> coefficients(const Group& group, const Array& lr, const Array& steps) const = 0;
  /// The rule: the new value of a parameter. `slots` holds the remembered arrays and takes the new ones.
  virtual Array update(const Group& group, const Array& param, const Array& grad, std::span<Array> slots,
                       std::span<const Array> coefficients) const = 0;

 private:
  Group& group_at(size_t index);
  void separate_step_counts(Group& group) const;

  std::string type_name_;
  Options defaults_;
  std::vector<Group> groups_;
};

/// Throws ValueError unless the hyperparameter lies in `[low, high)`.
void check_range(const Group& group, std::string_view name, double low, double high);

}  // namespace ingot::optim
