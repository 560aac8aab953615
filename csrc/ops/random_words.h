// The random numbers that belong to one element of a sample.
#pragma once

#include <cstdint>

#include "ingot/ops/philox.h"

namespace ingot::random {

/// As many uniform numbers as one element of a sample needs, two from each of its blocks: those of the same element do
/// not depend on how many another one took.
class Words {
 public:
  Words(Key key, uint64_t element) : key_(key), element_(element) {}
  /// With its first blocks, of turns 0 and 1, for whoever computes those of many elements together.
  Words(Key key, uint64_t element, const Block& first, const Block& second)
      : key_(key), element_(element), block_(first), next_(second), used_(0), turn_(1), ahead_(true) {}

  /// Uniform in (0, 1): an odd multiple of 2^-53.
  double next() {
    if (used_ == 2) {
      block_ = ahead_ ? next_ : philox(key_, element_, Stream::samples, turn_);
      ahead_ = false;
      ++turn_;
      used_ = 0;
    }
    const uint64_t bits = block_[2 * used_] | uint64_t{block_[2 * used_ + 1]} << 32;
    ++used_;
    return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
  }

 private:
  Key key_;
  uint64_t element_;
  Block block_{}, next_{};
  size_t used_ = 2;
  uint32_t turn_ = 0;
  bool ahead_ = false;
};

}  // namespace ingot::random
