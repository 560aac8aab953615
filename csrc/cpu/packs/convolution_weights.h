// The loops of gradients of convolutions by their weights, for one dtype.
#pragma once

#include <algorithm>
#include <array>

#include "ingot/cpu/convolution.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/transpose.h"

namespace ingot::cpu {

template <class T>
struct ConvolutionWeights {
  static constexpr int64_t kWide = kLanes<T>;
  static constexpr int64_t kPanel = kTileVectors * kWide;

  // ---- vectors of output channels ----

  /// Positions that are gone through at once: their vectors stay in the first-level cache.
  static constexpr int64_t kPositions = 32768 / (kPanel * static_cast<int64_t>(sizeof(T)));

  /// Rows of the panel that begins with `row`, in whole vectors.
  static int64_t panel_width(int64_t row, int64_t rows) {
    return std::min(kPanel, (rows - row + kWide - 1) / kWide * kWide);
  }

  static void transpose(const TransposeRows& p) {
    for (int64_t row = 0; row < p.rows; row += kPanel) {
      const int64_t width = panel_width(row, p.rows);
      transpose_padded(static_cast<T*>(p.out) + row * p.panel_positions + p.first * width, width,
                       static_cast<const T*>(p.in) + row * p.row_stride, p.row_stride, p.positions,
                       std::min(kPanel, p.rows - row));
    }
  }

  /// a(r, p) = image[offsets[r] + steps[p]].
  template <int rows>
  class NumbersAtOffsets {
   public:
    NumbersAtOffsets(const T* image, const int64_t* offsets, const int64_t* steps) : steps_(steps) {
      for (int r = 0; r < rows; ++r) places_[r] = image + offsets[r];
    }
    template <int r>
    INGOT_INLINE T at() const {
      return places_[r][*steps_];
    }
    INGOT_INLINE void next() { ++steps_; }

   private:
    const T* places_[rows];
    const int64_t* steps_;
  };

  /// The same where row r + 1 finds its number behind that of row r.
  template <int rows>
  class NumbersOfRun {
   public:
    NumbersOfRun(const T* image, const int64_t* offsets, const int64_t* steps)
        : image_(image + *offsets), steps_(steps) {}
    template <int r>
    INGOT_INLINE T at() const {
      return image_[*steps_ + r];
    }
    INGOT_INLINE void next() { ++steps_; }

   private:
    const T* image_;
    const int64_t* steps_;
  };

  struct Pixels {
    const int64_t* steps;
    int64_t count;
    const T* vectors;
    bool accumulates;
  };

  template <template <int> class Numbers, int rows, int vectors>
  static void correlate_pixel_tile(const Pixels& pixels, const T* image, const int64_t* offsets, T* out,
                                   int64_t stride) {
    RegisterTile<T, rows, vectors> tile;
    tile.clear();
    tile.multiply(pixels.count, Numbers<rows>(image, offsets, pixels.steps),
                  VectorRows<T>(pixels.vectors, vectors * kWide));
    if (pixels.accumulates) tile.add(out, stride);
    tile.store(out, stride);
  }

  using PixelTile = void (*)(const Pixels&, const T*, const int64_t*, T*, int64_t);
  /// By the number of vectors, less 1, and that of rows, less 1.
  using PixelTiles = std::array<std::array<PixelTile, kTileRows>, kTileVectors>;
  template <template <int> class Numbers, int... rows>
  static constexpr PixelTiles pixel_tiles(std::integer_sequence<int, rows...>) {
    static_assert(kTileVectors == 2);
    return {{{&correlate_pixel_tile<Numbers, rows + 1, 1>...}, {&correlate_pixel_tile<Numbers, rows + 1, 2>...}}};
  }

  static void correlate_pixels(const PixelCorrelation& p) {
    static constexpr auto kAnywhere = pixel_tiles<NumbersAtOffsets>(std::make_integer_sequence<int, kTileRows>());
    static constexpr auto kRuns = pixel_tiles<NumbersOfRun>(std::make_integer_sequence<int, kTileRows>());
    const PixelTiles& tiles = p.run > 1 ? kRuns : kAnywhere;
    const int64_t blocks = (p.positions + kPositions - 1) / kPositions, run = p.run > 1 ? p.run : p.depth;
    for (int64_t block = 0; block < blocks; ++block) {
      const int64_t begin = block * p.positions / blocks, end = (block + 1) * p.positions / blocks;
      for (int64_t row = 0; row < p.rows; row += kPanel) {
        const int64_t width = panel_width(row, p.rows);
        const Pixels pixels{p.steps + begin, end - begin,
                            static_cast<const T*>(p.vectors) + row * p.positions + begin * width,
                            p.accumulates || block > 0};
        for (int64_t first = 0; first < p.depth; first += run) {
          const int64_t length = std::min(run, p.depth - first), count = (length + kTileRows - 1) / kTileRows;
          for (int64_t i = 0; i < count; ++i) {
            const int64_t k = first + i * length / count, rows = first + (i + 1) * length / count - k;
            tiles[static_cast<size_t>(width / kWide - 1)][static_cast<size_t>(rows - 1)](
                pixels, static_cast<const T*>(p.image), p.offsets + k, static_cast<T*>(p.out) + k * p.out_stride + row,
                p.out_stride);
          }
        }
      }
    }
  }

  static void add_up(const AddUpTransposed& p) {
    for (int64_t i = 0; i < p.parts; ++i)
      transpose_padded_source(static_cast<T*>(p.out), p.out_stride, static_cast<const T*>(p.in) + i * p.part_stride,
                              p.in_stride, p.rows, p.depth, i > 0);
  }

  // ---- vectors along rows of planes ----

  /// A tile of sums: as square as can be, for then each vector that is loaded is used most often.
  static constexpr int kRows = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32 ? 5 : 3;
  static constexpr int kColumns = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32 ? 5 : 4;

  /// Most vectors of a plane that are multiplied at once: the planes of a tile stay in the first-level cache.
  static constexpr int64_t kSteps = 64;

  struct WholeVectors {
    INGOT_INLINE Vector<T> load(const T* from) const { return Eigen::internal::ploadu<Vector<T>>(from); }
  };

  /// Vectors [begin, end). kColumns or fewer places in the image; the surplus ones repeat the last.
  template <int rows, class Loads>
  static void correlate_plane_tile(const PlaneCorrelation& p, const Loads& loads, int64_t row, int64_t column,
                                   int64_t begin, int64_t end) {
    Vector<T> acc[rows][kColumns];
    unrolled<rows>([&](auto r) INGOT_INLINED {
      unrolled<kColumns>([&](auto k) INGOT_INLINED { acc[r][k] = Eigen::internal::pset1<Vector<T>>(T(0)); });
    });
    const int64_t columns = std::min<int64_t>(kColumns, p.depth - column);
    const T* places[kColumns];
    for (int64_t k = 0; k < kColumns; ++k)
      places[k] = static_cast<const T*>(p.image) + p.offsets[column + std::min(k, columns - 1)];
    const T* left = static_cast<const T*>(p.rows) + row * p.rows_plane;
    for (int64_t i = begin; i < end; ++i) {
      const T* factor = left + p.row_steps[i];
      const int64_t at = p.image_steps[i];
      Vector<T> factors[rows];
      unrolled<rows>([&](auto r) INGOT_INLINED { factors[r] = loads.load(factor + r * p.rows_plane); });
      unrolled<kColumns>([&](auto k) INGOT_INLINED {
        Vector<T> seen = loads.load(places[k] + at);
        EIGEN_OPTIMIZATION_BARRIER(seen)  // loaded once: else each product would load it again
        unrolled<rows>([&](auto r) INGOT_INLINED { acc[r][k] = Eigen::internal::pmadd(factors[r], seen, acc[r][k]); });
      });
    }
    T sums[rows][kColumns];
    unrolled<rows>([&](auto r) INGOT_INLINED {
      unrolled<kColumns>([&](auto k) INGOT_INLINED { sums[r][k] = Eigen::internal::predux(acc[r][k]); });
    });
    for (int r = 0; r < rows; ++r) {
      T* out = static_cast<T*>(p.out) + (row + r) * p.out_row + column;
      for (int64_t k = 0; k < columns; ++k) out[k] += sums[r][k];
    }
  }

  template <class Loads, int... rows>
  static constexpr auto plane_tiles(std::integer_sequence<int, rows...>) {
    return std::array{&correlate_plane_tile<rows + 1, Loads>...};
  }

  template <class Loads>
  static void correlate_with(const PlaneCorrelation& p, const Loads& loads) {
    static constexpr auto kTiles = plane_tiles<Loads>(std::make_integer_sequence<int, kRows>());
    const int64_t stretches = (p.steps + kSteps - 1) / kSteps;
    for (int64_t stretch = 0; stretch < stretches; ++stretch) {
      const int64_t begin = stretch * p.steps / stretches, end = (stretch + 1) * p.steps / stretches;
      for (int64_t row = 0; row < p.row_count; row += kRows) {
        const auto tile = kTiles[static_cast<size_t>(std::min<int64_t>(kRows, p.row_count - row) - 1)];
        for (int64_t column = 0; column < p.depth; column += kColumns) tile(p, loads, row, column, begin, end);
      }
    }
  }

  static void correlate_planes(const PlaneCorrelation& p) {
    if (p.lanes == kWide)
      correlate_with(p, WholeVectors());
    else
      correlate_with(p, Lanes<T>(static_cast<int>(p.lanes)));
  }
};

}  // namespace ingot::cpu
