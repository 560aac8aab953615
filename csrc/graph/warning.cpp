#include "ingot/graph/warning.h"

#include <iostream>

namespace ingot {

namespace {

/// Never destroyed: a warning may come while static objects are going away.
std::function<void(const std::string&)>& hook() {
  static auto* installed = new std::function<void(const std::string&)>;
  return *installed;
}

}  // namespace

void warn(const std::string& message) {
  if (hook())
    hook()(message);
  else
    std::cerr << "ingot: warning: " << message << '\n';
}

void set_warning_hook(std::function<void(const std::string&)> replacement) { hook() = std::move(replacement); }

}  // namespace ingot
