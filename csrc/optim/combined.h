// Schedules made of schedules, and the one that looks at results.
#pragma once

#include <limits>
#include <memory>

#include "ingot/optim/scheduler.h"

namespace ingot::optim {

/// One scheduler after another: the next takes over at each milestone.
class SequentialLR : public Scheduler {
 public:
  /// Throws ValueError unless there is one milestone less than there are schedulers, all of the same optimizer.
  SequentialLR(Optimizer& optimizer, std::vector<std::shared_ptr<Scheduler>> schedulers,
               std::vector<int64_t> milestones, int64_t last_epoch = -1);
  void step() override;
  void for_each_field(const FieldVisitor& visit) override;
  std::vector<Scheduler*> children() const override;

 protected:
  double next(size_t group) const override { return lr(group); }

 private:
  size_t current() const;

  std::vector<std::shared_ptr<Scheduler>> schedulers_;
  std::vector<double> milestones_;
};

/// All schedulers at each step, each continuing from what the one before set.
class ChainedScheduler : public Scheduler {
 public:
  explicit ChainedScheduler(std::vector<std::shared_ptr<Scheduler>> schedulers);
  void step() override;
  void for_each_field(const FieldVisitor& visit) override;
  std::vector<Scheduler*> children() const override;

 protected:
  double next(size_t group) const override { return lr(group); }

 private:
  std::vector<std::shared_ptr<Scheduler>> schedulers_;
};

struct PlateauOptions {
  /// The largest metric is best, or else the smallest.
  bool maximize = false;
  double factor = 0.1;
  int64_t patience = 10;
  double threshold = 1e-4;
  /// `threshold` is a part of the best, or else a difference.
  bool relative = true;
  int64_t cooldown = 0;
  std::vector<double> min_lr = {0};
  double eps = 1e-8;
};

/// Multiplies the rate by `factor` when a metric has not improved for more than `patience` steps.
class ReduceLROnPlateau : public Scheduler {
 public:
  explicit ReduceLROnPlateau(Optimizer& optimizer, const PlateauOptions& options = {});
  /// Throws TypeError: it needs the metric.
  void step() override;
  void step(double metric);
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override { return lr(group); }

 private:
  bool improves(double metric) const;

  PlateauOptions options_;
  double best_;
  int64_t bad_epochs_ = 0, cooldown_left_ = 0;
};

}  // namespace ingot::optim
