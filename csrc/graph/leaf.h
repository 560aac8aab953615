// The operations that the graph itself needs: where graphs begin, and how one node shows a part of another.
#pragma once

#include "ingot/graph/op.h"

namespace ingot {

/// A value that was there before the graph. Nodes of this operation are evaluated from birth.
struct Constant final : Define<Constant, NonDifferentiableOp> {
  static constexpr const char* kName = "constant";
  auto attributes() const { return std::tie(); }
  Kind kind() const override { return Kind::source; }
  static const OpRef& instance();
};

/// An argument of a function that is being recorded. It never has a value; asking for one is a TraceError.
struct Placeholder final : Define<Placeholder, NonDifferentiableOp> {
  static constexpr const char* kName = "placeholder";
  auto attributes() const { return std::tie(); }
  Kind kind() const override { return Kind::source; }
  static NodeRef create(Spec spec, Device device);
};

/// The identity, as a view: a place in the graph of its own, where gradients of a leaf end (its node has a slot), or
/// where a function transform takes hold of an argument.
struct Variable final : Define<Variable, LinearOp> {
  static constexpr const char* kName = "variable";
  auto attributes() const { return std::tie(); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape&, const Layout& in, const Shape&) const override { return in; }
  Array transpose(const Call&, const Array& cotangent) const override { return cotangent; }
  std::vector<Array> vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const override {
    return inputs;
  }
  static NodeRef create(const NodeRef& input);
};

/// The same values, densely packed in row-major order: the input itself if it is packed already.
struct Pack final : Define<Pack, LinearOp> {
  static constexpr const char* kName = "contiguous";
  auto attributes() const { return std::tie(); }
  Lowering lowering() const override { return Lowering::view; }
  std::optional<Layout> view(const Shape& shape, const Layout& in, const Shape&) const override {
    return is_contiguous(shape, in.strides) ? std::optional(in) : std::nullopt;
  }
  Array transpose(const Call&, const Array& cotangent) const override { return cotangent; }
  std::vector<Array> vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes&, int64_t) const override {
    return inputs;
  }
  static NodeRef create(const NodeRef& input);
};

/// Result `k` of an operation of several outputs.
struct Output final : Define<Output, Op> {
  static constexpr const char* kName = "output";
  size_t k;
  explicit Output(size_t index) : k(index) {}
  auto attributes() const { return std::tie(k); }
  Kind kind() const override { return Kind::custom; }
  Lowering lowering() const override { return Lowering::view; }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  static NodeRef create(const NodeRef& tuple, size_t k);
};

}  // namespace ingot
