#include "ingot/engine/lock.h"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ingot/engine/in_flight.h"
#include "ingot/graph/error.h"

namespace ingot {

namespace {

/// Never destroyed: arrays in static objects may be evaluated late.
std::recursive_mutex* graph_mutex = new std::recursive_mutex;

/// The plans that run without the graph lock.
struct Runs {
  std::mutex mutex;
  std::condition_variable ended;
  int running = 0;             ///< plans that compute
  int unfinished = 0;          ///< and those whose thread has yet to take the graph lock again
  uint64_t ends = 0;           ///< of the latter
  std::atomic<int> forks = 0;  ///< that wait for a moment in which nothing runs
};
Runs* runs = new Runs;

// A forked child has only the thread that forked. Were another one evaluating at that moment, the child would inherit a
// graph half-way through, and locks that nobody gives back: so a fork waits for running plans, and for the lock. The
// child makes a new one, because it has another thread id.
void before_fork();
void after_fork_in_parent();
void after_fork_in_child();
const int registered_for_forks = pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);

BlockingHook& blocking_hook() {
  static auto* hook = new BlockingHook;
  return *hook;
}

std::function<bool()>& interrupt_hook() {
  static auto* hook = new std::function<bool()>;
  return *hook;
}

/// GraphLock objects of this thread, and how often it has the mutex: not at all while a plan runs.
thread_local int held = 0;
thread_local int owned = 0;
thread_local bool uninterruptible = false;

// Waiting gives up the host's lock. While it takes that again (at the end of the process it may never get it) this
// thread must not hold the graph lock: hence it does not wait for the mutex itself, but until that was free.
void lock_graph() {
  while (!graph_mutex->try_lock()) {
    run_blocking([] {
      graph_mutex->lock();
      graph_mutex->unlock();
    });
  }
  ++owned;
}

void unlock_graph() {
  --owned;
  graph_mutex->unlock();
}

/// Gives up the mutex altogether while it lives.
class Yielded {
 public:
  Yielded() : levels_(owned) {
    for (int i = 0; i < levels_; ++i) unlock_graph();
  }
  ~Yielded() {
    for (int i = 0; i < levels_; ++i) lock_graph();
  }
  Yielded(const Yielded&) = delete;
  Yielded& operator=(const Yielded&) = delete;

 private:
  int levels_;
};

/// Returns when a plan has ended, or after a moment.
void wait_a_moment(uint64_t ends) {
  const Yielded yielded;
  run_blocking([ends] {
    std::unique_lock lock(runs->mutex);
    runs->ended.wait_for(lock, std::chrono::milliseconds(20), [ends] { return runs->ends != ends; });
  });
}

uint64_t ends_so_far() {
  const std::lock_guard lock(runs->mutex);
  return runs->ends;
}

int running() {
  const std::lock_guard lock(runs->mutex);
  return runs->running;
}

int unfinished() {
  const std::lock_guard lock(runs->mutex);
  return runs->unfinished;
}

void before_fork() {
  ++runs->forks;
  lock_graph();
  while (unfinished() > 0) wait_a_moment(ends_so_far());
}
void after_fork_in_parent() {
  unlock_graph();
  {
    const std::lock_guard lock(runs->mutex);
    --runs->forks;
  }
  runs->ended.notify_all();
}
void after_fork_in_child() {
  graph_mutex = new std::recursive_mutex;
  runs = new Runs;
  --owned;
  for (int i = 0; i < owned; ++i) graph_mutex->lock();
}

/// A thread that evaluates again and again would never let a fork find the moment in which nothing runs.
void let_forks_pass() {
  if (runs->forks == 0) return;
  run_blocking([] {
    std::unique_lock lock(runs->mutex);
    runs->ended.wait(lock, [] { return runs->forks == 0; });
  });
}

}  // namespace

void set_blocking_hook(BlockingHook hook) { blocking_hook() = std::move(hook); }

void run_blocking(const std::function<void()>& work) {
  if (blocking_hook())
    blocking_hook()(work);
  else
    work();
}

GraphLock::GraphLock() {
  if (held == 0) let_forks_pass();
  lock_graph();
  ++held;
}

GraphLock::~GraphLock() {
  --held;
  unlock_graph();
}

GraphUnlock::GraphUnlock() : unlocked_(owned == 1) {
  if (!unlocked_) return;
  {
    const std::lock_guard lock(runs->mutex);
    ++runs->unfinished;
  }
  unlock_graph();
}

GraphUnlock::~GraphUnlock() {
  if (!unlocked_) return;
  lock_graph();
  {
    const std::lock_guard lock(runs->mutex);
    --runs->unfinished;
    ++runs->ends;
  }
  runs->ended.notify_all();
}

PlanRun::PlanRun() {
  const std::lock_guard lock(runs->mutex);
  ++runs->running;
}

PlanRun::~PlanRun() {
  const std::lock_guard lock(runs->mutex);
  --runs->running;
}

void wait_for_evaluation() {
  const uint64_t ends = ends_so_far();
  while (ends_so_far() == ends) {
    wait_a_moment(ends);
    poll_interrupt();
  }
}

void stop_evaluating() {
  using namespace std::chrono_literals;
  for (auto waited = 0ms;; waited += 1ms) {
    if (graph_mutex->try_lock()) {
      ++owned;
      if (running() == 0) break;
      unlock_graph();
    } else if (waited > 2s && running() == 0) {
      // Whoever holds it waits for a host that ends: for ever.
      graph_mutex = new std::recursive_mutex;
    }
    run_blocking([] { std::this_thread::sleep_for(1ms); });
  }
  ++held;
  InFlight::forget_all();
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
