#include "ingot/io/json.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace ingot {

namespace {

using Writer = nlohmann::ordered_json;

/// Builds a Json from the events of nlohmann's parser, which is iterative and checks UTF-8; what is stricter here is
/// that keys may not repeat, integers must fit, and nesting is bounded, so that no later walk over the value can go
/// deep.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }

  bool null() override { return put(Json()); }
  bool boolean(bool v) override { return put(Json(v)); }
  bool number_integer(number_integer_t v) override { return put(Json(static_cast<int64_t>(v))); }
  bool number_unsigned(number_unsigned_t v) override {
    if (v > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
      return fail(concat("the integer ", v, " does not fit in 64 bits"));
    return put(Json(static_cast<int64_t>(v)));
  }
  bool number_float(number_float_t v, const string_t&) override { return put(Json(v)); }
  bool string(string_t& v) override { return put(Json(std::move(v))); }
  bool binary(binary_t&) override { return fail("binary data"); }

  bool start_object(std::size_t) override { return open(true); }
  bool key(string_t& v) override {
    if (!open_.back().seen.insert(v).second) return fail(concat("the key \"", v, "\" is repeated"));
    open_.back().key = std::move(v);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(false); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
    return fail(readable(error.what()));
  }

 private:
  /// A list or an object that is not complete yet.
  struct Open {
    bool is_object;
    Json::List items;
    Json::Object members;
    std::string key;
    std::unordered_set<std::string> seen;
  };

  /// The parser's message without its tag. It quotes the text it stopped at, which may be of any length and no UTF-8.
  static std::string readable(std::string text) {
    constexpr size_t kLongest = 200;
    if (const size_t tag = text.find("] "); tag != std::string::npos) text.erase(0, tag + 2);
    if (text.size() > kLongest) text.replace(kLongest, std::string::npos, "...");
    for (char& c : text)
      if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    return text;
  }
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }
  bool open(bool is_object) {
    if (open_.size() == Json::kMaxDepth)
      return fail(concat("lists and objects are nested more than ", Json::kMaxDepth, " deep"));
    open_.push_back({is_object, {}, {}, {}, {}});
    return true;
  }
  bool close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    return put(done.is_object ? Json(std::move(done.members)) : Json(std::move(done.items)));
  }
  bool put(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& parent = open_.back(); parent.is_object) {
      parent.members.emplace_back(std::move(parent.key), std::move(value));
    } else {
      parent.items.push_back(std::move(value));
    }
    return true;
  }

  Json root_;
  std::vector<Open> open_;
  std::string problem_;
};

Writer to_writer(const Json& value, size_t depth) {
  if (depth > Json::kMaxDepth)
    throw ValueError("JSON: lists and objects are nested more than ", Json::kMaxDepth, " deep");
  if (value.is_null()) return nullptr;
  if (value.is_bool()) return value.as_bool();
  if (value.is_int()) return value.as_int();
  if (value.is_double()) {
    const double number = value.as_double();
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
    return number;
  }
  if (value.is_string()) return value.as_string();
  if (value.is_list()) {
    Writer list = Writer::array();
    for (const Json& item : value.as_list()) list.push_back(to_writer(item, depth + 1));
    return list;
  }
  Writer object = Writer::object();
  // Members go in unchecked: `ordered_json` would look for each key among all others.
  auto& members = object.get_ref<Writer::object_t&>();
  for (const auto& [key, item] : value.as_object()) members.Container::emplace_back(key, to_writer(item, depth + 1));
  return object;
}

[[noreturn]] void throw_kind(const char* expected, const Json& value) {
  throw ValueError("JSON: expected ", expected, ", got ", value.kind());
}

}  // namespace

const char* Json::kind() const noexcept {
  static constexpr const char* kNames[] = {"null",     "a boolean", "an integer", "a number",
                                           "a string", "a list",    "an object"};
  return kNames[value_.index()];
}

bool Json::as_bool() const {
  if (!is_bool()) throw_kind("a boolean", *this);
  return std::get<bool>(value_);
}

int64_t Json::as_int() const {
  if (!is_int()) throw_kind("an integer", *this);
  return std::get<int64_t>(value_);
}

double Json::as_double() const {
  if (is_int()) return static_cast<double>(std::get<int64_t>(value_));
  if (is_string()) {
    const std::string& text = as_string();
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  }
  if (!is_double()) throw_kind("a number", *this);
  return std::get<double>(value_);
}

const std::string& Json::as_string() const {
  if (!is_string()) throw_kind("a string", *this);
  return std::get<std::string>(value_);
}

const Json::List& Json::as_list() const {
  if (!is_list()) throw_kind("a list", *this);
  return std::get<List>(value_);
}

const Json::Object& Json::as_object() const {
  if (!is_object()) throw_kind("an object", *this);
  return std::get<Object>(value_);
}

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, item] : as_object())
    if (name == key) return &item;
  return nullptr;
}

const Json& Json::at(std::string_view key) const {
  if (const Json* item = find(key)) return *item;
  std::string known;
  for (const auto& [name, item] : as_object()) known += (known.empty() ? "" : ", ") + name;
  throw KeyError("JSON: no member \"", key, "\"; there are: ", known.empty() ? "none" : known);
}

Json Json::parse(std::string_view text) {
  // nlohmann's lexer takes a zero byte for the end of its input, which would hide what follows.
  if (const size_t zero = text.find('\0'); zero != std::string_view::npos)
    throw ValueError("JSON: a zero byte at position ", zero);
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) throw ValueError("JSON: ", builder.problem());
  return builder.take();
}

std::string Json::dump() const {
  try {
    return to_writer(*this, 0).dump();
  } catch (const nlohmann::json::exception& error) {
    throw ValueError("JSON: cannot write: ", error.what());
  }
}

}  // namespace ingot
