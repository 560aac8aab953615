// Softmax, normalisation and cross entropy, row by row. Sums run in several vectors at once, which is faster and also
// more exact than one after another; which element goes to which lane depends only on its position in the row.
#include <cmath>
#include <limits>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/vector_exp.h"
#include "ingot/cpu/row_fns.h"

namespace ingot::cpu {
namespace {

using namespace Eigen::internal;

/// Vectors that are in work at once.
constexpr int kWays = 4;
/// Elements whose sums stay in their own precision before they go to a total in double.
constexpr int64_t kChunk = 4096;

/// All lanes of a vector.
template <class T>
struct Whole {
  static INGOT_INLINE Vector<T> load(const T* from) { return ploadu<Vector<T>>(from); }
  static INGOT_INLINE void store(T* to, const Vector<T>& x) { pstoreu(to, x); }
};

/// Calls `f(way, i, lanes)` for the vectors that begin at elements i of [first, last); `lanes` loads and stores them, of
/// the last one only what there is. Neighbours have different ways, which are constants from 0 to kWays - 1.
template <class T, class F>
INGOT_INLINE void each_vector(int64_t first, int64_t last, F&& f) {
  constexpr int64_t lanes = kLanes<T>;
  int64_t i = first;
  for (; i + kWays * lanes <= last; i += kWays * lanes)
    unrolled<kWays>([&](auto way) INGOT_INLINED { f(way, i + way * lanes, Whole<T>()); });
  for (; i + lanes <= last; i += lanes) f(std::integral_constant<int, 0>(), i, Whole<T>());
  if (i < last) f(std::integral_constant<int, 1>(), i, Lanes<T>(static_cast<int>(last - i)));
}

/// Sums over a row of `count` things at once.
template <class T, int count>
struct Sums {
  Vector<T> part[count][kWays];

  INGOT_INLINE Sums() {
    unrolled<count>(
        [&](auto k) INGOT_INLINED { unrolled<kWays>([&](auto way) INGOT_INLINED { part[k][way] = spread(T(0)); }); });
  }
  INGOT_INLINE T total(int k) const {
    const auto* p = part[k];
    return predux(padd(padd(p[0], p[1]), padd(p[2], p[3])));
  }
};

/// `add(way, i, lanes, part)` adds what vector i contributes to each of `part[k][way]`; the totals of the row.
template <int count, class T, class F>
INGOT_INLINE void sum_row(int64_t columns, double (&totals)[count], F&& add) {
  for (double& total : totals) total = 0;
  for (int64_t first = 0; first < columns; first += kChunk) {
    Sums<T, count> sums;
    each_vector<T>(first, std::min(columns, first + kChunk),
                   [&](auto way, int64_t i, auto lanes) INGOT_INLINED { add(way, i, lanes, sums.part); });
    for (int k = 0; k < count; ++k) totals[k] += sums.total(k);
  }
}

template <class T>
INGOT_INLINE T max_of(const T* x, int64_t columns) {
  constexpr int64_t lanes = kLanes<T>;
  T top = -std::numeric_limits<T>::infinity();
  int64_t i = 0;
  if (columns >= lanes) {
    Vector<T> part[kWays];
    for (auto& each : part) each = spread(top);
    for (; i + kWays * lanes <= columns; i += kWays * lanes)
      unrolled<kWays>([&](auto way)
                          INGOT_INLINED { part[way] = pmax(ploadu<Vector<T>>(x + i + way * lanes), part[way]); });
    for (; i + lanes <= columns; i += lanes) part[0] = pmax(ploadu<Vector<T>>(x + i), part[0]);
    top = predux_max(pmax(pmax(part[0], part[1]), pmax(part[2], part[3])));
  }
  for (; i < columns; ++i) top = std::max(top, x[i]);
  return top;
}

template <class T>
struct Row {
  const RowArgs& args;
  int64_t row;
  const T* in(int k) const { return static_cast<const T*>(args.in[k]) + row * args.in_stride[k]; }
  T* out(int k) const { return static_cast<T*>(args.out[k]) + row * args.out_stride[k]; }
};

template <class T, class F>
INGOT_INLINE void each_row(const RowArgs& args, F&& f) {
  for (int64_t row = 0; row < args.rows; ++row) f(Row<T>{args, row});
}

// ---- softmax ----

template <class T>
void softmax(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T* x = row.in(0);
    T* out = row.out(0);
    const Vector<T> top = spread(max_of(x, args.columns));
    double total[1];
    sum_row<1, T>(args.columns, total, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      const Vector<T> power = exp_vector<T>(psub(lanes.load(x + i), top));
      lanes.store(out + i, power);
      // Lanes that do not exist were loaded as zeros, and must not count.
      if constexpr (std::is_same_v<decltype(lanes), Whole<T>>)
        part[0][way] = padd(part[0][way], power);
      else
        part[0][way] = padd(part[0][way], lanes.load(out + i));
    });
    const Vector<T> factor = spread(static_cast<T>(1 / total[0]));
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      lanes.store(out + i, pmul(lanes.load(out + i), factor));
    });
  });
}

/// The sum of exp(x - top); `scratch` takes the last powers of a row, of whose vector only some lanes exist.
template <class T>
INGOT_INLINE double sum_of_powers(const T* x, int64_t columns, T top) {
  const Vector<T> shift = spread(top);
  double total[1];
  sum_row<1, T>(columns, total, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
    Vector<T> power = exp_vector<T>(psub(lanes.load(x + i), shift));
    if constexpr (!std::is_same_v<decltype(lanes), Whole<T>>) {
      T existing[kLanes<T>];
      lanes.store(existing, power);
      power = lanes.load(existing);
    }
    part[0][way] = padd(part[0][way], power);
  });
  return total[0];
}

template <class T>
void log_softmax(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T* x = row.in(0);
    T* out = row.out(0);
    const T top = max_of(x, args.columns);
    const Vector<T> shift = spread(top);
    const Vector<T> norm = spread(static_cast<T>(std::log(sum_of_powers(x, args.columns, top))));
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      lanes.store(out + i, psub(psub(lanes.load(x + i), shift), norm));
    });
  });
}

template <class T>
void softmax_gradient(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T *y = row.in(0), *g = row.in(1);
    T* out = row.out(0);
    double total[1];
    sum_row<1, T>(args.columns, total, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      part[0][way] = pmadd(lanes.load(y + i), lanes.load(g + i), part[0][way]);
    });
    const Vector<T> along = spread(static_cast<T>(total[0]));
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      lanes.store(out + i, pmul(lanes.load(y + i), psub(lanes.load(g + i), along)));
    });
  });
}

template <class T>
void log_softmax_gradient(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T *y = row.in(0), *g = row.in(1);
    T* out = row.out(0);
    double total[1];
    sum_row<1, T>(args.columns, total, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      part[0][way] = padd(part[0][way], lanes.load(g + i));
    });
    const Vector<T> factor = spread(static_cast<T>(-total[0]));
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      lanes.store(out + i, pmadd(exp_vector<T>(lanes.load(y + i)), factor, lanes.load(g + i)));
    });
  });
}

// ---- normalisation ----

/// Mean (0 unless centred) and the reciprocal of the deviation.
template <class T, bool centred>
struct Statistics {
  Vector<T> mean = spread(T(0));
  T scale;

  INGOT_INLINE Statistics(const T* x, int64_t columns, double epsilon) {
    find_mean(x, columns);
    double squares[1];
    sum_row<1, T>(columns, squares, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      const Vector<T> c = from_mean(lanes, x + i);
      part[0][way] = pmadd(c, c, part[0][way]);
    });
    set_scale(squares[0], columns, epsilon);
  }
  Statistics() = default;

  INGOT_INLINE void find_mean(const T* x, int64_t columns) {
    if constexpr (!centred) return;
    double total[1];
    sum_row<1, T>(columns, total, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      part[0][way] = padd(part[0][way], lanes.load(x + i));
    });
    mean = spread(static_cast<T>(total[0] / static_cast<double>(columns)));
  }
  INGOT_INLINE void set_scale(double squares, int64_t columns, double epsilon) {
    scale = static_cast<T>(1 / std::sqrt(squares / static_cast<double>(columns) + epsilon));
  }
  /// x - mean, where there are such lanes; 0 elsewhere.
  template <class L>
  INGOT_INLINE Vector<T> from_mean(const L& lanes, const T* x) const {
    if constexpr (!centred) return lanes.load(x);
    if constexpr (std::is_same_v<L, Whole<T>>) {
      return psub(lanes.load(x), mean);
    } else {
      T existing[kLanes<T>];
      lanes.store(existing, psub(lanes.load(x), mean));
      return lanes.load(existing);
    }
  }
};

template <class T, bool centred, bool weighted, bool biased>
void normalise_rows(const RowArgs& args) {
  const auto *weight = static_cast<const T*>(args.in[1]), *bias = static_cast<const T*>(args.in[2]);
  each_row<T>(args, [&](const Row<T>& row) {
    const T* x = row.in(0);
    T* out = row.out(0);
    const Statistics<T, centred> statistics(x, args.columns, args.epsilon);
    const Vector<T> scale = spread(statistics.scale);
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      Vector<T> y = pmul(centred ? psub(lanes.load(x + i), statistics.mean) : lanes.load(x + i), scale);
      if constexpr (weighted && biased) {
        y = pmadd(y, lanes.load(weight + i), lanes.load(bias + i));
      } else {
        if constexpr (weighted) y = pmul(y, lanes.load(weight + i));
        if constexpr (biased) y = padd(y, lanes.load(bias + i));
      }
      lanes.store(out + i, y);
    });
  });
}

template <class T, bool centred>
void normalise(const RowArgs& args) {
  if (args.in[1])
    return args.in[2] ? normalise_rows<T, centred, true, true>(args) : normalise_rows<T, centred, true, false>(args);
  return args.in[2] ? normalise_rows<T, centred, false, true>(args) : normalise_rows<T, centred, false, false>(args);
}

template <class T, bool centred, bool weighted, bool biased>
void normalise_gradient_rows(const RowArgs& args) {
  const auto* weight = static_cast<const T*>(args.in[1]);
  auto *by_weight = static_cast<T*>(args.out[1]), *by_bias = static_cast<T*>(args.out[2]);
  const auto columns = static_cast<double>(args.columns);
  each_row<T>(args, [&](const Row<T>& row) {
    const T *x = row.in(0), *g = row.in(2);
    T* out = row.out(0);
    const auto weighed = [&](auto lanes, int64_t i) INGOT_INLINED {
      const Vector<T> cotangent = lanes.load(g + i);
      if constexpr (weighted)
        return pmul(cotangent, lanes.load(weight + i));
      else
        return cotangent;
    };
    Statistics<T, centred> statistics;
    statistics.find_mean(x, args.columns);
    double totals[3];  // of the squares, of the cotangents, of their products with the rows
    sum_row<3, T>(args.columns, totals, [&](auto way, int64_t i, auto lanes, auto& part) INGOT_INLINED {
      const Vector<T> c = statistics.from_mean(lanes, x + i), h = weighed(lanes, i);
      part[0][way] = pmadd(c, c, part[0][way]);
      if constexpr (centred) part[1][way] = padd(part[1][way], h);
      part[2][way] = pmadd(c, h, part[2][way]);
    });
    statistics.set_scale(totals[0], args.columns, args.epsilon);
    const Vector<T> scale = spread(statistics.scale);
    const Vector<T> mean_cotangent = spread(static_cast<T>(totals[1] / columns));
    const Vector<T> slope = spread(static_cast<T>(-totals[2] * statistics.scale / columns));
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      const Vector<T> value = lanes.load(x + i);
      const Vector<T> y = pmul(centred ? psub(value, statistics.mean) : value, scale);
      const Vector<T> h = weighed(lanes, i);
      const Vector<T> inner = pmadd(y, slope, centred ? psub(h, mean_cotangent) : h);
      lanes.store(out + i, pmul(inner, scale));
      if constexpr (weighted) lanes.store(by_weight + i, pmadd(lanes.load(g + i), y, lanes.load(by_weight + i)));
      if constexpr (biased) lanes.store(by_bias + i, padd(lanes.load(g + i), lanes.load(by_bias + i)));
    });
  });
}

template <class T, bool centred>
void normalise_gradient(const RowArgs& args) {
  if (args.out[1])
    return args.out[2] ? normalise_gradient_rows<T, centred, true, true>(args)
                       : normalise_gradient_rows<T, centred, true, false>(args);
  return args.out[2] ? normalise_gradient_rows<T, centred, false, true>(args)
                     : normalise_gradient_rows<T, centred, false, false>(args);
}

// ---- cross entropy ----

template <class T>
void cross_entropy(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T* x = row.in(0);
    const int64_t index = static_cast<const int64_t*>(args.in[1])[row.row * args.in_stride[1]];
    const T top = max_of(x, args.columns);
    const double norm = std::log(sum_of_powers(x, args.columns, top));
    *row.out(0) = index < 0 ? T(0) : static_cast<T>(norm - (static_cast<double>(x[index]) - top));
    *row.out(1) = static_cast<T>(norm + top);
  });
}

template <class T>
void cross_entropy_gradient(const RowArgs& args) {
  each_row<T>(args, [&](const Row<T>& row) {
    const T* x = row.in(0);
    T* out = row.out(0);
    const int64_t index = static_cast<const int64_t*>(args.in[1])[row.row * args.in_stride[1]];
    if (index < 0) {
      std::fill_n(out, args.columns, T(0));
      return;
    }
    const T cotangent = *row.in(3);
    const Vector<T> norm = spread(*row.in(2)), factor = spread(cotangent);
    each_vector<T>(0, args.columns, [&](auto, int64_t i, auto lanes) INGOT_INLINED {
      lanes.store(out + i, pmul(exp_vector<T>(psub(lanes.load(x + i), norm)), factor));
    });
    out[index] -= cotangent;
  });
}

template <class T>
TypedRowFns functions() {
  TypedRowFns fns;
  fns.softmax = &softmax<T>;
  fns.log_softmax = &log_softmax<T>;
  fns.softmax_gradient = &softmax_gradient<T>;
  fns.log_softmax_gradient = &log_softmax_gradient<T>;
  fns.layer_norm = &normalise<T, true>;
  fns.rms_norm = &normalise<T, false>;
  fns.layer_norm_gradient = &normalise_gradient<T, true>;
  fns.rms_norm_gradient = &normalise_gradient<T, false>;
  fns.cross_entropy = &cross_entropy<T>;
  fns.cross_entropy_gradient = &cross_entropy_gradient<T>;
  return fns;
}

}  // namespace

void add_rows(Pack& pack) {
  static const RowFns fns{functions<float>(), functions<double>()};
  pack.rows = &fns;
}

}  // namespace ingot::cpu
