#include "ingot/cpu/packs/division.h"
#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_float64(Pack& pack) {
  add_elementwise<double>(pack);
  add_with_scalar<double>(pack);
#if defined(__FMA__) || defined(__aarch64__)
  division::add<double>(pack);  // without fused products they would not be exact
#endif
}

}  // namespace ingot::cpu
