// Optimizers as named arrays, for resuming.
#include <map>

#include "ingot/engine/eval.h"
#include "ingot/io/names.h"
#include "ingot/ops/creation.h"
#include "ingot/optim/optimizer.h"

namespace ingot::optim {

namespace {

std::string group_key(size_t group, const std::string& name) { return "group." + std::to_string(group) + '.' + name; }
std::string state_key(size_t param, const std::string& name) { return "state." + std::to_string(param) + '.' + name; }

/// A state dict by name, checked against the arrays it is meant for.
class Incoming {
 public:
  explicit Incoming(const NamedArrays& state) {
    for (const auto& [name, array] : state) by_name_[name] = array;
  }
  /// A copy of the array under a name that must stand for such an array as `like`.
  Array take(const std::string& name, const Array& like) const {
    const Array& value = by_name_.at(name);
    if (!value.defined()) throw ValueError("load_state_dict: \"", name, "\" is an undefined array");
    if (value.shape() != like.shape())
      throw ShapeError("load_state_dict: \"", name, "\" has shape ", like.shape(), ", but was given shape ",
                       value.shape());
    return copied(value, like.dtype());
  }
  void check_names(const std::string& optimizer, const NamedArrays& own) const {
    std::vector<std::string> known, missing, unexpected;
    for (const auto& [name, array] : own) {
      known.push_back(name);
      if (!by_name_.count(name)) missing.push_back(name);
    }
    const std::map<std::string, Array> own_by_name(own.begin(), own.end());
    for (const auto& [name, array] : by_name_)
      if (!own_by_name.count(name)) unexpected.push_back(name);
    if (missing.empty() && unexpected.empty()) return;
    throw KeyError(optimizer, ".load_state_dict: unexpected ", quoted_list(unexpected),
                   unexpected.empty() ? "" : suggestion(unexpected[0], known), "; missing ", quoted_list(missing),
                   "; the optimizer must be made for the same parameters, in the same order and groups");
  }

 private:
  std::map<std::string, Array> by_name_;
};

}  // namespace

// Handles of their own on the same nodes: a step rebinds the optimizer's handles, and leaves these as they are.
NamedArrays Optimizer::state_dict() const {
  NamedArrays state;
  size_t index = 0;
  for (size_t g = 0; g < groups_.size(); ++g) {
    const Group& group = groups_[g];
    if (const Array* lr = group.live.find("lr")) state.emplace_back(group_key(g, "lr"), Array(lr->node()));
    for (const auto& [name, value] : group.options)
      state.emplace_back(group_key(g, name), scalar(value.to_double(), DType::float64));
    for (const ParamState& param : group.params) {
      state.emplace_back(state_key(index, "step"), Array(param.steps.node()));
      const std::vector<std::string> names = slot_names(group, param.param);
      for (size_t i = 0; i < names.size(); ++i)
        state.emplace_back(state_key(index, names[i]), Array(param.slots[i].node()));
      if (param.master.defined()) state.emplace_back(state_key(index, "master"), Array(param.master.node()));
      ++index;
    }
  }
  return state;
}

void Optimizer::load_state_dict(const NamedArrays& state) {
  const Incoming incoming(state);
  incoming.check_names(type_name_, Optimizer::state_dict());

  // Everything is copied and checked first, so that a failure leaves the optimizer as it was.
  struct Loaded {
    std::optional<double> lr;
    Options options;
    std::vector<double> steps;
    std::vector<std::vector<Array>> slots;
    std::vector<Array> masters;
  };
  std::vector<Loaded> loaded;
  size_t index = 0;
  for (size_t g = 0; g < groups_.size(); ++g) {
    const Group& group = groups_[g];
    const Array number = scalar(0.0, DType::float64);
    Loaded next{{}, group.options, {}, {}, {}};
    if (group.live.contains("lr")) next.lr = item<double>(incoming.take(group_key(g, "lr"), number));
    for (auto& [name, value] : next.options) {
      value = same_kind(value, item<double>(incoming.take(group_key(g, name), number)));
    }
    const Group probe{group.params, next.options, group.live, {}};
    check(probe);
    for (const ParamState& param : group.params) {
      next.steps.push_back(item<double>(incoming.take(state_key(index, "step"), param.steps)));
      const std::vector<std::string> names = slot_names(probe, param.param);
      if (names != slot_names(group, param.param))
        throw ValueError(type_name_, ".load_state_dict: group ", g,
                         " keeps other state than this optimizer; make it with the same hyperparameters");
      std::vector<Array> slots;
      for (size_t i = 0; i < names.size(); ++i)
        slots.push_back(incoming.take(state_key(index, names[i]), param.slots[i]));
      next.slots.push_back(std::move(slots));
      next.masters.push_back(param.master.defined() ? incoming.take(state_key(index, "master"), param.master)
                                                    : Array());
      ++index;
    }
    loaded.push_back(std::move(next));
  }

  for (size_t g = 0; g < groups_.size(); ++g) {
    Group& group = groups_[g];
    if (loaded[g].lr) set_option(g, "lr", *loaded[g].lr);
    for (const auto& [name, value] : loaded[g].options)
      if (value.to_double() != group.number(name)) set_option(g, name, value);
    // Where counts that shared a handle still agree, they go on sharing it: Note [Step counts].
    std::map<const void*, std::map<double, Array>> shared;
    for (size_t p = 0; p < group.params.size(); ++p) {
      ParamState& param = group.params[p];
      const double count = loaded[g].steps[p];
      auto& handles = shared[param.steps.id()];
      if (auto found = handles.find(count); found != handles.end()) {
        param.steps = found->second;
      } else {
        const Array value = scalar(count, DType::float64);
        if (handles.empty()) {
          param.steps.rebind_unchecked(value.node());
        } else {
          param.steps = value;
        }
        handles.emplace(count, param.steps);
      }
      for (size_t i = 0; i < param.slots.size(); ++i) param.slots[i].rebind_unchecked(loaded[g].slots[p][i].node());
      if (param.master.defined()) param.master.rebind_unchecked(loaded[g].masters[p].node());
    }
  }
}

}  // namespace ingot::optim
