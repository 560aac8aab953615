// Functions on images, and on vectors of features, for nn.functional.
#include "ingot/ops/interpolation.h"
#include "ingot/ops/batch_norm.h"

#include <cmath>

#include "bind.h"
#include "ingot/ops/distances.h"
#include "ingot/ops/normalisation.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

std::vector<double> numbers(const py::object& given) {
  if (PySequence_Check(given.ptr()) && !is_array(given.ptr())) return py::cast<std::vector<double>>(given);
  return {py::cast<double>(given)};
}

Array resized(const Array& input, const std::optional<Shape>& size, const py::object& scale_factor,
              const std::string& mode, std::optional<bool> align_corners, std::optional<bool> recompute,
              bool antialias) {
  const int64_t spatial = input.ndim() - 2;
  if (spatial < 1 || spatial > 3)
    throw ShapeError("interpolate: expected (N, C, ...) with one to three spatial axes, got shape ", input.shape());
  if (size.has_value() != scale_factor.is_none())
    throw ValueError("interpolate: expected either a size or a scale_factor");
  InterpolateOptions options{parse_interpolation(mode), align_corners.value_or(false), antialias, {}};
  if (align_corners && options.mode != Interpolation::linear && options.mode != Interpolation::cubic)
    throw ValueError("interpolate: align_corners is for the modes linear, bilinear, bicubic and trilinear");
  const auto count = static_cast<size_t>(spatial);
  if (size) return interpolate(input, size->size() == 1 ? Shape(count, (*size)[0]) : *size, options);
  std::vector<double> scales = numbers(scale_factor);
  if (scales.size() == 1) scales.resize(count, scales[0]);
  if (scales.size() != count)
    throw ShapeError("interpolate: expected one scale factor, or ", spatial, ", got ", scales.size());
  Shape lengths;
  for (size_t i = 0; i < count; ++i) {
    const double length = std::floor(static_cast<double>(input.shape(static_cast<int64_t>(i) + 2)) * scales[i]);
    if (!(length >= 1 && length < 0x1p53))
      throw ValueError("interpolate: the scale factor ", scales[i], " leaves nothing");
    lengths.push_back(static_cast<int64_t>(length));
  }
  if (!recompute.value_or(false)) options.scales = scales;
  return interpolate(input, lengths, options);
}

void register_images(py::module_& functional) {
  functional.def(
      "interpolate",
      [](const ArrayLike& input, const std::optional<Shape>& size, const py::object& scale_factor,
         const std::string& mode, std::optional<bool> align_corners, std::optional<bool> recompute_scale_factor,
         bool antialias) {
        return resized(input, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias);
      },
      "input"_a, "size"_a = py::none(), "scale_factor"_a = py::none(), "mode"_a = "nearest",
      "align_corners"_a = py::none(), "recompute_scale_factor"_a = py::none(), "antialias"_a = false,
      "(N, C, *spatial) with its one to three spatial axes sampled at `size` places, or `scale_factor` times as "
      "many.\n\n"
      "`mode` is 'nearest', 'nearest-exact', 'linear' (also 'bilinear', 'trilinear'), 'bicubic' or 'area'. With "
      "`align_corners` the middles of the outermost elements stay in place, else the borders do. `antialias` looks at "
      "all elements that a place covers when shrinking. Coordinates follow from `scale_factor` as given, unless "
      "`recompute_scale_factor`.\n\n"
      "Raises ShapeError if axes do not fit, TypeError for integers in the smooth modes.\n\n"
      "Example:\n    >>> x = ingot.array([[[1.0, 3.0]]])\n    >>> print(ingot.nn.functional.interpolate(x, size=4, "
      "mode='linear'))\n    [[[1.  1.5 2.5 3. ]]]");
  functional.def(
      "grid_sample",
      [](const ArrayLike& input, const ArrayLike& grid, const std::string& mode, const std::string& padding_mode,
         std::optional<bool> align_corners) {
        return grid_sample(input, grid, parse_interpolation(mode), parse_grid_padding(padding_mode),
                           align_corners.value_or(false));
      },
      "input"_a, "grid"_a, "mode"_a = "bilinear", "padding_mode"_a = "zeros", "align_corners"_a = py::none(),
      "Values of (N, C, H, W) at places `grid` (N, Ho, Wo, 2), which hold (x, y) in [-1, 1] from border to border; or "
      "of (N, C, D, H, W) at (N, Do, Ho, Wo, 3). `mode` is 'bilinear', 'nearest' or, of images, 'bicubic'; outside are "
      "'zeros', the 'border', or a 'reflection'.\n\n"
      "Example:\n    >>> x = ingot.ones((1, 2, 4, 4))\n    >>> ingot.nn.functional.grid_sample(x, ingot.zeros((1, 3, "
      "3, "
      "2))).shape\n    (1, 2, 3, 3)");
  functional.def(
      "affine_grid",
      [](const ArrayLike& theta, const Shape& size, std::optional<bool> align_corners) {
        return affine_grid(theta, size, align_corners.value_or(false));
      },
      "theta"_a, "size"_a, "align_corners"_a = py::none(),
      "The grid that affine maps (N, 2, 3), or (N, 3, 4), make of an image of shape `size`, for `grid_sample`.\n\n"
      "Example:\n    >>> theta = ingot.array([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])\n    >>> "
      "ingot.nn.functional.affine_grid(theta, (1, 1, 3, 4)).shape\n    (1, 3, 4, 2)");
  functional.def(
      "pixel_shuffle",
      [](const ArrayLike& input, int64_t upscale_factor) { return pixel_shuffle(input, upscale_factor); }, "input"_a,
      "upscale_factor"_a,
      "(..., C * r^2, H, W) -> (..., C, H * r, W * r): groups of r^2 channels become r by r pixels.\n\n"
      "Example:\n    >>> ingot.nn.functional.pixel_shuffle(ingot.ones((1, 8, 2, 2)), 2).shape\n    (1, 2, 4, 4)");
  functional.def(
      "pixel_unshuffle",
      [](const ArrayLike& input, int64_t downscale_factor) { return pixel_unshuffle(input, downscale_factor); },
      "input"_a, "downscale_factor"_a,
      "The inverse of `pixel_shuffle`.\n\nExample:\n    >>> ingot.nn.functional.pixel_unshuffle(ingot.ones((1, 2, 4, "
      "4)), 2).shape\n    (1, 8, 2, 2)");
  functional.def(
      "channel_shuffle", [](const ArrayLike& input, int64_t groups) { return channel_shuffle(input, groups); },
      "input"_a, "groups"_a,
      "Channels of several groups, taken in turn from each.\n\nExample:\n    >>> "
      "ingot.nn.functional.channel_shuffle(ingot.arange(4).reshape(1, 4), 2).tolist()\n    [[0, 2, 1, 3]]");
}

void register_vectors(py::module_& functional) {
  functional.def(
      "group_norm",
      [](const ArrayLike& input, int64_t num_groups, const OptionalArray& weight, const OptionalArray& bias,
         double eps) {
        const auto or_undefined = [](const OptionalArray& x) { return x ? x->value : Array(); };
        return group_norm(input, num_groups, or_undefined(weight), or_undefined(bias), eps);
      },
      "input"_a, "num_groups"_a, "weight"_a = py::none(), "bias"_a = py::none(), "eps"_a = 1e-5,
      "`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance over each of "
      "`num_groups` groups of channels and all axes behind (Wu and He, 2018).\n\nExample:\n    >>> "
      "ingot.nn.functional.group_norm(ingot.ones((2, 4, 3)), 2).shape\n    (2, 4, 3)");
  functional.def(
      "instance_norm",
      [](const ArrayLike& input, const OptionalArray& running_mean, const OptionalArray& running_var,
         const OptionalArray& weight, const OptionalArray& bias, bool use_input_stats, double momentum, double eps) {
        static_cast<void>(momentum);
        const auto or_undefined = [](const OptionalArray& x) { return x ? x->value : Array(); };
        if (use_input_stats) return instance_norm(input, or_undefined(weight), or_undefined(bias), eps);
        if (!running_mean || !running_var)
          throw ValueError(
              "instance_norm: without the statistics of the input, running_mean and running_var are needed");
        return batch_norm(input, *running_mean, *running_var, or_undefined(weight), or_undefined(bias), eps);
      },
      "input"_a, "running_mean"_a = py::none(), "running_var"_a = py::none(), "weight"_a = py::none(),
      "bias"_a = py::none(), "use_input_stats"_a = true, "momentum"_a = 0.1, "eps"_a = 1e-5,
      "`(x - mean) / sqrt(variance + eps) * weight + bias` for (N, C, ...), with mean and variance of each channel of "
      "each sample, or the given ones unless `use_input_stats`. Running statistics are not moved: the layers do that "
      "(Ulyanov et al., 2016).\n\nRaises ShapeError if a shape does not fit.\n\nExample:\n    >>> "
      "ingot.nn.functional.instance_norm(ingot.ones((2, 4, 3))).shape\n    (2, 4, 3)");
  functional.def(
      "normalize",
      [](const ArrayLike& input, double p, int64_t dim, double eps) { return normalize(input, p, dim, eps); },
      "input"_a, "p"_a = 2.0, "dim"_a = 1, "eps"_a = 1e-12,
      "`x / max(norm, eps)` with the p-norm along `dim`.\n\nExample:\n    >>> "
      "print(ingot.nn.functional.normalize(ingot.array([[3.0, 4.0]])))\n    [[0.6 0.8]]");
  functional.def(
      "cosine_similarity",
      [](const ArrayLike& x1, const ArrayLike& x2, int64_t dim, double eps) {
        return cosine_similarity(x1, x2, dim, eps);
      },
      "x1"_a, "x2"_a, "dim"_a = 1, "eps"_a = 1e-8,
      "The cosine of the angle between vectors along `dim`; shapes broadcast.\n\nExample:\n    >>> "
      "print(ingot.nn.functional.cosine_similarity(ingot.array([[1.0, 0.0]]), ingot.array([[0.0, 2.0]])))\n    [0.]");
  functional.def(
      "local_response_norm",
      [](const ArrayLike& input, int64_t size, double alpha, double beta, double k) {
        return local_response_norm(input, size, alpha, beta, k);
      },
      "input"_a, "size"_a, "alpha"_a = 1e-4, "beta"_a = 0.75, "k"_a = 1.0,
      "`x / (k + alpha * mean of x^2 over size neighbouring channels)^beta` for (N, C, ...).\n\nExample:\n    >>> "
      "ingot.nn.functional.local_response_norm(ingot.ones((1, 4, 2)), 2).shape\n    (1, 4, 2)");
}

}  // namespace

void register_interpolation(py::module_& m) {
  py::module_ nn = m.def_submodule("nn");
  py::module_ functional = nn.def_submodule("functional");
  register_images(functional);
  register_vectors(functional);
  functional.attr("one_hot") = m.attr("one_hot");
  m.def(
      "cdist", [](const ArrayLike& x1, const ArrayLike& x2, double p) { return cdist(x1, x2, p); }, "x1"_a, "x2"_a,
      "p"_a = 2.0,
      "p-norms of the differences of all pairs of rows: (..., P, M), (..., R, M) -> (..., P, R).\n\nExample:\n    >>> "
      "print(ingot.cdist([[0.0, 0.0]], [[3.0, 4.0]]))\n    [[5.]]");
  m.attr("cosine_similarity") = functional.attr("cosine_similarity");
}

}  // namespace ingot::python
