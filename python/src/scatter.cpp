// Reading and writing by indices: along an axis, by masks, by segments, and `x.at[...]`.
#include "ingot/ops/scatter.h"

#include "bind.h"
#include "index_args.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// `x.name_(...)`: calls the method `name` and stores its result.
void def_in_place(const char* name) {
  const std::string in_place = concat(name, '_');
  def_method(
      in_place.c_str(),
      [method = std::string(name)](const py::object& self, const py::args& args, const py::kwargs& kwargs) {
        const py::object result = self.attr(method.c_str())(*args, **kwargs);
        assign_in_place(self.ptr(), unwrap(result.ptr()));
        return self;
      },
      concat("`", name, "`, whose result is stored in this array, which is returned.").c_str());
}

// ---- x.at ----

struct At {
  Array array;
};

/// `x.at[index]`.
struct Place {
  Array array;
  std::vector<Index> indices;
};

using IndexFunction = Array (*)(const Array&, const std::vector<Index>&, const Array&);

void def_update(py::class_<Place>& type, const char* name, IndexFunction function, const char* doc) {
  type.def(
      name,
      [function](const Place& place, const py::object& value) {
        return function(place.array, place.indices, value_for(place.array, value.ptr()));
      },
      "values"_a, doc);
}

Array subtracted(const Array& x, const std::vector<Index>& indices, const Array& value) {
  return index_add(x, indices, negative(value));
}

/// Divided by all that is written to one place.
Array divided(const Array& x, const std::vector<Index>& indices, const Array& value) {
  const DType dtype = promote(x.dtype(), value.dtype());
  return x / index_multiply(ones_like(astype(x, dtype)), indices, value);
}

void register_at(py::module_& m) {
  py::class_<Place> place(m, "ArrayPlace",
                          "`x.at[index]`: a part of an array, from which updated copies of the whole are made.\n\n"
                          "Example:\n    >>> print(ingot.zeros(3).at[[0, 0, 2]].add(1.0))\n    [2. 0. 1.]");
  place.def("get", [](const Place& self) { return index(self.array, self.indices); }, "The part itself, `x[index]`.");
  def_update(place, "set", index_update, "A copy of x with `values` there; of repeated indices the last one wins.");
  def_update(place, "add", index_add, "A copy of x with `values` added; repeated indices add up.");
  def_update(place, "subtract", subtracted, "A copy of x with `values` subtracted; repeated indices add up.");
  for (const char* name : {"multiply", "mul"})
    def_update(place, name, index_multiply, "A copy of x multiplied there by `values`, by all of a repeated index.");
  def_update(place, "divide", divided, "A copy of x divided there by `values`, by all of a repeated index.");
  for (const char* name : {"minimum", "min"})
    def_update(place, name, index_minimum, "A copy of x with the smaller of itself and `values` there.");
  for (const char* name : {"maximum", "max"})
    def_update(place, name, index_maximum, "A copy of x with the larger of itself and `values` there.");
  place.def(
      "power",
      [](const Place& self, const ArrayLike& values) {
        return index_update(self.array, self.indices, pow(index(self.array, self.indices), values));
      },
      "values"_a, "A copy of x with its elements there raised to `values`.");
  place.def(
      "apply",
      [](const Place& self, const py::function& function) {
        const py::object changed = function(index(self.array, self.indices));
        return index_update(self.array, self.indices, from_python(changed));
      },
      "function"_a, "A copy of x with `function(x[index])` there.");

  py::class_<At>(m, "ArrayAt", "`x.at`: index it to say which part of x is to be updated.")
      .def("__getitem__",
           [](const At& at, const py::object& key) { return Place{at.array, parse_indices(key.ptr())}; });
  const py::object property = py::module_::import("builtins").attr("property");
  const py::object type = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(array_type()));
  type.attr("at") = property(
      py::cpp_function([](const Array& x) { return At{x}; }, py::name("at"), py::is_method(type)), py::none(),
      py::none(),
      "Updated copies: `x.at[index].set(v)`, `.add`, `.subtract`, `.multiply`, `.divide`, `.minimum`, `.maximum`, "
      "`.power`, `.apply(f)`; `.get()` reads. Values of repeated indices all count.\n\n"
      "Example:\n    >>> print(ingot.ones(3).at[1:].multiply(5))\n    [1. 5. 5.]");
}

// ---- along an axis ----

void register_reading(py::module_& m) {
  def_both(
      m, "take", "x",
      [](const ArrayLike& x, const ArrayLike& indices, OptionalAxis axis, const std::string& mode, OptionalAxis dim) {
        return take(x, indices, either(axis, dim), mode);
      },
      "indices"_a, "axis"_a = py::none(), "mode"_a = "raise", py::kw_only(), "dim"_a = py::none(),
      "Slices at integer `indices` along `axis` (none: of the flattened array). Negative indices count from the end. "
      "Others beyond the ends raise (`mode='raise'`), wrap around ('wrap'), or mean the end ('clip', where negative "
      "ones mean the beginning).\n\n"
      "Raises IndexError for an index out of range, when evaluated.\n\n"
      "Example:\n    >>> print(ingot.take(ingot.array([10, 20, 30]), [2, 0], axis=0))\n    [30 10]");
  def_both(
      m, "take_along_axis", "x",
      [](const ArrayLike& x, const ArrayLike& indices, std::optional<int64_t> axis) {
        return axis ? take_along_axis(x, indices, *axis) : take_along_axis(flatten(x), flatten(indices), 0);
      },
      "indices"_a, "axis"_a = -1,
      "The elements that `indices` names along `axis` (None: in the flattened array), at each position of the other "
      "axes, which broadcast.\n\n"
      "Example:\n    >>> x = ingot.array([[3, 1], [2, 4]])\n    >>> print(ingot.take_along_axis(x, ingot.array([[1], "
      "[0]]), axis=1))\n    [[1]\n     [2]]");
  def_both(
      m, "gather", "x",
      [](const ArrayLike& x, int64_t dim, const ArrayLike& index) { return gather_along(x, dim, index); }, "dim"_a,
      "index"_a,
      "`out[i][j] = x[index[i][j]][j]` for `dim=0`: as `take_along_axis`, but other axes of `index` may be shorter "
      "than those of x, and never stretch.\n\n"
      "Example:\n    >>> x = ingot.array([[3, 1], [2, 4]])\n    >>> print(ingot.gather(x, 1, ingot.array([[1], "
      "[0]])))\n    [[1]\n     [2]]");
  def_both(
      m, "index_select", "x",
      [](const ArrayLike& x, int64_t dim, const ArrayLike& index) { return take(x, flatten(index), dim); }, "dim"_a,
      "index"_a,
      "Slices along the axis `dim` at a vector of indices.\n\nExample:\n    >>> print(ingot.index_select(ingot.eye(2), "
      "0, ingot.array([1])))\n    [[0. 1.]]");
  def_both(
      m, "masked_select", "x", [](const ArrayLike& x, const ArrayLike& mask) { return masked_select(x, mask); },
      "mask"_a,
      "The elements where `mask` is true, in row-major order; both broadcast. Evaluates the mask.\n\n"
      "Example:\n    >>> print(ingot.masked_select(ingot.arange(3), ingot.array([True, False, True])))\n    [0 2]");
  m.def(
      "compress",
      [](const ArrayLike& condition, const ArrayLike& x, OptionalAxis axis) { return compress(condition, x, axis); },
      "condition"_a, "x"_a, "axis"_a = py::none(),
      "Slices along `axis` (None: of the flattened array) at which `condition` is true. Evaluates it.\n\n"
      "Example:\n    >>> print(ingot.compress([False, True], [[1, 2], [3, 4]], axis=0))\n    [[3 4]]");
  m.def(
      "extract", [](const ArrayLike& condition, const ArrayLike& x) { return compress(flatten(condition), x); },
      "condition"_a, "x"_a,
      "The elements of the flattened array at which `condition` is true. Evaluates it.\n\n"
      "Example:\n    >>> print(ingot.extract(ingot.arange(4) > 1, ingot.arange(4)))\n    [2 3]");
  m.def(
      "choose",
      [](const ArrayLike& a, const std::vector<ArrayLike>& choices, const std::string& mode) {
        return choose(a, to_arrays(choices), mode);
      },
      "a"_a, "choices"_a, "mode"_a = "raise",
      "At each place the element of `choices[a]`; all broadcast. `mode` as in `take`.\n\n"
      "Example:\n    >>> print(ingot.choose([1, 0], [[10, 20], [30, 40]]))\n    [30 20]");
  def_both(
      m, "one_hot", "x",
      [](const ArrayLike& x, int64_t num_classes, DType dtype) {
        return one_hot(x, num_classes < 0 ? std::nullopt : std::optional(num_classes), dtype);
      },
      "num_classes"_a = -1, "dtype"_a = DType::int64,
      "1 at the place along a new last axis that each integer of x names, 0 elsewhere. Without `num_classes`: as many "
      "as the largest integer says, for which x is evaluated.\n\n"
      "Raises IndexError when evaluated for an integer out of range.\n\n"
      "Example:\n    >>> print(ingot.one_hot([0, 2], 3))\n    [[1 0 0]\n     [0 0 1]]");
}

/// PyTorch's `scatter`: a source or a number, met as `reduce` says.
Array scattered(const Array& x, int64_t dim, const Array& index, const py::object& source, Meeting meeting,
                bool include_self = true) {
  return scatter_along(x, dim, index, value_for(x, source.ptr()), meeting, include_self);
}

void register_writing(py::module_& m) {
  def_both(
      m, "put_along_axis", "x",
      [](const Array& x, const ArrayLike& indices, const py::object& values, int64_t axis) {
        return put_along_axis(x, indices, value_for(x, values.ptr()), axis);
      },
      "indices"_a, "values"_a, "axis"_a = -1,
      "A copy of x with `values` at the places that `indices` names along `axis`.\n\n"
      "Example:\n    >>> print(ingot.put_along_axis(ingot.zeros((2, 2)), ingot.array([[1], [0]]), 5.0, axis=1))\n    "
      "[[0. 5.]\n     [5. 0.]]");
  def_both(
      m, "scatter", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const std::optional<py::object>& src,
         const std::optional<py::object>& value, const std::optional<std::string>& reduce) {
        if (src.has_value() == value.has_value()) throw TypeError("scatter: expected either `src` or `value`");
        return scattered(x, dim, index, src ? *src : *value, reduce ? parse_meeting(*reduce) : Meeting::replace);
      },
      "dim"_a, "index"_a, "src"_a = py::none(), py::kw_only(), "value"_a = py::none(), "reduce"_a = py::none(),
      "A copy of x with `src` written to the places that `index` names along `dim`: `out[index[i][j]][j] = src[i][j]` "
      "for `dim=0`. `src` may be a number, or longer than `index`. Of repeated places the last one wins, or all add up "
      "(`reduce='add'`) or multiply ('multiply').\n\n"
      "Raises ShapeError if shapes do not fit; IndexError for an index out of range, when evaluated.\n\n"
      "Example:\n    >>> print(ingot.scatter(ingot.zeros(3), 0, ingot.array([2, 0]), ingot.array([1.0, 5.0])))\n    "
      "[5. 0. 1.]");
  def_both(
      m, "scatter_add", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const py::object& src) {
        return scattered(x, dim, index, src, Meeting::add);
      },
      "dim"_a, "index"_a, "src"_a,
      "A copy of x with `src` added at the places that `index` names along `dim`; see `scatter`.\n\n"
      "Example:\n    >>> print(ingot.scatter_add(ingot.zeros(2), 0, ingot.array([1, 1]), ingot.ones(2)))\n    [0. 2.]");
  def_both(
      m, "scatter_reduce", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const py::object& src, const std::string& reduce,
         bool include_self) { return scattered(x, dim, index, src, parse_meeting(reduce), include_self); },
      "dim"_a, "index"_a, "src"_a, "reduce"_a, py::kw_only(), "include_self"_a = true,
      "A copy of x in which elements of `src` and those of x that `index` names along `dim` are one: their 'sum', "
      "'prod', 'mean', 'amin' or 'amax'. Without `include_self` the elements of x do not take part. Equal extremes "
      "share the gradient evenly.\n\n"
      "Example:\n    >>> print(ingot.scatter_reduce(ingot.ones(2), 0, ingot.array([0, 0]), ingot.array([3.0, 2.0]), "
      "'amax'))\n    [3. 1.]");
  def_both(
      m, "index_add", "x",
      [](const Array& x, const py::args& args, const Scalar& alpha, OptionalAxis dim,
         const std::optional<py::object>& index, const std::optional<py::object>& source,
         const std::optional<py::object>& value) {
        const bool by_position = !index && args.size() + value.has_value() == 2;
        if (!dim && !source && (by_position || (args.empty() && index && value))) {
          const py::object key = args.empty() ? *index : py::object(args[0]);
          const py::object added = value ? *value : py::object(args[args.size() - 1]);
          return ingot::index_add(x, parse_indices(key.ptr()), value_for(x, added.ptr()));
        }
        std::vector<py::object> given;
        for (const py::handle arg : args) given.push_back(py::reinterpret_borrow<py::object>(arg));
        if (dim) given.insert(given.begin(), py::int_(*dim));
        if (index) given.push_back(*index);
        if (source) given.push_back(*source);
        if (given.size() != 3)
          throw TypeError("index_add: expected (dim, index, source), or an index and what to add there");
        const Array term = value_for(x, given[2].ptr());
        return write_slices(x, py::cast<int64_t>(given[0]), from_python(given[1]),
                            alpha.to_complex() == 1.0 ? term : term * alpha, Meeting::add);
      },
      py::kw_only(), "alpha"_a = py::int_(1), "dim"_a = py::none(), "index"_a = py::none(), "source"_a = py::none(),
      "value"_a = py::none(),
      "`index_add(x, index, value)`: a copy of x with `value` added at `x[index]`. `index_add(x, dim, index, source)`: "
      "with slices of `alpha * source` added at a vector of indices along `dim`. Repeated indices add up.\n\n"
      "Example:\n    >>> print(ingot.index_add(ingot.zeros(3), [0, 0, 2], 1.0))\n    [2. 0. 1.]");
  def_both(
      m, "index_copy", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const ArrayLike& source) {
        return write_slices(x, dim, index, source, Meeting::replace);
      },
      "dim"_a, "index"_a, "source"_a,
      "A copy of x with slices of `source` at a vector of indices along `dim`.\n\n"
      "Example:\n    >>> print(ingot.index_copy(ingot.zeros(3), 0, ingot.array([2]), ingot.ones(1)))\n    [0. 0. 1.]");
  def_both(
      m, "index_fill", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const py::object& value) {
        return write_slices(x, dim, index, value_for(x, value.ptr()), Meeting::replace);
      },
      "dim"_a, "index"_a, "value"_a,
      "A copy of x with `value` in the slices at a vector of indices along `dim`.\n\n"
      "Example:\n    >>> print(ingot.index_fill(ingot.zeros(3), 0, ingot.array([0, 2]), 4.0))\n    [4. 0. 4.]");
  def_both(
      m, "index_reduce", "x",
      [](const Array& x, int64_t dim, const ArrayLike& index, const ArrayLike& source, const std::string& reduce,
         bool include_self) { return write_slices(x, dim, index, source, parse_meeting(reduce), include_self); },
      "dim"_a, "index"_a, "source"_a, "reduce"_a, py::kw_only(), "include_self"_a = true,
      "A copy of x in which slices of `source` and those of x at a vector of indices along `dim` are one; `reduce` as "
      "in `scatter_reduce`.\n\n"
      "Example:\n    >>> print(ingot.index_reduce(ingot.ones(2), 0, ingot.array([0]), ingot.array([3.0]), 'prod'))\n   "
      " [3. 1.]");
  def_both(
      m, "index_put", "x",
      [](const Array& x, const std::vector<ArrayLike>& indices, const py::object& values, bool accumulate) {
        std::vector<Index> items;
        for (const ArrayLike& each : indices) items.push_back(each.value);
        const Array value = value_for(x, values.ptr());
        return accumulate ? ingot::index_add(x, items, value) : index_update(x, items, value);
      },
      "indices"_a, "values"_a, "accumulate"_a = false,
      "A copy of x with `values` at `x[indices]`, a tuple of arrays; with `accumulate` added there.\n\n"
      "Example:\n    >>> print(ingot.index_put(ingot.zeros(3), (ingot.array([1, 1]),), ingot.ones(2), True))\n    [0. "
      "2. 0.]");
  def_both(
      m, "select_scatter", "x",
      [](const Array& x, const ArrayLike& src, int64_t dim, int64_t index) {
        return select_scatter(x, src, dim, index);
      },
      "src"_a, "dim"_a, "index"_a,
      "A copy of x with `src` as its slice `index` along `dim`.\n\n"
      "Example:\n    >>> print(ingot.select_scatter(ingot.zeros((2, 2)), ingot.ones(2), 0, 1))\n    [[0. 0.]\n     [1. "
      "1.]]");
  def_both(
      m, "masked_fill", "x",
      [](const Array& x, const ArrayLike& mask, const py::object& value) {
        return masked_fill(x, mask, value_for(x, value.ptr()));
      },
      "mask"_a, "value"_a,
      "A copy of x with `value` where `mask` is true; both broadcast.\n\n"
      "Example:\n    >>> print(ingot.masked_fill(ingot.zeros(2), ingot.array([True, False]), 7.0))\n    [7. 0.]");
  def_both(
      m, "masked_scatter", "x",
      [](const Array& x, const ArrayLike& mask, const ArrayLike& source) { return masked_scatter(x, mask, source); },
      "mask"_a, "source"_a,
      "A copy of x with elements of `source`, one after another, where `mask` is true. Evaluates the mask.\n\n"
      "Raises ShapeError if `source` has too few.\n\n"
      "Example:\n    >>> print(ingot.masked_scatter(ingot.zeros(2), ingot.array([False, True]), ingot.ones(2)))\n    "
      "[0. 1.]");
  for (const char* name : {"scatter", "scatter_add", "scatter_reduce", "index_add", "index_copy", "index_fill",
                           "index_reduce", "index_put", "masked_fill", "masked_scatter"})
    def_in_place(name);
}

void register_segments(py::module_& m) {
  constexpr std::pair<const char*, Meeting> kSegments[] = {{"segment_sum", Meeting::add},
                                                           {"segment_prod", Meeting::multiply},
                                                           {"segment_mean", Meeting::mean},
                                                           {"segment_min", Meeting::minimum},
                                                           {"segment_max", Meeting::maximum}};
  for (const auto& [name, meeting] : kSegments)
    m.def(
        name,
        [meeting = meeting](const ArrayLike& data, const ArrayLike& segment_ids, std::optional<int64_t> num_segments) {
          return segment_reduce(data, segment_ids, num_segments, meeting);
        },
        "data"_a, "segment_ids"_a, "num_segments"_a = py::none(),
        concat("Slices of `data` along axis 0 that have the same segment id taken together, as `", name,
               "` says. Without `num_segments` there are as many as the largest id says, for which ids are "
               "evaluated.\n\nRaises IndexError when evaluated for an id out of range.\n\nExample:\n    >>> "
               "ingot.",
               name, "(ingot.array([1.0, 2.0, 5.0]), [0, 0, 1], 2).shape\n    (2,)")
            .c_str());
}

}  // namespace

void register_scatter(py::module_& m) {
  register_reading(m);
  register_writing(m);
  register_segments(m);
  register_at(m);
}

}  // namespace ingot::python
