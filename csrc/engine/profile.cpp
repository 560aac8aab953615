#include "ingot/engine/profile.h"

#include <algorithm>
#include <chrono>

namespace ingot {

namespace {

/// Never destroyed: the last evaluations may be late.
std::mutex& profile_mutex() {
  static auto* mutex = new std::mutex;
  return *mutex;
}

std::vector<Profile*>& profiles() {
  static auto* list = new std::vector<Profile*>;
  return *list;
}

uint32_t thread_number() {
  static std::atomic<uint32_t> next{0};
  thread_local const uint32_t number = next.fetch_add(1);
  return number;
}

}  // namespace

std::atomic<bool> Profile::active_{false};

Profile::~Profile() { stop(); }

void Profile::start() {
  const std::lock_guard lock(profile_mutex());
  std::erase(profiles(), this);
  profiles().push_back(this);
  records_.clear();
  stop_ = 0;
  start_ = now();
  active_ = true;
}

void Profile::stop() {
  const std::lock_guard lock(profile_mutex());
  if (std::erase(profiles(), this)) stop_ = now();
  active_ = !profiles().empty();
}

std::vector<Profile::Record> Profile::records() const {
  const std::lock_guard lock(profile_mutex());
  return records_;
}

int64_t Profile::elapsed() const {
  const std::lock_guard lock(profile_mutex());
  if (start_ == 0) return 0;
  return (stop_ ? stop_ : now()) - start_;
}

int64_t Profile::now() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

void Profile::note(Kind kind, int64_t begin, std::shared_ptr<const StepInfo> step) {
  const int64_t end = now();
  const std::lock_guard lock(profile_mutex());
  for (Profile* each : profiles())
    each->records_.push_back(
        {kind, thread_number(), std::max<int64_t>(begin - each->start_, 0), end - each->start_, step});
}

}  // namespace ingot
