#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_float32(Pack& pack) { add_elementwise<float>(pack); }

}  // namespace ingot::cpu
