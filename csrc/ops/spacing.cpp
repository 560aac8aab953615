#include "ingot/ops/spacing.h"

#include <algorithm>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/filled.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

/// Holds the product of an index and the distance of two 64-bit integers.
__extension__ using Wide = __int128;

Wide to_wide(const Scalar& value) {
  return std::visit(
      [](auto v) -> Wide {
        if constexpr (std::is_integral_v<decltype(v)>)
          return v;
        else
          throw ValueError("linspace: expected integers as bounds, got ", v);
      },
      value.value);
}

/// Throws ValueError if the dtype cannot hold the value.
void require_fit(Wide value, DType dtype) {
  alignas(16) unsigned char element[16];
  store_scalar(value < 0 ? Scalar(static_cast<int64_t>(value)) : Scalar(static_cast<uint64_t>(value)), dtype, element);
}

}  // namespace

Array integer_linspace(const Scalar& start, const Scalar& stop, int64_t count, bool endpoint, DType dtype) {
  if (count < 0) throw ValueError("linspace: the number of values must not be negative, got ", count);
  const Wide first = to_wide(start), distance = to_wide(stop) - first;
  const Wide intervals = std::max<int64_t>(endpoint ? count - 1 : count, 1);
  const auto at = [&](int64_t i) {
    const Wide scaled = i * distance, rest = scaled % intervals;
    return first + scaled / intervals - (rest < 0);
  };
  if (count > 0) {
    require_fit(first, dtype);
    require_fit(at(count - 1), dtype);
  }
  return detail::filled({count}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    if constexpr (std::is_integral_v<T>)
      for (int64_t i = 0; i < count; ++i) out[i] = static_cast<T>(at(i));
    else
      throw TypeError("linspace: expected a dtype of integers, got ", dtype);
  });
}

Array linspace(const Array& start, const Array& stop, int64_t count, bool endpoint, std::optional<DType> dtype) {
  const DType common = to_inexact(promote(start.dtype(), stop.dtype()));
  const Array along = linspace(0.0, 1.0, count, endpoint, is_complex(common) ? DType::float64 : common);
  Shape lines(static_cast<size_t>(std::max(start.ndim(), stop.ndim()) + 1), 1);
  lines[0] = count;
  const Array values = lerp(astype(start, common), astype(stop, common), astype(reshape(along, lines), common));
  if (!dtype || *dtype == common) return values;
  return astype(is_integer(*dtype) ? floor(values) : values, *dtype);
}

}  // namespace ingot
