#include "ingot/ops/cross_entropy.h"

#include <limits>

#include "ingot/ops/apply.h"
#include "ingot/ops/autocast.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/cross_entropy_op.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/softmax.h"

namespace ingot {

namespace {

const Axes kClasses{-1};

/// Classes as indices along the last axis: ignored ones point at the first, and negative ones out of range, for no
/// class has a negative number, although an index may count from the end.
Array as_indices(const Array& classes, int64_t ignored, int64_t count) {
  const Array wide = astype(classes, DType::int64);
  const Array strict = where(wide < 0, wide - count, wide);
  return expand_dims(where(wide == ignored, 0, strict), kClasses);
}

/// The results of the operation.
std::vector<Array> cross_entropies(const Array& logits, const Array& classes, int64_t ignored, bool averaged) {
  const char* op = CrossEntropy::kName;
  if (!logits.defined() || !classes.defined()) throw ValueError(op, ": an operand is an undefined array");
  if (is_complex(logits.dtype())) throw TypeError(op, ": expected logits of a real dtype, got ", logits.dtype());
  if (!is_integer(classes.dtype())) throw TypeError(op, ": classes must be integers, got dtype ", classes.dtype());
  if (logits.ndim() == 0 || reduced_shape(logits.shape(), {logits.ndim() - 1}, false) != classes.shape())
    throw ShapeError(op, ": expected logits (..., C) and classes (...), got shapes ", logits.shape(), " and ",
                     classes.shape());
  const DType dtype = compute_dtype(to_inexact(logits.dtype()));
  const Array scores = converted(logits, dtype);
  Array indices = classes;
  if (classes.dtype() == DType::uint64) indices = minimum(classes, std::numeric_limits<int64_t>::max());
  const DType index_dtype = promote(classes.dtype(), DType::int32) == DType::int32 ? DType::int32 : DType::int64;
  if (indices.dtype() != index_dtype) indices = astype(indices, index_dtype);
  std::vector<Spec> specs{{averaged ? Shape() : classes.shape(), dtype}, {classes.shape(), dtype}};
  if (averaged) specs.push_back({Shape(), dtype});
  const std::vector<Array> inputs{scores, indices};
  return apply_tuple(make_ref<CrossEntropy>(averaged, ignored), inputs, specs);
}

Array in_dtype_of(const Array& result, const Array& logits) {
  const DType dtype = to_inexact(logits.dtype());
  return converted(result, dtype);
}

}  // namespace

void throw_class_out_of_range(int64_t index, int64_t classes) {
  throw IndexError("cross_entropy: class index ", index, " is out of range for ", classes, " classes");
}

std::vector<Array> CrossEntropy::expand(const std::vector<Array>& inputs) const {
  const Array &logits = inputs[0], &classes = inputs[1];
  const Array indices = as_indices(classes, ignored, logits.shape(-1));
  const Array picked = squeeze(take_along_axis(log_softmax(logits), indices, -1), kClasses);
  const Array counts = classes != ignored;
  const Array losses = where(counts, -picked, 0);
  const Array norm = logsumexp(logits, kClasses);
  if (!averaged) return {losses, norm};
  const Array count = sum(astype(counts, logits.dtype()));
  return {sum(losses) / count, norm, count};
}

std::vector<Array> CrossEntropy::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  const bool only_losses = cotangents[0].defined() && !cotangents[1].defined();
  if (!only_losses) return ExpandedOp::vjp(call, cotangents);
  const Array norm = call.out(1);
  const Array each = averaged ? broadcast_to(cotangents[0] / call.out(2), norm.shape()) : cotangents[0];
  return {apply(make_ref<CrossEntropyGradient>(ignored), {call.in(0), call.in(1), norm, each},
                {call.in_shape(0), norm.dtype()}),
          Array()};
}

std::vector<Array> CrossEntropyGradient::expand(const std::vector<Array>& inputs) const {
  const Array &logits = inputs[0], &classes = inputs[1];
  const Array softmax = exp(logits - expand_dims(inputs[2], kClasses));
  const Array numbers = arange(int64_t{0}, logits.shape(-1), int64_t{1}, DType::int64);
  const Array hot = expand_dims(classes, kClasses) == numbers;
  const Array each = expand_dims(where(classes != ignored, inputs[3], 0), kClasses);
  return {(softmax - astype(hot, logits.dtype())) * each};
}

Array class_cross_entropy(const Array& given, const Array& classes, int64_t ignored) {
  const Array logits = autocast(CrossEntropy::kName, given);
  return in_dtype_of(cross_entropies(logits, classes, ignored, false)[0], logits);
}

Array mean_class_cross_entropy(const Array& given, const Array& classes, int64_t ignored) {
  const Array logits = autocast(CrossEntropy::kName, given);
  return in_dtype_of(cross_entropies(logits, classes, ignored, true)[0], logits);
}

}  // namespace ingot
