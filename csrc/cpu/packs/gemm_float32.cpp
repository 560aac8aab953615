#include "ingot/cpu/packs/gemm.h"

namespace ingot::cpu {

void add_gemm_float32(Pack& pack) { pack.gemm[static_cast<int>(DType::float32)] = &gemm<float>; }

}  // namespace ingot::cpu
