// The kernels of sorts. A lane is copied to where its keys lie densely, sorted there, and written back; lanes that are
// neighbours in memory go together, so that memory is read row by row whichever axis is sorted.
#include <algorithm>
#include <memory>
#include <numeric>
#include <vector>

#include "ingot/ops/lanes.h"
#include "ingot/ops/sort_keys.h"
#include "ingot/ops/sort_op.h"

namespace ingot {

namespace {

constexpr int64_t kWidestGroup = 16, kGroupElements = 1 << 15;
/// Candidates that are gathered beyond the wanted ones, at least: thinning out costs as much for a few as for these.
constexpr int64_t kSpareCandidates = 512;

/// Memory that is not written to first, as a vector's would be.
template <class Item>
std::unique_ptr<Item[]> memory_for(int64_t count) {
  return std::unique_ptr<Item[]>(new Item[static_cast<size_t>(count)]);
}

/// The `k` smallest of the items that `item_at(i)` gives, in order, at the front of `found`, which has room for
/// `best_room(k, length)`: those that may be among them are kept, and thinned out whenever there are too many.
int64_t best_room(int64_t k, int64_t length) { return std::min(length, std::max(2 * k, k + kSpareCandidates)); }

template <class Item, class ItemAt>
void find_best(Item* found, int64_t k, int64_t length, ItemAt&& item_at) {
  if (k == 0) return;
  const int64_t room = best_room(k, length);
  int64_t kept = 0;
  bool thinned = false;
  Item worst{};
  for (int64_t i = 0; i < length; ++i) {
    const Item item = item_at(i);
    if (thinned && !(item < worst)) continue;
    if (kept == room) {
      std::nth_element(found, found + (k - 1), found + kept);
      worst = found[k - 1];
      kept = k;
      thinned = true;
      if (!(item < worst)) continue;
    }
    found[kept++] = item;
  }
  std::partial_sort(found, found + k, found + kept);
}

Lanes<2> lanes_of(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t axis) {
  const auto along = static_cast<size_t>(axis);
  const int64_t length = std::max<int64_t>(inputs[0].shape[along], 1);
  const bool dense = inputs[0].strides[along] == 1 && outputs[0].strides[along] == 1;
  const int64_t width = dense ? 1 : std::clamp<int64_t>(kGroupElements / length, 1, kWidestGroup);
  return Lanes<2>({&inputs[0], &outputs[0]}, axis, width, TaskedOp::kGrain / 4);
}

/// Complex numbers are sorted by comparison.
template <class T, class Number>
void order_complex(const T* x, int64_t step, int64_t length, bool descending, Number* order) {
  std::iota(order, order + length, Number(0));
  std::stable_sort(order, order + length, [&](Number a, Number b) {
    return descending ? complex_less(x[b * step], x[a * step]) : complex_less(x[a * step], x[b * step]);
  });
}

template <class T>
void sort_lanes(const Tensor& x, const Tensor& y, const Lanes<2>& lanes, const OrderOp& op, int64_t task) {
  const int64_t length = x.shape[static_cast<size_t>(op.axis)], in_step = lanes.step(0), out_step = lanes.step(1);
  if constexpr (is_complex_type<T>) {
    std::vector<int64_t> order(static_cast<size_t>(length));
    lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
      for (int64_t l = 0; l < count; ++l) {
        const T* in = x.as<T>() + at[0] + l * by[0];
        T* out = y.as<T>() + at[1] + l * by[1];
        order_complex(in, in_step, length, op.descending, order.data());
        for (int64_t i = 0; i < length; ++i) out[i * out_step] = in[order[static_cast<size_t>(i)] * in_step];
      }
    });
  } else {
    using Key = SortKey<T>;
    const Key flip = order_mask<Key>(op.descending);
    using Item = KeyItem<Key>;
    std::unique_ptr<Item[]> keys = memory_for<Item>(length * lanes.width()), spare = memory_for<Item>(length);
    lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
      const T* in = x.as<T>() + at[0];
      T* out = y.as<T>() + at[1];
      for (int64_t i = 0; i < length; ++i)
        for (int64_t l = 0; l < count; ++l)
          keys[static_cast<size_t>(l * length + i)] = {static_cast<Key>(sort_key(in[i * in_step + l * by[0]]) ^ flip)};
      for (int64_t l = 0; l < count; ++l) {
        Item* lane = keys.get() + l * length;
        if (const Item* sorted = sort_items(lane, spare.get(), length); sorted != lane)
          std::copy_n(sorted, length, lane);
      }
      for (int64_t i = 0; i < length; ++i)
        for (int64_t l = 0; l < count; ++l)
          out[i * out_step + l * by[1]] =
              from_sort_key<T>(static_cast<Key>(keys[static_cast<size_t>(l * length + i)].key() ^ flip));
    });
  }
}

/// Writes the indices of the first `wanted` elements in order.
template <class T, class Item, class Index>
void order_lanes(const Tensor& x, const Tensor& y, const Lanes<2>& lanes, const OrderOp& op, int64_t wanted,
                 int64_t task) {
  const int64_t length = x.shape[static_cast<size_t>(op.axis)], in_step = lanes.step(0), out_step = lanes.step(1);
  if constexpr (is_complex_type<T>) {
    std::vector<int64_t> order(static_cast<size_t>(length));
    lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
      for (int64_t l = 0; l < count; ++l) {
        order_complex(x.as<T>() + at[0] + l * by[0], in_step, length, op.descending, order.data());
        Index* out = y.as<Index>() + at[1] + l * by[1];
        for (int64_t i = 0; i < wanted; ++i) out[i * out_step] = static_cast<Index>(order[static_cast<size_t>(i)]);
      }
    });
  } else {
    using Key = SortKey<T>;
    const Key flip = order_mask<Key>(op.descending);
    const bool all = wanted == length;
    const int64_t room = all ? length : best_room(wanted, length);
    const std::unique_ptr<Item[]> items = memory_for<Item>(room * lanes.width()),
                                  spare = memory_for<Item>(all ? length : 0);
    lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
      const T* in = x.as<T>() + at[0];
      const auto item_at = [&](int64_t i, int64_t l) {
        return Item::of(static_cast<Key>(tie_key(in[i * in_step + l * by[0]]) ^ flip), i);
      };
      if (all) {
        for (int64_t i = 0; i < length; ++i)
          for (int64_t l = 0; l < count; ++l) items[static_cast<size_t>(l * length + i)] = item_at(i, l);
      }
      for (int64_t l = 0; l < count; ++l) {
        Item* lane = items.get() + l * room;
        const Item* sorted = lane;
        if (all)
          sorted = sort_items(lane, spare.get(), length);
        else
          find_best(lane, wanted, length, [&](int64_t i) { return item_at(i, l); });
        Index* out = y.as<Index>() + at[1] + l * by[1];
        for (int64_t i = 0; i < wanted; ++i) out[i * out_step] = static_cast<Index>(sorted[i].index());
      }
    });
  }
}

void order_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, const OrderOp& op, int64_t wanted,
                int64_t task) {
  const Lanes<2> lanes = lanes_of(inputs, outputs, op.axis);
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    constexpr bool kNarrow = sizeof(T) <= 4;
    // Positions that need more than 32 bits do not fit half a word.
    if (outputs[0].dtype == DType::int64)
      order_lanes<T, WideItem, int64_t>(inputs[0], outputs[0], lanes, op, wanted, task);
    else
      order_lanes<T, std::conditional_t<kNarrow, NarrowItem, WideItem>, int32_t>(inputs[0], outputs[0], lanes, op,
                                                                                 wanted, task);
  });
}

}  // namespace

int64_t OrderOp::tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  return lanes_of(inputs, outputs, axis).tasks();
}

void Sort::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const Lanes<2> lanes = lanes_of(inputs, outputs, axis);
  visit(inputs[0].dtype,
        [&](auto tag) { sort_lanes<typename decltype(tag)::type>(inputs[0], outputs[0], lanes, *this, task); });
}

void ArgSort::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  order_task(inputs, outputs, *this, inputs[0].shape[static_cast<size_t>(axis)], task);
}

void ArgTopK::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  order_task(inputs, outputs, *this, count, task);
}

}  // namespace ingot
