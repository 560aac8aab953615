// The loops of convolutions and of their gradients by the input, for one dtype.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>

#include "ingot/cpu/convolution.h"
#include "ingot/cpu/packs/convolution_padding.h"
#include "ingot/cpu/packs/convolution_weights.h"
#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/transpose.h"

namespace ingot::cpu {

template <class T>
struct Convolutions {
  static constexpr int64_t kWide = kLanes<T>;
  /// Positions of a panel, and how much of the depth is done at once: the panel stays in the first-level cache.
  static constexpr int64_t kPanel = kTileVectors * kWide;
  static constexpr int64_t kDepth = 32768 / (kPanel * static_cast<int64_t>(sizeof(T)));

  // ---- weights ----

  /// Rows of tile `i` of `count`: as even as can be.
  static std::pair<int64_t, int64_t> tile(int64_t i, int64_t count, int64_t rows) {
    return {i * rows / count, (i + 1) * rows / count};
  }
  static int64_t tile_count(int64_t rows) { return (rows + kTileRows - 1) / kTileRows; }

  static void pack_weights(const PackWeights& p) {
    const auto* in = static_cast<const T*>(p.in);
    auto* out = static_cast<T*>(p.out);
    const int64_t tiles = tile_count(p.rows);
    for (int64_t i = 0; i < tiles; ++i) {
      const auto [begin, end] = tile(i, tiles, p.rows);
      const T* from = in + begin * p.row_stride;
      const int64_t rows = end - begin;
      for (int64_t k = 0, run = 1; k < p.depth; k += run, out += run * rows) {
        // Neighbours in memory are moved in squares.
        run = 1;
        while (run < kWide && k + run < p.depth && p.offsets[k + run] == p.offsets[k] + run) ++run;
        for (int64_t r = 0; r < rows; r += kWide)
          pack_square(out + r, rows, from + r * p.row_stride + p.offsets[k], p.row_stride, std::min(kWide, rows - r),
                      run);
      }
    }
  }

  /// to[k * stride + r] = from[r * row_stride + k], r < rows, k < depth, both at most kWide.
  static void pack_square(T* to, int64_t stride, const T* from, int64_t row_stride, int64_t rows, int64_t depth) {
    if (depth < 4) {
      for (int64_t k = 0; k < depth; ++k)
        for (int64_t r = 0; r < rows; ++r) to[k * stride + r] = from[r * row_stride + k];
      return;
    }
    const Lanes<T> in_lanes(static_cast<int>(depth)), out_lanes(static_cast<int>(rows));
    const auto zero = Eigen::internal::pset1<Vector<T>>(T(0));
    Square<T> square;
    square.load([&](auto r) INGOT_INLINED { return r < rows ? in_lanes.load(from + r * row_stride) : zero; });
    square.transpose();
    square.store([&](auto k, const Vector<T>& row) INGOT_INLINED {
      if (k < depth) out_lanes.store(to + k * stride, row);
    });
  }

  // ---- products ----

  /// b(k)[v] = start[v][offsets[k]...].
  class VectorPlaces {
   public:
    VectorPlaces(const T* const (&starts)[kTileVectors], const int64_t* offsets) : offsets_(offsets) {
      for (int v = 0; v < kTileVectors; ++v) starts_[v] = starts[v];
    }
    template <int v>
    INGOT_INLINE Vector<T> load() const {
      return Eigen::internal::ploadu<Vector<T>>(starts_[v] + *offsets_);
    }
    INGOT_INLINE void next() { ++offsets_; }

   private:
    const T* starts_[kTileVectors];
    const int64_t* offsets_;
  };

  struct Panel {
    const T* starts[kTileVectors];
    const int64_t* offsets;
    int64_t depth;
    int last_lanes;
    bool accumulates;
  };

  template <int rows, int vectors>
  static void multiply_tile(const Panel& panel, const T* weights, T* out, int64_t stride) {
    RegisterTile<T, rows, vectors> tile;
    tile.clear();
    // The results' cache lines arrive while the sum is made.
    tile.each_vector([&](auto r, auto v, auto&) INGOT_INLINED { __builtin_prefetch(out + r * stride + v * kWide, 1); });
    tile.multiply(panel.depth, NumbersPacked<T>(weights, rows), VectorPlaces(panel.starts, panel.offsets));
    if (panel.last_lanes == kWide) {
      if (panel.accumulates) tile.add(out, stride);
      tile.store(out, stride);
    } else {
      const Lanes<T> lanes(panel.last_lanes);
      if (panel.accumulates) tile.add(out, stride, lanes);
      tile.store(out, stride, lanes);
    }
  }

  using TileFn = void (*)(const Panel&, const T*, T*, int64_t);
  template <int vectors, int... rows>
  static constexpr std::array<TileFn, sizeof...(rows)> tile_functions(std::integer_sequence<int, rows...>) {
    return {&multiply_tile<rows + 1, vectors>...};
  }
  static TileFn tile_function(int64_t rows, int64_t vectors) {
    static constexpr auto kOne = tile_functions<1>(std::make_integer_sequence<int, kTileRows>());
    static constexpr auto kTwo = tile_functions<kTileVectors>(std::make_integer_sequence<int, kTileRows>());
    return (vectors == 1 ? kOne : kTwo)[static_cast<size_t>(rows - 1)];
  }

  /// One row of weights and neighbouring positions, as depthwise convolutions have them: enough vectors at once to keep
  /// the multipliers busy.
  static void multiply_row(const GridProduct& p) {
    constexpr int64_t kVectors = 8;
    const auto* image = static_cast<const T*>(p.image);
    const auto* weights = static_cast<const T*>(p.weights);
    auto* out = static_cast<T*>(p.out);
    const int64_t positions = p.lengths[1] * p.lengths[2];
    int64_t at = 0;
    for (; at + kVectors * kWide <= positions; at += kVectors * kWide) {
      RegisterTile<T, 1, kVectors> tile;
      tile.clear();
      tile.multiply(p.depth, NumbersPacked<T>(weights, 1), VectorTable<T>(image + at, p.offsets));
      tile.store(out + at, 0);
    }
    for (; at < positions; at += kWide) {
      const int64_t count = std::min(kWide, positions - at);
      const Lanes<T> lanes(static_cast<int>(count));
      RegisterTile<T, 1, 1> tile;
      tile.clear();
      tile.multiply(p.depth, NumbersPacked<T>(weights, 1),
                    PartialVectors<T, 0, VectorTable<T>>(VectorTable<T>(image + at, p.offsets), lanes));
      tile.store(out + at, 0, lanes);
    }
  }

  /// A stretch of neighbouring positions.
  struct Run {
    int64_t address, count, at;
  };

  /// The positions of a grid in row-major order.
  class Grid {
   public:
    Grid(const Triple& lengths, const Triple& strides) : lengths_(lengths), strides_(strides) {
      // Rows that lie one behind the other are one row.
      for (int merged = 0; merged < 2 && (lengths_[1] == 1 || strides_[1] == lengths_[2]); ++merged) {
        lengths_ = {1, lengths_[0], lengths_[1] * lengths_[2]};
        strides_[1] = strides_[0];
      }
    }
    /// The runs that make up positions [begin, begin + count).
    int64_t runs(int64_t begin, int64_t count, Run* out) const {
      int64_t found = 0, x = begin % lengths_[2], row = begin / lengths_[2];
      for (int64_t at = 0; at < count; ++row, x = 0) {
        const int64_t here = std::min(count - at, lengths_[2] - x);
        out[found++] = {row / lengths_[1] * strides_[0] + row % lengths_[1] * strides_[1] + x, here, at};
        at += here;
      }
      return found;
    }

   private:
    Triple lengths_, strides_;
  };

  /// Copies what the runs read for each k into rows of `kPanel`. Without `exact`, whole vectors are moved: what is
  /// written too far is overwritten by the next run, or of no interest. Short runs are moved in halves of vectors, of
  /// which fewer lie across two cache lines.
  static void fill_panel(T* panel, const T* image, const int64_t* offsets, int64_t depth, const Run* runs,
                         int64_t run_count, bool exact) {
    if (!exact) {
      const bool halves = std::all_of(runs, runs + run_count, [](const Run& run) { return 2 * run.count <= kWide; });
      return (halves ? &move_runs<kWide / 2> : &move_runs<kWide>)(panel, image, offsets, depth, runs, run_count);
    }
    for (int64_t k = 0; k < depth; ++k, panel += kPanel)
      for (int64_t i = 0; i < run_count; ++i)
        std::memcpy(panel + runs[i].at, image + offsets[k] + runs[i].address,
                    static_cast<size_t>(runs[i].count) * sizeof(T));
  }

  /// In moves of `length` elements each.
  template <int64_t length>
  static void move_runs(T* panel, const T* image, const int64_t* offsets, int64_t depth, const Run* runs,
                        int64_t run_count) {
    int64_t from[kPanel], to[kPanel], moves = 0;
    for (int64_t i = 0; i < run_count; ++i)
      for (int64_t j = 0; j < runs[i].count; j += length, ++moves) {
        from[moves] = runs[i].address + j;
        to[moves] = runs[i].at + j;
      }
    const auto move_all = [&](auto count) INGOT_INLINED {
      for (int64_t k = 0; k < depth; ++k, panel += kPanel)
        for (int64_t i = 0; i < count; ++i)
          std::memcpy(panel + to[i], image + offsets[k] + from[i], length * sizeof(T));
    };
    constexpr std::integral_constant<int64_t, kPanel / length> kNothingTwice;
    if (moves == kNothingTwice)
      move_all(kNothingTwice);
    else
      move_all(moves);
  }

  static void multiply(const GridProduct& p) {
    const bool one_line = p.lengths[0] == 1 && (p.lengths[1] == 1 || p.strides[1] == p.lengths[2]);
    if (p.rows == 1 && one_line) return multiply_row(p);
    const auto* image = static_cast<const T*>(p.image);
    const auto* all_weights = static_cast<const T*>(p.weights);
    auto* out = static_cast<T*>(p.out);
    auto* panel_memory = static_cast<T*>(p.panel);
    const Grid grid(p.lengths, p.strides);
    const int64_t positions = p.lengths[0] * p.lengths[1] * p.lengths[2];
    const int64_t tiles = tile_count(p.rows);
    int64_t panel_offsets[kDepth];
    for (int64_t k = 0; k < kDepth; ++k) panel_offsets[k] = k * kPanel;

    const int64_t depth_blocks = std::max<int64_t>(1, (p.depth + kDepth - 1) / kDepth);
    for (int64_t block = 0; block < depth_blocks; ++block) {
      const auto block_depth = tile(block, depth_blocks, p.depth);
      for (int64_t begin = 0; begin < positions; begin += kPanel) {
        const int64_t count = std::min(kPanel, positions - begin), vectors = (count + kWide - 1) / kWide;
        const auto [k_begin, k_end] = seen_depth(p, block_depth, begin, count);
        if (k_begin == k_end && block > 0) continue;
        const int64_t* offsets = p.offsets + k_begin;
        Run runs[kPanel];
        const int64_t run_count = grid.runs(begin, count, runs);
        Panel panel{{}, offsets, k_end - k_begin, static_cast<int>(count - (vectors - 1) * kWide), block > 0};
        if (!in_place(runs, run_count, count, p.exact, image, panel.starts)) {
          fill_panel(panel_memory, image, offsets, panel.depth, runs, run_count, p.exact);
          for (int v = 0; v < kTileVectors; ++v) panel.starts[v] = panel_memory + v * kWide;
          panel.offsets = panel_offsets;
        }
        const bool asks = p.exact && run_count == 1 && begin + kPanel < positions;
        for (int64_t i = 0; i < tiles; ++i) {
          if (asks) ask(image + runs[0].address + kPanel, offsets, tile(i, tiles, panel.depth));
          const auto [row, row_end] = tile(i, tiles, p.rows);
          tile_function(row_end - row, vectors)(panel, all_weights + row * p.depth + k_begin * (row_end - row),
                                                out + row * p.out_stride + begin, p.out_stride);
        }
      }
    }
  }

  /// The part of `depth` that positions [begin, begin + count) do not only see zeros of.
  static std::pair<int64_t, int64_t> seen_depth(const GridProduct& p, std::pair<int64_t, int64_t> depth, int64_t begin,
                                                int64_t count) {
    if (p.line_depths == nullptr) return depth;
    int64_t first = depth.second, last = depth.first;
    for (int64_t line = begin / p.lengths[2]; line <= (begin + count - 1) / p.lengths[2]; ++line) {
      first = std::min(first, p.line_depths[2 * line]);
      last = std::max(last, p.line_depths[2 * line + 1]);
    }
    first = std::max(first, depth.first);
    return {first, std::max(first, std::min(last, depth.second))};
  }

  /// Asks for a part of the next panel, which lies in short pieces that hardware does not foresee.
  static void ask(const T* panel, const int64_t* offsets, std::pair<int64_t, int64_t> depth) {
    for (int64_t k = depth.first; k < depth.second; ++k)
      for (int v = 0; v < kTileVectors; ++v) __builtin_prefetch(panel + offsets[k] + v * kWide, 0, 2);
  }

  /// True if each vector of the panel lies in one run: then it says where.
  static bool in_place(const Run* runs, int64_t run_count, int64_t count, bool exact, const T* image,
                       const T* (&starts)[kTileVectors]) {
    if (exact && count % kWide != 0) return false;
    int64_t i = 0;
    for (int v = 0; v < kTileVectors; ++v) {
      const int64_t at = std::min(v * kWide, (count - 1) / kWide * kWide);
      while (i + 1 < run_count && runs[i + 1].at <= at) ++i;
      if (std::min(at + kWide, count) > runs[i].at + runs[i].count) return false;
      starts[v] = image + runs[i].address + at - runs[i].at;
    }
    return true;
  }

  static ConvolutionFns functions(const WinogradFns* winograd, const DepthwiseFns* depthwise) {
    return {kTileRows,
            kWide,
            kPanel,
            static_cast<size_t>(kDepth * kPanel + kWide) * sizeof(T),
            &ConvolutionPadding<T>::pad,
            &pack_weights,
            &multiply,
            &ConvolutionWeights<T>::transpose,
            &ConvolutionWeights<T>::correlate_pixels,
            &ConvolutionWeights<T>::add_up,
            &ConvolutionWeights<T>::correlate_planes,
            winograd,
            depthwise};
  }
};

}  // namespace ingot::cpu
