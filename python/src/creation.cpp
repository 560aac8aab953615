#include "ingot/ops/creation.h"

#include "bind.h"
#include "creation_args.h"
#include "ingot/ops/elementwise.h"

namespace ingot::python {

namespace {

Array finish(const Array& array, bool requires_grad, std::optional<Device> device) {
  if (device) require_available(*device);
  if (requires_grad) array.set_requires_grad();
  return array;
}

template <class Make>
void def_filled(py::module_& m, const char* name, Make make, const char* doc) {
  m.def(
      name,
      [make](const py::args& size, const std::optional<Shape>& shape, std::optional<DType> dtype, bool requires_grad,
             std::optional<Device> device) {
        const Shape full_shape = shape_from_args(size, shape, dtype);
        return finish(make(full_shape, dtype.value_or(DType::float32)), requires_grad, device);
      },
      py::kw_only(), "shape"_a = py::none(), "dtype"_a = py::none(), "requires_grad"_a = false, "device"_a = py::none(),
      doc);
}

template <class Make>
void def_like(py::module_& m, const char* name, Make make, const char* doc) {
  m.def(
      name,
      [make](const ArrayLike& x, std::optional<DType> dtype, bool requires_grad) {
        return finish(make(x.value.shape(), dtype.value_or(x.value.dtype())), requires_grad, std::nullopt);
      },
      "x"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false, doc);
}

bool is_integral(const Scalar& value) {
  return std::holds_alternative<int64_t>(value.value) || std::holds_alternative<bool>(value.value);
}

int64_t to_int64(const Scalar& value) {
  return std::holds_alternative<bool>(value.value) ? std::get<bool>(value.value) : std::get<int64_t>(value.value);
}

Array range(const Scalar& start, const std::optional<Scalar>& stop, const Scalar& step, std::optional<DType> dtype) {
  const Scalar first = stop ? start : Scalar(0);
  const Scalar last = stop ? *stop : start;
  if (!is_integral(first) || !is_integral(last) || !is_integral(step))
    return arange(first.to_double(), last.to_double(), step.to_double(), dtype.value_or(DType::float32));
  const auto fits = [](int64_t value) { return value == static_cast<int32_t>(value); };
  const DType natural = fits(to_int64(first)) && fits(to_int64(last)) ? DType::int32 : DType::int64;
  return arange(to_int64(first), to_int64(last), to_int64(step), dtype.value_or(natural));
}

/// The dtype of `full(shape, value)` if none is asked for.
DType natural_dtype(const Scalar& value) {
  return std::visit(
      [](auto v) {
        return std::is_same_v<decltype(v), bool>     ? DType::bool_
               : std::is_integral_v<decltype(v)>     ? DType::int32
               : std::is_same_v<decltype(v), double> ? DType::float32
                                                     : DType::complex64;
      },
      value.value);
}

}  // namespace

Shape shape_from_args(const py::args& size, const std::optional<Shape>& keyword, std::optional<DType>& dtype) {
  if (keyword) {
    if (!size.empty()) throw TypeError("the shape was given twice: by position and by name");
    return *keyword;
  }
  size_t count = size.size();
  // NumPy's way of giving the dtype by position, after the shape.
  if (count == 2 && !PyIndex_Check(py::object(size[1]).ptr())) {
    const auto given = dtype_from_python(size[1]);
    if (!given) throw TypeError("expected a dtype after the shape, got ", py::cast<std::string>(py::repr(size[1])));
    dtype = given;
    count = 1;
  }
  Shape shape;
  if (count == 1) {
    if (!load_ints(size[0], shape))
      throw TypeError("a shape is an int or a tuple of ints, got ", py::cast<std::string>(py::repr(size[0])));
    return shape;
  }
  if (!load_ints(size, shape))
    throw TypeError("a shape is an int or a tuple of ints, got ", py::cast<std::string>(py::repr(size)));
  return shape;
}

void register_creation(py::module_& m) {
  def_filled(
      m, "zeros", [](const Shape& shape, DType dtype) { return zeros(shape, dtype); },
      "All zeros: `zeros((2, 3))` or `zeros(2, 3)`. Takes the memory of one element until written to.\n\n"
      "Example:\n    >>> print(ingot.zeros(2, 3))\n    [[0. 0. 0.]\n     [0. 0. 0.]]");
  def_filled(
      m, "ones", [](const Shape& shape, DType dtype) { return ones(shape, dtype); },
      "All ones: `ones((2, 3))` or `ones(2, 3)`.\n\nExample:\n    >>> print(ingot.ones(3))\n    [1. 1. 1.]");
  def_filled(
      m, "empty", [](const Shape& shape, DType dtype) { return zeros(shape, dtype); },
      "An array whose values do not matter (zeros): `empty((2, 3))`.\n\nExample:\n    >>> ingot.empty(2, 3).shape\n    "
      "(2, 3)");
  def_like(
      m, "zeros_like", [](const Shape& shape, DType dtype) { return zeros(shape, dtype); },
      "Zeros in the shape and dtype of `x`.\n\nExample:\n    >>> print(ingot.zeros_like(ingot.ones(2)))\n    [0. 0.]");
  def_like(
      m, "ones_like", [](const Shape& shape, DType dtype) { return ones(shape, dtype); },
      "Ones in the shape and dtype of `x`.\n\nExample:\n    >>> print(ingot.ones_like(ingot.zeros(2)))\n    [1. 1.]");
  def_like(
      m, "empty_like", [](const Shape& shape, DType dtype) { return zeros(shape, dtype); },
      "An array in the shape and dtype of `x` whose values do not matter (zeros).\n\n"
      "Example:\n    >>> ingot.empty_like(ingot.ones(2, 3)).shape\n    (2, 3)");
  m.def(
      "full",
      [](const Shape& shape, const Scalar& fill_value, std::optional<DType> dtype, bool requires_grad,
         std::optional<Device> device) {
        return finish(full(shape, fill_value, dtype.value_or(natural_dtype(fill_value))), requires_grad, device);
      },
      "shape"_a, "fill_value"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false,
      "device"_a = py::none(),
      "All elements equal to `fill_value`, of its dtype unless one is given.\n\nExample:\n    >>> "
      "print(ingot.full((2,), 7.0))\n    [7. 7.]");
  m.def(
      "full_like",
      [](const ArrayLike& x, const Scalar& value, std::optional<DType> dtype) {
        return full(x.value.shape(), value, dtype.value_or(x.value.dtype()));
      },
      "x"_a, "fill_value"_a, "dtype"_a = py::none(),
      "`fill_value` in the shape and dtype of `x`.\n\nExample:\n    >>> print(ingot.full_like(ingot.zeros(2), 3))\n    "
      "[3. 3.]");
  m.def(
      "arange",
      [](const Scalar& start, const std::optional<Scalar>& stop, const Scalar& step, std::optional<DType> dtype,
         bool requires_grad) { return finish(range(start, stop, step, dtype), requires_grad, std::nullopt); },
      "start"_a, "stop"_a = py::none(), "step"_a = py::int_(1), "dtype"_a = py::none(), py::kw_only(),
      "requires_grad"_a = false,
      "`start, start + step, ...` below `stop`, as Python's range: int32 for ints (int64 if they do not fit), float32 "
      "for floats.\n\n"
      "Raises ValueError if `step` is 0.\n\nExample:\n    >>> print(ingot.arange(5))\n    [0 1 2 3 4]");
  m.def(
      "linspace",
      [](double start, double stop, int64_t num, bool endpoint, std::optional<DType> dtype,
         std::optional<int64_t> steps) {
        return linspace(start, stop, steps.value_or(num), endpoint, dtype.value_or(DType::float32));
      },
      "start"_a, "stop"_a, "num"_a = 50, "endpoint"_a = true, "dtype"_a = py::none(), py::kw_only(),
      "steps"_a = py::none(),
      "`num` evenly spaced values from `start` to `stop` (inclusive unless `endpoint=False`).\n\n"
      "Example:\n    >>> print(ingot.linspace(0, 1, 5))\n    [0.   0.25 0.5  0.75 1.  ]");
  m.def(
      "eye",
      [](int64_t rows, std::optional<int64_t> columns, int64_t k, DType dtype) {
        return eye(rows, columns.value_or(rows), k, dtype);
      },
      "n"_a, "m"_a = py::none(), "k"_a = 0, "dtype"_a = DType::float32,
      "Ones on the `k`-th diagonal of an (n, m) array of zeros.\n\nExample:\n    >>> print(ingot.eye(2))\n    [[1. "
      "0.]\n     [0. 1.]]");
  m.attr("identity") = m.attr("eye");
}

}  // namespace ingot::python
