#include "ingot/nn/container.h"

#include "ingot/io/names.h"

namespace ingot::nn {

namespace {

/// One line per parameter, as containers of parameters show what they hold.
std::string parameter_lines(const OrderedMap<Array>& parameters) {
  std::string text;
  for (const auto& [name, array] : parameters) {
    if (!text.empty()) text += '\n';
    text += concat('(', name, "): Parameter containing: [", array.dtype(), " of size ", array.shape(), ']');
  }
  return text;
}

}  // namespace

// ---- lists of modules ----

size_t ModuleSequence::index_of(int64_t position, const char* what) const {
  const auto count = static_cast<int64_t>(size());
  if (position < -count || position >= count)
    throw IndexError(type_name(), what, ": position ", position, " is out of range for ", count, " modules");
  return static_cast<size_t>(position < 0 ? position + count : position);
}

bool ModuleSequence::numbered() const {
  for (size_t i = 0; i < size(); ++i)
    if (children()[i].first != std::to_string(i)) return false;
  return true;
}

void ModuleSequence::renumber(std::vector<std::pair<std::string, ModulePtr>> children, bool numbered) {
  if (numbered)
    for (size_t i = 0; i < children.size(); ++i) children[i].first = std::to_string(i);
  set_children(std::move(children));
}

const ModulePtr& ModuleSequence::at(int64_t position) const { return children()[index_of(position, "")].second; }

void ModuleSequence::append(ModulePtr module) { register_module(std::to_string(size()), std::move(module)); }

void ModuleSequence::extend(const std::vector<ModulePtr>& modules) {
  for (const ModulePtr& module : modules) append(module);
}

void ModuleSequence::insert(int64_t position, ModulePtr module) {
  if (!module) throw ValueError(type_name(), ".insert: the module is null");
  const auto count = static_cast<int64_t>(size());
  if (position < -count || position > count)
    throw IndexError(type_name(), ".insert: position ", position, " is out of range for ", count, " modules");
  std::vector<std::pair<std::string, ModulePtr>> list(children().begin(), children().end());
  const bool by_position = numbered();
  list.insert(list.begin() + (position < 0 ? position + count : position), {std::to_string(count), std::move(module)});
  renumber(std::move(list), by_position);
}

void ModuleSequence::replace(int64_t position, ModulePtr module) {
  const std::string name = children()[index_of(position, "")].first;
  register_module(name, std::move(module));
}

ModulePtr ModuleSequence::pop(int64_t position) {
  const size_t index = index_of(position, ".pop");
  std::vector<std::pair<std::string, ModulePtr>> list(children().begin(), children().end());
  const bool by_position = numbered();
  ModulePtr popped = std::move(list[index].second);
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
  renumber(std::move(list), by_position);
  return popped;
}

std::vector<ModulePtr> ModuleSequence::modules_in_order() const {
  std::vector<ModulePtr> modules;
  for (const auto& [name, module] : children()) modules.push_back(module);
  return modules;
}

// ---- dictionaries of modules ----

ModulePtr ModuleDict::at(std::string_view name) const {
  if (const ModulePtr* found = children().find(name)) return *found;
  std::vector<std::string> known;
  for (const auto& [key, module] : children()) known.push_back(key);
  throw KeyError("ModuleDict has no module \"", name, "\"; it has: ", quoted_list(known), suggestion(name, known));
}

void ModuleDict::update(const std::vector<std::pair<std::string, ModulePtr>>& modules) {
  for (const auto& [name, module] : modules) register_module(name, module);
}

ModulePtr ModuleDict::pop(std::string_view name) {
  ModulePtr module = at(name);
  unregister(name);
  return module;
}

// ---- parameters ----

std::string ParameterList::name_at(int64_t position) const {
  const auto count = static_cast<int64_t>(size());
  if (position < -count || position >= count)
    throw IndexError("ParameterList: position ", position, " is out of range for ", count, " parameters");
  return std::to_string(position < 0 ? position + count : position);
}

const Array& ParameterList::at(int64_t position) const { return get_parameter(name_at(position)); }

void ParameterList::extend(const std::vector<Array>& values) {
  for (const Array& value : values) append(value);
}

void ParameterList::replace(int64_t position, const Array& parameter) {
  register_parameter(name_at(position), parameter);
}

Array ParameterList::pop() {
  const std::string name = name_at(-1);
  const Array last = get_parameter(name);
  unregister(name);
  return last;
}

std::string ParameterList::extra_repr() const { return parameter_lines(own_parameters()); }

void ParameterDict::update(const NamedArrays& values) {
  for (const auto& [name, value] : values) register_parameter(name, value);
}

Array ParameterDict::pop(std::string_view name) {
  const Array value = get_parameter(name);
  unregister(name);
  return value;
}

std::string ParameterDict::extra_repr() const { return parameter_lines(own_parameters()); }

}  // namespace ingot::nn
