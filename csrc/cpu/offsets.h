// Where arrays of indices point to.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/pack.h"
#include "ingot/ops/indexing_op.h"

namespace ingot::cpu {

/// The most offsets that a task keeps: as many as leave room in the first-level cache.
inline constexpr int64_t kMostOffsets = 4 * 1024;

class Offsets {
 public:
  /// `x` is indexed along its leading axes, one for each array. `names` are the axes' numbers in messages.
  Offsets(const Tensor& x, std::span<const Tensor> indices, const Axes& names, const Pack& pack)
      : count_(element_count(indices[0].shape)),
        wide_(indices[0].dtype == DType::int64),
        find_run_(pack.offsets[wide_]) {
    for (size_t k = 0; k < indices.size(); ++k) arrays_.push_back({{}, x.shape[k], x.strides[k], names[k]});
    // Axes that lie evenly in every array are one: lines are the longer.
    const Shape& shape = indices[0].shape;
    for (size_t axis = 0; axis < shape.size(); ++axis) {
      if (shape[axis] == 1) continue;
      bool joins = !shape_.empty();
      for (size_t k = 0; k < indices.size() && joins; ++k)
        joins = arrays_[k].strides.back() == indices[k].strides[axis] * shape[axis];
      if (joins)
        shape_.back() *= shape[axis];
      else
        shape_.push_back(shape[axis]);
      for (size_t k = 0; k < indices.size(); ++k) {
        if (joins)
          arrays_[k].strides.back() = indices[k].strides[axis];
        else
          arrays_[k].strides.push_back(indices[k].strides[axis]);
      }
    }
  }

  int64_t count() const { return count_; }

  /// Writes the offsets, in elements, of positions [first, first + count) in row-major order. Throws IndexError.
  void find(std::span<void* const> indices, int64_t first, int64_t count, int64_t* out) const {
    if (wide_)
      find_lines<int64_t>(indices, first, count, out);
    else
      find_lines<int32_t>(indices, first, count, out);
  }

 private:
  struct Indexed {
    Strides strides;
    int64_t length, stride, name;
  };

  template <class Number>
  void find_lines(std::span<void* const> indices, int64_t first, int64_t count, int64_t* out) const {
    const int64_t line = shape_.empty() ? 1 : shape_.back();
    for (int64_t done = 0; done < count;) {
      const int64_t begin = (first + done) % line, run = std::min(count - done, line - begin);
      // Indices that are the same all along the line are added up beforehand.
      int64_t base = 0;
      bool varies = false;
      for (const bool varying : {false, true}) {
        for (size_t k = 0; k < arrays_.size(); ++k) {
          const Indexed& array = arrays_[k];
          const int64_t step = shape_.empty() ? 0 : array.strides.back();
          if ((step != 0) != varying) continue;
          const Number* numbers = static_cast<const Number*>(indices[k]) + begin * step;
          int64_t rest = (first + done) / line;
          for (size_t axis = shape_.size(); axis-- > 1;) {
            numbers += rest % shape_[axis - 1] * array.strides[axis - 1];
            rest /= shape_[axis - 1];
          }
          if (!varying)
            base += check_index(*numbers, array.name, array.length) * array.stride;
          else
            find_run(array, numbers, step, run, {array.length, array.stride, base, std::exchange(varies, true)},
                     out + done);
        }
      }
      if (!varies) std::fill_n(out + done, run, base);
      done += run;
    }
  }

  /// The pack takes indices side by side; others are brought together, some at a time.
  template <class Number>
  void find_run(const Indexed& array, const Number* numbers, int64_t step, int64_t count, const IndexedAxis& axis,
                int64_t* out) const {
    constexpr int64_t kTogether = 256;
    Number side_by_side[kTogether];
    for (int64_t first = 0; first < count; first += step == 1 ? count : kTogether) {
      const int64_t some = step == 1 ? count : std::min(kTogether, count - first);
      const Number* run = numbers;
      if (step != 1) {
        for (int64_t i = 0; i < some; ++i) side_by_side[i] = numbers[(first + i) * step];
        run = side_by_side;
      }
      if (find_run_(out + first, run, some, axis)) continue;
      for (int64_t i = 0; i < some; ++i) check_index(run[i], array.name, array.length);
    }
  }

  Shape shape_;
  int64_t count_;
  bool wide_;
  OffsetsFn find_run_;
  std::vector<Indexed> arrays_;
};

/// Of the calling thread.
inline int64_t* offset_memory(int64_t count) {
  return reinterpret_cast<int64_t*>(scratch(Scratch::packed, static_cast<size_t>(count) * sizeof(int64_t)));
}

}  // namespace ingot::cpu
