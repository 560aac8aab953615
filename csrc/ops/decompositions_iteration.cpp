#include "ingot/ops/decompositions_iteration.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ingot::linalg {

namespace {

/// Steps that one value may take, on average; two or three are usual.
constexpr int64_t kMostSteps = 30;

/// The rotation that turns (f, g) into (r, 0).
template <class T>
struct Rotation {
  T c, s, r;

  Rotation(T f, T g) {
    if (g == 0) {
      c = 1, s = 0, r = f;
      return;
    }
    // Operands are of about the matrix's size, which the caller has brought near 1: their squares cannot overflow, and
    // where both vanish they are negligible.
    const T square = f * f + g * g;
    r = square > std::numeric_limits<T>::min() ? std::sqrt(square) : std::hypot(f, g);
    c = f / r;
    s = g / r;
  }
};

template <class T>
bool is_negligible(T between, T before, T after, T least) {
  constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
  return std::abs(between) <= kEpsilon * (std::abs(before) + std::abs(after)) || std::abs(between) <= least;
}

/// Entries [first, last] of a matrix that has no zero beside its diagonal there.
struct Block {
  int64_t first, last;
};

/// The last such block of more than one entry, all that is negligible having been set to zero, which what is not above
/// `least` always is; `last` is 0 if none.
template <class T>
Block last_block(const T* d, T* e, int64_t last, T least) {
  while (last > 0) {
    int64_t first = last;
    while (first > 0) {
      if (is_negligible(e[first - 1], d[first - 1], d[first], least)) e[first - 1] = 0;
      if (e[first - 1] == 0) break;
      --first;
    }
    if (first < last) return {first, last};
    --last;
  }
  return {0, 0};
}

/// The eigenvalue of the last two rows that is nearer to the last entry.
template <class T>
T wilkinson_shift(const T* d, const T* e, int64_t last) {
  const T half = (d[last - 1] - d[last]) / 2, beside = e[last - 1];
  const T root = std::hypot(half, beside);
  return d[last] - beside * (beside / (half + (half < 0 ? -root : root)));
}

template <class T>
void tridiagonal_step(T* d, T* e, Block block, Rotations<T>& q) {
  T x = d[block.first] - wilkinson_shift(d, e, block.last), z = e[block.first];
  q.begin_sweep(block.first, 1);
  for (int64_t k = block.first; k < block.last; ++k) {
    const Rotation<T> turn(x, z);
    const T c = turn.c, s = turn.s, upper = d[k], lower = d[k + 1], beside = e[k];
    if (k > block.first) e[k - 1] = turn.r;
    d[k] = c * (c * upper + s * beside) + s * (c * beside + s * lower);
    d[k + 1] = c * (c * lower - s * beside) - s * (c * beside - s * upper);
    e[k] = c * (c * beside + s * lower) - s * (c * upper + s * beside);
    q.add(c, s);
    if (k + 1 == block.last) break;
    x = e[k];
    z = s * e[k + 1];
    e[k + 1] = c * e[k + 1];
  }
}

/// The smaller singular value of [f g; 0 h], all being at least 0.
template <class T>
T smaller_singular_value(T f, T g, T h) {
  const T larger = (std::hypot(f + h, g) + std::hypot(f - h, g)) / 2;
  return larger == 0 ? T(0) : f * (h / larger);
}

/// A block of a bidiagonal matrix, or its transpose read from the end, which is upper bidiagonal too, and has the same
/// singular values. A step works from the larger end to the smaller.
template <class T>
class Bidiagonal {
 public:
  Bidiagonal(T* d, T* e, Block block, bool backward, Rotations<T>& u, Rotations<T>& v)
      : step_(backward ? -1 : 1),
        first_(backward ? block.last : block.first),
        length_(block.last - block.first + 1),
        d_(d + first_),
        e_(e + (backward ? block.last - 1 : block.first)),
        left_(backward ? v : u),
        right_(backward ? u : v) {}

  /// `singular` as below, for this block: steps do not change it.
  void step(bool singular) {
    left_.begin_sweep(first_, step_);
    right_.begin_sweep(first_, step_);
    const T shift = singular ? T(0) : choose_shift();
    if (shift == 0)
      step_without_shift();
    else
      step_with(shift);
  }

  /// True if a bound of the smallest singular value is negligible beside about the largest.
  bool is_singular() const {
    constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
    T smallest = std::abs(d(0)), largest = smallest, so_far = smallest;
    for (int64_t i = 0; i + 1 < length_; ++i) {
      const T beside = std::abs(e(i)), next = std::abs(d(i + 1));
      so_far = next * (so_far / (so_far + beside));
      smallest = std::min(smallest, so_far);
      largest = std::max({largest, beside, next});
    }
    return !(smallest > kEpsilon * largest);
  }

 private:
  T& d(int64_t i) const { return d_[i * step_]; }
  T& e(int64_t i) const { return e_[i * step_]; }

  T choose_shift() const {
    constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
    if (d(0) == 0) return 0;
    const T shift =
        smaller_singular_value(std::abs(d(length_ - 2)), std::abs(e(length_ - 2)), std::abs(d(length_ - 1)));
    const T ratio = shift / std::abs(d(0));
    return ratio * ratio < kEpsilon ? T(0) : shift;
  }

  void step_without_shift() {
    T c = 1, before_c = 1, before_s = 0;
    for (int64_t i = 0; i + 1 < length_; ++i) {
      const Rotation<T> right(d(i) * c, e(i));
      if (i > 0) e(i - 1) = before_s * right.r;
      const Rotation<T> left(before_c * right.r, d(i + 1) * right.s);
      d(i) = left.r;
      c = right.c;
      before_c = left.c;
      before_s = left.s;
      right_.add(right.c, right.s);
      left_.add(left.c, left.s);
    }
    const T rest = d(length_ - 1) * c;
    d(length_ - 1) = rest * before_c;
    e(length_ - 2) = rest * before_s;
  }

  void step_with(T shift) {
    T f = (std::abs(d(0)) - shift) * (std::copysign(T(1), d(0)) + shift / d(0)), g = e(0);
    for (int64_t i = 0; i + 1 < length_; ++i) {
      const Rotation<T> right(f, g);
      if (i > 0) e(i - 1) = right.r;
      f = right.c * d(i) + right.s * e(i);
      e(i) = right.c * e(i) - right.s * d(i);
      g = right.s * d(i + 1);
      d(i + 1) = right.c * d(i + 1);
      const Rotation<T> left(f, g);
      d(i) = left.r;
      f = left.c * e(i) + left.s * d(i + 1);
      d(i + 1) = left.c * d(i + 1) - left.s * e(i);
      if (i + 2 < length_) {
        g = left.s * e(i + 1);
        e(i + 1) = left.c * e(i + 1);
      }
      right_.add(right.c, right.s);
      left_.add(left.c, left.s);
    }
    e(length_ - 2) = f;
  }

  int64_t step_, first_, length_;
  T *d_, *e_;
  Rotations<T>&left_, &right_;
};

}  // namespace

template <class T>
bool diagonalise_tridiagonal(T* d, T* e, int64_t n, Rotations<T>& q) {
  // The product of two that are larger does not vanish, as it would in the step: that would then change nothing.
  const T least = std::sqrt(std::numeric_limits<T>::min());
  int64_t steps = 0;
  for (Block block = last_block(d, e, n - 1, least); block.last > 0; block = last_block(d, e, block.last, least)) {
    if (++steps > kMostSteps * n) return false;
    tridiagonal_step(d, e, block, q);
  }
  q.apply();
  return true;
}

template <class T>
bool diagonalise_bidiagonal(T* d, T* e, int64_t n, Rotations<T>& u, Rotations<T>& v) {
  // Of what is smaller, steps would have too few digits to get on.
  constexpr T kLeast = std::numeric_limits<T>::min() / std::numeric_limits<T>::epsilon();
  int64_t steps = 0;
  bool backward = false, singular = false;
  Block before{-1, -1};
  for (Block block = last_block(d, e, n - 1, kLeast); block.last > 0; block = last_block(d, e, block.last, kLeast)) {
    if (++steps > kMostSteps * n) return false;
    // A direction is kept while the block shrinks at its ends, else two could undo each other's work.
    if (block.last < before.first || before.last < block.first || steps == 1 || block.first < before.first)
      backward = std::abs(d[block.first]) < std::abs(d[block.last]);
    Bidiagonal<T> part(d, e, block, backward, u, v);
    if (block.first != before.first || block.last != before.last) singular = part.is_singular();
    before = block;
    part.step(singular);
  }
  u.apply();
  v.apply();
  return true;
}

template bool diagonalise_tridiagonal<float>(float*, float*, int64_t, Rotations<float>&);
template bool diagonalise_tridiagonal<double>(double*, double*, int64_t, Rotations<double>&);
template bool diagonalise_bidiagonal<float>(float*, float*, int64_t, Rotations<float>&, Rotations<float>&);
template bool diagonalise_bidiagonal<double>(double*, double*, int64_t, Rotations<double>&, Rotations<double>&);

}  // namespace ingot::linalg
