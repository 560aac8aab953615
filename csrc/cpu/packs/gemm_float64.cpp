#include "ingot/cpu/packs/gemm.h"

namespace ingot::cpu {

void add_gemm_float64(Pack& pack) { pack.gemm[static_cast<int>(DType::float64)] = &gemm<double>; }

}  // namespace ingot::cpu
