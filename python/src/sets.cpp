#include "ingot/ops/sets.h"

#include "bind.h"
#include "ingot/ops/histogram.h"
#include "ingot/ops/indexing.h"
#include "named_results.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

/// The parts that were asked for: an array, or a tuple of several.
py::object parts_of(const Unique& found, bool indices, bool inverse, bool counts) {
  py::list parts;
  parts.append(found.values);
  if (indices) parts.append(found.indices);
  if (inverse) parts.append(found.inverse);
  if (counts) parts.append(found.counts);
  return parts.size() == 1 ? py::object(parts[0]) : py::tuple(parts);
}

void register_unique(py::module_& m) {
  def_both(
      m, "unique", "x",
      [](const ArrayLike& x, bool sorted, bool return_inverse, bool return_counts, OptionalAxis dim, bool return_index,
         OptionalAxis axis, bool equal_nan) {
        static_cast<void>(sorted);  // they always are
        return parts_of(unique(x, either(axis, dim), equal_nan), return_index, return_inverse, return_counts);
      },
      "sorted"_a = true, "return_inverse"_a = false, "return_counts"_a = false, "dim"_a = py::none(), py::kw_only(),
      "return_index"_a = false, "axis"_a = py::none(), "equal_nan"_a = false,
      "The elements that occur, sorted; slices along `dim`, if it is given. Asked for, after them in this order: where "
      "each is first, which of them each element is, and how often each occurs. NaNs differ from each other unless "
      "`equal_nan`. Evaluates.\n\n"
      "Example:\n    >>> values, counts = ingot.unique(ingot.array([3, 1, 3]), return_counts=True)\n    >>> "
      "print(values, counts)\n    [1 3] [1 2]");
  def_both(
      m, "unique_consecutive", "x",
      [](const ArrayLike& x, bool return_inverse, bool return_counts, OptionalAxis dim, OptionalAxis axis) {
        return parts_of(unique_consecutive(x, either(axis, dim)), false, return_inverse, return_counts);
      },
      "return_inverse"_a = false, "return_counts"_a = false, "dim"_a = py::none(), py::kw_only(), "axis"_a = py::none(),
      "The first of each run of equal neighbours; asked for, which run each element is in, and how long each is. "
      "Evaluates.\n\n"
      "Example:\n    >>> print(ingot.unique_consecutive(ingot.array([3, 3, 1, 3])))\n    [3 1 3]");
  m.def(
      "unique_all",
      [](const ArrayLike& x) {
        const Unique found = unique(x);
        return named_result("UniqueAll", found.values, found.indices, found.inverse, found.counts);
      },
      "x"_a,
      "The elements that occur, where each is first, which of them each element is, and how often each occurs: a tuple "
      "(values, indices, inverse_indices, counts). Evaluates.\n\n"
      "Example:\n    >>> print(ingot.unique_all(ingot.array([3, 1, 3])).indices)\n    [1 0]");
  m.def(
      "unique_counts",
      [](const ArrayLike& x) {
        const Unique found = unique(x);
        return named_result("UniqueCounts", found.values, found.counts);
      },
      "x"_a,
      "The elements that occur, and how often: a tuple (values, counts). Evaluates.\n\n"
      "Example:\n    >>> print(ingot.unique_counts(ingot.array([3, 1, 3])).counts)\n    [1 2]");
  m.def(
      "unique_inverse",
      [](const ArrayLike& x) {
        const Unique found = unique(x);
        return named_result("UniqueInverse", found.values, found.inverse);
      },
      "x"_a,
      "The elements that occur, and which of them each element is: a tuple (values, inverse_indices). Evaluates.\n\n"
      "Example:\n    >>> print(ingot.unique_inverse(ingot.array([3, 1, 3])).inverse_indices)\n    [1 0 1]");
  m.def(
      "unique_values", [](const ArrayLike& x) { return unique(x).values; }, "x"_a,
      "The elements that occur, sorted. Evaluates.\n\n"
      "Example:\n    >>> print(ingot.unique_values(ingot.array([3, 1, 3])))\n    [1 3]");
}

void def_set(py::module_& m, const char* name, Array (*combine)(const Array&, const Array&), const char* doc) {
  m.def(name, [combine](const ArrayLike& x, const ArrayLike& y) { return combine(x, y); }, "x"_a, "y"_a, doc);
}

void register_set_algebra(py::module_& m) {
  def_set(m, "intersect1d", intersect1d,
          "Elements of both arrays, sorted, each once. Evaluates.\n\n"
          "Example:\n    >>> print(ingot.intersect1d(ingot.array([1, 2]), ingot.array([2, 3])))\n    [2]");
  def_set(m, "union1d", union1d,
          "Elements of either array, sorted, each once. Evaluates.\n\n"
          "Example:\n    >>> print(ingot.union1d(ingot.array([1, 2]), ingot.array([2, 3])))\n    [1 2 3]");
  def_set(m, "setdiff1d", setdiff1d,
          "Elements of the first array that the second does not have, sorted, each once. Evaluates.\n\n"
          "Example:\n    >>> print(ingot.setdiff1d(ingot.array([1, 2]), ingot.array([2, 3])))\n    [1]");
  def_set(m, "setxor1d", setxor1d,
          "Elements of just one of two arrays, sorted, each once. Evaluates.\n\n"
          "Example:\n    >>> print(ingot.setxor1d(ingot.array([1, 2]), ingot.array([2, 3])))\n    [1 3]");
}

using Range = std::optional<std::pair<double, double>>;

Array optional_array(const std::optional<ArrayLike>& array) { return array ? array->value : Array(); }

/// Edges given as such, or how many bins there shall be.
Array edges_of(const Array& x, const py::object& bins, const Range& range) {
  if (PyIndex_Check(bins.ptr()) && !is_array(bins.ptr()))
    return histogram_edges(x, py::cast<int64_t>(py::int_(bins)), range);
  if (range) throw TypeError("histogram: give a number of bins and a range, or the edges, not both");
  return from_python(bins);
}

void register_histograms(py::module_& m) {
  def_both(
      m, "bincount", "x",
      [](const ArrayLike& x, const std::optional<ArrayLike>& weights, int64_t minlength) {
        return bincount(x, optional_array(weights), minlength);
      },
      "weights"_a = py::none(), "minlength"_a = 0,
      "How often each number from 0 to the largest, but at least `minlength` of them, occurs (int64), or the sums of "
      "`weights` there. Evaluates.\n\n"
      "Raises TypeError unless `x` is of integers, ValueError for a negative one.\n\n"
      "Example:\n    >>> print(ingot.bincount(ingot.array([0, 2, 2])))\n    [1 0 2]");
  m.def(
      "histogram",
      [](const ArrayLike& x, const py::object& bins, const Range& range, const std::optional<ArrayLike>& weights,
         bool density, const std::optional<ArrayLike>& weight) {
        const Array edges = edges_of(x, bins, range);
        return std::pair(histogram(x, edges, optional_array(weights ? weights : weight), density), edges);
      },
      "x"_a, "bins"_a = 10, "range"_a = py::none(), py::kw_only(), "weights"_a = py::none(), "density"_a = false,
      "weight"_a = py::none(),
      "A tuple (counts, edges): how many elements lie in each of `bins` (a number of them over `range`, by default "
      "from "
      "the smallest to the largest element, or their edges), the last one closed. With `weights` their sums; with "
      "`density` divided by the total and each bin's width. Counts have the dtype of `x`, int64 for integers.\n\n"
      "Raises ValueError for no bins or a range that does not rise.\n\n"
      "Example:\n    >>> counts, edges = ingot.histogram(ingot.array([0.0, 1.0, 4.0]), 2)\n    >>> print(counts, "
      "edges)\n    [2. 1.] [0. 2. 4.]");
  m.def(
      "histogram_bin_edges",
      [](const ArrayLike& x, const py::object& bins, const Range& range) { return edges_of(x, bins, range); }, "x"_a,
      "bins"_a = 10, "range"_a = py::none(),
      "The edges that `histogram` uses.\n\n"
      "Example:\n    >>> print(ingot.histogram_bin_edges(ingot.array([0.0, 1.0, 4.0]), 2))\n    [0. 2. 4.]");
  def_both(
      m, "histc", "x",
      [](const ArrayLike& x, int64_t bins, double low, double high) {
        const Range range = low == 0 && high == 0 ? Range() : Range({low, high});
        return histogram(x, histogram_edges(x, bins, range));
      },
      "bins"_a = 100, "min"_a = 0.0, "max"_a = 0.0,
      "PyTorch's: counts in `bins` bins from `min` to `max`, or over all elements if both are 0.\n\n"
      "Example:\n    >>> print(ingot.histc(ingot.array([0.0, 1.0, 4.0]), 2, 0, 4))\n    [2. 1.]");
  m.def(
      "histogramdd",
      [](const ArrayLike& x, const py::object& bins, const std::optional<std::vector<std::pair<double, double>>>& range,
         const std::optional<ArrayLike>& weights, bool density) {
        const Array& points = x;
        if (points.ndim() != 2) throw ShapeError("histogramdd: expected points of shape (n, d), got ", points.shape());
        const bool number = PyIndex_Check(bins.ptr()) && !is_array(bins.ptr());
        std::vector<Array> edges;
        for (int64_t k = 0; k < points.shape(1); ++k) {
          const auto at = static_cast<size_t>(k);
          if (range && at >= range->size()) throw ShapeError("histogramdd: expected a range for each coordinate");
          const py::object each = number ? bins : py::object(bins[py::int_(k)]);
          edges.push_back(edges_of(index(points, {Slice{}, k}), each, range ? Range((*range)[at]) : Range()));
        }
        return std::pair(histogramdd(points, edges, optional_array(weights), density), edges);
      },
      "x"_a, "bins"_a = 10, "range"_a = py::none(), py::kw_only(), "weights"_a = py::none(), "density"_a = false,
      "A tuple (counts, edges): how many of the points, rows of `x` (n, d), lie in each cell of a grid. `bins` is a "
      "number, or for each coordinate a number or the edges.\n\n"
      "Example:\n    >>> counts, edges = ingot.histogramdd(ingot.array([[0.0, 0.0], [1.0, 1.0]]), 2)\n    >>> "
      "print(counts)\n    [[1. 0.]\n     [0. 1.]]");
}

}  // namespace

void register_sets(py::module_& m) {
  register_unique(m);
  register_set_algebra(m);
  register_histograms(m);
}

}  // namespace ingot::python
