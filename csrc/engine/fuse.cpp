#include "ingot/engine/fuse.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace ingot {

namespace {

using Kind = Lowered::Kind;

bool is_fusable(const Lowered& value) {
  return value.kind == Kind::pointwise || value.kind == Kind::reduction || value.kind == Kind::copy;
}

/// Rounding to a half type is only seen by what reads it back from memory: inside a group everything is float32.
bool must_be_stored(const Lowered& value) {
  return value.kind == Kind::pointwise && value.op->opcode() == Opcode::cast &&
         compute_dtype(value.spec.dtype) != value.spec.dtype;
}

/// Strides over axes that matter only: those of length 1 are set to 0 so that equal windows compare equal.
Strides canonical(const Shape& shape, Strides strides) {
  for (size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 1) strides[i] = 0;
  return strides;
}

class Fuser {
 public:
  Fuser(const LoweredGraph& graph, const Backend& backend)
      : graph_(graph), backend_(backend), traits_(backend.traits()) {
    fusion_.group_of.assign(graph.values.size(), kNoGroup);
  }

  Fusion run() {
    for (uint32_t id = 0; id < graph_.values.size(); ++id) place(id);
    if (traits_.fuses) sink();
    for (Group& group : fusion_.groups) std::sort(group.members.begin(), group.members.end());
    return std::move(fusion_);
  }

 private:
  const Lowered& value(uint32_t id) const { return graph_.values[id]; }
  uint32_t root_group(uint32_t input) const { return fusion_.group_of[value(input).root]; }
  uint32_t stage_of(uint32_t input) const {
    const uint32_t group = root_group(input);
    return group == kNoGroup ? 0 : fusion_.groups[group].stage;
  }

  void place(uint32_t id) {
    const Lowered& v = value(id);
    if (v.kind == Kind::result) {
      fusion_.group_of[id] = fusion_.group_of[v.inputs[0]];
      return;
    }
    if (!is_fusable(v) && v.kind != Kind::kernel) return;
    if (is_fusable(v) && traits_.fuses) {
      // The latest of the groups it reads from is the only one that the others cannot depend on.
      uint32_t best = kNoGroup;
      for (uint32_t input : v.inputs) {
        const uint32_t group = root_group(input);
        if (group != kNoGroup && (best == kNoGroup || fusion_.groups[group].stage > fusion_.groups[best].stage))
          best = group;
      }
      if (best != kNoGroup && try_join(id, best)) return;
    }
    start_group(id);
  }

  void start_group(uint32_t id) {
    const Lowered& v = value(id);
    Group group;
    for (uint32_t input : v.inputs) group.stage = std::max(group.stage, stage_of(input) + 1);
    group.space = v.spec.shape;
    if (v.kind == Kind::reduction) {
      group.space = value(v.inputs[0]).spec.shape;
      group.reduced = v.op->reduction().axes;
      group.has_reduction = true;
    }
    if (v.kind == Kind::kernel)
      group.kernel = id;
    else
      group.members = {id};
    fusion_.group_of[id] = static_cast<uint32_t>(fusion_.groups.size());
    fusion_.groups.push_back(std::move(group));
  }

  bool try_join(uint32_t id, uint32_t target) {
    const Group& group = fusion_.groups[target];
    const Lowered& v = value(id);
    if (!accepts(group, v) || group.members.size() + 1 > traits_.most_instructions) return false;
    Group joined = shape_of(group);
    if (v.kind == Kind::reduction) {
      const Reduction reduction = v.op->reduction();
      if (value(v.inputs[0]).spec.shape != group.space || group.reshaped || reduction.axes.empty()) return false;
      if (group.has_reduction && group.reduced != reduction.axes) return false;
      joined.reduced = reduction.axes;
      joined.has_reduction = true;
    } else if (v.spec.shape != group.space && !(group.has_reduction && is_kept_shape(group, v.spec.shape))) {
      if (group.has_reduction || v.kind != Kind::pointwise || element_count(v.spec.shape) != element_count(group.space))
        return false;
      joined.reshaped = true;
    }
    for (uint32_t input : v.inputs) {
      if (!strides_in_group(graph_, joined, input, id)) return false;
      const uint32_t source = root_group(input);
      if (source == target) {
        if (!readable_inside(joined, input, id)) return false;
      } else if (stage_of(input) >= group.stage) {
        return false;
      }
    }
    Group& into = fusion_.groups[target];
    into.reduced = joined.reduced;
    into.has_reduction = joined.has_reduction;
    into.reshaped = joined.reshaped;
    into.members.push_back(id);
    fusion_.group_of[id] = target;
    return true;
  }

  /// A kernel takes pointwise values only, if the backend gives it an epilogue at all.
  bool accepts(const Group& group, const Lowered& v) const {
    if (group.kernel == Group::kNone) return true;
    const Lowered& kernel = value(group.kernel);
    return v.kind == Kind::pointwise && kernel.result_count == 0 && backend_.takes_epilogue(*kernel.op);
  }

  static Group shape_of(const Group& group) {
    Group copy;
    copy.space = group.space;
    copy.reduced = group.reduced;
    copy.has_reduction = group.has_reduction;
    copy.reshaped = group.reshaped;
    return copy;
  }

  static bool is_kept_shape(const Group& group, const Shape& shape) {
    return shape == reduced_shape(group.space, group.reduced, true) ||
           shape == reduced_shape(group.space, group.reduced, false);
  }

  /// True if member `user` may read the register of the root of `input` instead of memory.
  bool readable_inside(const Group& group, uint32_t input, uint32_t user) const {
    const uint32_t root = value(input).root;
    if (must_be_stored(value(root)) || value(root).spec.dtype != value(input).spec.dtype) return false;
    const bool reduced = is_reduced_member(graph_, group, root);
    if (reduced && (group.columns() || group.row_length() > traits_.longest_row)) return false;
    if (value(user).kind == Kind::reduction && reduced) return false;
    // Over a reduced axis of length 1 a view of a member looks like a reduction's result, and is none.
    if (value(user).kind != Kind::reduction && !reduced && is_reduced_member(graph_, group, user)) return false;
    const auto strides = strides_in_group(graph_, group, input, user);
    return strides && value(input).layout.offset == 0 &&
           canonical(group.space, *strides) == canonical(group.space, member_strides(graph_, group, root));
  }

  struct Reader {
    uint32_t input;
    uint32_t user;
  };

  /// Moves values whose only readers are all in one later group into that group, where it saves memory traffic.
  void sink() {
    readers_.resize(graph_.values.size());
    for (uint32_t id = 0; id < graph_.values.size(); ++id) {
      if (value(id).kind == Kind::view || value(id).kind == Kind::result) continue;
      for (uint32_t input : value(id).inputs) readers_[value(input).root].push_back({input, id});
    }
    std::vector<uint32_t> latest_first(fusion_.groups.size());
    std::iota(latest_first.begin(), latest_first.end(), 0);
    std::stable_sort(latest_first.begin(), latest_first.end(),
                     [&](uint32_t a, uint32_t b) { return fusion_.groups[a].stage > fusion_.groups[b].stage; });
    for (uint32_t group : latest_first)
      for (const auto& [target, moving] : movable(group))
        if (moving.size() + fusion_.groups[target].members.size() <= traits_.most_instructions &&
            is_worth_moving(moving, group))
          move(moving, group, target);
  }

  /// The members of `from` that could be computed in a later group instead, by that group, users first.
  std::map<uint32_t, std::vector<uint32_t>> movable(uint32_t from) const {
    std::map<uint32_t, std::vector<uint32_t>> by_target;
    std::unordered_map<uint32_t, uint32_t> target_of;
    const std::vector<uint32_t>& members = fusion_.groups[from].members;
    for (auto it = members.rbegin(); it != members.rend(); ++it) {
      const uint32_t id = *it;
      if (value(id).kind != Kind::pointwise || readers_[id].empty()) continue;
      uint32_t target = kNoGroup;
      bool agreed = true;
      for (const Reader& reader : readers_[id]) {
        uint32_t there = fusion_.group_of[reader.user];
        if (there == from) {
          const auto moved = target_of.find(reader.user);
          there = moved == target_of.end() ? kNoGroup : moved->second;
        }
        agreed &= there != kNoGroup && (target == kNoGroup || there == target);
        if (!agreed) break;
        target = there;
        const Group& group = fusion_.groups[target];
        agreed &= reader.user != group.kernel && accepts(group, value(id)) && value(id).spec.shape == group.space &&
                  readable_inside(group, reader.input, reader.user);
        if (!agreed) break;
      }
      if (!agreed) continue;
      target_of[id] = target;
      by_target[target].push_back(id);
    }
    return by_target;
  }

  /// Weighs the passes over memory that `moving` saves against those it takes to hand over what stays behind in `from`.
  bool is_worth_moving(const std::vector<uint32_t>& moving, uint32_t from) const {
    const auto moves = [&](uint32_t id) { return std::find(moving.begin(), moving.end(), id) != moving.end(); };
    int saved = 0, cost = 0;
    std::vector<uint32_t> handed_over;
    for (uint32_t id : moving) {
      for (uint32_t input : value(id).inputs) {
        const uint32_t root = value(input).root;
        if (fusion_.group_of[root] != from || moves(root) || is_stored(root, from)) continue;
        if (std::find(handed_over.begin(), handed_over.end(), root) != handed_over.end()) continue;
        handed_over.push_back(root);
        cost += is_reduced_member(graph_, fusion_.groups[from], root) ? 1 : 2;
      }
      const bool read_there = std::any_of(readers_[id].begin(), readers_[id].end(),
                                          [&](const Reader& r) { return fusion_.group_of[r.user] != from; });
      if (read_there) saved += graph_.wanted[id] ? 1 : 2;
    }
    return saved > cost;
  }

  bool is_stored(uint32_t root, uint32_t group) const {
    return graph_.wanted[root] || std::any_of(readers_[root].begin(), readers_[root].end(),
                                              [&](const Reader& r) { return fusion_.group_of[r.user] != group; });
  }

  void move(const std::vector<uint32_t>& moving, uint32_t from, uint32_t to) {
    for (uint32_t id : moving) {
      std::erase(fusion_.groups[from].members, id);
      fusion_.groups[to].members.push_back(id);
      fusion_.group_of[id] = to;
    }
  }

  const LoweredGraph& graph_;
  const Backend& backend_;
  const Backend::Traits traits_;
  Fusion fusion_;
  std::vector<std::vector<Reader>> readers_;  // by root
};

}  // namespace

bool Group::columns() const {
  return has_reduction && !space.empty() && !reduced.empty() &&
         reduced.back() != static_cast<int64_t>(space.size()) - 1;
}

int64_t Group::row_length() const {
  int64_t length = 1;
  for (int64_t axis : reduced) length *= space[static_cast<size_t>(axis)];
  return length;
}

bool is_reduced_member(const LoweredGraph& graph, const Group& group, uint32_t member) {
  const Lowered& v = graph.values[member];
  return v.kind == Lowered::Kind::reduction || (group.has_reduction && v.spec.shape != group.space);
}

Strides member_strides(const LoweredGraph& graph, const Group& group, uint32_t member) {
  if (!is_reduced_member(graph, group, member)) return contiguous_strides(group.space);
  const Shape kept = reduced_shape(group.space, group.reduced, true);
  return broadcast_strides(kept, contiguous_strides(kept), group.space);
}

std::optional<Strides> strides_in_group(const LoweredGraph& graph, const Group& group, uint32_t v, uint32_t user) {
  const Lowered& input = graph.values[v];
  const Lowered& reader = graph.values[user];
  const Shape& over = reader.kind == Lowered::Kind::reduction ? input.spec.shape : reader.spec.shape;
  if (input.spec.shape.size() > over.size()) return std::nullopt;
  Strides strides = broadcast_strides(input.spec.shape, input.layout.strides, over);
  if (over == group.space) return strides;
  if (!group.has_reduction) return reshape_strides(over, strides, group.space);
  // A member on reduction results: its axes are the kept ones, with or without the reduced ones as axes of length 1.
  if (over.size() != group.space.size()) {
    for (int64_t axis : group.reduced) strides.insert(static_cast<size_t>(axis), 0);
  } else {
    for (int64_t axis : group.reduced) strides[static_cast<size_t>(axis)] = 0;
  }
  return strides;
}

Fusion fuse(const LoweredGraph& graph, const Backend& backend) { return Fuser(graph, backend).run(); }

}  // namespace ingot
