#include "ingot/engine/step_info.h"

#include <sstream>

namespace ingot {

namespace {

/// Distinct elements of memory behind an operand of these lengths.
double touched(const Shape& lengths, const Strides& strides) {
  double count = 1;
  for (size_t axis = 0; axis < lengths.size(); ++axis)
    if (strides[axis] != 0) count *= static_cast<double>(lengths[axis]);
  return count;
}

int64_t bytes_of(const Shape& lengths, const Strides& strides, DType dtype) {
  return static_cast<int64_t>(touched(lengths, strides) * static_cast<double>(size_of(dtype)));
}

void print_array(std::ostream& out, DType dtype, const Shape& shape) {
  out << dtype << '[';
  const char* gap = "";
  for (int64_t length : shape) {
    out << gap << length;
    gap = ", ";
  }
  out << ']';
}

/// `multiply+add+exp`; what only converts between dtypes is left out if there is anything else.
void print_instructions(std::ostream& out, const FusedStep& step) {
  const auto names = [&](bool casts) {
    std::string text;
    for (const Instr& instr : step.code) {
      if (instr.kind == Instr::Kind::load) continue;
      const bool is_cast = instr.kind == Instr::Kind::pointwise && instr.opcode == Opcode::cast;
      if (is_cast && !casts) continue;
      if (!text.empty()) text += '+';
      text += instr.kind == Instr::Kind::reduce ? name_of(instr.reduce) : name_of(instr.opcode);
    }
    return text;
  };
  std::string text = names(false);
  if (text.empty()) text = names(true);
  out << '[' << (text.empty() ? "copy" : text) << ']';
}

double flops_of_program(const FusedStep& step) {
  double full = 1, kept = 1;
  for (size_t axis = 0; axis < step.space.size(); ++axis) {
    const bool reduced = axis >= step.outer_axes && axis < step.outer_axes + step.reduced_axes;
    full *= static_cast<double>(step.space[axis]);
    if (!reduced) kept *= static_cast<double>(step.space[axis]);
  }
  double total = 0;
  for (const Instr& instr : step.code) {
    const bool is_cast = instr.kind == Instr::Kind::pointwise && instr.opcode == Opcode::cast;
    if (instr.kind == Instr::Kind::load || is_cast) continue;
    total += instr.reduced && instr.kind == Instr::Kind::pointwise ? kept : full;
  }
  return total;
}

struct Inspect {
  StepInfo operator()(const FusedStep& step) const {
    std::ostringstream name;
    name << "fused";
    print_instructions(name, step);
    name << ' ';
    print_array(name, step.outputs.empty() ? DType::float32 : step.outputs[0].dtype, step.space);
    StepInfo info{name.str(), flops_of_program(step)};
    for (const auto* operands : {&step.inputs, &step.outputs})
      for (const Operand& operand : *operands) info.bytes += bytes_of(step.space, operand.strides, operand.dtype);
    return info;
  }

  StepInfo operator()(const KernelStep& step) const {
    std::ostringstream name;
    name << step.op->name();
    if (step.epilogue) {
      name << '+';
      print_instructions(name, *step.epilogue);
    }
    for (const Tensor& input : step.inputs) {
      name << ' ';
      print_array(name, input.dtype, input.shape);
    }
    const char* arrow = " -> ";
    for (const Tensor& output : step.outputs) {
      name << arrow;
      print_array(name, output.dtype, output.shape);
      arrow = ", ";
    }
    StepInfo info{name.str(), flops_of(step)};
    for (const Tensor& input : step.inputs) info.bytes += bytes_of(input.shape, input.strides, input.dtype);
    if (step.epilogue) {
      info.flops += flops_of_program(*step.epilogue);
      const auto& [inputs, outputs] = std::tie(step.epilogue->inputs, step.epilogue->outputs);
      for (size_t i = 1; i < inputs.size(); ++i)
        info.bytes += bytes_of(step.epilogue->space, inputs[i].strides, inputs[i].dtype);
      for (const Operand& output : outputs) info.bytes += bytes_of(step.epilogue->space, output.strides, output.dtype);
    } else {
      for (const Tensor& output : step.outputs) info.bytes += bytes_of(output.shape, output.strides, output.dtype);
    }
    return info;
  }
};

struct Write {
  std::ostream& out;

  void operator()(const FusedStep& step) const { out << step; }
  void operator()(const KernelStep& step) const {
    out << step.op->describe();
    for (const Tensor& input : step.inputs) out << ' ' << input.dtype << input.shape;
    for (const Tensor& output : step.outputs) out << " -> " << output.dtype << output.shape;
    if (step.epilogue) out << ", then " << *step.epilogue;
  }
};

}  // namespace

StepInfo info_of(const StepSource& source) { return std::visit(Inspect{}, source); }

std::string text_of(const StepSource& source) {
  std::ostringstream out;
  std::visit(Write{out}, source);
  return out.str();
}

}  // namespace ingot
