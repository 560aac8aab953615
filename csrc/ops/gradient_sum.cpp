#include "ingot/ops/gradient_sum.h"

#include <algorithm>
#include <optional>

#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/matmul_op.h"
#include "ingot/ops/place_slice.h"
#include "ingot/ops/views.h"

namespace ingot {

namespace {

// ---- slices ----

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

/// The slice that an array is zero but for.
std::optional<Part> part_of(const Array& x) {
  const Node& node = x.peek();
  const auto* placed = dynamic_cast<const PlaceSlice*>(&node.op());
  const auto is_one = [](int64_t step) { return step == 1; };
  if (!placed || node.inputs().empty() || !std::all_of(placed->step.begin(), placed->step.end(), is_one))
    return std::nullopt;
  return Part{Array(node.inputs()[0]), placed->start};
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

/// Arrays whose sum is that of the slices, in as few as are found at once: each takes in slices until one overlaps.
std::vector<Array> sums_of_slices(const std::vector<Array>& gradients) {
  std::vector<Part> parts;
  for (const Array& gradient : gradients) parts.push_back(*part_of(gradient));
  if (gradients.size() > 1)
    if (const Array whole = joined(parts, gradients[0].shape()); whole.defined()) return {whole};
  constexpr size_t kMostCompared = 64;
  std::vector<Array> sums;
  size_t first = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto in_the_way = [&](const Part& other) { return parts[i].overlaps(other); };
    const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = parts.begin() + static_cast<std::ptrdiff_t>(i);
    if (i == first || i - first == kMostCompared || std::any_of(begin, end, in_the_way)) {
      sums.push_back(gradients[i]);
      first = i;
    } else {
      sums.back() = slice_update(sums.back(), parts[i].value, parts[i].start, Axes(parts[i].start.size(), 1));
    }
  }
  return sums;
}

// ---- products ----

/// A product of two matrices, perhaps seen transposed.
struct Product {
  Array left, right;
  bool transposed;
};

/// What a matrix is the transposed view of.
std::optional<Array> flipped(const Array& x) {
  const auto* view = dynamic_cast<const Transpose*>(&x.peek().op());
  if (!view || view->axes != Axes{1, 0} || x.peek().inputs().empty()) return std::nullopt;
  return Array(x.peek().inputs()[0]);
}

/// Matrices side by side, laid out as they are themselves.
Array side_by_side(const std::vector<Array>& parts, int64_t axis) {
  std::vector<Array> bases;
  for (const Array& part : parts)
    if (const auto base = flipped(part)) bases.push_back(*base);
  return bases.size() == parts.size() ? transpose(concatenate(bases, 1 - axis)) : concatenate(parts, axis);
}

std::optional<Product> product_of(const Array& x) {
  Array base = x;
  bool transposed = false;
  for (auto next = flipped(x); next; next = flipped(base)) {
    base = *next;
    transposed = !transposed;
  }
  const Node& node = base.peek();
  if (base.ndim() != 2 || !dynamic_cast<const MatMul*>(&node.op()) || node.inputs().size() != 2) return std::nullopt;
  return Product{Array(node.inputs()[0]), Array(node.inputs()[1]), transposed};
}

/// True if copying the operands costs less than a pass over the result.
bool is_short(const Product& product) {
  const int64_t rows = product.left.shape(0), depth = product.left.shape(1), columns = product.right.shape(1);
  return depth * (rows + columns) <= rows * columns;
}

/// One product instead of many. What came last is the first step of a recurrence: in that order the steps' gradients
/// are joined for the inputs, too.
Array sum_of_products(const std::vector<Array>& gradients) {
  std::vector<Array> lefts, rights;
  bool transposed = false;
  for (auto it = gradients.rbegin(); it != gradients.rend(); ++it) {
    const Product product = *product_of(*it);
    if (!lefts.empty() && product.transposed != transposed) {
      // (A B)^T = B^T A^T.
      lefts.push_back(transpose(product.right));
      rights.push_back(transpose(product.left));
      continue;
    }
    transposed = product.transposed;
    lefts.push_back(product.left);
    rights.push_back(product.right);
  }
  const Array sum = matmul(side_by_side(lefts, 1), side_by_side(rights, 0));
  return transposed ? transpose(sum) : sum;
}

bool is_short_product(const Array& gradient) {
  const auto product = product_of(gradient);
  return product && is_short(*product);
}

}  // namespace

bool adds_up_late(const Array& gradient) { return part_of(gradient) || is_short_product(gradient); }

Array sum_gradients(const std::vector<Array>& gradients) {
  constexpr size_t kFewProducts = 3;
  std::vector<Array> slices, products, terms;
  for (const Array& gradient : gradients)
    (part_of(gradient) ? slices : is_short_product(gradient) ? products : terms).push_back(gradient);
  if (!slices.empty())
    for (const Array& sum : sums_of_slices(slices)) terms.push_back(sum);
  if (products.size() > kFewProducts)
    terms.push_back(sum_of_products(products));
  else
    terms.insert(terms.end(), products.begin(), products.end());
  Array total = terms[0];
  for (size_t i = 1; i < terms.size(); ++i) total = total + terms[i];
  return total;
}

}  // namespace ingot
