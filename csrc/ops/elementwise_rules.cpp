// Derivatives and batching of the elementwise table: both modes of differentiation from one expression per input.
#include <array>

#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise_op.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"

namespace ingot {

namespace {

/// An array in a derivative expression. Most expressions use few of x, y, z and r, so handles are made when one is
/// used.
class Operand {
 public:
  Operand() = default;
  explicit Operand(const Node& node) : node_(&node) {}
  explicit Operand(const Array& array) : array_(array) {}

  operator const Array&() const {
    if (!array_.defined()) array_ = Array(NodeRef(const_cast<Node*>(node_)));
    return array_;
  }
  DType dtype() const { return static_cast<const Array&>(*this).dtype(); }

 private:
  const Node* node_ = nullptr;
  mutable Array array_;
};

/// The tangent `g`, or in reverse mode the conjugate of the cotangent.
///
/// An expression may treat g as a tangent in both modes if it is `a * g + b * conj(g)` with a real `b`; where `b` is
/// not real (abs and sign of complex numbers, imag) it must ask for the direction.
struct Tangent : Operand {
  Tangent(const Array& g, bool backwards) : Operand(g), reverse(backwards) {}
  bool reverse;
};

/// 0 where the exponent is 0: there `y * x**(y - 1)` would be 0 times infinity at x = 0.
Array pow_base_tangent(const Array& g, const Array& x, const Array& y) {
  const Array constant = y == 0;
  return where(constant, 0, g * y * pow(x, where(constant, 1, y) - 1));
}

/// 0 where the base is 0 or negative: there the power is no smooth function of its exponent, and the logarithm would
/// spread NaN.
Array pow_exponent_tangent(const Array& g, const Array& x, const Array& r) {
  const Array edge = is_complex(x.dtype()) ? x == 0 : x <= 0;
  return where(edge, 0, g * r * log(where(edge, 1, x)));
}

/// `x`, but 1 where it is 0: a divisor for what is 0 there as well.
Array nonzero(const Array& x) { return where(x == 0, 1, x); }

/// r / x, or its limit where x is 0.
Array over(const Array& r, const Array& x, double limit) { return where(x == 0, limit, r / nonzero(x)); }

[[noreturn]] Array no_derivative(const char* function, const char* of_what) {
  throw GradError(function, ": there is no derivative by ", of_what, "; detach it, or let it not require grad");
}

/// (cos(pi x) - sinc(x)) / x, near 0 by its series, where nothing would be left of the difference.
Array sinc_tangent(const Array& g, const Array& x, const Array& r) {
  constexpr double kPi = 3.14159265358979323846;
  const Array near = abs(x) < 0.25;
  const Array inner = where(near, x, 0), z = square(inner) * (kPi * kPi);
  // Of x pi^2 (c0 + c1 z + ...): 2k (-1)^k / (2k + 1)!
  double coefficients[8], factorial = 1;
  for (int k = 1; k <= 8; ++k) {
    factorial *= 2 * k * (2 * k + 1);
    coefficients[k - 1] = (k % 2 ? -2 : 2) * k / factorial;
  }
  Array sum = z * coefficients[7] + coefficients[6];
  for (int k = 5; k >= 0; --k) sum = sum * z + coefficients[k];
  const Array outer = where(near, 1, x);
  return g * where(near, inner * sum * (kPi * kPi), (cos(outer * kPi) - r) / outer);
}

/// In reverse mode `g` is the conjugate of the cotangent, and each part gets its own.
Array real_part_tangent(const Tangent& g) {
  const Array& given = g;
  return g.reverse ? real(given) : complex(given, zeros_like(given));
}
Array imaginary_part_tangent(const Tangent& g) {
  const Array& given = g;
  return g.reverse ? -imag(given) : complex(zeros_like(given), given);
}

Array abs_tangent(const Tangent& g, const Array& x) {
  const Array direction = sign(x);
  if (!is_complex(x.dtype())) return g * direction;
  return g.reverse ? g * conj(direction) : real(conj(direction) * g);
}

Array sign_tangent(const Tangent& g, const Array& x, const Array& r) {
  if (!is_complex(x.dtype())) return Array();
  // The direction changes by what is at right angles to it. As a map of real vectors this is its own transpose.
  const Array change = g.reverse ? conj(g) : g;
  const Array zero = x == 0;
  const Array turned = where(zero, 0, (change - r * real(conj(r) * change)) / where(zero, 1, abs(x)));
  return g.reverse ? conj(turned) : turned;
}

Array imag_tangent(const Tangent& g, const Array& x) {
  if (!is_complex(x.dtype())) return Array();
  return g.reverse ? g * std::complex<double>(0, -1) : imag(g);
}

using Rule = Array (*)(const Tangent& g, const Operand& x, const Operand& y, const Operand& z, const Operand& r);

#define ZERO Array()
#define INGOT_RULE(expression)                                                                                         \
  [](const Tangent& g [[maybe_unused]], const Operand& x [[maybe_unused]], const Operand& y [[maybe_unused]],          \
     const Operand& z [[maybe_unused]], const Operand& r [[maybe_unused]]) -> Array { return expression; }
#define UNARY(name, typing, eigen, scalar, dx, sample, reference) {{INGOT_RULE(dx), nullptr, nullptr}},
#define BINARY(name, typing, eigen, scalar, dx, dy, sample, reference) {{INGOT_RULE(dx), INGOT_RULE(dy), nullptr}},
#define TERNARY(name, typing, eigen, scalar, dx, dy, dz, sample, reference)                                            \
  {{INGOT_RULE(dx), INGOT_RULE(dy), INGOT_RULE(dz)}},
constexpr std::array<Rule, 3> kRules[] = {
#include "ingot/ops/elementwise.def"
};
#undef UNARY
#undef BINARY
#undef TERNARY
#undef INGOT_RULE
#undef ZERO

/// The tangent of the result, or the conjugate of the cotangent of input `i` before its broadcasting is undone.
Array derivative(const Call& call, Opcode opcode, size_t i, const Tangent& g) {
  std::array<Operand, 3> inputs;
  for (size_t k = 0; k < call.arity(); ++k) inputs[k] = Operand(*call.node().inputs()[k]);
  return kRules[static_cast<size_t>(opcode)][i](g, inputs[0], inputs[1], inputs[2], Operand(call.node()));
}

}  // namespace

const OpRef& Pointwise::instance(Opcode opcode) {
  static const std::vector<OpRef> all = [] {
    std::vector<OpRef> ops;
    for (const ElementwiseRow& row : elementwise_rows()) ops.push_back(make_ref<Pointwise>(row));
    return ops;
  }();
  return all[static_cast<size_t>(opcode)];
}

bool Pointwise::same(const Op& other) const {
  const auto* that = dynamic_cast<const Pointwise*>(&other);
  return that && that->opcode() == opcode();
}

uint64_t Pointwise::fingerprint() const { return detail::hash_combine(1, static_cast<uint64_t>(row_.opcode)); }

std::vector<Array> Pointwise::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  std::vector<Array> result(call.arity());
  if (!row_.differentiable || !cotangents[0].defined()) return result;
  const Tangent g(conj_if_complex(cotangents[0]), true);
  for (size_t i = 0; i < result.size(); ++i) {
    if (!call.needs(i)) continue;
    Array d = derivative(call, opcode(), i, g);
    if (!d.defined()) continue;
    d = sum_to(conj_if_complex(d), call.in_shape(i));
    const DType dtype = call.node().inputs()[i]->dtype();
    result[i] = converted(d, dtype);
  }
  return result;
}

std::vector<Array> Pointwise::jvp(const Call& call, const std::vector<Array>& tangents) const {
  if (!row_.differentiable) return {Array()};
  Array total;
  for (size_t i = 0; i < tangents.size(); ++i) {
    if (!tangents[i].defined()) continue;
    const Array term = derivative(call, opcode(), i, Tangent(tangents[i], false));
    if (!term.defined()) continue;
    total = total.defined() ? total + term : term;
  }
  if (total.defined() && total.shape() != call.node().shape()) total = broadcast_to(total, call.node().shape());
  return {total};
}

std::vector<Array> Pointwise::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                                   int64_t batch) const {
  const auto ndim = static_cast<int64_t>(call.node().shape().size());
  std::vector<Array> aligned;
  for (size_t i = 0; i < inputs.size(); ++i) aligned.push_back(align_batch(inputs[i], axes[i], ndim));
  return {apply(call.node().op_ref(), aligned, {with_batch(call.node().shape(), batch), call.node().dtype()})};
}

const OpRef& Cast::instance(DType target) {
  static const std::vector<OpRef> all = [] {
    std::vector<OpRef> ops;
    for (int i = 0; i < kDTypeCount; ++i) ops.push_back(make_ref<Cast>(static_cast<DType>(i)));
    return ops;
  }();
  return all[static_cast<size_t>(target)];
}

std::vector<Array> Cast::vjp(const Call& call, const std::vector<Array>& cotangents) const {
  if (!cotangents[0].defined() || !call.needs(0)) return {Array()};
  return {astype(cotangents[0], call.node().inputs()[0]->dtype())};
}

std::vector<Array> Cast::jvp(const Call&, const std::vector<Array>& tangents) const {
  return {tangents[0].defined() && is_inexact(dtype) ? astype(tangents[0], dtype) : Array()};
}

std::vector<Array> Cast::vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const {
  return {astype(inputs[0], dtype)};
}

}  // namespace ingot
