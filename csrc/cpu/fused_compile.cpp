#include <algorithm>
#include <bit>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/fused_program.h"
#include "ingot/graph/error.h"

namespace ingot::cpu {
namespace {

/// Bytes of registers that a tile should fit in: a part of the first-level cache. Less where the processor's own
/// prefetching must not run dry between one tile and the next.
constexpr int64_t kTileBytes = 32 * 1024, kStreamedTileBytes = 16 * 1024;
/// Bytes of each operand and register in a tile of a program that streams: the shorter the stretches by which operands
/// take turns, the better the processor fetches them ahead, and with so few even ten of them lie in the cache.
constexpr int64_t kStreamBytes = 2 * 1024;
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

int log_size(DType dtype) { return std::countr_zero(size_of(dtype)); }
class Compiler {
 public:
  Compiler(const FusedStep& step, const Pack& pack, const std::optional<WindowAxes>& window)
      : step_(step), pack_(pack), window_(window) {}

  FusedProgram run() {
    std::vector<Access> accesses;
    program_.space = make_space(step_, window_, accesses);
    program_.inputs.assign(accesses.begin(), accesses.begin() + static_cast<int64_t>(step_.inputs.size()));
    program_.outputs.assign(accesses.begin() + static_cast<int64_t>(step_.inputs.size()), accesses.end());
    program_.streams = streams(accesses);
    leave_few_streams_alone();
    if (step_.reduced_axes > 0)
      program_.tiling.mode = step_.inner_axes() > 0 ? Tiling::Mode::columns : Tiling::Mode::rows;
    classify();
    for (size_t i = 0; i < step_.code.size(); ++i) add(i);
    for (size_t k = 0; k < step_.outputs.size(); ++k) add_store(k);
    find_spread_constants();
    find_direct_outputs();
    cut_tiles();
    place_slots();
    return std::move(program_);
  }

 private:
  using Kind = TileOp::Kind;

  bool streams(const std::vector<Access>& accesses) const {
    return !window_ && step_.reduced_axes == 0 && program_.space.count[row] == 1 &&
           std::all_of(accesses.begin(), accesses.end(), [](const Access& access) {
             return access.constant() || (access.uniform[column] && access.stride[column] == 1);
           });
  }

  /// One or two operands the processor fetches ahead by itself.
  void leave_few_streams_alone() {
    constexpr int64_t kFew = 2;
    std::vector<Access>& inputs = program_.inputs;
    const auto far = std::count_if(inputs.begin(), inputs.end(), [](const Access& access) { return access.far; });
    if (window_ || far == 0 || far > kFew) return;
    for (auto* accesses : {&program_.inputs, &program_.outputs})
      for (Access& access : *accesses) access.far = false;
    tile_bytes_ = kStreamedTileBytes;
  }

  // ---- what each instruction is ----

  void classify() {
    const bool reduces = step_.reduced_axes > 0;
    for (const Instr& instr : step_.code) {
      Register reg;
      reg.dtype = instr.dtype;
      reg.log_size = static_cast<uint8_t>(log_size(instr.dtype));
      bool after_reduction = instr.kind == Instr::Kind::reduce;
      for (int k = 0; k < instr.source_count; ++k) after_reduction |= after_reduction_[instr.sources[k]];
      reg.extent = reduces && instr.reduced ? Extent::kept : Extent::full;
      // An epilogue's input 0 has no address of its own.
      const bool given = window_ && instr.index == 0;
      if (instr.kind == Instr::Kind::load && !given && program_.inputs[instr.index].constant())
        reg.extent = Extent::constant;
      else if (reg.extent == Extent::full && !given && is_per_row(instr))
        reg.extent = Extent::kept;
      if (reg.extent == Extent::full && after_reduction) program_.tiling.whole_rows = true;
      after_reduction_.push_back(after_reduction);
      program_.registers.push_back(reg);
    }
    if (program_.tiling.whole_rows && program_.tiling.mode != Tiling::Mode::rows)
      throw Error("cpu: a fused step uses the result of a reduction across rows");
    expanded_.assign(step_.code.size(), -1);
  }

  bool has_long_rows() const {
    return program_.tiling.mode != Tiling::Mode::columns && program_.space.count[column] >= kNarrow / 2;
  }

  /// True for what has one value per row though no reduction made it: a bias per channel, and what is computed of such
  /// values alone.
  bool is_per_row(const Instr& instr) const {
    if (!has_long_rows() || instr.kind == Instr::Kind::reduce) return false;
    if (instr.kind == Instr::Kind::load) {
      const Access& access = program_.inputs[instr.index];
      return access.uniform[column] && access.stride[column] == 0;
    }
    bool kept = false;
    for (int k = 0; k < instr.source_count; ++k) {
      const Extent extent = program_.registers[instr.sources[k]].extent;
      if (extent == Extent::full) return false;
      kept |= extent == Extent::kept;
    }
    return kept;
  }

  std::vector<TileOp>& list_for(bool kept, bool after_reduction) {
    if (program_.tiling.whole_rows || !kept || program_.tiling.mode == Tiling::Mode::pointwise) return program_.main;
    return after_reduction ? program_.after : program_.before;
  }

  // ---- lowering ----

  void add(size_t i) {
    const Instr& instr = step_.code[i];
    const Register reg = program_.registers[i];
    const bool kept = reg.extent == Extent::kept;
    TileOp op{};
    op.kept = kept;
    op.target = static_cast<uint16_t>(i);
    if (instr.kind == Instr::Kind::load) {
      op.kind = Kind::load;
      op.index = instr.index;
      op.cast = cast_between(step_.inputs[instr.index].dtype, reg.dtype);
      if (reg.extent == Extent::constant) {
        program_.constants.push_back({op.target, instr.index, op.cast, false});
        return;
      }
    } else if (instr.kind == Instr::Kind::pointwise) {
      op.source_count = instr.source_count;
      const DType computed = program_.registers[instr.sources[instr.source_count - 1]].dtype;
      if (!kept) find_scalar_source(instr, computed, op);
      for (int k = 0; k < instr.source_count; ++k)
        op.sources[k] = kept || op.scalar_source == k ? instr.sources[k] : full(instr.sources[k]);
      if (instr.opcode == Opcode::cast) {
        op.kind = Kind::cast;
        op.cast = pack_.cast[static_cast<int>(computed)][static_cast<int>(reg.dtype)];
        if (!op.cast) throw TypeError("cpu: no conversion from ", computed, " to ", reg.dtype, " inside a fused step");
      } else {
        op.kind = Kind::apply;
        if (op.scalar_source < 0)
          op.apply = pack_.elementwise[static_cast<int>(instr.opcode)][static_cast<int>(computed)];
        if (!op.apply)
          throw TypeError("cpu: elementwise row ", static_cast<int>(instr.opcode), " does not compute in ", computed);
      }
    } else {
      add_reduction(i);
      return;
    }
    list_for(kept, after_reduction_[i]).push_back(op);
  }

  /// A constant, or one value per row where rows are long, need not be spread over the tile if the pack has a loop for
  /// that.
  void find_scalar_source(const Instr& instr, DType computed, TileOp& op) const {
    if (instr.source_count != 2 || instr.opcode == Opcode::cast || instr.sources[0] == instr.sources[1]) return;
    for (int k = 0; k < 2; ++k) {
      const Extent extent = program_.registers[instr.sources[k]].extent;
      if (extent != Extent::constant && !(extent == Extent::kept && has_long_rows())) continue;
      op.apply = pack_.with_scalar[k][static_cast<int>(instr.opcode)][static_cast<int>(computed)];
      if (!op.apply) continue;
      op.scalar_source = static_cast<int8_t>(k);
      return;
    }
  }

  void add_reduction(size_t i) {
    const Instr& instr = step_.code[i];
    const DType dtype = program_.registers[instr.sources[0]].dtype;
    const ReduceFns& fns = pack_.reduce[static_cast<int>(instr.reduce)][static_cast<int>(dtype)];
    if (fns.accumulator == 0) throw TypeError("cpu: no such reduction of ", dtype);
    TileOp reduce{};
    reduce.kind = Kind::reduce;
    reduce.sources[0] = full(instr.sources[0]);
    reduce.source_count = 1;
    reduce.index = static_cast<uint16_t>(program_.accumulators.size());
    program_.accumulators.push_back({&fns, 0});
    program_.main.push_back(reduce);
    TileOp finish{};
    finish.kind = Kind::finish;
    finish.kept = true;
    finish.target = static_cast<uint16_t>(i);
    finish.index = reduce.index;
    list_for(true, true).push_back(finish);
  }

  /// The register as one element per position of the tile.
  uint16_t full(uint16_t source) {
    if (program_.registers[source].extent != Extent::kept) return source;
    if (expanded_[source] < 0) {
      Register wide = program_.registers[source];
      wide.extent = Extent::full;
      TileOp expand{};
      expand.kind = Kind::expand;
      expand.target = static_cast<uint16_t>(program_.registers.size());
      expand.sources[0] = source;
      expand.source_count = 1;
      expanded_[source] = expand.target;
      program_.registers.push_back(wide);
      program_.main.push_back(expand);
    }
    return static_cast<uint16_t>(expanded_[source]);
  }

  void add_store(size_t k) {
    const Operand& output = step_.outputs[k];
    const bool kept = step_.reduced_axes > 0 && step_.code[output.reg].reduced;
    TileOp store{};
    store.kind = Kind::store;
    store.kept = kept;
    store.index = static_cast<uint16_t>(k);
    store.sources[0] = output.reg;
    store.source_count = 1;
    if (!kept) store.sources[0] = full(output.reg);
    store.cast = cast_between(program_.registers[output.reg].dtype, output.dtype);
    list_for(kept, true).push_back(store);
  }

  CastFn cast_between(DType from, DType to) const {
    if (from == to) return nullptr;
    const CastFn cast = pack_.cast[static_cast<int>(from)][static_cast<int>(to)];
    if (!cast) throw TypeError("cpu: no conversion from ", from, " to ", to, " at the edge of a fused step");
    return cast;
  }

  void find_spread_constants() {
    for (ConstantFill& fill : program_.constants)
      for (const auto* ops : {&program_.before, &program_.main, &program_.after})
        for (const TileOp& op : *ops)
          for (int s = 0; s < op.source_count; ++s) fill.spread |= op.sources[s] == fill.reg && op.scalar_source != s;
  }

  // ---- where results are computed ----

  /// Dense along the columns of a tile, so that a tile can be worked on where it lies.
  bool dense(const Access& access) const {
    return access.uniform[column] && (access.stride[column] == 1 || program_.space.count[column] <= 1);
  }

  /// A full register that is stored as it is may be computed in the memory of its output, unless that is the memory of
  /// an input that is read later: inputs may be overwritten, but only position by position. Which addresses are equal
  /// is known when the step runs.
  void find_direct_outputs() {
    program_.read_later.resize(step_.outputs.size());
    for (size_t k = 0; k < step_.outputs.size(); ++k) {
      const uint16_t source = step_.outputs[k].reg;
      Register& reg = program_.registers[source];
      const Access& access = program_.outputs[k];
      reg.copied = load_of(source) >= 0 && step_.outputs.size() > 1;
      if (reg.extent != Extent::full || reg.direct_output >= 0 || reg.dtype != step_.outputs[k].dtype || !dense(access))
        continue;
      reg.direct_output = static_cast<int>(k);
      bool defined = false;
      for (const TileOp& op : program_.main) {
        if (defined) {
          if (op.kind == Kind::load) program_.read_later[k].push_back(op.index);
          for (int s = 0; s < op.source_count; ++s)
            if (const int input = load_of(op.sources[s]); input >= 0)
              program_.read_later[k].push_back(static_cast<uint16_t>(input));
        }
        defined |= op.kind != Kind::store && op.kind != Kind::reduce && op.target == source;
      }
    }
  }

  /// The input that the register may be a window on, or -1.
  int load_of(uint16_t reg) const {
    if (reg >= step_.code.size() || step_.code[reg].kind != Instr::Kind::load) return -1;
    return step_.code[reg].index;
  }

  // ---- tiles ----

  /// Full registers that are alive at once, not counting those that live in operands.
  int64_t most_alive() const {
    std::vector<bool> counts(program_.registers.size());
    for (size_t r = 0; r < program_.registers.size(); ++r) {
      const Register& reg = program_.registers[r];
      const int input = load_of(static_cast<uint16_t>(r));
      const bool window =
          input >= 0 && !reg.copied && dense(program_.inputs[input]) && step_.inputs[input].dtype == reg.dtype;
      counts[r] = reg.extent == Extent::full && !window && reg.direct_output < 0;
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

  void cut_tiles() {
    Tiling& tiling = program_.tiling;
    const Space& space = program_.space;
    const int64_t rows = space.count[row], columns = space.count[column];
    const int64_t alive = most_alive();
    // Without registers of its own nothing has to fit in the cache, and longer runs cost less to begin.
    const int64_t elements = alive == 0         ? kUncachedTile
                             : program_.streams ? kStreamBytes / widest()
                                                : std::clamp<int64_t>(tile_bytes_ / (alive * widest()) / 64 * 64,
                                                                      kSmallestTile, kLargestTile);
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

  // ---- scratch memory ----

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
      bool same_size = op.kind == Kind::apply || op.kind == Kind::cast;
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

  const FusedStep& step_;
  const Pack& pack_;
  const std::optional<WindowAxes> window_;
  int64_t tile_bytes_ = kTileBytes;
  FusedProgram program_;
  std::vector<bool> after_reduction_;
  std::vector<int> expanded_;
};

}  // namespace

FusedProgram compile_program(const FusedStep& step, const Pack& pack, const std::optional<WindowAxes>& window) {
  return Compiler(step, pack, window).run();
}

uint64_t FusedProgram::direct_outputs(std::span<void* const> operands) const {
  uint64_t direct = 0;
  for (size_t k = 0; k < outputs.size() && k < 64; ++k) {
    const void* address = operands[inputs.size() + k];
    bool free = true;
    for (uint16_t input : read_later[k]) free &= operands[input] != address;
    direct |= static_cast<uint64_t>(free) << k;
  }
  return direct;
}

}  // namespace ingot::cpu
