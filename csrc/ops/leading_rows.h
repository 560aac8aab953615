// Operands cut into what belongs to each position of their leading axes, for tasks.
#pragma once

#include <algorithm>

#include "ingot/graph/value.h"

namespace ingot {

/// Where the part of `x` begins that belongs to position `row` of its first `axes` axes, in row-major order.
inline int64_t offset_of_row(const Tensor& x, size_t axes, int64_t row) {
  int64_t offset = 0;
  for (size_t axis = axes; axis-- > 0;) {
    offset += row % x.shape[axis] * x.strides[axis];
    row /= x.shape[axis];
  }
  return offset;
}

/// Rows cut into tasks of at least `grain` elements each.
struct RowTasks {
  int64_t rows, per_task;

  RowTasks(int64_t count, int64_t elements_per_row, int64_t grain)
      : rows(count), per_task(std::max<int64_t>(1, grain / std::max<int64_t>(1, elements_per_row))) {}

  int64_t tasks() const { return (rows + per_task - 1) / per_task; }
  int64_t first(int64_t task) const { return task * per_task; }
  int64_t last(int64_t task) const { return std::min(rows, (task + 1) * per_task); }
};

}  // namespace ingot
