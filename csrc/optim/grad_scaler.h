// Loss scaling: gradients that float16 can hold.
#pragma once

#include <unordered_map>

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct GradScalerOptions {
  double init_scale = 65536;
  double growth_factor = 2;
  double backoff_factor = 0.5;
  int64_t growth_interval = 2000;
  bool enabled = true;
};

/// Multiplies the loss by a scale, and divides the gradients by it, so that small gradients are not rounded to 0 in
/// float16 on the way (Micikevicius et al., "Mixed Precision Training", 2018). A step whose gradients hold an infinity
/// or NaN is skipped, and the scale goes down; after `growth_interval` good steps it goes up.
///
/// Everything is array arithmetic, so a whole step can be recorded by `jit`, and nothing waits for a value.
class GradScaler {
 public:
  /// Throws ValueError unless growth is above 1, backoff in (0, 1), and scale and interval are positive.
  explicit GradScaler(const GradScalerOptions& options = {});

  Array scale(const Array& loss) const;
  /// Divides the gradients of the optimizer's parameters by the scale, for instance before clipping them; `step` does
  /// it if nobody has. Throws ValueError if it was done since the last `update`.
  void unscale(Optimizer& optimizer);
  /// The optimizer's step, skipped if a gradient is not finite.
  void step(Optimizer& optimizer);
  /// True if gradients found so far are not finite (0-d bool), after `unscale`.
  Array found_inf(const Optimizer& optimizer) const;
  bool is_unscaled(const Optimizer& optimizer) const { return found_.contains(&optimizer); }
  /// Ends a step: adjusts the scale. Throws ValueError if there was no step.
  void update();

  double get_scale() const;
  /// Sets the scale to a value of one's own.
  void set_scale(double value);
  int64_t growth_tracker() const;
  void set_growth_tracker(int64_t steps);
  GradScalerOptions& options() noexcept { return options_; }
  const GradScalerOptions& options() const noexcept { return options_; }

 private:
  GradScalerOptions options_;
  Array scale_;  ///< 0-d float32
  Array good_steps_;
  std::unordered_map<const Optimizer*, Array> found_;
};

}  // namespace ingot::optim
