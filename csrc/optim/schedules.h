// Schedules with a formula per epoch.
#pragma once

#include "ingot/optim/scheduler.h"

namespace ingot::optim {

/// The initial rate times `factor(epoch)`; one factor per group, or one for all.
class LambdaLR : public Scheduler {
 public:
  using Factor = std::function<double(int64_t epoch)>;
  /// Throws ValueError if there are neither one nor as many factors as groups.
  LambdaLR(Optimizer& optimizer, std::vector<Factor> factors, int64_t last_epoch = -1);

 protected:
  double next(size_t group) const override;

 private:
  std::vector<Factor> factors_;
};

/// Each rate is the one before times `factor(epoch)`.
class MultiplicativeLR : public Scheduler {
 public:
  MultiplicativeLR(Optimizer& optimizer, std::vector<LambdaLR::Factor> factors, int64_t last_epoch = -1);

 protected:
  double next(size_t group) const override;

 private:
  std::vector<LambdaLR::Factor> factors_;
};

/// Multiplies the rate by `gamma` every `step_size` epochs.
class StepLR : public Scheduler {
 public:
  StepLR(Optimizer& optimizer, int64_t step_size, double gamma = 0.1, int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  int64_t step_size_;
  double gamma_;
};

/// Multiplies the rate by `gamma` at each milestone; at one that is given twice, twice.
class MultiStepLR : public Scheduler {
 public:
  MultiStepLR(Optimizer& optimizer, const std::vector<int64_t>& milestones, double gamma = 0.1,
              int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  std::vector<double> milestones_;
  double gamma_;
};

/// The rate times `factor` until epoch `total_iters`.
class ConstantLR : public Scheduler {
 public:
  ConstantLR(Optimizer& optimizer, double factor = 1.0 / 3, int64_t total_iters = 5, int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  double factor_;
  int64_t total_iters_;
};

/// A factor that goes from `start_factor` to `end_factor` in a straight line until epoch `total_iters`: a warm-up.
class LinearLR : public Scheduler {
 public:
  LinearLR(Optimizer& optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int64_t total_iters = 5,
           int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  double start_factor_, end_factor_;
  int64_t total_iters_;
};

/// Multiplies the rate by `gamma` every epoch.
class ExponentialLR : public Scheduler {
 public:
  ExponentialLR(Optimizer& optimizer, double gamma, int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  double gamma_;
};

/// The initial rate times `(1 - epoch / total_iters)^power`, then 0.
class PolynomialLR : public Scheduler {
 public:
  PolynomialLR(Optimizer& optimizer, int64_t total_iters = 5, double power = 1, int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  int64_t total_iters_;
  double power_;
};

/// Half a cosine wave from the initial rate to `eta_min` in `t_max` epochs (Loshchilov and Hutter, "SGDR", 2017, without
/// restarts); then back up.
class CosineAnnealingLR : public Scheduler {
 public:
  CosineAnnealingLR(Optimizer& optimizer, int64_t t_max, double eta_min = 0, int64_t last_epoch = -1);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;
  std::optional<double> closed_form(size_t group) const override;

 private:
  int64_t t_max_;
  double eta_min_;
};

/// The same that begins anew after `t_0` epochs, and then after periods that are `t_mult` times as long each.
class CosineAnnealingWarmRestarts : public Scheduler {
 public:
  CosineAnnealingWarmRestarts(Optimizer& optimizer, int64_t t_0, int64_t t_mult = 1, double eta_min = 0,
                              int64_t last_epoch = -1);
  void step() override;
  /// `epoch` may lie between two epochs.
  void step_to(double epoch) override;
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;

 private:
  int64_t t_0_, t_mult_;
  double eta_min_;
  double period_, position_;
};

}  // namespace ingot::optim
