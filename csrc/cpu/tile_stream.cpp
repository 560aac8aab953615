// Tiles of a step whose operands are dense runs or constants: what is done and where is found once per run, and not for
// every tile.
#include <algorithm>
#include <cstring>
#include <vector>

#include "ingot/cpu/tile_worker.h"

namespace ingot::cpu {
namespace {

/// Where an operand or a register lies: the element of position 0, and the bytes from one position to the next (none in
/// scratch memory, which every tile uses again).
struct Place {
  std::byte* origin = nullptr;
  int64_t bytes = 0;

  std::byte* at(int64_t position) const { return origin + position * bytes; }
};
constexpr Place kNowhere;

/// One instruction. Without a function it copies elements of `size` bytes.
struct Call {
  ElementwiseFn apply;
  BlendFn blend;
  CastFn cast;
  size_t size;
  const std::byte* scales[2] = {};
  /// Of the result, then of the sources.
  const Place* places[4] = {&kNowhere, &kNowhere, &kNowhere, &kNowhere};
  std::byte* data[4] = {};
  /// From tile to tile.
  int64_t steps[4] = {};

  void aim(int64_t position, int64_t tile) {
    for (int k = 0; k < 4; ++k) {
      data[k] = places[k]->at(position);
      steps[k] = places[k]->bytes * tile;
    }
  }
  void run(int64_t count) {
    if (apply)
      apply(data[0], data[1], data[2], data[3], count);
    else if (blend)
      blend(data[0], data[1], scales[0], data[2], scales[1], count);
    else if (cast)
      cast(data[0], data[1], count);
    else
      std::memmove(data[0], data[1], static_cast<size_t>(count) * size);
    for (int k = 0; k < 4; ++k) data[k] += steps[k];
  }
};

}  // namespace

void TileWorker::run_stream(const Runs& runs, View given) {
  const size_t inputs = p_.inputs.size(), outputs = p_.outputs.size();
  SmallVector<Place, 32> operands(inputs + outputs, Place{}), slots(p_.registers.size(), Place{});
  for (size_t k = 0; k < inputs + outputs; ++k) {
    const Access& access = k < inputs ? p_.inputs[k] : p_.outputs[k - inputs];
    operands[k] = {static_cast<std::byte*>(operands_[k]), access.stride[column] << access.log_size};
  }
  const int64_t given_bytes = int64_t{1} << p_.registers[0].log_size;
  if (given.data) operands[0] = {given.data - runs.start * given_bytes, given_bytes};
  SmallVector<const Place*, 32> places(p_.registers.size(), &kNowhere);
  for (const ConstantFill& fill : p_.constants) {
    slots[fill.reg].origin = views_[fill.reg].data;
    places[fill.reg] = &slots[fill.reg];
  }

  std::vector<Call> calls;
  calls.reserve(p_.main.size());
  for (const TileOp& op : p_.main) {
    const Register& reg = p_.registers[op.target];
    Call call{op.apply, op.blend, op.cast, size_t{1} << reg.log_size};
    if (op.kind == TileOp::Kind::load) {
      // A kernel's result comes in the dtype that it is computed in, which is the register's.
      if (given.data && op.index == 0) call.cast = nullptr;
      call.places[1] = &operands[op.index];
      if (!call.cast && !reg.copied) {
        places[op.target] = call.places[1];
        continue;
      }
    } else {
      for (int s = 0; s < op.source_count; ++s) call.places[s + 1] = places[op.sources[s]];
      for (int s = 0; s < 2; ++s)
        if (op.scales[s] >= 0) call.scales[s] = views_[op.scales[s]].data;
    }
    if (op.kind == TileOp::Kind::store) {
      call.places[0] = &operands[inputs + op.index];
      call.size = size_t{1} << p_.outputs[op.index].log_size;
    } else {
      const bool direct = reg.direct_output >= 0 && (direct_ >> reg.direct_output & 1);
      if (!direct) slots[op.target].origin = slot(reg);
      call.places[0] = places[op.target] =
          direct ? &operands[inputs + static_cast<size_t>(reg.direct_output)] : &slots[op.target];
    }
    const bool copies = op.kind == TileOp::Kind::load || op.kind == TileOp::Kind::store;
    if (copies && !call.cast && call.places[0]->origin == call.places[1]->origin) continue;
    calls.push_back(call);
  }

  for (int64_t r = 0; r < runs.count; ++r) {
    const int64_t start = runs.start + r * runs.step;
    if (given.data) operands[0].origin = given.data + (r * given.row_stride - start) * given_bytes;
    for (Call& call : calls) call.aim(start, p_.tiling.columns);
    for (int64_t done = 0; done < runs.length; done += p_.tiling.columns) {
      const int64_t count = std::min(p_.tiling.columns, runs.length - done);
      for (Call& call : calls) call.run(count);
    }
  }
}

}  // namespace ingot::cpu
