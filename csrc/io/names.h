// Names in error messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ingot {

/// ` (did you mean "fc1.weight"?)` if one of `known` is like `name`; empty otherwise.
std::string suggestion(std::string_view name, const std::vector<std::string>& known);

/// `"a", "b", "c" and 4 more`; `none` for an empty list.
std::string quoted_list(const std::vector<std::string>& names);

}  // namespace ingot
