// The innermost loop of matrix products, convolutions and attention: a tile of results that stays in registers.
//
// acc[r][v] += sum over k of a(r, k) * b(k)[v], where a(r, k) is one number, spread over all lanes, and b(k)[v] a
// vector. The numbers may lie anywhere; the lanes of a vector must be neighbours in memory. The sum runs over k in
// order, so what an element gets does not depend on the tile that it is in.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

/// What works on a register tile must be inlined before arrays are turned into registers, lambdas included.
#define INGOT_INLINED __attribute__((always_inline))
#define INGOT_INLINE inline INGOT_INLINED

namespace ingot::cpu {

template <class T>
using Vector = typename Eigen::internal::packet_traits<T>::type;
template <class T>
inline constexpr int kLanes = Eigen::internal::unpacket_traits<Vector<T>>::size;

/// The tile that keeps the multipliers busy: as many accumulators as there are registers, but for those that hold the
/// vectors of `b` and a number of `a`.
inline constexpr int kTileVectors = 2;
inline constexpr int kTileRows = EIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS >= 32 ? 14 : 6;

/// Calls `f(std::integral_constant<int, i>{})` for i = 0 ... count - 1, written out: what `f` indexes can be registers.
template <int count, class F>
INGOT_INLINE void unrolled(F&& f) {
  [&]<int... i>(std::integer_sequence<int, i...>)
      INGOT_INLINED { (f(std::integral_constant<int, i>{}), ...); }(std::make_integer_sequence<int, count>{});
}

/// Loads once: else the compiler would load again for each use.
template <class T>
INGOT_INLINE Vector<T> load_once(const T* from) {
  auto x = Eigen::internal::ploadu<Vector<T>>(from);
  EIGEN_OPTIMIZATION_BARRIER(x)
  return x;
}

/// Loads and stores of the first `count` (0 up to all) lanes of a vector; no other memory is touched. The other lanes
/// are loaded as zero.
template <class T>
class Lanes {
 public:
#if defined(__AVX512F__)
  explicit Lanes(int count) : mask_((1u << count) - 1) {}
  INGOT_INLINE Vector<T> load(const T* from) const {
    if constexpr (sizeof(T) == 4)
      return _mm512_maskz_loadu_ps(static_cast<__mmask16>(mask_), from);
    else
      return _mm512_maskz_loadu_pd(static_cast<__mmask8>(mask_), from);
  }
  INGOT_INLINE void store(T* to, const Vector<T>& x) const {
    if constexpr (sizeof(T) == 4)
      _mm512_mask_storeu_ps(to, static_cast<__mmask16>(mask_), x);
    else
      _mm512_mask_storeu_pd(to, static_cast<__mmask8>(mask_), x);
  }

 private:
  uint32_t mask_;
#elif defined(__AVX2__)
  explicit Lanes(int count) {
    static constexpr int32_t kOnes[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    const auto words = count * static_cast<int>(sizeof(T) / 4);
    mask_ = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kOnes + 8 - words));
  }
  INGOT_INLINE Vector<T> load(const T* from) const {
    if constexpr (sizeof(T) == 4)
      return _mm256_maskload_ps(from, mask_);
    else
      return _mm256_maskload_pd(from, mask_);
  }
  INGOT_INLINE void store(T* to, const Vector<T>& x) const {
    if constexpr (sizeof(T) == 4)
      _mm256_maskstore_ps(to, mask_, x);
    else
      _mm256_maskstore_pd(to, mask_, x);
  }

 private:
  __m256i mask_;
#else
  explicit Lanes(int count) : bytes_(static_cast<size_t>(count) * sizeof(T)) {}
  INGOT_INLINE Vector<T> load(const T* from) const {
    T all[kLanes<T>] = {};
    std::memcpy(all, from, bytes_);
    return Eigen::internal::ploadu<Vector<T>>(all);
  }
  INGOT_INLINE void store(T* to, const Vector<T>& x) const {
    T all[kLanes<T>];
    Eigen::internal::pstoreu(all, x);
    std::memcpy(to, all, bytes_);
  }

 private:
  size_t bytes_;
#endif
};

// Sources of numbers: `at<r>()` is a(r, k) for the present k; `next()` goes on to k + 1.

/// a(r, k) = data[r * row_stride + k * stride].
template <class T>
class NumbersInPlace {
 public:
  NumbersInPlace(const T* data, int64_t row_stride, int64_t stride) : row_stride_(row_stride), stride_(stride) {
    // Every third row has a pointer, and reaches two more by an index: pointers for all would not fit the registers.
    for (int i = 0; i < kPointers; ++i) rows_[i] = data + 3 * i * row_stride;
  }
  template <int r>
  INGOT_INLINE T at() const {
    return rows_[r / 3][r % 3 * row_stride_];
  }
  INGOT_INLINE void next() {
    unrolled<kPointers>([&](auto i) INGOT_INLINED { rows_[i] += stride_; });
  }

 private:
  static constexpr int kPointers = (kTileRows + 2) / 3;
  const T* rows_[kPointers];
  int64_t row_stride_, stride_;
};

/// a(r, k) = data[k * stride + r].
template <class T>
class NumbersPacked {
 public:
  NumbersPacked(const T* data, int64_t stride) : data_(data), stride_(stride) {}
  template <int r>
  INGOT_INLINE T at() const {
    return data_[r];
  }
  INGOT_INLINE void next() { data_ += stride_; }

 private:
  const T* data_;
  int64_t stride_;
};

// Sources of vectors: `load<v>()` is b(k)[v] for the present k; `next()` goes on to k + 1.

/// The vectors of k begin at data + k * stride.
template <class T>
class VectorRows {
 public:
  VectorRows(const T* data, int64_t stride) : data_(data), stride_(stride) {}
  template <int v>
  INGOT_INLINE Vector<T> load() const {
    return Eigen::internal::ploadu<Vector<T>>(data_ + v * kLanes<T>);
  }
  INGOT_INLINE const T* row() const { return data_; }
  INGOT_INLINE void next() { data_ += stride_; }

 private:
  const T* data_;
  int64_t stride_;
};

/// The vectors of k begin at data + offsets[k].
template <class T>
class VectorTable {
 public:
  VectorTable(const T* data, const int64_t* offsets) : data_(data), offsets_(offsets) {}
  template <int v>
  INGOT_INLINE Vector<T> load() const {
    return Eigen::internal::ploadu<Vector<T>>(row() + v * kLanes<T>);
  }
  INGOT_INLINE const T* row() const { return data_ + *offsets_; }
  INGOT_INLINE void next() { ++offsets_; }

 private:
  const T* data_;
  const int64_t* offsets_;
};

/// The same, but of the last vector (number `last`) only some lanes exist.
template <class T, int last, class Source>
class PartialVectors : public Source {
 public:
  PartialVectors(const Source& source, Lanes<T> lanes) : Source(source), lanes_(lanes) {}
  template <int v>
  INGOT_INLINE Vector<T> load() const {
    if constexpr (v == last)
      return lanes_.load(this->row() + v * kLanes<T>);
    else
      return Source::template load<v>();
  }

 private:
  Lanes<T> lanes_;
};

/// What a tile does with a number, a vector and a sum of products.
template <class T>
struct MultiplyAdd {
  INGOT_INLINE Vector<T> operator()(const Vector<T>& number, const Vector<T>& vector, const Vector<T>& sum) const {
    return Eigen::internal::pmadd(number, vector, sum);
  }
};

/// A tile of rows x (vectors * lanes) results. Make it a local variable, and call only what is inlined on it: then its
/// elements are registers.
template <class T, int rows, int vectors, class Multiply = MultiplyAdd<T>>
class RegisterTile {
 public:
  using V = Vector<T>;

  INGOT_INLINE void clear() {
    each([&](auto r, auto v) INGOT_INLINED { acc_[r][v] = Eigen::internal::pset1<V>(T(0)); });
  }
  /// All rows begin as one: vector v as `first[v]` (a bias along the lanes).
  INGOT_INLINE void fill(const V (&first)[vectors]) {
    each([&](auto r, auto v) INGOT_INLINED { acc_[r][v] = first[v]; });
  }
  /// Adds the products of `depth` numbers and vectors.
  template <class Numbers, class Vectors>
  INGOT_INLINE void multiply(int64_t depth, Numbers a, Vectors b) {
    for (int64_t k = 0; k < depth; ++k) {
      V right[vectors];
      unrolled<vectors>([&](auto v) INGOT_INLINED { right[v] = b.template load<v>(); });
      unrolled<rows>([&](auto r) INGOT_INLINED {
        const V left = Eigen::internal::pset1<V>(a.template at<r>());
        unrolled<vectors>([&](auto v) INGOT_INLINED { acc_[r][v] = Multiply{}(left, right[v], acc_[r][v]); });
      });
      a.next();
      b.next();
    }
  }

  // Rows of results in memory, `stride` elements apart; of the last vector only `lanes`.
  INGOT_INLINE void load(const T* from, int64_t stride) {
    each([&](auto r, auto v) INGOT_INLINED { acc_[r][v] = whole<r, v>(from, stride); });
  }
  INGOT_INLINE void load(const T* from, int64_t stride, Lanes<T> lanes) {
    each([&](auto r, auto v) INGOT_INLINED { acc_[r][v] = part<r, v>(from, stride, lanes); });
  }
  INGOT_INLINE void add(const T* from, int64_t stride) {
    each([&](auto r, auto v)
             INGOT_INLINED { acc_[r][v] = Eigen::internal::padd(acc_[r][v], whole<r, v>(from, stride)); });
  }
  INGOT_INLINE void add(const T* from, int64_t stride, Lanes<T> lanes) {
    each([&](auto r, auto v)
             INGOT_INLINED { acc_[r][v] = Eigen::internal::padd(acc_[r][v], part<r, v>(from, stride, lanes)); });
  }
  INGOT_INLINE void store(T* to, int64_t stride) const {
    each([&](auto r, auto v) INGOT_INLINED { Eigen::internal::pstoreu(to + r * stride + v * kLanes<T>, acc_[r][v]); });
  }
  INGOT_INLINE void store(T* to, int64_t stride, Lanes<T> lanes) const {
    each([&](auto r, auto v) INGOT_INLINED {
      T* at = to + r * stride + v * kLanes<T>;
      if constexpr (v == vectors - 1)
        lanes.store(at, acc_[r][v]);
      else
        Eigen::internal::pstoreu(at, acc_[r][v]);
    });
  }
  /// Calls `f(r, v, acc)` for each vector, r and v being integral constants: for activations, or another layout.
  template <class F>
  INGOT_INLINE void each_vector(F&& f) {
    each([&](auto r, auto v) INGOT_INLINED { f(r, v, acc_[r][v]); });
  }

 private:
  template <int r, int v>
  static INGOT_INLINE V whole(const T* from, int64_t stride) {
    return Eigen::internal::ploadu<V>(from + r * stride + v * kLanes<T>);
  }
  template <int r, int v>
  static INGOT_INLINE V part(const T* from, int64_t stride, Lanes<T> lanes) {
    if constexpr (v == vectors - 1)
      return lanes.load(from + r * stride + v * kLanes<T>);
    else
      return whole<r, v>(from, stride);
  }
  template <class F>
  static INGOT_INLINE void each(F&& f) {
    unrolled<rows>([&](auto r) INGOT_INLINED { unrolled<vectors>([&](auto v) INGOT_INLINED { f(r, v); }); });
  }

  V acc_[rows][vectors];
};

}  // namespace ingot::cpu
