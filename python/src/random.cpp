#include "ingot/ops/random.h"

#include "bind.h"
#include "creation_args.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation_op.h"
#include "random_args.h"

namespace ingot::python {

namespace {

using random::Generator;

template <class Draw>
void def_sized(py::module_& m, const char* name, Draw draw, const char* doc) {
  m.def(
      name,
      [draw](const py::args& size, const std::optional<Shape>& shape, std::optional<DType> dtype, bool requires_grad,
             const GeneratorArg& generator, const DeviceArg& device) {
        device.require();
        const Shape full_shape = shape_from_args(size, shape, dtype);
        const Array drawn = draw(full_shape, dtype.value_or(DType::float32), key_of({}, generator));
        if (requires_grad) drawn.set_requires_grad();
        return drawn;
      },
      py::kw_only(), "size"_a = py::none(), "dtype"_a = py::none(), "requires_grad"_a = false,
      "generator"_a = py::none(), "device"_a = py::none(), doc);
}

int64_t bound(const py::object& given, int64_t otherwise) {
  return given.is_none() ? otherwise : py::cast<int64_t>(given);
}

Array draw_integers(const py::args& args, const py::object& shape, const py::object& low, const py::object& high,
                    std::optional<DType> dtype, const OptionalKey& key, const py::object& size,
                    const GeneratorArg& generator, const DeviceArg& device) {
  device.require();
  DrawArgs given("randint", args, shape, size, dtype, low, high);
  // PyTorch's `randint(high, size)`.
  if (given.parameters[1].is_none()) std::swap(given.parameters[0], given.parameters[1]);
  if (given.parameters[1].is_none()) throw TypeError("randint: expected the bounds, as in randint(shape, low, high)");
  return random::randint(given.shape.value_or(Shape()), bound(given.parameters[0], 0), bound(given.parameters[1], 0),
                         given.dtype.value_or(dtype_of_integer(0)), key_of(key, generator));
}

Array draw_uniform(const py::args& args, const py::object& shape, const py::object& low, const py::object& high,
                   std::optional<DType> dtype, const OptionalKey& key, const py::object& size,
                   const GeneratorArg& generator, const DeviceArg& device) {
  device.require();
  const DrawArgs given("uniform", args, shape, size, dtype, low, high);
  const Array from = key_of(key, generator);
  const DType result = given.dtype.value_or(DType::float32);
  if (given.plain())
    return random::uniform(given.shape.value_or(Shape()), given.number(0, 0), given.number(1, 1), result, from);
  return random::uniform(given.full_shape("uniform"), given.parameter(0, 0), given.parameter(1, 1), result, from);
}

const py::object& first_given(const py::object& name, const py::object& other) { return name.is_none() ? other : name; }

Array draw_normal(const py::args& args, const py::object& shape, const py::object& mean, const py::object& std,
                  std::optional<DType> dtype, const OptionalKey& key, const py::object& loc, const py::object& scale,
                  const py::object& size, const GeneratorArg& generator, const DeviceArg& device) {
  device.require();
  const DrawArgs given("normal", args, shape, size, dtype, first_given(mean, loc), first_given(std, scale));
  const Array from = key_of(key, generator);
  const DType result = given.dtype.value_or(DType::float32);
  if (given.plain())
    return random::normal(given.shape.value_or(Shape()), given.number(0, 0), given.number(1, 1), result, from);
  return random::normal(given.full_shape("normal"), given.parameter(0, 0), given.parameter(1, 1), result, from);
}

void register_generator(py::module_& m) {
  py::class_<Generator>(m, "Generator",
                        "A source of random numbers with a state of its own, as PyTorch's: functions draw from it by "
                        "`generator=`.\n\nExample:\n    >>> g = ingot.Generator().manual_seed(0)\n    >>> "
                        "ingot.rand(2, generator=g).shape\n    (2,)")
      .def(py::init([](const py::object&) { return std::make_unique<Generator>(); }), "device"_a = py::none())
      .def(
          "manual_seed",
          [](Generator& self, const py::object& seed) -> Generator& {
            self.manual_seed(PyLong_AsUnsignedLongLongMask(py::int_(seed).ptr()));
            return self;
          },
          "seed"_a, py::return_value_policy::reference, "Starts again from a seed; returns the generator.")
      .def("seed", &Generator::seed, "Starts again from a seed of the system's, and returns it.")
      .def("initial_seed", &Generator::initial_seed, "The seed last given.")
      .def(
          "get_state", [](const Generator& self) { return alias(self.state()); }, "The state: a key.")
      .def(
          "set_state", [](Generator& self, const Array& state) { self.set_state(state); }, "state"_a,
          "Continues from a state that `get_state` returned.");
}

void register_draws(py::module_& r) {
  r.def("key", random::key, "seed"_a,
        "A key (uint32, shape (2,)) from a seed: functions given it draw the same numbers every time.\n\nExample:\n    "
        ">>> ingot.random.key(0).shape\n    (2,)");
  r.def(
      "split", [](const ArrayLike& key, int64_t num) { return random::split(key, num); }, "key"_a, "num"_a = 2,
      "`num` independent keys, shape (num, 2).\n\nExample:\n    >>> a, b = ingot.random.split(ingot.random.key(0))");
  r.def("seed", random::seed, "seed"_a,
        "Restarts the global generator, from which functions without a key draw.\n\nExample:\n    >>> "
        "ingot.random.seed(0)");
  r.def(
      "get_rng_state", [] { return alias(random::state()); },
      "The state of the global generator: a key.\n\nExample:\n    >>> ingot.random.get_rng_state().shape\n    (2,)");
  r.def(
      "set_rng_state", [](const Array& state) { random::default_generator().set_state(state); }, "state"_a,
      "Continues the global generator from a state that `get_rng_state` returned.\n\nRaises TypeError unless it is a "
      "key.\n\nExample:\n    >>> ingot.random.set_rng_state(ingot.random.get_rng_state())");
  r.def("state", [] { return random::state(); }, "The state of the global generator: a key that each draw replaces.");
  r.def(
      "bits", [](const Shape& shape, const OptionalKey& key) { return random::bits(shape, key_of(key, {})); },
      "shape"_a = Shape(), "key"_a = py::none(),
      "Uniform 32-bit integers (uint32).\n\nExample:\n    >>> ingot.random.bits((3,)).dtype\n    ingot.uint32");
  r.def("uniform", draw_uniform, py::kw_only(), "shape"_a = py::none(), "low"_a = py::none(), "high"_a = py::none(),
        "dtype"_a = py::none(), "key"_a = py::none(), "size"_a = py::none(), "generator"_a = py::none(),
        "device"_a = py::none(),
        "Uniform numbers in [low, high), which may be arrays: `uniform(shape, low=0, high=1)`; NumPy's order "
        "`uniform(low, high, shape)` works too.\n\n"
        "Raises TypeError unless `dtype` is floating.\n\nExample:\n    >>> ingot.random.uniform((2, 3), -1.0, "
        "1.0).shape\n    (2, 3)");
  r.def(
      "normal", draw_normal, py::kw_only(), "shape"_a = py::none(), "mean"_a = py::none(), "std"_a = py::none(),
      "dtype"_a = py::none(), "key"_a = py::none(), "loc"_a = py::none(), "scale"_a = py::none(), "size"_a = py::none(),
      "generator"_a = py::none(), "device"_a = py::none(),
      "Normal numbers with the given mean and standard deviation, which may be arrays: `normal(shape, mean=0, std=1)`, "
      "MLX's `normal(shape, dtype, loc, scale)`; PyTorch's and NumPy's order `normal(mean, std, size)` works too.\n\n"
      "Raises ValueError for a negative standard deviation.\n\nExample:\n    >>> ingot.random.normal((2, "
      "3)).shape\n    (2, 3)");
  r.def("randint", draw_integers, py::kw_only(), "shape"_a = py::none(), "low"_a = py::none(), "high"_a = py::none(),
        "dtype"_a = py::none(), "key"_a = py::none(), "size"_a = py::none(), "generator"_a = py::none(),
        "device"_a = py::none(),
        "Uniform integers in [low, high): `randint(shape, low, high)`; `randint(low, high, shape)` and `randint(high, "
        "shape)` work too.\n\n"
        "Raises ValueError unless low < high.\n\nExample:\n    >>> ingot.random.randint((4,), 0, 10).shape\n    (4,)");
  r.def(
      "bernoulli",
      [](const ArrayLike& p, const OptionalShape& shape, const OptionalKey& key, const OptionalShape& size,
         const GeneratorArg& generator) {
        return random::bernoulli(p, shape_of(shape, size).value_or(p.value.shape()), key_of(key, generator));
      },
      "p"_a = 0.5, "shape"_a = py::none(), "key"_a = py::none(), py::kw_only(), "size"_a = py::none(),
      "generator"_a = py::none(),
      "True with probability `p`, which broadcasts to `shape` (its own if none is given).\n\nExample:\n    >>> "
      "ingot.random.bernoulli(0.3, (5,)).dtype\n    ingot.bool");
  r.def(
      "permutation",
      [](const py::object& x, int64_t axis, const OptionalKey& key, const GeneratorArg& generator) {
        const Array from = key_of(key, generator);
        if (PyLong_Check(x.ptr())) return random::permutation(py::cast<int64_t>(x), from);
        return random::permutation(from_python(x), axis, from);
      },
      "x"_a, "axis"_a = 0, "key"_a = py::none(), py::kw_only(), "generator"_a = py::none(),
      "0..x-1 in random order (int32) for an int; for an array, its slices along `axis` in random order.\n\n"
      "Example:\n    >>> sorted(ingot.random.permutation(3).tolist())\n    [0, 1, 2]");
}

}  // namespace

void register_random(py::module_& m) {
  py::module_ r = m.def_submodule(
      "random",
      "Random numbers by a counter-based generator: same seed, same numbers, on every machine and thread count.");
  register_generator(r);
  register_draws(r);
  for (const char* name : {"Generator", "get_rng_state", "set_rng_state", "normal"}) m.attr(name) = r.attr(name);
  m.attr("seed") = r.attr("seed");
  m.attr("manual_seed") = r.attr("seed");
  r.def(
      "initial_seed", [] { return random::default_generator().initial_seed(); },
      "The seed last given to `seed`.\n\nExample:\n    >>> ingot.random.seed(3)\n    >>> "
      "ingot.random.initial_seed()\n    3");
  m.attr("initial_seed") = r.attr("initial_seed");
  m.attr("randint") = r.attr("randint");
  m.attr("bernoulli") = r.attr("bernoulli");
  m.def(
      "randperm",
      [](int64_t n, const GeneratorArg& generator, const DeviceArg& device, std::optional<DType> dtype) {
        device.require();
        const Array order = random::permutation(n, key_of({}, generator));
        return dtype ? astype(order, *dtype) : order;
      },
      "n"_a, py::kw_only(), "generator"_a = py::none(), "device"_a = py::none(), "dtype"_a = py::none(),
      "0..n-1 in random order (int32).\n\nExample:\n    >>> ingot.randperm(3).shape\n    (3,)");
  def_sized(
      m, "rand",
      [](const Shape& shape, DType dtype, const Array& key) { return random::uniform(shape, 0.0, 1.0, dtype, key); },
      "Uniform numbers in [0, 1): `rand(2, 3)` or `rand((2, 3))`.\n\nExample:\n    >>> ingot.rand(2, 3).shape\n    (2, "
      "3)");
  def_sized(
      m, "randn",
      [](const Shape& shape, DType dtype, const Array& key) { return random::normal(shape, 0, 1, dtype, key); },
      "Standard normal numbers: `randn(2, 3)` or `randn((2, 3))`.\n\nExample:\n    >>> ingot.randn(2, 3).shape\n    "
      "(2, 3)");
  const auto like = [](Array (*draw)(const Shape&, DType)) {
    return [draw](const ArrayLike& x, std::optional<DType> dtype, bool requires_grad, const DeviceArg& device,
                  const py::object& memory_format) {
      static_cast<void>(memory_format);  // the engine chooses layouts
      device.require();
      const Array drawn = draw(x.value.shape(), dtype.value_or(x.value.dtype()));
      if (requires_grad) drawn.set_requires_grad();
      return drawn;
    };
  };
  m.def("rand_like", like([](const Shape& shape, DType dtype) { return random::uniform(shape, 0.0, 1.0, dtype); }),
        "x"_a, "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false, "device"_a = py::none(),
        "memory_format"_a = py::none(),
        "Uniform numbers in [0, 1) in the shape and dtype of `x`.\n\nExample:\n    >>> "
        "ingot.rand_like(ingot.ones(3)).shape\n    (3,)");
  m.def("randn_like", like([](const Shape& shape, DType dtype) { return random::normal(shape, 0, 1, dtype); }), "x"_a,
        "dtype"_a = py::none(), py::kw_only(), "requires_grad"_a = false, "device"_a = py::none(),
        "memory_format"_a = py::none(),
        "Standard normal numbers in the shape and dtype of `x`.\n\nExample:\n    >>> "
        "ingot.randn_like(ingot.ones(3)).shape\n    (3,)");
}

}  // namespace ingot::python
