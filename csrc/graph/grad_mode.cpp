#include "ingot/graph/grad_mode.h"

namespace ingot {

namespace {
thread_local bool enabled_on_this_thread = true;
}

bool grad_enabled() noexcept { return enabled_on_this_thread; }
void set_grad_enabled(bool enabled) noexcept { enabled_on_this_thread = enabled; }

GradMode::GradMode(bool enabled) noexcept : previous_(enabled_on_this_thread) { enabled_on_this_thread = enabled; }
GradMode::~GradMode() { enabled_on_this_thread = previous_; }

}  // namespace ingot
