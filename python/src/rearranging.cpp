// Elements in another order, repeated, joined and taken apart.
#include "ingot/ops/rearranging.h"

#include "bind.h"
#include "ingot/ops/manipulation.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using OptionalObject = std::optional<py::object>;

/// Ints given as `f(2, 3)` or `f((2, 3))`.
Shape ints(const py::args& args, const char* what) {
  Shape out;
  if (!load_ints(args.size() == 1 ? py::object(args[0]) : py::object(args), out))
    throw TypeError(what, ": expected ints or one tuple of ints");
  return out;
}

/// Arrays given as `f(a, b)` or `f([a, b])`.
std::vector<Array> arrays_of(const py::args& args) {
  if (args.size() == 1 && (PyList_Check(args[0].ptr()) || PyTuple_Check(args[0].ptr())))
    return to_arrays(py::cast<std::vector<ArrayLike>>(args[0]));
  return to_arrays(py::cast<std::vector<ArrayLike>>(args));
}

int64_t to_int(const py::object& object) { return py::cast<int64_t>(py::int_(object)); }

std::vector<int64_t> to_ints(const py::object& object) {
  Shape out;
  if (!load_ints(object, out)) throw TypeError("expected an int or a sequence of ints");
  return std::vector<int64_t>(out.begin(), out.end());
}

Array repeated(const Array& x, const py::object& repeats, OptionalAxis axis, OptionalAxis output_size = {}) {
  if (is_array(repeats.ptr())) return repeat_interleave(x, unwrap(repeats.ptr()), axis, output_size);
  const py::object numbers = py::hasattr(repeats, "tolist") ? repeats.attr("tolist")() : repeats;
  Shape counts;
  if (!load_ints(numbers, counts)) return repeat_interleave(x, from_python(repeats), axis, output_size);
  return repeat_interleave(x, std::vector<int64_t>(counts.begin(), counts.end()), axis);
}

// ---- pieces ----

std::vector<Array> numpy_split(const Array& x, const py::object& parts, int64_t axis) {
  return is_int(parts.ptr()) ? split(x, to_int(parts), axis) : split(x, to_ints(parts), axis);
}

std::vector<Array> torch_split(const Array& x, const py::object& sizes, int64_t dim) {
  return is_int(sizes.ptr()) ? split_by_size(x, to_int(sizes), dim) : split_with_sizes(x, to_ints(sizes), dim);
}

/// `array_split` and `tensor_split`: parts need not be equal.
std::vector<Array> uneven_split(const Array& x, const py::object& parts, int64_t axis) {
  return is_int(parts.ptr()) ? array_split(x, to_int(parts), axis) : split(x, to_ints(parts), axis);
}

void register_split(py::module_& m) {
  constexpr const char* split_doc =
      "Pieces along an axis. As NumPy and MLX cut: a number of equal parts, or the indices where pieces begin. With "
      "`dim`, or as the method `x.split(sizes, dim)`, as PyTorch cuts: the length of a piece (the last may be "
      "shorter), or the lengths of all pieces.\n\n"
      "Raises ShapeError unless the length divides, or lengths add up to it.\n\nExample:\n    >>> [x.tolist() for x in "
      "ingot.split(ingot.arange(6), 2)]\n    [[0, 1, 2], [3, 4, 5]]\n    >>> [x.tolist() for x in "
      "ingot.arange(6).split(2)]\n    [[0, 1], [2, 3], [4, 5]]";
  m.def(
      "split",
      [](const ArrayLike& x, const OptionalObject& parts, OptionalAxis axis, OptionalAxis dim,
         const OptionalObject& sizes) {
        if (dim || sizes) {
          if (axis) throw TypeError("split: give `axis` for NumPy's way of cutting or `dim` for PyTorch's, not both");
          const OptionalObject& given = either(parts, sizes, "indices_or_sections", "split_size_or_sections");
          if (!given) throw TypeError("split: expected the length of a piece, or the lengths of all");
          return torch_split(x, *given, dim.value_or(0));
        }
        if (!parts) throw TypeError("split: expected a number of parts, or the indices where they begin");
        return numpy_split(x, *parts, axis.value_or(0));
      },
      "x"_a, "indices_or_sections"_a = py::none(), "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(),
      "split_size_or_sections"_a = py::none(), split_doc);
  def_method(
      "split",
      [](const Array& x, const OptionalObject& sizes, OptionalAxis dim, OptionalAxis axis,
         const OptionalObject& parts) {
        if (axis || parts) {
          const OptionalObject& given = either(parts, sizes, "indices_or_sections", "split_size_or_sections");
          if (dim || !given) throw TypeError("split: expected parts and `axis`, or sizes and `dim`");
          return numpy_split(x, *given, axis.value_or(0));
        }
        if (!sizes) throw TypeError("split: expected the length of a piece, or the lengths of all");
        return torch_split(x, *sizes, dim.value_or(0));
      },
      "split_size_or_sections"_a = py::none(), "dim"_a = py::none(), py::kw_only(), "axis"_a = py::none(),
      "indices_or_sections"_a = py::none(),
      "Pieces of a length (the last may be shorter), or of several lengths, along `dim`. With `axis` instead of `dim`, "
      "as `ingot.split` cuts.");
  def_both(
      m, "split_with_sizes", "x",
      [](const ArrayLike& x, const std::vector<int64_t>& sizes, int64_t dim) {
        return split_with_sizes(x, sizes, dim);
      },
      "split_sizes"_a, "dim"_a = 0,
      "Pieces of the given lengths along an axis.\n\nRaises ShapeError unless they add up to its length.\n\n"
      "Example:\n    >>> [x.tolist() for x in ingot.split_with_sizes(ingot.arange(3), [1, 2])]\n    [[0], [1, 2]]");
  m.def(
      "array_split",
      [](const ArrayLike& x, const py::object& parts, int64_t axis) { return uneven_split(x, parts, axis); }, "x"_a,
      "indices_or_sections"_a, "axis"_a = 0,
      "`split` into parts whose lengths may differ by one, the longer ones first.\n\n"
      "Example:\n    >>> [x.tolist() for x in ingot.array_split(ingot.arange(3), 2)]\n    [[0, 1], [2]]");
  def_both(
      m, "tensor_split", "x",
      [](const ArrayLike& x, const py::object& parts, int64_t dim) { return uneven_split(x, parts, dim); },
      "indices_or_sections"_a, "dim"_a = 0,
      "PyTorch's name for `array_split`.\n\n"
      "Example:\n    >>> [x.tolist() for x in ingot.tensor_split(ingot.arange(3), (1,))]\n    [[0], [1, 2]]");
  constexpr std::tuple<const char*, int64_t, const char*> kAlong[] = {
      {"vsplit", 0, "the first axis"},
      {"hsplit", 1, "the second axis (vectors: the only one)"},
      {"dsplit", 2, "the third axis"}};
  for (const auto& [name, axis, what] : kAlong)
    def_both(
        m, name, "x",
        [axis = axis](const ArrayLike& x, const py::object& parts) {
          return numpy_split(x, parts, axis == 1 && x.value.ndim() == 1 ? 0 : axis);
        },
        "indices_or_sections"_a,
        concat("`split` along ", what, ".\n\nExample:\n    >>> len(ingot.", name, "(ingot.ones((2, 2, 2)), 2))\n    2")
            .c_str());
  def_both(
      m, "unbind", "x",
      [](const ArrayLike& x, OptionalAxis axis, OptionalAxis dim) { return unbind(x, either(axis, dim).value_or(0)); },
      "axis"_a = py::none(), py::kw_only(), "dim"_a = py::none(),
      "The slices along an axis (0 if none is given), without it, as a list.\n\nExample:\n    >>> [x.tolist() for x in "
      "ingot.unbind(ingot.ones((2, 2)))]\n    [[1.0, 1.0], [1.0, 1.0]]");
  m.def(
      "unstack", [](const ArrayLike& x, int64_t axis) { return py::tuple(py::cast(unbind(x, axis))); }, "x"_a,
      py::kw_only(), "axis"_a = 0,
      "The slices along an axis, without it, as a tuple.\n\nExample:\n    >>> [x.tolist() for x in "
      "ingot.unstack(ingot.ones((2, 1)))]\n    [[1.0], [1.0]]");
  def_both(
      m, "narrow", "x",
      [](const ArrayLike& x, int64_t dim, int64_t start, int64_t length) { return narrow(x, dim, start, length); },
      "dim"_a, "start"_a, "length"_a,
      "`length` elements along an axis from `start`.\n\nRaises IndexError unless they are there.\n\nExample:\n    >>> "
      "print(ingot.narrow(ingot.arange(5), 0, 1, 2))\n    [1 2]");
  def_both(
      m, "select", "x", [](const ArrayLike& x, int64_t dim, int64_t index) { return select(x, dim, index); }, "dim"_a,
      "index"_a,
      "The slice at `index` along an axis, without it.\n\nExample:\n    >>> print(ingot.select(ingot.eye(2), 0, 1))\n  "
      "  [0. 1.]");
}

// ---- joining ----

void def_stacking(py::module_& m, const char* name, Array (*join)(const std::vector<Array>&), const char* doc) {
  m.def(name, [join](const py::args& arrays) { return join(arrays_of(arrays)); }, doc);
}

void register_joining(py::module_& m) {
  def_stacking(m, "hstack", hstack,
               "Joined along the second axis; vectors along their only one.\n\nExample:\n    >>> "
               "print(ingot.hstack([ingot.ones(1), ingot.zeros(1)]))\n    [1. 0.]");
  def_stacking(m, "vstack", vstack,
               "Joined along the first axis; vectors are rows.\n\nExample:\n    >>> print(ingot.vstack([ingot.ones(2), "
               "ingot.zeros(2)]))\n    [[1. 1.]\n     [0. 0.]]");
  m.attr("row_stack") = m.attr("vstack");
  def_stacking(m, "dstack", dstack,
               "Joined along the third axis.\n\nExample:\n    >>> ingot.dstack([ingot.ones(2), ingot.zeros(2)]).shape\n"
               "    (1, 2, 2)");
  def_stacking(m, "column_stack", column_stack,
               "Vectors as columns, and matrices, side by side.\n\nExample:\n    >>> "
               "print(ingot.column_stack([ingot.ones(2), ingot.zeros(2)]))\n    [[1. 0.]\n     [1. 0.]]");
  constexpr std::pair<const char*, int64_t> kLeast[] = {{"atleast_1d", 1}, {"atleast_2d", 2}, {"atleast_3d", 3}};
  for (const auto& [name, ndim] : kLeast)
    m.def(
        name,
        [ndim = ndim](const py::args& args) {
          const bool one = args.size() == 1 && !PyTuple_Check(args[0].ptr());
          std::vector<Array> result;
          const auto given =
              one ? std::vector<ArrayLike>{py::cast<ArrayLike>(args[0])}
                  : py::cast<std::vector<ArrayLike>>(args.size() == 1 ? py::object(args[0]) : py::object(args));
          for (const ArrayLike& x : given) result.push_back(at_least(x, ndim));
          return one ? py::cast(result[0]) : py::object(py::tuple(py::cast(result)));
        },
        concat("With at least ", ndim, ndim == 1 ? " axis" : " axes", "; of several arrays, a tuple.\n\nExample:\n    ",
               ">>> ingot.", name, "(1.0).ndim\n    ", ndim)
            .c_str());
  m.def(
      "meshgrid",
      [](const py::args& vectors, const std::string& indexing, bool sparse) {
        if (indexing != "ij" && indexing != "xy")
          throw ValueError("meshgrid: expected indexing 'xy' or 'ij', got '", indexing, "'");
        return py::tuple(py::cast(meshgrid(arrays_of(vectors), indexing == "ij", sparse)));
      },
      py::kw_only(), "indexing"_a = "xy", "sparse"_a = false,
      "Coordinates of the grid that vectors span: a tuple of one array for each, all of the grid's shape. With "
      "`indexing='ij'` the first vector runs along axis 0 and the second along axis 1; with 'xy', the default as in "
      "NumPy, MLX and the Array API (PyTorch's is 'ij'), the other way round. `sparse` ones are not stretched.\n\n"
      "Example:\n    >>> x, y = ingot.meshgrid([0, 1, 2], [5, 6])\n    >>> print(y)\n    [[5 5 5]\n     [6 6 6]]");
  m.def(
      "cartesian_prod", [](const py::args& vectors) { return cartesian_prod(arrays_of(vectors)); },
      "All ways to take one element of each vector, as rows.\n\nExample:\n    >>> print(ingot.cartesian_prod([1, 2], "
      "[5]))\n    [[1 5]\n     [2 5]]");
  m.def(
      "combinations",
      [](const ArrayLike& x, int64_t r, bool with_replacement) { return combinations(x, r, with_replacement); }, "x"_a,
      "r"_a = 2, "with_replacement"_a = false,
      "All ways to choose `r` elements of a vector, as rows.\n\nExample:\n    >>> print(ingot.combinations([1, 2, "
      "3]))\n    [[1 2]\n     [1 3]\n     [2 3]]");
  m.def(
      "indices", [](const Shape& dimensions, DType dtype) { return grid_indices(dimensions, dtype); }, "dimensions"_a,
      "dtype"_a = DType::int64,
      "The numbers of all positions along each axis of a grid: (axes, *dimensions).\n\nExample:\n    >>> "
      "print(ingot.indices((2, 2))[0])\n    [[0 0]\n     [1 1]]");
}

// ---- order ----

void register_order(py::module_& m) {
  def_both(
      m, "roll", "x",
      [](const ArrayLike& x, const std::optional<Shape>& shift, const OptionalAxes& axis,
         const std::optional<Shape>& shifts, const OptionalAxes& dims) {
        const std::optional<Shape>& by = either(shift, shifts, "shift", "shifts");
        if (!by) throw TypeError("roll: expected a shift");
        return roll(x, *by, either(axis, dims, "axis", "dims"));
      },
      "shift"_a = py::none(), "axis"_a = py::none(), py::kw_only(), "shifts"_a = py::none(), "dims"_a = py::none(),
      "Elements moved on by `shift` (an int, or one for each of the axes), those that fall off come in again at the "
      "front. Without `axis` the flattened array is rolled.\n\n"
      "Example:\n    >>> print(ingot.roll(ingot.arange(4), 1))\n    [3 0 1 2]");
  def_both(
      m, "rot90", "x",
      [](const ArrayLike& x, int64_t k, const OptionalAxes& axes, const OptionalAxes& dims) {
        return rot90(x, k, either(axes, dims, "axes", "dims").value_or(Axes{0, 1}));
      },
      "k"_a = 1, "axes"_a = py::none(), py::kw_only(), "dims"_a = py::none(),
      "Turned by `k` quarters in the plane of two axes (the first two), from the first towards the second.\n\n"
      "Example:\n    >>> print(ingot.rot90(ingot.array([[1, 2], [3, 4]])))\n    [[2 4]\n     [1 3]]");
  const auto flipped = [](const Array& x, const py::args& axes, const OptionalAxes& axis, const OptionalAxes& dims) {
    if (axes.empty() || (axes.size() == 1 && axes[0].is_none())) return flip(x, either(axis, dims, "axis", "dims"));
    return flip(x, ints(axes, "flip"));
  };
  constexpr const char* flip_doc =
      "Reversed along the axes, `flip(x, 0, 1)` or `flip(x, (0, 1))`; along all if none is given.\n\nExample:\n    >>> "
      "print(ingot.flip(ingot.arange(3)))\n    [2 1 0]";
  m.def(
      "flip",
      [flipped](const ArrayLike& x, const py::args& axes, const OptionalAxes& axis, const OptionalAxes& dims) {
        return flipped(x, axes, axis, dims);
      },
      "x"_a, py::kw_only(), "axis"_a = py::none(), "dims"_a = py::none(), flip_doc);
  def_method("flip", flipped, py::kw_only(), "axis"_a = py::none(), "dims"_a = py::none(), flip_doc);
  constexpr std::pair<const char*, int64_t> kFlips[] = {{"flipud", 0}, {"fliplr", 1}};
  for (const auto& [name, axis] : kFlips)
    def_both(
        m, name, "x", [axis = axis](const ArrayLike& x) { return flip(x, Axes{axis}); },
        concat("Reversed along axis ", axis, ".\n\nExample:\n    >>> ingot.", name,
               "(ingot.eye(2)).tolist()\n    "
               "[[0.0, 1.0], [1.0, 0.0]]")
            .c_str());
  constexpr const char* tile_doc =
      "Repeated as whole blocks, as often along each axis as the numbers say.\n\nExample:\n    >>> "
      "print(ingot.tile(ingot.array([1, 2]), 2))\n    [1 2 1 2]";
  m.def(
      "tile",
      [](const ArrayLike& x, const std::optional<Shape>& reps, const std::optional<Shape>& dims) {
        const std::optional<Shape>& given = either(reps, dims, "reps", "dims");
        if (!given) throw TypeError("tile: expected an int or a tuple of ints");
        return tile(x, std::vector<int64_t>(given->begin(), given->end()));
      },
      "x"_a, "reps"_a = py::none(), py::kw_only(), "dims"_a = py::none(), tile_doc);
  def_method(
      "tile",
      [](const Array& x, const py::args& reps) {
        const Shape given = ints(reps, "tile");
        return tile(x, std::vector<int64_t>(given.begin(), given.end()));
      },
      tile_doc);
  m.def(
      "repeat",
      [](const ArrayLike& x, const py::object& repeats, OptionalAxis axis) { return repeated(x, repeats, axis); },
      "x"_a, "repeats"_a, "axis"_a = py::none(),
      "Each element several times, one beside the other, along `axis` (None: of the flattened array). `repeats` is one "
      "number, or one for each position. PyTorch's method `x.repeat(2, 3)` repeats whole blocks: see `tile`.\n\n"
      "Example:\n    >>> print(ingot.repeat(ingot.array([1, 2]), 2))\n    [1 1 2 2]");
  def_method(
      "repeat",
      [](const Array& x, const py::args& sizes, OptionalAxis axis, const OptionalObject& repeats) {
        if (axis || repeats) {
          if (sizes.size() + repeats.has_value() != 1) throw TypeError("repeat: expected repeats once");
          return repeated(x, repeats ? *repeats : py::object(sizes[0]), axis);
        }
        const Shape given = ints(sizes, "repeat");
        if (static_cast<int64_t>(given.size()) < x.ndim())
          throw ShapeError("repeat: expected a number for each of the ", x.ndim(), " axes of shape ", x.shape(),
                           ", got ", given);
        return tile(x, std::vector<int64_t>(given.begin(), given.end()));
      },
      py::kw_only(), "axis"_a = py::none(), "repeats"_a = py::none(),
      "Whole blocks repeated as often along each axis as the numbers say, as in PyTorch: `x.repeat(2, 3)`. With `axis` "
      "or `repeats` by name, `ingot.repeat`, as in MLX and NumPy.");
  def_both(
      m, "repeat_interleave", "x",
      [](const ArrayLike& x, const py::object& repeats, OptionalAxis dim, OptionalAxis axis, OptionalAxis output_size) {
        const Array result = repeated(x, repeats, either(dim, axis, "dim", "axis"), output_size);
        if (const OptionalAxis along = either(dim, axis, "dim", "axis");
            output_size && result.shape(along.value_or(0)) != *output_size)
          throw ShapeError("repeat_interleave: the result has length ", result.shape(along.value_or(0)),
                           ", not the output_size ", *output_size);
        return result;
      },
      "repeats"_a, "dim"_a = py::none(), py::kw_only(), "axis"_a = py::none(), "output_size"_a = py::none(),
      "PyTorch's name for the function `repeat`: each element several times, one beside the other. With `output_size`, "
      "how long the axis becomes, an array of repeats is not looked at until the result is, so `jit` and `vmap` can "
      "record it; a wrong one raises IndexError then.\n\n"
      "Example:\n    >>> print(ingot.repeat_interleave(ingot.array([1, 2]), ingot.array([1, 3])))\n    [1 2 2 2]");
  for (const char* name : {"moveaxis", "movedim"})
    def_both(
        m, name, "x",
        [](const ArrayLike& x, const Axes& source, const Axes& destination) {
          return moveaxis(x, source, destination);
        },
        "source"_a, "destination"_a,
        "One axis, or several, moved to other places; the rest stay in order.\n\nExample:\n    >>> "
        "ingot.moveaxis(ingot.ones((2, 3, 4)), 0, -1).shape\n    (3, 4, 2)");
  def_both(
      m, "unflatten", "x", [](const ArrayLike& x, int64_t dim, const Shape& sizes) { return unflatten(x, dim, sizes); },
      "dim"_a, "sizes"_a,
      "One axis split into several; one length may be -1.\n\nExample:\n    >>> ingot.unflatten(ingot.ones((2, 6)), 1, "
      "(2, -1)).shape\n    (2, 2, 3)");
}

}  // namespace

void register_rearranging(py::module_& m) {
  register_order(m);
  register_joining(m);
  register_split(m);
}

}  // namespace ingot::python
