// What a fused group computes: a small straight-line program over the elements of an iteration space.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "ingot/graph/opcode.h"

namespace ingot {

/// One operation of a program. Instruction `i` defines register `i`; sources are registers of earlier instructions.
struct Instr {
  enum class Kind : uint8_t {
    load,       ///< operand `index` of the step's inputs
    pointwise,  ///< `opcode` on the sources
    reduce,     ///< `reduce` of the one source over the reduced axes
  };
  Kind kind;
  Opcode opcode{};
  ReduceKind reduce{};
  /// The dtype of this register. Arithmetic on float16 and bfloat16 happens in float32: only loads and stores see
  /// those, so a register is never of them. Sources of a pointwise instruction have the dtype its row computes in; a
  /// comparison gives bool.
  DType dtype;
  /// True if the register has one element per position of the kept axes: every `reduce`, pointwise instructions on
  /// reduction results (all their sources are reduced), and the loads that only those use. A full instruction may mix
  /// full and reduced sources; the source of a `reduce` is always full. Only with row reductions.
  bool reduced = false;
  uint16_t index = 0;
  uint16_t source_count = 0;
  uint16_t sources[3] = {0, 0, 0};
};

/// An array that a step reads or writes, over the step's iteration space.
struct Operand {
  DType dtype;
  /// Distance along each axis of the space, in elements; 0 where it does not vary.
  Strides strides;
  /// For an output: the register that is stored.
  uint16_t reg = 0;
};

/// A fused group. The space is `outer x reduced x inner` axes; without reductions all axes are outer.
///
/// With `inner` axes empty, reductions run along the last axes ("rows"), and their results may be used by later
/// instructions as if broadcast back (softmax is one program). With `inner` axes present, reductions run across rows of
/// the inner axes
/// ("columns"), and reduce registers are only stored.
struct FusedStep {
  Shape space;
  uint32_t outer_axes = 0;
  uint32_t reduced_axes = 0;
  std::vector<Instr> code;
  std::vector<Operand> inputs;
  /// Outputs that are `reduced` have stride 0 along the reduced axes.
  std::vector<Operand> outputs;

  uint32_t inner_axes() const { return static_cast<uint32_t>(space.size()) - outer_axes - reduced_axes; }
};

const char* name_of(Opcode opcode);
const char* name_of(ReduceKind kind);
/// One line per instruction, for people: what `plan.describe()` shows.
std::ostream& operator<<(std::ostream& out, const FusedStep& step);

}  // namespace ingot
