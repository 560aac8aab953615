// The graph: immutable nodes, each an operation on other nodes, that hold a value once evaluated.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ingot/graph/device.h"
#include "ingot/graph/ref.h"
#include "ingot/graph/value.h"

namespace ingot {

class Op;
class Node;
class GradSlot;
using NodeRef = Ref<Node>;

/// Shape and dtype of one output.
struct Spec {
  Shape shape;
  DType dtype;
};

/// A vertex of the computation graph: `op(inputs)`. What it computes never changes; what does change is bookkeeping:
/// its value appears when it is evaluated, and its edges go when nothing can need them any more.
///
/// An operation of several outputs is a node of its own (a "tuple" node, without a value) and one `Output` node per
/// result.
///
/// Edges, values and marks are guarded by the graph lock (engine/lock.h); everything else may be read by any thread.
class Node final : public RefCounted<Node> {
 public:
  /// A pending node.
  static NodeRef create(Ref<const Op> op, std::span<const NodeRef> inputs, Spec spec, Device device = {});
  /// A pending node with several outputs; read them through `Output` operations (graph/leaf.h).
  static NodeRef create_tuple(Ref<const Op> op, std::span<const NodeRef> inputs, std::vector<Spec> outputs,
                              Device device = {});
  /// An evaluated node without inputs.
  static NodeRef constant(Value value, Spec spec, Device device = {});

  const Op& op() const noexcept { return *op_; }
  const Ref<const Op>& op_ref() const noexcept { return op_; }
  std::span<const NodeRef> inputs() const noexcept { return {inputs_, input_count_}; }
  const Shape& shape() const noexcept { return spec_.shape; }
  DType dtype() const noexcept { return spec_.dtype; }
  const Spec& spec() const noexcept { return spec_; }
  Device device() const noexcept { return device_; }
  /// Number of elements.
  int64_t size() const noexcept { return size_; }

  bool is_tuple() const noexcept { return static_cast<bool>(tuple_); }
  const std::vector<Spec>& output_specs() const noexcept { return tuple_->specs; }

  // ---- evaluation ----

  bool evaluated() const noexcept { return evaluated_.load(std::memory_order_acquire); }
  /// The value; only of an evaluated node that is not a tuple.
  const Value& value() const noexcept { return value_; }
  const Value& output_value(size_t k) const noexcept { return tuple_->values[k]; }
  /// Stores the value and lets go of edges that only evaluation needed.
  void set_value(Value value);
  void set_output_values(std::vector<Value> values);
  /// Takes the value away after a failed evaluation has overwritten its memory; evaluating anything that needs it is an
  /// error from then on.
  void lose_value() noexcept;
  bool lost() const noexcept { return lost_; }

  /// Longest path to an evaluated node: how much work is pending behind this one.
  uint32_t depth() const noexcept { return depth_; }

  // ---- differentiation ----

  /// True if the edges stay after evaluation, because a backward may yet need them.
  bool keeps_edges() const noexcept;
  /// True if a gradient may flow through.
  bool requires_grad() const noexcept { return requires_grad_; }
  void set_requires_grad(bool value) noexcept;
  /// True after a `backward()` that did not keep the graph: another one is an error.
  bool released() const noexcept { return released_; }
  /// Marks as released, and lets go of the edges as soon as evaluation allows.
  void release_graph();
  /// Longest path of recorded operations behind this node: what a backward would walk through.
  uint32_t tape_length() const noexcept { return tape_length_; }
  /// Starts recording: a gradient may flow from here to the inputs that require grad.
  void record() noexcept;
  /// Where gradients of this node are collected, or nothing.
  const Ref<GradSlot>& slot() const noexcept { return slot_; }
  void set_slot(Ref<GradSlot> slot);
  /// True for a node made while `jit` was recording, or that depends on a placeholder: its value cannot be asked for.
  bool traced() const noexcept { return traced_; }
  void set_traced(bool value) noexcept { traced_ = value; }

  // ---- scratch for one walk at a time, under the graph lock ----

  uint64_t mark = 0;   ///< equals the walk's number if the walk has seen this node
  uint32_t index = 0;  ///< position in the walk's order

  static void destroy(Node* node) noexcept;

 private:
  struct Tuple {
    std::vector<Spec> specs;
    std::vector<Value> values;
  };

  Node(Ref<const Op> op, std::span<const NodeRef> inputs, Spec spec, Device device);
  ~Node();
  void finish_evaluation() noexcept;
  void drop_edges() noexcept;

  Ref<const Op> op_;
  NodeRef* inputs_ = nullptr;
  uint32_t input_count_ = 0;
  uint32_t depth_ = 0;
  uint32_t tape_length_ = 0;
  std::atomic<bool> evaluated_{false};
  bool requires_grad_ = false;
  bool released_ = false;
  bool traced_ = false;
  bool lost_ = false;
  Device device_;
  Spec spec_;
  int64_t size_;
  Value value_;
  Ref<GradSlot> slot_;
  std::unique_ptr<Tuple> tuple_;
  NodeRef inline_inputs_[3];
};

/// A fresh number for a walk's marks. Call under the graph lock.
uint64_t next_mark();

}  // namespace ingot
