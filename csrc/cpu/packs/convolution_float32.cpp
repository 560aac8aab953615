#include "ingot/cpu/packs/convolution.h"

namespace ingot::cpu {

ConvolutionFns convolution_float32() { return Convolutions<float>::functions(); }

}  // namespace ingot::cpu
