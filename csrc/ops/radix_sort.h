// Sorting of items by unsigned keys, digit by digit: a fixed number of passes, and stable.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ingot {

/// Sorts `count` items (at least one) at `items` by `key_of(item)`, of which the lowest `kKeyBits` bits count, keeping
/// the order of equals. `spare` has room for as many. Returns where the result is: one of the two.
template <int kKeyBits, class Item, class KeyOf>
Item* radix_sort(Item* items, Item* spare, int64_t count, KeyOf&& key_of) {
  constexpr int kDigit = 8, kPasses = (kKeyBits + kDigit - 1) / kDigit, kBuckets = 1 << kDigit;
  std::array<int64_t, kPasses * kBuckets> counts{};
  for (int64_t i = 0; i < count; ++i) {
    const auto key = key_of(items[i]);
    for (int pass = 0; pass < kPasses; ++pass)
      ++counts[static_cast<size_t>(pass * kBuckets + static_cast<int>((key >> (pass * kDigit)) & (kBuckets - 1)))];
  }
  for (int pass = 0; pass < kPasses; ++pass) {
    int64_t* const places = counts.data() + pass * kBuckets;
    const int shift = pass * kDigit;
    // A digit that all keys share changes nothing.
    if (places[(key_of(items[0]) >> shift) & (kBuckets - 1)] == count) continue;
    int64_t place = 0;
    for (int bucket = 0; bucket < kBuckets; ++bucket) place += std::exchange(places[bucket], place);
    for (int64_t i = 0; i < count; ++i) spare[places[(key_of(items[i]) >> shift) & (kBuckets - 1)]++] = items[i];
    std::swap(items, spare);
  }
  return items;
}

}  // namespace ingot
