// Products of bfloat16 matrices where the processor multiplies pairs: to it, two numbers that follow each other along the
// depth are one word, and each word of the left operand times a word of the right one adds two products, in float32.
#include "ingot/cpu/packs/gemm_real.h"

namespace ingot::cpu {
namespace {

#if defined(__AVX512BF16__)
struct MultiplyPairs {
  INGOT_INLINE Vector<float> operator()(Vector<float> number, Vector<float> vector, Vector<float> sum) const {
    return _mm512_dpbf16_ps(sum, (__m512bh)number, (__m512bh)vector);
  }
};

void pair(void* out, const void* first, const void* second, int64_t count) {
  const auto *low = static_cast<const uint16_t*>(first), *high = static_cast<const uint16_t*>(second);
  auto* words = static_cast<uint32_t*>(out);
  for (int64_t i = 0; i < count; ++i) words[i] = low[i] | static_cast<uint32_t>(high[i]) << 16;
}
#endif

}  // namespace

void add_gemm_bfloat16([[maybe_unused]] Pack& pack) {
#if defined(__AVX512BF16__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx512bf16")) return;
  using Words = RealGemm<float, MultiplyPairs>;
  pack.gemm[static_cast<int>(DType::bfloat16)] = &Words::run;
  pack.panels[static_cast<int>(DType::bfloat16)] = Words::panels();
  pack.pair = &pair;
#endif
}

}  // namespace ingot::cpu
