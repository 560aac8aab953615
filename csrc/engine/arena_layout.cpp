#include "ingot/engine/arena_layout.h"

#include "ingot/graph/error.h"

namespace ingot {

namespace {

/// No memory is as large. The sum of two sizes within it is a number still.
constexpr size_t kMostBytes = size_t{1} << 62;

size_t rounded(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

size_t ArenaLayout::take(size_t bytes) {
  bytes = rounded(bytes);
  if (bytes == 0) return 0;
  if (bytes > kMostBytes || size_ > kMostBytes)
    throw MemoryError("cannot allocate ", bytes, " bytes beside ", size_, " bytes of other temporaries");
  const auto fit = gaps_by_size_.lower_bound({bytes, 0});
  if (fit != gaps_by_size_.end()) {
    const auto [available, offset] = *fit;
    remove_gap(gaps_.find(offset));
    if (available > bytes) add_gap(offset + bytes, available - bytes);
    return offset;
  }
  size_t offset = size_;
  if (!gaps_.empty()) {
    // A gap at the end only has to grow.
    const auto last = std::prev(gaps_.end());
    if (last->first + last->second == size_) {
      offset = last->first;
      remove_gap(last);
    }
  }
  size_ = offset + bytes;
  return offset;
}

void ArenaLayout::give(size_t offset, size_t bytes) {
  bytes = rounded(bytes);
  if (bytes == 0) return;
  const auto next = gaps_.lower_bound(offset);
  if (next != gaps_.begin()) {
    const auto previous = std::prev(next);
    if (previous->first + previous->second == offset) {
      offset = previous->first;
      bytes += previous->second;
      remove_gap(previous);
    }
  }
  if (next != gaps_.end() && next->first == offset + bytes) {
    bytes += next->second;
    remove_gap(next);
  }
  add_gap(offset, bytes);
}

void ArenaLayout::add_gap(size_t offset, size_t bytes) {
  gaps_.emplace(offset, bytes);
  gaps_by_size_.emplace(bytes, offset);
}

void ArenaLayout::remove_gap(Gaps::iterator gap) {
  gaps_by_size_.erase({gap->second, gap->first});
  gaps_.erase(gap);
}

}  // namespace ingot
