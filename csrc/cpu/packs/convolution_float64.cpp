#include "ingot/cpu/packs/convolution.h"

namespace ingot::cpu {

ConvolutionFns convolution_float32();
const DepthwiseFns* depthwise_float64();

/// float32, then float64.
void add_convolutions(Pack& pack) {
  static const ConvolutionFns functions[] = {convolution_float32(),
                                             Convolutions<double>::functions(nullptr, depthwise_float64())};
  pack.convolution = functions;
}

}  // namespace ingot::cpu
