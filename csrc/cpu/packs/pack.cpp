#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

Pack make_pack() {
  Pack pack{};
  add_elementwise_float32(pack);
  add_elementwise_float64(pack);
  add_elementwise_complex(pack);
  add_elementwise_signed(pack);
  add_elementwise_unsigned(pack);
  add_casts(pack);
  add_half_casts(pack);
  add_reductions(pack);
  add_moves(pack);
  add_distances(pack);
  add_line_transforms(pack);
  add_matrices(pack);
  add_rows(pack);
  add_attention(pack);
  add_gemm_float32(pack);
  add_gemm_float64(pack);
  add_gemm_bfloat16(pack);
  add_gemm_complex(pack);
  add_gemm_integer(pack);
  add_convolutions(pack);
  add_pooling(pack);
  add_channels(pack);
  add_random(pack);
  return pack;
}

}  // namespace
}  // namespace ingot::cpu

extern "C" __attribute__((visibility("default"))) const ingot::cpu::Pack* ingot_cpu_pack() {
  static const ingot::cpu::Pack pack = ingot::cpu::make_pack();
  return &pack;
}
