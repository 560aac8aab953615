#include "ingot/nn/pooling.h"

#include "ingot/nn/spatial.h"

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

}  // namespace functional

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

std::string AdaptiveAvgPool::extra_repr() const {
  std::string text = "output_size=";
  const auto one = [](int64_t length) { return length == -1 ? std::string("None") : std::to_string(length); };
  if (output_size_.size() == 1) return text + one(output_size_[0]);
  const char* gap = "(";
  for (const int64_t length : output_size_) {
    text += gap + one(length);
    gap = ", ";
  }
  return text + ')';
}

Json AdaptiveAvgPool::config() const { return Json::Object{{"output_size", json_of(output_size_)}}; }

}  // namespace ingot::nn
