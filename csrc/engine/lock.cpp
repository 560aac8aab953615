#include "ingot/engine/lock.h"

#include <pthread.h>

#include <chrono>
#include <mutex>

#include "ingot/graph/error.h"

namespace ingot {

namespace {

/// Never destroyed: arrays in static objects may be evaluated late.
std::recursive_mutex* graph_mutex = new std::recursive_mutex;

// A forked child has only the thread that forked. Were another one evaluating at that moment, the child would inherit a
// lock that nobody gives back and a graph half-way through: so a fork waits for the lock. The child makes a new one,
// because it has another thread id.
void before_fork();
void after_fork_in_parent() { graph_mutex->unlock(); }
void after_fork_in_child() { graph_mutex = new std::recursive_mutex; }
const int registered_for_forks = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);

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

void lock_graph() {
  if (!graph_mutex->try_lock()) run_blocking([] { graph_mutex->lock(); });
}

void before_fork() { lock_graph(); }

}  // namespace

void set_blocking_hook(BlockingHook hook) { blocking_hook() = std::move(hook); }

void run_blocking(const std::function<void()>& work) {
  if (blocking_hook())
    blocking_hook()(work);
  else
    work();
}

GraphLock::GraphLock() {
  lock_graph();
  ++held;
}

GraphLock::~GraphLock() {
  --held;
  graph_mutex->unlock();
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
