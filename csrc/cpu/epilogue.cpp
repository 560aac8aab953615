// A fused program that follows a kernel's result window by window.
#include "ingot/cpu/fused.h"
#include "ingot/cpu/tile_worker.h"
#include "ingot/graph/small_vector.h"

namespace ingot::cpu {

struct EpilogueProgram {
  FusedProgram program;
  const Pack& pack;
};

Epilogue::Epilogue(const FusedStep& step, const Pack& pack, uint32_t matrix_axes, uint32_t row_axes)
    : program_(new EpilogueProgram{compile_program(step, pack, WindowAxes{matrix_axes, row_axes}), pack}) {}

Epilogue::~Epilogue() = default;
Epilogue::Epilogue(Epilogue&&) noexcept = default;

void Epilogue::run(const Window& window, const void* result, int64_t row_stride, std::span<void* const> others) const {
  const auto& [program, pack] = *program_;
  SmallVector<void*, 16> operands;
  operands.push_back(nullptr);
  for (void* other : others) operands.push_back(other);
  const std::span<void* const> all(operands.data(), operands.size());
  TileWorker worker(program, pack, all, program.direct_outputs(all));
  worker.run_window(
      {{block, window.matrix, 1}, {row, window.row, window.rows}, {column, window.column, window.columns}},
      {static_cast<std::byte*>(const_cast<void*>(result)), row_stride});
}

}  // namespace ingot::cpu
