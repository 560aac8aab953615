// What every layer, loss and model is: named parameters, buffers and children, and a forward function.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/io/json.h"
#include "ingot/io/named_arrays.h"
#include "ingot/nn/ordered_map.h"

namespace ingot::nn {

class Module;
using ModulePtr = std::shared_ptr<Module>;

/// A leaf with the value of `value` that requires grad: what a module learns. A new array; `value` itself stays as it
/// is. Throws TypeError unless the dtype is floating or complex.
Array parameter(const Array& value);

/// An array that a module holds besides its parameters, such as running statistics.
struct BufferEntry {
  Array value;
  /// False: left out of state dicts and files.
  bool persistent = true;
};

/// Base of all modules. A subclass registers what it owns in its constructor and overrides `forward`.
///
/// The registries are the only place where parameters, buffers and children are kept; layers look them up there, so
/// assigning another array or module under a name takes effect everywhere at once. Parameters and modules may be shared
/// (tied): walks visit each once, under its first name, and end on cyclic graphs of modules too.
class Module {
 public:
  Module() = default;
  /// Frees deep trees without recursion.
  virtual ~Module();
  Module(Module&&) = default;
  Module& operator=(Module&&) = default;

  // ---- what a subclass says ----

  /// The result for one input. Throws TypeError here: a module of another signature (a loss, a model of two inputs) has
  /// a `forward` of its own.
  virtual Array forward(const Array& x);
  /// The name that `repr` and model files show. Default: the C++ class without its namespaces.
  virtual std::string type_name() const;
  /// The constructor's arguments as `repr` shows them: `in_features=2, out_features=1, bias=True`.
  virtual std::string extra_repr() const { return {}; }
  /// The constructor's arguments as a JSON object, from which `load` makes the module again.
  virtual Json config() const { return Json::Object{}; }

  /// Calls the module. Containers call their children this way. Throws ValueError if calls nest beyond all reason, as
  /// they do when a module contains itself.
  Array operator()(const Array& x);

  // ---- hooks ----

  /// Sees the input of each call of one input; a defined result replaces it.
  using PreHook = std::function<Array(Module&, const Array& input)>;
  /// Sees input and output of each call of one input; a defined result replaces the output.
  using Hook = std::function<Array(Module&, const Array& input, const Array& output)>;
  /// Calls `hook` before (after) every call of this module, in the order of registration. Returns a number for
  /// `remove_hook`.
  size_t register_forward_pre_hook(PreHook hook);
  size_t register_forward_hook(Hook hook);
  /// True if there was one.
  bool remove_hook(size_t id);
  /// What calls do instead of `forward` and hooks; none restores those. For host languages with hooks of their own.
  void set_interceptor(std::function<Array(const Array&)> interceptor);
  bool intercepted() const noexcept { return calls_ && calls_->interceptor; }

  // ---- registries: registering a name anew replaces what was there, of whatever kind ----

  /// Adds a parameter and returns it; an undefined array stands for one that is switched off (`bias=False`).
  /// Throws ValueError if the name is empty or holds a dot, or if the array is not a leaf.
  Array register_parameter(const std::string& name, const Array& value);
  /// Adds a buffer and returns it; an undefined array is allowed.
  Array register_buffer(const std::string& name, const Array& value, bool persistent = true);
  /// Adds a child and returns it. Throws ValueError if there is none, or for such a name.
  template <class M>
  std::shared_ptr<M> register_module(const std::string& name, std::shared_ptr<M> child) {
    add_child(name, child);
    return child;
  }
  /// Forgets a parameter, buffer or child of this module; true if there was one.
  bool unregister(std::string_view name);

  const OrderedMap<Array>& own_parameters() const noexcept { return parameters_; }
  const OrderedMap<BufferEntry>& own_buffers() const noexcept { return buffers_; }
  const OrderedMap<ModulePtr>& children() const noexcept { return children_; }
  /// A parameter of this module ("weight") or of one below ("0.fc.weight"), undefined if it is switched off. Throws
  /// KeyError, naming those there are.
  const Array& get_parameter(std::string_view name) const;
  /// The same for buffers.
  const Array& get_buffer(std::string_view name) const;
  /// The module at a path ("0.fc"; "" is this one). Throws KeyError, naming the children there are.
  const Module& get_submodule(std::string_view path) const;
  Module& get_submodule(std::string_view path) {
    return const_cast<Module&>(static_cast<const Module*>(this)->get_submodule(path));
  }

  // ---- walks: depth first, in order of registration, no repeats ----

  /// This module and all below it: "", "0", "0.fc".
  std::vector<std::pair<std::string, Module*>> named_modules(const std::string& prefix = "");
  std::vector<std::pair<std::string, const Module*>> named_modules(const std::string& prefix = "") const;
  /// Parameters that are switched on. `recurse` false: of this module alone. `remove_duplicate` false: what is shared,
  /// under each of its names.
  NamedArrays named_parameters(const std::string& prefix = "", bool recurse = true, bool remove_duplicate = true) const;
  NamedArrays named_buffers(const std::string& prefix = "", bool recurse = true, bool remove_duplicate = true) const;
  /// Calls `f` for every module below, then for this one.
  void apply(const std::function<void(Module&)>& f);
  std::vector<Array> parameters(bool recurse = true) const;
  std::vector<Array> buffers(bool recurse = true) const;

  // ---- state ----

  bool training() const noexcept { return training_; }
  /// Sets this module and all below it to train (dropout drops) or to infer.
  void train(bool mode = true);
  void eval() { train(false); }
  /// Sets only this module's own mode.
  void set_training(bool mode) noexcept { training_ = mode; }

  /// Removes all gradients, or fills them with zeros.
  void zero_grad(bool set_to_none = true) const;
  void requires_grad_(bool value = true) const;
  void freeze() const { requires_grad_(false); }
  void unfreeze() const { requires_grad_(true); }
  /// Moves parameters and buffers. Throws DeviceError, saying what is available.
  void to(Device device) const;
  /// Casts floating parameters, their gradients, and floating buffers. Throws TypeError unless `dtype` is floating.
  void to(DType dtype) const;

  /// Parameters and persistent buffers as they are now, tied ones under each of their names. Later training does not
  /// change them, and they require no grad.
  NamedArrays state_dict() const;

  struct LoadResult {
    std::vector<std::string> missing;
    std::vector<std::string> unexpected;
  };
  /// Copies values into parameters and buffers of the same names, cast to their dtype. A tied parameter needs only one
  /// of its names. Throws ShapeError, naming the parameter, if a shape differs; if `strict`, KeyError for missing and
  /// unexpected names, with the nearest known one. Then nothing has changed. `assign`: parameters and buffers take over
  /// the dtype of what they are given.
  LoadResult load_state_dict(const NamedArrays& state, bool strict = true, bool assign = false) const;

  /// The tree of modules as text, as PyTorch prints it.
  std::string repr() const;

  /// Says that an object of a host language owns this module: it may outlive all shared pointers to it.
  void set_hosted() noexcept { hosted_ = true; }

 protected:
  /// All children anew, as containers need it that move or rename them.
  void set_children(std::vector<std::pair<std::string, ModulePtr>> children);

 private:
  /// What happens around `forward`; null for most modules.
  struct Calls {
    std::vector<std::pair<size_t, PreHook>> before;
    std::vector<std::pair<size_t, Hook>> after;
    size_t next_id = 0;
    std::function<Array(const Array&)> interceptor;
  };
  Calls& calls();
  void add_child(const std::string& name, ModulePtr child);
  enum class Registry { parameters, buffers, children };
  void claim(const std::string& name, Registry registry);

  OrderedMap<Array> parameters_;
  OrderedMap<BufferEntry> buffers_;
  OrderedMap<ModulePtr> children_;
  std::unique_ptr<Calls> calls_;
  bool training_ = true;
  bool hosted_ = false;
};

}  // namespace ingot::nn
