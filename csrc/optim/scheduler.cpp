#include "ingot/optim/scheduler.h"

#include <cmath>

#include "ingot/graph/error.h"

namespace ingot::optim {

Scheduler::Scheduler(Optimizer& optimizer, int64_t last_epoch) : last_epoch_(last_epoch), optimizer_(optimizer) {
  for (size_t i = 0; i < group_count(); ++i) {
    const std::optional<double>& initial = optimizer.groups()[i].initial_lr;
    if (!initial && last_epoch != -1)
      throw KeyError("a schedule that goes on after epoch ", last_epoch, " needs \"initial_lr\" in group ", i,
                     " of the optimizer; load the optimizer's state dict first");
    if (!initial) optimizer.set_initial_lr(i, optimizer.lr(i));
    base_lrs_.push_back(*optimizer.groups()[i].initial_lr);
  }
}

std::vector<double> Scheduler::get_lr() const {
  std::vector<double> rates;
  for (size_t i = 0; i < group_count(); ++i) rates.push_back(next(i));
  return rates;
}

void Scheduler::set_rates(const std::vector<double>& rates) {
  if (rates.size() != group_count())
    throw ValueError("a scheduler gave ", rates.size(), " rates for ", group_count(), " groups");
  for (size_t i = 0; i < rates.size(); ++i) optimizer_.set_option(i, "lr", rates[i]);
  note_rates();
}

void Scheduler::note_rates() {
  last_lr_.clear();
  for (size_t i = 0; i < group_count(); ++i) last_lr_.push_back(lr(i));
}

void Scheduler::step() {
  ++step_count_;
  ++last_epoch_;
  set_rates(get_lr());
}

void Scheduler::step_to(double epoch) {
  last_epoch_ = static_cast<int64_t>(std::floor(epoch));
  std::vector<double> rates;
  for (size_t i = 0; i < group_count(); ++i)
    if (const auto rate = closed_form(i)) rates.push_back(*rate);
  set_rates(rates.size() == group_count() ? rates : get_lr());
}

void Scheduler::begin() {
  beginning_ = true;
  step_count_ = 0;
  try {
    step();
  } catch (...) {
    beginning_ = false;
    throw;
  }
  beginning_ = false;
}

void Scheduler::undo_begin() {
  const auto parts = children();
  for (Scheduler* child : parts) child->undo_begin();
  if (parts.empty()) --last_epoch_;
}

void Scheduler::for_each_field(const FieldVisitor& visit) {
  visit("base_lrs", &base_lrs_);
  visit("last_epoch", &last_epoch_);
  visit("_step_count", &step_count_);
  visit("_last_lr", &last_lr_);
}

}  // namespace ingot::optim
