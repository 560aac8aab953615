#include "ingot/cpu/packs/elementwise.h"

namespace ingot::cpu {

void add_elementwise_complex(Pack& pack) {
  add_elementwise<complex64>(pack);
  add_elementwise<complex128>(pack);
}

}  // namespace ingot::cpu
