#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_float64(Pack& pack) {
  add_elementwise<double>(pack);
  add_with_scalar<double>(pack);
}

}  // namespace ingot::cpu
