// Things that are no error, but that the user would want to know.
#pragma once

#include <functional>
#include <string>

namespace ingot {

/// Tells the user. Goes to standard error unless a host language has installed its own way.
void warn(const std::string& message);
void set_warning_hook(std::function<void(const std::string&)> hook);

}  // namespace ingot
