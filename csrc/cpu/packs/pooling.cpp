#include "ingot/cpu/pooling.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

int64_t volume(const Triple& lengths) { return lengths[0] * lengths[1] * lengths[2]; }

/// The first of the largest numbers wins, and NaN is larger than any. A mask of all bits, or 0: in this form compilers
/// make vectors of it.
int32_t is_better(float value, float best) {
  return -int32_t{value > best} | (-int32_t{value != value} & -int32_t{best == best});
}
float larger(float value, float best) {
  const float number = value > best ? value : best;
  return value != value ? value : number;
}
float masked(float value, int32_t mask) { return std::bit_cast<float>(std::bit_cast<int32_t>(value) & mask); }
/// Without a branch, which would be taken at random.
float selected(int32_t mask, float yes, float no) {
  return std::bit_cast<float>((std::bit_cast<int32_t>(yes) & mask) | (std::bit_cast<int32_t>(no) & ~mask));
}

/// Windows of 2 x 2 side by side, as most networks have them.
bool is_quartering(const PoolPlanes& p) {
  return p.size == Triple{1, 2, 2} && p.stride == Triple{1, 2, 2} && p.padding == Triple{0, 0, 0} &&
         p.dilation == Triple{1, 1, 1} && p.counts[2] > 0 && 2 * p.counts[1] <= p.lengths[1] &&
         2 * p.counts[2] <= p.lengths[2];
}

/// Windows `y` for which element `k` of the window lies inside, along one axis.
struct Reach {
  int64_t begin, end, first;  ///< `first`: the position that window 0 would look at
};
Reach reach(const PoolPlanes& p, size_t axis, int64_t k) {
  const int64_t first = k * p.dilation[axis] - p.padding[axis], stride = p.stride[axis];
  const auto steps = [&](int64_t distance) { return distance <= 0 ? 0 : (distance + stride - 1) / stride; };
  const int64_t end = std::min(p.counts[axis], steps(p.lengths[axis] - first));
  return {std::min(steps(-first), end), end, first};
}

/// Calls `visit(windows, elements, count)` for rows of windows and what element k of each looks at: the offset of the
/// first window of the row, that of the first element, which lie `stride[2]` apart, and their number.
template <class Visit>
void for_each_row(const PoolPlanes& p, Visit&& visit) {
  Triple k;
  for (k[0] = 0; k[0] < p.size[0]; ++k[0])
    for (k[1] = 0; k[1] < p.size[1]; ++k[1])
      for (k[2] = 0; k[2] < p.size[2]; ++k[2]) {
        const Reach d = reach(p, 0, k[0]), y = reach(p, 1, k[1]), x = reach(p, 2, k[2]);
        if (x.begin == x.end) continue;
        for (int64_t i = d.begin; i < d.end; ++i)
          for (int64_t j = y.begin; j < y.end; ++j) {
            const int64_t depth = i * p.stride[0] + d.first, row = j * p.stride[1] + y.first;
            visit((i * p.counts[1] + j) * p.counts[2] + x.begin,
                  (depth * p.lengths[1] + row) * p.lengths[2] + x.begin * p.stride[2] + x.first, x.end - x.begin);
          }
      }
}

/// A number that is known when the loop is compiled.
template <int64_t number>
using Known = std::integral_constant<int64_t, number>;

/// Windows that are worked on at once.
constexpr Known<16> kBlock;
constexpr Known<128> kStage;

/// Rows of 2 x 2 windows, `count` in each, over rows of numbers of which there are two for each row of windows.
struct QuarterRows {
  const float* in;
  int64_t width, count, rows;
};

/// Calls `work` for the rows of windows of all planes.
template <class Work>
void for_quarter_rows(const PoolPlanes& p, Work&& work) {
  const auto* in = static_cast<const float*>(p.in);
  const int64_t planes = p.planes * p.lengths[0], height = p.lengths[1], width = p.lengths[2];
  // Where no row is left over, all planes are one.
  if (height == 2 * p.counts[1]) return work(QuarterRows{in, width, p.counts[2], planes * p.counts[1]}, 0, 0);
  for (int64_t i = 0; i < planes; ++i)
    work(QuarterRows{in + i * height * width, width, p.counts[2], p.counts[1]}, i * height * width,
         i * p.counts[1] * p.counts[2]);
}

/// Calls `block(x)` for blocks of windows that make up [0, count). The last one overlaps the one before it: what is in
/// both is computed twice.
template <class Block>
void for_each_block(int64_t count, Block&& block) {
  for (int64_t x = 0; x + kBlock < count; x += kBlock) block(x);
  block(count - kBlock);
}

/// Calls `stage(y, number)` for some rows of windows after the other, as many as there is memory for.
template <class Count, class Stage>
void for_each_stage(const QuarterRows& q, Count count, Stage&& stage) {
  const int64_t most = kStage / count;
  for (int64_t y = 0; y < q.rows; y += most) stage(y, std::min(most, q.rows - y));
}

/// What windows look at, of rows that are too short for vectors: one behind the other.
struct Staged {
  float above[2 * kStage] = {}, below[2 * kStage] = {};

  template <class Count>
  void load(const QuarterRows& q, int64_t y, int64_t number, Count count) {
    const float* from = q.in + 2 * y * q.width;
    for (int64_t i = 0; i < number; ++i, from += 2 * q.width) {
      std::memcpy(above + 2 * i * count, from, 2 * static_cast<size_t>(count) * sizeof(float));
      std::memcpy(below + 2 * i * count, from + q.width, 2 * static_cast<size_t>(count) * sizeof(float));
    }
  }
  template <class Count>
  void store(float* to, int64_t width, int64_t number, Count count) const {
    for (int64_t i = 0; i < number; ++i, to += 2 * width) {
      std::memcpy(to, above + 2 * i * count, 2 * static_cast<size_t>(count) * sizeof(float));
      std::memcpy(to + width, below + 2 * i * count, 2 * static_cast<size_t>(count) * sizeof(float));
    }
  }
};

/// Calls `f(count)`, with a known number for the usual short rows.
template <class F>
void with_count(int64_t count, F&& f) {
  if (count == 4) return f(Known<4>());
  if (count == 8) return f(Known<8>());
  f(count);
}

template <class Count>
void max_of_block(const float* above, const float* below, float* __restrict out, Count count) {
  for (int64_t x = 0; x < count; ++x) {
    const float upper = larger(above[2 * x + 1], above[2 * x]), lower = larger(below[2 * x + 1], below[2 * x]);
    out[x] = larger(lower, upper);
  }
}

void max_of_quarters(const QuarterRows& q, float* out) {
  if (q.count >= kBlock) {
    for (int64_t y = 0; y < q.rows; ++y, out += q.count)
      for_each_block(q.count, [&](int64_t x) {
        const float* above = q.in + 2 * (y * q.width + x);
        max_of_block(above, above + q.width, out + x, kBlock);
      });
    return;
  }
  with_count(q.count, [&](auto count) {
    Staged seen;
    for_each_stage(q, count, [&](int64_t y, int64_t number) {
      seen.load(q, y, number, count);
      max_of_block(seen.above, seen.below, out + y * count, number * count);
    });
  });
}

template <class Stride>
void max_row(float* best, const float* seen, Stride stride, int64_t count) {
  INGOT_EACH_ALONE
  for (int64_t x = 0; x < count; ++x) best[x] = larger(seen[x * stride], best[x]);
}

template <class Stride>
void sum_row(float* total, const float* seen, Stride stride, int64_t count) {
  INGOT_EACH_ALONE
  for (int64_t x = 0; x < count; ++x) total[x] += seen[x * stride];
}

void max(const PoolPlanes& p) {
  const auto* in = static_cast<const float*>(p.in);
  auto* out = static_cast<float*>(p.out);
  if (is_quartering(p))
    return for_quarter_rows(p,
                            [&](const QuarterRows& q, int64_t, int64_t windows) { max_of_quarters(q, out + windows); });
  for (int64_t i = 0; i < p.planes; ++i, in += volume(p.lengths), out += volume(p.counts)) {
    std::fill_n(out, volume(p.counts), -std::numeric_limits<float>::infinity());
    for_each_row(p, [&](int64_t window, int64_t element, int64_t count) {
      switch (p.stride[2]) {
        case 1:
          return max_row(out + window, in + element, Known<1>(), count);
        case 2:
          return max_row(out + window, in + element, Known<2>(), count);
        default:
          return max_row(out + window, in + element, p.stride[2], count);
      }
    });
  }
}

/// The gradient of `count` windows side by side.
template <class Count>
void max_gradient_of_block(const float* above, const float* below, const float* values, float* __restrict out_above,
                           float* __restrict out_below, Count count) {
  for (int64_t x = 0; x < count; ++x) {
    const float a = above[2 * x], b = above[2 * x + 1], c = below[2 * x], e = below[2 * x + 1], g = values[x];
    const int32_t right_above = is_better(b, a), right_below = is_better(e, c);
    const int32_t is_below = is_better(selected(right_below, e, c), selected(right_above, b, a));
    out_above[2 * x] = masked(g, ~is_below & ~right_above);
    out_above[2 * x + 1] = masked(g, ~is_below & right_above);
    out_below[2 * x] = masked(g, is_below & ~right_below);
    out_below[2 * x + 1] = masked(g, is_below & right_below);
  }
}

void max_gradient_of_quarters(const QuarterRows& q, const float* values, float* out) {
  if (q.count >= kBlock) {
    for (int64_t y = 0; y < q.rows; ++y, values += q.count)
      for_each_block(q.count, [&](int64_t x) {
        const int64_t at = 2 * (y * q.width + x);
        max_gradient_of_block(q.in + at, q.in + at + q.width, values + x, out + at, out + at + q.width, kBlock);
      });
  } else {
    with_count(q.count, [&](auto count) {
      Staged seen, found;
      for_each_stage(q, count, [&](int64_t y, int64_t number) {
        seen.load(q, y, number, count);
        max_gradient_of_block(seen.above, seen.below, values + y * count, found.above, found.below, number * count);
        found.store(out + 2 * y * q.width, q.width, number, count);
      });
    });
  }
  if (2 * q.count < q.width)
    for (int64_t y = 0; y < 2 * q.rows; ++y) std::fill(out + y * q.width + 2 * q.count, out + (y + 1) * q.width, 0.f);
}

/// Adds `value` where the first of the largest elements of window `y` is.
void add_to_largest(const PoolPlanes& p, const Triple& y, const float* in, float value, float* out) {
  Triple begin, end;
  for (size_t axis = 0; axis < 3; ++axis) {
    const int64_t step = p.dilation[axis];
    begin[axis] = y[axis] * p.stride[axis] - p.padding[axis];
    end[axis] = std::min(begin[axis] + (p.size[axis] - 1) * step + 1, p.lengths[axis]);
    if (begin[axis] < 0) begin[axis] += (step - 1 - begin[axis]) / step * step;
  }
  int64_t place = -1;
  for (int64_t d = begin[0]; d < end[0]; d += p.dilation[0])
    for (int64_t row = begin[1]; row < end[1]; row += p.dilation[1])
      for (int64_t x = begin[2]; x < end[2]; x += p.dilation[2]) {
        const int64_t at = (d * p.lengths[1] + row) * p.lengths[2] + x;
        if (place < 0 || is_better(in[at], in[place]) != 0) place = at;
      }
  if (place >= 0) out[place] += value;
}

void max_gradient(const PoolPlanes& p) {
  const auto* in = static_cast<const float*>(p.in);
  const auto* values = static_cast<const float*>(p.values);
  auto* out = static_cast<float*>(p.out);
  if (is_quartering(p))
    return for_quarter_rows(p, [&](const QuarterRows& q, int64_t elements, int64_t windows) {
      max_gradient_of_quarters(q, values + windows, out + elements);
      if (const int64_t left = p.lengths[1] - 2 * p.counts[1]; left > 0)
        std::fill_n(out + elements + 2 * q.rows * q.width, left * q.width, 0.f);
    });
  const int64_t plane = volume(p.lengths), windows = volume(p.counts);
  for (int64_t i = 0; i < p.planes; ++i, in += plane, values += windows, out += plane) {
    std::fill_n(out, plane, 0.f);
    const float* value = values;
    Triple y;
    for (y[0] = 0; y[0] < p.counts[0]; ++y[0])
      for (y[1] = 0; y[1] < p.counts[1]; ++y[1])
        for (y[2] = 0; y[2] < p.counts[2]; ++y[2]) add_to_largest(p, y, in, *value++, out);
  }
}

void sum(const PoolPlanes& p) {
  const auto* in = static_cast<const float*>(p.in);
  auto* out = static_cast<float*>(p.out);
  for (int64_t i = 0; i < p.planes; ++i, in += volume(p.lengths), out += volume(p.counts)) {
    std::fill_n(out, volume(p.counts), 0.f);
    for_each_row(p, [&](int64_t window, int64_t element, int64_t count) {
      switch (p.stride[2]) {
        case 1:
          return sum_row(out + window, in + element, Known<1>(), count);
        case 2:
          return sum_row(out + window, in + element, Known<2>(), count);
        default:
          return sum_row(out + window, in + element, p.stride[2], count);
      }
    });
  }
}

void sum_gradient(const PoolPlanes& p) {
  const auto* values = static_cast<const float*>(p.in);
  auto* out = static_cast<float*>(p.out);
  for (int64_t i = 0; i < p.planes; ++i, values += volume(p.counts), out += volume(p.lengths)) {
    std::fill_n(out, volume(p.lengths), 0.f);
    for_each_row(p, [&](int64_t window, int64_t element, int64_t count) {
      const float* value = values + window;
      float* seen = out + element;
      INGOT_EACH_ALONE
      for (int64_t x = 0; x < count; ++x) seen[x * p.stride[2]] += value[x];
    });
  }
}

constexpr PoolingFns kPooling{&max, &max_gradient, &sum, &sum_gradient};

}  // namespace

void add_pooling(Pack& pack) { pack.pooling = &kPooling; }

}  // namespace ingot::cpu
