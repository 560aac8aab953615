#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_signed(Pack& pack) {
  add_elementwise<int8_t>(pack);
  add_elementwise<int16_t>(pack);
  add_elementwise<int32_t>(pack);
  add_elementwise<int64_t>(pack);
}

}  // namespace ingot::cpu
