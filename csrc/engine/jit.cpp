#include "ingot/engine/jit.h"

#include <optional>

#include "ingot/engine/backend.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/lock.h"
#include "ingot/engine/recorder.h"
#include "ingot/engine/run.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"

namespace ingot {

bool is_recording() noexcept { return HandleObserver::current() != nullptr; }

struct Recording::State {
  /// A handle that every run reads, writes, or both.
  struct Handle {
    Array handle;
    Spec spec;
    bool requires_grad;
    bool read;
    std::optional<Spec> written;
  };
  /// The same for the gradient of a leaf. It may begin or end undefined.
  struct Gradient {
    Ref<GradSlot> slot;
    bool defined;
    bool changed;
    std::optional<Spec> written;
  };

  std::vector<Spec> arguments;
  std::vector<Spec> results;
  std::vector<Handle> handles;
  std::vector<Gradient> gradients;
  std::unique_ptr<Plan> plan;
  std::vector<size_t>
      targets;  // for each result, then each handle and each gradient written: its plan output, or kLeafTarget + leaf
  bool needs_graph = false;
};

Recording::~Recording() = default;
Recording::Recording(Recording&&) noexcept = default;

namespace {

/// Marks a target that is one of the leaves, unchanged.
constexpr size_t kLeafTarget = size_t(1) << 40;

/// A leaf value that a plan for packed leaves can read.
NodeRef packed_leaf(const Array& array) {
  const Value& now = value(array);
  if (is_contiguous(array.shape(), now.layout.strides)) return array.peek_node();
  const Array packed(Pack::create(array.peek_node()));
  eval(packed);
  return packed.peek_node();
}

}  // namespace

Recording::Recording(const Function& function, const std::vector<Array>& arguments)
    : state_(std::make_unique<State>()) {
  if (is_recording())
    throw TraceError("jit: a function is being recorded on this thread already; call the inner function without jit");
  State& state = *state_;
  Recorder recorder;
  std::vector<Array> stand_ins, results;
  std::vector<NodeRef> leaves, targets;
  for (const Array& argument : arguments) {
    state.arguments.push_back(argument.peek().spec());
    leaves.push_back(Placeholder::create(argument.peek().spec(), argument.device()));
    leaves.back()->set_requires_grad(argument.requires_grad());
    stand_ins.emplace_back(leaves.back());
  }
  try {
    const HandleObserver::Scope scope(&recorder);
    results = function(stand_ins);
    for (const Array& result : results) targets.push_back(result.node());
  } catch (...) {
    recorder.abandon();
    throw;
  }
  recorder.finish();

  for (const NodeRef& target : targets) {
    state.results.push_back(target->spec());
    // Nobody can run backward through a graph that the function itself has released.
    state.needs_graph |= target->requires_grad() && !target->released();
  }
  for (const Recorder::Handle& each : recorder.handles) {
    if (!each.placeholder && !each.after) continue;
    state.handles.push_back(
        {each.handle, each.before->spec(), each.before->requires_grad(), static_cast<bool>(each.placeholder), {}});
    if (each.placeholder) leaves.push_back(each.placeholder);
    if (!each.after) continue;
    state.handles.back().written = each.after->spec();
    targets.push_back(each.after);
  }
  for (const Recorder::Gradient& each : recorder.gradients) {
    state.gradients.push_back({each.slot, each.before.defined(), each.changed, {}});
    if (each.placeholder) leaves.push_back(each.placeholder);
    if (!each.changed || !each.after.defined()) continue;
    state.gradients.back().written = each.after.peek().spec();
    targets.push_back(each.after.peek_node());
  }

  const GraphLock lock;
  const Capture capture(targets, leaves);
  if (capture.leaves.size() != leaves.size()) throw Error("jit: the function used a value that no array stands for");
  state.plan = std::make_unique<Plan>(capture, backend_for(Device{}));
  std::vector<size_t> output_of(capture.nodes.size(), 0);
  for (size_t k = 0; k < state.plan->outputs().size(); ++k) output_of[state.plan->outputs()[k].node] = k;
  for (const NodeRef& target : targets)
    state.targets.push_back(target->index & Capture::kLeaf ? kLeafTarget + (target->index & ~Capture::kLeaf)
                                                           : output_of[target->index]);
}

bool Recording::needs_graph() const { return state_->needs_graph; }

bool Recording::valid() const {
  for (const State::Handle& each : state_->handles) {
    const Node& now = each.handle.peek();
    if (now.dtype() != each.spec.dtype || now.shape() != each.spec.shape || now.requires_grad() != each.requires_grad)
      return false;
  }
  for (const State::Gradient& each : state_->gradients)
    if (each.slot->peek_grad().defined() != each.defined) return false;
  return true;
}

std::vector<Array> Recording::run(const std::vector<Array>& arguments) const {
  const State& state = *state_;
  if (arguments.size() != state.arguments.size())
    throw ValueError("jit: recorded with ", state.arguments.size(), " arguments, called with ", arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i].shape() != state.arguments[i].shape || arguments[i].dtype() != state.arguments[i].dtype)
      throw ValueError("jit: argument ", i, " was recorded as ", state.arguments[i].dtype, state.arguments[i].shape,
                       ", called with ", arguments[i].dtype(), arguments[i].shape());

  const GraphLock lock;
  std::vector<Array> inputs(arguments);
  std::vector<bool> is_written(arguments.size(), false);
  for (const State::Handle& each : state.handles) {
    if (!each.read) continue;
    inputs.push_back(each.handle);
    is_written.push_back(each.written.has_value());
  }
  for (const State::Gradient& each : state.gradients) {
    if (!each.defined) continue;
    inputs.push_back(each.slot->peek_grad());
    is_written.push_back(each.written.has_value());
  }
  eval(inputs);
  std::vector<NodeRef> packed;
  std::vector<Node*> leaves;
  std::vector<bool> expendable;
  for (size_t i = 0; i < inputs.size(); ++i) {
    packed.push_back(packed_leaf(inputs[i]));
    leaves.push_back(packed.back().get());
    // What the function replaces gives its memory to the replacement, unless somebody else still holds it.
    constexpr uint32_t kHandleAndHere = 2;
    expendable.push_back(is_written[i] && packed.back()->use_count() == kHandleAndHere);
  }
  std::vector<Value> values;
  run_blocking([&] { values = run_plan(*state.plan, leaves, expendable); });

  size_t next = 0;
  const auto take = [&](const Spec& spec) {
    const size_t target = state.targets[next++];
    return Node::constant(target >= kLeafTarget ? packed[target - kLeafTarget]->value() : values[target], spec);
  };
  std::vector<Array> results;
  for (const Spec& spec : state.results) results.emplace_back(take(spec));
  for (const State::Handle& each : state.handles)
    if (each.written) each.handle.rebind_unchecked(take(*each.written));
  for (const State::Gradient& each : state.gradients) {
    if (!each.changed) continue;
    if (!each.written) {
      each.slot->set_grad({});
    } else if (each.slot->peek_grad().defined()) {
      each.slot->peek_grad().rebind_unchecked(take(*each.written));
    } else {
      each.slot->set_grad(Array(take(*each.written)));
    }
  }
  return results;
}

std::string Recording::describe() const { return state_->plan->describe(); }

}  // namespace ingot
