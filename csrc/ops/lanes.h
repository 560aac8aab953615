// Lanes: what lies along one axis, at each position of the other axes. Scans and sorts work lane by lane.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "ingot/graph/shape.h"
#include "ingot/graph/value.h"

namespace ingot {

/// The lanes of operands that agree in all axes but one, cut into groups of neighbours and groups into tasks.
template <size_t N>
class Lanes {
 public:
  /// `width`: most lanes in a group. `grain`: elements that a task goes through, at least.
  Lanes(const std::array<const Tensor*, N>& operands, int64_t axis, int64_t width, int64_t grain)
      : kept_(operands[0]->shape), width_(std::max<int64_t>(width, 1)) {
    const auto along = static_cast<size_t>(axis);
    int64_t length = 1;
    for (size_t k = 0; k < N; ++k) {
      length = std::max(length, operands[k]->shape[along]);
      steps_[k] = operands[k]->strides[along];
      strides_[k] = operands[k]->strides;
      strides_[k].erase(along);
    }
    kept_.erase(along);
    inner_ = kept_.empty() ? 1 : kept_.back();
    const int64_t lanes = element_count(kept_);
    groups_in_row_ = (inner_ + width_ - 1) / width_;
    groups_ = lanes == 0 ? 0 : lanes / inner_ * groups_in_row_;
    const int64_t elements = std::min(width_, inner_) * length;
    groups_in_task_ = std::max<int64_t>(1, grain / std::max<int64_t>(elements, 1));
  }

  /// Distance between neighbours along the axis.
  int64_t step(size_t operand) const { return steps_[operand]; }
  /// Most lanes in a group.
  int64_t width() const { return width_; }
  int64_t tasks() const { return (groups_ + groups_in_task_ - 1) / groups_in_task_; }

  /// Calls `work(offsets, lane_steps, lanes)` for each group of a task: lane `l` of operand `k` begins at
  /// `offsets[k] + lane_steps[k] * l`.
  template <class Work>
  void for_each_group(int64_t task, Work&& work) const {
    const int64_t end = std::min(groups_, (task + 1) * groups_in_task_);
    for (int64_t group = task * groups_in_task_; group < end; ++group) {
      const int64_t first = group % groups_in_row_ * width_;
      std::array<int64_t, N> offsets{}, lane_steps{};
      for (size_t k = 0; k < N; ++k) {
        lane_steps[k] = kept_.empty() ? 0 : strides_[k].back();
        offsets[k] = first * lane_steps[k];
        int64_t rest = group / groups_in_row_;
        for (size_t i = kept_.size(); i-- > 1;) {
          offsets[k] += rest % kept_[i - 1] * strides_[k][i - 1];
          rest /= kept_[i - 1];
        }
      }
      work(offsets, lane_steps, std::min(width_, inner_ - first));
    }
  }

 private:
  Shape kept_;
  std::array<Strides, N> strides_;
  std::array<int64_t, N> steps_{};
  int64_t width_, inner_ = 1, groups_in_row_ = 1, groups_ = 0, groups_in_task_ = 1;
};

}  // namespace ingot
