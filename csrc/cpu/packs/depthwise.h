// The loops of depthwise convolutions and of their gradients, for one dtype: tiles of some rows of results, each row a
// few vectors. What a tile loads of one row of the image serves all its rows.
#pragma once

#include <algorithm>

#include "ingot/cpu/depthwise.h"
#include "ingot/cpu/packs/depthwise_line_sums.h"
#include "ingot/cpu/packs/depthwise_lines.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/shuffle.h"

namespace ingot::cpu {

template <class T>
struct Depthwise {
  using V = Vector<T>;
  static constexpr int64_t kWide = kLanes<T>;
  static constexpr bool kManyRegisters = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32;
  /// The weights of a column stay in registers beside a tile. Large kernels of float64 are not worth the code.
  static constexpr int64_t kMostTaps = kManyRegisters && sizeof(T) == 4 ? 7 : 4;
  /// Rows and vectors of a tile, and vectors of one that has a single row. The planes of well-known networks have a
  /// multiple of 7 rows, and with fewer rows loads would take longer than products.
  static constexpr int kRows = 7, kVectors = kManyRegisters ? 2 : 1, kRowVectors = 4;

  static INGOT_INLINE V load(const T* from) { return Eigen::internal::ploadu<V>(from); }
  static INGOT_INLINE void store(T* to, const V& x) { Eigen::internal::pstoreu(to, x); }
  static INGOT_INLINE V zeros() { return Eigen::internal::pset1<V>(T(0)); }
  static Lanes<T> lanes(int64_t count) { return Lanes<T>(static_cast<int>(std::min(kWide, count))); }

  /// Asks for pieces [begin, end) of `count` of what is copied next, which hardware does not foresee.
  template <class Job>
  static INGOT_INLINE void ask(const Job& job, int64_t begin, int64_t end, int64_t count) {
    constexpr int64_t kLine = 64;
    for (int64_t at = begin * job.ahead_bytes / count; at < end * job.ahead_bytes / count; at += kLine)
      __builtin_prefetch(static_cast<const char*>(job.ahead) + at, 0, 2);
  }

  static INGOT_INLINE void ask_to_write(const T* to, int64_t count) {
    for (int64_t at = 0; at < count; at += kWide) __builtin_prefetch(to + at, 1);
  }

  // ---- copies ----

  static void spread(const SpreadRows& p) {
    if (p.count == 0) return;
    if (p.stride == 1 && p.phases == 1) return copy_rows(p);
    if constexpr (std::is_same_v<T, float>)
      if (p.stride == 1 && p.phases == 2) return split_rows(p);
    const auto* in = static_cast<const T*>(p.in);
    auto* out = static_cast<T*>(p.out);
    for (int64_t row = 0; row < p.rows; ++row, in += p.row_stride, out += p.out_row) {
      int64_t phase = p.lead % p.phases, place = p.lead / p.phases;
      for (int64_t i = 0; i < p.count; ++i) {
        out[phase * p.line + place] = in[i * p.stride];
        if (++phase == p.phases) phase = 0, ++place;
      }
    }
  }

  static void copy_rows(const SpreadRows& p) {
    const auto* in = static_cast<const T*>(p.in);
    auto* out = static_cast<T*>(p.out) + p.lead;
    const int64_t whole = (p.count - 1) / kWide * kWide, row_stride = p.row_stride, out_row = p.out_row;
    const Lanes<T> rest = lanes(p.count - whole);
    for (int64_t row = p.rows; row > 0; --row, in += row_stride, out += out_row) {
      for (int64_t i = 0; i < whole; i += kWide) {
        store(out + i, load(in + i));
      }
      store(out + whole, rest.load(in + whole));
    }
  }

  /// Every second element to one place, the others to another.
  static void split_rows(const SpreadRows& p) {
    const auto* in = static_cast<const T*>(p.in);
    auto* first = static_cast<T*>(p.out) + p.lead % 2 * p.line + p.lead / 2;
    auto* second = static_cast<T*>(p.out) + (p.lead + 1) % 2 * p.line + (p.lead + 1) / 2;
    const int64_t whole = (p.count - 1) / (2 * kWide) * kWide, left = p.count - 2 * whole;
    const int64_t row_stride = p.row_stride, out_row = p.out_row;
    const Lanes<T> rest = lanes(left), behind = lanes(std::max<int64_t>(1, left - kWide));
    const auto split = [&](int64_t i, const V& a, const V& b) INGOT_INLINED {
      store(first + i, shuffled(a, b, EvenOf{}));
      store(second + i, shuffled(a, b, OddOf{}));
    };
    for (int64_t row = p.rows; row > 0; --row, in += row_stride, first += out_row, second += out_row) {
      for (int64_t i = 0; i < whole; i += kWide) {
        split(i, load(in + 2 * i), load(in + 2 * i + kWide));
      }
      const T* end = in + 2 * whole;
      split(whole, rest.load(end), left > kWide ? behind.load(end + kWide) : zeros());
    }
  }

  static void zip(const ZipRows& p) {
    const auto *even = static_cast<const T*>(p.even), *odd = static_cast<const T*>(p.odd);
    auto* out = static_cast<T*>(p.out);
    for (int64_t row = 0; row < p.rows; ++row, even += p.in_row, odd += p.in_row, out += p.out_row) {
      ask_to_write(out + kRows * p.out_row, p.width);
      if constexpr (std::is_same_v<T, float>) {
        for (int64_t i = 0; 2 * i < p.width; i += kWide) {
          const V a = load(even + i), b = load(odd + i);
          const V low = shuffled(a, b, ZipLow{}), high = shuffled(a, b, ZipHigh{});
          const int64_t left = p.width - 2 * i;
          T* to = out + 2 * i;
          if (left >= 2 * kWide) {
            store(to, low);
            store(to + kWide, high);
          } else {
            lanes(left).store(to, low);
            if (left > kWide) lanes(left - kWide).store(to + kWide, high);
          }
        }
      } else {
        for (int64_t i = 0; i < p.width; ++i) out[i] = (i % 2 == 0 ? even : odd)[i / 2];
      }
    }
  }

  // ---- products ----

  /// Calls `f(std::integral_constant<int, taps>{})`.
  template <class F>
  static INGOT_INLINE void with_taps(int64_t taps, F&& f) {
    const auto call = [&](auto count) INGOT_INLINED {
      if constexpr (count <= kMostTaps) f(count);
    };
    switch (taps) {
      case 1:
        return call(std::integral_constant<int, 1>{});
      case 2:
        return call(std::integral_constant<int, 2>{});
      case 3:
        return call(std::integral_constant<int, 3>{});
      case 4:
        return call(std::integral_constant<int, 4>{});
      case 5:
        return call(std::integral_constant<int, 5>{});
      case 6:
        return call(std::integral_constant<int, 6>{});
      default:
        return call(std::integral_constant<int, 7>{});
    }
  }

  /// What a tile needs of `DepthwiseProduct`, as values of its own: stores of results cannot change them.
  struct Tiles {
    const T *image, *weights;
    int64_t row, column_count;
    const DepthwiseColumn* columns;
    T* out;
    int64_t out_row;
  };

  /// Results from `at` on in the image, and `to` on in memory; of the last vector only `last` lanes.
  template <int rows, int vectors>
  static INGOT_INLINE void multiply_tile(const Tiles& p, const T* image, T* out, int64_t last) {
    V acc[rows][vectors];
    unrolled<rows>([&](auto r)
                       INGOT_INLINED { unrolled<vectors>([&](auto v) INGOT_INLINED { acc[r][v] = zeros(); }); });
    const T* weights = p.weights;
    const DepthwiseColumn* const end = p.columns + p.column_count;
    for (const DepthwiseColumn* column = p.columns; column != end; ++column) {
      const T* at = image + column->offset;
      with_taps(column->taps, [&](auto taps) INGOT_INLINED {
        V weight[taps];
        unrolled<taps>([&](auto t) INGOT_INLINED { weight[t] = Eigen::internal::pset1<V>(weights[t]); });
        unrolled<rows + taps - 1>([&](auto i) INGOT_INLINED {
          unrolled<vectors>([&](auto v) INGOT_INLINED {
            V seen = load(at + v * kWide);
            EIGEN_OPTIMIZATION_BARRIER(seen)  // loaded once: else each product would load it again
            unrolled<taps>([&](auto t) INGOT_INLINED {
              if constexpr (i >= t && i - t < rows)
                acc[i - t][v] = Eigen::internal::pmadd(weight[t], seen, acc[i - t][v]);
            });
          });
          at += p.row;
        });
        weights += taps;
      });
    }
    const auto put = [&](auto store_last) INGOT_INLINED {
      unrolled<rows>([&](auto r) INGOT_INLINED {
        unrolled<vectors - 1>([&](auto v) INGOT_INLINED { store(out + v * kWide, acc[r][v]); });
        store_last(out + (vectors - 1) * kWide, acc[r][vectors - 1]);
        out += p.out_row;
      });
    };
    if (last == kWide)
      put([](T* to, const V& x) INGOT_INLINED { store(to, x); });
    else
      put([some = lanes(last)](T* to, const V& x) INGOT_INLINED { some.store(to, x); });
  }

  /// `p.lines` are at least `rows`: the last tile repeats results of the one before, where rows are left over.
  template <int rows, int vectors>
  static void multiply_tiles(const DepthwiseProduct& p) {
    const Tiles tiles{static_cast<const T*>(p.image),
                      static_cast<const T*>(p.gathered),
                      p.row,
                      p.column_count,
                      p.columns,
                      static_cast<T*>(p.out),
                      p.out_row};
    const int64_t lines = p.lines, width = p.width;
    for (int64_t line = 0; line < lines; line += rows) {
      const int64_t y = std::min(line, lines - rows);
      const T* image = tiles.image + y * tiles.row;
      T* out = tiles.out + y * tiles.out_row;
      ask(p, line, line + rows, lines);
      if (tiles.out_row == width) ask_to_write(out + 2 * rows * width, rows * width);
      int64_t x = 0;
      for (; width - x > (vectors - 1) * kWide; x += vectors * kWide)
        multiply_tile<rows, vectors>(tiles, image + x, out + x, std::min(kWide, width - x - (vectors - 1) * kWide));
      for (; x < width; x += kWide) multiply_tile<rows, 1>(tiles, image + x, out + x, std::min(kWide, width - x));
    }
  }

  static void multiply(const DepthwiseProduct& p) {
    auto* gathered = static_cast<T*>(p.gathered);
    for (int64_t k = 0; k < p.depth; ++k) gathered[k] = static_cast<const T*>(p.weights)[p.weight_offsets[k]];
    (p.lines >= kRows ? &multiply_tiles<kRows, kVectors> : &multiply_tiles<1, kRowVectors>)(p);
  }

  // ---- gradients by weights ----

  /// A strip of `vectors` vectors; if it is `partial`, only `last` lanes of the last one exist.
  template <int taps, int vectors, bool partial>
  static void correlate_strip(const DepthwiseCorrelation& p, const T* image, const T* cotangent, T* sums,
                              int64_t last) {
    const Lanes<T> end(static_cast<int>(last));
    const auto get = [&](const T* from, auto v) INGOT_INLINED {
      if constexpr (partial && v == vectors - 1)
        return end.load(from + v * kWide);
      else
        return load(from + v * kWide);
    };
    V acc[taps][vectors];
    unrolled<taps>([&](auto t)
                       INGOT_INLINED { unrolled<vectors>([&](auto v) INGOT_INLINED { acc[t][v] = zeros(); }); });
    const auto add = [&](auto rows) INGOT_INLINED {
      V given[rows][vectors];
      unrolled<rows>([&](auto r) INGOT_INLINED {
        unrolled<vectors>([&](auto v) INGOT_INLINED { given[r][v] = get(cotangent, v); });
        cotangent += p.cotangent_row;
      });
      const T* at = image;
      unrolled<rows + taps - 1>([&](auto i) INGOT_INLINED {
        unrolled<vectors>([&](auto v) INGOT_INLINED {
          V seen = get(at, v);
          EIGEN_OPTIMIZATION_BARRIER(seen)
          unrolled<taps>([&](auto t) INGOT_INLINED {
            if constexpr (i >= t && i - t < rows) acc[t][v] = Eigen::internal::pmadd(given[i - t][v], seen, acc[t][v]);
          });
        });
        at += p.row;
      });
      image += rows * p.row;
    };
    constexpr std::integral_constant<int, kManyRegisters ? 4 : 2> kSome;
    int64_t y = 0;
    for (; y + kSome <= p.lines; y += kSome) add(kSome);
    for (; y < p.lines; ++y) add(std::integral_constant<int, 1>{});
    unrolled<taps>([&](auto t) INGOT_INLINED {
      V sum = acc[t][0];
      if constexpr (vectors == 2) sum = Eigen::internal::padd(sum, acc[t][1]);
      store(sums + t * kWide, Eigen::internal::padd(load(sums + t * kWide), sum));
    });
  }

  static void correlate(const DepthwiseCorrelation& p) {
    const auto* cotangent = static_cast<const T*>(p.cotangent);
    auto* sums = static_cast<T*>(p.sums);
    const int64_t plane = p.lines * p.width;
    for (int64_t c = 0; c < p.column_count; ++c) {
      const T* image = static_cast<const T*>(p.image) + p.columns[c].offset;
      ask(p, c, c + 1, p.column_count);
      if (p.cotangent_row == p.width)  // what follows is the next plane
        for (int64_t at = c * plane / p.column_count; at < (c + 1) * plane / p.column_count; at += kWide)
          __builtin_prefetch(cotangent + plane + at, 0, 2);
      with_taps(p.columns[c].taps, [&](auto taps) INGOT_INLINED {
        for (int64_t x = 0; x < p.width; x += 2 * kWide) {
          const int64_t left = p.width - x;
          if (left >= 2 * kWide)
            correlate_strip<taps, 2, false>(p, image + x, cotangent + x, sums, kWide);
          else if (left > kWide)
            correlate_strip<taps, 2, true>(p, image + x, cotangent + x, sums, left - kWide);
          else
            correlate_strip<taps, 1, true>(p, image + x, cotangent + x, sums, left);
        }
      });
      sums += p.columns[c].taps * kWide;
    }
  }

  static void add_lanes(const DepthwiseSums& p) {
    for (int64_t i = 0; i < p.count; ++i)
      static_cast<T*>(p.out)[p.places[i]] = Eigen::internal::predux(load(static_cast<const T*>(p.sums) + i * kWide));
  }

  static const DepthwiseFns* functions() {
    static constexpr DepthwiseFns kFns = [] {
      DepthwiseFns fns{kWide, kMostTaps, &spread, &multiply, nullptr, &correlate, nullptr, &add_lanes, &zip};
      if constexpr (std::is_same_v<T, float>) {
        fns.multiply_lines = &DepthwiseLineProducts::multiply;
        fns.correlate_lines = &DepthwiseLineSums::add;
      }
      return fns;
    }();
    return &kFns;
  }
};

}  // namespace ingot::cpu
