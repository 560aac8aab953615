// What the kernels of depthwise convolutions have in common: how planes are copied, in bands, and in which order the
// elements of a kernel look at the copy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "ingot/cpu/convolution.h"
#include "ingot/cpu/convolution_axes.h"
#include "ingot/cpu/kernels.h"

namespace ingot::cpu {

/// Elements of a kernel, column by column.
struct DepthwiseTaps {
  std::vector<DepthwiseColumn> columns;
  std::vector<int64_t> lines, elements;  ///< of the kernel: its rows and its columns
};

/// Bands of planes with zeros around them.
class DepthwisePlanes {
 public:
  DepthwisePlanes(const Tensor& image, AxisPlan vertical, AxisPlan horizontal, int64_t channels,
                  const DepthwiseFns& fns)
      : fns_(fns),
        vertical_(std::move(vertical)),
        horizontal_(std::move(horizontal)),
        size_(static_cast<int64_t>(size_of(image.dtype))) {
    const Triple lengths = of_three(std::span<const int64_t>(image.shape).subspan(2), 1),
                 strides = of_three(std::span<const int64_t>(image.strides).subspan(2), 0);
    height_ = lengths[1], width_ = lengths[2];
    row_stride_ = strides[1], column_stride_ = strides[2];
    const int64_t seen = (results().count + horizontal_.reach) * horizontal_.phases;
    lead_ = std::clamp<int64_t>(-horizontal_.first, 0, seen);
    count_ = std::clamp<int64_t>(width_ - horizontal_.first, lead_, seen) - lead_;
    // What is copied begins a cache line.
    const int64_t place = lead_ / horizontal_.phases % fns_.lanes;
    shift_ = place == 0 ? 0 : fns_.lanes - place;
    // Whole vectors are written and read.
    const auto vectors = [&](int64_t elements) { return ceil_divide(elements, fns_.lanes) * fns_.lanes; };
    const int64_t last = lead_ / horizontal_.phases + (horizontal_.phases > 1 ? 1 : 0);
    line_ = vectors(shift_ + std::max(last + vectors(ceil_divide(count_, horizontal_.phases)),
                                      vectors(results().count) + horizontal_.reach));
    row_ = horizontal_.phases * line_;
    const int64_t lines = std::max<int64_t>(1, vertical_.starts[0].count);
    const int64_t line_bytes = std::max<int64_t>(1, channels) * vertical_.phases * row_ * size_;
    band_ = std::clamp<int64_t>(kBandBytes / line_bytes, std::min(lines, kLeastLines), lines);
    bands_ = ceil_divide(lines, band_);
    band_ = ceil_divide(lines, bands_);
    bands_ = ceil_divide(lines, band_);
    plane_ = (band_ + vertical_.reach) * vertical_.phases * row_;
  }

  int64_t bands() const { return bands_; }
  int64_t band() const { return band_; }    ///< lines of results, of each vertical start
  int64_t plane() const { return plane_; }  ///< elements of a copied plane
  /// From one line to that which the next line of results looks at.
  int64_t row() const { return vertical_.phases * row_; }
  const AxisPlan& vertical() const { return vertical_; }
  const AxisPlan& horizontal() const { return horizontal_; }

  DepthwiseTaps taps(const AxisPlan::Start& vertical, const AxisPlan::Start& horizontal) const {
    std::vector<Tap> lines = vertical.taps;
    std::sort(lines.begin(), lines.end(),
              [](const Tap& a, const Tap& b) { return a.phase != b.phase ? a.phase < b.phase : a.offset < b.offset; });
    DepthwiseTaps taps;
    for (const Tap& x : horizontal.taps)
      for (size_t i = 0; i < lines.size(); ++i) {
        const Tap& y = lines[i];
        const bool follows = i > 0 && y.phase == lines[i - 1].phase && y.offset == lines[i - 1].offset + 1;
        if (follows && taps.columns.back().taps < fns_.most_taps)
          ++taps.columns.back().taps;
        else
          taps.columns.push_back(
              {1, (y.phase + y.offset * vertical_.phases) * row_ + x.phase * line_ + x.offset + shift_});
        taps.lines.push_back(y.element);
        taps.elements.push_back(x.element);
      }
    return taps;
  }

  /// Zeros, which stay around all planes that are copied into the same memory for the same band.
  void clear(void* planes, int64_t count) const { std::memset(planes, 0, static_cast<size_t>(count * plane_ * size_)); }

  void copy(const void* image, int64_t band, void* plane) const {
    const Visible lines = visible(band);
    if (lines.begin == lines.end || count_ == 0) return;
    fns_.spread({first_seen(image, lines), lines.end - lines.begin, row_stride_, count_, column_stride_,
                 static_cast<std::byte*>(plane) + (lines.begin * row_ + shift_) * size_, row_, lead_,
                 horizontal_.phases, line_});
  }

  /// The memory that `copy` reads, if it is dense.
  std::span<const std::byte> source(const void* image, int64_t band) const {
    const Visible lines = visible(band);
    if (lines.begin == lines.end || column_stride_ != 1 || row_stride_ != width_) return {};
    return {first_seen(image, lines), static_cast<size_t>((lines.end - lines.begin) * width_ * size_)};
  }

 private:
  /// Most bytes of the copied planes that are worked on at once: they stay in the first-level cache.
  static constexpr int64_t kBandBytes = 24 * 1024;
  /// Fewest lines of results of a band, for those that two bands look at are copied twice.
  static constexpr int64_t kLeastLines = 16;

  /// Lines of a copied band that are not outside of the image, and where in the image the band begins.
  struct Visible {
    int64_t begin, end, first;
  };
  Visible visible(int64_t band) const {
    const int64_t lines = std::min(band_, vertical_.starts[0].count - band * band_);
    const int64_t first = vertical_.first + band * band_ * vertical_.phases;
    const int64_t seen = (lines + vertical_.reach) * vertical_.phases;
    const int64_t begin = std::clamp<int64_t>(-first, 0, seen);
    return {begin, std::clamp<int64_t>(height_ - first, begin, seen), first};
  }
  const std::byte* first_seen(const void* image, const Visible& lines) const {
    const int64_t at = (lines.first + lines.begin) * row_stride_ + (horizontal_.first + lead_) * column_stride_;
    return static_cast<const std::byte*>(image) + at * size_;
  }

  const AxisPlan::Start& results() const { return horizontal_.starts[0]; }

  const DepthwiseFns& fns_;
  AxisPlan vertical_, horizontal_;
  int64_t size_;
  int64_t height_, width_, row_stride_, column_stride_;
  int64_t lead_, count_;  ///< of a copied row: zeros before, and elements
  int64_t shift_, line_, row_, plane_;
  int64_t band_, bands_;
};

}  // namespace ingot::cpu
