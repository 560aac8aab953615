#include "ingot/engine/jit.h"

#include <unordered_set>

#include "ingot/engine/backend.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/in_flight.h"
#include "ingot/engine/lock.h"
#include "ingot/engine/profile.h"
#include "ingot/engine/recorder.h"
#include "ingot/engine/run.h"
#include "ingot/graph/error.h"
#include "ingot/graph/leaf.h"

namespace ingot {

bool is_recording() noexcept { return HandleObserver::current() != nullptr; }

namespace {

/// What a handle stands for from the moment a recording begins to run until its plan has ended.
struct Replayed final : Define<Replayed, NonDifferentiableOp> {
  static constexpr const char* kName = "jit";
  auto attributes() const { return std::tie(); }
};

constexpr size_t kNotReplaced = ~size_t(0);

NodeRef pending(const Spec& spec) {
  static const OpRef op = make_ref<Replayed>();
  return Node::create(op, {}, spec);
}

/// What a run works with, kept for the next one.
struct Workspace {
  std::vector<NodeRef> leaves;    // each input, packed
  std::vector<Node*> pointers;    // the same, as a plan takes them
  std::vector<bool> expendable;   // the same: the plan may write over it
  std::vector<NodeRef> after;     // each target
  std::vector<NodeRef> replaced;  // what each target but the results takes the place of, if anything
  std::vector<Array> gradients;   // each gradient that changes, before

  void clear() {
    leaves.clear();
    pointers.clear();
    expendable.clear();
    after.clear();
    replaced.clear();
    gradients.clear();
  }
};

/// Makes `handle` stand for `node`, of the same shape and dtype; a leaf with a gradient stays one.
void replace(const Array& handle, const NodeRef& node) {
  const Node& old = handle.peek();
  if (old.slot() && old.slot()->is_leaf) {
    node->set_slot(old.slot());
    node->set_requires_grad(old.requires_grad());
  }
  HandleObserver::substitute(handle, node);
}

}  // namespace

struct Recording::State {
  /// Where a value that the function returns or writes comes from.
  struct Target {
    Spec spec;
    bool is_leaf = false;  ///< an input, unchanged
    size_t index = 0;      ///< of the input, or of the plan's output
  };
  /// A handle that every run reads, writes, or both.
  struct Handle {
    Array handle;
    Spec spec;
    bool requires_grad;
    bool read;
    bool written;
  };
  /// The same for the gradient of a leaf. It may begin or end undefined.
  struct Gradient {
    Ref<GradSlot> slot;
    bool defined;  ///< before the run
    bool read;     ///< else what it was before is of no use, and given up for the memory
    bool changed;
    bool written;  ///< changed, and defined after the run
  };

  std::vector<Spec> arguments;
  std::vector<Handle> handles;
  std::vector<Gradient> gradients;
  std::unique_ptr<Plan> plan;
  size_t result_count = 0;
  std::vector<Target> targets;      // results, then what handles and gradients written become
  std::vector<size_t> replaced_by;  // of each input: its number among the targets that are not results, or kNotReplaced
  bool needs_graph = false;
  /// Guarded by the graph lock; as many as runs were under way at once.
  mutable std::vector<std::unique_ptr<Workspace>> workspaces;

  /// The handles of arguments and of what else is read, in the order of the plan's leaves.
  template <class F>
  void for_each_input(std::span<const Array> given, F&& f) const {
    for (const Array& argument : given) f(argument);
    for (const Handle& each : handles)
      if (each.read) f(each.handle);
    for (const Gradient& each : gradients)
      if (each.read) f(each.slot->peek_grad());
  }
};

Recording::~Recording() = default;
Recording::Recording(Recording&&) noexcept = default;

namespace {

/// The placeholders that something returned or written depends on: these `targets`, which begin from `leaves`, and what
/// becomes of gradients.
std::unordered_set<const Node*> used_placeholders(const Recorder& recorder, std::vector<NodeRef> targets,
                                                  std::vector<NodeRef> leaves) {
  for (const Recorder::Gradient& each : recorder.gradients) {
    if (each.placeholder) leaves.push_back(each.placeholder);
    if (each.changed && each.after.defined()) targets.push_back(each.after.peek_node());
  }
  const GraphLock lock;
  const Capture capture(targets, leaves);
  std::unordered_set<const Node*> used;
  for (uint32_t edge : capture.edges)
    if (edge & Capture::kLeaf) used.insert(capture.leaves[edge & ~Capture::kLeaf]);
  for (const NodeRef& target : targets)
    if (target->index & Capture::kLeaf) used.insert(target.get());
  return used;
}

}  // namespace

Recording::Recording(const Function& function, const std::vector<Array>& arguments)
    : state_(std::make_unique<State>()) {
  if (is_recording())
    throw TraceError("jit: a function is being recorded on this thread already; call the inner function without jit");
  const ProfileSpan span(Profile::Kind::trace);
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
    state.targets.push_back({target->spec()});
    // Nobody can run backward through a graph that the function itself has released.
    state.needs_graph |= target->requires_grad() && !target->released();
  }
  state.result_count = targets.size();
  state.replaced_by.assign(arguments.size(), kNotReplaced);
  const auto add_handle = [&](const NodeRef& placeholder, const NodeRef& after) {
    if (placeholder) {
      leaves.push_back(placeholder);
      state.replaced_by.push_back(after ? targets.size() - state.result_count : kNotReplaced);
    }
    if (!after) return;
    state.targets.push_back({after->spec()});
    targets.push_back(after);
  };
  for (const Recorder::Handle& each : recorder.handles) {
    if (!each.placeholder && !each.after) continue;
    state.handles.push_back({each.handle, each.before->spec(), each.before->requires_grad(),
                             static_cast<bool>(each.placeholder), static_cast<bool>(each.after)});
    add_handle(each.placeholder, each.after);
  }
  const std::unordered_set<const Node*> used = used_placeholders(recorder, targets, leaves);
  for (const Recorder::Gradient& each : recorder.gradients) {
    const bool written = each.changed && each.after.defined();
    const bool read = used.contains(each.placeholder.get());
    state.gradients.push_back({each.slot, each.before.defined(), read, each.changed, written});
    add_handle(read ? each.placeholder : NodeRef(), written ? each.after.peek_node() : NodeRef());
  }

  const GraphLock lock;
  const Capture capture(targets, leaves);
  if (capture.leaves.size() != leaves.size()) throw Error("jit: the function used a value that no array stands for");
  {
    const ProfileSpan planning(Profile::Kind::plan);
    state.plan = std::make_unique<Plan>(capture, backend_for(Device{}));
  }
  std::vector<size_t> output_of(capture.nodes.size(), 0);
  for (size_t k = 0; k < state.plan->outputs().size(); ++k) output_of[state.plan->outputs()[k].node] = k;
  for (size_t i = 0; i < targets.size(); ++i) {
    const uint32_t index = targets[i]->index;
    state.targets[i].is_leaf = index & Capture::kLeaf;
    state.targets[i].index = state.targets[i].is_leaf ? index & ~Capture::kLeaf : output_of[index];
  }
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

namespace {

/// One run: from the values that the handles have to those that they get.
class Replay {
 public:
  explicit Replay(const Recording::State& state) : state_(state) {
    if (state.workspaces.empty()) {
      workspace_ = std::make_unique<Workspace>();
    } else {
      workspace_ = std::move(state.workspaces.back());
      state.workspaces.pop_back();
    }
  }
  ~Replay() {
    workspace_->clear();
    state_.workspaces.push_back(std::move(workspace_));
  }
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  std::vector<Array> run(std::span<const Array> arguments) {
    read(arguments);
    auto& [leaves, pointers, expendable, after, replaced, gradients] = *workspace_;
    for (const Recording::State::Target& target : state_.targets)
      after.push_back(target.is_leaf ? Node::constant(leaves[target.index]->value(), target.spec)
                                     : pending(target.spec));
    std::vector<Array> results;
    results.reserve(state_.result_count);
    for (size_t i = 0; i < state_.result_count; ++i) results.emplace_back(after[i]);
    // Handles stand for what they will become before the plan runs, so that whatever others make of them meanwhile
    // waits for it.
    write();
    find_expendable();
    const InFlight nodes(after);
    std::vector<Value> values;
    try {
      values = run_plan(*state_.plan, pointers, expendable);
    } catch (...) {
      restore();
      throw;
    }
    for (size_t i = 0; i < after.size(); ++i)
      if (!state_.targets[i].is_leaf) after[i]->set_value(values[state_.targets[i].index]);
    return results;
  }

 private:
  /// Takes the present values of all inputs. Evaluating some of them lets go of the GIL, and perhaps of the lock: then
  /// it looks again.
  void read(std::span<const Array> arguments) {
    while (!all_evaluated(arguments) || !take(arguments)) workspace_->clear();
  }

  bool all_evaluated(std::span<const Array> arguments) {
    std::vector<Array> waiting;
    state_.for_each_input(arguments, [&](const Array& input) {
      if (!input.peek().evaluated()) waiting.push_back(input);
    });
    if (!waiting.empty()) eval(waiting);
    return waiting.empty();
  }

  /// False if an input changed while another was packed.
  bool take(std::span<const Array> arguments) {
    auto& leaves = workspace_->leaves;
    state_.for_each_input(arguments, [&](const Array& input) { leaves.push_back(input.peek_node()); });
    std::vector<std::pair<size_t, NodeRef>> packed;
    for (size_t i = 0; i < leaves.size(); ++i) {
      if (is_contiguous(leaves[i]->shape(), leaves[i]->value().layout.strides)) continue;
      const Array dense(Pack::create(leaves[i]));
      eval(dense);
      packed.emplace_back(i, dense.peek_node());
    }
    if (!packed.empty()) {
      bool same = true;
      size_t i = 0;
      state_.for_each_input(arguments, [&](const Array& input) { same &= input.peek_node() == leaves[i++]; });
      if (!same) return false;
      for (auto& [position, node] : packed) leaves[position] = std::move(node);
    }
    for (const NodeRef& leaf : leaves) workspace_->pointers.push_back(leaf.get());
    return true;
  }

  void write() {
    auto& [leaves, pointers, expendable, after, replaced, gradients] = *workspace_;
    size_t next = state_.result_count;
    for (const Recording::State::Handle& each : state_.handles) {
      if (!each.written) continue;
      replaced.push_back(each.handle.peek_node());
      replace(each.handle, after[next++]);
    }
    for (const Recording::State::Gradient& each : state_.gradients) {
      if (!each.changed) continue;
      gradients.push_back(each.slot->peek_grad());
      const bool was_defined = gradients.back().defined();
      if (each.written) replaced.push_back(each.read ? gradients.back().peek_node() : NodeRef());
      if (!each.written) {
        each.slot->replace_grad({});
      } else if (was_defined) {
        replace(gradients.back(), after[next++]);
      } else {
        each.slot->replace_grad(Array(after[next++]));
      }
    }
  }

  /// What the function replaces gives its memory to the replacement, unless somebody else still holds it.
  void find_expendable() {
    auto& [leaves, pointers, expendable, after, replaced, gradients] = *workspace_;
    for (const NodeRef& leaf : leaves) {
      const size_t target = state_.replaced_by[expendable.size()];
      const uint32_t held_here = target != kNotReplaced && replaced[target] == leaf ? 2 : 1;
      expendable.push_back(target != kNotReplaced && leaf->use_count() == held_here);
    }
  }

  /// Puts everything back that still is as `write` left it.
  void restore() {
    auto& [leaves, pointers, expendable, after, replaced, gradients] = *workspace_;
    size_t next = 0;
    const auto put_back = [&](const Array& handle) {
      const NodeRef& written = after[state_.result_count + next];
      if (&handle.peek() == written.get() && replaced[next]) HandleObserver::substitute(handle, replaced[next]);
      ++next;
    };
    for (const Recording::State::Handle& each : state_.handles)
      if (each.written) put_back(each.handle);
    size_t changed = 0;
    for (const Recording::State::Gradient& each : state_.gradients) {
      if (!each.changed) continue;
      const Array& before = gradients[changed++];
      if (each.written && before.defined()) {
        put_back(before);
        continue;
      }
      each.slot->replace_grad(before);
      next += each.written;
    }
    for (const NodeRef& node : after)
      if (!node->evaluated()) node->lose_value();
  }

  const Recording::State& state_;
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace

std::vector<Array> Recording::run(std::span<const Array> arguments) const {
  const State& state = *state_;
  if (is_recording()) throw TraceError("jit: a recording cannot run while another function is being recorded");
  if (arguments.size() != state.arguments.size())
    throw ValueError("jit: recorded with ", state.arguments.size(), " arguments, called with ", arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i].shape() != state.arguments[i].shape || arguments[i].dtype() != state.arguments[i].dtype)
      throw ValueError("jit: argument ", i, " was recorded as ", state.arguments[i].dtype, state.arguments[i].shape,
                       ", called with ", arguments[i].dtype(), arguments[i].shape());
  const GraphLock lock;
  const ProfileSpan span(Profile::Kind::replay);
  return Replay(state).run(arguments);
}

std::string Recording::describe() const { return state_->plan->summary(); }

}  // namespace ingot
