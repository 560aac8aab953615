// Steps along a line that decrease a function enough.
#pragma once

#include <functional>

#include "ingot/graph/array.h"

namespace ingot::optim {

/// A point on the line: how far along it lies, the function there, its slope along the line, and its gradient.
struct LinePoint {
  double step = 0;
  double value = 0;
  double slope = 0;
  Array gradient;
};

struct LineSearchResult {
  LinePoint point;
  int64_t evaluations = 0;
};

/// A step from `start` (at step 0, with a negative slope) that meets the strong Wolfe conditions: the value falls by
/// `1e-4` of what the slope promised, and the slope shrinks to `curvature` of what it was. `first` is tried first;
/// after `most` evaluations, or within steps of `smallest`, the best point so far is taken.
///
/// Nocedal and Wright, "Numerical Optimization", algorithms 3.5 and 3.6, with cubic interpolation.
LineSearchResult strong_wolfe(const std::function<LinePoint(double step)>& at, const LinePoint& start, double first,
                              double smallest, int64_t most, double curvature = 0.9);

}  // namespace ingot::optim
