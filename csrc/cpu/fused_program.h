// A fused step made ready to run: what happens to one tile, as a list of calls with their registers placed in scratch
// memory.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ingot/cpu/window.h"

namespace ingot::cpu {

/// Tiles narrower than this are packed before use; wider ones are worked on row by row where they lie.
inline constexpr int64_t kNarrow = 128;

/// What one tile looks like, and how a register lies in it.
enum class Extent : uint8_t {
  full,      ///< rows x columns elements
  kept,      ///< one element per row, or per column if reductions run across rows
  constant,  ///< one and the same element; its slot is filled once and serves as either of the others
};

struct Register {
  DType dtype{};
  Extent extent = Extent::full;
  uint8_t log_size = 0;
  /// Place in scratch memory, of the pool of its extent; -1 if it never needs one.
  int slot = -1;
  /// Output that the register may be computed in, or -1.
  int direct_output = -1;
  /// True for a load that must not be a window on its input: it is itself stored, maybe after another output took the
  /// input's memory.
  bool copied = false;
};

struct TileOp {
  enum class Kind : uint8_t { load, apply, blend, cast, expand, reduce, finish, store };
  Kind kind;
  bool kept = false;
  uint16_t target = 0;
  uint16_t sources[3] = {0, 0, 0};
  uint16_t source_count = 0;
  /// load: of the inputs; store: of the outputs; reduce and finish: the accumulator.
  uint16_t index = 0;
  ElementwiseFn apply = nullptr;
  /// apply: the source that is one element (of all, or per row), for which `apply` was made; -1 if there is none.
  int8_t scalar_source = -1;
  /// blend: with the registers of its scales, or -1 for none.
  BlendFn blend = nullptr;
  int scales[2] = {-1, -1};
  /// load, cast and store: null if the dtypes agree.
  CastFn cast = nullptr;
};

struct AccumulatorSlot {
  const ReduceFns* fns;
  size_t offset;  ///< into the accumulators of a unit
};

struct ConstantFill {
  uint16_t reg, input;
  CastFn cast;
  /// False if one element will do: every reader takes it as a scalar.
  bool spread;
};

/// How the space is cut. Depends on shapes and the program only, so results do not depend on the number of threads.
struct Tiling {
  enum class Mode : uint8_t { pointwise, rows, columns } mode = Mode::pointwise;
  /// True if results of reductions are used by full registers: a tile then holds whole rows.
  bool whole_rows = false;
  int64_t rows = 1, columns = 1;  ///< of one tile
  /// The most rows that a tile may have instead, if it has fewer columns (an epilogue's windows).
  int64_t most_rows = 1;
  /// Elements along the reduced axes that one unit takes; the rest are other units, whose accumulators are combined.
  int64_t segment = 0, segments = 1;
  /// Tiles (pointwise) or groups of kept positions (otherwise) that one parallel block takes.
  int64_t grain = 1;
  /// False if the step is too small to wake other threads for.
  bool parallel = false;
};

struct FusedProgram {
  Space space;
  std::vector<Access> inputs, outputs;
  Tiling tiling;
  /// True for a pointwise program whose operands each are one dense run, or constant; the space is then one row.
  bool streams = false;
  /// Rows and columns of the matrices that an epilogue which streams sees as one row.
  std::pair<int64_t, int64_t> matrix{1, 1};
  std::vector<Register> registers;
  std::vector<ConstantFill> constants;
  /// Kept values that need no reduction; the tile itself; what follows from its reductions. With whole rows, all is
  /// `main`.
  std::vector<TileOp> before, main, after;
  std::vector<AccumulatorSlot> accumulators;
  /// For each output: inputs that are still read after the register of that output is defined.
  std::vector<std::vector<uint16_t>> read_later;

  // Scratch memory, in bytes from its start.
  size_t slot_bytes = 0, kept_bytes = 0;
  int full_slots = 0, kept_slots = 0, constant_slots = 0;
  size_t accumulator_bytes = 0;

  /// Bit k: no input that is read after output k is begun has the address of its memory.
  uint64_t direct_outputs(std::span<void* const> operands) const;
};

/// Throws TypeError if the pack lacks a kernel that the step needs. With `window` the step is an epilogue.
FusedProgram compile_program(const FusedStep& step, const Pack& pack, const std::optional<WindowAxes>& window = {});

}  // namespace ingot::cpu
