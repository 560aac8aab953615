// One loop over operands of any strides, for kernels.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "ingot/engine/lock.h"
#include "ingot/graph/shape.h"
#include "ingot/graph/value.h"

namespace ingot {

/// Calls `row(offsets, steps, count)` for runs of `count` elements that together cover `shape` in row-major order:
/// operand `k` of the run lies at `offsets[k] + steps[k] * i`. Axes that lie evenly in every operand are joined, so
/// dense operands give one run. Lets Ctrl-C through between runs.
template <size_t N, class Row>
void for_each_row(const Shape& shape, const std::array<const Strides*, N>& strides, Row&& row) {
  using Offsets = std::array<int64_t, N>;
  constexpr int64_t kPollEvery = 1 << 16;

  // Innermost first. Whatever has length 1 has no say in the layout.
  SmallVector<int64_t, 5> lengths;
  SmallVector<Offsets, 5> steps;
  for (size_t axis = shape.size(); axis-- > 0;) {
    const int64_t length = shape[axis];
    if (length == 0) return;
    if (length == 1) continue;
    Offsets step;
    for (size_t k = 0; k < N; ++k) step[k] = (*strides[k])[axis];
    bool joins = !lengths.empty();
    for (size_t k = 0; k < N && joins; ++k) joins = step[k] == steps.back()[k] * lengths.back();
    if (joins) {
      lengths.back() *= length;
    } else {
      lengths.push_back(length);
      steps.push_back(step);
    }
  }

  Offsets offsets{};
  if (lengths.empty()) {
    row(offsets, Offsets{}, int64_t{1});
    return;
  }
  SmallVector<int64_t, 5> position(lengths.size(), 0);
  int64_t done = 0;
  while (true) {
    row(offsets, steps[0], lengths[0]);
    done += lengths[0];
    if (done >= kPollEvery) {
      poll_interrupt();
      done = 0;
    }
    size_t axis = 1;
    for (; axis < lengths.size(); ++axis) {
      for (size_t k = 0; k < N; ++k) offsets[k] += steps[axis][k];
      if (++position[axis] < lengths[axis]) break;
      for (size_t k = 0; k < N; ++k) offsets[k] -= steps[axis][k] * lengths[axis];
      position[axis] = 0;
    }
    if (axis == lengths.size()) return;
  }
}

/// Copies elements of `Bytes` (an integer as wide as the dtype) between windows of one shape.
template <class Bytes>
void copy_elements(const Shape& shape, const void* from, const Strides& from_strides, void* to,
                   const Strides& to_strides) {
  const Bytes* source = static_cast<const Bytes*>(from);
  Bytes* target = static_cast<Bytes*>(to);
  for_each_row<2>(shape, {&from_strides, &to_strides}, [&](const auto& at, const auto& step, int64_t count) {
    const Bytes* in = source + at[0];
    Bytes* out = target + at[1];
    if (step[0] == 1 && step[1] == 1) {
      std::copy_n(in, count, out);
    } else if (step[0] == 0 && step[1] == 1) {
      std::fill_n(out, count, *in);
    } else {
      for (int64_t i = 0; i < count; ++i) out[i * step[1]] = in[i * step[0]];
    }
  });
}

/// Two words that move as one: complex128.
struct Bytes16 {
  uint64_t low, high;
};

/// Calls `f(TypeTag<Bytes>{})` with an integer type as wide as `dtype`, for kernels that move elements without looking
/// at them.
template <class F>
decltype(auto) visit_width(DType dtype, F&& f) {
  switch (size_of(dtype)) {
    case 1:
      return f(TypeTag<uint8_t>{});
    case 2:
      return f(TypeTag<uint16_t>{});
    case 4:
      return f(TypeTag<uint32_t>{});
    case 8:
      return f(TypeTag<uint64_t>{});
    default:
      return f(TypeTag<Bytes16>{});
  }
}

/// Copies one window into another of the same shape and dtype; they do not overlap.
inline void copy_window(const Shape& shape, DType dtype, const void* from, const Strides& from_strides, void* to,
                        const Strides& to_strides) {
  visit_width(
      dtype, [&](auto tag) { copy_elements<typename decltype(tag)::type>(shape, from, from_strides, to, to_strides); });
}

}  // namespace ingot
