// Watches a function run on placeholders, and puts every handle back the way it was.
#pragma once

#include <unordered_map>
#include <vector>

#include "ingot/graph/observer.h"

namespace ingot {

class Recorder final : public HandleObserver {
 public:
  /// A handle that the function read or changed.
  struct Handle {
    Array handle;
    NodeRef before;
    NodeRef placeholder;  ///< stands for the value before; null if it was never read
    NodeRef after;        ///< null if unchanged
  };
  /// A gradient that the function read or changed.
  struct Gradient {
    Ref<GradSlot> slot;
    Array before;
    NodeRef placeholder;
    Array after;
    bool changed = false;
  };

  void on_read(const Array& handle) override;
  void on_rebind(const Array& handle) override;
  void on_grad(GradSlot& slot) override;

  /// Ends the recording: notes what became of everything, and restores it.
  void finish();
  /// Restores everything, after a failure.
  void abandon() noexcept;

  std::vector<Handle> handles;
  std::vector<Gradient> gradients;

 private:
  Handle& entry(const Array& handle);

  std::unordered_map<const void*, size_t> handle_index_;
  std::unordered_map<const GradSlot*, size_t> gradient_index_;
};

}  // namespace ingot
