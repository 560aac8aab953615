#include "ingot/engine/plan.h"

#include <algorithm>

#include "ingot/engine/lock.h"
#include "ingot/engine/plan_builder.h"

namespace ingot {

Plan::Plan(const Capture& capture, const Backend& backend) { PlanBuilder(*this, capture, backend).build(); }

std::vector<Value> Plan::run(std::span<const Value* const> leaves, const std::vector<bool>& expendable,
                             std::vector<uint32_t>& overwritten) const {
  std::vector<Ref<Buffer>> memory(slots_.size());
  std::vector<char*> base(slots_.size(), nullptr);
  for (size_t i = 0; i < slots_.size(); ++i) {
    const Slot& slot = slots_[i];
    const Value* given = slot.leaf != kNone ? leaves[slot.leaf] : slot.constant ? &slot.constant : nullptr;
    if (!given) continue;
    memory[i] = given->buffer;
    base[i] =
        static_cast<char*>(given->buffer->data()) + given->layout.offset * static_cast<int64_t>(slot.element_bytes);
  }

  SmallVector<void*, 16> addresses;
  for (const Step& step : steps_) {
    poll_interrupt();
    for (const Reuse& reuse : step.reuse) {
      const uint32_t from = step.operands[reuse.input].slot;
      const uint32_t to = step.operands[reuse.output].slot;
      if (!memory[from]) continue;  // another output of this step took it
      if (const uint32_t leaf = slots_[from].leaf; leaf != kNone) {
        // Two references: the leaf's own value, and `memory`.
        const Value& value = *leaves[leaf];
        if (!expendable[leaf] || value.buffer->use_count() != 2 || !value.buffer->writable() ||
            value.layout.offset != 0)
          continue;
        overwritten.push_back(leaf);
      }
      memory[to] = std::move(memory[from]);
      base[to] = base[from];
    }
    for (size_t i = step.input_count; i < step.operands.size(); ++i) {
      const uint32_t slot = step.operands[i].slot;
      if (memory[slot]) continue;
      memory[slot] = Buffer::allocate(slots_[slot].bytes);
      base[slot] = static_cast<char*>(memory[slot]->data());
    }
    addresses.clear();
    for (const Operand& operand : step.operands) addresses.push_back(base[operand.slot] + operand.offset);
    const Uninterruptible from_here(!overwritten.empty());
    step.kernel->run({addresses.data(), addresses.size()});
    for (uint32_t slot : step.last_use) memory[slot] = nullptr;
  }

  std::vector<Value> results;
  results.reserve(windows_.size());
  for (const Window& window : windows_) {
    Layout layout = window.layout;
    const Slot& slot = slots_[window.slot];
    if (slot.leaf != kNone) layout.offset += leaves[slot.leaf]->layout.offset;
    if (slot.constant) layout.offset += slot.constant.layout.offset;
    results.push_back({memory[window.slot], std::move(layout)});
  }
  return results;
}

std::string Plan::describe() const {
  std::string text;
  for (size_t i = 0; i < steps_.size(); ++i) text += "step " + std::to_string(i) + ": " + steps_[i].text + "\n";
  return text;
}

}  // namespace ingot
