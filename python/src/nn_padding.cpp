// Layers that move elements: padding, other shapes, other sizes.
#include "ingot/nn/shaping.h"
#include "nn_described.h"

namespace ingot::python {

namespace {

/// `(2, 3, 4, 4)`: an example's shape for `axes` spatial axes.
std::string shape_text(int64_t length, int axes) {
  std::string text = "(2, 3";
  for (int i = 0; i < axes; ++i) text += concat(", ", length);
  return text + ')';
}

template <class P>
void def_pad(py::module_& m, const char* name, const char* what, int axes, const char* more = "") {
  def_layer<P>(
      m, name,
      concat("Adds ", what, " around the last ", axes, axes == 1 ? " axis" : " axes",
             ": `padding` elements on each side, or (before, after) for the last axis, the last but one, and so "
             "on.\n\nExample:\n    >>> ingot.nn.",
             name, "(1", more, ")(ingot.ones(", shape_text(4, axes), ")).shape\n    ", shape_text(6, axes))
          .c_str());
}

void register_pads(py::module_& m) {
  def_pad<nn::ZeroPad1d>(m, "ZeroPad1d", "zeros", 1);
  def_pad<nn::ZeroPad2d>(m, "ZeroPad2d", "zeros", 2);
  def_pad<nn::ZeroPad3d>(m, "ZeroPad3d", "zeros", 3);
  def_pad<nn::ReflectionPad1d>(m, "ReflectionPad1d", "the input mirrored at its edge, which is not repeated", 1);
  def_pad<nn::ReflectionPad2d>(m, "ReflectionPad2d", "the input mirrored at its edge, which is not repeated", 2);
  def_pad<nn::ReflectionPad3d>(m, "ReflectionPad3d", "the input mirrored at its edge, which is not repeated", 3);
  def_pad<nn::ReplicationPad1d>(m, "ReplicationPad1d", "the elements at the edge", 1);
  def_pad<nn::ReplicationPad2d>(m, "ReplicationPad2d", "the elements at the edge", 2);
  def_pad<nn::ReplicationPad3d>(m, "ReplicationPad3d", "the elements at the edge", 3);
  def_pad<nn::CircularPad1d>(m, "CircularPad1d", "the input from its other end", 1);
  def_pad<nn::CircularPad2d>(m, "CircularPad2d", "the input from its other end", 2);
  def_pad<nn::CircularPad3d>(m, "CircularPad3d", "the input from its other end", 3);
  def_pad<nn::ConstantPad1d>(m, "ConstantPad1d", "a constant", 1, ", 0.5");
  def_pad<nn::ConstantPad2d>(m, "ConstantPad2d", "a constant", 2, ", 0.5");
  def_pad<nn::ConstantPad3d>(m, "ConstantPad3d", "a constant", 3, ", 0.5");
}

void register_shapers(py::module_& m) {
  def_layer<nn::Unflatten>(
      m, "Unflatten",
      "Splits the axis `dim` into several of the lengths `unflattened_size`, of which one may be "
      "-1.\n\nExample:\n    >>> ingot.nn.Unflatten(1, (2, 3))(ingot.ones((4, 6))).shape\n    (4, 2, 3)");
  def_layer<nn::PixelShuffle>(
      m, "PixelShuffle",
      "(..., C * r^2, H, W) -> (..., C, H * r, W * r) for `upscale_factor` r (Shi et al., "
      "2016).\n\nExample:\n    >>> ingot.nn.PixelShuffle(2)(ingot.ones((1, 8, 2, 2))).shape\n    "
      "(1, 2, 4, 4)");
  def_layer<nn::PixelUnshuffle>(
      m, "PixelUnshuffle",
      "The inverse of PixelShuffle.\n\nExample:\n    >>> ingot.nn.PixelUnshuffle(2)(ingot.ones("
      "(1, 2, 4, 4))).shape\n    (1, 8, 2, 2)");
  def_layer<nn::ChannelShuffle>(
      m, "ChannelShuffle",
      "Channels of several groups, taken in turn from each (Zhang et al., 2018).\n\nExample:\n  "
      "  >>> ingot.nn.ChannelShuffle(2)(ingot.ones((1, 4, 2, 2))).shape\n    (1, 4, 2, 2)");
  def_layer<nn::Fold>(m, "Fold",
                      "Adds columns (N, C * elements of a window, L) up where they came from, in images of "
                      "`output_size`.\n\nExample:\n    >>> ingot.nn.Fold((4, 4), 2)(ingot.ones((1, 12, 9))).shape\n    "
                      "(1, 3, 4, 4)");
  def_layer<nn::Unfold>(
      m, "Unfold",
      "Windows of an image as columns, (N, C * elements of a window, number of windows).\n\nExample:\n  "
      "  >>> ingot.nn.Unfold(2)(ingot.ones((1, 3, 4, 4))).shape\n    (1, 12, 9)");
  using C = nn::CosineSimilarity;
  auto cosine =
      def_described<C>(m, "CosineSimilarity",
                       "The cosine of the angle between two inputs along the axis `dim`.\n\nExample:\n    >>> x = "
                       "ingot.ones((2, 4))\n    >>> print(ingot.nn.CosineSimilarity()(x, -x))\n    [-1. -1.]");
  cosine.def(
      "forward", [](C& self, const ArrayLike& x1, const ArrayLike& x2) { return self.C::forward(x1, x2); }, "x1"_a,
      "x2"_a, "Computes the result.");
}

void register_identity(py::module_& m) {
  using I = nn::Identity;
  ModuleClass<I, nn::Module> type(
      m, "Identity",
      "Its input; takes any arguments, so that it can stand for any layer.\n\nExample:\n    "
      ">>> print(ingot.nn.Identity(54, unused=0.1)(ingot.ones(2)))\n    [1. 1.]");
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::args&, const py::kwargs&) {
        slot.value_ptr() = Py_TYPE(slot.inst) == slot.type->type ? new I() : static_cast<I*>(new PythonModule<I>());
      },
      py::detail::is_new_style_constructor());
  def_forward<I>(type);
}

/// One number or several; nothing for None.
template <class T>
T numbers_from(const py::object& given) {
  T values;
  if (given.is_none()) return values;
  using Number = typename T::value_type;
  if (PyTuple_Check(given.ptr()) || PyList_Check(given.ptr())) {
    for (py::handle item : given) values.push_back(py::cast<Number>(item));
  } else {
    values.push_back(py::cast<Number>(given));
  }
  return values;
}

void register_upsample(py::module_& m) {
  using U = nn::Upsample;
  ModuleClass<U, nn::Module> type(
      m, "Upsample",
      "Samples the spatial axes of (N, C, *spatial) anew, to a `size` or by a `scale_factor`. `mode` is 'nearest', "
      "'linear', 'bilinear', 'bicubic' or 'trilinear'.\n\nExample:\n    >>> ingot.nn.Upsample(scale_factor=2, "
      "mode='bilinear')(ingot.ones((1, 3, 4, 4))).shape\n    (1, 3, 8, 8)");
  type.def(
      "__init__",
      [](py::detail::value_and_holder& slot, const py::object& size, const py::object& scale_factor,
         const std::string& mode, std::optional<bool> align_corners, const py::object&) {
        make_module<U>(
            slot, nn::UpsampleOptions{numbers_from<Axes>(size), numbers_from<std::vector<double>>(scale_factor), mode,
                                      align_corners.value_or(false)});
      },
      py::detail::is_new_style_constructor(), "size"_a = py::none(), "scale_factor"_a = py::none(),
      "mode"_a = "nearest", "align_corners"_a = py::none(), "recompute_scale_factor"_a = py::none());
  def_options<U, U::Options>(type, U::Options::fields());
  def_forward<U>(type);
}

}  // namespace

void register_nn_padding(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  register_pads(m);
  register_shapers(m);
  register_identity(m);
  register_upsample(m);
}

}  // namespace ingot::python
