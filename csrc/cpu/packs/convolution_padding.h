// Copies of planes with zeros around them, for one dtype.
#pragma once

#include <algorithm>

#include "ingot/cpu/convolution.h"
#include "ingot/cpu/packs/register_tile.h"
#include "ingot/cpu/packs/shuffle.h"

namespace ingot::cpu {

template <class T>
struct ConvolutionPadding {
  static constexpr int64_t kWide = kLanes<T>;

  /// Where `first + i * step` is inside [0, length), as a range of i in [0, count].
  struct Range {
    int64_t begin, end;
  };
  static Range inside(int64_t first, int64_t step, int64_t length, int64_t count) {
    const auto steps = [&](int64_t distance) { return distance <= 0 ? 0 : (distance + step - 1) / step; };
    const int64_t end = std::min(count, steps(length - first));
    return {std::min(steps(-first), end), end};
  }

  /// One phase of planes: what is the same for all of them.
  class PadPhase {
   public:
    PadPhase(const PadPlanes& p, const Triple& phase) : n_(p.out_lengths), rest_(0), between_(0) {
      for (size_t axis = 0; axis < 3; ++axis) {
        const int64_t first = p.first[axis] + phase[axis];
        inside_[axis] = inside(first, p.phases[axis], p.lengths[axis], n_[axis]);
        steps_[axis] = p.phases[axis] * p.strides[axis];
        start_ += (first + inside_[axis].begin * p.phases[axis]) * p.strides[axis];
        empty_ |= inside_[axis].begin == inside_[axis].end;
      }
      count_ = inside_[2].end - inside_[2].begin;
      whole_ = steps_[2] == 1 ? std::max<int64_t>(0, count_ - 1) / kWide * kWide : 0;
      rest_ = Lanes<T>(static_cast<int>(std::min(kWide, count_ - whole_)));
      between_ = Lanes<T>(static_cast<int>(std::min(kWide, n_[2] - count_)));
    }

    void copy(const T* in, T* to) const {
      const int64_t plane = n_[1] * n_[2];
      if (empty_) {
        std::fill_n(to, n_[0] * plane, T(0));
        return;
      }
      const auto [begin, end] = inside_[0];
      std::fill_n(to, begin * plane, T(0));
      for (int64_t d = begin; d < end; ++d) copy_plane(in + start_ + (d - begin) * steps_[0], to + d * plane);
      std::fill_n(to + end * plane, (n_[0] - end) * plane, T(0));
    }

   private:
    void copy_plane(const T* from, T* to) const {
      T* const plane_end = to + n_[1] * n_[2];
      T* const start = to + inside_[1].begin * n_[2] + inside_[2].begin;
      zero(to, start - to);
      to = start;
      int64_t left = inside_[1].end - inside_[1].begin;
      if (steps_[2] == 1 && n_[2] <= kWide)
        // Zeros behind a short row come with it: what they overwrite too far is written next.
        for (; left > 1 && plane_end - to >= kWide; --left, from += steps_[1], to += n_[2])
          Eigen::internal::pstoreu(to, rest_.load(from));
      for (; left > 0; --left, from += steps_[1], to += n_[2]) {
        if (steps_[2] == 1)
          copy_row(to, from);
        else
          gather_row(to, from);
        if (left == 1) break;
        // From the end of this row to the beginning of the next.
        if (n_[2] - count_ <= kWide)
          between_.store(to + count_, Eigen::internal::pset1<Vector<T>>(T(0)));
        else
          std::fill_n(to + count_, n_[2] - count_, T(0));
      }
      zero(to + count_, plane_end - to - count_);
    }

    INGOT_INLINE void copy_row(T* to, const T* from) const {
      for (int64_t i = 0; i < whole_; i += kWide)
        Eigen::internal::pstoreu(to + i, Eigen::internal::ploadu<Vector<T>>(from + i));
      rest_.store(to + whole_, rest_.load(from + whole_));
    }
    INGOT_INLINE void gather_row(T* to, const T* from) const {
      const int64_t step = steps_[2];
      int64_t i = 0;
      if constexpr (std::is_same_v<T, float>)
        if (step == 2) return halve_row(to, from);
      for (; i + kWide <= count_; i += kWide)
        Eigen::internal::pstoreu(to + i, Eigen::internal::pgather<T, Vector<T>>(from + i * step, step));
      for (; i < count_; ++i) to[i] = from[i * step];
    }
    /// Every second element: two vectors are loaded for one, of the last ones what there is.
    INGOT_INLINE void halve_row(T* to, const T* from) const {
      int64_t i = 0;
      for (; i + kWide < count_; i += kWide)
        Eigen::internal::pstoreu(to + i, shuffled(Eigen::internal::ploadu<Vector<T>>(from + 2 * i),
                                                  Eigen::internal::ploadu<Vector<T>>(from + 2 * i + kWide), EvenOf{}));
      const int64_t left = count_ - i, reads = 2 * left - 1;
      const Lanes<T> first(static_cast<int>(std::min(kWide, reads)));
      auto second = Eigen::internal::pset1<Vector<T>>(T(0));
      if (reads > kWide) second = Lanes<T>(static_cast<int>(reads - kWide)).load(from + 2 * i + kWide);
      Lanes<T>(static_cast<int>(left)).store(to + i, shuffled(first.load(from + 2 * i), second, EvenOf{}));
    }
    static INGOT_INLINE void zero(T* to, int64_t count) {
      const auto zeros = Eigen::internal::pset1<Vector<T>>(T(0));
      for (; count >= kWide; count -= kWide, to += kWide) Eigen::internal::pstoreu(to, zeros);
      Lanes<T>(static_cast<int>(count)).store(to, zeros);
    }

    Triple n_, steps_;
    Range inside_[3];
    int64_t start_ = 0, count_, whole_;
    bool empty_ = false;
    Lanes<T> rest_, between_;
  };

  static void pad(const PadPlanes& p) {
    const Triple& n = p.out_lengths;
    auto* out = static_cast<T*>(p.out);
    Triple phase;
    for (phase[0] = 0; phase[0] < p.phases[0]; ++phase[0])
      for (phase[1] = 0; phase[1] < p.phases[1]; ++phase[1])
        for (phase[2] = 0; phase[2] < p.phases[2]; ++phase[2], out += n[0] * n[1] * n[2]) {
          const PadPhase planes(p, phase);
          for (int64_t c = 0; c < p.channels; ++c)
            planes.copy(static_cast<const T*>(p.in) + c * p.channel_stride, out + c * p.out_channel_stride);
        }
  }
};

}  // namespace ingot::cpu
