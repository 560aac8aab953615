// The gradient of a convolution by its 3 x 3 kernels, as Winograd does it: blocks of kernels, for which the images and
// cotangents that concern them are transformed.
#include "ingot/cpu/arena.h"
#include "ingot/cpu/convolution_weight.h"
#include "ingot/cpu/winograd.h"

namespace ingot::cpu {
namespace {

/// Most tiles of the images that are multiplied at once: what cotangents of a panel become stays in the second-level
/// cache.
constexpr int64_t kTiles = 128;
/// Channels, of images and of cotangents, of a block of kernels: their transforms serve as many others.
constexpr int64_t kBlock = 128;
/// Tasks that are made even of few kernels, by sums over parts of the batch that are taken on their own.
constexpr int64_t kTasks = 4;
/// With fewer channels or tiles than this, transforms cost more than the multiplications that they save.
constexpr int64_t kChannels = 32, kLeastTiles = 24;

class WinogradWeight final : public WeightGradient {
 public:
  WinogradWeight(const KernelStep& step, const Pack& pack)
      : WeightGradient(step, pack), winograd_(*fns_.winograd), dense_(has_dense_outputs()) {
    pitch_ = ceil_divide(rows_, fns_.lanes) * fns_.lanes;
    tile_rows_ = ceil_divide(counts_[1], kWinogradTile);
    tile_columns_ = ceil_divide(counts_[2], kWinogradTile);
    band_ = std::clamp<int64_t>(kTiles / tile_columns_, 1, tile_rows_);
    bands_ = ceil_divide(tile_rows_, band_);
    band_ = ceil_divide(tile_rows_, bands_);
    bands_ = ceil_divide(tile_rows_, band_);
    if (bands_ == 1) together_ = std::clamp<int64_t>(kTiles / (tile_rows_ * tile_columns_), 1, images_);
    units_ = ceil_divide(images_, together_) * bands_;
    channel_blocks_ = ceil_divide(channels_, kBlock);
    row_blocks_ = ceil_divide(rows_, kBlock);
    parts_ = std::clamp<int64_t>(ceil_divide(kTasks, groups_ * channel_blocks_ * row_blocks_), 1, units_);
    channel_ = ceil_divide(together_ * band_ * tile_columns_, fns_.lanes) * fns_.lanes;
  }

  void run(std::span<void* const> operands) const override {
    sum_parts(operands[2], parts_, channel_blocks_ * row_blocks_, pitch_,
              [&](int64_t part, int64_t group, int64_t block, void* sums) {
                const int64_t begin = part * units_ / parts_, end = (part + 1) * units_ / parts_;
                for (int64_t unit = begin; unit < end; ++unit)
                  add_unit(operands, unit, group, block, static_cast<float*>(sums), unit > begin);
              });
  }

 private:
  void add_unit(std::span<void* const> operands, int64_t unit, int64_t group, int64_t block, float* sums,
                bool accumulates) const {
    const int64_t image = unit / bands_ * together_, images = std::min(together_, images_ - image);
    const int64_t tile_row = unit % bands_ * band_, tile_rows = std::min(band_, tile_rows_ - tile_row);
    const int64_t tiles = tile_rows * tile_columns_, line = tile_row * kWinogradTile;
    const int64_t lines = std::min(tile_rows * kWinogradTile, counts_[1] - line), positions = lines * counts_[2];
    const int64_t channel = block / row_blocks_ * kBlock, channels = std::min(kBlock, channels_ - channel);
    const int64_t first = block % row_blocks_ * kBlock, last = std::min(rows_, first + kBlock);
    const int64_t panel = fns_.panel_lanes;

    const int64_t image_plane = winograd_plane(channels * channel_), plane = winograd_plane(images * tiles * panel);
    const int64_t seen = kWinogradProducts * image_plane, given = kWinogradProducts * plane;
    auto* transformed = reinterpret_cast<float*>(scratch(
        Scratch::packed, static_cast<size_t>(seen + given) * sizeof(float) +
                             static_cast<size_t>(winograd_.correlation_bytes + winograd_.rows_bytes(tile_columns_))));
    float *cotangents = transformed + seen, *products = cotangents + given;
    const int64_t copied = dense_ ? 0 : panel * positions;
    auto* turned = reinterpret_cast<float*>(
        scratch(Scratch::results, static_cast<size_t>(positions * panel + copied) * sizeof(float)));

    for (int64_t i = 0; i < images; ++i) {
      const float* from = static_cast<const float*>(operands[0]) + (image + i) * input_.strides[0] +
                          (group * channels_ + channel) * input_.strides[1];
      winograd_.image({from, channels, input_.strides[1], input_.shape[2], input_.shape[3], input_.strides[2],
                       line - padding_[1], -padding_[2], tile_rows, tile_columns_, transformed + i * tiles, channel_,
                       image_plane, products + winograd_.correlation_bytes / static_cast<int64_t>(sizeof(float))});
    }
    for (int64_t row = first; row < last; row += panel) {
      const int64_t rows = std::min(panel, last - row), width = ceil_divide(rows, fns_.lanes) * fns_.lanes;
      for (int64_t i = 0; i < images; ++i) {
        const float* planes = static_cast<const float*>(operands[1]) + (image + i) * output_.strides[0] +
                              (group * rows_ + row) * output_.strides[1] + line * counts_[2];
        if (!dense_) {
          planes = turned + positions * panel;
          copy_outputs(operands[1], image + i, group * rows_ + row, rows, {0, line, 0}, {1, lines, counts_[2]},
                       turned + positions * panel, positions);
        }
        fns_.transpose({planes, rows, dense_ ? output_.strides[1] : positions, positions, turned, 0, positions});
        winograd_.cotangent({turned, width, lines, counts_[2], cotangents + i * tiles * width, plane});
      }
      winograd_.correlate({transformed, image_plane, channel_, cotangents, plane, width, images * tiles, channels,
                           sums + channel * volume(kernel_) * pitch_ + row, pitch_, accumulates, products});
    }
  }

  const WinogradFns& winograd_;
  bool dense_;     ///< the planes of the cotangent
  int64_t pitch_;  ///< of the sums: those of an element of the kernel lie side by side
  int64_t tile_rows_, tile_columns_;
  int64_t band_, bands_, together_ = 1;  ///< rows of tiles of a unit of work, or images
  int64_t units_, parts_;
  int64_t channel_blocks_, row_blocks_;
  int64_t channel_;  ///< tiles of a channel of a unit, in whole vectors
};

}  // namespace

bool winograd_weight_pays(const KernelStep& step) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  const Tensor &input = step.inputs[0], &output = step.inputs[1];
  const Shape& kernel = step.outputs[0].shape;
  if (input.dtype != DType::float32 || kernel.size() != 4 || kernel[2] != 3 || kernel[3] != 3) return false;
  if (of_three(op.stride, 1) != Triple{1, 1, 1} || of_three(op.dilation, 1) != Triple{1, 1, 1}) return false;
  const int64_t tiles =
      output.shape[0] * ceil_divide(output.shape[2], kWinogradTile) * ceil_divide(output.shape[3], kWinogradTile);
  return input.strides[3] == 1 && kernel[1] >= kChannels && kernel[0] / op.groups >= kChannels && tiles >= kLeastTiles;
}

std::unique_ptr<Kernel> make_winograd_weight(const KernelStep& step, const Pack& pack) {
  return std::make_unique<WinogradWeight>(step, pack);
}

}  // namespace ingot::cpu
