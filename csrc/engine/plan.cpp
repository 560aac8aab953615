#include "ingot/engine/plan.h"

#include <mutex>
#include <sstream>

#include "ingot/engine/lock.h"
#include "ingot/engine/plan_builder.h"
#include "ingot/engine/profile.h"

namespace ingot {

Plan::Plan(const Capture& capture, const Backend& backend) { PlanBuilder(*this, capture, backend).build(); }

std::vector<Value> Plan::run(std::span<const Value* const> leaves, const std::vector<bool>& expendable,
                             std::vector<uint32_t>& overwritten) const {
  const Ref<Buffer> arena = arena_bytes_ ? Buffer::allocate(arena_bytes_) : Ref<Buffer>();
  auto* const arena_base = arena ? static_cast<char*>(arena->data()) : nullptr;
  std::vector<Ref<Buffer>> owned(storages_.size());
  SmallVector<char*, 64> base;
  for (const Storage& storage : storages_) {
    const Value* given = storage.given(leaves);
    base.push_back(given ? static_cast<char*>(given->buffer->data()) +
                               given->layout.offset * static_cast<int64_t>(storage.element_bytes)
                         : arena_base + storage.offset);
  }

  SmallVector<void*, 16> addresses;
  for (const Step& step : steps_) {
    poll_interrupt();
    for (const Takeover& takeover : step.takeovers) {
      const Value& value = *leaves[takeover.leaf];
      if (owned[takeover.storage] || !expendable[takeover.leaf] || value.buffer->use_count() != 1 ||
          !value.buffer->writable() || value.layout.offset != 0)
        continue;
      overwritten.push_back(takeover.leaf);
      owned[takeover.storage] = value.buffer;
    }
    for (uint32_t storage : step.begins) {
      if (!owned[storage]) owned[storage] = Buffer::allocate(storages_[storage].bytes);
      base[storage] = static_cast<char*>(owned[storage]->data());
    }
    addresses.clear();
    for (const Operand& operand : step.operands) addresses.push_back(base[operand.storage] + operand.offset);
    const Uninterruptible from_here(!overwritten.empty());
    if (Profile::active())
      run_profiled(step, {addresses.data(), addresses.size()});
    else
      step.kernel->run({addresses.data(), addresses.size()});
  }

  std::vector<Value> results;
  results.reserve(windows_.size());
  for (const Window& window : windows_) {
    const Storage& storage = storages_[window.storage];
    const Value* given = storage.given(leaves);
    results.push_back(given
                          ? window.on(given->buffer, given->layout.offset * static_cast<int64_t>(storage.element_bytes))
                          : window.on(owned[window.storage], 0));
  }
  return results;
}

/// The window on memory that begins at byte `start` of `buffer`.
Value Plan::Window::on(const Ref<Buffer>& buffer, int64_t start) const {
  const auto each = static_cast<int64_t>(element_bytes);
  if (start % each == 0) return {buffer, {start / each + layout.offset, layout.strides}};
  // Pairs that begin with the second number of a buffer lie between its elements, which no offset can say.
  return {
      Buffer::borrow(
          static_cast<char*>(buffer->data()) + start, buffer->bytes() - static_cast<size_t>(start), [buffer] {}, false),
      layout};
}

void Plan::run_profiled(const Step& step, std::span<void* const> operands) {
  static std::mutex several_threads;
  std::shared_ptr<const StepInfo> info;
  {
    const std::lock_guard lock(several_threads);
    if (!step.info) step.info = std::make_shared<const StepInfo>(info_of(step.source));
    info = step.info;
  }
  const int64_t begin = Profile::now();
  step.kernel->run(operands);
  Profile::note(Profile::Kind::step, begin, std::move(info));
}

std::string Plan::describe() const {
  std::string text;
  for (size_t i = 0; i < steps_.size(); ++i)
    text += "step " + std::to_string(i) + ": " + text_of(steps_[i].source) + "\n";
  return text;
}

std::string Plan::summary() const {
  std::ostringstream text;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const StepInfo info = info_of(steps_[i].source);
    text << "step " << i << ": " << info.name << "  (" << info.bytes << " bytes, " << info.flops << " flops)\n";
  }
  return text.str();
}

}  // namespace ingot
