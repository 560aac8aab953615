#include "ingot/ops/random.h"

#include "bind.h"
#include "creation_args.h"

namespace ingot::python {

namespace {

using OptionalKey = std::optional<Array>;

Array key_or_none(const OptionalKey& key) { return key.value_or(Array()); }

bool is_shape(const py::object& object) {
  Shape ignored;
  return !object.is_none() && !PyIndex_Check(object.ptr()) && load_ints(object, ignored);
}

/// Arguments of a draw from a range, in our order (shape, low, high) or in NumPy's (low, high, shape), told apart by where the tuple stands.
struct RangeArgs {
  Shape shape;
  py::object low, high;

  RangeArgs(const char* name, const py::args& args, const py::object& shape_keyword, const py::object& low_keyword,
            const py::object& high_keyword)
      : low(low_keyword), high(high_keyword) {
    std::vector<py::object> given;
    for (py::handle arg : args) given.push_back(py::reinterpret_borrow<py::object>(arg));
    py::object where = shape_keyword;
    if (where.is_none() && !given.empty()) {
      const size_t last = given.size() - 1;
      const size_t at = last > 0 && is_shape(given[last]) && !is_shape(given[0]) ? last : 0;
      if (at != 0 || is_shape(given[0]) ||
          (PyIndex_Check(given[0].ptr()) && low.is_none() && high.is_none() && given.size() != 2)) {
        where = given[at];
        given.erase(given.begin() + static_cast<std::ptrdiff_t>(at));
      }
    }
    for (py::object* target : {&low, &high}) {
      if (given.empty() || !target->is_none()) continue;
      *target = given.front();
      given.erase(given.begin());
    }
    if (!given.empty()) throw TypeError(name, ": too many arguments; expected ", name, "(shape, low, high)");
    if (!where.is_none() && !load_ints(where, shape))
      throw TypeError(name, ": a shape is an int or a tuple of ints, got ", py::cast<std::string>(py::repr(where)));
  }
};

template <class Draw>
void def_sized(py::module_& m, const char* name, Draw draw, const char* doc) {
  m.def(
      name,
      [draw](const py::args& size, const std::optional<Shape>& shape, std::optional<DType> dtype, bool requires_grad) {
        const Shape full_shape = shape_from_args(size, shape, dtype);
        const Array drawn = draw(full_shape, dtype.value_or(DType::float32));
        if (requires_grad) drawn.set_requires_grad();
        return drawn;
      },
      py::kw_only(), "size"_a = py::none(), "dtype"_a = py::none(), "requires_grad"_a = false, doc);
}

Array draw_integers(const py::args& args, const py::object& shape, const py::object& low, const py::object& high,
                    DType dtype, const OptionalKey& key) {
  RangeArgs range("randint", args, shape, low, high);
  // PyTorch's `randint(high, size)`.
  if (range.high.is_none()) std::swap(range.low, range.high);
  if (range.high.is_none()) throw TypeError("randint: expected the bounds, as in randint(shape, low, high)");
  const int64_t from = range.low.is_none() ? 0 : py::cast<int64_t>(range.low);
  return random::randint(range.shape, from, py::cast<int64_t>(range.high), dtype, key_or_none(key));
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
  r.def("state", [] { return random::state(); }, "The state of the global generator: a key that each draw replaces.");
  r.def(
      "bits", [](const Shape& shape, const OptionalKey& key) { return random::bits(shape, key_or_none(key)); },
      "shape"_a = Shape(), "key"_a = py::none(),
      "Uniform 32-bit integers (uint32).\n\nExample:\n    >>> ingot.random.bits((3,)).dtype\n    ingot.uint32");
  r.def(
      "uniform",
      [](const py::args& args, const py::object& shape, const py::object& low, const py::object& high, DType dtype,
         const OptionalKey& key) {
        const RangeArgs range("uniform", args, shape, low, high);
        const auto bound = [](const py::object& given, double otherwise) {
          return given.is_none() ? Scalar(otherwise) : py::cast<Scalar>(given);
        };
        return random::uniform(range.shape, bound(range.low, 0), bound(range.high, 1), dtype, key_or_none(key));
      },
      py::kw_only(), "shape"_a = py::none(), "low"_a = py::none(), "high"_a = py::none(), "dtype"_a = DType::float32,
      "key"_a = py::none(),
      "Uniform numbers in [low, high): `uniform(shape, low=0, high=1)`; NumPy's order `uniform(low, high, shape)` "
      "works too.\n\n"
      "Raises TypeError unless `dtype` is floating.\n\nExample:\n    >>> ingot.random.uniform((2, 3), -1.0, "
      "1.0).shape\n    (2, 3)");
  r.def(
      "normal",
      [](const Shape& shape, double mean, double std, DType dtype, const OptionalKey& key, std::optional<double> loc,
         std::optional<double> scale) {
        return random::normal(shape, loc.value_or(mean), scale.value_or(std), dtype, key_or_none(key));
      },
      "shape"_a = Shape(), "mean"_a = 0.0, "std"_a = 1.0, "dtype"_a = DType::float32, "key"_a = py::none(),
      py::kw_only(), "loc"_a = py::none(), "scale"_a = py::none(),
      "Normal numbers with the given mean and standard deviation.\n\nExample:\n    >>> ingot.random.normal((2, "
      "3)).shape\n    (2, 3)");
  r.def("randint", draw_integers, py::kw_only(), "shape"_a = py::none(), "low"_a = py::none(), "high"_a = py::none(),
        "dtype"_a = DType::int32, "key"_a = py::none(),
        "Uniform integers in [low, high): `randint(shape, low, high)`; `randint(low, high, shape)` and `randint(high, "
        "shape)` work too.\n\n"
        "Raises ValueError unless low < high.\n\nExample:\n    >>> ingot.random.randint((4,), 0, 10).shape\n    (4,)");
  r.def(
      "bernoulli",
      [](const ArrayLike& p, const std::optional<Shape>& shape, const OptionalKey& key) {
        return random::bernoulli(p, shape.value_or(p.value.shape()), key_or_none(key));
      },
      "p"_a = 0.5, "shape"_a = py::none(), "key"_a = py::none(),
      "True with probability `p`, which broadcasts to `shape` (its own if none is given).\n\nExample:\n    >>> "
      "ingot.random.bernoulli(0.3, (5,)).dtype\n    ingot.bool");
  r.def(
      "permutation",
      [](const py::object& x, int64_t axis, const OptionalKey& key) {
        if (PyLong_Check(x.ptr())) return random::permutation(py::cast<int64_t>(x), key_or_none(key));
        return random::permutation(from_python(x), axis, key_or_none(key));
      },
      "x"_a, "axis"_a = 0, "key"_a = py::none(),
      "0..x-1 in random order (int32) for an int; for an array, its slices along `axis` in random order.\n\n"
      "Example:\n    >>> sorted(ingot.random.permutation(3).tolist())\n    [0, 1, 2]");
}

}  // namespace

void register_random(py::module_& m) {
  py::module_ r = m.def_submodule(
      "random",
      "Random numbers by a counter-based generator: same seed, same numbers, on every machine and thread count.");
  register_draws(r);
  m.attr("seed") = r.attr("seed");
  m.attr("manual_seed") = r.attr("seed");
  m.attr("randint") = r.attr("randint");
  m.attr("bernoulli") = r.attr("bernoulli");
  m.def(
      "randperm", [](int64_t n) { return random::permutation(n); }, "n"_a,
      "0..n-1 in random order (int32).\n\nExample:\n    >>> ingot.randperm(3).shape\n    (3,)");
  def_sized(
      m, "rand", [](const Shape& shape, DType dtype) { return random::uniform(shape, 0.0, 1.0, dtype); },
      "Uniform numbers in [0, 1): `rand(2, 3)` or `rand((2, 3))`.\n\nExample:\n    >>> ingot.rand(2, 3).shape\n    (2, "
      "3)");
  def_sized(
      m, "randn", [](const Shape& shape, DType dtype) { return random::normal(shape, 0, 1, dtype); },
      "Standard normal numbers: `randn(2, 3)` or `randn((2, 3))`.\n\nExample:\n    >>> ingot.randn(2, 3).shape\n    "
      "(2, 3)");
  const auto like = [](Array (*draw)(const Shape&, DType)) {
    return [draw](const ArrayLike& x, std::optional<DType> dtype) {
      return draw(x.value.shape(), dtype.value_or(x.value.dtype()));
    };
  };
  m.def("rand_like", like([](const Shape& shape, DType dtype) { return random::uniform(shape, 0.0, 1.0, dtype); }),
        "x"_a, "dtype"_a = py::none(),
        "Uniform numbers in [0, 1) in the shape and dtype of `x`.\n\nExample:\n    >>> "
        "ingot.rand_like(ingot.ones(3)).shape\n    (3,)");
  m.def("randn_like", like([](const Shape& shape, DType dtype) { return random::normal(shape, 0, 1, dtype); }), "x"_a,
        "dtype"_a = py::none(),
        "Standard normal numbers in the shape and dtype of `x`.\n\nExample:\n    >>> "
        "ingot.randn_like(ingot.ones(3)).shape\n    (3,)");
}

}  // namespace ingot::python
