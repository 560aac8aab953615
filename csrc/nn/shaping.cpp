#include "ingot/nn/shaping.h"

#include <cmath>

#include "ingot/ops/distances.h"

namespace ingot::nn {

void PixelShuffleOptions::check() const {
  if (upscale_factor < 1) throw ValueError("PixelShuffle: upscale_factor must be at least 1, got ", upscale_factor);
}

void PixelUnshuffleOptions::check() const {
  if (downscale_factor < 1)
    throw ValueError("PixelUnshuffle: downscale_factor must be at least 1, got ", downscale_factor);
}

Array padded(const Array& x, size_t axes, const Axes& widths, PadMode mode, double value) {
  const auto unbatched = static_cast<int64_t>(axes) + 1;
  // Constants may be put around anything.
  if (mode != PadMode::constant && x.ndim() != unbatched && x.ndim() != unbatched + 1)
    throw ShapeError("pad", axes, "d: expected an input of ", unbatched + 1,
                     " axes (batch, channels, *spatial), or of ", unbatched, " without a batch, got shape ", x.shape());
  if (widths.size() != 1 && widths.size() != 2 * axes)
    throw ShapeError("pad", axes, "d: expected one padding or ", 2 * axes, ", two for each axis, got ", widths);
  return pad_last(x, widths.size() == 1 ? Shape(2 * axes, widths[0]) : Shape(widths), mode, value);
}

Array folded(const Array& x, const FoldOptions& options) {
  const Axes& given = options.output_size;
  const Shape lengths = given.size() == 1 ? Shape(2, given[0]) : Shape(given);
  return col2im(x, lengths, {options.kernel_size, options.dilation, options.padding, options.stride});
}

Array unfolded(const Array& x, const UnfoldOptions& options) {
  return im2col(x, {options.kernel_size, options.dilation, options.padding, options.stride});
}

void UpsampleOptions::check() const {
  parse_interpolation(mode);
  if (size.empty() == scale_factor.empty())
    throw ValueError("Upsample: expected either size or scale_factor, got ", size.empty() ? "none" : "both");
}

Array Upsample::forward(const Array& x) {
  if (!x.defined()) throw ValueError("Upsample: the array is undefined");
  const Options o = options();
  const int64_t axes = x.ndim() - 2;
  if (axes < 1 || axes > 3)
    throw ShapeError("Upsample: expected an input (N, C, *spatial) of one to three spatial axes, got shape ",
                     x.shape());
  const auto each = [&](const auto& values, int64_t axis) {
    if (values.size() != 1 && static_cast<int64_t>(values.size()) != axes)
      throw ShapeError("Upsample: expected one number or ", axes, ", one for each spatial axis, got ", values.size());
    return values[values.size() == 1 ? 0 : static_cast<size_t>(axis)];
  };
  InterpolateOptions how{parse_interpolation(o.mode), o.align_corners, false, {}};
  Shape lengths;
  for (int64_t axis = 0; axis < axes; ++axis) {
    if (!o.size.empty()) {
      lengths.push_back(each(o.size, axis));
    } else {
      const double factor = each(o.scale_factor, axis);
      lengths.push_back(static_cast<int64_t>(std::floor(static_cast<double>(x.shape(axis + 2)) * factor)));
      how.scales.push_back(factor);
    }
  }
  return interpolate(x, lengths, how);
}

std::string Upsample::extra_repr() const {
  const Options o = options();
  const std::string size =
      o.size.empty() ? "scale_factor=" + option_text(o.scale_factor) : "size=" + option_text(o.size);
  return size + ", mode=" + option_text(o.mode);
}

Array CosineSimilarity::forward(const Array& x1, const Array& x2) {
  const Options o = options();
  return cosine_similarity(x1, x2, o.dim, o.eps);
}

}  // namespace ingot::nn
