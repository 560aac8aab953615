#include "ingot/nn/pooling.h"

#include <cmath>

#include "ingot/nn/options.h"
#include "ingot/nn/spatial.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot::nn {

namespace {

void check_axes(const Array& x, size_t axes, const char* op) {
  if (!x.defined()) throw ValueError(op, ": the array is undefined");
  const auto unbatched = static_cast<int64_t>(axes) + 1;
  if (x.ndim() != unbatched && x.ndim() != unbatched + 1)
    throw ShapeError(op, axes, "d: expected an input of ", unbatched + 1, " axes (batch, channels, *spatial), or of ",
                     unbatched, " without a batch, got shape ", x.shape());
}

/// With one number per axis where one stands for all.
PoolingOptions of_axes(PoolingOptions options, size_t axes) {
  if (options.size.size() == 1) options.size = Axes(axes, options.size[0]);
  if (options.size.size() != axes) throw ShapeError("pooling: expected windows of ", axes, " axes, got ", options.size);
  return options;
}

const Axes& or_default(const Axes& given, const Axes& otherwise) { return given.empty() ? otherwise : given; }

std::string window_repr(const PoolingOptions& options) {
  return concat("kernel_size=", as_given(options.size), ", stride=", as_given(or_default(options.stride, options.size)),
                ", padding=", as_given(or_default(options.padding, {0})));
}

/// Throws for numbers that make no window, before any input has come.
void check_windows(const char* name, size_t axes, const PoolingOptions& options) {
  const Axes one(axes, 1), none(axes, 0);
  const Axes size = for_each_axis(options.size, axes, one, 1, name, "kernel_size");
  if (options.size.empty()) throw ShapeError(name, ": kernel_size is empty");
  for_each_axis(options.stride, axes, size, 1, name, "stride");
  for_each_axis(options.dilation, axes, one, 1, name, "dilation");
  const Axes padding = for_each_axis(options.padding, axes, none, 0, name, "padding");
  for (size_t i = 0; i < axes; ++i)
    if (padding[i] > size[i] / 2)
      throw ValueError(name, ": expected padding of at most half of kernel_size, got ", options.padding, " for ",
                       options.size);
}

/// The largest elements of windows that are listed as positions along the flattened spatial axes, (windows, elements).
functional::MaxAndIndices largest_of(const Array& x, size_t axes, const Array& positions, const Shape& lengths) {
  const auto leading = static_cast<size_t>(x.ndim()) - axes;
  Shape flat(x.shape().begin(), x.shape().begin() + leading), result(flat);
  flat.push_back(element_count(Shape(x.shape().begin() + leading, x.shape().end())));
  for (const int64_t length : lengths) result.push_back(length);
  const Array windows = take(reshape(x, flat), positions, -1);
  const Array place = argmax(windows, -1, true);
  const Array all = broadcast_to(positions, windows.shape());
  return {reshape(take_along_axis(windows, place, -1), result), reshape(take_along_axis(all, place, -1), result)};
}

/// Windows of one size that divide the spatial axes into `lengths` parts; none where there are no such windows.
PoolingOptions even_windows(const Array& x, size_t axes, const Shape& lengths) {
  PoolingOptions even;
  for (size_t i = 0; i < axes; ++i) {
    const int64_t in = x.shape(static_cast<int64_t>(i) - static_cast<int64_t>(axes));
    const int64_t out = lengths[i] == -1 ? in : lengths[i];
    if (out < 1 || in < 1 || in % out != 0) return {};
    even.size.push_back(in / out);
  }
  return even;
}

Json::Object window_config(const PoolingOptions& options) {
  return {{"kernel_size", json_of(options.size)},
          {"stride", json_of(or_default(options.stride, options.size))},
          {"padding", json_of(or_default(options.padding, {0}))},
          {"ceil_mode", options.ceil_mode}};
}

}  // namespace

namespace functional {

Array max_pool(const Array& x, size_t axes, const PoolingOptions& options) {
  check_axes(x, axes, "max_pool");
  return ingot::max_pool(x, of_axes(options, axes));
}

Array max_pool_indices(const Array& x, size_t axes, const PoolingOptions& options) {
  check_axes(x, axes, "max_pool");
  return ingot::max_pool_indices(x, of_axes(options, axes));
}

Array avg_pool(const Array& x, size_t axes, const PoolingOptions& options, bool count_include_pad,
               std::optional<int64_t> divisor_override) {
  check_axes(x, axes, "avg_pool");
  return ingot::avg_pool(x, of_axes(options, axes), count_include_pad, divisor_override);
}

Array adaptive_avg_pool(const Array& x, size_t axes, const Shape& output_size) {
  check_axes(x, axes, "adaptive_avg_pool");
  const Shape lengths = output_size.size() == 1 ? Shape(axes, output_size[0]) : output_size;
  if (lengths.size() != axes)
    throw ShapeError("adaptive_avg_pool", axes, "d: expected one output size or ", axes, ", got ", output_size);
  return ingot::adaptive_avg_pool(x, lengths);
}

MaxAndIndices adaptive_max_pool(const Array& x, size_t axes, const Shape& output_size) {
  check_axes(x, axes, "adaptive_max_pool");
  Shape lengths = output_size.size() == 1 ? Shape(axes, output_size[0]) : output_size;
  if (lengths.size() != axes)
    throw ShapeError("adaptive_max_pool", axes, "d: expected one output size or ", axes, ", got ", output_size);
  // Pooling takes no bool.
  if (const PoolingOptions even = even_windows(x, axes, lengths); !even.size.empty() && !is_bool(x.dtype()))
    return {max_pool(x, axes, even), max_pool_indices(x, axes, even)};
  // Positions in each window, window by window: axis after axis. A window that is shorter than the longest one of its
  // axis repeats its last element, which changes no maximum.
  std::vector<int64_t> places{0};
  int64_t windows = 1, elements = 1;
  for (size_t i = 0; i < axes; ++i) {
    const int64_t in = x.shape(static_cast<int64_t>(i) - static_cast<int64_t>(axes));
    if (lengths[i] == -1) lengths[i] = in;
    const int64_t out = lengths[i];
    if (out < 0) throw ValueError("adaptive_max_pool: an output size must not be negative, got ", output_size);
    if (in == 0) throw ShapeError("adaptive_max_pool: there is nothing to choose from in shape ", x.shape());
    const auto start = [&](int64_t w) { return w * in / out; };
    const auto stop = [&](int64_t w) { return ((w + 1) * in + out - 1) / out; };
    int64_t longest = 1;
    for (int64_t w = 0; w < out; ++w) longest = std::max(longest, stop(w) - start(w));
    std::vector<int64_t> next;
    next.reserve(static_cast<size_t>(windows * out * elements * longest));
    for (int64_t before = 0; before < windows; ++before)
      for (int64_t w = 0; w < out; ++w)
        for (int64_t e = 0; e < elements; ++e)
          for (int64_t k = 0; k < longest; ++k)
            next.push_back(places[static_cast<size_t>(before * elements + e)] * in +
                           std::min(start(w) + k, stop(w) - 1));
    places = std::move(next);
    windows *= out;
    elements *= longest;
  }
  return largest_of(x, axes, ingot::array(places, {windows, elements}), lengths);
}

Array lp_pool(const Array& x, size_t axes, double norm_type, const PoolingOptions& options) {
  if (!(norm_type > 0)) throw ValueError("lp_pool: expected a positive norm_type, got ", norm_type);
  const PoolingOptions windows = of_axes(options, axes);
  const Array powers = norm_type == 2 ? square(x) : pow(x, norm_type);
  const Array sums = avg_pool(powers, axes, windows) * static_cast<double>(element_count(Shape(windows.size)));
  const Array positive = sums > 0;
  const Array safe = where(positive, sums, 1);
  return where(positive, norm_type == 2 ? sqrt(safe) : pow(safe, 1 / norm_type), 0);
}

Array max_unpool(const Array& x, const Array& indices, size_t axes, const PoolingOptions& options,
                 const Shape& output_size) {
  check_axes(x, axes, "max_unpool");
  if (!indices.defined() || indices.shape() != x.shape() || !is_integer(indices.dtype()))
    throw ShapeError("max_unpool: expected indices, integers of the shape of the input, ", x.shape());
  const Axes one(axes, 1);
  const Axes size = for_each_axis(options.size, axes, one, 1, "max_unpool", "kernel_size");
  const Axes stride = for_each_axis(options.stride, axes, size, 1, "max_unpool", "stride");
  const Axes padding = for_each_axis(options.padding, axes, Axes(axes, 0), 0, "max_unpool", "padding");
  const auto leading = static_cast<size_t>(x.ndim()) - axes;
  const Shape batch(x.shape().begin(), x.shape().begin() + leading);
  const size_t skipped = output_size.size() > axes ? output_size.size() - axes : 0;
  if (!output_size.empty() && output_size.size() < axes)
    throw ShapeError("max_unpool: expected output_size to hold ", axes, " lengths, got ", output_size);
  Shape result(batch);
  int64_t places = 1;
  for (size_t i = 0; i < axes; ++i) {
    const int64_t least = (x.shape()[leading + i] - 1) * stride[i] - 2 * padding[i] + size[i];
    const int64_t length = output_size.empty() ? least : output_size[skipped + i];
    if (length < 1 || (!output_size.empty() && (length <= least - stride[i] || length >= least + stride[i])))
      throw ShapeError("max_unpool: an output of size ", output_size, " does not go with an input of shape ",
                       x.shape());
    result.push_back(length);
    places *= length;
  }
  const int64_t rows = element_count(batch), each = rows > 0 ? x.size() / rows : 0;
  const Array row = reshape(arange(int64_t{0}, rows, int64_t{1}, DType::int64), {rows, 1});
  const Array values = reshape(x, {rows, each});
  // A negative position must not count from the end.
  const Array where_to = reshape(where(indices < 0, places, astype(indices, DType::int64)), {rows, each});
  return reshape(index_update(zeros({rows, places}, x.dtype()), {broadcast_to(row, {rows, each}), where_to}, values),
                 result);
}

}  // namespace functional

MaxPool::MaxPool(size_t axes, const PoolingOptions& options, bool return_indices)
    : axes_(axes), options_(options), return_indices_(return_indices) {
  check_windows("MaxPool", axes, options);
}

AvgPool::AvgPool(size_t axes, const PoolingOptions& options, bool count_include_pad,
                 std::optional<int64_t> divisor_override)
    : axes_(axes), options_(options), count_include_pad_(count_include_pad), divisor_override_(divisor_override) {
  check_windows("AvgPool", axes, options);
  if (divisor_override == 0) throw ValueError("AvgPool: divisor_override must not be 0");
}

LPPool::LPPool(size_t axes, double norm_type, const PoolingOptions& options)
    : axes_(axes), norm_type_(norm_type), options_(options) {
  check_windows("LPPool", axes, options);
  if (!(norm_type > 0)) throw ValueError("LPPool: expected a positive norm_type, got ", norm_type);
}

std::string LPPool::extra_repr() const {
  return concat("norm_type=", norm_type_, ", kernel_size=", as_given(options_.size),
                ", stride=", as_given(or_default(options_.stride, options_.size)),
                ", ceil_mode=", options_.ceil_mode ? "True" : "False");
}

Json LPPool::config() const {
  return Json::Object{{"norm_type", norm_type_},
                      {"kernel_size", json_of(options_.size)},
                      {"stride", json_of(or_default(options_.stride, options_.size))},
                      {"ceil_mode", options_.ceil_mode}};
}

MaxUnpool::MaxUnpool(size_t axes, const PoolingOptions& options) : axes_(axes), options_(options) {
  check_windows("MaxUnpool", axes, options);
}

std::string MaxUnpool::extra_repr() const { return window_repr(options_); }

Json MaxUnpool::config() const {
  Json::Object config = window_config(options_);
  config.pop_back();  // no ceil_mode
  return config;
}

std::string MaxPool::extra_repr() const {
  return concat(window_repr(options_), ", dilation=", as_given(or_default(options_.dilation, {1})),
                ", ceil_mode=", options_.ceil_mode ? "True" : "False");
}

Json MaxPool::config() const {
  Json::Object config = window_config(options_);
  config.emplace_back("dilation", json_of(or_default(options_.dilation, {1})));
  config.emplace_back("return_indices", return_indices_);
  return config;
}

std::string AvgPool::extra_repr() const { return window_repr(options_); }

Json AvgPool::config() const {
  Json::Object config = window_config(options_);
  config.emplace_back("count_include_pad", count_include_pad_);
  if (divisor_override_) config.emplace_back("divisor_override", *divisor_override_);
  return config;
}

namespace {

std::string output_repr(const Shape& size) {
  std::string text = "output_size=";
  const auto one = [](int64_t length) { return length == -1 ? std::string("None") : std::to_string(length); };
  if (size.size() == 1) return text + one(size[0]);
  const char* gap = "(";
  for (const int64_t length : size) {
    text += gap + one(length);
    gap = ", ";
  }
  return text + ')';
}

}  // namespace

std::string AdaptiveAvgPool::extra_repr() const { return output_repr(output_size_); }
std::string AdaptiveMaxPool::extra_repr() const { return output_repr(output_size_); }

Json AdaptiveMaxPool::config() const {
  return Json::Object{{"output_size", json_of(output_size_)}, {"return_indices", return_indices_}};
}

Json AdaptiveAvgPool::config() const { return Json::Object{{"output_size", json_of(output_size_)}}; }

}  // namespace ingot::nn
