#include "gil.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "ingot/engine/lock.h"

namespace ingot::python {

namespace {

std::atomic<bool> shutting_down = false;
/// Threads that are past the check and on their way to the GIL.
std::atomic<int> arriving = 0;
/// The thread that ends the process, which may go on using Python. Set before `shutting_down`.
std::thread::id last_thread;

}  // namespace

bool must_end() noexcept { return shutting_down && std::this_thread::get_id() != last_thread; }

namespace {

/// Announces that this thread will ask for the GIL; does not return if it must not any more.
class Arrival {
 public:
  Arrival() {
    ++arriving;
    if (!must_end()) return;
    --arriving;
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
  }
  ~Arrival() { --arriving; }
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;
};

}  // namespace

WithGil::WithGil() {
  if (PyGILState_Check()) {
    state_ = PyGILState_Ensure();
    return;
  }
  const Arrival arrival;
  state_ = PyGILState_Ensure();
}

WithGil::~WithGil() { PyGILState_Release(state_); }

WithoutGil::WithoutGil() {
  if (PyGILState_Check()) saved_ = PyEval_SaveThread();
}

WithoutGil::~WithoutGil() {
  if (!saved_) return;
  const Arrival arrival;
  PyEval_RestoreThread(saved_);
}

void prepare_for_exit() {
  last_thread = std::this_thread::get_id();
  shutting_down = true;
  stop_evaluating();
  const WithoutGil release;
  while (arriving > 0) std::this_thread::yield();
}

}  // namespace ingot::python
