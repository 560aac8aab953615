// Losses as modules.
#pragma once

#include "ingot/nn/functional.h"
#include "ingot/nn/module.h"

namespace ingot::nn {

/// Base of losses: modules of two inputs, with a `reduction`.
class Loss : public Module {
 public:
  explicit Loss(Reduction reduction) : reduction_(reduction) {}
  Reduction reduction() const noexcept { return reduction_; }

  using Module::forward;
  virtual Array forward(const Array& input, const Array& target) = 0;
  using Module::operator();
  Array operator()(const Array& input, const Array& target) { return forward(input, target); }

  Json config() const override { return Json::Object{{"reduction", name_of(reduction_)}}; }

 private:
  Reduction reduction_;
};

/// `functional::mse_loss` as a module.
class MSELoss : public Loss {
 public:
  explicit MSELoss(Reduction reduction = Reduction::mean) : Loss(reduction) {}
  using Loss::forward;
  Array forward(const Array& input, const Array& target) override;
  std::string type_name() const override { return "MSELoss"; }
};

/// `functional::cross_entropy` as a module. A weight is kept as the buffer `weight`.
class CrossEntropyLoss : public Loss {
 public:
  explicit CrossEntropyLoss(Reduction reduction = Reduction::mean) : CrossEntropyLoss(Options{reduction}) {}
  using Options = functional::CrossEntropyOptions;
  /// Throws ShapeError for a weight of other than one axis, ValueError unless `0 <= label_smoothing <= 1`.
  explicit CrossEntropyLoss(const Options& options);

  int64_t ignore_index() const noexcept { return ignore_index_; }
  double label_smoothing() const noexcept { return label_smoothing_; }

  using Loss::forward;
  Array forward(const Array& input, const Array& target) override;
  std::string type_name() const override { return "CrossEntropyLoss"; }
  Json config() const override;

 private:
  const Array& weight() const { return own_buffers().find("weight")->value; }

  int64_t ignore_index_;
  double label_smoothing_;
};

}  // namespace ingot::nn
