// The operation behind all Fourier transforms, for backends that have a faster kernel.
#pragma once

#include <cstdint>

#include "ingot/graph/op.h"

namespace ingot::fft {

enum class Fourier : uint8_t {
  complex,    ///< to complex, over any axes; from complex or real numbers
  to_half,    ///< real to complex over one axis: the first n / 2 + 1 numbers, of which the others are conjugates
  from_half,  ///< complex to real over one axis: the other numbers are taken to be those conjugates
};

/// `scale * sum_t x[t] exp(-+2 pi i k t / n)` over each of the axes, with the minus sign if `forward`. `length` is the n
/// of a `from_half`, which its input does not tell; 0 otherwise. Linear over the real numbers.
struct FourierTransform final : Define<FourierTransform, LinearOp> {
  static constexpr const char* kName = "fft";
  Fourier form;
  Axes axes;
  bool forward;
  double scale;
  int64_t length;
  FourierTransform(Fourier what, Axes over, bool is_forward, double factor, int64_t n)
      : form(what), axes(std::move(over)), forward(is_forward), scale(factor), length(n) {}
  const char* name() const override;
  auto attributes() const { return std::tie(form, axes, forward, scale, length); }
  Array transpose(const Call& call, const Array& cotangent) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot::fft
