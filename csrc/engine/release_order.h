// An order of the same work that needs less memory at once.
#pragma once

#include <cstdint>
#include <vector>

namespace ingot {

/// What a group of values writes to memory.
struct GroupMemory {
  int64_t written = 0;   ///< bytes
  int64_t released = 0;  ///< those of them that end with their last reader
};

/// `order` (each group after its `sources`), with groups moved forward to where running them releases at least as much
/// memory as they write: a weight's gradient as soon as it can be had, instead of when somebody asks for it, because the
/// activations behind it are larger. `sources` may name groups that are not in `order`; those count as done.
std::vector<uint32_t> release_early(const std::vector<uint32_t>& order, std::vector<std::vector<uint32_t>> sources,
                                    const std::vector<GroupMemory>& memory);

}  // namespace ingot
