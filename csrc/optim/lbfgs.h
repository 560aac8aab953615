// Quasi-Newton steps with a limited memory.
#pragma once

#include <deque>

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

struct LBFGSOptions {
  double lr = 1;
  /// Iterations of one `step`.
  int64_t max_iter = 20;
  /// Evaluations of the closure in one `step`; 0 means 5 / 4 of `max_iter`.
  int64_t max_eval = 0;
  double tolerance_grad = 1e-7;
  double tolerance_change = 1e-9;
  int64_t history_size = 100;
  bool strong_wolfe = false;
};

/// L-BFGS (Liu and Nocedal, 1989), for losses that do not change between evaluations: each `step` runs up to `max_iter`
/// iterations, and ends early where the largest gradient is below `tolerance_grad`, or step or loss change by less than
/// `tolerance_change`. Step lengths are `lr`, or found by a line search for the strong Wolfe conditions.
class LBFGS : public Optimizer {
 public:
  /// Throws ValueError for more than one group, and for hyperparameters out of range.
  explicit LBFGS(const std::vector<Array>& params, const LBFGSOptions& options = {});

  using Optimizer::step;
  /// Throws TypeError: the loss has to be computed more than once.
  void step_unless(const Array& skip) override;
  /// The loss before the first iteration. It asks for values, so it cannot be recorded by `jit`; what the closure calls
  /// can.
  Array step(const Closure& closure) override;

  std::vector<std::string> slot_names(const Group&, const Array&) const override { return {}; }
  NamedArrays state_dict() const override;
  void load_state_dict(const NamedArrays& state) override;

 protected:
  void check(const Group& group) const override;
  std::vector<Array> coefficients(const Group&, const Array&) const override { return {}; }
  Array update(const Group&, const Array& param, const Array&, std::span<Array>,
               std::span<const Array>) const override {
    return param;
  }

 private:
  /// One remembered iteration: the change of gradient and of parameters, and 1 over their product.
  struct Pair {
    Array gradient_change, change, scale;
  };
  Array flat_gradient() const;
  void remember(const Array& gradient);
  Array direction_for(const Array& gradient) const;
  /// Moves the parameters to `from + length * direction`.
  void move(const std::vector<Array>& from, double length, const Array& direction) const;

  std::deque<Pair> history_;
  Array direction_, previous_gradient_;
  Array diagonal_;  ///< what the inverse Hessian is taken for before the history is applied
  double length_ = 0, previous_loss_ = 0;
  int64_t evaluations_ = 0, iterations_ = 0;
};

}  // namespace ingot::optim
