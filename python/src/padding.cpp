#include "ingot/ops/padding.h"

#include "bind.h"

namespace ingot::python {

namespace {

/// NumPy's forms of a pair per axis: one item, one pair for all, one pair per axis. `convert` gives nothing for what is
/// no item.
template <class T, class Convert>
std::vector<std::pair<T, T>> pairs(int64_t ndim, const py::object& given, const Convert& convert, const char* what) {
  const auto axes = static_cast<size_t>(ndim);
  if (const std::optional<T> item = convert(given)) return {axes, {*item, *item}};
  const auto pair_of = [&](const py::object& object) -> std::optional<std::pair<T, T>> {
    if (!PySequence_Check(object.ptr())) return std::nullopt;
    const auto items = py::reinterpret_borrow<py::sequence>(object);
    if (items.size() != 1 && items.size() != 2) return std::nullopt;
    const std::optional<T> first = convert(items[0]), last = convert(items[items.size() - 1]);
    if (!first || !last) return std::nullopt;
    return std::pair<T, T>{*first, *last};
  };
  if (const auto pair = pair_of(given)) return {axes, *pair};
  if (!PySequence_Check(given.ptr()))
    throw TypeError("pad: expected ", what, " as one number, a pair, or a pair for each axis");
  std::vector<std::pair<T, T>> result;
  for (const py::handle item : given) {
    const auto pair = pair_of(py::reinterpret_borrow<py::object>(item));
    if (!pair) throw TypeError("pad: expected ", what, " as one number, a pair, or a pair for each axis");
    result.push_back(*pair);
  }
  if (result.size() == 1) return {axes, result[0]};
  return result;
}

std::optional<int64_t> as_int(const py::object& object) {
  if (!PyIndex_Check(object.ptr()) || is_array(object.ptr())) return std::nullopt;
  return py::cast<int64_t>(py::int_(object));
}

std::optional<Scalar> as_number(const py::object& object) {
  if (PySequence_Check(object.ptr()) && !is_array(object.ptr())) return std::nullopt;
  return py::cast<Scalar>(object);
}

Array padded(const Array& x, const py::object& widths, const std::string& mode_name, const py::object& constants,
             const py::object& ends, const py::object& stat_length, const std::string& reflect_type) {
  const PadMode mode = parse_pad_mode(mode_name);
  if (reflect_type != "even" && reflect_type != "odd")
    throw ValueError("pad: expected the reflect_type 'even' or 'odd', got '", reflect_type, "'");
  PadOptions options;
  options.odd = reflect_type == "odd";
  const py::object& values = mode == PadMode::linear_ramp ? ends : constants;
  if (mode == PadMode::constant || mode == PadMode::linear_ramp)
    options.values = pairs<Scalar>(x.ndim(), values, as_number, "values");
  if (!stat_length.is_none()) options.stat_length = pairs<int64_t>(x.ndim(), stat_length, as_int, "stat_length");
  return pad(x, pairs<int64_t>(x.ndim(), widths, as_int, "widths"), mode, options);
}

}  // namespace

void register_padding(py::module_& m) {
  m.def(
      "pad",
      [](const ArrayLike& x, const py::object& pad_width, const std::string& mode, const py::object& constant_values,
         const py::object& end_values, const py::object& stat_length, const std::string& reflect_type) {
        return padded(x, pad_width, mode, constant_values, end_values, stat_length, reflect_type);
      },
      "x"_a, "pad_width"_a, "mode"_a = "constant", "constant_values"_a = py::int_(0), py::kw_only(),
      "end_values"_a = py::int_(0), "stat_length"_a = py::none(), "reflect_type"_a = "even",
      "Elements added before and after each axis: `pad_width` is an int, a pair (before, after), or one pair per axis."
      "\n\n`mode` says which: 'constant' (`constant_values`), 'edge', 'linear_ramp' (down to `end_values`), 'maximum', "
      "'mean', 'median', 'minimum' (of `stat_length` elements at the end, or all), 'reflect', 'symmetric' (mirrored "
      "without and with the edge; in value too with `reflect_type='odd'`), 'wrap', or 'empty'. `nn.functional.pad` "
      "takes PyTorch's widths.\n\n"
      "Raises ValueError for negative widths, or where there is nothing to repeat.\n\n"
      "Example:\n    >>> print(ingot.pad(ingot.array([1, 2, 3]), 2, 'reflect'))\n    [3 2 1 2 3 2 1]");
  py::module_ nn = m.def_submodule("nn");
  py::module_ functional = nn.def_submodule("functional");
  functional.def(
      "pad",
      [](const ArrayLike& input, const Shape& pad, const std::string& mode, const std::optional<Scalar>& value) {
        return pad_last(input, pad, parse_pad_mode(mode), value.value_or(Scalar(0)));
      },
      "input"_a, "pad"_a, "mode"_a = "constant", "value"_a = py::none(),
      "Elements added around the last axes: `pad` is (before, after) of the last axis, then of the last but one, and "
      "so "
      "on; negative numbers cut off. `mode` is 'constant' (`value`), 'reflect', 'replicate' or 'circular'.\n\n"
      "Raises ShapeError if there are more pairs than axes, or where the mode cannot give that many.\n\n"
      "Example:\n    >>> print(ingot.nn.functional.pad(ingot.ones(2), (1, 2)))\n    [0. 1. 1. 0. 0.]");
}

}  // namespace ingot::python
