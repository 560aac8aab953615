#include "ingot/engine/async.h"

#include <pthread.h>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "ingot/engine/eval_targets.h"
#include "ingot/engine/lock.h"

namespace ingot {

namespace {

/// The thread and what it has to do.
class Worker {
 public:
  using Targets = std::vector<NodeRef>;

  void add(Targets targets) {
    std::unique_lock lock(mutex_);
    if (!started_) {
      std::thread([this] { serve(); }).detach();
      started_ = true;
    }
    waiting_.push_back(std::move(targets));
    changed_.notify_all();
  }

  /// Waits a moment for room; true if there is.
  bool has_room() {
    constexpr size_t kMost = 8;
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(20), [this] { return waiting_.size() < kMost; });
  }

  void drop_all() {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
  }

 private:
  void serve() {
    for (;;) {
      Targets targets;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !waiting_.empty(); });
        targets = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
      }
      try {
        eval_nodes(targets);
      } catch (...) {
        // They stay pending: whoever uses them computes them again, and gets the error.
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Targets> waiting_;
  bool started_ = false;
};

Worker* worker = nullptr;

/// A forked child has no such thread; what it had to do stays pending there.
void forget_worker() { worker = nullptr; }

/// At the end of the process nothing may run on while static objects are destroyed.
void end() {
  if (worker) worker->drop_all();
  stop_evaluating();
}

Worker& the_worker() {
  const GraphLock lock;
  static const int registered = pthread_atfork(nullptr, nullptr, forget_worker) | std::atexit(end);
  static_cast<void>(registered);
  if (!worker) worker = new Worker;
  return *worker;
}

}  // namespace

void async_eval(std::span<const Array> arrays) {
  std::vector<NodeRef> targets = eval_targets(arrays);
  if (targets.empty()) return;
  Worker& there = the_worker();
  for (bool room = false; !room;) {
    run_blocking([&] { room = there.has_room(); });
    if (room) break;
    const GraphLock lock;
    poll_interrupt();
  }
  there.add(std::move(targets));
}

}  // namespace ingot
