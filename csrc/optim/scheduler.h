// What all schedules of learning rates share.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ingot/optim/optimizer.h"

namespace ingot::optim {

/// Changes the learning rates of an optimizer, which it refers to, from step to step. A subclass says what the next rate
/// of a group is, from the present one; so several schedulers may act on one optimizer, and each continues from what the
/// others left. The learning rate is an array to `jit`: a recorded step sees it change.
///
/// The constructor of each subclass ends with `begin()`, which sets the rates of epoch 0.
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// Goes to the next epoch (or step, if it is called after each one).
  virtual void step();
  /// Goes to an epoch, as if from the beginning, where there is a formula for that; else as `step()` goes to its next.
  virtual void step_to(double epoch);
  /// The rates that it set last.
  const std::vector<double>& last_lr() const noexcept { return last_lr_; }
  /// The rates of the groups in this epoch.
  virtual std::vector<double> get_lr() const;

  Optimizer& optimizer() const noexcept { return optimizer_; }
  int64_t last_epoch() const noexcept { return last_epoch_; }
  void set_last_epoch(int64_t epoch) noexcept { last_epoch_ = epoch; }

  /// A number, or numbers, that belong to its state.
  using Field = std::variant<bool*, int64_t*, double*, std::vector<double>*>;
  using FieldVisitor = std::function<void(const char* name, Field field)>;
  /// Calls `visit` with everything that resuming needs, by torch's names; what is written there takes effect.
  virtual void for_each_field(const FieldVisitor& visit);
  /// The schedulers that it is made of.
  virtual std::vector<Scheduler*> children() const { return {}; }

  /// Sets the rates of the epoch after the last one, without a change from it.
  void begin();
  /// Takes back the count of `begin()`, for a scheduler that begins later.
  void undo_begin();

 protected:
  /// Throws KeyError if a resumed schedule (`last_epoch` not -1) finds no initial rates in the groups.
  Scheduler(Optimizer& optimizer, int64_t last_epoch);

  /// The next rate of a group: from `lr(group)`, the present one.
  virtual double next(size_t group) const = 0;
  /// The rate of this epoch by a formula, if there is one.
  virtual std::optional<double> closed_form(size_t) const { return {}; }

  double lr(size_t group) const { return optimizer_.lr(group); }
  double base_lr(size_t group) const { return base_lrs_.at(group); }
  size_t group_count() const { return optimizer_.groups().size(); }
  /// True while `begin()` runs.
  bool beginning() const noexcept { return beginning_; }
  void set_rates(const std::vector<double>& rates);
  void note_rates();

  std::vector<double> base_lrs_;
  int64_t last_epoch_;
  int64_t step_count_ = 0;

 private:
  Optimizer& optimizer_;
  std::vector<double> last_lr_;
  bool beginning_ = false;
};

}  // namespace ingot::optim
