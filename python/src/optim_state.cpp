// The state dicts of optimizers in torch's layout: {"state": {0: {"exp_avg": ...}}, "param_groups": [{"lr": ...}]}.
#include <algorithm>
#include <unordered_map>

#include "guards.h"
#include "optim_groups.h"

namespace ingot::python {

namespace {

using optim::Optimizer;

/// Splits "state.3.exp_avg" into its parts; nothing for other names.
std::optional<std::pair<int64_t, std::string>> state_name(const std::string& name) {
  if (name.rfind("state.", 0) != 0) return {};
  const size_t dot = name.find('.', 6);
  return std::pair(std::stoll(name.substr(6, dot - 6)), name.substr(dot + 1));
}

/// Positions of parameters in the order of all groups, by the address of their handle.
std::unordered_map<const void*, int64_t> positions(const Optimizer& optimizer) {
  std::unordered_map<const void*, int64_t> out;
  for (const auto& group : optimizer.groups())
    for (const auto& state : group.params) out.emplace(state.param.id(), static_cast<int64_t>(out.size()));
  return out;
}

/// By position, what a rule written in Python remembers.
py::dict python_state(Optimizer& optimizer) {
  py::dict out;
  const py::object& state = notes_of(optimizer).state;
  if (!state) return out;
  const auto position = positions(optimizer);
  for (const auto& [param, remembered] : py::cast<py::dict>(state)) {
    const auto found = position.find(unwrap(param.ptr()).id());
    if (found == position.end()) continue;
    py::dict values;
    // Handles of their own: in-place updates leave the state dict as it is.
    for (const auto& [name, value] : py::cast<py::dict>(remembered))
      values[name] = is_array(value.ptr()) ? py::cast(Array(unwrap(value.ptr()).node()))
                                           : py::reinterpret_borrow<py::object>(value);
    out[py::int_(found->second)] = values;
  }
  return out;
}

void load_python_state(const py::object& self, const py::dict& incoming) {
  auto& optimizer = py::cast<Optimizer&>(self);
  const py::object state = self.attr("state");
  state.attr("clear")();
  int64_t position = 0;
  for (const auto& group : optimizer.groups()) {
    for (const auto& each : group.params) {
      const py::int_ key(position++);
      if (!incoming.contains(key)) continue;
      py::dict values;
      for (const auto& [name, value] : py::cast<py::dict>(incoming[key]))
        values[name] = is_array(value.ptr()) || py::hasattr(value, "__array__")
                           ? py::cast(copied(from_python(value), from_python(value).dtype()))
                           : py::reinterpret_borrow<py::object>(value);
      state[py::reinterpret_steal<py::object>(wrap_parameter(each.param))] = values;
    }
  }
}

/// The names of torch's state dicts that stand for no hyperparameter here.
bool is_tuning(const std::string& name) {
  return name == "foreach" || name == "fused" || name == "capturable" || name == "differentiable";
}

}  // namespace

py::dict optimizer_state_dict(const py::object& self) {
  auto& optimizer = py::cast<Optimizer&>(self);
  py::dict state;
  if (notes_of(optimizer).python_rule) {
    state = python_state(optimizer);
  } else {
    for (const auto& [name, value] : optimizer.state_dict()) {
      const auto parts = state_name(name);
      if (!parts) continue;
      const py::int_ key(parts->first);
      if (!state.contains(key)) state[key] = py::dict();
      state[key][py::str(parts->second)] = value;
    }
  }
  py::list groups;
  int64_t position = 0;
  for (size_t i = 0; i < optimizer.groups().size(); ++i) {
    const GroupView view(self, i);
    py::dict group;
    py::list params;
    for (const std::string& name : view.keys()) {
      if (name != "params") group[py::str(name)] = view.get(name);
    }
    for (size_t k = view.group().params.size(); k-- > 0;) params.append(position++);
    group["params"] = params;
    groups.append(group);
  }
  return py::dict("state"_a = state, "param_groups"_a = groups);
}

void load_optimizer_state_dict(const py::object& self, const py::dict& given) {
  auto& optimizer = py::cast<Optimizer&>(self);
  if (!given.contains("param_groups")) {
    // The names of C++, as they are in files of arrays.
    optimizer.load_state_dict(named_arrays_from(given));
    ++settings_version;
    return;
  }
  const auto groups = py::cast<py::list>(given["param_groups"]);
  const auto& own = optimizer.groups();
  if (groups.size() != own.size())
    throw ValueError("load_state_dict: the optimizer has ", own.size(), " parameter groups, the state dict ",
                     groups.size());
  std::unordered_map<int64_t, int64_t> position;  // from numbers in the state dict to those here
  for (size_t i = 0; i < own.size(); ++i) {
    const auto params = py::cast<py::list>(groups[i]["params"]);
    if (params.size() != own[i].params.size())
      throw ValueError("load_state_dict: group ", i, " has ", own[i].params.size(), " parameters, in the state dict ",
                       params.size());
    for (py::handle number : params) position.emplace(py::cast<int64_t>(number), static_cast<int64_t>(position.size()));
  }
  py::dict state;
  for (const auto& [number, values] : py::cast<py::dict>(given["state"])) {
    const auto found = position.find(py::cast<int64_t>(number));
    if (found == position.end())
      throw KeyError("load_state_dict: there is a state for parameter ", py::cast<int64_t>(number),
                     ", which is in no group");
    state[py::int_(found->second)] = values;
  }

  for (size_t i = 0; i < own.size(); ++i) {
    const GroupView view(self, i);
    for (const auto& [key, value] : py::cast<py::dict>(groups[i])) {
      const std::string name = py::cast<std::string>(key);
      if (name == "params" || (is_tuning(name) && !view.contains(name))) continue;
      view.set(name, py::reinterpret_borrow<py::object>(value));
    }
  }

  if (!notes_of(optimizer).python_rule) {
    // What the state dict does not mention is as it is; a parameter that was never updated has no state in torch.
    NamedArrays flat = optimizer.state_dict();
    for (auto& [name, value] : flat) {
      const auto parts = state_name(name);
      if (!parts || !state.contains(py::int_(parts->first))) continue;
      const auto values = py::cast<py::dict>(state[py::int_(parts->first)]);
      if (values.contains(parts->second)) {
        const py::object entry = values[py::str(parts->second)];
        if (!entry.is_none()) value = from_python(entry);
      } else if (parts->second == "step") {
        // torch's SGD counts no steps: with a buffer there was a first one.
        value = from_python(py::float_(values.empty() ? 0.0 : 1.0));
      }
    }
    for (const auto& [number, values] : state) {
      const auto index = py::cast<int64_t>(number);
      for (const auto& [key, value] : py::cast<py::dict>(values)) {
        const std::string name = "state." + std::to_string(index) + "." + py::cast<std::string>(key);
        const bool known = std::any_of(flat.begin(), flat.end(), [&](const auto& each) { return each.first == name; });
        if (!known && !value.is_none()) flat.emplace_back(name, from_python(value));
      }
    }
    optimizer.load_state_dict(flat);
  } else {
    load_python_state(self, state);
  }
  ++settings_version;
}

}  // namespace ingot::python
