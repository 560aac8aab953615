// One run of a fused program by one thread: scratch memory, the operands' addresses, and the instructions.
#pragma once

#include <span>

#include "ingot/cpu/fused_program.h"
#include "ingot/graph/small_vector.h"

namespace ingot::cpu {

/// Row stride of a register whose rows follow one another without gaps, however long they are.
inline constexpr int64_t kDense = -1;

/// Where a register lies for the current tile.
struct View {
  std::byte* data;
  int64_t row_stride;
};

struct Tile {
  Range blocks, rows, columns;
};

/// `count` runs of `length` positions, the first at `start` and each `step` after the one before.
struct Runs {
  int64_t start, count, length, step;
};

class TileWorker {
 public:
  TileWorker(const FusedProgram& program, const Pack& pack, std::span<void* const> operands, uint64_t direct);

  /// Tiles `[first, last)` of a program without reductions.
  void run_tiles(int64_t first, int64_t last);
  /// The tiles of a window, with input 0 at `given` for the window's first position: an epilogue.
  void run_window(const Tile& window, View given);
  /// Positions of a program that streams; with `given.data` input 0 lies there, a row for each run.
  void run_stream(const Runs& runs, View given = {nullptr, 0});
  /// The reductions of one unit over segment `segment` of the reduced axes, into the accumulators at `accumulators` or
  /// the worker's own.
  void accumulate(int64_t unit, int64_t segment, std::byte* accumulators);
  /// What follows from the accumulators that `accumulate` left.
  void finish(int64_t unit);
  /// Puts the accumulators of all segments of a unit together, in their order, and finishes it.
  void combine(int64_t unit, std::byte* partial);
  /// Must come first, with the most elements that a tile will have.
  void fill_constants(int64_t count);

 private:
  Range piece(Group group, int64_t index, int64_t size) const;
  Tile unit_tile(int64_t unit) const;
  int64_t kept_count(const Tile& tile) const;
  std::byte* slot(const Register& reg) const { return full_ + p_.slot_bytes * static_cast<size_t>(reg.slot); }
  std::byte* kept_spare() const { return kept_ + p_.kept_bytes * static_cast<size_t>(p_.kept_slots); }

  std::byte* address(const Access& access, size_t operand, const Tile& tile) const;
  bool in_place(const Access& access, size_t operand, const Tile& tile, View& view) const;
  View target(const Register& reg, const Tile& tile) const;
  std::pair<Range, Range> kept_ranges(const Tile& tile) const;

  void run_main(const Tile& tile);
  void fetch_later(const View& view, int log_size, const Tile& tile);
  void fetch(int64_t parts);

  void run(const TileOp& op, const Tile& tile);
  void apply(const TileOp& op, const Tile& tile);
  void cast(const TileOp& op, const Tile& tile);
  void convert(CastFn cast, const View& out, int out_log, const View& in, int in_log, int64_t rows,
               int64_t columns) const;
  void load(const TileOp& op, const Tile& tile);
  void load_kept(const TileOp& op, const Tile& tile);
  void store(const TileOp& op, const Tile& tile);
  void store_kept(const TileOp& op, const Tile& tile);
  void expand(const TileOp& op, const Tile& tile);
  void reduce(const TileOp& op, const Tile& tile);

  const FusedProgram& p_;
  const Pack& pack_;
  std::span<void* const> operands_;
  /// Bit k: output k may be computed in place.
  const uint64_t direct_;
  /// Bit k: output k is far, and no input lies in its memory.
  uint64_t fresh_ = 0;
  View* views_;
  std::byte *full_, *constants_, *spare_, *kept_, *own_accumulators_, *accumulators_;
  /// Memory of the next tile that is yet to be asked for.
  struct Fetch {
    const std::byte* from;
    int64_t bytes;
  };
  SmallVector<Fetch, 16> fetches_;
  /// An epilogue's input 0 for the current tile; null otherwise.
  View given_{nullptr, 0};
};

}  // namespace ingot::cpu
