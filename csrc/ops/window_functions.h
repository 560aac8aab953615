// Windows of signal processing: vectors that fade towards both ends.
#pragma once

#include "ingot/graph/array.h"

namespace ingot {

/// `first - second * cos(2 pi n / N) + third * cos(4 pi n / N)` for `length` values of n, with N one less than `length`
/// (both ends are there), or `length` if `periodic` (the end that is missing begins the next window). One value is 1.
/// Throws ValueError for a negative length.
Array hann_window(int64_t length, bool periodic, DType dtype = DType::float32);
Array hamming_window(int64_t length, bool periodic, DType dtype = DType::float32, double alpha = 0.54,
                     double beta = 0.46);
Array blackman_window(int64_t length, bool periodic, DType dtype = DType::float32);
/// A triangle that begins and ends at 0.
Array bartlett_window(int64_t length, bool periodic, DType dtype = DType::float32);
/// `I0(beta * sqrt(1 - r^2)) / I0(beta)`, r from -1 to 1 (Kaiser, 1966).
Array kaiser_window(int64_t length, bool periodic, double beta = 12, DType dtype = DType::float32);

}  // namespace ingot
