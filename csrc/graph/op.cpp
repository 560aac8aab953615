#include "ingot/graph/op.h"

#include "ingot/graph/error.h"

namespace ingot {

namespace detail {
uint64_t hash_combine(uint64_t seed, uint64_t value) {
  // The finaliser of SplitMix64: every bit of the input reaches every bit of the result. The seed is spread out first,
  // because seeds may be neighbours (the tags of two operations) and must not meet when their values differ by as
  // little.
  uint64_t x = (seed ^ (seed >> 29)) * 0xd6e8feb86659fd93u + 0x9e3779b97f4a7c15u + value;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}
}  // namespace detail

std::optional<Layout> Op::view(const Shape&, const Layout&, const Shape&) const { return std::nullopt; }
Opcode Op::opcode() const { throw Error(name(), ": not a pointwise operation"); }
Reduction Op::reduction() const { throw Error(name(), ": not a reduction"); }
std::vector<Array> Op::expand(const std::vector<Array>&) const { throw Error(name(), ": has no expansion"); }
void Op::compute(std::span<const Tensor>, std::span<const Tensor>) const {
  throw Error(name(), ": has no kernel of its own");
}

std::vector<Array> NonDifferentiableOp::vjp(const Call& call, const std::vector<Array>&) const {
  return std::vector<Array>(call.arity());
}
std::vector<Array> NonDifferentiableOp::jvp(const Call& call, const std::vector<Array>&) const {
  return std::vector<Array>(call.node().is_tuple() ? call.node().output_specs().size() : 1);
}

}  // namespace ingot
