// JSON values: what model files and module configurations are written in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ingot/graph/error.h"

namespace ingot {

/// A JSON value. Objects keep the order of their members.
class Json {
 public:
  using List = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;

  Json() = default;
  Json(std::nullptr_t) {}
  Json(bool v) : value_(v) {}
  Json(int v) : value_(static_cast<int64_t>(v)) {}
  Json(int64_t v) : value_(v) {}
  Json(double v) : value_(v) {}
  Json(const char* v) : value_(std::string(v)) {}
  Json(std::string v) : value_(std::move(v)) {}
  Json(List v) : value_(std::move(v)) {}
  Json(Object v) : value_(std::move(v)) {}

  bool is_null() const noexcept { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const noexcept { return std::holds_alternative<bool>(value_); }
  bool is_int() const noexcept { return std::holds_alternative<int64_t>(value_); }
  bool is_double() const noexcept { return std::holds_alternative<double>(value_); }
  bool is_string() const noexcept { return std::holds_alternative<std::string>(value_); }
  bool is_list() const noexcept { return std::holds_alternative<List>(value_); }
  bool is_object() const noexcept { return std::holds_alternative<Object>(value_); }
  /// "null", "a boolean", "an integer", ...
  const char* kind() const noexcept;

  // Each throws ValueError if the value is of another kind.
  bool as_bool() const;
  int64_t as_int() const;
  /// Of an integer or a double, or of the strings that stand for what JSON's numbers cannot be ("Infinity",
  /// "-Infinity", "NaN").
  double as_double() const;
  const std::string& as_string() const;
  const List& as_list() const;
  const Object& as_object() const;

  /// The member of an object, or null if there is none. Throws ValueError unless an object.
  const Json* find(std::string_view key) const;
  /// The member of an object. Throws KeyError, naming the members there are.
  const Json& at(std::string_view key) const;

  bool operator==(const Json&) const = default;

  /// Most lists and objects inside one another, for `parse` and `dump`.
  static constexpr size_t kMaxDepth = 64;

  /// Reads strict JSON. Throws ValueError, saying where, for anything else: invalid UTF-8, repeated keys, integers
  /// beyond int64, nesting beyond `kMaxDepth`, anything after the value.
  static Json parse(std::string_view text);
  /// Writes without spaces. Infinities and NaN become strings, which `as_double` understands. Throws ValueError for
  /// invalid UTF-8 and for nesting beyond `kMaxDepth`.
  std::string dump() const;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, List, Object> value_;
};

}  // namespace ingot
