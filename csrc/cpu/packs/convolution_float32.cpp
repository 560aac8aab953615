#include "ingot/cpu/packs/convolution.h"

namespace ingot::cpu {

const WinogradFns* winograd_float32();
const DepthwiseFns* depthwise_float32();

ConvolutionFns convolution_float32() { return Convolutions<float>::functions(winograd_float32(), depthwise_float32()); }

}  // namespace ingot::cpu
