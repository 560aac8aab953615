// The gradient of a convolution by its 3 x 3 kernels as Winograd does it: tiles of 4 x 4 elements of the cotangent and
// 6 x 6 of the image, both transformed, are multiplied element by element and added up over all tiles.
#pragma once

#include <array>

#include "ingot/cpu/packs/winograd_transforms.h"

namespace ingot::cpu::winograd {

inline void cotangent(const WinogradCotangent& p) {
  alignas(64) const T zeros[kWide] = {};
  auto* out = static_cast<T*>(p.out);
  for (int64_t line = 0; line < p.lines; line += kWinogradTile)
    for (int64_t column = 0; column < p.columns; column += kWinogradTile)
      for (int64_t v = 0; v < p.width; v += kWide, out += kWide) {
        const T* from = static_cast<const T*>(p.in) + (line * p.columns + column) * p.width + v;
        V half[4][6];
        unrolled<4>([&](auto y) INGOT_INLINED {
          V g[4];
          unrolled<4>([&](auto x) INGOT_INLINED {
            const bool inside = line + y < p.lines && column + x < p.columns;
            g[x] = load(inside ? from + (y * p.columns + x) * p.width : zeros);
          });
          transform_cotangent(g, half[y]);
        });
        unrolled<6>([&](auto x) INGOT_INLINED {
          const V g[4] = {half[0][x], half[1][x], half[2][x], half[3][x]};
          V done[6];
          transform_cotangent(g, done);
          unrolled<6>([&](auto y) INGOT_INLINED { store(out + (y * kWinogradReach + x) * p.out_plane, done[y]); });
        });
      }
}

inline constexpr int64_t kCorrelationBytes =
    kWinogradProducts * kTileRows * kTileVectors * kWide * static_cast<int64_t>(sizeof(T));

/// Adds the gradients of a vector of kernels to out[tap * stride]. One copy serves tiles of all sizes.
[[gnu::noinline]] inline void add_kernels(const T* products, int64_t plane, T* out, int64_t stride, bool accumulates) {
  V half[6][3];
  unrolled<6>([&](auto x) INGOT_INLINED {
    V m[6];
    unrolled<6>([&](auto y) INGOT_INLINED { m[y] = load(products + (y * kWinogradReach + x) * plane); });
    transform_to_kernel(m, half[x]);
  });
  unrolled<3>([&](auto y) INGOT_INLINED {
    const V m[6] = {half[0][y], half[1][y], half[2][y], half[3][y], half[4][y], half[5][y]};
    V done[3];
    transform_to_kernel(m, done);
    unrolled<3>([&](auto x) INGOT_INLINED {
      T* to = out + (y * 3 + x) * stride;
      store(to, accumulates ? Eigen::internal::padd(load(to), done[x]) : done[x]);
    });
  });
}

template <int rows, int vectors>
void correlate_tile(const WinogradCorrelation& p, int64_t channel) {
  constexpr int64_t kWidth = vectors * kWide, kPlane = rows * kWidth;
  const T* image = static_cast<const T*>(p.image) + channel * p.image_channel;
  auto* products = static_cast<T*>(p.products);
  for (int64_t f = 0; f < kWinogradProducts; ++f) {
    RegisterTile<T, rows, vectors> tile;
    tile.clear();
    tile.multiply(p.tiles, NumbersInPlace<T>(image + f * p.image_plane, p.image_channel, 1),
                  VectorRows<T>(static_cast<const T*>(p.cotangent) + f * p.cotangent_plane, kWidth));
    tile.store(products + f * kPlane, kWidth);
  }
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t v = 0; v < kWidth; v += kWide)
      add_kernels(products + r * kWidth + v, kPlane, static_cast<T*>(p.out) + (channel + r) * kTaps * p.out_stride + v,
                  p.out_stride, p.accumulates);
}

using CorrelationTile = void (*)(const WinogradCorrelation&, int64_t);
template <int vectors, int... rows>
constexpr std::array<CorrelationTile, sizeof...(rows)> correlation_tiles(std::integer_sequence<int, rows...>) {
  return {&correlate_tile<rows + 1, vectors>...};
}

inline void correlate(const WinogradCorrelation& p) {
  static constexpr auto kOne = correlation_tiles<1>(std::make_integer_sequence<int, kTileRows>());
  static constexpr auto kTwo = correlation_tiles<kTileVectors>(std::make_integer_sequence<int, kTileRows>());
  const auto& tiles = p.width == kWide ? kOne : kTwo;
  const int64_t count = (p.channels + kTileRows - 1) / kTileRows;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t begin = i * p.channels / count, end = (i + 1) * p.channels / count;
    tiles[static_cast<size_t>(end - begin - 1)](p, begin);
  }
}

}  // namespace ingot::cpu::winograd
