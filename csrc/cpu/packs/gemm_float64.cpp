#include "ingot/cpu/packs/gemm_real.h"

namespace ingot::cpu {

void add_gemm_float64(Pack& pack) {
  pack.gemm[static_cast<int>(DType::float64)] = &RealGemm<double>::run;
  pack.panels[static_cast<int>(DType::float64)] = RealGemm<double>::panels();
}

}  // namespace ingot::cpu
