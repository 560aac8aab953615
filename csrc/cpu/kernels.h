// Operations that have a kernel of their own on the CPU.
#pragma once

#include <memory>

#include "ingot/cpu/pack.h"
#include "ingot/engine/backend.h"

namespace ingot::cpu {

/// The CPU's kernel for the step's operation, or null if it has none.
std::unique_ptr<Kernel> make_kernel(const KernelStep& step, const Pack& pack);
/// True if `make_kernel` has one.
bool has_kernel(const Op& op);
/// True if that kernel can do an epilogue.
bool takes_epilogue(const Op& op);

// One maker each, listed in kernels.cpp. Null where the default loops do as well.
/// Null unless the step is many products of matrices of a few elements each.
std::unique_ptr<Kernel> make_small_products(const KernelStep& step);
std::unique_ptr<Kernel> make_matmul(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_convolution(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_pooling(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_channel_moments(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_softmax(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_normalise(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_normalise_gradient(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_cross_entropy(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_cross_entropy_gradient(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_distances(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_attention(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_attention_gradient(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_gather(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_scatter(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_arg_reduce(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_copy(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_concatenate(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_place_slice(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_slice_update(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_cholesky(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_lu_factor(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_linear_solve(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_triangular_solve(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_factoring(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_fourier_transform(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_random(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_sort(const KernelStep& step, const Pack& pack);
std::unique_ptr<Kernel> make_tasked(const KernelStep& step, const Pack& pack);

}  // namespace ingot::cpu
