#include "ingot/optim/ema.h"

#include "ingot/engine/eval.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/elementwise.h"

namespace ingot::optim {

EMA::EMA(std::vector<Array> params, double decay) : params_(std::move(params)), decay_(decay) {
  if (params_.empty()) throw ValueError("EMA: there are no parameters to average");
  if (!(decay >= 0 && decay <= 1)) throw ValueError("EMA: decay must lie in [0, 1], got ", decay);
  GradMode off(false);
  // In float32 at least: a thousandth of a change is less than float16 tells apart.
  for (const Array& param : params_) averages_.push_back(astype(param, compute_dtype(param.dtype())));
}

void EMA::update() {
  GradMode off(false);
  for (size_t i = 0; i < params_.size(); ++i) {
    const Array param = astype(params_[i], averages_[i].dtype());
    averages_[i].rebind_unchecked((averages_[i] + (param - averages_[i]) * (1 - decay_)).node());
  }
  eval(averages_);
}

void EMA::swap() {
  GradMode off(false);
  std::vector<Array> changed;
  for (size_t i = 0; i < params_.size(); ++i) {
    const Array param = astype(params_[i], averages_[i].dtype());
    params_[i].rebind_unchecked(astype(averages_[i], params_[i].dtype()).node());
    averages_[i].rebind_unchecked(param.node());
    changed.push_back(params_[i]);
    changed.push_back(averages_[i]);
  }
  eval(changed);
}

}  // namespace ingot::optim
