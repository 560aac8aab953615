// What layers over spatial axes share: numbers for each axis in configurations and in text.
#pragma once

#include "ingot/graph/shape.h"
#include "ingot/io/json.h"

namespace ingot::nn {

inline Json json_of(const Axes& values) {
  Json::List list;
  for (const int64_t value : values) list.emplace_back(value);
  return list;
}

inline Axes axes_of(const Json& list) {
  Axes values;
  for (const Json& value : list.as_list()) values.push_back(value.as_int());
  return values;
}

/// As the user gave them: one number for all axes, or a tuple.
inline std::string as_given(const Axes& values) {
  return values.size() == 1 ? std::to_string(values[0]) : concat(values);
}

}  // namespace ingot::nn
