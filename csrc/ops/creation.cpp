#include "ingot/ops/creation.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "ingot/graph/op.h"
#include "ingot/ops/filled.h"

namespace ingot {

using detail::bytes_of;
using detail::filled;

namespace {

/// `start + i * step` for `i` below `count`, each computed by itself, so that no rounding adds up.
template <class Number>
Array progression(Number start, Number step, int64_t count, DType dtype) {
  if (is_bool(dtype)) throw TypeError("arange: dtype bool cannot count; use an integer or floating dtype");
  return filled({count}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    for (int64_t i = 0; i < count; ++i) out[i] = convert<T>(static_cast<Number>(start + static_cast<Number>(i) * step));
  });
}

/// ValueError unless both ends of a progression, and with them all between, fit the dtype.
void require_room(const Scalar& first, const Scalar& last, DType dtype) {
  alignas(16) unsigned char element[16];
  store_scalar(first, dtype, element);
  store_scalar(last, dtype, element);
}

using Number = decltype(Scalar::value);

/// Bit for bit: 0.0 and -0.0 are equal, and not the same.
bool same_number(const Number& a, const Number& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](auto x) { return std::memcmp(&x, &std::get<decltype(x)>(b), sizeof(x)) == 0; }, a);
}

}  // namespace

Array from_data(const void* data, const Shape& shape, DType dtype) {
  const size_t bytes = bytes_of(shape, dtype);
  Ref<Buffer> buffer = Buffer::allocate(bytes);
  if (bytes > 0) std::memcpy(buffer->data(), data, bytes);
  return Array(Node::constant({std::move(buffer), Layout::contiguous(shape)}, {shape, dtype}));
}

Array scalar(const Scalar& value, DType dtype) {
  // The same few numbers come again and again in a loop; their nodes are immutable and can be shared.
  struct Entry {
    Number value = false;
    DType dtype{};
    NodeRef node;
  };
  constexpr size_t kEntries = 64;
  static thread_local std::array<Entry, kEntries> recent;
  const uint64_t bits =
      std::visit([](auto v) { return detail::hash_attribute(std::complex<double>(v).real()); }, value.value);
  Entry& entry = recent[detail::hash_combine(bits, static_cast<uint64_t>(dtype)) % kEntries];
  if (!entry.node || entry.dtype != dtype || !same_number(entry.value, value.value))
    entry = {value.value, dtype, full({}, value, dtype).peek_node()};
  return Array(entry.node);
}

Array full(const Shape& shape, const Scalar& value, DType dtype) {
  element_count(shape);
  Ref<Buffer> buffer = Buffer::allocate(size_of(dtype));
  store_scalar(value, dtype, buffer->data());
  return Array(Node::constant({std::move(buffer), Layout{0, Strides(shape.size(), 0)}}, {shape, dtype}));
}

Array zeros(const Shape& shape, DType dtype) { return full(shape, 0, dtype); }
Array ones(const Shape& shape, DType dtype) { return full(shape, 1, dtype); }
Array zeros_like(const Array& x) { return full(x.shape(), 0, x.dtype()); }
Array ones_like(const Array& x) { return full(x.shape(), 1, x.dtype()); }
Array full_like(const Array& x, const Scalar& value) { return full(x.shape(), value, x.dtype()); }

Array arange(double start, double stop, double step, DType dtype) {
  if (!std::isfinite(start) || !std::isfinite(stop) || !std::isfinite(step))
    throw ValueError("arange: start, stop and step must be finite, got ", start, ", ", stop, ", ", step);
  if (step == 0) throw ValueError("arange: step must not be 0");
  const double count = std::max(0.0, std::ceil((stop - start) / step));
  if (count >= 0x1p62)
    throw ValueError("arange: ", count, " elements from ", start, " to ", stop, " by ", step, " are too many");
  if (count > 0) require_room(start, start + (count - 1) * step, dtype);
  return progression(start, step, static_cast<int64_t>(count), dtype);
}

Array arange(int64_t start, int64_t stop, int64_t step, DType dtype) {
  if (step == 0) throw ValueError("arange: step must not be 0");
  // In unsigned arithmetic, because the distance between two int64 may not be one.
  uint64_t count = 0;
  const uint64_t stride = step > 0 ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
  if (step > 0 ? start < stop : start > stop) {
    const uint64_t distance = step > 0 ? static_cast<uint64_t>(stop) - static_cast<uint64_t>(start)
                                       : static_cast<uint64_t>(start) - static_cast<uint64_t>(stop);
    count = (distance - 1) / stride + 1;
  }
  if (count > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
    throw ValueError("arange: ", count, " elements from ", start, " to ", stop, " by ", step, " are too many");
  if (count > 0) require_room(start, start + static_cast<int64_t>(count - 1) * step, dtype);
  return progression(start, step, static_cast<int64_t>(count), dtype);
}

Array linspace(double start, double stop, int64_t count, bool endpoint, DType dtype) {
  if (count < 0) throw ValueError("linspace: the number of values must not be negative, got ", count);
  const auto intervals = static_cast<double>(endpoint ? count - 1 : count);
  double step = intervals > 0 ? (stop - start) / intervals : 0;
  if (!std::isfinite(step)) step = stop / intervals - start / intervals;
  const bool overflows = std::isfinite(stop) && !std::isfinite(stop - start);
  return filled({count}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    const auto put = [out](int64_t i, double value) {
      constexpr bool kWhole = std::is_integral_v<T> && !std::is_same_v<T, bool>;
      out[i] = convert<T>(kWhole ? std::floor(value) : value);
    };
    for (int64_t i = 0; i < count; ++i) {
      double value = start + static_cast<double>(i) * step;
      // Bounds whose distance overflows: the nearer one is close enough.
      if (overflows && std::isinf(value)) value = stop - (intervals - static_cast<double>(i)) * step;
      put(i, value);
    }
    if (endpoint && count > 1) put(count - 1, stop);
  });
}

Array logspace(double start, double stop, int64_t count, bool endpoint, double base, DType dtype) {
  if (count < 0) throw ValueError("logspace: the number of values must not be negative, got ", count);
  const auto intervals = static_cast<double>(endpoint ? count - 1 : count);
  const double step = intervals > 0 ? (stop - start) / intervals : 0;
  return filled({count}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    for (int64_t i = 0; i < count; ++i) {
      const bool last = endpoint && i > 0 && i == count - 1;
      out[i] = convert<T>(std::pow(base, last ? stop : start + static_cast<double>(i) * step));
    }
  });
}

Array geomspace(double start, double stop, int64_t count, bool endpoint, DType dtype) {
  if (count < 0) throw ValueError("geomspace: the number of values must not be negative, got ", count);
  if (start == 0 || stop == 0 || (start < 0) != (stop < 0))
    throw ValueError("geomspace: expected bounds of one sign, none of them 0, got ", start, " and ", stop);
  const auto intervals = static_cast<double>(endpoint ? count - 1 : count);
  const double rate = intervals > 0 ? (std::log(std::abs(stop)) - std::log(std::abs(start))) / intervals : 0;
  return filled({count}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    for (int64_t i = 0; i < count; ++i) {
      const bool last = endpoint && i > 0 && i == count - 1;
      out[i] = convert<T>(last ? stop : start * std::exp(static_cast<double>(i) * rate));
    }
  });
}

Array eye(int64_t rows, int64_t columns, int64_t k, DType dtype) {
  if (rows < 0 || columns < 0) throw ValueError("eye: lengths must not be negative, got ", rows, " and ", columns);
  return filled({rows, columns}, dtype, [&](auto* out) {
    using T = std::remove_pointer_t<decltype(out)>;
    std::fill_n(out, rows * columns, T{});
    const int64_t first = std::max<int64_t>(0, k < -rows ? rows : -k);
    for (int64_t i = first; i < rows && k < columns - i; ++i) out[i * columns + i + k] = convert<T>(1);
  });
}

}  // namespace ingot
