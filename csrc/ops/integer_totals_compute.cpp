#include <cmath>
#include <limits>

#include "ingot/ops/integer_totals.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

/// Shown whole as far as it is known so.
template <class Wide>
std::string shown(Wide total) {
  if constexpr (std::is_floating_point_v<Wide>) {
    if (std::abs(total) < 0x1p53) return concat(static_cast<int64_t>(total));
  }
  return concat(total);
}

template <class Narrow, class Wide>
Narrow narrowed(Wide total) {
  if constexpr (std::is_floating_point_v<Wide>) {
    // Beyond what fits, the conversion would be undefined.
    using Limits = std::numeric_limits<Narrow>;
    return total >= static_cast<Wide>(Limits::lowest()) && total <= static_cast<Wide>(Limits::max())
               ? static_cast<Narrow>(total)
               : Narrow(0);
  } else {
    return static_cast<Narrow>(total);
  }
}

template <class Narrow, class Wide>
bool fits(Wide total) {
  return static_cast<Wide>(narrowed<Narrow>(total)) == total || total != total;
}

template <class Narrow, class Wide>
bool fit_run(const Wide* from, int64_t step, Narrow* to, int64_t to_step, int64_t count) {
  bool all = true;
  for (int64_t i = 0; i < count; ++i) {
    to[i * to_step] = narrowed<Narrow>(from[i * step]);
    all &= fits<Narrow>(from[i * step]);
  }
  return all;
}

template <class Wide, class Narrow>
void fit(const Tensor& in, const Tensor& out, const FitInteger& op) {
  for_each_row<2>(in.shape, {&in.strides, &out.strides}, [&](const auto& at, const auto& step, int64_t count) {
    const Wide* from = in.as<Wide>() + at[0];
    Narrow* to = out.as<Narrow>() + at[1];
    const bool dense = step[0] == 1 && step[1] == 1;
    if (dense ? fit_run(from, 1, to, 1, count) : fit_run(from, step[0], to, step[1], count)) return;
    while (fits<Narrow>(*from)) from += step[0];
    throw_unfitting(op.made_by, shown(*from), op.dtype);
  });
}

template <class Wide>
void fit(const Tensor& in, const Tensor& out, const FitInteger& op) {
  if (op.dtype == DType::int32)
    fit<Wide, int32_t>(in, out, op);
  else
    fit<Wide, uint32_t>(in, out, op);
}

}  // namespace

void FitInteger::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  if (inputs[0].dtype == DType::int64)
    fit<int64_t>(inputs[0], outputs[0], *this);
  else
    fit<double>(inputs[0], outputs[0], *this);
}

}  // namespace ingot
