#include "ingot/ops/conventions.h"

#include <atomic>

namespace ingot {

namespace {

std::atomic<bool> pytorchs{false};

}  // namespace

bool pytorch_conventions() noexcept { return pytorchs.load(std::memory_order_relaxed); }
void set_pytorch_conventions(bool on) noexcept { pytorchs.store(on, std::memory_order_relaxed); }

}  // namespace ingot
