#include "ingot/ops/fft.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/fft_op.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/rearranging.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::fft {

namespace {

DType complex_of(DType dtype) { return promote(dtype, DType::complex64); }

/// The operation along axes whose lengths are already right.
Array transformed(const Array& x, Fourier form, const Axes& axes, bool forward, double scale, int64_t length = 0) {
  Shape shape(x.shape());
  DType dtype = complex_of(x.dtype());
  if (form == Fourier::to_half) {
    shape[static_cast<size_t>(axes[0])] = shape[static_cast<size_t>(axes[0])] / 2 + 1;
  } else if (form == Fourier::from_half) {
    shape[static_cast<size_t>(axes[0])] = length;
    dtype = to_real(x.dtype());
  }
  return apply(make_ref<FourierTransform>(form, axes, forward, scale, length), {x}, {shape, dtype});
}

/// 1 for the numbers of half a spectrum that stand for themselves, `paired` for those that stand for their conjugates
/// too; shaped so that it meets the axis.
Array half_weights(int64_t n, double paired, int64_t axis, int64_t ndim, DType dtype) {
  std::vector<double> weights(static_cast<size_t>(n / 2 + 1), paired);
  weights.front() = 1;
  if (n % 2 == 0) weights.back() = 1;
  Shape shape(static_cast<size_t>(ndim), 1);
  shape[static_cast<size_t>(axis)] = n / 2 + 1;
  return astype(array(weights, shape), dtype);
}

/// All lines of a contiguous array along one axis.
template <class F>
void for_each_line(const Shape& shape, size_t axis, F&& f) {
  int64_t inner = 1, outer = 1;
  for (size_t i = 0; i < shape.size(); ++i) (i < axis ? outer : inner) *= i == axis ? 1 : shape[i];
  for (int64_t i = 0; i < outer; ++i) {
    for (int64_t j = 0; j < inner; ++j) f(i, j, inner);
    poll_interrupt();
  }
}

/// A transform as its definition says it: O(n^2), in double precision.
class Definition {
 public:
  Definition(int64_t n, bool forward) : roots_(static_cast<size_t>(n)) {
    for (size_t i = 0; i < roots_.size(); ++i)
      roots_[i] =
          std::polar(1.0, (forward ? -2 : 2) * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
  }
  complex128 at(const std::vector<complex128>& line, size_t k) const {
    complex128 total = 0;
    for (size_t t = 0, turn = 0; t < line.size(); ++t, turn = (turn + k) % roots_.size())
      total += line[t] * roots_[turn];
    return total;
  }

 private:
  std::vector<complex128> roots_;
};

}  // namespace

const char* FourierTransform::name() const {
  return form == Fourier::complex ? "fft" : form == Fourier::to_half ? "rfft" : "irfft";
}

Array FourierTransform::transpose(const Call& call, const Array& cotangent) const {
  if (form == Fourier::complex) {
    const Array gradient = transformed(cotangent, form, axes, !forward, scale);
    return is_complex(call.in(0).dtype()) ? gradient : real(gradient);
  }
  const int64_t axis = axes[0], ndim = cotangent.ndim();
  const bool halving = form == Fourier::to_half;
  const int64_t n = halving ? call.in_shape(0)[static_cast<size_t>(axis)] : length;
  const DType real_dtype = to_real(cotangent.dtype());
  if (halving)
    return transformed(cotangent * half_weights(n, 0.5, axis, ndim, real_dtype), Fourier::from_half, axes, !forward,
                       scale, n);
  return transformed(cotangent, Fourier::to_half, axes, !forward, scale) * half_weights(n, 2, axis, ndim, real_dtype);
}

std::vector<Array> FourierTransform::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&,
                                          int64_t) const {
  return {transformed(inputs[0], form, shift_axes(axes), forward, scale, length)};
}

void FourierTransform::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const Tensor &x = inputs[0], &out = outputs[0];
  // All in the shape of the complex side, or of the result where that is real.
  Shape shape(x.shape);
  std::vector<complex128> values(static_cast<size_t>(x.size()));
  const Strides packed = contiguous_strides(shape);
  visit(x.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for_each_row<2>(shape, {&x.strides, &packed}, [&](const auto& at, const auto& step, int64_t count) {
      for (int64_t i = 0; i < count; ++i)
        values[static_cast<size_t>(at[1] + i * step[1])] = convert<complex128>(x.as<T>()[at[0] + i * step[0]]);
    });
  });
  for (int64_t each : axes) {
    const auto axis = static_cast<size_t>(each);
    const auto given = static_cast<size_t>(shape[axis]), made = static_cast<size_t>(out.shape[axis]);
    const size_t n = form == Fourier::from_half ? made : given;
    const Definition definition(static_cast<int64_t>(n), forward);
    Shape next(shape);
    next[axis] = static_cast<int64_t>(made);
    std::vector<complex128> results(static_cast<size_t>(element_count(next))), line(n);
    for_each_line(shape, axis, [&](int64_t i, int64_t j, int64_t inner) {
      const auto position = [&](size_t t, size_t lines) {
        return static_cast<size_t>((i * static_cast<int64_t>(lines) + static_cast<int64_t>(t)) * inner + j);
      };
      for (size_t t = 0; t < n; ++t) {
        if (form != Fourier::from_half)
          line[t] = values[position(t, given)];
        else if (t == 0 || 2 * t == n)
          line[t] = values[position(t, given)].real();
        else
          line[t] = 2 * t < n ? values[position(t, given)] : std::conj(values[position(n - t, given)]);
      }
      for (size_t k = 0; k < made; ++k) results[position(k, made)] = definition.at(line, k);
    });
    values = std::move(results);
    shape = next;
  }
  visit(out.dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    for (size_t i = 0; i < values.size(); ++i) out.as<T>()[i] = convert<T>(values[i] * scale);
  });
}

// ---- the functions ----

namespace {

/// In a dtype that is transformed; real numbers stay real.
Array prepared(const Array& x, const char* name) {
  require_defined(x, name);
  return converted(x, compute_dtype(to_inexact(x.dtype())));
}

Array prepared_real(const Array& x, const char* name) {
  require_defined(x, name);
  if (is_complex(x.dtype()))
    throw TypeError(name, ": expected real numbers, got dtype ", x.dtype(), "; use the transform of complex ones");
  return prepared(x, name);
}

Array prepared_complex(const Array& x, const char* name) {
  const Array operand = prepared(x, name);
  return converted(operand, complex_of(operand.dtype()));
}

/// `x` cut, or filled up with zeros, to `n` along an axis.
Array with_length(const Array& x, int64_t axis, int64_t n) {
  const auto at = static_cast<size_t>(axis);
  const int64_t length = x.shape()[at];
  if (length > n) {
    Axes start(x.shape().size(), 0), stop(x.shape()), step(x.shape().size(), 1);
    stop[at] = n;
    return slice(x, start, stop, step);
  }
  if (length == n) return x;
  std::vector<std::pair<int64_t, int64_t>> widths(x.shape().size());
  widths[at].second = n - length;
  return pad(x, widths);
}

int64_t checked_length(int64_t n, const char* name) {
  if (n < 1) throw ValueError(name, ": expected a length of at least 1, got ", n);
  return n;
}

double scale_of(Norm norm, bool forward, double n) {
  if (norm == Norm::ortho) return 1 / std::sqrt(n);
  return (norm == Norm::forward) == forward ? 1 / n : 1;
}

Norm swapped(Norm norm) {
  return norm == Norm::backward ? Norm::forward : norm == Norm::forward ? Norm::backward : norm;
}

/// Which axes, each with the length it is brought to.
struct Extent {
  Axes axes;
  Shape lengths;
};

Extent extent_of(const Array& x, const Lengths& s, const OptionalAxes& axes, const char* name) {
  require_defined(x, name);
  Extent extent;
  const int64_t ndim = x.ndim();
  if (axes) {
    for (int64_t axis : *axes) extent.axes.push_back(normalize_axis(axis, ndim, name));
  } else {
    const int64_t count = s ? static_cast<int64_t>(s->size()) : ndim;
    if (count > ndim) throw ShapeError(name, ": ", count, " lengths were given for an array of shape ", x.shape());
    for (int64_t axis = ndim - count; axis < ndim; ++axis) extent.axes.push_back(axis);
  }
  if (s && s->size() != extent.axes.size())
    throw ValueError(name, ": expected as many lengths as axes, got s=", *s, " and axes ", extent.axes);
  for (size_t i = 0; i < extent.axes.size(); ++i) {
    const int64_t own = x.shape()[static_cast<size_t>(extent.axes[i])];
    // -1: the axis as it is, as in NumPy.
    extent.lengths.push_back(s && (*s)[i] != -1 ? (*s)[i] : own);
  }
  return extent;
}

/// The complex transform over all axes but the last of `count`.
Array over_axes(Array x, const Extent& extent, size_t count, bool forward, Norm norm, const char* name) {
  Axes axes;
  double elements = 1;
  bool repeated = false;
  for (size_t i = 0; i < count; ++i) {
    const int64_t axis = extent.axes[i];
    x = with_length(x, axis, checked_length(extent.lengths[i], name));
    elements *= static_cast<double>(extent.lengths[i]);
    repeated = repeated || std::find(axes.begin(), axes.end(), axis) != axes.end();
    axes.push_back(axis);
  }
  if (repeated) throw ValueError(name, ": an axis is named twice in ", extent.axes);
  if (axes.empty()) return converted(x, complex_of(x.dtype()));
  return transformed(x, Fourier::complex, axes, forward, scale_of(norm, forward, elements));
}

Array complex_transform(const Array& x, Length n, int64_t axis, Norm norm, bool forward, const char* name) {
  const Array operand = prepared(x, name);
  const int64_t along = normalize_axis(axis, operand.ndim(), name);
  const Extent extent{{along}, {n.value_or(operand.shape()[static_cast<size_t>(along)])}};
  return over_axes(operand, extent, 1, forward, norm, name);
}

Array to_half(const Array& x, int64_t axis, int64_t n, Norm norm, const char* name) {
  const Array operand = with_length(x, axis, checked_length(n, name));
  return transformed(operand, Fourier::to_half, {axis}, true, scale_of(norm, true, static_cast<double>(n)));
}

Array from_half(const Array& x, int64_t axis, int64_t n, Norm norm, const char* name) {
  const Array operand = with_length(x, axis, checked_length(n, name) / 2 + 1);
  return transformed(operand, Fourier::from_half, {axis}, false, scale_of(norm, false, static_cast<double>(n)), n);
}

}  // namespace

Norm parse_norm(std::string_view name) {
  if (name == "backward") return Norm::backward;
  if (name == "ortho") return Norm::ortho;
  if (name == "forward") return Norm::forward;
  throw ValueError("fft: expected the norm 'backward', 'ortho' or 'forward', got '", name, "'");
}

Array fft(const Array& x, Length n, int64_t axis, Norm norm) {
  return complex_transform(x, n, axis, norm, true, "fft");
}
Array ifft(const Array& x, Length n, int64_t axis, Norm norm) {
  return complex_transform(x, n, axis, norm, false, "ifft");
}

Array fftn(const Array& x, const Lengths& s, const OptionalAxes& axes, Norm norm) {
  const Extent extent = extent_of(x, s, axes, "fftn");
  return over_axes(prepared(x, "fftn"), extent, extent.axes.size(), true, norm, "fftn");
}
Array ifftn(const Array& x, const Lengths& s, const OptionalAxes& axes, Norm norm) {
  const Extent extent = extent_of(x, s, axes, "ifftn");
  return over_axes(prepared(x, "ifftn"), extent, extent.axes.size(), false, norm, "ifftn");
}

Array rfft(const Array& x, Length n, int64_t axis, Norm norm) {
  const Array operand = prepared_real(x, "rfft");
  const int64_t along = normalize_axis(axis, operand.ndim(), "rfft");
  return to_half(operand, along, n.value_or(operand.shape()[static_cast<size_t>(along)]), norm, "rfft");
}

Array irfft(const Array& x, Length n, int64_t axis, Norm norm) {
  const Array operand = prepared_complex(x, "irfft");
  const int64_t along = normalize_axis(axis, operand.ndim(), "irfft");
  return from_half(operand, along, n.value_or(2 * (operand.shape()[static_cast<size_t>(along)] - 1)), norm, "irfft");
}

Array rfftn(const Array& x, const Lengths& s, const OptionalAxes& axes, Norm norm) {
  constexpr const char* name = "rfftn";
  const Extent extent = extent_of(x, s, axes, name);
  if (extent.axes.empty()) throw ValueError(name, ": expected at least one axis");
  const size_t last = extent.axes.size() - 1;
  const Array half = to_half(prepared_real(x, name), extent.axes[last], extent.lengths[last], norm, name);
  return over_axes(half, extent, last, true, norm, name);
}

Array irfftn(const Array& x, const Lengths& s, const OptionalAxes& axes, Norm norm) {
  constexpr const char* name = "irfftn";
  const Extent extent = extent_of(x, s, axes, name);
  if (extent.axes.empty()) throw ValueError(name, ": expected at least one axis");
  const size_t last = extent.axes.size() - 1;
  const bool given = s && (*s)[last] != -1;
  const int64_t n = given ? extent.lengths[last] : 2 * (extent.lengths[last] - 1);
  return from_half(over_axes(prepared_complex(x, name), extent, last, false, norm, name), extent.axes[last], n, norm,
                   name);
}

Array hfft(const Array& x, Length n, int64_t axis, Norm norm) {
  return irfft(conj(prepared_complex(x, "hfft")), n, axis, swapped(norm));
}

Array ihfft(const Array& x, Length n, int64_t axis, Norm norm) {
  return conj(rfft(prepared_real(x, "ihfft"), n, axis, swapped(norm)));
}

namespace {

Array frequencies(int64_t n, double d, DType dtype, bool half, const char* name) {
  checked_length(n, name);
  if (!is_floating(dtype)) throw TypeError(name, ": expected a floating dtype, got ", dtype);
  const auto count = [](int64_t from, int64_t to) { return arange(from, to, int64_t{1}, DType::int64); };
  const int64_t positive = half ? n / 2 + 1 : (n + 1) / 2;
  const Array turns = half ? count(0, positive) : concatenate({count(0, positive), count(positive - n, 0)}, 0);
  return astype(astype(turns, DType::float64) / (static_cast<double>(n) * d), dtype);
}

Array shifted(const Array& x, const OptionalAxes& axes, bool back, const char* name) {
  require_defined(x, name);
  const Axes along = normalize_axes(axes, x.ndim(), name);
  Shape shift;
  for (int64_t axis : along) {
    const int64_t half = x.shape()[static_cast<size_t>(axis)] / 2;
    shift.push_back(back ? -half : half);
  }
  return roll(x, shift, along);
}

}  // namespace

Array fftfreq(int64_t n, double d, DType dtype) { return frequencies(n, d, dtype, false, "fftfreq"); }
Array rfftfreq(int64_t n, double d, DType dtype) { return frequencies(n, d, dtype, true, "rfftfreq"); }
Array fftshift(const Array& x, const OptionalAxes& axes) { return shifted(x, axes, false, "fftshift"); }
Array ifftshift(const Array& x, const OptionalAxes& axes) { return shifted(x, axes, true, "ifftshift"); }

}  // namespace ingot::fft
