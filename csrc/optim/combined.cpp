#include "ingot/optim/combined.h"

#include <algorithm>

#include "ingot/graph/error.h"

namespace ingot::optim {

namespace {

void check_parts(const char* who, const Optimizer& optimizer, const std::vector<std::shared_ptr<Scheduler>>& parts) {
  for (size_t i = 0; i < parts.size(); ++i) {
    if (dynamic_cast<const ReduceLROnPlateau*>(parts[i].get()))
      throw ValueError(who, ": ReduceLROnPlateau, at position ", i,
                       ", needs a metric at every step, and cannot be a part");
    if (&parts[i]->optimizer() != &optimizer)
      throw ValueError(who, ": the scheduler at position ", i, " belongs to another optimizer");
  }
}

Optimizer& optimizer_of(const std::vector<std::shared_ptr<Scheduler>>& parts) {
  if (parts.empty()) throw ValueError("ChainedScheduler: expected at least one scheduler");
  return parts[0]->optimizer();
}

std::vector<Scheduler*> pointers(const std::vector<std::shared_ptr<Scheduler>>& parts) {
  std::vector<Scheduler*> out;
  for (const auto& part : parts) out.push_back(part.get());
  return out;
}

}  // namespace

SequentialLR::SequentialLR(Optimizer& optimizer, std::vector<std::shared_ptr<Scheduler>> schedulers,
                           std::vector<int64_t> milestones, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch),
      schedulers_(std::move(schedulers)),
      milestones_(milestones.begin(), milestones.end()) {
  if (schedulers_.size() != milestones_.size() + 1)
    throw ValueError("SequentialLR: expected one milestone less than there are schedulers, got ", milestones_.size(),
                     " for ", schedulers_.size());
  check_parts("SequentialLR", optimizer, schedulers_);
  last_epoch_ = last_epoch + 1;
  // Each has set the rates of its own beginning; only one of them begins now.
  for (size_t i = 0; i < group_count(); ++i) optimizer.set_option(i, "lr", base_lr(i));
  undo_begin();
  schedulers_[current()]->begin();
  note_rates();
}

size_t SequentialLR::current() const {
  const double epoch = static_cast<double>(std::max<int64_t>(last_epoch_, 0));
  return static_cast<size_t>(std::upper_bound(milestones_.begin(), milestones_.end(), epoch) - milestones_.begin());
}

void SequentialLR::step() {
  ++last_epoch_;
  const size_t now = current();
  if (now > 0 && milestones_[now - 1] == static_cast<double>(last_epoch_)) {
    schedulers_[now]->step_to(0);
  } else {
    schedulers_[now]->step();
  }
  note_rates();
}

void SequentialLR::for_each_field(const FieldVisitor& visit) {
  visit("_milestones", &milestones_);
  Scheduler::for_each_field(visit);
}

std::vector<Scheduler*> SequentialLR::children() const { return pointers(schedulers_); }

ChainedScheduler::ChainedScheduler(std::vector<std::shared_ptr<Scheduler>> schedulers)
    : Scheduler(optimizer_of(schedulers), -1), schedulers_(std::move(schedulers)) {
  check_parts("ChainedScheduler", optimizer(), schedulers_);
  note_rates();
}

void ChainedScheduler::step() {
  for (const auto& scheduler : schedulers_) scheduler->step();
  note_rates();
}

void ChainedScheduler::for_each_field(const FieldVisitor& visit) { Scheduler::for_each_field(visit); }

std::vector<Scheduler*> ChainedScheduler::children() const { return pointers(schedulers_); }

ReduceLROnPlateau::ReduceLROnPlateau(Optimizer& optimizer, const PlateauOptions& options)
    : Scheduler(optimizer, -1), options_(options) {
  if (!(options.factor < 1)) throw ValueError("ReduceLROnPlateau: factor must be below 1, got ", options.factor);
  if (options_.min_lr.size() == 1) options_.min_lr.resize(group_count(), options_.min_lr[0]);
  if (options_.min_lr.size() != group_count())
    throw ValueError("ReduceLROnPlateau: expected one min_lr, or one for each of ", group_count(), " groups, got ",
                     options_.min_lr.size());
  constexpr double kWorst = std::numeric_limits<double>::infinity();
  best_ = options.maximize ? -kWorst : kWorst;
  last_epoch_ = 0;
  note_rates();
}

void ReduceLROnPlateau::step() {
  throw TypeError("ReduceLROnPlateau: step needs the metric that it looks at: scheduler.step(validation_loss)");
}

bool ReduceLROnPlateau::improves(double metric) const {
  const double sign = options_.maximize ? 1 : -1;
  const double margin = options_.relative ? best_ * (1 + sign * options_.threshold) : best_ + sign * options_.threshold;
  return options_.maximize ? metric > margin : metric < margin;
}

void ReduceLROnPlateau::step(double metric) {
  ++last_epoch_;
  if (improves(metric)) {
    best_ = metric;
    bad_epochs_ = 0;
  } else {
    ++bad_epochs_;
  }
  if (cooldown_left_ > 0) {
    --cooldown_left_;
    bad_epochs_ = 0;
  }
  if (bad_epochs_ > options_.patience) {
    for (size_t i = 0; i < group_count(); ++i) {
      const double least = i < options_.min_lr.size() ? options_.min_lr[i] : options_.min_lr[0];
      const double reduced = std::max(lr(i) * options_.factor, least);
      if (lr(i) - reduced > options_.eps) optimizer().set_option(i, "lr", reduced);
    }
    cooldown_left_ = options_.cooldown;
    bad_epochs_ = 0;
  }
  note_rates();
}

void ReduceLROnPlateau::for_each_field(const FieldVisitor& visit) {
  visit("factor", &options_.factor);
  visit("min_lrs", &options_.min_lr);
  visit("patience", &options_.patience);
  visit("cooldown", &options_.cooldown);
  visit("cooldown_counter", &cooldown_left_);
  visit("threshold", &options_.threshold);
  visit("eps", &options_.eps);
  visit("best", &best_);
  visit("num_bad_epochs", &bad_epochs_);
  Scheduler::for_each_field(visit);
}

}  // namespace ingot::optim
