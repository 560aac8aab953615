#include "ingot/nn/module.h"

#include <cxxabi.h>

#include <typeinfo>
#include <unordered_set>

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/io/names.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot::nn {

namespace {

std::string join(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + '.' + name;
}

/// `M` is Module or const Module.
template <class M>
std::vector<std::pair<std::string, M*>> walk(M* root, const std::string& prefix, bool recurse = true) {
  std::vector<std::pair<std::string, M*>> found;
  std::vector<std::pair<std::string, M*>> pending{{prefix, root}};
  std::unordered_set<const Module*> seen;
  while (!pending.empty()) {
    auto [name, module] = std::move(pending.back());
    pending.pop_back();
    if (!seen.insert(module).second) continue;
    if (recurse) {
      const auto& children = module->children();
      for (size_t i = children.size(); i-- > 0;)
        pending.emplace_back(join(name, children[i].first), children[i].second.get());
    }
    found.emplace_back(std::move(name), module);
  }
  return found;
}

/// Arrays of all modules below `root`, each once. `arrays_of(module, add)` calls `add(name, array)`.
template <class ArraysOf>
NamedArrays collect(const Module* root, const std::string& prefix, bool recurse, ArraysOf&& arrays_of) {
  NamedArrays found;
  std::unordered_set<const void*> seen;
  for (const auto& [path, module] : walk(root, prefix, recurse)) {
    arrays_of(*module, [&, &path = path](const std::string& name, const Array& array) {
      if (array.defined() && seen.insert(array.id()).second) found.emplace_back(join(path, name), array);
    });
  }
  return found;
}

std::vector<Array> values_of(const NamedArrays& named) {
  std::vector<Array> arrays;
  arrays.reserve(named.size());
  for (const auto& [name, array] : named) arrays.push_back(array);
  return arrays;
}

}  // namespace

Array parameter(const Array& value) {
  Array leaf = stop_gradient(value);
  leaf.set_requires_grad(true);
  return leaf;
}

Module::~Module() {
  // Children whose parent is being destroyed on this thread: they end from a list, not from within its destructor.
  thread_local std::vector<ModulePtr>* dying = nullptr;
  std::vector<ModulePtr> list;
  const bool outermost = !dying;
  if (outermost) dying = &list;
  for (auto& [name, child] : children_) dying->push_back(std::move(child));
  if (!outermost) return;
  while (!list.empty()) {
    const ModulePtr last = std::move(list.back());
    list.pop_back();
  }
  dying = nullptr;
}

Array Module::operator()(const Array& x) {
  constexpr int kDeepest = 1000;
  thread_local int depth = 0;
  struct Nesting {
    Nesting() { ++depth; }
    ~Nesting() { --depth; }
  } nesting;
  if (depth > kDeepest)
    throw ValueError(type_name(), ": calls of modules are nested more than ", kDeepest,
                     " deep; does a module contain itself?");
  return forward(x);
}

Array Module::forward(const Array&) {
  throw TypeError(type_name(), " has no forward of one input: override `forward`, or call it with the inputs it takes");
}

std::string Module::type_name() const {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> readable(
      abi::__cxa_demangle(typeid(*this).name(), nullptr, nullptr, &status), std::free);
  const std::string name = readable ? readable.get() : typeid(*this).name();
  const size_t end = name.find('<');
  const size_t colon = name.rfind(':', end);
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

// ---- registries ----

void Module::claim(const std::string& name, Registry registry) {
  if (name.empty() || name.find('.') != std::string::npos)
    throw ValueError(type_name(), ": a parameter, buffer or module cannot be named \"", name,
                     "\": names are not empty and hold no dots");
  if (registry != Registry::parameters) parameters_.erase(name);
  if (registry != Registry::buffers) buffers_.erase(name);
  if (registry != Registry::children) children_.erase(name);
}

Array Module::register_parameter(const std::string& name, const Array& value) {
  if (value.defined() && !value.is_leaf())
    throw ValueError(type_name(), ": parameter \"", name, "\" must be a leaf, but is the result of '",
                     value.peek().op().name(), "'; wrap it with parameter(...)");
  claim(name, Registry::parameters);
  parameters_.set(name, value);
  return value;
}

Array Module::register_buffer(const std::string& name, const Array& value, bool persistent) {
  claim(name, Registry::buffers);
  buffers_.set(name, {value, persistent});
  return value;
}

void Module::add_child(const std::string& name, ModulePtr child) {
  if (!child) throw ValueError(type_name(), ": module \"", name, "\" is null");
  claim(name, Registry::children);
  children_.set(name, std::move(child));
}

bool Module::unregister(std::string_view name) {
  return parameters_.erase(name) || buffers_.erase(name) || children_.erase(name);
}

const Array& Module::get_parameter(std::string_view name) const {
  if (const Array* found = parameters_.find(name)) return *found;
  std::vector<std::string> known;
  for (const auto& [key, array] : parameters_) known.push_back(key);
  throw KeyError(type_name(), " has no parameter \"", name, "\"; it has: ", quoted_list(known));
}

// ---- walks ----

std::vector<std::pair<std::string, Module*>> Module::named_modules(const std::string& prefix) {
  return walk(this, prefix);
}
std::vector<std::pair<std::string, const Module*>> Module::named_modules(const std::string& prefix) const {
  return walk(this, prefix);
}

NamedArrays Module::named_parameters(const std::string& prefix, bool recurse) const {
  return collect(this, prefix, recurse, [](const Module& module, auto add) {
    for (const auto& [name, array] : module.parameters_) add(name, array);
  });
}

NamedArrays Module::named_buffers(const std::string& prefix, bool recurse) const {
  return collect(this, prefix, recurse, [](const Module& module, auto add) {
    for (const auto& [name, entry] : module.buffers_) add(name, entry.value);
  });
}

std::vector<Array> Module::parameters(bool recurse) const { return values_of(named_parameters("", recurse)); }
std::vector<Array> Module::buffers(bool recurse) const { return values_of(named_buffers("", recurse)); }

// ---- state ----

void Module::train(bool mode) {
  for (const auto& [name, module] : named_modules()) module->training_ = mode;
}

void Module::zero_grad(bool set_to_none) const {
  for (const Array& param : parameters()) {
    const Array grad = param.grad();
    if (!grad.defined()) continue;
    if (set_to_none) {
      param.set_grad({});
    } else {
      grad.rebind_unchecked(zeros_like(grad).node());
    }
  }
}

void Module::requires_grad_(bool value) const {
  for (const Array& param : parameters()) param.set_requires_grad(value);
}

void Module::to(Device device) const { require_available(device); }

void Module::to(DType dtype) const {
  if (!is_floating(dtype)) throw TypeError(type_name(), ".to: a module is cast to a floating dtype, got ", dtype);
  GradMode off(false);
  std::vector<Array> changed;
  const auto cast = [&](const Array& array) {
    if (!is_floating(array.dtype()) || array.dtype() == dtype) return;
    const Array grad = array.grad();
    array.rebind_unchecked(astype(array, dtype).node());
    if (grad.defined()) array.set_grad(astype(grad, dtype));
    changed.push_back(array);
  };
  for (const Array& param : parameters()) cast(param);
  for (const Array& buffer : buffers()) cast(buffer);
  ingot::eval(changed);
}

}  // namespace ingot::nn
