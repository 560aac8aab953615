// Sorting one long lane in parts.
#include "ingot/graph/error.h"
#include "ingot/ops/sort_keys.h"
#include "ingot/ops/sort_op.h"

namespace ingot {

namespace {

template <class T, class Item>
void load(const LanePart& x, bool descending, void* items) {
  using Key = SortKey<T>;
  const Key mask = order_mask<Key>(descending);
  const auto* from = static_cast<const T*>(x.start);
  for (int64_t i = x.begin; i < x.end; ++i) {
    const T value = from[i * x.step];
    // Values are told apart by all of their bits; positions of equal ones stay in order.
    const Key key = std::is_same_v<Item, KeyItem<Key>> ? sort_key(value) : tie_key(value);
    static_cast<Item*>(items)[i] = Item::of(static_cast<Key>(key ^ mask), i);
  }
}

template <class Item>
void sort(void* items, void* spare, int64_t count) {
  auto* const given = static_cast<Item*>(items);
  if (const Item* sorted = sort_items(given, static_cast<Item*>(spare), count); sorted != given)
    std::copy_n(sorted, count, given);
}

/// How many of the first `position` merged items are a's, which come first among equals.
template <class Item>
int64_t taken_of_first(const Item* a, int64_t a_count, const Item* b, int64_t b_count, int64_t position) {
  int64_t low = std::max<int64_t>(0, position - b_count), high = std::min(position, a_count);
  while (low < high) {
    const int64_t middle = (low + high) / 2;
    if (b[position - middle - 1] < a[middle])
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <class Item>
void merge(const void* runs, int64_t a_count, int64_t b_count, int64_t begin, int64_t end, void* out) {
  const auto *a = static_cast<const Item*>(runs), *b = a + a_count;
  const int64_t first = taken_of_first(a, a_count, b, b_count, begin);
  const int64_t last = taken_of_first(a, a_count, b, b_count, end);
  std::merge(a + first, a + last, b + (begin - first), b + (end - last), static_cast<Item*>(out) + begin);
}

template <class T>
void store_values(const void* items, bool descending, const LanePart& result) {
  using Key = SortKey<T>;
  const Key mask = order_mask<Key>(descending);
  for (int64_t i = result.begin; i < result.end; ++i)
    static_cast<T*>(result.start)[i * result.step] =
        from_sort_key<T>(static_cast<Key>(static_cast<const KeyItem<Key>*>(items)[i].key() ^ mask));
}

template <class Item, class Index>
void store_indices(const void* items, bool, const LanePart& result) {
  for (int64_t i = result.begin; i < result.end; ++i)
    static_cast<Index*>(result.start)[i * result.step] = static_cast<Index>(static_cast<const Item*>(items)[i].index());
}

template <class T, class Item, class Index>
LaneSorter of_indices() {
  return {sizeof(Item), &load<T, Item>, &sort<Item>, &merge<Item>, &store_indices<Item, Index>};
}

}  // namespace

LaneSorter lane_sorter(DType x, std::optional<DType> indices) {
  return visit(x, [&](auto tag) -> LaneSorter {
    using T = typename decltype(tag)::type;
    if constexpr (is_complex_type<T>) {
      throw TypeError("sort: no keys for ", x);
    } else {
      using Item = KeyItem<SortKey<T>>;
      if (!indices) return {sizeof(Item), &load<T, Item>, &sort<Item>, &merge<Item>, &store_values<T>};
      if (*indices == DType::int64) return of_indices<T, WideItem, int64_t>();
      return of_indices<T, std::conditional_t<(sizeof(T) <= 4), NarrowItem, WideItem>, int32_t>();
    }
  });
}

}  // namespace ingot
