#include "ingot/cpu/packs/gemm.h"

namespace ingot::cpu {

void add_gemm_complex(Pack& pack) {
  pack.gemm[static_cast<int>(DType::complex64)] = &gemm<complex64>;
  pack.gemm[static_cast<int>(DType::complex128)] = &gemm<complex128>;
}

}  // namespace ingot::cpu
