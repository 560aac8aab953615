#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_unsigned(Pack& pack) {
  add_elementwise<bool>(pack);
  add_elementwise<uint8_t>(pack);
  add_elementwise<uint16_t>(pack);
  add_elementwise<uint32_t>(pack);
  add_elementwise<uint64_t>(pack);
}

}  // namespace ingot::cpu
