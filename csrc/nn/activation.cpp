#include "ingot/nn/activation.h"

#include "ingot/ops/creation.h"

namespace ingot::nn {

void HardtanhOptions::check() const {
  if (!(max_val > min_val))
    throw ValueError("Hardtanh: expected max_val to be larger than min_val, got ", max_val, " and ", min_val);
}

void GELUOptions::check() const { functional::gelu_named(approximate); }

int64_t softmax_axis(const Array& x, std::optional<int64_t> dim) {
  if (dim) return *dim;
  return x.ndim() <= 1 || x.ndim() == 3 ? 0 : 1;
}

int64_t channel_axis_of_image(const Array& x) {
  if (x.ndim() != 3 && x.ndim() != 4)
    throw ShapeError("Softmax2d: expected an input (N, C, H, W) or (C, H, W), got shape ", x.shape());
  return x.ndim() - 3;
}

PReLU::PReLU(Options options) : Described(options) {
  if (options.num_parameters < 1)
    throw ValueError("PReLU: num_parameters must be at least 1, got ", options.num_parameters);
  register_parameter("weight", parameter(full({options.num_parameters}, options.init, options.dtype)));
}

}  // namespace ingot::nn
