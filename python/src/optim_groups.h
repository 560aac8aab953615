// Parameter groups as Python sees them: dictionaries, read and written.
#pragma once

#include "bind.h"
#include "ingot/optim/optimizer.h"

namespace ingot::python {

/// What Python keeps with an optimizer, besides what C++ knows of.
struct OptimizerNotes {
  /// Of each group: what is no hyperparameter of the rule, such as a name, or what a scheduler leaves there.
  std::vector<py::dict> groups;
  /// By parameter: what a rule written in Python remembers.
  py::object state;
  /// The defaults that a rule written in Python has set; null for those of C++.
  py::object defaults;
  /// The groups of another optimizer, which the rule goes through in place of its own; null for its own.
  py::object borrowed_groups;
  /// True for a rule written in Python: a recording takes in all hyperparameters as constants.
  bool python_rule = false;
};
OptimizerNotes& notes_of(optim::Optimizer& optimizer);

/// One group of an optimizer, which it keeps alive.
class GroupView {
 public:
  GroupView(py::object owner, size_t index)
      : owner_(std::move(owner)), optimizer_(py::cast<optim::Optimizer*>(owner_)), index_(index) {}
  /// For the moment in which the optimizer is made: it has no Python object yet.
  GroupView(optim::Optimizer& optimizer, size_t index) : optimizer_(&optimizer), index_(index) {}

  py::object get(const std::string& name) const;
  void set(const std::string& name, const py::object& value) const;
  bool contains(const std::string& name) const;
  py::object pop(const std::string& name, const py::object& otherwise) const;
  std::vector<std::string> keys() const;
  py::dict as_dict() const;
  optim::Optimizer& optimizer() const { return *optimizer_; }
  const optim::Group& group() const { return optimizer_->groups()[index_]; }

 private:
  py::dict& notes() const { return notes_of(*optimizer_).groups.at(index_); }

  py::object owner_;
  optim::Optimizer* optimizer_;
  size_t index_;
};

/// Hyperparameters as Python names them: `betas` and the like are tuples.
std::vector<std::string> python_names(const optim::Options& options);
py::object python_option(const optim::Options& options, const std::string& name);

/// Parameters as users give them: an iterable of arrays, of (name, array), or of dictionaries with hyperparameters of
/// their own.
struct GivenGroup {
  std::vector<Array> params;
  py::dict overrides;
};
std::vector<GivenGroup> given_groups(const py::object& params);
/// Adds a group and sets what its dictionary says.
void add_group(optim::Optimizer& optimizer, const GivenGroup& given);

py::dict optimizer_state_dict(const py::object& self);
void load_optimizer_state_dict(const py::object& self, const py::dict& state);

/// The arguments of torch's that choose between implementations. There is one here; TypeError for any other name.
void check_tuning(const py::kwargs& tuning);

/// An optimizer for parameters as users give them.
template <class O, class Settings>
std::unique_ptr<O> make_optimizer(const py::object& params, const Settings& options, const py::kwargs& tuning = {}) {
  check_tuning(tuning);
  const auto groups = given_groups(params);
  auto optimizer = std::make_unique<O>(groups.front().params, options);
  const GroupView first(*optimizer, 0);
  for (const auto& [name, value] : groups.front().overrides)
    first.set(py::cast<std::string>(name), py::reinterpret_borrow<py::object>(value));
  for (size_t i = 1; i < groups.size(); ++i) add_group(*optimizer, groups[i]);
  return optimizer;
}

void register_optimizer_rules(py::module_& m);
void register_adam_rules(py::module_& m);

}  // namespace ingot::python
