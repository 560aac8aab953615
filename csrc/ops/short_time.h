// The short-time Fourier transform and its inverse, in PyTorch's conventions.
#pragma once

#include <optional>

#include "ingot/graph/array.h"
#include "ingot/ops/padding.h"

namespace ingot::fft {

/// How a signal is cut into frames.
struct FrameOptions {
  int64_t length = 0;    ///< of a frame and of its transform
  int64_t hop = 0;       ///< between frames
  Array window;          ///< a vector of at most `length` elements, put in the middle of the frame; undefined: ones
  bool centered = true;  ///< frame `t` has sample `t * hop` in its middle; the signal is padded for that
  PadMode pad_mode = PadMode::reflect;
  bool normalized = false;  ///< divided by the square root of `length`
  bool one_sided = true;    ///< of a real signal: the first `length / 2 + 1` frequencies
};

/// `X[..., f, t] = sum_k window[k] x[..., t * hop + k] exp(-2 pi i f k / length)` of a signal (n) or a batch (b, n).
/// Throws ShapeError for more axes, a signal shorter than a frame, or a window that does not fit, ValueError for lengths
/// below 1.
Array stft(const Array& x, const FrameOptions& options);
/// The signal of least squares distance to frames (Griffin and Lim, "Signal estimation from modified short-time Fourier
/// transform", 1984), cut or padded with zeros to `length`. `complex_signal`: of two-sided transforms, the imaginary
/// part is kept.
Array istft(const Array& frames, const FrameOptions& options, std::optional<int64_t> length = {},
            bool complex_signal = false);

}  // namespace ingot::fft
