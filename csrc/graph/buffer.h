// Memory for array elements, cached by size class: page faults on fresh memory cost more than most arithmetic.
#pragma once

#include <cstddef>
#include <functional>

#include "ingot/graph/device.h"
#include "ingot/graph/ref.h"

namespace ingot {

/// A block of memory, aligned to 64 bytes; goes back to the cache when the last reference ends.
class Buffer final : public RefCounted<Buffer> {
 public:
  /// At least `bytes` of uninitialised memory. Throws MemoryError, saying how much was asked for.
  static Ref<Buffer> allocate(size_t bytes, Device device = {});
  /// Memory owned by someone else; `release` runs when the last reference ends, from any thread.
  static Ref<Buffer> borrow(void* data, size_t bytes, std::function<void()> release, bool writable);

  void* data() const noexcept { return data_; }
  size_t bytes() const noexcept { return bytes_; }
  /// False for memory that must not be overwritten (a read-only NumPy array).
  bool writable() const noexcept { return writable_; }
  /// True for memory that came from `borrow`.
  bool borrowed() const noexcept { return static_cast<bool>(release_); }

  static void destroy(Buffer* buffer) noexcept;

 private:
  Buffer(void* data, size_t bytes, bool writable, std::function<void()> release)
      : data_(data), bytes_(bytes), writable_(writable), release_(std::move(release)) {}
  ~Buffer() = default;

  void* data_;
  size_t bytes_;
  bool writable_;
  std::function<void()> release_;
};

/// What the buffers of this process hold, in bytes.
namespace memory {

/// In arrays that are alive.
size_t active();
/// The most that was ever active since the last `reset_peak`.
size_t peak();
void reset_peak();
/// Freed and kept for reuse.
size_t cached();
/// The most that the cache may keep; returns the old limit. Shrinks the cache at once.
size_t set_cache_limit(size_t bytes);
/// The most that may be active; allocations beyond it throw MemoryError. 0 means no limit; at first it is nine
/// tenths of the machine's memory. Returns the old limit.
size_t set_limit(size_t bytes);
/// Returns all cached memory to the system.
void clear_cache();
/// Number of buffers alive, for leak tests.
size_t live_buffers();

}  // namespace memory

}  // namespace ingot
