#include "ingot/engine/eval.h"

#include <atomic>
#include <cstring>

#include "ingot/engine/backend.h"
#include "ingot/engine/capture.h"
#include "ingot/engine/eval_targets.h"
#include "ingot/engine/in_flight.h"
#include "ingot/engine/jit.h"
#include "ingot/engine/lock.h"
#include "ingot/engine/plan_cache.h"
#include "ingot/engine/profile.h"
#include "ingot/engine/run.h"
#include "ingot/graph/error.h"

namespace ingot {

namespace {

/// Never destroyed: arrays in static objects may be evaluated late.
PlanCache& plan_cache() {
  static auto* cache = new PlanCache;
  return *cache;
}

thread_local std::vector<NodeRef> companions;

void assign(const Capture& capture, const Plan& plan, std::vector<Value> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    Node& node = *capture.nodes[plan.outputs()[i].node];
    if (!node.is_tuple()) {
      node.set_value(std::move(values[i]));
      continue;
    }
    std::vector<Value> results;
    while (results.size() < node.output_specs().size()) results.push_back(std::move(values[i++]));
    --i;
    node.set_output_values(std::move(results));
  }
}

/// True if `node` has, or can get, a value now; false if it is being recorded.
bool can_evaluate(const Node& node) { return node.evaluated() || !node.traced(); }

[[noreturn]] void throw_traced(const Node& node) {
  throw TraceError("the value of an array (", node.dtype(), " of shape ", node.shape(), ", result of '",
                   node.op().name(),
                   "') was asked for while jit or vmap was recording the function: there is none yet. Python's if, "
                   "while, float() and print() on arrays "
                   "cannot depend on recorded values; use where() for a choice, or do it outside the function");
}

}  // namespace

void eval_nodes(std::span<const NodeRef> targets) {
  const GraphLock lock;
  const Capture capture = Capture::when_free(targets);
  if (capture.nodes.empty()) return;
  const ProfileSpan span(Profile::Kind::eval);
  const Backend& backend = backend_for(targets[0]->device());
  const auto plan = plan_cache().get(capture, capture.key(), backend);
  // Both the run, during which others may drop what they hold, and letting go of edges may free captured nodes: hold
  // them all until every value is in place.
  const std::vector<NodeRef> leaves(capture.leaves.begin(), capture.leaves.end());
  const InFlight nodes({capture.nodes.begin(), capture.nodes.end()});
  assign(capture, *plan, run_plan(*plan, capture.leaves, capture.expendable));
}

std::vector<NodeRef> eval_targets(std::span<const Array> arrays) {
  std::vector<NodeRef> targets;
  for (const Array& array : arrays) {
    const NodeRef& node = array.peek_node();
    if (!node->evaluated() && can_evaluate(*node)) targets.push_back(node);
  }
  if (targets.empty()) return targets;
  // Only a companion that somebody still holds is worth the work.
  for (NodeRef& companion : std::exchange(companions, {}))
    if (companion->use_count() > 1 && !companion->evaluated()) targets.push_back(std::move(companion));
  return targets;
}

void eval(std::span<const Array> arrays) {
  const std::vector<NodeRef> targets = eval_targets(arrays);
  if (!targets.empty()) eval_nodes(targets);
}

void eval(const Array& array) { eval({&array, 1}); }

const Value& value(const Array& array) {
  const Node& node = array.peek();
  // While recording, even a value that is there must not be asked for: it would be frozen into the recording.
  if (is_recording() || !can_evaluate(node)) throw_traced(node);
  if (!node.evaluated()) eval(array);
  return array.peek().value();
}

void eval_with_next(const Array& array) {
  constexpr size_t kMost = 16;  // nobody needs more losses than this at once
  if (array.peek().traced()) return;
  std::erase_if(companions, [](const NodeRef& companion) { return companion->use_count() == 1; });
  if (companions.size() == kMost) companions.erase(companions.begin());
  companions.push_back(array.peek_node());
}

namespace {

std::atomic<uint32_t> pending_limit{4096};

}  // namespace

uint32_t set_pending_limit(uint32_t operations) { return pending_limit.exchange(operations); }

void eval_if_deep(const NodeRef& node) {
  const uint32_t limit = pending_limit.load(std::memory_order_relaxed);
  if (limit && node->depth() > limit && !node->traced()) eval_nodes({&node, 1});
}

std::string describe_plan(std::span<const Array> arrays) {
  const GraphLock lock;
  std::vector<NodeRef> targets;
  for (const Array& array : arrays) targets.push_back(array.peek_node());
  const Capture capture = Capture::when_free(targets);
  if (capture.nodes.empty()) return "";
  return Plan(capture, backend_for(targets[0]->device())).describe();
}

Tensor read(const Array& array, Value& keep_alive) {
  keep_alive = value(array);
  const int64_t bytes = static_cast<int64_t>(size_of(array.dtype()));
  return {static_cast<char*>(keep_alive.buffer->data()) + keep_alive.layout.offset * bytes, array.dtype(),
          array.shape(), keep_alive.layout.strides};
}

template <class T>
std::vector<T> to_vector(const Array& array) {
  Value keep_alive;
  const Tensor tensor = read(array, keep_alive);
  std::vector<T> out(static_cast<size_t>(array.size()));
  visit(array.dtype(), [&](auto tag) {
    using From = typename decltype(tag)::type;
    const auto* data = tensor.as<From>();
    Shape index(tensor.shape.size(), 0);
    for (size_t i = 0; i < out.size(); ++i) {
      int64_t offset = 0;
      for (size_t axis = 0; axis < index.size(); ++axis) offset += index[axis] * tensor.strides[axis];
      out[i] = convert<T>(data[offset]);
      for (size_t axis = index.size(); axis-- > 0;) {
        if (++index[axis] < tensor.shape[axis]) break;
        index[axis] = 0;
      }
    }
  });
  return out;
}

template <class T>
T item(const Array& array) {
  if (array.size() != 1) throw ValueError("item: expected an array of one element, got shape ", array.shape());
  Value keep_alive;
  const Tensor tensor = read(array, keep_alive);
  return visit(array.dtype(), [&](auto tag) { return convert<T>(*tensor.as<typename decltype(tag)::type>()); });
}

#define INGOT_INSTANTIATE(T)                                                                                           \
  template T item<T>(const Array&);                                                                                    \
  template std::vector<T> to_vector<T>(const Array&);
INGOT_INSTANTIATE(bool)
INGOT_INSTANTIATE(int32_t)
INGOT_INSTANTIATE(int64_t)
INGOT_INSTANTIATE(uint64_t)
INGOT_INSTANTIATE(float)
INGOT_INSTANTIATE(double)
INGOT_INSTANTIATE(complex128)
#undef INGOT_INSTANTIATE

}  // namespace ingot
