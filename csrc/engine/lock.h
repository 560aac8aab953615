// The graph lock: walks over a graph happen one at a time, and so does the beginning and the end of each evaluation.
#pragma once

#include <functional>

namespace ingot {

/// Holds the graph lock while it lives; the same thread may hold it several times.
///
/// Waiting for it calls the blocking hook (the Python layer lets go of the GIL there), so a thread that holds the lock
/// may itself take the GIL.
class GraphLock {
 public:
  GraphLock();
  ~GraphLock();
  GraphLock(const GraphLock&) = delete;
  GraphLock& operator=(const GraphLock&) = delete;
};

/// Lets go of the graph lock while a plan runs, so that meanwhile others can build, walk and evaluate; what the plan
/// touches is out of their reach (engine/in_flight.h). A thread that holds the lock for something else too keeps it.
class GraphUnlock {
 public:
  GraphUnlock();
  ~GraphUnlock();
  GraphUnlock(const GraphUnlock&) = delete;
  GraphUnlock& operator=(const GraphUnlock&) = delete;

 private:
  bool unlocked_;
};

/// Says, while it lives, that a plan computes.
class PlanRun {
 public:
  PlanRun();
  ~PlanRun();
  PlanRun(const PlanRun&) = delete;
  PlanRun& operator=(const PlanRun&) = delete;
};

/// Waits until some plan that another thread runs has ended. Call it under the graph lock, which is given up meanwhile.
/// Throws Interrupted.
void wait_for_evaluation();
/// For the end of the process. Takes the graph lock and keeps it, once no plan computes any more: nobody but the calling
/// thread evaluates from then on, and nobody waits for values that others were about to have.
void stop_evaluating();

/// Runs its argument, which may block for long; installed by a host language that has a lock of its own to let go of.
using BlockingHook = std::function<void(const std::function<void()>&)>;
void set_blocking_hook(BlockingHook hook);
/// Runs `work` through the blocking hook.
void run_blocking(const std::function<void()>& work);

/// Asks the host language whether the user wants to stop (Ctrl-C); called now and then while the engine works.
void set_interrupt_hook(std::function<bool()> hook);
/// Calls the interrupt hook if it is time to (every 20 ms at most). Throws Interrupted if the user wants to stop.
/// Cheap enough for every block of a kernel; does nothing on threads other than the one that evaluates.
void poll_interrupt();

/// Keeps `poll_interrupt` from throwing on this thread while it lives (if `active`): memory is being overwritten that a
/// stop would lose.
class Uninterruptible {
 public:
  explicit Uninterruptible(bool active = true) noexcept;
  ~Uninterruptible();
  Uninterruptible(const Uninterruptible&) = delete;
  Uninterruptible& operator=(const Uninterruptible&) = delete;

 private:
  bool previous_;
};

}  // namespace ingot
