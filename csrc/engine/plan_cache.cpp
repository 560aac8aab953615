#include "ingot/engine/plan_cache.h"

#include <bit>

#include "ingot/engine/profile.h"

namespace ingot {

namespace {

/// In words of keys, which are in proportion to the plans themselves: about 100,000 nodes in all.
constexpr size_t kMostWords = 1'000'000;

uint64_t hash_words(const std::vector<uint64_t>& words) {
  uint64_t hash = 0x9e3779b97f4a7c15u + words.size();
  for (uint64_t word : words) hash = (std::rotl(hash, 23) ^ word) * 0x2127599bf4325c37u;
  return hash;
}

}  // namespace

std::shared_ptr<const Plan> PlanCache::get(const Capture& capture, std::vector<uint64_t> key, const Backend& backend) {
  const uint64_t hash = hash_words(key);
  for (auto [it, end] = by_hash_.equal_range(hash); it != end; ++it) {
    if (it->second->key != key) continue;
    entries_.splice(entries_.begin(), entries_, it->second);
    return it->second->plan;
  }
  const ProfileSpan span(Profile::Kind::plan);
  auto plan = std::make_shared<const Plan>(capture, backend);
  words_ += key.size();
  entries_.push_front({std::move(key), hash, plan});
  by_hash_.emplace(hash, entries_.begin());
  shrink();
  return plan;
}

void PlanCache::shrink() {
  while (words_ > kMostWords) {
    const auto oldest = std::prev(entries_.end());
    for (auto [it, end] = by_hash_.equal_range(oldest->hash); it != end; ++it) {
      if (it->second != oldest) continue;
      by_hash_.erase(it);
      break;
    }
    words_ -= oldest->key.size();
    entries_.erase(oldest);
  }
}

}  // namespace ingot
