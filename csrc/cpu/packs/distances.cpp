// Euclidean distances, of differences: a product of matrices would need half the instructions, but of neighbours it would
// leave no digits.
#include <algorithm>
#include <cmath>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/register_tile.h"

namespace ingot::cpu {
namespace {

using namespace Eigen::internal;

constexpr int kRows = 4, kVectors = 2;
/// Squares whose sum stays in registers, and whose columns of y stay in the first-level cache.
constexpr int64_t kChunk = 256;

/// Adds squares to a tile of `out`, or writes them there. Of `rows` fewer than kRows the last is worked on repeatedly.
template <class T>
void add_squares(T* out, int64_t out_row, const T* x, Window strides, int64_t rows, const T* y, int64_t y_row,
                 int64_t columns, int64_t depth, bool adds) {
  Vector<T> sums[kRows][kVectors];
  unrolled<kRows>([&](auto r) INGOT_INLINED {
    unrolled<kVectors>([&](auto v) INGOT_INLINED { sums[r][v] = pset1<Vector<T>>(T(0)); });
  });
  const T* numbers[kRows];
  for (int r = 0; r < kRows; ++r) numbers[r] = x + std::min<int64_t>(r, rows - 1) * strides.row_stride;
  for (int64_t p = 0; p < depth; ++p, y += y_row) {
    Vector<T> others[kVectors];
    unrolled<kVectors>([&](auto v) INGOT_INLINED { others[v] = ploadu<Vector<T>>(y + v * kLanes<T>); });
    unrolled<kRows>([&](auto r) INGOT_INLINED {
      const Vector<T> number = pset1<Vector<T>>(numbers[r][p * strides.column_stride]);
      unrolled<kVectors>([&](auto v) INGOT_INLINED {
        const Vector<T> difference = psub(number, others[v]);
        sums[r][v] = pmadd(difference, difference, sums[r][v]);
      });
    });
  }
  for (int64_t r = 0; r < rows; ++r) {
    T squares[kVectors * kLanes<T>];
    for (int v = 0; v < kVectors; ++v) pstoreu(squares + v * kLanes<T>, sums[r][v]);
    for (int64_t j = 0; j < columns; ++j) out[r * out_row + j] = squares[j] + (adds ? out[r * out_row + j] : T(0));
  }
}

template <class T>
void distances(const Distances& d) {
  auto* out = static_cast<T*>(d.out);
  const auto* x = static_cast<const T*>(d.x);
  const auto* y = static_cast<const T*>(d.y);
  constexpr int64_t kColumns = kVectors * kLanes<T>;
  static_assert(kDistanceColumns % kColumns == 0);
  for (int64_t k = 0; k < d.depth; k += kChunk) {
    const int64_t depth = std::min(kChunk, d.depth - k);
    for (int64_t j = 0; j < d.columns; j += kColumns)
      for (int64_t i = 0; i < d.rows; i += kRows)
        add_squares(out + i * d.out_row + j, d.out_row, x + i * d.x_strides.row_stride + k * d.x_strides.column_stride,
                    d.x_strides, std::min<int64_t>(kRows, d.rows - i), y + k * d.y_row + j, d.y_row,
                    std::min(kColumns, d.columns - j), depth, k > 0);
  }
  for (int64_t i = 0; i < d.rows; ++i) {
    T* line = out + i * d.out_row;
    for (int64_t j = 0; j < d.columns; ++j) line[j] = std::sqrt(line[j]);
  }
}

}  // namespace

void add_distances(Pack& pack) {
  pack.distances[0] = &distances<float>;
  pack.distances[1] = &distances<double>;
}

}  // namespace ingot::cpu
