// Arrays from numbers.
#pragma once

#include <initializer_list>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// An evaluated array that owns a copy of `count` elements at `data`, row-major.
Array from_data(const void* data, const Shape& shape, DType dtype);
/// A one-axis array of the given values: `array({1.f, 2.f})`.
template <class T>
Array array(std::initializer_list<T> values) {
  return from_data(values.begin(), {static_cast<int64_t>(values.size())}, dtype_of<T>);
}
/// Values in row-major order under a shape. Throws ShapeError if the counts differ.
template <class T>
Array array(const std::vector<T>& values, const Shape& shape) {
  if (element_count(shape) != static_cast<int64_t>(values.size()))
    throw ShapeError("array: ", values.size(), " values do not fill shape ", shape);
  return from_data(values.data(), shape, dtype_of<T>);
}
/// A 0-d array.
Array scalar(const Scalar& value, DType dtype);

/// All elements equal. Takes the memory of one element until written to.
Array full(const Shape& shape, const Scalar& value, DType dtype);
Array zeros(const Shape& shape, DType dtype = DType::float32);
Array ones(const Shape& shape, DType dtype = DType::float32);
Array zeros_like(const Array& x);
Array ones_like(const Array& x);
Array full_like(const Array& x, const Scalar& value);

/// `start, start + step, ...` below (or above) `stop`. Throws ValueError if step is 0 or a bound is not finite.
Array arange(double start, double stop, double step, DType dtype);
/// The same for integers, exact beyond 2^53.
Array arange(int64_t start, int64_t stop, int64_t step, DType dtype);
/// `count` evenly spaced values from start to stop. Throws ValueError if count < 0.
Array linspace(double start, double stop, int64_t count, bool endpoint = true, DType dtype = DType::float32);
/// `base^e` for `count` evenly spaced exponents from start to stop.
Array logspace(double start, double stop, int64_t count, bool endpoint = true, double base = 10,
               DType dtype = DType::float32);
/// `count` values from start to stop, each a constant multiple of the one before. Throws ValueError if a bound is 0 or
/// their signs differ.
Array geomspace(double start, double stop, int64_t count, bool endpoint = true, DType dtype = DType::float32);
/// Ones on the `k`-th diagonal of a (rows, columns) array of zeros.
Array eye(int64_t rows, int64_t columns, int64_t k = 0, DType dtype = DType::float32);

}  // namespace ingot
