#include "ingot/graph/buffer.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <mutex>
#include <new>
#include <vector>

#include "ingot/graph/error.h"

namespace ingot {

namespace {

constexpr size_t kAlignment = 64;
constexpr size_t kHugePage = size_t(2) << 20;

/// Four classes per power of two: at most a quarter of a block is wasted.
size_t class_size(size_t bytes) {
  if (bytes <= kAlignment) return kAlignment;
  const size_t step = std::max(kAlignment, std::bit_floor(bytes - 1) / 4);
  return (bytes + step - 1) / step * step;
}

size_t class_index(size_t size) {
  const size_t power = std::bit_width(size - 1);
  const size_t quarter = size <= kAlignment ? 0 : (size - 1) / std::max<size_t>(std::bit_floor(size - 1) / 4, 1) % 4;
  return power * 4 + quarter;
}

size_t machine_memory() {
  return static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGE_SIZE));
}

class Cache;
Cache& cache();

class Cache {
 public:
  Cache() {
    // A forked child does not have the thread that may have held the mutex.
    pthread_atfork(nullptr, nullptr, [] { new (&cache().mutex_) std::mutex; });
  }

  void* take(size_t size) {
    std::lock_guard lock(mutex_);
    auto& blocks = blocks_[class_index(size)];
    if (blocks.empty()) return nullptr;
    void* block = blocks.back();
    blocks.pop_back();
    cached_ -= size;
    return block;
  }

  bool give(void* block, size_t size) {
    std::lock_guard lock(mutex_);
    if (cached_ + size > limit_) return false;
    blocks_[class_index(size)].push_back(block);
    sizes_[class_index(size)] = size;
    cached_ += size;
    return true;
  }

  void shrink(size_t target) {
    std::lock_guard lock(mutex_);
    // Large blocks first: they are what a limit is about.
    for (size_t i = std::size(blocks_); i-- > 0 && cached_ > target;) {
      while (!blocks_[i].empty() && cached_ > target) {
        std::free(blocks_[i].back());
        blocks_[i].pop_back();
        cached_ -= sizes_[i];
      }
    }
  }

  size_t set_limit(size_t bytes) {
    size_t old;
    {
      std::lock_guard lock(mutex_);
      old = std::exchange(limit_, bytes);
    }
    shrink(bytes);
    return old;
  }

  size_t cached() {
    std::lock_guard lock(mutex_);
    return cached_;
  }

 private:
  std::mutex mutex_;
  std::vector<void*> blocks_[4 * 65];
  size_t sizes_[4 * 65] = {};
  size_t cached_ = 0;
  size_t limit_ = machine_memory() / 4;
};

/// Never destroyed: buffers may outlive every static object.
Cache& cache() {
  static Cache* instance = new Cache;
  return *instance;
}

std::atomic<size_t> active_bytes{0}, peak_bytes{0}, buffer_count{0};
// The system would promise more than the machine has, and end the process when the promise is called in. A tenth is left
// to all that is no array.
std::atomic<size_t> active_limit{machine_memory() / 10 * 9};

void count_in(size_t bytes) {
  const size_t now = active_bytes.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  size_t peak = peak_bytes.load(std::memory_order_relaxed);
  while (now > peak && !peak_bytes.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
  }
}

void* fresh_block(size_t size) {
  const size_t alignment = size >= kHugePage ? kHugePage : kAlignment;
  void* block = nullptr;
  if (posix_memalign(&block, alignment, size) != 0) return nullptr;
#ifdef MADV_HUGEPAGE
  if (size >= kHugePage) madvise(block, size, MADV_HUGEPAGE);
#endif
  return block;
}

}  // namespace

Ref<Buffer> Buffer::allocate(size_t bytes, Device device) {
  require_available(device);
  if (bytes > size_t(1) << 62) throw MemoryError("cannot allocate ", bytes, " bytes");
  const size_t limit = active_limit.load(std::memory_order_relaxed);
  if (limit && active_bytes.load(std::memory_order_relaxed) + bytes > limit)
    throw MemoryError("cannot allocate ", bytes, " bytes: ", memory::active(),
                      " bytes are active and the limit (nine tenths of the machine's memory, unless memory.set_limit "
                      "says otherwise) is ",
                      limit);
  const size_t size = class_size(bytes);
  void* block = cache().take(size);
  if (!block) block = fresh_block(size);
  if (!block) {
    memory::clear_cache();
    block = fresh_block(size);
  }
  if (!block) throw MemoryError("cannot allocate ", bytes, " bytes: ", memory::active(), " bytes are active");
  count_in(size);
  buffer_count.fetch_add(1, std::memory_order_relaxed);
  return Ref<Buffer>(new Buffer(block, size, true, nullptr));
}

Ref<Buffer> Buffer::borrow(void* data, size_t bytes, std::function<void()> release, bool writable) {
  if (!release) release = [] {};
  buffer_count.fetch_add(1, std::memory_order_relaxed);
  return Ref<Buffer>(new Buffer(data, bytes, writable, std::move(release)));
}

void Buffer::destroy(Buffer* buffer) noexcept {
  buffer_count.fetch_sub(1, std::memory_order_relaxed);
  if (buffer->borrowed()) {
    buffer->release_();
  } else {
    active_bytes.fetch_sub(buffer->bytes_, std::memory_order_relaxed);
    if (!cache().give(buffer->data_, buffer->bytes_)) std::free(buffer->data_);
  }
  delete buffer;
}

namespace memory {

size_t active() { return active_bytes.load(std::memory_order_relaxed); }
size_t peak() { return peak_bytes.load(std::memory_order_relaxed); }
void reset_peak() { peak_bytes.store(active(), std::memory_order_relaxed); }
size_t cached() { return cache().cached(); }
size_t set_cache_limit(size_t bytes) { return cache().set_limit(bytes); }
size_t set_limit(size_t bytes) { return active_limit.exchange(bytes); }
void clear_cache() { cache().shrink(0); }
size_t live_buffers() { return buffer_count.load(std::memory_order_relaxed); }

}  // namespace memory

}  // namespace ingot
