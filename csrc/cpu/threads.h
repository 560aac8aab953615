// The thread pool of the CPU backend.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "ingot/engine/threads.h"

namespace ingot {

namespace cpu {

/// A reference to something callable with a block's number.
class BlockFn {
 public:
  template <class F, class = std::enable_if_t<!std::is_same_v<std::decay_t<F>, BlockFn>>>
  BlockFn(const F& f)
      : object_(&f), call_([](const void* object, int64_t block) { (*static_cast<const F*>(object))(block); }) {}
  void operator()(int64_t block) const { call_(object_, block); }

 private:
  const void* object_;
  void (*call_)(const void*, int64_t);
};

/// Calls `f(0) ... f(blocks - 1)`, in any order and from several threads, the calling one among them. What a block is
/// must not depend on the number of threads: then results do not either. An exception from a block, or from the poll
/// for Ctrl-C between blocks, ends the rest and is thrown here. Called from inside a block, it runs alone.
void parallel_for(int64_t blocks, BlockFn f);

}  // namespace cpu
}  // namespace ingot
