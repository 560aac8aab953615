// Taking and letting go of the GIL, safely also while Python shuts down.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

// Note [Threads at exit]
// Once Python finalizes, a thread other than the main one that asks for the GIL is ended by pthread_exit, which unwinds
// its stack; in the middle of C++ that ends the process with std::terminate. So at exit, before Python finalizes:
// running evaluations are interrupted and waited for, and from then on a thread that wants the GIL back sleeps instead,
// until the process is gone.

/// Holds the GIL while it lives.
class WithGil {
 public:
  WithGil();
  ~WithGil();
  WithGil(const WithGil&) = delete;
  WithGil& operator=(const WithGil&) = delete;

 private:
  PyGILState_STATE state_;
};

/// Lets other threads have the GIL while it lives; nothing happens if this thread does not hold it.
class WithoutGil {
 public:
  WithoutGil();
  ~WithoutGil();
  WithoutGil(const WithoutGil&) = delete;
  WithoutGil& operator=(const WithoutGil&) = delete;

 private:
  PyThreadState* saved_ = nullptr;
};

/// Lets other Python threads run while `f` works.
template <class F>
decltype(auto) without_gil(F&& f) {
  const WithoutGil release;
  return f();
}

/// True if the process ends and this thread with it.
bool must_end() noexcept;
/// Registered with atexit: brings other threads to rest.
void prepare_for_exit();

}  // namespace ingot::python
