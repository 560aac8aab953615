#include "ingot/cpu/kernels.h"

#include <algorithm>

#include "ingot/ops/manipulation_op.h"
#include "ingot/ops/matmul_op.h"

namespace ingot::cpu {
namespace {

template <class T>
bool is(const Op& op) {
  return dynamic_cast<const T*>(&op) != nullptr;
}

struct Entry {
  bool (*matches)(const Op&);
  std::unique_ptr<Kernel> (*make)(const KernelStep&, const Pack&);
  bool takes_epilogue = false;
};
constexpr Entry kEntries[] = {
    {&is<MatMul>, &make_matmul},
    {&is<Copy>, &make_copy},
    {&is<Concatenate>, &make_concatenate},
    {&is<SliceUpdate>, &make_slice_update},
};

const Entry* find(const Op& op) {
  const Entry* entry =
      std::find_if(std::begin(kEntries), std::end(kEntries), [&](const Entry& e) { return e.matches(op); });
  return entry == std::end(kEntries) ? nullptr : entry;
}

}  // namespace

bool has_kernel(const Op& op) { return find(op) != nullptr; }

bool takes_epilogue(const Op& op) {
  const Entry* entry = find(op);
  return entry && entry->takes_epilogue;
}

std::unique_ptr<Kernel> make_kernel(const KernelStep& step, const Pack& pack) {
  const Entry* entry = find(*step.op);
  return entry ? entry->make(step, pack) : nullptr;
}

}  // namespace ingot::cpu
