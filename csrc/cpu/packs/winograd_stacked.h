// Convolutions by 5 x 5 kernels as Winograd does them, where each lane is an image: nothing moves between lanes, and
// lines of any length fill vectors.
#pragma once

#include <algorithm>
#include <cstring>

#include "ingot/cpu/packs/winograd_transforms.h"

namespace ingot::cpu::winograd {

/// Results that a tile has along an axis.
inline constexpr int64_t kStackedTile = 2;

/// What is multiplied at once: two tiles and as many rows as there are registers, so that loads take no longer than
/// products; channels and rows whose transforms stay in the first-level cache.
inline constexpr int kStackedTiles = 2, kStackedRows = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32 ? 2 : 1;
inline constexpr int64_t kStackedChannels = 6, kStackedBlock = 4;
/// Vectors of a row of two tiles between the two steps of the way back.
inline constexpr int64_t kStackedHalves = 24;

/// A bound that the compiler knows nothing of: else it would write loops out.
INGOT_INLINE int64_t opaque(int64_t bound) {
  EIGEN_OPTIMIZATION_BARRIER(bound)
  return bound;
}

inline void stacked_weights(const StackedWeights& p) {
  constexpr int kSide = 5;
  for (int64_t c = 0; c < p.channels; ++c)
    for (int64_t r = 0; r < p.rows; r += kWide) {
      const T* first = static_cast<const T*>(p.in) + c * kSide * kSide * p.width + r;
      alignas(64) T half[6][kSide][kWide];
      for (int64_t x = 0; x < opaque(kSide); ++x) {
        V g[kSide], done[6];
        unrolled<kSide>([&](auto y) INGOT_INLINED { g[y] = load_once(first + (y * kSide + x) * p.width); });
        transform_weights(g, done);
        unrolled<6>([&](auto y) INGOT_INLINED { store(half[y][x], done[y]); });
      }
      T* out = static_cast<T*>(p.out) + r * kWinogradProducts * p.channels + c * 6 * kStackedRows;
      for (int64_t y = 0; y < opaque(6); ++y, out += kStackedRows) {
        V g[kSide], done[6];
        unrolled<kSide>([&](auto x) INGOT_INLINED { g[x] = load_once(half[y][x]); });
        transform_weights(g, done);
        alignas(64) T rows[6][kWide];
        unrolled<6>([&](auto x) INGOT_INLINED { store(rows[x], done[x]); });
        for (int64_t i = 0; i < std::min(kWide, p.rows - r); i += kStackedRows)
          for (int64_t x = 0; x < 6; ++x)
            std::memcpy(out + (kWinogradProducts * i + 6 * kStackedRows * x) * p.channels, rows[x] + i,
                        sizeof(T) * kStackedRows);
      }
    }
}

inline int64_t stacked_bytes(int64_t rows) {
  return (kStackedTiles * kWinogradProducts * kStackedChannels + kWinogradProducts + 6 +
          kStackedHalves * (rows + kStackedRows - 1)) *
         kWide * static_cast<int64_t>(sizeof(T));
}

/// The tile of each of `channels` channels whose first element is at `line` and `column` of the image. Product y, x of
/// channel c becomes vector ((x * channels + c) * 6 + y) * kStackedTiles of `out`.
inline void transform_stacked(const StackedConvolution& p, const T* image, int64_t channels, int64_t line,
                              int64_t column, T* out, T* columns) {
  const T* zeros = columns + kWinogradProducts * kWide;
  const int64_t begin = std::clamp<int64_t>(-column, 0, 6), end = std::clamp<int64_t>(p.width - column, begin, 6);
  if (end - begin < 6) std::fill_n(columns, kWinogradProducts * kWide, T(0));
  const int64_t product = channels * 6 * kStackedTiles * kWide;
  image += (line * p.width + column) * kWide;
  for (int64_t c = 0; c < channels; ++c, image += p.height * p.width * kWide, out += 6 * kStackedTiles * kWide) {
    const T* lines[6];
    unrolled<6>([&](auto y) INGOT_INLINED {
      const bool inside = static_cast<uint64_t>(line + y) < static_cast<uint64_t>(p.height);
      lines[y] = inside ? image + y * p.width * kWide : zeros;
    });
    for (int64_t x = begin; x < opaque(end); ++x) {
      V d[6], done[6];
      unrolled<6>([&](auto y) INGOT_INLINED { d[y] = load_once(lines[y] + x * kWide); });
      transform_image(d, done);
      unrolled<6>([&](auto y) INGOT_INLINED { store(columns + (x * 6 + y) * kWide, done[y]); });
    }
    for (int64_t y = 0; y < opaque(6); ++y) {
      V d[6], done[6];
      unrolled<6>([&](auto x) INGOT_INLINED { d[x] = load_once(columns + (x * 6 + y) * kWide); });
      transform_image(d, done);
      unrolled<6>([&](auto x) INGOT_INLINED { store(out + x * product + y * kStackedTiles * kWide, done[x]); });
    }
  }
}

/// Products of one column of two tiles, transformed back along it: result y of tile t of row i is (or is added to)
/// vector ((i * kStackedTiles + t) * 2 + y) * 6 of `halves`.
template <bool accumulates>
void multiply_stacked_rows(const T* weights, const T* image, int64_t channels, T* halves) {
  V acc[kStackedRows][kStackedTiles][6];
  const auto each = [&](auto&& f) INGOT_INLINED {
    unrolled<kStackedRows>([&](auto i)
                               INGOT_INLINED { unrolled<kStackedTiles>([&](auto t) INGOT_INLINED { f(i, t); }); });
  };
  each([&](auto i, auto t)
           INGOT_INLINED { unrolled<6>([&](auto y) INGOT_INLINED { acc[i][t][y] = Eigen::internal::pset1<V>(0); }); });
  for (int64_t c = 0; c < channels; ++c)
    unrolled<6>([&](auto y) INGOT_INLINED {
      V seen[kStackedTiles];
      unrolled<kStackedTiles>([&](auto t) INGOT_INLINED { seen[t] = load_once(image + t * kWide); });
      unrolled<kStackedRows>([&](auto i) INGOT_INLINED {
        const V weight = Eigen::internal::pset1<V>(weights[i]);
        unrolled<kStackedTiles>(
            [&](auto t) INGOT_INLINED { acc[i][t][y] = Eigen::internal::pmadd(weight, seen[t], acc[i][t][y]); });
      });
      image += kStackedTiles * kWide;
      weights += kStackedRows;
    });
  each([&](auto i, auto t) INGOT_INLINED {
    V done[kStackedTile];
    transform_back(acc[i][t], done);
    unrolled<kStackedTile>([&](auto y) INGOT_INLINED {
      T* to = halves + ((i * kStackedTiles + t) * kStackedTile + y) * 6 * kWide;
      store(to, accumulates ? Eigen::internal::padd(load(to), done[y]) : done[y]);
    });
  });
}

/// The other step back, for a tile of one row whose first result is at `line` and `column` of `out`.
INGOT_INLINE void put_stacked(const StackedConvolution& p, const T* halves, int64_t line, int64_t column, T* out) {
  out += (line * p.columns + column) * kWide;
  for (int64_t y = line; y < std::min(line + kStackedTile, p.lines);
       ++y, halves += 6 * kWide, out += p.columns * kWide) {
    V m[6], done[kStackedTile];
    unrolled<6>([&](auto x) INGOT_INLINED { m[x] = load_once(halves + x * kWide); });
    transform_back(m, done);
    store(out, done[0]);
    if (column + 1 < p.columns) store(out + kWide, done[1]);
  }
}

inline void convolve_stacked(const StackedConvolution& p) {
  const auto *image = static_cast<const T*>(p.image), *weights = static_cast<const T*>(p.weights);
  auto *out = static_cast<T*>(p.out), *products = static_cast<T*>(p.scratch),
       *columns = products + kStackedTiles * kWinogradProducts * kStackedChannels * kWide,
       *zeros = columns + kWinogradProducts * kWide, *halves = zeros + 6 * kWide;
  std::fill_n(zeros, 6 * kWide, T(0));
  const int64_t tile_columns = (p.columns + 1) / kStackedTile, tiles = (p.lines + 1) / kStackedTile * tile_columns;
  const int64_t blocks = (p.channels + kStackedChannels - 1) / kStackedChannels;
  const int64_t row_weights = kWinogradProducts * p.channels, plane = p.lines * p.columns;
  for (int64_t first = 0; first < tiles; first += kStackedTiles) {
    int64_t line[kStackedTiles], column[kStackedTiles];
    for (int64_t t = 0; t < kStackedTiles; ++t) {
      const int64_t tile = std::min(first + t, tiles - 1);
      line[t] = tile / tile_columns * kStackedTile, column[t] = tile % tile_columns * kStackedTile;
    }
    for (int64_t block = 0; block < blocks; ++block) {
      const int64_t begin = block * p.channels / blocks, channels = (block + 1) * p.channels / blocks - begin;
      const auto multiply = block > 0 ? &multiply_stacked_rows<true> : &multiply_stacked_rows<false>;
      for (int64_t t = 0; t < kStackedTiles; ++t)
        transform_stacked(p, image + begin * p.height * p.width * kWide, channels, p.first_line + line[t],
                          p.first_column + column[t], products + t * kWide, columns);
      for (int64_t row = 0; row < p.rows; row += kStackedBlock) {
        const int64_t last = std::min(p.rows, row + kStackedBlock);
        T* const sums = halves + (blocks > 1 ? row * kStackedHalves * kWide : 0);
        for (int64_t x = 0; x < 6; ++x)
          for (int64_t r = row; r < last; r += kStackedRows)
            multiply(weights + r * row_weights + (x * p.channels + begin) * 6 * kStackedRows,
                     products + x * channels * 6 * kStackedTiles * kWide, channels,
                     sums + ((r - row) * kStackedHalves + x) * kWide);
        for (int64_t r = row; r < last && block + 1 == blocks; ++r)
          for (int64_t t = 0; t < kStackedTiles; ++t)
            put_stacked(p, sums + ((r - row) * kStackedHalves + t * 12) * kWide, line[t], column[t],
                        out + r * plane * kWide);
      }
    }
  }
}

}  // namespace ingot::cpu::winograd
