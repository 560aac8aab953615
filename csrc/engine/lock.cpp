#include "ingot/engine/lock.h"

#include <chrono>
#include <mutex>

#include "ingot/graph/error.h"

namespace ingot {

namespace {

/// Never destroyed: arrays in static objects may be evaluated late.
std::recursive_mutex& graph_mutex() {
  static auto* mutex = new std::recursive_mutex;
  return *mutex;
}

BlockingHook& blocking_hook() {
  static auto* hook = new BlockingHook;
  return *hook;
}

std::function<bool()>& interrupt_hook() {
  static auto* hook = new std::function<bool()>;
  return *hook;
}

thread_local int held = 0;
thread_local bool uninterruptible = false;

}  // namespace

void set_blocking_hook(BlockingHook hook) { blocking_hook() = std::move(hook); }

void run_blocking(const std::function<void()>& work) {
  if (blocking_hook()) blocking_hook()(work);
  else work();
}

GraphLock::GraphLock() {
  if (!graph_mutex().try_lock()) run_blocking([] { graph_mutex().lock(); });
  ++held;
}

GraphLock::~GraphLock() {
  --held;
  graph_mutex().unlock();
}

void set_interrupt_hook(std::function<bool()> hook) { interrupt_hook() = std::move(hook); }

Uninterruptible::Uninterruptible(bool active) noexcept : previous_(uninterruptible) { uninterruptible |= active; }
Uninterruptible::~Uninterruptible() { uninterruptible = previous_; }

void poll_interrupt() {
  using Clock = std::chrono::steady_clock;
  static thread_local Clock::time_point last = Clock::now();
  if (held == 0 || uninterruptible || !interrupt_hook()) return;
  const auto now = Clock::now();
  if (now - last < std::chrono::milliseconds(20)) return;
  last = now;
  if (interrupt_hook()()) throw Interrupted();
}

}  // namespace ingot
