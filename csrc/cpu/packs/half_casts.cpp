// float16 and bfloat16 to float32 and back, rounding to the nearest even. Bit by bit without branches, so that the
// loops become vector code; where the machine has instructions for float16, those.
#include <bit>
#include <cstring>

#include "ingot/cpu/packs/parts.h"

#if defined(__F16C__)
#include <immintrin.h>
#endif

namespace ingot::cpu {
namespace {

inline float widen_bfloat16(uint16_t x) { return std::bit_cast<float>(static_cast<uint32_t>(x) << 16); }
inline uint16_t narrow_bfloat16(float x) {
  const uint32_t bits = std::bit_cast<uint32_t>(x);
  const uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  return static_cast<uint16_t>(x == x ? rounded : (bits >> 16) | 0x40);
}

inline float widen_float16(uint16_t x) {
  const uint32_t sign = static_cast<uint32_t>(x & 0x8000) << 16;
  const uint32_t size = static_cast<uint32_t>(x & 0x7fff) << 13;
  const uint32_t special =
      size >= 0x0f800000u ? 0x38000000u : 0;  // infinity and NaN have the greatest exponent there is
  // The product moves the exponent from one bias to the other, and makes subnormal numbers normal.
  const float normal = std::bit_cast<float>(size) * 0x1p112f;
  const uint32_t bits = special ? size + special + 0x38000000u : std::bit_cast<uint32_t>(normal);
  return std::bit_cast<float>(bits | sign);
}
inline uint16_t narrow_float16(float x) {
  const uint32_t bits = std::bit_cast<uint32_t>(x);
  const uint32_t size = bits & 0x7fffffff;
  const uint32_t normal = (size + 0xc8000fffu + ((size >> 13) & 1)) >> 13;
  // Adding one half aligns a subnormal result with the low bits, rounded by the addition itself.
  const uint32_t small = std::bit_cast<uint32_t>(std::bit_cast<float>(size) + 0.5f) - 0x3f000000u;
  const uint32_t huge = size > 0x7f800000u ? 0x7e00 : 0x7c00;
  const uint32_t result = size >= 0x477ff000u ? huge : size < 0x38800000u ? small : normal;
  return static_cast<uint16_t>(result | ((bits >> 16) & 0x8000));
}

template <class To, class From, To (*convert)(From)>
void each(void* out, const void* x, int64_t count) {
  for (int64_t i = 0; i < count; ++i) static_cast<To*>(out)[i] = convert(static_cast<const From*>(x)[i]);
}

#if defined(__F16C__)
void load_float16(void* out, const void* x, int64_t count) {
  const auto* source = static_cast<const uint16_t*>(x);
  auto* result = static_cast<float*>(out);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm256_storeu_ps(result + i, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(source + i))));
  for (; i < count; ++i) result[i] = _cvtsh_ss(source[i]);
}
void store_float16(void* out, const void* x, int64_t count) {
  const auto* source = static_cast<const float*>(x);
  auto* result = static_cast<uint16_t*>(out);
  int64_t i = 0;
  for (; i + 8 <= count; i += 8)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(result + i),
                     _mm256_cvtps_ph(_mm256_loadu_ps(source + i), _MM_FROUND_TO_NEAREST_INT));
  for (; i < count; ++i) result[i] = _cvtss_sh(source[i], _MM_FROUND_TO_NEAREST_INT);
}
#else
constexpr CastFn load_float16 = &each<float, uint16_t, widen_float16>;
constexpr CastFn store_float16 = &each<uint16_t, float, narrow_float16>;
#endif

}  // namespace

void add_half_casts(Pack& pack) {
  const auto entry = [&](DType from, DType to) -> CastFn& {
    return pack.cast[static_cast<int>(from)][static_cast<int>(to)];
  };
  entry(DType::float16, DType::float32) = load_float16;
  entry(DType::float32, DType::float16) = store_float16;
  entry(DType::bfloat16, DType::float32) = &each<float, uint16_t, widen_bfloat16>;
  entry(DType::float32, DType::bfloat16) = &each<uint16_t, float, narrow_bfloat16>;
}

}  // namespace ingot::cpu
