// The oracle of the tests: every step by plain loops over every element, floats in double. Made to be evidently right,
// not fast.
#include "ingot/engine/backend.h"

#include <cstring>

#include "ingot/engine/default_kernel.h"
#include "ingot/engine/lock.h"
#include "ingot/ops/scalar.h"
#include "ingot/reference/elementwise.h"
#include "ingot/reference/wide.h"

namespace ingot::reference {
namespace {

/// One element per position of the space; of the kept space (reduced axes of length 1) if the instruction is `reduced`.
struct Register {
  DType dtype;
  std::vector<std::byte> bytes;

  Register(DType narrow, size_t count) : dtype(widen(narrow)), bytes(count * size_of(dtype)) {}
  template <class T>
  T* as() {
    return reinterpret_cast<T*>(bytes.data());
  }
};

/// The offset of every position of `space`, in row-major order.
std::vector<int64_t> offsets(const Shape& space, const Strides& strides) {
  std::vector<int64_t> result(static_cast<size_t>(element_count(space)));
  Shape position(space.size());
  for (int64_t& offset : result) {
    offset = 0;
    for (size_t axis = 0; axis < space.size(); ++axis) offset += position[axis] * strides[axis];
    for (size_t axis = space.size(); axis-- > 0 && ++position[axis] == space[axis];) position[axis] = 0;
  }
  return result;
}

/// The C++ types of an operand, which may be any, and of a register, which is wide.
template <class F>
void visit_pair(DType operand, DType wide, F&& f) {
  visit(operand, [&](auto first) { visit_wide(wide, [&](auto second) { f(first, second); }); });
}

template <class T>
T identity(ReduceKind kind) {
  if constexpr (!is_complex_type<T>) {
    using Limits = std::numeric_limits<T>;
    if (kind == ReduceKind::max) return Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
    if (kind == ReduceKind::min) return Limits::has_infinity ? Limits::infinity() : Limits::max();
  }
  return kind == ReduceKind::prod || kind == ReduceKind::all ? T(1) : T(0);
}

template <class T>
T combine(ReduceKind kind, T a, T b) {
  switch (kind) {
    case ReduceKind::sum:
      return static_cast<T>(a + b);
    case ReduceKind::prod:
      if constexpr (std::is_same_v<T, bool>)
        return a && b;
      else
        return static_cast<T>(a * b);
    case ReduceKind::all:
      return T(a != T(0) && b != T(0));
    case ReduceKind::any:
      return T(a != T(0) || b != T(0));
    case ReduceKind::max:
    case ReduceKind::min:
      if constexpr (!is_complex_type<T>)
        return kind == ReduceKind::max ? scalars::maximum(a, b) : scalars::minimum(a, b);
  }
  throw TypeError("max and min do not order ", dtype_of<T>, " numbers");
}

class FusedKernel final : public Kernel {
 public:
  explicit FusedKernel(const FusedStep& step) : step_(step), kept_(step.space) {
    for (uint32_t axis = step.outer_axes; axis < step.outer_axes + step.reduced_axes; ++axis) kept_[axis] = 1;
    kept_of_full_ = offsets(step.space, broadcast_strides(kept_, contiguous_strides(kept_), step.space));
  }

  void run(std::span<void* const> operands) const override {
    std::vector<Register> registers;
    registers.reserve(step_.code.size());
    for (const Instr& instr : step_.code) {
      poll_interrupt();
      Register out(instr.dtype, static_cast<size_t>(element_count(space_of(instr))));
      if (instr.kind == Instr::Kind::load) load(instr, operands[instr.index], out);
      if (instr.kind == Instr::Kind::pointwise) pointwise(instr, registers, out);
      if (instr.kind == Instr::Kind::reduce) reduce(instr, registers, out);
      registers.push_back(std::move(out));
    }
    for (size_t k = 0; k < step_.outputs.size(); ++k) {
      const Operand& output = step_.outputs[k];
      store(output, registers[output.reg], operands[step_.inputs.size() + k]);
    }
  }

 private:
  const Shape& space_of(const Instr& instr) const { return instr.reduced ? kept_ : step_.space; }

  void load(const Instr& instr, const void* data, Register& out) const {
    const Operand& input = step_.inputs[instr.index];
    const std::vector<int64_t> offset = offsets(space_of(instr), input.strides);
    visit_pair(input.dtype, out.dtype, [&]<class From, class To>(TypeTag<From>, TypeTag<To>) {
      for (size_t i = 0; i < offset.size(); ++i)
        out.as<To>()[i] = convert<To>(static_cast<const From*>(data)[offset[i]]);
    });
  }

  void store(const Operand& output, Register& source, void* data) const {
    const std::vector<int64_t> offset = offsets(space_of(step_.code[output.reg]), output.strides);
    visit_pair(output.dtype, source.dtype, [&]<class To, class From>(TypeTag<To>, TypeTag<From>) {
      for (size_t i = 0; i < offset.size(); ++i) static_cast<To*>(data)[offset[i]] = convert<To>(source.as<From>()[i]);
    });
  }

  void pointwise(const Instr& instr, std::vector<Register>& registers, Register& out) const {
    std::vector<Register> broadcast;
    broadcast.reserve(instr.source_count);
    const void* sources[3] = {};
    DType dtype{};
    for (int k = 0; k < instr.source_count; ++k) {
      Register* source = &registers[instr.sources[k]];
      if (step_.code[instr.sources[k]].reduced && !instr.reduced) {
        broadcast.emplace_back(source->dtype, kept_of_full_.size());
        visit_wide(source->dtype, [&]<class T>(TypeTag<T>) {
          for (size_t i = 0; i < kept_of_full_.size(); ++i)
            broadcast.back().as<T>()[i] = source->as<T>()[kept_of_full_[i]];
        });
        source = &broadcast.back();
      }
      sources[k] = source->bytes.data();
      dtype = source->dtype;
    }
    const int64_t count = static_cast<int64_t>(out.bytes.size() / size_of(out.dtype));
    if (instr.opcode != Opcode::cast) return evaluate_row(instr.opcode, dtype, out.bytes.data(), sources, count);
    visit_pair(out.dtype, dtype, [&]<class To, class From>(TypeTag<To>, TypeTag<From>) {
      for (int64_t i = 0; i < count; ++i) out.as<To>()[i] = convert<To>(static_cast<const From*>(sources[0])[i]);
    });
  }

  void reduce(const Instr& instr, std::vector<Register>& registers, Register& out) const {
    Register& source = registers[instr.sources[0]];
    const bool source_is_kept = step_.code[instr.sources[0]].reduced;
    const size_t count = out.bytes.size() / size_of(out.dtype);
    visit_pair(out.dtype, source.dtype, [&]<class To, class T>(TypeTag<To>, TypeTag<T>) {
      const std::unique_ptr<T[]> totals(new T[count]);
      std::fill_n(totals.get(), count, identity<T>(instr.reduce));
      for (size_t i = 0; i < kept_of_full_.size(); ++i) {
        const int64_t place = kept_of_full_[i];
        totals[place] =
            combine(instr.reduce, totals[place], source.as<T>()[source_is_kept ? place : static_cast<int64_t>(i)]);
      }
      for (size_t i = 0; i < count; ++i) out.as<To>()[i] = convert<To>(totals[i]);
    });
  }

  FusedStep step_;
  Shape kept_;
  /// For every position of the space, the position of the kept space it belongs to.
  std::vector<int64_t> kept_of_full_;
};

class ReferenceBackend final : public Backend {
 public:
  const char* name() const override { return "reference"; }
  Traits traits() const override { return {}; }
  bool has_kernel(const Op&) const override { return false; }
  bool takes_epilogue(const Op&) const override { return false; }
  std::unique_ptr<Kernel> compile(const FusedStep& step) const override { return std::make_unique<FusedKernel>(step); }
  std::unique_ptr<Kernel> compile(const KernelStep& step) const override {
    return std::make_unique<DefaultKernel>(step);
  }
};

}  // namespace
}  // namespace ingot::reference

namespace ingot {

const Backend& reference_backend() {
  static const reference::ReferenceBackend backend;
  return backend;
}

}  // namespace ingot
