#include "ingot/nn/options.h"

#include <cmath>

#include "ingot/nn/spatial.h"
#include "ingot/ops/creation.h"

namespace ingot::nn {

namespace {

template <class T>
Json nullable(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

template <class T>
void read_nullable(const Json& json, std::optional<T>& value) {
  if (json.is_null()) {
    value.reset();
  } else {
    read_option(json, value.emplace());
  }
}

template <class T>
std::string text_or_none(const std::optional<T>& value) {
  return value ? option_text(*value) : "None";
}

}  // namespace

Json option_json(bool value) { return value; }
Json option_json(int64_t value) { return value; }
Json option_json(double value) { return value; }
Json option_json(const std::string& value) { return value; }
Json option_json(const std::optional<int64_t>& value) { return nullable(value); }
Json option_json(const std::optional<double>& value) { return nullable(value); }
Json option_json(const Axes& value) { return json_of(value); }
Json option_json(const std::vector<double>& value) {
  Json::List list;
  for (const double each : value) list.emplace_back(each);
  return list;
}
Json option_json(Reduction value) { return name_of(value); }
Json option_json(const Array& value) { return value.defined() ? json_of(value.shape()) : Json(); }

void read_option(const Json& json, bool& value) { value = json.as_bool(); }
void read_option(const Json& json, int64_t& value) { value = json.as_int(); }
void read_option(const Json& json, double& value) { value = json.as_double(); }
void read_option(const Json& json, std::string& value) { value = json.as_string(); }
void read_option(const Json& json, std::optional<int64_t>& value) { read_nullable(json, value); }
void read_option(const Json& json, std::optional<double>& value) { read_nullable(json, value); }
void read_option(const Json& json, Axes& value) { value = axes_of(json); }
void read_option(const Json& json, std::vector<double>& value) {
  value.clear();
  for (const Json& each : json.as_list()) value.push_back(each.as_double());
}
void read_option(const Json& json, Reduction& value) { value = parse_reduction(json.as_string()); }
void read_option(const Json& json, Array& value) { value = json.is_null() ? Array() : ones(axes_of(json)); }

std::string option_text(bool value) { return value ? "True" : "False"; }
std::string option_text(int64_t value) { return std::to_string(value); }
std::string option_text(double value) {
  std::string text = concat(value);
  if (std::isfinite(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}
std::string option_text(const std::string& value) { return concat('\'', value, '\''); }
std::string option_text(const std::optional<int64_t>& value) { return text_or_none(value); }
std::string option_text(const std::optional<double>& value) { return text_or_none(value); }
std::string option_text(const Axes& value) { return as_given(value); }
std::string option_text(const std::vector<double>& value) {
  if (value.size() == 1) return option_text(value[0]);
  std::string text;
  for (const double each : value) text += (text.empty() ? "(" : ", ") + option_text(each);
  return text.empty() ? "None" : text + ')';
}
std::string option_text(Reduction value) { return option_text(std::string(name_of(value))); }
std::string option_text(const Array& value) { return value.defined() ? concat(value.shape()) : "None"; }

}  // namespace ingot::nn
