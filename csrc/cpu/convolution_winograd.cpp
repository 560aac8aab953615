// Convolutions by 3 x 3 kernels with many channels, and their gradients by the input, as Winograd does them.
#include <algorithm>
#include <optional>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/cpu/winograd.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Bytes of the transformed image that a task works on: all weights pass by for each task, so that it pays to go beyond
/// the second-level cache.
constexpr int64_t kImageBytes = 2048 * 1024;
/// With fewer channels than this, transforms cost more than the multiplications that they save.
constexpr int64_t kChannels = 32;
/// Tasks that a convolution of few images is cut into, by rows of weights, for the price of transforming the image anew.
constexpr int64_t kTasks = 4, kTaskRows = 64;
/// Fewest tiles for which it pays to transform the weights.
constexpr int64_t kTiles = 24;

/// With this many times more rows of weights than tiles, the transformed weights are much larger than the transformed
/// images: they are made block by block, and used before they leave the second-level cache.
constexpr int64_t kRowsPerTile = 4;

class WinogradConvolution final : public Kernel {
 public:
  WinogradConvolution(const KernelStep& step, const Pack& pack)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(*pack.convolution[0].winograd),
        tile_rows_of_weights_(pack.convolution[0].tile_rows),
        forward_(op_.computes == ConvolutionArray::output),
        operand_count_(step.inputs.size()) {
    const Tensor& image = step.inputs[forward_ ? 0 : 1];
    const Tensor& weight = step.inputs[forward_ ? 1 : 0];
    const Tensor& result = step.outputs[0];
    images_ = image.shape[0];
    image_stride_ = image.strides[0];
    channels_ = image.shape[1] / op_.groups;
    channel_stride_ = image.strides[1];
    height_ = image.shape[2], width_ = image.shape[3];
    line_stride_ = image.strides[2];
    rows_ = result.shape[1] / op_.groups;
    lines_ = result.shape[2], columns_ = result.shape[3];
    for (size_t axis = 0; axis < 2; ++axis) {
      const int64_t padding = op_.padding.empty() ? 0 : op_.padding[axis];
      first_[axis] = forward_ ? -padding : padding - 2;
    }
    weight_line_ = weight.strides[2], weight_column_ = weight.strides[3];
    weight_row_ = weight.strides[forward_ ? 0 : 1];
    weight_channel_ = weight.strides[forward_ ? 1 : 0];
    weight_group_ = weight.strides[0] * weight.shape[0] / op_.groups;
    cut();
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    if (by_weights_) return run_by_weights(operands);
    const int64_t group = kWinogradProducts * weights_plane();
    const Ref<Buffer> weights = Buffer::allocate(static_cast<size_t>(op_.groups * group) * sizeof(float));
    const int64_t blocks = ceil_divide(rows_, kWeightRows);
    parallel_for(op_.groups * blocks, [&](int64_t i) {
      const int64_t g = i / blocks, row = i % blocks * kWeightRows;
      transform_weights(operands, g, row, std::min(kWeightRows, rows_ - row),
                        static_cast<float*>(weights->data()) + g * group + row * channels_, weights_plane());
    });
    parallel_for(image_blocks_ * bands_ * op_.groups * row_blocks_, [&](int64_t task) {
      Task t{operands, nullptr};
      t.row = task % row_blocks_ * rows_ / row_blocks_;
      t.rows = (task % row_blocks_ + 1) * rows_ / row_blocks_ - t.row;
      task /= row_blocks_;
      t.group = task % op_.groups;
      t.weights = static_cast<const float*>(weights->data()) + t.group * group + t.row * channels_;
      t.band = task / op_.groups % bands_;
      t.image = task / op_.groups / bands_ * images_together_;
      run_task(t);
    });
  }

 private:
  static constexpr int64_t kWeightRows = 16;

  struct Task {
    std::span<void* const> operands;
    const float* weights;
    int64_t row = 0, rows = 0, group = 0, band = 0, image = 0;
  };

  void transform_weights(std::span<void* const> operands, int64_t group, int64_t row, int64_t rows, float* out,
                         int64_t plane) const {
    const auto* from = static_cast<const float*>(operands[forward_ ? 1 : 0]);
    fns_.weights({from + group * weight_group_ + row * weight_row_, weight_line_, weight_column_, !forward_, rows,
                  weight_row_, channels_, weight_channel_, out, plane});
  }

  /// All images are transformed, then for each block of rows its weights.
  void run_by_weights(std::span<void* const> operands) const {
    constexpr int64_t kChannelsTogether = 32;
    const int64_t plane = winograd_plane(channels_ * channel_), group = kWinogradProducts * plane + fns_.panel_tiles;
    const Ref<Buffer> transformed = Buffer::allocate(static_cast<size_t>(op_.groups * group) * sizeof(float));
    auto* images = static_cast<float*>(transformed->data());
    const int64_t channel_blocks = ceil_divide(channels_, kChannelsTogether);
    parallel_for(op_.groups * images_ * channel_blocks, [&](int64_t task) {
      const int64_t first = task % channel_blocks * kChannelsTogether, n = task / channel_blocks % images_;
      const int64_t g = task / channel_blocks / images_;
      const float* from = static_cast<const float*>(operands[forward_ ? 0 : 1]) + n * image_stride_ +
                          (g * channels_ + first) * channel_stride_;
      fns_.image({from, std::min(kChannelsTogether, channels_ - first), channel_stride_, height_, width_, line_stride_,
                  first_[0], first_[1], tile_rows_, tile_columns_,
                  images + g * group + first * channel_ + n * tile_rows_ * tile_columns_, channel_, plane,
                  scratch(Scratch::packed, static_cast<size_t>(fns_.rows_bytes(tile_columns_)))});
    });
    const int64_t blocks = ceil_divide(rows_, tile_rows_of_weights_), results = lines_ * columns_;
    parallel_for(op_.groups * blocks, [&](int64_t task) {
      const int64_t g = task / blocks, row = task % blocks * rows_ / blocks;
      const int64_t rows = (task % blocks + 1) * rows_ / blocks - row, weights_plane = winograd_plane(rows * channels_);
      std::byte* products =
          scratch(Scratch::packed, static_cast<size_t>(fns_.products_bytes) +
                                       static_cast<size_t>(kWinogradProducts * weights_plane) * sizeof(float));
      auto* weights = reinterpret_cast<float*>(products + fns_.products_bytes);
      transform_weights(operands, g, row, rows, weights, weights_plane);
      int64_t out_image = op_.groups * rows_ * results;
      float* out;
      if (epilogue_) {
        out_image = rows * results;
        out = reinterpret_cast<float*>(
            scratch(Scratch::results, static_cast<size_t>(images_ * out_image) * sizeof(float)));
      } else {
        out = static_cast<float*>(operands[operand_count_]) + (g * rows_ + row) * results;
      }
      const std::vector<WinogradStretch> stretches = stretches_of(images_, tile_rows_, lines_, out_image);
      fns_.multiply({weights, weights_plane, images + g * group, plane, channel_, channels_, rows, stretches.data(),
                     static_cast<int64_t>(stretches.size()), out, results, columns_, products});
      for (int64_t n = 0; epilogue_ && n < images_; ++n)
        epilogue_->run({n, g * rows_ + row, 0, rows, results}, out + n * out_image, results,
                       operands.subspan(operand_count_));
    });
  }

  int64_t weights_plane() const { return winograd_plane(rows_ * channels_); }

  /// Tasks: several whole images, or bands of one. As many tiles as fit, in whole panels as far as possible.
  void cut() {
    tile_rows_ = ceil_divide(lines_, kWinogradTile);
    tile_columns_ = ceil_divide(columns_, kWinogradTile);
    const int64_t most =
        std::max(fns_.lanes, kImageBytes / (kWinogradProducts * channels_ * static_cast<int64_t>(sizeof(float))));
    const auto best = [&](int64_t unit, int64_t limit) {
      int64_t chosen = 1;
      double filled = 0;
      for (int64_t count = 1; count <= limit && (count == 1 || count * unit <= most); ++count) {
        const int64_t tiles = count * unit;
        const double now = static_cast<double>(tiles) / static_cast<double>(ceil_divide(tiles, fns_.panel_tiles));
        if (now >= filled) filled = now, chosen = count;
      }
      return chosen;
    };
    const int64_t plane = tile_rows_ * tile_columns_;
    images_together_ = plane <= most ? best(plane, images_) : 1;
    band_ = images_together_ > 1 ? tile_rows_ : best(tile_columns_, tile_rows_);
    bands_ = ceil_divide(tile_rows_, band_);
    image_blocks_ = ceil_divide(images_, images_together_);
    const int64_t tasks = std::max<int64_t>(1, image_blocks_ * bands_ * op_.groups);
    row_blocks_ = std::clamp<int64_t>(ceil_divide(kTasks, tasks), 1, std::max<int64_t>(1, rows_ / kTaskRows));
    by_weights_ = kRowsPerTile * images_ * plane <= rows_;
    const int64_t tiles = by_weights_ ? images_ * plane : images_together_ * band_ * tile_columns_;
    channel_ = ceil_divide(tiles, fns_.lanes) * fns_.lanes;
  }

  void run_task(const Task& t) const {
    const int64_t images = std::min(images_together_, images_ - t.image);
    const int64_t tile_row = t.band * band_, tile_rows = std::min(band_, tile_rows_ - tile_row);
    const int64_t plane = winograd_plane(channels_ * channel_), line = tile_row * kWinogradTile;
    const int64_t lines = std::min(tile_rows * kWinogradTile, lines_ - line);
    const int64_t image_bytes = (kWinogradProducts * plane + fns_.panel_tiles) * static_cast<int64_t>(sizeof(float));
    std::byte* memory = scratch(
        Scratch::packed, static_cast<size_t>(image_bytes + fns_.rows_bytes(tile_columns_) + fns_.products_bytes));
    for (int64_t n = 0; n < images; ++n) {
      const float* from = static_cast<const float*>(t.operands[forward_ ? 0 : 1]) + (t.image + n) * image_stride_ +
                          t.group * channels_ * channel_stride_;
      fns_.image({from, channels_, channel_stride_, height_, width_, line_stride_, first_[0] + line, first_[1],
                  tile_rows, tile_columns_, reinterpret_cast<float*>(memory) + n * tile_rows * tile_columns_, channel_,
                  plane, memory + image_bytes});
    }
    // With an epilogue, results are put together in scratch memory.
    const int64_t image_results = t.rows * lines * columns_;
    float* out;
    int64_t out_row, out_image;
    if (epilogue_) {
      out = reinterpret_cast<float*>(
          scratch(Scratch::results, static_cast<size_t>(images * image_results) * sizeof(float)));
      out_row = lines * columns_;
      out_image = image_results;
    } else {
      out_row = lines_ * columns_;
      out_image = op_.groups * rows_ * out_row;
      out = static_cast<float*>(t.operands[operand_count_]) + t.image * out_image +
            (t.group * rows_ + t.row) * out_row + line * columns_;
    }
    const std::vector<WinogradStretch> stretches = stretches_of(images, tile_rows, lines, out_image);
    fns_.multiply({t.weights, weights_plane(), memory, plane, channel_, channels_, t.rows, stretches.data(),
                   static_cast<int64_t>(stretches.size()), out, out_row, columns_,
                   memory + image_bytes + fns_.rows_bytes(tile_columns_)});
    if (epilogue_)
      for (int64_t n = 0; n < images; ++n)
        epilogue_->run({t.image + n, t.group * rows_ + t.row, line * columns_, t.rows, lines * columns_},
                       out + n * out_image, out_row, t.operands.subspan(operand_count_));
  }

  std::vector<WinogradStretch> stretches_of(int64_t images, int64_t tile_rows, int64_t lines, int64_t out_image) const {
    std::vector<WinogradStretch> stretches;
    for (int64_t n = 0; n < images; ++n)
      for (int64_t y = 0; y < tile_rows; ++y)
        for (int64_t x = 0, count; x < tile_columns_; x += count) {
          const int64_t at = (n * tile_rows + y) * tile_columns_ + x;
          count = std::min(tile_columns_ - x, fns_.panel_tiles - at % fns_.panel_tiles);
          const int64_t line = y * kWinogradTile, column = x * kWinogradTile;
          stretches.push_back({at, count, std::min(kWinogradTile, lines - line), columns_ - column,
                               n * out_image + line * columns_ + column});
        }
    return stretches;
  }

  OpRef held_;
  const Convolution& op_;
  const WinogradFns& fns_;
  int64_t tile_rows_of_weights_;
  bool forward_;
  size_t operand_count_;
  int64_t images_, image_stride_, channels_, channel_stride_, height_, width_, line_stride_;
  int64_t rows_, lines_, columns_, first_[2];
  int64_t weight_line_, weight_column_, weight_row_, weight_channel_, weight_group_;
  int64_t tile_rows_, tile_columns_, images_together_, image_blocks_, band_, bands_, row_blocks_;
  bool by_weights_;
  int64_t channel_;  ///< tiles of a channel of a task, in whole vectors
  std::optional<Epilogue> epilogue_;
};

}  // namespace

bool winograd_pays(const KernelStep& step) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  const bool forward = op.computes == ConvolutionArray::output;
  if (op.computes == ConvolutionArray::weight || step.outputs[0].dtype != DType::float32) return false;
  const Tensor& image = step.inputs[forward ? 0 : 1];
  const Shape &weight = step.inputs[forward ? 1 : 0].shape, &result = step.outputs[0].shape;
  if (weight.size() != 4 || weight[2] != 3 || weight[3] != 3) return false;
  if (of_three(op.stride, 1) != Triple{1, 1, 1} || of_three(op.dilation, 1) != Triple{1, 1, 1}) return false;
  if (image.strides[3] != 1) return false;
  const int64_t channels = image.shape[1] / op.groups, rows = result[1] / op.groups;
  const int64_t tiles = result[0] * ceil_divide(result[2], kWinogradTile) * ceil_divide(result[3], kWinogradTile);
  return channels >= kChannels && rows >= kChannels && tiles >= kTiles;
}

std::unique_ptr<Kernel> make_winograd_convolution(const KernelStep& step, const Pack& pack) {
  return std::make_unique<WinogradConvolution>(step, pack);
}

}  // namespace ingot::cpu
