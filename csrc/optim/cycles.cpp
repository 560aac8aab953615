#include "ingot/optim/cycles.h"

#include <cmath>
#include <numbers>

#include "ingot/graph/error.h"

namespace ingot::optim {

namespace {

std::vector<double> one_per_group(const char* scheduler, const char* name, std::vector<double> values,
                                  const Optimizer& optimizer) {
  if (values.size() == 1) values.resize(optimizer.groups().size(), values[0]);
  if (values.size() != optimizer.groups().size())
    throw ValueError(scheduler, ": expected one ", name, ", or one for each of ", optimizer.groups().size(),
                     " groups, got ", values.size());
  return values;
}

const char* momentum_of(const char* scheduler, const MomentumCycle& cycle, const Optimizer& optimizer) {
  if (!cycle.enabled) return nullptr;
  for (const char* name : {"beta1", "momentum"})
    if (optimizer.defaults().contains(name)) return name;
  throw ValueError(scheduler, ": ", optimizer.type_name(), " has no momentum to cycle; pass cycle_momentum=False");
}

void set_momentum(Optimizer& optimizer, const char* name, double value) {
  for (size_t i = 0; i < optimizer.groups().size(); ++i) optimizer.set_option(i, name, value);
}

/// The optimizer, with its rates at the lower ends of the cycles: those are the initial ones.
Optimizer& starting_at(const std::vector<double>& base_lr, Optimizer& optimizer, int64_t last_epoch) {
  const std::vector<double> bases = one_per_group("CyclicLR", "base_lr", base_lr, optimizer);
  for (size_t i = 0; last_epoch == -1 && i < bases.size(); ++i) optimizer.set_option(i, "lr", bases[i]);
  return optimizer;
}

}  // namespace

CyclicLR::CyclicLR(Optimizer& optimizer, const std::vector<double>& base_lr, const std::vector<double>& max_lr,
                   const CyclicLROptions& options, int64_t last_epoch)
    : Scheduler(starting_at(base_lr, optimizer, last_epoch), last_epoch),
      options_(options),
      max_lrs_(one_per_group("CyclicLR", "max_lr", max_lr, optimizer)),
      momentum_name_(momentum_of("CyclicLR", options.momentum, optimizer)) {
  if (!options.scale && options.mode != "triangular" && options.mode != "triangular2" && options.mode != "exp_range")
    throw ValueError("CyclicLR: mode must be \"triangular\", \"triangular2\" or \"exp_range\", got \"", options.mode,
                     "\"");
  const auto up = static_cast<double>(options.step_size_up);
  total_size_ = up + static_cast<double>(options.step_size_down.value_or(options.step_size_up));
  if (!(up > 0 && total_size_ > up)) throw ValueError("CyclicLR: step sizes must be positive");
  step_ratio_ = up / total_size_;
  base_lrs_ = one_per_group("CyclicLR", "base_lr", base_lr, optimizer);
  begin();
}

double CyclicLR::height() const {
  const double position = static_cast<double>(last_epoch_) / total_size_, cycle = std::floor(1 + position);
  const double x = 1 + position - cycle;
  const double triangle = x <= step_ratio_ ? x / step_ratio_ : (x - 1) / (step_ratio_ - 1);
  if (options_.scale)
    return triangle * options_.scale(options_.scale_by_cycle ? cycle : static_cast<double>(last_epoch_));
  if (options_.mode == "triangular2") return triangle / std::pow(2.0, cycle - 1);
  if (options_.mode == "exp_range") return triangle * std::pow(options_.gamma, static_cast<double>(last_epoch_));
  return triangle;
}

double CyclicLR::next(size_t group) const { return base_lr(group) + (max_lrs_[group] - base_lr(group)) * height(); }

std::vector<double> CyclicLR::get_lr() const {
  const MomentumCycle& momentum = options_.momentum;
  if (momentum_name_)
    set_momentum(optimizer(), momentum_name_, momentum.max - (momentum.max - momentum.base) * height());
  return Scheduler::get_lr();
}

void CyclicLR::for_each_field(const FieldVisitor& visit) {
  visit("max_lrs", &max_lrs_);
  visit("total_size", &total_size_);
  visit("step_ratio", &step_ratio_);
  visit("gamma", &options_.gamma);
  visit("cycle_momentum", &options_.momentum.enabled);
  Scheduler::for_each_field(visit);
}

OneCycleLR::OneCycleLR(Optimizer& optimizer, const std::vector<double>& max_lr, int64_t total_steps,
                       const OneCycleLROptions& options, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch),
      options_(options),
      max_lrs_(one_per_group("OneCycleLR", "max_lr", max_lr, optimizer)),
      total_steps_(total_steps),
      momentum_name_(momentum_of("OneCycleLR", options.momentum, optimizer)) {
  if (total_steps <= 0) throw ValueError("OneCycleLR: total_steps must be positive, got ", total_steps);
  if (!(options.pct_start >= 0 && options.pct_start <= 1))
    throw ValueError("OneCycleLR: pct_start must lie in [0, 1], got ", options.pct_start);
  for (size_t i = 0; i < max_lrs_.size(); ++i) {
    if (last_epoch == -1) optimizer.set_initial_lr(i, max_lrs_[i] / options.div_factor);
    base_lrs_[i] = *optimizer.groups()[i].initial_lr;
  }
  begin();
}

double OneCycleLR::along(double start, double top, double end) const {
  const auto total = static_cast<double>(total_steps_), now = static_cast<double>(last_epoch_);
  const double rise = options_.pct_start * total - 1, last = total - 1;
  const double fall = options_.three_phase ? 2 * options_.pct_start * total - 2 : last;
  double from = top, to = options_.three_phase ? start : end, begins = rise, ends = fall;
  if (now <= rise) {
    from = start;
    to = top;
    begins = 0;
    ends = rise;
  } else if (options_.three_phase && now > fall) {
    from = start;
    to = end;
    begins = fall;
    ends = last;
  }
  const double part = (now - begins) / (ends - begins);
  if (!options_.cosine) return from + (to - from) * part;
  return to + (from - to) / 2 * (std::cos(std::numbers::pi * part) + 1);
}

double OneCycleLR::next(size_t group) const {
  return along(base_lr(group), max_lrs_[group], base_lr(group) / options_.final_div_factor);
}

std::vector<double> OneCycleLR::get_lr() const {
  if (last_epoch_ > total_steps_)
    throw ValueError("OneCycleLR: step ", last_epoch_, " is beyond total_steps, ", total_steps_);
  const MomentumCycle& momentum = options_.momentum;
  if (momentum_name_) set_momentum(optimizer(), momentum_name_, along(momentum.max, momentum.base, momentum.max));
  return Scheduler::get_lr();
}

void OneCycleLR::for_each_field(const FieldVisitor& visit) {
  visit("max_lrs", &max_lrs_);
  visit("total_steps", &total_steps_);
  visit("cycle_momentum", &options_.momentum.enabled);
  Scheduler::for_each_field(visit);
}

}  // namespace ingot::optim
