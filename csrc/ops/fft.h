// Discrete Fourier transforms, of any length, in NumPy's conventions.
//
// float32 and complex64 are computed in single precision, float64 and complex128 in double; float16, bfloat16, bool and
// integers become float32. Lengths and axes as in NumPy: `n` or `s` cuts the input or pads it with zeros at the end. A
// length below 1 throws ValueError, an axis that is not there IndexError, a complex operand of a transform of real
// numbers TypeError.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/ops/reduction.h"

namespace ingot::fft {

/// Which direction divides by n: the inverse, the forward one, or both by its square root.
enum class Norm { backward, ortho, forward };
/// The inverse of their names. Throws ValueError, naming them.
Norm parse_norm(std::string_view name);

using Length = std::optional<int64_t>;
using Lengths = std::optional<Shape>;

/// `sum_t x[t] exp(-2 pi i k t / n)` along one axis.
Array fft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);
Array ifft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);
/// Over several axes: the given ones, or as many last ones as there are lengths, or all.
Array fftn(const Array& x, const Lengths& s = {}, const OptionalAxes& axes = {}, Norm norm = Norm::backward);
Array ifftn(const Array& x, const Lengths& s = {}, const OptionalAxes& axes = {}, Norm norm = Norm::backward);

/// Of real numbers: the first n / 2 + 1 results, of which the others are conjugates.
Array rfft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);
/// Its inverse: n real numbers, 2 (m - 1) by default for m given ones.
Array irfft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);
/// Over several axes, the last of them by halves.
Array rfftn(const Array& x, const Lengths& s = {}, const OptionalAxes& axes = {}, Norm norm = Norm::backward);
Array irfftn(const Array& x, const Lengths& s = {}, const OptionalAxes& axes = {}, Norm norm = Norm::backward);

/// The spectrum, real, of a signal given by its first half, the rest being conjugates; and its inverse.
Array hfft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);
Array ihfft(const Array& x, Length n = {}, int64_t axis = -1, Norm norm = Norm::backward);

/// The frequencies of the results of `fft` (`rfft`), in cycles per unit of the distance `d` between samples.
Array fftfreq(int64_t n, double d = 1, DType dtype = DType::float32);
Array rfftfreq(int64_t n, double d = 1, DType dtype = DType::float32);
/// The frequency 0 moved to the middle of the axes (all of them by default), and back.
Array fftshift(const Array& x, const OptionalAxes& axes = {});
Array ifftshift(const Array& x, const OptionalAxes& axes = {});

}  // namespace ingot::fft
