#include "ingot/ops/registry.h"

#include "ingot/graph/leaf.h"
#include "ingot/ops/attention_op.h"
#include "ingot/ops/batch_norm_op.h"
#include "ingot/ops/convolution_op.h"
#include "ingot/ops/cross_entropy_op.h"
#include "ingot/ops/distances_op.h"
#include "ingot/ops/elementwise_op.h"
#include "ingot/ops/fft_op.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/integer_totals.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul_op.h"
#include "ingot/ops/normalisation_op.h"
#include "ingot/ops/place_slice.h"
#include "ingot/ops/pooling_op.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/reduction_op.h"
#include "ingot/ops/resample_op.h"
#include "ingot/ops/scan_op.h"
#include "ingot/ops/scatter_reduce_op.h"
#include "ingot/ops/search_op.h"
#include "ingot/ops/softmax_op.h"
#include "ingot/ops/sort_op.h"
#include "ingot/ops/strided_view_op.h"
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
      make_ref<Reinterpret>(DType::complex64, DType::float32),
      make_ref<StopGradient>(),
      make_ref<Copy>(),
      make_ref<Concatenate>(0),
      make_ref<SliceUpdate>(Axes{}, Axes{}),
      make_ref<PlaceSlice>(Shape{}, Axes{}, Axes{}),
      make_ref<MatMul>(),
      make_ref<Convolution>(ConvolutionArray::output, Shape{}, Axes{}, Axes{}, Axes{}, 1),
      make_ref<Convolution>(ConvolutionArray::input, Shape{}, Axes{}, Axes{}, Axes{}, 1),
      make_ref<Convolution>(ConvolutionArray::weight, Shape{}, Axes{}, Axes{}, Axes{}, 1),
      make_ref<MaxPool>(PoolWindows{}, Shape{}),
      make_ref<MaxPoolTake>(PoolWindows{}, Shape{}),
      make_ref<MaxPoolGradient>(PoolWindows{}, Shape{}),
      make_ref<SumPool>(PoolWindows{}, Shape{}),
      make_ref<SumPoolGradient>(PoolWindows{}, Shape{}),
      make_ref<ChannelMoments>(),
      make_ref<BatchNorm>(1e-5),
      make_ref<ArgReduce>(true, 0),
      make_ref<ArgReduce>(false, 0),
      make_ref<FitInteger>(DType::int32, "sum"),
      make_ref<CumSum>(0, false),
      make_ref<CheckedCumSum>(0, false),
      make_ref<CumProd>(0, false),
      make_ref<LogCumSumExp>(0, false),
      make_ref<LinearRecurrence>(0, false),
      make_ref<CumExtremum>(true, 0, false),
      make_ref<CumExtremum>(false, 0, false),
      make_ref<Sort>(0, false),
      make_ref<ArgSort>(0, false),
      make_ref<ArgTopK>(0, 0, true),
      make_ref<SearchSorted>(false),
      make_ref<Softmax>(0),
      make_ref<LogSoftmax>(0),
      make_ref<SoftmaxGradient>(false, 0),
      make_ref<SoftmaxGradient>(true, 0),
      make_ref<LogSumExp>(Axes{}),
      make_ref<Normalise>(RowNorm{true, 0, false, false}),
      make_ref<NormaliseGradient>(RowNorm{true, 0, false, false}),
      make_ref<Normalise>(RowNorm{false, 0, false, false}),
      make_ref<NormaliseGradient>(RowNorm{false, 0, false, false}),
      make_ref<CrossEntropy>(false, 0),
      make_ref<CrossEntropyGradient>(0),
      make_ref<EuclideanDistances>(),
      make_ref<Attention>(AttentionForm{1, false, false, 0}),
      make_ref<AttentionGradient>(AttentionForm{1, false, false, 0}),
      make_ref<Gather>(Axes{}),
      make_ref<Scatter>(false, Axes{}),
      make_ref<Scatter>(true, Axes{}),
      make_ref<linalg::Cholesky>(),
      make_ref<linalg::TriangularSolve>(true, false),
      make_ref<linalg::LuFactor>(),
      make_ref<linalg::PivotOrder>(0, false),
      make_ref<linalg::LinearSolve>(false),
      make_ref<linalg::Determinant>(),
      make_ref<linalg::Adjugate>(),
      make_ref<linalg::SlogDet>(),
      make_ref<linalg::Qr>(false),
      make_ref<linalg::Eigh>(),
      make_ref<linalg::Eigvalsh>(),
      make_ref<linalg::Eig>(),
      make_ref<linalg::Eigvals>(),
      make_ref<linalg::Svd>(false),
      make_ref<linalg::Svdvals>(),
      make_ref<linalg::Pinv>(),
      make_ref<linalg::MatrixExp>(),
      make_ref<fft::FourierTransform>(fft::Fourier::complex, Axes{}, true, 1.0, 0),
      make_ref<fft::FourierTransform>(fft::Fourier::to_half, Axes{}, true, 1.0, 0),
      make_ref<fft::FourierTransform>(fft::Fourier::from_half, Axes{}, true, 1.0, 0),
      make_ref<ScatterReduce>(ScatterRule::multiply, Axes{}),
      make_ref<ScatterReduce>(ScatterRule::minimum, Axes{}),
      make_ref<ScatterReduce>(ScatterRule::maximum, Axes{}),
      make_ref<Resample>(Resampling{}, false),
      make_ref<Resample>(Resampling{}, true),
      make_ref<StridedView>(Shape{}, Axes{}, std::vector<Axes>{}),
      make_ref<AddStrided>(Shape{}, Axes{}, std::vector<Axes>{}),
      make_ref<random::RandomBits>(Shape{}),
      make_ref<random::RandomIntegers>(Shape{}, 0, 1),
      make_ref<random::RandomPermutation>(0),
      make_ref<random::SplitKey>(1),
      make_ref<random::NextKey>(),
      make_ref<random::RandomSample>(random::SampleKind::gamma),
      make_ref<random::RandomSample>(random::SampleKind::poisson),
      make_ref<random::RandomSample>(random::SampleKind::binomial),
      make_ref<random::RandomSample>(random::SampleKind::geometric),
      make_ref<random::GammaDerivative>(),
      make_ref<random::RandomChoice>(1, false, true),
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
