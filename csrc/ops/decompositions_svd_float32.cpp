#include "ingot/ops/decompositions_svd_impl.h"

namespace ingot::linalg {

template int64_t decompose_svd<float>(std::span<const Tensor>, std::span<const Tensor>, bool, int64_t, int64_t);

}  // namespace ingot::linalg
