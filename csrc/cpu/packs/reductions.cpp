// Reductions along rows and across them. Sums run in many lanes at once, which is faster and also more exact than one
// after another; which element goes to which lane depends only on its position, never on alignment.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/ops/scalar.h"

namespace ingot::cpu {
namespace {

constexpr int64_t kVectorBytes = 64;

template <class T>
struct VectorOf {
  typedef T type __attribute__((vector_size(kVectorBytes)));
};
template <class T>
using Vector = typename VectorOf<T>::type;
template <class T>
constexpr int64_t kLanes = kVectorBytes / static_cast<int64_t>(sizeof(T));

template <class T>
Vector<T> load(const T* x) {
  Vector<T> v;
  std::memcpy(&v, x, sizeof v);
  return v;
}

template <class T>
struct Wider {
  using type = T;
};
template <>
struct Wider<float> {
  using type = double;
};
template <>
struct Wider<complex64> {
  using type = complex128;
};

/// `x` where it is NaN, else `other`. A choice of its own, because the one between two numbers is then an instruction
/// and no branch, which for single numbers would go either way.
template <class T, class V>
V or_nan(V x, V other) {
  if constexpr (std::is_floating_point_v<T>) {
    return x != x ? x : other;
  } else {
    return other;
  }
}

// Each kind: the accumulator's type, its start, and how one element (or one vector of elements) is taken in.
template <class T>
struct Sum {
  using Accumulator = typename Wider<T>::type;
  static T identity() { return T(0); }
  template <class V>
  static V combine(V a, V b) {
    return a + b;
  }
};
template <class T>
struct Product {
  using Accumulator = typename Wider<T>::type;
  static T identity() { return T(1); }
  template <class V>
  static V combine(V a, V b) {
    return a * b;
  }
};
template <class T>
struct Maximum {
  using Accumulator = T;
  static T identity() {
    using Limits = std::numeric_limits<T>;
    return Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
  }
  template <class V>
  static V combine(V a, V b) {
    const V greater = b > a ? b : a;  // a NaN in `a` stays
    return or_nan<T>(b, greater);
  }
};
template <class T>
struct Minimum {
  using Accumulator = T;
  static T identity() {
    using Limits = std::numeric_limits<T>;
    return Limits::has_infinity ? Limits::infinity() : Limits::max();
  }
  template <class V>
  static V combine(V a, V b) {
    const V less = b < a ? b : a;
    return or_nan<T>(b, less);
  }
};

template <class K, class V>
V fold4(const V (&v)[4]) {
  return K::combine(K::combine(v[0], v[1]), K::combine(v[2], v[3]));
}

/// One value from all lanes, by halves that are vectors too.
template <class K, int64_t lanes, class T>
T fold_lanes(const T* lane) {
  if constexpr (lanes == 2) {
    return K::combine(lane[0], lane[1]);
  } else {
    constexpr int64_t kHalf = lanes / 2;
    typedef T Half __attribute__((vector_size(kHalf * sizeof(T))));
    Half low, high;
    std::memcpy(&low, lane, sizeof low);
    std::memcpy(&high, lane + kHalf, sizeof high);
    low = K::combine(low, high);
    T half[kHalf];
    std::memcpy(half, &low, sizeof half);
    return fold_lanes<K, kHalf>(half);
  }
}
template <class K, class T>
T fold_lanes(const Vector<T>& v) {
  T lane[kLanes<T>];
  std::memcpy(lane, &v, sizeof lane);
  return fold_lanes<K, kLanes<T>>(lane);
}

/// Lanes of accumulators that take in vectors of elements.
template <template <class> class Kind, class T>
struct Lanes {
  Vector<T> total = Kind<T>::identity() - Vector<T>{};
  void take(const Vector<T>& v) { total = Kind<T>::combine(total, v); }
  T fold() const { return fold_lanes<Kind<T>, T>(total); }
};
template <template <class> class Kind>
struct Lanes<Kind, float> {
  using K = Kind<float>;
  static constexpr bool kWide = std::is_same_v<typename K::Accumulator, double>;
  using A = std::conditional_t<kWide, double, float>;
  Vector<A> low = Kind<A>::identity() - Vector<A>{}, high = low;
  void take(const Vector<float>& v) {
    if constexpr (kWide) {
      low = Kind<A>::combine(low,
                             __builtin_convertvector(__builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7), Vector<A>));
      high = Kind<A>::combine(
          high, __builtin_convertvector(__builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15), Vector<A>));
    } else {
      low = Kind<A>::combine(low, v);
    }
  }
  A fold() const { return fold_lanes<Kind<A>, A>(Kind<A>::combine(low, high)); }
};

/// Vectors that are put together as elements before an accumulator takes them in: few, so that little is lost by
/// rounding.
constexpr int64_t kChunk = 32;

/// The elements of one row.
template <template <class> class Kind, class T>
typename Kind<T>::Accumulator reduce_run(const T* x, int64_t count) {
  using K = Kind<T>;
  using A = typename K::Accumulator;
  constexpr int64_t lanes = kLanes<T>;
  A total = Kind<A>::identity();
  int64_t i = 0;
  if (count >= lanes) {
    Lanes<Kind, T> accumulators;
    while (i + 4 * lanes <= count) {
      Vector<T> parts[4];
      unrolled<4>([&](auto k) INGOT_INLINED { parts[k] = load(x + i + k * lanes); });
      const int64_t end = std::min(count, i + kChunk * lanes);
      for (i += 4 * lanes; i + 4 * lanes <= end; i += 4 * lanes)
        unrolled<4>([&](auto k) INGOT_INLINED { parts[k] = K::combine(parts[k], load(x + i + k * lanes)); });
      accumulators.take(fold4<K>(parts));
    }
    for (; i + lanes <= count; i += lanes) accumulators.take(load(x + i));
    total = accumulators.fold();
  }
  for (; i < count; ++i) total = Kind<A>::combine(total, static_cast<A>(x[i]));
  return total;
}

template <template <class> class Kind, class T>
void reduce_rows(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) {
  using K = Kind<T>;
  using A = typename K::Accumulator;
  using Wide = Kind<A>;
  auto* out = static_cast<A*>(accumulators);
  const auto* in = static_cast<const T*>(x);
  int64_t r = 0;
  if (columns < kLanes<T>) {
    // Rows shorter than a vector: several at a time, because each is a chain of dependent steps.
    for (; r + 4 <= rows; r += 4) {
      T totals[4];
      for (T& total : totals) total = K::identity();
      for (int64_t c = 0; c < columns; ++c)
        for (int k = 0; k < 4; ++k) totals[k] = K::combine(totals[k], in[(r + k) * row_stride + c]);
      for (int k = 0; k < 4; ++k) out[r + k] = Wide::combine(out[r + k], static_cast<A>(totals[k]));
    }
  }
  for (; r < rows; ++r) out[r] = Wide::combine(out[r], reduce_run<Kind, T>(in + r * row_stride, columns));
}

/// `width` vectors side by side, down at most `kChunk` rows.
template <template <class> class Kind, class T, int width>
void reduce_stripe(typename Kind<T>::Accumulator* out, const T* in, int64_t rows, int64_t row_stride) {
  using K = Kind<T>;
  using A = typename K::Accumulator;
  constexpr int64_t lanes = kLanes<T>;
  Vector<T> parts[width];
  for (Vector<T>& part : parts) part = K::identity() - Vector<T>{};
  for (int64_t r = 0; r < rows; ++r)
    unrolled<width>([&](auto k)
                        INGOT_INLINED { parts[k] = K::combine(parts[k], load(in + r * row_stride + k * lanes)); });
  T lane[width * lanes];
  std::memcpy(lane, parts, sizeof lane);
  for (int64_t k = 0; k < width * lanes; ++k) out[k] = Kind<A>::combine(out[k], static_cast<A>(lane[k]));
}

/// Dense rows shorter than a vector: as many rows as make whole vectors are one longer row. Returns how many rows that
/// took in.
template <template <class> class Kind, class T>
int64_t reduce_narrow(typename Kind<T>::Accumulator* out, const T* in, int64_t rows, int64_t columns) {
  using K = Kind<T>;
  using A = typename K::Accumulator;
  constexpr int64_t lanes = kLanes<T>;
  const int64_t groups = rows / lanes;
  for (int64_t first = 0; first < groups; first += kChunk) {
    Vector<T> parts[lanes];
    for (int64_t k = 0; k < columns; ++k) parts[k] = K::identity() - Vector<T>{};
    for (int64_t g = first; g < std::min(groups, first + kChunk); ++g)
      for (int64_t k = 0; k < columns; ++k) parts[k] = K::combine(parts[k], load(in + (g * columns + k) * lanes));
    T lane[lanes * lanes];
    std::memcpy(lane, parts, static_cast<size_t>(columns) * sizeof(Vector<T>));
    for (int64_t r = 0; r < lanes; ++r)
      for (int64_t c = 0; c < columns; ++c) out[c] = Kind<A>::combine(out[c], static_cast<A>(lane[r * columns + c]));
  }
  return groups * lanes;
}

template <template <class> class Kind, class T>
void reduce_columns(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) {
  using A = typename Kind<T>::Accumulator;
  constexpr int64_t lanes = kLanes<T>;
  auto* out = static_cast<A*>(accumulators);
  const auto* in = static_cast<const T*>(x);
  int64_t c = 0;
  for (int64_t first = 0; first < rows; first += kChunk) {
    const int64_t count = std::min(kChunk, rows - first);
    const T* start = in + first * row_stride;
    for (c = 0; c + 4 * lanes <= columns; c += 4 * lanes)
      reduce_stripe<Kind, T, 4>(out + c, start + c, count, row_stride);
    for (; c + lanes <= columns; c += lanes) reduce_stripe<Kind, T, 1>(out + c, start + c, count, row_stride);
  }
  if (c == columns) return;
  const int64_t done = columns < lanes && row_stride == columns ? reduce_narrow<Kind, T>(out, in, rows, columns) : 0;
  for (int64_t r = done; r < rows; ++r)
    for (int64_t k = c; k < columns; ++k) out[k] = Kind<A>::combine(out[k], static_cast<A>(in[r * row_stride + k]));
}

// Where there are no vectors: complex products, and truth.

template <class K, class T>
void simple_rows(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) {
  auto* out = static_cast<typename K::Accumulator*>(accumulators);
  for (int64_t r = 0; r < rows; ++r) {
    auto total = out[r];
    for (int64_t c = 0; c < columns; ++c) total = K::take(total, static_cast<const T*>(x)[r * row_stride + c]);
    out[r] = total;
  }
}
template <class K, class T>
void simple_columns(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) {
  auto* out = static_cast<typename K::Accumulator*>(accumulators);
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t c = 0; c < columns; ++c) out[c] = K::take(out[c], static_cast<const T*>(x)[r * row_stride + c]);
}

template <class T>
struct ComplexSum : Sum<T> {
  static complex128 take(complex128 a, T b) { return a + complex128(b); }
};
/// Both parts run in as many lanes as fill a vector.
template <class T>
void complex_sum_rows(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) {
  constexpr int kParts = 16;
  for (int64_t r = 0; r < rows; ++r) {
    const auto* parts = reinterpret_cast<const typename T::value_type*>(static_cast<const T*>(x) + r * row_stride);
    double lane[kParts] = {};
    int64_t i = 0;
    for (; i + kParts <= 2 * columns; i += kParts)
      unrolled<kParts>([&](auto k) INGOT_INLINED { lane[k] += static_cast<double>(parts[i + k]); });
    for (int64_t k = 0; i + k < 2 * columns; ++k) lane[k] += parts[i + k];
    for (int64_t width = kParts / 2; width > 1; width /= 2)
      for (int64_t k = 0; k < width; ++k) lane[k] += lane[k + width];
    static_cast<complex128*>(accumulators)[r] += complex128(lane[0], lane[1]);
  }
}
template <class T>
struct ComplexProduct : Product<T> {
  static complex128 take(complex128 a, T b) {
    const complex128 wide(b);
    return {a.real() * wide.real() - a.imag() * wide.imag(), a.real() * wide.imag() + a.imag() * wide.real()};
  }
};
template <class T>
struct All {
  using Accumulator = bool;
  static bool identity() { return true; }
  static bool take(bool a, T b) { return a & (b != T(0)); }
  static bool combine(bool a, bool b) { return a & b; }
};
template <class T>
struct Any {
  using Accumulator = bool;
  static bool identity() { return false; }
  static bool take(bool a, T b) { return a | (b != T(0)); }
  static bool combine(bool a, bool b) { return a | b; }
};

/// `Result` is what `finish` writes.
template <class K, class Result>
ReduceFns common() {
  using A = typename K::Accumulator;
  ReduceFns fns;
  fns.accumulator = sizeof(A);
  fns.init = [](void* out, int64_t count) { std::fill_n(static_cast<A*>(out), count, A(K::identity())); };
  fns.combine = [](void* out, const void* others, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      A& total = static_cast<A*>(out)[i];
      total = K::combine(total, static_cast<const A*>(others)[i]);
    }
  };
  fns.finish = [](void* out, const void* accumulators, int64_t count) {
    for (int64_t i = 0; i < count; ++i)
      static_cast<Result*>(out)[i] = static_cast<Result>(static_cast<const A*>(accumulators)[i]);
  };
  return fns;
}

template <template <class> class Kind, class T>
ReduceFns vectorised() {
  ReduceFns fns = common<Kind<typename Kind<T>::Accumulator>, T>();
  fns.rows = &reduce_rows<Kind, T>;
  fns.columns = &reduce_columns<Kind, T>;
  return fns;
}

template <class K, class T, class Result>
ReduceFns simple() {
  ReduceFns fns = common<K, Result>();
  fns.rows = &simple_rows<K, T>;
  fns.columns = &simple_columns<K, T>;
  return fns;
}

template <class T>
void add(Pack& pack) {
  const auto entry = [&](ReduceKind kind) -> ReduceFns& {
    return pack.reduce[static_cast<int>(kind)][static_cast<int>(dtype_of<T>)];
  };
  using B = AnySign<T>;
  entry(ReduceKind::all) = simple<All<B>, B, bool>();
  entry(ReduceKind::any) = simple<Any<B>, B, bool>();
  if constexpr (std::is_same_v<T, bool>) {
    entry(ReduceKind::max) = simple<Any<T>, T, bool>();
    entry(ReduceKind::min) = simple<All<T>, T, bool>();
    entry(ReduceKind::sum) = simple<Any<T>, T, bool>();
    entry(ReduceKind::prod) = simple<All<T>, T, bool>();
  } else if constexpr (is_complex_type<T>) {
    entry(ReduceKind::sum) = simple<ComplexSum<T>, T, T>();
    entry(ReduceKind::sum).rows = &complex_sum_rows<T>;
    entry(ReduceKind::prod) = simple<ComplexProduct<T>, T, T>();
  } else {
    entry(ReduceKind::sum) = vectorised<Sum, B>();
    entry(ReduceKind::prod) = vectorised<Product, B>();
    entry(ReduceKind::max) = vectorised<Maximum, T>();
    entry(ReduceKind::min) = vectorised<Minimum, T>();
  }
}

}  // namespace

void add_reductions(Pack& pack) {
#define INGOT_ADD(type, name)                                                                                          \
  if constexpr (!is_half_type<type>) add<type>(pack);
  INGOT_FOR_EACH_DTYPE(INGOT_ADD)
#undef INGOT_ADD
}

}  // namespace ingot::cpu
