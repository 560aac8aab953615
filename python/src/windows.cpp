#include "ingot/ops/windows.h"

#include "optional_args.h"

namespace ingot::python {

namespace {

void register_columns(py::module_& functional) {
  const auto pair = [](const Axes& size) { return size.size() == 1 ? Axes{size[0], size[0]} : size; };
  functional.def(
      "unfold",
      [pair](const ArrayLike& input, const Axes& kernel_size, const Axes& dilation, const Axes& padding,
             const Axes& stride) { return im2col(input, {pair(kernel_size), dilation, padding, stride}); },
      "input"_a, "kernel_size"_a, "dilation"_a = Axes{1}, "padding"_a = Axes{0}, "stride"_a = Axes{1},
      "Windows as columns: (N, C, H, W) -> (N, C * elements of a window, number of windows), also without N, and over "
      "as many spatial axes as `kernel_size` has numbers.\n\n"
      "Raises ShapeError if no window fits.\n\nExample:\n    >>> ingot.nn.functional.unfold(ingot.ones((1, 3, 4, 4)), "
      "2).shape\n    (1, 12, 9)");
  functional.def(
      "fold",
      [pair](const ArrayLike& input, const Axes& output_size, const Axes& kernel_size, const Axes& dilation,
             const Axes& padding, const Axes& stride) {
        return col2im(input, pair(output_size), {pair(kernel_size), dilation, padding, stride});
      },
      "input"_a, "output_size"_a, "kernel_size"_a, "dilation"_a = Axes{1}, "padding"_a = Axes{0}, "stride"_a = Axes{1},
      "The transpose of `unfold`: columns added up where they came from, in an array whose spatial lengths are "
      "`output_size`.\n\n"
      "Example:\n    >>> ingot.nn.functional.fold(ingot.ones((1, 12, 9)), (4, 4), 2).shape\n    (1, 3, 4, 4)");
}

}  // namespace

void register_windows(py::module_& m) {
  def_both(
      m, "as_strided", "x",
      [](const ArrayLike& x, const std::optional<Shape>& shape, const std::optional<Strides>& strides, int64_t offset,
         const std::optional<Shape>& size, const std::optional<Strides>& stride,
         std::optional<int64_t> storage_offset) {
        const auto& lengths = either(shape, size, "shape", "size");
        if (!lengths) throw TypeError("as_strided: expected a shape");
        const auto& steps = either(strides, stride, "strides", "stride");
        return as_strided(x, *lengths, steps ? *steps : contiguous_strides(*lengths), storage_offset.value_or(offset));
      },
      "shape"_a = py::none(), "strides"_a = py::none(), "offset"_a = 0, py::kw_only(), "size"_a = py::none(),
      "stride"_a = py::none(), "storage_offset"_a = py::none(),
      "Elements of x, in row-major order, at `offset + sum of position * stride`: a view, whose windows may overlap. "
      "Strides count elements; without any, those of a dense array.\n\n"
      "Raises IndexError if the view reaches beyond x.\n\n"
      "Example:\n    >>> print(ingot.as_strided(ingot.arange(4), (3, 2), (1, 1)))\n    [[0 1]\n     [1 2]\n     [2 "
      "3]]");
  m.def(
      "sliding_window_view",
      [](const ArrayLike& x, const Shape& window_shape, const OptionalAxes& axis) {
        return sliding_window_view(x, window_shape, axis);
      },
      "x"_a, "window_shape"_a, "axis"_a = py::none(),
      "All windows of the given lengths along `axis` (None: all axes), with one new axis at the end for each. A view."
      "\n\nRaises ShapeError if a window is longer than its axis.\n\n"
      "Example:\n    >>> print(ingot.sliding_window_view(ingot.arange(4), 2))\n    [[0 1]\n     [1 2]\n     [2 3]]");
  def_method(
      "unfold",
      [](const Array& x, int64_t dimension, int64_t size, int64_t step) {
        return unfold_axis(x, dimension, size, step);
      },
      "dimension"_a, "size"_a, "step"_a,
      "Windows of `size` elements along an axis, each `step` after the one before, as a new last axis. A view.\n\n"
      "Example:\n    >>> print(ingot.arange(5).unfold(0, 3, 2))\n    [[0 1 2]\n     [2 3 4]]");
  m.def(
      "convolve", [](const ArrayLike& a, const ArrayLike& v, const std::string& mode) { return convolve(a, v, mode); },
      "a"_a, "v"_a, "mode"_a = "full",
      "`out[k] = sum over n of a[n] * v[k - n]` for vectors: 'full' (as long as both together, less 1), 'same' (as the "
      "longer) or 'valid' (where they overlap completely).\n\n"
      "Example:\n    >>> print(ingot.convolve([1, 2, 3], [0, 1]))\n    [0 1 2 3]");
  m.def(
      "correlate",
      [](const ArrayLike& a, const ArrayLike& v, const std::string& mode) { return correlate(a, v, mode); }, "a"_a,
      "v"_a, "mode"_a = "valid",
      "`out[k] = sum over n of a[n + k] * conj(v[n])` for vectors; modes as those of `convolve`.\n\n"
      "Example:\n    >>> print(ingot.correlate([1, 2, 3], [0, 1]))\n    [2 3]");
  py::module_ nn = m.def_submodule("nn");
  py::module_ functional = nn.def_submodule("functional");
  register_columns(functional);
}

}  // namespace ingot::python
