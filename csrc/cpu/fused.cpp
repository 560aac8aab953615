#include "ingot/cpu/fused.h"

#include <algorithm>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/threads.h"
#include "ingot/cpu/tile_worker.h"
#include "ingot/engine/lock.h"

namespace ingot::cpu {
namespace {

class FusedKernel final : public Kernel {
 public:
  FusedKernel(const FusedStep& step, const Pack& pack) : program_(compile_program(step, pack)), pack_(pack) {
    const Space& space = program_.space;
    const Tiling& tiling = program_.tiling;
    if (tiling.mode == Tiling::Mode::pointwise) {
      units_ = ceil_divide(space.count[row], tiling.rows) * ceil_divide(space.count[column], tiling.columns);
    } else if (tiling.mode == Tiling::Mode::rows) {
      units_ = ceil_divide(space.count[row], tiling.rows);
    } else {
      units_ = space.count[block] * ceil_divide(space.count[column], tiling.columns);
    }
  }

  void run(std::span<void* const> operands) const override {
    if (units_ == 0) return;
    const uint64_t direct = program_.direct_outputs(operands);
    const Tiling& tiling = program_.tiling;
    if (tiling.segments > 1) return run_split(operands, direct);
    const int64_t grain = program_.streams ? stream_grain() : tiling.grain;
    const auto work = [&](int64_t block) {
      TileWorker worker(program_, pack_, operands, direct);
      const int64_t first = block * grain, last = std::min(units_, first + grain);
      if (tiling.mode == Tiling::Mode::pointwise) return worker.run_tiles(first, last);
      worker.fill_constants(most_elements());
      for (int64_t unit = first; unit < last; ++unit) {
        worker.accumulate(unit, 0, nullptr);
        worker.finish(unit);
      }
    };
    for_each_block(ceil_divide(units_, grain), work);
  }

 private:
  /// Whatever else is read between two blocks makes the processor forget the streams that it was fetching ahead, which
  /// costs microseconds: as few blocks as keep all threads busy. (Pointwise results do not depend on them.)
  int64_t stream_grain() const {
    constexpr int64_t kMostTiles = 1024;
    const int64_t threads = num_threads(), blocks = threads == 1 ? 1 : 4 * threads;
    return std::max(program_.tiling.grain, std::min(kMostTiles, ceil_divide(units_, blocks)));
  }

  int64_t most_elements() const {
    return std::max(program_.tiling.rows * program_.tiling.columns,
                    std::max(program_.tiling.rows, program_.tiling.columns));
  }

  template <class F>
  void for_each_block(int64_t blocks, const F& f) const {
    if (program_.tiling.parallel) return parallel_for(blocks, f);
    for (int64_t i = 0; i < blocks; ++i) {
      if (i) poll_interrupt();
      f(i);
    }
  }

  /// Few results from many elements: every unit is cut along the reduced axes, and the parts are combined in their
  /// order.
  void run_split(std::span<void* const> operands, uint64_t direct) const {
    const int64_t segments = program_.tiling.segments;
    const auto bytes = static_cast<size_t>(units_ * segments) * program_.accumulator_bytes;
    const Ref<Buffer> partials = Buffer::allocate(bytes);
    const auto partial = [&](int64_t unit, int64_t segment) {
      return static_cast<std::byte*>(partials->data()) +
             static_cast<size_t>(unit * segments + segment) * program_.accumulator_bytes;
    };
    for_each_block(units_ * segments, [&](int64_t i) {
      TileWorker worker(program_, pack_, operands, direct);
      worker.fill_constants(most_elements());
      worker.accumulate(i / segments, i % segments, partial(i / segments, i % segments));
    });
    TileWorker worker(program_, pack_, operands, direct);
    for (int64_t unit = 0; unit < units_; ++unit) worker.combine(unit, partial(unit, 0));
  }

  FusedProgram program_;
  const Pack& pack_;
  int64_t units_ = 0;
};

}  // namespace

std::unique_ptr<Kernel> compile_fused(const FusedStep& step, const Pack& pack) {
  return std::make_unique<FusedKernel>(step, pack);
}

}  // namespace ingot::cpu
