// Pooling layers over one, two or three spatial axes. The input may lack the batch axis.
#pragma once

#include "ingot/nn/module.h"
#include "ingot/ops/pooling.h"

namespace ingot::nn {

namespace functional {

// `max_pool`, `avg_pool` and `adaptive_avg_pool` (ops/pooling.h) of an input with `axes` spatial axes: throw ShapeError
// for an input with other than one or two axes in front of those.
Array max_pool(const Array& x, size_t axes, const PoolingOptions& options);
/// Where the largest elements are in the flattened spatial axes: int64.
Array max_pool_indices(const Array& x, size_t axes, const PoolingOptions& options);
Array avg_pool(const Array& x, size_t axes, const PoolingOptions& options, bool count_include_pad = true,
               std::optional<int64_t> divisor_override = {});
Array adaptive_avg_pool(const Array& x, size_t axes, const Shape& output_size);

/// The largest elements of windows as those of `adaptive_avg_pool`, and where they are in the flattened spatial axes.
struct MaxAndIndices {
  Array values, indices;
};
MaxAndIndices adaptive_max_pool(const Array& x, size_t axes, const Shape& output_size);
/// `(sum of x^p over the window)^(1 / p)`, and 0 where the sum is not positive. Throws ValueError unless the norm is
/// positive.
Array lp_pool(const Array& x, size_t axes, double norm_type, const PoolingOptions& options);
/// Zeros, but for the values `x` at the positions that `max_pool_indices` gave: the inverse of max pooling, nearly.
/// `output_size`: the spatial lengths of the result; empty: the smallest ones that give `x`. Throws ShapeError.
Array max_unpool(const Array& x, const Array& indices, size_t axes, const PoolingOptions& options,
                 const Shape& output_size = {});

}  // namespace functional

/// Base of `MaxPool1d`, `MaxPool2d` and `MaxPool3d`: the largest element of each window.
class MaxPool : public Module {
 public:
  const PoolingOptions& options() const noexcept { return options_; }
  /// PyTorch's flag. What it asks for is another function of the input: `indices`.
  bool return_indices() const noexcept { return return_indices_; }
  Array indices(const Array& x) const { return functional::max_pool_indices(x, axes_, options_); }

  Array forward(const Array& x) override { return functional::max_pool(x, axes_, options_); }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  /// Throws ValueError or ShapeError for numbers that make no window.
  MaxPool(size_t axes, const PoolingOptions& options, bool return_indices);

 private:
  size_t axes_;
  PoolingOptions options_;
  bool return_indices_;
};

/// Base of `AvgPool1d`, `AvgPool2d` and `AvgPool3d`: the mean of each window.
class AvgPool : public Module {
 public:
  const PoolingOptions& options() const noexcept { return options_; }
  bool count_include_pad() const noexcept { return count_include_pad_; }
  std::optional<int64_t> divisor_override() const noexcept { return divisor_override_; }

  Array forward(const Array& x) override {
    return functional::avg_pool(x, axes_, options_, count_include_pad_, divisor_override_);
  }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  /// Throws as MaxPool, and ValueError for a divisor of 0.
  AvgPool(size_t axes, const PoolingOptions& options, bool count_include_pad, std::optional<int64_t> divisor_override);

 private:
  size_t axes_;
  PoolingOptions options_;
  bool count_include_pad_;
  std::optional<int64_t> divisor_override_;
};

/// Base of `AdaptiveAvgPool1d`, `AdaptiveAvgPool2d` and `AdaptiveAvgPool3d`: means over as many windows as asked for.
class AdaptiveAvgPool : public Module {
 public:
  /// One length for each axis, or one for all; -1 for that of the input.
  const Shape& output_size() const noexcept { return output_size_; }

  Array forward(const Array& x) override { return functional::adaptive_avg_pool(x, axes_, output_size_); }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  AdaptiveAvgPool(size_t axes, const Shape& output_size) : axes_(axes), output_size_(output_size) {}

 private:
  size_t axes_;
  Shape output_size_;
};

/// Base of `AdaptiveMaxPool1d`, `AdaptiveMaxPool2d` and `AdaptiveMaxPool3d`.
class AdaptiveMaxPool : public Module {
 public:
  const Shape& output_size() const noexcept { return output_size_; }
  bool return_indices() const noexcept { return return_indices_; }
  functional::MaxAndIndices with_indices(const Array& x) const {
    return functional::adaptive_max_pool(x, axes_, output_size_);
  }
  Array forward(const Array& x) override { return with_indices(x).values; }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  AdaptiveMaxPool(size_t axes, const Shape& output_size, bool return_indices)
      : axes_(axes), output_size_(output_size), return_indices_(return_indices) {}

 private:
  size_t axes_;
  Shape output_size_;
  bool return_indices_;
};

/// Base of `LPPool1d`, `LPPool2d` and `LPPool3d`.
class LPPool : public Module {
 public:
  double norm_type() const noexcept { return norm_type_; }
  const PoolingOptions& options() const noexcept { return options_; }
  Array forward(const Array& x) override { return functional::lp_pool(x, axes_, norm_type_, options_); }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  LPPool(size_t axes, double norm_type, const PoolingOptions& options);

 private:
  size_t axes_;
  double norm_type_;
  PoolingOptions options_;
};

/// Base of `MaxUnpool1d`, `MaxUnpool2d` and `MaxUnpool3d`.
class MaxUnpool : public Module {
 public:
  const PoolingOptions& options() const noexcept { return options_; }
  using Module::forward;
  Array forward(const Array& x, const Array& indices, const Shape& output_size = {}) {
    return functional::max_unpool(x, indices, axes_, options_, output_size);
  }
  std::string extra_repr() const override;
  Json config() const override;

 protected:
  MaxUnpool(size_t axes, const PoolingOptions& options);

 private:
  size_t axes_;
  PoolingOptions options_;
};

#define INGOT_POOLING_CLASSES(n)                                                                                       \
  class MaxPool##n##d : public MaxPool {                                                                               \
   public:                                                                                                             \
    explicit MaxPool##n##d(const PoolingOptions& options, bool return_indices = false)                                 \
        : MaxPool(n, options, return_indices) {}                                                                       \
    std::string type_name() const override { return "MaxPool" #n "d"; }                                                \
  };                                                                                                                   \
  class AvgPool##n##d : public AvgPool {                                                                               \
   public:                                                                                                             \
    explicit AvgPool##n##d(const PoolingOptions& options, bool count_include_pad = true,                               \
                           std::optional<int64_t> divisor_override = {})                                               \
        : AvgPool(n, options, count_include_pad, divisor_override) {}                                                  \
    std::string type_name() const override { return "AvgPool" #n "d"; }                                                \
  };                                                                                                                   \
  class AdaptiveAvgPool##n##d : public AdaptiveAvgPool {                                                               \
   public:                                                                                                             \
    explicit AdaptiveAvgPool##n##d(const Shape& output_size) : AdaptiveAvgPool(n, output_size) {}                      \
    std::string type_name() const override { return "AdaptiveAvgPool" #n "d"; }                                        \
  };                                                                                                                   \
  class AdaptiveMaxPool##n##d : public AdaptiveMaxPool {                                                               \
   public:                                                                                                             \
    explicit AdaptiveMaxPool##n##d(const Shape& output_size, bool return_indices = false)                              \
        : AdaptiveMaxPool(n, output_size, return_indices) {}                                                           \
    std::string type_name() const override { return "AdaptiveMaxPool" #n "d"; }                                        \
  };                                                                                                                   \
  class LPPool##n##d : public LPPool {                                                                                 \
   public:                                                                                                             \
    LPPool##n##d(double norm_type, const PoolingOptions& options) : LPPool(n, norm_type, options) {}                   \
    std::string type_name() const override { return "LPPool" #n "d"; }                                                 \
  };                                                                                                                   \
  class MaxUnpool##n##d : public MaxUnpool {                                                                           \
   public:                                                                                                             \
    explicit MaxUnpool##n##d(const PoolingOptions& options) : MaxUnpool(n, options) {}                                 \
    std::string type_name() const override { return "MaxUnpool" #n "d"; }                                              \
  };
INGOT_POOLING_CLASSES(1)
INGOT_POOLING_CLASSES(2)
INGOT_POOLING_CLASSES(3)
#undef INGOT_POOLING_CLASSES

}  // namespace ingot::nn
