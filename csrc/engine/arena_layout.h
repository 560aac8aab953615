// Where temporaries lie in the one piece of memory that a run of a plan takes for all of them.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace ingot {

/// Places blocks as a schedule begins and ends them: the smallest gap that fits, so that the arena grows little beyond
/// what is alive at once.
class ArenaLayout {
 public:
  /// A multiple of 64 bytes, at a multiple of 64. Returns the offset.
  size_t take(size_t bytes);
  /// What `take(bytes)` returned is free again.
  void give(size_t offset, size_t bytes);
  /// Bytes of the whole arena so far.
  size_t size() const { return size_; }

 private:
  using Gaps = std::map<size_t, size_t>;

  void add_gap(size_t offset, size_t bytes);
  void remove_gap(Gaps::iterator gap);

  Gaps gaps_;                                         // offset -> bytes
  std::set<std::pair<size_t, size_t>> gaps_by_size_;  // bytes, offset
  size_t size_ = 0;
};

}  // namespace ingot
