// Constructor arguments as a table of fields. From the table of a struct of options come a module's configuration for
// files, its line in `repr`, and its Python constructor and attributes.
#pragma once

#include <tuple>
#include <type_traits>
#include <variant>

#include "ingot/nn/functional.h"
#include "ingot/nn/module.h"

namespace ingot::nn {

/// How `repr` shows an argument: `name=value`, `value`, `name=value` only if it is true, or not at all.
enum class Shown { named, bare, if_true, never };

/// One argument: a member of the struct of options `O`.
template <class O, class T, bool kRequired>
struct Field {
  using Type = T;
  static constexpr bool required = kRequired;
  const char* name;
  T O::* member;
  Shown shown;
};

/// An argument that must be given. All of them come first.
template <class O, class T>
constexpr Field<O, T, true> required(const char* name, T O::* member, Shown shown = Shown::named) {
  return {name, member, shown};
}
/// An argument whose default is the member's initial value.
template <class O, class T>
constexpr Field<O, T, false> option(const char* name, T O::* member, Shown shown = Shown::named) {
  return {name, member, shown};
}

/// Calls `visit(field)` for each field of `O`.
template <class O, class Visit>
void for_each_field(Visit&& visit) {
  std::apply([&](const auto&... field) { (visit(field), ...); }, O::fields());
}

// What an argument can be, in JSON and as Python shows it. An array stands in a configuration as its shape: its values
// are state.
Json option_json(bool value);
Json option_json(int64_t value);
Json option_json(double value);
Json option_json(const std::string& value);
Json option_json(const std::optional<int64_t>& value);
Json option_json(const std::optional<double>& value);
Json option_json(const Axes& value);
Json option_json(const std::vector<double>& value);
Json option_json(Reduction value);
Json option_json(const Array& value);

void read_option(const Json& json, bool& value);
void read_option(const Json& json, int64_t& value);
void read_option(const Json& json, double& value);
void read_option(const Json& json, std::string& value);
void read_option(const Json& json, std::optional<int64_t>& value);
void read_option(const Json& json, std::optional<double>& value);
void read_option(const Json& json, Axes& value);
void read_option(const Json& json, std::vector<double>& value);
void read_option(const Json& json, Reduction& value);
void read_option(const Json& json, Array& value);

std::string option_text(bool value);
std::string option_text(int64_t value);
/// As Python writes it: `1.0`, `1e-05`.
std::string option_text(double value);
std::string option_text(const std::string& value);
std::string option_text(const std::optional<int64_t>& value);
std::string option_text(const std::optional<double>& value);
std::string option_text(const Axes& value);
std::string option_text(const std::vector<double>& value);
std::string option_text(Reduction value);
std::string option_text(const Array& value);

/// A module whose constructor arguments are those of a struct of options, which has a table `fields()`. `Base` is Module or
/// derives from it. Options that are arrays become buffers of the same names.
template <class OptionsOf, class Base = Module>
class Described : public Base {
 public:
  using Options = OptionsOf;

  explicit Described(Options options = {}) : options_(std::move(options)) {
    // Throws for what makes no layer.
    if constexpr (requires { options_.check(); }) options_.check();
    for_each_field<Options>([&](const auto& field) {
      if constexpr (is_array<decltype(field)>) this->register_buffer(field.name, options_.*field.member);
    });
  }
  /// The options one by one, in the order of their table: `nn::LeakyReLU(0.2)`.
  template <class First, class... Rest>
    requires(requires(First&& first, Rest&&... rest) {
      Options{std::forward<First>(first), std::forward<Rest>(rest)...};
    } && !std::is_same_v<std::remove_cvref_t<First>, Options>)
  explicit Described(First&& first, Rest&&... rest)
      : Described(Options{std::forward<First>(first), std::forward<Rest>(rest)...}) {}

  /// What the module was made with; arrays as they are now.
  Options options() const {
    Options current = options_;
    for_each_field<Options>([&](const auto& field) {
      if constexpr (is_array<decltype(field)>) current.*field.member = this->get_buffer(field.name);
    });
    return current;
  }
  /// Changes an option after construction.
  template <class T>
  void set_option(T Options::* member, T value) {
    options_.*member = std::move(value);
  }

  std::string extra_repr() const override {
    std::string text;
    for_each_field<Options>([&](const auto& field) {
      if constexpr (!is_array<decltype(field)>) {
        const auto& value = options_.*field.member;
        if (field.shown == Shown::never) return;
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, bool>)
          if (field.shown == Shown::if_true && !value) return;
        if (!text.empty()) text += ", ";
        if (field.shown != Shown::bare) text += concat(field.name, '=');
        text += option_text(value);
      }
    });
    return text;
  }

  Json config() const override {
    Json::Object object;
    const Options current = options();
    for_each_field<Options>(
        [&](const auto& field) { object.emplace_back(field.name, option_json(current.*field.member)); });
    return object;
  }

 private:
  template <class F>
  static constexpr bool is_array = std::is_same_v<typename std::remove_cvref_t<F>::Type, Array>;

  Options options_;
};

/// The options that `config()` has written. Throws KeyError or ValueError for another configuration.
template <class O>
O read_options(const Json& config) {
  O options;
  for_each_field<O>([&](const auto& field) {
    if (const Json* value = config.find(field.name)) {
      read_option(*value, options.*field.member);
    } else if (field.required) {
      config.at(field.name);
    }
  });
  return options;
}

/// A described module from its configuration.
template <class M>
ModulePtr build_described(const Json& config) {
  return std::make_shared<M>(read_options<typename M::Options>(config));
}

/// A class of one-input modules: `call` is an expression of the input `x` and the options `o`.
#define INGOT_LAYER(Name, OptionsType, call)                                                                           \
  class Name : public Described<OptionsType> {                                                                         \
   public:                                                                                                             \
    using Described<OptionsType>::Described;                                                                           \
    Array forward(const Array& x) override {                                                                           \
      [[maybe_unused]] const OptionsType o = options();                                                                \
      return call;                                                                                                     \
    }                                                                                                                  \
    std::string type_name() const override { return #Name; }                                                           \
  };

}  // namespace ingot::nn
