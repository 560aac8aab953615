// Schedules that go up and down, and take the momentum along.
#pragma once

#include "ingot/optim/scheduler.h"

namespace ingot::optim {

/// How the momentum ("momentum", or Adam's "beta1") goes down as the rate goes up.
struct MomentumCycle {
  bool enabled = true;
  double base = 0.8;
  double max = 0.9;
};

struct CyclicLROptions {
  int64_t step_size_up = 2000;
  std::optional<int64_t> step_size_down = {};
  /// "triangular", "triangular2" (halved in each cycle) or "exp_range" (times `gamma` to the number of steps).
  std::string mode = "triangular";
  double gamma = 1;
  /// The factor of the height, in place of `mode`: of the cycle (from 1), or if not `scale_by_cycle` of the step.
  std::function<double(double)> scale = {};
  bool scale_by_cycle = true;
  MomentumCycle momentum = {};
};

/// Triangles between `base_lr` and `max_lr` (Smith, "Cyclical Learning Rates for Training Neural Networks", 2017).
class CyclicLR : public Scheduler {
 public:
  /// Throws ValueError if there are neither one nor as many rates as groups, for an unknown mode, and for an optimizer
  /// without a momentum to cycle.
  CyclicLR(Optimizer& optimizer, const std::vector<double>& base_lr, const std::vector<double>& max_lr,
           const CyclicLROptions& options = {}, int64_t last_epoch = -1);
  std::vector<double> get_lr() const override;
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;

 private:
  /// How much of the height is reached in this step, before and after the mode's factor.
  double height() const;

  CyclicLROptions options_;
  std::vector<double> max_lrs_;
  double total_size_, step_ratio_;
  const char* momentum_name_;
};

struct OneCycleLROptions {
  double pct_start = 0.3;
  /// Along cosines, or else in straight lines.
  bool cosine = true;
  MomentumCycle momentum = {true, 0.85, 0.95};
  double div_factor = 25;
  double final_div_factor = 1e4;
  bool three_phase = false;
};

/// One rise from `max_lr / div_factor` to `max_lr` and one fall far below it, in `total_steps` steps (Smith and Topin,
/// "Super-Convergence", 2018). `step` is called after every batch.
class OneCycleLR : public Scheduler {
 public:
  OneCycleLR(Optimizer& optimizer, const std::vector<double>& max_lr, int64_t total_steps,
             const OneCycleLROptions& options = {}, int64_t last_epoch = -1);
  /// Throws ValueError after `total_steps`.
  std::vector<double> get_lr() const override;
  void for_each_field(const FieldVisitor& visit) override;

 protected:
  double next(size_t group) const override;

 private:
  /// The value in this step of what goes between three heights: at the start, at the top, at the end.
  double along(double start, double top, double end) const;

  OneCycleLROptions options_;
  std::vector<double> max_lrs_;
  int64_t total_steps_;
  const char* momentum_name_;
};

}  // namespace ingot::optim
