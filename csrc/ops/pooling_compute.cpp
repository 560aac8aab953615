// The default kernels of pooling: plain loops over operands of any strides.
#include <algorithm>
#include <limits>

#include "ingot/ops/pooling_op.h"
#include "ingot/ops/spatial_axes.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

/// The spatial axes of one operand.
struct Plane {
  Triple lengths, strides;

  Plane(const Tensor& x, size_t axes)
      : lengths(of_three(std::span<const int64_t>(x.shape).last(axes), 1)),
        strides(of_three(std::span<const int64_t>(x.strides).last(axes), 0)) {}
  int64_t offset(const Triple& at) const { return at[0] * strides[0] + at[1] * strides[1] + at[2] * strides[2]; }
  template <class Visit>
  void for_each(Visit&& visit_position) const {
    Triple at;
    for (at[0] = 0; at[0] < lengths[0]; ++at[0])
      for (at[1] = 0; at[1] < lengths[1]; ++at[1])
        for (at[2] = 0; at[2] < lengths[2]; ++at[2]) visit_position(at);
  }
};

class WindowLoop {
 public:
  explicit WindowLoop(const PoolWindows& windows)
      : size_(of_three(windows.size, 1)),
        stride_(of_three(windows.stride, 1)),
        padding_(of_three(windows.padding, 0)),
        dilation_(of_three(windows.dilation, 1)) {}

  /// Calls `visit_position` with what window `y` sees of an input of these lengths, in order.
  template <class Visit>
  void for_each(const Triple& y, const Triple& lengths, Visit&& visit_position) const {
    Triple begin, end;
    for (size_t axis = 0; axis < 3; ++axis) {
      begin[axis] = y[axis] * stride_[axis] - padding_[axis];
      end[axis] = std::min(begin[axis] + (size_[axis] - 1) * dilation_[axis] + 1, lengths[axis]);
      if (begin[axis] < 0) begin[axis] += (-begin[axis] + dilation_[axis] - 1) / dilation_[axis] * dilation_[axis];
    }
    Triple x;
    for (x[0] = begin[0]; x[0] < end[0]; x[0] += dilation_[0])
      for (x[1] = begin[1]; x[1] < end[1]; x[1] += dilation_[1])
        for (x[2] = begin[2]; x[2] < end[2]; x[2] += dilation_[2]) visit_position(x);
  }

  /// Where the first of the largest elements of window `y` lies; nothing for a window on padding alone.
  template <class T>
  std::optional<Triple> largest(const Triple& y, const Plane& plane, const T* x) const {
    std::optional<Triple> found;
    T best{};
    for_each(y, plane.lengths, [&](const Triple& at) {
      const T value = x[plane.offset(at)];
      const bool better = value > best || (value != value && best == best);
      if (found && !better) return;
      found = at;
      best = value;
    });
    return found;
  }

 private:
  Triple size_, stride_, padding_, dilation_;
};

/// Calls `visit_planes(offsets)` for each position along the axes in front of the last `axes`.
template <size_t N, class Visit>
void for_each_plane(const std::array<const Tensor*, N>& tensors, size_t axes, Visit&& visit_planes) {
  const size_t leading = tensors[0]->shape.size() - axes;
  std::array<Strides, N> strides;
  std::array<const Strides*, N> pointers;
  for (size_t k = 0; k < N; ++k) {
    strides[k] = Strides(tensors[k]->strides.begin(), tensors[k]->strides.begin() + leading);
    pointers[k] = &strides[k];
  }
  const Shape batch(tensors[0]->shape.begin(), tensors[0]->shape.begin() + leading);
  for_each_row<N>(batch, pointers, [&](auto at, const auto& step, int64_t count) {
    for (int64_t i = 0; i < count; ++i) {
      visit_planes(at);
      for (size_t k = 0; k < N; ++k) at[k] += step[k];
      poll_interrupt();
    }
  });
}

template <class F>
void visit_real(DType dtype, F&& f) {
  visit(dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (!is_complex_type<T> && !std::is_same_v<T, bool>) f(tag);
  });
}

/// `WindowLoop::largest` among elements of a type that is known at run time: a loop that moves elements of another type
/// must not be compiled for each pair of types.
using FindLargest = std::optional<Triple> (*)(const WindowLoop& loop, const Triple& y, const Plane& plane,
                                              const Tensor& x, int64_t offset);

FindLargest find_largest(DType dtype) {
  FindLargest find = nullptr;
  visit_real(dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    find = [](const WindowLoop& loop, const Triple& y, const Plane& plane, const Tensor& x, int64_t offset) {
      return loop.largest(y, plane, x.as<T>() + offset);
    };
  });
  return find;
}

/// What is added up in: wide enough to be an oracle for faster kernels.
template <class T>
using Sum =
    std::conditional_t<is_complex_type<T>, complex128, std::conditional_t<std::is_integral_v<T>, uint64_t, double>>;

/// What a window that sees nothing but padding has for a largest element.
template <class T>
T lowest() {
  if constexpr (std::is_integral_v<T>)
    return std::numeric_limits<T>::lowest();
  else
    return convert<T>(-std::numeric_limits<double>::infinity());
}

}  // namespace

void MaxPool::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  const Plane from(x, lengths.size()), to(out, lengths.size());
  const WindowLoop loop(windows);
  visit_real(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for_each_plane<2>({&x, &out}, lengths.size(), [&](const auto& at) {
      const T* plane = x.as<T>() + at[0];
      to.for_each([&](const Triple& y) {
        const auto place = loop.largest(y, from, plane);
        out.as<T>()[at[1] + to.offset(y)] = place ? plane[from.offset(*place)] : lowest<T>();
      });
    });
  });
}

void MaxPoolTake::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &values = inputs[0], &x = inputs[1], &out = outputs[0];
  const Plane taken(values, lengths.size()), from(x, lengths.size()), to(out, lengths.size());
  const WindowLoop loop(windows);
  const FindLargest find = find_largest(x.dtype);
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for_each_plane<3>({&values, &x, &out}, lengths.size(), [&](const auto& at) {
      to.for_each([&](const Triple& y) {
        const auto place = find(loop, y, from, x, at[1]);
        out.as<T>()[at[2] + to.offset(y)] = place ? values.as<T>()[at[0] + taken.offset(*place)] : T{};
      });
    });
  });
}

void MaxPoolGradient::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &values = inputs[0], &x = inputs[1], &out = outputs[0];
  const Plane given(values, lengths.size()), from(x, lengths.size()), to(out, lengths.size());
  const WindowLoop loop(windows);
  const FindLargest find = find_largest(x.dtype);
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    std::vector<Sum<T>> sums(static_cast<size_t>(element_count(lengths)));
    for_each_plane<3>({&values, &x, &out}, lengths.size(), [&](const auto& at) {
      std::fill(sums.begin(), sums.end(), Sum<T>{});
      given.for_each([&](const Triple& y) {
        const auto place = find(loop, y, from, x, at[1]);
        if (place)
          sums[static_cast<size_t>(to.offset(*place))] += convert<Sum<T>>(values.as<T>()[at[0] + given.offset(y)]);
      });
      for (size_t i = 0; i < sums.size(); ++i) out.as<T>()[at[2] + static_cast<int64_t>(i)] = convert<T>(sums[i]);
    });
  });
}

void SumPool::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  const Plane from(x, lengths.size()), to(out, lengths.size());
  const WindowLoop loop(windows);
  visit(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for_each_plane<2>({&x, &out}, lengths.size(), [&](const auto& at) {
      to.for_each([&](const Triple& y) {
        Sum<T> sum{};
        loop.for_each(y, from.lengths,
                      [&](const Triple& k) { sum += convert<Sum<T>>(x.as<T>()[at[0] + from.offset(k)]); });
        out.as<T>()[at[1] + to.offset(y)] = convert<T>(sum);
      });
    });
  });
}

void SumPoolGradient::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &values = inputs[0], &out = outputs[0];
  const Plane given(values, lengths.size()), to(out, lengths.size());
  const WindowLoop loop(windows);
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    std::vector<Sum<T>> sums(static_cast<size_t>(element_count(lengths)));
    for_each_plane<2>({&values, &out}, lengths.size(), [&](const auto& at) {
      std::fill(sums.begin(), sums.end(), Sum<T>{});
      given.for_each([&](const Triple& y) {
        const auto value = convert<Sum<T>>(values.as<T>()[at[0] + given.offset(y)]);
        loop.for_each(y, to.lengths, [&](const Triple& k) { sums[static_cast<size_t>(to.offset(k))] += value; });
      });
      for (size_t i = 0; i < sums.size(); ++i) out.as<T>()[at[1] + static_cast<int64_t>(i)] = convert<T>(sums[i]);
    });
  });
}

}  // namespace ingot
