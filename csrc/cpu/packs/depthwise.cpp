#include "ingot/cpu/packs/depthwise.h"

namespace ingot::cpu {

const DepthwiseFns* depthwise_float32() { return Depthwise<float>::functions(); }
const DepthwiseFns* depthwise_float64() { return Depthwise<double>::functions(); }

}  // namespace ingot::cpu
