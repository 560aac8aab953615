#include "ingot/nn/sequential.h"

namespace ingot::nn {

Sequential::Sequential(const std::vector<ModulePtr>& modules) {
  for (const ModulePtr& module : modules) append(module);
}

Sequential::Sequential(const std::vector<std::pair<std::string, ModulePtr>>& modules) {
  for (const auto& [name, module] : modules) register_module(name, module);
}

void Sequential::append(ModulePtr module) { register_module(std::to_string(size()), std::move(module)); }

const ModulePtr& Sequential::at(int64_t position) const {
  const auto count = static_cast<int64_t>(size());
  if (position < -count || position >= count)
    throw IndexError("Sequential: position ", position, " is out of range for ", count, " modules");
  return children()[static_cast<size_t>(position < 0 ? position + count : position)].second;
}

Array Sequential::forward(const Array& x) {
  Array result = x;
  for (const auto& [name, module] : children()) result = (*module)(result);
  return result;
}

}  // namespace ingot::nn
