#include "ingot/cpu/kernels.h"

#include <algorithm>

#include "ingot/ops/attention_op.h"
#include "ingot/ops/batch_norm_op.h"
#include "ingot/ops/convolution_op.h"
#include "ingot/ops/cross_entropy_op.h"
#include "ingot/ops/distances_op.h"
#include "ingot/ops/fft_op.h"
#include "ingot/ops/indexing_op.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul_op.h"
#include "ingot/ops/normalisation_op.h"
#include "ingot/ops/place_slice.h"
#include "ingot/ops/pooling_op.h"
#include "ingot/ops/random_op.h"
#include "ingot/ops/reduction_op.h"
#include "ingot/ops/scatter_reduce_op.h"
#include "ingot/ops/softmax_op.h"
#include "ingot/ops/sort_op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot::cpu {
namespace {

/// Gradients of convolutions have no epilogue: what follows them is a sum or an update of another shape.
bool is_forward_convolution(const Op& op) {
  const auto* convolution = dynamic_cast<const Convolution*>(&op);
  return convolution && convolution->computes == ConvolutionArray::output;
}

template <class T>
bool is(const Op& op) {
  return dynamic_cast<const T*>(&op) != nullptr;
}

struct Entry {
  bool (*matches)(const Op&);
  std::unique_ptr<Kernel> (*make)(const KernelStep&, const Pack&);
  bool takes_epilogue = false;
};
constexpr Entry kEntries[] = {
    {&is<MatMul>, &make_matmul, true},
    {&is_forward_convolution, &make_convolution, true},
    {&is<Convolution>, &make_convolution},
    {&is<MaxPool>, &make_pooling},
    {&is<MaxPoolGradient>, &make_pooling},
    {&is<SumPool>, &make_pooling},
    {&is<SumPoolGradient>, &make_pooling},
    {&is<ChannelMoments>, &make_channel_moments},
    {&is<Softmax>, &make_softmax},
    {&is<LogSoftmax>, &make_softmax},
    {&is<SoftmaxGradient>, &make_softmax},
    {&is<Normalise>, &make_normalise},
    {&is<NormaliseGradient>, &make_normalise_gradient},
    {&is<CrossEntropy>, &make_cross_entropy},
    {&is<CrossEntropyGradient>, &make_cross_entropy_gradient},
    {&is<EuclideanDistances>, &make_distances},
    {&is<Attention>, &make_attention},
    {&is<AttentionGradient>, &make_attention_gradient},
    {&is<Gather>, &make_gather},
    {&is<Scatter>, &make_scatter},
    {&is<ScatterReduce>, &make_scatter},
    {&is<ArgReduce>, &make_arg_reduce},
    {&is<Copy>, &make_copy},
    {&is<Concatenate>, &make_concatenate},
    {&is<PlaceSlice>, &make_place_slice},
    {&is<SliceUpdate>, &make_slice_update},
    {&is<linalg::Cholesky>, &make_cholesky},
    {&is<linalg::LuFactor>, &make_lu_factor},
    {&is<linalg::LinearSolve>, &make_linear_solve},
    {&is<linalg::TriangularSolve>, &make_triangular_solve},
    {&is<linalg::FactoringOp>, &make_factoring},
    {&is<fft::FourierTransform>, &make_fourier_transform},
    {&is<random::RandomBits>, &make_random},
    {&is<random::RandomIntegers>, &make_random},
    {&is<Sort>, &make_sort},
    {&is<ArgSort>, &make_sort},
    {&is<TaskedOp>, &make_tasked},
};

const Entry* find(const Op& op) {
  const Entry* entry =
      std::find_if(std::begin(kEntries), std::end(kEntries), [&](const Entry& e) { return e.matches(op); });
  return entry == std::end(kEntries) ? nullptr : entry;
}

}  // namespace

bool has_kernel(const Op& op) { return find(op) != nullptr; }

bool takes_epilogue(const Op& op) {
  const Entry* entry = find(op);
  return entry && entry->takes_epilogue;
}

std::unique_ptr<Kernel> make_kernel(const KernelStep& step, const Pack& pack) {
  const Entry* entry = find(*step.op);
  return entry ? entry->make(step, pack) : nullptr;
}

}  // namespace ingot::cpu
