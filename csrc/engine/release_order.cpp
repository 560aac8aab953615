#include "ingot/engine/release_order.h"

#include <algorithm>

namespace ingot {

namespace {

class EarlyRelease {
 public:
  EarlyRelease(const std::vector<uint32_t>& order, std::vector<std::vector<uint32_t>> sources,
               const std::vector<GroupMemory>& memory)
      : order_(order), sources_(std::move(sources)), memory_(memory), state_(sources_.size()) {
    for (uint32_t group : order_) state_[group].waits = true;
    for (uint32_t group : order_) {
      auto& list = sources_[group];
      std::sort(list.begin(), list.end());
      list.erase(std::unique(list.begin(), list.end()), list.end());
      std::erase_if(list, [&](uint32_t source) { return !state_[source].waits; });
      state_[group].missing = static_cast<uint32_t>(list.size());
      for (uint32_t source : list) {
        ++state_[source].readers;
        state_[source].reader_bits ^= group;
      }
    }
    first_reader_.assign(sources_.size() + 1, 0);
    for (uint32_t group = 0; group < sources_.size(); ++group)
      first_reader_[group + 1] = first_reader_[group] + state_[group].readers;
    readers_.resize(first_reader_.back());
    std::vector<uint32_t> next(first_reader_.begin(), first_reader_.end() - 1);
    for (uint32_t group : order_)
      for (uint32_t source : sources_[group]) readers_[next[source]++] = group;
    result_.reserve(order_.size());
  }

  std::vector<uint32_t> run() {
    for (uint32_t group : order_) {
      if (!state_[group].waits) continue;
      emit(group);
      while (!candidates_.empty()) {
        const uint32_t next = candidates_.back();
        candidates_.pop_back();
        if (state_[next].waits && state_[next].missing == 0 && gain(next) >= 0) emit(next);
      }
    }
    return std::move(result_);
  }

 private:
  struct State {
    bool waits = false;
    uint32_t missing = 0;      ///< sources that did not run yet
    uint32_t readers = 0;      ///< that did not run yet
    uint32_t reader_bits = 0;  ///< the exclusive or of their numbers: the number of the last one
  };

  void emit(uint32_t group) {
    result_.push_back(group);
    state_[group].waits = false;
    for (uint32_t source : sources_[group]) {
      State& s = state_[source];
      --s.readers;
      s.reader_bits ^= group;
      if (s.readers == 1) candidates_.push_back(s.reader_bits);
    }
    for (uint32_t at = first_reader_[group]; at < first_reader_[group + 1]; ++at)
      if (--state_[readers_[at]].missing == 0) candidates_.push_back(readers_[at]);
  }

  int64_t gain(uint32_t group) const {
    int64_t bytes = -memory_[group].written;
    for (uint32_t source : sources_[group])
      if (state_[source].readers == 1) bytes += memory_[source].released;
    return bytes;
  }

  const std::vector<uint32_t>& order_;
  std::vector<std::vector<uint32_t>> sources_;
  const std::vector<GroupMemory>& memory_;
  std::vector<State> state_;
  std::vector<uint32_t> first_reader_, readers_;
  std::vector<uint32_t> candidates_;
  std::vector<uint32_t> result_;
};

}  // namespace

std::vector<uint32_t> release_early(const std::vector<uint32_t>& order, std::vector<std::vector<uint32_t>> sources,
                                    const std::vector<GroupMemory>& memory) {
  return EarlyRelease(order, std::move(sources), memory).run();
}

}  // namespace ingot
