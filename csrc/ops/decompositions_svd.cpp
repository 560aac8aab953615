#include "ingot/ops/decompositions_svd.h"

#include "ingot/ops/decompositions.h"
#include "ingot/ops/linalg_op.h"

namespace ingot::linalg {

int64_t Svd::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                         int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) {
    return decompose_svd<typename decltype(tag)::type>(inputs, outputs, full, first, last);
  });
}

int64_t Svdvals::run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                             int64_t last) const {
  return visit_matrices(inputs[0].dtype, [&](auto tag) {
    return decompose_svd<typename decltype(tag)::type>(inputs, outputs, false, first, last);
  });
}

}  // namespace ingot::linalg
