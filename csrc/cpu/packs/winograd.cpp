// Winograd's convolution F(4 x 4, 3 x 3) of float32.
#include "ingot/cpu/winograd.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "ingot/cpu/packs/convolution.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/shuffle.h"
#include "ingot/cpu/packs/transpose.h"
#include "ingot/cpu/packs/winograd_lines.h"
#include "ingot/cpu/packs/winograd_stacked.h"
#include "ingot/cpu/packs/winograd_transforms.h"
#include "ingot/cpu/packs/winograd_weights.h"

namespace ingot::cpu {
namespace {

using namespace winograd;

/// The kernels of `count` neighbouring channels: elements[tap][channel].
void gather_kernels(const WinogradWeights& p, const T* from, int64_t count, T (&elements)[kTaps][kWide]) {
  const auto place = [&](int64_t tap) { return p.turned ? kTaps - 1 - tap : tap; };
  if (p.column_stride != 1 || p.line_stride != 3) {
    for (int64_t tap = 0; tap < kTaps; ++tap)
      for (int64_t i = 0; i < count; ++i)
        elements[place(tap)][i] = from[i * p.depth_stride + tap / 3 * p.line_stride + tap % 3 * p.column_stride];
    return;
  }
  for (int64_t first = 0; first < kTaps; first += kWide) {
    const Lanes<T> lanes(static_cast<int>(std::min(kWide, kTaps - first)));
    Square<T> square;
    square.load([&](auto i) INGOT_INLINED {
      return i < count ? lanes.load(from + i * p.depth_stride + first) : Eigen::internal::pset1<V>(0);
    });
    square.transpose();
    square.store([&](auto i, const V& tap) INGOT_INLINED {
      if (first + i < kTaps) store(elements[place(first + i)], tap);
    });
  }
}

void weights(const WinogradWeights& p) {
  const auto* in = static_cast<const T*>(p.in);
  auto* out = static_cast<T*>(p.out);
  alignas(64) T elements[kTaps][kWide] = {};
  for (int64_t r = 0; r < p.rows; ++r)
    for (int64_t c = 0; c < p.depth; c += kWide) {
      const int64_t count = std::min(kWide, p.depth - c);
      gather_kernels(p, in + r * p.row_stride + c * p.depth_stride, count, elements);
      V half[3][6];
      unrolled<3>([&](auto column) INGOT_INLINED {
        const V g[3] = {load(elements[column]), load(elements[3 + column]), load(elements[6 + column])};
        transform_weights(g, half[column]);
      });
      const Lanes<T> lanes(static_cast<int>(count));
      unrolled<6>([&](auto y) INGOT_INLINED {
        const V g[3] = {half[0][y], half[1][y], half[2][y]};
        V done[6];
        transform_weights(g, done);
        unrolled<6>([&](auto x)
                        INGOT_INLINED { lanes.store(out + (y * 6 + x) * p.out_plane + r * p.depth + c, done[x]); });
      });
    }
}

/// Elements that a row of tiles reads, whole vectors of tiles, and those of the next tile.
int64_t row_elements(int64_t tile_columns) {
  return (tile_columns + kWide - 1) / kWide * kWide * kWinogradTile + 2 * kWide;
}
/// Rows of tiles that fill a vector together. What they read is put together in two places: the second one is a tile
/// further on.
int64_t joined_rows(int64_t tile_columns) { return std::max<int64_t>(1, kWide / tile_columns); }
constexpr int64_t kJoinedPitch = (kWinogradTile + 2) * kWide, kJoined = kWinogradReach * kJoinedPitch;

int64_t rows_bytes(int64_t tile_columns) {
  return ((kWinogradReach + 1) * row_elements(tile_columns) + 2 * kJoined) * static_cast<int64_t>(sizeof(T));
}

/// A row of tiles joins others at `to`.
void join_row(const T* rows, int64_t pitch, int64_t tile_columns, T* to) {
  for (int64_t y = 0; y < kWinogradReach; ++y)
    for (int64_t x = 0; x < tile_columns * kWinogradTile; x += kWide) {
      store(to + y * kJoinedPitch + x, load(rows + y * pitch + x));
      store(to + kJoined + y * kJoinedPitch + x, load(rows + y * pitch + kWinogradTile + x));
    }
}

/// Tiles of one channel, after the transform across rows: 6 rows, `pitch` apart, and the same from the next tile on.
void transform_columns(const T* rows, const T* next_rows, int64_t pitch, int64_t tiles, T* out, int64_t out_plane) {
  for (int64_t t = 0; t < tiles; t += kWide) {
    const Lanes<T> lanes(static_cast<int>(std::min(kWide, tiles - t)));
    for (int64_t y = 0; y < kWinogradReach; ++y) {
      const T* from = rows + y * pitch + kWinogradTile * t;
      V here[4] = {load(from), load(from + kWide), load(from + 2 * kWide), load(from + 3 * kWide)};
      from = next_rows + y * pitch + kWinogradTile * t;
      V next[4] = {load(from), load(from + kWide), load(from + 2 * kWide), load(from + 3 * kWide)};
      take_apart(here);
      take_apart(next);
      const V d[6] = {here[0], here[1], here[2], here[3], next[0], next[1]};
      V done[6];
      transform_image(d, done);
      unrolled<6>([&](auto x) INGOT_INLINED { lanes.store(out + (y * kWinogradReach + x) * out_plane + t, done[x]); });
    }
  }
}

void image(const WinogradImage& p) {
  const int64_t pitch = row_elements(p.tile_columns);
  auto* rows = static_cast<T*>(p.rows);
  // Columns of the image that are inside, as positions in a row of tiles; around them the rows stay zero.
  const int64_t reads = p.tile_columns * kWinogradTile + 2;
  const int64_t begin = std::clamp<int64_t>(-p.first_column, 0, reads);
  const int64_t end = std::clamp<int64_t>(p.width - p.first_column, begin, reads);
  T* const zeros = rows + kWinogradReach * pitch;
  T* const joined = zeros + pitch;
  const int64_t together = joined_rows(p.tile_columns);
  std::fill_n(rows, (kWinogradReach + 1) * pitch, T(0));
  for (int64_t c = 0; c < p.channels; ++c) {
    const T* channel = static_cast<const T*>(p.in) + c * p.channel_stride;
    T* out = static_cast<T*>(p.out) + c * p.out_channel;
    for (int64_t tile = 0; tile < p.tile_rows; ++tile) {
      const T* lines[kWinogradReach];
      for (int64_t y = 0; y < kWinogradReach; ++y) {
        const int64_t line = p.first_row + tile * kWinogradTile + y;
        const bool inside = line >= 0 && line < p.height;
        lines[y] = inside ? channel + line * p.row_stride + p.first_column : zeros;
      }
      const auto across = [&](int64_t x, auto&& get, auto&& put) INGOT_INLINED {
        V d[6], done[6];
        unrolled<6>([&](auto y) INGOT_INLINED { d[y] = get(lines[y] + x); });
        transform_image(d, done);
        unrolled<6>([&](auto y) INGOT_INLINED { put(rows + y * pitch + x, done[y]); });
      };
      int64_t x = begin;
      for (; x + kWide <= end; x += kWide)
        across(
            x, [](const T* from) INGOT_INLINED { return load(from); },
            [](T* to, const V& v) INGOT_INLINED { store(to, v); });
      if (x < end) {
        const Lanes<T> lanes(static_cast<int>(end - x));
        across(
            x, [&](const T* from) INGOT_INLINED { return lanes.load(from); },
            [&](T* to, const V& v) INGOT_INLINED { lanes.store(to, v); });
      }
      if (together == 1) {
        transform_columns(rows, rows + kWinogradTile, pitch, p.tile_columns, out, p.out_plane);
        out += p.tile_columns;
        continue;
      }
      const int64_t place = tile % together;
      join_row(rows, pitch, p.tile_columns, joined + place * p.tile_columns * kWinogradTile);
      if (place == together - 1 || tile == p.tile_rows - 1) {
        transform_columns(joined, joined + kJoined, kJoinedPitch, (place + 1) * p.tile_columns, out, p.out_plane);
        out += (place + 1) * p.tile_columns;
      }
    }
  }
}

constexpr int64_t kProductPlane = kTileRows * kPanelTiles, kResultLine = kWinogradTile * kPanelTiles;
constexpr int64_t kProductsBytes =
    (kWinogradProducts * kProductPlane + kWinogradTile * kResultLine) * static_cast<int64_t>(sizeof(T));

/// A tile of rows and one panel of tiles of the image, for all 36 products.
template <int rows, int vectors>
void multiply_panel(const WinogradMultiply& p, const T* weights, const T* image) {
  auto* products = static_cast<T*>(p.products);
  for (int64_t f = 0; f < kWinogradProducts; ++f) {
    RegisterTile<T, rows, vectors> tile;
    tile.clear();
    tile.multiply(p.depth, NumbersInPlace<T>(weights + f * p.weights_plane, p.depth, 1),
                  VectorRows<T>(image + f * p.image_plane, p.image_channel));
    tile.store(products + f * kProductPlane, kPanelTiles);
  }
}

using PanelFn = void (*)(const WinogradMultiply&, const T*, const T*);
template <int vectors, int... rows>
constexpr std::array<PanelFn, sizeof...(rows)> panel_functions(std::integer_sequence<int, rows...>) {
  return {&multiply_panel<rows + 1, vectors>...};
}
PanelFn panel_function(int64_t rows, int64_t vectors) {
  static constexpr auto kOne = panel_functions<1>(std::make_integer_sequence<int, kTileRows>());
  static constexpr auto kTwo = panel_functions<kTileVectors>(std::make_integer_sequence<int, kTileRows>());
  return (vectors == 1 ? kOne : kTwo)[static_cast<size_t>(rows - 1)];
}

/// One vector of tiles of one row: line i of their results goes to lines + i * kResultLine.
void results(const T* products, T* lines) {
  V half[6][4];
  unrolled<6>([&](auto x) INGOT_INLINED {
    V m[6];
    unrolled<6>([&](auto y) INGOT_INLINED { m[y] = load(products + (y * kWinogradReach + x) * kProductPlane); });
    transform_back(m, half[x]);
  });
  unrolled<4>([&](auto y) INGOT_INLINED {
    const V m[6] = {half[0][y], half[1][y], half[2][y], half[3][y], half[4][y], half[5][y]};
    V done[4];
    transform_back(m, done);
    interleave(done);
    unrolled<4>([&](auto i) INGOT_INLINED { store(lines + y * kResultLine + i * kWide, done[i]); });
  });
}

void put(const T* lines, const WinogradStretch& stretch, int64_t at, T* out, int64_t out_line) {
  const int64_t columns = std::min(stretch.columns, stretch.count * kWinogradTile),
                whole = (columns - 1) / kWide * kWide;
  const Lanes<T> rest(static_cast<int>(columns - whole));
  for (int64_t line = 0; line < stretch.lines; ++line) {
    const T* from = lines + line * kResultLine + at * kWinogradTile;
    T* to = out + stretch.out + line * out_line;
    for (int64_t x = 0; x < whole; x += kWide) store(to + x, load(from + x));
    rest.store(to + whole, rest.load(from + whole));
  }
}

void multiply(const WinogradMultiply& p) {
  const auto* products = static_cast<const T*>(p.products);
  auto* lines = static_cast<T*>(p.products) + kWinogradProducts * kProductPlane;
  const int64_t tiles = Convolutions<T>::tile_count(p.rows);
  for (int64_t first = 0; first < p.stretch_count;) {
    const int64_t panel = p.stretches[first].at / kPanelTiles * kPanelTiles;
    int64_t last = first;
    while (last < p.stretch_count && p.stretches[last].at < panel + kPanelTiles) ++last;
    const int64_t count = p.stretches[last - 1].at + p.stretches[last - 1].count - panel;
    const int64_t vectors = (count + kWide - 1) / kWide;
    for (int64_t i = 0; i < tiles; ++i) {
      const auto [row, row_end] = Convolutions<T>::tile(i, tiles, p.rows);
      panel_function(row_end - row, vectors)(p, static_cast<const T*>(p.weights) + row * p.depth,
                                             static_cast<const T*>(p.image) + panel);
      for (int64_t r = row; r < row_end; ++r) {
        for (int64_t v = 0; v < vectors; ++v)
          results(products + (r - row) * kPanelTiles + v * kWide, lines + v * kWide * kWinogradTile);
        for (int64_t s = first; s < last; ++s)
          put(lines, p.stretches[s], p.stretches[s].at - panel, static_cast<T*>(p.out) + r * p.out_row, p.out_line);
      }
    }
    first = last;
  }
}

}  // namespace

const WinogradFns* winograd_float32() {
  static constexpr WinogradFns kFns{kPanelTiles,
                                    kWide,
                                    &rows_bytes,
                                    kProductsBytes,
                                    &weights,
                                    &image,
                                    &multiply,
                                    winograd::kCorrelationBytes,
                                    &winograd::cotangent,
                                    &winograd::correlate,
                                    &winograd::lines,
                                    &winograd::add_lines,
                                    &winograd::stacked_weights,
                                    &winograd::stacked_bytes,
                                    &winograd::convolve_stacked};
  return &kFns;
}

}  // namespace ingot::cpu
