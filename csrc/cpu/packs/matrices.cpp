// Reductions of matrices, and rotations of columns by blocks of rows that stay in the cache from sweep to sweep: a
// column's part is in registers from the rotation with the one before it to that with the one behind it.
#include "ingot/cpu/packs/parts.h"

// libingot has the same functions for the instructions that every processor of the architecture has.
#if defined(__AVX2__)
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/ops/decompositions_reductions.h"

namespace ingot::cpu {
namespace {

/// `vectors` of whole vectors of each column, or a part of one.
template <class T, int vectors, bool partial>
void rotate_rows(T* columns, int64_t stride, const linalg::Sweep* sweeps, int64_t count, const T* turns,
                 Lanes<T> lanes) {
  using V = Vector<T>;
  const auto load = [&](const T* from, auto v) INGOT_INLINED {
    if constexpr (partial)
      return lanes.load(from);
    else
      return Eigen::internal::ploadu<V>(from + v * kLanes<T>);
  };
  const auto store = [&](T* to, auto v, const V& x) INGOT_INLINED {
    if constexpr (partial)
      lanes.store(to, x);
    else
      Eigen::internal::pstoreu(to + v * kLanes<T>, x);
  };
  for (int64_t i = 0; i < count; ++i) {
    T* at = columns + sweeps[i].first * stride;
    const int64_t step = sweeps[i].step * stride;
    V x[vectors];
    unrolled<vectors>([&](auto v) INGOT_INLINED { x[v] = load(at, v); });
    for (int64_t k = 0; k < sweeps[i].count; ++k, at += step, turns += 2) {
      const V c = Eigen::internal::pset1<V>(turns[0]), s = Eigen::internal::pset1<V>(turns[1]);
      unrolled<vectors>([&](auto v) INGOT_INLINED {
        const V y = load(at + step, v);
        store(at, v, Eigen::internal::pmadd(c, x[v], Eigen::internal::pmul(s, y)));
        x[v] = Eigen::internal::psub(Eigen::internal::pmul(c, y), Eigen::internal::pmul(s, x[v]));
      });
    }
    unrolled<vectors>([&](auto v) INGOT_INLINED { store(at, v, x[v]); });
  }
}

template <class T>
void rotate(T* columns, int64_t stride, int64_t rows, const linalg::Sweep* sweeps, int64_t count, const T* turns) {
  constexpr int kVectors = 4;
  const Lanes<T> all(kLanes<T>);
  int64_t row = 0;
  for (; row + kVectors * kLanes<T> <= rows; row += kVectors * kLanes<T>)
    rotate_rows<T, kVectors, false>(columns + row, stride, sweeps, count, turns, all);
  for (; row + kLanes<T> <= rows; row += kLanes<T>)
    rotate_rows<T, 1, false>(columns + row, stride, sweeps, count, turns, all);
  if (row < rows)
    rotate_rows<T, 1, true>(columns + row, stride, sweeps, count, turns, Lanes<T>(static_cast<int>(rows - row)));
}

template <class T>
constexpr linalg::TypedMatrixFns<T> kFns{&rotate<T>, &linalg::reductions::tridiagonalise<T>,
                                         &linalg::reductions::bidiagonalise<T>, &linalg::reductions::factor_qr<T>};

}  // namespace

void add_matrices(Pack& pack) {
  static constexpr linalg::MatrixFns fns{kFns<float>, kFns<double>};
  pack.matrices = &fns;
}

}  // namespace ingot::cpu

#else

void ingot::cpu::add_matrices(Pack&) {}

#endif
