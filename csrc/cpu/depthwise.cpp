// Convolutions, and their gradients by the input, whose groups make few results of few channels: plane by plane.
#include <algorithm>
#include <optional>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/depthwise_plan.h"
#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/convolution_op.h"

namespace ingot::cpu {
namespace {

/// Multiplications that are worth a task.
constexpr int64_t kWork = 1 << 18;
/// Bytes of results that an epilogue takes at once.
constexpr int64_t kResultBytes = 16 * 1024;
/// More results than this for each plane of the input are better made as a product of matrices.
constexpr int64_t kMostRows = 3;

/// Results that share their weights.
struct Job {
  size_t vertical, horizontal;  ///< starts
  std::vector<DepthwiseColumn> columns;
  std::vector<int64_t> weight_offsets;
};

/// Elements of a kernel of three in the order in which one result sees them, place after place. Where even results see
/// the second one, and odd ones the others, the first at the next place: as they are. Of all other kernels none.
std::vector<int64_t> elements_in_turn(const AxisPlan& axis) {
  const std::vector<Tap>& taps = axis.starts[0].taps;
  if (axis.step == 2) {
    const auto is = [](const Tap& tap, int64_t element, int64_t offset) {
      return tap.element == element && tap.offset == offset;
    };
    const std::vector<Tap>& others = axis.starts[1].taps;
    const bool by_two =
        taps.size() == 1 && others.size() == 2 && is(taps[0], 1, 0) && is(others[0], 0, 1) && is(others[1], 2, 0);
    return by_two ? std::vector<int64_t>{0, 1, 2} : std::vector<int64_t>{};
  }
  if (axis.step > 2 || taps.size() != 3) return {};
  std::vector<int64_t> found(taps.size(), -1);
  for (const Tap& tap : taps)
    if (const auto place = static_cast<size_t>(tap.offset * axis.phases + tap.phase); place < found.size())
      found[place] = tap.element;
  return std::find(found.begin(), found.end(), -1) == found.end() ? found : std::vector<int64_t>{};
}

class DepthwiseConvolution final : public Kernel {
 public:
  DepthwiseConvolution(const KernelStep& step, const Pack& pack)
      : held_(step.op),
        op_(static_cast<const Convolution&>(*held_)),
        fns_(*pack.convolution[step.outputs[0].dtype == DType::float64].depthwise),
        copy_(pack.move[step.outputs[0].dtype == DType::float64 ? 3 : 2].copy),
        size_(static_cast<int64_t>(size_of(step.outputs[0].dtype))),
        forward_(op_.computes == ConvolutionArray::output),
        operand_count_(step.inputs.size()),
        image_(step.inputs[forward_ ? 0 : 1]),
        weight_(step.inputs[forward_ ? 1 : 0]),
        channels_(image_.shape[1] / op_.groups),
        rows_(step.outputs[0].shape[1] / op_.groups),
        lengths_(of_three(std::span<const int64_t>(step.outputs[0].shape).subspan(2), 1)),
        planes_(image_, axis(1), axis(2), channels_, fns_) {
    plan_jobs();
    plan_lines();
    const int64_t work = rows_ * deepest_ * planes_.vertical().step * planes_.horizontal().step * planes_.band() *
                         planes_.horizontal().starts[0].count;
    all_ = image_.shape[0] * op_.groups;
    together_ = std::clamp<int64_t>(kWork / std::max<int64_t>(1, work), 1, std::max<int64_t>(1, all_));
    pitch_ = ceil_divide(planes_.horizontal().starts[0].count, fns_.lanes) * fns_.lanes;
    if (step.epilogue) {
      epilogue_.emplace(*step.epilogue, pack, 1, 1);
      flushed_ = std::clamp<int64_t>(kResultBytes / std::max<int64_t>(1, rows_ * planes_.band() * lengths_[2] * size_),
                                     1, together_);
    }
  }

  void run(std::span<void* const> operands) const override {
    if (all_ * rows_ * lengths_[1] * lengths_[2] == 0) return;
    parallel_for(ceil_divide(all_, together_) * planes_.bands(), [&](int64_t task) {
      const int64_t first = task / planes_.bands() * together_;
      run_task(operands, task % planes_.bands(), first, std::min(all_, first + together_));
    });
  }

 private:
  AxisPlan axis(size_t i) const {
    const int64_t kernel = of_three(std::span<const int64_t>(weight_.shape).subspan(2), 1)[i],
                  stride = of_three(op_.stride, 1)[i], padding = of_three(op_.padding, 0)[i],
                  dilation = of_three(op_.dilation, 1)[i];
    return forward_ ? forward_axis(lengths_[i], kernel, stride, padding, dilation)
                    : backward_axis(lengths_[i], kernel, stride, padding, dilation);
  }

  void plan_jobs() {
    const Triple strides = of_three(std::span<const int64_t>(weight_.strides).subspan(2), 0);
    const int64_t channel = weight_.strides[forward_ ? 1 : 0];
    const auto &vertical = planes_.vertical().starts, &horizontal = planes_.horizontal().starts;
    for (size_t y = 0; y < vertical.size(); ++y)
      for (size_t x = 0; x < horizontal.size(); ++x) {
        const DepthwiseTaps taps = planes_.taps(vertical[y], horizontal[x]);
        Job job{y, x, {}, {}};
        for (int64_t c = 0; c < channels_; ++c) {
          for (const DepthwiseColumn& column : taps.columns)
            job.columns.push_back({column.taps, column.offset + c * planes_.plane()});
          for (size_t k = 0; k < taps.lines.size(); ++k)
            job.weight_offsets.push_back(c * channel + taps.lines[k] * strides[1] + taps.elements[k] * strides[2]);
        }
        deepest_ = std::max(deepest_, static_cast<int64_t>(job.weight_offsets.size()));
        jobs_.push_back(std::move(job));
      }
  }

  /// Kernels of 3 x 3 elements see the lines of the image where they lie.
  void plan_lines() {
    const AxisPlan &vertical = planes_.vertical(), &horizontal = planes_.horizontal();
    if (fns_.multiply_lines == nullptr || channels_ != 1 || image_.strides.back() != 1) return;
    const std::vector<int64_t> rows = elements_in_turn(vertical), columns = elements_in_turn(horizontal);
    if (rows.empty() || columns.empty() || vertical.phases != horizontal.phases || vertical.step != horizontal.step)
      return;
    if (horizontal.first != (horizontal.step == 1 ? -1 : 0) || horizontal.phases > 2) return;
    const Triple strides = of_three(std::span<const int64_t>(weight_.strides).subspan(2), 0);
    for (const int64_t y : rows)
      for (const int64_t x : columns) line_weights_.push_back(y * strides[1] + x * strides[2]);
  }

  const void* at(const void* data, int64_t elements) const {
    return static_cast<const std::byte*>(data) + elements * size_;
  }
  void* at(void* data, int64_t elements) const { return static_cast<std::byte*>(data) + elements * size_; }

  /// A band of some planes.
  struct Task {
    std::span<void* const> operands;
    int64_t band, line, lines;  ///< `line` is the first of `lines` lines of results
    void *padded, *gathered;
    void* results;
  };

  void run_task(std::span<void* const> operands, int64_t band, int64_t first, int64_t last) const {
    const int64_t step = planes_.vertical().step, line = band * planes_.band() * step;
    const int64_t lines = std::min(lengths_[1], line + planes_.band() * step) - line;
    const int64_t padded = channels_ * planes_.plane();
    std::byte* memory =
        scratch(Scratch::packed, static_cast<size_t>((std::max(padded, image_.shape.back()) + deepest_) * size_));
    const int64_t staged =
        epilogue_ ? flushed_ * rows_ * lines * lengths_[2] : planes_.horizontal().step * planes_.band() * pitch_;
    const Task t{operands,
                 band,
                 line,
                 lines,
                 memory,
                 at(memory, padded),
                 scratch(Scratch::results, static_cast<size_t>((staged + fns_.lanes) * size_))};
    if (line_weights_.empty())
      planes_.clear(memory, channels_);
    else
      std::fill_n(memory, static_cast<size_t>(image_.shape.back() * size_), std::byte{0});
    for (int64_t plane = first; plane < last;) {
      const int64_t image = plane / op_.groups, group = plane % op_.groups;
      if (!epilogue_) {
        run_plane(t, image, group, at(operands[operand_count_], (plane * rows_ * lengths_[1] + line) * lengths_[2]),
                  lengths_[1] * lengths_[2]);
        ++plane;
        continue;
      }
      const int64_t count = std::min({flushed_, last - plane, op_.groups - group}), part = lines * lengths_[2];
      for (int64_t i = 0; i < count; ++i) run_plane(t, image, group + i, at(t.results, i * rows_ * part), part);
      epilogue_->run({image, group * rows_, line * lengths_[2], count * rows_, part}, t.results, part,
                     operands.subspan(operand_count_));
      plane += count;
    }
  }

  /// The results of one group of an image; from one of its planes to the next it is `stride`.
  void run_plane(const Task& t, int64_t image, int64_t group, void* out, int64_t stride) const {
    const void* in = at(static_cast<const void*>(t.operands[forward_ ? 0 : 1]),
                        image * image_.strides[0] + group * channels_ * image_.strides[1]);
    for (int64_t c = 0; c < channels_ && line_weights_.empty(); ++c)
      planes_.copy(at(in, c * image_.strides[1]), t.band, at(t.padded, c * planes_.plane()));
    const int64_t weight_group = weight_.strides[0] * weight_.shape[0] / op_.groups;
    std::span<const std::byte> ahead = planes_.source(at(in, channels_ * image_.strides[1]), t.band);
    for (int64_t row = 0; row < rows_; ++row, ahead = {}) {
      const void* weight = at(static_cast<const void*>(t.operands[forward_ ? 1 : 0]),
                              group * weight_group + row * weight_.strides[forward_ ? 0 : 1]);
      if (line_weights_.empty())
        run_row(t, weight, at(out, row * stride), ahead);
      else
        run_lines(t, in, weight, at(out, row * stride));
    }
  }

  void run_lines(const Task& t, const void* in, const void* weight, void* out) const {
    const Triple lengths = of_three(std::span<const int64_t>(image_.shape).subspan(2), 1),
                 strides = of_three(std::span<const int64_t>(image_.strides).subspan(2), 0);
    const AxisPlan &vertical = planes_.vertical(), &horizontal = planes_.horizontal();
    const bool transposed = horizontal.step == 2;
    const int64_t seen = transposed ? ceil_divide(lengths_[2], 2) + 1 : (lengths_[2] - 1) * horizontal.phases + 2;
    fns_.multiply_lines({in, lengths[1], std::min(lengths[2], seen), strides[1],
                         vertical.first + t.line * vertical.phases / vertical.step, vertical.phases, weight,
                         line_weights_.data(), t.lines, lengths_[2], out, lengths_[2], t.padded, transposed});
  }

  /// The results of one channel. Meanwhile memory is asked for what is `ahead`.
  void run_row(const Task& t, const void* weight, void* out, std::span<const std::byte> ahead) const {
    const auto& horizontal = planes_.horizontal();
    const int64_t step = planes_.vertical().step, part = planes_.band() * pitch_;
    for (const Job& job : jobs_) {
      const auto start = static_cast<int64_t>(job.vertical);
      const int64_t lines = start < t.lines ? ceil_divide(t.lines - start, step) : 0;
      const int64_t width = horizontal.starts[job.horizontal].count;
      void* target = at(out, start * lengths_[2]);
      void* direct = horizontal.step == 1 ? target : at(t.results, static_cast<int64_t>(job.horizontal) * part);
      if (lines > 0 && width > 0)
        fns_.multiply({t.padded, planes_.row(), job.columns.data(), static_cast<int64_t>(job.columns.size()), weight,
                       job.weight_offsets.data(), static_cast<int64_t>(job.weight_offsets.size()), t.gathered, lines,
                       width, direct, horizontal.step == 1 ? step * lengths_[2] : pitch_, ahead.data(),
                       static_cast<int64_t>(ahead.size())});
      ahead = {};
      if (lines > 0 && horizontal.step > 1 && job.horizontal + 1 == horizontal.starts.size())
        interleave(t.results, part, lines, target);
    }
  }

  /// Puts together the lines of all horizontal starts.
  void interleave(const void* parts, int64_t part, int64_t lines, void* out) const {
    const int64_t row = planes_.vertical().step * lengths_[2], step = planes_.horizontal().step;
    if (step == 2) return fns_.zip({parts, at(parts, part), pitch_, lines, lengths_[2], out, row});
    for (int64_t start = 0; start < step; ++start)
      copy_(at(out, start), {row, step}, at(parts, start * part), {pitch_, 1}, lines,
            planes_.horizontal().starts[static_cast<size_t>(start)].count);
  }

  OpRef held_;
  const Convolution& op_;
  const DepthwiseFns& fns_;
  void (*copy_)(void*, Window, const void*, Window, int64_t, int64_t);
  int64_t size_;
  bool forward_;
  size_t operand_count_;
  Tensor image_, weight_;
  int64_t channels_, rows_;  ///< of a group: planes that are read, and planes of results
  Triple lengths_;           ///< of the result
  DepthwisePlanes planes_;
  std::vector<Job> jobs_;
  std::vector<int64_t> line_weights_;  ///< if lines are read where they lie
  int64_t deepest_ = 0;                ///< most weights of a job
  int64_t all_, together_;             ///< groups of all images, and those of a task
  int64_t pitch_, flushed_ = 0;        ///< of lines that are put together; groups that an epilogue takes at once
  std::optional<Epilogue> epilogue_;
};

}  // namespace

bool depthwise_pays(const KernelStep& step) {
  const auto& op = static_cast<const Convolution&>(*step.op);
  if (of_three(op.padding, 0)[0] != 0) return false;
  const auto shape = [&](ConvolutionArray which) -> const Shape& {
    return op.array(which, step.inputs, step.outputs[0]).shape;
  };
  const Shape &input = shape(ConvolutionArray::input), &weight = shape(ConvolutionArray::weight),
              &output = shape(ConvolutionArray::output);
  for (const Shape* each : {&input, &weight, &output})
    if (of_three(std::span<const int64_t>(*each).subspan(2), 1)[0] != 1) return false;
  const int64_t taps = element_count(Shape(weight.begin() + 2, weight.end()));
  return taps > 1 && weight[1] == 1 && output[1] <= kMostRows * op.groups;
}

std::unique_ptr<Kernel> make_depthwise(const KernelStep& step, const Pack& pack) {
  return std::make_unique<DepthwiseConvolution>(step, pack);
}

}  // namespace ingot::cpu
