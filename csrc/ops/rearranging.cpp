#include "ingot/ops/rearranging.h"

#include <algorithm>

#include "ingot/engine/eval.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/required_values.h"
#include "ingot/ops/scan.h"
#include "ingot/ops/search.h"

namespace ingot {

namespace {

/// Elements `from`, `from + step`, ... along one axis, `count` of them.
Array run(const Array& x, int64_t axis, int64_t from, int64_t step, int64_t count) {
  const auto along = static_cast<size_t>(axis);
  Axes start(x.shape().size(), 0), stop(x.shape()), by(x.shape().size(), 1);
  start[along] = from;
  stop[along] = from + count * step;
  by[along] = step;
  return slice(x, start, stop, by);
}

/// `sum` of integers on the host, checked.
int64_t added(int64_t a, int64_t b, const char* op) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) throw ShapeError(op, ": lengths add up to more than 2^63 - 1");
  return sum;
}

[[noreturn]] void throw_counts(int64_t counts, int64_t length, int64_t axis) {
  throw ShapeError("repeat_interleave: expected one count, or one for each of the ", length, " positions along axis ",
                   axis, ", got ", counts);
}

}  // namespace

Array at_positions(const Array& x, int64_t axis, const std::vector<int64_t>& positions) {
  constexpr size_t kMostRuns = 16;
  struct Run {
    int64_t from, step, count;
  };
  std::vector<Run> runs;
  for (size_t i = 0; i < positions.size() && runs.size() <= kMostRuns;) {
    const int64_t step = i + 1 < positions.size() ? positions[i + 1] - positions[i] : 1;
    size_t end = i + 1;
    while (end < positions.size() && positions[end] - positions[end - 1] == step) ++end;
    runs.push_back({positions[i], step, static_cast<int64_t>(end - i)});
    i = end;
  }
  if (positions.empty()) return run(x, axis, 0, 1, 0);
  if (runs.size() > kMostRuns) return take(x, array(positions, {static_cast<int64_t>(positions.size())}), axis);
  std::vector<Array> parts;
  for (const Run& each : runs) {
    if (each.step != 0) {
      parts.push_back(run(x, axis, each.from, each.step, each.count));
      continue;
    }
    Shape shape(x.shape());
    shape[static_cast<size_t>(axis)] = each.count;
    parts.push_back(broadcast_to(run(x, axis, each.from, 1, 1), shape));
  }
  return concatenate(parts, axis);
}

Array roll(const Array& x, const Shape& shift, const OptionalAxes& axes) {
  require_defined(x, "roll");
  if (!axes) {
    if (shift.size() != 1) throw ValueError("roll: expected one shift if no axis is given, got ", shift);
    return reshape(roll(flatten(x), shift, Axes{0}), x.shape());
  }
  if (shift.size() != axes->size() && shift.size() != 1 && axes->size() != 1)
    throw ValueError("roll: expected as many shifts as axes, or one for all, got ", shift, " for axes ", *axes);
  Array result = alias(x);
  for (size_t i = 0; i < std::max(shift.size(), axes->size()); ++i) {
    const int64_t axis = normalize_axis((*axes)[axes->size() == 1 ? 0 : i], x.ndim(), "roll");
    const int64_t length = x.shape(axis);
    if (length == 0) continue;
    const int64_t turned = shift[shift.size() == 1 ? 0 : i] % length, by = turned < 0 ? turned + length : turned;
    if (by == 0) continue;
    result = concatenate({run(result, axis, length - by, 1, by), run(result, axis, 0, 1, length - by)}, axis);
  }
  return result;
}

Array rot90(const Array& x, int64_t k, const Axes& axes) {
  require_defined(x, "rot90");
  if (axes.size() != 2) throw ValueError("rot90: expected two axes, got ", axes);
  const int64_t first = normalize_axis(axes[0], x.ndim(), "rot90"), second = normalize_axis(axes[1], x.ndim(), "rot90");
  if (first == second) throw ValueError("rot90: expected two different axes, got ", axes);
  switch ((k % 4 + 4) % 4) {
    case 1:
      return swapaxes(flip(x, Axes{second}), first, second);
    case 2:
      return flip(x, Axes{first, second});
    case 3:
      return flip(swapaxes(x, first, second), Axes{second});
    default:
      return alias(x);
  }
}

Array repeat_interleave(const Array& x, int64_t repeats, std::optional<int64_t> axis) {
  require_defined(x, "repeat_interleave");
  if (repeats < 0) throw ValueError("repeat_interleave: repeats must not be negative, got ", repeats);
  if (!axis) return repeat_interleave(flatten(x), repeats, 0);
  const int64_t along = normalize_axis(*axis, x.ndim(), "repeat_interleave");
  const auto at = static_cast<size_t>(along);
  Shape stretched(x.shape()), joined(x.shape());
  stretched.insert(at + 1, repeats);
  joined[at] = element_count({x.shape(along), repeats});
  return reshape(broadcast_to(expand_dims(x, {along + 1}), stretched), joined);
}

Array repeat_interleave(const Array& x, const Array& repeats, std::optional<int64_t> axis,
                        std::optional<int64_t> output_size) {
  require_defined(x, "repeat_interleave");
  require_defined(repeats, "repeat_interleave");
  if (!axis) return repeat_interleave(flatten(x), repeats, 0, output_size);
  if (!is_integer(repeats.dtype()))
    throw TypeError("repeat_interleave: expected integer repeats, got dtype ", repeats.dtype());
  if (repeats.ndim() > 1)
    throw ShapeError("repeat_interleave: expected repeats along one axis, got shape ", repeats.shape());
  const Array counts = astype(repeats, DType::int64);
  if (!output_size) {
    require_values(repeats, "repeat_interleave", "the length", "give `output_size`, or the repeats as Python's ints");
    return repeat_interleave(x, to_vector<int64_t>(counts), axis);
  }
  const int64_t along = normalize_axis(*axis, x.ndim(), "repeat_interleave"), length = x.shape(along);
  if (counts.size() != 1 && counts.size() != length) throw_counts(counts.size(), length, along);
  const Array ends = cumsum(broadcast_to(counts, {length}), 0);
  const Array places = searchsorted(ends, arange(int64_t{0}, *output_size, int64_t{1}, DType::int64), true);
  // Where the sum is another one, or a number is negative, the places are none of x: whoever evaluates them is told.
  const Array fits = logical_and(sum(broadcast_to(counts, {length})) == *output_size, all(counts >= 0));
  return take(x, where(fits, places, length), along);
}

Array repeat_interleave(const Array& x, const std::vector<int64_t>& counts, std::optional<int64_t> axis) {
  require_defined(x, "repeat_interleave");
  if (!axis) return repeat_interleave(flatten(x), counts, 0);
  const int64_t along = normalize_axis(*axis, x.ndim(), "repeat_interleave"), length = x.shape(along);
  if (counts.size() == 1) return repeat_interleave(x, counts[0], along);
  if (static_cast<int64_t>(counts.size()) != length) throw_counts(static_cast<int64_t>(counts.size()), length, along);
  int64_t total = 0;
  for (const int64_t count : counts) {
    if (count < 0) throw ValueError("repeat_interleave: repeats must not be negative, got ", count);
    total = added(total, count, "repeat_interleave");
  }
  std::vector<int64_t> positions;
  positions.reserve(static_cast<size_t>(total));
  for (int64_t i = 0; i < length; ++i)
    positions.insert(positions.end(), static_cast<size_t>(counts[static_cast<size_t>(i)]), i);
  return at_positions(x, along, positions);
}

Array moveaxis(const Array& x, const Axes& source, const Axes& destination) {
  require_defined(x, "moveaxis");
  if (source.size() != destination.size())
    throw ValueError("moveaxis: expected as many destinations as sources, got ", source, " and ", destination);
  normalize_axes(source, x.ndim(), "moveaxis");  // complains of repeats
  normalize_axes(destination, x.ndim(), "moveaxis");
  constexpr int64_t kOpen = -1;
  Axes order(x.shape().size(), kOpen), moved(x.shape().size(), 0);
  for (size_t i = 0; i < source.size(); ++i) {
    const int64_t from = normalize_axis(source[i], x.ndim(), "moveaxis");
    order[static_cast<size_t>(normalize_axis(destination[i], x.ndim(), "moveaxis"))] = from;
    moved[static_cast<size_t>(from)] = 1;
  }
  int64_t next = 0;
  for (int64_t& axis : order) {
    if (axis != kOpen) continue;
    while (moved[static_cast<size_t>(next)]) ++next;
    axis = next++;
  }
  return transpose(x, order);
}

Array unflatten(const Array& x, int64_t axis, const Shape& lengths) {
  require_defined(x, "unflatten");
  const int64_t along = normalize_axis(axis, x.ndim(), "unflatten");
  if (lengths.empty()) throw ShapeError("unflatten: expected at least one length for axis ", along);
  Shape shape(x.shape());
  shape.erase(static_cast<size_t>(along));
  int64_t known = 1;
  for (const int64_t length : lengths) known *= length == -1 ? 1 : std::max<int64_t>(length, 0);
  for (size_t i = 0; i < lengths.size(); ++i) {
    // The unknown length follows from this axis alone, so that other axes may be empty.
    const int64_t length = lengths[i] == -1 && known > 0 ? x.shape(along) / known : lengths[i];
    shape.insert(static_cast<size_t>(along) + i, length);
  }
  if (std::count(lengths.begin(), lengths.end(), -1) > 1 || std::count(shape.begin(), shape.end(), -1) > 0 ||
      element_count(Shape(shape.begin() + along,
                          shape.begin() + along + static_cast<std::ptrdiff_t>(lengths.size()))) != x.shape(along))
    throw ShapeError("unflatten: axis ", along, " of shape ", x.shape(), " does not divide into ", lengths);
  return reshape(x, shape);
}

std::vector<Array> meshgrid(const std::vector<Array>& vectors, bool matrix_order, bool sparse) {
  Shape shape;
  for (const Array& x : vectors) {
    require_defined(x, "meshgrid");
    if (x.ndim() > 1) throw ShapeError("meshgrid: expected vectors, got shape ", x.shape());
    shape.push_back(x.size());
  }
  const bool swapped = !matrix_order && vectors.size() > 1;
  if (swapped) std::swap(shape[0], shape[1]);
  std::vector<Array> grids;
  for (size_t i = 0; i < vectors.size(); ++i) {
    Shape along(shape.size(), 1);
    along[swapped && i < 2 ? 1 - i : i] = vectors[i].size();
    const Array line = reshape(vectors[i], along);
    grids.push_back(sparse ? line : broadcast_to(line, shape));
  }
  return grids;
}

Array grid_indices(const Shape& shape, DType dtype) {
  std::vector<Array> ramps;
  for (const int64_t length : shape) ramps.push_back(arange(int64_t{0}, length, int64_t{1}, dtype));
  if (shape.empty()) return zeros({0}, dtype);
  return stack(meshgrid(ramps, true), 0);
}

Array cartesian_prod(const std::vector<Array>& vectors) {
  if (vectors.empty()) throw ValueError("cartesian_prod: expected at least one vector");
  for (const Array& x : vectors) {
    require_defined(x, "cartesian_prod");
    if (x.ndim() != 1) throw ShapeError("cartesian_prod: expected vectors, got shape ", x.shape());
  }
  if (vectors.size() == 1) return alias(vectors[0]);
  return reshape(stack(meshgrid(vectors, true), -1), {element_count([&] {
                                                        Shape lengths;
                                                        for (const Array& x : vectors) lengths.push_back(x.size());
                                                        return lengths;
                                                      }()),
                                                      static_cast<int64_t>(vectors.size())});
}

Array combinations(const Array& x, int64_t r, bool with_replacement) {
  require_defined(x, "combinations");
  if (x.ndim() != 1) throw ShapeError("combinations: expected a vector, got shape ", x.shape());
  if (r < 0) throw ValueError("combinations: expected to choose at least 0 elements, got ", r);
  const int64_t n = x.size();
  std::vector<int64_t> chosen, all;
  for (int64_t i = 0; i < r; ++i) chosen.push_back(with_replacement ? 0 : i);
  int64_t count = 0;
  const auto highest = [&](int64_t i) { return with_replacement ? n - 1 : n - r + i; };
  while (r > 0 && chosen.back() <= highest(r - 1)) {
    all.insert(all.end(), chosen.begin(), chosen.end());
    ++count;
    int64_t i = r - 1;
    while (i >= 0 && chosen[static_cast<size_t>(i)] == highest(i)) --i;
    if (i < 0) break;
    int64_t next = ++chosen[static_cast<size_t>(i)];
    while (++i < r) chosen[static_cast<size_t>(i)] = with_replacement ? next : ++next;
  }
  return take(x, array(all, {count, r}), 0);
}

Array at_least(const Array& x, int64_t ndim) {
  require_defined(x, "at_least");
  if (x.ndim() >= ndim) return alias(x);
  switch (ndim) {
    case 1:
      return reshape(x, {1});
    case 2:
      return reshape(x, {1, x.size()});
    default:
      return x.ndim() == 2 ? expand_dims(x, {2}) : reshape(x, {1, x.size(), 1});
  }
}

namespace {

Array joined_at_least(const std::vector<Array>& arrays, int64_t ndim, int64_t axis) {
  std::vector<Array> parts;
  for (const Array& x : arrays) parts.push_back(at_least(x, ndim));
  return concatenate(parts, axis);
}

}  // namespace

Array hstack(const std::vector<Array>& arrays) {
  const bool vectors = std::all_of(arrays.begin(), arrays.end(), [](const Array& x) { return x.ndim() <= 1; });
  return joined_at_least(arrays, 1, vectors ? 0 : 1);
}

Array vstack(const std::vector<Array>& arrays) { return joined_at_least(arrays, 2, 0); }
Array dstack(const std::vector<Array>& arrays) { return joined_at_least(arrays, 3, 2); }

Array column_stack(const std::vector<Array>& arrays) {
  std::vector<Array> columns;
  for (const Array& x : arrays) columns.push_back(x.ndim() < 2 ? reshape(x, {x.size(), 1}) : x);
  return concatenate(columns, 1);
}

std::vector<Array> array_split(const Array& x, int64_t parts, int64_t axis) {
  require_defined(x, "array_split");
  if (parts < 1) throw ValueError("array_split: the number of parts must be positive, got ", parts);
  const int64_t length = x.shape(normalize_axis(axis, x.ndim(), "array_split"));
  if (parts > std::max<int64_t>(length, 1 << 16))
    throw ValueError("array_split: ", parts, " parts of ", length, " elements are too many, nearly all would be empty");
  std::vector<int64_t> starts;
  int64_t at = 0;
  for (int64_t i = 0; i + 1 < parts; ++i) {
    at += length / parts + (i < length % parts);
    starts.push_back(at);
  }
  return split(x, starts, axis);
}

std::vector<Array> split_with_sizes(const Array& x, const std::vector<int64_t>& sizes, int64_t axis) {
  require_defined(x, "split");
  const int64_t along = normalize_axis(axis, x.ndim(), "split");
  std::vector<Array> pieces;
  int64_t from = 0;
  for (const int64_t size : sizes) {
    if (size < 0) throw ValueError("split: sizes must not be negative, got ", size);
    from = added(from, size, "split");
  }
  if (from != x.shape(along))
    throw ShapeError("split: the sizes add up to ", from, ", but axis ", along, " of shape ", x.shape(), " has length ",
                     x.shape(along));
  from = 0;
  for (const int64_t size : sizes) {
    pieces.push_back(run(x, along, from, 1, size));
    from += size;
  }
  return pieces;
}

std::vector<Array> split_by_size(const Array& x, int64_t size, int64_t axis) {
  require_defined(x, "split");
  if (size < 1) throw ValueError("split: expected pieces of at least one element, got ", size);
  const int64_t along = normalize_axis(axis, x.ndim(), "split"), length = x.shape(along);
  std::vector<Array> pieces;
  for (int64_t from = 0; from < length; from += std::min(size, length - from))
    pieces.push_back(run(x, along, from, 1, std::min(size, length - from)));
  if (pieces.empty()) pieces.push_back(alias(x));
  return pieces;
}

std::vector<Array> unbind(const Array& x, int64_t axis) {
  require_defined(x, "unbind");
  const int64_t along = normalize_axis(axis, x.ndim(), "unbind");
  std::vector<Array> slices;
  for (int64_t i = 0; i < x.shape(along); ++i) slices.push_back(squeeze(run(x, along, i, 1, 1), Axes{along}));
  return slices;
}

Array narrow(const Array& x, int64_t axis, int64_t start, int64_t length) {
  require_defined(x, "narrow");
  const int64_t along = normalize_axis(axis, x.ndim(), "narrow"), whole = x.shape(along);
  const int64_t from = start < 0 ? start + whole : start;
  if (from < 0 || from > whole || length < 0 || length > whole - from)
    throw IndexError("narrow: ", length, " elements from ", start, " are not inside axis ", along, " with length ",
                     whole);
  return run(x, along, from, 1, length);
}

Array select(const Array& x, int64_t axis, int64_t index) {
  require_defined(x, "select");
  const int64_t along = normalize_axis(axis, x.ndim(), "select"), length = x.shape(along);
  if (index < -length || index >= length)
    throw IndexError("select: index ", index, " is out of range for axis ", along, " with length ", length);
  return squeeze(run(x, along, index < 0 ? index + length : index, 1, 1), Axes{along});
}

}  // namespace ingot
