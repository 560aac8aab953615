// A fused program that follows a kernel's result window by window.
#include "ingot/cpu/fused.h"

#include <algorithm>

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

bool Epilogue::streams() const { return program_->program.streams; }

void* Epilogue::result_itself(std::span<void* const> others) const {
  const FusedProgram& program = program_->program;
  const int output = program.registers[0].direct_output;
  if (!program.streams || output < 0) return nullptr;
  const auto inputs = others.first(program.inputs.size() - 1);
  void* const place = others[inputs.size() + static_cast<size_t>(output)];
  return std::find(inputs.begin(), inputs.end(), place) == inputs.end() ? place : nullptr;
}

void Epilogue::run(const Window& window, const void* result, int64_t row_stride, std::span<void* const> others) const {
  const auto& [program, pack] = *program_;
  SmallVector<void*, 16> operands;
  operands.push_back(nullptr);
  for (void* other : others) operands.push_back(other);
  const std::span<void* const> all(operands.data(), operands.size());
  TileWorker worker(program, pack, all, program.direct_outputs(all));
  const View given{static_cast<std::byte*>(const_cast<void*>(result)), row_stride};
  if (!program.streams) {
    worker.run_window(
        {{block, window.matrix, 1}, {row, window.row, window.rows}, {column, window.column, window.columns}}, given);
    return;
  }
  const auto [rows, columns] = program.matrix;
  const int64_t start = (window.matrix * rows + window.row) * columns + window.column;
  worker.fill_constants(program.tiling.columns);
  if (window.columns == columns && row_stride == columns)
    worker.run_stream({start, 1, window.rows * columns, 0}, given);
  else
    worker.run_stream({start, window.rows, window.columns, columns}, given);
}

}  // namespace ingot::cpu
