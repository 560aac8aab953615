#include "ingot/cpu/tile_worker.h"

#include <algorithm>
#include <bit>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"

namespace ingot::cpu {
namespace {

int64_t spacing(int64_t row_stride, int64_t columns) { return row_stride == kDense ? columns : row_stride; }

bool is_dense(const View& view, int64_t columns) { return view.row_stride == kDense || view.row_stride == columns; }

}  // namespace

TileWorker::TileWorker(const FusedProgram& program, const Pack& pack, std::span<void* const> operands, uint64_t direct)
    : p_(program), pack_(pack), operands_(operands), direct_(direct) {
  const size_t view_bytes = (p_.registers.size() * sizeof(View) + 63) / 64 * 64;
  const size_t slots = p_.slot_bytes * static_cast<size_t>(p_.full_slots + p_.constant_slots + 1);
  const size_t kept = p_.kept_bytes * static_cast<size_t>(p_.kept_slots + 1);
  std::byte* memory = scratch(Scratch::tiles, view_bytes + slots + kept + p_.accumulator_bytes);
  views_ = reinterpret_cast<View*>(memory);
  full_ = memory + view_bytes;
  constants_ = full_ + p_.slot_bytes * static_cast<size_t>(p_.full_slots);
  spare_ = constants_ + p_.slot_bytes * static_cast<size_t>(p_.constant_slots);
  kept_ = spare_ + p_.slot_bytes;
  own_accumulators_ = accumulators_ = kept_ + kept;
  for (size_t k = 0; k < p_.outputs.size() && k < 64; ++k) {
    const std::span<void* const> inputs = operands_.first(p_.inputs.size());
    if (p_.outputs[k].far && std::find(inputs.begin(), inputs.end(), operands_[inputs.size() + k]) == inputs.end())
      fresh_ |= uint64_t{1} << k;
  }
  for (size_t r = 0; r < p_.registers.size(); ++r) {
    const Register& reg = p_.registers[r];
    if (reg.extent == Extent::kept) views_[r] = {kept_ + p_.kept_bytes * static_cast<size_t>(reg.slot), kDense};
    if (reg.extent == Extent::constant)
      views_[r] = {constants_ + p_.slot_bytes * static_cast<size_t>(reg.slot), kDense};
  }
}

void TileWorker::run_tiles(int64_t first, int64_t last) {
  const int64_t columns = p_.space.count[column], across = ceil_divide(columns, p_.tiling.columns);
  fill_constants(std::min(p_.tiling.rows * p_.tiling.columns, p_.space.count[row] * columns));
  if (p_.streams) {
    const int64_t start = first * p_.tiling.columns;
    return run_stream({start, 1, std::min(last * p_.tiling.columns, columns) - start, 0});
  }
  for (int64_t t = first; t < last; ++t) {
    const Tile tile{
        {block, 0, 1}, piece(row, t / across, p_.tiling.rows), piece(column, t % across, p_.tiling.columns)};
    run_main(tile);
  }
}

void TileWorker::run_window(const Tile& window, View given) {
  const int64_t columns = std::min(p_.tiling.columns, window.columns.count);
  const int64_t rows = std::min(
      {std::max<int64_t>(1, p_.tiling.rows * p_.tiling.columns / columns), p_.tiling.most_rows, window.rows.count});
  fill_constants(rows * columns);
  const int log_size = p_.registers[0].log_size;
  for (int64_t r = 0; r < window.rows.count; r += rows) {
    for (int64_t c = 0; c < window.columns.count; c += columns) {
      given_ = {given.data + ((r * given.row_stride + c) << log_size), given.row_stride};
      const Tile tile{window.blocks,
                      {row, window.rows.start + r, std::min(rows, window.rows.count - r)},
                      {column, window.columns.start + c, std::min(columns, window.columns.count - c)}};
      run_main(tile);
    }
  }
}

void TileWorker::accumulate(int64_t unit, int64_t segment, std::byte* accumulators) {
  accumulators_ = accumulators ? accumulators : own_accumulators_;
  Tile tile = unit_tile(unit);
  for (const AccumulatorSlot& slot : p_.accumulators) slot.fns->init(accumulators_ + slot.offset, kept_count(tile));
  for (const TileOp& op : p_.before) run(op, tile);
  if (p_.tiling.whole_rows) {
    run_main(tile);
    return;
  }
  Range& along = p_.tiling.mode == Tiling::Mode::rows ? tile.columns : tile.rows;
  const int64_t step = p_.tiling.mode == Tiling::Mode::rows ? p_.tiling.columns : p_.tiling.rows;
  const int64_t end = std::min(p_.space.count[along.group], (segment + 1) * p_.tiling.segment);
  for (int64_t start = segment * p_.tiling.segment; start < end; start += step) {
    along.start = start;
    along.count = std::min(step, end - start);
    run_main(tile);
  }
}

void TileWorker::finish(int64_t unit) {
  const Tile tile = unit_tile(unit);
  for (const TileOp& op : p_.after) run(op, tile);
}

void TileWorker::combine(int64_t unit, std::byte* partial) {
  const Tile tile = unit_tile(unit);
  accumulators_ = partial;
  for (int64_t segment = 1; segment < p_.tiling.segments; ++segment)
    for (const AccumulatorSlot& slot : p_.accumulators)
      slot.fns->combine(partial + slot.offset,
                        partial + static_cast<size_t>(segment) * p_.accumulator_bytes + slot.offset, kept_count(tile));
  fill_constants(kept_count(tile));
  for (const TileOp& op : p_.before) run(op, tile);
  finish(unit);
}

void TileWorker::fill_constants(int64_t count) {
  for (const ConstantFill& fill : p_.constants) {
    const Register& reg = p_.registers[fill.reg];
    const void* value = operands_[fill.input];
    alignas(16) std::byte converted[16];
    if (fill.cast) {
      fill.cast(converted, value, 1);
      value = converted;
    }
    pack_.move[reg.log_size].fill(views_[fill.reg].data, value, fill.spread ? count : 1);
  }
}

Range TileWorker::piece(Group group, int64_t index, int64_t size) const {
  const int64_t start = index * size;
  return {group, start, std::min(size, p_.space.count[group] - start)};
}

/// The kept positions of a unit; along the reduced axes, all of it.
Tile TileWorker::unit_tile(int64_t unit) const {
  if (p_.tiling.mode == Tiling::Mode::rows)
    return {{block, 0, 1}, piece(row, unit, p_.tiling.rows), {column, 0, p_.space.count[column]}};
  const int64_t across = ceil_divide(p_.space.count[column], p_.tiling.columns);
  return {{block, unit / across, 1}, {row, 0, p_.space.count[row]}, piece(column, unit % across, p_.tiling.columns)};
}

int64_t TileWorker::kept_count(const Tile& tile) const {
  return p_.tiling.mode == Tiling::Mode::columns ? tile.columns.count : tile.rows.count;
}

// ---- operands ----

void TileWorker::run_main(const Tile& tile) {
  fetches_.clear();
  for (uint64_t left = fresh_; left != 0; left &= left - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(left));
    if (View view; in_place(p_.outputs[k], p_.inputs.size() + k, tile, view))
      fetch_later(view, p_.outputs[k].log_size, tile);
  }
  for (size_t i = 0; i < p_.main.size(); ++i) {
    run(p_.main[i], tile);
    if (!fetches_.empty()) fetch(static_cast<int64_t>(p_.main.size() - i));
  }
}

// Operands take turns, so the processor does not see that the next tile follows. Asked for all at once, its lines would
// keep the load units waiting: they are spread over the instructions of this tile.
void TileWorker::fetch_later(const View& view, int log_size, const Tile& tile) {
  constexpr int64_t kMostBytes = 16 * 1024;
  const int64_t columns = tile.columns.count, rows = tile.rows.count, stride = spacing(view.row_stride, columns);
  const bool dense = stride == columns || rows == 1;
  if ((rows * columns) << log_size > kMostBytes) return;
  const std::byte* next = view.data + ((dense ? rows * columns : rows * stride) << log_size);
  if (dense)
    fetches_.push_back({next, (rows * columns) << log_size});
  else
    for (int64_t r = 0; r < rows; ++r) fetches_.push_back({next + ((r * stride) << log_size), columns << log_size});
}

/// Asks for one part in `parts` of what is yet to be asked for.
void TileWorker::fetch(int64_t parts) {
  constexpr int64_t kLine = 64;
  int64_t lines = 0;
  for (const Fetch& each : fetches_) lines += (each.bytes + kLine - 1) / kLine;
  for (lines = (lines + parts - 1) / parts; lines > 0; --lines) {
    Fetch& last = fetches_.back();
    __builtin_prefetch(last.from, 0, 2);
    last.from += kLine;
    last.bytes -= kLine;
    if (last.bytes <= 0) fetches_.pop_back();
  }
}

std::byte* TileWorker::address(const Access& access, size_t operand, const Tile& tile) const {
  return static_cast<std::byte*>(operands_[operand]) + access.offset(p_.space, block, tile.blocks.start);
}

/// The window of a tile on an operand that can be worked on where it lies; null if it cannot.
bool TileWorker::in_place(const Access& access, size_t operand, const Tile& tile, View& view) const {
  const int64_t stride = access.stride[row], columns = tile.columns.count;
  if (!access.regular(p_.space, tile.columns) || (access.stride[column] != 1 && columns > 1)) return false;
  const bool one_row = tile.rows.count == 1;
  if (!one_row && (!access.uniform[row] || (columns < kNarrow && stride != columns))) return false;
  view.data = address(access, operand, tile) + access.offset(p_.space, row, tile.rows.start) +
              access.offset(p_.space, column, tile.columns.start);
  view.row_stride = one_row ? kDense : stride;
  return true;
}

/// Where a full register is computed: in its output if this run and this tile allow that, else in its slot.
View TileWorker::target(const Register& reg, const Tile& tile) const {
  View view;
  if (reg.direct_output >= 0 && (direct_ >> reg.direct_output & 1) &&
      in_place(p_.outputs[reg.direct_output], p_.inputs.size() + static_cast<size_t>(reg.direct_output), tile, view))
    return view;
  return {slot(reg), kDense};
}

/// Rows and columns of kept values, as ranges of the operand's space.
std::pair<Range, Range> TileWorker::kept_ranges(const Tile& tile) const {
  if (p_.tiling.mode == Tiling::Mode::columns) return {{row, 0, 1}, tile.columns};
  return {{column, 0, 1}, tile.rows};
}

// ---- instructions ----

void TileWorker::run(const TileOp& op, const Tile& tile) {
  switch (op.kind) {
    case TileOp::Kind::apply:
    case TileOp::Kind::blend:
      return apply(op, tile);
    case TileOp::Kind::cast:
      return cast(op, tile);
    case TileOp::Kind::load:
      return op.kept ? load_kept(op, tile) : load(op, tile);
    case TileOp::Kind::store:
      return op.kept ? store_kept(op, tile) : store(op, tile);
    case TileOp::Kind::expand:
      return expand(op, tile);
    case TileOp::Kind::reduce:
      return reduce(op, tile);
    case TileOp::Kind::finish: {
      const AccumulatorSlot& slot = p_.accumulators[op.index];
      return slot.fns->finish(views_[op.target].data, accumulators_ + slot.offset, kept_count(tile));
    }
  }
}

void TileWorker::apply(const TileOp& op, const Tile& tile) {
  const std::byte *sources[3] = {}, *scales[2] = {};
  for (int s = 0; s < op.source_count; ++s) sources[s] = views_[op.sources[s]].data;
  for (int s = 0; s < 2; ++s)
    if (op.scales[s] >= 0) scales[s] = views_[op.scales[s]].data;
  const auto call = [&](std::byte* out, const std::byte* x, const std::byte* y, const std::byte* z, int64_t count) {
    if (op.blend) return op.blend(out, x, scales[0], y, scales[1], count);
    op.apply(out, x, y, z, count);
  };
  View& out = views_[op.target];
  if (op.kept) return call(out.data, sources[0], sources[1], sources[2], kept_count(tile));
  const Register& reg = p_.registers[op.target];
  out = target(reg, tile);
  const int64_t rows = tile.rows.count, columns = tile.columns.count;
  bool dense = rows == 1 || is_dense(out, columns);
  int64_t steps[3] = {};
  for (int s = 0; s < op.source_count; ++s) {
    const Register& source = p_.registers[op.sources[s]];
    if (s == op.scalar_source) {
      const bool per_row = source.extent == Extent::kept;
      dense = dense && (rows == 1 || !per_row);
      steps[s] = static_cast<int64_t>(per_row) << source.log_size;
    } else {
      dense = dense && (rows == 1 || is_dense(views_[op.sources[s]], columns));
      steps[s] = spacing(views_[op.sources[s]].row_stride, columns) << source.log_size;
    }
  }
  if (dense) return call(out.data, sources[0], sources[1], sources[2], rows * columns);
  const int64_t out_step = spacing(out.row_stride, columns) << reg.log_size;
  for (int64_t r = 0; r < rows; ++r)
    call(out.data + r * out_step, sources[0] + r * steps[0], sources[1] + r * steps[1], sources[2] + r * steps[2],
         columns);
}

void TileWorker::cast(const TileOp& op, const Tile& tile) {
  View& out = views_[op.target];
  const View& source = views_[op.sources[0]];
  if (op.kept) return op.cast(out.data, source.data, kept_count(tile));
  out = target(p_.registers[op.target], tile);
  convert(op.cast, out, p_.registers[op.target].log_size, source, p_.registers[op.sources[0]].log_size, tile.rows.count,
          tile.columns.count);
}

/// Copies (`cast` null) or converts a tile between two places with dense columns.
void TileWorker::convert(CastFn cast, const View& out, int out_log, const View& in, int in_log, int64_t rows,
                         int64_t columns) const {
  const int64_t out_stride = spacing(out.row_stride, columns), in_stride = spacing(in.row_stride, columns);
  if (!cast) return pack_.move[out_log].copy(out.data, {out_stride, 1}, in.data, {in_stride, 1}, rows, columns);
  if (rows == 1 || (out_stride == columns && in_stride == columns)) return cast(out.data, in.data, rows * columns);
  for (int64_t r = 0; r < rows; ++r)
    cast(out.data + ((r * out_stride) << out_log), in.data + ((r * in_stride) << in_log), columns);
}

void TileWorker::load(const TileOp& op, const Tile& tile) {
  const Access& access = p_.inputs[op.index];
  const Register& reg = p_.registers[op.target];
  View source = given_;
  const bool given = given_.data && op.index == 0;
  // A kernel's result comes in the dtype that it is computed in, which is the register's.
  const CastFn cast = given ? nullptr : op.cast;
  const int log_size = given ? reg.log_size : access.log_size;
  const bool direct = given || in_place(access, op.index, tile, source);
  if (direct && access.far && !given) fetch_later(source, access.log_size, tile);
  if (direct && !cast && !reg.copied) {
    views_[op.target] = source;
    return;
  }
  const View out = target(reg, tile);
  const int64_t columns = tile.columns.count;
  if (!direct) {
    // With a conversion to follow, the elements are first brought together as they are.
    source = cast ? View{spare_, kDense} : out;
    gather(pack_, p_.space, access, address(access, op.index, tile), tile.rows, tile.columns, source.data,
           spacing(source.row_stride, columns));
  }
  if (cast || direct) convert(cast, out, reg.log_size, source, log_size, tile.rows.count, columns);
  views_[op.target] = out;
}

void TileWorker::load_kept(const TileOp& op, const Tile& tile) {
  const Access& access = p_.inputs[op.index];
  const auto [rows, columns] = kept_ranges(tile);
  const std::byte* base = address(access, op.index, tile);
  View& view = views_[op.target];
  if (columns.count == 1 && !op.cast && !p_.registers[op.target].copied) {
    view.data = const_cast<std::byte*>(base) + access.offset(p_.space, columns.group, columns.start);
    return;
  }
  view.data = kept_ + p_.kept_bytes * static_cast<size_t>(p_.registers[op.target].slot);
  std::byte* out = op.cast ? kept_spare() : view.data;
  gather(pack_, p_.space, access, base, rows, columns, out, columns.count);
  if (op.cast) op.cast(view.data, out, columns.count);
}

void TileWorker::store(const TileOp& op, const Tile& tile) {
  const size_t operand = p_.inputs.size() + op.index;
  const Access& access = p_.outputs[op.index];
  const Register& reg = p_.registers[op.sources[0]];
  View source = views_[op.sources[0]], out;
  const int64_t rows = tile.rows.count, columns = tile.columns.count;
  if (in_place(access, operand, tile, out)) {
    if (op.cast || out.data != source.data) convert(op.cast, out, access.log_size, source, reg.log_size, rows, columns);
    return;
  }
  if (op.cast) {
    const View converted{spare_, kDense};
    convert(op.cast, converted, access.log_size, source, reg.log_size, rows, columns);
    source = converted;
  }
  scatter(pack_, p_.space, access, address(access, operand, tile), tile.rows, tile.columns, source.data,
          spacing(source.row_stride, columns));
}

void TileWorker::store_kept(const TileOp& op, const Tile& tile) {
  const size_t operand = p_.inputs.size() + op.index;
  const Access& access = p_.outputs[op.index];
  const auto [rows, columns] = kept_ranges(tile);
  const std::byte* source = views_[op.sources[0]].data;
  if (op.cast) {
    op.cast(kept_spare(), source, columns.count);
    source = kept_spare();
  }
  scatter(pack_, p_.space, access, address(access, operand, tile), rows, columns, source, columns.count);
}

void TileWorker::expand(const TileOp& op, const Tile& tile) {
  const Register& reg = p_.registers[op.target];
  const View& source = views_[op.sources[0]];
  const int64_t rows = tile.rows.count, columns = tile.columns.count;
  const bool one_per_row = p_.tiling.mode != Tiling::Mode::columns;
  if (!one_per_row && columns >= kNarrow) {
    views_[op.target] = {source.data, 0};
    return;
  }
  const Window from = one_per_row ? Window{1, 0} : Window{0, 1};
  pack_.move[reg.log_size].copy(slot(reg), {columns, 1}, source.data, from, rows, columns);
  views_[op.target] = {slot(reg), kDense};
}

void TileWorker::reduce(const TileOp& op, const Tile& tile) {
  const View& source = views_[op.sources[0]];
  const AccumulatorSlot& accumulator = p_.accumulators[op.index];
  const auto fn = p_.tiling.mode == Tiling::Mode::rows ? accumulator.fns->rows : accumulator.fns->columns;
  fn(accumulators_ + accumulator.offset, source.data, tile.rows.count, tile.columns.count,
     spacing(source.row_stride, tile.columns.count));
}

}  // namespace ingot::cpu
