// Products of float32 and float64 matrices.
//
// A tile of results stays in registers while the sum runs along k (register_tile.h). The numbers of `a` are taken where
// they lie, or, if they would evict one another from the cache, copied to a strip of the rows of a few tiles. The
// vectors of `b` are taken where they lie if it is dense along n, and small or hardly reused, or copied to panels of the
// columns of one tile. What is copied is a block that stays in the second-level cache.
#pragma once

#include <array>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/transpose.h"

namespace ingot::cpu {

template <class T, class Multiply = MultiplyAdd<T>>
class RealGemm {
 public:
  static void run(const Gemm& gemm) { RealGemm(gemm).multiply(); }

  static void pack_panels(void* out, const void* b, Window strides, int64_t k, int64_t n) {
    auto* panel = static_cast<T*>(out);
    const auto* source = static_cast<const T*>(b);
    int64_t j = 0;
    if (strides.column_stride == 1) {
      for (; j + kPanelsTogether * kColumns <= n; j += kPanelsTogether * kColumns)
        pack_dense(panel + j * k, source + j, strides.row_stride, k);
    }
    for (; j < n; j += kColumns)
      pack_panel(panel + j * k, source + j * strides.column_stride, strides, k, std::min(kColumns, n - j));
  }

  static PanelFns panels() { return {kColumns, kLanes<T>, &pack_panels}; }

 private:
  static constexpr int64_t kRows = kTileRows, kColumns = kTileVectors * kLanes<T>;
  /// Panels that are packed side by side, and how many rows before they are read their memory is asked for.
  static constexpr int64_t kPanelsTogether = 4, kRowsAhead = 16;
  /// Rows whose accumulators are too few to hide the latency of a multiplication unless there are more vectors.
  static constexpr int kFewRows = kTileRows > 8 ? 2 : 1, kFewRowsVectors = 8;
  /// Rows up to which a large b is read once, row by row; and from which on it is copied to panels.
  static constexpr int64_t kStreamedRows = 16, kPackingRows = 192;
  /// Columns from which on numbers that evict one another are copied.
  static constexpr int64_t kCopyingColumns = 384;
  static constexpr int64_t kDotRows = 4, kDotColumns = 4, kMostDotRows = 8;
  /// Of one k block: of panels, or if results are transposed on their way; in place; and if few rows of `a` use it.
  static constexpr int64_t kDeepDepth = 4096 / sizeof(T), kDepth = 384, kShallowDepth = 16;
  static constexpr int64_t kBlockBytes = 768 * 1024;
  /// Panels may be few, which leaves room for depth, so that fewer sums pass through memory.
  static constexpr int64_t kBlockColumns = 2048 / sizeof(T), kPanelColumns = kPanelsTogether * kColumns;
  /// Tiles whose numbers are copied at once: those of one k fill cache lines.
  static constexpr int64_t kStripTiles = 4;
  static_assert(kBlockBytes + kStripTiles * kRows * kDeepDepth * sizeof(T) <= kGemmWorkspace);

  struct Numbers {
    const T* data;
    int64_t row, depth;  ///< strides
  };
  struct Tile {
    Numbers a;
    const T* b;
    int64_t b_depth;  ///< stride
    int64_t depth;
    T* c;
    int64_t c_row;
    int lanes;  ///< of the last vector
    bool add;
  };
  using TileFn = void (*)(const Tile&);

  explicit RealGemm(const Gemm& gemm)
      : g_(gemm),
        a_{static_cast<const T*>(gemm.a), gemm.a_strides.row_stride, gemm.a_strides.column_stride},
        b_(static_cast<const T*>(gemm.b)),
        c_(static_cast<T*>(gemm.c)),
        block_(static_cast<T*>(gemm.workspace)),
        strip_(block_ + kBlockBytes / sizeof(T)) {}

  static int64_t whole_vectors(int64_t columns) { return (columns + kLanes<T> - 1) / kLanes<T> * kLanes<T>; }
  static int64_t parts(int64_t length, int64_t most) { return (length + most - 1) / most; }

  /// Long pieces of each row are read at once, and asked for ahead of time: hardware does not see across pages.
  static void pack_dense(T* out, const T* b, int64_t row_stride, int64_t k) {
    for (int64_t p = 0; p < k; ++p, b += row_stride, out += kColumns)
      unrolled<kPanelsTogether * kTileVectors>([&](auto v) INGOT_INLINED {
        constexpr int64_t kPanel = v / kTileVectors, kVector = v % kTileVectors;
        __builtin_prefetch(b + kRowsAhead * row_stride + v * kLanes<T>);
        Eigen::internal::pstoreu(out + kPanel * kColumns * k + kVector * kLanes<T>,
                                 Eigen::internal::ploadu<Vector<T>>(b + v * kLanes<T>));
      });
  }

  static void pack_panel(T* out, const T* b, Window strides, int64_t k, int64_t width) {
    const int64_t padded = whole_vectors(width);
    if (strides.row_stride == 1) {
      transpose_padded(out, padded, b, strides.column_stride, k, width);
    } else {
      for (int64_t p = 0; p < k; ++p, out += padded) {
        for (int64_t j = 0; j < width; ++j) out[j] = b[p * strides.row_stride + j * strides.column_stride];
        std::fill(out + width, out + padded, T(0));
      }
    }
  }

  /// Asks for the next tile's vectors as it goes: they lie in short pieces, which hardware does not foresee.
  class RowsAhead : public VectorRows<T> {
   public:
    using VectorRows<T>::VectorRows;
    INGOT_INLINE void next() {
      unrolled<kTileVectors>([&](auto v) INGOT_INLINED { __builtin_prefetch(this->row() + kColumns + v * kLanes<T>); });
      VectorRows<T>::next();
    }
  };

  template <int rows, int vectors, bool partial, class Rows = VectorRows<T>>
  static void tile(const Tile& t) {
    RegisterTile<T, rows, vectors, Multiply> acc;
    const Lanes<T> lanes(partial ? t.lanes : kLanes<T>);
    acc.clear();
    // The results' cache lines arrive while the sum is made.
    acc.each_vector([&](auto r, auto v, auto&)
                        INGOT_INLINED { __builtin_prefetch(t.c + r * t.c_row + v * kLanes<T>, 1); });
    const NumbersInPlace<T> a(t.a.data, t.a.row, t.a.depth);
    const Rows b(t.b, t.b_depth);
    if constexpr (partial) {
      acc.multiply(t.depth, a, PartialVectors<T, vectors - 1, Rows>(b, lanes));
      if (t.add) acc.add(t.c, t.c_row, lanes);
      acc.store(t.c, t.c_row, lanes);
    } else {
      acc.multiply(t.depth, a, b);
      if (t.add) acc.add(t.c, t.c_row);
      acc.store(t.c, t.c_row);
    }
  }

  enum Kind { one, part_of_one, two, part_of_two, two_ahead, kinds };
  static_assert(kTileVectors == 2);
  /// Indexed by rows - 1, then by how many vectors there are.
  static constexpr auto kTiles = []<int... r>(std::integer_sequence<int, r...>) {
    return std::array<std::array<TileFn, kinds>, kRows>{
        std::array<TileFn, kinds>{&tile<r + 1, 1, false>, &tile<r + 1, 1, true>, &tile<r + 1, 2, false>,
                                  &tile<r + 1, 2, true>, &tile<r + 1, 2, false, RowsAhead>}...};
  }(std::make_integer_sequence<int, kTileRows>{});
  static constexpr auto kFewRowsTiles = []<int... r>(std::integer_sequence<int, r...>) {
    return std::array<TileFn, kFewRows>{&tile<r + 1, kFewRowsVectors, false>...};
  }(std::make_integer_sequence<int, kFewRows>{});

  void multiply() {
    if (g_.m == 0 || g_.n == 0) return;
    if (g_.k == 0) return clear();
    if (g_.m <= kMostDotRows && !g_.b_in_panels && g_.b_strides.row_stride == 1 && g_.b_strides.column_stride != 1)
      return multiply_by_dots();
    choose_blocks();
    for (int64_t j = 0; j < g_.n; j += block_columns_)
      for (int64_t p = 0; p < g_.k; p += depth_)
        multiply_block(j, std::min(block_columns_, g_.n - j), p, std::min(depth_, g_.k - p));
  }

  void clear() {
    if (g_.accumulate) return;
    for (int64_t i = 0; i < g_.m; ++i)
      for (int64_t j = 0; j < g_.n; ++j) c_[i * g_.c_row + j * g_.c_column] = 0;
  }

  void choose_blocks() {
    const int64_t size = sizeof(T);
    const bool in_place = !g_.b_in_panels && g_.b_strides.column_stride == 1;
    const bool large = g_.n * g_.k * size > kBlockBytes / 2;
    // Copying a dense b costs as much as multiplying four rows with it, and saves what it costs that its rows lie apart.
    pack_b_ = !g_.b_in_panels && (!in_place || (large && g_.m >= kPackingRows));
    streams_ = in_place && !pack_b_ && large;
    const bool deep = (pack_b_ || g_.b_in_panels) && a_.depth == 1;
    int64_t most = deep || transposed() ? kDeepDepth : kDepth;
    // Few rows read b once: from memory it comes fastest row by row.
    const bool shallow = streams_ && g_.m <= kStreamedRows && !transposed();
    if (shallow) most = kShallowDepth;
    depth_ = parts(g_.k, parts(g_.k, most));
    const int64_t fits = std::max(kColumns, kBlockBytes / (depth_ * size) / kColumns * kColumns);
    const int64_t columns = shallow ? g_.n : std::min(fits, deep ? kPanelColumns : kBlockColumns);
    block_columns_ = parts(parts(g_.n, parts(g_.n, columns)), kColumns) * kColumns;
    pack_a_ = crowded() && g_.n >= kCopyingColumns;
  }

  /// True if the numbers of one tile lie in many cache lines that evict one another. Rows that are dense along k do not:
  /// each of their lines is used up soon.
  bool crowded() const {
    if (a_.depth == 1 || g_.m <= 8) return false;
    constexpr int64_t kPage = 4096 / sizeof(T);
    return a_.row != 1 || (depth_ > 64 && a_.depth % kPage == 0);
  }
  bool transposed() const { return g_.c_column != 1; }

  void multiply_block(int64_t j0, int64_t columns, int64_t p, int64_t depth) {
    Numbers strip{};
    int64_t first = 0;
    Tile t{};
    t.depth = depth;
    t.add = g_.accumulate || p > 0;
    const T* b = b_ + p * g_.b_strides.row_stride + j0 * g_.b_strides.column_stride;
    if (pack_b_) pack_panels(block_, b, g_.b_strides, depth, columns);
    const int64_t tiles = parts(g_.m, kRows), together = pack_a_ ? kStripTiles : 1;
    for (int64_t x = 0; x < tiles; ++x) {
      const int64_t i = x * g_.m / tiles, rows = (x + 1) * g_.m / tiles - i;
      if (x % together == 0) {
        strip = {a_.data + i * a_.row + p * a_.depth, a_.row, a_.depth};
        first = i;
        if (pack_a_) pack_strip(strip, std::min(x + together, tiles) * g_.m / tiles - i, depth);
      }
      t.a = {strip.data + (i - first) * strip.row, strip.row, strip.depth};
      for (int64_t j = 0; j < columns;) {
        const int64_t left = columns - j;
        if (rows <= kFewRows && !pack_b_ && !g_.b_in_panels && !transposed() && left >= kFewRowsVectors * kLanes<T>) {
          t.b = b + j;
          t.b_depth = g_.b_strides.row_stride;
          t.c = c_ + i * g_.c_row + j0 + j;
          t.c_row = g_.c_row;
          kFewRowsTiles[rows - 1](t);
          j += kFewRowsVectors * kLanes<T>;
          continue;
        }
        const int64_t width = std::min(kColumns, left), padded = whole_vectors(width);
        if (pack_b_) {
          t.b = block_ + j * depth;
          t.b_depth = padded;
        } else if (g_.b_in_panels) {
          t.b = b_ + (j0 + j) * g_.k + p * padded;
          t.b_depth = padded;
        } else {
          t.b = b + j;
          t.b_depth = g_.b_strides.row_stride;
        }
        run_tile(t, rows, i, j0 + j, width);
        j += width;
      }
    }
  }

  void run_tile(Tile& t, int64_t rows, int64_t i, int64_t j, int64_t width) const {
    Kind kind = width > kLanes<T> ? two : one;
    t.lanes = static_cast<int>(width - (kind == two ? kLanes<T> : 0));
    if (t.lanes < kLanes<T>)
      kind = kind == two ? part_of_two : part_of_one;
    else if (kind == two && streams_)
      kind = two_ahead;
    const TileFn tile = kTiles[rows - 1][kind];
    if (!transposed()) {
      t.c = c_ + i * g_.c_row + j;
      t.c_row = g_.c_row;
      return tile(t);
    }
    T* target = c_ + i + j * g_.c_column;
    for (int64_t c = 0; c < width; ++c) {
      __builtin_prefetch(target + c * g_.c_column, 1);
      __builtin_prefetch(target + c * g_.c_column + rows - 1, 1);
    }
    alignas(64) T results[kRows * kColumns];
    Tile local = t;
    local.c = results;
    local.c_row = kColumns;
    local.add = false;
    tile(local);
    transpose_padded_source(target, g_.c_column, results, kColumns, width, rows, t.add);
  }

  /// Copies the numbers of some rows so that those of one k lie side by side.
  void pack_strip(Numbers& a, int64_t rows, int64_t depth) {
    for (int64_t p = 0; p < depth; ++p) {
      const T* from = a.data + p * a.depth;
      T* to = strip_ + p * rows;
      if (a.row == 1) {
        std::copy_n(from, rows, to);
      } else {
        for (int64_t r = 0; r < rows; ++r) to[r] = from[r * a.row];
      }
    }
    a = {strip_, 1, rows};
  }

  // Both operands dense along k, and few rows: vectors run along k, and each element is the sum of one.

  template <int rows, int columns>
  static void dot_tile(const T* a, int64_t a_row, const T* b, int64_t b_column, int64_t depth,
                       T (&sums)[kDotRows][kDotColumns]) {
    using V = Vector<T>;
    V acc[rows][columns];
    unrolled<rows>([&](auto r) INGOT_INLINED {
      unrolled<columns>([&](auto c) INGOT_INLINED { acc[r][c] = Eigen::internal::pset1<V>(T(0)); });
    });
    const auto step = [&](auto load) INGOT_INLINED {
      V right[columns];
      unrolled<columns>([&](auto c) INGOT_INLINED { right[c] = load(b + c * b_column); });
      unrolled<rows>([&](auto r) INGOT_INLINED {
        const V left = load(a + r * a_row);
        unrolled<columns>([&](auto c) INGOT_INLINED { acc[r][c] = Multiply{}(left, right[c], acc[r][c]); });
      });
    };
    int64_t p = 0;
    for (; p + kLanes<T> <= depth; p += kLanes<T>)
      step([&](const T* at) INGOT_INLINED { return Eigen::internal::ploadu<V>(at + p); });
    if (p < depth) {
      const Lanes<T> lanes(static_cast<int>(depth - p));
      step([&](const T* at) INGOT_INLINED { return lanes.load(at + p); });
    }
    unrolled<rows>([&](auto r) INGOT_INLINED {
      unrolled<columns>([&](auto c) INGOT_INLINED { sums[r][c] = Eigen::internal::predux(acc[r][c]); });
    });
  }

  using DotFn = void (*)(const T*, int64_t, const T*, int64_t, int64_t, T (&)[kDotRows][kDotColumns]);
  static constexpr DotFn kDots[kDotRows][2] = {{&dot_tile<1, 1>, &dot_tile<1, kDotColumns>},
                                               {&dot_tile<2, 1>, &dot_tile<2, kDotColumns>},
                                               {&dot_tile<3, 1>, &dot_tile<3, kDotColumns>},
                                               {&dot_tile<4, 1>, &dot_tile<4, kDotColumns>}};

  void multiply_by_dots() {
    const int64_t most = kBlockBytes / static_cast<int64_t>(sizeof(T)) / kMostDotRows;
    for (int64_t p = 0; p < g_.k; p += most) {
      const int64_t depth = std::min(most, g_.k - p);
      Numbers a{a_.data + p * a_.depth, a_.row, a_.depth};
      if (a.depth != 1) {
        for (int64_t i = 0; i < g_.m; ++i)
          for (int64_t q = 0; q < depth; ++q) block_[i * depth + q] = a.data[i * a.row + q * a.depth];
        a = {block_, depth, 1};
      }
      for (int64_t j = 0; j < g_.n;) {
        const int64_t columns = g_.n - j >= kDotColumns ? kDotColumns : 1;
        for (int64_t i = 0; i < g_.m; i += kDotRows) {
          const int64_t rows = std::min(kDotRows, g_.m - i);
          T sums[kDotRows][kDotColumns];
          kDots[rows - 1][columns > 1](a.data + i * a.row, a.row, b_ + p + j * g_.b_strides.column_stride,
                                       g_.b_strides.column_stride, depth, sums);
          for (int64_t r = 0; r < rows; ++r)
            for (int64_t c = 0; c < columns; ++c) {
              T& element = c_[(i + r) * g_.c_row + (j + c) * g_.c_column];
              element = g_.accumulate || p > 0 ? element + sums[r][c] : sums[r][c];
            }
        }
        j += columns;
      }
    }
  }

  const Gemm& g_;
  Numbers a_;
  const T* b_;
  T* c_;
  T *block_, *strip_;
  bool pack_a_ = false, pack_b_ = false, streams_ = false;
  int64_t depth_ = 0, block_columns_ = 0;
};

}  // namespace ingot::cpu
