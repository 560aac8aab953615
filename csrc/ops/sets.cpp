#include "ingot/ops/sets.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "ingot/engine/eval.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/required_values.h"
#include "ingot/ops/scan.h"
#include "ingot/ops/search.h"
#include "ingot/ops/sort.h"
#include "ingot/ops/sort_keys.h"

namespace ingot {

namespace {

/// Slices along an axis to tell apart, as rows of an array of two axes.
struct Items {
  Array rows;  ///< (count, width), densely packed
  int64_t count, width;

  Items(const Array& x, int64_t axis) {
    const Array moved = moveaxis(x, axis, 0);
    count = moved.shape(0);
    width = count == 0 ? 0 : x.size() / count;
    rows = contiguous(reshape(moved, {count, width}));
  }
};

template <class T>
int compare(const T& a, const T& b) {
  if constexpr (is_complex_type<T>) {
    return complex_less(a, b) ? -1 : complex_less(b, a) ? 1 : 0;
  } else {
    const auto x = tie_key(a), y = tie_key(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
}

template <class T>
bool is_nan(const T& value) {
  if constexpr (is_half_type<T>)
    return is_nan(static_cast<float>(value));
  else if constexpr (std::is_integral_v<T>)
    return false;
  else
    return !(value == value);
}

template <class T>
bool equal_rows(const T* a, const T* b, int64_t width, bool equal_nan) {
  for (int64_t i = 0; i < width; ++i)
    if (compare(a[i], b[i]) != 0 || (!equal_nan && is_nan(a[i]))) return false;
  return true;
}

/// The order in which equal rows are neighbours.
template <class T>
std::vector<int64_t> sorted_order(const Items& items, const T* rows) {
  std::vector<int64_t> order(static_cast<size_t>(items.count));
  std::iota(order.begin(), order.end(), int64_t{0});
  std::stable_sort(order.begin(), order.end(), [&](int64_t a, int64_t b) {
    for (int64_t i = 0; i < items.width; ++i)
      if (const int c = compare(rows[a * items.width + i], rows[b * items.width + i]); c != 0) return c < 0;
    return false;
  });
  return order;
}

Array index_array(const std::vector<int64_t>& numbers, DType dtype) {
  const Array wide = from_data(numbers.data(), {static_cast<int64_t>(numbers.size())}, DType::int64);
  return dtype == DType::int64 ? wide : astype(wide, dtype);
}

/// Groups equal neighbours of an order of slices.
Unique grouped_slices(const Array& x, int64_t axis, bool equal_nan, bool sorts) {
  const Items items(x, axis);
  Value keep_alive;
  const Tensor rows = read(items.rows, keep_alive);
  std::vector<int64_t> order, firsts, counts, inverse(static_cast<size_t>(items.count));
  visit(x.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    const T* data = rows.as<T>();
    if (sorts) {
      order = sorted_order(items, data);
    } else {
      order.resize(static_cast<size_t>(items.count));
      std::iota(order.begin(), order.end(), int64_t{0});
    }
    for (size_t i = 0; i < order.size(); ++i) {
      const bool same =
          i > 0 && equal_rows(data + order[i - 1] * items.width, data + order[i] * items.width, items.width, equal_nan);
      if (!same) {
        firsts.push_back(order[i]);
        counts.push_back(0);
      }
      ++counts.back();
      inverse[static_cast<size_t>(order[i])] = static_cast<int64_t>(firsts.size()) - 1;
    }
  });
  const DType dtype = index_dtype(items.count);
  Unique result;
  result.indices = index_array(firsts, dtype);
  result.counts = index_array(counts, dtype);
  result.inverse = index_array(inverse, dtype);
  result.values = take(x, result.indices, axis);
  return result;
}

/// Groups equal neighbours of a vector, or of its elements in order. What nobody asks for is never computed.
Unique grouped_elements(const Array& x, bool equal_nan, bool sorts) {
  const int64_t count = x.size();
  const DType dtype = index_dtype(count);
  const Array line = sorts ? sort(x) : x;
  const Array rest = narrow(line, 0, std::min<int64_t>(count, 1), std::max<int64_t>(count - 1, 0));
  const Array before = narrow(line, 0, 0, rest.size());
  Array differs = rest != before;
  if (equal_nan) differs = logical_and(differs, logical_not(logical_and(isnan(rest), isnan(before))));
  const Array begins = concatenate({ones({count - rest.size()}, DType::bool_), differs});
  const Array firsts = converted(nonzero(begins)[0], dtype);
  const Array groups = converted(cumsum(astype(begins, DType::int64)) - 1, dtype);
  Unique result{take(line, firsts), firsts, groups, diff(firsts, 1, -1, {}, full({1}, count, dtype))};
  if (sorts) {
    const Array order = argsort(x);
    result.indices = take(order, firsts);
    result.inverse = scatter(zeros({count}, dtype), {order}, groups, {0}, false);
  }
  return result;
}

Unique grouped(const Array& x, std::optional<int64_t> axis, bool equal_nan, bool sorts, const char* op) {
  require_defined(x, op);
  require_values(x, op, "how many elements differ", "sort(x) brings equal ones together");
  if (axis) {
    const int64_t along = normalize_axis(*axis, x.ndim(), op);
    if (x.ndim() > 1) return grouped_slices(x, along, equal_nan, sorts);
  }
  Unique result = grouped_elements(flatten(x), equal_nan, sorts);
  result.inverse = reshape(result.inverse, x.shape());
  return result;
}

std::pair<Array, Array> distinct(const Array& x, const Array& y, const char* op) {
  require_defined(x, op);
  require_defined(y, op);
  const DType dtype = promote(x.dtype(), y.dtype());
  return {unique(converted(x, dtype)).values, unique(converted(y, dtype)).values};
}

Array chosen(const Array& x, const Array& mask) { return index(x, {mask}); }

}  // namespace

Unique unique(const Array& x, std::optional<int64_t> axis, bool equal_nan) {
  return grouped(x, axis, equal_nan, true, "unique");
}

Unique unique_consecutive(const Array& x, std::optional<int64_t> axis) {
  return grouped(x, axis, false, false, "unique_consecutive");
}

Array intersect1d(const Array& x, const Array& y) {
  const auto [a, b] = distinct(x, y, "intersect1d");
  return chosen(a, isin(a, b));
}

Array union1d(const Array& x, const Array& y) {
  const auto [a, b] = distinct(x, y, "union1d");
  return unique(concatenate({a, b})).values;
}

Array setdiff1d(const Array& x, const Array& y) {
  const auto [a, b] = distinct(x, y, "setdiff1d");
  return chosen(a, isin(a, b, true));
}

Array setxor1d(const Array& x, const Array& y) {
  const auto [a, b] = distinct(x, y, "setxor1d");
  return sort(concatenate({chosen(a, isin(a, b, true)), chosen(b, isin(b, a, true))}));
}

}  // namespace ingot
