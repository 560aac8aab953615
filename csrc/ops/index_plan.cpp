#include "ingot/ops/index_plan.h"

#include <algorithm>
#include <limits>

#include "ingot/ops/axis_checks.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

struct Bounds {
  int64_t start, stop, step;
  int64_t count() const {
    const int64_t span = step > 0 ? stop - start : start - stop;
    return span > 0 ? (span - 1) / (step > 0 ? step : -step) + 1 : 0;
  }
};

/// The slice with its bounds brought into `[0, length]`, or `[-1, length - 1]` for a negative step, as Python does.
Bounds resolve(const Slice& slice, int64_t length) {
  // The most negative step has no positive counterpart; no array is long enough to tell it from its neighbour.
  const int64_t step = std::max(slice.step.value_or(1), -std::numeric_limits<int64_t>::max());
  if (step == 0) throw ValueError("index: the step of a slice must not be 0");
  const int64_t low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
  const auto bound = [&](const std::optional<int64_t>& value, int64_t otherwise) {
    if (!value) return otherwise;
    return std::clamp(*value < 0 ? *value + length : *value, low, high);
  };
  Bounds bounds{bound(slice.start, step > 0 ? low : high), bound(slice.stop, step > 0 ? high : low), step};
  if (bounds.count() == 0) bounds = {0, 0, 1};
  if (bounds.count() == 1) bounds.step = step > 0 ? 1 : -1, bounds.stop = bounds.start + bounds.step;
  return bounds;
}

/// How many axes of the array an index takes up.
int64_t axes_used(const Index& index) {
  if (std::holds_alternative<NewAxis>(index) || std::holds_alternative<Ellipsis>(index)) return 0;
  const Array* array = std::get_if<Array>(&index);
  return array && is_bool(array->dtype()) ? array->ndim() : 1;
}

/// Goes through the expression from left to right.
class Parser {
 public:
  Parser(IndexPlan& plan, const Shape& shape, const std::vector<Index>& indices) : plan_(plan), shape_(shape) {
    int64_t used = 0, ellipses = 0;
    for (const Index& index : indices) {
      if (const Array* array = std::get_if<Array>(&index)) {
        if (!array->defined()) throw ValueError("index: an index is an undefined array");
        if (!is_bool(array->dtype()) && !is_integer(array->dtype()))
          throw IndexError("index: an index array must be of an integer dtype or bool, got ", array->dtype());
        has_arrays_ = true;
      }
      used += axes_used(index);
      ellipses += std::holds_alternative<Ellipsis>(index);
    }
    const auto ndim = static_cast<int64_t>(shape.size());
    if (ellipses > 1) throw IndexError("index: an ellipsis (...) may stand only once, got ", ellipses);
    if (used > ndim) throw IndexError("index: too many indices, ", used, " for the ", ndim, " axes of shape ", shape);

    for (const Index& index : indices) {
      std::visit([&](const auto& value) { take(value, ndim - used); }, index);
    }
    while (axis_ < shape.size()) whole_axis();
    if (!separated_) lead();
  }

 private:
  void take(int64_t index, int64_t) {
    const int64_t at = check_index(index, static_cast<int64_t>(axis_), shape_[axis_]);
    // Beside index arrays an integer is one too: that decides where the result's axes go.
    if (has_arrays_ && !pytorch_conventions()) {
      add_array(scalar(at, DType::int64), axis_);
      whole_axis();
      return;
    }
    add_axis({at, at + 1, 1});
    plan_.expanded.pop_back();
  }

  void take(const Slice& slice, int64_t) {
    add_axis(resolve(slice, shape_[axis_]));
    end_of_arrays();
  }

  void take(NewAxis, int64_t) {
    plan_.expanded.push_back(1);
    end_of_arrays();
  }

  void take(Ellipsis, int64_t missing) {
    for (int64_t i = 0; i < missing; ++i) whole_axis();
    // In NumPy it parts index arrays even where it stands for no axis.
    if (missing > 0 || !pytorch_conventions()) end_of_arrays();
  }

  void take(const Array& array, int64_t) {
    if (!is_bool(array.dtype())) {
      add_array(array, axis_);
      whole_axis();
      return;
    }
    for (int64_t i = 0; i < array.ndim(); ++i) {
      // An axis of length 0 has nothing to choose, whatever the axis that it stands for: as in NumPy.
      if (array.shape(i) != 0 && array.shape(i) != shape_[axis_ + static_cast<size_t>(i)])
        throw IndexError("index: the boolean index of shape ", array.shape(), " does not fit shape ", shape_, ": axis ",
                         axis_ + static_cast<size_t>(i), " has length ", shape_[axis_ + static_cast<size_t>(i)],
                         ", not ", array.shape(i));
    }
    if (array.ndim() == 0) {
      // One more axis, taken once or not at all.
      const int64_t count = nonzero(reshape(array, {1}))[0].size();
      add_array(zeros({count}, DType::int32), axis_);
      plan_.expanded.push_back(1);
      return;
    }
    for (const Array& positions : nonzero(array)) {
      add_array(positions, axis_);
      whole_axis();
    }
  }

  void add_array(const Array& array, size_t name) {
    if (plan_.arrays.empty()) place_ = plan_.expanded.size();
    separated_ |= gap_;
    plan_.arrays.push_back(array);
    plan_.array_axes.push_back(static_cast<int64_t>(plan_.expanded.size()));
    plan_.names.push_back(static_cast<int64_t>(name));
  }

  /// Index arrays for the axes in front of the indexed ones too.
  void lead() {
    if (place_ == 0) return;
    size_t ndim = 0;
    for (const Array& each : plan_.arrays) ndim = std::max(ndim, each.shape().size());
    const std::vector<Array> positions = leading_positions(plan_.expanded, place_, ndim);
    plan_.arrays.insert(plan_.arrays.begin(), positions.begin(), positions.end());
    for (size_t i = 0; i < place_; ++i) {
      plan_.array_axes.insert(i, static_cast<int64_t>(i));
      plan_.names.insert(i, static_cast<int64_t>(i));
    }
  }

  /// Index arrays on both sides of this are not neighbours: their axes go to the front of the result.
  void end_of_arrays() { gap_ = !plan_.arrays.empty(); }

  void whole_axis() { add_axis({0, shape_[axis_], 1}); }

  void add_axis(Bounds bounds) {
    plan_.start.push_back(bounds.start);
    plan_.stop.push_back(bounds.stop);
    plan_.step.push_back(bounds.step);
    plan_.region.push_back(bounds.count());
    plan_.expanded.push_back(bounds.count());
    ++axis_;
  }

  IndexPlan& plan_;
  const Shape& shape_;
  size_t axis_ = 0;
  /// Axes of the region in front of the first index array.
  size_t place_ = 0;
  bool has_arrays_ = false;
  bool gap_ = false;
  bool separated_ = false;
};

}  // namespace

std::vector<Array> leading_positions(const Shape& shape, size_t count, size_t ndim) {
  std::vector<Array> positions;
  for (size_t i = 0; i < count; ++i) {
    Shape along(count + ndim, 1);
    along[i] = shape[i];
    positions.push_back(reshape(arange(int64_t{0}, shape[i], int64_t{1}, index_dtype(shape[i])), along));
  }
  return positions;
}

IndexPlan::IndexPlan(const Shape& shape, const std::vector<Index>& indices) { Parser(*this, shape, indices); }

bool IndexPlan::whole(const Shape& shape) const {
  for (size_t i = 0; i < shape.size(); ++i)
    if (start[i] != 0 || step[i] != 1 || region[i] != shape[i]) return false;
  return expanded == shape;
}

Axes IndexPlan::indexed_first() const {
  Axes order(array_axes);
  for (int64_t i = 0; i < static_cast<int64_t>(expanded.size()); ++i)
    if (std::find(array_axes.begin(), array_axes.end(), i) == array_axes.end()) order.push_back(i);
  return order;
}

Shape IndexPlan::result_shape() const {
  if (arrays.empty()) return expanded;
  Shape broadcast;
  for (const Array& each : arrays) broadcast = broadcast_shapes(broadcast, each.shape(), "index");
  Shape shape = reduced_shape(expanded, array_axes, false);
  for (size_t i = 0; i < broadcast.size(); ++i) shape.insert(i, broadcast[i]);
  return shape;
}

}  // namespace ingot
