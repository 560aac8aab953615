#include "ingot/ops/pooling.h"

#include <algorithm>
#include <ostream>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/pooling_op.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot {

namespace {

/// The last axes, as many as `windows` move over.
Shape spatial(const Shape& shape, const PoolWindows& windows) {
  return Shape(shape.end() - windows.size.size(), shape.end());
}

Shape with_spatial(const Shape& shape, const Shape& lengths) {
  Shape out(shape.begin(), shape.end() - lengths.size());
  for (const int64_t length : lengths) out.push_back(length);
  return out;
}

/// One of the operations, on the same windows or on others.
template <class Operation>
Array pooled(const PoolWindows& windows, const Shape& lengths, std::initializer_list<Array> inputs) {
  const Array& first = *inputs.begin();
  return apply(make_ref<Operation>(windows, lengths), inputs, {with_spatial(first.shape(), lengths), first.dtype()});
}

// ---- checks of what users give ----

PoolWindows checked_windows(const Array& x, const PoolingOptions& options, const char* op) {
  require_defined(x, op);
  const size_t count = options.size.size();
  if (count < 1 || count > 3) throw ShapeError(op, ": expected windows of 1 to 3 axes, got ", options.size);
  if (x.ndim() < static_cast<int64_t>(count))
    throw ShapeError(op, ": expected at least ", count, " axes for windows of size ", options.size, ", got shape ",
                     x.shape());
  PoolWindows windows;
  windows.size = for_each_axis(options.size, count, {}, 1, op, "the size of a window");
  windows.stride = for_each_axis(options.stride, count, windows.size, 1, op, "stride");
  windows.padding = for_each_axis(options.padding, count, Axes(count, 0), 0, op, "padding");
  windows.dilation = for_each_axis(options.dilation, count, Axes(count, 1), 1, op, "dilation");
  for (size_t i = 0; i < count; ++i)
    if (windows.padding[i] > windows.size[i] / 2)
      throw ValueError(op, ": padding ", windows.padding, " must be at most half of the window's size, ", windows.size);
  return windows;
}

/// The number of windows along each axis.
Shape window_counts(const Array& x, const PoolWindows& windows, bool ceil_mode, const char* op) {
  const Shape in = spatial(x.shape(), windows);
  Shape out(in);
  for (size_t i = 0; i < in.size(); ++i) {
    const int64_t free = in[i] + 2 * windows.padding[i] - windows.dilation[i] * (windows.size[i] - 1) - 1;
    if (free < 0 || in[i] == 0)
      throw ShapeError(op, ": a window of size ", windows.size, " does not fit into the input of shape ", x.shape(),
                       " with padding ", windows.padding);
    const int64_t stride = windows.stride[i];
    out[i] = (free + (ceil_mode ? stride - 1 : 0)) / stride + 1;
    if ((out[i] - 1) * stride >= in[i] + windows.padding[i]) --out[i];
  }
  return out;
}

/// How many positions each window has along one axis: those inside, or also those in the padding.
std::vector<double> positions(const PoolWindows& windows, size_t axis, int64_t in, int64_t out, bool with_padding) {
  std::vector<double> counts;
  for (int64_t y = 0; y < out; ++y) {
    const int64_t begin = y * windows.stride[axis] - windows.padding[axis];
    const int64_t end = std::min(begin + windows.size[axis], in + windows.padding[axis]);
    counts.push_back(static_cast<double>(with_padding ? end - begin : std::min(end, in) - std::max<int64_t>(begin, 0)));
  }
  return counts;
}

/// Whether windows cut the axes into parts that a reduction goes through faster than pooling does, which runs along rows
/// of the result.
bool are_long_tiles(const PoolWindows& windows, const Shape& in, const Shape& out) {
  constexpr int64_t kLong = 8;
  if (windows.stride != windows.size || (windows.size.back() < kLong && element_count(out) > 1)) return false;
  for (size_t i = 0; i < in.size(); ++i)
    if (windows.padding[i] != 0 || in[i] != windows.size[i] * out[i]) return false;
  return true;
}

Array tile_sums(const Array& x, const Axes& size, const Shape& out) {
  Shape split(x.shape().begin(), x.shape().end() - static_cast<int64_t>(out.size()));
  Axes within;
  for (size_t i = 0; i < out.size(); ++i) {
    split.push_back(out[i]);
    within.push_back(static_cast<int64_t>(split.size()));
    split.push_back(size[i]);
  }
  return sum(reshape(x, split), within);
}

/// The matrix (out, in) of means over windows as even as lengths allow.
Array mean_matrix(int64_t in, int64_t out, DType dtype) {
  std::vector<double> entries(static_cast<size_t>(in * out), 0);
  for (int64_t i = 0; i < out; ++i) {
    const int64_t begin = i * in / out, end = ((i + 1) * in + out - 1) / out;
    std::fill(entries.begin() + i * in + begin, entries.begin() + i * in + end, 1 / static_cast<double>(end - begin));
  }
  return astype(array(entries, {out, in}), dtype);
}

}  // namespace

uint64_t PoolWindows::fingerprint() const {
  uint64_t seed = 0;
  for (const Axes* each : {&size, &stride, &padding, &dilation})
    seed = detail::hash_combine(seed, detail::hash_attribute(*each));
  return seed;
}

std::ostream& operator<<(std::ostream& out, const PoolWindows& windows) {
  return out << "size=" << windows.size << ", stride=" << windows.stride << ", padding=" << windows.padding
             << ", dilation=" << windows.dilation;
}

// ---- rules ----

template <class Self, class Kind>
std::vector<Array> PoolingOp<Self, Kind>::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                                               int64_t batch) const {
  std::vector<Array> batched;
  for (size_t i = 0; i < inputs.size(); ++i) batched.push_back(give_batch(inputs[i], axes[i], batch));
  return {apply(OpRef(this), batched, {with_spatial(batched[0].shape(), lengths), batched[0].dtype()})};
}

std::vector<Array> MaxPool::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined() || !call.needs(0)) return {Array()};
  return {pooled<MaxPoolGradient>(windows, spatial(call.in_shape(0), windows), {cotangents[0], call.in(0)})};
}

std::vector<Array> MaxPool::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!tangents[0].defined()) return {Array()};
  return {pooled<MaxPoolTake>(windows, lengths, {tangents[0], call.in(0)})};
}

Array MaxPoolTake::transpose(const Call& call, const Array& cotangent) const {
  return pooled<MaxPoolGradient>(windows, spatial(call.in_shape(0), windows), {cotangent, call.in(1)});
}

Array MaxPoolGradient::transpose(const Call& call, const Array& cotangent) const {
  return pooled<MaxPoolTake>(windows, spatial(call.in_shape(0), windows), {cotangent, call.in(1)});
}

Array SumPool::transpose(const Call& call, const Array& cotangent) const {
  return pooled<SumPoolGradient>(windows, spatial(call.in_shape(0), windows), {cotangent});
}

Array SumPoolGradient::transpose(const Call& call, const Array& cotangent) const {
  return pooled<SumPool>(windows, spatial(call.in_shape(0), windows), {cotangent});
}

template struct PoolingOp<MaxPool, CustomOp>;
template struct PoolingOp<MaxPoolTake, LinearOp>;
template struct PoolingOp<MaxPoolGradient, LinearOp>;
template struct PoolingOp<SumPool, LinearOp>;
template struct PoolingOp<SumPoolGradient, LinearOp>;

// ---- functions ----

Array max_pool(const Array& x, const PoolingOptions& options) {
  constexpr const char* op = "max_pool";
  const PoolWindows windows = checked_windows(x, options, op);
  if (is_complex(x.dtype()) || is_bool(x.dtype()))
    throw TypeError(op, ": expected a real dtype other than bool, got ", x.dtype());
  return pooled<MaxPool>(windows, window_counts(x, windows, options.ceil_mode, op), {x});
}

Array max_pool_indices(const Array& x, const PoolingOptions& options) {
  constexpr const char* op = "max_pool";
  const PoolWindows windows = checked_windows(x, options, op);
  if (is_complex(x.dtype()) || is_bool(x.dtype()))
    throw TypeError(op, ": expected a real dtype other than bool, got ", x.dtype());
  const Shape in = spatial(x.shape(), windows);
  const Array places = reshape(arange(int64_t{0}, element_count(in), int64_t{1}, DType::int64), in);
  return pooled<MaxPoolTake>(windows, window_counts(x, windows, options.ceil_mode, op),
                             {broadcast_to(places, x.shape()), stop_gradient(x)});
}

Array avg_pool(const Array& x, const PoolingOptions& options, bool count_include_pad, std::optional<int64_t> divisor) {
  constexpr const char* op = "avg_pool";
  const PoolWindows windows = checked_windows(x, options, op);
  if (!is_inexact(x.dtype())) throw TypeError(op, ": expected a floating or complex dtype, got ", x.dtype());
  for (const int64_t step : windows.dilation)
    if (step != 1) throw ValueError(op, ": windows of means have no dilation, got ", windows.dilation);
  if (divisor && *divisor == 0) throw ValueError(op, ": the divisor must not be 0");
  const Shape out = window_counts(x, windows, options.ceil_mode, op), in = spatial(x.shape(), windows);
  const Array sums =
      are_long_tiles(windows, in, out) ? tile_sums(x, windows.size, out) : pooled<SumPool>(windows, out, {x});
  if (divisor) return sums * (1 / static_cast<double>(*divisor));

  // Windows that do not all hold the same number of positions are scaled each by its own.
  double uniform = 1;
  Array scales;
  for (size_t axis = 0; axis < in.size(); ++axis) {
    std::vector<double> counts = positions(windows, axis, in[axis], out[axis], count_include_pad);
    if (std::all_of(counts.begin(), counts.end(), [&](double count) { return count == counts[0]; })) {
      uniform /= counts[0];
      continue;
    }
    for (double& count : counts) count = 1 / count;
    Shape along(in.size(), 1);
    along[axis] = out[axis];
    const Array scale = astype(array(counts, along), to_real(x.dtype()));
    scales = scales.defined() ? scales * scale : scale;
  }
  const Array scaled = sums * uniform;
  return scales.defined() ? scaled * scales : scaled;
}

Array adaptive_avg_pool(const Array& x, const Shape& given) {
  constexpr const char* op = "adaptive_avg_pool";
  require_defined(x, op);
  if (!is_inexact(x.dtype())) throw TypeError(op, ": expected a floating or complex dtype, got ", x.dtype());
  const size_t count = given.size();
  if (count < 1 || count > 3 || x.ndim() < static_cast<int64_t>(count))
    throw ShapeError(op, ": expected 1 to 3 lengths, and at least as many axes, got ", count, " for an input of shape ",
                     x.shape());
  Shape lengths(given);
  for (size_t i = 0; i < count; ++i)
    if (given[i] == -1) lengths[i] = x.shape(static_cast<int64_t>(i) - static_cast<int64_t>(count));
  Array result = x;
  PoolingOptions even;
  for (size_t i = 0; i < count; ++i) {
    const auto axis = static_cast<int64_t>(i) - static_cast<int64_t>(count);
    const int64_t in = x.shape(axis), out = lengths[i];
    if (out < 1 || in < 1)
      throw ShapeError(op, ": lengths must be at least 1, got ", lengths, " for an input of shape ", x.shape());
    even.size.push_back(in % out == 0 ? in / out : 1);
    if (in % out == 0) continue;
    const Array means = mean_matrix(in, out, x.dtype());
    result = axis == -1 ? matmul(result, transpose(means))
                        : moveaxis(matmul(moveaxis(result, axis, -1), transpose(means)), -1, axis);
  }
  const bool done = std::all_of(even.size.begin(), even.size.end(), [](int64_t size) { return size == 1; });
  return done ? alias(result) : avg_pool(result, even);
}

}  // namespace ingot
