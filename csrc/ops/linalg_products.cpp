// Powers, chains of products, the exponential, and equations between tensors.
#include <algorithm>
#include <limits>
#include <numeric>

#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/linalg.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/linalg_parts.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/operands.h"

namespace ingot::linalg {

namespace {

Array exponential(const Array& a) { return apply(make_ref<MatrixExp>(), {a}, {a.shape(), a.dtype()}); }

/// The derivative of the exponential at `a` along `t`: Mathias, "A chain rule for matrix functions and applications"
/// (1996).
Array exponential_along(const Array& a, const Array& t) {
  const int64_t n = a.shape(-1);
  const Array upper = concatenate({a, t}, -1), lower = concatenate({zeros_like(a), a}, -1);
  return columns_of(rows_of(exponential(concatenate({upper, lower}, -2)), 0, n), n, 2 * n);
}

/// Where to cut each run of factors so that multiplying takes the fewest operations: Cormen, Leiserson, Rivest and Stein,
/// "Introduction to algorithms", section on matrix-chain multiplication.
class ChainOrder {
 public:
  explicit ChainOrder(const std::vector<Array>& factors) : count_(factors.size()) {
    std::vector<double> lengths{static_cast<double>(factors[0].shape(0))};
    for (const Array& x : factors) lengths.push_back(static_cast<double>(x.shape(1)));
    cuts_.resize(count_ * count_);
    std::vector<double> costs(count_ * count_, 0);
    for (size_t span = 1; span < count_; ++span) {
      for (size_t first = 0; first + span < count_; ++first) {
        const size_t last = first + span;
        double best = std::numeric_limits<double>::infinity();
        for (size_t cut = first; cut < last; ++cut) {
          const double cost = costs[first * count_ + cut] + costs[(cut + 1) * count_ + last] +
                              lengths[first] * lengths[cut + 1] * lengths[last + 1];
          if (cost >= best) continue;
          best = cost;
          cuts_[first * count_ + last] = cut;
        }
        costs[first * count_ + last] = best;
      }
    }
  }

  Array product(const std::vector<Array>& factors) const {
    // Runs in the order in which they are cut; the later ones are parts of the earlier.
    std::vector<std::pair<size_t, size_t>> runs{{0, count_ - 1}};
    for (size_t i = 0; i < runs.size(); ++i) {
      const auto [first, last] = runs[i];
      if (first == last) continue;
      const size_t cut = cuts_[first * count_ + last];
      runs.emplace_back(first, cut);
      runs.emplace_back(cut + 1, last);
    }
    std::vector<Array> results(count_ * count_);
    for (size_t i = runs.size(); i-- > 0;) {
      const auto [first, last] = runs[i];
      if (first == last) {
        results[first * count_ + last] = factors[first];
        continue;
      }
      const size_t cut = cuts_[first * count_ + last];
      results[first * count_ + last] = matmul(results[first * count_ + cut], results[(cut + 1) * count_ + last]);
    }
    return results[count_ - 1];
  }

 private:
  size_t count_;
  std::vector<size_t> cuts_;
};

Shape part(const Shape& shape, size_t from, size_t to) { return Shape(shape.begin() + from, shape.begin() + to); }

Shape concatenated(Shape a, const Shape& b) {
  for (int64_t length : b) a.push_back(length);
  return a;
}

}  // namespace

std::vector<Array> MatrixExp::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  return {call.needs(0) ? exponential_along(adjoint(call.in(0)), cotangents[0]) : Array()};
}

std::vector<Array> MatrixExp::jvp(const Call& call, const std::vector<Array>& tangents) const {
  return {tangents[0].defined() ? exponential_along(call.in(0), tangents[0]) : Array()};
}

Array matrix_exp(const Array& a) {
  const Operand x = square_matrices(a, "matrix_exp");
  return converted(exponential(x.array), x.dtype);
}

Array matrix_power(const Array& a, int64_t n) {
  constexpr const char* name = "matrix_power";
  if (n < 0 && n == std::numeric_limits<int64_t>::min()) throw ValueError(name, ": the exponent ", n, " is too small");
  require_defined(a, name);
  if (a.ndim() < 2 || a.shape(-1) != a.shape(-2))
    throw ShapeError(name, ": expected square matrices, an array of shape (..., n, n), got shape ", a.shape());
  Array square = n < 0 ? inv(a) : a, result;
  for (int64_t rest = n < 0 ? -n : n; rest > 0; rest /= 2) {
    if (rest % 2 == 1) result = result.defined() ? matmul(result, square) : square;
    if (rest > 1) square = matmul(square, square);
  }
  if (result.defined()) return n == 1 ? alias(result) : result;
  return broadcast_to(identity(a.shape(-1), a.dtype()), a.shape());
}

Array multi_dot(const std::vector<Array>& arrays) {
  constexpr const char* name = "multi_dot";
  if (arrays.size() < 2) throw ValueError(name, ": expected at least two arrays, got ", arrays.size());
  std::vector<Array> factors = arrays;
  for (size_t i = 0; i < factors.size(); ++i) {
    if (!factors[i].defined()) throw ValueError(name, ": array ", i, " is undefined");
    const bool at_end = i == 0 || i + 1 == factors.size();
    if (factors[i].ndim() != 2 && !(at_end && factors[i].ndim() == 1))
      throw ShapeError(name, ": expected matrices, and vectors only as the first and the last, but array ", i,
                       " has shape ", factors[i].shape());
  }
  const bool row = arrays.front().ndim() == 1, column = arrays.back().ndim() == 1;
  if (row) factors.front() = expand_dims(factors.front(), {0});
  if (column) factors.back() = expand_dims(factors.back(), {1});
  for (size_t i = 1; i < factors.size(); ++i)
    if (factors[i - 1].shape(1) != factors[i].shape(0))
      throw ShapeError(name, ": arrays ", i - 1, " and ", i, " of shapes ", arrays[i - 1].shape(), " and ",
                       arrays[i].shape(), " do not fit");
  Array result = ChainOrder(factors).product(factors);
  Axes dropped;
  if (row) dropped.push_back(0);
  if (column) dropped.push_back(1);
  return dropped.empty() ? result : squeeze(result, dropped);
}

Array tensorsolve(const Array& a, const Array& b, const OptionalAxes& axes) {
  constexpr const char* name = "tensorsolve";
  if (!a.defined() || !b.defined()) throw ValueError(name, ": an operand is an undefined array");
  Array tensor = a;
  if (axes) {
    const Axes moved = normalize_axes(axes, a.ndim(), name);
    Axes order;
    for (int64_t axis = 0; axis < a.ndim(); ++axis)
      if (std::find(moved.begin(), moved.end(), axis) == moved.end()) order.push_back(axis);
    for (int64_t axis : *axes) order.push_back(normalize_axis(axis, a.ndim(), name));
    tensor = transpose(a, order);
  }
  const auto taken = static_cast<size_t>(b.ndim());
  if (taken > tensor.shape().size() || part(tensor.shape(), 0, taken) != b.shape() ||
      b.size() * b.size() != tensor.size())
    throw ShapeError(
        name, ": a tensor of shape ", tensor.shape(), " and a right side of shape ", b.shape(),
        " do not fit: the tensor's first axes must be those of the right side, and the others must have as "
        "many elements");
  const Shape rest = part(tensor.shape(), taken, tensor.shape().size());
  return reshape(solve(reshape(tensor, {b.size(), b.size()}), reshape(b, {b.size()})), rest);
}

Array tensorinv(const Array& a, int64_t ind) {
  constexpr const char* name = "tensorinv";
  require_defined(a, name);
  if (ind <= 0 || ind > a.ndim())
    throw ValueError(name, ": expected ind from 1 to ", a.ndim(), " for an array of shape ", a.shape(), ", got ", ind);
  const auto cut = static_cast<size_t>(ind);
  const Shape first = part(a.shape(), 0, cut), last = part(a.shape(), cut, a.shape().size());
  const int64_t rows = element_count(first);
  if (rows != element_count(last))
    throw ShapeError(name, ": an array of shape ", a.shape(), " is not square: its first ", ind, " axes have ", rows,
                     " elements, the others ", element_count(last));
  return reshape(inv(reshape(a, {rows, rows})), concatenated(last, first));
}

}  // namespace ingot::linalg
