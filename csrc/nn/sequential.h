// Modules one after another.
#pragma once

#include "ingot/nn/container.h"

namespace ingot::nn {

/// Feeds its input through its children in order: `nn::Sequential model(nn::Linear(2, 16), nn::Tanh(), nn::Linear(16,
/// 1));`.
///
/// Children are named "0", "1", ... unless named otherwise.
class Sequential : public ModuleSequence {
 public:
  Sequential() = default;
  explicit Sequential(const std::vector<ModulePtr>& modules);
  explicit Sequential(const std::vector<std::pair<std::string, ModulePtr>>& modules);
  /// Takes modules by value, or as shared pointers where the caller keeps one too.
  template <class First, class... Rest>
    requires(!std::is_same_v<std::remove_cvref_t<First>, Sequential> || sizeof...(Rest) > 0)
  explicit Sequential(First&& first, Rest&&... rest) {
    append(share(std::forward<First>(first)));
    (append(share(std::forward<Rest>(rest))), ...);
  }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "Sequential"; }

 private:
  template <class M>
  static ModulePtr share(M&& module) {
    if constexpr (std::is_convertible_v<M, ModulePtr>) {
      return std::forward<M>(module);
    } else {
      return std::make_shared<std::remove_cvref_t<M>>(std::forward<M>(module));
    }
  }
};

}  // namespace ingot::nn
