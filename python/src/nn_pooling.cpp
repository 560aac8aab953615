#include "ingot/nn/pooling.h"

#include "nn_bind.h"

namespace ingot::python {

namespace {

/// One length or several; None, for the input's own, becomes -1.
struct OutputSize {
  Shape lengths;
};

std::string shape_text(const char* length, size_t axes) {
  std::string text = "(2, 3";
  for (size_t i = 0; i < axes; ++i) text += concat(", ", length);
  return text + ')';
}

Axes or_empty(const std::optional<Axes>& given) { return given.value_or(Axes{}); }

}  // namespace

}  // namespace ingot::python

namespace pybind11::detail {

template <>
struct type_caster<ingot::python::OutputSize> {
  PYBIND11_TYPE_CASTER(ingot::python::OutputSize, const_name("int | Sequence[int | None] | None"));
  bool load(handle source, bool) {
    const auto length = [&](handle item) {
      if (!item.is_none() && !PyLong_Check(item.ptr())) return false;
      value.lengths.push_back(item.is_none() ? -1 : pybind11::cast<int64_t>(item));
      return true;
    };
    if (!PyTuple_Check(source.ptr()) && !PyList_Check(source.ptr())) return length(source);
    for (handle item : pybind11::reinterpret_borrow<pybind11::sequence>(source))
      if (!length(item)) return false;
    return true;
  }
};

}  // namespace pybind11::detail

namespace ingot::python {

namespace {

void def_functions(py::module_& f, size_t axes) {
  const std::string max_pool = concat("max_pool", axes, 'd'), avg_pool = concat("avg_pool", axes, 'd'),
                    adaptive = concat("adaptive_avg_pool", axes, 'd');
  const std::string example = concat("(ingot.ones(", shape_text("8", axes), "), 2).shape\n    ", shape_text("4", axes));
  f.def(
      max_pool.c_str(),
      [axes](const ArrayLike& input, const Axes& size, const std::optional<Axes>& stride, const Axes& padding,
             const Axes& dilation, bool ceil_mode, bool return_indices) -> std::variant<Array, py::tuple> {
        const PoolingOptions options{size, or_empty(stride), padding, dilation, ceil_mode};
        const Array output = nn::functional::max_pool(input, axes, options);
        if (!return_indices) return output;
        return py::make_tuple(output, nn::functional::max_pool_indices(input, axes, options));
      },
      "input"_a, "kernel_size"_a, "stride"_a = py::none(), "padding"_a = Axes{0}, "dilation"_a = Axes{1},
      "ceil_mode"_a = false, "return_indices"_a = false,
      concat("The largest element of each window over the last ", axes, axes == 1 ? " axis" : " axes",
             " of an input (N, C, *spatial), or without N. The stride is the window's size unless given. The gradient "
             "flows to the first of the largest elements.\n\n`return_indices`: also where in the flattened spatial "
             "axes they are (int64).\n\nRaises ShapeError if a window does not fit.\n\n"
             "Example:\n    >>> ingot.nn.functional.",
             max_pool, example)
          .c_str());
  const auto average = [axes](const ArrayLike& input, const Axes& size, const std::optional<Axes>& stride,
                              const Axes& padding, bool ceil_mode, bool count_include_pad,
                              std::optional<int64_t> divisor) {
    return nn::functional::avg_pool(input, axes, {size, or_empty(stride), padding, {}, ceil_mode}, count_include_pad,
                                    divisor);
  };
  f.def(
      avg_pool.c_str(), average, "input"_a, "kernel_size"_a, "stride"_a = py::none(), "padding"_a = Axes{0},
      "ceil_mode"_a = false, "count_include_pad"_a = true, "divisor_override"_a = py::none(),
      concat("The mean of each window over the last ", axes, axes == 1 ? " axis" : " axes",
             " of an input (N, C, *spatial), or without N. The stride is the window's size unless given. Positions in "
             "the padding count as zeros if `count_include_pad`; `divisor_override` replaces the number of "
             "positions.\n\nRaises ShapeError if a window does not fit.\n\n"
             "Example:\n    >>> ingot.nn.functional.",
             avg_pool, example)
          .c_str());
  f.def(
      adaptive.c_str(),
      [axes](const ArrayLike& input, const OutputSize& size) {
        return nn::functional::adaptive_avg_pool(input, axes, size.lengths);
      },
      "input"_a, "output_size"_a,
      concat("Means over windows, as even as lengths allow, so that `output_size` of them cover each of the last ",
             axes, axes == 1 ? " axis" : " axes",
             " of an input (N, C, *spatial), or without N. None stands for the input's own length.\n\n"
             "Example:\n    >>> ingot.nn.functional.",
             adaptive, "(ingot.ones(", shape_text("7", axes), "), 3).shape\n    ", shape_text("3", axes))
          .c_str());
}

template <class M, class C>
void def_windows(C& type) {
  type.def_property_readonly("kernel_size", [](const M& self) { return self.options().size; })
      .def_property_readonly("stride",
                             [](const M& self) {
                               const PoolingOptions& options = self.options();
                               return options.stride.empty() ? options.size : options.stride;
                             })
      .def_property_readonly("padding", [](const M& self) { return self.options().padding; })
      .def_property_readonly("ceil_mode", [](const M& self) { return self.options().ceil_mode; });
}

template <class Max, class Avg, class Adaptive>
void def_layers(py::module_& m, size_t axes) {
  const std::string max_pool = concat("MaxPool", axes, 'd'), avg_pool = concat("AvgPool", axes, 'd'),
                    adaptive = concat("AdaptiveAvgPool", axes, 'd');
  const std::string example = concat("(2)(ingot.ones(", shape_text("8", axes), ")).shape\n    ", shape_text("4", axes));

  ModuleClass<Max, nn::Module> max_type(m, max_pool.c_str(),
                                        concat("The largest element of each window: `functional.max_pool", axes,
                                               "d` as a module.\n\n", "Example:\n    >>> ingot.nn.", max_pool, example)
                                            .c_str());
  const auto make_max = [](auto tag) {
    return [tag](const Axes& size, const std::optional<Axes>& stride, const Axes& padding, const Axes& dilation,
                 bool return_indices, bool ceil_mode) {
      return std::make_shared<typename decltype(tag)::type>(
          PoolingOptions{size, or_empty(stride), padding, dilation, ceil_mode}, return_indices);
    };
  };
  max_type
      .def(py::init(make_max(TypeTag<Max>()), make_max(TypeTag<PythonModule<Max>>())), "kernel_size"_a,
           "stride"_a = py::none(), "padding"_a = Axes{0}, "dilation"_a = Axes{1}, "return_indices"_a = false,
           "ceil_mode"_a = false)
      .def_property_readonly("dilation", [](const Max& self) { return self.options().dilation; })
      .def_property_readonly("return_indices", &Max::return_indices)
      .def(
          "forward",
          [](Max& self, const ArrayLike& x) -> std::variant<Array, py::tuple> {
            const Array output = self.Max::forward(x);
            if (!self.return_indices()) return output;
            return py::make_tuple(output, self.indices(x));
          },
          "x"_a, "Computes the result; with `return_indices`, a tuple of it and the indices.");
  def_windows<Max>(max_type);

  ModuleClass<Avg, nn::Module> avg_type(m, avg_pool.c_str(),
                                        concat("The mean of each window: `functional.avg_pool", axes,
                                               "d` as a module.\n\nExample:\n    >>> ingot.nn.", avg_pool, example)
                                            .c_str());
  const auto make_avg = [](auto tag) {
    return [tag](const Axes& size, const std::optional<Axes>& stride, const Axes& padding, bool ceil_mode,
                 bool count_include_pad, std::optional<int64_t> divisor) {
      return std::make_shared<typename decltype(tag)::type>(
          PoolingOptions{size, or_empty(stride), padding, {}, ceil_mode}, count_include_pad, divisor);
    };
  };
  avg_type
      .def(py::init(make_avg(TypeTag<Avg>()), make_avg(TypeTag<PythonModule<Avg>>())), "kernel_size"_a,
           "stride"_a = py::none(), "padding"_a = Axes{0}, "ceil_mode"_a = false, "count_include_pad"_a = true,
           "divisor_override"_a = py::none())
      .def_property_readonly("count_include_pad", &Avg::count_include_pad)
      .def_property_readonly("divisor_override", &Avg::divisor_override)
      .def(
          "forward", [](Avg& self, const ArrayLike& x) { return self.Avg::forward(x); }, "x"_a, "Computes the result.");
  def_windows<Avg>(avg_type);

  ModuleClass<Adaptive, nn::Module> adaptive_type(
      m, adaptive.c_str(),
      concat("Means over as many windows as asked for: `functional.adaptive_avg_pool", axes,
             "d` as a module.\n\nExample:\n    >>> ingot.nn.", adaptive, "(3)(ingot.ones(", shape_text("7", axes),
             ")).shape\n    ", shape_text("3", axes))
          .c_str());
  const auto make_adaptive = [](auto tag) {
    return [tag](const OutputSize& size) { return std::make_shared<typename decltype(tag)::type>(size.lengths); };
  };
  adaptive_type
      .def(py::init(make_adaptive(TypeTag<Adaptive>()), make_adaptive(TypeTag<PythonModule<Adaptive>>())),
           "output_size"_a)
      .def_property_readonly("output_size", &Adaptive::output_size, "-1 stands for the input's own length.")
      .def(
          "forward", [](Adaptive& self, const ArrayLike& x) { return self.Adaptive::forward(x); }, "x"_a,
          "Computes the result.");
}

}  // namespace

void register_nn_pooling(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  auto functional = py::cast<py::module_>(m.attr("functional"));
  for (size_t axes = 1; axes <= 3; ++axes) def_functions(functional, axes);
  def_layers<nn::MaxPool1d, nn::AvgPool1d, nn::AdaptiveAvgPool1d>(m, 1);
  def_layers<nn::MaxPool2d, nn::AvgPool2d, nn::AdaptiveAvgPool2d>(m, 2);
  def_layers<nn::MaxPool3d, nn::AvgPool3d, nn::AdaptiveAvgPool3d>(m, 3);
  register_nn_adaptive_pooling(m);
}

}  // namespace ingot::python
