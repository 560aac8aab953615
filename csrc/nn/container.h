// Modules and parameters in lists and dictionaries.
#pragma once

#include "ingot/nn/module.h"

namespace ingot::nn {

/// Children under their positions "0", "1", ...: what `Sequential` and `ModuleList` have in common. Positions may be
/// negative and then count from the end; a bad one throws IndexError.
class ModuleSequence : public Module {
 public:
  size_t size() const noexcept { return children().size(); }
  const ModulePtr& at(int64_t position) const;
  /// Adds a module at the end, named by its position.
  void append(ModulePtr module);
  void extend(const std::vector<ModulePtr>& modules);
  /// Adds a module in front of the one at `position`; names follow the positions.
  void insert(int64_t position, ModulePtr module);
  /// Puts another module in the place of one, under its name.
  void replace(int64_t position, ModulePtr module);
  /// Removes and returns a module; those behind it that are named by their position move up.
  ModulePtr pop(int64_t position = -1);
  std::vector<ModulePtr> modules_in_order() const;

 private:
  size_t index_of(int64_t position, const char* what) const;
  /// New children, renamed by their positions if all of them were.
  void renumber(std::vector<std::pair<std::string, ModulePtr>> children, bool numbered);
  bool numbered() const;
};

/// A list of modules, which it registers; it has no `forward`.
class ModuleList : public ModuleSequence {
 public:
  ModuleList() = default;
  explicit ModuleList(const std::vector<ModulePtr>& modules) { extend(modules); }
  std::string type_name() const override { return "ModuleList"; }
};

/// Modules by name, in order.
class ModuleDict : public Module {
 public:
  ModuleDict() = default;
  explicit ModuleDict(const std::vector<std::pair<std::string, ModulePtr>>& modules) { update(modules); }
  size_t size() const noexcept { return children().size(); }
  /// Throws KeyError, naming those there are.
  ModulePtr at(std::string_view name) const;
  void update(const std::vector<std::pair<std::string, ModulePtr>>& modules);
  /// Removes and returns a module. Throws KeyError.
  ModulePtr pop(std::string_view name);
  void clear() { set_children({}); }
  std::string type_name() const override { return "ModuleDict"; }
};

/// A list of parameters, under their positions "0", "1", ...
class ParameterList : public Module {
 public:
  ParameterList() = default;
  explicit ParameterList(const std::vector<Array>& values) { extend(values); }
  size_t size() const noexcept { return own_parameters().size(); }
  /// Negative counts from the end. Throws IndexError.
  const Array& at(int64_t position) const;
  void append(const Array& parameter) { register_parameter(std::to_string(size()), parameter); }
  void extend(const std::vector<Array>& values);
  void replace(int64_t position, const Array& parameter);
  /// Removes and returns the last parameter. Throws IndexError if there is none.
  Array pop();
  std::string type_name() const override { return "ParameterList"; }
  std::string extra_repr() const override;

 private:
  std::string name_at(int64_t position) const;
};

/// Parameters by name, in order.
class ParameterDict : public Module {
 public:
  ParameterDict() = default;
  explicit ParameterDict(const NamedArrays& values) { update(values); }
  size_t size() const noexcept { return own_parameters().size(); }
  void update(const NamedArrays& values);
  /// Removes and returns a parameter. Throws KeyError.
  Array pop(std::string_view name);
  std::string type_name() const override { return "ParameterDict"; }
  std::string extra_repr() const override;
};

}  // namespace ingot::nn
