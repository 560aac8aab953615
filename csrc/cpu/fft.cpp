// Fourier transforms by pocketfft: O(n log n) for every length (large primes by Bluestein's algorithm), and by vectors
// where several lines are transformed at once.
#define POCKETFFT_CACHE_SIZE 16
#define POCKETFFT_NO_MULTITHREADING
#include <pocketfft.hpp>

#include <algorithm>
#include <cmath>

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
  FourierKernel(const KernelStep& step, const FourierTransform& op)
      : op_(step.op),
        form_(op.form),
        axes_(op.axes),
        forward_(op.forward),
        scale_(op.scale),
        in_(step.inputs[0]),
        out_(step.outputs[0]) {}

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
    if (form_ == Fourier::to_half) {
      pass<R, C>(in_.shape, in_.strides, static_cast<const R*>(in), static_cast<C*>(out), axes_[0],
                 [&](const auto& shape, const auto& from, const auto& to, size_t axis, const R* x, C* y) {
                   pocketfft::r2c(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                 });
    } else if (form_ == Fourier::from_half) {
      pass<C, R>(out_.shape, in_.strides, static_cast<const C*>(in), static_cast<R*>(out), axes_[0],
                 [&](const auto& shape, const auto& from, const auto& to, size_t axis, const C* x, R* y) {
                   pocketfft::c2r(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                 });
    } else {
      // One axis after the other, from the second on in place.
      const bool from_real = !is_complex(in_.dtype);
      if (from_real)
        pass<R, C>(out_.shape, in_.strides, static_cast<const R*>(in), static_cast<C*>(out), axes_[0],
                   [&](const auto& shape, const auto& from, const auto& to, size_t axis, const R* x, C* y) {
                     pocketfft::r2c(shape, from, to, axis, forward_, x, y, static_cast<R>(scale_), 1);
                     mirror(shape, axis, y);
                   });
      for (size_t i = from_real ? 1 : 0; i < axes_.size(); ++i) {
        const R factor = i == 0 ? static_cast<R>(scale_) : R(1);
        pass<C, C>(out_.shape, i == 0 ? in_.strides : out_.strides, static_cast<const C*>(i == 0 ? in : out),
                   static_cast<C*>(out), axes_[i],
                   [&](const auto& shape, const auto& from, const auto& to, size_t axis, const C* x, C* y) {
                     pocketfft::c2c(shape, from, to, {axis}, forward_, x, y, factor, 1);
                   });
      }
    }
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
};

}  // namespace

std::unique_ptr<Kernel> make_fourier_transform(const KernelStep& step, const Pack&) {
  return std::make_unique<FourierKernel>(step, static_cast<const FourierTransform&>(*step.op));
}

}  // namespace ingot::cpu
