// What scatters do once they know where their updates go.
#pragma once

#include <cstdint>

#include "ingot/ops/scatter_reduce_op.h"

namespace ingot {

/// `count` rows of updates, `row` elements apart (0: one row for all of them). Each meets as many elements of `out`, from
/// `offsets[i]` on, as it has `columns`; one row after the other.
struct ScatteredRows {
  void* out;
  const int64_t* offsets;
  const void* updates;
  int64_t count, row, columns;
};
using ScatterFn = void (*)(const ScatteredRows& rows);

/// Updates take the place of what they meet, or are added to it, or taken together with it by a rule.
ScatterFn scatter_replacing(DType dtype);
ScatterFn scatter_adding(DType dtype);
ScatterFn scatter_reducing(ScatterRule rule, DType dtype);

}  // namespace ingot
