// The CPU backend: fused steps by the tile interpreter, other operations by kernels of their own or by their default
// loops.
#include "ingot/engine/backend.h"

#include "ingot/cpu/fused.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/load_pack.h"
#include "ingot/cpu/threads.h"
#include "ingot/engine/default_kernel.h"

namespace ingot {
namespace cpu {
namespace {

class CpuBackend final : public Backend {
 public:
  /// Throws what is wrong with the settings (INGOT_CPU, INGOT_NUM_THREADS) now, not when a step first needs them.
  CpuBackend() {
    pack();
    num_threads();
  }
  const char* name() const override { return "cpu"; }
  Traits traits() const override { return {.fuses = true, .longest_row = 2048, .most_instructions = 64}; }
  bool has_kernel(const Op& op) const override { return cpu::has_kernel(op); }
  bool takes_epilogue(const Op& op) const override { return cpu::takes_epilogue(op); }
  std::unique_ptr<Kernel> compile(const FusedStep& step) const override { return compile_fused(step, pack()); }
  std::unique_ptr<Kernel> compile(const KernelStep& step) const override {
    if (auto kernel = make_kernel(step, pack())) return kernel;
    return std::make_unique<DefaultKernel>(step);
  }
};

}  // namespace
}  // namespace cpu

const Backend& cpu_backend() {
  static const cpu::CpuBackend backend;
  return backend;
}

}  // namespace ingot
