#include "ingot/ops/diagonals.h"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/filled.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/strided_view_op.h"

namespace ingot {

namespace {

/// The matrix axes of `op`, normalised and different.
std::pair<size_t, size_t> matrix_axes(int64_t axis1, int64_t axis2, int64_t ndim, const char* op) {
  const int64_t first = normalize_axis(axis1, ndim, op), second = normalize_axis(axis2, ndim, op);
  if (first == second) throw ValueError(op, ": expected two different axes, got ", axis1, " and ", axis2);
  return {static_cast<size_t>(first), static_cast<size_t>(second)};
}

/// Where a diagonal lies in an array: `steps[j]` for each axis but the matrix axes, then one for the diagonal itself.
struct Diagonal {
  Shape shape;
  Axes start;
  std::vector<Axes> steps;

  Diagonal(const Shape& whole, int64_t offset, size_t row, size_t column) : start(whole.size(), 0) {
    for (size_t k = 0; k < whole.size(); ++k) {
      if (k == row || k == column) continue;
      shape.push_back(whole[k]);
      steps.push_back(Axes(whole.size(), 0));
      steps.back()[k] = 1;
    }
    const int64_t rows = whole[row], columns = whole[column];
    // An offset beyond the matrix, however far, leaves an empty diagonal.
    const int64_t shift = std::clamp(offset, -rows, columns);
    start[row] = std::max<int64_t>(0, -shift);
    start[column] = std::max<int64_t>(0, shift);
    shape.push_back(std::max<int64_t>(0, std::min(rows - start[row], columns - start[column])));
    steps.push_back(Axes(whole.size(), 0));
    steps.back()[row] = steps.back()[column] = 1;
  }
};

/// Numbers 0 to `count - 1`, as a column or as a row.
Array ramp(int64_t count, bool column) {
  return reshape(arange(int64_t{0}, count, int64_t{1}, DType::int64), column ? Shape{count, 1} : Shape{1, count});
}

/// True at and below the `k`-th diagonal.
Array lower(int64_t rows, int64_t columns, int64_t k) {
  if (rows < 0 || columns < 0) throw ValueError("tri: expected lengths of at least 0, got ", rows, " and ", columns);
  return ramp(columns, false) - std::clamp(k, -rows - 1, columns + 1) <= ramp(rows, true);
}

Array triangle(const Array& x, int64_t k, bool upper) {
  const char* op = upper ? "triu" : "tril";
  require_defined(x, op);
  if (x.ndim() < 2) throw ShapeError(op, ": expected at least two axes, got shape ", x.shape());
  // Above the diagonal before k is where `lower` is false.
  if (upper && k == std::numeric_limits<int64_t>::min()) ++k;
  const Array below = lower(x.shape(-2), x.shape(-1), upper ? k - 1 : k);
  const Array zero = zeros({}, x.dtype());
  return upper ? where(below, zero, x) : where(below, x, zero);
}

/// Elements at and below the `k`-th diagonal, for `k` from `-rows` to `columns`.
int64_t count_below(int64_t rows, int64_t columns, int64_t k) {
  const int64_t first = std::max<int64_t>(0, -k), full = std::clamp(columns - 1 - k, first, rows);
  const int64_t partial = full - first;  // rows of first + k + 1 elements, and one more each
  return partial * (first + k + 1) + partial * (partial - 1) / 2 + (rows - full) * columns;
}

Array triangle_indices(int64_t rows, int64_t columns, int64_t k, bool upper) {
  if (rows < 0 || columns < 0)
    throw ValueError(upper ? "triu_indices" : "tril_indices", ": expected lengths of at least 0, got ", rows, " and ",
                     columns);
  const int64_t total = element_count({rows, columns});
  if (total == 0) return zeros({2, 0}, DType::int64);
  const int64_t shift = std::clamp(k, -rows, columns);
  const int64_t count = upper ? total - count_below(rows, columns, std::max(shift - 1, -rows))
                              : count_below(rows, columns, std::min(shift, columns - 1));
  return detail::filled({2, count}, DType::int64, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    int64_t place = 0;
    const int64_t begin = upper ? 0 : std::max<int64_t>(0, -shift),
                  end = upper ? std::min(rows, columns - shift) : rows;
    for (int64_t row = begin; row < end; ++row) {
      const int64_t from = upper ? std::max<int64_t>(0, row + shift) : 0;
      const int64_t to = upper ? columns : std::min(columns, row + shift + 1);
      for (int64_t column = from; column < to; ++column, ++place) {
        out[place] = convert<T>(row);
        out[count + place] = convert<T>(column);
      }
    }
  });
}

}  // namespace

Array diagonal(const Array& x, int64_t offset, int64_t axis1, int64_t axis2) {
  require_defined(x, "diagonal");
  if (x.ndim() < 2) throw ShapeError("diagonal: expected at least two axes, got shape ", x.shape());
  const auto [row, column] = matrix_axes(axis1, axis2, x.ndim(), "diagonal");
  const Diagonal place(x.shape(), offset, row, column);
  return strided_view(x, place.shape, place.start, place.steps, "diagonal");
}

Array diag_embed(const Array& x, int64_t offset, int64_t axis1, int64_t axis2) {
  require_defined(x, "diag_embed");
  if (x.ndim() == 0) throw ShapeError("diag_embed: expected at least one axis, got a 0-d array");
  const auto [row, column] = matrix_axes(axis1, axis2, x.ndim() + 1, "diag_embed");
  int64_t length = 0;
  if (offset == std::numeric_limits<int64_t>::min() ||
      __builtin_add_overflow(x.shape(-1), offset < 0 ? -offset : offset, &length))
    throw ValueError("diag_embed: no matrix has a diagonal ", offset);
  Shape shape(x.shape().begin(), x.shape().end() - 1);
  shape.insert(std::min(row, column), length);
  shape.insert(std::max(row, column), length);
  const Diagonal place(shape, offset, row, column);
  return add_strided(x, shape, place.start, place.steps, "diag_embed");
}

Array diag(const Array& x, int64_t k) {
  require_defined(x, "diag");
  if (x.ndim() == 1) return diag_embed(x, k);
  if (x.ndim() == 2) return diagonal(x, k);
  throw ShapeError("diag: expected a vector or a matrix, got shape ", x.shape(),
                   "; `diagonal` and `diag_embed` take more axes");
}

Array diagflat(const Array& x, int64_t k) {
  require_defined(x, "diagflat");
  return diag_embed(flatten(x), k);
}

Array trace(const Array& x, int64_t offset, int64_t axis1, int64_t axis2, std::optional<DType> dtype) {
  return sum(diagonal(x, offset, axis1, axis2), Axes{-1}, false, dtype);
}

Array tri(int64_t rows, int64_t columns, int64_t k, DType dtype) { return astype(lower(rows, columns, k), dtype); }
Array tril(const Array& x, int64_t k) { return triangle(x, k, false); }
Array triu(const Array& x, int64_t k) { return triangle(x, k, true); }
Array tril_indices(int64_t rows, int64_t columns, int64_t k) { return triangle_indices(rows, columns, k, false); }
Array triu_indices(int64_t rows, int64_t columns, int64_t k) { return triangle_indices(rows, columns, k, true); }

Array vander(const Array& x, std::optional<int64_t> count, bool increasing) {
  require_defined(x, "vander");
  if (x.ndim() != 1) throw ShapeError("vander: expected a vector, got shape ", x.shape());
  const int64_t powers = count.value_or(x.size());
  if (powers < 0) throw ValueError("vander: the number of columns must not be negative, got ", powers);
  // Every power is a node; so high ones are 0, 1 or infinite.
  constexpr int64_t kMostPowers = 1 << 16;
  if (powers > kMostPowers) throw ValueError("vander: expected at most ", kMostPowers, " columns, got ", powers);
  if (powers == 0) return zeros({x.size(), 0}, x.dtype());
  std::vector<Array> columns{ones_like(x)};
  while (static_cast<int64_t>(columns.size()) < powers) columns.push_back(columns.size() == 1 ? x : columns.back() * x);
  if (!increasing) std::reverse(columns.begin(), columns.end());
  return stack(columns, 1);
}

Array block_diag(const std::vector<Array>& blocks) {
  if (blocks.empty()) throw ValueError("block_diag: expected at least one block");
  int64_t columns = 0;
  std::vector<Array> matrices;
  for (const Array& block : blocks) {
    require_defined(block, "block_diag");
    if (block.ndim() > 2)
      throw ShapeError("block_diag: expected blocks of at most two axes, got shape ", block.shape());
    matrices.push_back(block.ndim() == 2 ? block : reshape(block, {1, block.size()}));
    columns += matrices.back().shape(1);
  }
  std::vector<Array> rows;
  int64_t before = 0;
  for (const Array& block : matrices) {
    rows.push_back(pad(block, {{0, 0}, {before, columns - before - block.shape(1)}}));
    before += block.shape(1);
  }
  return concatenate(rows, 0);
}

}  // namespace ingot
