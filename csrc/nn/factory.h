// From a layer's name and configuration back to the layer. A built-in module that is not listed in factory.cpp cannot
// be loaded from a file.
#pragma once

#include <span>
#include <string_view>
#include <typeinfo>

#include "ingot/nn/module.h"

namespace ingot::nn {

struct Builder {
  const char* type_name;
  /// The exact class: a subclass under the same name is another one.
  const std::type_info* type;
  /// Throws KeyError or ValueError if the configuration is not that of such a layer.
  ModulePtr (*build)(const Json& config);
};

/// Every built-in module.
std::span<const Builder> builders();
/// The builder of a built-in module, or null.
const Builder* find_builder(std::string_view type_name);

}  // namespace ingot::nn
