#include "ingot/nn/functional.h"

#include <utility>

#include "ingot/engine/jit.h"
#include "ingot/io/named_arrays.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/softmax.h"

namespace ingot::nn {

Reduction parse_reduction(std::string_view name) {
  for (const Reduction reduction : {Reduction::none, Reduction::mean, Reduction::sum})
    if (name == name_of(reduction)) return reduction;
  throw ValueError("reduction: expected 'none', 'mean' or 'sum', got '", name, "'");
}

const char* name_of(Reduction reduction) {
  switch (reduction) {
    case Reduction::none:
      return "none";
    case Reduction::mean:
      return "mean";
    case Reduction::sum:
      return "sum";
  }
  throw ValueError("reduction: no such value");
}

namespace functional {

namespace {

Array reduced(const Array& losses, Reduction reduction) {
  switch (reduction) {
    case Reduction::mean:
      return mean(losses);
    case Reduction::sum:
      return sum(losses);
    case Reduction::none:
      break;
  }
  return losses;
}

/// Throws IndexError for a class index outside of [0, classes), where the indices are known by now.
void check_classes(const Array& target, int64_t classes) {
  Value keep_alive;
  const Tensor indices = read_dense(target, keep_alive);
  visit(target.dtype(), [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const T* index = indices.as<T>();
      for (int64_t i = 0; i < target.size(); ++i)
        if (std::cmp_less(index[i], 0) || std::cmp_greater_equal(index[i], classes))
          throw IndexError("cross_entropy: class index ", +index[i], " is out of range for ", classes, " classes");
    }
  });
}

/// `log_probabilities` at the target class of each position.
Array at_classes(const Array& log_probabilities, const Array& target, int64_t class_axis) {
  const int64_t classes = log_probabilities.shape(class_axis);
  Array indices = target;
  if (target.peek().evaluated() && !is_recording()) {
    check_classes(target, classes);
  } else if (!is_unsigned_integer(target.dtype())) {
    // Taking an element lets a negative index count from the end, but no class has a negative number: push those out of
    // range.
    indices = where(target < 0, astype(target, DType::int64) - classes, target);
  }
  return squeeze(take_along_axis(log_probabilities, expand_dims(indices, {class_axis}), class_axis), Axes{class_axis});
}

}  // namespace

Array dropout(const Array& x, double p, bool training) {
  if (!(p >= 0 && p <= 1)) throw ValueError("dropout: expected a probability p in [0, 1], got ", p);
  if (!training || p == 0) return x;
  const Array kept = random::bernoulli(scalar(1 - p, DType::float32), x.shape());
  return where(kept, p < 1 ? x * (1 / (1 - p)) : x, 0);
}

Array mse_loss(const Array& input, const Array& target, Reduction reduction) {
  if (input.shape() != target.shape() && input.ndim() > 0 && target.ndim() > 0)
    throw ShapeError("mse_loss: input has shape ", input.shape(), " and target ", target.shape(),
                     "; they must be equal, since broadcasting would compare elements that do not belong together. "
                     "Reshape one to the other's shape");
  return reduced(square(input - target), reduction);
}

Array cross_entropy(const Array& input, const Array& target, Reduction reduction) {
  if (input.ndim() == 0)
    throw ShapeError("cross_entropy: input must have a class axis, (C,) or (N, C, ...), got shape ()");
  const int64_t class_axis = input.ndim() == 1 ? 0 : 1;
  const Array log_probabilities = log_softmax(input, class_axis);

  if (is_floating(target.dtype())) {
    if (target.shape() != input.shape())
      throw ShapeError("cross_entropy: a floating target holds probabilities and must have the shape of input, ",
                       input.shape(), ", got ", target.shape(),
                       "; class indices must have an integer dtype, for example by astype(int32)");
    return reduced(-sum(log_probabilities * target, Axes{class_axis}), reduction);
  }

  if (!is_integer(target.dtype()))
    throw TypeError(
        "cross_entropy: target must hold class indices (an integer dtype) or probabilities (a floating dtype), got ",
        target.dtype());
  const Shape expected = reduced_shape(input.shape(), {class_axis}, false);
  if (target.shape() != expected)
    throw ShapeError("cross_entropy: class indices for an input of shape ", input.shape(), " must have shape ",
                     expected, ", got ", target.shape(),
                     target.shape() == input.shape() ? "; one-hot targets must have a floating dtype" : "");
  return reduced(-at_classes(log_probabilities, target, class_axis), reduction);
}

}  // namespace functional

}  // namespace ingot::nn
