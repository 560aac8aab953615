// Tiles of a step whose operands are dense runs or constants: addresses are found once per run, and not for every tile.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/tile_worker.h"

namespace ingot::cpu {
namespace {

/// An address, and by how many bytes it moves from tile to tile: by none in scratch memory.
struct Place {
  std::byte* data;
  int64_t step;
};

/// One instruction. Without a function it copies elements of `size` bytes.
struct Call {
  ElementwiseFn apply;
  CastFn cast;
  size_t size;
  /// Of the result, then of the sources.
  std::byte* data[4];
  int64_t step[4];

  void put(int which, const Place& place) {
    data[which] = place.data;
    step[which] = place.step;
  }
  void run(int64_t count) {
    if (apply)
      apply(data[0], data[1], data[2], data[3], count);
    else if (cast)
      cast(data[0], data[1], count);
    else
      std::memmove(data[0], data[1], static_cast<size_t>(count) * size);
    for (int k = 0; k < 4; ++k) data[k] += step[k];
  }
};

}  // namespace

void TileWorker::run_stream(int64_t first, int64_t last) {
  const int64_t columns = p_.tiling.columns;
  const auto in_memory = [&](const Access& access, size_t operand) -> Place {
    const int64_t step = (access.stride[column] * columns) << access.log_size;
    return {static_cast<std::byte*>(operands_[operand]) + first * step, step};
  };
  const auto output = [&](int k) {
    return in_memory(p_.outputs[static_cast<size_t>(k)], p_.inputs.size() + static_cast<size_t>(k));
  };
  SmallVector<Place, 32> places(p_.registers.size(), Place{});
  for (const ConstantFill& fill : p_.constants) places[fill.reg] = {views_[fill.reg].data, 0};

  SmallVector<Call, 16> calls;
  for (const TileOp& op : p_.main) {
    const Register& reg = p_.registers[op.target];
    Call call{op.apply, op.cast, size_t{1} << reg.log_size, {}, {}};
    if (op.kind == TileOp::Kind::load) {
      const Place source = in_memory(p_.inputs[op.index], op.index);
      if (!op.cast && !reg.copied) {
        places[op.target] = source;
        continue;
      }
      call.put(1, source);
    } else {
      for (int s = 0; s < op.source_count; ++s) call.put(s + 1, places[op.sources[s]]);
    }
    if (op.kind == TileOp::Kind::store) {
      call.put(0, output(op.index));
      call.size = size_t{1} << p_.outputs[op.index].log_size;
      if (!op.cast && call.data[0] == call.data[1]) continue;
    } else {
      const bool direct = reg.direct_output >= 0 && (direct_ >> reg.direct_output & 1);
      call.put(0, places[op.target] = direct ? output(reg.direct_output) : Place{slot(reg), 0});
    }
    calls.push_back(call);
  }

  for (int64_t t = first; t < last; ++t) {
    const int64_t count = std::min(columns, p_.space.count[column] - t * columns);
    for (Call& call : calls) call.run(count);
  }
}

}  // namespace ingot::cpu
