#include "ingot/ops/distributions.h"

#include "bind.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "random_args.h"
#include "write_through.h"

namespace ingot::python {

namespace {

/// A parameter; a Python number keeps all its digits.
Array parameter(const OperandLike& given) {
  if (const Scalar* number = std::get_if<Scalar>(&given.value)) return full({}, *number, DType::float64);
  return std::get<Array>(given.value);
}

/// The end of the range of integers from 0 on that a dtype holds, one after another.
int64_t integers_of(DType dtype) {
  switch (dtype) {
    case DType::bool_:
      return 2;
    case DType::bfloat16:
      return 257;
    case DType::float16:
      return 2049;
    case DType::float32:
    case DType::complex64:
      return (int64_t{1} << 24) + 1;
    case DType::float64:
    case DType::complex128:
      return (int64_t{1} << 53) + 1;
    default: {
      const int bits = static_cast<int>(size_of(dtype)) * 8 - (is_signed_integer(dtype) ? 1 : 0);
      return bits >= 63 ? std::numeric_limits<int64_t>::max() : int64_t{1} << bits;
    }
  }
}

using TwoParameters = Array (*)(const Shape&, const Array&, const Array&, DType, const Array&);
using OneParameter = Array (*)(const Shape&, const Array&, DType, const Array&);

/// A distribution of location and scale, in the orders of arguments that `DrawArgs` knows.
void def_placed(py::module_& r, const char* name, TwoParameters draw, const char* doc) {
  r.def(
      name,
      [name, draw](const py::args& args, const py::object& shape, const py::object& loc, const py::object& scale,
                   std::optional<DType> dtype, const OptionalKey& key, const py::object& size,
                   const GeneratorArg& generator) {
        const DrawArgs given(name, args, shape, size, dtype, loc, scale);
        return draw(given.full_shape(name), given.parameter(0, 0), given.parameter(1, 1),
                    given.dtype.value_or(DType::float32), key_of(key, generator));
      },
      py::kw_only(), "shape"_a = py::none(), "loc"_a = py::none(), "scale"_a = py::none(), "dtype"_a = py::none(),
      "key"_a = py::none(), "size"_a = py::none(), "generator"_a = py::none(), doc);
}

void def_of_one(py::module_& r, const char* name, const char* parameter_name, OneParameter draw, DType natural,
                const char* doc) {
  r.def(
      name,
      [draw, natural](const OperandLike& of, const OptionalShape& shape, std::optional<DType> dtype,
                      const OptionalKey& key, const OptionalShape& size, const GeneratorArg& generator) {
        const Array p = parameter(of);
        return draw(shape_of(shape, size).value_or(p.shape()), p, dtype.value_or(natural), key_of(key, generator));
      },
      py::arg(parameter_name), "shape"_a = py::none(), "dtype"_a = py::none(), "key"_a = py::none(), py::kw_only(),
      "size"_a = py::none(), "generator"_a = py::none(), doc);
}

void def_of_two(py::module_& r, const char* name, const char* first, const char* second, TwoParameters draw,
                DType natural, const char* doc) {
  r.def(
      name,
      [name, draw, natural](const OperandLike& a, const OperandLike& b, const OptionalShape& shape,
                            std::optional<DType> dtype, const OptionalKey& key, const OptionalShape& size,
                            const GeneratorArg& generator) {
        const Array x = parameter(a), y = parameter(b);
        const OptionalShape wanted = shape_of(shape, size);
        return draw(wanted ? *wanted : broadcast_shapes(x.shape(), y.shape(), name), x, y, dtype.value_or(natural),
                    key_of(key, generator));
      },
      py::arg(first), py::arg(second), "shape"_a = py::none(), "dtype"_a = py::none(), "key"_a = py::none(),
      py::kw_only(), "size"_a = py::none(), "generator"_a = py::none(), doc);
}

void register_placed(py::module_& r) {
  def_placed(r, "laplace", random::laplace,
             "Laplace-distributed numbers: `laplace(shape, loc=0, scale=1)`, or `laplace(loc, scale, shape)`.\n\n"
             "Raises ValueError for a negative scale.\n\n"
             "Example:\n    >>> ingot.random.laplace((2, 3)).shape\n    (2, 3)");
  def_placed(r, "gumbel", random::gumbel,
             "Gumbel-distributed numbers: `gumbel(shape, loc=0, scale=1)`, or `gumbel(loc, scale, shape)`.\n\n"
             "Raises ValueError for a negative scale.\n\n"
             "Example:\n    >>> ingot.random.gumbel((2, 3)).shape\n    (2, 3)");
  def_placed(r, "logistic", random::logistic,
             "Numbers of the logistic distribution: `logistic(shape, loc=0, scale=1)`, or `logistic(loc, scale, "
             "shape)`.\n\nRaises ValueError for a negative scale.\n\n"
             "Example:\n    >>> ingot.random.logistic((2, 3)).shape\n    (2, 3)");
  def_placed(r, "cauchy", random::cauchy,
             "Cauchy-distributed numbers: `cauchy(shape, loc=0, scale=1)`, or `cauchy(loc, scale, shape)`.\n\n"
             "Raises ValueError for a negative scale.\n\n"
             "Example:\n    >>> ingot.random.cauchy((2, 3)).shape\n    (2, 3)");
  def_placed(r, "log_normal", random::log_normal,
             "Exponentials of normal numbers of mean `loc` and standard deviation `scale`: `log_normal(shape)`.\n\n"
             "Raises ValueError for a negative scale.\n\n"
             "Example:\n    >>> ingot.random.log_normal((2, 3)).shape\n    (2, 3)");
  def_of_two(r, "truncated_normal", "lower", "upper", random::truncated_normal, DType::float32,
             "Standard normal numbers between `lower` and `upper`.\n\n"
             "Raises ValueError unless lower < upper.\n\n"
             "Example:\n    >>> x = ingot.random.truncated_normal(-1, 1, (100,))\n    >>> bool((ingot.abs(x) <= "
             "1).all())\n    True");
}

void register_continuous(py::module_& r) {
  r.def(
      "exponential",
      [](const OperandLike& scale, const OptionalShape& shape, std::optional<DType> dtype, const OptionalKey& key,
         const std::optional<OperandLike>& rate, const OptionalShape& size, const GeneratorArg& generator) {
        const Scalar* mean = std::get_if<Scalar>(&scale.value);
        const Array each = rate   ? parameter(*rate)
                           : mean ? full({}, 1 / mean->to_double(), DType::float64)
                                  : 1 / parameter(scale);
        return random::exponential(shape_of(shape, size).value_or(each.shape()), each, dtype.value_or(DType::float32),
                                   key_of(key, generator));
      },
      "scale"_a = 1.0, "shape"_a = py::none(), "dtype"_a = py::none(), "key"_a = py::none(), py::kw_only(),
      "rate"_a = py::none(), "size"_a = py::none(), "generator"_a = py::none(),
      "Exponentially distributed numbers of mean `scale`, or 1 / `rate`.\n\n"
      "Raises ValueError unless that is positive.\n\n"
      "Example:\n    >>> ingot.random.exponential(2.0, (3,)).shape\n    (3,)");
  def_of_one(
      r, "gamma", "alpha", random::gamma, DType::float32,
      "Gamma-distributed numbers of shape parameter `alpha` (and scale 1), by Marsaglia and Tsang's method, with a "
      "gradient to `alpha` by implicit reparameterisation.\n\n"
      "Raises ValueError unless alpha is positive.\n\n"
      "Example:\n    >>> ingot.random.gamma(2.0, (3,)).shape\n    (3,)");
  def_of_two(r, "beta", "a", "b", random::beta, DType::float32,
             "Beta-distributed numbers.\n\nRaises ValueError unless both parameters are positive.\n\n"
             "Example:\n    >>> ingot.random.beta(2.0, 3.0, (3,)).shape\n    (3,)");
  def_of_one(r, "chisquare", "df", random::chi_square, DType::float32,
             "Sums of squares of `df` standard normal numbers.\n\nRaises ValueError unless df is positive.\n\n"
             "Example:\n    >>> ingot.random.chisquare(4.0, (3,)).shape\n    (3,)");
  def_of_one(r, "student_t", "df", random::student_t, DType::float32,
             "Student's t of `df` degrees of freedom.\n\nRaises ValueError unless df is positive.\n\n"
             "Example:\n    >>> ingot.random.student_t(4.0, (3,)).shape\n    (3,)");
  r.def(
      "dirichlet",
      [](const ArrayLike& alpha, const OptionalShape& shape, std::optional<DType> dtype, const OptionalKey& key,
         const OptionalShape& size, const GeneratorArg& generator) {
        return random::dirichlet(alpha, shape_of(shape, size).value_or(Shape()), dtype.value_or(DType::float32),
                                 key_of(key, generator));
      },
      "alpha"_a, "shape"_a = py::none(), "dtype"_a = py::none(), "key"_a = py::none(), py::kw_only(),
      "size"_a = py::none(), "generator"_a = py::none(),
      "Proportions that add up to 1 along a last axis, that of `alpha`: shape (shape..., n).\n\n"
      "Raises ValueError unless alpha is positive.\n\n"
      "Example:\n    >>> ingot.random.dirichlet([1.0, 2.0, 3.0], (4,)).shape\n    (4, 3)");
  r.def(
      "multivariate_normal",
      [](const ArrayLike& mean, const ArrayLike& cov, const OptionalShape& shape, std::optional<DType> dtype,
         const OptionalKey& key, const OptionalShape& size, const GeneratorArg& generator) {
        return random::multivariate_normal(mean, cov, shape_of(shape, size).value_or(Shape()),
                                           dtype.value_or(DType::float32), key_of(key, generator));
      },
      "mean"_a, "cov"_a, "shape"_a = py::none(), "dtype"_a = py::none(), "key"_a = py::none(), py::kw_only(),
      "size"_a = py::none(), "generator"_a = py::none(),
      "Normal vectors of the given `mean` (..., n) and covariances `cov` (..., n, n), which are positive definite: "
      "shape "
      "(shape..., n).\n\n"
      "Raises ShapeError if these do not fit, LinAlgError (when evaluated) unless `cov` is positive definite.\n\n"
      "Example:\n    >>> ingot.random.multivariate_normal(ingot.zeros(2), ingot.eye(2), (4,)).shape\n    (4, 2)");
}

void register_counts(py::module_& r) {
  def_of_one(r, "poisson", "lam", random::poisson, DType::int32,
             "How many rare events happen, if `lam` are expected.\n\n"
             "Raises ValueError for a negative rate or NaN (when evaluated).\n\n"
             "Example:\n    >>> ingot.random.poisson(4.0, (3,)).dtype\n    ingot.int32");
  def_of_two(r, "binomial", "n", "p", random::binomial, DType::int32,
             "How many of `n` trials succeed, each with probability `p`.\n\n"
             "Raises ValueError unless n is a count and p from 0 to 1 (when evaluated).\n\n"
             "Example:\n    >>> ingot.random.binomial(10, 0.5, (3,)).dtype\n    ingot.int32");
  def_of_one(r, "geometric", "p", random::geometric, DType::int32,
             "How many trials the first success takes, each succeeding with probability `p`.\n\n"
             "Raises ValueError unless p is above 0 and up to 1 (when evaluated).\n\n"
             "Example:\n    >>> ingot.random.geometric(0.5, (3,)).dtype\n    ingot.int32");
}

void register_choices(py::module_& r) {
  r.def(
      "categorical",
      [](const ArrayLike& logits, int64_t axis, const OptionalShape& shape, std::optional<int64_t> num_samples,
         const OptionalKey& key, const GeneratorArg& generator) {
        if (shape && num_samples) throw TypeError("categorical: give `shape` or `num_samples`, not both");
        const Array from = key_of(key, generator);
        if (num_samples) return random::categorical(logits, axis, *num_samples, from);
        const Array one = random::categorical(logits, axis, 1, from);
        const Shape kept(one.shape().begin(), one.shape().end() - 1);
        if (!shape) return reshape(one, kept);
        // Any shape that ends in the axes that are left: the draws of one place lie along the axes in front.
        const int64_t lead = static_cast<int64_t>(shape->size()) - static_cast<int64_t>(kept.size());
        if (lead < 0 || Shape(shape->begin() + lead, shape->end()) != kept)
          throw ShapeError("categorical: expected a shape that ends in ", kept, ", got ", *shape);
        const int64_t count = element_count(Shape(shape->begin(), shape->begin() + lead));
        return reshape(moveaxis(random::categorical(logits, axis, count, from), -1, 0), *shape);
      },
      "logits"_a, "axis"_a = -1, "shape"_a = py::none(), "num_samples"_a = py::none(), "key"_a = py::none(),
      py::kw_only(), "generator"_a = py::none(),
      "Random places (int32) along `axis`, with probabilities in proportion to the exponentials of `logits`: one for "
      "each "
      "position of the other axes, or `num_samples` along a last axis, or any `shape` that ends in the other axes.\n\n"
      "Raises ValueError (when evaluated) for NaN.\n\n"
      "Example:\n    >>> ingot.random.categorical(ingot.zeros((5, 3))).shape\n    (5,)");
  r.def(
      "multinomial",
      [](const ArrayLike& weights, int64_t num_samples, bool replacement, const OptionalKey& key,
         const GeneratorArg& generator) {
        return random::multinomial(weights, num_samples, replacement, key_of(key, generator));
      },
      "input"_a, "num_samples"_a, "replacement"_a = false, "key"_a = py::none(), py::kw_only(),
      "generator"_a = py::none(),
      "PyTorch's: `num_samples` random places (int32) along the last axis, with probabilities in proportion to the "
      "weights; none comes twice unless `replacement`.\n\n"
      "Raises ValueError for too many samples, and (when evaluated) for a negative weight or NaN.\n\n"
      "Example:\n    >>> ingot.random.multinomial(ingot.ones(5), 3).shape\n    (3,)");
  r.def(
      "choice",
      [](const py::object& a, const OptionalShape& shape, bool replace, const std::optional<ArrayLike>& p, int64_t axis,
         const OptionalKey& key, const OptionalShape& size, const GeneratorArg& generator) {
        const bool count = PyLong_Check(a.ptr());
        const Array from = count ? arange(int64_t{0}, py::cast<int64_t>(a), int64_t{1}, DType::int32) : from_python(a);
        return random::choice(from, shape_of(shape, size).value_or(Shape()), replace, p ? p->value : Array(), axis,
                              key_of(key, generator));
      },
      "a"_a, "shape"_a = py::none(), "replace"_a = true, "p"_a = py::none(), "axis"_a = 0, "key"_a = py::none(),
      py::kw_only(), "size"_a = py::none(), "generator"_a = py::none(),
      "Random elements of `a` (slices along `axis`), or of 0..a-1 for an int, in a result of `shape`: equally likely, "
      "or "
      "in proportion to `p`; none comes twice unless `replace`.\n\n"
      "Raises ValueError for more than there are.\n\n"
      "Example:\n    >>> ingot.random.choice(10, (3,), replace=False).shape\n    (3,)");
  r.def(
      "shuffle",
      [](const py::object& self, int64_t axis, const OptionalKey& key, const GeneratorArg& generator) {
        const Array x = py::cast<Array>(self);
        x.rebind(random::permutation(x, axis, key_of(key, generator)));
        write_through(self.ptr());
      },
      "x"_a, "axis"_a = 0, "key"_a = py::none(), py::kw_only(), "generator"_a = py::none(),
      "Puts the slices of `x` along `axis` into random order, in place.\n\n"
      "Example:\n    >>> x = ingot.arange(5)\n    >>> ingot.random.shuffle(x)\n    >>> sorted(x.tolist())\n    [0, 1, "
      "2, 3, 4]");
}

/// PyTorch's functions, whose counts are floats.
void register_torch_names(py::module_& m) {
  m.def(
      "poisson",
      [](const ArrayLike& rates, const GeneratorArg& generator) {
        return random::poisson(rates.value.shape(), rates, to_inexact(rates.value.dtype()), key_of({}, generator));
      },
      "input"_a, "generator"_a = py::none(),
      "PyTorch's: counts in the shape and dtype of the rates `input`; see `ingot.random.poisson`.\n\n"
      "Example:\n    >>> ingot.poisson(ingot.ones(3)).dtype\n    ingot.float32");
  m.def(
      "binomial",
      [](const ArrayLike& count, const ArrayLike& prob, const GeneratorArg& generator) {
        const Shape shape = broadcast_shapes(count.value.shape(), prob.value.shape(), "binomial");
        return random::binomial(shape, count, prob, to_inexact(prob.value.dtype()), key_of({}, generator));
      },
      "count"_a, "prob"_a, "generator"_a = py::none(),
      "PyTorch's: counts in the dtype of `prob`; see `ingot.random.binomial`.\n\n"
      "Example:\n    >>> ingot.binomial(ingot.full((3,), 10.0), ingot.full((3,), 0.5)).dtype\n    ingot.float32");
}

/// A method that fills an array with numbers of a distribution of one or two parameters.
template <class Draw>
void def_filling(const char* name, const char* first, double first_default, const char* second, double second_default,
                 Draw draw, const char* doc) {
  def_method(
      name,
      [draw](const py::object& self, double a, double b, const GeneratorArg& generator) {
        const Array& x = unwrap(self.ptr());
        const DType dtype = is_floating(x.dtype()) ? x.dtype() : DType::float32;
        assign_in_place(self.ptr(), draw(x.shape(), full({}, a, DType::float64), full({}, b, DType::float64), dtype,
                                         key_of({}, generator)));
        return self;
      },
      py::arg(first) = first_default, py::arg(second) = second_default, py::kw_only(), "generator"_a = py::none(), doc);
}

void register_filling() {
  def_filling("cauchy_", "median", 0, "sigma", 1, random::cauchy,
              "Fills the array with Cauchy-distributed numbers, in place.\n\n"
              "Example:\n    >>> ingot.zeros(3).cauchy_().shape\n    (3,)");
  def_filling("log_normal_", "mean", 1, "std", 2, random::log_normal,
              "Fills the array with exponentials of normal numbers, in place.\n\n"
              "Example:\n    >>> ingot.zeros(3).log_normal_().shape\n    (3,)");
  def_method(
      "bernoulli_",
      [](const py::object& self, const ArrayLike& p, const GeneratorArg& generator) {
        const Array& x = unwrap(self.ptr());
        assign_in_place(self.ptr(), astype(random::bernoulli(p, x.shape(), key_of({}, generator)), x.dtype()));
        return self;
      },
      "p"_a = 0.5, py::kw_only(), "generator"_a = py::none(),
      "Fills the array with ones, with probability `p` (a number, or one for each element), and zeros, in place.\n\n"
      "Example:\n    >>> print(ingot.zeros(2).bernoulli_(1.0))\n    [1. 1.]");
  def_method(
      "random_",
      [](const py::object& self, const std::optional<int64_t>& first, const std::optional<int64_t>& to,
         const GeneratorArg& generator) {
        const Array& x = unwrap(self.ptr());
        const int64_t low = to ? first.value_or(0) : 0, high = to ? *to : first ? *first : integers_of(x.dtype());
        assign_in_place(self.ptr(),
                        astype(random::randint(x.shape(), low, high, DType::int64, key_of({}, generator)), x.dtype()));
        return self;
      },
      "low"_a = py::none(), "high"_a = py::none(), py::kw_only(), "generator"_a = py::none(),
      "Fills the array with random integers from `low` (0, if only one number is given) below `high`, in place; "
      "without numbers with any that its dtype holds, of floats such that all smaller ones are held exactly.\n\n"
      "Raises ValueError for an empty range.\n\nExample:\n    >>> print(ingot.zeros(2).random_(1))\n    [0. 0.]");
  def_method(
      "exponential_",
      [](const py::object& self, double lambd, const GeneratorArg& generator) {
        const Array& x = unwrap(self.ptr());
        const DType dtype = is_floating(x.dtype()) ? x.dtype() : DType::float32;
        assign_in_place(self.ptr(),
                        random::exponential(x.shape(), full({}, lambd, DType::float64), dtype, key_of({}, generator)));
        return self;
      },
      "lambd"_a = 1.0, py::kw_only(), "generator"_a = py::none(),
      "Fills the array with exponentially distributed numbers of rate `lambd`, in place.\n\n"
      "Example:\n    >>> ingot.zeros(3).exponential_().shape\n    (3,)");
}

}  // namespace

void register_distributions(py::module_& m) {
  py::module_ r = m.attr("random").cast<py::module_>();
  register_placed(r);
  register_continuous(r);
  register_counts(r);
  register_choices(r);
  register_torch_names(m);
  register_filling();
  m.attr("multinomial") = r.attr("multinomial");
}

}  // namespace ingot::python
