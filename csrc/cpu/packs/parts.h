// The source files of a pack, each of which adds its functions to the table.
#pragma once

#include <type_traits>

#include "ingot/cpu/pack.h"

#if defined(__clang__)
/// The next loop carries nothing from one iteration to another: its output may be one of its inputs, but never a
/// shifted one.
#define INGOT_EACH_ALONE _Pragma("clang loop vectorize(assume_safety)")
#else
#define INGOT_EACH_ALONE _Pragma("GCC ivdep")
#endif

namespace ingot::cpu {

/// What stands for T where an integer's sign makes no difference to the bits of a result, so that signed and unsigned
/// integers share one kernel.
template <class T>
using AnySign = typename std::conditional_t<std::is_integral_v<T> && !std::is_same_v<T, bool>, std::make_signed<T>,
                                            std::type_identity<T>>::type;

void add_elementwise_float32(Pack& pack);
void add_elementwise_float64(Pack& pack);
void add_elementwise_complex(Pack& pack);
void add_elementwise_signed(Pack& pack);
void add_elementwise_unsigned(Pack& pack);
void add_casts(Pack& pack);
void add_half_casts(Pack& pack);
void add_reductions(Pack& pack);
void add_moves(Pack& pack);
void add_distances(Pack& pack);
void add_line_transforms(Pack& pack);
void add_matrices(Pack& pack);
void add_rows(Pack& pack);
void add_attention(Pack& pack);
void add_gemm_float32(Pack& pack);
void add_gemm_float64(Pack& pack);
void add_gemm_bfloat16(Pack& pack);
void add_gemm_complex(Pack& pack);
void add_gemm_integer(Pack& pack);
void add_convolutions(Pack& pack);
void add_pooling(Pack& pack);
void add_channels(Pack& pack);
void add_random(Pack& pack);

}  // namespace ingot::cpu
