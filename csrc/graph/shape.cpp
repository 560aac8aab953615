#include "ingot/graph/shape.h"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "ingot/graph/error.h"

namespace ingot {

int64_t element_count(const Shape& shape) {
  int64_t count = 1;
  bool empty = false;
  for (int64_t length : shape) {
    if (length < 0) throw ShapeError("a shape cannot have a negative length, got ", shape);
    if (length == 0) empty = true;
    // An empty axis does not excuse the others: their product must still be a number that strides can hold.
    if (length > 1 && __builtin_mul_overflow(count, length, &count))
      throw ShapeError("shape ", shape, " has more than 2^63 - 1 elements");
  }
  return empty ? 0 : count;
}

Strides contiguous_strides(const Shape& shape) {
  Strides strides(shape.size());
  int64_t step = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    strides[i] = step;
    step *= std::max<int64_t>(shape[i], 1);
  }
  return strides;
}

bool is_contiguous(const Shape& shape, const Strides& strides) {
  int64_t step = 1;
  for (size_t i = shape.size(); i-- > 0;) {
    if (shape[i] == 0) return true;
    if (shape[i] == 1) continue;
    if (strides[i] != step) return false;
    step *= shape[i];
  }
  return true;
}

Shape broadcast_shapes(const Shape& a, const Shape& b, const char* op) {
  if (a == b) return a;
  Shape out(std::max(a.size(), b.size()));
  for (size_t back = 1; back <= out.size(); ++back) {
    const int64_t x = back <= a.size() ? a[a.size() - back] : 1;
    const int64_t y = back <= b.size() ? b[b.size() - back] : 1;
    if (x != y && x != 1 && y != 1)
      throw ShapeError(op, ": shapes ", a, " and ", b, " do not broadcast: axis -", back, " has lengths ", x, " and ",
                       y, "; they must be equal, or one of them 1");
    out[out.size() - back] = x == 1 ? y : x;
  }
  return out;
}

Strides broadcast_strides(const Shape& from, const Strides& strides, const Shape& to) {
  Strides out(to.size(), 0);
  const size_t lead = to.size() - from.size();
  for (size_t i = 0; i < from.size(); ++i) out[lead + i] = from[i] == 1 ? 0 : strides[i];
  return out;
}

int64_t normalize_axis(int64_t axis, int64_t ndim, const char* op) {
  if (axis < -ndim || axis >= ndim) {
    if (ndim == 0) throw IndexError(op, ": axis ", axis, " is out of range: a 0-d array has no axes");
    throw IndexError(op, ": axis ", axis, " is out of range for ", ndim, " axes; it must be in [", -ndim, ", ",
                     ndim - 1, "]");
  }
  return axis < 0 ? axis + ndim : axis;
}

Axes normalize_axes(const std::optional<Axes>& axes, int64_t ndim, const char* op) {
  Axes out;
  if (!axes) {
    out.resize(static_cast<size_t>(ndim));
    std::iota(out.begin(), out.end(), 0);
    return out;
  }
  for (int64_t axis : *axes) out.push_back(normalize_axis(axis, ndim, op));
  std::sort(out.begin(), out.end());
  if (std::adjacent_find(out.begin(), out.end()) != out.end())
    throw ValueError(op, ": axes ", *axes, " name an axis twice");
  return out;
}

Shape reduced_shape(const Shape& shape, const Axes& axes, bool keepdims) {
  Shape out;
  for (size_t i = 0; i < shape.size(); ++i) {
    const bool reduced = std::find(axes.begin(), axes.end(), static_cast<int64_t>(i)) != axes.end();
    if (!reduced)
      out.push_back(shape[i]);
    else if (keepdims)
      out.push_back(1);
  }
  return out;
}

std::optional<Strides> reshape_strides(const Shape& from, const Strides& strides, const Shape& to) {
  if (is_contiguous(from, strides)) return contiguous_strides(to);
  if (element_count(from) == 0) return contiguous_strides(to);

  // Match runs of old axes with runs of new ones that hold the same number of elements; a run of old axes must be
  // evenly spaced.
  Strides out(to.size(), 0);
  size_t i = 0, j = 0;
  while (i < from.size() && j < to.size()) {
    if (from[i] == 1) {
      ++i;
      continue;
    }
    if (to[j] == 1) {
      ++j;
      continue;
    }
    size_t i_end = i + 1, j_end = j + 1;
    int64_t old_count = from[i], new_count = to[j];
    while (old_count != new_count) {
      if (old_count < new_count) {
        if (from[i_end] != 1) {
          // Axes of length 1 have arbitrary strides: compare with the last axis that counts.
          size_t last = i_end - 1;
          while (last > i && from[last] == 1) --last;
          if (strides[last] != strides[i_end] * from[i_end]) return std::nullopt;
        }
        old_count *= from[i_end++];
      } else {
        new_count *= to[j_end++];
      }
    }
    size_t last = i_end - 1;
    while (last > i && from[last] == 1) --last;
    int64_t step = strides[last];
    for (size_t k = j_end; k-- > j;) {
      out[k] = step;
      step *= to[k];
    }
    i = i_end;
    j = j_end;
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const SmallVector<int64_t, 5>& values) {
  out << '(';
  for (size_t i = 0; i < values.size(); ++i) out << (i ? ", " : "") << values[i];
  return out << (values.size() == 1 ? ",)" : ")");
}

}  // namespace ingot
