// What an operation is: how it is lowered, differentiated, batched and computed. One subclass per operation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "ingot/graph/array.h"
#include "ingot/graph/opcode.h"
#include "ingot/graph/value.h"

namespace ingot {

/// One application of an operation, as the rules below see it. Handles are made on demand: most rules need few.
class Call {
 public:
  explicit Call(const Node& node) : node_(node) {}
  const Node& node() const { return node_; }
  size_t arity() const { return node_.inputs().size(); }
  /// Input `i`.
  Array in(size_t i) const { return Array(node_.inputs()[i]); }
  const Shape& in_shape(size_t i) const { return node_.inputs()[i]->shape(); }
  /// The result. For an operation of several outputs use `out(k)`.
  Array out() const { return Array(NodeRef(const_cast<Node*>(&node_))); }
  Array out(size_t k) const;
  /// True if the gradient by input `i` is wanted.
  bool needs(size_t i) const { return node_.inputs()[i]->requires_grad(); }

 private:
  const Node& node_;
};

/// Per-axis position of the batch axis of each input of a batched call; -1 where the input is not batched.
using BatchAxes = std::vector<int64_t>;

/// The interface of an operation. Instances are immutable and shared between nodes; parameters (axes, flags) are
/// members.
///
/// An operation derives from one of the kinds below (`PointwiseOp`, `LinearOp`, `BilinearOp`, `CustomOp`,
/// `NonDifferentiableOp`), which give it most of its rules, through `Define<Self, Kind>`, which gives it identity. A
/// composite needs none: it is a function of other functions.
class Op : public RefCounted<Op> {
 public:
  /// How derivatives are found; the op suite checks each kind by its own properties.
  enum class Kind { source, pointwise, linear, bilinear, custom, nondifferentiable };
  /// What the engine makes of a node: a view of its input (no work), part of a fused group, a step that runs a kernel,
  /// or
  /// (`expand`) the smaller graph that `expand()` returns, where the backend has no kernel of its own.
  enum class Lowering { view, pointwise, reduction, kernel, expand };

  virtual ~Op() = default;

  virtual const char* name() const = 0;
  virtual Kind kind() const = 0;
  virtual Lowering lowering() const { return Lowering::kernel; }
  /// Name and parameters, as graph printouts show it: `sum(axes=(1,), keepdims=False)`.
  virtual std::string describe() const { return name(); }
  /// True if both compute the same function. Equal operations have equal fingerprints.
  virtual bool same(const Op& other) const = 0;
  virtual uint64_t fingerprint() const = 0;

  // ---- derivatives: graph in, graph out ----

  /// Reverse mode. `cotangents` has one entry per output, undefined where nothing flowed back. Returns one entry per
  /// input, undefined where `!call.needs(i)` or the derivative is zero.
  virtual std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const = 0;
  /// Forward mode. `tangents` has one entry per input, undefined for zero. Returns one entry per output.
  virtual std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const = 0;
  /// Applies the operation to inputs that carry a batch axis at the front where `axes[i]` is 0 (-1: no batch axis), and
  /// returns outputs with the batch axis at the front. The default loops over the batch.
  virtual std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                  int64_t batch) const;

  // ---- what the engine and the backends use ----

  /// Lowering::view: the layout of the result as a window on the input, or nothing if this layout needs a copy.
  virtual std::optional<Layout> view(const Shape& in_shape, const Layout& in, const Shape& out_shape) const;
  /// Lowering::pointwise: the row of ops/elementwise.def.
  virtual Opcode opcode() const;
  /// Lowering::reduction.
  virtual Reduction reduction() const;
  /// Lowering::expand: the same function as a graph of other operations.
  virtual std::vector<Array> expand(const std::vector<Array>& inputs) const;
  /// Lowering::kernel, and for a view that needs a copy: the default kernel, plain loops over operands of any strides.
  /// Outputs are contiguous. Runs on the reference backend, and on any other that has nothing faster.
  virtual void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const;

  static void destroy(Op* op) noexcept { delete op; }
};

using OpRef = Ref<const Op>;

namespace detail {
uint64_t hash_combine(uint64_t seed, uint64_t value);
template <class T>
uint64_t hash_attribute(const T& value) {
  if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
    return static_cast<uint64_t>(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    return std::bit_cast<uint64_t>(static_cast<double>(value));
  } else if constexpr (requires { value.has_value(); }) {
    return value ? hash_combine(1, hash_attribute(*value)) : 0;
  } else if constexpr (requires { value.begin(); }) {
    uint64_t seed = value.size();
    for (const auto& item : value) seed = hash_combine(seed, hash_attribute(item));
    return seed;
  } else {
    return value.fingerprint();
  }
}
template <class T>
void print_attribute(std::ostream& out, const T& value) {
  if constexpr (requires { out << value; }) {
    out << value;
  } else if constexpr (requires { value.begin(); }) {
    out << '[';
    const char* gap = "";
    for (const auto& item : value) {
      out << gap;
      print_attribute(out, item);
      gap = ", ";
    }
    out << ']';
  } else {
    out << "...";
  }
}
}  // namespace detail

/// Gives an operation identity from its parameters: derive as `struct Sum final : Define<Sum, LinearOp>` and write
/// `static constexpr const char* kName = "sum";` and `auto attributes() const { return std::tie(axes, keepdims); }`.
template <class Self, class Kind>
class Define : public Kind {
 public:
  using Kind::Kind;
  const char* name() const override { return Self::kName; }
  bool same(const Op& other) const final {
    const auto* that = dynamic_cast<const Self*>(&other);
    return that && self().attributes() == that->attributes();
  }
  uint64_t fingerprint() const final {
    static const char tag = 0;  // its address tells one class from another
    uint64_t seed = reinterpret_cast<uint64_t>(&tag);
    std::apply([&](const auto&... value) { ((seed = detail::hash_combine(seed, detail::hash_attribute(value))), ...); },
               self().attributes());
    return seed;
  }
  std::string describe() const override {
    std::ostringstream out;
    out << name();
    std::apply(
        [&](const auto&... value) {
          [[maybe_unused]] const char* gap = "(";
          ((out << gap, detail::print_attribute(out, value), gap = ", "), ...);
          if (sizeof...(value)) out << ')';
        },
        self().attributes());
    return out.str();
  }

 private:
  const Self& self() const { return static_cast<const Self&>(*this); }
};

/// An operation of no inputs that carry gradients: constants, placeholders, `arange`, random bits.
class NonDifferentiableOp : public Op {
 public:
  Kind kind() const override { return Kind::nondifferentiable; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const final;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const final;
};

/// One input's worth of linearity: `transpose` is the only rule, forward mode is the operation itself.
class LinearOp : public Op {
 public:
  Kind kind() const override { return Kind::linear; }
  /// The cotangent of the input, given that of the output. Input 0 is the linear one; others (indices) are constants.
  virtual Array transpose(const Call& call, const Array& cotangent) const = 0;
  /// The operation on another linear input, all else as in `call`.
  virtual Array apply_to(const Call& call, const Array& input) const;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const final;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const final;
};

/// Linear in each of its inputs (matmul, convolution): forward mode is the sum of the operation with one input replaced
/// by its tangent.
class BilinearOp : public Op {
 public:
  Kind kind() const override { return Kind::bilinear; }
  /// The cotangent of input `i`, given that of the output.
  virtual Array transpose(const Call& call, size_t i, const Array& cotangent) const = 0;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const final;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const final;
};

/// An operation with rules of its own. The list of these is short and reviewed.
class CustomOp : public Op {
 public:
  Kind kind() const override { return Kind::custom; }
};

}  // namespace ingot
