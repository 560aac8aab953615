// Whether operations on this thread record the graph for differentiation.
#pragma once

namespace ingot {

/// True unless inside `no_grad`.
bool grad_enabled() noexcept;
/// Turns recording on or off on this thread for good; for host languages, whose scopes are not C++'s.
void set_grad_enabled(bool enabled) noexcept;

/// Turns recording on or off on this thread while it lives: `GradMode off(false);`.
class GradMode {
 public:
  explicit GradMode(bool enabled) noexcept;
  ~GradMode();
  GradMode(const GradMode&) = delete;
  GradMode& operator=(const GradMode&) = delete;

 private:
  bool previous_;
};

}  // namespace ingot
