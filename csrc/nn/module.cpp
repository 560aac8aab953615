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

/// Arrays of all modules below `root`, each once if `unique`. `arrays_of(module, add)` calls `add(name, array)`.
template <class ArraysOf>
NamedArrays collect(const Module* root, const std::string& prefix, bool recurse, bool unique, ArraysOf&& arrays_of) {
  NamedArrays found;
  std::unordered_set<const void*> seen;
  for (const auto& [path, module] : walk(root, prefix, recurse)) {
    arrays_of(*module, [&, &path = path](const std::string& name, const Array& array) {
      if (array.defined() && (seen.insert(array.id()).second || !unique)) found.emplace_back(join(path, name), array);
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
  if (!calls_) return forward(x);
  if (calls_->interceptor) return calls_->interceptor(x);
  // Copies, because a hook may remove itself.
  const auto before = calls_->before;
  Array input = x;
  for (const auto& [id, hook] : before)
    if (const Array replaced = hook(*this, input); replaced.defined()) input = replaced;
  Array output = forward(input);
  const auto after = calls_->after;
  for (const auto& [id, hook] : after)
    if (const Array replaced = hook(*this, input, output); replaced.defined()) output = replaced;
  return output;
}

// ---- hooks ----

Module::Calls& Module::calls() {
  if (!calls_) calls_ = std::make_unique<Calls>();
  return *calls_;
}

size_t Module::register_forward_pre_hook(PreHook hook) {
  calls().before.emplace_back(calls_->next_id, std::move(hook));
  return calls_->next_id++;
}

size_t Module::register_forward_hook(Hook hook) {
  calls().after.emplace_back(calls_->next_id, std::move(hook));
  return calls_->next_id++;
}

bool Module::remove_hook(size_t id) {
  if (!calls_) return false;
  const auto is_it = [id](const auto& entry) { return entry.first == id; };
  return std::erase_if(calls_->before, is_it) + std::erase_if(calls_->after, is_it) > 0;
}

void Module::set_interceptor(std::function<Array(const Array&)> interceptor) {
  if (interceptor || calls_) calls().interceptor = std::move(interceptor);
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

void Module::set_children(std::vector<std::pair<std::string, ModulePtr>> children) {
  children_ = {};
  for (auto& [name, child] : children) add_child(name, std::move(child));
}

namespace {

template <class T>
[[noreturn]] void no_such(const Module& module, const char* kind, std::string_view name, const OrderedMap<T>& known) {
  std::vector<std::string> names;
  for (const auto& [key, value] : known) names.push_back(key);
  throw KeyError(module.type_name(), " has no ", kind, " \"", name, "\"; it has: ", quoted_list(names));
}

/// A dotted name as the path of a module and a name in it.
std::pair<std::string_view, std::string_view> parts_of(std::string_view name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {{}, name};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

}  // namespace

const Array& Module::get_parameter(std::string_view name) const {
  if (const Array* found = parameters_.find(name)) return *found;
  // A weight that is computed from other parameters stands among the buffers.
  if (const BufferEntry* computed = buffers_.find(name)) return computed->value;
  const auto [path, last] = parts_of(name);
  if (path.empty()) no_such(*this, "parameter", name, parameters_);
  return get_submodule(path).get_parameter(last);
}

const Array& Module::get_buffer(std::string_view name) const {
  if (const BufferEntry* found = buffers_.find(name)) return found->value;
  const auto [path, last] = parts_of(name);
  if (path.empty()) no_such(*this, "buffer", name, buffers_);
  return get_submodule(path).get_buffer(last);
}

const Module& Module::get_submodule(std::string_view path) const {
  const Module* module = this;
  while (!path.empty()) {
    const size_t dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    const ModulePtr* child = module->children_.find(name);
    if (!child) no_such(*module, "module", name, module->children_);
    module = child->get();
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return *module;
}

// ---- walks ----

std::vector<std::pair<std::string, Module*>> Module::named_modules(const std::string& prefix) {
  return walk(this, prefix);
}
std::vector<std::pair<std::string, const Module*>> Module::named_modules(const std::string& prefix) const {
  return walk(this, prefix);
}

NamedArrays Module::named_parameters(const std::string& prefix, bool recurse, bool remove_duplicate) const {
  return collect(this, prefix, recurse, remove_duplicate, [](const Module& module, auto add) {
    for (const auto& [name, array] : module.parameters_) add(name, array);
  });
}

NamedArrays Module::named_buffers(const std::string& prefix, bool recurse, bool remove_duplicate) const {
  return collect(this, prefix, recurse, remove_duplicate, [](const Module& module, auto add) {
    for (const auto& [name, entry] : module.buffers_) add(name, entry.value);
  });
}

void Module::apply(const std::function<void(Module&)>& f) {
  const auto modules = named_modules();
  for (size_t i = modules.size(); i-- > 0;) f(*modules[i].second);
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
