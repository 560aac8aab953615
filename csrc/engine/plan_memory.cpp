// The memory of a plan: what is computed in place, and where temporaries lie in the arena.
#include <algorithm>
#include <numeric>

#include "ingot/engine/arena_layout.h"
#include "ingot/engine/plan_builder.h"

namespace ingot {

/// By slot: the last step that needs it; kNone if it outlives the plan, or if no step does.
std::vector<uint32_t> PlanBuilder::last_steps() const {
  std::vector<uint32_t> last(slots_.size(), Plan::kNone);
  for (uint32_t s = 0; s < plan_.steps_.size(); ++s)
    for (const Plan::Operand& operand : plan_.steps_[s].operands) last[operand.storage] = s;
  for (const Plan::Window& window : plan_.windows_) last[window.storage] = Plan::kNone;
  return last;
}

/// An element may be overwritten as soon as it has been read if every reader of that memory reads it at the very place
/// where it is written.
bool PlanBuilder::may_overwrite(uint32_t step, uint32_t slot, uint32_t output) const {
  const Plan::Step& reader = plan_.steps_[step];
  const Slot &source = slots_[slot], &result = slots_[reader.operands[output].storage];
  if (source.place == Place::constant || source.bytes != result.bytes || source.element_bytes != result.element_bytes)
    return false;
  for (uint32_t in = 0; in < reader.input_count; ++in)
    if (reader.operands[in].storage == slot &&
        (reader.operands[in].offset != 0 || strides_[step][in] != strides_[step][output]))
      return false;
  return true;
}

/// An update reads what it replaces last, and writes it last: going backwards, each result meets the memory of its own
/// old value. Leaves come first: what takes over no leaf needs new memory, while temporaries lie in the arena anyway.
/// Behind the leaf that a result had better take over come others, for somebody may hold that one (a gradient) when the
/// plan runs.
std::vector<PlanBuilder::Reuse> PlanBuilder::find_reuse(const std::vector<uint32_t>& last_step) const {
  std::vector<Reuse> found;
  for (uint32_t s = 0; s < plan_.steps_.size(); ++s) {
    const Plan::Step& step = plan_.steps_[s];
    if (strides_[s].empty()) continue;
    std::vector<uint32_t> ending;
    for (const bool leaf : {true, false})
      for (uint32_t in = step.input_count; in-- > 0;)
        if (const uint32_t slot = step.operands[in].storage;
            last_step[slot] == s && (slots_[slot].place == Place::leaf) == leaf)
          ending.push_back(slot);
    for (auto out = static_cast<uint32_t>(step.operands.size()); out-- > step.input_count && !ending.empty();) {
      uint32_t taken = Plan::kNone;
      for (const uint32_t slot : ending) {
        const bool leaf = slots_[slot].place == Place::leaf;
        if ((taken != Plan::kNone && !leaf) || !may_overwrite(s, slot, out)) continue;
        found.push_back({s, slot, step.operands[out].storage});
        if (taken == Plan::kNone) taken = slot;
        if (!leaf) break;
      }
      std::erase(ending, taken);
    }
  }
  return found;
}

void PlanBuilder::plan_memory() {
  const std::vector<uint32_t> last_step = last_steps();
  place_storages(find_reuse(last_step), last_step);
}

void PlanBuilder::place_storages(const std::vector<Reuse>& reuses, const std::vector<uint32_t>& last_step) {
  // Slots that follow one another in place are one storage, named by its first slot.
  std::vector<uint32_t> storage(slots_.size());
  std::iota(storage.begin(), storage.end(), 0);
  for (const Reuse& reuse : reuses)
    if (slots_[reuse.input].place != Place::leaf) storage[reuse.output] = storage[reuse.input];
  for (const Plan::Window& window : plan_.windows_) {
    Slot& slot = slots_[storage[window.storage]];
    if (slot.place == Place::arena) slot.place = Place::result;
  }
  for (const Reuse& reuse : reuses)
    if (slots_[reuse.input].place == Place::leaf && slots_[storage[reuse.output]].place == Place::result)
      plan_.steps_[reuse.step].takeovers.push_back({slots_[reuse.input].leaf, storage[reuse.output]});

  std::vector<uint32_t> end(slots_.size(), 0);
  for (uint32_t slot = 0; slot < slots_.size(); ++slot)
    if (last_step[slot] != Plan::kNone) end[storage[slot]] = std::max(end[storage[slot]], last_step[slot]);
  std::vector<std::vector<uint32_t>> ending(plan_.steps_.size());
  for (uint32_t slot = 0; slot < slots_.size(); ++slot)
    if (storage[slot] == slot && slots_[slot].place == Place::arena && !ending.empty())
      ending[end[slot]].push_back(slot);

  ArenaLayout arena;
  std::vector<bool> begun(slots_.size());
  for (uint32_t s = 0; s < plan_.steps_.size(); ++s) {
    Plan::Step& step = plan_.steps_[s];
    for (size_t i = 0; i < step.operands.size(); ++i) {
      uint32_t& slot = step.operands[i].storage;
      slot = storage[slot];
      if (i < step.input_count || begun[slot]) continue;
      begun[slot] = true;
      if (slots_[slot].place == Place::arena)
        slots_[slot].offset = arena.take(slots_[slot].bytes);
      else
        step.begins.push_back(slot);
    }
    for (uint32_t slot : ending[s]) arena.give(slots_[slot].offset, slots_[slot].bytes);
  }
  for (Plan::Window& window : plan_.windows_) window.storage = storage[window.storage];
  plan_.storages_ = std::move(slots_);
  plan_.arena_bytes_ = arena.size();
}

}  // namespace ingot
