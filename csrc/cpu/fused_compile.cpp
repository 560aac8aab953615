#include <algorithm>
#include <bit>

#include "ingot/cpu/fused_program.h"
#include "ingot/cpu/tile_layout.h"
#include "ingot/graph/error.h"

namespace ingot::cpu {
namespace {

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
    program_.streams = window_ ? see_window_as_row() : streams(accesses);
    leave_few_streams_alone();
    if (step_.reduced_axes > 0)
      program_.tiling.mode = step_.inner_axes() > 0 ? Tiling::Mode::columns : Tiling::Mode::rows;
    classify();
    find_scaled();
    for (size_t i = 0; i < step_.code.size(); ++i) add(i);
    for (size_t k = 0; k < step_.outputs.size(); ++k) add_store(k);
    find_spread_constants();
    find_direct_outputs();
    lay_out_tiles(program_, windows(), few_streams_);
    return std::move(program_);
  }

 private:
  using Kind = TileOp::Kind;

  bool streams(const std::vector<Access>& accesses) const {
    return step_.reduced_axes == 0 && program_.space.count[row] == 1 &&
           std::all_of(accesses.begin(), accesses.end(), [](const Access& access) {
             return access.constant() || (access.uniform[column] && access.stride[column] == 1);
           });
  }

  /// Windows of matrices that are all dense, or constant, need no addresses but a position. False if they are not.
  bool see_window_as_row() {
    Space& space = program_.space;
    const std::array<int64_t, kGroups> dense{space.count[row] * space.count[column], space.count[column], 1};
    std::vector<Access*> others;
    for (size_t k = 1; k < program_.inputs.size(); ++k) others.push_back(&program_.inputs[k]);
    for (Access& access : program_.outputs) others.push_back(&access);
    const bool all = std::all_of(others.begin(), others.end(), [&](const Access* access) {
      if (access->constant()) return true;
      for (int g = 0; g < kGroups; ++g)
        if (space.count[g] > 1 && (!access->uniform[g] || access->stride[g] != dense[g])) return false;
      return true;
    });
    if (!all || step_.reduced_axes > 0) return false;
    program_.matrix = {space.count[row], space.count[column]};
    const int64_t positions = space.count[block] * dense[block];
    space.axes = {};
    space.axes[column].push_back(positions);
    space.count = {1, 1, positions};
    program_.inputs[0].stride = {0, 0, 1};
    for (Access* access : others) access->stride = {0, 0, access->constant() ? 0 : 1};
    return true;
  }

  /// One or two operands the processor fetches ahead by itself.
  void leave_few_streams_alone() {
    constexpr int64_t kFew = 2;
    std::vector<Access>& inputs = program_.inputs;
    const auto far = std::count_if(inputs.begin(), inputs.end(), [](const Access& access) { return access.far; });
    if (window_ || far == 0 || far > kFew) return;
    for (auto* accesses : {&program_.inputs, &program_.outputs})
      for (Access& access : *accesses) access.far = false;
    few_streams_ = true;
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
      // Also of a value per row (of a total and a constant), for it is spread over the row it came from.
      if (after_reduction && !instr.reduced) program_.tiling.whole_rows = true;
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

  // ---- sums of scaled values ----

  /// Products with a constant that one sum alone reads are computed with it (BlendFn).
  void find_scaled() {
    const std::vector<Instr>& code = step_.code;
    std::vector<int> uses(code.size());
    for (const Operand& output : step_.outputs) uses[output.reg] += 2;
    for (const Instr& instr : code)
      for (int k = 0; k < instr.source_count; ++k) ++uses[instr.sources[k]];
    scaled_.resize(code.size());
    for (size_t i = 0; i < code.size(); ++i) {
      if (!blends(i)) continue;
      for (int k = 0; k < 2; ++k) {
        const uint16_t source = code[i].sources[k];
        const bool minuend = k == 0 || code[i].opcode == Opcode::add;
        const bool other_fits =
            can_be_scaled(code[i].sources[1 - k]) || (is_constant(code[i].sources[1 - k]) && minuend);
        scaled_[source] = uses[source] == 1 && other_fits && can_be_scaled(source) && is_scaled_vector(code[source]);
      }
    }
  }

  /// In a tile of short rows a product may be full though its factors have one value per row: such are no vectors.
  bool is_scaled_vector(const Instr& instr) const {
    if (instr.kind != Instr::Kind::pointwise || instr.opcode != Opcode::multiply) return false;
    const uint16_t x = instr.sources[0], y = instr.sources[1];
    return (is_constant(x) && can_be_scaled(y)) || (is_constant(y) && can_be_scaled(x));
  }

  bool blends(size_t i) const {
    const Instr& instr = step_.code[i];
    return instr.kind == Instr::Kind::pointwise && (instr.opcode == Opcode::add || instr.opcode == Opcode::subtract) &&
           program_.registers[i].extent == Extent::full && pack_.blend[0][static_cast<int>(instr.dtype)];
  }
  bool can_be_scaled(uint16_t reg) const { return program_.registers[reg].extent == Extent::full; }
  bool is_constant(uint16_t reg) const { return program_.registers[reg].extent == Extent::constant; }

  /// False if no source of the sum is scaled.
  bool add_blend(size_t i) {
    const Instr& instr = step_.code[i];
    if (!blends(i) || (!scaled_[instr.sources[0]] && !scaled_[instr.sources[1]])) return false;
    TileOp op{};
    op.kind = Kind::blend;
    op.target = static_cast<uint16_t>(i);
    op.blend = pack_.blend[instr.opcode == Opcode::subtract][static_cast<int>(instr.dtype)];
    // What has no vector is added, and comes last.
    const int first = is_constant(instr.sources[0]);
    for (int k = 0; k < 2; ++k) {
      const uint16_t source = instr.sources[first ^ k];
      if (is_constant(source)) {
        op.scales[k] = source;
        continue;
      }
      const Instr& product = step_.code[source];
      const int constant = scaled_[source] && is_constant(product.sources[1]);
      op.sources[op.source_count++] = scaled_[source] ? product.sources[1 - constant] : source;
      if (scaled_[source]) op.scales[k] = product.sources[constant];
    }
    program_.main.push_back(op);
    return true;
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
    } else if (scaled_[i] || add_blend(i)) {
      return;
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

  /// By register: whether it lies in an input.
  std::vector<bool> windows() const {
    std::vector<bool> found(program_.registers.size());
    for (size_t r = 0; r < found.size(); ++r) {
      const Register& reg = program_.registers[r];
      const int input = load_of(static_cast<uint16_t>(r));
      found[r] = input >= 0 && !reg.copied && dense(program_.inputs[input]) && step_.inputs[input].dtype == reg.dtype;
    }
    return found;
  }

  const FusedStep& step_;
  const Pack& pack_;
  const std::optional<WindowAxes> window_;
  bool few_streams_ = false;
  FusedProgram program_;
  std::vector<bool> after_reduction_;
  /// Products that are part of a blend.
  std::vector<bool> scaled_;
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
