#include "ingot/optim/grad_scaler.h"

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/reduction.h"

namespace ingot::optim {

GradScaler::GradScaler(const GradScalerOptions& options)
    : options_(options), scale_(scalar(options.init_scale, DType::float32)), good_steps_(scalar(0, DType::float32)) {
  if (!(options.growth_factor > 1))
    throw ValueError("GradScaler: growth_factor must be above 1, got ", options.growth_factor);
  if (!(options.backoff_factor > 0 && options.backoff_factor < 1))
    throw ValueError("GradScaler: backoff_factor must lie between 0 and 1, got ", options.backoff_factor);
  if (!(options.init_scale > 0)) throw ValueError("GradScaler: init_scale must be positive, got ", options.init_scale);
  if (options.growth_interval <= 0)
    throw ValueError("GradScaler: growth_interval must be positive, got ", options.growth_interval);
}

Array GradScaler::scale(const Array& loss) const {
  // A float16 loss times 65536 would be infinite: it is scaled in float32.
  return options_.enabled ? astype(loss, compute_dtype(loss.dtype())) * scale_ : loss;
}

void GradScaler::unscale(Optimizer& optimizer) {
  if (!options_.enabled) return;
  if (found_.contains(&optimizer))
    throw ValueError("GradScaler: the gradients of this optimizer were unscaled already since the last update()");
  GradMode off(false);
  const Array inverse = 1.0 / scale_;
  Array found = scalar(false, DType::bool_);
  for (const Group& group : optimizer.groups()) {
    for (const ParamState& state : group.params) {
      const Array grad = state.param.grad();
      if (!grad.defined()) continue;
      const Array unscaled = grad * inverse;
      found = found | any(logical_not(isfinite(unscaled)));
      grad.rebind_unchecked(astype(unscaled, grad.dtype()).node());
    }
  }
  found_.emplace(&optimizer, found);
}

Array GradScaler::found_inf(const Optimizer& optimizer) const {
  const auto found = found_.find(&optimizer);
  return found == found_.end() ? scalar(false, DType::bool_) : found->second;
}

void GradScaler::step(Optimizer& optimizer) {
  if (!options_.enabled) return optimizer.step();
  if (!found_.contains(&optimizer)) unscale(optimizer);
  optimizer.step_unless(found_.at(&optimizer));
}

void GradScaler::update() {
  if (!options_.enabled) return;
  if (found_.empty()) throw ValueError("GradScaler: update() comes after step() or unscale_(), and there was none");
  GradMode off(false);
  Array found = scalar(false, DType::bool_);
  for (const auto& [optimizer, each] : found_) found = found | each;
  found_.clear();
  const Array good = good_steps_ + 1.0;
  const Array grows = good >= static_cast<double>(options_.growth_interval);
  const Array grown = where(grows, scale_ * options_.growth_factor, scale_);
  scale_.rebind_unchecked(where(found, scale_ * options_.backoff_factor, grown).node());
  good_steps_.rebind_unchecked(where(found | grows, 0.0, good).node());
  const Array changed[] = {scale_, good_steps_};
  eval(changed);
}

double GradScaler::get_scale() const { return options_.enabled ? item<double>(scale_) : 1; }
void GradScaler::set_scale(double value) { scale_.rebind_unchecked(scalar(value, DType::float32).node()); }
int64_t GradScaler::growth_tracker() const { return item<int64_t>(good_steps_); }
void GradScaler::set_growth_tracker(int64_t steps) {
  good_steps_.rebind_unchecked(scalar(static_cast<double>(steps), DType::float32).node());
}

}  // namespace ingot::optim
