#include "ingot/optim/schedules.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ingot::optim {

namespace {

using std::numbers::pi;

std::vector<LambdaLR::Factor> one_per_group(std::vector<LambdaLR::Factor> factors, const Optimizer& optimizer) {
  if (factors.size() == 1) factors.resize(optimizer.groups().size(), factors[0]);
  if (factors.size() != optimizer.groups().size())
    throw ValueError("expected one function, or one for each of ", optimizer.groups().size(), " groups, got ",
                     factors.size());
  return factors;
}

void check_positive(const char* scheduler, const char* name, int64_t value) {
  if (value <= 0) throw ValueError(scheduler, ": ", name, " must be positive, got ", value);
}

void check_factor(const char* scheduler, const char* name, double value) {
  if (!(value >= 0 && value <= 1)) throw ValueError(scheduler, ": ", name, " must lie in [0, 1], got ", value);
}

}  // namespace

LambdaLR::LambdaLR(Optimizer& optimizer, std::vector<Factor> factors, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), factors_(one_per_group(std::move(factors), optimizer)) {
  begin();
}
double LambdaLR::next(size_t group) const { return base_lr(group) * factors_.at(group)(last_epoch_); }

MultiplicativeLR::MultiplicativeLR(Optimizer& optimizer, std::vector<LambdaLR::Factor> factors, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), factors_(one_per_group(std::move(factors), optimizer)) {
  begin();
}
double MultiplicativeLR::next(size_t group) const {
  return beginning() ? lr(group) : lr(group) * factors_.at(group)(last_epoch_);
}

// ---- steps ----

StepLR::StepLR(Optimizer& optimizer, int64_t step_size, double gamma, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), step_size_(step_size), gamma_(gamma) {
  check_positive("StepLR", "step_size", step_size);
  begin();
}
double StepLR::next(size_t group) const {
  return last_epoch_ == 0 || last_epoch_ % step_size_ != 0 ? lr(group) : lr(group) * gamma_;
}
std::optional<double> StepLR::closed_form(size_t group) const {
  return base_lr(group) * std::pow(gamma_, static_cast<double>(last_epoch_ / step_size_));
}
void StepLR::for_each_field(const FieldVisitor& visit) {
  visit("step_size", &step_size_);
  visit("gamma", &gamma_);
  Scheduler::for_each_field(visit);
}

MultiStepLR::MultiStepLR(Optimizer& optimizer, const std::vector<int64_t>& milestones, double gamma, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), milestones_(milestones.begin(), milestones.end()), gamma_(gamma) {
  std::sort(milestones_.begin(), milestones_.end());
  begin();
}
double MultiStepLR::next(size_t group) const {
  const auto hits = std::count(milestones_.begin(), milestones_.end(), static_cast<double>(last_epoch_));
  return hits == 0 ? lr(group) : lr(group) * std::pow(gamma_, static_cast<double>(hits));
}
std::optional<double> MultiStepLR::closed_form(size_t group) const {
  const auto passed = std::upper_bound(milestones_.begin(), milestones_.end(), static_cast<double>(last_epoch_));
  return base_lr(group) * std::pow(gamma_, static_cast<double>(passed - milestones_.begin()));
}
void MultiStepLR::for_each_field(const FieldVisitor& visit) {
  visit("milestones", &milestones_);
  visit("gamma", &gamma_);
  Scheduler::for_each_field(visit);
}

ConstantLR::ConstantLR(Optimizer& optimizer, double factor, int64_t total_iters, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), factor_(factor), total_iters_(total_iters) {
  check_factor("ConstantLR", "factor", factor);
  begin();
}
double ConstantLR::next(size_t group) const {
  if (last_epoch_ == 0) return lr(group) * factor_;
  return last_epoch_ != total_iters_ ? lr(group) : lr(group) * (1 / factor_);
}
std::optional<double> ConstantLR::closed_form(size_t group) const {
  return base_lr(group) * (last_epoch_ >= total_iters_ ? 1.0 : factor_);
}
void ConstantLR::for_each_field(const FieldVisitor& visit) {
  visit("factor", &factor_);
  visit("total_iters", &total_iters_);
  Scheduler::for_each_field(visit);
}

// ---- lines and curves ----

LinearLR::LinearLR(Optimizer& optimizer, double start_factor, double end_factor, int64_t total_iters,
                   int64_t last_epoch)
    : Scheduler(optimizer, last_epoch),
      start_factor_(start_factor),
      end_factor_(end_factor),
      total_iters_(total_iters) {
  check_factor("LinearLR", "start_factor", start_factor);
  check_factor("LinearLR", "end_factor", end_factor);
  if (start_factor == 0) throw ValueError("LinearLR: start_factor must be greater than 0");
  begin();
}
double LinearLR::next(size_t group) const {
  if (last_epoch_ == 0) return lr(group) * start_factor_;
  if (beginning() || last_epoch_ > total_iters_) return lr(group);
  const double rise = end_factor_ - start_factor_;
  const double before = static_cast<double>(total_iters_) * start_factor_ + static_cast<double>(last_epoch_ - 1) * rise;
  return lr(group) * (1 + rise / before);
}
std::optional<double> LinearLR::closed_form(size_t group) const {
  const double part =
      total_iters_ == 0 ? 1
                        : static_cast<double>(std::min(total_iters_, last_epoch_)) / static_cast<double>(total_iters_);
  return base_lr(group) * (start_factor_ + (end_factor_ - start_factor_) * part);
}
void LinearLR::for_each_field(const FieldVisitor& visit) {
  visit("start_factor", &start_factor_);
  visit("end_factor", &end_factor_);
  visit("total_iters", &total_iters_);
  Scheduler::for_each_field(visit);
}

ExponentialLR::ExponentialLR(Optimizer& optimizer, double gamma, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), gamma_(gamma) {
  begin();
}
double ExponentialLR::next(size_t group) const { return beginning() ? lr(group) : lr(group) * gamma_; }
std::optional<double> ExponentialLR::closed_form(size_t group) const {
  return base_lr(group) * std::pow(gamma_, static_cast<double>(last_epoch_));
}
void ExponentialLR::for_each_field(const FieldVisitor& visit) {
  visit("gamma", &gamma_);
  Scheduler::for_each_field(visit);
}

PolynomialLR::PolynomialLR(Optimizer& optimizer, int64_t total_iters, double power, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), total_iters_(total_iters), power_(power) {
  check_positive("PolynomialLR", "total_iters", total_iters);
  begin();
}
double PolynomialLR::next(size_t group) const {
  if (beginning() || last_epoch_ > total_iters_) return lr(group);
  const auto left = [&](int64_t epoch) { return 1 - static_cast<double>(epoch) / static_cast<double>(total_iters_); };
  return lr(group) * std::pow(left(last_epoch_) / left(last_epoch_ - 1), power_);
}
std::optional<double> PolynomialLR::closed_form(size_t group) const {
  const double part = static_cast<double>(std::min(total_iters_, last_epoch_)) / static_cast<double>(total_iters_);
  return base_lr(group) * std::pow(1 - part, power_);
}
void PolynomialLR::for_each_field(const FieldVisitor& visit) {
  visit("total_iters", &total_iters_);
  visit("power", &power_);
  Scheduler::for_each_field(visit);
}

// ---- cosines ----

CosineAnnealingLR::CosineAnnealingLR(Optimizer& optimizer, int64_t t_max, double eta_min, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch), t_max_(t_max), eta_min_(eta_min) {
  check_positive("CosineAnnealingLR", "T_max", t_max);
  begin();
}
double CosineAnnealingLR::next(size_t group) const {
  if (beginning()) return lr(group);
  if (step_count_ == 1 && last_epoch_ > 0) return *closed_form(group);
  const auto height = [&](int64_t epoch) {
    return 1 + std::cos(pi * static_cast<double>(epoch) / static_cast<double>(t_max_));
  };
  // Out of the valley, where the quotient of heights is not known.
  if ((last_epoch_ - 1 - t_max_) % (2 * t_max_) == 0)
    return lr(group) + (base_lr(group) - eta_min_) * (1 - std::cos(pi / static_cast<double>(t_max_))) / 2;
  return height(last_epoch_) / height(last_epoch_ - 1) * (lr(group) - eta_min_) + eta_min_;
}
std::optional<double> CosineAnnealingLR::closed_form(size_t group) const {
  const double angle = pi * static_cast<double>(last_epoch_) / static_cast<double>(t_max_);
  return eta_min_ + (base_lr(group) - eta_min_) * (1 + std::cos(angle)) / 2;
}
void CosineAnnealingLR::for_each_field(const FieldVisitor& visit) {
  visit("T_max", &t_max_);
  visit("eta_min", &eta_min_);
  Scheduler::for_each_field(visit);
}

CosineAnnealingWarmRestarts::CosineAnnealingWarmRestarts(Optimizer& optimizer, int64_t t_0, int64_t t_mult,
                                                         double eta_min, int64_t last_epoch)
    : Scheduler(optimizer, last_epoch),
      t_0_(t_0),
      t_mult_(t_mult),
      eta_min_(eta_min),
      period_(static_cast<double>(t_0)),
      position_(static_cast<double>(last_epoch)) {
  check_positive("CosineAnnealingWarmRestarts", "T_0", t_0);
  check_positive("CosineAnnealingWarmRestarts", "T_mult", t_mult);
  begin();
}
double CosineAnnealingWarmRestarts::next(size_t group) const {
  return eta_min_ + (base_lr(group) - eta_min_) * (1 + std::cos(pi * position_ / period_)) / 2;
}
void CosineAnnealingWarmRestarts::step() {
  if (last_epoch_ < 0) return step_to(0);
  ++last_epoch_;
  position_ += 1;
  if (position_ >= period_) {
    position_ = std::fmod(position_, period_);
    period_ *= static_cast<double>(t_mult_);
  }
  set_rates(get_lr());
}
void CosineAnnealingWarmRestarts::step_to(double epoch) {
  if (!(epoch >= 0)) throw ValueError("CosineAnnealingWarmRestarts: an epoch must not be negative, got ", epoch);
  const auto first = static_cast<double>(t_0_), growth = static_cast<double>(t_mult_);
  if (epoch < first) {
    period_ = first;
    position_ = epoch;
  } else if (t_mult_ == 1) {
    position_ = std::fmod(epoch, first);
  } else {
    const double restarts = std::floor(std::log(epoch / first * (growth - 1) + 1) / std::log(growth));
    position_ = epoch - first * (std::pow(growth, restarts) - 1) / (growth - 1);
    period_ = first * std::pow(growth, restarts);
  }
  last_epoch_ = static_cast<int64_t>(std::floor(epoch));
  set_rates(get_lr());
}
void CosineAnnealingWarmRestarts::for_each_field(const FieldVisitor& visit) {
  visit("T_0", &t_0_);
  visit("T_i", &period_);
  visit("T_mult", &t_mult_);
  visit("eta_min", &eta_min_);
  visit("T_cur", &position_);
  Scheduler::for_each_field(visit);
}

}  // namespace ingot::optim
