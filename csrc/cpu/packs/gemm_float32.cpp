#include "ingot/cpu/packs/gemm_real.h"

namespace ingot::cpu {

void add_gemm_float32(Pack& pack) {
  pack.gemm[static_cast<int>(DType::float32)] = &RealGemm<float>::run;
  pack.panels[static_cast<int>(DType::float32)] = RealGemm<float>::panels();
}

}  // namespace ingot::cpu
