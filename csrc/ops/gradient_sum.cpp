#include "ingot/ops/gradient_sum.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/place_slice.h"

namespace ingot {

namespace {

/// A box of an array, and what is in it.
struct Part {
  Array value;
  Axes start;

  int64_t stop(size_t axis) const { return start[axis] + value.shape()[axis]; }
  bool overlaps(const Part& other) const {
    for (size_t axis = 0; axis < start.size(); ++axis)
      if (stop(axis) <= other.start[axis] || other.stop(axis) <= start[axis]) return false;
    return true;
  }
};

/// The slices of an array that is zero but for them, the last one first; nothing if it is not made like that.
std::optional<std::vector<Part>> parts_of(const Array& x) {
  constexpr size_t kMost = 64;
  std::vector<Part> parts;
  const auto steps_are_one = [](const Axes& step) {
    return std::all_of(step.begin(), step.end(), [](int64_t each) { return each == 1; });
  };
  const Node* node = &x.peek();
  while (const auto* update = dynamic_cast<const SliceUpdate*>(&node->op())) {
    if (node->inputs().size() != 2 || parts.size() == kMost || !steps_are_one(update->step)) return std::nullopt;
    parts.push_back({Array(node->inputs()[1]), update->start});
    node = node->inputs()[0].get();
  }
  const auto* placed = dynamic_cast<const PlaceSlice*>(&node->op());
  if (!placed || node->inputs().empty() || !steps_are_one(placed->step)) return std::nullopt;
  parts.push_back({Array(node->inputs()[0]), placed->start});
  return parts;
}

/// The parts side by side along one axis, if they fill `shape` like that.
Array joined(std::vector<Part> parts, const Shape& shape) {
  for (size_t axis = 0; axis < shape.size(); ++axis) {
    std::sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) { return a.start[axis] < b.start[axis]; });
    int64_t reached = 0;
    bool fits = true;
    for (const Part& part : parts) {
      fits = fits && part.start[axis] == reached;
      reached = part.stop(axis);
      for (size_t other = 0; other < shape.size() && fits; ++other)
        fits = other == axis || part.value.shape()[other] == shape[other];
    }
    if (!fits || reached != shape[axis]) continue;
    std::vector<Array> values;
    for (Part& part : parts) values.push_back(std::move(part.value));
    return concatenate(values, static_cast<int64_t>(axis));
  }
  return Array();
}

}  // namespace

Array add_gradients(const Array& a, const Array& b) {
  const auto ours = parts_of(a);
  if (!ours) return a + b;
  const auto theirs = parts_of(b);
  if (!theirs) return a + b;
  for (const Part& part : *theirs)
    if (std::any_of(ours->begin(), ours->end(), [&](const Part& other) { return part.overlaps(other); })) return a + b;
  std::vector<Part> all(*ours);
  all.insert(all.end(), theirs->begin(), theirs->end());
  if (const Array whole = joined(std::move(all), a.shape()); whole.defined()) return whole;
  Array result = a;
  for (const Part& part : *theirs) result = slice_update(result, part.value, part.start, Axes(part.start.size(), 1));
  return result;
}

}  // namespace ingot
