// Values by name, in the order they were added: a module's parameters, an optimizer's hyperparameters.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ingot {

/// A map that keeps order. Lookup is a linear scan: there are few names, and most are found among the first.
template <class T>
class OrderedMap {
 public:
  using Item = std::pair<std::string, T>;

  OrderedMap() = default;
  OrderedMap(std::initializer_list<Item> items) : items_(items) {}

  size_t size() const noexcept { return items_.size(); }
  bool empty() const noexcept { return items_.empty(); }
  auto begin() noexcept { return items_.begin(); }
  auto end() noexcept { return items_.end(); }
  auto begin() const noexcept { return items_.begin(); }
  auto end() const noexcept { return items_.end(); }
  const Item& operator[](size_t position) const noexcept { return items_[position]; }

  /// The value under `name`, or null.
  T* find(std::string_view name) noexcept {
    for (Item& item : items_)
      if (item.first == name) return &item.second;
    return nullptr;
  }
  const T* find(std::string_view name) const noexcept { return const_cast<OrderedMap*>(this)->find(name); }
  bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }

  /// Replaces the value under `name` in its place, or adds it at the end.
  void set(std::string name, T value) {
    if (T* old = find(name)) {
      *old = std::move(value);
    } else {
      items_.emplace_back(std::move(name), std::move(value));
    }
  }
  /// True if there was one.
  bool erase(std::string_view name) {
    const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.first == name; });
    if (found == items_.end()) return false;
    items_.erase(found);
    return true;
  }

 private:
  std::vector<Item> items_;
};

}  // namespace ingot
