// Convolutions and their gradients by the input: products of weights with vectors of neighbouring positions, which are
// read where they lie in a zero-padded copy of the image.
#include <algorithm>
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

/// Most bytes of a padded image that a task works on: they stay in the second-level cache with some of the weights.
constexpr int64_t kImageBytes = 384 * 1024;
/// Fewest positions of a task, where several small images can be joined.
constexpr int64_t kPositions = 256;
/// Tasks that a product is cut into even if the batch is one image.
constexpr int64_t kTasks = 4;
/// Multiplications that are worth a task.
constexpr int64_t kWork = 1 << 18;
/// With fewer rows of weights than this, lines of results begin with a vector or as far apart as those of the image, and
/// what lies between them is computed along: it costs less than to move what is read together.
constexpr int64_t kFewRows = 8;

int64_t volume(const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; }

/// Results that share their weights: one of the combinations of starts.
struct Job {
  Triple start, counts;
  std::vector<int64_t> image_offsets, weight_offsets;
  int64_t weights_at = 0;            ///< where its packed weights begin, for one group
  std::vector<int64_t> line_depths;  ///< as `GridProduct` has them, if there are any
};

class ConvolutionProduct final : public Kernel {
 public:
  ConvolutionProduct(const KernelStep& step, const Pack& pack)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(pack.convolution[step.outputs[0].dtype == DType::float64]),
        copy_(pack.move[step.outputs[0].dtype == DType::float64 ? 3 : 2].copy),
        size_(static_cast<int64_t>(size_of(step.outputs[0].dtype))),
        forward_(op_.computes == ConvolutionArray::output),
        operand_count_(step.inputs.size()) {
    const Tensor& image = step.inputs[forward_ ? 0 : 1];
    const Tensor& weight = step.inputs[forward_ ? 1 : 0];
    const Tensor& result = step.outputs[0];
    images_ = image.shape[0];
    image_strides_ = of_three(std::span<const int64_t>(image.strides).subspan(2), 0);
    image_lengths_ = of_three(std::span<const int64_t>(image.shape).subspan(2), 1);
    image_stride_ = image.strides[0];
    channel_stride_ = image.strides[1];
    channels_ = image.shape[1] / op_.groups;
    rows_ = result.shape[1] / op_.groups;
    result_lengths_ = of_three(std::span<const int64_t>(result.shape).subspan(2), 1);
    plane_ = volume(result_lengths_);
    const Triple kernel = of_three(std::span<const int64_t>(weight.shape).subspan(2), 1);
    if (volume(kernel) == 1) join_lines();
    plan_axes(kernel);
    cut(step.epilogue.has_value());
    plan_jobs(weight);
    if (step.epilogue) epilogue_.emplace(*step.epilogue, pack, 1, 1);
  }

  void run(std::span<void* const> operands) const override {
    if (images_ * op_.groups * rows_ * plane_ == 0) return;
    const Ref<Buffer> weights = pack_weights(operands[forward_ ? 1 : 0]);
    const int64_t group_blocks = ceil_divide(op_.groups, groups_together_);
    parallel_for(image_blocks_ * chunks_ * group_blocks * row_blocks_, [&](int64_t task) {
      Task t{operands, weights->data()};
      t.row_block = task % row_blocks_;
      task /= row_blocks_;
      const int64_t first_group = task % group_blocks * groups_together_;
      task /= group_blocks;
      t.begin = task % chunks_ * chunk_;
      t.image = task / chunks_ * images_together_;
      t.images = std::min(images_together_, images_ - t.image);
      for (t.group = first_group; t.group < std::min(op_.groups, first_group + groups_together_); ++t.group)
        run_task(t);
    });
  }

 private:
  struct Task {
    std::span<void* const> operands;
    const void* weights;
    int64_t row_block = 0, group = 0, begin = 0, image = 0, images = 0;
  };

  /// Where each result looks at one place, and these follow one another, planes are lines: they can be cut anywhere.
  void join_lines() {
    int64_t stride = 1;
    for (size_t axis = 3; axis-- > 0; stride *= image_lengths_[axis])
      if (result_lengths_[axis] != image_lengths_[axis] || of_three(op_.padding, 0)[axis] != 0 ||
          of_three(op_.stride, 1)[axis] != 1 || (image_lengths_[axis] != 1 && image_strides_[axis] != stride))
        return;
    image_lengths_ = result_lengths_ = {1, 1, plane_};
    image_strides_ = {plane_, plane_, 1};
  }

  void plan_axes(const Triple& kernel) {
    const Triple stride = of_three(op_.stride, 1), padding = of_three(op_.padding, 0),
                 dilation = of_three(op_.dilation, 1);
    for (size_t axis = 0; axis < 3; ++axis)
      axes_[axis] =
          forward_ ? forward_axis(result_lengths_[axis], kernel[axis], stride[axis], padding[axis], dilation[axis])
                   : backward_axis(result_lengths_[axis], kernel[axis], stride[axis], padding[axis], dilation[axis]);
    for (size_t axis = 0; axis < 3; ++axis) {
      phases_[axis] = axes_[axis].phases;
      counts_[axis] = axes_[axis].starts[0].count;  // no start has more
    }
    direct_ = forward_ || (axes_[0].step == 1 && axes_[1].step == 1 && axes_[2].step == 1);
    // Rows that are no whole number of vectors are better copied, unless they lie one behind the other.
    in_place_ = image_strides_[2] == 1 && (counts_[2] % fns_.lanes == 0 || counts_[2] == image_strides_[1]);
    for (size_t axis = 0; axis < 3; ++axis)
      in_place_ &= axes_[axis].phases == 1 && axes_[axis].first == 0 &&
                   counts_[axis] + axes_[axis].reach <= image_lengths_[axis];
  }

  /// Tasks: blocks of images or of positions, of groups, and of rows. Their sizes depend on shapes alone.
  void cut(bool has_epilogue) {
    const auto padded = [&](size_t axis, int64_t count) { return count + axes_[axis].reach; };
    const int64_t whole =
        channels_ * volume(phases_) * padded(0, counts_[0]) * padded(1, counts_[1]) * padded(2, counts_[2]) * size_;
    chunk_axis_ = counts_[0] > 1 ? 0 : counts_[1] > 1 ? 1 : 2;
    const int64_t length = std::max<int64_t>(1, counts_[chunk_axis_]);
    chunks_ = std::clamp<int64_t>(ceil_divide(whole, kImageBytes), 1, length);
    chunk_ = ceil_divide(length, chunks_);
    if (chunk_axis_ == 2 && chunks_ > 1) chunk_ = ceil_divide(chunk_, fns_.panel_lanes) * fns_.panel_lanes;
    chunks_ = ceil_divide(length, chunk_);
    const int64_t positions = std::max<int64_t>(1, volume(counts_));
    gapped_ = rows_ < kFewRows && !in_place_ && chunk_axis_ == 1 && counts_[2] % fns_.lanes != 0;
    pitch_ = padded(2, counts_[2]);
    // One row of weights is multiplied by one line of all positions.
    if (rows_ > 1) pitch_ = std::min(pitch_, ceil_divide(counts_[2], fns_.lanes) * fns_.lanes);
    if (chunks_ == 1 && counts_[0] == 1 && !gapped_)
      images_together_ =
          std::clamp<int64_t>(std::min(kPositions / positions, kImageBytes / std::max<int64_t>(1, whole)), 1,
                              std::max<int64_t>(1, images_));
    image_blocks_ = ceil_divide(images_, images_together_);
    const int64_t group_work = rows_ * channels_ * volume(kernel_lengths()) * positions / chunks_ * images_together_;
    groups_together_ = std::clamp<int64_t>(kWork / std::max<int64_t>(1, group_work), 1, op_.groups);
    const int64_t tasks = image_blocks_ * chunks_ * ceil_divide(op_.groups, groups_together_);
    row_blocks_ = 1;
    if (tasks < kTasks)
      row_blocks_ = std::clamp<int64_t>(ceil_divide(kTasks, std::max<int64_t>(1, tasks)), 1,
                                        std::max<int64_t>(1, rows_ / (2 * fns_.tile_rows)));
    straight_out_ = direct_ && images_together_ == 1 && !has_epilogue && !gapped_;

    Triple counts = counts_;
    counts[chunk_axis_] = chunk_;
    for (size_t axis = 0; axis < 3; ++axis)
      padded_lengths_[axis] = in_place_ ? image_lengths_[axis] : padded(axis, counts[axis]);
    padded_channel_ = volume(phases_) * volume(padded_lengths_);
    padded_image_ = channels_ * padded_channel_;
  }

  Triple kernel_lengths() const {
    Triple taps{};
    for (size_t axis = 0; axis < 3; ++axis)
      for (const auto& start : axes_[axis].starts)
        taps[axis] = std::max(taps[axis], static_cast<int64_t>(start.taps.size()));
    return taps;
  }

  /// Distances in the memory that products read: the padded image, or the image itself.
  Triple source_strides() const {
    return in_place_ ? Triple{image_strides_[0], image_strides_[1], 1}
                     : Triple{padded_lengths_[1] * padded_lengths_[2], padded_lengths_[2], 1};
  }

  void plan_jobs(const Tensor& weight) {
    const Triple weight_strides = of_three(std::span<const int64_t>(weight.strides).subspan(2), 0);
    const Triple strides = source_strides();
    const int64_t channel = in_place_ ? channel_stride_ : padded_channel_;
    weight_row_ = weight.strides[forward_ ? 0 : 1];
    const int64_t weight_channel = weight.strides[forward_ ? 1 : 0];
    weight_group_ = weight.strides[0] * weight.shape[0] / op_.groups;
    Triple s;
    for (s[0] = 0; s[0] < static_cast<int64_t>(axes_[0].starts.size()); ++s[0])
      for (s[1] = 0; s[1] < static_cast<int64_t>(axes_[1].starts.size()); ++s[1])
        for (s[2] = 0; s[2] < static_cast<int64_t>(axes_[2].starts.size()); ++s[2]) {
          const auto start = [&](size_t axis) -> const AxisPlan::Start& {
            return axes_[axis].starts[static_cast<size_t>(s[axis])];
          };
          Job job{s, {start(0).count, start(1).count, start(2).count}, {}, {}, {}, {}};
          if (volume(job.counts) == 0) continue;
          const auto add = [&](int64_t c, const Tap& d, const Tap& y) {
            for (const Tap& x : start(2).taps) {
              const int64_t phase = (d.phase * phases_[1] + y.phase) * phases_[2] + x.phase;
              job.image_offsets.push_back(c * channel + phase * volume(padded_lengths_) + d.offset * strides[0] +
                                          y.offset * strides[1] + x.offset);
              job.weight_offsets.push_back(c * weight_channel + d.element * weight_strides[0] +
                                           y.element * weight_strides[1] + x.element * weight_strides[2]);
            }
          };
          if (gapped_ && start(0).taps.size() == 1) {
            // What lines see of the padding is left out.
            for (const Tap& y : start(1).taps)
              for (int64_t c = 0; c < channels_; ++c) add(c, start(0).taps[0], y);
            job.line_depths = line_depths(start(1), channels_ * static_cast<int64_t>(start(2).taps.size()));
          } else {
            for (int64_t c = 0; c < channels_; ++c)
              for (const Tap& d : start(0).taps)
                for (const Tap& y : start(1).taps) add(c, d, y);
          }
          job.weights_at = group_weights_;
          group_weights_ += rows_ * static_cast<int64_t>(job.weight_offsets.size());
          jobs_.push_back(std::move(job));
        }
  }

  /// From where to where each line of results sees the image, where taps follow one another with `depth` products each.
  std::vector<int64_t> line_depths(const AxisPlan::Start& start, int64_t depth) const {
    std::vector<int64_t> depths;
    for (int64_t line = 0; line < start.count; ++line) {
      int64_t begin = 0, end = 0;
      for (size_t i = 0; i < start.taps.size(); ++i) {
        const Tap& tap = start.taps[i];
        const int64_t seen = axes_[1].first + (line + tap.offset) * phases_[1] + tap.phase;
        if (seen < 0 || seen >= image_lengths_[1]) continue;
        if (end == 0) begin = static_cast<int64_t>(i) * depth;
        end = static_cast<int64_t>(i + 1) * depth;
      }
      depths.insert(depths.end(), {begin, end});
    }
    return depths;
  }

  std::pair<int64_t, int64_t> rows_of(int64_t block) const {
    return {block * rows_ / row_blocks_, (block + 1) * rows_ / row_blocks_};
  }

  Ref<Buffer> pack_weights(const void* weight) const {
    Ref<Buffer> packed =
        Buffer::allocate(static_cast<size_t>(std::max<int64_t>(1, op_.groups * group_weights_) * size_));
    const auto jobs = static_cast<int64_t>(jobs_.size());
    parallel_for(op_.groups * jobs * row_blocks_, [&](int64_t i) {
      const auto [begin, end] = rows_of(i % row_blocks_);
      const Job& job = jobs_[static_cast<size_t>(i / row_blocks_ % jobs)];
      const int64_t group = i / row_blocks_ / jobs, depth = static_cast<int64_t>(job.weight_offsets.size());
      fns_.pack_weights({at(weight, group * weight_group_ + begin * weight_row_), job.weight_offsets.data(), depth,
                         end - begin, weight_row_,
                         at(packed->data(), group * group_weights_ + job.weights_at + begin * depth)});
    });
    return packed;
  }

  const void* at(const void* data, int64_t elements) const {
    return static_cast<const std::byte*>(data) + elements * size_;
  }
  void* at(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  void run_task(const Task& t) const {
    const auto [first_row, last_row] = rows_of(t.row_block);
    const int64_t rows = last_row - first_row;
    std::byte* memory = scratch(Scratch::packed, fns_.panel_bytes + static_cast<size_t>(scratch_elements() * size_));
    const void* image = prepare(t, memory + fns_.panel_bytes);
    const Triple strides = source_strides();
    for (const Job& job : jobs_) {
      Triple counts = job.counts;
      counts[chunk_axis_] = std::min(chunk_, counts[chunk_axis_] - t.begin);
      if (counts[chunk_axis_] <= 0) continue;
      const auto depth = static_cast<int64_t>(job.image_offsets.size());
      const int64_t weights_at = t.group * group_weights_ + job.weights_at + first_row * depth;
      GridProduct product{image,
                          job.image_offsets.data(),
                          depth,
                          counts,
                          strides,
                          in_place_,
                          at(t.weights, weights_at),
                          rows,
                          nullptr,
                          0,
                          memory,
                          job.line_depths.empty() ? nullptr : job.line_depths.data() + 2 * t.begin};
      if (t.images > 1) {
        product.lengths[0] = t.images;
        product.strides[0] = in_place_ ? image_stride_ : padded_image_;
      }
      if (gapped_) product.lengths[2] = pitch_;
      const int64_t positions = counts[0] * counts[1] * product.lengths[2], all = positions * t.images;
      if (straight_out_) {
        product.out = result_at(t, first_row, 0, job);
        product.out_stride = plane_;
        fns_.multiply(product);
        continue;
      }
      product.out = scratch(Scratch::results, static_cast<size_t>(rows * all * size_));
      product.out_stride = all;
      fns_.multiply(product);
      for (int64_t n = 0; n < t.images; ++n) finish(t, job, n, counts, at(product.out, n * positions), all);
    }
  }

  int64_t scratch_elements() const { return in_place_ ? 0 : images_together_ * padded_image_ + behind(); }
  /// Zeros behind the image, which may be read.
  int64_t behind() const { return 4 * fns_.lanes + axes_[2].reach; }

  /// The memory in which products read: a padded copy, unless nothing needs padding.
  const void* prepare(const Task& t, void* padded) const {
    const void* data = t.operands[forward_ ? 0 : 1];
    const int64_t group_at = t.image * image_stride_ + t.group * channels_ * channel_stride_;
    if (in_place_) return at(data, group_at + t.begin * image_strides_[chunk_axis_]);
    Triple first;
    for (size_t axis = 0; axis < 3; ++axis) first[axis] = axes_[axis].first;
    first[chunk_axis_] += t.begin * phases_[chunk_axis_];
    for (int64_t n = 0; n < t.images; ++n)
      fns_.pad({at(data, group_at + n * image_stride_), channels_, channel_stride_, image_lengths_, image_strides_,
                first, phases_, padded_lengths_, at(padded, n * padded_image_), padded_channel_});
    std::fill_n(static_cast<std::byte*>(at(padded, t.images * padded_image_)), behind() * size_, std::byte{0});
    return padded;
  }

  /// The first of a job's results in the plane of a row of an image.
  void* result_at(const Task& t, int64_t row, int64_t image, const Job& job) const {
    Triple first = job.start;
    first[chunk_axis_] += t.begin * axes_[chunk_axis_].step;
    const int64_t inside = (first[0] * result_lengths_[1] + first[1]) * result_lengths_[2] + first[2];
    const int64_t plane = ((t.image + image) * op_.groups + t.group) * rows_ + row;
    return at(t.operands[operand_count_], plane * plane_ + inside);
  }

  /// What was computed into scratch, planes `stride` apart, goes where it belongs.
  void finish(const Task& t, const Job& job, int64_t image, const Triple& counts, const void* result,
              int64_t stride) const {
    const auto [first_row, last_row] = rows_of(t.row_block);
    const int64_t pitch = gapped_ ? pitch_ : counts[2];
    if (epilogue_) {
      Epilogue::Window window{t.image + image, t.group * rows_ + first_row,
                              t.begin * volume(result_lengths_) / chunk_axis_length(), last_row - first_row,
                              gapped_ ? counts[2] : volume(counts)};
      for (int64_t line = 0; line < (gapped_ ? counts[1] : 1); ++line, window.column += counts[2])
        epilogue_->run(window, at(result, line * pitch), stride, t.operands.subspan(operand_count_));
      return;
    }
    for (int64_t row = first_row; row < last_row; ++row, result = at(result, stride)) {
      void* plane = result_at(t, row, image, job);
      const int64_t line = result_lengths_[2] * axes_[1].step;
      for (int64_t d = 0; d < counts[0]; ++d)
        copy_(at(plane, d * axes_[0].step * result_lengths_[1] * result_lengths_[2]), {line, axes_[2].step},
              at(result, d * counts[1] * pitch), {pitch, 1}, counts[1], counts[2]);
    }
  }

  /// Slices of the result along the axis that is cut.
  int64_t chunk_axis_length() const {
    int64_t length = 1;
    for (size_t axis = 0; axis <= chunk_axis_; ++axis) length *= result_lengths_[axis];
    return length;
  }

  OpRef held_;
  const Convolution& op_;
  const ConvolutionFns& fns_;
  void (*copy_)(void*, Window, const void*, Window, int64_t, int64_t);
  int64_t size_;
  bool forward_;
  size_t operand_count_;

  int64_t images_, image_stride_, channel_stride_, channels_, rows_, plane_;
  Triple image_lengths_, image_strides_, result_lengths_;
  AxisPlan axes_[3];
  Triple phases_, counts_;
  bool direct_, in_place_, straight_out_ = false, gapped_ = false;

  size_t chunk_axis_ = 1;
  int64_t chunks_ = 1, chunk_ = 1, images_together_ = 1, image_blocks_ = 1, groups_together_ = 1, row_blocks_ = 1;
  int64_t pitch_;  ///< of lines of results, where they are computed with gaps
  Triple padded_lengths_;
  int64_t padded_channel_, padded_image_;

  int64_t weight_row_, weight_group_, group_weights_ = 0;
  std::vector<Job> jobs_;
  std::optional<Epilogue> epilogue_;
};

}  // namespace

std::unique_ptr<Kernel> make_convolution_product(const KernelStep& step, const Pack& pack) {
  return std::make_unique<ConvolutionProduct>(step, pack);
}

}  // namespace ingot::cpu
