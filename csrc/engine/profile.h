// What the engine did while somebody was looking: which steps, when, for how long.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ingot/engine/step_info.h"

namespace ingot {

/// Records what all threads run from `start` to `stop`. Several may be under way; each sees everything.
class Profile {
 public:
  enum class Kind : uint8_t {
    step,   ///< one step of a plan
    eval,   ///< an evaluation from capture to the last value
    plan,   ///< the making of a plan, within an evaluation or a recording
    trace,  ///< the recording of a function by `jit`
    replay  ///< a run of such a recording
  };
  struct Record {
    Kind kind;
    uint32_t thread;  ///< counts from 0 in the order of appearance
    int64_t begin;    ///< nanoseconds since `start`
    int64_t end;
    std::shared_ptr<const StepInfo> step;  ///< of a step
  };

  Profile() = default;
  ~Profile();
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

  void start();
  void stop();
  /// What was recorded, in the order in which it ended.
  std::vector<Record> records() const;
  /// Nanoseconds from `start` to `stop`, or to now.
  int64_t elapsed() const;

  /// True if anybody is looking.
  static bool active() noexcept { return active_.load(std::memory_order_relaxed); }
  /// Now, as the times of `note`.
  static int64_t now() noexcept;
  /// Records for all that look.
  static void note(Kind kind, int64_t begin, std::shared_ptr<const StepInfo> step = {});

 private:
  static std::atomic<bool> active_;
  std::vector<Record> records_;
  int64_t start_ = 0;
  int64_t stop_ = 0;
};

/// Records its own life time.
class ProfileSpan {
 public:
  explicit ProfileSpan(Profile::Kind kind) noexcept : kind_(kind), begin_(Profile::active() ? Profile::now() : -1) {}
  ~ProfileSpan() {
    if (begin_ >= 0) Profile::note(kind_, begin_);
  }
  ProfileSpan(const ProfileSpan&) = delete;
  ProfileSpan& operator=(const ProfileSpan&) = delete;

 private:
  Profile::Kind kind_;
  int64_t begin_;
};

}  // namespace ingot
