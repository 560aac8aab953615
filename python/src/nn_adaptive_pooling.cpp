// Adaptive maxima, norms of windows, and the inverse of max pooling.
#include "guards.h"
#include "ingot/nn/pooling.h"
#include "nn_bind.h"

namespace ingot::python {

namespace {

/// One length or several; None, for the input's own, becomes -1.
Shape lengths_from(const py::object& given) {
  Shape lengths;
  const auto add = [&](py::handle each) { lengths.push_back(each.is_none() ? -1 : py::cast<int64_t>(each)); };
  if (PyTuple_Check(given.ptr()) || PyList_Check(given.ptr())) {
    for (py::handle each : given) add(each);
  } else {
    add(given);
  }
  return lengths;
}

std::string shape_text(const char* length, size_t axes) {
  std::string text = "(2, 3";
  for (size_t i = 0; i < axes; ++i) text += concat(", ", length);
  return text + ')';
}

Axes or_empty(const std::optional<Axes>& given) { return given.value_or(Axes{}); }

std::variant<Array, py::tuple> maxima(const nn::functional::MaxAndIndices& result, bool return_indices) {
  if (!return_indices) return result.values;
  return py::make_tuple(result.values, result.indices);
}

template <class A>
void def_adaptive_max(py::module_& m, py::module_& f, size_t axes) {
  const std::string doc = concat(
      "The largest element of each of as many windows as asked for, which together cover the last ", axes,
      axes == 1 ? " axis" : " axes",
      "; None stands for the input's own length. `return_indices`: also where in the flattened spatial axes they "
      "are.\n\nExample:\n    >>> ingot.nn.AdaptiveMaxPool",
      axes, "d(3)(ingot.ones(", shape_text("7", axes), ")).shape\n    ", shape_text("3", axes));
  const std::string name = concat("AdaptiveMaxPool", axes, 'd');
  ModuleClass<A, nn::Module> type(m, name.c_str(), doc.c_str());
  const auto make = [](auto tag) {
    return [tag](const py::object& size, bool return_indices) {
      return std::make_shared<typename decltype(tag)::type>(lengths_from(size), return_indices);
    };
  };
  type.def(py::init(make(TypeTag<A>()), make(TypeTag<PythonModule<A>>())), "output_size"_a, "return_indices"_a = false)
      .def_property_readonly("output_size", [](const A& self) { return self.output_size(); })
      .def_property_readonly("return_indices", [](const A& self) { return self.return_indices(); })
      .def(
          "forward", [](A& self, const ArrayLike& x) { return maxima(self.with_indices(x), self.return_indices()); },
          "x"_a, "Computes the result; with `return_indices`, a tuple of it and the indices.");
  f.def(
      concat("adaptive_max_pool", axes, 'd').c_str(),
      [axes](const ArrayLike& input, const py::object& size, bool return_indices) {
        return maxima(nn::functional::adaptive_max_pool(input, axes, lengths_from(size)), return_indices);
      },
      "input"_a, "output_size"_a, "return_indices"_a = false, doc.c_str());
}

template <class L>
void def_lp(py::module_& m, py::module_& f, size_t axes) {
  const std::string doc =
      concat("`(sum of x^p over each window)^(1 / p)` for p = `norm_type`, over the last ", axes,
             axes == 1 ? " axis" : " axes", "; 0 where the sum is not positive.\n\nExample:\n    >>> ingot.nn.LPPool",
             axes, "d(2, 2)(ingot.ones(", shape_text("8", axes), ")).shape\n    ", shape_text("4", axes));
  const std::string name = concat("LPPool", axes, 'd');
  ModuleClass<L, nn::Module> type(m, name.c_str(), doc.c_str());
  const auto make = [](auto tag) {
    return [tag](double norm_type, const Axes& size, const std::optional<Axes>& stride, bool ceil_mode) {
      return std::make_shared<typename decltype(tag)::type>(norm_type,
                                                            PoolingOptions{size, or_empty(stride), {}, {}, ceil_mode});
    };
  };
  type.def(py::init(make(TypeTag<L>()), make(TypeTag<PythonModule<L>>())), "norm_type"_a, "kernel_size"_a,
           "stride"_a = py::none(), "ceil_mode"_a = false)
      .def_property_readonly("norm_type", [](const L& self) { return self.norm_type(); })
      .def_property_readonly("kernel_size", [](const L& self) { return self.options().size; })
      .def_property_readonly("ceil_mode", [](const L& self) { return self.options().ceil_mode; });
  def_forward<L>(type);
  f.def(
      concat("lp_pool", axes, 'd').c_str(),
      [axes](const ArrayLike& input, double norm_type, const Axes& size, const std::optional<Axes>& stride,
             bool ceil_mode) {
        return nn::functional::lp_pool(input, axes, norm_type, {size, or_empty(stride), {}, {}, ceil_mode});
      },
      "input"_a, "norm_type"_a, "kernel_size"_a, "stride"_a = py::none(), "ceil_mode"_a = false, doc.c_str());
}

template <class U>
void def_unpool(py::module_& m, py::module_& f, size_t axes) {
  const std::string doc = concat(
      "Puts values back where max pooling found them, among zeros: the input and the indices that `MaxPool", axes,
      "d(..., return_indices=True)` gives. `output_size` chooses among the lengths that pool to the "
      "same.\n\nExample:\n   "
      " >>> x = ingot.ones(",
      shape_text("8", axes), ")\n    >>> y, indices = ingot.nn.MaxPool", axes,
      "d(2, return_indices=True)(x)\n    >>> ingot.nn.MaxUnpool", axes, "d(2)(y, indices).shape\n    ",
      shape_text("8", axes));
  const std::string name = concat("MaxUnpool", axes, 'd');
  ModuleClass<U, nn::Module> type(m, name.c_str(), doc.c_str());
  const auto make = [](auto tag) {
    return [tag](const Axes& size, const std::optional<Axes>& stride, const Axes& padding) {
      return std::make_shared<typename decltype(tag)::type>(PoolingOptions{size, or_empty(stride), padding, {}});
    };
  };
  type.def(py::init(make(TypeTag<U>()), make(TypeTag<PythonModule<U>>())), "kernel_size"_a, "stride"_a = py::none(),
           "padding"_a = Axes{0})
      .def_property_readonly("kernel_size", [](const U& self) { return self.options().size; })
      .def_property_readonly("padding", [](const U& self) { return self.options().padding; })
      .def(
          "forward",
          [](U& self, const ArrayLike& x, const ArrayLike& indices, const std::optional<Shape>& output_size) {
            return self.U::forward(x, indices, output_size.value_or(Shape{}));
          },
          "x"_a, "indices"_a, "output_size"_a = py::none(), "Computes the result.");
  f.def(
      concat("max_unpool", axes, 'd').c_str(),
      [axes](const ArrayLike& input, const ArrayLike& indices, const Axes& size, const std::optional<Axes>& stride,
             const Axes& padding, const std::optional<Shape>& output_size) {
        return nn::functional::max_unpool(input, indices, axes, {size, or_empty(stride), padding, {}},
                                          output_size.value_or(Shape{}));
      },
      "input"_a, "indices"_a, "kernel_size"_a, "stride"_a = py::none(), "padding"_a = Axes{0},
      "output_size"_a = py::none(), doc.c_str());
}

}  // namespace

void register_nn_adaptive_pooling(py::module_& m) {
  auto f = py::cast<py::module_>(m.attr("functional"));
  def_adaptive_max<nn::AdaptiveMaxPool1d>(m, f, 1);
  def_adaptive_max<nn::AdaptiveMaxPool2d>(m, f, 2);
  def_adaptive_max<nn::AdaptiveMaxPool3d>(m, f, 3);
  def_lp<nn::LPPool1d>(m, f, 1);
  def_lp<nn::LPPool2d>(m, f, 2);
  def_lp<nn::LPPool3d>(m, f, 3);
  def_unpool<nn::MaxUnpool1d>(m, f, 1);
  def_unpool<nn::MaxUnpool2d>(m, f, 2);
  def_unpool<nn::MaxUnpool3d>(m, f, 3);
}

}  // namespace ingot::python
