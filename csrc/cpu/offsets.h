// Where arrays of indices point to.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/ops/indexing_op.h"

namespace ingot::cpu {

/// The most offsets that a task keeps: as many as leave room in the first-level cache.
inline constexpr int64_t kMostOffsets = 4 * 1024;

class Offsets {
 public:
  /// `x` is indexed along its leading axes, one for each array. `names` are the axes' numbers in messages.
  Offsets(const Tensor& x, std::span<const Tensor> indices, const Axes& names)
      : shape_(indices[0].shape), count_(element_count(shape_)), wide_(indices[0].dtype == DType::int64) {
    for (size_t k = 0; k < indices.size(); ++k)
      arrays_.push_back({indices[k].strides, x.shape[k], x.strides[k], names[k]});
  }

  int64_t count() const { return count_; }

  /// Writes the offsets, in elements, of positions [first, first + count) in row-major order. Throws IndexError.
  void find(std::span<void* const> indices, int64_t first, int64_t count, int64_t* out) const {
    for (size_t k = 0; k < arrays_.size(); ++k) {
      if (wide_)
        add<int64_t>(arrays_[k], indices[k], first, count, out, k == 0);
      else
        add<int32_t>(arrays_[k], indices[k], first, count, out, k == 0);
    }
  }

 private:
  struct Indexed {
    Strides strides;
    int64_t length, stride, name;
  };

  template <class Number>
  void add(const Indexed& array, const void* data, int64_t first, int64_t count, int64_t* out, bool fresh) const {
    const auto* numbers = static_cast<const Number*>(data);
    const int64_t inner = shape_.empty() ? 1 : shape_.back(), step = shape_.empty() ? 0 : array.strides.back();
    if (fresh && step != 0) std::fill_n(out, count, int64_t{0});
    for (int64_t done = 0; done < count;) {
      int64_t rest = (first + done) / inner, at = (first + done) % inner * step;
      const int64_t run = std::min(count - done, inner - (first + done) % inner);
      for (size_t axis = shape_.size(); axis-- > 1;) {
        at += rest % shape_[axis - 1] * array.strides[axis - 1];
        rest /= shape_[axis - 1];
      }
      if (step != 0) {
        add_run(array, numbers + at, step, run, out + done);
      } else {
        const int64_t offset = check_index(numbers[at], array.name, array.length) * array.stride;
        if (fresh)
          std::fill_n(out + done, run, offset);
        else
          for (int64_t i = 0; i < run; ++i) out[done + i] += offset;
      }
      done += run;
    }
  }

  /// Whether all of a run are in range is looked at once, at its end: a check of each would take longer than the rest.
  template <class Number>
  static void add_run(const Indexed& array, const Number* numbers, int64_t step, int64_t count, int64_t* out) {
    const int64_t length = array.length, stride = array.stride;
    bool outside = false;
    for (int64_t i = 0; i < count; ++i) {
      const int64_t given = numbers[i * step], index = given + (given >> 63 & length);
      outside |= static_cast<uint64_t>(index) >= static_cast<uint64_t>(length);
      out[i] += static_cast<int64_t>(static_cast<uint64_t>(index) * static_cast<uint64_t>(stride));
    }
    if (outside)
      for (int64_t i = 0; i < count; ++i) check_index(numbers[i * step], array.name, length);
  }

  Shape shape_;
  int64_t count_;
  bool wide_;
  std::vector<Indexed> arrays_;
};

/// Of the calling thread.
inline int64_t* offset_memory(int64_t count) {
  return reinterpret_cast<int64_t*>(scratch(Scratch::packed, static_cast<size_t>(count) * sizeof(int64_t)));
}

}  // namespace ingot::cpu
