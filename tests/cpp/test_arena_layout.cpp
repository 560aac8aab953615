// Blocks of an arena never overlap, and space that was given back is used again.
#include <ingot/engine/arena_layout.h>

#include <algorithm>
#include <random>
#include <vector>

#include "check.h"

namespace {

using ingot::ArenaLayout;

struct Block {
  size_t offset, bytes;
  bool overlaps(const Block& other) const {
    return offset < other.offset + other.bytes && other.offset < offset + bytes;
  }
};

void random_schedule(unsigned seed) {
  std::mt19937 random(seed);
  ArenaLayout arena;
  std::vector<Block> alive;
  size_t most = 0;
  for (int step = 0; step < 500; ++step) {
    if (alive.empty() || random() % 2) {
      const size_t bytes = 1 + random() % 5000;
      const Block block{arena.take(bytes), bytes};
      CHECK(block.offset % 64 == 0);
      CHECK(block.offset + block.bytes <= arena.size());
      CHECK(std::none_of(alive.begin(), alive.end(), [&](const Block& other) { return block.overlaps(other); }));
      alive.push_back(block);
    } else {
      const size_t index = random() % alive.size();
      arena.give(alive[index].offset, alive[index].bytes);
      alive.erase(alive.begin() + static_cast<int64_t>(index));
    }
    size_t sum = 0;
    for (const Block& block : alive) sum += block.bytes + 63;
    most = std::max(most, sum);
  }
  CHECK(arena.size() <= 2 * most);
  for (const Block& block : alive) arena.give(block.offset, block.bytes);
  const size_t all = arena.size();
  CHECK(arena.take(all) == 0);
  CHECK(arena.size() == all);
}

void random_schedules() {
  for (unsigned seed = 0; seed < 50; ++seed) random_schedule(seed);
}

void smallest_gap_that_fits() {
  ArenaLayout arena;
  CHECK(arena.take(0) == 0 && arena.size() == 0);
  CHECK(arena.take(100) == 0 && arena.take(1) == 128 && arena.size() == 192);
  arena.give(0, 100);
  CHECK(arena.take(129) == 192);  // the gap in front is too small
  CHECK(arena.take(128) == 0);
}

}  // namespace

int main() {
  return check::run({
      {"random schedules", random_schedules},
      {"smallest gap that fits", smallest_gap_that_fits},
  });
}
