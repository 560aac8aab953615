#include "ingot/ops/fft.h"

#include "bind.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise_functions.h"
#include "ingot/ops/short_time.h"
#include "optional_args.h"

namespace ingot::python {

namespace {

using Along = Array (*)(const Array&, fft::Length, int64_t, fft::Norm);
using Over = Array (*)(const Array&, const fft::Lengths&, const OptionalAxes&, fft::Norm);

fft::Norm norm_of(const std::optional<std::string>& name) {
  return name ? fft::parse_norm(*name) : fft::Norm::backward;
}

/// Along one axis.
void def_along(py::module_& f, const char* name, Along transform, const char* doc) {
  f.def(
      name,
      [transform](const ArrayLike& x, fft::Length n, int64_t axis, const std::optional<std::string>& norm,
                  std::optional<int64_t> dim) { return transform(x, n, dim.value_or(axis), norm_of(norm)); },
      "x"_a, "n"_a = py::none(), "axis"_a = -1, "norm"_a = "backward", py::kw_only(), "dim"_a = py::none(), doc);
}

/// Over several axes: by default `last` of them, or all if that is 0.
void def_over(py::module_& f, const char* name, Over transform, int64_t last, const char* doc) {
  f.def(
      name,
      [transform, last](const ArrayLike& x, const fft::Lengths& s, const OptionalAxes& axes,
                        const std::optional<std::string>& norm, const OptionalAxes& dim) {
        OptionalAxes over = either(axes, dim);
        if (!over && last) over = Axes{-2, -1};
        return transform(x, s, over, norm_of(norm));
      },
      "x"_a, "s"_a = py::none(), "axes"_a = py::none(), "norm"_a = "backward", py::kw_only(), "dim"_a = py::none(),
      doc);
}

void def_frequencies(py::module_& f, const char* name, Array (*make)(int64_t, double, DType), const char* doc) {
  f.def(
      name,
      [make](int64_t n, double d, std::optional<DType> dtype, std::optional<Device>) {
        return make(n, d, dtype.value_or(DType::float32));
      },
      "n"_a, "d"_a = 1.0, py::kw_only(), "dtype"_a = py::none(), "device"_a = py::none(), doc);
}

void def_shift(py::module_& f, const char* name, Array (*shift)(const Array&, const OptionalAxes&), const char* doc) {
  f.def(
      name,
      [shift](const ArrayLike& x, const OptionalAxes& axes, const OptionalAxes& dim) {
        return shift(x, either(axes, dim));
      },
      "x"_a, "axes"_a = py::none(), py::kw_only(), "dim"_a = py::none(), doc);
}

void register_short_time(py::module_& m) {
  const auto frames = [](int64_t n_fft, OptionalAxis hop_length, OptionalAxis win_length, const OptionalArray& window,
                         bool center, bool normalized) {
    fft::FrameOptions options;
    options.length = n_fft;
    options.hop = hop_length.value_or((win_length ? *win_length : n_fft) / 4);
    options.window = or_undefined(window);
    if (win_length && window && window->value.shape() != Shape{*win_length})
      throw ShapeError("expected a window of shape (", *win_length, ",), as win_length says, got ",
                       window->value.shape());
    if (win_length && !window) options.window = ones({*win_length});
    options.centered = center;
    options.normalized = normalized;
    return options;
  };
  def_both(
      m, "stft", "input",
      [frames](const ArrayLike& input, int64_t n_fft, OptionalAxis hop_length, OptionalAxis win_length,
               const OptionalArray& window, bool center, const std::string& pad_mode, bool normalized,
               std::optional<bool> onesided, std::optional<bool> return_complex) {
        fft::FrameOptions options = frames(n_fft, hop_length, win_length, window, center, normalized);
        options.pad_mode = parse_pad_mode(pad_mode);
        options.one_sided = onesided.value_or(!is_complex(input.value.dtype()));
        const Array spectra = fft::stft(input, options);
        return return_complex.value_or(true) ? spectra : view_as_real(spectra);
      },
      "n_fft"_a, "hop_length"_a = py::none(), "win_length"_a = py::none(), "window"_a = py::none(), "center"_a = true,
      "pad_mode"_a = "reflect", "normalized"_a = false, "onesided"_a = py::none(), "return_complex"_a = py::none(),
      "The short-time Fourier transform of a signal (n) or a batch (b, n): spectra (frequencies, frames) of frames of "
      "`n_fft` samples, `hop_length` (a quarter) apart, times a `window`, whose length `win_length` may be shorter. "
      "Frames have their sample `t * hop_length` in the middle if `center`, for which the signal is padded. Of real "
      "signals the first `n_fft // 2 + 1` frequencies, if `onesided`. `return_complex=False` gives real and imaginary "
      "parts as a last axis.\n\n"
      "Raises ShapeError for a signal shorter than a frame, or a window that does not fit.\n\n"
      "Example:\n    >>> ingot.stft(ingot.ones(32), n_fft=8, window=ingot.hann_window(8)).shape\n    (5, 17)");
  def_both(
      m, "istft", "input",
      [frames](const ArrayLike& input, int64_t n_fft, OptionalAxis hop_length, OptionalAxis win_length,
               const OptionalArray& window, bool center, bool normalized, std::optional<bool> onesided,
               OptionalAxis length, bool return_complex) {
        fft::FrameOptions options = frames(n_fft, hop_length, win_length, window, center, normalized);
        const int64_t rows = input.value.ndim() < 2 ? 0 : input.value.shape(-2);
        options.one_sided = onesided.value_or(rows != n_fft || n_fft == 1);
        return fft::istft(input, options, length, return_complex);
      },
      "n_fft"_a, "hop_length"_a = py::none(), "win_length"_a = py::none(), "window"_a = py::none(), "center"_a = true,
      "normalized"_a = false, "onesided"_a = py::none(), "length"_a = py::none(), "return_complex"_a = false,
      "The inverse of `stft`, given the same settings: the signal closest to the spectra, cut or padded to `length`."
      "\n\nRaises ShapeError unless the number of frequencies fits.\n\n"
      "Example:\n    >>> window, x = ingot.hann_window(8), ingot.ones(32)\n"
      "    >>> bool(ingot.allclose(ingot.istft(ingot.stft(x, 8, window=window), 8, window=window), x))\n    True");
}

}  // namespace

void register_fft(py::module_& m) {
  register_short_time(m);
  py::module_ f = m.def_submodule("fft", "Discrete Fourier transforms of any length, in NumPy's conventions.");
  def_along(
      f, "fft", fft::fft,
      "`sum_t x[t] exp(-2 pi i k t / n)` along an axis. `n` cuts the axis, or pads it with zeros. `norm` says which "
      "direction divides by n: 'backward' (the inverse), 'forward', or 'ortho' (both by its square root).\n\n"
      "Raises ValueError for an empty axis.\n\nExample:\n    >>> print(ingot.fft.fft([1., 0., 0.]).real)\n    [1. "
      "1. 1.]");
  def_along(f, "ifft", fft::ifft,
            "The inverse of `fft`.\n\nExample:\n    >>> print(ingot.fft.ifft([3., 0., 0.]).real)\n    [1. 1. 1.]");
  def_over(f, "fftn", fft::fftn, 0,
           "`fft` over several axes: the given ones, or as many last ones as there are lengths `s`, or all.\n\n"
           "Example:\n    >>> ingot.fft.fftn(ingot.ones((2, 3))).shape\n    (2, 3)");
  def_over(f, "ifftn", fft::ifftn, 0,
           "The inverse of `fftn`.\n\nExample:\n    >>> ingot.fft.ifftn(ingot.ones((2, 3))).shape\n    (2, 3)");
  def_over(f, "fft2", fft::fftn, 2,
           "`fft` over the last two axes.\n\nExample:\n    >>> ingot.fft.fft2(ingot.ones((5, 2, 3))).shape\n    (5, 2, "
           "3)");
  def_over(f, "ifft2", fft::ifftn, 2,
           "The inverse of `fft2`.\n\nExample:\n    >>> ingot.fft.ifft2(ingot.ones((5, 2, 3))).shape\n    (5, 2, 3)");
  def_along(f, "rfft", fft::rfft,
            "`fft` of real numbers: the first n // 2 + 1 results, of which the others are the conjugates.\n\n"
            "Example:\n    >>> ingot.fft.rfft(ingot.ones(8)).shape\n    (5,)");
  def_along(f, "irfft", fft::irfft,
            "The inverse of `rfft`: n real numbers, 2 (m - 1) by default for m given ones.\n\nExample:\n    >>> "
            "ingot.fft.irfft(ingot.ones(5)).shape\n    (8,)");
  def_over(f, "rfftn", fft::rfftn, 0,
           "`fftn` of real numbers, the last axis by its first half.\n\nExample:\n    >>> "
           "ingot.fft.rfftn(ingot.ones((4, 8))).shape\n    (4, 5)");
  def_over(f, "irfftn", fft::irfftn, 0,
           "The inverse of `rfftn`.\n\nExample:\n    >>> ingot.fft.irfftn(ingot.ones((4, 5))).shape\n    (4, 8)");
  def_over(f, "rfft2", fft::rfftn, 2,
           "`rfftn` over the last two axes.\n\nExample:\n    >>> ingot.fft.rfft2(ingot.ones((5, 4, 8))).shape\n    (5, "
           "4, 5)");
  def_over(f, "irfft2", fft::irfftn, 2,
           "The inverse of `rfft2`.\n\nExample:\n    >>> ingot.fft.irfft2(ingot.ones((5, 4, 5))).shape\n    (5, 4, 8)");
  def_along(f, "hfft", fft::hfft,
            "The spectrum, real, of a signal of which the first half is given, the other being its conjugates.\n\n"
            "Example:\n    >>> ingot.fft.hfft(ingot.ones(5)).shape\n    (8,)");
  def_along(f, "ihfft", fft::ihfft,
            "The inverse of `hfft`.\n\nExample:\n    >>> ingot.fft.ihfft(ingot.ones(8)).shape\n    (5,)");
  def_frequencies(f, "fftfreq", fft::fftfreq,
                  "The frequencies of the results of `fft`, in cycles per unit of the distance `d` between samples.\n\n"
                  "Example:\n    >>> print(ingot.fft.fftfreq(4))\n    [ 0.    0.25 -0.5  -0.25]");
  def_frequencies(
      f, "rfftfreq", fft::rfftfreq,
      "The frequencies of the results of `rfft`.\n\nExample:\n    >>> print(ingot.fft.rfftfreq(4))\n    [0.  "
      " 0.25 0.5 ]");
  def_shift(f, "fftshift", fft::fftshift,
            "The frequency 0 moved to the middle of the axes (all by default).\n\nExample:\n    >>> "
            "print(ingot.fft.fftshift([0, 1, -2, -1]))\n    [-2 -1  0  1]");
  def_shift(f, "ifftshift", fft::ifftshift,
            "The inverse of `fftshift`.\n\nExample:\n    >>> print(ingot.fft.ifftshift([-2, -1, 0, 1]))\n    [ 0  1 -2 "
            "-1]");
}

}  // namespace ingot::python
