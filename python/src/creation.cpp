#include "ingot/ops/creation.h"

#include "bind.h"
#include "creation_args.h"
#include "ingot/engine/jit.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/spacing.h"
#include "ingot/ops/window_functions.h"
#include "saturated_int.h"

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
      [make](const py::object& shape, const py::args& more, std::optional<DType> dtype, bool requires_grad,
             std::optional<Device> device) {
        const py::args size(shape.is_none() ? py::object(more) : py::make_tuple(shape) + more);
        const Shape full_shape = shape_from_args(size, {}, dtype);
        return finish(make(full_shape, dtype.value_or(DType::float32)), requires_grad, device);
      },
      "shape"_a = py::none(), "dtype"_a = py::none(), "requires_grad"_a = false, "device"_a = py::none(), doc);
}

template <class Make>
void def_like(py::module_& m, const char* name, Make make, const char* doc) {
  m.def(
      name,
      [make](const ArrayLike& x, std::optional<DType> dtype, bool requires_grad, std::optional<Device> device,
             const py::object& memory_format) {
        static_cast<void>(memory_format);  // the engine chooses layouts
        return finish(make(x.value.shape(), dtype.value_or(x.value.dtype())), requires_grad, device);
      },
      "x"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false, "device"_a = py::none(),
      "memory_format"_a = py::none(), doc);
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
  const DType natural = promote(dtype_of_integer(to_int64(first)), dtype_of_integer(to_int64(last)));
  return arange(to_int64(first), to_int64(last), to_int64(step), dtype.value_or(natural));
}

bool is_complex_number(const Scalar& value) { return std::holds_alternative<std::complex<double>>(value.value); }

bool is_integer_number(const Scalar& value) {
  return !is_complex_number(value) && !std::holds_alternative<double>(value.value);
}

/// `linspace`, also between complex numbers.
Array spaced(const Scalar& start, const Scalar& stop, int64_t count, bool endpoint, std::optional<DType> dtype) {
  if (dtype && is_integer(*dtype) && is_integer_number(start) && is_integer_number(stop))
    return integer_linspace(start, stop, count, endpoint, *dtype);
  if (!is_complex_number(start) && !is_complex_number(stop) && !(dtype && is_complex(*dtype)))
    return linspace(start.to_double(), stop.to_double(), count, endpoint, dtype.value_or(DType::float32));
  const DType complex = dtype.value_or(DType::complex64);
  const std::complex<double> first = start.to_complex(), last = stop.to_complex();
  const Array real = astype(linspace(first.real(), last.real(), count, endpoint, DType::float64), DType::complex128);
  const Array imaginary = linspace(first.imag(), last.imag(), count, endpoint, DType::float64);
  return astype(real + astype(imaginary, DType::complex128) * std::complex<double>(0, 1), complex);
}

/// Numbers between what may be arrays, whose gradients flow. Others are looked at, for that gives every digit.
Array spaced_operands(const Operand& start, const Operand& stop, int64_t count, bool endpoint,
                      std::optional<DType> dtype) {
  const auto stays = [](const Operand& bound) {
    const auto* array = std::get_if<Array>(&bound);
    return array && (array->ndim() > 0 || array->requires_grad() || is_recording());
  };
  const auto number = [](const Operand& bound) {
    const auto* array = std::get_if<Array>(&bound);
    return array ? constant_of(*array) : std::get<Scalar>(bound);
  };
  if (!stays(start) && !stays(stop)) return spaced(number(start), number(stop), count, endpoint, dtype);
  return linspace(to_array(start, stop), to_array(stop, start), count, endpoint, dtype);
}

/// All elements equal to a number, or to what an array is broadcast to.
Array filled_with(const Shape& shape, const Operand& value, DType dtype) {
  if (const auto* array = std::get_if<Array>(&value)) return broadcast_to(astype(*array, dtype), shape);
  return full(shape, std::get<Scalar>(value), dtype);
}

/// The dtype of `full(shape, value)` if none is asked for.
DType natural_dtype(const Scalar& value) {
  if (const int64_t* integer = std::get_if<int64_t>(&value.value)) return dtype_of_integer(*integer);
  return std::visit(
      [](auto v) {
        return std::is_same_v<decltype(v), bool>     ? DType::bool_
               : std::is_integral_v<decltype(v)>     ? DType::uint64
               : std::is_same_v<decltype(v), double> ? DType::float32
                                                     : DType::complex64;
      },
      value.value);
}
DType natural_dtype(const Operand& value) {
  const auto* array = std::get_if<Array>(&value);
  return array ? array->dtype() : natural_dtype(std::get<Scalar>(value));
}

void register_ranges(py::module_& m) {
  m.def(
      "arange",
      [](const std::optional<Scalar>& start, const std::optional<Scalar>& stop, const Scalar& step,
         std::optional<DType> dtype, const std::optional<Scalar>& end, bool requires_grad,
         std::optional<Device> device) {
        if (!start && !end) throw TypeError("arange: expected where to stop");
        const std::optional<Scalar>& bound = stop ? stop : end;
        return finish(start ? range(*start, bound, step, dtype) : range(*bound, {}, step, dtype), requires_grad,
                      device);
      },
      "start"_a = py::none(), "stop"_a = py::none(), "step"_a = py::int_(1), "dtype"_a = py::none(), py::kw_only(),
      "end"_a = py::none(), "requires_grad"_a = false, "device"_a = py::none(),
      "`start, start + step, ...` below `stop`, as Python's range: int32 for ints (int64 if they do not fit), float32 "
      "for floats.\n\n"
      "Raises ValueError if `step` is 0.\n\nExample:\n    >>> print(ingot.arange(5))\n    [0 1 2 3 4]");
  m.def(
      "linspace",
      [](const OperandLike& start, const std::optional<OperandLike>& stop, std::optional<int64_t> num, bool endpoint,
         std::optional<DType> dtype, std::optional<int64_t> steps, const std::optional<OperandLike>& end,
         bool requires_grad, std::optional<Device> device) {
        if (!stop && !end) throw TypeError("linspace: expected where to stop");
        const int64_t count = steps ? *steps : num.value_or(50);
        return finish(spaced_operands(start.value, (stop ? *stop : *end).value, count, endpoint, dtype), requires_grad,
                      device);
      },
      "start"_a, "stop"_a = py::none(), "num"_a = py::none(), "endpoint"_a = true, "dtype"_a = py::none(),
      py::kw_only(), "steps"_a = py::none(), "end"_a = py::none(), "requires_grad"_a = false, "device"_a = py::none(),
      "`num` (50) evenly spaced values from `start` to `stop` (inclusive unless `endpoint=False`); integers are "
      "rounded down. Complex bounds give complex64 unless a dtype is given. Arrays as bounds are broadcast, and the "
      "values lie along a new first axis; gradients flow to them.\n\n"
      "Example:\n    >>> print(ingot.linspace(0, 1, 5))\n    [0.   0.25 0.5  0.75 1.  ]");
  m.def(
      "logspace",
      [](const Scalar& start, const Scalar& stop, int64_t num, bool endpoint, double base, std::optional<DType> dtype,
         std::optional<int64_t> steps) {
        return logspace(start.to_double(), stop.to_double(), steps.value_or(num), endpoint, base,
                        dtype.value_or(DType::float32));
      },
      "start"_a, "stop"_a, "num"_a = 50, "endpoint"_a = true, "base"_a = 10.0, "dtype"_a = py::none(), py::kw_only(),
      "steps"_a = py::none(),
      "`base` to the power of `num` evenly spaced exponents.\n\nExample:\n    >>> print(ingot.logspace(0, 2, 3))\n    "
      "[  1.  10. 100.]");
  m.def(
      "geomspace",
      [](const Scalar& start, const Scalar& stop, int64_t num, bool endpoint, std::optional<DType> dtype) {
        return geomspace(start.to_double(), stop.to_double(), num, endpoint, dtype.value_or(DType::float32));
      },
      "start"_a, "stop"_a, "num"_a = 50, "endpoint"_a = true, "dtype"_a = py::none(),
      "`num` values from `start` to `stop`, each a constant multiple of the one before.\n\n"
      "Raises ValueError if a bound is 0 or their signs differ.\n\nExample:\n    >>> print(ingot.geomspace(1, 8, "
      "4))\n    [1. 2. 4. 8.]");
}

void register_window_functions(py::module_& m) {
  using Window = Array (*)(int64_t, bool, DType);
  const Window hamming = [](int64_t length, bool periodic, DType dtype) {
    return hamming_window(length, periodic, dtype);
  };
  const std::tuple<const char*, const char*, Window> windows[] = {{"hann_window", "hanning", hann_window},
                                                                  {"hamming_window", "hamming", hamming},
                                                                  {"blackman_window", "blackman", blackman_window},
                                                                  {"bartlett_window", "bartlett", bartlett_window}};
  for (const auto& [torch_name, numpy_name, window] : windows) {
    m.def(
        torch_name,
        [window = window](int64_t length, bool periodic, std::optional<DType> dtype) {
          return window(length, periodic, dtype.value_or(DType::float32));
        },
        "window_length"_a, "periodic"_a = true, py::kw_only(), "dtype"_a = py::none(),
        concat("The window `", numpy_name, "`, without its last value if `periodic`.\n\nExample:\n    >>> ingot.",
               torch_name, "(4).shape\n    (4,)")
            .c_str());
    m.def(
        numpy_name, [window = window](int64_t length) { return window(length, false, DType::float32); }, "M"_a,
        concat("The ", numpy_name, " window of M values, both ends included.\n\nExample:\n    >>> ingot.", numpy_name,
               "(4).shape\n    (4,)")
            .c_str());
  }
  m.def(
      "kaiser_window",
      [](int64_t length, bool periodic, double beta, std::optional<DType> dtype) {
        return kaiser_window(length, periodic, beta, dtype.value_or(DType::float32));
      },
      "window_length"_a, "periodic"_a = true, "beta"_a = 12.0, py::kw_only(), "dtype"_a = py::none(),
      "The window `kaiser`, without its last value if `periodic`.\n\nExample:\n    >>> "
      "ingot.kaiser_window(4).shape\n    (4,)");
  m.def(
      "kaiser", [](int64_t length, double beta) { return kaiser_window(length, false, beta); }, "M"_a, "beta"_a,
      "The Kaiser window of M values, both ends included.\n\nExample:\n    >>> ingot.kaiser(4, 8.6).shape\n    (4,)");
}

void register_from_python(py::module_& m) {
  m.def(
      "fromfunction",
      [](const py::function& function, const Shape& shape, DType dtype) {
        const Array grid = grid_indices(shape, dtype);
        py::list coordinates;
        for (const Array& each : unbind(grid, 0)) coordinates.append(py::cast(each));
        return from_python(function(*coordinates));
      },
      "function"_a, "shape"_a, "dtype"_a = DType::float32,
      "What `function` makes of the coordinates of a grid, one array for each axis.\n\nExample:\n    >>> "
      "print(ingot.fromfunction(lambda i, j: i + j, (2, 2)))\n    [[0. 1.]\n     [1. 2.]]");
  m.def(
      "fromiter",
      [](const py::iterable& iterable, std::optional<DType> dtype, int64_t count) {
        py::list items;
        for (const py::handle item : iterable) {
          if (count >= 0 && static_cast<int64_t>(items.size()) == count) break;
          items.append(item);
        }
        if (count >= 0 && static_cast<int64_t>(items.size()) < count)
          throw ValueError("fromiter: expected ", count, " elements, got ", items.size());
        return from_python(items, dtype);
      },
      "iterable"_a, "dtype"_a = py::none(), "count"_a = -1,
      "A vector of what an iterable gives, of the first `count` unless that is negative.\n\nExample:\n    >>> "
      "print(ingot.fromiter(range(3)))\n    [0 1 2]");
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
      [](const Shape& shape, const OperandLike& fill_value, std::optional<DType> dtype, bool requires_grad,
         std::optional<Device> device) {
        const Operand& value = fill_value.value;
        return finish(filled_with(shape, value, dtype.value_or(natural_dtype(value))), requires_grad, device);
      },
      "shape"_a, "fill_value"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false,
      "device"_a = py::none(),
      "All elements equal to `fill_value`, a number or an array that is broadcast, of its dtype unless one is given."
      "\n\nExample:\n    >>> "
      "print(ingot.full((2,), 7.0))\n    [7. 7.]");
  m.def(
      "full_like",
      [](const ArrayLike& x, const OperandLike& fill_value, std::optional<DType> dtype, bool requires_grad,
         std::optional<Device> device) {
        return finish(filled_with(x.value.shape(), fill_value.value, dtype.value_or(x.value.dtype())), requires_grad,
                      device);
      },
      "x"_a, "fill_value"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false, "device"_a = py::none(),
      "`fill_value` in the shape and dtype of `x`.\n\nExample:\n    >>> print(ingot.full_like(ingot.zeros(2), 3))\n    "
      "[3. 3.]");
  m.def(
      "eye",
      [](int64_t rows, std::optional<int64_t> columns, SaturatedInt k, std::optional<DType> dtype, bool requires_grad,
         std::optional<Device> device) {
        return finish(eye(rows, columns.value_or(rows), k, dtype.value_or(DType::float32)), requires_grad, device);
      },
      "n"_a, "m"_a = py::none(), "k"_a = 0, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false,
      "device"_a = py::none(),
      "Ones on the `k`-th diagonal of an (n, m) array of zeros.\n\nExample:\n    >>> print(ingot.eye(2))\n    [[1. "
      "0.]\n     [0. 1.]]");
  m.attr("identity") = m.attr("eye");
  register_ranges(m);
  register_window_functions(m);
  register_from_python(m);
}

}  // namespace ingot::python
