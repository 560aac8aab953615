#include "ingot/cpu/tile_layout.h"

#include <algorithm>

#include "ingot/cpu/ceil_divide.h"

namespace ingot::cpu {
namespace {

using Kind = TileOp::Kind;

/// Bytes of registers that a tile should fit in: a part of the first-level cache. Less where the processor's own
/// prefetching must not run dry between one tile and the next.
constexpr int64_t kTileBytes = 32 * 1024, kStreamedTileBytes = 16 * 1024;
/// Bytes of each operand and register in a tile of a program that streams: the shorter the stretches by which operands
/// take turns, the better the processor fetches them ahead, and with so few even ten of them lie in the cache. What
/// comes from memory takes turns faster still, for a few more calls.
constexpr int64_t kStreamBytes = 2 * 1024, kFarStreamBytes = 512;
constexpr int64_t kSmallestTile = 256, kLargestTile = 4096, kUncachedTile = 16384;
/// Elements (times instructions) below which a block is not worth a thread of its own.
constexpr int64_t kBlockWork = 64 * 1024;
/// The same for a whole step, below which waking other threads takes longer than the work.
constexpr int64_t kParallelWork = 512 * 1024;
/// Elements along the reduced axes of one unit, where there are too few units otherwise.
constexpr int64_t kSegment = 64 * 1024;
constexpr int64_t kFewUnits = 64;
/// Rows of an epilogue's tile, where columns are few.
constexpr int64_t kMostRows = 256;

class TileLayout {
 public:
  TileLayout(FusedProgram& program, const std::vector<bool>& windows, bool few_streams)
      : program_(program), windows_(windows), bytes_(few_streams ? kStreamedTileBytes : kTileBytes) {}

  void cut_tiles() {
    Tiling& tiling = program_.tiling;
    const Space& space = program_.space;
    const int64_t rows = space.count[row], columns = space.count[column];
    const int64_t alive = most_alive();
    // Without registers of its own nothing has to fit in the cache, and longer runs cost less to begin.
    const int64_t elements =
        alive == 0         ? kUncachedTile
        : program_.streams ? (any_far() ? kFarStreamBytes : kStreamBytes) / widest()
                           : std::clamp<int64_t>(bytes_ / (alive * widest()) / 64 * 64, kSmallestTile, kLargestTile);
    const auto piece = [](int64_t length, int64_t most) {
      if (length <= most) return std::max<int64_t>(length, 1);
      return std::min(most, (ceil_divide(length, ceil_divide(length, most)) + 63) / 64 * 64);
    };
    tiling.columns = piece(columns, elements);
    if (const int64_t run = shortest_run(); run < columns && run >= kNarrow) {
      int64_t parts = ceil_divide(run, elements);
      while (run % parts != 0) ++parts;
      tiling.columns = run / parts;
    }
    if (tiling.mode == Tiling::Mode::pointwise && rows > 1 && columns > 64 && reads_across()) tiling.columns = 64;
    if (tiling.mode == Tiling::Mode::columns) tiling.columns = piece(columns, std::min<int64_t>(elements, 512));
    if (tiling.whole_rows) tiling.columns = std::max<int64_t>(columns, 1);
    tiling.rows = std::clamp<int64_t>(elements / tiling.columns, 1, std::max<int64_t>(rows, 1));
    tiling.most_rows = std::clamp<int64_t>(rows, tiling.rows, std::max<int64_t>(tiling.rows, kMostRows));
    // Reductions along rows keep their accumulators for as many rows as a tile has; a row in pieces is a tile of its
    // own.
    const bool transposing = tiling.mode == Tiling::Mode::pointwise && tiling.columns == 64 && columns > 64;
    if (tiling.mode != Tiling::Mode::columns && tiling.columns < columns && !transposing) tiling.rows = 1;

    const int64_t reduced = tiling.mode == Tiling::Mode::columns ? rows : columns;
    const int64_t along = tiling.mode == Tiling::Mode::columns ? tiling.rows : tiling.columns;
    tiling.segment = std::max<int64_t>(reduced, 1);
    int64_t units = ceil_divide(rows, tiling.rows);
    int64_t unit_elements = tiling.rows * columns;
    if (tiling.mode == Tiling::Mode::pointwise) {
      units *= ceil_divide(columns, tiling.columns);
      unit_elements = tiling.rows * tiling.columns;
    } else {
      int64_t per_position = tiling.rows;
      if (tiling.mode == Tiling::Mode::columns) {
        per_position = tiling.columns;
        units = space.count[block] * ceil_divide(columns, tiling.columns);
      }
      const int64_t segment = std::max<int64_t>(1, ceil_divide(kSegment, per_position * along)) * along;
      if (!tiling.whole_rows && units < kFewUnits && reduced >= 2 * segment) {
        tiling.segment = segment;
        tiling.segments = ceil_divide(reduced, segment);
      }
      unit_elements = per_position * tiling.segment;
    }
    const int64_t work =
        std::max<int64_t>(1, unit_elements) * static_cast<int64_t>(std::max<size_t>(1, program_.main.size() - 1));
    tiling.grain = std::max<int64_t>(1, kBlockWork / work);
    tiling.parallel = units * tiling.segments * work >= kParallelWork;
  }

  void place_slots() {
    const Tiling& tiling = program_.tiling;
    const int64_t kept = tiling.mode == Tiling::Mode::columns ? tiling.columns : tiling.most_rows;
    const auto padded = [](int64_t bytes) { return static_cast<size_t>((bytes + 63) / 64 * 64); };
    int64_t widest_operand = widest();
    for (const auto* accesses : {&program_.inputs, &program_.outputs})
      for (const Access& access : *accesses) widest_operand = std::max(widest_operand, int64_t{1} << access.log_size);
    program_.slot_bytes = padded(std::max(tiling.rows * tiling.columns, kept) * widest_operand);
    program_.kept_bytes = padded(kept * widest_operand);

    const std::vector<size_t> last = last_uses();
    std::vector<int> free;
    const auto take = [&](uint16_t reg) {
      if (free.empty()) free.push_back(program_.full_slots++);
      program_.registers[reg].slot = free.back();
      free.pop_back();
    };
    for (size_t i = 0; i < program_.main.size(); ++i) {
      const TileOp& op = program_.main[i];
      const bool needs = defines(op) && program_.registers[op.target].extent == Extent::full;
      bool same_size = op.kind == Kind::apply || op.kind == Kind::blend || op.kind == Kind::cast;
      for (int s = 0; s < op.source_count; ++s)
        same_size &= program_.registers[op.sources[s]].log_size == program_.registers[op.target].log_size;
      if (needs && !same_size) take(op.target);
      for (int s = 0; s < op.source_count; ++s) {
        Register& source = program_.registers[op.sources[s]];
        const bool repeated = std::find(op.sources, op.sources + s, op.sources[s]) != op.sources + s;
        if (last[op.sources[s]] == i && source.extent == Extent::full && source.slot >= 0 && !repeated)
          free.push_back(source.slot);
      }
      if (needs && same_size) take(op.target);
    }
    for (Register& reg : program_.registers) {
      if (reg.extent == Extent::kept) reg.slot = program_.kept_slots++;
      if (reg.extent == Extent::constant) reg.slot = program_.constant_slots++;
    }
    for (AccumulatorSlot& accumulator : program_.accumulators) {
      accumulator.offset = program_.accumulator_bytes;
      program_.accumulator_bytes += padded(kept * static_cast<int64_t>(accumulator.fns->accumulator));
    }
  }

 private:
  /// Full registers that are alive at once, not counting those that live in operands.
  int64_t most_alive() const {
    std::vector<bool> counts(program_.registers.size());
    for (size_t r = 0; r < counts.size(); ++r) {
      const Register& reg = program_.registers[r];
      counts[r] = reg.extent == Extent::full && !windows_[r] && reg.direct_output < 0;
    }
    const std::vector<size_t> last = last_uses();
    int64_t alive = std::count_if(program_.constants.begin(), program_.constants.end(),
                                  [](const ConstantFill& fill) { return fill.spread; });
    int64_t most = alive;
    for (size_t i = 0; i < program_.main.size(); ++i) {
      const TileOp& op = program_.main[i];
      if (defines(op) && counts[op.target]) most = std::max(most, ++alive);
      for (int s = 0; s < op.source_count; ++s)
        if (last[op.sources[s]] == i && counts[op.sources[s]] &&
            std::find(op.sources, op.sources + s, op.sources[s]) == op.sources + s)
          --alive;
    }
    return most;
  }

  static bool defines(const TileOp& op) { return op.kind != Kind::store && op.kind != Kind::reduce; }

  std::vector<size_t> last_uses() const {
    std::vector<size_t> last(program_.registers.size(), 0);
    for (size_t i = 0; i < program_.main.size(); ++i)
      for (int s = 0; s < program_.main[i].source_count; ++s) last[program_.main[i].sources[s]] = i;
    return last;
  }

  int64_t widest() const {
    int widest = 0;
    for (const Register& reg : program_.registers) widest = std::max<int>(widest, reg.log_size);
    return int64_t{1} << widest;
  }

  bool any_far() const {
    return std::any_of(program_.inputs.begin(), program_.inputs.end(), [](const Access& access) { return access.far; });
  }

  /// Columns that lie in one piece in every operand: tiles within such a run can be worked on where they lie.
  int64_t shortest_run() const {
    const auto in_runs = [](const Access& access) { return !access.uniform[column]; };
    const bool any = std::any_of(program_.inputs.begin(), program_.inputs.end(), in_runs) ||
                     std::any_of(program_.outputs.begin(), program_.outputs.end(), in_runs);
    return any ? program_.space.axes[column].back() : program_.space.count[column];
  }

  /// True if an input is read across its own rows, as a transposed one: square tiles then use whole cache lines.
  bool reads_across() const {
    const auto across = [](const Access& access) {
      const int64_t down = std::abs(access.stride[row]), right = std::abs(access.stride[column]);
      return right > 1 && down > 0 && down < right;
    };
    return std::any_of(program_.inputs.begin(), program_.inputs.end(), across) ||
           std::any_of(program_.outputs.begin(), program_.outputs.end(), across);
  }

  FusedProgram& program_;
  const std::vector<bool>& windows_;
  const int64_t bytes_;
};

}  // namespace

void lay_out_tiles(FusedProgram& program, const std::vector<bool>& windows, bool few_streams) {
  TileLayout layout(program, windows, few_streams);
  layout.cut_tiles();
  layout.place_slots();
}

}  // namespace ingot::cpu
