// Fourier transforms by pocketfft: O(n log n) for every length (large primes by Bluestein's algorithm). Many short lines
// of a power of two go by the pack's vectors.
#define POCKETFFT_CACHE_SIZE 16
#define POCKETFFT_NO_MULTITHREADING
#include <pocketfft.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/fft_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

using fft::Fourier;
using fft::FourierTransform;

/// Elements that a task goes through, about, and the lines it takes at least, for vectors are filled by lines.
constexpr int64_t kTaskElements = 1 << 14, kTaskLines = 16;
/// Complex numbers of a line of the pack's: from and to where they are faster.
constexpr int64_t kLeastLine = 4, kMostLine = 1024;

/// exp(-2 pi i k / n), n being a multiple of four.
std::complex<double> turn(int64_t k, int64_t n) {
  // Whole quarters are exact, and what is left is small.
  const int64_t quarters = (4 * k + n / 2) / n;
  const double angle = 6.283185307179586477 * static_cast<double>(k - quarters * (n / 4)) / static_cast<double>(n);
  constexpr std::complex<double> kQuarters[] = {{1, 0}, {0, -1}, {-1, 0}, {0, 1}};
  return std::complex<double>(std::cos(angle), -std::sin(angle)) * kQuarters[quarters % 4];
}

template <class T>
pocketfft::stride_t byte_strides(const Strides& strides) {
  pocketfft::stride_t out;
  for (int64_t stride : strides) out.push_back(stride * static_cast<int64_t>(sizeof(T)));
  return out;
}

/// Parts of an array along one of its axes, other than the one that is transformed.
class Parts {
 public:
  Parts(const Shape& shape, size_t transformed) {
    int64_t lines = 1;
    for (size_t axis = 0; axis < shape.size(); ++axis) {
      if (axis == transformed) continue;
      lines *= shape[axis];
      if (shape[axis] > length_ || axis_ == transformed) {
        axis_ = axis;
        length_ = shape[axis];
      }
    }
    if (length_ <= 1) return;
    const int64_t beside = std::max<int64_t>(1, lines / length_ * shape[transformed]);
    each_ = std::max(kTaskElements / beside, (kTaskLines * length_ + lines - 1) / lines);
    each_ = std::clamp<int64_t>(each_, 1, length_);
  }

  int64_t count() const { return length_ <= 1 ? 1 : (length_ + each_ - 1) / each_; }
  /// `shape` of part `i`.
  pocketfft::shape_t shape(const Shape& whole, int64_t i) const {
    pocketfft::shape_t out(whole.begin(), whole.end());
    if (length_ > 1) out[axis_] = static_cast<size_t>(std::min(each_, length_ - i * each_));
    return out;
  }
  int64_t offset(const Strides& strides, int64_t i) const { return length_ > 1 ? i * each_ * strides[axis_] : 0; }

 private:
  size_t axis_ = 0;
  int64_t length_ = 0, each_ = 1;
};

class FourierKernel final : public Kernel {
 public:
  FourierKernel(const KernelStep& step, const FourierTransform& op, const Pack& pack)
      : op_(step.op),
        form_(op.form),
        axes_(op.axes),
        forward_(op.forward),
        scale_(op.scale),
        in_(step.inputs[0]),
        out_(step.outputs[0]),
        by_lines_(pack.line_transform[to_real(out_.dtype) == DType::float64]) {
    const int64_t n = form_ == Fourier::to_half ? in_.shape.back() : out_.shape.back();
    const int64_t length = form_ == Fourier::complex && is_complex(in_.dtype) ? n : n / 2;
    if (!std::has_single_bit(static_cast<uint64_t>(n)) || length < kLeastLine || length > kMostLine) return;
    for (int64_t k = 0; k < n; ++k) turns_.push_back(turn(k, n));
    single_turns_.assign(turns_.begin(), turns_.end());
  }

  void run(std::span<void* const> operands) const override {
    if (out_.size() == 0) return;
    if (to_real(out_.dtype) == DType::float64)
      run_as<double>(operands[0], operands[1]);
    else
      run_as<float>(operands[0], operands[1]);
  }

 private:
  template <class R>
  void run_as(const void* in, void* out) const {
    using C = std::complex<R>;
    using Form = LineTransform::Form;
    if (form_ == Fourier::to_half) {
      if (by_lines(Form::to_half, in_.shape, in_.strides, static_cast<const R*>(in), static_cast<R*>(out), axes_[0],
                   scale_))
        return;
      pass<R, C>(in_.shape, in_.strides, static_cast<const R*>(in), static_cast<C*>(out), axes_[0],
                 [&](const auto& shape, const auto& from, const auto& to, size_t axis, const R* x, C* y) {
                   pocketfft::r2c(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                 });
    } else if (form_ == Fourier::from_half) {
      if (by_lines(Form::from_half, out_.shape, in_.strides, static_cast<const R*>(in), static_cast<R*>(out), axes_[0],
                   scale_))
        return;
      pass<C, R>(out_.shape, in_.strides, static_cast<const C*>(in), static_cast<R*>(out), axes_[0],
                 [&](const auto& shape, const auto& from, const auto& to, size_t axis, const C* x, R* y) {
                   pocketfft::c2r(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                 });
    } else {
      // One axis after the other, from the second on in place.
      const bool from_real = !is_complex(in_.dtype);
      if (from_real) {
        if (!by_lines(Form::to_half, out_.shape, in_.strides, static_cast<const R*>(in), static_cast<R*>(out), axes_[0],
                      scale_))
          pass<R, C>(out_.shape, in_.strides, static_cast<const R*>(in), static_cast<C*>(out), axes_[0],
                     [&](const auto& shape, const auto& from, const auto& to, size_t axis, const R* x, C* y) {
                       pocketfft::r2c(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                     });
        const auto along = static_cast<size_t>(axes_[0]);
        const Parts parts(out_.shape, along);
        parallel_for(parts.count(), [&](int64_t i) {
          mirror(parts.shape(out_.shape, i), along, static_cast<C*>(out) + parts.offset(out_.strides, i));
        });
      }
      for (size_t i = from_real ? 1 : 0; i < axes_.size(); ++i) {
        if (by_lines(Form::complex, out_.shape, i == 0 ? in_.strides : out_.strides,
                     static_cast<const R*>(i == 0 ? in : out), static_cast<R*>(out), axes_[i], i == 0 ? scale_ : 1))
          continue;
        const R factor = i == 0 ? static_cast<R>(scale_) : R(1);
        pass<C, C>(out_.shape, i == 0 ? in_.strides : out_.strides, static_cast<const C*>(i == 0 ? in : out),
                   static_cast<C*>(out), axes_[i],
                   [&](const auto& shape, const auto& from, const auto& to, size_t axis, const C* x, C* y) {
                     pocketfft::c2c(shape, from, to, {axis}, forward_, x, y, factor, 1);
                   });
      }
    }
  }

  /// The lines along an axis by the pack, if it can. `shape`: of the longer side; distances are those of the input.
  template <class R>
  bool by_lines(LineTransform::Form form, const Shape& shape, const Strides& from, const R* x, R* y, int64_t axis,
                double scale) const {
    const size_t last = shape.size() - 1;
    if (turns_.empty() || static_cast<size_t>(axis) != last || from[last] != 1) return false;
    int64_t lines = 1, distance = 0;
    for (size_t i = last; i-- > 0;) {
      if (shape[i] == 1) continue;
      if (lines == 1) distance = from[i];
      if (from[i] != distance * lines) return false;
      lines *= shape[i];
    }
    if (lines < by_lines_.lanes) return false;
    const bool is_complex = form == LineTransform::Form::complex;
    LineTransform all{};
    all.form = form;
    all.forward = forward_;
    all.length = is_complex ? shape[last] : shape[last] / 2;
    all.scale = scale;
    all.turns = std::is_same_v<R, float> ? static_cast<const void*>(single_turns_.data()) : turns_.data();
    all.in_line = form == LineTransform::Form::to_half ? distance : 2 * distance;
    all.out_line = form == LineTransform::Form::from_half ? shape[last] : 2 * out_.shape[last];
    const int64_t each = std::max<int64_t>(1, kTaskElements / shape[last] / by_lines_.lanes) * by_lines_.lanes;
    parallel_for(ceil_divide(lines, each), [&](int64_t task) {
      LineTransform some = all;
      some.lines = std::min(each, lines - task * each);
      some.in = x + task * each * all.in_line;
      some.out = y + task * each * all.out_line;
      some.workspace =
          scratch(Scratch::packed, static_cast<size_t>(line_workspace(all.length) * by_lines_.lanes) * sizeof(R));
      by_lines_.run(some);
    });
    return true;
  }

  /// Fills the second half of the spectra of real lines: the conjugates of the first, backwards.
  template <class C>
  void mirror(const pocketfft::shape_t& shape, size_t axis, C* y) const {
    const auto n = static_cast<int64_t>(shape[axis]), first = n / 2 + 1;
    Shape missing;
    for (const size_t length : shape) missing.push_back(static_cast<int64_t>(length));
    missing[axis] = n - first;
    Strides back(out_.strides);
    back[axis] = -back[axis];
    C* const to = y + first * out_.strides[axis];
    const C* const from = y + (n - first) * out_.strides[axis];
    for_each_row<2>(missing, {&out_.strides, &back}, [&](const auto& at, const auto& step, int64_t count) {
      for (int64_t i = 0; i < count; ++i) to[at[0] + i * step[0]] = std::conj(from[at[1] + i * step[1]]);
    });
  }

  /// `shape`: of the longer side, as pocketfft counts.
  template <class X, class Y, class Transform>
  void pass(const Shape& shape, const Strides& from, const X* x, Y* y, int64_t axis, const Transform& transform) const {
    const auto along = static_cast<size_t>(axis);
    const Parts parts(shape, along);
    const pocketfft::stride_t from_bytes = byte_strides<X>(from), to_bytes = byte_strides<Y>(out_.strides);
    parallel_for(parts.count(), [&](int64_t i) {
      transform(parts.shape(shape, i), from_bytes, to_bytes, along, x + parts.offset(from, i),
                y + parts.offset(out_.strides, i));
    });
  }

  OpRef op_;
  Fourier form_;
  Axes axes_;
  bool forward_;
  double scale_;
  Tensor in_, out_;
  const LineTransformFns& by_lines_;
  /// Of the last axis, if its lines are for the pack.
  std::vector<std::complex<double>> turns_;
  std::vector<std::complex<float>> single_turns_;
};

}  // namespace

std::unique_ptr<Kernel> make_fourier_transform(const KernelStep& step, const Pack& pack) {
  return std::make_unique<FourierKernel>(step, static_cast<const FourierTransform&>(*step.op), pack);
}

}  // namespace ingot::cpu
