// What normalisations remember of the batches they saw.
#pragma once

#include "ingot/engine/eval.h"
#include "ingot/ops/elementwise.h"

namespace ingot::nn {

/// Rebinds a buffer, and has it evaluated with the step it belongs to: else it would keep that step's graph alive.
inline void replace_statistic(const Array& buffer, const Array& value) {
  buffer.rebind_unchecked((value.dtype() == buffer.dtype() ? value : astype(value, buffer.dtype())).node());
  eval_with_next(buffer);
}

}  // namespace ingot::nn
