// Fourier transforms of short lines, each lane of a vector having a line of its own: Stockham's algorithm, which needs no
// reordering, by steps of four.
#include <utility>

#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/transpose.h"

namespace ingot::cpu {
namespace {

using namespace Eigen::internal;

/// A complex number of each line.
template <class T>
struct Numbers {
  Vector<T> re, im;

  INGOT_INLINE Numbers operator+(const Numbers& other) const { return {padd(re, other.re), padd(im, other.im)}; }
  INGOT_INLINE Numbers operator-(const Numbers& other) const { return {psub(re, other.re), psub(im, other.im)}; }
  INGOT_INLINE Numbers conjugate() const { return {re, pnegate(im)}; }
  /// Multiplied by -i.
  INGOT_INLINE Numbers turned_back() const { return {im, pnegate(re)}; }
  INGOT_INLINE Numbers times(T a, T b) const {
    const Vector<T> x = pset1<Vector<T>>(a), y = pset1<Vector<T>>(b);
    return {psub(pmul(re, x), pmul(im, y)), padd(pmul(re, y), pmul(im, x))};
  }
  /// The parts by a factor each.
  INGOT_INLINE Numbers scaled(const Vector<T>& by_re, const Vector<T>& by_im) const {
    return {pmul(re, by_re), pmul(im, by_im)};
  }
};

template <class T>
class Lines {
 public:
  explicit Lines(const LineTransform& given)
      : t_(given),
        turns_(static_cast<const T*>(given.turns)),
        x_(static_cast<T*>(given.workspace)),
        y_(x_ + line_workspace(given.length) / 2 * kLanes<T>),
        step_(given.form == LineTransform::Form::complex ? 1 : 2) {}

  void run() {
    using Form = LineTransform::Form;
    const int64_t pairs = 2 * t_.length, with_last = pairs + 2;
    for (int64_t line = 0; line < t_.lines; line += kLanes<T>) {
      const int64_t some = std::min<int64_t>(kLanes<T>, t_.lines - line);
      const T* in = static_cast<const T*>(t_.in) + line * t_.in_line;
      T* out = static_cast<T*>(t_.out) + line * t_.out_line;
      transpose_padded(x_, kLanes<T>, in, t_.in_line, t_.form == Form::from_half ? with_last : pairs, some);
      if (t_.form == Form::from_half) join_halves();
      // Backwards is forwards with the parts of all numbers exchanged.
      const bool exchanged = t_.form == Form::from_half || (t_.form == Form::complex && !t_.forward);
      re_ = exchanged ? kLanes<T> : 0;
      int64_t step = step_;
      for (int64_t n = t_.length; n > 1; n = n >= 4 ? n / 4 : 1, step *= 4) {
        if (n >= 4)
          by_four(n / 4, step);
        else
          by_two();
        std::swap(x_, y_);
      }
      re_ = 0;
      if (t_.form == Form::to_half) part_halves();
      if (t_.form == Form::complex && t_.scale != 1) scale();
      transpose_padded_source(out, t_.out_line, x_, kLanes<T>, some, t_.form == Form::to_half ? with_last : pairs,
                              false);
    }
  }

 private:
  INGOT_INLINE Numbers<T> load(int64_t k) const {
    const T* at = x_ + 2 * k * kLanes<T>;
    return {pload<Vector<T>>(at + re_), pload<Vector<T>>(at + (kLanes<T> - re_))};
  }
  INGOT_INLINE void store(T* to, int64_t k, const Numbers<T>& z) const {
    T* at = to + 2 * k * kLanes<T>;
    pstore(at + re_, z.re);
    pstore(at + (kLanes<T> - re_), z.im);
  }
  INGOT_INLINE Numbers<T> turned(const Numbers<T>& z, int64_t k) const {
    return z.times(turns_[2 * k], turns_[2 * k + 1]);
  }

  /// From x to y: transforms of 4 m numbers, length / 4 m side by side, become transforms of m. `step` turns of the table
  /// are one of theirs.
  void by_four(int64_t m, int64_t step) const {
    const int64_t beside = t_.length / (4 * m);
    for (int64_t p = 0; p < m; ++p) {
      for (int64_t q = 0; q < beside; ++q) {
        const int64_t from = q + beside * p, to = q + beside * 4 * p;
        const Numbers<T> a = load(from), b = load(from + beside * m);
        const Numbers<T> c = load(from + 2 * beside * m), d = load(from + 3 * beside * m);
        const Numbers<T> sum = a + c, difference = a - c, others = b + d, turned_others = (b - d).turned_back();
        store(y_, to, sum + others);
        if (p == 0) {
          store(y_, to + beside, difference + turned_others);
          store(y_, to + 2 * beside, sum - others);
          store(y_, to + 3 * beside, difference - turned_others);
        } else {
          store(y_, to + beside, turned(difference + turned_others, p * step));
          store(y_, to + 2 * beside, turned(sum - others, 2 * p * step));
          store(y_, to + 3 * beside, turned(difference - turned_others, 3 * p * step));
        }
      }
    }
  }

  void by_two() const {
    const int64_t beside = t_.length / 2;
    for (int64_t q = 0; q < beside; ++q) {
      const Numbers<T> a = load(q), b = load(q + beside);
      store(y_, q, a + b);
      store(y_, q + beside, a - b);
    }
  }

  void scale() const {
    const Vector<T> factor = pset1<Vector<T>>(static_cast<T>(t_.scale));
    for (int64_t k = 0; k < t_.length; ++k) store(x_, k, load(k).scaled(factor, factor));
  }

  /// The transform of pairs of real numbers, as if they were complex, becomes that of the real line: with even numbers'
  /// transform E and odd ones' O it is E + i O, and E(-k) and O(-k) are their conjugates.
  void part_halves() const {
    const Vector<T> whole = pset1<Vector<T>>(static_cast<T>(t_.scale));
    const Vector<T> by_re = pmul(whole, pset1<Vector<T>>(T(0.5))), by_im = t_.forward ? by_re : pnegate(by_re);
    const Numbers<T> first = load(0);
    const Vector<T> zero = pset1<Vector<T>>(T(0));
    store(x_, 0, {pmul(padd(first.re, first.im), whole), zero});
    store(x_, t_.length, {pmul(psub(first.re, first.im), whole), zero});
    for (int64_t k = 1, m = t_.length - 1; k <= m; ++k, --m) {
      const Numbers<T> a = load(k), b = load(m).conjugate();
      const Numbers<T> even = a + b, odd = turned((a - b).turned_back(), k);
      store(x_, k, (even + odd).scaled(by_re, by_im));
      store(x_, m, (even - odd).conjugate().scaled(by_re, by_im));
    }
  }

  /// The way back, before the pairs are transformed.
  void join_halves() const {
    const Vector<T> by_re = pset1<Vector<T>>(static_cast<T>(t_.scale)), by_im = t_.forward ? pnegate(by_re) : by_re;
    const Vector<T> first = pmul(load(0).re, by_re), last = pmul(load(t_.length).re, by_re);
    store(x_, 0, {padd(first, last), psub(first, last)});
    for (int64_t k = 1, m = t_.length - 1; k <= m; ++k, --m) {
      const Numbers<T> a = load(k).scaled(by_re, by_im), b = load(m).scaled(by_re, by_im).conjugate();
      // Odd numbers' share, of which the conjugate of the turn is taken, as it is added: times i.
      const Numbers<T> even = a + b, odd = turned((a - b).conjugate(), k).conjugate();
      const Numbers<T> turned_odd = {pnegate(odd.im), odd.re};
      store(x_, k, even + turned_odd);
      store(x_, m, (even - turned_odd).conjugate());
    }
  }

  LineTransform t_;
  const T* turns_;
  T *x_, *y_;
  int64_t step_, re_ = 0;
};

template <class T>
void run(const LineTransform& transform) {
  Lines<T>(transform).run();
}

}  // namespace

void add_line_transforms(Pack& pack) {
  pack.line_transform[0] = {kLanes<float>, &run<float>};
  pack.line_transform[1] = {kLanes<double>, &run<double>};
}

}  // namespace ingot::cpu
