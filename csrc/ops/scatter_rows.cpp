#include "ingot/ops/scatter_rows.h"

#include <algorithm>
#include <cmath>

#include "ingot/graph/error.h"
#include "ingot/ops/accumulator.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

template <class T>
bool is_nan(T x) {
  if constexpr (is_half_type<T>)
    return std::isnan(static_cast<float>(x));
  else if constexpr (std::is_floating_point_v<T>)
    return std::isnan(x);
  else
    return false;
}

template <class T>
void replace(T& place, const T& value) {
  place = value;
}

template <class T>
void add(T& place, const T& value) {
  add_to(place, value);
}

template <class T>
void multiply(T& place, const T& value) {
  if constexpr (is_half_type<T>)
    place = T(static_cast<float>(place) * static_cast<float>(value));
  else if constexpr (std::is_same_v<T, bool>)
    place = place && value;
  else if constexpr (std::is_integral_v<T>)
    place = static_cast<T>(static_cast<uint64_t>(place) * static_cast<uint64_t>(value));  // wraps around
  else
    place *= value;
}

/// NaN wins.
template <bool smallest, class T>
void keep_extremum(T& place, const T& value) {
  if (!is_nan(place) && (is_nan(value) || (smallest ? value < place : place < value))) place = value;
}

template <class T, void (*meet)(T&, const T&)>
void scatter(const ScatteredRows& rows) {
  auto* out = static_cast<T*>(rows.out);
  const auto* updates = static_cast<const T*>(rows.updates);
  const int64_t* offsets = rows.offsets;
  const int64_t count = rows.count, row = rows.row, columns = rows.columns;
  if (columns == 1) {
    for (int64_t i = 0; i < count; ++i) meet(out[offsets[i]], updates[i * row]);
    return;
  }
  for (int64_t i = 0; i < count; ++i) {
    T* places = out + offsets[i];
    const T* values = updates + i * row;
    if constexpr (meet == &replace<T>) {
      std::copy_n(values, columns, places);
      continue;
    }
    for (int64_t c = 0; c < columns; ++c) meet(places[c], values[c]);
  }
}

}  // namespace

ScatterFn scatter_replacing(DType dtype) {
  return visit_width(dtype, [](auto tag) -> ScatterFn {
    using Bytes = typename decltype(tag)::type;
    return &scatter<Bytes, &replace<Bytes>>;
  });
}

ScatterFn scatter_adding(DType dtype) {
  return visit(dtype, [](auto tag) -> ScatterFn {
    using T = typename decltype(tag)::type;
    return &scatter<T, &add<T>>;
  });
}

ScatterFn scatter_reducing(ScatterRule rule, DType dtype) {
  return visit(dtype, [rule](auto tag) -> ScatterFn {
    using T = typename decltype(tag)::type;
    if (rule == ScatterRule::multiply) return &scatter<T, &multiply<T>>;
    if constexpr (is_complex_type<T>)
      throw TypeError("scatter_reduce: complex numbers have no order");
    else
      return rule == ScatterRule::minimum ? &scatter<T, &keep_extremum<true, T>>
                                          : &scatter<T, &keep_extremum<false, T>>;
  });
}

}  // namespace ingot
