#include "ingot/ops/registry.h"

#include "ingot/graph/leaf.h"
#include "ingot/ops/elementwise_op.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul_op.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/reduction_op.h"
#include "ingot/ops/softmax_op.h"
#include "ingot/ops/views.h"

namespace ingot {

namespace {

OpInfo info(const Op& op, const ElementwiseRow* row = nullptr) {
  const bool differentiable =
      row ? row->differentiable : op.kind() != Op::Kind::source && op.kind() != Op::Kind::nondifferentiable;
  return {op.name(), op.kind(), op.lowering(), differentiable, row};
}

/// One instance of each operation outside the elementwise table.
std::vector<OpRef> samples() {
  std::vector<OpRef> ops = {
      Constant::instance(),
      make_ref<Placeholder>(),
      make_ref<Variable>(),
      make_ref<Output>(0),
      Cast::instance(DType::float32),
      make_ref<Reshape>(Shape{}),
      make_ref<Transpose>(Axes{}),
      make_ref<BroadcastTo>(Shape{}),
      make_ref<SliceView>(Axes{}, Axes{}),
      make_ref<StopGradient>(),
      make_ref<Copy>(),
      make_ref<Concatenate>(0),
      make_ref<SliceUpdate>(Axes{}, Axes{}),
      make_ref<MatMul>(),
      make_ref<ArgReduce>(true, 0),
      make_ref<ArgReduce>(false, 0),
      make_ref<Softmax>(0),
      make_ref<LogSoftmax>(0),
      make_ref<LogSumExp>(Axes{}),
      make_ref<Gather>(Axes{}),
      make_ref<Scatter>(false, Axes{}),
      make_ref<Scatter>(true, Axes{}),
      make_ref<random::RandomBits>(Shape{}),
      make_ref<random::RandomIntegers>(Shape{}, 0, 1),
      make_ref<random::RandomPermutation>(0),
      make_ref<random::SplitKey>(1),
      make_ref<random::NextKey>(),
  };
  for (const OpRef& op : reduction_samples()) ops.push_back(op);
  return ops;
}

}  // namespace

const std::vector<OpInfo>& registered_ops() {
  static const std::vector<OpInfo> all = [] {
    std::vector<OpInfo> list;
    for (const ElementwiseRow& row : elementwise_rows()) list.push_back(info(*Pointwise::instance(row.opcode), &row));
    for (const OpRef& op : samples()) list.push_back(info(*op));
    return list;
  }();
  return all;
}

}  // namespace ingot
