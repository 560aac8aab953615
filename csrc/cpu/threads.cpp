#include "ingot/cpu/threads.h"

#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <thread>

#include <unsupported/Eigen/CXX11/ThreadPool>

#include "ingot/engine/lock.h"
#include "ingot/graph/error.h"

namespace ingot {
namespace cpu {
namespace {

using ThreadPool = Eigen::ThreadPool;

constexpr long kMostThreads = 4096;

int default_threads() {
  if (const char* text = std::getenv("INGOT_NUM_THREADS")) {
    char* end = nullptr;
    const long count = std::strtol(text, &end, 10);
    if (end != text && *end == '\0' && count >= 1 && count <= kMostThreads) return static_cast<int>(count);
    throw ValueError("INGOT_NUM_THREADS must be a whole number from 1 to ", kMostThreads, ", not '", text, "'");
  }
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::atomic<int> thread_count{0};
std::mutex pool_mutex;
/// Held by whoever uses it, as another thread may change the number meanwhile. Never destroyed: its threads may outlive
/// every static object.
auto* pool = new std::shared_ptr<ThreadPool>;
int pool_size = 0;
thread_local bool inside_block = false;

/// The threads of the parent do not exist in a forked child, nor whoever held the mutex.
void forget_pool_after_fork() {
  pool = new std::shared_ptr<ThreadPool>;
  pool_size = 0;
  new (&pool_mutex) std::mutex;
}

/// The pool with `workers` threads; made when first needed, and anew if the number has changed.
std::shared_ptr<ThreadPool> workers(int count) {
  std::shared_ptr<ThreadPool> former;  // may end its threads when this returns, not under the mutex
  const std::lock_guard guard(pool_mutex);
  if (pool_size != count) {
    static const int registered = pthread_atfork(nullptr, nullptr, forget_pool_after_fork);
    static_cast<void>(registered);
    former = std::exchange(*pool, std::make_shared<ThreadPool>(count));
    pool_size = count;
  }
  return *pool;
}

/// One call of parallel_for. Shared with the workers, because one may start only after everything is done.
class Job {
 public:
  Job(int64_t count, BlockFn f) : blocks_(count), function_(f) {}

  /// Takes blocks until none is left.
  template <class BeforeBlock>
  void work(BeforeBlock before) {
    const Inside inside;
    while (next_.load() < blocks_) {
      before();
      const int64_t block = next_.fetch_add(1);
      if (block >= blocks_) return;
      function_(block);
    }
  }

  /// The same on a thread of the pool. `function_` is only called for a block that was taken, and the caller waits for
  /// those.
  void help() {
    running_.fetch_add(1);
    try {
      work([] {});
    } catch (...) {
      next_.store(blocks_);
      const std::lock_guard guard(mutex_);
      if (!error_) error_ = std::current_exception();
    }
    if (running_.fetch_sub(1) == 1) {
      const std::lock_guard guard(mutex_);
      idle_.notify_all();
    }
  }

  /// Lets nobody take another block, and waits until nobody works on one.
  void stop() noexcept {
    next_.store(blocks_);
    for (int spin = 0; spin < 2000 && running_.load() != 0; ++spin) std::this_thread::yield();
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return running_.load() == 0; });
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  struct Inside {
    Inside() { inside_block = true; }
    ~Inside() { inside_block = false; }
  };

  const int64_t blocks_;
  const BlockFn function_;
  std::atomic<int64_t> next_{0};
  std::atomic<int> running_{0};
  std::mutex mutex_;
  std::condition_variable idle_;
  std::exception_ptr error_;
};

void run_alone(int64_t blocks, BlockFn f) {
  for (int64_t block = 0; block < blocks; ++block) {
    if (block) poll_interrupt();
    f(block);
  }
}

}  // namespace

void parallel_for(int64_t blocks, BlockFn f) {
  if (blocks <= 1 || inside_block) return run_alone(blocks, f);
  const int64_t helpers = std::min<int64_t>(num_threads(), blocks) - 1;
  if (helpers == 0) return run_alone(blocks, f);
  const auto job = std::make_shared<Job>(blocks, f);
  const std::shared_ptr<ThreadPool> threads = workers(num_threads() - 1);
  {
    // In a destructor, so that it also happens when a block or the poll throws here, or the host language ends this
    // thread inside it.
    struct Stop {
      Job& job;
      ~Stop() { job.stop(); }
    } const stop{*job};
    for (int64_t i = 0; i < helpers; ++i) threads->Schedule([job] { job->help(); });
    job->work([] { poll_interrupt(); });
  }
  job->rethrow();
}

}  // namespace cpu

int num_threads() {
  int count = cpu::thread_count.load(std::memory_order_relaxed);
  if (count == 0) {
    count = cpu::default_threads();
    cpu::thread_count.store(count);
  }
  return count;
}

void set_num_threads(int count) {
  if (count < 1 || count > cpu::kMostThreads)
    throw ValueError("set_num_threads: expected a count from 1 to ", cpu::kMostThreads, ", got ", count);
  cpu::thread_count.store(count);
}

}  // namespace ingot
