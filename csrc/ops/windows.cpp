#include "ingot/ops/windows.h"

#include <algorithm>

#include "ingot/ops/convolution.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/spatial_axes.h"
#include "ingot/ops/strided_view_op.h"

namespace ingot {

namespace {

/// Steps of a view that sees each axis as it is.
std::vector<Axes> unit_steps(size_t ndim) {
  std::vector<Axes> steps(ndim, Axes(ndim, 0));
  for (size_t i = 0; i < ndim; ++i) steps[i][i] = 1;
  return steps;
}

/// How many windows of `size` elements lie in `length` positions.
int64_t window_count(int64_t length, int64_t size, int64_t dilation, int64_t stride) {
  const int64_t extent = dilation * (size - 1) + 1;
  return length < extent ? 0 : (length - extent) / stride + 1;
}

/// Windows over the last axes of an array of shape (N, C, *padded): which elements they see, as (N, C, *size, *count).
struct Columns {
  size_t axes;
  Axes size, dilation, padding, stride;
  Shape padded, counts, view;
  std::vector<Axes> steps;

  Columns(const char* op, int64_t batch, int64_t channels, const Shape& lengths, const WindowOptions& options)
      : axes(lengths.size()),
        size(for_each_axis(options.size, axes, {}, 1, op, "kernel_size")),
        dilation(for_each_axis(options.dilation, axes, Axes(axes, 1), 1, op, "dilation")),
        padding(for_each_axis(options.padding, axes, Axes(axes, 0), 0, op, "padding")),
        stride(for_each_axis(options.stride, axes, Axes(axes, 1), 1, op, "stride")),
        padded{batch, channels},
        view{batch, channels} {
    for (size_t i = 0; i < axes; ++i) {
      padded.push_back(lengths[i] + 2 * padding[i]);
      counts.push_back(window_count(padded.back(), size[i], dilation[i], stride[i]));
      if (counts.back() == 0)
        throw ShapeError(op, ": windows of size ", size, " and dilation ", dilation, " do not fit into lengths ",
                         lengths, " with padding ", padding);
    }
    const size_t ndim = axes + 2;
    steps = {Axes(ndim, 0), Axes(ndim, 0)};
    steps[0][0] = steps[1][1] = 1;
    for (const bool inside : {true, false})
      for (size_t i = 0; i < axes; ++i) {
        view.push_back(inside ? size[i] : counts[i]);
        steps.push_back(Axes(ndim, 0));
        steps.back()[i + 2] = inside ? dilation[i] : stride[i];
      }
  }

  Shape matrix() const { return {view[0], element_count(size) * view[1], element_count(counts)}; }
  Axes start() const { return Axes(axes + 2, 0); }
};

/// The full or partial sums of `a` and `v`, `v` being shorter or as long, as NumPy's modes cut them.
Array moving_sums(const char* op, const Array& a, const Array& v, std::string_view mode) {
  const int64_t n = a.size(), m = v.size();
  ConvolutionOptions options;
  if (mode == "full") {
    options.padding = options.padding_after = {m - 1};
  } else if (mode == "same") {
    // The middle of the full sums.
    options.padding = {m / 2};
    options.padding_after = {m - 1 - m / 2};
  } else if (mode != "valid") {
    throw ValueError(op, ": expected the mode 'full', 'same' or 'valid', got '", mode, "'");
  }
  const Array sums = convolution(reshape(a, {1, 1, n}), reshape(v, {1, 1, m}), options);
  return reshape(sums, {sums.shape(-1)});
}

/// Both vectors in one dtype.
std::pair<Array, Array> vectors(const char* op, const Array& a, const Array& v) {
  require_defined(a, op);
  require_defined(v, op);
  if (a.ndim() > 1 || v.ndim() > 1)
    throw ShapeError(op, ": expected vectors, got shapes ", a.shape(), " and ", v.shape());
  if (a.size() == 0 || v.size() == 0) throw ValueError(op, ": expected vectors of at least one element");
  const DType dtype = promote(a.dtype(), v.dtype());
  const auto converted = [&](const Array& x) {
    const Array flat = reshape(x, {x.size()});
    return x.dtype() == dtype ? flat : astype(flat, dtype);
  };
  return {converted(a), converted(v)};
}

}  // namespace

Array as_strided(const Array& x, const Shape& shape, const Strides& strides, int64_t offset) {
  require_defined(x, "as_strided");
  if (shape.size() != strides.size())
    throw ShapeError("as_strided: expected one stride for each axis, got shape ", shape, " and strides ", strides);
  std::vector<Axes> steps;
  for (const int64_t stride : strides) steps.push_back({stride});
  return strided_view(reshape(x, {x.size()}), shape, {offset}, steps, "as_strided");
}

Array sliding_window_view(const Array& x, const Shape& window, const OptionalAxes& given) {
  constexpr const char* op = "sliding_window_view";
  require_defined(x, op);
  Axes axes;
  if (given)
    for (const int64_t axis : *given) axes.push_back(normalize_axis(axis, x.ndim(), op));
  else
    for (int64_t axis = 0; axis < x.ndim(); ++axis) axes.push_back(axis);
  if (window.size() != axes.size())
    throw ShapeError(op, ": expected one window length for each of ", axes.size(), " axes, got ", window);
  Shape shape(x.shape());
  std::vector<Axes> steps = unit_steps(shape.size());
  for (size_t i = 0; i < axes.size(); ++i) {
    int64_t& length = shape[static_cast<size_t>(axes[i])];
    if (window[i] < 0) throw ValueError(op, ": window lengths must not be negative, got ", window);
    // An axis may be named more than once: windows of windows.
    if (window[i] > length)
      throw ShapeError(op, ": a window of ", window[i], " is longer than axis ", axes[i], " with length ", length);
    length = length - window[i] + 1;
    steps.push_back(steps[static_cast<size_t>(axes[i])]);
  }
  for (const int64_t length : window) shape.push_back(length);
  return strided_view(x, shape, Axes(x.shape().size(), 0), steps, op);
}

Array unfold_axis(const Array& x, int64_t axis, int64_t size, int64_t step) {
  require_defined(x, "unfold");
  if (size < 0 || step < 1)
    throw ValueError("unfold: expected a size of at least 0 and a step of at least 1, got ", size, " and ", step);
  if (x.ndim() == 0) return unfold_axis(reshape(x, {1}), 0, size, step);
  const int64_t along = normalize_axis(axis, x.ndim(), "unfold");
  const auto at = static_cast<size_t>(along);
  if (size > x.shape(along))
    throw ShapeError("unfold: a window of ", size, " is longer than axis ", along, " with length ", x.shape(along));
  Shape shape(x.shape());
  shape[at] = (shape[at] - size) / step + 1;
  shape.push_back(size);
  std::vector<Axes> steps = unit_steps(x.shape().size());
  steps.push_back(steps[at]);
  steps[at][at] = step;
  return strided_view(x, shape, Axes(x.shape().size(), 0), steps, "unfold");
}

Array im2col(const Array& x, const WindowOptions& options) {
  constexpr const char* op = "unfold";
  require_defined(x, op);
  const size_t axes = std::max<size_t>(options.size.size(), 1) == 1 ? 2 : options.size.size();
  const auto spatial = static_cast<int64_t>(axes);
  if (x.ndim() == spatial + 1) return squeeze(im2col(expand_dims(x, {0}), options), Axes{0});
  if (x.ndim() != spatial + 2)
    throw ShapeError(op, ": expected ", spatial, " spatial axes behind batch and channels, got shape ", x.shape());
  const Columns columns(op, x.shape(0), x.shape(1), Shape(x.shape().begin() + 2, x.shape().end()), options);
  std::vector<std::pair<int64_t, int64_t>> widths{{0, 0}, {0, 0}};
  for (const int64_t width : columns.padding) widths.push_back({width, width});
  return reshape(strided_view(pad(x, widths), columns.view, columns.start(), columns.steps, op), columns.matrix());
}

Array col2im(const Array& columns, const Shape& lengths, const WindowOptions& options) {
  constexpr const char* op = "fold";
  require_defined(columns, op);
  if (columns.ndim() == 2) return squeeze(col2im(expand_dims(columns, {0}), lengths, options), Axes{0});
  if (columns.ndim() != 3)
    throw ShapeError(op, ": expected columns (N, C * window, count), got shape ", columns.shape());
  const int64_t window = element_count(for_each_axis(options.size, lengths.size(), {}, 1, op, "kernel_size"));
  if (columns.shape(1) % window != 0)
    throw ShapeError(op, ": axis 1 of shape ", columns.shape(), " does not divide into windows of ", window,
                     " elements");
  const Columns plan(op, columns.shape(0), columns.shape(1) / window, lengths, options);
  if (columns.shape() != plan.matrix())
    throw ShapeError(op, ": expected columns of shape ", plan.matrix(), " for lengths ", lengths, ", got ",
                     columns.shape());
  const Array whole = add_strided(reshape(columns, plan.view), plan.padded, plan.start(), plan.steps, op);
  Axes start{0, 0}, stop{plan.padded[0], plan.padded[1]};
  for (size_t i = 0; i < plan.axes; ++i) {
    start.push_back(plan.padding[i]);
    stop.push_back(plan.padding[i] + lengths[i]);
  }
  return slice(whole, start, stop, Axes(start.size(), 1));
}

Array convolve(const Array& a, const Array& v, std::string_view mode) {
  const auto [x, y] = vectors("convolve", a, v);
  // Convolution commutes, and the shorter vector is the kernel.
  return x.size() < y.size() ? moving_sums("convolve", y, flip(x), mode) : moving_sums("convolve", x, flip(y), mode);
}

Array correlate(const Array& a, const Array& v, std::string_view mode) {
  const auto [x, y] = vectors("correlate", a, v);
  const Array conjugate = conj_if_complex(y);
  if (x.size() >= y.size()) return moving_sums("correlate", x, conjugate, mode);
  return flip(moving_sums("correlate", conjugate, x, mode));
}

}  // namespace ingot
