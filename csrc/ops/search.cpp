#include "ingot/ops/search.h"

#include <algorithm>

#include "ingot/ops/apply.h"
#include "ingot/ops/axis_checks.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/leading_rows.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/search_op.h"
#include "ingot/ops/sort.h"
#include "ingot/ops/sort_keys.h"

namespace ingot {

namespace {

/// Searches of one task, and those that go side by side: each waits for memory, but not for the others.
constexpr int64_t kSearches = 2048, kTogether = 16;

/// Something that numbers are ordered by, NaN last.
template <class T>
auto comparable(const T& value) {
  if constexpr (is_complex_type<T>)
    return value;
  else
    return tie_key(value);
}

template <class T>
bool before(const T& a, const T& b) {
  if constexpr (is_complex_type<T>)
    return complex_less(a, b);
  else
    return a < b;
}

/// How many of `count` sorted elements come before `value`, or are not after it if `right`.
template <class T, class Value>
int64_t place_of(const T* sorted, int64_t step, int64_t count, const Value& value, bool right) {
  int64_t low = 0;
  while (count > 0) {
    const int64_t half = count / 2;
    const auto middle = comparable(sorted[(low + half) * step]);
    const bool goes_on = right ? !before(value, middle) : before(middle, value);
    low = goes_on ? low + half + 1 : low;
    count = goes_on ? count - half - 1 : half;
  }
  return low;
}

template <class T>
constexpr bool kComparesFast = std::is_arithmetic_v<T> && !std::is_same_v<T, bool>;

/// The same for several values, none of which is NaN: comparisons of numbers find NaN behind all of them.
template <class T>
void places_of(const T* sorted, int64_t step, int64_t count, const T (&values)[kTogether], bool right,
               int64_t (&places)[kTogether]) {
  for (int64_t& place : places) place = 0;
  while (count > 0) {
    const int64_t half = (count + 1) / 2;
    for (int64_t k = 0; k < kTogether; ++k) {
      const T middle = sorted[(places[k] + half - 1) * step];
      places[k] += (right ? middle <= values[k] : middle < values[k]) ? half : 0;
    }
    count -= half;
  }
}

Array search(const Array& sorted, const Array& values, bool right) {
  return apply(make_ref<SearchSorted>(right), {sorted, values}, {values.shape(), index_dtype(sorted.shape(-1))});
}

}  // namespace

std::vector<Array> SearchSorted::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                      int64_t batch) const {
  if (axes[0] < 0 && inputs[0].ndim() == 1) return {search(inputs[0], inputs[1], right)};
  const Array sorted = give_batch(inputs[0], axes[0], batch), values = give_batch(inputs[1], axes[1], batch);
  if (call.in_shape(0).size() > 1) return {search(sorted, values, right)};
  // One sorted axis for values of any shape becomes one row for each batch.
  const Array rows = reshape(values, {batch, element_count(call.in_shape(1))});
  return {reshape(search(sorted, rows, right), values.shape())};
}

int64_t SearchSorted::tasks(std::span<const Tensor>, std::span<const Tensor> outputs) const {
  return (outputs[0].size() + kSearches - 1) / kSearches;
}

void SearchSorted::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Tensor &sorted = inputs[0], &values = inputs[1], &out = outputs[0];
  const int64_t length = sorted.shape.back(), step = sorted.strides.back();
  const int64_t inner = values.shape.empty() ? 1 : values.shape.back();
  const int64_t value_step = values.shape.empty() ? 0 : values.strides.back();
  const size_t outer_axes = values.shape.empty() ? 0 : values.shape.size() - 1;
  const int64_t end = std::min(out.size(), (task + 1) * kSearches);
  visit(sorted.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (int64_t at = task * kSearches; at < end;) {
      const int64_t row = at / inner, first = at % inner, run = std::min(end - at, inner - first);
      const T* from = values.as<T>() + offset_of_row(values, outer_axes, row) + first * value_step;
      const T* within = sorted.as<T>() + offset_of_row(sorted, sorted.shape.size() - 1, row);
      const auto write = [&](int64_t i, int64_t place) {
        if (out.dtype == DType::int64)
          out.as<int64_t>()[at + i] = place;
        else
          out.as<int32_t>()[at + i] = static_cast<int32_t>(place);
      };
      const auto find = [&](int64_t i) {
        write(i, place_of(within, step, length, comparable(from[i * value_step]), right));
      };
      int64_t i = 0;
      if constexpr (kComparesFast<T>) {
        for (; i + kTogether <= run; i += kTogether) {
          T wanted[kTogether];
          int64_t places[kTogether];
          bool numbers = true;
          for (int64_t k = 0; k < kTogether; ++k) {
            wanted[k] = from[(i + k) * value_step];
            numbers &= wanted[k] == wanted[k];
          }
          if (numbers) places_of(within, step, length, wanted, right, places);
          for (int64_t k = 0; k < kTogether; ++k)
            if (numbers)
              write(i + k, places[k]);
            else
              find(i + k);
        }
      }
      for (; i < run; ++i) find(i);
      at += run;
    }
  });
}

Array searchsorted(const Array& sorted, const Array& values, bool right, const Array& sorter) {
  require_defined(sorted, "searchsorted");
  require_defined(values, "searchsorted");
  if (sorted.ndim() == 0) throw ShapeError("searchsorted: expected a sorted array of at least one axis, got a 0-d one");
  const auto leading = [](const Shape& shape) { return Shape(shape.begin(), shape.end() - (shape.empty() ? 0 : 1)); };
  if (sorted.ndim() > 1 && (sorted.ndim() != values.ndim() || leading(sorted.shape()) != leading(values.shape())))
    throw ShapeError("searchsorted: a sorted array of shape ", sorted.shape(), " and values of shape ", values.shape(),
                     " must agree in all axes but the last, or the sorted one have a single axis");
  const DType dtype = promote(sorted.dtype(), values.dtype());
  const Array ordered = sorter.defined() ? take_along_axis(sorted, sorter, -1) : sorted;
  return search(converted(ordered, dtype), converted(values, dtype), right);
}

Array digitize(const Array& x, const Array& bins, bool right) {
  require_defined(x, "digitize");
  require_defined(bins, "digitize");
  require_order(x, "digitize");
  if (bins.ndim() != 1) throw ShapeError("digitize: expected bins of one axis, got shape ", bins.shape());
  const int64_t count = bins.shape(0);
  const Array rising = searchsorted(bins, x, !right);
  if (count < 2) return rising;
  const Array falling = count - searchsorted(flip(bins), x, !right);
  const Array ends = take(bins, array({int32_t{0}, static_cast<int32_t>(-1)}), 0);
  return where(index(ends, {int64_t{0}}) <= index(ends, {int64_t{1}}), rising, falling);
}

Array isin(const Array& x, const Array& test, bool invert) {
  require_defined(x, "isin");
  require_defined(test, "isin");
  if (test.size() == 0 || x.size() == 0) return full(x.shape(), invert, DType::bool_);
  const DType dtype = promote(x.dtype(), test.dtype());
  const Array operand = converted(x, dtype), sorted = sort(flatten(converted(test, dtype)));
  const Array place = minimum(searchsorted(sorted, operand), test.size() - 1);
  const Array found = take(sorted, place, 0);
  return invert ? found != operand : found == operand;
}

Array count_nonzero(const Array& x, const OptionalAxes& axes, bool keepdims) {
  require_defined(x, "count_nonzero");
  return sum(converted(x, DType::bool_), axes, keepdims);
}

Array argwhere(const Array& x) {
  require_defined(x, "argwhere");
  if (x.ndim() == 0) return zeros({nonzero(reshape(x, {1}))[0].size(), 0}, index_dtype(1));
  return stack(nonzero(x), 1);
}

}  // namespace ingot
