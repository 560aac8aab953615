// Convolutions and their gradients by the input, as Winograd does them, but along columns only: six lines of the image
// become six lines to be multiplied, which make 4, 3 or 2 lines of results where kernels have 3, 4 or 5 elements one
// below the other. Lines are transformed as they lie, so it pays for few channels too, and for any width of kernels.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/convolution.h"
#include "ingot/cpu/convolution_axes.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Positions of a task, and rows of weights whose products are made at once: they stay in the second-level cache.
constexpr int64_t kPositions = 256, kRows = 64;
/// Bytes of the transformed image of a task, if it is more than one line of tiles.
constexpr int64_t kImageBytes = 1024 * 1024;
/// Multiplications that are worth transforms, as a multiple of those that remain.
constexpr double kSaved = 1.5;
/// Fewest rows of weights that what is transformed serves, and where it also has to be moved into panels, because lines
/// are no whole vectors.
constexpr int64_t kLeastRows = 6, kLeastRowsMoved = 32;
/// Fewest products that are added up before results are transformed back.
constexpr int64_t kLeastDepth = 32;
/// Fewest results that each transformed weight serves, and most planes of an image: of more, too few lines would fit.
constexpr int64_t kLeastResults = 1024, kMostPlanes = 512;
constexpr int64_t kProducts = kWinogradReach;

/// What element k of a kernel contributes to product f: the point's power, scaled.
constexpr std::array<std::array<float, 5>, kProducts> kernel_transform() {
  constexpr double kPoints[] = {kWinogradLow, -kWinogradLow, kWinogradHigh, -kWinogradHigh},
                   kScales[] = {-2 / 3.0, -2 / 3.0, 1 / 6.0, 1 / 6.0};
  std::array<std::array<float, 5>, kProducts> table{};
  table[0][0] = 1;
  for (size_t f = 0; f < 4; ++f) {
    double power = kScales[f];
    for (float& entry : table[f + 1]) {
      entry = static_cast<float>(power);
      power *= kPoints[f];
    }
  }
  return table;  // the last product takes the last element alone, wherever that is
}

struct Axis {
  AxisPlan plan;
  const std::vector<Tap>& taps() const { return plan.starts[0].taps; }
  int64_t length() const { return plan.reach + 1; }  ///< of the kernel, in one phase
};

class ConvolutionLines final : public Kernel {
 public:
  ConvolutionLines(const KernelStep& step, const Pack& pack, AxisPlan vertical, AxisPlan horizontal)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(pack.convolution[0]),
        winograd_(*fns_.winograd),
        forward_(op_.computes == ConvolutionArray::output),
        operand_count_(step.inputs.size()),
        image_(step.inputs[forward_ ? 0 : 1]),
        weight_(step.inputs[forward_ ? 1 : 0]),
        vertical_{std::move(vertical)},
        horizontal_{std::move(horizontal)} {
    const Shape& result = step.outputs[0].shape;
    images_ = result[0];
    channels_ = image_.shape[1] / op_.groups;
    rows_ = result[1] / op_.groups;
    lines_ = result[2], columns_ = result[3];
    results_ = kProducts + 1 - vertical_.length();
    width_ = columns_ + horizontal_.plan.reach;
    cut();
    const int64_t plane = plane_of_tiles();
    for (int64_t c = 0; c < channels_; ++c)
      for (int64_t phase = 0; phase < vertical_.plan.phases; ++phase)
        for (const Tap& x : horizontal_.taps()) {
          image_offsets_.push_back(((c * vertical_.plan.phases + phase) * horizontal_.plan.phases + x.phase) * plane +
                                   x.offset);
          weight_offsets_.push_back(static_cast<int64_t>(weight_offsets_.size()));
        }
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    const Ref<Buffer> weights = transform_weights(static_cast<const float*>(operands[forward_ ? 1 : 0]));
    parallel_for(ceil_divide(images_, together_) * bands_ * op_.groups, [&](int64_t task) {
      const int64_t group = task % op_.groups, band = task / op_.groups % bands_;
      run_task(operands, static_cast<const float*>(weights->data()), task / op_.groups / bands_ * together_, group,
               band);
    });
  }

 private:
  int64_t depth() const { return static_cast<int64_t>(image_offsets_.size()); }
  int64_t planes() const { return channels_ * vertical_.plan.phases * horizontal_.plan.phases; }
  /// Transformed lines of a plane; whole vectors are written.
  int64_t plane_of_tiles() const { return together_ * band_ * width_ + fns_.lanes; }
  int64_t lines_of(int64_t tiles) const { return tiles * results_ + vertical_.plan.reach; }

  /// Tasks: bands of an image, or several images.
  void cut() {
    const int64_t tiles = ceil_divide(lines_, results_);
    const int64_t line_bytes = kProducts * planes() * width_ * static_cast<int64_t>(sizeof(float));
    const int64_t most = std::max<int64_t>(1, std::min(kPositions / columns_, kImageBytes / line_bytes));
    bands_ = ceil_divide(tiles, std::min(tiles, most));
    band_ = ceil_divide(tiles, bands_);
    bands_ = ceil_divide(tiles, band_);
    if (bands_ == 1) together_ = std::clamp<int64_t>(most / tiles, 1, images_);
  }

  /// For each group, product and block of rows, its weights as `pack_weights` lays them out.
  Ref<Buffer> transform_weights(const float* weight) const {
    static constexpr auto kTransform = kernel_transform();
    const int64_t row = kProducts * depth(), rows = op_.groups * rows_;
    const Ref<Buffer> transformed = Buffer::allocate(static_cast<size_t>(rows * row) * sizeof(float)),
                      packed = Buffer::allocate(static_cast<size_t>(rows * row) * sizeof(float));
    auto *to = static_cast<float*>(transformed->data()), *out = static_cast<float*>(packed->data());
    const int64_t weight_row = weight_.strides[forward_ ? 0 : 1], weight_channel = weight_.strides[forward_ ? 1 : 0];
    const int64_t weight_group = weight_.strides[0] * weight_.shape[0] / op_.groups;
    const int64_t blocks = ceil_divide(rows_, kRows), last = vertical_.plan.reach;
    parallel_for(op_.groups * blocks, [&](int64_t i) {
      const int64_t group = i / blocks, first = i % blocks * kRows, count = std::min(kRows, rows_ - first);
      float* const begin = to + (group * rows_ + first) * row;
      for (int64_t r = 0; r < count; ++r) {
        const float* from = weight + group * weight_group + (first + r) * weight_row;
        float* at = begin + r * row;
        for (int64_t c = 0; c < channels_; ++c, from += weight_channel)
          for (int64_t phase = 0; phase < vertical_.plan.phases; ++phase)
            for (const Tap& x : horizontal_.taps()) {
              float sums[kProducts] = {};
              for (const Tap& y : vertical_.taps()) {
                if (y.phase != phase) continue;
                const float element = from[y.element * weight_.strides[2] + x.element * weight_.strides[3]];
                for (size_t f = 0; f + 1 < kProducts; ++f)
                  sums[f] += kTransform[f][static_cast<size_t>(y.offset)] * element;
                if (y.offset == last) sums[kProducts - 1] += element;
              }
              for (int64_t f = 0; f < kProducts; ++f) at[f * depth()] = sums[f];
              ++at;
            }
      }
      for (int64_t f = 0; f < kProducts; ++f)
        fns_.pack_weights({begin + f * depth(), weight_offsets_.data(), depth(), count, row,
                           out + (group * rows_ + first) * row + f * count * depth()});
    });
    return packed;
  }

  void run_task(std::span<void* const> operands, const float* weights, int64_t image, int64_t group,
                int64_t band) const {
    const int64_t images = std::min(together_, images_ - image), line = band * band_ * results_;
    const int64_t lines = std::min(band_ * results_, lines_ - line), tiles = ceil_divide(lines, results_);
    const int64_t plane = plane_of_tiles(), positions = images * tiles * columns_;
    const int64_t padded_plane = lines_of(band_) * width_, slack = 4 * fns_.lanes;
    const int64_t seen_plane = winograd_plane(planes() * plane + slack),
                  products_plane = winograd_plane(std::min(kRows, rows_) * positions);
    const int64_t seen = kProducts * seen_plane, products = kProducts * products_plane;
    std::byte* panel = scratch(
        Scratch::packed,
        fns_.panel_bytes + static_cast<size_t>(seen + products + planes() * padded_plane + slack) * sizeof(float));
    float *transformed = reinterpret_cast<float*>(panel + fns_.panel_bytes), *made = transformed + seen,
          *padded = made + products;

    for (int64_t n = 0; n < images; ++n) {
      fns_.pad({static_cast<const float*>(operands[forward_ ? 0 : 1]) + (image + n) * image_.strides[0] +
                    group * channels_ * image_.strides[1],
                channels_,
                image_.strides[1],
                {1, image_.shape[2], image_.shape[3]},
                {0, image_.strides[2], image_.strides[3]},
                {0, vertical_.plan.first + line * vertical_.plan.phases, horizontal_.plan.first},
                {1, vertical_.plan.phases, horizontal_.plan.phases},
                {1, lines_of(band_), width_},
                padded,
                planes() / channels_ * padded_plane});
      winograd_.lines({padded, planes(), padded_plane, tiles, results_, width_, transformed + n * tiles * width_, plane,
                       seen_plane});
    }
    const int64_t image_size = lines_ * columns_, part = lines * columns_;
    for (int64_t row = 0; row < rows_; row += kRows) {
      const int64_t rows = std::min(kRows, rows_ - row), first = group * rows_ + row;
      for (int64_t f = 0; f < kProducts; ++f)
        fns_.multiply({transformed + f * seen_plane,
                       image_offsets_.data(),
                       depth(),
                       {images, tiles, columns_},
                       {tiles * width_, width_, 1},
                       false,
                       weights + (first * kProducts + f * rows) * depth(),
                       rows,
                       made + f * products_plane,
                       positions,
                       panel,
                       nullptr});
      for (int64_t n = 0; n < images; ++n) {
        float* out = nullptr;
        if (epilogue_)
          out = reinterpret_cast<float*>(scratch(Scratch::results, static_cast<size_t>(rows * part) * sizeof(float)));
        else
          out = static_cast<float*>(operands[operand_count_]) +
                ((image + n) * op_.groups * rows_ + first) * image_size + line * columns_;
        winograd_.add_lines({made + n * tiles * columns_, products_plane, rows, positions, results_, lines, columns_,
                             out, epilogue_ ? part : image_size});
        if (epilogue_)
          epilogue_->run({image + n, first, line * columns_, rows, part}, out, part, operands.subspan(operand_count_));
      }
    }
  }

  OpRef held_;
  const Convolution& op_;
  const ConvolutionFns& fns_;
  const WinogradFns& winograd_;
  bool forward_;
  size_t operand_count_;
  Tensor image_, weight_;
  Axis vertical_, horizontal_;
  int64_t images_, channels_, rows_, lines_, columns_;
  int64_t results_;                      ///< lines that a tile makes
  int64_t width_;                        ///< of a padded line
  int64_t together_ = 1, band_, bands_;  ///< images, or tiles one below the other, of a task
  std::vector<int64_t> image_offsets_, weight_offsets_;
  std::optional<Epilogue> epilogue_;
};

}  // namespace

std::unique_ptr<Kernel> make_convolution_lines(const KernelStep& step, const Pack& pack) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  const bool forward = op.computes == ConvolutionArray::output;
  const Tensor &image = step.inputs[forward ? 0 : 1], &weight = step.inputs[forward ? 1 : 0];
  const Tensor& result = step.outputs[0];
  if (op.computes == ConvolutionArray::weight || result.dtype != DType::float32 || result.shape.size() != 4)
    return nullptr;
  const bool moved = result.shape[3] % pack.convolution[0].lanes != 0;
  if (result.shape[1] / op.groups < (moved ? kLeastRowsMoved : kLeastRows) ||
      result.shape[0] * result.shape[2] * result.shape[3] < kLeastResults)
    return nullptr;
  const Triple stride = of_three(op.stride, 1), padding = of_three(op.padding, 0);
  if (of_three(op.dilation, 1) != Triple{1, 1, 1} || (!forward && stride != Triple{1, 1, 1})) return nullptr;
  AxisPlan plans[2];
  for (size_t axis = 0; axis < 2; ++axis)
    plans[axis] = (forward ? forward_axis : backward_axis)(result.shape[axis + 2], weight.shape[axis + 2],
                                                           stride[axis + 1], padding[axis + 1], 1);
  const int64_t length = plans[0].reach + 1;
  if (length < 3 || length > 5) return nullptr;
  const double remain = static_cast<double>(kProducts * plans[0].phases) / static_cast<double>(kProducts + 1 - length);
  const int64_t planes = image.shape[1] / op.groups * plans[0].phases * plans[1].phases;
  const int64_t depth = image.shape[1] / op.groups * plans[0].phases * weight.shape[3];
  if (static_cast<double>(weight.shape[2]) < kSaved * remain || planes > kMostPlanes || depth < kLeastDepth)
    return nullptr;
  return std::make_unique<ConvolutionLines>(step, pack, std::move(plans[0]), std::move(plans[1]));
}

}  // namespace ingot::cpu
