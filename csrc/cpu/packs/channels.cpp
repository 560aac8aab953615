#include "ingot/cpu/channels.h"

#include <algorithm>
#include <vector>

#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

/// Partial sums side by side, which the compiler turns into vectors.
constexpr int kSide = 64;
/// Elements that are added up in float32 before they go on in float64.
constexpr int64_t kShort = 1024;

/// Sums of differences from a shift, and of their squares. One pass suffices where the shift is near the mean: then
/// little is lost when the square of the mean is taken from the mean of the squares.
struct Sums {
  double first = 0, second = 0;

  void add(const float* x, int64_t count, float shift) {
    float ones[kSide] = {}, squares[kSide] = {};
    int64_t i = 0;
    for (; i + kSide <= count; i += kSide)
      for (int j = 0; j < kSide; ++j) {
        const float difference = x[i + j] - shift;
        ones[j] += difference;
        squares[j] += difference * difference;
      }
    for (int j = 0; i + j < count; ++j) {
      const float difference = x[i + j] - shift;
      ones[j] += difference;
      squares[j] += difference * difference;
    }
    for (int step = kSide / 2; step > 0; step /= 2)
      for (int j = 0; j < step; ++j) {
        ones[j] += ones[j + step];
        squares[j] += squares[j + step];
      }
    first += ones[0];
    second += squares[0];
  }
  void add(float x, float shift) {
    const float difference = x - shift;
    first += difference;
    second += difference * difference;
  }

  void finish(int64_t count, float shift, float* mean, float* variance) const {
    const double share = 1.0 / static_cast<double>(count), offset = first * share;
    const double rest = second * share - offset * offset;
    *mean = static_cast<float>(shift + offset);
    *variance = rest < 0 ? 0 : static_cast<float>(rest);  // NaN stays
  }
};

float mean_of(const float* x, int64_t count) {
  double sum = 0;
  for (int64_t i = 0; i < count; ++i) sum += x[i];
  return static_cast<float>(sum / static_cast<double>(count));
}

void moments(const ChannelBlock& b) {
  const auto* in = static_cast<const float*>(b.in) + b.first * b.plane;
  auto* mean = static_cast<float*>(b.mean) + b.first;
  auto* variance = static_cast<float*>(b.variance) + b.first;
  const int64_t image = b.all_channels * b.plane;
  std::vector<Sums> sums(static_cast<size_t>(b.channels));
  std::vector<float> shifts(static_cast<size_t>(b.channels));
  // Near the mean: that of a few elements of the first and of the last image.
  const int64_t few = std::min<int64_t>(b.plane, 16);
  for (int64_t c = 0; c < b.channels; ++c) {
    const float* plane = in + c * b.plane;
    shifts[c] = 0.5f * (mean_of(plane, few) + mean_of(plane + (b.images - 1) * image, few));
  }
  for (int64_t n = 0; n < b.images; ++n) {
    const float* x = in + n * image;
    if (b.plane == 1) {
      for (int64_t c = 0; c < b.channels; ++c) sums[c].add(x[c], shifts[c]);
      continue;
    }
    for (int64_t c = 0; c < b.channels; ++c, x += b.plane)
      for (int64_t at = 0; at < b.plane; at += kShort) sums[c].add(x + at, std::min(kShort, b.plane - at), shifts[c]);
  }
  for (int64_t c = 0; c < b.channels; ++c) sums[c].finish(b.images * b.plane, shifts[c], mean + c, variance + c);
}

constexpr ChannelFns kChannels{&moments};

}  // namespace

void add_channels(Pack& pack) { pack.channels = &kChannels; }

}  // namespace ingot::cpu
