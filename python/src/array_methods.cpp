// Methods of `array` that are no functions of the package: conversion, copies, in-place operations, gradients.
#include "bind.h"
#include "errors.h"
#include "hooks.h"
#include "ingot/autograd/backward.h"
#include "ingot/engine/eval.h"
#include "ingot/io/named_arrays.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"

namespace ingot::python {

namespace {

// ---- where and what ----

/// PyTorch's `to`: a dtype, a device, an array whose both are taken, or several of these.
py::object move_to(const py::object& self, const py::args& args, const std::optional<DType>& dtype,
                   const std::optional<Device>& device) {
  const Array& array = unwrap(self.ptr());
  DType wanted = dtype.value_or(array.dtype());
  Device target = device.value_or(array.device());
  for (py::handle arg : args) {
    if (is_array(arg.ptr())) {
      wanted = unwrap(arg.ptr()).dtype();
      target = unwrap(arg.ptr()).device();
    } else if (const auto given = dtype_from_python(arg)) {
      wanted = *given;
    } else {
      target = py::cast<Device>(arg);
    }
  }
  require_available(target);
  if (wanted == array.dtype()) return self;
  return py::cast(astype(array, wanted));
}

void register_conversions() {
  def_method(
      "item", [](const Array& x) { return to_number(x); },
      "The only element, as a Python number. Raises ValueError unless there is exactly one.\n\nExample:\n    >>> "
      "ingot.array([2.5]).item()\n    2.5");
  def_method(
      "tolist", [](const Array& x) { return to_list(x); },
      "The elements as nested lists; a number for a 0-d array.\n\nExample:\n    >>> ingot.array([[1, 2]]).tolist()\n   "
      " [[1, 2]]");
  def_method("__complex__", [](const Array& x) {
    if (x.size() != 1)
      throw TypeError("only an array of one element converts to complex, this one has shape ", x.shape());
    return item<std::complex<double>>(x);
  });
  def_method(
      "to",
      [](const py::object& self, const py::args& args, std::optional<DType> dtype, std::optional<Device> device,
         bool non_blocking, bool copy, const py::object& memory_format) {
        static_cast<void>(non_blocking);   // evaluation waits for what it needs
        static_cast<void>(memory_format);  // the engine chooses layouts
        const py::object moved = move_to(self, args, dtype, device);
        return copy && moved.is(self) ? self.attr("clone")() : moved;
      },
      py::kw_only(), "dtype"_a = py::none(), "device"_a = py::none(), "non_blocking"_a = false, "copy"_a = false,
      "memory_format"_a = py::none(),
      "The array in another dtype or on another device; itself if nothing changes, unless `copy`.\n\nRaises "
      "DeviceError, naming what "
      "is available.\n\n"
      "Example:\n    >>> ingot.ones(2).to(ingot.float64).dtype\n    ingot.float64");
  def_method(
      "cpu", [](const py::object& self) { return move_to(self, py::args(), {}, Device{}); }, "The array on the CPU.");
  constexpr std::pair<const char*, DType> kCasts[] = {
      {"float", DType::float32},     {"double", DType::float64}, {"half", DType::float16},
      {"bfloat16", DType::bfloat16}, {"int", DType::int32},      {"long", DType::int64},
      {"short", DType::int16},       {"byte", DType::uint8},     {"bool", DType::bool_}};
  for (const auto& [name, dtype] : kCasts)
    def_method(
        name, [dtype = dtype](const Array& x) { return astype(x, dtype); },
        concat("The array as ", dtype, ".").c_str());
  def_method("numel", [](const Array& x) { return x.size(); }, "The number of elements.");
  def_method("dim", [](const Array& x) { return x.ndim(); }, "The number of axes.");
  def_method("element_size", [](const Array& x) { return size_of(x.dtype()); }, "Bytes per element.");
  def_method(
      "is_floating_point", [](const Array& x) { return is_floating(x.dtype()); }, "True for a real floating dtype.");
  def_method("is_complex", [](const Array& x) { return is_complex(x.dtype()); }, "True for a complex dtype.");
  def_method(
      "norm",
      [](const py::object& self, const py::object& p, const py::object& dim, bool keepdim) {
        return py::module_::import("ingot._torch_names").attr("norm")(self, p, dim, keepdim);
      },
      "p"_a = "fro", "dim"_a = py::none(), "keepdim"_a = false,
      "The p-norm of the elements along `dim` (all of them by default): `ingot.norm`.\n\nExample:\n    >>> "
      "ingot.array([3.0, 4.0]).norm().item()\n    5.0");
  for (const char* name : {"new_zeros", "new_ones", "new_empty"})
    def_method(
        name,
        [maker = std::string(name).substr(4)](const Array& x, const py::args& size, std::optional<DType> dtype,
                                              bool requires_grad) {
          return py::module_::import("ingot._core")
              .attr(maker.c_str())(*size, "dtype"_a = dtype.value_or(x.dtype()), "requires_grad"_a = requires_grad);
        },
        py::kw_only(), "dtype"_a = py::none(), "requires_grad"_a = false,
        concat("`ingot.", name + 4, "` in the dtype of this array.").c_str());
  def_method(
      "new_full",
      [](const Array& x, const Shape& size, const Scalar& fill_value, std::optional<DType> dtype) {
        return full(size, fill_value, dtype.value_or(x.dtype()));
      },
      "size"_a, "fill_value"_a, py::kw_only(), "dtype"_a = py::none(), "`ingot.full` in the dtype of this array.");
  def_method(
      "new_tensor",
      [](const Array& x, const py::object& data, std::optional<DType> dtype) {
        return py::module_::import("ingot._core").attr("array")(data, "dtype"_a = dtype.value_or(x.dtype()));
      },
      "data"_a, py::kw_only(), "dtype"_a = py::none(), "`ingot.array(data)` in the dtype of this array.");
  def_method(
      "type_as", [](const Array& x, const Array& other) { return astype(x, other.dtype()); }, "other"_a,
      "The array in the dtype of `other`.");
  def_method("nelement", [](const Array& x) { return x.size(); }, "The number of elements.");
  def_method(
      "is_contiguous", [](const Array&) { return true; },
      "True: `view`, `numpy` and the buffer protocol see every array in the order of its elements.");
  def_method(
      "reshape_as", [](const Array& x, const Array& other) { return reshape(x, other.shape()); }, "other"_a,
      "Reshaped to the shape of `other`.");
  def_method(
      "view_as", [](const Array& x, const Array& other) { return reshape(x, other.shape()); }, "other"_a,
      "Reshaped to the shape of `other`.");
  def_method(
      "expand_as", [](const Array& x, const Array& other) { return broadcast_to(x, other.shape()); }, "other"_a,
      "Stretched to the shape of `other`.");
}

// ---- copies ----

/// A new leaf (or plain array) with the same values, of the same Python type; its gradient is copied along if `with_grad`.
py::object twin(const py::object& self, bool with_grad) {
  const Array& array = unwrap(self.ptr());
  const Array copy = make_leaf(array, array.requires_grad());
  if (with_grad && array.grad().defined()) copy.set_grad(make_leaf(array.grad(), false));
  return py::reinterpret_steal<py::object>(wrap(copy, is_parameter(self.ptr()) ? parameter_type() : array_type()));
}

py::bytes to_bytes(const Array& array) {
  const Value held = without_gil([&] { return value(copied(array, array.dtype())); });
  return py::bytes(static_cast<const char*>(held.buffer->data()),
                   static_cast<size_t>(array.size()) * size_of(array.dtype()));
}

/// The elements as a pickle holds them. From protocol 5 on a buffer, which a pickler may pass on without a copy.
py::object pickled_elements(const Array& array, int protocol) {
  if (protocol < 5 || array.dtype() == DType::bfloat16) return to_bytes(array);
  PyObject* buffer = PyPickleBuffer_FromObject(py::cast(contiguous(array)).ptr());
  if (!buffer) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(buffer);
}

/// A read-only window on the memory of a contiguous buffer.
Array window_on(const py::object& source, const Shape& shape, DType dtype) {
  auto* view = new Py_buffer;
  if (PyObject_GetBuffer(source.ptr(), view, PyBUF_SIMPLE) != 0) {
    delete view;
    throw py::error_already_set();
  }
  const std::shared_ptr<Py_buffer> held(view, [](Py_buffer* buffer) {
    if (Py_IsInitialized()) {
      const WithGil gil;
      PyBuffer_Release(buffer);
    }
    delete buffer;
  });
  const auto bytes = static_cast<size_t>(held->len);
  if (bytes != static_cast<size_t>(element_count(shape)) * size_of(dtype))
    throw ValueError("array: ", bytes, " bytes do not fill shape ", shape, " of ", dtype);
  if (PyBytes_Check(source.ptr()) || reinterpret_cast<uintptr_t>(held->buf) % size_of(dtype) != 0)
    return from_data(held->buf, shape, dtype);
  return Array(
      Node::constant({Buffer::borrow(held->buf, bytes, [held] {}, false), Layout::contiguous(shape)}, {shape, dtype}));
}

/// The attributes of the user's own, which only a parameter has.
py::dict own_attributes(const py::object& self) {
  PyObject* attributes =
      is_parameter(self.ptr()) ? reinterpret_cast<ParameterObject*>(self.ptr())->attributes : nullptr;
  return attributes ? py::reinterpret_borrow<py::dict>(attributes) : py::dict();
}

py::object rebuild(bool parameter, const py::object& data, const Shape& shape, DType dtype, bool requires_grad) {
  const Array array = make_leaf(window_on(data, shape, dtype), requires_grad);
  return py::reinterpret_steal<py::object>(wrap(array, parameter ? parameter_type() : array_type()));
}

void register_copies(py::module_& m) {
  constexpr const char* clone_doc =
      "A copy, through which gradients flow.\n\nExample:\n    >>> y = ingot.ones(2).clone()";
  for (const char* name : {"clone", "copy"})
    def_method(
        name, [](const Array& x, const py::object&) { return identity(x); }, py::kw_only(),
        "memory_format"_a = py::none(), clone_doc);
  def_method(
      "detach", [](const Array& x) { return Array(stop_gradient(x).node()); },
      "The same values, cut from their graph. Changing the result in place leaves this array as it is.\n\n"
      "Example:\n    >>> ingot.ones(2, requires_grad=True).detach().requires_grad\n    False");
  def_method("tobytes", to_bytes, "The elements in row-major order, as bytes.");
  def_method("__copy__", [](const py::object& self) {
    py::object copy = twin(self, false);
    for (const auto& [name, value] : own_attributes(self)) copy.attr(name) = value;
    return copy;
  });
  def_method("__deepcopy__", [](const py::object& self, const py::dict& memo) {
    py::object copy = twin(self, true);
    memo[py::int_(reinterpret_cast<size_t>(self.ptr()))] = copy;
    const py::object deepcopy = py::module_::import("copy").attr("deepcopy");
    for (const auto& [name, value] : own_attributes(self)) copy.attr(name) = deepcopy(value, memo);
    return copy;
  });
  m.def("_rebuild_array", rebuild, "Makes an array from a pickle.");
  def_method(
      "__reduce_ex__",
      [m](const py::object& self, int protocol) {
        const Array& x = unwrap(self.ptr());
        const py::tuple reduced = py::make_tuple(
            m.attr("_rebuild_array"), py::make_tuple(is_parameter(self.ptr()), pickled_elements(x, protocol), x.shape(),
                                                     x.dtype(), x.requires_grad()));
        const py::dict attributes = own_attributes(self);
        if (attributes.empty()) return py::object(reduced);
        // The second of a pair is set attribute by attribute; a dictionary alone would be put into __dict__ unseen.
        return reduced + py::make_tuple(py::make_tuple(py::none(), attributes));
      },
      "protocol"_a);
  def_method("__format__", [](const py::object& self, const std::string& spec) {
    const Array& x = unwrap(self.ptr());
    if (spec.empty()) return py::object(py::str(self));
    if (x.ndim() == 0) {
      const py::object text =
          py::reinterpret_steal<py::object>(PyObject_Format(to_number(x).ptr(), py::str(spec).ptr()));
      if (!text) throw py::error_already_set();
      return text;
    }
    return py::object(py::module_::import("ingot._printing").attr("to_format")(self, spec));
  });
}

// ---- in place ----

/// `x.name_(y)`: the operation of two operands, stored into the first.
void def_binary_in_place(const char* name, Array (*arrays)(const Array&, const Array&),
                         Array (*number)(const Array&, const Scalar&)) {
  def_method(
      name,
      [arrays, number](const py::object& self, const OperandLike& other, const std::optional<Scalar>& alpha) {
        const Array& x = unwrap(self.ptr());
        if (alpha) {
          assign_in_place(self.ptr(), arrays(x, to_array(other.value, x) * *alpha));
        } else if (const auto* y = std::get_if<Array>(&other.value)) {
          assign_in_place(self.ptr(), arrays(x, *y));
        } else {
          assign_in_place(self.ptr(), number(x, std::get<Scalar>(other.value)));
        }
        return self;
      },
      "other"_a, py::kw_only(), "alpha"_a = py::none(),
      "Stores the result of the operation (on `alpha * other`, if given) in this array, and returns it.");
}

void def_unary_in_place(const char* name, Array (*function)(const Array&)) {
  def_method(
      name,
      [function](const py::object& self) {
        assign_in_place(self.ptr(), function(unwrap(self.ptr())));
        return self;
      },
      "Stores the result of the function in this array, and returns it.");
}

void register_in_place() {
  def_binary_in_place("add_", ingot::add, ingot::add);
  def_binary_in_place("sub_", ingot::subtract, ingot::subtract);
  def_binary_in_place("mul_", ingot::multiply, ingot::multiply);
  def_binary_in_place("div_", ingot::divide, ingot::divide);
  def_binary_in_place("pow_", ingot::pow, ingot::pow);
  def_unary_in_place("neg_", ingot::negative);
  def_unary_in_place("exp_", ingot::exp);
  def_unary_in_place("sqrt_", ingot::sqrt);
  def_unary_in_place("relu_", ingot::relu);
  def_unary_in_place("tanh_", ingot::tanh);
  def_unary_in_place("sigmoid_", ingot::sigmoid);
  def_unary_in_place("abs_", ingot::abs);
  def_method(
      "zero_",
      [](const py::object& self) {
        assign_in_place(self.ptr(), zeros_like(unwrap(self.ptr())));
        return self;
      },
      "Sets all elements to zero, and returns the array.\n\nExample:\n    >>> print(ingot.ones(2).zero_())\n    [0. "
      "0.]");
  def_method(
      "fill_",
      [](const py::object& self, const OperandLike& given) {
        const Array& x = unwrap(self.ptr());
        const auto* number = std::get_if<Scalar>(&given.value);
        const Array value = number ? scalar(*number, x.dtype()) : std::get<Array>(given.value);
        if (value.ndim() > 0) throw ShapeError("fill_: expected a number or a 0-d array, got shape ", value.shape());
        assign_in_place(self.ptr(), broadcast_to(astype(value, x.dtype()), x.shape()));
        return self;
      },
      "value"_a,
      "Sets all elements to `value`, and returns the array.\n\nExample:\n    >>> print(ingot.ones(2).fill_(3))\n    "
      "[3. 3.]");
  def_method(
      "copy_",
      [](const py::object& self, const ArrayLike& source) {
        const Array& x = unwrap(self.ptr());
        assign_in_place(self.ptr(), astype(broadcast_to(source, x.shape()), x.dtype()));
        return self;
      },
      "source"_a, "Takes over the values of `source` (broadcast, cast), and returns the array.");
  const auto clamp = [](const py::object& self, const std::optional<OperandLike>& low,
                        const std::optional<OperandLike>& high) {
    const Array& x = unwrap(self.ptr());
    const auto bound = [&](const std::optional<OperandLike>& given) {
      return given ? to_array(given->value, x) : Array();
    };
    assign_in_place(self.ptr(), clip(x, bound(low), bound(high)));
    return self;
  };
  for (const char* name : {"clamp_", "clip_"})
    def_method(name, clamp, "min"_a = py::none(), "max"_a = py::none(),
               "Moves each element into `[min, max]` in place, and returns the array.");
  def_method(
      "uniform_",
      [](const py::object& self, double low, double high) {
        const Array& x = unwrap(self.ptr());
        assign_in_place(self.ptr(), random::uniform(x.shape(), low, high, x.dtype()));
        return self;
      },
      "low"_a = 0.0, "high"_a = 1.0, "Fills the array with uniform random numbers, and returns it.");
  def_method(
      "normal_",
      [](const py::object& self, double mean, double std) {
        const Array& x = unwrap(self.ptr());
        assign_in_place(self.ptr(), random::normal(x.shape(), mean, std, x.dtype()));
        return self;
      },
      "mean"_a = 0.0, "std"_a = 1.0, "Fills the array with normal random numbers, and returns it.");
  const auto round = [](const Array& x, int decimals) {
    if (decimals == 0) return ingot::round(x);
    const double scale = std::pow(10.0, decimals);
    return ingot::round(x * scale) / scale;
  };
  def_method("round", round, "decimals"_a = 0, "Rounded to a number of decimals, halves to even.");
  def_method(
      "__round__", [round](const Array& x, std::optional<int> decimals) { return round(x, decimals.value_or(0)); },
      "decimals"_a = py::none());
}

// ---- gradients ----

void register_gradients(py::module_& m) {
  def_method(
      "requires_grad_",
      [](const py::object& self, bool flag) {
        unwrap(self.ptr()).set_requires_grad(flag);
        return self;
      },
      "requires_grad"_a = true,
      "Starts (or stops) recording operations on this leaf, and returns it.\n\nRaises TypeError unless the dtype is "
      "floating or complex.\n\n"
      "Example:\n    >>> ingot.ones(2).requires_grad_().requires_grad\n    True");
  def_method(
      "detach_",
      [](const py::object& self) {
        const Array& x = unwrap(self.ptr());
        if (x.is_leaf()) {
          x.set_requires_grad(false);
        } else {
          x.rebind_unchecked(stop_gradient(x).node());
        }
        return self;
      },
      "Cuts this array from its graph, and returns it.");
  def_method(
      "retain_grad", [](const Array& x) { x.retain_grad(); },
      "Keeps the gradient of this non-leaf in `.grad` too, when `backward()` finds it.");
  def_method(
      "backward",
      [](const Array& x, const std::optional<ArrayLike>& gradient, std::optional<bool> retain_graph, bool create_graph,
         const std::optional<std::variant<Array, std::vector<Array>>>& inputs) {
        std::vector<Array> targets;
        if (inputs) {
          if (const Array* one = std::get_if<Array>(&*inputs))
            targets = {*one};
          else
            targets = std::get<std::vector<Array>>(*inputs);
          if (targets.empty()) throw ValueError("backward: inputs is empty; leave it out to mean all leaves");
        }
        run_backward(std::vector<Array>{x}, {gradient ? gradient->value : Array()},
                     {retain_graph.value_or(create_graph), create_graph}, targets);
      },
      "gradient"_a = py::none(), "retain_graph"_a = py::none(), "create_graph"_a = false, "inputs"_a = py::none(),
      "Adds the gradient of this array to `.grad` of every leaf it depends on.\n\n`gradient` is the gradient of this "
      "array itself: ones, if none is given, whatever "
      "the shape. `retain_graph` keeps the graph for another backward; `create_graph` records the gradients' own "
      "graph, so that they can be differentiated again. "
      "With `inputs` (an array or several, leaves or not) gradients go to `.grad` of these alone.\n\n"
      "Raises RuntimeError if the array does not require grad (naming what cut the graph) or if its graph was "
      "released.\n\n"
      "Example:\n    >>> x = ingot.array([2.0, 3.0], requires_grad=True)\n    >>> (x ** 2).backward()\n    >>> "
      "print(x.grad)\n    [4. 6.]");
  py::class_<HookHandle>(m, "HookHandle", "What `register_hook` returns.")
      .def("remove", &HookHandle::remove, "Takes the hook away.");
  def_method("register_hook", register_hook, "hook"_a,
             "Calls `hook(gradient)` when `backward()` finds the gradient of this array; what it returns, unless None, "
             "replaces the gradient.\n\n"
             "Returns an object whose `remove()` takes the hook away.\n\nExample:\n    >>> x = ingot.ones(2, "
             "requires_grad=True)\n"
             "    >>> handle = x.register_hook(lambda g: g * 2)");
}

}  // namespace

void register_array_methods(py::module_& m) {
  register_conversions();
  register_copies(m);
  register_in_place();
  register_gradients(m);
}

}  // namespace ingot::python
