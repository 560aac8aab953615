// State dicts: a module's parameters and persistent buffers by name.
#include <unordered_set>

#include "ingot/graph/grad_mode.h"
#include "ingot/io/names.h"
#include "ingot/nn/module.h"
#include "ingot/ops/manipulation.h"

namespace ingot::nn {

namespace {

/// Calls `visit(name, array)` for what belongs into a state dict.
template <class Visit>
void for_each_state(const Module& root, Visit&& visit) {
  for (const auto& [path, module] : root.named_modules()) {
    const std::string prefix = path.empty() ? path : path + '.';
    for (const auto& [name, array] : module->own_parameters())
      if (array.defined()) visit(prefix + name, array);
    for (const auto& [name, entry] : module->own_buffers())
      if (entry.persistent && entry.value.defined()) visit(prefix + name, entry.value);
  }
}

/// What a dotted name stands for, through whichever of its names a shared module is reached; null if nothing.
const Array* resolve(const Module* module, std::string_view name) {
  for (size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    const ModulePtr* child = module->children().find(name.substr(0, dot));
    if (!child) return nullptr;
    module = child->get();
    name.remove_prefix(dot + 1);
  }
  const Array* found = module->own_parameters().find(name);
  if (const BufferEntry* entry = found ? nullptr : module->own_buffers().find(name); entry && entry->persistent)
    found = &entry->value;
  return found && found->defined() ? found : nullptr;
}

/// The error for names that do not match, with what was probably meant.
std::string mismatch(const Module& module, const Module::LoadResult& names, const std::vector<std::string>& known) {
  std::string text = module.type_name() + ".load_state_dict:";
  if (!names.unexpected.empty())
    text += " unexpected " + quoted_list(names.unexpected) + suggestion(names.unexpected[0], known) + ';';
  if (!names.missing.empty()) text += " missing " + quoted_list(names.missing) + ';';
  return text + " pass strict=False to load only what matches";
}

}  // namespace

NamedArrays Module::state_dict() const {
  GradMode off(false);
  NamedArrays state;
  for_each_state(
      *this, [&](std::string name, const Array& array) { state.emplace_back(std::move(name), stop_gradient(array)); });
  return state;
}

Module::LoadResult Module::load_state_dict(const NamedArrays& state, bool strict, bool assign) const {
  LoadResult names;
  std::vector<std::pair<Array, Array>> matched;
  std::unordered_set<const void*> given;
  for (const auto& [name, value] : state) {
    const Array* target = resolve(this, name);
    if (!target) {
      names.unexpected.push_back(name);
      continue;
    }
    if (!value.defined()) throw ValueError(type_name(), ".load_state_dict: \"", name, "\" is an undefined array");
    if (value.shape() != target->shape())
      throw ShapeError(type_name(), ".load_state_dict: \"", name, "\" has shape ", target->shape(),
                       ", but was given shape ", value.shape());
    matched.emplace_back(*target, value);
    given.insert(target->id());
  }
  std::vector<std::string> known;
  for_each_state(*this, [&](std::string name, const Array& array) {
    if (!given.count(array.id())) names.missing.push_back(name);
    known.push_back(std::move(name));
  });
  if (strict && !(names.missing.empty() && names.unexpected.empty())) throw KeyError(mismatch(*this, names, known));

  // All copies are made before anything changes: what fails (memory, an interrupt) leaves the module as it was.
  std::vector<Array> values;
  for (const auto& [target, value] : matched) values.push_back(copied(value, (assign ? value : target).dtype()));
  for (size_t i = 0; i < matched.size(); ++i) matched[i].first.rebind_unchecked(values[i].node());
  return names;
}

}  // namespace ingot::nn
