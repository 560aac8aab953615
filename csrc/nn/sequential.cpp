#include "ingot/nn/sequential.h"

namespace ingot::nn {

Sequential::Sequential(const std::vector<ModulePtr>& modules) { extend(modules); }

Sequential::Sequential(const std::vector<std::pair<std::string, ModulePtr>>& modules) {
  for (const auto& [name, module] : modules) register_module(name, module);
}

Array Sequential::forward(const Array& x) {
  Array result = x;
  for (const auto& [name, module] : children()) result = (*module)(result);
  return result;
}

}  // namespace ingot::nn
