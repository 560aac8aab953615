// What the random functions share about keys.
#pragma once

#include <optional>

#include "ingot/graph/array.h"

namespace ingot::random {

/// A key of its own from the global generator, which moves on.
Array next_key();
/// The given key, or one from the global generator if it is undefined. Throws TypeError unless uint32 (..., 2).
Array checked_key(const Array& key, const char* op);
/// The shape of a draw of `shape` for each key of a batch.
Shape keyed_shape(const Array& key, const Shape& shape);

/// The same for functions that take a single key. Throws ShapeError for a batch.
Array single_key(const Array& key, const char* op);

/// Multiples of 2^-digits in [0, 1) for a key that was checked: as many digits as the significand of `dtype` has, so
/// that no rounding reaches 1. float32 for the half dtypes, which hold these numbers exactly.
Array unit(const Shape& shape, DType dtype, const Array& key, const char* op);
/// Numbers in (0, 1), symmetric about a half, whose tails reach as far as 32 (float64: 53) bits allow.
Array open_unit(const Shape& shape, DType dtype, const Array& key, const char* op);
/// Standard normal numbers, in float32 or float64.
Array standard_normal(const Shape& shape, DType dtype, const Array& key, const char* op);

/// Throws TypeError unless floating.
void require_floating(DType dtype, const char* op);
/// Throws ValueError `op: expected <what>` unless `x`, if its values are there to be looked at, is `valid` everywhere.
void check_values(const Array& x, bool (*valid)(double), const char* op, const char* what);
/// The only element, if there is one and its value is there to be looked at.
std::optional<double> known_number(const Array& x);
/// `x` after such a check that it is not negative (or is positive); NaN where that turns out to be wrong later.
Array not_negative(const Array& x, const char* op, const char* what);
Array positive(const Array& x, const char* op, const char* what);

}  // namespace ingot::random
