// The default kernel of convolutions: plain loops over operands of any strides.
#include <algorithm>
#include <array>

#include "ingot/ops/accumulator.h"
#include "ingot/ops/convolution_op.h"
#include "ingot/ops/spatial_axes.h"
#include "ingot/ops/strided_loop.h"

namespace ingot {

namespace {

using Which = ConvolutionArray;

/// One of the three arrays: two axes of images or channels, and three spatial ones.
struct Grid {
  int64_t rows, columns, row_stride, column_stride;
  Triple lengths, strides;
  void* data;

  explicit Grid(const Tensor& x)
      : rows(x.shape[0]),
        columns(x.shape[1]),
        row_stride(x.strides[0]),
        column_stride(x.strides[1]),
        lengths(of_three(std::span<const int64_t>(x.shape).subspan(2), 1)),
        strides(of_three(std::span<const int64_t>(x.strides).subspan(2), 0)),
        data(x.data) {}

  template <class T>
  const T* plane(int64_t row, int64_t column) const {
    return static_cast<const T*>(data) + row * row_stride + column * column_stride;
  }
};

class Loops {
 public:
  Loops(const Convolution& op, const std::array<Grid, 3>& grids)
      : op_(op),
        grids_(grids),
        stride_(of_three(op.stride, 1)),
        padding_(of_three(op.padding, 0)),
        dilation_(of_three(op.dilation, 1)) {}

  /// Each plane of the result is the sum over what its two axes leave open: channels, or images.
  template <class T>
  void run() const {
    using Sum = decltype(accumulator<T>());
    const Grid &input = grids_[0], &weight = grids_[1], &output = grids_[2];
    const int64_t images = input.rows, in_channels = weight.columns, out_channels = weight.rows / op_.groups;
    const Grid& result = grids_[static_cast<size_t>(op_.computes)];
    std::vector<Sum> sums(static_cast<size_t>(result.lengths[0] * result.lengths[1] * result.lengths[2]));
    for (int64_t row = 0; row < result.rows; ++row)
      for (int64_t column = 0; column < result.columns; ++column) {
        std::fill(sums.begin(), sums.end(), Sum{});
        switch (op_.computes) {
          case Which::output:
            for (int64_t c = 0; c < in_channels; ++c)
              add_planes<T>(sums.data(), input.plane<T>(row, column / out_channels * in_channels + c),
                            weight.plane<T>(column, c));
            break;
          case Which::input:
            for (int64_t o = 0; o < out_channels; ++o) {
              const int64_t channel = column / in_channels * out_channels + o;
              add_planes<T>(sums.data(), weight.plane<T>(channel, column % in_channels), output.plane<T>(row, channel));
            }
            break;
          case Which::weight:
            for (int64_t n = 0; n < images; ++n)
              add_planes<T>(sums.data(), input.plane<T>(n, row / out_channels * in_channels + column),
                            output.plane<T>(n, row));
            break;
        }
        T* target = const_cast<T*>(result.plane<T>(row, column));
        for (size_t i = 0; i < sums.size(); ++i) target[i] = convert<T>(sums[i]);
        poll_interrupt();
      }
  }

 private:
  /// Adds the products of two planes to the third, for every pair of a position of the kernel and one of the output.
  template <class T, class Sum>
  void add_planes(Sum* sums, const T* first, const T* second) const {
    const Triple &kernel = grids_[1].lengths, &out = grids_[2].lengths;
    Triple k;
    for (k[0] = 0; k[0] < kernel[0]; ++k[0])
      for (k[1] = 0; k[1] < kernel[1]; ++k[1])
        for (k[2] = 0; k[2] < kernel[2]; ++k[2]) {
          Triple begin, end;
          for (size_t axis = 0; axis < 3; ++axis) std::tie(begin[axis], end[axis]) = reached(axis, k[axis]);
          Triple y;
          for (y[0] = begin[0]; y[0] < end[0]; ++y[0])
            for (y[1] = begin[1]; y[1] < end[1]; ++y[1])
              for (y[2] = begin[2]; y[2] < end[2]; ++y[2]) {
                Triple x;
                for (size_t axis = 0; axis < 3; ++axis) x[axis] = input_position(axis, y[axis], k[axis]);
                const std::array<Triple, 3> at{x, k, y};
                const auto product = [&](size_t a, size_t b) {
                  return convert<Sum>(first[offset(a, at[a])]) * convert<Sum>(second[offset(b, at[b])]);
                };
                switch (op_.computes) {
                  case Which::output:
                    sums[(y[0] * out[1] + y[1]) * out[2] + y[2]] += product(0, 1);
                    break;
                  case Which::input: {
                    const Triple& in = grids_[0].lengths;
                    sums[(x[0] * in[1] + x[1]) * in[2] + x[2]] += product(1, 2);
                    break;
                  }
                  case Which::weight:
                    sums[(k[0] * kernel[1] + k[1]) * kernel[2] + k[2]] += product(0, 2);
                    break;
                }
              }
        }
  }

  int64_t input_position(size_t axis, int64_t y, int64_t k) const {
    return y * stride_[axis] + k * dilation_[axis] - padding_[axis];
  }

  /// Positions of the output where element `k` of the kernel does not lie on the padding.
  std::pair<int64_t, int64_t> reached(size_t axis, int64_t k) const {
    const int64_t first = padding_[axis] - k * dilation_[axis];  // the smallest y * stride that is inside
    const int64_t stride = stride_[axis], last = first + grids_[0].lengths[axis];
    const auto steps = [&](int64_t length) { return length <= 0 ? 0 : (length + stride - 1) / stride; };
    const int64_t end = std::min(grids_[2].lengths[axis], steps(last));
    return {std::min(steps(first), end), end};
  }

  int64_t offset(size_t which, const Triple& at) const {
    const Triple& strides = grids_[which].strides;
    return at[0] * strides[0] + at[1] * strides[1] + at[2] * strides[2];
  }

  const Convolution& op_;
  const std::array<Grid, 3>& grids_;
  Triple stride_, padding_, dilation_;
};

}  // namespace

void Convolution::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  const auto grid = [&](Which which) { return Grid(array(which, inputs, outputs[0])); };
  const std::array<Grid, 3> grids{grid(Which::input), grid(Which::weight), grid(Which::output)};
  visit(outputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (!std::is_same_v<T, bool>) Loops(*this, grids).template run<T>();
  });
}

}  // namespace ingot
