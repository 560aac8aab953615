#include "ingot/ops/short_time.h"

#include <cmath>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/fft.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/windows.h"

namespace ingot::fft {

namespace {

/// The window over a whole frame, in the dtype of the signal.
Array whole_window(const FrameOptions& options, DType dtype, const char* op) {
  if (options.length < 1 || options.hop < 1)
    throw ValueError(op, ": expected lengths of at least 1, got n_fft ", options.length, " and hop_length ",
                     options.hop);
  if (!options.window.defined()) return ones({options.length}, dtype);
  const Array& window = options.window;
  if (window.ndim() != 1 || window.size() > options.length || window.size() == 0)
    throw ShapeError(op, ": expected a window of 1 to ", options.length, " elements, got shape ", window.shape());
  const int64_t missing = options.length - window.size();
  return pad(converted(window, dtype), {{missing / 2, missing - missing / 2}});
}

Norm norm_of(const FrameOptions& options) { return options.normalized ? Norm::ortho : Norm::backward; }

/// Frames (b, t, n) added up where they lie: (b, whole).
Array overlapped(const Array& frames, int64_t hop, int64_t whole) {
  const int64_t length = frames.shape(2);
  return squeeze(col2im(transpose(frames, Axes{0, 2, 1}), {whole}, {{length}, {1}, {0}, {hop}}), Axes{1});
}

}  // namespace

Array stft(const Array& x, const FrameOptions& options) {
  constexpr const char* op = "stft";
  require_defined(x, op);
  if (x.ndim() == 1) return squeeze(stft(expand_dims(x, {0}), options), Axes{0});
  if (x.ndim() != 2) throw ShapeError(op, ": expected a signal (n) or a batch (b, n), got shape ", x.shape());
  const DType dtype = to_inexact(x.dtype());
  const Array window = whole_window(options, compute_dtype(dtype), op);
  Array signal = converted(x, compute_dtype(dtype));
  const int64_t half = options.length / 2;
  if (options.centered && half >= signal.shape(1))
    throw ShapeError(op, ": a signal of ", x.shape(1), " samples cannot be padded by half a frame of ", options.length,
                     "; take shorter frames, or center=False");
  if (options.centered) signal = pad(signal, {{0, 0}, {half, half}}, options.pad_mode);
  if (signal.shape(1) < options.length)
    throw ShapeError(op, ": a signal of ", x.shape(1), " samples is shorter than a frame of ", options.length);
  const Array frames = unfold_axis(signal, 1, options.length, options.hop) * window;
  const bool halves = options.one_sided && !is_complex(dtype);
  return swapaxes((halves ? rfft : fft)(frames, {}, -1, norm_of(options)), 1, 2);
}

Array istft(const Array& given, const FrameOptions& options, std::optional<int64_t> length, bool complex_signal) {
  constexpr const char* op = "istft";
  require_defined(given, op);
  if (given.ndim() == 2) return squeeze(istft(expand_dims(given, {0}), options, length, complex_signal), Axes{0});
  const int64_t frequencies = options.one_sided ? options.length / 2 + 1 : options.length;
  if (given.ndim() != 3 || given.shape(1) != frequencies || given.shape(2) == 0)
    throw ShapeError(op, ": expected ", frequencies, " frequencies (f, t) or (b, f, t), got shape ", given.shape());
  if (!is_complex(given.dtype())) throw TypeError(op, ": expected a complex dtype, got ", given.dtype());
  const DType dtype = complex_signal ? given.dtype() : to_real(given.dtype());
  const Array window = whole_window(options, dtype, op);
  const Array spectra = swapaxes(given, 1, 2);
  Array frames = options.one_sided ? irfft(spectra, options.length, -1, norm_of(options))
                                   : ifft(spectra, options.length, -1, norm_of(options));
  if (!complex_signal && is_complex(frames.dtype())) frames = real(frames);
  const int64_t count = given.shape(2), whole = options.length + options.hop * (count - 1);
  const Array sums = overlapped(frames * window, options.hop, whole);
  const Array weights = overlapped(broadcast_to(square(abs(window)), {1, count, options.length}), options.hop, whole);
  const int64_t start = options.centered ? options.length / 2 : 0;
  const int64_t end = length ? start + *length : whole - start;
  const int64_t kept = std::max<int64_t>(std::min(end, whole) - start, 0);
  const Array part = narrow(sums, 1, std::min(start, whole), kept) / narrow(weights, 1, std::min(start, whole), kept);
  return length ? pad(part, {{0, 0}, {0, *length - kept}}) : part;
}

}  // namespace ingot::fft
