#include "ingot/optim/line_search.h"

#include <algorithm>
#include <cmath>

namespace ingot::optim {

namespace {

constexpr double kSufficientDecrease = 1e-4;

/// Where the cubic through both points, with their slopes, is smallest between `low` and `high`.
double cubic_minimum(const LinePoint& one, const LinePoint& other, double low, double high) {
  const auto& [left, right] = std::minmax(one, other, [](auto& a, auto& b) { return a.step < b.step; });
  const double mid = left.slope + right.slope - 3 * (left.value - right.value) / (left.step - right.step);
  const double discriminant = mid * mid - left.slope * right.slope;
  if (!(discriminant >= 0)) return (low + high) / 2;
  const double root = std::sqrt(discriminant);
  const double part = (right.slope + root - mid) / (right.slope - left.slope + 2 * root);
  return std::clamp(right.step - (right.step - left.step) * part, low, high);
}

}  // namespace

LineSearchResult strong_wolfe(const std::function<LinePoint(double step)>& at, const LinePoint& start, double first,
                              double smallest, int64_t most, double curvature) {
  const auto too_high = [&](const LinePoint& point) {
    return point.value > start.value + kSufficientDecrease * point.step * start.slope;
  };
  const auto flat_enough = [&](const LinePoint& point) { return std::abs(point.slope) <= -curvature * start.slope; };

  // Walk until a minimum lies between two points.
  LinePoint before = start, now = at(first);
  int64_t evaluations = 1, round = 0;
  bool bracketed = false;
  for (; round < most && !bracketed; ++round) {
    if (too_high(now) || (round > 1 && now.value >= before.value)) {
      bracketed = true;
      break;
    }
    if (flat_enough(now)) return {now, evaluations};
    if (now.slope >= 0) {
      bracketed = true;
      break;
    }
    const double next = cubic_minimum(before, now, now.step + 0.01 * (now.step - before.step), now.step * 10);
    before = std::exchange(now, at(next));
    ++evaluations;
  }
  if (!bracketed) before = start;

  // Narrow it down. `best` has the lower value of the two ends.
  LinePoint best = before, other = now;
  if (other.value < best.value) std::swap(best, other);
  bool was_near_an_end = false;
  for (; round < most; ++round) {
    const auto [low, high] = std::minmax(best.step, other.step);
    if (high - low < smallest) break;
    double step = cubic_minimum(best, other, low, high);
    // A step close to an end hardly narrows: once that may be right, then it is moved inwards.
    const double margin = 0.1 * (high - low);
    if (std::min(high - step, step - low) < margin) {
      if (was_near_an_end || step >= high || step <= low) {
        step = high - step < step - low ? high - margin : low + margin;
        was_near_an_end = false;
      } else {
        was_near_an_end = true;
      }
    } else {
      was_near_an_end = false;
    }
    now = at(step);
    ++evaluations;
    if (too_high(now) || now.value >= best.value) {
      other = now;
      continue;
    }
    if (flat_enough(now)) return {now, evaluations};
    if (now.slope * (other.step - best.step) >= 0) other = best;
    best = now;
  }
  return {best, evaluations};
}

}  // namespace ingot::optim
