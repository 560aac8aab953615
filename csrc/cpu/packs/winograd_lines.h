// The transforms of a convolution that is done as Winograd does it along columns only: vectors run along lines.
#pragma once

#include "ingot/cpu/packs/winograd_transforms.h"

namespace ingot::cpu::winograd {

inline void lines(const WinogradLines& p) {
  const auto* plane = static_cast<const T*>(p.in);
  auto* out = static_cast<T*>(p.out);
  for (int64_t i = 0; i < p.planes; ++i, plane += p.plane_stride, out += p.out_stride) {
    for (int64_t tile = 0; tile < p.tiles; ++tile)
      for (int64_t x = 0; x < p.width; x += kWide) {
        const T* from = plane + tile * p.results * p.width + x;
        V d[6], done[6];
        unrolled<6>([&](auto y) INGOT_INLINED { d[y] = load(from + y * p.width); });
        transform_image(d, done);
        unrolled<6>([&](auto f) INGOT_INLINED { store(out + f * p.out_plane + tile * p.width + x, done[f]); });
      }
  }
}

template <int results>
void add_lines_of(const WinogradLineSums& p) {
  const int64_t whole = (p.width - 1) / kWide * kWide;
  const Lanes<T> rest(static_cast<int>(p.width - whole));
  for (int64_t r = 0; r < p.rows; ++r) {
    const T* from = static_cast<const T*>(p.products) + r * p.row_stride;
    T* out = static_cast<T*>(p.out) + r * p.out_row;
    for (int64_t line = 0; line < p.lines; line += results, from += p.width, out += results * p.width) {
      const auto add = [&](int64_t x, auto&& get, auto&& put) INGOT_INLINED {
        V m[6], done[results];
        unrolled<6>([&](auto f) INGOT_INLINED { m[f] = get(from + f * p.plane + x); });
        transform_back(m, done);
        unrolled<results>([&](auto i) INGOT_INLINED {
          T* to = out + i * p.width + x;
          __builtin_prefetch(to + p.out_row, 1);
          if (line + i < p.lines) put(to, done[i]);
        });
      };
      for (int64_t x = 0; x < whole; x += kWide)
        add(
            x, [](const T* at) INGOT_INLINED { return load(at); },
            [](T* to, const V& v) INGOT_INLINED { store(to, v); });
      add(
          whole, [&](const T* at) INGOT_INLINED { return rest.load(at); },
          [&](T* to, const V& v) INGOT_INLINED { rest.store(to, v); });
    }
  }
}

inline void add_lines(const WinogradLineSums& p) {
  (p.results == 2 ? &add_lines_of<2> : p.results == 3 ? &add_lines_of<3> : &add_lines_of<4>)(p);
}

}  // namespace ingot::cpu::winograd
