#include "ingot/engine/program.h"

#include <ostream>

namespace ingot {

const char* name_of(Opcode opcode) {
  switch (opcode) {
#define UNARY(name, ...)                                                                                               \
  case Opcode::name:                                                                                                   \
    return #name;
#define BINARY(name, ...)                                                                                              \
  case Opcode::name:                                                                                                   \
    return #name;
#define TERNARY(name, ...)                                                                                             \
  case Opcode::name:                                                                                                   \
    return #name;
#include "ingot/ops/elementwise.def"
#undef UNARY
#undef BINARY
#undef TERNARY
    case Opcode::cast:
      return "cast";
  }
  return "?";
}

const char* name_of(ReduceKind kind) {
  constexpr const char* names[] = {"sum", "prod", "max", "min", "all", "any"};
  return names[static_cast<size_t>(kind)];
}

std::ostream& operator<<(std::ostream& out, const FusedStep& step) {
  out << "fused over " << step.space;
  if (step.reduced_axes)
    out << ", " << step.outer_axes << " outer, " << step.reduced_axes << " reduced, " << step.inner_axes()
        << " inner axes";
  for (size_t i = 0; i < step.code.size(); ++i) {
    const Instr& instr = step.code[i];
    out << "\n    r" << i << ": " << instr.dtype << (instr.reduced ? " (reduced)" : "") << " = ";
    switch (instr.kind) {
      case Instr::Kind::load:
        out << "load " << step.inputs[instr.index].dtype << " input " << instr.index << ", strides "
            << step.inputs[instr.index].strides;
        break;
      case Instr::Kind::pointwise:
        out << name_of(instr.opcode);
        break;
      case Instr::Kind::reduce:
        out << name_of(instr.reduce);
        break;
    }
    for (uint16_t s = 0; s < instr.source_count; ++s) out << " r" << instr.sources[s];
  }
  for (const Operand& output : step.outputs) out << "\n    store " << output.dtype << " r" << output.reg;
  return out;
}

}  // namespace ingot
